-- The Lua face of the check of parameters. What each limit means is in spec/c/test_row.c.

local core = require "streamctl.core"

local huge = math.huge
local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local function raises(pattern, row)
  local ok, message = pcall(core.row, row)
  assert.is_false(ok)
  assert.is_string(message)
  assert.is_truthy(message:find(pattern), message)
end

local function param(name, kind, limits)
  local copy = { name = name, wire = name:lower(), type = kind }
  for key, value in pairs(limits or {}) do copy[key] = value end
  return copy
end

local function reader(params, rules)
  return core.row { params = params, rules = rules or {} }
end

-- Everything a read returns, nils included.
local function results(...)
  return { n = select("#", ...), ... }
end

local function refused(read, params, found, at, detail)
  local got = results(read(params))
  assert.same({ n = 4, nil, found, at, detail or 0 }, got)
end

describe("core.row", function()
  it("makes a function that turns parameters into a flat list, in the row's order", function()
    local read = reader { param("B", "text"), param("A", "integer"),
      param("C", "stream_ids", { max_items = 3 }), param("D", "sequence"), param("E", "time") }
    assert.same({ "b", "x", "a", "-7", "c", "s1", "c", "s2", "d", "12", "e",
      "2026-01-02T03:04:05Z" },
      read { A = -7, B = "x", C = { "s1", "s2" }, D = "12", E = "2026-01-02T03:04:05Z" })
    assert.same({}, read {})
  end)

  it("takes numbers and booleans, and numbers in an enumeration", function()
    local read = reader { param("N", "number", { max = 2 }), param("B", "boolean"),
      param("E", "integer", { enum = { 0, 2 } }) }
    assert.same({ "n", "0.1", "b", "false", "e", "2" }, read { N = 0.1, B = false, E = 2 })
    assert.same({ "n", "1", "b", "true", "e", "0" }, read { N = 1, B = true, E = 0.0 })
    refused(read, { N = "1" }, "no_number", 1)
    refused(read, { N = huge }, "no_number", 1)
    refused(read, { N = 2.5 }, "out_of_range", 1)
    refused(read, { B = "true" }, "no_boolean", 2)
    refused(read, { B = 1 }, "no_boolean", 2)
    refused(read, { E = 1 }, "not_allowed", 3)
  end)

  it("counts bytes and items", function()
    local read = reader { param("A", "text", { max_bytes = 2 }),
      param("L", "stream_ids", { min_items = 2, max_items = 3 }) }
    refused(read, { A = "\228\184\173" }, "many_bytes", 1)
    refused(read, { L = { "a" } }, "few_items", 2)
    assert.same({ "a", "ab", "l", "s", "l", "t" }, read { A = "ab", L = { "s", "t" } })
  end)

  it("raises when the description is wrong", function()
    raises("table expected", nil)
    raises("table expected", "row")
    raises("table expected", {})
    raises("table expected", { params = {} })
    raises("table expected", { params = "params", rules = {} })
    raises("table expected", { params = { 1 }, rules = {} })
    raises("table expected", { params = {}, rules = { 1 } })
    raises("invalid option 'float'", { params = { param("A", "float") }, rules = {} })
    raises("string expected", { params = { param("A") }, rules = {} })
    raises("string expected", { params = { { wire = "a", type = "text" } }, rules = {} })
    raises("string expected", { params = { { name = "a", type = "text" } }, rules = {} })
    raises("string expected", { params = { { name = 1, wire = "a", type = "text" } }, rules = {} })
    raises("a name has more than 40 bytes",
      { params = { param(("n"):rep(41), "text") }, rules = {} })
    for _, limit in ipairs { "above", "min", "max", "max_length", "max_bytes", "min_items",
      "max_items" } do
      local row = { params = { param("A", "text", { [limit] = {} }) }, rules = {} }
      raises("field '" .. limit .. "' must be a number", row)
    end
    for _, limit in ipairs { "max_length", "max_bytes", "min_items", "max_items" } do
      for _, value in ipairs { -1, -huge, 0 / 0 } do
        raises("field '" .. limit .. "' must not be negative",
          { params = { param("A", "text", { [limit] = value }) }, rules = {} })
      end
    end
    raises("table expected", { params = { param("A", "text", { enum = "on" }) }, rules = {} })
    raises("string expected",
      { params = { param("A", "text", { enum = { "on", true } }) }, rules = {} })
    raises("a row can have one list only",
      { params = { param("A", "stream_ids"), param("B", "json_list") }, rules = {} })
  end)

  it("raises when a rule is wrong", function()
    local params = { param("A", "text"), param("B", "text") }
    raises("invalid option 'sooner'",
      { params = params, rules = { { kind = "sooner", param = 1, other = 2 } } })
    raises("string expected", { params = params, rules = { { param = 1, other = 2 } } })
    for _, kind in ipairs { "later", "future", "required_if", "single_if", "any_of" } do
      for _, index in ipairs { 0, 3, -1, huge, 0 / 0 } do
        raises("field 'param' must be the index",
          { params = params, rules = { { kind = kind, param = index, other = 1 } } })
      end
      raises("field 'param' must be the index",
        { params = params, rules = { { kind = kind, other = 1 } } })
    end
    for _, kind in ipairs { "later", "required_if", "single_if", "any_of" } do
      raises("field 'other' must be the index",
        { params = params, rules = { { kind = kind, param = 1, other = 3 } } })
      raises("field 'other' must be the index",
        { params = params, rules = { { kind = kind, param = 1 } } })
    end
    raises("'value' must be a string",
      { params = params, rules = { { kind = "required_if", param = 1, other = 2, value = 5 } } })
  end)

  it("has up to 32 parameters and rules", function()
    local params, rules, values, wanted = {}, {}, {}, {}
    for i = 1, 32 do
      params[i] = param("P" .. i, "text")
      rules[i] = { kind = "future", param = i }
      values["P" .. i] = "3000-01-01T00:00:00Z"
      wanted[2 * i - 1], wanted[2 * i] = "p" .. i, "3000-01-01T00:00:00Z"
    end
    assert.same(wanted, reader(params, rules)(values))
    params[33] = param("P33", "text")
    raises("'params' has more than 32 items", { params = params, rules = rules })
    params[33], rules[33] = nil, { kind = "future", param = 1 }
    raises("'rules' has more than 32 items", { params = params, rules = rules })
  end)

  it("shows nothing of itself", function()
    local read = reader {}
    assert.equal("function", type(read))
    assert.has_error(function() read() end)
    assert.has_error(function() read "A" end)
    assert.has_error(function() read({}, {}) end)
  end)
end)

