#!/bin/bash
# Tries what is committed here on other systems, each in a clean root; other processors by qemu-user.
# The last lines are one for each system, and "N passed, N failed". Logs: build/systems.
#
# usage: tools/test_systems.sh [SYSTEM...]            debian13 arm64 i386 s390x musl (all)
#        tools/test_systems.sh --inside SYSTEM        in such a root
#
# Needs root and mmdebstrap; arm64 and s390x need qemu-user-static, binfmt-support and arch-test.
set -u

# try NAME COMMAND...: counts what tools/test.sh counted, or the command as one test.
try() {
    rm -f build/log/summary
    "${@:2}" && counted="1 passed, 0 failed" || counted="0 passed, 1 failed"
    echo "= $1: $(cat build/log/summary 2>/dev/null || echo "$counted")"
}

# leave_out FILE REASON: for good, the checkout is this root's own.
leave_out() {
    rm "$1" && echo "= left out: $1: $2"
}

# What the core needs, from Debian's sources: Debian's own libraries want glibc.
build_for_musl() {
    sed -i 's/^Types: deb$/Types: deb deb-src/' /etc/apt/sources.list.d/*.sources
    mkdir -p "$1/openssl" "$1/curl" && cd "$1" && apt-get -qq update
    apt-get -qq source --download-only openssl curl || : # of mirrors, some have no .dsc with a "~"
    tar xf openssl_*.orig.tar.gz -C openssl --strip-components=1 &&
        tar xf curl_*.orig.tar.gz -C curl --strip-components=1 && cd openssl &&
        ./Configure linux-x86_64 no-shared no-tests no-engine no-async no-dso no-secure-memory \
            no-ktls --prefix="$1" --libdir=lib >log && make -s -j2 build_libs && make -s install_dev >log &&
        cd ../curl && ./configure --quiet --prefix="$1" --host=x86_64-linux-musl --disable-shared \
        --disable-ldap --disable-manual --with-openssl="$1" --without-zlib >log &&
        make -s -j2 -C lib install >log && make -s -C include install >log &&
        printf 'Name: libcurl\nDescription: -\nVersion: 7.88\nCflags: -I%s\nLibs: -L%s -lcurl -lssl -lcrypto\n' \
            "$1/include" "$1/lib" >"$1/lib/pkgconfig/libcurl.pc"
}

musl() {
    headers=$(mktemp -d) && ln -s /usr/include/{linux,asm-generic,x86_64-linux-gnu/asm} "$headers"
    export CC="musl-gcc -idirafter $headers" PKG_CONFIG_LIBDIR=/opt/musl/lib/pkgconfig
    tools/deps.sh build-essential pkg-config musl-tools
    (build_for_musl /opt/musl) || return 1
    leave_out spec/c/test_alloc_lua.c "Debian has no Lua for musl"
    for test in cells digest engine_process engine_tls; do
        leave_out "spec/c/test_$test.c" "it replaces functions of libraries, here they are static"
    done
    try "C tests" make -e test SUITES=c LDFLAGS=-static WERROR=1 "${emulated[@]}"
}

emulated=(DEPS=no LIMIT=3600 "SANITIZE=-O1 -g") # where no sanitizer finds room for its shadow

inside() {
    [ "$1" != musl ] || { musl; return; }
    on=(LUA=lua5.4 DEPS=no LIMIT=3600)
    if [ "$1" = s390x ]; then
        leave_out spec/vectors/aliyun_credentials_spec.lua "it had not ended after 15 minutes under qemu 7.2"
        echo "= left out: make demo: nginx with LuaJIT is an illegal instruction to qemu 7.2"
        make deps-demo
    else
        try demo make demo
    fi
    if [ "$1" = debian13 ]; then
        try tests make test
        try "built by clang" make test SPEC=spec/vectors LUA=lua5.4 CC=clang BUILD=build/clang
        return
    fi
    tools/deps.sh lua-busted lua-sec lua-luv lua-cqueues || exit 1
    if [ "$1" != i386 ]; then # qemu-user
        on=(LUA=lua5.4 "${emulated[@]}")
        leave_out spec/c/test_process.c "a vfork of qemu returns before the child has its group"
    fi
    try "C tests" make test SUITES=c "${on[@]}"
    for folder in unit vectors store; do try "$folder" make test SPEC=spec/$folder "${on[@]}"; done
}

if [ "${1:-}" = --inside ]; then
    inside "$2"
    exit
fi
# binfmt_misc is mounted for this process and its children.
[ -n "${ENTERED:-}" ] || ENTERED=1 exec unshare --mount --propagation private "$0" "$@"

root() { tools/clean_root.sh "$1" tools/test_systems.sh --inside "$2"; }

system() {
    case $1 in
    debian13) root trixie "$1" ;;
    i386) ARCH=i386 root bookworm "$1" ;;
    arm64 | s390x)
        [ -e /proc/sys/fs/binfmt_misc/register ] ||
            { mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && update-binfmts --enable; }
        arch-test "$1" || { echo "left out: no qemu-user" && return 77; }
        ARCH=$1 root bookworm "$1"
        ;;
    musl) root bookworm "$1" ;;
    *) echo "no such system: $1" && return 1 ;;
    esac
}

[ $# -gt 0 ] || set -- debian13 arm64 i386 s390x musl
mkdir -p build/systems
passed=0 failed=0
for name in "$@"; do
    begin=$SECONDS log=build/systems/$name.log status=0
    system "$name" >"$log" 2>&1 </dev/null || status=$?
    read -r p f < <(awk '/^= .*: [0-9]+ passed, [0-9]+ failed$/ { p += $(NF - 3); f += $(NF - 1) }
        END { print p + 0, f + 0 }' "$log")
    [ "$status" -eq 0 ] || [ "$status" -eq 77 ] || f=$((f + 1))
    passed=$((passed + p)) failed=$((failed + f))
    echo "$name: $p passed, $f failed, $((SECONDS - begin)) s ($log)" >>build/systems/lines.$$
    grep 'left out:' "$log" | sed "s/^= /  /" >>build/systems/lines.$$
    [ "$f" -eq 0 ] || tail -n 40 "$log"
done
cat build/systems/lines.$$ && rm build/systems/lines.$$
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
