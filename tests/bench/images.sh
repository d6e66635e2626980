#!/bin/bash
# ./dev bench images: an image of five layers of Debian's files pulled, run, pushed and removed, with both forms of layers, against podman and skopeo
# and against what the work costs at least, from one registry on this machine, every store cold. Rows for run.sh (name|value|unit|remark) on standard
# output; medians.
#
#   images.sh BUILD_FOLDER [MIB]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ "${1:-}" != --inside ]; then
    build=$(realpath "$1")
    work=$(mktemp -d)
    trap 'umount -ql "$work/podman/overlay" 2>/dev/null || true; rm -rf "$work"' EXIT
    "$here/make_layers.py" "$work/layout" "${2:-200}"
    for form in image folder; do
        "$here/../stack/stack.sh" --root "--layers=$form" "$build" "$0" --inside "$build" "$work" "$form"
    done
    exit
fi
build=$2 work=$3 form=$4
bench=$build/bin/escale-bench
times=5 port=5001
name=127.0.0.1:$port/bench/five
layout=$work/layout

row() { echo "$1|$2|$3|$4"; } # name, value, unit, remark
field() { python3 -c 'import json, sys; print(round(float(json.load(sys.stdin)[sys.argv[1]])))' "$1"; }
median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
milliseconds() { # runs a command, prints its wall time
    local begin end
    begin=$(date +%s%N)
    "$@" >"$work/out" 2>&1 || { cat "$work/out" >&2; exit 1; }
    end=$(date +%s%N)
    echo $(((end - begin) / 1000000))
}
ratio() { awk -v ours="$1" -v theirs="$2" 'BEGIN { printf "ours is %.2f of it", ours / theirs }'; }

start_registry() { # an empty one
    rm -rf "$work/registry"
    cat >"$work/registry.yml" <<CONFIG
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $work/registry}}
http: {addr: 127.0.0.1:$port}
CONFIG
    docker-registry serve "$work/registry.yml" >"$work/registry.log" 2>&1 &
    registry=$!
    for _ in $(seq 100); do (: </dev/tcp/127.0.0.1/$port) 2>/dev/null && return; sleep 0.05; done
    cat "$work/registry.log" >&2
    exit 1
}
stop_registry() {
    kill "$registry"
    wait "$registry" 2>/dev/null || true
}
fill_registry() {
    start_registry
    skopeo copy -q --insecure-policy --dest-tls-verify=false "oci:$layout:five" "docker://$name:1"
}
ours_pull() { "$bench" pull "$name:1" | field ms; }

fill_registry
trap stop_registry EXIT
for _ in $(seq $times); do
    ours_pull >>"$work/$form.pull"
    "$bench" run "$name:1" 1 | field end >>"$work/$form.first"
    stop_registry
    start_registry
    milliseconds "$bench" push "$name:1" "127.0.0.1:$port/bench/pushed:1" >>"$work/$form.push"
    milliseconds "$bench" remove "$name" 1 >>"$work/$form.remove"
    stop_registry
    fill_registry
done
ours_pull >/dev/null
"$bench" run "$name:1" 3 >/dev/null # warm
run=$("$bench" run "$name:1" 15 | field end)
pull=$(median <"$work/$form.pull") push=$(median <"$work/$form.push")
row "layers as ${form}s: pull, $(du -sm "$layout" | cut -f1) MiB in five layers" "$pull" ms "downloaded, verified, unpacked, synced"
row "layers as ${form}s: first run after the pull" "$(median <"$work/$form.first")" ms "run --rm, until it is removed"
row "layers as ${form}s: run" "$run" ms "warm, median of 15"
row "layers as ${form}s: push" "$push" ms "to a registry that has none of it: packed and sent"
row "layers as ${form}s: remove" "$(median <"$work/$form.remove")" ms ""
rm -f "$work/saved.tar"
skopeo copy -q "oci:$layout:five" "docker-archive:$work/saved.tar:bench.invalid/five:1"
"$bench" remove "$name" 1
for _ in $(seq $times); do
    "$bench" load "$work/saved.tar" | field ms >>"$work/$form.load"
    "$bench" remove bench.invalid/five 1
