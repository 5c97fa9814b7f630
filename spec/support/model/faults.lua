-- The kinds of faults and the answers that they make. Waiting is left to the emulator, and so is
-- the `wire` of an answer: its deliver.lua misbehaves as that says.

local json = require "spec.support.model.json"

local M = {}

local HTML = "<html>\r\n<head><title>%d</title></head>\r\n"
  .. "<body>\r\n<center><h1>%d</h1></center>\r\n"
  .. "<hr><center>proxy</center>\r\n</body>\r\n</html>\r\n"

local function raw(status, text, content_type)
  return { status = status, code = "raw", raw = text,
    headers = { ["Content-Type"] = content_type or "application/json" } }
end

local function reset(fault) return { status = 444, code = "reset", wire = fault } end

-- The answer is sent, but not as it should be.
local function spoil(fault, _, _, answer)
  answer.wire = fault
  return answer
end

local function add_retry_after(fault, answer)
  answer.headers = answer.headers or {}
  answer.headers["Retry-After"] = fault.retry_after and tostring(fault.retry_after)
  return answer
end

local function answer_status(fault, request, vendor)
  local status, code, answer = fault.status or 500, fault.code
  if fault.body then
    answer = raw(status, fault.body)
  elseif not code then
    answer = raw(status, HTML:format(status, status), "text/html; charset=utf-8")
  elseif request.vendor ~= "zego" then
    answer = vendor.error(request, status, code, fault.message
      or "The request processing has failed.")
  else
    answer = vendor.error(request, code, fault.message or "failed")
    answer.status = status
  end
  local wait = fault.retry_after_ms
  answer.headers = answer.headers or {}
  answer.headers["x-acs-retry-after"] = wait and string.format("%d", wait)
  return add_retry_after(fault, answer)
end

local function answer_body(fault)
  local answer = raw(fault.status or 200, fault.body or "", fault.content_type)
  for name, value in pairs(fault.headers or {}) do answer.headers[name] = tostring(value) end
  return answer
end

local function answer_half(_, _, _, answer)
  local text = json.encode(answer.body or { RequestId = "" })
  return raw(200, text:sub(1, math.floor(#text / 2)) .. "\0}]")
end

local function change_code(fault, _, _, answer)
  local code = fault.value == nil and "0" or fault.value
  if answer.body then answer.body.Code = code ~= "missing" and code or nil end
  return answer
end

local function answer_ret_code(fault, request)
  local value = fault.value or 5
  return { status = 200, code = value, body = { RetCode = value, Description = "failed",
    RequestId = request.request_id } }
end

-- Every kind: whether the operation takes effect all the same (`execute`), the `vendor` that alone
-- has it, its `fields` with the types of their values, and the `answer` that it makes of the fault,
-- the request, the vendor's module and the answer without the fault.
M.kinds = {
  latency = { execute = true,
    fields = { seconds = "number", after = "boolean", together = "number", held = "boolean" } },
  reset_before = { fields = {}, answer = reset },
  reset_after = { execute = true, fields = {}, answer = reset },
  truncated = { execute = true, fields = { missing = "number" }, answer = spoil },
  huge = { execute = true, fields = { bytes = "number", chunked = "boolean" }, answer = spoil },
  slow_body = { execute = true, fields = { pause = "number", chunks = "number" }, answer = spoil },
  status = { answer = answer_status, fields = { status = "number", code = "any",
    message = "string", body = "string", retry_after_ms = "number", retry_after = "any" } },
  body = { answer = answer_body, fields = { body = "string", status = "number",
    content_type = "string", headers = "table" } },
  garbage_json = { execute = true, fields = {}, answer = answer_half },
  code_type = { execute = true, vendor = "zego", fields = { value = "any" }, answer = change_code },
  ret_code = { vendor = "aliyun", fields = { value = "number" }, answer = answer_ret_code },
  throttle = { fields = { retry_after_ms = "number", retry_after = "any" },
    answer = function(fault, request, vendor)
      return add_retry_after(fault, vendor.throttled(request, fault.retry_after_ms))
    end },
  expired = { fields = {}, answer = function(_, request, vendor)
    return vendor.expired(request)
  end },
}

-- The answer that a fault makes. `vendor` is the vendor's module, `answer` the answer without the
-- fault: nil where nothing was executed.
function M.answer(fault, request, vendor, answer)
  return M.kinds[fault.kind].answer(fault, request, vendor, answer or vendor.success(request, {}))
end

return M
