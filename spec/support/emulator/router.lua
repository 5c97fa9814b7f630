-- The path of one request: read, log, verify, meet a fault or be executed, answer.

local codec = require "spec.support.emulator.codec"
local deliver = require "spec.support.emulator.deliver"
local fault_answer = require("spec.support.model.faults").answer
local faults = require "spec.support.emulator.faults"
local journal = require "spec.support.emulator.journal"
local request_reader = require "spec.support.emulator.request"
local settings = require "spec.support.emulator.settings"
local state = require "spec.support.emulator.state"

local M = {}

local vendors = {
  aliyun = require "spec.support.emulator.aliyun", zego = require "spec.support.emulator.zego",
  metadata = require "spec.support.emulator.metadata",
}

local function wait(seconds)
  if seconds > 0 then
    -- Timers start from nginx's cached clock, which lags: never wait less than was asked.
    ngx.update_time()
    ngx.sleep(seconds + 0.001)
  end
end

-- Waits until the fault is released, or so many requests have been under way at once, but no longer
-- than its seconds.
local function wait_all(latencies, after, vendor)
  for _, fault in ipairs(latencies) do
    local seconds = fault.seconds or fault.held and 300 or 1
    local over = codec.now() + seconds
    local function holds()
      if fault.held then return faults.holds(fault) end
      return journal.max_in_flight(vendor) < fault.together
    end
    if (fault.after or false) == after then
      if not (fault.held or fault.together) then wait(seconds) end
      while (fault.held or fault.together) and holds() and codec.now() < over do
        ngx.sleep(0.005)
      end
    end
  end
end

local function answer_to(request, entry)
  local vendor = vendors[request.vendor]
  local refused = vendor.verify(request, entry)
  entry.verified = refused == nil

  local fault, latencies = faults.take(request)
  wait(settings.get().latency)
  wait_all(latencies, false, request.vendor)
  local answer
  if not fault or fault.execute then
    answer = refused or vendor.handle(request)
    entry.executed = answer.executed or false
    entry.nth = entry.executed and state.increment "executed" or nil
    entry.violation, entry.fits = request.violation, request.fits
  end
  wait_all(latencies, true, request.vendor)
  if fault then
    entry.fault = fault.kind
    answer = fault_answer(fault, request, vendor, answer)
  elseif #latencies > 0 then
    entry.fault = "latency"
  end
  entry.status, entry.code = answer.status, answer.code
  entry.elapsed = codec.now() * 1000 - entry.time
  return answer, vendor.common_headers(request)
end

-- A bug in here must look like one, not like a vendor's answer.
local function broken(message)
  return { status = 599, code = "EmulatorError",
    body = { Code = "EmulatorError", Message = tostring(message) } }, {}
end

function M.serve()
  local request = request_reader.read(ngx.var.vendor)
  local entry = request_reader.describe(request)
  journal.open(entry)
  ngx.ctx.in_flight = request.vendor
  local ok, answer, headers = xpcall(function()
    return answer_to(request, entry)
  end, debug.traceback)
  if not ok then
    ngx.log(ngx.ERR, answer)
    answer, headers = broken(answer)
    entry.status, entry.code = answer.status, answer.code
  end
  journal.close(entry)
  if answer.status == 444 then
    -- An internal redirect forgets ngx.ctx, so leave now.
    M.left()
    return deliver.reset(answer.wire)
  end
  return deliver.send(answer, headers)
end

-- In the log phase, which runs however the request ended.
function M.left()
  if ngx.ctx.in_flight then
    journal.left(ngx.ctx.in_flight)
    ngx.ctx.in_flight = nil
  end
end

return M
