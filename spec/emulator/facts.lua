-- What the vendors document about their operations, from spec/vectors/operations: never from the
-- rows of the client that is checked against it. A parameter's name on the wire leads to it by
-- `by_wire`. And their rates, which a sliding window keeps.

local codec = require "emulator.codec"
local json = require "emulator.json"
local settings = require "emulator.settings"
local state = require "emulator.state"

local M = {}

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."

local function load(vendor)
  local file = assert(io.open(here .. "/../vectors/operations/" .. vendor .. ".json", "rb"))
  local operations = assert(json.decode(file:read("*a"))).operations
  file:close()
  for _, operation in pairs(operations) do
    operation.by_wire = {}
    for name, spec in pairs(operation.params) do
      spec.name = name
      operation.by_wire[spec.wire or name] = spec
    end
  end
  return operations
end

M.aliyun, M.zego = load "aliyun", load "zego"

-- The vendor that has this action, and what is known of it.
function M.find(action)
  for _, vendor in ipairs { "aliyun", "zego" } do
    if M[vendor][action] then return vendor, M[vendor][action] end
  end
end

local SLACK = 0.05 -- seconds by which a window is shortened, for jitter on the way

-- A ring of `limit` slots holds the times of the last requests that were accepted: the next one may
-- pass when the slot that it takes is older than the window.
local function take(key, limit, window)
  local dict = ngx.shared.emulator_rates
  local accepted = dict:get(key) or 0
  local slot, now = key .. "#" .. (accepted % limit), codec.now()
  local wait = (dict:get(slot) or 0) + window - SLACK - now
  if wait > 0 then return wait end
  dict:set(slot, now)
  dict:incr(key, 1, 0)
end

-- Seconds to wait when a request comes too early for its rate a second, else nil. A rate that is no
-- whole number is counted per minute, one below 1 by its pause. `pool` separates what is counted.
function M.wait_for(vendor, action, rate, pool)
  if not settings.get().rates or not rate then return nil end
  local limit, window = rate, 1
  if rate < 1 then
    limit, window = 1, 1 / rate
  elseif rate ~= math.floor(rate) then
    limit, window = math.floor(rate * 60 + 0.5), 60
  end
  local key = table.concat({ vendor, pool or "", action, limit }, "/")
  return state.locked(take, key, limit, window)
end

return M
