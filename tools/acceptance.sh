#!/bin/sh
# acceptance.sh [PACKAGES]: the counted tests (TestCounted…) at their whole counts, each with a new seed that is printed. The
# list of counts comes last; what a machine cannot run says "not run" and why.
set -u
cd "$(dirname "$0")/.." || exit 1
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
HEADROOM_COUNTED=1 go test -count=1 -timeout 6h -v -run '^TestCounted' "${@:-./...}" >"$log" 2>&1
status=$?
grep -E '^(---|FAIL|panic|ok )|seed [0-9]+|_test.go:[0-9]+:' "$log" | grep -v 'no tests to run'
echo
echo "The counts:"
grep -oE '(counted|not run): .*' "$log" | sort
exit $status
