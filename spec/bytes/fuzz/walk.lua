-- What fuzz_walk.c runs: a function that makes an operation and parameters of bytes, and throws
-- when the request that is made of them, or what is said to be wrong, is not as it must be.
--
-- Each byte makes a choice. Where bytes end, all choices are the first one.

local core = require "streamctl.core"
local json = require "streamctl.base.json"

local NAMES = { "A", "B", "Name", "StreamId", "EndTime", "Tag", "Url", "Domain", "Sequence" }

local TEXTS = {
  "a", "", "on", "b", "5", "a b", "a,b", "a\nb", "a\tb\r\n", "a\0b", "\127", "\255\254", "\"\\/",
  "\228\184\173\228\184\173", "test-", "test-a", ("x"):rep(252), ("x"):rep(257), "true", "01", "12",
  "2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z", "2026-02-30T03:04:05Z", "9007199254740992",
  "[]", "{}", '["a","b"]', '[""]', '{"A":"a","B":{"A":[1,2]}}', "[", "null", '[{"A":"on"}]',
}

local NUMBERS = {
  1, 0, -1, 2, 1.5, -0.0, 1e15, 2 ^ 53, 2 ^ 53 + 2, -2 ^ 53, 1e21, 1 / 0, 0 / 0, 1767323045,
  1767323046.5, 253402300800, 60.0, 1e-7,
  math.maxinteger, math.mininteger, -- luacheck: ignore 143
}

local SCALARS = { "text", "integer", "number", "boolean", "time", "stream_id", "sequence" }

local ODD = { "", "a\n", 1, true, 2.5, print, 0, "b c", math.huge, {} }

-- Choices of bytes: choose(n) is from 1 to n.
local function chooser(bytes)
  local at = 0
  return function(n)
    at = at + 1
    return (bytes:byte(at) or 0) % n + 1
  end
end

