#!/bin/sh
# Runs one job of tools/test.sh, which sets the environment: its output goes to a log, its count to
# LOG.count as "PASSED FAILED SKIPPED", and one line about it to the terminal. The last lines of the
# log of a failed job follow at once.
#
# usage: tools/job.sh SUITE WHERE FILE
#        tools/job.sh --log SUITE WHERE FILE      prints where that job's log is
# shellcheck disable=SC1090,SC1091 # what `make env` printed
set -u

log_of() {
    echo "$BUILD/log/$(echo "$1-$2-$3" | tr -c 'A-Za-z0-9._\n-' _).log"
}

if [ "$1" = --log ]; then
    log_of "$2" "$3" "$4"
    exit
fi

suite=$1 where=$2 file=$3
log=$(log_of "$@")
limited="tools/limited.sh $LIMIT"

make_() {
    tools/limited.sh $((4 * LIMIT)) "$MAKE" --no-print-directory -s BUILD="$BUILD" "$@"
}

# busted LUA [OPTION...]: runs the file.
busted() {
    . "$BUILD/log/env-$1"
    # Interpreters do not free all they hold at their end; leaks of ours show in the C tests.
    [ -z "$PRELOAD" ] || export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1
    $limited env LD_PRELOAD="$PRELOAD" "$@" tools/busted.lua --output=plainTerminal --lang=en "$file"
}

inside() {
    . "$BUILD/log/env-luajit"
    $limited luajit tools/busted_nginx.lua "$@" "$file"
}

under_valgrind() {
    $limited valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=definite \
        --errors-for-leak-kinds=definite --child-silent-after-fork=yes --num-callers=30 \
        --suppressions=spec/bytes/valgrind.supp "$@"
}

run() {
    program=$BUILD/c/$(basename "$file" .c)
    case $suite-$where in
    build-c) make_ -k -j"$JOBS" c-tests ;;
    build-installed-*) make_ installed LUA="${where#installed-}" ;;
    build-*) make_ -j"$JOBS" env LUA="$where" >"$BUILD/log/env-$where" ;;
    c-*) make_ "$program" && UBSAN_OPTIONS=print_stacktrace=1 $limited "$program" ;;
    fuzz-*)
        program=$BUILD/c/replay_${file##*/}
        make_ "$program" && UBSAN_OPTIONS=print_stacktrace=1 $limited "$program" "$file"
        ;;
    specs-* | openresty-*) busted "$where" ;;
    installed-*)
        export STREAMCTL_COMMAND="$PWD/$BUILD/$where/installed/in stalled/bin/streamctl"
        busted "$where"
        ;;
    clang-*) CC=clang BUILD=$BUILD/clang LUAS=$where SPEC=$file tools/test.sh specs ;;
    hot-*)
        export LUA_INIT='if jit then jit.opt.start("hotloop=1", "hotexit=1") end'
        busted "$where"
        ;;
    apicheck-*) PATH=$PWD/$BUILD/apicheck:$PATH busted "$where" ;;
    gc-*) EAGER=$where busted lua5.4 -l spec.support.eager ;;
    simulation-*)
        . "$BUILD/log/env-$where"
        case $file in *-) export CPU_SECONDS=120 ;; esac
        SEEDS=$file $limited "$where" spec/simulation/run.lua
        ;;
    nginx-*) inside ;;
    valgrind-c) make_ "$program" && under_valgrind "$program" ;;
    *) make_ -k -j"$JOBS" "$file" ;;
    esac
}

begin=$(date +%s)
run >"$log" 2>&1 </dev/null
status=$?

# Tests count themselves: "N passed, N failed" or busted's summary. All else is one test.
case $suite in
build | lint | rock) counts="$((status == 0)) $((status != 0)) 0" ;;
*)
    counts=$(awk '
        /^[0-9]+ passed, [0-9]+ failed/ { found = $1 " " $3 + 0 " 0" }
        /^[0-9]+ success[a-z]* \/ [0-9]+ failure/ { found = $1 " " $4 + $7 " " $10 + 0 }
        END { print found }' "$log")
    ;;
esac
read -r passed failed skipped <<END
${counts:-0 0 0}
END
if [ "$failed" -eq 0 ] && [ "$status" -ne 0 ]; then
    echo "$suite $where $file: ended with status $status" >>"$log"
    failed=1
elif [ $((passed + failed + skipped)) -eq 0 ]; then
    echo "$suite $where $file: ran no test" >>"$log"
    failed=1
fi
echo "$passed $failed $skipped" >"$log.count"

word=ok
[ "$failed" -eq 0 ] || word=FAIL
line=$(printf '%-4s %s %s %s (%d in %d s)' "$word" "$suite" "$where" "$file" \
    $((passed + failed)) $(($(date +%s) - begin)))
[ "$failed" -eq 0 ] || line="$line
$(tail -n 12 "$log" | cut -c1-300 | sed 's/^/     | /')"
printf '%s\n' "$line"
[ "$failed" -eq 0 ]
