-- Sends one signed request again and again with lua-http on cqueues.
--
--   <lua> bench/peers/lua_http.lua BASE CA_FILE REQUESTS CONCURRENCY METHOD TARGET [HEADER...]
--
-- CONCURRENCY coroutines, each with a connection that it keeps: http.request makes a new one for each request.
-- Prints what multi_loop prints; "none" when lua-http is not there.

local now = require "monotonic"

local base, ca_file, requests, concurrency, method, target = arg[1], arg[2], tonumber(arg[3]), tonumber(arg[4]), arg[5],
  arg[6]

if not pcall(require, "http.client") then
  print("none")
  os.exit(0)
end
local client = require "http.client"
local cqueues = require "cqueues"
local new_headers = require "http.headers".new
local tls = require "http.tls"

local begun, cpu = now(), os.clock()
local host, port = base:match("//(.*):(%d+)$")
local started, finished, failed, connections = 0, 0, 0, 0

local context = tls.new_client_context()
context:getStore():add(ca_file)

local function request_headers()
  local headers = new_headers()
  headers:append(":method", method)
  headers:append(":scheme", "https")
  headers:append(":authority", host .. ":" .. port)
  headers:append(":path", target)
  headers:append("content-length", "0")
  headers:append("user-agent", "streamctl-bench")
  for i = 7, #arg do
    local name, value = arg[i]:match("^(.-): (.*)$")
    if name ~= "host" then headers:append(name:lower(), value) end -- :authority becomes it
  end
  return headers
end

local function one(connection)
  local stream = assert(connection:new_stream())
  assert(stream:write_headers(request_headers(), true, 30))
  local answer = assert(stream:get_headers(30))
  local body = assert(stream:get_body_as_string(30))
  stream:shutdown()
  finished = finished + 1
  if answer:get ":status" ~= "200" or #body == 0 then failed = failed + 1 end
end

local loop = cqueues.new()
for _ = 1, concurrency do
  loop:wrap(function()
    local connection = assert(client.connect({
      host = host, port = tonumber(port), tls = true, ctx = context, sendname = false, version = 1.1,
    }, 10))
    connections = connections + 1
    while started < requests do
      started = started + 1
      one(connection)
    end
    connection:close()
  end)
end
assert(loop:loop())
print(string.format("%.6f %.6f %d %d %d", now() - begun, os.clock() - cpu, finished, connections, failed))
