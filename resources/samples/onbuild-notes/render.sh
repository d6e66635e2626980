#!/bin/sh
# The notes as a page.
echo "<title>$1</title>"
for note in *.txt; do
    echo "<h2>${note%.txt}</h2><p>$(cat "$note")</p>"
done
