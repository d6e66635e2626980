#!/bin/bash
# ./dev exec as a user sees it: the command's status comes back, the bus is private, two stacks do not meet, and nothing stays.
set -euo pipefail
build=$1
stack=$(dirname "${BASH_SOURCE[0]}")/stack.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
    echo "FAILED: $*" >&2
    exit 1
}
machine() { # what a stack could leave behind
    cut -d' ' -f5 /proc/self/mountinfo | sort
    ls /sys/class/net
    find /sys/fs/cgroup -maxdepth 2 -type d -name 'escale*' | sort
    find /tmp -maxdepth 1 -name 'escale-stack.*' | sort
}
list='dbus-send --bus="$DBUS_SYSTEM_BUS_ADDRESS" --print-reply --dest=org.escale.Engine1 /org/escale/Engine1 org.escale.Engine1.Containers.List'

machine >"$work/before"

echo "given a command that exits with 7, its status is returned"
status=0
"$stack" "$build" sh -c 'exit 7' 2>/dev/null || status=$?
[ $status = 7 ] || fail "status $status"

echo "given a stack, the helper is activated on its private bus and answers"
"$stack" "$build" sh -c "$list" >"$work/answer" || fail "no answer: $(cat "$work/answer")"
grep -q 'array \[' "$work/answer" || fail "unexpected answer: $(cat "$work/answer")"

echo "given two stacks at once, each has a bus and a registry of its own, and both end well"
meet='echo "$DBUS_SYSTEM_BUS_ADDRESS" >"$1"; for _ in $(seq 100); do [ -s "$2" ] && break; sleep 0.1; done; [ -s "$2" ] && '"$list"
"$stack" "$build" sh -c "$meet" - "$work/one" "$work/two" >/dev/null &
first=$!
"$stack" "$build" sh -c "$meet" - "$work/two" "$work/one" >/dev/null || fail "the second of two stacks"
wait $first || fail "the first of two stacks"
[ "$(cat "$work/one")" != "$(cat "$work/two")" ] || fail "both had the same bus"

machine >"$work/after"
diff "$work/before" "$work/after" || fail "a stack left something behind"
