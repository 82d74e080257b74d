#!/bin/sh
# check.sh RACE GENERATE GENERATED: everything that CI checks besides the tests. It runs all steps, says which failed, and
# fails at the end, so that one run shows everything. RACE and GENERATE are lists of packages, GENERATED one of paths.
set -u
cd "$(dirname "$0")/.." || exit 1
tool="go tool -modfile=tools/go.mod"
failed=
step() { # step NAME COMMAND...: runs it and notes whether it failed
    name=$1
    shift
    if "$@"; then echo "ok    $name"; else echo "FAIL  $name"; failed="$failed $name"; fi
}

formatted() {
    files=$($tool gofumpt -l .) || return 1
    [ -z "$files" ] || { echo "$files"; echo "not formatted; run make fmt"; return 1; }
}
existing() { # the packages of $1 that are there
    for p in $1; do
        [ -d "${p%/...}" ] && echo "$p"
    done
}
generated() {
    # shellcheck disable=SC2046,SC2086 # lists of words
    go generate $(existing "$1") || return 1
    changed=$(git status --porcelain -- $2)
    [ -z "$changed" ] || { echo "$changed"; echo "generated files differ from what is committed; run make docs and commit them"; return 1; }
}
race() {
    if ! CGO_ENABLED=1 go env CC >/dev/null || ! command -v "$(go env CC | cut -d' ' -f1)" >/dev/null 2>&1; then
        echo "no C compiler, so no race detector: install gcc or clang and run make check again"
        return 1
    fi
    # shellcheck disable=SC2046 # a list of words
    CGO_ENABLED=1 go test -race -short $(existing "$1")
}
vector() { # the vector code of flex, where the toolchain has it
    experiment=$(GOEXPERIMENT=simd go env GOEXPERIMENT 2>/dev/null) || { echo "no vector code: this toolchain has no simd experiment"; return 0; }
    GOEXPERIMENT=$experiment go vet ./flex && GOEXPERIMENT=$experiment go test ./flex
}

step format formatted
step vet go vet ./...
step staticcheck $tool staticcheck ./...
step layers go test -count=1 ./internal/layers
step tidy go mod tidy -diff
step generated generated "$2" "$3"
step vector vector
step race race "$1"
[ -z "$failed" ] || { echo "make check failed:$failed"; exit 1; }
