#!/bin/sh
# What testcontainers' Ryuk does (github.com/testcontainers/moby-ryuk), with the docker command line: on port 8080 it hears lines of
# filters, and once nobody has been connected for a while it removes what they match, through /var/run/docker.sock.
mkdir -p /tmp/connections
: >/tmp/filters
nc -ll -p 8080 -e /bin/answer.sh &
echo "Started"
quiet=0
while [ $quiet -lt "${RYUK_RECONNECTION_TIMEOUT:-3}" ]; do
    sleep 1
    if [ -n "$(ls /tmp/connections)" ]; then
        quiet=0
    elif [ -s /tmp/filters ]; then # somebody was, maybe for less than a second
        quiet=$((quiet + 1))
    fi
done
sort -u /tmp/filters | while read -r line; do
    # shellcheck disable=SC2046 # a word each
    set -- $(echo "$line" | tr -d '\r' | sed 's/^/--filter /; s/&/ --filter /g')
    docker ps --all --quiet "$@" | xargs -r docker rm --force --volumes
    docker network ls --quiet "$@" | xargs -r docker network rm
    docker volume ls --quiet "$@" | xargs -r docker volume rm
    docker images --quiet "$@" | xargs -r docker rmi
done
