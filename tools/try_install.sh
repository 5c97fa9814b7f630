#!/bin/bash
# Tries what README says about installing, in a system that has nothing but a checkout:
#
#   tools/clean_root.sh bookworm tools/try_install.sh        (make test-install)
#
# The lines are README's own; a line that this script does not know is an error. One is not tried:
# `luarocks install streamctl`, which needs a published rock. luarocks.org is asked for nothing: the
# lines for those who cannot reach it come first.
set -eu

fail() {
    echo "try_install: $1" >&2
    exit 1
}

[ ! -e /usr/local/bin/streamctl ] && [ "$(id -u)" -eq 0 ] ||
    fail "it installs into the system: run it through tools/clean_root.sh"
echo 'APT::Get::Assume-Yes "true";' >/etc/apt/apt.conf.d/99assume-yes
sudo() { "$@"; }

# The lines of the chapter's fences `sh`; a pipe goes on in the next one.
readme=$(awk '/^## / { on = $0 == "## Install" } /^```/ { code = on && $0 == "```sh"; next } code {
    if (/\|$/) printf "%s ", $0
    else print
}' README.md)

# line START: that line of README, which is tried then.
line() {
    found=$(grep -F "$1" <<<"$readme") || fail "README has no line: $1"
    [ "$(wc -l <<<"$found")" -eq 1 ] || fail "README has several lines: $1"
    readme=$(grep -vF "$1" <<<"$readme") || :
    echo "trying: $found"
    eval "$found" >/tmp/log 2>&1 || {
        tail -n 50 /tmp/log
        fail "failed: $found"
    }
}

# works TREE: the modules, which are those below TREE.
works() {
    (cd / && lua5.4 "$OLDPWD/tools/rock_smoke.lua" "$1") || fail "the modules of $1 do not work"
}

# In another Lua it says so in one line.
refuses() {
    status=0
    said=$("$@" --version 2>&1) || status=$?
    [ "$status $(wc -l <<<"$said")" = "2 1" ] || fail "$* ended with $status and said: $said"
    echo "says: $said"
}

# What is installed goes, before the next way.
empty() {
    find /usr/local -mindepth 1 -not -type d -delete
    rm -rf build
}

line "sudo apt-get install build-essential"
readme=$(grep -v 'luarocks .*install streamctl$' <<<"$readme")
line "sudo apt-get install lua-cjson"
line "rocks_provided"

line "sudo luarocks"
tools/rock_command.sh /usr/local/bin/streamctl
works /usr/local
refuses lua5.1 /usr/local/lib/luarocks/rocks-5.4/streamctl/scm-1/bin/streamctl
empty

line "sudo make install"
tools/rock_command.sh /usr/local/bin/streamctl
works /usr/local
refuses lua5.1 /usr/local/bin/streamctl
[ -s /usr/local/share/man/man1/streamctl.1 ] || fail "there is no manual page"
empty

line 'eval "$(make'
lua5.4 bin/streamctl --version || fail "the command does not run"
works "$PWD/build"
refuses lua5.1 bin/streamctl
[ -z "$readme" ] || fail "these lines of README were not tried: $readme"
echo "README's lines work on Debian $(cat /etc/debian_version)"
