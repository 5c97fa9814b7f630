-- tools/check_translations.lua finds what a translated page lacks, in a repository of two pages.

local shell = require "spec.support.emulator.launcher.shell"

local ENGLISH = "# A\n\n```sh\nls\n```\n\n| code | |\n|---|---|\n| `full` | no room |\n"
local CHINESE = "<!-- of: %s docs/a.md -->\n# A\n\n```sh\nls\n```\n\n"
  .. "| | |\n|---|---|\n| `full` | 已满 |\n"

describe("the lint of translated pages", function()
  local folder, tool, commit

  local function run(command)
    local text, status = shell.run(("cd %s && { %s; } 2>&1"):format(folder, command))
    return status, text
  end

  local function write(path, text)
    local file = assert(io.open(folder .. "/" .. path, "w"))
    assert(file:write(text) and file:close())
  end

  local function commit_all()
    assert.equal(0, (run("git add . && git -c user.name=a -c user.email=a@example.com"
      .. " -c commit.gpgsign=false commit -qm change")))
    local _, hash = run "git rev-parse --short HEAD"
    return (hash:gsub("%s", ""))
  end

  local function lint(chinese, flag)
    if chinese then write("docs/zh/a.md", chinese) end
    return run(("%s %s %s"):format(arg[-1] or "lua5.4", tool, flag or ""))
  end

  before_each(function()
    folder = shell.run("mktemp -d"):gsub("%s", "")
    tool = shell.run("pwd"):gsub("%s", "") .. "/tools/check_translations.lua"
    run "git init -q . && mkdir -p docs/zh"
    write("docs/a.md", ENGLISH)
    commit = commit_all()
  end)
  after_each(function() shell.run("rm -rf " .. folder) end)

  it("takes a page that has what its English page has", function()
    assert.same({ 0, "" }, { lint(CHINESE:format(commit)) })
  end)

  it("refuses pages without their line, without a page, of an unknown commit", function()
    for said, line in pairs {
      ["its first line"] = "# A\n", ["no docs/b.md"] = "<!-- of: abcdef docs/b.md -->\n",
      ["commit abcdef"] = "<!-- of: abcdef docs/a.md -->\n",
    } do
      local status, text = lint(line)
      assert.equal(1, status)
      assert.matches(said, text, 1, true)
    end
  end)

  it("refuses a commit that a rebase has replaced, which no clone has", function()
    assert.equal(0, (run("git -c user.name=a -c user.email=a@example.com -c commit.gpgsign=false"
      .. " commit --amend -qm again")))
    local status, text = lint(CHINESE:format(commit))
    assert.equal(1, status)
    assert.matches("commit " .. commit .. " is of another branch", text, 1, true)
  end)

  it("refuses a page that lacks a block or a code", function()
    for _, cut in ipairs { "```sh\nls\n```\n", "| `full` | 已满 |\n" } do
      local page = CHINESE:format(commit)
      local from, to = page:find(cut, 1, true)
      local status, text = lint(page:sub(1, from - 1) .. page:sub(to + 1))
      assert.equal(1, status)
      assert.matches("docs/zh/a.md", text, 1, true)
    end
  end)

  it("lists a page that is behind, and with --current fails", function()
    write("docs/a.md", ENGLISH .. "\nMore.\n")
    local newer = commit_all()
    for flag, expected in pairs { [""] = 0, ["--current"] = 1 } do
      local status, text = lint(CHINESE:format(commit), flag)
      assert.equal(expected, status)
      assert.matches("behind docs/a.md by " .. newer, text, 1, true)
    end
    assert.same({ 0, "" }, { lint(CHINESE:format(newer), "--current") })
  end)

  it("lets a page drop what its English page has dropped since", function()
    write("docs/a.md", (ENGLISH:gsub("`full`", "`no_room`"):gsub("```sh\nls\n```\n\n", "")))
    commit_all()
    local page = CHINESE:format(commit):gsub("`full`", "`no_room`"):gsub("```sh\nls\n```\n\n", "")
    assert.equal(0, (lint(page)))
  end)
end)
