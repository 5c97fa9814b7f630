-- Every command: that it is there, says what it is, and what it takes.

local dir = require "pl.dir"
local names = require "streamctl.cli.commands"
local parser = require "streamctl.cli.parser"
local path = require "pl.path"

local function check(command, words)
  local line = table.concat(words, " ")
  it("`" .. line .. "` says what it does and what it takes", function()
    assert.matches("^%u.*[^.]$", command.summary)
    local help = parser.help(words)
    assert.equal("Usage: streamctl " .. line .. " ", help:sub(1, #line + 18))
    for text in help:gmatch "[^\n]+" do assert.is_true(#text < 80, text) end
    if command.commands then return end
    assert.is_function(command.run)
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

  it("has each of its files in the list", function()
    local listed = {}
    for _, name in ipairs(names) do listed[name] = true end
    for _, file in ipairs(dir.getfiles("lua/streamctl/cli/commands", "*.lua")) do
      local name = path.basename(file):gsub("%.lua$", "")
      assert.is_true(listed[name], file)
    end
  end)
end)
