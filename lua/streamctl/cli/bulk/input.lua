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
local text = require "streamctl.cli.output.text"

local input = {}

local LONGEST = lines.LONGEST
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
  if #line > LONGEST then return nil, "it is longer than 64 KiB" end
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

--- Gives the items one after the other. `from`, if any: the first one; `to`, if any: the last one.
-- Returns the next item, nil at the end.
function List:iterator(from, to)
  local at, last = (from or 1) - 1, to or self.total
  return function()
    at = at + 1
    if at <= last then return self:item(at) end
  end
end

local function cut(line)
  line = text.clean(label.masked(line))
  if text.width(line) <= QUOTED then return line end
  return line:match(("[^\128-\191][\128-\191]*"):rep(QUOTED)) .. "..."
end

-- ---- what is wrong ----

local function take_out(list, gone)
  local to = 0
  if next(gone) == nil then return end
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

-- Looks at all items by `look(refuse)`, and takes out the bad ones.
local function sift(list, bad, look)
  local gone = {}
  look(function(i, why)
    gone[i] = true
    bad[#bad + 1] = { number = list.numbers[i], why = why, line = list.lines[i] }
  end)
  take_out(list, gone)
end

-- A function that gives equal items equal texts. Lines do that themselves where all are ids.
local function key_of(list, params)
  local function line_of(i) return list.lines[i] end
  for i = 1, list.total do
    if list.lines[i]:byte() == BRACE then
      return function(at)
        local item, all = list:item(at), {}
        if type(item) ~= "table" then return item end
        for _, values in ipairs { params or {}, item } do
          for name, value in pairs(values) do all[name] = value end
        end
        return encode.value(all)
      end
    end
  end
  return line_of
end

-- Takes out items that came before.
local function merge(list, params)
  local seen, gone, key = {}, {}, key_of(list, params)
  for i = 1, list.total do
    local text_of = key(i)
    gone[i], seen[text_of] = seen[text_of], true
  end
  take_out(list, gone)
end

local function check_all(list, options, refuse)
  for i = 1, list.total do
    local item, why = item_of(options, list.lines[i])
    if item ~= nil and options.check then why = options.check(item) end
    if why then refuse(i, why) end
  end
end

local function describe(list, bad)
  table.sort(bad, function(a, b) return a.number < b.number end)
  local texts = {}
  for i, one in ipairs(bad) do
    if i > SHOWN then
      texts[i] = ("... and %s more"):format(text.thousands(#bad - SHOWN))
      break
    end
    texts[i] = ("%s: %s: '%s'"):format(lines.place_of(list, one.number), text.clean(one.why),
      cut(one.line))
  end
  return texts
end

-- Ends the command because of bad lines, or goes on without them.
local function settle(invocation, list, bad)
  local texts = describe(list, bad)
  local title = ("%s of %s cannot be right"):format(text.thousands(#bad),
    text.thousands(#bad + list.total))
  if invocation.args.skip_bad and list.total > 0 then
    invocation.say:warn("%s and are left out:", title)
    for _, line in ipairs(texts) do invocation.say:line(line) end
    list.left_out = #bad
    return
  end
  table.insert(texts, 1, title .. (list.total == 0 and "; nothing was sent:"
    or "; nothing was sent, and --skip-bad leaves them out:"))
  failure.raise(2, texts)
end

-- ---- reading ----

--- Reads the items. When lines cannot be right, the command ends and names all of them; with
-- --skip-bad it goes on without them. `words`: of the command line: ids, `-` for stdin, `@FILE`.
-- `options`: `ids`, `object`: whether a line may be one (`object` may be a function that makes an
-- item of it: item, or nil and why not); `make(id)`: an id's item, which is the id itself without;
-- `check(item)`: nil, or why it cannot be right; `validate(list, refuse)`: looks at all items at
-- once, and calls `refuse(i, why)`; `params`: what all objects have unless they say otherwise.
-- Returns `total`, `item(i)`, `iterator(from)`; `given`: how many lines named these items;
-- `left_out`: how many were left out, if any.
function input.read(invocation, words, options)
  local list = setmetatable(lines.read(words), List)
  list.options = options
  if list.total == 0 then
    failure.usage "there is nothing to do: no line of the input names anything"
  end
  if list.total > MANY then collectgarbage("setpause", PAUSE) end
  local bad = {}
  sift(list, bad, function(refuse) check_all(list, options, refuse) end)
  if options.validate and list.total > 0 then
    sift(list, bad, function(refuse) options.validate(list, refuse) end)
  end
  if bad[1] then settle(invocation, list, bad) end
  list.given = list.total
  merge(list, options.params)
  return list
end

--- A `validate` for @{read}: what the library would refuse to send is refused. `params`, if any:
-- that all items have.
function input.by_library(client, action, params)
  return function(list, refuse)
    for first = 1, list.total, SLICE do
      local last = math.min(first + SLICE - 1, list.total)
      failure.pass_on(failure.checked(client.batch, client, action, list:iterator(first, last), {
        dry_run = true, params = params, on_result = function(result)
          if result.ok then return end
          if result.err.code ~= "invalid_parameter" then
            failure.call(result.message, result.err)
          end
          refuse(first + result.index - 1, (result.message:gsub("^[%l_]+: ", "")))
        end,
      }))
    end
  end
end

return input
