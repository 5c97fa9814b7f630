#!/bin/sh
# Uses the command as LuaRocks installs it, through the wrapper that LuaRocks writes, with an empty
# environment: words and the exit status go through it as they are.
#
# usage: tools/rock_command.sh PROGRAM
set -eu

program=$1

fail() {
    echo "the command of the rock: $1" >&2
    exit 1
}

run() {
    env -i PATH="$PATH" HOME=/dev/null "$program" "$@"
}

run --version | grep -qx 'streamctl [0-9].*' || fail "--version does not say streamctl and a number"

status=0
text=$(run "no  such 'one' *" 2>&1) || status=$?
[ "$status" -eq 2 ] || fail "the status of a wrong command is $status, not 2"
case $text in
*"no  such 'one' *"*) ;;
*) fail "a word came through as: $text" ;;
esac
