--- `ensure_live_pull_to_push` for each of many, one after the other: what `client:batch` is for
-- operations.
-- @module streamctl.cli.commands.relay.each

local core = require "streamctl.core"
local errors = require "streamctl.errors"

local OPERATION = "CreateLivePullToPush"

-- Options of a batch alone.
local OF_BATCH = { concurrency = true, on_progress = true, on_result = true, on_send = true,
  params = true, should_stop = true, stop_on_error = true, timeout = true }

local function merged(...)
  local all = {}
  for _, values in ipairs { ... } do
    for name, value in pairs(values) do all[name] = value end
  end
  return all
end

-- Options of the call for a result. Of its requests only the create is one to write down: the
-- searches change nothing.
local function call_options(options, result)
  local own = {}
  for name, value in pairs(options) do
    if not OF_BATCH[name] then own[name] = value end
  end
  own.on_send = options.on_send and function(about)
    if about.operation ~= OPERATION then return nil end
    return options.on_send(merged(about, { items = { result } }))
  end
  return own
end

local function ensure(client, options, result)
  local why = options.should_stop and options.should_stop()
  if why then
    return errors.new("cancelled", "never sent, because " .. why,
      { vendor = "aliyun", operation = OPERATION })
  end
  return client:ensure_live_pull_to_push(merged(options.params or {}, result.item),
    call_options(options, result))
end

--- Makes sure of all.
-- @tparam table client
-- @treturn function (items, options) -> report, as `client:batch` has them; items are an iterator
return function(client)
  return function(items, options)
    local report, began = { total = 0, succeeded = 0, failed = 0, elapsed = 0 }, core.monotonic()
    for item in items do
      report.total = report.total + 1
      local result = { index = report.total, item = item, ok = false }
      result.response, result.message, result.err = ensure(client, options, result)
      result.ok = result.response ~= nil
      local count = result.ok and "succeeded" or "failed"
      report[count] = report[count] + 1
      if options.on_result then options.on_result(result) end
      report.elapsed = core.monotonic() - began
      if options.on_progress then
        options.on_progress(merged(report, { done = report.succeeded + report.failed }))
      end
    end
    return report
  end
end
