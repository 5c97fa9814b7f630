-- Runs inside nginx: clients whose credentials come from elsewhere and change.

local app = require "spec.world.openresty.parts.app"
local core = require "streamctl.core"
local streamctl = require "streamctl"

local keys = {}

local started, asked = 0, {}
local client

-- ---- the clock of the library's Lua ----

local monotonic = core.monotonic
local base, slowness = 0, 1

function core.monotonic() return base + (monotonic() - base) / slowness end

function core.clocks() return core.monotonic(), core.now() end

--- Durations seem `slow` times shorter than they are.
function keys.clock()
  base, slowness = monotonic(), tonumber(ngx.var.arg_slow or 1)
  ngx.print "ok"
end

-- ---- clients ----

local function role()
  return streamctl.aliyun.credentials.ecs_role {
    endpoint = os.getenv "STREAMCTL_EMULATOR_METADATA", timeout = 60,
  }
end

-- What the metadata server says, over sockets of our own.
local function ask_metadata(method, path, header)
  local host, port = os.getenv("STREAMCTL_EMULATOR_METADATA"):match "^http://([^:]+):(%d+)$"
  local socket = ngx.socket.tcp()
  socket:settimeout(60000)
  assert(socket:connect(host, tonumber(port)))
  assert(socket:send(("%s %s HTTP/1.0\r\nHost: %s\r\n%s\r\n"):format(method, path, host,
    header or "")))
  local text = assert(socket:receive "*a")
  socket:close()
  return text:match "\r\n\r\n(.*)$"
end

local ROLE = "/latest/meta-data/ram/security-credentials/streamctl-role"

-- A function of the user's own that yields, in both ways.
local function by_hand()
  ngx.sleep(0.01)
  local token = ask_metadata("PUT", "/latest/api/token",
    "X-aliyun-ecs-metadata-token-ttl-seconds: 60\r\n")
  local found = require("cjson").decode(ask_metadata("GET", ROLE,
    "X-aliyun-ecs-metadata-token: " .. token .. "\r\n"))
  return { access_key_id = found.AccessKeyId, access_key_secret = found.AccessKeySecret,
    security_token = found.SecurityToken }
end

local function hear(event)
  if event.event == "credentials" then asked[#asked + 1] = event.code end
end

--- Makes the worker's client anew, with nothing known; `kind`: role or hand.
function keys.fresh()
  local kind = ngx.var.arg_kind or "role"
  started, asked = 0, {}
  client = streamctl.aliyun.new {
    credentials = kind == "role" and role() or by_hand,
    endpoint = os.getenv "ALIBABA_CLOUD_ENDPOINT",
    retry = false, rate_limit = false, timeout = 60, attempt_timeout = 60, connect_timeout = 20,
    on_event = hear, tls = { ca_file = os.getenv "STREAMCTL_CA_FILE" },
  }
  ngx.print "ok"
end

-- Each call is about another stream: else newer ones overtake those that wait for a key.
local count = 0

local function operation()
  count = count + 1
  return "ResumeLiveStream", { DomainName = "push.example.com", AppName = "app",
    StreamName = ("s%d-%d"):format(ngx.worker.pid(), count), LiveStreamType = "publisher" }
end

--- One call; answers "ok" or its message.
function keys.call()
  started = started + 1
  local body, message = client:call(operation())
  ngx.print(body and "ok" or message)
end

--- What happened in this worker.
function keys.state()
  app.answer { started = started, asked = asked }
end

return keys
