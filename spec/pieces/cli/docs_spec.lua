-- What the pages say of the command is what it takes.

local config = require "streamctl.cli.config"
local dir = require "pl.dir"
local parser = require "streamctl.cli.parser"
local shell = require "spec.support.emulator.launcher.shell"
local status = require "streamctl.cli.status"

local read = shell.read_file

describe("the pages", function()
  it("name flags that the commands have", function()
    local known = {}
    for _, row in ipairs(require("streamctl.cli.flags").shared) do
      known[row[1]:match "%-%-[%a-]+"] = true
    end
    for _, name in ipairs(require "streamctl.cli.commands") do
      local command = require("streamctl.cli.commands." .. name)
      local paths = command.commands and {} or { { name } }
      for _, sub in ipairs(command.commands or {}) do paths[#paths + 1] = { name, sub.name } end
      for _, one in ipairs(paths) do
        for flag in parser.help(one):gmatch "%-%-[%a-]+" do known[flag] = true end
      end
    end
    for _, page in ipairs { "start/command", "how-to/resume-many", "how-to/forbid", "how-to/relays",
      "how-to/watch", "how-to/scripts", "how-to/queue", "reference/report" } do
      local seen = 0
      local text = read("docs/" .. page .. ".md"):gsub("[^\n]*systemctl[^\n]*", "")
      for flag in text:gmatch "[^%w-](%-%-%a[%a-]+)" do
        assert.is_true(known[flag], page .. " " .. flag)
        seen = seen + 1
      end
      assert.is_true(seen > 2, page)
    end
  end)

  it("list every exit status", function()
    local text = read "docs/how-to/scripts.md"
    for _, meaning in ipairs(status.meanings) do
      assert.truthy(text:find("\n| [%d, ]*" .. meaning[1] .. "[%d, ]* |"), meaning[1])
    end
  end)

  it("of help tell every variable that the command's sources name", function()
    local told = {}
    for _, entry in ipairs(config.environment) do
      for name in (entry[1] .. " " .. entry[2]):gmatch "[%w_]+" do told[name] = true end
      assert.matches("%.$", entry[2])
    end
    local seen = 0
    for _, path in ipairs(dir.getallfiles("lua/streamctl/cli", "*.lua")) do
      for name in read(path):gmatch "\"(%u+_[%u_]+)\"" do
        if name:find "^ZEGO_" or name:find "^ALIBABA_" or name:find "^STREAMCTL_"
          or name:find "^XDG_" or name:find "^NO_" then
          assert.is_true(told[name], path .. " reads " .. name)
          seen = seen + 1
        end
      end
    end
    assert.is_true(seen > 15)
  end)
end)

-- What tools/manual.lua prints.
local function manual()
  local parts, write = {}, io.write
  io.write = function(...) parts[#parts + 1] = table.concat { ... } end -- luacheck: ignore 122
  local ok, why = pcall(dofile, "tools/manual.lua")
  io.write = write -- luacheck: ignore 122
  assert.is_true(ok, why)
  return table.concat(parts)
end

describe("the manual page", function()
  local page = manual()
  local text = page:gsub("\\%-", "-")

  it("has examples, exit statuses, variables and files", function()
    for _, title in ipairs { "EXAMPLES", "EXIT STATUS", "ENVIRONMENT", "FILES" } do
      assert.truthy(text:find("\n[" .. title .. "]\n", 1, true), title)
    end
    local home = { environment = function(_, name) return name == "HOME" and "~" or nil end }
    assert.truthy(text:find(config.path(home), 1, true))
  end)

  it("has every command and every flag, the shared flags once", function()
    for _, name in ipairs(require "streamctl.cli.commands") do
      local command = require("streamctl.cli.commands." .. name)
      for _, sub in ipairs(command.commands or { {} }) do
        local path = { name, sub.name }
        assert.truthy(text:find('.SS "' .. table.concat(path, " ") .. '"\n', 1, true), name)
        for flag in parser.help(path):gmatch "%-%-[%a-]+" do
          assert.truthy(text:find(flag, 1, true), name .. " " .. flag)
        end
      end
    end
    for _, flag in ipairs { "-h, --help", "--profile NAME", "-o, --output FORMAT" } do
      assert.equal(1, select(2, text:gsub("\\fB" .. flag:gsub("%-", "%%-"), "")), flag)
    end
  end)

  it("is written without a warning", function()
    if select(2, shell.run "command -v groff") ~= 0 then return pending "no groff" end
    local path = os.tmpname()
    local sections = page:gsub("%f[^\n%z]%[=?([%u ]+)%]\n", ".SH %1\n")
    shell.write_file(path, ".TH STREAMCTL 1\n" .. sections)
    assert.same({ "", 0 }, { shell.run("groff -ww -man -Tutf8 " .. path .. " 2>&1 >/dev/null") })
    os.remove(path)
  end)
end)
