#!/bin/sh
# Runs a command in a clean Debian or Ubuntu: a minimal system in a folder of its own, with a checkout
# of what is committed here. The folder and all processes in it are gone afterwards, also after a
# failure. A system whose mirror cannot be reached is left out, with status 77.
#
# usage: tools/clean_root.sh SUITE COMMAND...        such as: tools/clean_root.sh bookworm make test
#
# Needs root and mmdebstrap. Debian's packages come from where this machine's come from: its sources,
# with SUITE instead of its own suite, and its settings for fetching; those of Ubuntu (noble) from
# UBUNTU_MIRROR. TMPDIR says where the folder is; a `make test` takes 3 GB of it.
# ARCH        another architecture that the processor runs, such as i386
# COPY        a folder of this checkout that is not committed, to be there as well if it is here
# INCLUDE     more packages of the base system, separated by commas
# SHARE       a folder of the checkout, which the clean system has as well: results stay there
# ROOT_CACHE  a folder that keeps base systems for a week, 200 MB each: the next one of them takes
#             seconds
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
pid='' base=''
clean() {
    # unshare heeds no other signal
    [ -z "$pid" ] || ! kill -KILL "$pid" 2>/dev/null || wait "$pid" || :
    rm -rf --one-file-system "$folder" ${base:+"$base.$$"}
}
trap clean EXIT
trap 'exit 130' HUP INT TERM

arch=${ARCH:-$(dpkg --print-architecture)}
include=apt,ca-certificates,git,make${INCLUDE:+,$INCLUDE}
cache=${ROOT_CACHE:-$folder}
mkdir -p "$cache"
base=$(cd "$cache" && pwd)/$suite-$arch-$(echo "$include" | tr , +).tar

# The sources of packages, in $folder. Ubuntu's keys are no package of Debian 12.
sources() {
    apt-config dump | grep '^Acquire::' >"$folder/fetching.conf"
    if [ "$suite" = noble ]; then
        mirror=${UBUNTU_MIRROR:-http://archive.ubuntu.com/ubuntu}
        for part in "" -updates -security; do
            echo "deb $mirror noble$part main universe"
        done >"$folder/noble.list"
        /usr/lib/apt/apt-helper -qq download-file \
            "$mirror/pool/main/u/ubuntu-keyring/ubuntu-keyring_2023.11.28.1_all.deb" "$folder/keys.deb" \
            SHA256:36de43b15853ccae0028e9a767613770c704833f82586f28eb262f0311adb8a8 &&
            dpkg-deb -x "$folder/keys.deb" "$folder"
    else
        own=$(. /etc/os-release && echo "$VERSION_CODENAME")
        for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
            [ ! -s "$file" ] || sed "s/\b$own\b/$suite/g" "$file" >"$folder/${file##*/}"
        done
    fi
}

# shellcheck disable=SC2046 # names of files, of which none holds a blank
make_base() {
    sources && cd "$folder" && mmdebstrap --variant=minbase --include="$include" --format=tar \
        --architectures="$arch" --aptopt=fetching.conf \
        $([ "$suite" != noble ] || echo --keyring=etc/apt/trusted.gpg.d) \
        "$suite" "$base.$$" $(find . -maxdepth 1 -name '*.list' -o -maxdepth 1 -name '*.sources') &&
        mv "$base.$$" "$base"
}

if [ -z "$(find "$base" -mtime -7 2>/dev/null)" ]; then # none, or without the updates since
    (make_base) >"$folder/log" 2>&1 || {
        if grep -Eq 'Could not (resolve|connect)|Failed to fetch .*(InRelease|keyring)' "$folder/log" &&
            ! grep -q 'Hash Sum mismatch' "$folder/log"; then
            echo "$suite: left out, its mirror cannot be reached"
            exit 77
        fi
        tail -n 20 "$folder/log" >&2
        fail "no $suite could be made"
    }
fi
mkdir "$root"
tar --extract --numeric-owner --file "$base" --directory "$root"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
git clone --quiet --no-hardlinks . "$root/root/streamctl"
[ ! -e "${COPY:-/nowhere}" ] || cp -a --parents "$COPY" "$root/root/streamctl"

# Mounts and processes of namespaces of their own: they end with the command.
cat >"$folder/enter.sh" <<'END'
set -eu
root=$1
shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
[ -z "${SHARE:-}" ] || {
    mkdir -p "$root/root/streamctl/$SHARE"
    mount --bind "$SHARE" "$root/root/streamctl/$SHARE"
}
exec chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    sh -c 'cd /root/streamctl && apt-get -qq update && exec "$@"' sh "$@"
END
status=0
unshare --mount --propagation private --pid --fork --kill-child \
    sh "$folder/enter.sh" "$root" "$@" </dev/null &
pid=$!
wait "$pid" || status=$?
pid=''
exit "$status"
