#!/bin/bash
# ./dev bench build: builds beside docker (BuildKit) and buildah, in one run: new and cached, RUN, COPY, stages at once. Rows for
# run.sh (name|value|unit|remark) on standard output; medians of rounds that take turns.
#
#   build.sh [--peers] BUILD_FOLDER [ROUNDS]     --peers: without Escale
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
builders=escale,docker,buildah
surroundings=("$here/../stack/stack.sh" --root)
if [ "$1" = --peers ]; then
    builders=docker,buildah
    surroundings=(unshare --mount --propagation private --pid --fork --kill-child --mount-proc --net)
    shift
fi
build=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
"$here/unpack_docker.sh" "$build"
"$here/unpack_peers.sh" "$build"
maker=$here/../../resources/samples/make_bases.py
[ "$build/samples/tools.tar" -nt "$maker" ] || "$maker" "$build/samples"
[ "$builders" = docker,buildah ] || surroundings+=("$build")
"${surroundings[@]}" python3 "$here/build.py" "$build" "$build/samples" "$work" "${2:-3}" "$builders"
