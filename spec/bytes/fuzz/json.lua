-- What fuzz_json.c and spec/bytes/binding/json_spec.lua run: a function that compares core.json
-- with lua-cjson, and throws when they differ.

local cjson = require "cjson"
local core = require "streamctl.core"

local codec = cjson.new()
codec.decode_max_depth(200)
codec.decode_invalid_numbers(false)

-- Whether a text is an integer beyond 2^53.
local function is_big(text)
  local digits = text:match "^%-?([1-9]%d*)$"
  return digits and (#digits > 16 or (#digits == 16 and digits > "9007199254740992"))
end

-- The text with integers beyond 2^53 in quotes.
local function guard(text)
  local parts, at = {}, 1
  while at <= #text do
    local to
    local from = text:find('["%-%d]', at)
    parts[#parts + 1] = text:sub(at, (from or #text + 1) - 1)
    if not from then break end
    if text:sub(from, from) == '"' then
      to = text:find('"', from + 1, true)
      while to and #text:sub(from + 1, to - 1):match "\\*$" % 2 == 1 do
        to = text:find('"', to + 1, true)
      end
      to = to or #text
    else
      to = select(2, text:find("^[%d+.eE-]+", from))
    end
    local token = text:sub(from, to)
    parts[#parts + 1] = is_big(token) and not text:find("^%s*:", to + 1) and '"' .. token .. '"'
      or token
    at = to + 1
  end
  return table.concat(parts)
end

local function reference(text)
  if text:find("\0", 1, true) then return nil end
  local ok, value = pcall(codec.decode, guard(text))
  if ok then return true, value end
  return nil
end

-- `theirs` is as cjson has it: nulls in objects, and floats.
local function compare(found, expected, in_object)
  if expected == cjson.null then
    return assert(found == (not in_object and cjson.null or nil), "a null")
  end
  assert(type(found) == type(expected), "the type of a value")
  if type(expected) == "number" then
    assert(found == expected, "a number")
    if not math.type then return end -- luacheck: ignore 143 (Lua 5.3)
    local kind = math.tointeger(expected) and "integer" or "float" -- luacheck: ignore 143
    assert(math.type(found) == kind, "its type") -- luacheck: ignore 143
  elseif type(expected) == "table" then
    for name, value in pairs(expected) do
      compare(found[name], value, type(name) == "string")
    end
    for name in pairs(found) do assert(expected[name] ~= nil, "a name") end
  else
    assert(found == expected, "a value")
  end
end

return function(text, is_json)
  local known, expected = reference(text)
  assert(is_json == nil or is_json == (known or false), "whether it is JSON")
  for opening, kind in pairs { ["{"] = "object", ["["] = "list" } do
    local value, why, at = core.json(text, opening)
    if not known then
      assert(value == nil and why == "it is not JSON" and at >= 1 and at <= #text + 1)
    elseif type(expected) == "table" and text:match "^%s*(.)" == opening then
      compare(value, expected)
    else
      assert(value == nil and why == "it is not a JSON " .. kind and at == nil, "the refusal")
    end
  end
end
