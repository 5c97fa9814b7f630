#!/bin/sh
# Installs what `make build` and `make manual` made; called by `make install`, which sets the
# environment: LUA, BUILD, DESTDIR and the folders, which become DESTDIR/folder.
set -eu

fail() {
    echo "make install: $1" >&2
    exit 1
}

# put MODE FILE FOLDER [NAME]
put() {
    to=${DESTDIR:-}$3
    install -d "$to"
    install -m "$1" "$2" "$to/${4:-$(basename "$2")}"
}

# tree FOLDER EXTENSION TO: the files of a folder, with the folders in it.
tree() {
    from=$1 extension=$2 top=${DESTDIR:-}$3
    (cd "$from" && find . -type d) | while read -r folder; do
        install -d "$top/$folder"
        set -- "$from/$folder"/*."$extension"
        [ ! -e "$1" ] || install -m 644 "$@" "$top/$folder"
    done
}

interpreter=$(command -v "$LUA") || fail "there is no $LUA here"
made=$BUILD/$LUA/install
rm -rf "$made"
mkdir -p "$made"

tree lua lua "$INST_LUADIR"
for so in core engine system; do
    put 644 "$BUILD/$LUA/streamctl/$so.so" "$INST_LIBDIR/streamctl"
done

for program in streamctl streamctl-edge; do
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
    for page in streamctl streamctl-edge; do put 644 "$BUILD/$page.1" "$MANDIR/man1"; done
else
    echo "make install: no manual page, which help2man makes (apt-get install help2man)" >&2
fi

tree types lua "$DATADIR/streamctl/types"
for file in README.md CHANGELOG.md SECURITY.md LICENSE; do
    put 644 "$file" "$DOCDIR"
done
tree docs md "$DOCDIR/docs"
