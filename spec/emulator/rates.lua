-- A sliding window without a list: slot i of a ring of `limit` slots holds the time of the i-th
-- accepted request modulo `limit`, so the next request may pass when the slot it is about to reuse
-- is older than the window.

local codec = require "emulator.codec"
local settings = require "emulator.settings"
local state = require "emulator.state"

local M = {}

local SLACK = 0.05 -- seconds by which a window is shortened, for jitter on the way

local function take(key, limit, window)
  local dict = ngx.shared.emulator_rates
  local accepted = dict:get(key) or 0
  local slot = key .. "#" .. (accepted % limit)
  local now = codec.now()
  local wait = (dict:get(slot) or 0) + window - now
  if wait > 0 then return wait end
  dict:set(slot, now)
  dict:incr(key, 1, 0)
  return nil
end

-- Seconds to wait when the request comes too early, else nil. `pool` separates what is counted
-- separately.
function M.check(vendor, action, limit, window, pool)
  if not settings.get().rates or not limit then return nil end
  window = (window or 1) - SLACK
  return state.locked(take, table.concat({ vendor, pool or "", action, limit }, "/"), limit, window)
end

return M
