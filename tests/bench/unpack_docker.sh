#!/bin/bash
# docker to compare with, in BUILD_FOLDER/peers: unpacked only, as installing docker.io would start its service on this machine.
set -euo pipefail
peers=$1/peers
[ ! -x "$peers/usr/sbin/dockerd" ] || exit 0
packages=$(mktemp -d)
trap 'rm -rf "$packages"' EXIT
if (cd "$packages" && apt-get -qq -o APT::Sandbox::User=root download docker.io containerd >&2); then
    for package in "$packages"/*.deb; do dpkg -x "$package" "$peers"; done
else
    echo "the package docker.io cannot be had: docker is not compared with" >&2
fi
