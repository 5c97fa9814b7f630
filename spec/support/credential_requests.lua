-- Requests of the credential scenarios in one form, recorded ones and those that arrived: what has
-- to be equal is in it, and nothing else.

local cjson = require "cjson"

local requests = {}

local function decode(text)
  return (text:gsub("+", " "):gsub("%%(%x%x)", function(digits)
    return string.char(tonumber(digits, 16))
  end))
end

-- "a=1&b=2" as a map; nil for nothing.
local function pairs_of(text)
  local map
  for name, value in (text or ""):gmatch("([^&=]+)=([^&]*)") do
    map = map or {}
    map[decode(name)] = decode(value)
  end
  return map
end

-- The order of a query and how it is encoded are free, but a GET's goes out as it was written.
local function add_query(request, query)
  if request.method == "GET" then
    request.raw_query = query
  else
    request.query = pairs_of(query)
  end
end

local FORM = "application/x-www-form-urlencoded"

local function add_body(request, body)
  if body == nil or body == "" then return end
  local content_type = request.headers["content-type"] or ""
  if content_type == FORM then
    request.form = pairs_of(body)
  elseif content_type:find("^application/json") then
    request.json = cjson.decode(body)
  else
    request.body = body
  end
end

-- Made by any client for any request.
local PLAIN = { host = true, ["user-agent"] = true, connection = true, ["content-length"] = true }

local function headers_of(...)
  local headers = {}
  for name, value in ... do
    name = name:lower()
    if not PLAIN[name] and not (name == "accept" and value == "*/*") then headers[name] = value end
  end
  return headers
end

--- A recorded one.
function requests.recorded(given)
  local request = {
    method = given.method, origin = given.scheme .. "://" .. given.host, path = given.path,
    connect = given.connect, status = given.answer ~= cjson.null and given.answer or nil,
  }
  local i = 0
  request.headers = headers_of(function()
    i = i + 1
    local pair = (given.headers or {})[i]
    if pair then return pair[1], pair[2] end
  end)
  add_query(request, given.query)
  add_body(request, given.body)
  return request
end

--- One that a transport was given for an origin.
function requests.arrived(given, origin)
  local target, headers = given:sign()
  local path, query = target:match("^([^?]*)%??(.*)$")
  local request = { method = given.method, origin = origin, path = path,
    headers = headers_of(pairs(headers)) }
  add_query(request, query ~= "" and query or nil)
  add_body(request, given.body)
  return request
end

-- What we send otherwise: fields replace fields, what stands in the maps is added, and false takes
-- away.
local MAPS = { headers = true, query = true, form = true }

local function with(request, changes)
  for name, value in pairs(changes) do
    if MAPS[name] then
      request[name] = request[name] or {}
      for key, item in pairs(value) do request[name][key] = item or nil end
    elseif name ~= "of" and name ~= "step" then
      request[name] = value
    end
  end
  return request
end

--- What has to arrive in a step of a scenario.
function requests.expected(steps, index)
  local recorded, list = steps[index].requests or {}, {}
  local ours = steps[index].ours and steps[index].ours.requests
  if not ours then
    ours = {}
    for i in ipairs(recorded) do ours[i] = i end
  end
  for i, item in ipairs(ours) do
    if type(item) == "number" then item = { of = item } end
    local from = item.step and steps[item.step].requests or recorded
    list[i] = with(requests.recorded(assert(from[item.of], "no request " .. item.of)), item)
  end
  return list
end

return requests
