#!/bin/sh
# golden.sh: rewrites the golden files of every package whose tests take the flag -update.
set -eu
cd "$(dirname "$0")/.."
dirs=$(grep -rlE 'flag\.Bool\("update"' --include='*_test.go' . | xargs -r -n1 dirname | sort -u)
for dir in $dirs; do
    go test -count=1 "$dir" -update
done
git --no-pager diff --stat -- '*testdata*'
