-- Finds the state of each resource of a query in the answer.
--
-- A condition is data, of a waiter or of a row's `settle`:
--
-- * `codes`: a code of the vendor, of an error or inside of an answer, or of `errors.codes` -> the
--   state that it means
-- * `state`: where the state is: `"Data.Status"`, where `{Vendor}` stands for that parameter; or a
--   function of the answer. A table is "present"; without a value the state is "missing"
-- * `list`: where the entries are, for queries without pages; then `state` is a field of an entry
-- * `entry`: which of the entries is meant: names of parameters, `{ "MonitorId" }`, or fields and
--   what they must be, exactly: `{ Url = "*/{StreamId}" }` (`*`: anything before), or a text, where
--   the entries are texts, perhaps with a scheme such as rtmp:// before them. A parameter that was
--   not given is empty; `{Name?}` holds for anything then. Where a parameter is a list, there are
--   as many resources. Without a list of entries the answer is the only entry. An entry's state is
--   "present" unless `state` says where it is; a resource without an entry is "absent"
-- * `past`: a time of an entry; after that the entry counts for nothing
-- * `since`: a time of an entry and a state: the state is "older" when the time was before the call
--   that is to be settled
-- * `same`: like `entry`, but an entry that differs here is "other"
--
-- A query may be about several resources, and a resource have several entries: so there is a list
-- of states for each resource.

local core = require "streamctl.core"
local at = require("streamctl.call.answer").at
local encode = require "streamctl.base.encode"
local json = require "streamctl.base.json"
local listing = require "streamctl.many.listing"
local options = require "streamctl.base.options"

local condition = {}

local merged, set_of = options.merged, options.set_of

-- A table of waiters by name, and a function that adds those that share a query to it. Each has
-- further facts of its own.
function condition.waiters()
  local waiters = {}
  return waiters, function(facts, by_name)
    local shared = merged({ delay = { 2, 10 }, timeout = 60 }, facts)
    for name, waiter in pairs(by_name) do waiters[name] = merged(shared, waiter) end
  end
end

-- Whether a value is a UTC time as the vendors write it. Such texts sort as the times do.
function condition.is_time(value)
  return type(value) == "string" and value:find("^%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%dZ$") ~= nil
end

local MILLISECONDS = 1e11 -- larger times are no Unix seconds
local SKEW = 5 -- seconds by which the vendor's clock may differ

-- Whether a time (UTC text, Unix seconds or milliseconds) is before Unix seconds; nil for no time.
function condition.is_before(time, than)
  if condition.is_time(time) then return time < core.time_text(than) end
  local number = tonumber(time)
  return number and (number > MILLISECONDS and number / 1000 or number) < than
end

-- ---- entries ----

-- A value as a text, of a list with all its texts: a number equals its text.
local function text_of(value)
  if type(value) ~= "table" then return encode.text(value) or "" end
  local texts = {}
  for i, item in ipairs(value) do texts[i] = encode.text(item) or "\1" end
  return table.concat(texts, "\0")
end

local function fill(template, params)
  return (template:gsub("{(%w+)%??}", function(name) return text_of(params[name]) end))
end

