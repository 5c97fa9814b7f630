#!/bin/sh
# Installs the Debian packages named as arguments, if any is missing. Of `a|b` one is enough: the
# first that apt knows is installed.
set -eu

missing=
for package in "$@"; do
    for name in $(echo "$package" | tr '|' ' '); do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) || state=
        [ "$state" != installed ] || continue 2
    done
    missing="$missing $package"
done
[ -n "$missing" ] || exit 0

# Prints the names that apt knows; of `a|b` the last, where it knows none.
names() {
    for package in $missing; do
        for name in $(echo "$package" | tr '|' ' '); do
            ! apt-cache policy "$name" | grep -q 'Candidate: [^(]' || break
        done
        printf ' %s' "$name"
    done
}

fail() {
    echo "$1" >&2
    exit 1
}

command -v apt-get >/dev/null || fail "no apt-get here: install what these Debian packages hold, then add DEPS=no:$missing"

as_root=
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || fail "install these first: apt-get install$(names)"
    as_root='sudo -n'
fi

mkdir -p build
log=build/deps.log

# RUNLEVEL=1: outside systemd, a service that comes with a package (nginx) is not started.
# --no-remove: never trade a package of the user's for one of ours.
apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -q -o DPkg::Lock::Timeout=300 "$@"
}

: >"$log"
apt update >>"$log" 2>&1 || echo "apt-get update failed; trying with the lists at hand" >&2
missing=$(names)
echo "installing:$missing (log: $log)"
# shellcheck disable=SC2086 # a list of names
apt install -y --no-install-recommends --no-remove $missing >>"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    fail "could not install:$missing"
}
