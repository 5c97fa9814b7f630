#!/bin/sh
# Which functions each test enters: build/map/NAME.map has "MILLISECONDS TEST", then a line for each
# function, "PATH:FIRST:LAST". Lua's are found by a hook, and C's by gcov, in a build of its own.
#
# usage: tools/mutants/map.sh lua|c [TEST...]     TEST: see tools/mutants/test.sh
# shellcheck disable=SC2046 # lists of words
set -eu

export BUILD="${BUILD:-build}" MAKE="${MAKE:-make}" MUTANT_ROOT="$PWD"
map=$PWD/$BUILD/map
kind=$1
shift

# begin TEST: names the files of its map.
begin() {
    test=$1 name=$map/$kind-$(echo "$1" | tr / _)
    : >"$name.entered"
}

# run WORD...: runs the test with these variables.
run() {
    began=$(date +%s%N)
    env "$@" tools/mutants/test.sh "$test" >"$name.log" 2>&1 </dev/null && status=0 || status=$?
    milliseconds=$((($(date +%s%N) - began) / 1000000))
}

# finish: makes the map of what stands in NAME.entered.
finish() {
    if [ "$status" -eq 0 ]; then
        { echo "$milliseconds $test" && sort -u "$name.entered"; } >"$name.map"
    else
        echo "$test: status $status, left out ($name.log)"
    fi
    rm -f "$name.entered"
}

if [ "$kind" = --one ]; then
    kind=lua
    begin "$1"
    run ENTERED="$name.entered" LUA_INIT="@$PWD/tools/mutants/hook.lua"
    finish
    exit
fi

mkdir -p "$map"
[ $# -gt 0 ] || rm -f "$map/$kind"-*

if [ "$kind" = lua ]; then
    eval "$("$MAKE" -s env LUA=lua5.4)"
    [ $# -gt 0 ] || set -- spec/simulation/run.lua $(find spec -name '*_spec.lua' |
        grep -vE '^spec/(world/(openresty|edge)|people/(image|site|release))/')
    printf '%s\n' "$@" | xargs -P "${JOBS:-4}" -n 1 tools/mutants/map.sh --one
    exit
fi

# One after the other: all tests write to the same counters.
export BUILD="$BUILD/gcov" CFLAGS='-O1 -g --coverage' SANITIZE='-O1 -g --coverage'
"$MAKE" -s -j"${JOBS:-4}" build c-tests LUA=lua5.4 BUILD="$BUILD"
eval "$("$MAKE" -s env LUA=lua5.4 BUILD="$BUILD")"
[ $# -gt 0 ] || set -- spec/bytes/c/test_*.c spec/bytes/fuzz/corpus/* $(
    find spec/bytes/binding spec/bytes/vectors spec/pieces spec/world/store spec/world/faults \
        spec/world/security -name '*_spec.lua')
for test in "$@"; do
    find "$BUILD" -name '*.gcda' -delete
    begin "$test"
    run LC_ALL=C
    find "$BUILD" -name '*.gcda' | while read -r counters; do
        gcov --json-format --stdout "$counters" 2>/dev/null
    done | lua5.4 tools/mutants/gcov.lua "$PWD" >"$name.entered"
    finish
done
