#!/bin/sh
# beside.sh FOLDER: puts what fetch.sh has fetched beside the program in FOLDER, which is where the program looks for it. Where
# nothing was fetched it does nothing: the program then uses its embedded solver.
set -eu
from=$(cd "$(dirname "$0")/.." && pwd)/.cache/highs
for file in "$from"/headroom-highs "$from"/libhighs.so.1 "$from"/LICENSE.txt "$from"/THIRD_PARTY_NOTICES.md; do
    to=$1/$(basename "$file")
    [ -f "$file" ] || continue
    cmp -s "$file" "$to" || { cp -p "$file" "$to.new" && mv "$to.new" "$to"; }
done
