#!/bin/sh
# Builds a Lua 5.4 that checks how its API is used (LUA_USE_APICHECK), from Debian's source package,
# unless it is there. The system's lists of packages stay as they are.
#
# usage: tools/apicheck.sh FOLDER      makes FOLDER/lua5.4; fails where there is no source of it
set -eu
folder=$(mkdir -p "$1" && cd "$1" && pwd)
[ ! -x "$folder/lua5.4" ] || exit 0

# Debian's own entries, of either form, as entries of sources.
mkdir -p "$folder/parts" "$folder/lists/partial"
: >"$folder/sources.list"
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    [ -f "$file" ] || continue
    case $file in
    *.sources) sed 's/^Types:.*/Types: deb-src/' "$file" >"$folder/parts/${file##*/}" ;;
    *.list) sed -n '/debian\.org/s/^deb /deb-src /p' "$file" >>"$folder/sources.list" ;;
    esac
done

apt() {
    apt-get -q -o Dir::Etc::SourceList="$folder/sources.list" -o Dir::State::Lists="$folder/lists" \
        -o Dir::Etc::SourceParts="$folder/parts" -o Dir::Cache="$folder/cache" "$@"
}
cd "$folder"
apt update || true # one of the entries may have no sources
apt source lua5.4
set -- lua5.4-*/src/*.c
for file; do
    shift
    case $file in */luac.c) ;; *) set -- "$@" "$file" ;; esac
done
${CC:-cc} -std=gnu99 -O1 -g -DLUA_USE_LINUX -DLUA_COMPAT_5_3 -DLUA_USE_APICHECK \
    -Wl,-E -o made "$@" -lm -ldl
mv made lua5.4
