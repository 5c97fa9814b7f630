-- What a parameter takes and refuses, by what the vendor documents (spec/bytes/vectors/operations):
-- each limit just inside and just outside, each value of an enumeration and a wrong one, values of
-- other types; as deep as objects and lists go.

local helper = require "spec.pieces.helper"
local samples = require "spec.support.samples"

local merged, without = helper.merged, helper.without
local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local values = {}

local sample

local function sample_text(fact)
  if fact.sample then return fact.sample end
  if fact.enum then return fact.enum[1] end
  if fact.time then return fact.time end
  return ("a1"):rep(math.ceil((fact.min_length or 2) / 2))
end

local function sample_number(fact)
  if fact.enum then return fact.enum[1] end
  return fact.min or (fact.above and fact.above + 1) or math.min(1, fact.max or 1)
end

-- What the items of a list have to be.
local function item_of(fact)
  return { type = fact.items or "string", fields = fact.fields, enum = fact.item_enum,
    one_of = fact.one_of, id = fact.id, word = fact.word, lines = fact.lines,
    max_length = fact.id and fact.max_length }
end

local function repeated(value, count)
  local list = {}
  for i = 1, count do list[i] = value end
  return list
end

local function sample_object(fact)
  local names, object = samples.sorted(fact.fields or {}), {}
  for _, name in ipairs(names) do
    if fact.fields[name].required then object[name] = sample(fact.fields[name]) end
  end
  local one = fact.one_of and fact.one_of[1]
  if one then object[one] = sample(fact.fields[one]) end
  if next(object) == nil and names[1] then object[names[1]] = sample(fact.fields[names[1]]) end
  return object
end

--- A value that passes.
function values.sample(fact)
  if fact.type == "string" then return sample_text(fact) end
  if fact.type == "integer" or fact.type == "number" then return sample_number(fact) end
  if fact.type == "boolean" then return true end
  if fact.type == "list" then return repeated(sample(item_of(fact)), fact.min_items or 1) end
  if fact.type == "object" and fact.fields then return sample_object(fact) end
  return { Key = "v" }
end

sample = values.sample

local cases = {}

