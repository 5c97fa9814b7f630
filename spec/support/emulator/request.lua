-- One request as it arrived.

local codec = require "spec.support.emulator.codec"
local requests = require "spec.support.model.request"

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
  local request = requests.new(vendor, ngx.req.get_method(), ngx.var.request_uri, read_headers(),
    M.read_body())
  request.product = ngx.var.product ~= "" and ngx.var.product or nil
  request.query_map, request.form_map = to_map(request.query), to_map(request.form)
  return request
end

-- The entry of the request log.
function M.describe(request)
  return {
    time = codec.now() * 1000, vendor = request.vendor, action = request.action,
    method = request.method, uri = request.uri, query = request.query_map, form = request.form_map,
    headers = request.headers, body = request.body, conn = tonumber(ngx.var.connection),
    conn_requests = tonumber(ngx.var.connection_requests), protocol = ngx.var.server_protocol,
    product = request.product, tls = ngx.var.https == "on",
    resumed = ngx.var.ssl_session_reused == "r",
    port = tonumber(ngx.var.server_port), verified = false, executed = false,
  }
end

return M
