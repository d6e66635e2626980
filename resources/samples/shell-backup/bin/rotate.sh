#!/bin/sh
# Keeps the newest $KEEP backups.
set -eu
. /etc/backup.conf
ls -r "$TO" | tail -n +$((KEEP + 1)) | while read -r name; do rm "$TO/$name"; done
