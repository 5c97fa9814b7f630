#!/bin/sh
# Fails unless each shared object named as an argument is hardened: everything bound at load and
# then read-only, no memory both writable and executable, stack protector and checked libc calls in
# use, no search path but the system's (LuaRocks adds that). Only looks: readelf and nm.
set -eu

fail=0
problem() {
    echo "$object $1" >&2
    fail=1
}

for object in $(printf '%s\n' "$@" | sort -u); do
    segments=$(readelf -lW "$object")
    dynamic=$(readelf -dW "$object")
    imports=$(nm -D --undefined-only "$object" | sed 's/.* //; s/@.*//')
    echo "$segments" | grep -q GNU_RELRO || problem "has no read-only relocations (-Wl,-z,relro)"
    echo "$dynamic" | grep -Eq 'BIND_NOW|FLAGS_1.*NOW' || problem "binds late (-Wl,-z,now)"
    # the flags of a segment stand before its alignment: "RW  0x10"
    echo "$segments" | awk '$1 == "GNU_STACK" && / RW  / { found = 1 } END { exit !found }' ||
        problem "may execute its stack (-Wl,-z,noexecstack)"
    ! echo "$segments" | grep -q 'RWE' || problem "has memory that is writable and executable"
    ! echo "$dynamic" | grep -q TEXTREL || problem "writes to its code (-fPIC)"
    ! echo "$dynamic" | grep -E 'RPATH|RUNPATH' | grep -vq '\[/usr/lib[^.:]*\]' || problem "brings a search path"
    echo "$imports" | grep -qx __stack_chk_fail || problem "has no stack protector (-fstack-protector-strong)"
    echo "$imports" | grep -v '^__stack_chk' | grep -q '^__.*_chk$' || problem "has no checked calls (-D_FORTIFY_SOURCE=2)"
done
exit $fail
