#!/bin/bash
# ./dev bench network: containers' networks beside netavark, podman and docker, in one run: endpoints made and taken away,
# containers connected and started, throughput, round trips and look-ups. Rows for run.sh (name|value|unit|remark) on
# standard output; medians of rounds that take turns. Each engine has a network namespace of its own with a machine beyond.
#
#   network.sh BUILD_FOLDER [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ "${1:-}" != --inside ]; then
    build=$(realpath "$1")
    work=$(mktemp -d)
    trap 'rm -rf --one-file-system "$work"' EXIT
    "$here/unpack_docker.sh" "$build"
    "$here/../stack/stack.sh" --root "$build" "$0" --inside "$build" "$work" "${2:-5}"
    exit
fi
exec python3 "$here/network.py" compare "${@:2}"
