#!/bin/sh
# One client of reap.sh.
: >/tmp/connections/$$
while read -r line; do
    echo "$line" >>/tmp/filters
    echo ACK
done
rm /tmp/connections/$$
