#!/bin/bash
# What builds and stacks are compared with, in BUILD_FOLDER/builders: BuildKit (in docker), docker compose and buildah of Debian 13, the newest that Debian has.
# Unpacked only: installing docker.io would start its service on this machine, and buildah is made for a newer C library, which it
# gets here beside it.
set -euo pipefail
peers=$(realpath "$1")/builders
compose=$peers/usr/libexec/docker/cli-plugins/docker-compose
[ ! -e "$peers/complete" ] || [ ! -e "$compose" ] || exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/packages"
# shellcheck disable=SC2016 # apt-get fills it in
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -n 1)
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian} trixie main" >"$work/sources"
apt() {
    apt-get -qq -o APT::Sandbox::User=root -o Dir::Etc::SourceList="$work/sources" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" "$@" >&2
}
if ! { apt update && (cd "$work/packages" && apt download docker.io docker-cli docker-buildx docker-compose containerd buildah libc6 libsubid5); }; then
    echo "the packages docker.io, docker-compose and buildah of Debian 13 cannot be had: nothing is compared with them" >&2
    exit 0
fi
rm -rf "$peers"
for package in "$work"/packages/*.deb; do dpkg -x "$package" "$peers"; done
libraries=$peers/usr/lib/x86_64-linux-gnu
patchelf --set-interpreter "$libraries/ld-linux-x86-64.so.2" --set-rpath "$libraries:/usr/lib/x86_64-linux-gnu" "$peers/usr/bin/buildah"
touch "$peers/complete"
