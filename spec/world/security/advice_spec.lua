-- Commands that the command advises are made to be pasted, and a path may come from somebody else.

local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"
local text = require "streamctl.cli.output.text"

command.describe("advice", function(c)
  local NAMES = { "x$(id) y.jsonl", "it's `id`", "-n", "~/x", "a;b", "a\"b\\", "=a" }

  it("quotes a word, so that a shell reads that word", function()
    for _, name in ipairs(NAMES) do
      assert.equal(name .. "\n", (shell.run("printf '%s\\n' " .. text.word(name))))
    end
    assert.equal("./runs/a_1.jsonl", text.word "./runs/a_1.jsonl")
  end)

  it("quotes the name of a report", function()
    local environment = { ZEGO_ENDPOINT = "https://127.0.0.1:1" }
    local options, quoted = { vendor = "zego", environment = environment }, "'x$(id) y.jsonl'`"
    c:run({ "resume", "s1", "--report", NAMES[1] }, options):ends(1)
    c:run({ "report", NAMES[1] }, options):ok("`streamctl retry " .. quoted)
    c:run({ "forbid", "s1", "-y", "--report", NAMES[1] }, options)
      :ends(2, "`streamctl retry " .. quoted)
  end)
end)
