-- A list that comes as JSON text is taken when cjson reads a list from it that would be taken as
-- one, and never otherwise: for texts made at random, and for ones that are nearly right.

local core = require "streamctl.core"
local json = require "streamctl.json"
local usage = require "spec.support.usage"

local MOST = 4
local read = core.row {
  params = { { name = "L", wire = "l", type = "json_list", max_items = MOST } }, rules = {},
}

-- The same numbers in every run, up to `limit`.
local state
local function random(limit)
  state = (state * 16807) % 2147483647
  return state % limit + 1
end

local PIECES = {
  "a", "/", "'", "[", "]", ",", " ", "\195\164", "\240\159\152\128", "\255", "\128", "\237\160\128",
  '\\"', "\\\\", "\\/", "\\u0041", "\\u00e4", "\\u20AC", "\\ud83d\\ude00", "\\uFFFF",
}
-- What makes a text no such list, or its items ones that may not be sent.
local WRONG = {
  "\\n", "\\b", "\\u0000", "\\u001f", "\\u007f", "\127", "\n", "\0", "\\", "\\x", "\\u12",
  "\\ud800", "\\udc00", "\\ud800\\u0041", '"', '""', '","', '",', ',"', "null", "1", "true", "{}",
  "[]", "[", "]", '"]', '["', ",", ":", "//", "\239\187\191", "\f",
}
local SPACES = { "", "", "", " ", "\t", "\r\n", "  \n" }

local function pick(list) return list[random(#list)] end

local function make_string()
  local pieces = { '"' }
  for i = 1, random(6) - 1 do pieces[i + 1] = pick(PIECES) end
  pieces[#pieces + 1] = '"'
  return table.concat(pieces)
end

local function make_list()
  local items = {}
  for i = 1, random(MOST + 2) - 1 do items[i] = pick(SPACES) .. make_string() .. pick(SPACES) end
  return pick(SPACES) .. "[" .. table.concat(items, ",") .. pick(SPACES) .. "]" .. pick(SPACES)
end

local function damage(text)
  local at, how = random(#text + 1), random(4)
  local before, after = text:sub(1, at - 1), text:sub(at)
  if how == 1 then return before .. pick(WRONG) .. after end
  if how == 2 then return before .. after:sub(2) end
  if how == 3 then return before .. string.char(random(256) - 1) .. after:sub(2) end
  return before
end

-- Whether the text is taken, which must be so when its list is.
local function compare(text)
  local wire = read { L = text }
  local list = json.decode_list(text)
  local expected = list and read { L = list } and true or false
  if (wire ~= nil) ~= expected then
    error(string.format("%q: %s as text, %s as list", text, tostring(wire ~= nil),
      tostring(expected)))
  end
  if wire then assert.same({ "l", text }, wire) end
  return wire ~= nil
end

describe("a list as JSON text", function()
  before_each(function() state = 20240229 end)

  it("is taken when its list is", function()
    local taken = 0
    for _ = 1, 4000 do taken = taken + (compare(make_list()) and 1 or 0) end
    assert.is_true(taken > 1000 and taken < 3000, taken) -- the others are empty or too long
  end)

  it("is not taken when something is wrong with it", function()
    local taken = 0
    for _ = 1, 12000 do taken = taken + (compare(damage(make_list())) and 1 or 0) end
    assert.is_true(taken > 500 and taken < 11000, taken)
  end)

  it("is not taken with any byte in the place of another but those that it may hold", function()
    local text = '["ab","\\t\\u0041\\ud83d\\ude00"]'
    for at = 1, #text do
      for byte = 0, 255 do
        compare(text:sub(1, at - 1) .. string.char(byte) .. text:sub(at + 1))
        compare(text:sub(1, at - 1) .. string.char(byte) .. text:sub(at))
      end
      compare(text:sub(1, at))
      compare(text:sub(at))
    end
  end)

  it("is taken at any length", function()
    local long = '["' .. ("x\\u00e4"):rep(100000) .. '"]'
    assert.is_true(compare(long))
    assert.is_false(compare(long:sub(1, -2)))
    assert.is_false(compare("[" .. ('"a",'):rep(10000) .. '"a"]'))
    assert.is_false(compare(("["):rep(10000)))
    assert.is_true(compare((" "):rep(10000) .. '["a"]'))
  end)

  it("costs no memory for good, taken or refused", function()
    if usage.sanitized then return end
    for _, escape in ipairs { "\\/", "\\n" } do
      local params = { L = '["' .. escape:rep(2 ^ 24) .. '"]' }
      local before = usage.memory()
      assert.equal(escape == "\\/", (read(params)) ~= nil)
      collectgarbage()
      assert.is_true(usage.memory() - before < 8192)
    end
  end)
end)
