#!/bin/bash
# ./dev bench stacks: a stack of fifty services with dependencies, up, up again and down, beside docker compose with docker, in one run.
# Rows for run.sh (name|value|unit|remark) on standard output; medians of rounds that take turns.
#
#   stacks.sh [--peers] BUILD_FOLDER [ROUNDS]     --peers: without Escale
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
engines=escale,docker
surroundings=("$here/../stack/stack.sh" --root)
if [ "$1" = --peers ]; then
    engines=docker
    surroundings=(unshare --mount --propagation private --pid --fork --kill-child --mount-proc --net)
    shift
fi
build=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
"$here/unpack_peers.sh" "$build"
[ "$engines" = docker ] || surroundings+=("$build")
"${surroundings[@]}" python3 "$here/stacks.py" "$build" "$work" "${2:-5}" "$engines"
