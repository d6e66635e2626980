#!/bin/bash
# The static checks of ./dev check. Prints what fails and goes on, so that one run tells all; exits 1 if anything failed.
#
#   run.sh BUILD_FOLDER      (CHECK_ALL=1: clang-tidy on every file, not only on the changed ones)
set -uo pipefail
build=$1
failed=0
check() { # a name and a command
    local name=$1
    shift
    if "$@"; then echo "ok: $name"; else
        echo "FAILED: $name"
        failed=1
    fi
}
sources() { git ls-files -co --exclude-standard '*.cpp' '*.h' | while read -r file; do [ ! -e "$file" ] || echo "$file"; done; }
changed() { # since the commit main stood on before today's work: the last one published, else the parent
    local base
    base=$(git merge-base HEAD origin/main 2>/dev/null || git rev-parse -q --verify HEAD~1 || true)
    { git diff --name-only --diff-filter=d ${base:+"$base"} -- '*.cpp'; git ls-files -o --exclude-standard '*.cpp'; } | sort -u
}

formatting() { sources | xargs clang-format --dry-run -Werror; }
tidy() {
    local list
    if [ -n "${CHECK_ALL:-}" ]; then list=$(git ls-files '*.cpp'); else list=$(changed); fi
    list=$(for file in $list; do grep -qF "/$file\"" "$build/compile_commands.json" && echo "$file"; done)
    [ -n "$list" ] || { echo "no changed file to look at"; return 0; }
    tests/check/tidy_database.py "$build" || return 1
    echo "$list" | xargs -P "$(nproc)" -n 4 clang-tidy -p "$build/tidy" --quiet --warnings-as-errors='*' 2>/dev/null
}
static_analysis() {
    cppcheck --quiet --error-exitcode=1 --std=c++20 --enable=warning,performance,portability --inline-suppr \
        --suppressions-list=tests/check/cppcheck.txt -j "$(nproc)" -I . --library=qt engine helper gui
}
translations() { ninja -C "$build" check-translations --quiet; }
shells() { bash -n dev .ci/run $(git ls-files '*.sh'); }

check "clang-format" formatting
check "layers" python3 tests/check/layers.py
check "shell syntax" shells
check "translations complete" translations
check "cppcheck" static_analysis
check "clang-tidy" tidy
exit $failed
