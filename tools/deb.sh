#!/bin/sh
# Debian packages of what is committed, in a clean system of SUITE, which goes away at the end; see
# tools/clean_root.sh for what it needs. Called by `make deb` and `make test-deb`.
#
# The folder tools/debian becomes debian/ of the source package.
#
#   tools/deb.sh build SUITE    leaves them in build/deb/SUITE, where lintian finds no error or warning
#   tools/deb.sh test SUITE     installs those, runs debian/tests, and purges: nothing may stay
#   tools/deb.sh build-here FOLDER, test-here FOLDER     the same in the system that it runs in
set -eu

fail() {
    echo "deb: $1" >&2
    exit 1
}

# quietly COMMAND...: shows its output only when it fails.
quietly() {
    "$@" >>"$out/log" 2>&1 || {
        tail -n 50 "$out/log" >&2
        fail "failed: $*"
    }
}

act=$1 out=build/deb/$2
case $act in
build | test)
    [ "$act" = test ] || rm -rf "$out"
    mkdir -p "$out"
    [ "$act" = build ] || [ -n "$(find "$out" -name '*.deb')" ] || fail "make deb SUITE=$2 comes first"
    SHARE=$out exec tools/clean_root.sh "$2" tools/deb.sh "$act-here" "$2"
    ;;
build-here)
    cp -R tools/debian .
    quietly apt-get -qy install --no-install-recommends dpkg-dev lintian
    quietly apt-get -qy build-dep --no-install-recommends ./
    version=$(dpkg-parsechangelog -S Version)
    name=streamctl-${version%-*} made=$(mktemp -d)
    git archive --prefix="$name/" HEAD >"$made/source.tar"
    tar -x -f "$made/source.tar" -C "$made"
    gzip -9n <"$made/source.tar" >"$made/streamctl_${version%-*}.orig.tar.gz"
    rm "$made/source.tar"
    out=$PWD/$out
    cd "$made/$name"
    cp -R tools/debian .
    quietly dpkg-buildpackage -us -uc
    cd ..
    lintian --profile debian --allow-root --fail-on error,warning -EI --pedantic ./*.changes
    find . -maxdepth 1 -type f -exec cp -t "$out" {} +
    cd "$out"
    sha256sum ./*.deb
    ;;
test-here)
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d # packages start no service here
    chmod +x /usr/sbin/policy-rc.d
    cp -R tools/debian .
    quietly apt-get -qy install --no-install-recommends autopkgtest man-db
    autopkgtest --quiet "$out"/*.deb ./ -- null || fail "autopkgtest ended with $?"
    mkdir -p /var/lib/private/streamctl-edge /var/log/private/streamctl-edge # as systemd makes them
    quietly apt-get -qy purge streamctl lua-streamctl lua-streamctl-doc
    left=$(find / -path /proc -prune -o -path /sys -prune -o -path /root -prune -o -path /tmp -prune \
        -o -name '*streamctl*' -print)
    [ -z "$left" ] || fail "purge leaves these behind: $left"
    ;;
*) fail "usage: tools/deb.sh build|test SUITE" ;;
esac
