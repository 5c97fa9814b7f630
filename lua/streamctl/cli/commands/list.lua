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

-- Returns the fields of an item for a table: its key first, then other short fields.
local function columns_of(item, key)
  local names, known, rest = {}, {}, {}
  for i, name in ipairs(type(key) == "table" and key or {}) do
    names[i], known[name] = name, true
  end
  for name, value in pairs(item) do
    if type(name) == "string" and type(value) ~= "table" and not known[name] then
      rest[#rest + 1] = name
    end
  end
  table.sort(rest)
  for i = 1, COLUMNS - #names do names[#names + 1] = rest[i] end
  return names
end

-- Returns a function that writes an item, and a function that ends the output. The first item
-- chooses the columns.
local function writer(invocation, key)
  local rows
  local function begin(item)
    local columns = {}
    for i, name in ipairs(columns_of(item, key)) do
      columns[i] = { name, (name:gsub("(%l)(%u)", "%1_%2"):upper()) }
      columns.id = columns.id or name
    end
    rows = invocation.out:rows(columns)
  end
  local function add(item)
    if type(item) ~= "table" then item = { item = item } end
    if not rows then begin(item) end
    rows:add(item)
  end
  return add, function()
    if not rows then begin {} end
    rows:close()
  end
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
  local add, close = writer(invocation, row.pages.key)
  list.walk(invocation, pager, add)
  close()
end

return list
