-- `streamctl ops [ACTION]`: lists the catalogue, or shows an operation. Needs no account.

local json_line = require "streamctl.cli.output.json_line"
local errors = require "streamctl.base.errors"
local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local streamctl = require "streamctl"
local describe = require "streamctl.cli.describe"

local ops = {
  summary = "List operations, or show what is known of one",
  examples = { "ops DescribeRTCStreamState", "ops snapshot config" },
  takes = flags.vendor,
}

function ops.define(command)
  command:argument("ACTION", "The name of one, in either spelling, or words.")
    :args "*":target "names"
end

local function waiters_of(vendor, row)
  local names = {}
  for name, waiter in pairs(streamctl[vendor].waiters) do
    if waiter[1] == row.action then names[#names + 1] = name end
  end
  table.sort(names)
  return names[1] and table.concat(names, ", ") or nil
end

local function param_of(param)
  local limits, items = describe.all_limits(param), param.items
  return { name = param.name, type = items and param.type .. " of " .. items or param.type,
    required = describe.is_required(param),
    limits = limits[1] and table.concat(limits, "; ") or nil }
end

local function params_of(row)
  local list = json_line.list {}
  for i, param in ipairs(describe.required_first(row.params)) do list[i] = param_of(param) end
  return list
end

local FIRST = { "action", "method", "vendor", "group", "does", "rate", "repeat", "resource" }

local function show(invocation, vendor, row)
  local out, settle = invocation.out, row.settle
  local settles = settle and (settle.executed or settle.not_executed)
  local shown = {
    action = row.action, method = row.name, vendor = vendor, group = row.group,
    does = describe.effect(row), rate = describe.rate(row.rate), ["repeat"] = describe.safety(row),
    pages = describe.paging(row),
    resource = row.resource and table.concat(row.resource, ", ") or nil, ids = row.list,
    settled_by = settles and settle[1]
      .. (settle[2] and " by " .. table.concat(settle, ", ", 2) or "") or nil,
    waiters = waiters_of(vendor, row), page = streamctl[vendor].operations.page_of(row),
  }
  if row.test_rate then shown.test_rate = describe.rate(row.test_rate) end
  if out.format == "ids" then return out:line(row.action) end
  if out.format ~= "table" then
    shown.parameters, shown.calls_per_second = params_of(row), row.rate
  end
  out:object(shown, FIRST)
  if out.format ~= "table" then return end
  if not row.params[1] then return out:line("\nNo parameters.") end
  out:write "\n"
  local rows = out:rows { { "name", "PARAMETER" }, { "type", "TYPE" }, { "required", "REQUIRED" },
    { "limits", "LIMITS" } }
  for _, param in ipairs(params_of(row)) do
    param.required = param.required and "yes" or ""
    rows:add(param)
  end
  rows:close()
end

local function has_all(row, parts)
  local names = row.name .. "\n" .. row.action:lower() .. "\n" .. row.group
  for _, part in ipairs(parts) do
    if not names:find(part:lower(), 1, true) then return false end
  end
  return true
end

local function list(invocation)
  local args, found = invocation.args, {}
  for _, vendor in ipairs(flags.vendors(args.vendor)) do
    for row in streamctl[vendor].operations:each() do
      local safe = type(row.safe) == "table" and "depends" or row.safe and "yes" or "no"
      found[#found + 1] = has_all(row, args.names) and { action = row.action, method = row.name,
        vendor = vendor, does = describe.effect(row), rate = row.rate, ["repeat"] = safe,
        pages = row.pages and "yes" or "", group = row.group } or nil
    end
  end
  if not found[1] then
    local wanted = table.concat(args.names, " ")
    fail.usage("no operation is named or has '%s'%s; streamctl ops lists all",
      errors.tidy(wanted, 100), describe.hint(wanted, flags.vendors(args.vendor)))
  end
  local rows = invocation.out:rows {
    { "action", "ACTION" }, { "vendor", "VENDOR" }, { "rate", "RATE" }, { "repeat", "REPEAT" },
    { "pages", "PAGES" }, { "group", "GROUP" }, id = "action",
  }
  for _, row in ipairs(found) do rows:add(row) end
  rows:close()
end

function ops.run(invocation)
  local args = invocation.args
  for _, vendor in ipairs(args.names[2] and {} or flags.vendors(args.vendor)) do
    local row = streamctl[vendor].operations:find(args.names[1] or "")
    if row then return show(invocation, vendor, row) end
  end
  list(invocation)
end

return ops
