-- Every answer is JSON and names its request.

local auth = require "streamctl.edge.auth"
local cjson = require "cjson"
local errors = require "streamctl.base.errors"
local metrics = require "streamctl.edge.metrics"

local answers = {}

function answers.send(status, body)
  body.request_id = ngx.var.edge_request_id
  local text = cjson.encode(body) .. "\n"
  ngx.status = status
  ngx.header["Content-Type"] = "application/json"
  ngx.header["Content-Length"] = #text
  ngx.print(text)
end

function answers.fail(status, code, message)
  ngx.var.edge_code = code -- for the access log
  answers.send(status, { error = { code = code, message = message } })
end

local PAGES = {
  [400] = { "malformed", "this is no well-formed HTTP request" },
  [403] = { "forbidden", "not from this address" },
  [404] = { "not_found", "there is no such address" },
  [405] = { "method", "this method is not served here" },
  [408] = { "timeout", "the request did not arrive in time" },
  [413] = { "too_large", "the body is larger than 64 KiB, or that of a webhook than 16" },
  [414] = { "too_large", "the address is too long" },
  [431] = { "too_large", "the header is too large" },
  [503] = { "too_many", "too many webhooks of one sender; send it again" },
  [500] = { "internal", "something went wrong here; the error log has more under this request_id" },
}

-- For what nginx refuses by itself.
function answers.error_page()
  local status = ngx.status
  local page = PAGES[status] or { "http", "HTTP status " .. status }
  if status == 405 then ngx.header["Allow"] = "GET, POST" end
  local vendor = ngx.var.edge_route == "webhook"
    and auth.vendor_of_webhook(ngx.var.request_uri:match "^[^?]*")
  if vendor then metrics.webhook(vendor, "refused", page[1]) end
  answers.fail(status, page[1], page[2])
end

-- The status for failures alone, by their codes (a set): of the way to the vendor, our account
-- there, or the store. nil when one of them is the stream's own.
function answers.status_of_failures(codes)
  local common
  for code in pairs(codes) do
    local status = (errors.codes[code] or {})[2]
    if not status then return nil end
    common = (common == nil or common == status) and status or 502
  end
  if common == 503 then ngx.header["Retry-After"] = 2 end
  return common
end

return answers
