-- `streamctl ops [ACTION]`: lists the catalogue, or shows an operation. Needs no account.

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

local FIRST = { "action", "method", "vendor", "group", "does", "rate", "repeat", "resource" }

-- Shows an operation, and a line for each of its parameters.
local function show(invocation, vendor, row)
  local out, settle = invocation.out, row.settle
  local settles = settle and (settle.executed or settle.not_executed)
  local shown = {
    action = row.action, method = row.name, vendor = vendor, group = row.group,
    does = describe.effect(row), rate = describe.rate(row.rate), ["repeat"] = describe.safety(row),
    test_rate = row.test_rate and describe.rate(row.test_rate), pages = describe.paging(row),
    resource = row.resource and table.concat(row.resource, ", ") or nil, ids = row.list,
    settled_by = settles and settle[1]
      .. (settle[2] and " by " .. table.concat(settle, ", ", 2) or "") or nil,
    page = streamctl[vendor].operations.page_of(row), parameters = {},
  }
  for _, param in ipairs(describe.required_first(row.params)) do
    local words = describe.all_limits(param)
    table.insert(words, 1, param.items and param.type .. " of " .. param.items or param.type)
    if describe.is_required(param) then table.insert(words, 1, "required") end
    shown.parameters[param.name] = table.concat(words, "; ")
  end
  out:object(shown, FIRST)
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
