-- Runs inside nginx: what the library does in each phase. A client is made in init_by_lua, before
-- the fork.

local app = require "spec.world.openresty.parts.app"
local cjson = require "cjson"
local memory = require "streamctl.store.memory"

local phases = {}

local client, made_in
local uses = 0 -- of the store

-- A store that counts.
local function counted()
  local inner = memory.new()
  return setmetatable({}, { __index = function(_, name)
    return function(_, ...)
      uses = uses + 1
      return inner[name](inner, ...)
    end
  end })
end

local function keep(label, outcome)
  outcome.phase, outcome.made_in = ngx.get_phase(), made_in
  assert(ngx.shared.outcomes:set(label, cjson.encode(outcome)))
end

--- Calls, batches and signs, and keeps what came of it under the name of the handler.
function phases.try(label)
  local before = uses
  local body, message, err = client:resume_rtc_stream { StreamId = "call-" .. label }
  local report = client:batch("ResumeRTCStream", { { StreamId = "batch-" .. label } })
  local used = uses - before
  local signed = client:sign("ResumeRTCStream", { StreamId = "sign-" .. label })
  keep(label, {
    ok = body ~= nil, message = message, code = err and err.code, outcome = err and err.outcome,
    attempts = err and err.attempts, batched = report.succeeded, requests = report.requests,
    uses = used, url = signed and signed.url,
  })
end

--- init_by_lua
function phases.init()
  client, made_in = app.zego { store = counted(), rate_limit = 1000 }, ngx.get_phase()
  phases.try "init"
end

--- init_worker_by_lua
function phases.init_worker()
  phases.try "init_worker"
  assert(ngx.timer.at(0, function() phases.try "timer" end))
end

--- balancer_by_lua
function phases.balance()
  phases.try "balancer"
  local port = tonumber(ngx.var.server_port)
  assert(require("ngx.balancer").set_current_peer("127.0.0.1", port))
end

--- The outcome of one handler; 404 when it has not run yet.
function phases.answer()
  local text = ngx.shared.outcomes:get(ngx.var.arg_label)
  if not text then return ngx.exit(404) end
  ngx.print(text)
end

return phases
