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
    # Unpacked only: installing docker.io would start its service on this machine.
    if [ ! -x "$build/peers/usr/sbin/dockerd" ]; then
        mkdir "$work/packages"
        if (cd "$work/packages" && apt-get -qq -o APT::Sandbox::User=root download docker.io containerd >&2); then
            for package in "$work"/packages/*.deb; do dpkg -x "$package" "$build/peers"; done
        else
            echo "the package docker.io cannot be had: docker is not compared with" >&2
        fi
        rm -rf "$work/packages"
    fi
    "$here/../stack/stack.sh" --root "$build" "$0" --inside "$build" "$work" "${2:-5}"
    exit
fi
exec python3 "$here/network.py" compare "${@:2}"
