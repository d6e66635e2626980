#!/bin/bash
# Builds the applications of resources/samples with Escale, with docker (BuildKit) and with buildah, and compares the images: settings
# and files, entry by entry. Root; the peers are unpacked into BUILD_FOLDER, not installed.
#
#   run.sh [--peers] BUILD_FOLDER [SAMPLE…]      --peers: without Escale, docker beside buildah
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
builders=escale,docker,buildah
if [ "$1" = --peers ]; then
    builders=docker,buildah
    shift
fi
build=$(realpath "$1")
shift
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
"$here/../bench/unpack_peers.sh" "$build"
maker=$here/../../resources/samples/make_bases.py
bases=$build/samples
[ "$bases/tools.tar" -nt "$maker" ] || "$maker" "$bases"
surroundings=("$here/../stack/stack.sh" --root "$build")
[ "$builders" != docker,buildah ] ||
    surroundings=(unshare --mount --propagation private --pid --fork --kill-child --mount-proc --net)
"${surroundings[@]}" python3 "$here/samples.py" "$build" "$bases" "$work" "$builders" "$@"
