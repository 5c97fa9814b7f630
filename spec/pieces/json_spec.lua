-- JSON as the vendors mean it.

local cjson = require "cjson"
local json = require "streamctl.base.json"

-- Texts, and what they are read as.
local READ = {
  [' {"a":1,"b":"x","c":[true,false],"d":{}} '] = { a = 1, b = "x", c = { true, false }, d = {} },
  -- integers beyond 2^53 are texts, at any place
  ['{"a":9007199254740993,"b":-9007199254740993,"c":[18446744073709551615],'
    .. '"d":{"e":123456789012345678901234}}'] = { a = "9007199254740993", b = "-9007199254740993",
    c = { "18446744073709551615" }, d = { e = "123456789012345678901234" } },
  ['{"a":9007199254740992,"b":-9007199254740992,"c":1.5,"d":1e3,"e":0,"f":1e999}'] =
    { a = 2 ^ 53, b = -2 ^ 53, c = 1.5, d = 1000, e = 0, f = math.huge },
  [ [[{"a":"18446744073709551615 \"18446744073709551615\""}]] ] =
    { a = '18446744073709551615 "18446744073709551615"' },
  -- null is absent from objects, and keeps its place in lists
  ['{"a":null,"b":{"c":null,"d":[1,null,{"e":null}]},"f":"null"}'] =
    { b = { d = { 1, json.null, {} } }, f = "null" },
  -- the last of equal names
  ['{"a":1,"a":2}'] = { a = 2 }, ['{"a":1,"a":null,"b":null,"b":1}'] = { b = 1 },
}

describe("decoding", function()
  for text, value in pairs(READ) do
    it("reads " .. text, function() assert.same(value, json.decode(text)) end)
  end

  it("gives whole numbers as integers, where Lua has them", function()
    local body = assert(json.decode '{"a":60,"b":[1.0,{"c":1767323045123}]}')
    assert.same({ "60", "1", "1767323045123" },
      { tostring(body.a), tostring(body.b[1]), tostring(body.b[2].c) })
  end)

  for name, text in pairs {
    ["a list"] = "[1]", ["a text"] = '"x"', ["a number"] = "5", ["true"] = "true", null = "null",
    ["an empty list"] = "[]", nothing = "", blank = "  ", HTML = "<html></html>",
    NaN = '{"a":NaN}', Infinity = '{"a":Infinity}', ["-inf"] = '{"a":-inf}',
    hexadecimal = '{"a":0x10}', ["trailing text"] = '{"a":1} x',
    ["a second object"] = '{"a":1}{"b":2}', ["half an object"] = '{"a":1',
    ["half a text"] = '{"a":"x', ["single quotes"] = "{'a':1}",
    ["a byte order mark"] = '\239\187\191{"a":1}',
    ["a hundred thousand brackets"] = ("["):rep(100000),
    ["a hundred thousand braces"] = ('{"a":'):rep(100000),
    ["deep nesting"] = '{"a":' .. ("["):rep(201) .. ("]"):rep(201) .. "}",
    ["a NUL"] = '{"a":1}\0{"a":2}',
  } do
    it("refuses " .. name .. ": an answer is an object", function()
      local body, why = json.decode(text)
      local is_json = #text < 9 and text:find '^[%[%w"]' ~= nil -- but no object
      assert.same({ nil, "it is " .. (is_json and "not a JSON object" or "not JSON") },
        { body, why })
    end)
  end

  it("is not changed by what others set in cjson", function()
    cjson.decode_invalid_numbers(true)
    cjson.decode_max_depth(2)
    finally(function()
      cjson.decode_max_depth(1000)
    end)
    assert.is_nil((json.decode '{"a":NaN}'))
    assert.is_table(json.decode '{"a":[[[[1]]]]}')
  end)
end)

describe("decoding a list", function()
  it("reads a list and nothing else", function()
    assert.same({ "a", "b" }, json.decode_list ' ["a","b"] ')
    for _, text in ipairs { "{}", '"a"', "1", "null" } do
      local list, why = json.decode_list(text)
      assert.is_nil(list)
      assert.equal("it is not a JSON list", why)
    end
    assert.is_nil((json.decode_list '["a"],["b"]'))
  end)
end)

describe("the line of a fault", function()
  it("is where a text stops being JSON", function()
    for text, line in pairs { ['{"a":1,\n"b":}'] = 2, ['\n\n{"a":"\n'] = 3, ["{}\nx"] = 2, [""] = 1,
      ['{"a":\n1\0}'] = 2, ['{"a":1'] = 1 } do
      assert.equal(line, json.line_of_fault(text), text)
    end
    assert.is_nil(json.line_of_fault "[1]")
  end)
end)

describe("encoding", function()
  it("does not make a list with gaps up", function()
    assert.is_nil((json.encode { [1] = "a", [1000] = "b" }))
  end)

  it("says why not", function()
    local text, why = json.encode { print }
    assert.is_nil(text)
    assert.is_string(why)
    assert.is_nil(why:find("%.lua:%d"))
  end)
end)

describe("UTF-8", function()
  it("is told from what is none", function()
    for _, text in ipairs { "", "plain\0\127", "\194\128", "\223\191", "\224\160\128",
      "\236\191\191", "\237\159\191", "\238\128\128", "\239\191\191", "\240\144\128\128",
      "\243\191\191\191", "\244\143\191\191", "a用户😀b" } do
      assert.is_true(json.is_utf8(text), text)
    end
    for _, text in ipairs { "\128", "a\191", "\192\128", "\193\191", "\194", "\194a",
      "\224\128\128", "\224\159\191", "\224\160", "\237\160\128", "\237\191\191",
      "\240\128\128\128",
      "\240\143\191\191", "\240\144\128", "\244\144\128\128", "\245\128\128\128", "\255",
      "é\233", "\195\169\169" } do
      assert.is_false(json.is_utf8(text), (text:gsub(".", function(c) return c:byte() .. " " end)))
    end
  end)
end)
