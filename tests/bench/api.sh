#!/bin/bash
# ./dev bench api: the docker command line on Escale's Docker Engine API beside the same client on dockerd, in one run: run --rm,
# ps with 500 containers, logs of 1 GB, and the memory of escale-docker-api. Rows for run.sh (name|value|unit|remark) on standard
# output; medians of rounds that take turns. dockerd has namespaces and folders of its own (builders.py).
#
#   api.sh BUILD_FOLDER [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
"$here/unpack_docker.sh" "$build"
"$here/unpack_peers.sh" "$build"
"$here/../stack/stack.sh" --root "$build" python3 "$here/api.py" "$build" "$work" "${2:-15}"
