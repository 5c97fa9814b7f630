-- `make release`, as a maintainer runs it: in a repository of its own, whose one commit has the
-- checkout's files and a day in CHANGELOG.md.

local cjson = require "cjson"
local load_rockspec = require "tools.rockspec"
local shell = require "spec.support.emulator.launcher.shell"

local quote, read = shell.quote, shell.read_file

local folder = shell.run("mktemp -d"):gsub("%s+$", "")
local VERSION = read("csrc/core/base/sctl.h"):match 'SCTL_VERSION "([^"]+)"'
local NAME = "streamctl-" .. VERSION
local OUT = "first/build/release"
local DAY = "2026-01-02"
local COMMIT = ("git add --all && GIT_COMMITTER_DATE=%sT03:04:06Z git -c user.name=nobody "
  .. "-c user.email=nobody@example.com commit --quiet --message=all"):format(DAY)

local function run(where, command)
  return shell.run("cd " .. quote(folder .. "/" .. where) .. " && " .. command)
end

local function must(where, command)
  local output, status = run(where, command)
  assert.equal(0, status, command .. ": " .. output)
  return output
end

-- What no Lua decides is tested on one of them.
local is_first = _VERSION == "Lua 5.4"
local LUA = rawget(_G, "jit") and "luajit" or "lua" .. _VERSION:match "%S+$"

local function release(where, before, version)
  return run(where, ("%s make -s release DEPS=no LUA=%s VERSION=%s"):format(before or "",
    where == "first" and LUA or "lua5.4", version or VERSION))
end

local function made(where, name)
  return read(folder .. "/" .. where .. "/build/release/" .. name)
end

