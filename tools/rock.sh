#!/bin/sh
# Proves the user's way: packs a source rock from this checkout, installs it with LuaRocks into a
# tree of its own, and uses it from there. Works without a network.
#
# usage: tools/rock.sh OUTPUT_DIR ROCKSPEC LUA...      (absolute OUTPUT_DIR)
set -eu

out=$1 rockspec=$2
shift 2
name=$(basename "$rockspec" .rockspec)

rm -rf "$out"
mkdir -p "$out/elsewhere"

# What a clone would hold: committed files and new ones, as they are now.
git -c safe.directory='*' ls-files --cached --others --exclude-standard |
    while read -r file; do
        if [ -f "$file" ]; then echo "$file"; fi
    done >"$out/files"
tar --create --gzip --file "$out/$name.tar.gz" --transform 's,^,streamctl/,' --files-from "$out/files"

# The committed rockspec with another source: later assignments win.
{
    cat "$rockspec"
    printf '\nsource = { url = "file://%s", dir = "streamctl" }\n' "$out/$name.tar.gz"
} >"$out/$name.rockspec"

# LuaRocks does not see the system's lua-cjson and argparse as rocks. Its own registry is asked for nothing.
cat >"$out/config.lua" <<'END'
rocks_servers = {}
rocks_provided = { ["lua-cjson"] = "2.1.0-1", argparse = "0.7.1-1" }
END
LUAROCKS_CONFIG=$out/config.lua
export LUAROCKS_CONFIG

tools=$PWD/tools
done=
for lua in "$@"; do
    case $lua in
    luajit) version=5.1 ;;
    *) version=${lua#lua} ;;
    esac

    case " $done " in
    *" $version "*) ;;
    *)
        tree="$out/in stalled/$version"
        mkdir -p "$tree"
        cd "$out"
        luarocks --lua-version "$version" pack "$name.rockspec" >"$out/pack-$version.log" 2>&1 || {
            cat "$out/pack-$version.log"
            exit 1
        }
        luarocks --lua-version "$version" --tree "$tree" install "$name.src.rock" \
            >"$out/install-$version.log" 2>&1 || {
            cat "$out/install-$version.log"
            exit 1
        }
        # LuaRocks compiled without our flags: the sources alone must hide their symbols.
        "$tools/check_exports.sh" "$tree/lib/lua/$version/streamctl"/*.so
        done="$done $version"
        ;;
    esac

    # From a folder without sources, with this tree and the system's modules only.
    cd "$out/elsewhere"
    "$tools/rock_command.sh" "$tree/bin/streamctl"
    env -u LUA_PATH_5_2 -u LUA_PATH_5_3 -u LUA_PATH_5_4 -u LUA_CPATH_5_2 -u LUA_CPATH_5_3 -u LUA_CPATH_5_4 \
        LUA_PATH="$tree/share/lua/$version/?.lua;$tree/share/lua/$version/?/init.lua;;" \
        LUA_CPATH="$tree/lib/lua/$version/?.so;;" \
        "$lua" "$tools/rock_smoke.lua" "$tree"
    echo "rock: installed for Lua $version, works on $lua"
done
