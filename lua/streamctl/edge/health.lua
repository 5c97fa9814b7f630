-- What looks at the service from outside: GET /livez, GET /readyz and GET /metrics.
--
-- Alive is a worker that answers. Ready is a worker that could serve a call: its settings hold, the
-- store answers, and some vendor may be called: its breaker is closed, or waits for a probe, which
-- would never come to a host that is not ready. A vendor whose breaker is open is named, but does
-- not stop calls of the other vendor. No vendor is asked.

local answers = require "streamctl.edge.answers"
local clients = require "streamctl.edge.clients"
local metrics = require "streamctl.edge.metrics"
local shared = require "streamctl.edge.shared"
local vendors = require "streamctl.edge.vendors"

local health = {}

-- The states of the vendors that are set up, and whether any of them may be called.
local function states_of_vendors()
  local states, any = {}, false
  for vendor in pairs(vendors) do
    if clients[vendor] then
      local is_open = shared.breaker:is_open(vendor)
      states[vendor] = is_open and "breaker_open" or "ok"
      any = any or not is_open or not shared.breaker:pause(vendor)
      metrics.breaker(vendor, is_open)
    end
  end
  return states, any
end

-- Returns the code and text of what is wrong, or nil; and the states of the vendors.
local function find_problem()
  local states, any = states_of_vendors()
  local problem = clients.problem()
  if problem then return "not_configured", problem, states end
  -- no slot is that near, so none is taken
  local delay, why = clients.store:reserve("streamctl-edge:readyz", 1, -1)
  if not delay then return "store", "the store does not answer: " .. why, states end
  if not any then return "breaker_open", "all vendors only fail at present", states end
  return nil, nil, states
end

function health.live()
  answers.send(200, { status = "ok" })
end

function health.ready()
  local code, text, states = find_problem()
  local body = { status = code and "not_ready" or "ok", vendors = states }
  if code then body.error = { code = code, message = text } end
  answers.send(code and 503 or 200, body)
end

function health.metrics()
  metrics.ready(find_problem() == nil)
  if not metrics.serve() then answers.fail(501, "not_installed", metrics.MISSING) end
end

return health
