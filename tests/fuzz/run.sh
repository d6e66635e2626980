#!/bin/bash
# Fuzzes one parser: run.sh BUILD_FOLDER TARGET SECONDS [LIBFUZZER_OPTION…], where TARGET_fuzzer.cpp stands beside this.
# Every kept input (seeds and former findings) is tried first. What is found stays in BUILD_FOLDER/fuzz/TARGET; a new
# finding is mended and its input added to tests/fuzz/corpus/TARGET.
set -euo pipefail
build=$1
target=$2
seconds=$3
shift 3
corpus=$(dirname "$(readlink -f "$0")")/corpus/$target
found=$build/fuzz/$target
mkdir -p "$found"
# The first folder is where libFuzzer adds to; the kept corpus is only read.
exec "$build/bin/${target}_fuzzer" -max_total_time="$seconds" -max_len=20000 -timeout=10 -rss_limit_mb=1024 \
    -print_final_stats=1 -artifact_prefix="$found/finding-" "$@" "$found" "$corpus"
