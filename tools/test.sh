#!/bin/sh
# Runs suites. Each spec file on each interpreter is a job with a log of its own, and some jobs run
# at once. The logs of failed jobs are shown at the end; the last line is "N passed, N failed".
#
# usage: tools/test.sh SUITE...
#
#   c         spec/bytes/c, under the sanitizers      fuzz       the seeds of spec/bytes/fuzz
#   simulation  seeds of spec/simulation       specs      the specs on each interpreter     openresty  the specs that drive an nginx
#   hot       specs on a LuaJIT that compiles whatever runs twice
#   nginx     the specs inside nginx
#   lint      the static checks                 rock       a source rock, installed and used
#   installed  what `make install` installs, and the specs of the command with it
#   clang     the vectors, with what clang compiles: it evaluates arguments in another order than gcc
#   gc        the specs of the binding with an eager collector
#   apicheck  the specs of the binding, the vectors and units on a Lua that checks uses of its API
#   valgrind  the C tests under valgrind
#
#   SPEC     a file or a folder instead of all
#   LUAS     the interpreters (lua5.4)
#   QUICK    1: all specs on the first interpreter, unit and vectors on the others; inside nginx
#            unit and integration, which LuaJIT then runs there alone; one spec of the installed
#            command; no clang-tidy
#   JOBS     how many jobs run at once (two more than processors: many only wait)
#   LIMIT    seconds after which a job is ended (600), and one of make's four times as many
#   PRELOAD  libraries that the interpreters load first (sanitizers)
#   LINT     the targets of lint
# shellcheck disable=SC1091,SC2046,SC2086 # lists of words; what `make env` printed
set -u

export MAKE="${MAKE:-make}" BUILD="${BUILD:-build}" LUAS="${LUAS:-lua5.4}"
export LIMIT="${LIMIT:-600}" PRELOAD="${PRELOAD:-}"
export JOBS="${JOBS:-$(($(nproc 2>/dev/null || echo 2) + 2))}"
SPEC=${SPEC:-} QUICK=${QUICK:-} LINT=${LINT:-lint}
first=${LUAS%% *}
logs=$BUILD/log

# These would win over LUA_PATH and LUA_CPATH, or run code of the user's in every suite.
unset LUA_INIT LUA_INIT_5_2 LUA_INIT_5_3 LUA_INIT_5_4
unset LUA_PATH_5_2 LUA_PATH_5_3 LUA_PATH_5_4 LUA_CPATH_5_2 LUA_CPATH_5_3 LUA_CPATH_5_4

rm -rf "$logs"
mkdir -p "$logs"
: >"$logs/plan" >"$logs/plan.built"

# jobs SUITE WHERE FILE...: plans a job for each file. A suite without files is a job that fails.
jobs() {
    suite=$1 where=$2
    shift 2
    for file in "${@:-no-file}"; do echo "$suite $where $file"; done >>"$logs/plan"
}

# built WHAT: builds it now. Returns 1 when that fails: then this failure stands for WHAT's jobs.
built() {
    [ ! -f "$logs/built-$1" ] || return 0
    echo "build $1 -" >>"$logs/plan.built"
    tools/job.sh build "$1" - && : >"$logs/built-$1"
}

# below FOLDER...: the spec files below them, or below SPEC.
below() {
    [ -z "$SPEC" ] || set -- "$SPEC"
    find "$@" -name '*_spec.lua'
}

# inside [FOLDER...]: those of them, or of all specs, that run inside nginx.
inside() {
    [ -z "$SPEC" ] || set -- "$SPEC"
    (. "$logs/env-luajit" && luajit tools/busted_nginx.lua --list "$@")
}

# What other suites run, and `make test-image`.
apart='world/openresty|world/edge'
[ -n "$SPEC" ] || apart="$apart|people/image"

# others LUA: the files of a quick run for a Lua that is not the first.
others() {
    case "$1$SPEC $suites" in
    "luajit "*nginx*) below spec/pieces spec/bytes/vectors | grep -vxF "$(inside spec/pieces)" ;;
    *) below spec/pieces spec/bytes/vectors ;;
    esac
}

# ranges N: N ranges of seeds, each so short that a busy machine ends it within LIMIT.
ranges() { seq 1 250 $((250 * $1)) | while read -r from; do echo "$from-$((from + 249))"; done; }

# seeds LUA: the ranges of seeds of its jobs. A full run has others each time, by the commit's hash.
seeds() {
    case "$QUICK $1" in
    "1 $first") ranges 8 ;;
    "1 luajit") ranges 2 ;;
    1*) ;;
    " $first")
        ranges 40
        echo "$((0x$(git rev-parse --short=7 HEAD 2>/dev/null || echo 1000000)))-"
        ;;
    *) ranges 4 ;;
    esac
}

