#!/bin/bash
# Tries what README and docs/how-to/install.md say about installing, in systems that have nothing but
# a checkout, on each Lua. The lines are those of the pages, and a line that this script does not know
# is an error. For a published name stands a source rock made here: no registry but that of the system
# is asked for anything.
#
# usage: tools/test_install.sh SUITE...          (make test-install; as root)
set -eu

if [ "${1:-}" != --inside ]; then
    passed=0 failed=0 left_out=0
    for suite in "$@"; do
        status=0
        COPY=build/deb/$suite tools/clean_root.sh "$suite" tools/test_install.sh --inside "$suite" || status=$?
        case $status in
        0) passed=$((passed + 1)) ;;
        77) left_out=$((left_out + 1)) ;;
        *) failed=$((failed + 1)) && echo "$suite: failed" ;;
        esac
    done
    echo "$passed passed, $failed failed, $left_out left out"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
fi

fail() {
    echo "test_install: $1" >&2
    exit 1
}

suite=$2
[ ! -e /usr/local/bin/streamctl ] && [ "$(id -u)" -eq 0 ] || fail "only for a root of tools/clean_root.sh"
echo 'APT::Get::Assume-Yes "true";' >/etc/apt/apt.conf.d/99assume-yes
sudo() { "$@"; }

# The lines of the fences `sh` in a chapter; one that ends with a backslash goes on in the next.
chapter() {
    awk -v head="$2" '/^## / { on = $0 == head } /^```/ { code = on && $0 == "```sh"; next }
        code { sub(/^ +/, ""); if (sub(/\\$/, "")) printf "%s", $0; else print }' "$1"
}
page=docs/how-to/install.md
lines=$(chapter README.md "## Install")
for title in LuaRocks "Without installing" "Packages and images"; do
    lines+=$'\n'$(chapter $page "## $title")
done

# take TEXT: has $line be the line of the pages with that text, which is not tried a second time.
take() {
    line=$(grep -F -- "$1" <<<"$lines") || fail "the pages have no line: $1"
    [ "$(wc -l <<<"$line")" -eq 1 ] || fail "the pages have several lines: $1"
    lines=$(grep -vF -- "$1" <<<"$lines") || :
}

try() {
    echo "$suite: $1"
    eval "$1" </dev/null >/tmp/log 2>&1 || {
        tail -n 50 /tmp/log
        fail "failed: $1"
    }
}

# works TREE VERSION: the library below TREE on each Lua of that version, and the command.
works() {
    for lua in "lua$2" $([ "$2" != 5.1 ] || command -v luajit); do
        (cd / && "$lua" "$top/tools/rock_smoke.lua" "$1") || fail "the modules of $1 do not work on $lua"
    done
    "$top/tools/rock_command.sh" "$1/bin/streamctl"
}

# refuses COMMAND...: in another Lua it says so in one line.
refuses() {
    status=0
    said=$("$@" --version 2>&1) || status=$?
    [ "$status $(wc -l <<<"$said")" = "2 1" ] || fail "$* ended with $status and said: $said"
}

# gone WHAT: /usr/local is as before, but for what LuaRocks keeps of its own.
gone() {
    now=$(find /usr/local -not -path '*/luarocks*' | LC_ALL=C sort)
    [ "$now" = "$before" ] || fail "$1 leaves: $(diff <(echo "$before") <(echo "$now"))"
}

take "sudo apt-get install build-essential" && packages=$line
take "sudo apt-get install luarocks" && luarocks=$line
take "install --deps-mode none streamctl" && install=$line
take "make --deps-mode none" && checkout=$line
take "sudo make install" && make=${line%%  *}
take 'eval "$(make' && env=$line
take ".deb" && packaged=$line
[ -z "${lines//[[:space:]]/}" ] || fail "these lines of the pages are not tried: $lines"
hardened=$(chapter $page "## Hardened" | grep -F LIBFLAG=) || fail "$page has no line with LIBFLAG"

# The release: unpacked, which is no checkout, and as a rock.
top=$PWD rock=/tmp/release/streamctl-scm-1.src.rock
git archive --prefix=release/streamctl/ HEAD | tar -x -C /tmp
[ ! -d "build/deb/$suite" ] || mv "build/deb/$suite" /tmp/deb # `make clean` comes in between
try "$packages"
try "$luarocks"
(
    cd /tmp/release
    tar -czf streamctl.tar.gz streamctl
    cp streamctl/rockspec/*-scm-1.rockspec .
    echo 'source = { url = "file:///tmp/release/streamctl.tar.gz", dir = "streamctl" }' >>streamctl-scm-1.rockspec
    luarocks --lua-version 5.4 pack streamctl-scm-1.rockspec
) >/tmp/log 2>&1 || fail "no rock could be packed: $(cat /tmp/log)"
echo "$suite: the rock $rock stands for the name streamctl"

tried=
for version in 5.4 5.1 5.2 5.3; do
    [ "$version" = 5.4 ] || try "${packages//5.4/$version}"
    [ "$version" != 5.1 ] || apt-get -qq install luajit >/tmp/log 2>&1 || echo "$suite: has no luajit"
    remove="luarocks --lua-version $version remove streamctl"
    before=$(find /usr/local -not -path '*/luarocks*' | LC_ALL=C sort)

    line=${install//5.4/$version}
    try "${line%streamctl}$rock"
    works /usr/local "$version"
    [ "$version" != 5.4 ] || refuses lua5.1 /usr/local/lib/luarocks/rocks-5.4/streamctl/scm-1/bin/streamctl
    try "$remove"
    [ "$version" != 5.4 ] || {
        try "${line%streamctl}$rock ${hardened#*streamctl }"
        tools/check_hardening.sh /usr/local/lib/lua/5.4/streamctl/*.so
        try "$remove"
    }

    # Of the release, but with one Lua of the checkout.
    cd "$([ "$version" = 5.2 ] && echo "$top" || echo /tmp/release/streamctl)"
    case $version in 5.4 | 5.2)
        try "${checkout//5.4/$version}"
        works /usr/local "$version"
        try "$remove && make -s clean"
        ;;
    esac

    # LuaRocks leaves folders, and those of this Lua's modules are as a user may have them.
    before=$(find /usr/local -not -path '*/luarocks*' | LC_ALL=C sort)
    try "${make//5.4/$version}"
    works /usr/local "$version"
    [ "$version" != 5.4 ] || refuses lua5.1 /usr/local/bin/streamctl
    try "make uninstall LUA=lua$version"
    gone "make uninstall"

    [ "$version" != 5.4 ] || {
        try "$env && lua5.4 bin/streamctl --version && lua5.4 '$top/tools/rock_smoke.lua' \"\$PWD/build\""
        unset LUA_PATH LUA_CPATH
    }
    cd "$top"
    tried="$tried lua$version"
done

debs="no .deb: build/deb/$suite has none"
if ls /tmp/deb/*.deb >/dev/null 2>&1; then
    (cd /tmp/deb && try "$packaged")
    for version in 5.4 5.1 5.2 5.3; do works /usr "$version"; done
    try "apt-get purge streamctl lua-streamctl"
    [ -z "$(find /usr -name 'streamctl*' -not -path '/usr/local/*')" ] || fail "purge leaves files"
    debs="the .deb"
fi
echo "$(. /etc/os-release && echo "$PRETTY_NAME"): passed in $SECONDS s: rock, checkout, make install and" \
    "uninstall on$tried$(command -v luajit >/dev/null && echo " luajit"); $debs"
