#!/bin/sh
# Proves `make install`: into an empty root for a packager (DESTDIR), and into one from which the
# specs of the command are run then. Both names hold blanks.
#
# usage: tools/installed.sh OUTPUT_DIR LUA      (absolute OUTPUT_DIR; MAKE and BUILD as in test.sh)
set -eu

out=$1 lua=$2
package="$out/pack age" root="$out/in stalled"

fail() {
    echo "make install: $1" >&2
    exit 1
}

# What is installed below a folder, each with its mode.
list() {
    (cd "$1" && find . -type f -printf '%m %p\n' | LC_ALL=C sort)
}

rm -rf "$out"
mkdir -p "$out"
make_install() {
    "${MAKE:-make}" --no-print-directory -s install LUA="$lua" BUILD="${BUILD:-build}" "$@" \
        >>"$out/log" 2>&1 || {
        cat "$out/log"
        fail "it failed"
    }
}
make_install PREFIX="$root"
make_install DESTDIR="$package" PREFIX=/usr

list "$root" >"$out/root.list"
list "$package/usr" >"$out/package.list"
grep -v ' ./share/streamctl/installed$' "$out/root.list" | cmp - "$out/package.list" || fail "DESTDIR changes what is installed"
if grep -rFl -e "$out" -e "$PWD" "$package"; then fail "these files name folders of the build"; fi

for file in "bin/streamctl" "share/bash-completion/completions/streamctl" \
    "share/zsh/site-functions/_streamctl" "share/fish/vendor_completions.d/streamctl.fish"; do
    [ -s "$root/$file" ] || fail "there is no $file"
done
grep -q '^\.TH STREAMCTL "1" "" ' "$root/share/man/man1/streamctl.1" ||
    grep -q 'no manual page' "$out/log" || fail "there is no manual page without a date"
bash -n "$root/share/bash-completion/completions/streamctl" || fail "bash cannot read its completion"
! [ -e "$root/share/man/man1/streamctl.1" ] || grep -q "^\.SH EXAMPLES" "$root/share/man/man1/streamctl.1" ||
    fail "the manual page has no examples"

# Elsewhere, with the modules of this root and of the interpreter's own path.
cd /
for program in "$OLDPWD"/bin/*; do
    program=${program##*/}
    version=$(env -i PATH="$PATH" "$root/bin/$program" --version) || fail "$program does not run"
    case $version in
    "$program "[0-9]*) ;;
    *) fail "$program --version says: $version" ;;
    esac
done

# `make uninstall` removes all of it, and leaves what somebody else put there.
cd "$OLDPWD"
mkdir "$out/other" && touch "$out/other/file"
make_install PREFIX="$out/other"
"${MAKE:-make}" --no-print-directory -s uninstall PREFIX="$out/other" || fail "make uninstall failed"
[ "$(find "$out/other" | wc -l)" -eq 2 ] || fail "make uninstall leaves: $(find "$out/other")"

# So it does after an installation that ended in the middle; it refuses what it cannot be sure of.
mkdir -p "$out/half/share" && touch "$out/half/share/zsh"
! "${MAKE:-make}" --no-print-directory -s install LUA="$lua" BUILD="${BUILD:-build}" PREFIX="$out/half" \
    >>"$out/log" 2>&1 || fail "a file in the place of a folder does not end it"
uninstall_half() {
    "${MAKE:-make}" --no-print-directory -s uninstall PREFIX="$out/half" "$@" >>"$out/log" 2>&1
}
! uninstall_half DESTDIR="$out/package" || fail "make uninstall takes DESTDIR"
list="$out/half/share/streamctl/installed"
cp "$list" "$out/list"
echo "$out/half/../other/file" >>"$list"
! uninstall_half || fail "make uninstall takes a list with a path that leads elsewhere"
[ -e "$out/other/file" ] && [ -e "$out/half/lib" ] || fail "it removed files before it refused"
mv "$out/list" "$list"
uninstall_half || fail "make uninstall failed after half an installation"
[ "$(find "$out/half" | wc -l)" -eq 3 ] || fail "make uninstall leaves: $(find "$out/half")"
echo "make install: works on $lua, and make uninstall removes it"
