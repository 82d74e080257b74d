#!/bin/sh
# fuzz.sh: runs every fuzz test for FUZZTIME (default 10s), one after the other, as go test wants it.
set -eu
cd "$(dirname "$0")/.."
grep -rlE '^func Fuzz[A-Z]' --include='*_test.go' . | sort | while read -r file; do
    dir=$(dirname "$file")
    sed -nE 's/^func (Fuzz[A-Za-z0-9_]*)\(.*/\1/p' "$file" | while read -r name; do
        echo "$dir $name"
        go test -run='^$' -fuzz="^$name\$" -fuzztime="${FUZZTIME:-10s}" "$dir"
    done
done
