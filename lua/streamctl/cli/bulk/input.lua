--- The items of a command: ids and JSON objects, as arguments, from stdin and from files.
--
-- A line is an id or a JSON object; blank lines and lines that begin with `#` are skipped. An
-- object may be a row that another command wrote (`-o jsonl`): its `item` counts. Lines are kept as
-- they came, and made into items when they are asked for, so that many cost little. Equal items are
-- one.
-- @module streamctl.cli.bulk.input

local encode = require "streamctl.cli.output.encode"
local failure = require "streamctl.cli.failure"
local json = require "streamctl.json"
local label = require "streamctl.cli.bulk.label"
local lines = require "streamctl.cli.bulk.lines"
local status = require "streamctl.cli.status"
local text = require "streamctl.cli.output.text"

local input = {}

local SHOWN = 20 -- bad lines that are written out
local QUOTED = 40 -- characters of a bad line that are shown
local BRACE = 123 -- the byte that an object begins with
local SLICE = 5000 -- items that the library looks at at a time: it remembers them meanwhile

-- With many items the collector runs before there is twice as much as is used.
local MANY, PAUSE = 10000, 120

local List = {}
List.__index = List

-- ---- items ----

-- The item of an id; or nil, and why it is none.
local function item_of_id(options, id)
  if not options.ids then return nil, 'expected a JSON object such as {"Name": "value"}' end
  if id:find("\0", 1, true) then
    return nil, "it has a byte 0, as no text has; expected one id a line"
  end
  if id:find "[%s%c]" then return nil, "expected one id, without blanks" end
  if not json.is_utf8(id) then return nil, "it is not UTF-8" end -- as reports have to be
  return options.make and options.make(id) or id
end

-- The item of a line; or nil, and why it has none.
local function item_of(options, line)
  if #line > lines.LONGEST then return nil, "it is longer than 64 KiB" end
  if line:byte() ~= BRACE then return item_of_id(options, line) end
  local object, why = json.decode(line)
  if not object then return nil, why end
  local item = object.item -- of a row: no parameter is called so
  if type(item) == "string" then return item_of_id(options, item) end
  if type(item) == "table" then object = item end
  if not options.object then return nil, "expected an id, not an object" end
  if type(options.object) == "function" then return options.object(object) end
  return object
end

--- An item. Returns what `make` made of an id, or the object.
function List:item(i)
  return (item_of(self.options, self.lines[i]))
end

--- Gives the items from the first to the last one, which are all unless said.
function List:iterator(first, last)
  local at = (first or 1) - 1
  return function()
    at = at + 1
    return at <= (last or self.total) and self:item(at) or nil
  end
end

-- ---- what is left out ----

local function take_out(list, gone)
  local to = 0
  for i = 1, list.total do
    local line, number = list.lines[i], list.numbers[i]
    list.lines[i], list.numbers[i] = nil, nil
    if not gone[i] then
      to = to + 1
      list.lines[to], list.numbers[to] = line, number
    end
  end
  list.total = to
end

-- Has all items looked at by `look(list, refuse)`, and takes out the bad ones.
local function sift(list, bad, look)
  local gone = {}
  look(list, function(i, why)
    gone[i] = true
    bad[#bad + 1] = { number = list.numbers[i], why = why, line = list.lines[i] }
  end)
  if next(gone) then take_out(list, gone) end
end

local function look_at_lines(list, refuse)
  for i = 1, list.total do
    local item, why = item_of(list.options, list.lines[i])
    if item == nil then refuse(i, why) end
  end
end

-- Takes out items that came before. Lines tell that themselves where all are ids.
local function merge(list)
  local seen, gone, plain = {}, {}, true
  for i = 1, list.total do plain = plain and list.lines[i]:byte() ~= BRACE end
  for i = 1, list.total do
    local key = plain and list.lines[i] or list:item(i)
    if type(key) == "table" then
      local all = {}
      for name, value in pairs(list.options.params or {}) do all[name] = value end
      for name, value in pairs(key) do all[name] = value end
      key = encode.value(all)
    end
    gone[i], seen[key] = seen[key], true
  end
  if next(gone) then take_out(list, gone) end
end

local function quoted(line)
  line = text.clean(label.masked(line))
  if text.width(line) <= QUOTED then return line end
  return line:match(("[^\128-\191][\128-\191]*"):rep(QUOTED)) .. "..."
end

-- Ends the command because of bad lines, or goes on without them.
local function settle(invocation, list, bad)
  table.sort(bad, function(a, b) return a.number < b.number end)
  local skip = invocation.args.skip_bad and list.total > 0
  local told = { ("%s of %s cannot be right%s:"):format(text.thousands(#bad),
    text.thousands(#bad + list.total), skip and " and are left out"
    or list.total == 0 and "; nothing was sent"
    or "; nothing was sent, and --skip-bad leaves them out") }
  for i = 1, math.min(#bad, SHOWN) do
    told[i + 1] = ("%s: %s: '%s'"):format(lines.place_of(list, bad[i].number),
      text.clean(bad[i].why), quoted(bad[i].line))
  end
  if #bad > SHOWN then
    told[#told + 1] = ("... and %s more"):format(text.thousands(#bad - SHOWN))
  end
  if not skip then failure.raise(status.USAGE, told) end
  invocation.say:warn("%s", told[1])
  for i = 2, #told do invocation.say:line(told[i]) end
  list.left_out = #bad
end

-- ---- reading ----

--- Reads the items. When lines cannot be right, the command ends and names all of them; with
-- --skip-bad it goes on without them. `words`: of the command line: ids, `-` for stdin, `@FILE`.
-- `options`: `ids`, `object`: whether a line may be one (`object` may be a function that makes an
-- item of it: item, or nil and why not); `make(id)`: an id's item, which is the id itself without;
-- `validate(list, refuse)`: looks at all items at once, and calls `refuse(i, why)`; `params`: what
-- all objects have unless they say otherwise. Returns `total`, `item(i)`, `iterator(first, last)`;
-- `given`: how many lines named these items; `left_out`: how many were left out, if any.
function input.read(invocation, words, options)
  local list, bad = setmetatable(lines.read(words), List), {}
  list.options = options
  if list.total == 0 then
    failure.usage "there is nothing to do: no line of the input names anything"
  end
  if list.total > MANY then collectgarbage("setpause", PAUSE) end
  sift(list, bad, look_at_lines)
  if options.validate and list.total > 0 then sift(list, bad, options.validate) end
  if bad[1] then settle(invocation, list, bad) end
  list.given = list.total
  merge(list)
  return list
end

--- A `validate` for @{read}: what the library would refuse to send is refused. `params`, if any:
-- that all items have.
function input.by_library(client, action, params)
  return function(list, refuse)
    for first = 1, list.total, SLICE do
      local options = { dry_run = true, params = params }
      function options.on_result(result)
        if result.ok then return end
        if result.err.code ~= "invalid_parameter" then failure.call(result.message, result.err) end
        refuse(first + result.index - 1, (result.message:gsub("^[%l_]+: ", "")))
      end
      failure.pass_on(failure.checked(client.batch, client, action,
        list:iterator(first, math.min(first + SLICE - 1, list.total)), options))
    end
  end
end

return input
