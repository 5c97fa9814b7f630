-- core.json: texts that spec/bytes/fuzz/json.lua holds against lua-cjson, and where others stop
-- being JSON.

local core = require "streamctl.core"
local judge = assert(loadfile "spec/bytes/fuzz/json.lua")()

local GOOD = { "{}", "[ ] ", '{"b":[true,false,null],"a":1}', "[\r1 ,\n-2\t]",
  '{"a":{"b":{}},"c":null}',
  -- integers that a double does not hold
  "[9007199254740992,9007199254740993,-9007199254740993]", '{"a" : 858012925204410400 }',
  '{"12345678901234567":1}',
  -- numbers
  "[-0,1.5e2,0.1,-1E-2,12345678901234567e0,9007199254740993.0]", "[-.5,1.,1.e1]",
  "[9007199254740993.00000000000000000001,1e400,1e-400,0e99999999999999999999]",
  -- texts
  '[""]', '["\\"\\\\\\/\\b\\f\\n\\r\\t"]', '["a\\u0041\\u00e4\\u6d41\\uD83D\\uDE00b"]',
  '["\\\\\\"x"]', '["\255\n"]' }

-- By the byte of the fault.
local BAD = {
  { "", "]", "\239\187\191[]", "tru" },
  { "[01]", "[-]", "[-.]", "[+1]", "[.5]", "[1e]", "[1e+]", "[-inf]", "[NaN]", "[1e", "[,1]",
    "{1:1}", "[", "[nul]", "[True]", "['a']", "{" },
  { "[0x10]", "[1-2]", "[1", '["\\ud83d"]', '["\\ud83d\\u0041"]', '["\\ude00"]', '["\\u12"]',
    '["\\x"]', '["x', '["\\', '["\\"', '["\\u', '["\\ud83d\\u', "[1}" },
  { "[1.", "[1,]", "[1 2]", "[1,", "[1]\0" }, { "[1.5.5]", '{"a"}', "[1] 2" },
  { '{"a":}', '{"a":' }, { '{"a":1' }, { '{"a":1,}' },
}

describe("core.json", function()
  it("reads what lua-cjson reads, as base/json.lua wants it", function()
    for _, text in ipairs(GOOD) do judge(text) end
    for len = 1, 1200, 3 do judge('["\\n' .. ("x"):rep(len) .. '"]') end
    judge(("["):rep(200) .. ("]"):rep(200))
  end)

  it("says at which byte a text stops being JSON, or that it is something else", function()
    for at, texts in ipairs(BAD) do
      for _, text in ipairs(texts) do
        judge(text)
        local opening = text:find("{", 1, true) and "{" or "["
        assert.equal(at, (select(3, core.json(text, opening))), text)
      end
    end
    judge(("["):rep(201) .. ("]"):rep(201))
    for _, text in ipairs { "1", '"x"', "null", " {}" } do judge(text) end
  end)

  it("marks an empty list, and no other table", function()
    local list = core.json '{"a":[ ],"b":{},"c":[1]}'
    assert.same({ core.LIST }, { getmetatable(list.a), getmetatable(list.b), getmetatable(list.c) })
    assert.equal(core.LIST, getmetatable(core.json("[]", "[")))
    assert.same({}, list.a)
  end)

  -- On a Lua that checks uses of its API (tools/apicheck.sh), also that the stack has room.
  it("reads objects of every depth, whole and cut off", function()
    for depth = 1, 200 do
      local text = ('{"a":'):rep(depth)
      assert.is_nil((core.json(text, "{")))
      assert.is_table(core.json(text .. '"\\n"' .. ("}"):rep(depth), "{"))
    end
  end)
end)
