-- Takes the vendors' webhooks: POST /webhooks/PART/zego, and /webhooks/PART/aliyun. PART is random,
-- so that strangers get no further. Vendors are answered at once, since after some seconds without
-- an answer they send the same webhook again.
--
-- No line of the error log is written in such a request: nginx would add the request to it, and the
-- query of Alibaba Cloud's holds the publisher's auth_key.

local answers = require "streamctl.edge.answers"
local auth = require "streamctl.edge.auth"
local clients = require "streamctl.edge.clients"
local decisions = require "streamctl.edge.decisions"
local metrics = require "streamctl.edge.metrics"
local reactions = require "streamctl.edge.reactions"
local streamctl = require "streamctl"
local vendors = require "streamctl.edge.vendors"

local webhooks = {}

-- What to answer: status, a word for the counter, and for a failure code and message.
local function take(vendor)
  if clients.problem or not clients.webhooks_of[vendor] then
    return 503, "refused", "not_configured", "webhooks of " .. vendor .. " are not set up here"
  end
  ngx.req.read_body()
  local event, message, err = streamctl[vendor].webhook.verify({
    headers = ngx.req.get_headers(), query = ngx.var.args, body = ngx.req.get_body_data(),
  }, clients.webhooks_of[vendor])
  if not event then
    return err.code == "bad_request" and 400 or 403, "refused", err.code, message
  end
  local stream = vendors[vendor].named(event)
  local is_ours = vendor ~= "zego"
    or clients.zego.account:match "^zego:(%d+)" == tostring(event.app_id)
  if event.kind ~= "stream_started" or not event.verified or not is_ours
    or not vendors[vendor].item(stream) then return 200, "ignored" end
  local key = vendors[vendor].key(stream)
  local number, why = decisions.forbidden(key)
  if number == nil then return 503, "refused", "store", why end
  if not number then return 200, "fine" end
  if not reactions.add { vendor = vendor, stream = stream, key = key, event = event,
    request_id = ngx.var.edge_request_id } then
    return 503, "refused", "overloaded", "too many webhooks wait; send it again"
  end
  return 200, "forbid"
end

-- In content_by_lua.
function webhooks.serve()
  local vendor = auth.vendor_of_webhook(ngx.var.uri)
  if not vendors[vendor] then return answers.fail(404, "not_found", "there is no such address") end
  ngx.var.edge_vendor = vendor
  local fine, status, outcome, code, message = pcall(take, vendor)
  if not fine then
    reactions.log(vendor, ngx.var.edge_request_id, tostring(status))
    status, outcome, code, message = 500, "refused", "internal", "something went wrong here"
  end
  if outcome ~= "forbid" then metrics.webhook(vendor, outcome, code) end -- of those when they end
  if code then return answers.fail(status, code, message) end
  answers.send(status, { webhook = outcome })
end

return webhooks
