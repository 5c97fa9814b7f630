-- Lua values as parameters of actions without a row.

local cjson = require "cjson"
local encode = require "streamctl.call.encode"
local serialize = require "streamctl.call.serialize"

local function pairs_of(list)
  local out = {}
  for i = 1, #list, 2 do out[#out + 1] = list[i] .. "=" .. list[i + 1] end
  return out
end

-- All of a table, flattened.
local function flattened(naming)
  return function(params)
    local out = {}
    for _, name in ipairs(serialize.sorted_names(params)) do
      local ok, at, why = serialize.flatten(out, name, params[name], naming)
      if not ok then return nil, at, why end
    end
    return out
  end
end

local aliyun, zego = flattened(encode.from_one), flattened(encode.brackets)

describe("a number", function()
  local CASES = {
    { 0, "0" }, { -0.0, "0" }, { 1, "1" }, { -1, "-1" }, { 60.0, "60" }, { 1.5, "1.5" },
    { -2.25, "-2.25" }, { 0.1, "0.1" }, { 0.1 + 0.2, "0.30000000000000004" },
    { 1 / 3, "0.3333333333333333" }, { 1e15, "1000000000000000" }, { 123456.789, "123456.789" },
    { 1e20, "100000000000000000000" }, { -1e20, "-100000000000000000000" }, { 1e21, "1e+21" },
    { 1.5e300, "1.5e+300" }, { 1e-6, "0.000001" }, { 1.25e-6, "0.00000125" }, { 1e-7, "1e-7" },
    { 0.0001, "0.0001" }, { 0.00001, "0.00001" }, { -1e-5, "-0.00001" }, { 1.5e-7, "1.5e-7" },
    { 2 ^ 53 - 1, "9007199254740991" }, { 2 ^ 53, "9007199254740992" },
    { -2 ^ 53, "-9007199254740992" }, { 1767323045123, "1767323045123" },
  }

  for _, case in ipairs(CASES) do
    it(case[2] .. " is written as JavaScript writes it", function()
      assert.equal(case[2], encode.number(case[1]))
    end)
  end

  it("that is a 64-bit integer keeps all its digits", function()
    if not math.maxinteger then return end -- luacheck: ignore 143
    assert.equal("9223372036854775807", encode.number(math.maxinteger)) -- luacheck: ignore 143
    assert.equal("-9223372036854775808", encode.number(math.mininteger)) -- luacheck: ignore 143
  end)

  it("that is not finite has no text", function()
    for _, number in ipairs { 0 / 0, math.huge, -math.huge } do
      assert.is_nil(encode.number(number))
    end
  end)
end)

describe("parameters of Alibaba Cloud", function()
  local CASES = {
    { "booleans become true and false", { A = true, B = false }, { "A=true", "B=false" } },
    { "an empty text is sent", { A = "" }, { "A=" } },
    { "a null is not", { A = cjson.null, B = "x" }, { "B=x" } },
    { "lists count from one", { Id = { "a", "b" } }, { "Id.1=a", "Id.2=b" } },
    { "a null in a list keeps its place", { Id = { "a", cjson.null, "c" } },
      { "Id.1=a", "Id.3=c" } },
    { "tables in lists are flattened", { Tag = { { Key = "k", Value = "v" }, { Key = "l" } } },
      { "Tag.1.Key=k", "Tag.1.Value=v", "Tag.2.Key=l" } },
    { "lists in lists are flattened", { N = { { 1, 2 }, { 3 } } },
      { "N.1.1=1", "N.1.2=2", "N.2.1=3" } },
    { "tables with names are flattened", { Map = { b = { c = 1.5 }, a = 60.0 } },
      { "Map.a=60", "Map.b.c=1.5" } },
    { "more than nine items stay in order", { N = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 } },
      { "N.1=1", "N.2=2", "N.3=3", "N.4=4", "N.5=5", "N.6=6", "N.7=7", "N.8=8", "N.9=9",
        "N.10=10" } },
    { "names are sent in byte order", { b = 1, B = 2, a = 3 }, { "B=2", "a=3", "b=1" } },
    { "no parameters are no parameters", {}, {} },
  }
  for _, case in ipairs(CASES) do
    it(case[1], function()
      assert.same(case[3], pairs_of(assert(aliyun(case[2]))))
    end)
  end
