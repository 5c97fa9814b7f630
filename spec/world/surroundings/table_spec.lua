-- docs/explanation/surroundings.md has a row for each test of this folder, and a test for each row.

local shell = require "spec.support.emulator.launcher.shell"

describe("the table of surroundings", function()
  local function sorted(list)
    table.sort(list)
    return list
  end

  it("has a row for each test, and no others", function()
    local rows, tests = {}, {}
    for line in shell.read_file "docs/explanation/surroundings.md":gmatch "[^\n]+" do
      local subject, what = line:match "^| %*%*(.-)%*%* |", line:match "^| ([^*].-) |"
      if subject then rows.subject = subject end
      if what and rows.subject and not what:find "^%-" then
        rows[#rows + 1] = rows.subject .. ": " .. what
      end
    end
    for file in shell.run "ls spec/world/surroundings/*_spec.lua":gmatch "%S+" do
      local text = shell.read_file(file)
      local subject = text:match 'describe%("([^"]-):"'
      for title in text:gmatch '\n  it[%w_]*%("(.-)"' do
        if subject then tests[#tests + 1] = subject .. ": " .. title end
      end
    end
    rows.subject = nil
    assert.is_true(#rows > 30)
    assert.same(sorted(tests), sorted(rows))
  end)
end)
