-- A walk over every operation of a vendor, through the public API, by what the vendor documents
-- (spec/bytes/vectors/operations) and never by the rows: what has to be sent is sent, in its place,
-- and what has to be refused is refused before anything is sent.

local assert = require "luassert"
local busted = require "busted"
local helper = require "spec.pieces.helper"
local json = require "streamctl.base.json"
local samples = require "spec.support.samples"
local shell = require "spec.support.emulator.launcher.shell"
local values = require "spec.pieces.rows.values"

local merged, without = helper.merged, helper.without

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local walk = {}

local function show(value)
  local text = type(value) == "table" and json.encode(value) or tostring(value)
  return #text > 200 and text:sub(1, 200) .. "..." or text
end

-- The text of a scalar on the wire.
local function text_of(value)
  if type(value) ~= "number" then return tostring(value) end
  return value == math.floor(value) and ("%.0f"):format(value) or ("%.14g"):format(value)
end

-- One operation: `action`, `params` (facts by name), `rules`; and a client of its own.
local Operation = {}
Operation.__index = Operation

function Operation:sends(params, label, options)
  self.transport.requests = {}
  local body, message = self.client:call(self.action, params, options)
  if not body then error(label .. " was refused: " .. message, 0) end
  assert.equal(1, #self.transport.requests, label)
  return self.transport.requests[1]
end

function Operation:refuses(params, name, parts, label)
  self.transport.requests = {}
  local body, message, err = self.client:call(self.action, params)
  if body then error(label .. " was sent", 0) end
  assert.equal(0, #self.transport.requests, label)
  local prefix = "invalid_parameter: " .. self.action .. ": " .. name
  for _, part in ipairs { prefix, unpack(parts) } do
    if not message:find(part, 1, true) then
      error(label .. " says: " .. message .. "\nand not: " .. part, 0)
    end
  end
  assert.equal("invalid_parameter", err.code, label)
  assert.equal(0, err.attempts, label)
end

-- What rules ask for in addition, so that nothing but the parameter at hand is at fault.
function Operation:complete(params)
  for _, rule in ipairs(self.rules) do
    local kind, name, other, value = rule[1], rule[2], rule[3], rule[4]
    local applies = kind == "required_if" and text_of(params[other]) == value
    if applies and params[name] == nil then
      params = merged(params, { [name] = values.sample(self.params[name]) })
    elseif kind == "any_of" and params[name] == nil and params[other] == nil then
      params = merged(params, { [name] = values.sample(self.params[name]) })
    end
  end
  return params
end

function Operation:with(changes)
  return self:complete(merged(self.base, changes))
end

local function decoded(text)
  return (text:gsub("+", " "):gsub("%%(%x%x)", function(hex)
    return string.char(tonumber(hex, 16))
  end))
end

-- The names and texts of a form.
local function form_of(body)
  local list = {}
  for name, value in (body or ""):gmatch("([^&=]+)=([^&]*)") do
    list[#list + 1], list[#list + 2] = decoded(name), decoded(value)
  end
  return { params = list }
end

-- Asserts that a value travels where and how the vendor documents it.
function Operation:check_sent(request, name, fact, value, label)
  local wire = fact.wire or name
  if self.body == "json" and fact["in"] == "body" then
    local body = json.decode(request.body)
    for field in pairs(self.made) do
      if type(body[wire]) == "table" and type(value) == "table" and value[field] == nil then
        body[wire][field] = nil
      end
    end
    return assert.same(value, body[wire], label)
  end
  local part = fact["in"] == "body" and form_of(request.body) or request
  if fact.style == "json" then
    local text = helper.sent(part, wire)[1]
    return assert.same(value, json.decode_list(text) or json.decode(text), label)
  elseif fact.style == "commas" then
    return assert.same({ table.concat(value, ",") }, helper.sent(part, wire), label)
  elseif type(value) ~= "table" then
    return assert.same({ text_of(value) }, helper.sent(part, wire), label)
  end
  local count = 0
  for i = 1, #part.params, 2 do
    local sent = part.params[i]
    if sent == wire or sent:sub(1, #name + 1) == name .. "." then count = count + 1 end
  end
  assert.is_true(count >= (value[1] ~= nil and #value or 1), label)
end

function Operation:walk_values(name, fact)
  local good, bad = values.of(fact)
  for _, value in ipairs(good) do
    local label = self.action .. "." .. name .. " = " .. show(value)
    local request = self:sends(self:with { [name] = value }, label)
    self:check_sent(request, name, fact, value, label)
    if fact.type == "list" and #value == 1 and type(value[1]) == "string" then
      request = self:sends(self:with { [name] = value[1] }, label) -- a text is a list of one
      self:check_sent(request, name, fact, value, label)
    end
  end
  for _, case in ipairs(bad) do
    local label = self.action .. "." .. name .. " = " .. show(case[1])
    self:refuses(self:with { [name] = case[1] }, name, { case[2], case[3] }, label)
  end
end

local rules = {}

function rules.later(self, name, other)
  local early, late = "2027-01-02T03:04:05Z", "2027-01-02T03:04:06Z"
  self:sends(self:with { [name] = late, [other] = early }, "a later " .. name)
  for _, time in ipairs { early, "2027-01-02T03:04:04Z" } do
    self:refuses(self:with { [name] = time, [other] = early }, name,
      { "must be later than " .. other }, name .. " = " .. time)
  end
end

function rules.future(self, name, seconds)
  local past = { StartTime = self.params.StartTime and "2020-01-01T00:00:00Z" or nil }
  self:sends(self:with(merged(past, { [name] = helper.NOW + 1 })), name .. " in the future")
  self:refuses(self:with(merged(past, { [name] = helper.NOW })), name,
    { "must be later than the present time" }, name .. " now")
  if not seconds then return end
  local last = helper.NOW + tonumber(seconds)
  self:sends(self:with(merged(past, { [name] = last })), "the last " .. name)
  self:refuses(self:with(merged(past, { [name] = last + 1 })), name,
    { ("by %d days at most"):format(seconds / 86400) }, name .. " later than that")
end

function rules.required_if(self, name, other, value)
  local kind, given = self.params[other].type, value
  if kind == "boolean" then given = value == "true" end
  if kind == "integer" then given = tonumber(value) end
  local params = self:with { [other] = given }
  self:sends(params, other .. " = " .. value .. " with " .. name)
  self:refuses(without(params, name), name, { "is required when " .. other .. " is " .. value },
    other .. " = " .. value .. " without " .. name)
end

function rules.single_if(self, name, other, value)
  self:sends(self:with { [other] = value, [name] = { "a" } }, "a single " .. name)
  self:refuses(self:with { [other] = value, [name] = { "a", "b" } }, name,
    { "must hold exactly one item when " .. other .. " is " .. value }, "two of " .. name)
end

function rules.any_of(self, name, other)
  local neither = without(without(self.base, name), other)
  for _, given in ipairs { name, other } do
    self:sends(merged(neither, { [given] = values.sample(self.params[given]) }), given .. " alone")
  end
  self:refuses(neither, name, { " or " .. other .. " is required" }, "neither")
end

function Operation:walk_names()
  local names = samples.sorted(self.params)
  for _, name in ipairs(names) do
    if self.base[name] ~= nil then
      self:refuses(without(self.base, name), name, { "is required" }, "no " .. name)
    end
  end
  local wrong = (names[1] or "Nothing") .. "x"
  if self.params[wrong] then wrong = wrong .. "x" end
  self:refuses(merged(self.base, { [wrong] = "a" }), wrong,
    { "is no parameter of " .. self.action, names[1] and "did you mean '" or nil }, wrong)
  local unchecked = self:sends({ [wrong] = "a" }, "unchecked", { validate = false })
  assert.truthy(((unchecked.body or "") .. table.concat(unchecked.params or {}, " "))
    :find(wrong, 1, true), "unchecked")
end

local function set_of(names)
  local set = {}
  for _, name in ipairs(names) do set[name] = true end
  return set
end

-- What names of ids, names and addresses end with: a line break in those is a slip.
local ONE_LINE = set_of { "id", "ids", "name", "names", "app", "stream", "domain", "domains",
  "url", "urls", "region", "bucket", "endpoint", "key", "token", "time", "type" }

local function may_hold_lines(name)
  local plain = name:lower():gsub("[12]$", "")
  for from = 1, #plain do
    if ONE_LINE[plain:sub(from)] then return false end
  end
  return true
end

-- Facts of a parameter with what only texts of the vendor say of it.
local function read_fact(notes, path, name, fact, detail)
  local own = notes.by_name[path] or notes.by_name[path:match "^%w+" .. " " .. name]
    or notes.by_name[name] or notes.by_name[fact.type .. " " .. name]
  local read = merged(fact, own or {})
  if fact.type == "string" and detail then read.time = notes.times[name] end
  if notes.filled_in[name] or notes.different[path .. ".required"] then read.required = nil end
  read.lines = may_hold_lines(name)
  read.fields = fact.fields and {}
  for field, of_field in pairs(fact.fields or {}) do
    read.fields[field] = read_fact(notes, path .. "." .. field, field, of_field, detail)
  end
  return read
end

--- Describes the walk. `notes`: what the facts do not say: `times` (parameters that are times, and
-- one each), `filled_in` (a set), `made` (fields of objects that are), `by_name` (more facts, by
-- name, "type name", "Action name" or "Action.Name.Field"), `different` (where rows differ from the
-- facts on purpose, such as "Action.Name.required"), and `rules` by action.
function walk.describe(vendor, new_client, notes)
  local path = "spec/bytes/vectors/operations/" .. vendor .. ".json"
  local facts = assert(json.decode(assert(shell.read_file(path)))).operations
  for _, action in ipairs(samples.sorted(facts)) do
    busted.it(action .. " takes what is documented, and nothing else", function()
      local client, transport = new_client()
      local fact = facts[action]
      local self = setmetatable({ action = action, body = fact.body, base = {}, params = {},
        rules = notes.rules[action] or {}, made = notes.made or {},
        client = client, transport = transport }, Operation)
      for name, param in pairs(fact.params) do
        self.params[name] = read_fact(notes, action .. "." .. name, name, param, fact.detail)
      end
      for name, param in pairs(self.params) do
        if param.required then self.base[name] = values.sample(param) end
      end
      self.base = self:complete(self.base)
      self:sends(self.base, action .. " with what is required")
      self:walk_names()
      for _, name in ipairs(samples.sorted(self.params)) do
        self:walk_values(name, self.params[name])
      end
      for _, rule in ipairs(self.rules) do rules[rule[1]](self, rule[2], rule[3], rule[4]) end
    end)
  end
end

return walk
