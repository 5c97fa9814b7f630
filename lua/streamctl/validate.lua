--- Checks parameters by an operation's row and turns them into the wire list.
--
-- A row (see `aliyun/operations.lua`, `zego/operations.lua`) holds `params`, a list of
--
--     { name = "PageSize", type = "integer", required = true, min = 1, max = 3000 }
--
-- Types: `text`, `integer`, `time`, `json_list` (one JSON text), `stream_id`, `stream_ids`,
-- `sequence`. Limits: `enum`, `max_length` (characters), `max_items`, `min`, `max`, `above`,
-- `pattern`. `rules` ties parameters together, see @{rules}.
-- @module streamctl.validate

local core = require "streamctl.core"
local json = require "streamctl.json"
local serialize = require "streamctl.serialize"
local suggest = require "streamctl.suggest"

local validate = {}

local LARGEST = 2 ^ 53

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local function describe(value)
  local kind = type(value)
  if kind == "nil" then return "nothing" end
  return (kind == "integer" and "an " or "a ") .. kind
end

-- Characters, not bytes: every byte that does not continue a UTF-8 sequence.
local function characters(text)
  local _, count = text:gsub("[^\128-\191]", "")
  return count
end

local function check_text(spec, value)
  if type(value) ~= "string" then return nil, "must be text, got " .. describe(value) end
  if spec.required and value == "" then return nil, "must not be empty" end
  if core.has_control(value) then return nil, "must not hold control characters" end
  if spec.max_length and #value > spec.max_length and characters(value) > spec.max_length then
    return nil, "must have at most " .. spec.max_length .. " characters, got " .. characters(value)
  end
  if spec.pattern and not value:find(spec.pattern) then
    return nil, "must be " .. spec.pattern_text
  end
  return value
end

local function is_integer(value)
  return type(value) == "number" and value == math.floor(value) and value >= -LARGEST and value <= LARGEST
end

local function check_integer(spec, value)
  if not is_integer(value) then
    local got = type(value) == "number" and tostring(value) or describe(value)
    return nil, "must be a whole number, got " .. got
  end
  if spec.above and value <= spec.above then
    return nil, "must be greater than " .. spec.above .. ", got " .. serialize.integer(value)
  end
  if (spec.min and value < spec.min) or (spec.max and value > spec.max) then
    local range = spec.max and ("from " .. spec.min .. " to " .. spec.max) or (spec.min .. " or greater")
    return nil, "must be " .. range .. ", got " .. serialize.integer(value)
  end
  return serialize.integer(value)
end

local function check_time(spec, value)
  local text, why = check_text(spec, value)
  if not text then return nil, why end
  if not core.is_time(text) then
    return nil, "must be a UTC time such as 2026-01-02T03:04:05Z (yyyy-MM-ddTHH:mm:ssZ)"
  end
  return text
end

local function no_list(spec, why)
  return nil, "must be a list of 1 to " .. spec.max_items .. ' texts, such as { "a", "b" }, ' .. why
end

-- The items of a list of texts, each through `check_item(rule, item)`.
local function check_items(spec, value, check_item, rule)
  if type(value) ~= "table" then return no_list(spec, "got " .. describe(value)) end
  local count, entries, items = #value, 0, value
  for _ in pairs(value) do entries = entries + 1 end
  if entries ~= count then return no_list(spec, "without names or gaps") end
  if count == 0 then return no_list(spec, "got an empty one") end
  if count > spec.max_items then return no_list(spec, "got " .. count) end
  for i = 1, count do
    local item, why = check_item(rule, value[i])
    if not item then return nil, "item " .. i .. " " .. why end
    if item ~= value[i] then
      if items == value then items = { unpack(value) } end -- the caller's list stays as it is
      items[i] = item
    end
  end
  return items
end

local ITEM = { required = true }

-- One JSON text, whatever the SDKs of other languages call an array.
local function check_json_list(spec, value)
  local items = value
  if type(value) == "string" then
    items = json.decode_list(value)
    if not items then return nil, "must be a list of texts, or such a list as JSON" end
  end
  local checked, why = check_items(spec, items, check_text, ITEM)
  if not checked then return nil, why end
  if type(value) == "string" then return value, nil, checked end
  return json.encode_texts(checked), nil, checked
end

local STREAM_ID = "must be 1 to 256 of the characters A-Z a-z 0-9 - _"

