#!/bin/sh
# Installs what `make build` and `make manual` made; called by `make install`, which sets the
# environment: LUA, BUILD, DESTDIR and the folders, which become DESTDIR/folder. A list of the files and
# new folders is kept for `make uninstall` (with `remove`), but not for packagers, who set DESTDIR.
set -eu

fail() {
    echo "make install: $1" >&2
    exit 1
}

list=$DATADIR/streamctl/installed
if [ "${1:-}" = remove ]; then
    [ -f "$list" ] || fail "nothing to remove: there is no $list (say the PREFIX of make install)"
    [ -z "${DESTDIR:-}" ] || fail "uninstall takes no DESTDIR: remove that folder"
    [ -O "$list" ] || fail "uninstall as the owner of $list"
    if grep -nvE '^/' "$list" || grep -nE '/\.\.?(/|$)' "$list"; then
        fail "these lines of $list name no installed file: nothing was removed"
    fi
    paths=$(LC_ALL=C sort -r "$list")
    # The list goes after all other files, so that a failure can be mended and repeated.
    printf '%s\n' "$paths" | while IFS= read -r path; do
        case $path in
        */ | "$list") ;;
        *) rm -f "$path" ;;
        esac
    done
    rm -f "$list"
    printf '%s\n' "$paths" | while IFS= read -r path; do # others' files may be in a folder
        case $path in */) rmdir "$path" 2>/dev/null || : ;; esac
    done
    exit
fi

# folder PATH: makes it, and those above it.
folder() {
    if [ ! -d "$1" ]; then
        folder "$(dirname "$1")"
        install -d "$1"
        echo "$1/" >>"$made/list"
    fi
}

# put MODE FILE FOLDER [NAME]
put() {
    to=${DESTDIR:-}$3
    folder "$to"
    install -m "$1" "$2" "$to/${4:-$(basename "$2")}"
    echo "$to/${4:-$(basename "$2")}" >>"$made/list"
}

# tree FOLDER EXTENSION TO: the files of a folder, with the folders in it.
tree() {
    from=$1 extension=$2 top=${DESTDIR:-}$3
    (cd "$from" && find . -type d) | while read -r folder; do
        to=$top${folder#.}
        folder "$to"
        set -- "$from/$folder"/*."$extension"
        [ -e "$1" ] || continue
        install -m 644 "$@" "$to"
        for file; do echo "$to/${file##*/}"; done >>"$made/list"
    done
}

interpreter=$(command -v "$LUA") || fail "there is no $LUA here"
made=$BUILD/$LUA/install
rm -rf "$made"
mkdir -p "$made"

# Also after a failure in the middle there is a list, for `make uninstall`.
keep_list() {
    [ -z "${DESTDIR:-}" ] && [ -s "$made/list" ] || return 0
    folder "${list%/*}"
    echo "$list" >>"$made/list"
    [ ! -f "$list" ] || cat "$list" >>"$made/list"
    LC_ALL=C sort -u "$made/list" >"$made/all"
    install -m 644 "$made/all" "$list"
}
trap keep_list EXIT

tree lua/streamctl lua "$INST_LUADIR/streamctl"
tree lua/streamctl conf "$INST_LUADIR/streamctl"
for so in core engine system; do
    put 644 "$BUILD/$LUA/streamctl/$so.so" "$INST_LIBDIR/streamctl"
done

for program in bin/*; do
    program=${program#bin/}
    "$LUA" tools/write_command.lua "$interpreter" "$INST_LUADIR" "$INST_LIBDIR" "$program" \
        >"$made/$program"
    put 755 "$made/$program" "$INST_BINDIR"
done

for shell in bash zsh fish; do
    "$LUA" bin/streamctl completion "$shell" >"$made/$shell" || fail "no completion for $shell"
done
put 644 "$made/bash" "$DATADIR/bash-completion/completions" streamctl
put 644 "$made/zsh" "$DATADIR/zsh/site-functions" _streamctl
put 644 "$made/fish" "$DATADIR/fish/vendor_completions.d" streamctl.fish

if [ -f "$BUILD/streamctl.1" ]; then
    for page in "$BUILD"/streamctl*.1; do put 644 "$page" "$MANDIR/man1"; done
else
    echo "make install: no manual page, which help2man makes (apt-get install help2man)" >&2
fi

tree lua/types lua "$DATADIR/streamctl/types"
for file in README*.md CHANGELOG.md LICENSE; do
    put 644 "$file" "$DOCDIR"
done
tree docs md "$DOCDIR/docs"
