#!/bin/sh
# Runs fuzz targets one after the other and ends with "N passed, N failed".
#
# usage: tools/fuzz.sh FOLDER SECONDS TARGET...
#
# The seeds in spec/bytes/fuzz/corpus are read only; what libFuzzer finds worth keeping goes to
# FOLDER/found/TARGET, and an input that breaks something to FOLDER/TARGET-crash-*.
set -u

folder=$1 seconds=$2
shift 2
passed=0 failed=0
for target in "$@"; do
    printf '\n== %s, %s s\n' "$target" "$seconds"
    mkdir -p "$folder/found/$target"
    if "$folder/fuzz_$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=1024 -max_len=4096 \
        -artifact_prefix="$folder/$target-" -verbosity=0 -print_final_stats=1 \
        "$folder/found/$target" "spec/bytes/fuzz/corpus/$target" </dev/null >"$folder/$target.log" 2>&1; then
        grep '^stat::number_of_executed' "$folder/$target.log"
        passed=$((passed + 1))
    else
        cat "$folder/$target.log"
        echo "$target: failed; the input is $folder/$target-*"
        failed=$((failed + 1))
    fi
done
printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
