#!/bin/sh
# Called as backup.sh, restore.sh or verify.sh, it does that.
set -eu
. "${2:-/etc/backup.conf}"
case ${0##*/} in
backup.sh) tar -czf "$TO/$(date +%F).tar.gz" -C "$FROM" . ;;
restore.sh) tar -xzf "$(ls "$TO"/*.tar.gz | tail -n 1)" -C "$FROM" ;;
verify.sh) for file in "$TO"/*.tar.gz; do gzip -t "$file"; done ;;
esac
