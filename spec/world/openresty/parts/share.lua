-- Runs inside nginx: requests of clients, whose calls share requests to the vendor.

local app = require "spec.world.openresty.parts.app"
local memory = require "streamctl.store.memory"

local share = {}

local client, started = nil, 0

function share.call()
  client = client or app.zego { share_requests = true, rate_limit = 0.25, store = memory.new() }
  started = started + 1
  local body, message = client:resume_rtc_streams { StreamId = { ngx.var.arg_id } }
  ngx.print(body and "ok" or message)
end

function share.started() ngx.print(started) end

return share
