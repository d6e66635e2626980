#!/bin/sh
# The demo container: a small HTTP server on port 8080 and a counter that prints one line a second.
trap 'echo "asked to stop, good bye"; exit 0' TERM INT
httpd -p 8080 -h /srv/www
echo "serving /srv/www on port 8080"
n=0
while :; do
    n=$((n + 1))
    echo "tick $n"
    [ $((n % 10)) -ne 0 ] || echo "ten more ticks" >&2
    sleep 1 &
    wait $!
done
