#!/bin/sh
# Makes the files of a release from the commit that is checked out; called by `make release`, which
# sets LUA. A commit gives the same bytes in any folder, time zone and locale, under any umask.
#
# usage: tools/release.sh VERSION FOLDER [SUMS]      SUMS: a file of sums that must come out again
set -eu
export LC_ALL=C TZ=UTC
unset GZIP ZIPOPT
umask 022

version=$1 out=$2 sums=${3:+$(cat "$3")} name=streamctl-$1
rm -rf "$out"

fail() {
    echo "make release: $1" >&2
    exit 1
}

# The settings of a user change no byte.
git() {
    command git -c safe.directory='*' -c tar.umask=0022 -c core.autocrlf=false -c core.eol=lf \
        -c core.attributesFile=/dev/null "$@"
}

[ -n "$version" ] || fail "say which release: make release VERSION=0.1.0"
coded=$(git show HEAD:csrc/core/base/sctl.h | sed -n 's/^#define SCTL_VERSION "\([^"]*\)".*/\1/p')
[ "$version" = "$coded" ] || fail "csrc/core/base/sctl.h says version $coded, not $version"
git show HEAD:CHANGELOG.md | grep -qE "^## $version - [0-9]{4}-[0-9]{2}-[0-9]{2}$" ||
    fail "CHANGELOG.md lacks the line \"## $version - YYYY-MM-DD\": put the day in, and commit"
changed=$(git status --porcelain --untracked-files=all)
[ -z "$changed" ] || fail "commit these first, or remove them:
$changed"
[ ! -s "$(git rev-parse --git-path info/attributes)" ] ||
    fail "remove .git/info/attributes: it may change what is packed"

mkdir -p "$out"
seconds=$(git log -1 --format=%ct)
git archive --prefix="$name/" --output="$out/$name.tar" HEAD
tar -xmf "$out/$name.tar" -C "$out"
gzip -9n "$out/$name.tar"
sed "s/^local package_version = .*/local package_version = \"$version\"/" \
    "$out/$name/rockspec/streamctl-scm-1.rockspec" >"$out/$name-1.rockspec"
"$LUA" "$out/$name/tools/sbom.lua" "$version" "$out" "$(git rev-parse HEAD)" "$seconds" >"$out/$name.spdx.json"
{
    echo "streamctl $version"
    awk -v head="## $version - " '/^## / { on = index($0, head) == 1; next } on' "$out/$name/CHANGELOG.md"
} >"$out/notes.md"
rm -rf "${out:?}/$name"

cd "$out"
touch -d "@$seconds" "$name.tar.gz" "$name-1.rockspec"
zip -qX "$name-1.src.rock" "$name-1.rockspec" "$name.tar.gz"
sha256sum "$name"* | tee SHA256SUMS
[ -z "$sums" ] || [ "$sums" = "$(cat SHA256SUMS)" ] || fail "the sums of the other release differ"