end)

describe("parameters of ZEGOCLOUD", function()
  local CASES = {
    { "lists of texts repeat the name with brackets", { UserId = { "a", "b" } },
      { "UserId[]=a", "UserId[]=b" } },
    { "lists inside tables go on with dots", { Media = { { Resolution = { "a", "b" } } } },
      { "Media.0.Resolution.0=a", "Media.0.Resolution.1=b" } },
    { "brackets that are written out are not doubled", { ["UserId[]"] = { "a", "b" } },
      { "UserId[]=a", "UserId[]=b" } },
    { "lists of tables count from zero", { Args = { { FileId = "f" }, { FileId = "g" } } },
      { "Args.0.FileId=f", "Args.1.FileId=g" } },
    { "booleans, numbers and empty texts are sent", { A = true, B = 60.0, C = "" },
      { "A=true", "B=60", "C=" } },
    { "null is not", { A = cjson.null }, {} },
  }
  for _, case in ipairs(CASES) do
    it(case[1], function()
      assert.same(case[3], pairs_of(assert(zego(case[2]))))
    end)
  end
end)

describe("what cannot be sent", function()
  local cycle = {}
  cycle.again = cycle
  local deep = "x"
  for _ = 1, 17 do deep = { deep } end
  local REFUSED = {
    { { A = "a\0b" }, "A", "NUL" },
    { { A = function() end }, "A", "is a function, which cannot be sent" },
    { { A = coroutine.create(function() end) }, "A", "is a thread" },
    { { A = { B = function() end } }, "A.B", "is a function" },
    { { A = 0 / 0 }, "A", "not a finite number" },
    { { A = math.huge }, "A", "not a finite number" },
    { { A = { 1, -math.huge } }, "A", "not a finite number" },
    { { A = cycle }, "A", "holds itself" }, { { A = deep }, "A", "nested too deeply" },
    { { A = { 1, nil, 3, x = 4 } }, "A", "neither a list nor" },
    { { A = { [true] = 1 } }, "A", "neither a list nor" }, { { A = {} }, "A", "is an empty table" },
    { { A = { B = {} } }, "A.B", "leave it out, or fill it" },
    { { [""] = 1 }, "", "no parameter name" }, { { ["a\nb"] = 1 }, "a\nb", "no parameter name" },
    { { ["a\0b"] = 1 }, "a\0b", "no parameter name" }, { { "x" }, "1", "no parameter name" },
    { { [true] = 1 }, "true", "no parameter name" },
  }
  for name, flatten in pairs { aliyun = aliyun, zego = zego } do
    it("is refused by " .. name .. ", which names the parameter", function()
      for i, case in ipairs(REFUSED) do
        local list, at, why = flatten(case[1])
        assert.is_nil(list, "case " .. i)
        assert.equal(case[2], at:sub(1, #case[2]), "case " .. i)
        assert.truthy(why:find(case[3], 1, true), "case " .. i .. ": " .. why)
      end
    end)
  end
end)

describe("a JSON body", function()
  it("keeps numbers, booleans, nested tables and slashes", function()
    local text = assert(serialize.json { TaskId = "a/b", N = 60,
      Deep = { On = true, List = { 1, 2.5 } } })
    assert.same({ TaskId = "a/b", N = 60, Deep = { On = true, List = { 1, 2.5 } } },
      cjson.decode(text))
    assert.truthy(text:find('"a/b"', 1, true))
  end)

  it("of no parameters is an empty object", function()
    assert.equal("{}", serialize.json {})
  end)

  it("writes numbers as parameters are written, with all their digits", function()
    for _, case in ipairs { { 1767323045123, "1767323045123" }, { 60.0, "60" },
      { 2 ^ 53 - 1, "9007199254740991" }, { 1e15, "1000000000000000" },
      { 0.1 + 0.2, "0.30000000000000004" }, { -0.0, "0" } } do
      assert.equal('{"A":' .. case[2] .. "}", serialize.json { A = case[1] })
    end
  end)

  it("keeps null and empty items, and sorts names", function()
    assert.equal('{"a":null,"b":{"d":1},"c":[null,{},"x"]}',
      serialize.json { c = { cjson.null, {}, "x" }, b = { d = 1 }, a = cjson.null })
  end)

  it("refuses what JSON does not keep", function()
    local cycle = {}
    cycle.again = cycle
    for name, case in pairs {
      nan = { { A = 0 / 0 }, "A", "not a finite number" },
      inf = { { A = { B = math.huge } }, "A.B", "not a finite number" },
      cycle = { { A = cycle }, "A", "holds itself" },
      call = { { A = { print } }, "A.1", "is a function" },
      gap = { { A = { 1, nil, 3 } }, "A.1", "no parameter name" },
      inner = { { A = { ["b\n"] = 1 } }, "A.b\n", "no parameter name" },
      empty = { { A = {} }, "A", "is an empty table" },
      inside = { { A = { B = {} } }, "A.B", "is an empty table" },
      list = { { "x" }, "1", "no parameter name" },
      control = { { ["a\n"] = 1 }, "a\n", "no parameter name" },
    } do
      local text, at, why = serialize.json(case[1])
      assert.is_nil(text, name)
      assert.equal(case[2], at:sub(1, #case[2]), name)
      assert.truthy(why:find(case[3], 1, true), name .. ": " .. why)
    end
  end)
end)

describe("a table", function()
  it("is read as it is, whatever its metatable says", function()
    local hidden = setmetatable({ A = "a" }, {
      __pairs = function() return next, { B = "b" }, nil end,
      __index = function() return "c" end,
    })
    assert.same({ "N.A=a" }, pairs_of(aliyun { N = hidden }))
    assert.equal('{"N":{"A":"a"}}', serialize.json { N = hidden })
    assert.equal("x,y", serialize.commas("N", setmetatable({ "x", "y" }, getmetatable(hidden))))
  end)

  it("that may be empty has a JSON text", function()
    assert.equal('{"L":[],"O":{}}',
      serialize.json { L = encode.EMPTY_LIST, O = encode.EMPTY_OBJECT })
  end)
end)

describe("a list with commas", function()
  it("is one text", function()
    assert.equal("a,1,0.5,true", serialize.commas("N", { "a", 1.0, 0.5, true }))
    assert.equal("a", serialize.commas("N", { "a" }))
  end)

  it("refuses what would come back as another list", function()
    for name, case in pairs {
      comma = { { "a", "b,c" }, "N item 2", "holds a comma" },
      table = { { {} }, "N item 1", "is a table" },
      map = { { a = "b" }, "N", "is no list" },
      nan = { { 0 / 0 }, "N item 1", "not a finite number" },
    } do
      local text, at, why = serialize.commas("N", case[1])
      assert.is_nil(text, name)
      assert.equal(case[2], at, name)
      assert.truthy(why:find(case[3], 1, true), name .. ": " .. why)
    end
  end)
end)

describe("a form", function()
  it("is encoded as a query is", function()
    assert.equal("%5B%5D=%E4%B8%AD&A=a%20b%2Bc%26%3D~-._%2A&B=1",
      serialize.form { "B", "1", "A", "a b+c&=~-._*", "[]", "\228\184\173" })
    assert.equal("A=", serialize.form { "A", "" })
    assert.equal("", serialize.form {})
  end)
end)

describe("a text of an answer", function()
  it("is a text or a number, and nothing else", function()
    assert.equal("x", encode.text("x"))
    assert.equal("500", encode.text(500.0))
    for _, value in ipairs { {}, true, cjson.null, 0 / 0 } do
      assert.is_nil(encode.text(value))
    end
    assert.is_nil(encode.text(nil))
  end)
end)
