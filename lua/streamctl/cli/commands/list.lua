-- `streamctl list OPERATION`: lists all items of an operation with pages.

local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"
local parameters = require "streamctl.cli.parameters"
local status = require "streamctl.cli.status"
local text = require "streamctl.cli.output.text"

local COLUMNS = 6 -- of a table

local list = {
  summary = "List what comes in pages, all of it",
  examples = { "list DescribeLiveStreamsOnlineList DomainName=play.example.com",
    "list DescribeLivePullToPushList Region=cn-shanghai --max 10 -o ids" },
  takes = flags.calls,
}

function list.define(command)
  command:argument("OPERATION", "Its name; see streamctl ops."):target "operation"
  parameters.define(command)
  command:option("--max", "No more items than these."):argname "N"
    :convert(flags.number("--max", {}))
end

-- Begins rows whose columns are fields of an item: its key first, then other short fields.
local function begin(invocation, key, item)
  local columns, known, names = {}, {}, {}
  local function add(name)
    if known[name] or #columns == COLUMNS then return end
    columns[#columns + 1] = { name, (name:gsub("(%l)(%u)", "%1_%2"):upper()) }
    known[name], columns.id = true, columns.id or name
  end
  for name, value in pairs(item) do
    if type(name) == "string" and type(value) ~= "table" then names[#names + 1] = name end
  end
  table.sort(names)
  for _, name in ipairs(type(key) == "table" and key or {}) do add(name) end
  for _, name in ipairs(names) do add(name) end
  return invocation.out:rows(columns)
end

-- Calls `add` with each item of a pager, and fails after an incomplete list.
function list.walk(invocation, pager, add)
  local count = 0
  while not invocation:caught() do
    local item, message, err = pager:next()
    if err and count == 0 then fail.call(message, err) end
    if err then
      local code = status.refuses(err.code) and status.REFUSED or status.FAILED
      fail.raise(code, "the list breaks off after " .. text.count(count, "item") .. ": " .. message,
        err)
    end
    if item == nil then
      if count == 0 then invocation.say:note "no items" end
      return
    end
    count = count + 1
    add(item)
  end
end

function list.run(invocation)
  local args = invocation.args
  local account = invocation:account { action = args.operation }
  local row = account:operation(args.operation)
  local client = account.client
  local pager = fail.checked(client.pages, client, row.action, parameters.of(invocation, row),
    { max_items = args.max })
  local key, rows = row.pages.key, nil
  list.walk(invocation, pager, function(item)
    if type(item) ~= "table" then item = { item = item } end
    rows = rows or begin(invocation, key, item) -- the first item chooses the columns
    rows:add(item)
  end)
  rows = rows or begin(invocation, key, {})
  rows:close()
end

return list
