#!/bin/bash
# The whole stack on throw-away state, for ./dev: a private message bus with polkitd, the D-Bus-activated helper, the demo
# registry and, where there is no display, Xvfb. Runs a command in it, tears all down and returns the command's status.
#
#   stack.sh [--host-network] [--display] [--root] [--layers=image|folder|auto] BUILD_FOLDER COMMAND…
#
# It runs as the first process of its own pid, mount and (but for --host-network) network namespace: two stacks cannot
# meet, and nothing of one can outlive it. Root only; the command runs as the user who called sudo, if any, but for --root.
set -euo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

if [ "${1:-}" != --inside ]; then
    network=(--net)
    for option in "$@"; do
        case $option in --host-network) network=() ;; --*) ;; *) break ;; esac
    done
    exec unshare --mount --propagation private --pid --fork --kill-child --mount-proc "${network[@]}" \
        "$0" --inside "$@"
fi
shift

own_network=1 want_display= layers=auto
while :; do
    case $1 in
    --host-network) own_network= ;;
    --display) want_display=1 ;;
    --root) unset SUDO_UID ;;
    --layers=*) layers=${1#*=} ;;
    *) break ;;
    esac
    shift
done
build=$(realpath "$1")
shift

stack=$(mktemp -d /tmp/escale-stack.XXXXXX)
chmod 755 "$stack" # the user's programs reach the bus in it
tag=$(basename "$stack" | tr -dc 'a-zA-Z0-9' | tail -c 6)
helper_options=(--state "$stack/state" --run "$stack/run" --cgroup-parent "/escale-$tag" --layers "$layers")
[ -n "$own_network" ] || helper_options+=(--bridge "esc$tag" --table "escale_$tag")
started=()

end_process() {
    kill -TERM "$1" 2>/dev/null || return 0
    for _ in $(seq 50); do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$1" 2>/dev/null || true
}

# What must be gone after the helper's --purge; a left-over is a defect, so it is an error.
left_overs() {
    grep -F "$stack/" /proc/self/mountinfo | grep -vE -e "$stack/bus" -e " $stack/run " || true
    find /sys/fs/cgroup -maxdepth 2 -type d -name "escale-$tag" 2>/dev/null || true
    ip -o link 2>/dev/null | grep -E ": (escale0|esc$tag|esc[0-9a-f]{10,})[@:]" || true
}

tear_down() {
    local status=$?
    trap - EXIT
    set +e
    "$source_folder/tests/support/private_bus.sh" stop "$stack/bus"
    if [ -x "$build/bin/escale-helper" ] && ! "$build/bin/escale-helper" "${helper_options[@]}" --purge; then
        echo "stack: the helper could not remove what it made" >&2
        [ $status -ne 0 ] || status=1
    fi
    for pid in "${started[@]}"; do end_process "$pid"; done
    local left
    left=$(left_overs)
    if [ -n "$left" ]; then
        printf 'stack: left behind:\n%s\n' "$left" >&2
        [ $status -ne 0 ] || status=1
    fi
    if [ $status -ne 0 ] && [ -s "$stack/bus/bus.log" ]; then
        echo "stack: the end of the helper's log:" >&2
        tail -n 20 "$stack/bus/bus.log" >&2
    fi
    umount -l "$stack/run"
    rm -rf --one-file-system "$stack"
    exit $status
}
trap tear_down EXIT
trap 'exit 130' INT TERM

start_registry() {
    local port=5000
    [ -n "$own_network" ] ||
        port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    cat >"$stack/registry.yml" <<CONFIG
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $build/demo/registry}, maintenance: {readonly: {enabled: true}}}
http: {addr: 127.0.0.1:$port}
CONFIG
    docker-registry serve "$stack/registry.yml" >"$stack/registry.log" 2>&1 &
    started+=($!)
    export ESCALE_REGISTRY=127.0.0.1:$port
    for _ in $(seq 100); do
        (: </dev/tcp/127.0.0.1/"$port") 2>/dev/null && return
        sleep 0.05
    done
    echo "stack: the registry does not answer: $(tail -n 3 "$stack/registry.log")" >&2
    exit 1
}

start_display() {
    [ -n "$want_display" ] && [ -z "${DISPLAY:-}" ] || return 0
    echo "no display here: using Xvfb" >&2
    mkfifo "$stack/display"
    Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp 3>"$stack/display" >"$stack/xvfb.log" 2>&1 &
    started+=($!)
    local number
    read -r -t 20 number <"$stack/display" || { cat "$stack/xvfb.log" >&2; exit 1; }
    export DISPLAY=:$number QT_QPA_PLATFORM=xcb
}

[ -z "$own_network" ] || ip link set lo up
mkdir "$stack/state" "$stack/run"
chmod 700 "$stack/state"
mount -t tmpfs -o mode=700 escale-run "$stack/run" # as /run is on a machine
start_registry
start_display
DBUS_SYSTEM_BUS_ADDRESS=$("$source_folder/tests/support/private_bus.sh" start "$stack/bus" \
    "$build/bin/escale-helper" "${helper_options[@]}")
export DBUS_SYSTEM_BUS_ADDRESS
as_user=()
if [ -n "${SUDO_UID:-}" ] && [ "$SUDO_UID" != 0 ]; then
    # No login session is known to the private bus, so polkit is told who the active local user is.
    cat >"$stack/bus/rules/50-dev.rules" <<RULES
polkit.addRule(function(action, subject) {
    if (action.id == "org.escale.engine.manage" && subject.user == "$SUDO_USER") return polkit.Result.YES;
});
RULES
    as_user=(setpriv --reuid "$SUDO_UID" --regid "$SUDO_GID" --init-groups)
fi
"${as_user[@]}" "$@"
