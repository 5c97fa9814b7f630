-- One request as it arrived: raw where a signature needs bytes, decoded where an operation needs
-- values.

local codec = require "emulator.codec"
local json = require "emulator.json"

local M = {}

function M.read_body()
  ngx.req.read_body()
  local body = ngx.req.get_body_data()
  local path = not body and ngx.req.get_body_file()
  if path then
    local file = assert(io.open(path, "rb"))
    body = file:read("*a")
    file:close()
  end
  return body or ""
end

-- All values of one name in the query.
function M.values(request, name)
  local values = {}
  for _, pair in ipairs(request.query) do
    if pair[1] == name then values[#values + 1] = pair[2] end
  end
  return values
end

-- Names that come once map to their value, repeated ones to a list.
local function to_map(list)
  local map = {}
  for _, pair in ipairs(list) do
    local name, value = pair[1], pair[2]
    local known = map[name]
    if known == nil then
      map[name] = value
    elseif type(known) == "table" then
      known[#known + 1] = value
    else
      map[name] = { known, value }
    end
  end
  return map
end

local function read_headers()
  local headers = {}
  for name, value in pairs(ngx.req.get_headers(0)) do
    if type(value) == "table" then
      -- Canonical form of a repeated header: its values sorted and joined.
      local values = {}
      for i, item in ipairs(value) do values[i] = tostring(item) end
      table.sort(values)
      value = table.concat(values, ",")
    end
    headers[name] = tostring(value)
  end
  return headers
end

function M.read(vendor)
  local uri = ngx.var.request_uri
  local path, args = uri:match("^([^?]*)%??(.*)$")
  local headers = read_headers()
  local body = M.read_body()
  local request = {
    vendor = vendor, method = ngx.req.get_method(), uri = uri, path = path, headers = headers,
    body = body, query = codec.parse_pairs(args), form = {},
  }
  if (headers["content-type"] or ""):lower():find("application/x-www-form-urlencoded", 1, true) then
    request.form = codec.parse_pairs(body)
  end

  -- `list` is everything that a parameter can come from, `params` the first value of each name.
  request.list, request.params = {}, {}
  for _, source in ipairs { request.query, request.form } do
    for _, pair in ipairs(source) do
      request.list[#request.list + 1] = pair
      if request.params[pair[1]] == nil then request.params[pair[1]] = pair[2] end
    end
  end
  request.action = headers["x-acs-action"] or request.params.Action
  -- What the parameters say, wherever they are.
  local object = (headers["content-type"] or ""):find("application/json", 1, true)
    and json.decode(body)
  request.values = setmetatable(type(object) == "table" and object or {},
    { __index = request.params })
  request.query_map = to_map(request.query)
  request.form_map = to_map(request.form)
  return request
end

-- The entry of the request log.
function M.describe(request)
  return {
    time = codec.now() * 1000, vendor = request.vendor, action = request.action,
    method = request.method, uri = request.uri, query = request.query_map, form = request.form_map,
    headers = request.headers, body = request.body, conn = tonumber(ngx.var.connection),
    conn_requests = tonumber(ngx.var.connection_requests), protocol = ngx.var.server_protocol,
    product = ngx.var.product ~= "" and ngx.var.product or nil, tls = ngx.var.https == "on",
    port = tonumber(ngx.var.server_port), verified = false, executed = false,
  }
end

return M
