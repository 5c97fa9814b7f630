#!/bin/sh
# Fails unless each shared object named as an argument exports its luaopen_ function and nothing
# else, holds every function of ours that it calls, and links only the library it is for.
set -eu

fail=0
for object in "$@"; do
    module=$(basename "$object" .so)
    exported=$(nm -D --defined-only "$object" | awk '{ print $3 }' | sort | xargs)
    if [ "$exported" != "luaopen_streamctl_$module" ]; then
        echo "$object exports: $exported (wanted luaopen_streamctl_$module only)" >&2
        fail=1
    fi
    missing=$(nm -D --undefined-only "$object" | awk '$2 ~ /^l?sctl_/ { print $2 }' | xargs)
    if [ -n "$missing" ]; then
        echo "$object lacks: $missing (a source is not listed)" >&2
        fail=1
    fi
    case $module in
    core) stranger=libcurl ;;
    *) stranger=libcrypto ;;
    esac
    if objdump -p "$object" | grep -q "NEEDED.*$stranger"; then
        echo "$object links $stranger" >&2
        fail=1
    fi
done
exit $fail
