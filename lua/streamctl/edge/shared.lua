-- What all workers share beside decisions and metrics, in the dict edge_state: the vendors' circuit
-- breaker, and the webhooks that were refused.

local breaker = require "streamctl.edge.breaker"
local core = require "streamctl.core"
local metrics = require "streamctl.edge.metrics"
local refusals = require "streamctl.edge.refusals"

local dict = ngx.shared.edge_state

local function log(text)
  ngx.log(ngx.WARN, "streamctl-edge: ", text)
end

return {
  breaker = breaker.new { dict = dict, now = core.monotonic, random = core.random, log = log },
  refusals = refusals.new { dict = dict, log = log, count = metrics.webhook },
}