plan() {
    case $1 in
    c | valgrind)
        built c
        # a vfork of valgrind returns before the child has begun
        [ "$1" = c ] && not='' || not='! -name test_process.c'
        jobs "$1" c $(find ${SPEC:-spec/bytes/c} -name 'test_*.c' $not)
        ;;
    fuzz)
        built c
        jobs fuzz c spec/bytes/fuzz/corpus/*
        ;;
    specs)
        for lua in $LUAS; do
            built "$lua" || continue
            if [ -n "$QUICK" ] && [ "$lua" != "$first" ]; then
                jobs specs "$lua" $(others "$lua")
            else
                jobs specs "$lua" $(below spec | grep -vE "^spec/($apart)/")
            fi
        done
        ;;
    hot) built luajit && jobs hot luajit $(below spec/pieces spec/world/integration spec/world/queue) ;;
    installed)
        [ -z "$QUICK" ] && luas=$LUAS || luas=$first
        for lua in $luas; do
            built "$lua" && built "installed-$lua" || continue
            if [ -n "$QUICK" ] || [ "$lua" != "$first" ]; then
                jobs installed "$lua" spec/people/command/vendor_spec.lua
            else
                jobs installed "$lua" $(below spec/people/command)
            fi
        done
        ;;
    openresty)
        built "$first" && built luajit && jobs openresty "$first" $(below spec/world/openresty spec/world/edge)
        ;;
    nginx)
        built luajit && jobs nginx luajit $(inside ${QUICK:+spec/pieces spec/world/integration})
        ;;
    lint) jobs lint - $(for target in $LINT; do
        [ "$QUICK $target" = "1 lint-tidy" ] || echo "$target"
    done) ;;
    rock) jobs rock - rock ;;
    clang) jobs clang "$first" "${SPEC:-spec/bytes/vectors}" ;;
    gc)
        built lua5.4 && jobs gc generational $(below spec/bytes/binding spec/pieces) &&
            jobs gc incremental $(below spec/bytes/binding)
        ;;
    apicheck)
        if tools/apicheck.sh "$BUILD/apicheck" >"$logs/apicheck.log" 2>&1; then
            built lua5.4 && jobs apicheck lua5.4 $(below spec/bytes/binding spec/bytes/vectors spec/pieces)
        else
            left_out="apicheck: NOT run: no source package of lua5.4 ($logs/apicheck.log)"
        fi
        ;;
    simulation)
        for lua in $LUAS; do
            [ -z "$(seeds "$lua")" ] || { built "$lua" && jobs simulation "$lua" $(seeds "$lua"); }
        done
        ;;
    *)
        jobs "$1" - no-suite
        ;;
    esac
}

# Without suites, SPEC says which.
if [ $# -eq 0 ]; then
    case $SPEC in
    *.c | spec/bytes/c | spec/bytes/c/) set -- c ;;
    spec/world/openresty | spec/world/openresty/* | spec/world/edge | spec/world/edge/*) set -- openresty ;;
    *) set -- specs ;;
    esac
fi

suites=$* left_out=''
for suite in "$@"; do plan "$suite"; done

# What takes longest comes first, so that no processor is idle at the end.
long='^lint - (docs|lint-strict|lint-cppcheck|lint-tidy)|command/kill_spec|chaos/chaos_spec|faults/plain'
folders='spec/(people|world)/'
{
    grep -E "$long" "$logs/plan"
    grep -vE "$long" "$logs/plan" | grep -E "$folders|^c |^lint|^rock"
    grep -vE "$long|$folders|^c |^lint|^rock" "$logs/plan"
} >"$logs/plan.sorted"
mv "$logs/plan.sorted" "$logs/plan"

xargs -P "$JOBS" -n 3 tools/job.sh <"$logs/plan"
cat "$logs/plan.built" >>"$logs/plan"

# Each job of the plan counts, also one that died before it had counted.
passed=0 failed=0 skipped=0 bad=
while read -r suite where file; do
    log=$(tools/job.sh --log "$suite" "$where" "$file")
    read -r p f s <"$log.count" || p=0 f=1 s=0
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    [ "$f" -eq 0 ] || bad="$bad
  $suite $where $file: $f failed ($log)"
    if [ "$f" -gt 0 ] || [ "$file" = "$SPEC" ]; then
        printf '\n== %s %s %s\n' "$suite" "$where" "$file"
        tail -n 200 "$log"
    fi
done <"$logs/plan"

echo
[ -z "$bad" ] || printf 'failed:%s\n\n' "$bad"
[ -z "$left_out" ] || echo "$left_out"
[ "$skipped" -eq 0 ] || echo "skipped: $skipped tests that cannot be run here"
echo "$passed passed, $failed failed" | tee "$logs/summary"
[ "$failed" -eq 0 ]
