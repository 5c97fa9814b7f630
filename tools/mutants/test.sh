#!/bin/sh
# Runs one test, for the map or against a mutant: a spec file on Lua 5.4, a C test, the seeds of a
# fuzz target, or 150 seeds of the simulation.
# usage: tools/mutants/test.sh spec/.../X_spec.lua|spec/bytes/c/X.c|spec/bytes/fuzz/corpus/X|spec/simulation/run.lua
#        LIMIT: seconds (600)
limited="tools/limited.sh ${LIMIT:-600}"
case $1 in
*.c) exec $limited "$BUILD/c/$(basename "$1" .c)" ;;
spec/bytes/fuzz/*) exec $limited "$BUILD/c/replay_${1##*/}" "$1" ;;
spec/simulation/*) SEEDS=1-150 exec $limited lua5.4 "$1" ;;
*) exec $limited lua5.4 tools/busted.lua --output=plainTerminal --lang=en "$1" ;;
esac