-- A stream of the test environment is the same with the prefix and without.
local function without(prefix, text)
  if prefix and text:sub(1, #prefix) == prefix then return text:sub(#prefix + 1) end
  return text
end

local function equals(value, template, params, prefix)
  local name, mark = template:match("^{(%w+)(%??)}$")
  if mark == "?" and params[name] == nil then return true end
  local got, is_end = text_of(value), template:sub(1, 1) == "*"
  local wanted = fill(is_end and template:sub(2) or template, params)
  if is_end then return #got > #wanted and got:sub(-#wanted) == wanted end
  local given = name and params[name]
  if type(given) == "number" and condition.is_time(value) then wanted = core.time_text(given) end
  local list = type(given) == "string" and type(value) == "table" and json.decode_list(given)
  if list then wanted = text_of(list) end
  return without(prefix, got) == without(prefix, wanted)
end

local function matches(entry, item, params, prefix)
  if type(entry) == "string" then
    if type(item) == "string" then item = item:gsub("^%a+://", "") end
    return equals(item, entry, params, prefix)
  end
  if type(item) ~= "table" then return false end
  for field, template in pairs(entry) do
    if type(field) == "number" then field, template = template, "{" .. template .. "}" end
    if not equals(at(item, field), template, params, prefix) then return false end
  end
  return true
end

local function resources_of(entry, params)
  local names = type(entry) == "table" and entry or { entry and entry:match("^{(%w+)}$") }
  for _, name in ipairs(names) do
    if type(params[name]) == "table" then
      local list = {}
      for i, value in ipairs(params[name]) do
        list[i] = setmetatable({ [name] = value }, { __index = params })
      end
      return list
    end
  end
  return { params }
end

-- ---- states ----

local function state_at(state, item, params)
  if not state then return "present" end
  if type(state) == "function" then return state(item) end
  local value = at(item, fill(state, params))
  if value == nil then return "missing" end
  if type(value) == "table" then return "present" end
  return tonumber(value) or encode.text(value) or tostring(value)
end

local function state_of(rule, item, params, prefix, began)
  local state, since = state_at(rule.state, item, params), rule.since
  if since and since[2] == state then
    local before = condition.is_before(at(item, since[1]), began - SKEW)
    if before ~= false then return before and "older" or "of unknown age" end
  end
  if rule.same and not matches(rule.same, item, params, prefix) then return "other" end
  return state
end

-- Reads the states of a query's result: a list for each resource, none when it shows nothing; and
-- the entries that are meant, with `states` of their own. `prefix`: of the test environment. By the
-- vendor's clock it is `now`, and the call to settle `began`.
function condition.read(rule, params, result, prefix, now, began)
  local answer, err, codes = result.answer, result.err, rule.codes or {}
  local state = codes[err and err.vendor_code or answer and answer.Code or ""]
    or err and codes[err.code]
  if err or state then return state and { { state } } or {}, {} end
  local items = result.items or rule.list and listing.of(answer, rule.list)
  if not items and (rule.list or not rule.entry) then
    return rule.state and not rule.list and { { state_at(rule.state, answer, params) } } or {}, {}
  end
  local states, entries = {}, { states = {} }
  for i, resource in ipairs(resources_of(rule.entry, params)) do
    local group = {}
    for _, item in ipairs(items or { answer }) do
      if (not rule.entry or matches(rule.entry, item, resource, prefix))
        and not (rule.past and condition.is_before(item[rule.past], now)) then
        group[#group + 1] = state_of(rule, item, params, prefix, began)
        entries[#entries + 1], entries.states[#entries + 1] = item, group[#group]
      end
    end
    states[i] = group[1] and group or { "absent" }
  end
  return states, entries
end

-- Whether any state is in a list, whether all are, and whether each resource has a state in it.
function condition.compare(states, list)
  local wanted, any, all, each = set_of(list or {}), false, #states > 0, #states > 0
  for _, group in ipairs(states) do
    local is_here = false
    for _, state in ipairs(group) do
      is_here, all = is_here or wanted[state], all and wanted[state]
    end
    any, each = any or is_here, each and is_here
  end
  return any, all, each
end

-- The states as a text, each once, and numbers with their meaning: "3 = stopped". nil when there
-- are none.
function condition.describe(states, meanings)
  local texts, seen = {}, {}
  for _, group in ipairs(states) do
    for _, state in ipairs(group) do
      local text = encode.text(state) or tostring(state) -- 1e999 has no text
      local meaning = meanings and meanings[state]
      if not seen[text] then texts[#texts + 1] = meaning and text .. " = " .. meaning or text end
      seen[text] = true
    end
  end
  return texts[1] and table.concat(texts, ", ")
end

return condition