describe("a reader", function()
  it("says what is wrong, with which parameter and which item", function()
    local read = reader({
      param("T", "text", { required = true, max_length = 3 }), param("W", "text", { word = true }),
      param("E", "text", { enum = { "on", "off" } }),
      param("N", "integer", { min = 1, max = 9, above = -5 }), param("Z", "time"),
      param("L", "json_list", { max_items = 2 }), param("I", "stream_id", { prefixed = true }),
      param("S", "sequence"), param("M", "text", { lines = true }),
    }, { { kind = "required_if", param = 7, other = 3, value = "on" } })
    local function wrong(name, value, ...)
      refused(read, { T = "t", [name] = value }, ...)
    end
    refused(read, {}, "missing", 1)
    wrong("T", 1, "no_text", 1)
    wrong("T", false, "no_text", 1)
    wrong("T", "", "empty", 1)
    wrong("T", "a\n", "control", 1)
    wrong("M", "a\n\0", "control", 9)
    wrong("T", "abcd", "long", 1)
    wrong("W", "a.b", "no_word", 2)
    wrong("E", "ON", "not_allowed", 3)
    wrong("N", "1", "no_integer", 4)
    wrong("N", 0.5, "no_integer", 4)
    wrong("N", -5, "not_above", 4)
    wrong("N", 10, "out_of_range", 4)
    wrong("Z", "2026-02-30T00:00:00Z", "no_time", 5)
    wrong("L", "a", "json_text", 6)
    wrong("L", 1, "no_list", 6)
    wrong("L", { a = 1 }, "gaps", 6)
    wrong("L", {}, "no_items", 6)
    wrong("L", { "a", "b", "c" }, "many_items", 6)
    wrong("L", { "a", "" }, "empty", 6, 2)
    wrong("L", { "a", {} }, "no_text", 6, 2)
    wrong("L", { "a\127" }, "control", 6, 1)
    wrong("I", "a b", "stream_id", 7)
    wrong("S", 0, "sequence", 8)
    wrong("E", "on", "rule", 7, 1)
    assert.same({ n = 4, nil, "prefixed_long", 7, 0 },
      results(read({ T = "t", I = ("a"):rep(256) }, "p-")))
    assert.same({ "t", "t", "i", "p-a" }, read({ T = "t", I = "a" }, "p-"))
  end)

  it("finds a name that is none", function()
    local read = reader({ param("A", "text", { required = true }), param("B", "integer") },
      { { kind = "later", param = 1, other = 1 } })
    refused(read, { B = 1, Aa = "x" }, "unknown", 0)   -- a misspelt name explains what is missing
    refused(read, { A = "x", [1] = "x" }, "unknown", 0) -- and comes before the rules
    refused(read, { A = "x", [true] = "x" }, "unknown", 0)
    refused(read, { A = "x", a = "x" }, "unknown", 0)   -- the wire name is none
    refused(read, { A = 1, C = "x" }, "no_text", 1)     -- but what is wrong is wrong
  end)

  it("takes whole numbers that a double shows exactly", function()
    local read = reader { param("N", "integer") }
    for _, case in ipairs { { 0, "0" }, { -0.0, "0" }, { 1e15, "1000000000000000" }, { -3, "-3" },
      { 2 ^ 53, "9007199254740992" }, { -2 ^ 53, "-9007199254740992" } } do
      assert.same({ "n", case[2] }, read { N = case[1] })
    end
    for _, bad in ipairs { huge, -huge, 0 / 0, 0.5, 2 ^ 53 + 2, -2 ^ 53 - 2, 2 ^ 63, "1", true } do
      refused(read, { N = bad }, "no_integer", 1)
    end
  end)

  if math.type then -- luacheck: ignore 143
    it("takes no integer beyond 2^53, which a double would round", function()
      local number, sequence = reader { param("N", "integer") }, reader { param("S", "sequence") }
      local limit = math.tointeger(2 ^ 53) -- luacheck: ignore 143
      assert.same({ "n", "9007199254740992" }, number { N = limit })
      assert.same({ "n", "-9007199254740992" }, number { N = -limit })
      assert.same({ "s", "9007199254740991" }, sequence { S = limit - 1 })
      local most, least = math.maxinteger, math.mininteger -- luacheck: ignore 143
      for _, bad in ipairs { limit + 1, -limit - 1, most, least } do
        refused(number, { N = bad }, "no_integer", 1)
        refused(sequence, { S = bad }, "sequence", 1)
      end
      refused(sequence, { S = limit }, "sequence", 1)
    end)
  end

  it("finds gaps and names in a list", function()
    for _, kind in ipairs { "json_list", "stream_ids" } do
      local read = reader { param("L", kind, { max_items = 5 }) }
      for _, list in ipairs { { "a", nil, "c" }, { nil, "b" }, { "a", n = 1 }, { [2] = "b" },
        { [0] = "z", "a" }, { a = "a" }, { "a", "b", [1.5] = "c" }, { "a", "b", [7] = "c" } } do
        refused(read, { L = list }, "gaps", 1)
      end
      local holes = { "a", "b", "c" }
      holes[2] = nil
      refused(read, { L = holes }, "gaps", 1)
    end
  end)

  it("does not look into a list that is too long", function()
    local read = reader { param("L", "stream_ids", { max_items = 20 }) }
    local list = {}
    for i = 1, 20 do list[i] = "s" .. i end
    assert.equal(40, #read { L = list })
    list[21] = "s21"
    refused(read, { L = list }, "many_items", 1)
    for i = 1, 100000 do list[i] = i end -- none of them is a text
    refused(read, { L = list }, "many_items", 1)
  end)

  it("runs no metamethods, and changes nothing", function()
    local function never() error "called" end
    local guard = { __index = never, __newindex = never, __len = never, __pairs = never,
      __eq = never, __tostring = never, __metatable = false }
    local read = reader { param("L", "stream_ids", { max_items = 5 }), param("T", "text") }
    local list = setmetatable({ "a", "b" }, guard)
    local params = setmetatable({ L = list, T = "t" }, guard)
    assert.same({ "l", "a", "l", "b", "t", "t" }, read(params))
    refused(read, setmetatable({ T = setmetatable({}, guard) }, guard), "no_text", 2)
    assert.equal(list, rawget(params, "L"))
    assert.equal("a", rawget(list, 1))
    assert.equal("b", rawget(list, 2))
  end)

  it("takes a text as it is, whatever its bytes", function()
    local read = reader { param("A", "text"), param("L", "stream_ids", { max_items = 2 }) }
    local text = "\128\255 %&=+\195\164"
    assert.same({ "a", text }, read { A = text })
    refused(read, { A = "a\0b" }, "control", 1)
    local long = ("x"):rep(100000)
    assert.equal(long, read({ A = long })[2])
    refused(read, { A = "", L = { long } }, "stream_id", 2, 1)
  end)

  it("works for lists of any length, again and again", function()
    local read = reader { param("L", "json_list") }
    for _, count in ipairs { 1, 1000, 3, 5000, 2 } do
      local list, quoted = {}, {}
      for i = 1, count do list[i], quoted[i] = "t" .. i, '"t' .. i .. '"' end
      assert.same({ "l", "[" .. table.concat(quoted, ",") .. "]" }, read { L = list })
    end
  end)

  it("can be shared by coroutines and nested", function()
    local read = reader { param("A", "integer") }
    local run = coroutine.wrap(function(value)
      while true do value = coroutine.yield(read { A = value }[2]) end
    end)
    for i = 1, 10 do
      assert.equal(tostring(i), run(i))
      assert.equal(tostring(-i), read({ A = -i })[2])
    end
  end)
end)

describe("what is returned", function()
  it("is the caller's own text where nothing had to be made", function()
    -- a string that is long enough is its own object: made again it would take memory
    local read = reader { param("T", "text") }
    local text = ("x"):rep(1000000)
    collectgarbage()
    collectgarbage()
    local before = collectgarbage("count")
    local kept = {}
    collectgarbage("stop")
    for i = 1, 20 do kept[i] = read { T = text } end
    local used = collectgarbage("count") - before
    collectgarbage("restart")
    assert.equal(text, kept[20][2])
    assert.is_true(used < 1000, "20 lists took " .. used .. " KB")
  end)

  it("has room for two more without growing", function()
    local read = reader { param("T", "text"), param("N", "integer") }
    local list = read { T = "t", N = 1 }
    list[5], list[6] = "Sequence", "1"
    assert.same({ "t", "t", "n", "1", "Sequence", "1" }, { unpack(list) })
  end)
end)