describe("make release", function()
  local output, status

  setup(function()
    shell.run("tar -cf - --exclude=./build --exclude=./.git . | tar -xf - --one-top-level="
      .. quote(folder .. "/first"))
    must("first", ("sed -i '/^## %s - /s/ - .*/ - %s/' CHANGELOG.md"):format(VERSION, DAY))
    must("first", "printf '\n## 0.0.1 - 2025-01-02\n\n- Older.\n' >>CHANGELOG.md")
    must("first", "sed -i 's/^Copyright (c) [0-9]* /&the /' LICENSE")
    must("first", "git init --quiet && " .. COMMIT)
    output, status = release "first"
  end)
  teardown(function() shell.run("rm -rf " .. folder) end)

  it("makes a tarball of what is committed, with sums", function()
    assert.equal(0, status, output)
    assert.equal(4, select(2, must(OUT, "sha256sum --check SHA256SUMS"):gsub(": OK\n", "")))
    local list = "tar -tzf %s.tar.gz | sed '/\\/$/d; s,^%s/,,' | LC_ALL=C sort"
    assert.equal(must("first", "git ls-files | LC_ALL=C sort"), must(OUT, list:format(NAME, NAME)))
  end)

  it("is the same from a clone in another folder, by a user with other settings", function()
    must(".", "git clone --quiet first 'second clone' && mkdir home")
    shell.write_file(folder .. "/home/.gitconfig", "[tar]\numask = 0077\n[core]\nautocrlf = true\n")
    local hidden = "CHANGELOG.md rockspec/streamctl-scm-1.rockspec tools/sbom.lua"
    must("second clone", "git update-index --assume-unchanged " .. hidden
      .. " && for file in " .. hidden .. "; do echo '-- not committed' >>$file; done")
    local text, ended = release("second clone", "umask 077 && HOME=" .. folder .. "/home "
      .. "TZ=Asia/Shanghai LC_ALL=C.UTF-8 GZIP=-1 ZIPOPT=-1 SUMS=../first/build/release/SHA256SUMS")
    assert.equal(0, ended, text)
    for _, name in ipairs { "SHA256SUMS", "notes.md" } do
      assert.equal(made("first", name), made("second clone", name))
    end
  end)

  it("fails where another release of the version has other sums", function()
    local text, ended = release("first", "SUMS=README.md")
    assert.are_not.equal(0, ended)
    assert.truthy(text:find("sums of the other release differ", 1, true), text)
  end)

  it("dates what it packs by the commit", function()
    local listed = must(OUT, "TZ=UTC zipinfo -T " .. NAME .. "-1.src.rock")
    local _, times = listed:gsub("20260102%.030406", "")
    assert.equal(2, times, listed)
    assert.is_nil(listed:find " [bt]x ", "fields of the user or the file system")
  end)

  it("cuts the notes out of CHANGELOG.md", function()
    local notes = made("first", "notes.md")
    assert.equal(1, notes:find("streamctl " .. VERSION .. "\n\n", 1, true))
    assert.truthy(notes:find "ZEGOCLOUD")
    assert.is_nil(notes:find "\n## ")
    assert.is_nil(notes:find "Older")
    assert.truthy(must("first", "cat CHANGELOG.md"):find(notes:match "\n.*", 1, true))
  end)

  it("says in SPDX what the release holds and needs", function()
    local sbom = cjson.decode(made("first", NAME .. ".spdx.json"))
    assert.same({ "SPDX-2.3", "CC0-1.0", "SPDXRef-DOCUMENT", DAY .. "T03:04:06Z" },
      { sbom.spdxVersion, sbom.dataLicense, sbom.SPDXID, sbom.creationInfo.created })
    assert.truthy(sbom.documentNamespace:find "^https://[^#]+$")
    assert.truthy(sbom.creationInfo.creators[1]:find "^Tool: ")
    local known, needed = { [sbom.SPDXID] = true }, {}
    for _, list in ipairs { sbom.packages, sbom.files } do
      for _, element in ipairs(list) do
        assert.truthy(element.SPDXID:find "^SPDXRef%-[%w.-]+$")
        assert.is_nil(known[element.SPDXID])
        known[element.SPDXID] = element
      end
    end
    for _, relationship in ipairs(sbom.relationships) do
      assert.truthy(known[relationship.spdxElementId])
      local related = assert(known[relationship.relatedSpdxElement])
      if relationship.relationshipType == "DEPENDS_ON" then needed[#needed + 1] = related.name end
    end
    table.sort(needed)
    assert.same({ "Lua", "OpenSSL", "argparse", "libcurl", "lua-cjson" }, needed)

    assert.equal(must("first", "git ls-files | wc -l"):match "%d+", tostring(#sbom.files))
    local code = must("first",
      "git ls-files -z | xargs -0 sha1sum | cut -c-40 | sort | tr -d '\\n' | sha1sum")
    local package = known["SPDXRef-streamctl"]
    assert.equal(code:match "%x+", package.packageVerificationCode.packageVerificationCodeValue)
    assert.truthy(made("first", "SHA256SUMS"):find(package.checksums[1].checksumValue .. "  "
      .. NAME .. ".tar.gz", 1, true))
    local holder = must("first", "cat LICENSE"):match "Copyright %(c%) %d+ ([^\n]+)"
    local licence = "MIT"
    assert.same({ holder, licence }, { package.copyrightText, package.licenseDeclared })
    for _, file in ipairs(sbom.files) do
      assert.same({ holder, licence }, { file.copyrightText, file.licenseConcluded })
      if file.fileName == "./LICENSE" then
        local sum = must("first", "sha256sum LICENSE"):match "%x+"
        assert.equal(sum, file.checksums[2].checksumValue)
      end
    end
  end)

  if not is_first then return end

  -- A clone as it was made.
  local function fresh()
    must(".", "[ -d refused ] || git clone --quiet first refused")
    must("refused", "rm -f .git/info/attributes")
    must("refused", "git reset --quiet --hard origin/HEAD && git clean -ffdxq")
  end

  it("names the tarball of the release in a rockspec and in a source rock that installs", function()
    local rockspec = load_rockspec(folder .. "/" .. OUT .. "/" .. NAME .. "-1.rockspec")
    assert.equal(VERSION .. "-1", rockspec.version)
    assert.equal(("https://github.com/streamctl/streamctl/releases/download/v%s/%s.tar.gz"):format(
      VERSION, NAME), rockspec.source.url)
    must(OUT, "luarocks lint " .. NAME .. "-1.rockspec")
    shell.write_file(folder .. "/config.lua", 'rocks_servers = {}\n'
      .. 'rocks_provided = { ["lua-cjson"] = "2.1.0-1", argparse = "0.7.1-1" }\n')
    must(".", ("LUAROCKS_CONFIG=$PWD/config.lua luarocks --lua-version 5.4 --tree=$PWD/tree "
      .. "install %s/%s-1.src.rock"):format(OUT, NAME))
    assert.equal("streamctl " .. VERSION .. "\n", must(".", "tree/bin/streamctl --version"))
  end)

  for reason, case in pairs {
    ["no version"] = { "true", "say which release", "" },
    ["a version that is not the sources'"] = { "true", VERSION .. ", not 9.9.9", "9.9.9" },
    ["a changed file"] = { "echo >>README.md", "README.md" },
    ["a change in the index"] = { "echo >>README.md && git add README.md", "README.md" },
    ["attributes that are not committed"] = {
      "echo '* export-subst' >.git/info/attributes", "info/attributes",
    },
    ["a new file"] = { "git config status.showUntrackedFiles no && touch new", "\n?? new" },
    ["a chapter that has no day"] = {
      "sed -i 's/ - " .. DAY .. "/ - unreleased/' CHANGELOG.md && " .. COMMIT, "put the day in",
    },
    ["a release without a chapter"] = {
      "sed -i '/^## " .. VERSION .. "/d' CHANGELOG.md && " .. COMMIT, "put the day in",
    },
  } do
    it("refuses " .. reason, function()
      fresh()
      must("refused", "mkdir -p build/release && touch build/release/old && " .. case[1])
      local text, ended = release("refused", "", case[3])
      assert.are_not.equal(0, ended)
      assert.truthy(text:find(case[2], 1, true), text)
      assert.is_nil(made("refused", "old"))
      assert.is_nil(made("refused", "SHA256SUMS"))
    end)
  end

  for path, change in pairs {
    ["CHANGELOG.md"] = "sed -i 's/^## " .. VERSION .. "/## 9.9.9/'",
    ["tools/debian/changelog"] = "mkdir -p tools/debian && "
      .. "echo 'streamctl (9.9.9-0upstream1) unstable' >",
    ["rockspec/streamctl-scm-1.rockspec"] = [[sed -i 's/^local package_version = .*/]]
      .. [[local package_version = "9.9.9"/']],
  } do
    it("is of one version, which `make lint-tree` looks for in " .. path, function()
      fresh()
      local text, ended = run("refused", change .. " " .. path .. " && make -s lint-tree")
      assert.are_not.equal(0, ended)
      assert.truthy(text:find("says version " .. VERSION .. ", " .. path .. " says 9.9.9", 1, true))
    end)
  end
end)
