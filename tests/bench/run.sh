#!/bin/bash
# The benchmarks of ./dev bench: a table on standard output, BUILD_FOLDER/bench.json beside. Medians; peers are measured in the same run.
#
#   run.sh BUILD_FOLDER [run|containers|images|build|api|stacks|network|volumes|memory|start|runtime]
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
# podman leaves its storage mounted on itself.
trap 'umount -ql "$work/podman/overlay" 2>/dev/null || true; rm -rf "$work"' EXIT
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
take_rows() { while IFS= read -r line; do rows+=("$line"); done; }

[ "$wanted" = runtime ] || "$bench" pull "$image" >/dev/null

if wants runtime; then
    "$build/bin/escale-runtime-bench" >"$work/runtime"
    take_rows <"$work/runtime"
fi

if wants run; then
    "$bench" run "$image" 3 >/dev/null # warm
    result=$("$bench" run "$image" 30)
    row "run: call to first byte of output" "$(field first <<<"$result")" ms "over D-Bus, bridge network, median of 30"
    row "run --rm: call until it is removed" "$(field end <<<"$result")" ms "docker run --rm 304, podman 327 on such a machine"
fi

# podman, where it is there, on a store of its own and with no network: more than that it has no chance to lose.
peer_runtime=crun
peer() { podman --runtime "$peer_runtime" --root "$work/podman" --runroot "$work/podman-run" --cgroup-manager cgroupfs --log-level error "$@"; }
peer_run() { peer run --rm --network none --log-driver k8s-file "${@}"; }
prepare_peer() {
    command -v podman >/dev/null || { echo "podman is not installed: nothing to compare with" >&2; return 1; }
    skopeo copy -q --insecure-policy --src-tls-verify=false "docker://$image" "docker-archive:$work/demo.tar:demo:1"
    peer load -q -i "$work/demo.tar" >/dev/null || return 1
    for peer_runtime in crun runc; do # crun refuses hybrid cgroups
        peer_run demo:1 /bin/true >/dev/null 2>"$work/peer" && return 0
    done
    echo "podman cannot run a container here, nothing to compare with: $(cat "$work/peer")" >&2
    return 1
}
times() { # COUNT COMMAND…: the median
    local count=$1
    shift
    for _ in $(seq "$count"); do milliseconds "$@"; done | median
}
ratio() { awk -v ours="$1" -v theirs="$2" 'BEGIN { printf "%.1f times ours", theirs / ours }'; }
rate() { awk -v ms="$1" 'BEGIN { printf "%.0f", 104857.6 / ms }'; }

if wants containers; then
    "$bench" run "$image" 3 >/dev/null # warm
    run=$("$bench" run "$image" 30 | field end)
    exec=$("$bench" exec "$image" 30 | field ms)
    stop=$("$bench" stop "$image" 15 | field ms)
    log=$(for _ in 1 2 3 4 5; do "$bench" log "$image" | field ms; done | median)
    unlimited=$(for _ in 1 2 3 4 5; do "$bench" log "$image" max-size=-1 | field ms; done | median)
    list=$("$bench" list "$image" 1000)
    crowd=$("$bench" crowd "$image" 1000)
    row "run --rm, bridge network" "$run" ms "over D-Bus, until it is removed, median of 30"
    row "exec of true" "$exec" ms "median of 30"
    row "stop" "$stop" ms "one that ends at SIGTERM, median of 15"
    row "create, with up to 1000 containers" "$(field create <<<"$list")" ms mean
    row "list of 1000" "$(field list <<<"$list")" ms "median of 20"
    row "prune of 1000" "$(field prune <<<"$list")" ms once
    row "log: 100 MiB of lines" "$(rate "$log")" MB/s "put aside and compressed as by default; run to exit"
    row "log: without a limit" "$(rate "$unlimited")" MB/s "median of 5"
    row "1000 containers: a start" "$(field start <<<"$crowd")" ms "mean; no network"
    row "1000 containers: helper at rest" "$(field percent <<<"$crowd")" % "of one processor: metrics once a second"
    row "1000 containers: helper, resident" "$(field helper <<<"$crowd")" KiB ""
    row "a container: its monitor's own memory" "$(field own <<<"$crowd")" KiB "resident $(field resident <<<"$crowd") KiB, shared with the others"
    if prepare_peer; then
        theirs=$(times 10 peer_run demo:1 /bin/echo hello)
        row "  podman: run --rm, no network" "$theirs" ms "$(ratio "$run" "$theirs"); with $peer_runtime"
        theirs=$(times 3 peer_run demo:1 /bin/sh -c "yes 'a line of a hundred characters, as a server may write it to its log: 200 OK, 12345 bytes, 3 ms..' | head -c 104857600")
        row "  podman: log, without a limit" "$(rate "$theirs")" MB/s "$(ratio "$unlimited" "$theirs")"
        peer run -d --name idle --network none demo:1 /bin/sleep 1000 >/dev/null
        theirs=$(times 10 peer exec idle /bin/true)
        row "  podman: exec of true" "$theirs" ms "$(ratio "$exec" "$theirs")"
        conmon=$(peer inspect -f '{{.State.ConmonPid}}' idle)
        row "  podman: conmon's own memory" "$(awk '/^Private/ {sum += $2} END {print sum}' "/proc/$conmon/smaps_rollup")" KiB ""
        peer rm -f -t 0 idle >/dev/null
    fi
fi

if wants images; then
    "$here/images.sh" "$build" >"$work/images"
    take_rows <"$work/images"
fi

if wants build; then
    "$here/build.sh" "$build" >"$work/build"
    take_rows <"$work/build"
fi

if wants api; then
    "$here/api.sh" "$build" >"$work/api"
    take_rows <"$work/api"
fi

if wants stacks; then
    "$here/stacks.sh" "$build" >"$work/stacks"
    take_rows <"$work/stacks"
fi

if wants network; then
    "$here/network.sh" "$build" >"$work/network"
    take_rows <"$work/network"
fi

if wants volumes; then
    "$here/volumes.sh" "$build" >"$work/volumes"
    take_rows <"$work/volumes"
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
