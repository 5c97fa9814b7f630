-- What arrived: one entry for each request, in order, and counters that go on when the log is off.

local json = require "emulator.json"
local settings = require "emulator.settings"

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
  count("requests")
  count("vendor:" .. vendor)
  count("action:" .. vendor .. ":" .. (entry.action or ""))
  if entry.conn_requests == 1 then count("connections:" .. vendor) end
  local running = count("in_flight:" .. vendor)
  local counters = ngx.shared.emulator_counters
  if running > (counters:get("max_in_flight:" .. vendor) or 0) then
    counters:set("max_in_flight:" .. vendor, running)
  end
  if settings.get().log then
    entry.n = log_dict():incr("last", 1, 0)
    log_dict():delete("e" .. (entry.n - KEEP))
    write(entry)
  end
end

-- The most requests of a vendor that have been under way at once.
function M.most_in_flight(vendor)
  return ngx.shared.emulator_counters:get("max_in_flight:" .. vendor) or 0
end

-- Called when the answer is decided, before its first byte goes out.
function M.close(entry)
  count("code:" .. entry.vendor .. ":" .. tostring(entry.code))
  count("status:" .. entry.vendor .. ":" .. tostring(entry.status))
  if entry.executed then count("executed:" .. entry.vendor .. ":" .. (entry.action or "")) end
  if not entry.verified then count("unverified") end
  if entry.fault then count("faults") end
  write(entry)
end

-- The request has left the server, one way or another.
function M.left(vendor)
  count("in_flight:" .. vendor, -1)
end

-- The matching entries as a JSON array; they are stored as JSON already, so most are never decoded.
function M.list(filter)
  local out = {}
  local last = log_dict():get("last") or 0
  local since = tonumber(filter.since) or 0
  local limit = tonumber(filter.limit) or KEEP
  for n = math.max(1, since + 1, last - KEEP + 1), last do
    local text = log_dict():get("e" .. n)
    local wanted = text ~= nil
    if wanted and (filter.vendor or filter.action) then
      local entry = json.decode(text)
      wanted = (not filter.vendor or entry.vendor == filter.vendor)
        and (not filter.action or entry.action == filter.action)
    end
    if wanted then
      out[#out + 1] = text
      if #out >= limit then break end
    end
  end
  return "[" .. table.concat(out, ",\n") .. "]"
end

local GROUPS = {
  vendor = "vendors", action = "actions", code = "codes", status = "statuses",
  executed = "executed", connections = "connections", in_flight = "in_flight",
  max_in_flight = "max_in_flight",
}

-- "code:zego:0" = 5 becomes codes.zego["0"] = 5.
function M.counters()
  local out = { requests = 0, unverified = 0, faults = 0 }
  for _, group in pairs(GROUPS) do out[group] = {} end
  local dict = ngx.shared.emulator_counters
  for _, name in ipairs(dict:get_keys(0)) do
    local value = dict:get(name)
    local kind, vendor, rest = name:match("^([^:]+):([^:]*):?(.*)$")
    if not kind then
      out[name] = value
    elseif name:find(":", #kind + 2, true) then
      local group = out[GROUPS[kind]]
      group[vendor] = group[vendor] or {}
      group[vendor][rest] = value
    else
      out[GROUPS[kind]][vendor] = value
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
