-- luacheck: std min+ngx_lua
-- What the service of edge.conf does: it answers each request by one ResumeRTCStreams.

local streamctl = require "streamctl"
local cjson = require "cjson"

local edge = {}

-- Where vendor.conf listens, from the first port on.
local PORTS = { instant = 0, call = 1, late = 2 }
local APP_ID, SECRET = "1234567890", "9193cc662a4c0ec135ec71fb57194b38"

-- The calls through the public API.
local function engine(base, ca_file)
  local client = streamctl.zego.new {
    app_id = tonumber(APP_ID), server_secret = SECRET, rate_limit = false, endpoint = base,
    tls = { ca_file = ca_file },
  }
  return function(stream) return client:resume_rtc_streams { StreamId = { stream } } end
end

-- The same over lua-resty-http, as its documentation shows it: a request that is signed by hand and
-- an answer whose Code is looked at. Nothing is checked, and no call keeps an order of its own.
local function by_hand(base, _, root)
  local function load_peer(name, ...)
    return assert(loadfile(root .. "/tools/bench/peers/" .. name .. ".lua"))(...)
  end
  local http = require "resty.http"
  local account = { APP_ID = APP_ID, ZEGO_SECRET = SECRET, ID = "", SECRET = "", HOST = "",
    VERSION = "" }
  local sign = load_peer "handwritten"(load_peer "nginx"(account), account).zego
  local sequence = ngx.now() * 1000
  return function(stream)
    sequence = sequence + 1
    local target = sign("GET", "ResumeRTCStreams",
      { StreamId = { stream }, Sequence = string.format("%d", sequence) })
    local answer, message = http.new():request_uri(base .. target,
      { ssl_server_name = "127.0.0.1", keepalive_timeout = 60000, keepalive_pool = 100 })
    if not answer or answer.status ~= 200 then return nil, message or answer.status end
    local body = cjson.decode(answer.body)
    if body.Code ~= 0 then return nil, body.Message end
    return body
  end
end

local KINDS = { engine = engine, by_hand = by_hand }

local calls, count = {}, 0

--- @param kind the name of one of KINDS
-- @tparam integer port the vendor's first
-- @tparam string ca_file its authority; lua-resty-http has it from nginx
-- @tparam string root the checkout
function edge.configure(kind, port, ca_file, root)
  if not pcall(require, "resty.string") then
    package.loaded["resty.string"] = require "nginx.string" -- as Debian calls it
  end
  for path, offset in pairs(PORTS) do
    calls[path] = KINDS[kind]("https://127.0.0.1:" .. port + offset, ca_file, root)
  end
end

--- Answers one request by one call.
function edge.serve(path)
  count = count % 1000 + 1
  local answer, message = calls[path]("stream-" .. count)
  local text = answer and "ok" or tostring(message)
  ngx.status = answer and 200 or 502
  ngx.header.content_length = #text
  ngx.print(text)
end

return edge
