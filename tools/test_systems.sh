#!/bin/bash
# Tries what is committed here on other systems, each in a clean root; other processors by qemu.
# The last lines are one for each system, and "N passed, N failed". Logs: build/systems.
#
# usage: tools/test_systems.sh [SYSTEM...]            debian13 arm64 i386 s390x musl (all)
#        tools/test_systems.sh --inside SYSTEM        in such a root
#
# Needs root and mmdebstrap; arm64 and s390x need qemu-user-static, binfmt-support and arch-test.
set -u

# try NAME SECONDS COMMAND...: counts what tools/test.sh counted, or the command as one test.
try() {
    rm -f build/log/summary
    timeout -k 10 "${@:2}" && counted="1 passed, 0 failed" || counted="0 passed, 1 failed"
    echo "= $1: $(cat build/log/summary 2>/dev/null || echo "$counted")"
}

# leave_out REASON [FILE...]: for good, the checkout is this root's own.
leave_out() {
    rm -rf "${@:2}" && echo "= left out: $1"
}

# Debian has OpenSSL, libcurl and Lua only for glibc: the headers serve, and what calls none of them
# is linked. The linker drops what nothing calls.
musl() {
    tools/deps.sh build-essential pkg-config musl-tools libcurl4-openssl-dev libssl-dev || exit 1
    found=$(mktemp -d) && mkdir "$found/openssl"
    ln -s /usr/include/{linux,asm-generic,x86_64-linux-gnu/{asm,curl}} "$found"
    ln -s /usr/include/{,x86_64-linux-gnu/}openssl/*.h "$found/openssl"
    for library in libcurl libcrypto libssl; do
        printf 'Name: %s\nDescription: -\nVersion: 0\n' $library >"$found/$library.pc"
    done
    export CC="musl-gcc -idirafter $found" PKG_CONFIG_LIBDIR=$found
    leave_out "tests that call OpenSSL, libcurl or Lua: Debian has them only for glibc" \
        spec/bytes/c/test_{alloc_lua,cipher,digest,engine_*,memory,signer,transfer}.c spec/bytes/fuzz/fuzz_*
    leave_out "test_cells: it replaces pwrite, which a static program cannot" spec/bytes/c/test_cells.c
    try "C tests" 600 make -e test SUITES=c DEPS=no WERROR=1 LDFLAGS="-static -Wl,--gc-sections" \
        SANITIZE="-O1 -g -ffunction-sections -fdata-sections"
}

inside() {
    [ "$1" != musl ] || { musl; return; }
    on=(LUA=lua5.4 DEPS=no LIMIT=600)
    if [ "$1" = s390x ]; then
        leave_out "make demo, engine_spec: nginx with LuaJIT is an illegal instruction to qemu 7.2" \
            spec/bytes/binding/engine_spec.lua
        leave_out "aliyun_credentials_spec: it had not ended after 15 minutes under qemu 7.2" \
            spec/bytes/vectors/aliyun_credentials_spec.lua
        make deps-demo || exit 1
    else
        try demo 1200 make demo
    fi
    [ "$1" != debian13 ] || { try tests 3600 make test; return; }
    tools/deps.sh lua-busted lua-sec lua-luv lua-cqueues || exit 1
    folders="bytes/vectors bytes/binding world/store pieces"
    if [ "$1" != i386 ]; then # qemu-user, where no sanitizer finds room for its shadow
        on+=("SANITIZE=-O1 -g")
        leave_out "pieces: they are about Lua, and take more than an hour under qemu"
        leave_out "test_process, process_spec: a vfork of qemu returns before the child has begun" \
            spec/bytes/c/test_process.c spec/bytes/binding/process_spec.lua
        folders=${folders% pieces}
    fi
    try "C tests" 1200 make test SUITES=c "${on[@]}"
    for folder in $folders; do
        try $folder 1200 make test SPEC=spec/$folder "${on[@]}"
    done
}

if [ "${1:-}" = --inside ]; then
    inside "$2"
    exit
fi
# binfmt_misc is mounted for this process and its children.
[ -n "${ENTERED:-}" ] || ENTERED=1 exec unshare --mount --propagation private "$0" "$@"

root() { timeout -k 60 7200 tools/clean_root.sh "$1" tools/test_systems.sh --inside "$2"; }

system() {
    case $1 in
    debian13) root trixie "$1" ;;
    musl) root bookworm "$1" ;;
    i386) ARCH=i386 root bookworm "$1" ;;
    arm64 | s390x)
        [ -e /proc/sys/fs/binfmt_misc/register ] ||
            { mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && update-binfmts --enable; }
        arch-test "$1" || { echo "left out: no qemu-user" && return 77; }
        ARCH=$1 root bookworm "$1"
        ;;
    *) echo "no such system: $1" && return 1 ;;
    esac
}

[ $# -gt 0 ] || set -- debian13 arm64 i386 s390x musl
mkdir -p build/systems
passed=0 failed=0 lines=
for name in "$@"; do
    begin=$SECONDS log=build/systems/$name.log status=0
    system "$name" >"$log" 2>&1 </dev/null || status=$?
    read -r p f < <(awk '/^= .*: [0-9]+ passed, [0-9]+ failed$/ { p += $(NF - 3); f += $(NF - 1) }
        END { print p + 0, f + 0 }' "$log")
    [ "$status" -eq 0 ] || [ "$status" -eq 77 ] || f=$((f + 1))
    passed=$((passed + p)) failed=$((failed + f))
    left=$(sed -n 's/.*left out: //p' "$log" | paste -sd';' | sed 's,;,; ,g')
    lines+="$name: $p passed, $f failed, $((SECONDS - begin)) s${left:+; left out: $left}"$'\n'
    [ "$f" -eq 0 ] || tail -n 40 "$log"
done
echo "$lines$passed passed, $failed failed"
[ "$failed" -eq 0 ]
