-- How tables fit a terminal, and what is coloured in them.

local helper = require "spec.pieces.cli.helper"

local COLUMNS = { { "item", "ITEM" }, { "state", "STATE" }, { "message", "MESSAGE" }, id = "item" }

local URL, LONG = "https://a.example/b/c", ("x"):rep(60)

-- Columns of the terminal, a message, and the lines that the message takes.
local CASES = {
  { 0, LONG, { LONG } },
  { 28, "one two  three", { "one two  three" } },
  { 27, "one two  three", { "one two  three" } }, -- so much a folded column has
  { 34, URL, { "https://a.example/b/", "c" } },
  { 60, LONG, { LONG:sub(1, 46), LONG:sub(47) } },
  { 20, "größe größegröße größe", { "größe größegröße", "größe" } },
}

local function show(rows, options, columns)
  local out, stream = helper.out("table", options)
  local made = out:rows(columns or COLUMNS)
  for _, row in ipairs(rows) do made:add(row) end
  made:close()
  return stream.text
end

describe("a table", function()
  for _, case in ipairs(CASES) do
    it(("in %d columns has '%s' in lines"):format(case[1], case[2]), function()
      local lines = { "ITEM  STATE  MESSAGE", "id    ok     " .. case[3][1] }
      for i = 2, #case[3] do lines[i + 1] = "             " .. case[3][i] end
      assert.equal(table.concat(lines, "\n") .. "\n", show({
        { item = "id", state = "ok", message = case[2] } }, { columns = case[1] }))
    end)
  end

  it("folds the widest column alone, and no id", function()
    local row = { item = ("an-id-"):rep(9), state = "ok", message = ("word "):rep(9) .. "x",
      below = { "s1 to s20, s22" } }
    assert.equal(("ITEM  STATE  MESSAGE\n%s  ok     word word word word\n%s         word word word "
      .. "word\n%s         word x\n  s1 to s20, s22\n"):format(row.item, (" "):rep(54),
      (" "):rep(54)), (show({ row }, { columns = 60 }):gsub("ITEM +STATE", "ITEM  STATE")))
  end)

  it("marks headings and states, which changes no alignment", function()
    local rows = {}
    for i, state in ipairs { "ok", "failed", "unknown", "unsent", "other" } do
      rows[i] = { item = "failed", state = state, message = "x" }
    end
    local coloured, plain = show(rows, { coloured = true }), show(rows)
    assert.truthy(coloured:find("\27[1mITEM\27[0m", 1, true))
    assert.truthy(coloured:find("failed  \27[31mfailed\27[0m   x", 1, true))
    assert.truthy(coloured:find("\27[32mok\27[0m", 1, true))
    assert.truthy(coloured:find("\27[33munknown\27[0m", 1, true))
    assert.is_nil(plain:find("\27", 1, true))
    assert.equal(plain, (coloured:gsub("\27%[%d+m", "")))
  end)
end)
