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

local function hear(event)
  if event.event == "credentials" then asked[#asked + 1] = event.code end
end

--- Makes the worker's client anew, with nothing known.
function keys.fresh()
  started, asked = 0, {}
  client = streamctl.aliyun.new {
    credentials = role(),
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
