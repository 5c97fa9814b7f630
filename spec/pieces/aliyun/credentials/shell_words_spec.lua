-- Commands are split as a POSIX shell splits them, which is asked about those that it may see.

local shell = require "spec.support.emulator.launcher.shell"
local split = require "streamctl.aliyun.credentials.shell_words"

local SPLIT = {
  ["cmd arg1 arg2"] = { "cmd", "arg1", "arg2" },
  ["  cmd   arg1\targ2  "] = { "cmd", "arg1", "arg2" },
  ["'/usr/local/my tools/cred' arg"] = { "/usr/local/my tools/cred", "arg" },
  ['tool --name "First Last"'] = { "tool", "--name", "First Last" },
  ["tool arg\\ with\\ blanks"] = { "tool", "arg with blanks" },
  ['tool "say \\"hi\\" \\\\ \\`a\\`"'] = { "tool", 'say "hi" \\ `a`' },
  ["tool \"a\\b\" 'a\\b' a\\b"] = { "tool", "a\\b", "a\\b", "ab" },
  ["tool '' \"\" x"] = { "tool", "", "", "x" },
  ["tool a'b c'\"d e\"f"] = { "tool", "ab cd ef" },
  ["tool a\\\nb \\\n c \"d\\\ne\""] = { "tool", "ab", "c", "de" },
  ["tool 'it'\\''s'"] = { "tool", "it's" },
}

describe("the words of a command", function()
  for text, words in pairs(SPLIT) do
    it("are those that the shell finds in " .. ("%q"):format(text), function()
      assert.same(words, split(text))
      local output = shell.run("printf '<%s>' " .. text)
      assert.equal("<" .. table.concat(words, "><") .. ">", output)
    end)
  end

  it("know nothing else of a shell", function()
    assert.same({ "a", "$HOME", "~", "*", "|", "b;", "c", "&&", ">x", "$(d)" },
      split "a $HOME ~ * | b; c && >x $(d)")
  end)

  for text, why in pairs {
    [""] = "names no program", ["  \t "] = "names no program", ["'' x"] = "names no program",
    ['tool "x'] = 'has a " that is not closed', ['tool "x\\"'] = 'has a " that is not closed',
    ["'tool"] = "has a ' that is not closed", ["tool\\"] = "ends with a backslash",
  } do
    it("are not there in " .. ("%q"):format(text), function()
      assert.same({ nil, why }, { split(text) })
    end)
  end
end)
