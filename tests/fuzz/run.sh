#!/bin/sh
# Fuzzes one target after the other: sh tests/fuzz/run.sh [SECONDS [TARGET...]]
# An hour each and all of them, where nothing else is asked. What it finds new stays under target/fuzz; a failing input
# lies in tests/fuzz/artifacts and belongs into tests/fuzz/corpus, with a name that says what it broke.
set -eu
cd "$(dirname "$0")"
seconds=${1:-3600}
[ $# -eq 0 ] || shift
found=${OFFSHIFT_FUZZ_FOUND:-../../target/fuzz}
# libFuzzer needs flags that the stable compiler has only under this name.
export RUSTC_BOOTSTRAP=1
failed=0
cargo fuzz build --fuzz-dir .
[ $# -gt 0 ] || set -- $(ls fuzz_targets | sed 's/\.rs$//')
for target in "$@"; do
    mkdir -p "$found/$target"
    log="$found/$target.log"
    if cargo fuzz run --fuzz-dir . "$target" "$found/$target" "corpus/$target" -- \
        -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=20 -print_final_stats=1 > "$log" 2>&1
    then
        echo "$target: $(grep -o 'Done [0-9]* runs in [0-9]* second' "$log" | tail -1)s, nothing found"
    else
        echo "$target: FOUND SOMETHING, see $log"
        failed=1
    fi
done
exit $failed
