-- What looks at the service from outside: GET /livez, GET /readyz and GET /metrics.
--
-- Alive is a worker that answers. Ready is a worker whose settings hold and whose store answers. An
-- open breaker is named and leaves the worker ready: forbids go out all the same, and a host
-- without requests would never probe the vendor again. No vendor is asked.

local answers = require "streamctl.edge.answers"
local clients = require "streamctl.edge.clients"
local metrics = require "streamctl.edge.metrics"
local vendors = require "streamctl.edge.vendors"

local health = {}

local function states_of_vendors()
  local states = {}
  for vendor in pairs(vendors) do
    if clients[vendor] then
      local is_open = clients.breaker:is_open(vendor)
      states[vendor] = is_open and "breaker_open" or "ok"
      metrics.gauge("breaker_open", is_open, vendor)
    end
  end
  return states
end

-- Returns the code and text of what is wrong, or nil.
local function find_problem()
  if clients.problem then return "not_configured", clients.problem end
  -- no slot is that near, so none is taken
  local delay, why = clients.store:reserve("streamctl-edge:readyz", 1, -1)
  if not delay then return "store", "the store does not answer: " .. why end
end

function health.live() answers.send(200, { status = "ok" }) end

function health.ready()
  local code, text = find_problem()
  local body = { status = code and "not_ready" or "ok", vendors = states_of_vendors() }
  if code then body.error = { code = code, message = text } end
  answers.send(code and 503 or 200, body)
end

function health.metrics()
  states_of_vendors()
  metrics.gauge("ready", find_problem() == nil)
  local text = metrics.text()
  if not text then return answers.fail(501, "not_installed", metrics.MISSING) end
  ngx.header["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
  ngx.print(text)
end

return health
