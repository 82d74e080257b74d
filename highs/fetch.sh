#!/bin/sh
# fetch.sh [FOLDER]: gets the native HiGHS library and builds the child program that opens it.
#
# Both land in FOLDER (default: .cache/highs beside go.mod), with the library's licences. A second run does nothing. Where
# something is missing one line says what, and the exit status is 0: Headroom then uses its embedded solver.
# The library is taken out of the Python package highspy, of the version and the hashes below.
set -eu

version=1.15.1
here=$(cd "$(dirname "$0")" && pwd)
to=${1:-$here/../.cache/highs}

case "$(uname -s)-$(uname -m)" in
Linux-x86_64)
    platform=manylinux_2_28_x86_64
    hash=a24329c328942b37a6a318ecf163d07dd387974f071b98b4498725eaea80f06f ;;
Linux-aarch64 | Linux-arm64)
    platform=manylinux_2_28_aarch64
    hash=070c1ce9238b9e8b4c273253647ab0dbafc1839c195a52c7ef1eeb7ef6976f05 ;;
*)
    echo "native HiGHS: no library for $(uname -s) $(uname -m) is pinned; install HiGHS 1.15 with the system's packages, or go on with the embedded solver"
    platform= ;;
esac

mkdir -p "$to"
to=$(cd "$to" && pwd)
work=
trap '[ -z "$work" ] || rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP

# The child: built again when its source is newer.
if [ ! -x "$to/headroom-highs" ] || [ "$here/child/child.c" -nt "$to/headroom-highs" ]; then
    compiler=
    for name in "${CC:-cc}" gcc clang; do
        if command -v "$name" >/dev/null 2>&1; then
            compiler=$name
            break
        fi
    done
    if [ -z "$compiler" ]; then
        echo "native HiGHS: no C compiler is found; install one (package gcc or clang) and run make again, or go on with the embedded solver"
        exit 0
    fi
    link="-ldl -lpthread"
    [ "$(uname -s)" = Darwin ] && link=
    # shellcheck disable=SC2086 # several words
    if ! "$compiler" -O2 -o "$to/headroom-highs.new" "$here/child/child.c" $link >"$to/build.log" 2>&1; then
        echo "native HiGHS: $compiler does not compile highs/child/child.c, see $to/build.log; the embedded solver serves"
        exit 0
    fi
    rm -f "$to/build.log"
    mv "$to/headroom-highs.new" "$to/headroom-highs"
fi

# The library: brought again when another version or hash is pinned. One that was put there by hand stays.
[ -n "$platform" ] || exit 0
if [ -f "$to/libhighs.so.1" ] && { [ ! -f "$to/pinned" ] || [ "$(cat "$to/pinned")" = "$version $hash" ]; }; then
    exit 0
fi
python=
for name in python3 python; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -m pip --version >/dev/null 2>&1; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "native HiGHS: Python with pip is not found; install it (package python3-pip) and run make again, or put libhighs.so.1 into $to"
    exit 0
fi
work=$(mktemp -d)
echo "highspy==$version --hash=sha256:$hash" >"$work/requirements.txt"
if ! "$python" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
    --python-version 3.11 --implementation cp --abi cp311 --platform "$platform" \
    --dest "$work" --requirement "$work/requirements.txt" >"$work/log" 2>&1; then
    echo "native HiGHS: pip cannot get highspy $version ($(grep -i error "$work/log" | tail -n 1 | cut -c1-160)); try again with a network, or go on with the embedded solver"
    exit 0
fi
"$python" -m zipfile -e "$work"/highspy-*.whl "$work/wheel"
cp "$work"/wheel/highspy-*.dist-info/licenses/* "$to/"
cp "$work/wheel/highspy/libhighs.so.1" "$to/libhighs.so.1.new"
mv "$to/libhighs.so.1.new" "$to/libhighs.so.1"
echo "$version $hash" >"$to/pinned"
