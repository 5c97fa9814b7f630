-- What arrived: one entry for each request, in order, and counters that go on when the log is off.

local json = require "spec.support.model.json"
local settings = require "spec.support.emulator.settings"

local M = {}

local KEEP = 50000

local function log_dict() return ngx.shared.emulator_log end

local function count(name, by) return ngx.shared.emulator_counters:incr(name, by or 1, 0) end

local function write(entry)
  if entry.n then log_dict():set("e" .. entry.n, json.encode(entry)) end
end

-- The entry is written before anything happens, so that a request which is still in flight shows
-- too.
function M.open(entry)
  local vendor = entry.vendor
  if entry.conn_requests == 1 then count("connections:" .. vendor) end
  local running = count("in_flight:" .. vendor)
  if running > M.max_in_flight(vendor) then
    ngx.shared.emulator_counters:set("max_in_flight:" .. vendor, running)
  end
  if settings.get().log then
    entry.n = log_dict():incr("last", 1, 0)
    log_dict():delete("e" .. (entry.n - KEEP))
    write(entry)
  end
end

-- The most requests of a vendor that have been under way at once.
function M.max_in_flight(vendor)
  return ngx.shared.emulator_counters:get("max_in_flight:" .. vendor) or 0
end

-- Called when the answer is decided, before its first byte goes out.
function M.close(entry)
  count("codes:" .. entry.vendor .. ":" .. tostring(entry.code))
  if entry.executed then count("executed:" .. entry.vendor .. ":" .. (entry.action or "")) end
  if not entry.verified then count("unverified") end
  write(entry)
end

-- The request has left the server, one way or another.
function M.left(vendor) count("in_flight:" .. vendor, -1) end

-- The matching entries as a JSON array; they are stored as JSON already, so most are never decoded.
function M.list(filter)
  local out, last = {}, log_dict():get("last") or 0
  for n = math.max(1, last - KEEP + 1), last do
    local text = log_dict():get("e" .. n)
    local entry = text and (filter.vendor or filter.action) and json.decode(text) or {}
    if text and (not filter.vendor or entry.vendor == filter.vendor)
      and (not filter.action or entry.action == filter.action) then
      out[#out + 1] = text
    end
  end
  return "[" .. table.concat(out, ",\n") .. "]"
end

-- "codes:zego:0" = 5 becomes codes.zego["0"] = 5.
function M.counters()
  local out = { unverified = 0, codes = {}, executed = {}, connections = {}, in_flight = {},
    max_in_flight = {} }
  local dict = ngx.shared.emulator_counters
  for _, name in ipairs(dict:get_keys(0)) do
    local group, vendor, key = name:match("^([^:]+):([^:]*):?(.*)$")
    local place = group and out[group] or out
    if group == "codes" or group == "executed" then
      place[vendor] = place[vendor] or {}
      place[vendor][key] = dict:get(name)
    else
      place[vendor or name] = dict:get(name)
    end
  end
  return out
end

-- Requests in flight stay in flight.
function M.reset()
  log_dict():flush_all()
  local dict = ngx.shared.emulator_counters
  local running = {}
  for _, vendor in ipairs { "aliyun", "zego", "metadata" } do
    running[vendor] = dict:get("in_flight:" .. vendor)
  end
  dict:flush_all()
  for vendor, number in pairs(running) do dict:set("in_flight:" .. vendor, number) end
end

return M
