-- luacheck: std min+ngx_lua
-- What the service of edge.conf does.

local streamctl = require "streamctl"

local edge = {}

local KINDS = {
  engine = { transport = "curl" },
  cosockets = { transport = "resty" },
  plain = {},
  blocking = { transport = "curl", loop = "blocking" },
}

-- Where upstream.conf listens, from the first port on.
local PORTS = { call = 0, instant = 1, late = 2 }

local kind, upstream, ca_file
local clients, calls = {}, 0

--- @param name of the kind
-- @tparam integer port the upstream's first
-- @tparam string ca the file of its authority; cosockets have it from nginx
function edge.configure(name, port, ca)
  kind, upstream, ca_file = KINDS[name], port, ca
end

local function client_of(path)
  if not clients[path] then
    clients[path] = assert(streamctl.zego.new {
      app_id = 1234567890, server_secret = "9193cc662a4c0ec135ec71fb57194b38", rate_limit = false, retry = false,
      endpoint = "https://127.0.0.1:" .. upstream + PORTS[path], transport = kind.transport, loop = kind.loop,
      tls = kind.transport == "curl" and { ca_file = ca_file } or nil,
    })
  end
  return clients[path]
end

-- The same over lua-resty-http alone, as its documentation shows it: a target as long as a signed one, which nobody
-- signs, and an answer that nobody reads.
local TARGET = "/?" .. ("x"):rep(200)

local function plain(path)
  if not package.loaded["resty.string"] and not pcall(require, "resty.string") then
    package.loaded["resty.string"] = require "nginx.string" -- as Debian calls it
  end
  local answer, message = require("resty.http").new():request_uri(
    "https://127.0.0.1:" .. upstream + PORTS[path] .. TARGET,
    { ssl_server_name = "127.0.0.1", keepalive_timeout = 60000, keepalive_pool = 100 })
  return answer and answer.status == 200, message
end

--- Answers one request by one call.
function edge.serve(path)
  calls = calls % 1000 + 1
  local answer, message
  if kind == KINDS.plain then
    answer, message = plain(path)
  else
    answer, message = client_of(path):resume_rtc_streams { StreamId = { "stream-" .. calls } }
  end
  local text = answer and "ok" or message
  ngx.status = answer and 200 or 502
  ngx.header.content_length = #text
  ngx.print(text)
end

return edge
