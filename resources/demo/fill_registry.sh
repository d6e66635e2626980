#!/bin/bash
# Pushes the demo images of an OCI layout into the storage folder of a docker-registry, which it runs on loopback meanwhile.
#
#   fill_registry.sh LAYOUT STORAGE
set -euo pipefail
layout=$1 storage=$2
work=$(mktemp -d)
trap 'kill "$registry" 2>/dev/null || true; wait "$registry" 2>/dev/null || true; rm -rf "$work"' EXIT
rm -rf "$storage" "$storage.new"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >"$work/config.yml" <<CONFIG
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $storage.new}}
http: {addr: 127.0.0.1:$port}
CONFIG
docker-registry serve "$work/config.yml" >"$work/log" 2>&1 &
registry=$!
for _ in $(seq 100); do
    (: </dev/tcp/127.0.0.1/"$port") 2>/dev/null && break
    kill -0 "$registry" || { cat "$work/log"; exit 1; }
    sleep 0.05
done
for pair in gzip:demo:gzip zstd:demo:zstd gzip:demo:latest large:large:latest bare:bare:latest untidy:untidy:latest; do
    skopeo copy --quiet --insecure-policy --dest-tls-verify=false \
        "oci:$layout:${pair%%:*}" "docker://127.0.0.1:$port/escale/${pair#*:}"
done
mv "$storage.new" "$storage"
