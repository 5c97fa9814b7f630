--- Calls that are checked: the option `check` has a waiter show that the call took effect.
--
--     live:forbid_live_stream(stream, { check = true })
--     live:resume_live_stream(stream, { check = { DomainName = "play.example.com" } })
--
-- A row names the waiter by `seen_by` (see `streamctl.wait`), and by name the waiter's parameters
-- that the call does not have. The waiter takes all others from the call. The table of the option
-- has these parameters, and perhaps `timeout`: seconds of the wait, else the waiter's.
--
-- The answer gets `checked = true`; an answer with `partial` is not checked. When the state is not
-- seen, the call was executed all the same: the error is `unconfirmed` and holds the answer.
-- @public streamctl.verify

local core = require "streamctl.core"
local failures = require "streamctl.call.failure"
local options = require "streamctl.options"
local pipeline = require "streamctl.call"
local protected = require "streamctl.loop.protected"
local suggest = require "streamctl.suggest"
local wait = require "streamctl.many.wait"

local merged, set_of = options.merged, options.set_of

local verify = {}

local function checkable(operations)
  local names = {}
  for row in operations:each() do
    if row.seen_by then names[#names + 1] = row.name end
  end
  return table.concat(names, ", ")
end

local function names_of(waiter)
  local names = set_of(waiter, waiter.needs or {})
  names[waiter[1]], names.timeout = nil, true
  return names
end

-- The fault of the value of the option, or nil.
function verify.misuse(vendor, operation, value)
  local seen_by, extra = operation.seen_by, type(value) == "table" and value or {}
  if not seen_by then
    return "the option 'check' is for " .. checkable(vendor.operations) .. "; not for "
      .. operation.action
  end
  local names = names_of((wait.find(vendor, seen_by[1])))
  for name in pairs(extra) do
    if not names[name] then
      return "the option 'check' has an unknown '" .. tostring(name) .. "'"
        .. suggest.hint(name, names)
    end
  end
  for name, meaning in pairs(seen_by) do
    if type(name) == "string" and extra[name] == nil then
      return "the option 'check' of " .. operation.action .. " needs " .. name .. ", " .. meaning
        .. ": check = { " .. name .. ' = "..." }'
    end
  end
  local why = extra.timeout ~= nil and wait.checks.timeout(extra.timeout)
  return why and "the option 'check.timeout' " .. why or nil
end

local function wait_options(waiter, call_options, timeout, batch)
  if batch and batch.finish_by then
    local left = math.max(batch.finish_by - core.monotonic(), 0.001)
    timeout = math.min(timeout or waiter.timeout, left)
  end
  return {
    timeout = timeout, attempt_timeout = call_options.attempt_timeout,
    connect_timeout = call_options.connect_timeout, retry = call_options.retry,
    validate = call_options.validate, should_stop = batch and batch.should_stop,
    context = call_options.context,
  }
end

-- Waits for the effect of a call, which `began` then and was executed. Returns as `run` does. Each
-- id of a list is waited for, unless it gave way to a newer call.
function verify.confirm(self, operation, params, call_options, batch, answer, attempts, began)
  if answer.partial or call_options.dry_run then return answer, nil, nil, attempts end
  local extra = type(call_options.check) == "table" and call_options.check or {}
  local name, list, shared = operation.seen_by[1], operation.list, {}
  local waiter = wait.find(self.vendor, name)
  for parameter in pairs(names_of(waiter)) do shared[parameter] = rawget(params, parameter) end
  shared = merged(shared, extra)
  shared.timeout = nil
  local options_of_wait = wait_options(waiter, call_options, extra.timeout, batch)
  local superseded, ids = set_of(answer.superseded or {}), list and params[list]
  local prefix, waits, missed = self.context.stream_prefix or "", {}, {}
  for _, id in ipairs(type(ids) == "table" and ids or { false }) do
    if not id or not (superseded[id] or superseded[prefix .. id]) then
      local i = #waits + 1
      waits[i] = function()
        local query = merged(shared, id and { [list] = id } or nil)
        local _, why = self:wait_for(name, query, options_of_wait)
        missed[i] = why and { item = id or nil, message = why } or false
      end
    end
  end
  protected.together(self.loop(), waits)
  local unseen = {}
  for _, item in ipairs(missed) do unseen[#unseen + 1] = item or nil end
  if unseen[1] then
    return failures.unconfirmed(self, operation, answer, unseen, params,
      { attempts = attempts, elapsed = core.monotonic() - began })
  end
  answer.checked = true
  return answer, nil, nil, attempts
end

-- Makes a call and checks it; otherwise as pipeline.run.
function verify.run(self, operation, params, call_options, batch, ...)
  local began = core.monotonic()
  local answer, message, err, attempts =
    pipeline.run(self, operation, params, call_options, batch, ...)
  if not answer then return nil, message, err, attempts end
  return verify.confirm(self, operation, params, call_options, batch, answer, attempts, began)
end

return verify
