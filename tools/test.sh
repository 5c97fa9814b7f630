#!/bin/sh
# Runs the suites, shows their output, and ends with one line, "N passed, N failed".
#
# usage: tools/test.sh [LIBRARY...]     libraries to load into the interpreters first (sanitizers)
#
#   SUITES some of: build c fuzz specs openresty nginx lint rock; and on their own: gc valgrind
#   LUAS   the interpreters to run the specs on
#   SPEC   one spec or C test (or a folder of them) instead of everything; with SUITES=nginx inside nginx
#   SUITE_TIMEOUT  seconds after which a suite is ended
#
# Set by `make test`: MAKE, BUILD. A suite that dies before it has counted is one failure.
set -u

MAKE=${MAKE:-make} BUILD=${BUILD:-build} LUAS=${LUAS:-lua5.4} SPEC=${SPEC:-}
SUITES=${SUITES:-build c fuzz specs openresty nginx lint rock}
preload=$*
jobs=$(nproc 2>/dev/null || echo 2)
logs=$BUILD/log
limit=$(command -v timeout >/dev/null && echo "timeout --foreground -k 5 ${SUITE_TIMEOUT:-900}")
passed=0 failed=0 skipped=0 bad=
mkdir -p "$logs"

# These would win over LUA_PATH and LUA_CPATH, or run code of the user's in every suite.
unset LUA_INIT LUA_INIT_5_2 LUA_INIT_5_3 LUA_INIT_5_4
unset LUA_PATH_5_2 LUA_PATH_5_3 LUA_PATH_5_4 LUA_CPATH_5_2 LUA_CPATH_5_3 LUA_CPATH_5_4

# run NAME COMMAND...: shows and logs the output; $status is the command's.
run() {
    name=$1
    shift
    log=$logs/$(echo "$name" | tr -c 'A-Za-z0-9._\n-' '_').log
    printf '\n== %s\n' "$name"
    rm -f "$log.status"
    { "$@" 2>&1 </dev/null; echo $? >"$log.status"; } | tee "$log"
    status=$(cat "$log.status" 2>/dev/null || echo 1)
}

tally() {
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
    [ "$2" -eq 0 ] || bad="$bad
  $name: $2 failed (see $log)"
}

# A step has no count of its own: it is one test.
step() {
    run "$@"
    if [ "$status" -eq 0 ]; then tally 1 0 0; else tally 0 1 0; fi
}

# A suite prints its count: "N passed, N failed[, N skipped]" or busted's summary.
suite() {
    run "$@"
    counts=$(awk '
        /^[0-9]+ passed, [0-9]+ failed/ { found = $1 " " $3 + 0 " " $5 + 0 }
        /^[0-9]+ success[a-z]* \/ [0-9]+ failure/ { found = $1 " " $4 + $7 " " $10 + 0 }
        END { print found }' "$log")
    if [ -z "$counts" ]; then
        echo "$name: ended with status $status before it had counted its tests"
        tally 0 1 0
        return
    fi
    # shellcheck disable=SC2086 # three numbers
    set -- $counts
    if [ "$2" -eq 0 ] && [ "$status" -ne 0 ]; then
        echo "$name: ended with status $status"
        set -- "$1" 1 "$3"
    elif [ $(($1 + $2 + $3)) -eq 0 ]; then
        echo "$name: ran no test"
        set -- 0 1 0
    fi
    tally "$1" "$2" "$3"
}

make_() {
    "$MAKE" --no-print-directory -s BUILD="$BUILD" "$@"
}

specs() {
    lua=$1
    shift
    exports=$(make_ env LUA="$lua") || return 1
    eval "$exports"
    # Interpreters and their children do not free all they hold; leaks of ours show in the C tests.
    [ -z "$preload" ] || export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1
    # shellcheck disable=SC2086 # LUA_FLAGS are words
    $limit env LD_PRELOAD="$preload" "$lua" ${LUA_FLAGS:-} tools/busted.lua --output=plainTerminal --lang=en "$@"
}

# Specs that drive an nginx with the library inside. Once: that is LuaJIT, whatever drives it.
openresty() {
    make_ build LUA=luajit || return 1
    specs "${LUAS%% *}" "$@"
}

# The specs inside nginx. The programs that they start there are LuaJIT's, too.
nginx() {
    exports=$(make_ env LUA=luajit) || return 1
    eval "$exports"
    $limit luajit tools/busted_nginx.lua "$@"
}

c_test() {
    make_ "$1" || return 1
    UBSAN_OPTIONS=print_stacktrace=1 $limit "$1"
}

c_tests() {
    make_ -k -j"$jobs" c-tests >"$logs/c-tests-build.log" 2>&1 || true # each test shows its own errors
    for source in "$@"; do
        name=$(basename "$source" .c)
        suite "c $name" c_test "$BUILD/c/$name"
    done
}

# The seeds of spec/fuzz; `make fuzz` looks for more.
fuzz() {
    make_ "$BUILD/c/replay_$1" || return 1
    UBSAN_OPTIONS=print_stacktrace=1 $limit "$BUILD/c/replay_$1" "spec/fuzz/corpus/$1"
}

fuzz_seeds() {
    for target in spec/fuzz/corpus/*; do
        suite "fuzz ${target##*/}" fuzz "${target##*/}"
    done
}

# The collector as eager as it can be, where it has most to lose: between Lua and C.
gc() {
    case " $LUAS " in *" lua5.4 "*) ;; *) return ;; esac
    export LUA_FLAGS="-l spec.support.eager"
    EAGER=generational suite "gc generational" specs lua5.4 spec/binding spec/unit
    EAGER=incremental suite "gc incremental" specs lua5.4 spec/binding
    unset LUA_FLAGS
}

