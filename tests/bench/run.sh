#!/bin/bash
# The benchmarks of ./dev bench: a table on standard output, BUILD_FOLDER/bench.json beside. Medians; peers are measured in the same run.
#
#   run.sh BUILD_FOLDER [run|pull|memory|start|runtime]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ "${1:-}" != --inside ]; then
    build=$(realpath "$1")
    # The runtime needs nothing beside it: no bus, no registry, no display.
    [ "${2:-}" != runtime ] || exec "$0" --inside "$build" runtime
    exec "$here/../stack/stack.sh" --display --root "$build" "$0" --inside "$build" "${2:-all}"
fi
build=$2 wanted=$3
bench=$build/bin/escale-bench
image=${ESCALE_REGISTRY:-}/escale/demo:gzip
work=$(mktemp -d)
registry=
trap '[ -z "$registry" ] || kill "$registry"; rm -rf "$work"' EXIT
rows=()
row() { rows+=("$1|$2|$3|$4"); } # name, value, unit, remark
field() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
milliseconds() { # runs a command, prints its wall time
    local begin end
    begin=$(date +%s%N)
    "$@" >"$work/out" 2>&1 || { cat "$work/out" >&2; exit 1; }
    end=$(date +%s%N)
    echo $(((end - begin) / 1000000))
}
wants() { [ "$wanted" = all ] || [ "$wanted" = "$1" ]; }

[ "$wanted" = runtime ] || "$bench" pull "$image" >/dev/null

if wants runtime; then
    "$build/bin/escale-runtime-bench" >"$work/runtime"
    while IFS= read -r line; do rows+=("$line"); done <"$work/runtime"
fi

if wants run; then
    "$bench" run "$image" 3 >/dev/null # warm
    result=$("$bench" run "$image" 30)
    row "run: call to first byte of output" "$(field first <<<"$result")" ms "over D-Bus, bridge network, median of 30"
    row "run: call to recorded exit" "$(field end <<<"$result")" ms "docker run --rm 304, podman 327 on such a machine"
fi

if wants pull; then
    "$here/make_layers.py" "$work/layout" 200
    port=5001
    cat >"$work/registry.yml" <<CONFIG
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $work/registry}}
http: {addr: 127.0.0.1:$port}
CONFIG
    docker-registry serve "$work/registry.yml" >/dev/null 2>&1 &
    registry=$!
    sleep 0.5
    skopeo copy -q --insecure-policy --dest-tls-verify=false "oci:$work/layout:five" "docker://127.0.0.1:$port/bench/five:1"
    size=$(du -sm "$work/layout" | cut -f1)
    blobs=$(python3 - "$work/layout" <<'PY'
import json, sys
folder = sys.argv[1]
index = json.load(open(folder + "/index.json"))
blob = lambda digest: folder + "/blobs/sha256/" + digest.split(":")[1]
print(" ".join(blob(layer["digest"]) for layer in json.load(open(blob(index["manifests"][0]["digest"])))["layers"]))
PY
    )
    for _ in 1 2 3 4 5; do
        "$bench" pull "127.0.0.1:$port/bench/five:1" | field ms >>"$work/pull"
        "$bench" remove "127.0.0.1:$port/bench/five" 1
        milliseconds skopeo copy -q --insecure-policy --src-tls-verify=false "docker://127.0.0.1:$port/bench/five:1" \
            "dir:$work/copy" >>"$work/skopeo"
        rm -rf "$work/copy"
        mkdir "$work/tree"
        milliseconds bash -c 'for blob in "${@:2}"; do tar -xzf "$blob" -C "$1"; done' - "$work/tree" $blobs >>"$work/tar"
        rm -rf "$work/tree"
    done
    row "pull: five layers, $size MiB" "$(median <"$work/pull")" ms "downloaded, verified, unpacked, synced"
    row "  skopeo copy to a folder" "$(median <"$work/skopeo")" ms "downloaded and verified only"
    row "  tar -xzf, one after the other" "$(median <"$work/tar")" ms "unpacked only, not synced"
fi

if wants memory; then
    result=$("$bench" idle "$image")
    for process in helper monitor; do
        pid=$(field "$process" <<<"$result")
        row "memory: $process, resident" "$(awk '/^VmRSS/ {print $2}' "/proc/$pid/status")" KiB \
            "proportional $(awk '/^Pss:/ {print $2}' "/proc/$pid/smaps_rollup")"
    done
fi

if wants start || wants memory; then
    for _ in 1 2 3 4 5; do
        ESCALE_TRACE_STARTUP=1 "$build/bin/escale" >"$work/gui" 2>&1 &
        pid=$!
        for _ in $(seq 200); do grep -q first-paint-ms "$work/gui" && break; sleep 0.05; done
        sleep 1
        awk '/first-paint-ms/ {print $2}' "$work/gui" >>"$work/paint"
        awk '/^VmRSS/ {print $2}' "/proc/$pid/status" >>"$work/rss"
        kill "$pid"
        wait "$pid" 2>/dev/null || true
    done
    row "start: GUI to first paint" "$(median <"$work/paint")" ms "median of 5"
    row "memory: GUI, resident" "$(median <"$work/rss")" KiB "a second after its start"
fi

printf '%s\n' "${rows[@]}" | column -t -s'|'
printf '%s\n' "${rows[@]}" | python3 -c '
import json, sys
rows = [line.rstrip("\n").split("|") for line in sys.stdin]
json.dump([{"name": r[0].strip(), "value": float(r[1]), "unit": r[2], "remark": r[3]} for r in rows], open(sys.argv[1], "w"), indent=2)
' "$build/bench.json"
echo "also in $build/bench.json"
