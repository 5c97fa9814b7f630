-- How tables fit a terminal, and what is coloured in them.

local helper = require "spec.pieces.cli.helper"

local COLUMNS = { { "item", "ITEM" }, { "state", "STATE" }, { "message", "MESSAGE" }, id = "item" }

local URL, LONG = "https://a.example/b/c", ("x"):rep(60)

-- Columns of the terminal, an id, a message, and the lines that the message takes; or all lines,
-- where there is no room for columns.
local CASES = {
  { 0, "id", LONG, { LONG } },
  { 28, "id", "one two  three", { "one two  three" } },
  { 27, "id", "one two  three", { "one two", "three" } },
  { 24, "id", "one two  three", { "one two", "three" } },
  { 34, "id", URL, { "https://a.example/b/", "c" } },
  { 33, "id", URL, { "https://a.example/", "b/c" } },
  { 24, "id", URL, { "https://", "a.example/", "b/c" } },
  -- words stay whole up to 40 characters
  { 60, "id", LONG, { LONG:sub(1, 46), LONG:sub(47) } },
  { 54, "id", LONG, { LONG:sub(1, 40), LONG:sub(41) } },
  { 53, "id", LONG, { "ITEM     id", "STATE    ok", "MESSAGE  " .. LONG:sub(1, 43),
    "         " .. LONG:sub(44) }, true },
  { 20, "id", "größe größegröße", { "ITEM     id", "STATE    ok", "MESSAGE  größe",
    "         größegröße" }, true },
  { 16, "id", URL, { "ITEM     id", "STATE    ok", "MESSAGE  https:", "         //",
    "         a.exam", "         ple/b/", "         c" }, true },
  { 15, "id", "größegröße", { "ITEM     id", "STATE    ok", "MESSAGE  größe",
    "         größe" }, true },
  -- an id is for copying
  { 30, "an-id for-copying", "one two", { "ITEM     an-id for-copying", "STATE    ok",
    "MESSAGE  one two" }, true },
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
    it(("in %d columns has '%s' in lines"):format(case[1], case[3]), function()
      local lines = case[4]
      if not case[5] then
        lines = { "ITEM  STATE  MESSAGE", "id    ok     " .. case[4][1] }
        for i = 2, #case[4] do lines[i + 1] = "             " .. case[4][i] end
      end
      assert.equal(table.concat(lines, "\n") .. "\n", show({
        { item = case[2], state = "ok", message = case[3] } }, { columns = case[1] }))
    end)
  end

  it("gives each column its least, then as many as possible all that they want", function()
    local row = { item = "id", a = "aa aa aa", b = ("b "):rep(30), c = ("c "):rep(40) }
    local columns = { { "item", "ID" }, { "a", "A" }, { "b", "B" }, { "c", "C" }, id = "item" }
    local line = show({ row }, { columns = 41 }, columns):match "\n([^\n]*)"
    assert.equal("id  aa aa aa  b b b b b b   c c c c c c", line)
  end)

  it("has rows without columns apart, and lines below rows folded", function()
    local row = { item = "long", state = "ok", below = { "s1 to s20, s22" } }
    assert.equal("ITEM     long\nSTATE    ok\n  s1 to s20,\n  s22\n\nITEM     long\n"
      .. "STATE    ok\n  s1 to s20,\n  s22\n", show({ row, row }, { columns = 14 }))
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