local function check_stream_id(context, value)
  if type(value) ~= "string" then return nil, "must be text, got " .. describe(value) end
  if #value < 1 or #value > 256 or value:find("[^A-Za-z0-9_-]") then return nil, STREAM_ID end
  local prefix = context.stream_prefix
  if not prefix or value:sub(1, #prefix) == prefix then return value end
  if #prefix + #value > 256 then
    return nil, STREAM_ID .. ", the prefix " .. prefix .. " included"
  end
  return prefix .. value
end

local function check_sequence(_, value)
  local number = value
  if type(value) == "string" and value:find("^[1-9]%d*$") and #value <= 16 then number = tonumber(value) end
  if not is_integer(number) or number < 1 or number >= LARGEST then
    return nil, "must be a whole number from 1 to 2^53 - 1"
  end
  return serialize.integer(number)
end

local NOTHING = {}

-- value -> text (or list of texts) to send, or nil and why not
local TYPES = {
  text = check_text,
  integer = check_integer,
  time = check_time,
  json_list = check_json_list,
  sequence = check_sequence,
  stream_id = function(spec, value, context)
    return check_stream_id(spec.prefixed and context or NOTHING, value)
  end,
  stream_ids = function(spec, value, context)
    return check_items(spec, value, check_stream_id, context)
  end,
}

--- Rules between parameters; a row lists them as `{ "later", "EndTime", "StartTime" }`.
-- `values` holds the checked values by name. Each returns the parameter at fault and why.
-- @table rules
validate.rules = {
  -- both given: the first must be later
  later = function(values, name, than)
    if values[name] and values[than] and values[name] <= values[than] then
      return name, "must be later than " .. than .. " (" .. values[than] .. "), got " .. values[name]
    end
  end,
  -- must be in the future
  future = function(values, name)
    local now = core.time_text(core.now())
    if values[name] and values[name] <= now then
      return name, "must be later than the present time (" .. now .. "), got " .. values[name]
    end
  end,
  -- required when another parameter has a value
  required_if = function(values, name, other, value)
    if values[other] == value and (values[name] == nil or values[name] == "") then
      return name, "is required when " .. other .. " is " .. value
    end
  end,
  -- a list with one item only when another parameter has a value
  single_if = function(values, name, other, value)
    if values[other] == value and #values[name] > 1 then
      return name, "must hold exactly one item when " .. other .. " is " .. value .. ", got " .. #values[name]
    end
  end,
}

local function check_rules(rules, values)
  for _, rule in ipairs(rules) do
    local name, why = validate.rules[rule[1]](values, rule[2], rule[3], rule[4])
    if name then return name, why end
  end
end

local function unknown(row, params)
  for name in pairs(params) do
    if not row.by_name[name] then
      return tostring(name), "is no parameter of " .. row.action .. suggest.hint(name, row.by_name)
    end
  end
end

-- Names that a row's rules and conditions look at.
local function looked_at(row)
  local names = { StreamId = true, Sequence = true }
  for _, rule in ipairs(row.rules or {}) do
    names[rule[2]] = true
    if row.by_name[rule[3]] then names[rule[3]] = true end
  end
  for name in pairs(type(row.safe) == "table" and row.safe.unless or {}) do names[name] = true end
  return names
end

--- Makes a row ready: names, types and enumerations become tables to look up.
-- @tparam table row is changed; its `params` are copied, as rows share them
-- @treturn table the row
function validate.prepare(row)
  local params, by_name = {}, {}
  for i, shared in ipairs(row.params) do
    local spec = {}
    for key, value in pairs(shared) do spec[key] = value end
    params[i], by_name[spec.name] = spec, spec
  end
  row.params, row.by_name, row.wire_size, row.kept = params, by_name, 2, 0
  local names = looked_at(row)
  for _, spec in ipairs(params) do
    spec.check = assert(TYPES[spec.type], spec.type)
    spec.wire = spec.wire or spec.name
    spec.kept = names[spec.name]
    row.kept = row.kept + (spec.kept and 1 or 0)
    row.wire_size = row.wire_size + 2 * (spec.type == "stream_ids" and spec.max_items or 1)
    if spec.enum then
      spec.allowed = {}
      for _, value in ipairs(spec.enum) do spec.allowed[value] = true end
    end
  end
  return row
end

--- Checks parameters.
-- @tparam table row a prepared row
-- @tparam table params by name; never changed
-- @tparam table context `stream_prefix` for the test environment of ZEGO
-- @treturn[1] table flat list of wire names and texts, in the row's order
-- @treturn[1] table checked values by name, of the parameters that others look at
-- @treturn[2] nil
-- @treturn[2] string the parameter at fault
-- @treturn[2] string why
function validate.run(row, params, context)
  -- made in their final size: growing them would take longer than all the checks
  local wire, values = core.new_table(row.wire_size, 0), core.new_table(0, row.kept)
  local n, given, entries = 0, 0, 0
  for _, spec in ipairs(row.params) do
    local value = params[spec.name]
    if value ~= nil then
      given = given + 1
      local text, reason, list = spec.check(spec, value, context)
      if not text then return nil, spec.name, reason end
      if spec.allowed and not spec.allowed[text] then
        return nil, spec.name, "must be one of " .. table.concat(spec.enum, ", ") .. "; got '" .. text .. "'"
      end
      if spec.kept then values[spec.name] = list or text end
      if type(text) == "table" then
        for i = 1, #text do
          wire[n + 1], wire[n + 2] = spec.wire, text[i]
          n = n + 2
        end
      else
        wire[n + 1], wire[n + 2] = spec.wire, text
        n = n + 2
      end
    elseif spec.required then
      local at_fault, why = unknown(row, params) -- a misspelt name is the better explanation
      return nil, at_fault or spec.name, why or "is required"
    end
  end
  for _ in pairs(params) do entries = entries + 1 end
  if entries ~= given then return nil, unknown(row, params) end
  if row.rules then
    local at_fault, why = check_rules(row.rules, values)
    if at_fault then return nil, at_fault, why end
  end
  return wire, values
end

return validate
