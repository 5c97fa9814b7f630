-- Parameters for every operation, made from spec/bytes/vectors/operations, and what they are on the
-- wire.

local cjson = require "cjson"

local samples = {}

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
local loaded = {}

samples.decode = cjson.decode

--- A file of spec/bytes/vectors, decoded.
function samples.vectors(name)
  local file = assert(io.open(here .. "/../bytes/vectors/" .. name .. ".json", "rb"))
  local text = file:read("*a")
  file:close()
  return cjson.decode(text)
end

--- The facts of a vendor by action.
function samples.facts(vendor)
  loaded[vendor] = loaded[vendor] or samples.vectors("operations/" .. vendor).operations
  return loaded[vendor]
end

--- The facts of waits by waiter.
function samples.waiters() return samples.vectors("waiters").waiters end

function samples.sorted(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

local function utc(days) return os.date("!%Y-%m-%dT%H:%M:%SZ", os.time() + days * 86400) end

-- Texts that have a form of their own.
local TEXTS = {
  { "StartTime$", utc(-1) }, { "Time$", utc(1) }, { "^DstUrl$", "rtmp://push.example.com/live/s1" },
  { "Url$", "https://example.com/a" }, { "^NotifyAuthKey$", ("k"):rep(16) }, { "", "s1" },
}

local value_of

-- Never empty: that has no form.
local function object_of(fields, whole)
  local object = {}
  fields = fields or { a = { type = "string" } }
  for name, spec in pairs(fields) do
    if whole or spec.required then object[name] = value_of(name, spec, whole) end
  end
  if next(object) == nil then
    local name = samples.sorted(fields)[1]
    object[name] = value_of(name, fields[name], whole)
  end
  return object
end

function value_of(name, spec, whole)
  if spec.enum then
    return spec.enum[1]
  elseif spec.type == "list" then
    local item = value_of(name, { type = spec.items, fields = spec.fields,
      enum = spec.item_enum }, whole)
    for _, field in ipairs(spec.one_of or {}) do
      item[field] = item[field] or field == spec.one_of[1] and "s1" or nil
    end
    return { item }
  elseif spec.type == "object" or spec.type == "map" then
    return object_of(spec.fields, whole)
  elseif spec.type == "integer" or spec.type == "number" then
    return spec.min and math.max(spec.min, 1) or (spec.above or 0) + 1
  elseif spec.type == "boolean" then
    return true
  end
  for _, text in ipairs(TEXTS) do
    if name:find(text[1]) then return text[2] end
  end
end

-- What is sent with the least where it takes more than what is required: rules between parameters
-- say so, or the client adds something of its own.
local LEAST = {
  CreateLivePullToPush = { SourceType = "vod" }, -- a live source needs its protocol
  SetLiveEdgeTransfer = { HttpDns = "http://dns.example.com" }, -- one of two is needed
  DelForbidUserRule = { IP = "192.0.2.1" },
  SetForbidUserRule = { IP = "192.0.2.1" },
  StartRecord = { RecordInputParams = { RecordMode = 1, ClientTaskId = "c1" } },
}

--- Parameters of an operation: all of them, or those that are documented as required.
function samples.params(vendor, action, whole)
  local params, least = {}, not whole and LEAST[action] or {}
  for name, spec in pairs(samples.facts(vendor)[action].params) do
    local is_filled = name == "Sequence" and samples.facts(vendor)[action].sequence == true
    if least[name] then
      params[name] = least[name]
    elseif not is_filled and (whole or spec.required or spec.documented) then
      params[name] = value_of(name, spec, whole)
    end
  end
  return params
end

local function text_of(value)
  return type(value) == "number" and ("%d"):format(value) or tostring(value)
end

-- Flattened: lists count from `first`, and are `wire` repeated where that is the name.
local function flatten(out, name, value, first, wire)
  if type(value) ~= "table" then
    out[name] = text_of(value)
  elseif wire then
    out[wire] = text_of(value[1])
  else
    for key, item in pairs(value) do
      local part = type(key) == "number" and text_of(key - 1 + first) or key
      flatten(out, name .. "." .. part, item, first)
    end
  end
end

local function same(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  for key, value in pairs(a) do
    if not same(value, b[key]) then return false end
  end
  for key in pairs(b) do
    if a[key] == nil then return false end
  end
  return true
end

--- Compares what arrived with what was given: nil, or a sentence.
function samples.compare(vendor, fact, params, query, form, body)
  for name, value in pairs(params) do
    local spec, flat = fact.params[name], {}
    local place = spec["in"] == "body" and form or query
    if fact.body == "json" then
      if not same(value, body[name]) then return name .. " differs in the body" end
    elseif spec.style == "json" then
      if not same(value, cjson.decode(place[name])) then return name .. " differs in its JSON" end
    else
      if spec.style == "commas" then
        flat[name] = table.concat(value, ",")
      else
        flatten(flat, name, value, vendor == "aliyun" and 1 or 0, spec.wire)
      end
      for key, text in pairs(flat) do
        if place[key] ~= text then
          return ("%s is %s instead of %s"):format(key, tostring(place[key]), text)
        end
      end
    end
  end
end

return samples
