-- One request: raw where a signature needs bytes, decoded where an operation needs values.

local json = require "spec.support.model.json"
local memory = require "spec.support.model.memory"

local M = {}

-- A "+" is a space, as both vendors read it; a "%" that starts no escape stays.
local function decode(text)
  if not text:find("[+%%]") then return text end
  return (text:gsub("+", " "):gsub("%%(%x%x)", function(digits)
    return string.char(tonumber(digits, 16))
  end))
end

-- "a=1&b=2" to a list of { name, value, raw_name } in the order of arrival.
local function parse_pairs(text)
  local list = {}
  for pair in text:gmatch("[^&]+") do
    local name, value = pair:match("^([^=]*)=(.*)$")
    name = name or pair
    list[#list + 1] = { decode(name), decode(value or ""), name }
  end
  return list
end

-- All values of one name in the query.
function M.values(request, name)
  local values = {}
  for _, pair in ipairs(request.query) do
    if pair[1] == name then values[#values + 1] = pair[2] end
  end
  return values
end

-- `target` is path?query; the names of `headers` are in lower case. In the request `list` is
-- everything that a parameter can come from, and `params` has the first value of each name.
-- `values` has the parameters' values, be they in a JSON body.
function M.new(vendor, method, target, headers, body)
  local path, args = target:match("^([^?]*)%??(.*)$")
  local request = {
    vendor = vendor, method = method, uri = target, path = path, headers = headers or {},
    body = body or "", query = parse_pairs(args), form = {}, list = {}, params = {},
    request_id = vendor == "zego" and memory.digits() or memory.uuid():upper(),
  }
  local content_type, params = request.headers["content-type"] or "", request.params
  if content_type:lower():find("application/x-www-form-urlencoded", 1, true) then
    request.form = parse_pairs(request.body)
  end
  for _, source in ipairs { request.query, request.form } do
    for _, pair in ipairs(source) do
      request.list[#request.list + 1] = pair
      if params[pair[1]] == nil then params[pair[1]] = pair[2] end
    end
  end
  -- ZEGO's headers carry no action.
  request.action = vendor ~= "zego" and request.headers["x-acs-action"] or params.Action
  local object = content_type:find("application/json", 1, true) and json.decode(request.body)
  request.values = type(object) == "table" and setmetatable(object, { __index = params }) or params
  return request
end

return M
