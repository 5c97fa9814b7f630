#!/bin/sh
# Runs a command in a clean Debian: a minimal system in a folder of its own, with a checkout of what
# is committed here. The folder and all processes in it are gone afterwards, also after a failure.
#
# usage: tools/clean_root.sh SUITE COMMAND...        such as: tools/clean_root.sh bookworm make test
#
# Needs root and mmdebstrap. Packages come from where this machine's come from: its sources, with
# SUITE instead of its own suite, and its settings for fetching. TMPDIR says where the folder is; a
# `make test` takes 3 GB of it. ARCH is another architecture that the processor runs, such as i386.
set -eu

fail() {
    echo "clean_root: $1" >&2
    exit 1
}

[ $# -ge 2 ] || fail "usage: tools/clean_root.sh SUITE COMMAND..."
suite=$1
shift
[ "$(id -u)" -eq 0 ] || fail "run it as root"
command -v mmdebstrap >/dev/null || fail "apt-get install mmdebstrap"

folder=$(mktemp -d "${TMPDIR:-/tmp}/streamctl-root.XXXXXX")
root=$folder/root
trap 'rm -rf --one-file-system "$folder"' EXIT
trap 'exit 130' HUP INT TERM

own=$(. /etc/os-release && echo "$VERSION_CODENAME")
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
    [ ! -s "$file" ] || sed "s/\b$own\b/$suite/g" "$file" >"$folder/${file##*/}"
done
apt-config dump | grep '^Acquire::' >"$folder/fetching.conf"

# shellcheck disable=SC2046 # names of files, of which none holds a blank
(
    cd "$folder"
    mmdebstrap --variant=minbase --include=ca-certificates,git,make \
        --architectures="${ARCH:-$(dpkg --print-architecture)}" --aptopt=fetching.conf \
        "$suite" "$root" $(find . -name '*.list' -o -name '*.sources')
) >"$folder/log" 2>&1 || {
    tail -n 20 "$folder/log" >&2
    fail "no $suite could be made"
}
cp /etc/resolv.conf /etc/hosts "$root/etc/"
git clone --quiet --no-hardlinks . "$root/root/streamctl"

# Mounts and processes of namespaces of their own: they end with the command.
cat >"$folder/enter.sh" <<'END'
set -eu
root=$1
shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
exec chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    sh -c 'cd /root/streamctl && apt-get -qq update && exec "$@"' sh "$@"
END
status=0
unshare --mount --propagation private --pid --fork --kill-child \
    sh "$folder/enter.sh" "$root" "$@" </dev/null || status=$?
exit "$status"
