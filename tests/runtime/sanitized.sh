#!/bin/bash
# Runs a class of runtime_tests against the runtime that is built with sanitizers: sanitized.sh BIN_FOLDER CLASS [FUNCTION…]
# A report is a failure wherever it was made: reports go to files, since many tests expect errors on standard error. A
# child that has left the host's files cannot write one: it then dies, and the test that waits for it fails.
set -uo pipefail
bin=$1
shift
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
export ESCALE_RUNTIME=$bin/escale-runtime-sanitized
export ASAN_OPTIONS=log_path=$reports/report:detect_leaks=1:abort_on_error=0:handle_abort=1:detect_stack_use_after_return=0
export UBSAN_OPTIONS=log_path=$reports/report:print_stacktrace=1
"$bin/runtime_tests" "$@"
status=$?
for report in "$reports"/*; do
    [ -e "$report" ] || continue
    cat "$report"
    status=1
done
exit "$status"