local function add_enum(good, bad, fact, wrong)
  for _, value in ipairs(fact.enum) do good[#good + 1] = value end
  if not fact.open then
    for _, value in ipairs(wrong) do bad[#bad + 1] = { value, "must be one of" } end
  end
end

function cases.string(fact, good, bad)
  local is_time = fact.time ~= nil
  local why = is_time and "must be a UTC time such as" or "must be text, got a "
  for _, value in ipairs { true, {}, print } do bad[#bad + 1] = { value, why } end
  bad[#bad + 1] = { is_time and 1e13 or 5, why }
  if fact.enum then
    add_enum(good, bad, fact, { "no such value", fact.enum[1] .. "x" })
  elseif is_time then
    bad[#bad + 1] = { "2027-02-29T00:00:00Z", why }
    good[#good + 1] = fact.time
  else
    good[#good + 1] = sample_text(fact)
    local is_free = fact.lines and not fact.word and not fact.id
    if is_free then good[#good + 1] = "a\r\n\tb\n" end
    bad[#bad + 1] = { is_free and "a\n\0b" or "a\nb",
      fact.id or (fact.word and fact.lines and "of the characters A-Z") or "control characters" }
    if fact.word then bad[#bad + 1] = { "a.b", fact.id or "of the characters A-Z" } end
  end
  if fact.required then bad[#bad + 1] = { "", fact.id or "must not be empty" } end
  if fact.max_length then
    good[#good + 1] = ("a"):rep(fact.max_length)
    if not fact.word then good[#good + 1] = ("流"):rep(fact.max_length) end
    bad[#bad + 1] = { ("a"):rep(fact.max_length + 1), fact.id or "at most " .. fact.max_length }
  end
  if fact.max_bytes then
    good[#good + 1] = ("a"):rep(fact.max_bytes)
    bad[#bad + 1] = { ("流"):rep(math.ceil((fact.max_bytes + 1) / 3)),
      fact.id or "at most " .. fact.max_bytes .. " bytes" }
  end
end

-- A Sequence: what it takes depends on those before it, see call/parameters_spec.
function cases.sequence(_, _, bad)
  for _, value in ipairs { true, {}, "x", 0, 1.5 } do
    bad[#bad + 1] = { value, "must be a whole number from 1 to 2^53 - 1" }
  end
end

function cases.number(fact, good, bad)
  for _, value in ipairs { "5", true, {} } do
    bad[#bad + 1] = { value, "number, got a " .. type(value) }
  end
  bad[#bad + 1] = { 1 / 0, "number" }
  if fact.enum then
    local greatest = math.max(unpack(fact.enum))
    add_enum(good, bad, fact, { greatest + 1, 99999 })
    return
  end
  good[#good + 1] = sample_number(fact)
  if fact.min then
    good[#good + 1] = fact.min
    bad[#bad + 1] = { fact.min - 1, "must be " }
  end
  if fact.max then
    good[#good + 1] = fact.max
    bad[#bad + 1] = { fact.max + 1, "must be " }
  end
  if fact.above then
    good[#good + 1] = fact.above + 1
    bad[#bad + 1] = { fact.above, "must be greater than " .. fact.above }
  end
end

function cases.integer(fact, good, bad)
  cases.number(fact, good, bad)
  bad[#bad + 1] = { 1.5, "must be a whole number, got 1.5" }
end

function cases.boolean(_, good, bad)
  good[1], good[2] = true, false
  for _, value in ipairs { "true", 1, {} } do bad[#bad + 1] = { value, "must be true or false" } end
end

function cases.list(fact, good, bad)
  local item, least, most = item_of(fact), fact.min_items or 1, fact.max_items
  for _, value in ipairs { 5, true, { a = "b" }, { [2] = sample(item) } } do
    bad[#bad + 1] = { value, "must be a list" }
  end
  if not fact.style and (item.type ~= "string" or least > 1) then
    bad[#bad + 1] = { "text", item.type == "object" and "must be a list" or "must be" }
  end
  if least > 0 then bad[#bad + 1] = { {}, "must be a list" } end
  if least > 1 then bad[#bad + 1] = { repeated(sample(item), least - 1), "must be a list" } end
  good[#good + 1] = repeated(sample(item), least)
  if most then
    good[#good + 1] = repeated(sample(item), most)
    bad[#bad + 1] = { repeated(sample(item), most + 1), "must be a list" }
  end
  local good_items, bad_items = values.of(item)
  for _, value in ipairs(good_items) do
    local list = repeated(value, least)
    good[#good + 1] = list[1] ~= nil and list or { value }
  end
  for _, case in ipairs(bad_items) do
    local list = repeated(sample(item), math.max(least, 2))
    if not most or #list <= most then
      list[2] = case[1]
      bad[#bad + 1] = { list, case[2], "item 2" }
    end
  end
end

function cases.object(fact, good, bad)
  local whole = sample(fact)
  for _, value in ipairs { 5, true } do bad[#bad + 1] = { value, "must be a table with names" } end
  if not fact.style then bad[#bad + 1] = { "text", "must be a table with names" } end
  good[#good + 1] = whole
  if not fact.fields then return end
  bad[#bad + 1] = { merged(whole, { NoSuchField = "x" }), "NoSuchField is no field of" }
  if fact.one_of then
    local one, other = fact.one_of[1], fact.one_of[2]
    good[#good + 1] = merged(without(whole, one), { [other] = sample(fact.fields[other]) })
    bad[#bad + 1] = { without(whole, one), one .. " or " .. other .. " is required" }
  end
  for _, name in ipairs(samples.sorted(fact.fields or {})) do
    local field = fact.fields[name]
    if field.required then bad[#bad + 1] = { without(whole, name), name .. " is required" } end
    local good_fields, bad_fields = values.of(field)
    for _, value in ipairs(good_fields) do good[#good + 1] = merged(whole, { [name] = value }) end
    for _, case in ipairs(bad_fields) do
      bad[#bad + 1] = { merged(whole, { [name] = case[1] }), case[2], name }
    end
  end
end

cases.map = cases.object

--- What a parameter takes, and what it refuses: { value, part of the message, another }.
function values.of(fact)
  local good, bad = {}, {}
  cases[fact.type](fact, good, bad)
  return good, bad
end

return values
