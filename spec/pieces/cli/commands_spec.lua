-- Every command: that it is there, says what it is, and what it takes; and that the command uses
-- the library as everybody does. tools/check_layers.lua sees that the library does not need it.

local dir = require "pl.dir"
local names = require "streamctl.cli.commands"
local parser = require "streamctl.cli.parser"
local path = require "pl.path"
local shell = require "spec.support.emulator.launcher.shell"

-- What the README and the reference offer to everybody, and the C core's own functions.
local PUBLIC = " streamctl streamctl.core streamctl.engine streamctl.system streamctl.base.checks "
  .. "streamctl.base.errors streamctl.base.json streamctl.base.sections streamctl.base.suggest"

local function check(command, words)
  local line = table.concat(words, " ")
  it("`" .. line .. "` says what it does and what it takes", function()
    assert.matches("^%u.*[^.]$", command.summary)
    local help = parser.help(words)
    assert.equal("Usage: streamctl " .. line .. " ", help:sub(1, #line + 18))
    for text in help:gmatch "[^\n]+" do assert.is_true(#text < 80, text) end
    if command.commands then return end
    assert.is_function(command.run)
    assert.is_true(#(command.examples or {}) < 4)
  end)
  for _, sub in ipairs(command.commands or {}) do
    local longer = { sub.name }
    for i = #words, 1, -1 do table.insert(longer, 1, words[i]) end
    check(sub, longer)
  end
end

describe("the command", function()
  for _, name in ipairs(names) do
    check(require("streamctl.cli.commands." .. name), { name })
  end

  for line, text in pairs {
    resume = "Bring forbidden streams back. ",
    ["resume "] = "Examples: streamctl resume @ids.txt --report resume.jsonl streamctl state ",
    ["resume  "] = "Other flags: `streamctl help flags`.",
    forbid = "the ban of a CDN stream ends after 1 day, one at Alibaba Cloud after 6 months.",
    ["relay create"] = "--wait Wait until the tasks run.",
    ["relay ensure"] = "--start TIME When it begins: UTC, Unix seconds, or from now (+10m); now",
    ["relay stop"] = "--wait Wait until the tasks have stopped.",
    ["relay delete"] = "--report FILE Write down what becomes of each item",
    help = "TOPIC A command and its subcommand, or flags, examples,",
    retry = "An unknown one may have been executed, a superseded one would undo a newer call.",
  } do
    it("`" .. line .. "` tells " .. text, function()
      local words = {}
      for word in line:gmatch "%S+" do words[#words + 1] = word end
      local help = parser.help(words):gsub("%s+", " ")
      assert.truthy(help:find(text, 1, true), help)
    end)
  end

  it("has each of its files in the list", function()
    local listed = {}
    for _, name in ipairs(names) do listed[name] = true end
    for _, file in ipairs(dir.getfiles("lua/streamctl/cli/commands", "*.lua")) do
      local name = path.basename(file):gsub("%.lua$", "")
      assert.is_true(listed[name], file)
    end
  end)

  it("requires public modules only", function()
    for _, source in ipairs(dir.getallfiles("lua/streamctl/cli", "*.lua")) do
      for name in shell.read_file(source):gmatch "require%s*%(?%s*[\"']([%w._]+)[\"']" do
        assert.truthy((PUBLIC .. " argparse redis "):find(" " .. name .. " ", 1, true)
          or name:find "^streamctl%.cli%.", source .. " requires " .. name)
      end
    end
  end)
end)
