-- Which fault meets which request. A fault waits in a list until `skip` matching requests have
-- passed and then meets `times` of them (-1: all). Latency adds up; of the others the oldest one
-- wins. deliver.lua misbehaves as the `wire` of an answer says.

local json = require "emulator.json"
local state = require "emulator.state"

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
  answer.headers = answer.headers or {}
  local wait = fault.retry_after_ms
  answer.headers["x-acs-retry-after"] = wait and string.format("%d", wait)
  answer.headers["Retry-After"] = fault.retry_after and tostring(fault.retry_after)
  return answer
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
local KINDS = {
  latency = { execute = true,
    fields = { seconds = "number", after = "boolean", together = "number", held = "boolean" } },
  reset_before = { fields = { rst = "boolean" }, answer = reset },
  reset_after = { execute = true, fields = { rst = "boolean" }, answer = reset },
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
  throttle = { fields = { retry_after_ms = "number" }, answer = function(fault, request, vendor)
    return vendor.throttled(request, fault.retry_after_ms)
  end },
  expired = { fields = {}, answer = function(_, request, vendor)
    return vendor.expired(request)
  end },
}

local COMMON = {
  vendor = "string", action = "string", kind = "string", times = "number", skip = "number",
  match = "table", execute = "boolean",
}

local VENDORS = { aliyun = true, zego = true, metadata = true }

local function check(fault)
  local kind = KINDS[fault.kind]
  if not kind then
    return "unknown fault kind '" .. tostring(fault.kind) .. "'"
  elseif fault.vendor and not VENDORS[fault.vendor] then
    return "unknown vendor '" .. tostring(fault.vendor) .. "'"
  elseif kind.vendor and fault.vendor ~= kind.vendor then
    return "fault '" .. fault.kind .. "' needs vendor = '" .. kind.vendor .. "'"
  end
  for name, value in pairs(fault) do
    local wanted = COMMON[name] or kind.fields[name]
    if not wanted then
      return "fault '" .. fault.kind .. "' has no field '" .. tostring(name) .. "'"
    elseif wanted ~= "any" and type(value) ~= wanted then
      return "field '" .. name .. "' must be a " .. wanted
    end
  end
end

local function load() return json.decode(ngx.shared.emulator_state:get("faults") or "[]") end

local function save(list)
  local text = #list > 0 and json.encode(json.array(list)) or nil
  ngx.shared.emulator_state:set("faults", text)
end

function M.list() return json.array(load()) end

function M.clear()
  save {}
  return { ok = true }
end

-- Lets all requests go that are held now.
function M.release()
  state.set("released", "up to", state.counter("faults"))
  return { ok = true }
end

-- Whether a held request still waits; a reset lets it go as well.
function M.holds(fault)
  return state.counter("faults") >= fault.id and (state.get("released", "up to") or 0) < fault.id
end

-- Adds a fault; or returns nil and its flaw. Nobody else changes the list meanwhile.
function M.add(fault)
  local problem = check(fault)
  if problem then return nil, problem end
  fault.times, fault.skip = fault.times or 1, fault.skip or 0
  if fault.execute == nil then fault.execute = KINDS[fault.kind].execute or false end
  local list = load()
  fault.id = state.increment("faults")
  list[#list + 1] = fault
  save(list)
  return { id = fault.id }
end

local function matches(fault, request)
  if (fault.vendor and fault.vendor ~= request.vendor)
    or (fault.action and fault.action ~= request.action) then
    return false
  end
  for name, value in pairs(fault.match or {}) do
    local found = false
    for _, pair in ipairs(request.list) do
      found = found or (pair[1] == name and pair[2] == tostring(value))
    end
    if not found then return false end
  end
  return true
end

local function take(request)
  local kept, chosen, latencies = {}, nil, {}
  for _, fault in ipairs(load()) do
    local is_latency = fault.kind == "latency"
    if (chosen and not is_latency) or not matches(fault, request) then
      kept[#kept + 1] = fault
    elseif fault.skip > 0 then
      fault.skip = fault.skip - 1
      kept[#kept + 1] = fault
    else
      if is_latency then table.insert(latencies, fault) else chosen = fault end
      if fault.times > 0 then fault.times = fault.times - 1 end
      if fault.times ~= 0 then kept[#kept + 1] = fault end
    end
  end
  save(kept)
  return chosen, latencies
end

-- The answer that a fault makes.
function M.answer(fault, ...) return KINDS[fault.kind].answer(fault, ...) end

-- The fault for this request or nil, and the latencies that apply to it.
function M.take(request)
  if not ngx.shared.emulator_state:get("faults") then return nil, {} end
  return state.locked(take, request)
end

return M
