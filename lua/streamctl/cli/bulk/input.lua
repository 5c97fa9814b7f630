-- Reads the items of a command: ids and JSON objects, from arguments, stdin and files.
--
-- A line is an id or a JSON object; blank lines and lines that begin with `#` are skipped. Of a row
-- that another command wrote (`-o jsonl`) the field `item` counts. Lines become items on demand,
-- which saves memory. Equal items count once.

local json_line = require "streamctl.cli.output.json_line"
local abort = require "streamctl.cli.abort"
local json = require "streamctl.json"
local label = require "streamctl.cli.bulk.label"
local lines = require "streamctl.cli.bulk.lines"
local status = require "streamctl.cli.status"
local text = require "streamctl.cli.output.text"

local input = {}

local SHOWN = 20 -- bad lines that are written out
local QUOTED = 40 -- characters of a bad line that are shown
local BRACE = 123 -- the byte that an object begins with
local SLICE = 5000 -- items that the library checks at a time, to save memory

-- With many items the collector runs early, to save memory.
local MANY, PAUSE = 10000, 120

local List = {}
List.__index = List

-- ---- items ----

-- Returns the item of an id; or nil and a fault.
local function item_of_id(options, id)
  if not options.ids then return nil, 'expected a JSON object such as {"Name": "value"}' end
  if id:find("\0", 1, true) then
    return nil, "it has a byte 0, as no text has; expected one id a line"
  end
  if id:find "[%s%c]" then return nil, "expected one id, without blanks" end
  if not json.is_utf8(id) then return nil, "it is not UTF-8" end -- reports are UTF-8
  return options.make and options.make(id) or id
end

-- Returns the item of a line; or nil and a fault.
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

-- Returns an item: the object, or the result of `make` for an id.
function List:item(i)
  return (item_of(self.options, self.lines[i]))
end

-- Returns an iterator of the items, all unless `first` and `last` are given.
function List:iterator(first, last)
  local at = (first or 1) - 1
  return function()
    at = at + 1
    return at <= (last or self.total) and self:item(at) or nil
  end
end

-- ---- bad and equal lines ----

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

-- Takes out the items that `check(list, refuse)` refuses, and adds them to `bad`.
local function sift(list, bad, check)
  local gone = {}
  check(list, function(i, why)
    gone[i] = true
    bad[#bad + 1] = { number = list.numbers[i], why = why, line = list.lines[i] }
  end)
  if next(gone) then take_out(list, gone) end
end

local function check_lines(list, refuse)
  for i = 1, list.total do
    local item, why = item_of(list.options, list.lines[i])
    if item == nil then refuse(i, why) end
  end
end

-- Takes out repeated items. Where all lines are ids, lines are compared, which is fast.
local function merge(list)
  local seen, gone, plain = {}, {}, true
  for i = 1, list.total do plain = plain and list.lines[i]:byte() ~= BRACE end
  for i = 1, list.total do
    local key = plain and list.lines[i] or list:item(i)
    if type(key) == "table" then
      local all = {}
      for name, value in pairs(list.options.params or {}) do all[name] = value end
      for name, value in pairs(key) do all[name] = value end
      key = json_line.value(all)
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

-- Ends the command because of bad lines, or goes on without bad lines.
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
  if not skip then abort.raise(status.USAGE, told) end
  invocation.say:warn("%s", told[1])
  for i = 2, #told do invocation.say:line(told[i]) end
  list.left_out = #bad
end

-- ---- input ----

-- Reads the items of `words`: ids, `-` for stdin, `@FILE`. Bad lines end the command, or are left
-- out with --skip-bad. Options:
--
-- * `ids`, `object`: whether a line may be an id, an object; `object(object)` may make an item
-- * `make(id)`: makes an item of an id
-- * `validate(list, refuse)`: checks all items, and calls `refuse(i, why)`
-- * `params` of all items
--
-- Returns `total`, `item(i)`, `iterator(first, last)`; `line_count`, lines before equal items are
-- taken out; `left_out`, the number of bad lines, if any.
function input.read(invocation, words, options)
  local list, bad = setmetatable(lines.read(words), List), {}
  list.options = options
  if list.total == 0 then
    abort.usage "there is nothing to do: no line of the input names anything"
  end
  if list.total > MANY then collectgarbage("setpause", PAUSE) end
  sift(list, bad, check_lines)
  if options.validate and list.total > 0 then sift(list, bad, options.validate) end
  if bad[1] then settle(invocation, list, bad) end
  list.line_count = list.total
  merge(list)
  return list
end

-- Returns a `validate` for `read`: the library checks each item, with the params of all items.
function input.by_library(client, action, params)
  return function(list, refuse)
    for first = 1, list.total, SLICE do
      local options = { dry_run = true, params = params }
      function options.on_result(result)
        if result.ok then return end
        if result.err.code ~= "invalid_parameter" then abort.call(result.message, result.err) end
        refuse(first + result.index - 1, (result.message:gsub("^[%l_]+: ", "")))
      end
      abort.pass_on(abort.checked(client.batch, client, action,
        list:iterator(first, math.min(first + SLICE - 1, list.total)), options))
    end
  end
end

return input
