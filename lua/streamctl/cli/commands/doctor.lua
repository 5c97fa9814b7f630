--- `streamctl doctor`: what is wrong, and what to do about it.
-- @module streamctl.cli.commands.doctor

local accounts = require "streamctl.cli.account"
local checks = require "streamctl.cli.checks"
local failure = require "streamctl.cli.failure"
local flags = require "streamctl.cli.flags"
local status = require "streamctl.cli.status"

local doctor = {
  name = "doctor",
  summary = "Check versions, configuration, network, clock, credentials, store",
  takes = flags.calls,
  formats = { "table", "json", "jsonl" },
  description = "Check what commands need, and say what to do about what is wrong: versions, "
    .. "configuration, store, proxy, name, connection, TLS, clock and credentials, the last ones "
    .. "by one request to each vendor that only reads. The status is 0 when all is well, 3 when a "
    .. "vendor refuses the account, otherwise 1.",
}

-- The vendors to look at: both, where the environment has accounts of both and nothing chooses.
local function vendors_of(invocation)
  local chosen = invocation.args.vendor or invocation.args.profile
    or invocation:environment "STREAMCTL_VENDOR" or invocation:environment "STREAMCTL_PROFILE"
  local names = accounts.vendors(invocation)
  if chosen or #names < 2 then return { false } end
  return names
end

-- Finds an account; or nil and the check that failed.
local function account_of(invocation, vendor, seen)
  local found, account = pcall(function()
    return accounts.new(invocation, { vendor = vendor or nil, store = false,
      on_event = function(event)
        seen.offset = event.clock_offset or seen.offset
        seen.provider = event.event == "credentials" and event.provider or seen.provider
      end })
  end)
  if found then return account end
  if not failure.is(account) then error(account, 0) end
  return nil, checks.failed(tostring(account), "streamctl whoami shows where each value comes from")
end

function doctor.run(invocation)
  local rows = invocation.out:rows { { "check", "CHECK" }, { "state", "RESULT" },
    { "found", "FOUND, AND WHAT TO DO" } }
  local in_table = invocation.out.format == "table" -- where two long columns are hard to read
  local ended = status.OK
  local function add(vendor, name, check)
    if check.state == "failed" and ended == status.OK then ended = status.FAILED end
    local found, advice = check.found, check.advice
    if in_table and advice then found, advice = found .. "; " .. advice, nil end
    rows:add { check = vendor and vendor .. " " .. name or name, state = check.state,
      found = found, advice = advice }
  end
  add(nil, "versions", checks.versions())
  local configuration = checks.configuration(invocation)
  add(nil, "configuration", configuration)
  for _, vendor in ipairs(configuration.state == "ok" and vendors_of(invocation) or {}) do
    local seen = {}
    local account, wrong = account_of(invocation, vendor, seen)
    if not account then
      add(vendor, "account", wrong)
    else
      vendor = account.vendor
      add(vendor, "account", checks.ok(account.title))
      add(vendor, "store", checks.store(account))
      add(vendor, "proxy", checks.proxy(account))
      local err = checks.way(account, seen, function(...) add(vendor, ...) end)
      if err and status.of(err) == status.REFUSED then ended = status.REFUSED end
    end
  end
  rows:close()
  return ended
end

return doctor