local function maker(bytes)
  local self, choose = {}, chooser(bytes)
  self.choose = choose

  local function one(list) return list[choose(#list)] end

  local function maybe(n) return choose(n) == n end

  function self.any(depth)
    local kind = choose(depth > 17 and 4 or 8)
    if kind == 1 then return one(TEXTS) end
    if kind == 2 then return one(NUMBERS) end
    if kind == 3 then return one { true, false, json.null, print, io.stdout } end
    local value = {}
    if kind == 4 then return value end
    for i = 1, choose(kind == 8 and 20 or 3) do
      if kind == 5 then
        value[i] = self.any(depth + 1)
      elseif kind == 8 then -- deep
        value = maybe(2) and { value } or { A = value }
      else
        value[kind == 7 and one(ODD) or one(NAMES)] = self.any(depth + 1)
      end
    end
    if kind == 6 and maybe(20) then value.A = value end
    return value
  end

  local function limit(spec)
    local what = choose(9)
    if what == 2 then spec.min, spec.max = 0, choose(5) end
    if what == 3 then spec.above = 0 end
    if what == 4 then spec.max_length = choose(4) - 1 end
    if what == 5 then spec.max_bytes = choose(4) - 1 end
    if what == 6 then spec.word = true end
    if what == 7 then spec.lines = true end
    if what == 8 then spec.enum = { "on", "5", "a", 1 } end
    if what == 9 then spec.prefixed = true end
  end

  function self.rules(specs)
    local rules = {}
    local function name() return one(specs).name end
    for i = 1, #specs > 0 and choose(3) - 1 or 0 do
      local kind = one { "later", "future", "required_if", "single_if", "any_of" }
      local other = kind == "future" and one { "1", "2592000", "x" } or name()
      rules[i] = { kind, name(), other, one { "on", "1", "true" } }
    end
    return rules
  end

  function self.specs(depth)
    local specs, taken = {}, {}
    for _ = 1, choose(5) - 1 do
      local name, kind = one(NAMES), choose(depth > 4 and 7 or 12)
      if not taken[name] then
        taken[name] = true
        local spec = { name = name, type = SCALARS[kind], required = maybe(3) }
        limit(spec)
        if kind > 7 then
          spec.type = ({ "list", "object", "map", "json_list", "stream_ids" })[kind - 7]
          spec.style = maybe(2) and one { "json", "commas" } or nil
          spec.min_items, spec.max_items = choose(3) - 1, maybe(2) and choose(3) or nil
        end
        if kind == 8 then spec.items = one { "text", "object", "integer", "map", "stream_id" } end
        if kind == 9 or spec.items == "object" then
          spec.fields = not maybe(4) and self.specs(depth + 1) or nil
          spec.rules = spec.fields and self.rules(spec.fields)
        end
        if maybe(8) then spec.query = true end
        if maybe(12) then spec.value = "on" elseif maybe(12) then spec.option = "region" end
        if maybe(12) then spec.wire = name .. "[]" end
        specs[#specs + 1] = spec
      end
    end
    return specs
  end

  function self.operation()
    local row = { action = "Do", method = one { "GET", "POST" }, params = self.specs(1) }
    row.rules = self.rules(row.params)
    row.body = one { false, "form", "json" }
    row.sequence, row.open, row.read = maybe(3), maybe(3), maybe(8)
    if row.open then
      row.rest_style = one { "flat", "json", "commas" }
      row.rest_in_query = maybe(2)
    end
    if #row.params > 0 and maybe(2) then
      row.resource = { one(row.params).name, of = maybe(2) and "kind" or nil, secret = maybe(4) }
      if maybe(3) then row.resource[2] = one(row.params).name end
      row.resource.domains = maybe(4) and { [row.resource[1]] = true } or nil
    end
    return row
  end

  -- One that fits, if the bytes choose so.
  function self.value(spec, depth)
    local kind = spec.type
    if maybe(6) then return self.any(depth) end
    if kind == "integer" or kind == "number" then return one(NUMBERS) end
    if kind == "boolean" then return maybe(2) end
    if kind == "object" and spec.fields then return self.params(spec.fields, depth + 1) end
    if kind ~= "list" and kind ~= "json_list" and kind ~= "stream_ids" then
      return kind == "time" and maybe(2) and one(NUMBERS) or kind ~= "object" and kind ~= "map"
        and one(TEXTS) or self.any(depth)
    end
    if maybe(5) then return one(TEXTS) end
    local list = {}
    for i = 1, choose(4) - 1 do
      list[i] = self.value({ type = spec.items or "text", fields = spec.fields }, depth + 1)
    end
    return list
  end

  function self.params(specs, depth)
    local params = {}
    for _, spec in ipairs(specs) do
      if not maybe(spec.required and 10 or 2) then params[spec.name] = self.value(spec, depth) end
    end
    if maybe(8) then params[maybe(2) and one(ODD) or "Odd"] = self.any(depth) end
    return params
  end

  return self
end

-- ---- what must hold ----

local HOST = "h.example.com"

local SIGNERS = {
  assert(core.signer("acs3", { host = HOST, version = "2016-11-01" })),
  assert(core.signer("zego", { host = HOST, app_id = 1, server_secret = ("a"):rep(32) })),
}

local FAULTS = {}
for _, name in ipairs {
  "missing", "no_text", "empty", "control", "long", "many_bytes", "no_word", "not_allowed",
  "no_integer", "no_number", "no_boolean", "not_above", "out_of_range", "no_time", "json_text",
  "no_list", "gaps", "no_items", "few_items", "many_items", "stream_id", "prefixed_long",
  "sequence", "rule", "unknown", "memory", "no_object", "many_resources", "nul", "not_finite",
  "unsendable", "deep", "empty_table", "no_names", "no_list_of_commas", "comma", "no_name",
} do
  FAULTS[name] = true
end

-- A value as text, however deep, for what must stay as it was. `seen` tables are told once, since a
-- table may be in many places.
local function text_of(value, seen)
  if type(value) ~= "table" or seen[value] then return tostring(value) end
  local parts = {}
  seen[value] = true
  for name, item in next, value do
    parts[#parts + 1] = tostring(name) .. "=" .. text_of(item, seen)
  end
  table.sort(parts)
  return "{" .. table.concat(parts, ";") .. "}"
end

local function flat_texts(list)
  local texts = {}
  for i, text in ipairs(list) do
    assert(type(text) == "string", "a text to send")
    texts[i] = #text .. ":" .. text
  end
  assert(#list == #texts and #list % 2 == 0, "names and texts")
  return table.concat(texts, ",")
end

local function check_fault(row, found, path, spec)
  assert(FAULTS[found], "a fault with a name")
  assert(type(path) == "string", "where it is")
  assert(spec == nil or type(spec) == "table", "what it should have been")
  assert(not row.open or found ~= "missing" and found ~= "unknown" and found ~= "rule", "unchecked")
end

-- What is sent of a parameter of each type.
local SENT = {
  integer = "^%-?%d+$", boolean = "^[tf][ra][ul][es]e?$", sequence = "^[1-9]%d*$",
  stream_id = "^[%w_-]+$", time = "^%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%dZ$",
}

local function check_types(row, params)
  for _, spec in ipairs(row.params) do
    for i = 1, #params, 2 do
      local is_filled_in = spec.value or spec.option or row.sequence and spec.name == "Sequence"
      if params[i] == (spec.wire or spec.name) and not is_filled_in then
        assert(params[i + 1]:find(SENT[spec.type] or ""), "a text of its type")
      end
    end
  end
end

-- One of several resources gives way.
local function check_stamp(request, resources)
  if #resources < 2 or not pcall(request.stamp, request, 5, { 1 }) then return end
  assert(request.sequence == 5, "its number")
  assert(table.concat(request:resources(), "\n") == table.concat(resources, "\n", 2), "the others")
end

local function check_request(row, request, again)
  local params, body = flat_texts(request.params), request.body or ""
  assert(params == flat_texts(again.params) and request.body == again.body, "the same twice")
  assert(request.method == row.method and request.action == "Do", "the call")
  if row.body == "json" then
    assert(request.content_type == "application/json", "its type")
    assert(row.open or json.decode(body) or not json.is_utf8(body), "its body")
  elseif row.body == "form" then
    assert(not body:find("[^%w%%&=._~-]"), "its form")
  else
    assert(body == "", "no body")
  end
  local resources = request:resources() or {}
  assert(row.resource or #resources == 0 or row.sequence, "what it changes")
  assert(#resources <= 1000, "so many")
  for _, text in ipairs(resources) do assert(type(text) == "string", "a key") end
  if not row.open then check_types(row, request.params) end
  if row.sequence then check_stamp(again, resources) end
end

return function(bytes)
  local made = maker(bytes)
  local row = made.operation()
  local fine, make = pcall(core.operation, row)
  if not fine then
    assert(type(make) == "string" and not make:find("assert", 1, true), make)
    return
  end
  local of_zego = made.choose(2) == 2
  local prefix = of_zego and made.choose(2) == 2 and "test-" or nil
  local context = { from_zero = of_zego, region = "mars", stream_prefix = prefix }
  local signer = SIGNERS[of_zego and 2 or 1]
  local params = row.open and made.choose(2) == 2 and made.any(1) or made.params(row.params, 1)
  if type(params) ~= "table" then return end
  local before = text_of(params, {})
  local request, found, path, spec, value, rule = make(params, context, signer, true)
  local again = make(params, context, signer, true)
  assert(text_of(params, {}) == before, "the caller's tables are as they were")
  assert((not request) == (not again), "the same verdict twice")
  if request then
    check_request(row, request, again)
  elseif request == nil then
    check_fault(row, found, path, spec, value, rule)
  else
    assert(type(found) == "string" and type(path) == "string", "a message and a code")
  end
end
