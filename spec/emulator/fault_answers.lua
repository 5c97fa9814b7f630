-- What each kind of fault makes of an answer. A function gets the fault, the request, the vendor's
-- module and the answer (nil when the operation was not executed); it returns the answer to
-- deliver. Besides status, body, headers and code an answer may then have `wire`: how deliver.lua
-- is to misbehave while it sends.

local json = require "emulator.json"

local M = {}

local HTML = "<html>\r\n<head><title>%d</title></head>\r\n"
  .. "<body>\r\n<center><h1>%d</h1></center>\r\n"
  .. "<hr><center>proxy</center>\r\n</body>\r\n</html>\r\n"

local function raw(status, text, content_type)
  return { status = status, code = "raw", raw = text,
    headers = { ["Content-Type"] = content_type } }
end

local function page(status)
  return raw(status, HTML:format(status, status), "text/html; charset=utf-8")
end

local function with(answer, changes)
  answer = answer or {}
  for name, value in pairs(changes) do answer[name] = value end
  return answer
end

local function reset(fault)
  return { status = 444, code = "reset", wire = { kind = "reset", rst = fault.rst } }
end

M.reset_before = reset
M.reset_after = reset

function M.status(fault, request, vendor)
  local status = fault.status or 500
  local answer
  if fault.body then
    answer = raw(status, fault.body, "application/json")
  elseif not fault.code then
    answer = page(status)
  elseif request.vendor ~= "zego" then
    answer = vendor.error(request, status, fault.code, fault.message
      or "The request processing has failed.")
  else
    answer = with(vendor.error(request, fault.code, fault.message or "failed"), { status = status })
  end
  answer.headers = answer.headers or {}
  if fault.retry_after_ms then
    answer.headers["x-acs-retry-after"] = string.format("%d", fault.retry_after_ms)
  end
  if fault.retry_after then answer.headers["Retry-After"] = tostring(fault.retry_after) end
  return answer
end

function M.html(fault) return page(fault.status or 200) end

function M.xml_error(fault, request)
  local code = fault.code or "ServiceUnavailable"
  local text = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>' .. code .. "</Code><Message>"
    .. (fault.message or "The request has failed.") .. "</Message><HostId>"
      .. (request.headers.host or "")
    .. "</HostId><RequestId>" .. request.request_id .. "</RequestId></Error>"
  return with(raw(fault.status or 400, text, "text/xml;charset=utf-8"), { code = code })
end

function M.empty(fault) return raw(fault.status or 200, "", "application/json") end

function M.no_content() return { status = 204, code = "raw", raw = "" } end

function M.truncated(fault, _, _, answer)
  return with(answer, { wire = { kind = "truncated", missing = fault.missing or 100 } })
end

function M.huge(fault, _, _, answer)
  return with(answer, { wire = { kind = "huge", bytes = fault.bytes or 2 ^ 21,
    chunked = fault.chunked } })
end

function M.slow_body(fault, _, _, answer)
  return with(answer, { wire = { kind = "slow", pause = fault.pause or 1, chunks = fault.chunks
    or 4 } })
end

function M.garbage_json(fault, _, _, answer)
  local text = json.encode(answer and answer.body or { RequestId = "" })
  return raw(fault.status or 200, text:sub(1, math.floor(#text / 2)) .. "\0}]", "application/json")
end

-- Code as it should not be: "0" by default, "missing" to leave it out, or any JSON value.
function M.code_type(fault, _, _, answer)
  local value = fault.value
  if value == nil then
    value = "0"
  elseif value == "missing" then
    value = nil
  end
  if answer and answer.body then answer.body.Code = value end
  return answer
end

-- Failures that Alibaba Cloud reports inside a 200.
function M.ret_code(fault, request)
  local value = fault.value or 5
  return { status = 200, code = value, body = {
    RetCode = value, Description = fault.description or "failed", RequestId = request.request_id,
  } }
end

function M.status_fail(_, request)
  return { status = 200, code = "fail", body = { Status = "fail", RequestId = request.request_id } }
end

function M.body(fault)
  local answer = raw(fault.status or 200, fault.body or "", fault.content_type
    or "application/json")
  for name, value in pairs(fault.headers or {}) do answer.headers[name] = tostring(value) end
  return answer
end

function M.redirect(fault)
  local answer = page(fault.status or 302)
  answer.headers.Location = fault.location
  return answer
end

function M.throttle(fault, request, vendor)
  return vendor.throttled(request, fault.retry_after_ms)
end

function M.nonce_used(_, request, vendor)
  return vendor.error(request, 400, "SignatureNonceUsed",
    "Specified signature nonce was used already.")
end

function M.expired(_, request, vendor) return vendor.expired(request) end

function M.gzip(_, _, _, answer) return with(answer, { wire = { kind = "gzip" } }) end

return M
