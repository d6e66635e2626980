#!/bin/bash
# A private system-type message bus with a real polkitd and the D-Bus-activated helper, for ./dev and the tests.
#
#   private_bus.sh start FOLDER HELPER [ARGUMENT…]   prints the address for DBUS_SYSTEM_BUS_ADDRESS
#   private_bus.sh stop FOLDER                       ends helper, polkitd and bus; containers live on
#   private_bus.sh stop-polkit FOLDER                ends polkitd; returns when the bus has seen it go
#   private_bus.sh start-polkit FOLDER               starts it again
#
# FOLDER is absolute, made when missing, and must be reachable for every user who shall connect. It holds bus (the
# socket), services/, actions/ (what polkitd sees as /usr/share/polkit-1/actions: the machine's and ours), rules/ (its
# /etc/polkit-1/rules.d: put test rules there, polkitd reads them again by itself), logs and pid files.
# Only polkitd lives in a mount namespace of its own; the helper runs in the caller's, as on a real machine.
set -euo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
kill_after=100 # tenths of a second

fail() {
    echo "private_bus.sh: $*" >&2
    exit 1
}

bus_call() { # the method and its arguments, to the message bus itself
    dbus-send --bus="unix:path=$folder/bus" --print-reply=literal --reply-timeout=5000 \
        --dest=org.freedesktop.DBus /org/freedesktop/DBus "org.freedesktop.DBus.$1" "${@:2}" 2>/dev/null
}

wait_until() { # what it waits for, the log that tells why it never came, the command
    local what=$1 log=$2
    shift 2
    for _ in $(seq 100); do
        "$@" >/dev/null 2>&1 && return
        sleep 0.05
    done
    fail "$what has not appeared: $(tail -n 3 "$log" 2>/dev/null)"
}

end_process() { # by its id; SIGKILL when it does not go
    local pid=$1
    kill -TERM "$pid" 2>/dev/null || return 0
    for _ in $(seq $kill_after); do
        [ -d "/proc/$pid" ] && [ "$(cut -d' ' -f3 "/proc/$pid/stat" 2>/dev/null)" != Z ] || return 0
        sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
}

polkit_is_gone() { ! bus_call GetNameOwner string:org.freedesktop.PolicyKit1; }

# A process that has ended still owns its name until the bus reads the end of its connection: whoever asked in that
# moment would be told that polkit went away without an answer.
stop_polkit() {
    [ -e "$folder/polkitd.pid" ] || return 0
    end_process "$(cat "$folder/polkitd.pid")"
    wait_until "the end of polkitd" "$folder/bus.log" polkit_is_gone
}

start_polkit() {
    # The two bind mounts are polkitd's alone. How it ends is in its log.
    DBUS_SYSTEM_BUS_ADDRESS="unix:path=$folder/bus" setsid unshare --mount --propagation private bash -c '
        mount --bind "$1/actions" /usr/share/polkit-1/actions &&
        mkdir -p /etc/polkit-1/rules.d &&
        mount --bind "$1/rules" /etc/polkit-1/rules.d || exit
        /usr/lib/polkit-1/polkitd --no-debug &
        echo $! >"$1/polkitd.pid"
        wait $!
        echo "polkitd has ended with status $?"' private_bus "$folder" \
        </dev/null >"$folder/polkitd.log" 2>&1 &
    wait_until polkitd "$folder/polkitd.log" bus_call GetNameOwner string:org.freedesktop.PolicyKit1
}

start() {
    local helper=$1
    shift
    [ "$(id -u)" = 0 ] || fail "only root can start it: polkitd and the helper run as root"
    [ ! -e "$folder/bus" ] || fail "$folder has a bus already"
    mkdir -p "$folder/services" "$folder/actions" "$folder/rules"
    chmod 755 "$folder" "$folder/services" "$folder/actions" "$folder/rules"
    cp /usr/share/polkit-1/actions/*.policy "$folder/actions/"
    cp "$source_folder"/packaging/polkit/*.policy "$folder/actions/" # in place of those of an Escale that is installed here
    sed -e "s|@FOLDER@|$folder|g" -e "s|@SOURCE@|$source_folder|g" \
        "$source_folder/tests/support/system_bus.conf.in" >"$folder/bus.conf"
    {
        printf '[D-BUS Service]\nName=org.escale.Engine1\nUser=root\nExec=%q' "$helper"
        [ $# = 0 ] || printf ' %q' "$@"
        printf '\n'
    } >"$folder/services/org.escale.Engine1.service"

    # A clean environment, as systemd gives it; the activated helper inherits it. Its messages go to bus.log.
    setsid env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DBUS_SYSTEM_BUS_ADDRESS="unix:path=$folder/bus" \
        ${ASAN_OPTIONS:+ASAN_OPTIONS="$ASAN_OPTIONS"} ${TSAN_OPTIONS:+TSAN_OPTIONS="$TSAN_OPTIONS"} \
        dbus-daemon --config-file="$folder/bus.conf" --nofork --nopidfile --nosyslog \
        </dev/null >"$folder/bus.log" 2>&1 &
    echo $! >"$folder/bus.pid"
    wait_until "the message bus" "$folder/bus.log" bus_call GetId
    start_polkit
    echo "unix:path=$folder/bus"
}

stop() {
    [ -e "$folder/bus.pid" ] || return 0
    local helper
    helper=$(bus_call GetConnectionUnixProcessID string:org.escale.Engine1 | awk '{print $2}' || true)
    [ -z "$helper" ] || end_process "$helper"
    stop_polkit
    end_process "$(cat "$folder/bus.pid")"
    rm -f "$folder/bus" "$folder/bus.pid" "$folder/polkitd.pid"
}

[ $# -ge 2 ] || fail "usage: private_bus.sh start FOLDER HELPER [ARGUMENT…] | stop-polkit FOLDER | start-polkit FOLDER | stop FOLDER"
folder=$2
[ "${folder#/}" != "$folder" ] || fail "the folder must be an absolute path"
case $1 in
start) start "${@:3}" ;;
stop-polkit) stop_polkit ;;
start-polkit) start_polkit ;;
stop) stop ;;
*) fail "no command \"$1\"" ;;
esac