# Built without sanitizers, which valgrind cannot bear.
valgrind_() {
    $limit valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=definite \
        --errors-for-leak-kinds=definite --child-silent-after-fork=yes --num-callers=30 \
        --suppressions=spec/valgrind.supp "$@"
}

valgrind_c() {
    make_ "$1" || return 1
    valgrind_ "$1"
}

valgrind_lua() {
    exports=$(make_ env LUA=lua5.4) || return 1
    eval "$exports"
    valgrind_ lua5.4 spec/valgrind.lua
}

valgrind_all() {
    make_ -k -j"$jobs" c-tests >"$logs/c-tests-build.log" 2>&1 || true
    for source in spec/c/test_*.c; do
        name=$(basename "$source" .c)
        suite "valgrind $name" valgrind_c "$BUILD/c/$name"
    done
    suite "valgrind lua" valgrind_lua
}

wanted() {
    case " $SUITES " in
    *" $1 "*) return 0 ;;
    *) return 1 ;;
    esac
}

case $SPEC in
*.c) c_tests "$SPEC" ;;
spec/c | spec/c/) c_tests spec/c/test_*.c ;;
spec/openresty | spec/openresty/*) suite "openresty $SPEC" openresty "$SPEC" ;;
?*)
    if [ "$SUITES" = nginx ]; then
        suite "nginx $SPEC" nginx "$SPEC"
    else
        for lua in $LUAS; do
            suite "busted $lua $SPEC" specs "$lua" "$SPEC"
        done
    fi
    ;;
*)
    if wanted build; then step build make_ -j"$jobs" build-all LUAS="$LUAS"; fi
    if wanted c; then c_tests spec/c/test_*.c; fi
    if wanted fuzz; then fuzz_seeds; fi
    if wanted specs; then
        for lua in $LUAS; do
            suite "busted $lua" specs "$lua"
        done
    fi
    if wanted openresty; then suite openresty openresty spec/openresty; fi
    if wanted nginx; then
        suite nginx nginx
        if [ -n "${RESTY_HTTP_DIR:-}" ]; then
            suite "nginx cosockets" nginx --cosockets spec/integration spec/survive spec/faults
        fi
    fi
    if wanted gc; then gc; fi
    if wanted valgrind; then valgrind_all; fi
    if wanted lint; then step lint make_ -k -j"$jobs" lint LUAS="$LUAS"; fi
    if wanted rock; then step rock make_ rock LUAS="$LUAS"; fi
    ;;
esac

summary="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || summary="$summary, $skipped skipped"

echo
[ -z "$bad" ] || printf 'failed:%s\n\n' "$bad"
echo "$summary" | tee "$logs/summary"
[ "$failed" -eq 0 ]
