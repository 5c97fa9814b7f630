#!/bin/sh
# Makes two container images without a container engine, OCI archives for the running Debian: the
# command, and the edge service with nginx. `make image` calls this script as root. Neither image has
# a shell. The same commit and the same Debian packages give the same bytes.
#
# usage: tools/image.sh OUTPUT_FOLDER
set -eu
out=$1
# Dependencies of packages, which nothing runs in the images.
unused=" debconf dpkg iproute2 libacl1 libbpf1 libbsd0 libcap2-bin libelf1 libmd0 libmnl0 libselinux1 \
libtirpc-common libtirpc3 libxtables12 nginx-extras openssl readline-common tar "

fail() {
    echo "make image: $1" >&2
    exit 1
}

for tool in mmdebstrap umoci; do
    command -v $tool >/dev/null || fail "apt-get install mmdebstrap umoci"
done
[ "$(id -u)" -eq 0 ] || fail "run it as root"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
date=$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)
version=$(awk -F '"' '/define SCTL_VERSION / { print $2 }' csrc/core/base/sctl.h)
suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
work=$(mktemp -d "${TMPDIR:-/tmp}/streamctl-image.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 130' HUP INT TERM

# unpack NAME PACKAGES ALONE: the files of Debian packages and of what they depend on, and of one
# package without that.
unpack() {
    root=$work/$1
    mkdir -p "$root/usr/bin" "$root/usr/lib" "$root/usr/lib64" "$root/usr/sbin" \
        "$root/var/lib/dpkg/status.d" "$root/etc/ssl/certs" "$root/run" "$root/tmp"
    for folder in bin lib lib64 sbin; do ln -s usr/$folder "$root/$folder"; done
    mmdebstrap --variant=extract --skip=cleanup/apt --aptopt='APT::Install-Recommends "false"' \
        --include="$2" "$suite" "$root.debian" \
        >"$work/log" 2>&1 || fail "$(tail "$work/log")"
    (cd "$root.debian/var/cache/apt/archives" && apt-get -qq download "$3") 2>"$work/log" ||
        fail "$(cat "$work/log")"
    for file in "$root.debian"/var/cache/apt/archives/*.deb; do
        package=$(dpkg-deb --field "$file" Package)
        case $unused in *" $package "*) continue ;; esac
        dpkg-deb --field "$file" >"$root/var/lib/dpkg/status.d/$package" # for scanners
        dpkg-deb --fsys-tarfile "$file" | tar --extract --directory "$root" --keep-directory-symlink \
            --wildcards --exclude='./usr/share/doc/*/[!c]*' --exclude='./usr/share/doc/*/changelog*' \
            --exclude='./usr/share/locale' --exclude='./usr/share/man' --exclude='*/gconv/*'
    done
    cat "$root"/usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
    echo "hosts: files dns" >"$root/etc/nsswitch.conf"
    echo "streamctl:x:10001:10001::/data:/nowhere" >"$root/etc/passwd"
    echo "streamctl:x:10001:" >"$root/etc/group"
    chmod 1777 "$root/tmp"
}

# pack NAME LUA CONFIGURATION...: with what `make install` installs, as an OCI archive.
pack() {
    root=$work/$1 archive=$out/$1.tar image=$work/$1.oci:latest lua=$2
    shift 2
    ${MAKE:-make} -s install LUA="$lua" DESTDIR="$root" PREFIX=/usr 2>"$work/log" || fail "$(cat "$work/log")"
    strip --strip-unneeded "$root"/usr/lib/lua/*/streamctl/*.so
    sorted "$root" "$root.layer"
    umoci init --layout "${image%:*}"
    umoci new --image "$image"
    umoci raw add-layer --image "$image" --history.created "$date" "$root.layer"
    umoci config --image "$image" --no-history --created "$date" \
        --config.user 10001:10001 --config.env PATH=/usr/sbin:/usr/bin --config.env HOME=/data \
        --config.label org.opencontainers.image.licenses=MIT --config.label \
        org.opencontainers.image.version="$version" --config.label \
        org.opencontainers.image.revision="$(git rev-parse HEAD)" "$@"
    umoci gc --layout "${image%:*}"
    sorted "${image%:*}" "$archive"
    echo "$archive $(stat -c %s "$archive" "$root.layer" | awk '{ printf "%.1f MB ", $1 / 1e6 }')" \
        "(unpacked) sha256 $(sha256sum <"$archive" | cut -c1-64)"
}

sorted() { # sorted FOLDER FILE
    tar --create --file "$2" --directory "$1" --sort=name --mtime="@$SOURCE_DATE_EPOCH" \
        --numeric-owner .
}

mkdir -p "$out"
unpack streamctl lua5.4,lua-cjson,lua-argparse,lua-sec,libcurl4,libssl3,ca-certificates lua-redis
install -d -m 700 -o 10001 -g 10001 "$root/data"
pack streamctl lua5.4 --config.entrypoint /usr/bin/streamctl --config.workingdir /data \
    --config.volume /data

unpack streamctl-edge \
    nginx,libnginx-mod-http-lua,lua5.1,lua-cjson,lua-argparse,libcurl4,libssl3,ca-certificates \
    lua-nginx-redis
for folder in run/streamctl-edge var/lib/streamctl-edge var/log/streamctl-edge; do
    install -d -m 700 -o 10001 -g 10001 "$root/$folder"
done
ln -s /dev/stderr "$root/var/log/streamctl-edge/error.log"
ln -s /dev/stdout "$root/var/log/streamctl-edge/access.log"
# For whoever mounts single files and no folder; modules are where Debian's LuaJIT does not look.
mkdir -p "$root/etc/streamctl-edge"
sed -e 's,/usr/local/share/,/usr/share/,' -e '/^http {/a lua_package_cpath "/usr/lib/lua/5.1/?.so;;";' \
    examples/edge/nginx.conf >"$root/etc/streamctl-edge/nginx.conf"
pack streamctl-edge lua5.1 --config.entrypoint /usr/bin/streamctl-edge --config.cmd=--run \
    --config.stopsignal SIGQUIT --config.exposedports 8080/tcp \
    --config.volume /run/streamctl-edge --config.volume /var/lib/streamctl-edge
