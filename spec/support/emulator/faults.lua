-- Which fault meets which request. A fault waits in a list until `skip` matching requests have
-- passed and then meets `times` of them (-1: all). Latency adds up; of the others the oldest one
-- wins.

local json = require "spec.support.model.json"
local kinds = require("spec.support.model.faults").kinds
local state = require "spec.support.emulator.state"

local M = {}

local COMMON = {
  vendor = "string", action = "string", kind = "string", times = "number", skip = "number",
  match = "table", execute = "boolean",
}

local VENDORS = { aliyun = true, zego = true, metadata = true }

local function check(fault)
  local kind = kinds[fault.kind]
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
  if fault.execute == nil then fault.execute = kinds[fault.kind].execute or false end
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

-- The fault for this request or nil, and the latencies that apply to it.
function M.take(request)
  if not ngx.shared.emulator_state:get("faults") then return nil, {} end
  return state.locked(take, request)
end

return M