done
load=$(median <"$work/$form.load")
row "layers as ${form}s: load" "$load" ms "the same image from a docker archive of $(du -sm "$work/saved.tar" | cut -f1) MiB"
[ "$form" = image ] || exit 0

# What the work costs at least: the larger of these three.
stop_registry
fill_registry
blobs=$(python3 - "$layout" <<'PY'
import json, sys
folder = sys.argv[1]
index = json.load(open(folder + "/index.json"))
blob = lambda digest: folder + "/blobs/sha256/" + digest.split(":")[1]
print(" ".join(blob(layer["digest"]) for layer in json.load(open(blob(index["manifests"][0]["digest"])))["layers"]))
PY
)
for _ in $(seq $times); do
    milliseconds skopeo copy -q --insecure-policy --src-tls-verify=false "docker://$name:1" "dir:$work/copy" >>"$work/transfer"
    rm -rf "$work/copy"
    mkdir "$work/tree"
    milliseconds bash -c 'for blob in "${@:2}"; do tar -xzf "$blob" -C "$1"; done; sync -f "$1"' - "$work/tree" $blobs >>"$work/untar"
    rm -rf "$work/tree"
    if command -v igzip >/dev/null; then
        milliseconds bash -c 'printf "%s\n" "$@" | xargs -P "$(nproc)" -I {} sh -c "igzip -d -c {} >/dev/null"' - $blobs >>"$work/igzip"
    fi
done
transfer=$(median <"$work/transfer") untar=$(median <"$work/untar")
row "  bound: skopeo copy to a folder of blobs" "$transfer" ms "$(ratio "$pull" "$transfer"); nothing is unpacked"
row "  bound: tar -xzf to the same disk" "$untar" ms "$(ratio "$pull" "$untar"); synced"
if [ -s "$work/igzip" ]; then
    igzip=$(median <"$work/igzip")
    row "  bound: igzip -d on all processors" "$igzip" ms "$(ratio "$pull" "$igzip"); nothing is written"
else
    echo "igzip (package isal) is not installed: that bound is left out" >&2
fi

command -v podman >/dev/null || { echo "podman is not installed: no peer to compare with" >&2; exit 0; }
command -v dockerd >/dev/null || echo "no docker engine is installed here: not compared with" >&2
store="[overlay@$work/podman+$work/podman-run]"
peer() { podman --root "$work/podman" --runroot "$work/podman-run" --storage-driver overlay --cgroup-manager cgroupfs --log-level error "$@"; }
forget_peer() {
    umount -ql "$work/podman/overlay" 2>/dev/null || true
    rm -rf "$work/podman" "$work/podman-run"
}
for _ in 1 2 3; do
    milliseconds peer pull -q --tls-verify=false "$name:1" >>"$work/podman.pull"
    stop_registry
    start_registry
    milliseconds peer push -q --tls-verify=false "$name:1" "127.0.0.1:$port/bench/pushed:1" >>"$work/podman.push"
    milliseconds peer rmi -f "$name:1" >>"$work/podman.remove"
    forget_peer
    milliseconds peer load -q -i "$work/saved.tar" >>"$work/podman.load"
    forget_peer
    stop_registry
    fill_registry
    milliseconds skopeo copy -q --insecure-policy --src-tls-verify=false "docker://$name:1" "containers-storage:$store$name:1" >>"$work/skopeo.pull"
    stop_registry
    start_registry
    milliseconds skopeo copy -q --insecure-policy --dest-tls-verify=false "containers-storage:$store$name:1" \
        "docker://127.0.0.1:$port/bench/pushed:1" >>"$work/skopeo.push"
    forget_peer
    stop_registry
    fill_registry
done
for peer in podman skopeo; do
    theirs=$(median <"$work/$peer.pull")
    row "  $peer: pull" "$theirs" ms "$(ratio "$pull" "$theirs")"
    theirs=$(median <"$work/$peer.push")
    row "  $peer: push" "$theirs" ms "$(ratio "$push" "$theirs")"
done
theirs=$(median <"$work/podman.load")
row "  podman: load" "$theirs" ms "$(ratio "$load" "$theirs")"
theirs=$(median <"$work/podman.remove")
row "  podman: remove" "$theirs" ms "$(ratio "$(median <"$work/image.remove")" "$theirs")"
