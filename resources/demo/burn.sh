#!/bin/sh
# Presses against one of the container's limits, so that one sees what the kernel does there:
#
#   burn cpu|memory|pids|io [SECONDS]
#
# Ends by itself, or when its terminal hangs up; what it has made goes with it.
what=$1
seconds=${2:-30}
file=${TMPDIR:-/tmp}/burn.$$
workers=

clean_up() {
    trap '' HUP INT TERM
    # shellcheck disable=SC2086 # one word a process
    [ -z "$workers" ] || kill -9 $workers 2>/dev/null
    [ ! -e "$file" ] || rm -f "$file"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 143' INT TERM

# Runs in the background until $seconds have passed; a signal ends the wait at once.
until_time_is_up() {
    sleep "$seconds" &
    workers="$workers $!"
    wait $!
}

press_cpu() {
    echo "two loops that do nothing, as fast as they can"
    for _loop in 1 2; do
        (trap - HUP; while :; do :; done) &
        workers="$workers $!"
    done
    until_time_is_up
}

# First a file that the kernel keeps in memory as long as nobody needs the place, then memory that it cannot
# give to others: awk makes strings of 4 MiB.
press_memory() {
    mkdir -p "${file%/*}"
    if dd if=/dev/zero of="$file" bs=1M count=24 conv=fsync 2>/dev/null; then
        cat "$file" >/dev/null
        echo "24 MiB of a file are in the page cache"
        sleep 2
    fi
    awk -v seconds="$seconds" 'BEGIN {
        end = systime() + seconds
        chunk = sprintf("%1024s", "")
        while (length(chunk) < 4194304) chunk = chunk chunk
        for (n = 1; systime() < end; ++n) {
            kept[n] = chunk n
            print n * 4 " MiB"
            fflush()
            system("usleep 250000")
        }
    }' &
    workers=$!
    wait $!
    status=$?
    [ $status -ne 137 ] || echo "the kernel has killed it (SIGKILL)"
    return $status
}

# What cannot be started ends the shell that wanted it: an inner one, and the outer one has its timer already.
press_pids() {
    sleep "$seconds" &
    timer=$!
    workers=$(
        while [ "${n:=0}" -lt 1000 ]; do
            sleep "$seconds" >/dev/null 2>&1 &
            echo $!
            n=$((n + 1))
            usleep 20000
        done 2>/dev/null
    )
    # shellcheck disable=SC2086 # one word a process
    set -- $workers
    echo "$# processes more, then no other one could be started"
    workers="$workers $timer"
    wait $timer
}

press_io() {
    mkdir -p "${file%/*}"
    end=$(($(date +%s) + seconds))
    flags=oflag=direct
    dd if=/dev/zero of="$file" bs=1M count=1 $flags 2>/dev/null || flags=conv=fsync
    while [ "$(date +%s)" -lt $end ]; do
        dd if=/dev/zero of="$file" bs=1M count=8 $flags conv=notrunc 2>/dev/null || return
    done
}

case $what in
    cpu | memory | pids | io) "press_$what" ;;
    *)
        echo "usage: burn cpu|memory|pids|io [seconds]" >&2
        exit 2
        ;;
esac
