#!/bin/bash
# ./dev bench volumes: what mounting costs, copy-up beside docker, backups beside tar and zstd, a long list; in one run. Rows
# for run.sh (name|value|unit|remark) on standard output; medians of rounds that take turns.
#
#   volumes.sh BUILD_FOLDER [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ "${1:-}" != --inside ]; then
    build=$(realpath "$1")
    work=$(mktemp -d)
    trap 'rm -rf --one-file-system "$work"' EXIT
    "$here/unpack_docker.sh" "$build"
    "$here/../stack/stack.sh" --root "$build" "$0" --inside "$build" "$work" "${2:-7}"
    exit
fi
exec python3 "$here/volumes.py" "${@:2}"
