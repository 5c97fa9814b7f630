-- Numbers as texts of the vendors, and texts of their answers.

local cjson = require "cjson"
local encode = require "streamctl.base.encode"

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
