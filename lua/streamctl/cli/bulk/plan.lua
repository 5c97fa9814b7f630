--- What a report says first: what is to be done, whose, where, and who wants it.
-- @module streamctl.cli.bulk.plan

local encode = require "streamctl.cli.output.encode"
local errors = require "streamctl.errors"
local files = require "streamctl.cli.files"
local label = require "streamctl.cli.bulk.label"

local plan = {}

local LONGEST = 1000 -- bytes of a word of the command line
local MOST = 4096    -- bytes of all of them

-- The command line without what keys may be in; a very long one ends with "...".
local function command_line(words)
  local shown, bytes = {}, 0
  for i, word in ipairs(words or {}) do
    if bytes > MOST then
      shown[i] = "..."
      break
    end
    shown[i] = errors.quote(label.masked(errors.mask_url(word)), LONGEST)
    bytes = bytes + #shown[i]
  end
  return encode.list(shown)
end

local function host_name(invocation)
  local text = files.read("/proc/sys/kernel/hostname", LONGEST)
  return text and text:match "^%S+" or invocation:environment "HOSTNAME"
end

local function user_name(invocation)
  for _, variable in ipairs { "SUDO_USER", "USER", "LOGNAME" } do
    local name = invocation:environment(variable)
    if name then return name end
  end
end

--- Where the calls of an account go. `account`: see @{streamctl.cli.account}. Returns the endpoint
-- and the region.
function plan.place_of(account)
  local addresses, region = {}, account.settings.region
  for word in tostring(account.client):gmatch "%S+" do -- what a client says of itself has them
    if word:find("://", 1, true) then addresses[#addresses + 1] = word end
  end
  return table.concat(addresses, " "), region and region.value
end

--- Makes it. `job`: see @{streamctl.cli.bulk.run}.
function plan.new(invocation, job)
  local account, items = job.account, job.items
  local chosen = account.settings.chosen
  local endpoint, region = plan.place_of(account)
  return { command = job.command, vendor = account.vendor, account = account.key,
    mode = account.mode, endpoint = endpoint, region = region,
    profile = chosen and chosen.name or nil, operation = job.operation.action,
    method = job.method,
    params = job.params or {}, options = job.options or {}, total = items.total,
    time = os.time(), ask = job.ask, user = user_name(invocation), host = host_name(invocation),
    argv = command_line(invocation.words) }
end

--- When and by whom a plan was begun, for people: "2026-11-16 10:31 UTC by jane@host".
function plan.begun(it)
  local time = os.date("!%Y-%m-%d %H:%M UTC", it.time)
  if type(it.user) ~= "string" then return time end
  return time .. " by " .. it.user .. (type(it.host) == "string" and "@" .. it.host or "")
end

return plan
