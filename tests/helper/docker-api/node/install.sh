#!/bin/bash
# npm's dockerode and testcontainers in BUILD_FOLDER/node, exactly as package-lock.json beside this has them; no script of theirs
# runs. Where they cannot be had, it says so, and their tests are skipped.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(realpath "$1")/node
stamp=$(cat "$here/package.json" "$here/package-lock.json" | sha256sum)
[ "$(cat "$target/complete" 2>/dev/null)" != "$stamp" ] || exit 0
missing=()
for program in node:nodejs npm:npm; do
    command -v "${program%:*}" >/dev/null || missing+=("${program#*:}")
done
if [ ${#missing[@]} -gt 0 ] && ! DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
    echo "the packages ${missing[*]} cannot be had: dockerode and testcontainers are not tested" >&2
    exit 0
fi
rm -rf "$target"
mkdir -p "$target"
cp "$here/package.json" "$here/package-lock.json" "$target"
if ! (cd "$target" && npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error >&2); then
    echo "npm's dockerode and testcontainers cannot be had: they are not tested" >&2
    exit 0
fi
echo "$stamp" >"$target/complete"
