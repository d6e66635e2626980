#!/bin/bash
# A page of HTML for every page of text: "# " begins a heading, all else is a paragraph.
set -euo pipefail
pages=$1 site=$2
mkdir -p "$site"
while IFS= read -r page; do
    name=${page#"$pages"/}
    target=$site/${name%.md}.html
    mkdir -p "$(dirname "$target")"
    sed -e '/^$/d' -e 's|^# \(.*\)|<h1>\1</h1>|;t' -e 's|.*|<p>&</p>|' "$page" >"$target"
done < <(find "$pages" -name '*.md' | sort)
