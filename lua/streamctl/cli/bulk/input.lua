-- Reads the items of a command: ids and JSON objects, from arguments, stdin and files.
--
-- A line is an id or a JSON object; blank lines and lines that begin with `#` are skipped. Of a row
-- that another command wrote (`-o jsonl`) the field `item` counts. Lines become items on demand,
-- which saves memory. Equal items count once.

local fail = require "streamctl.cli.fail"
local json = require "streamctl.base.json"
local json_line = require "streamctl.cli.output.json_line"
local lines = require "streamctl.cli.bulk.lines"
local requests = require "streamctl.cli.bulk.requests"
local status = require "streamctl.cli.status"
local system = require "streamctl.system"
local text = require "streamctl.cli.output.text"

local input = {}

local LONGEST = 65536 -- bytes of a line
local SHOWN = 20 -- bad lines that are written out
local QUOTED = 40 -- characters of a bad line that are shown
local BRACE, HASH = 123, 35 -- the bytes that an object and a comment begin with
local MANY, PAUSE = 10000, 120 -- with many items the collector runs early, to save memory

local List = {}
List.__index = List

-- ---- lines ----

-- Adds a line. Blank lines and comments count in `read` too, so that a number tells the place.
local function add(list, line)
  list.read = list.read + 1
  line = line:match "^%s*(.-)%s*$"
  if line == "" or line:byte() == HASH then return end
  local at = list.total + 1
  list.total, list.lines[at], list.numbers[at] = at, line, list.read
end

local function read_file(list, file, name)
  local before = list.read
  list.sources[#list.sources + 1] = { name = name, before = before }
  local why = lines.each(file, LONGEST, function(line)
    if list.read == before then
      if line:find "^\255\254" or line:find "^\254\255" then
        fail.usage("%s is UTF-16; write it as UTF-8", name)
      end
      line = line:gsub("^\239\187\191", "")
    end
    add(list, line)
  end)
  if why then fail.usage("cannot read %s: %s", name, why) end
end

-- Reads the words of a command line: a line, `-` for stdin, or `@FILE`.
local function read_words(words)
  local list = setmetatable({ total = 0, read = 0, lines = {}, numbers = {}, sources = {} }, List)
  local has_stdin
  for i, word in ipairs(words) do
    local path = word:match "^@(.+)$"
    if word == "-" then
      if has_stdin then fail.usage "'-' stands twice, and stdin can be read once" end
      has_stdin = true
      read_file(list, io.stdin, "stdin")
    elseif path then
      local file, why = io.open(path, "rb")
      if not file then fail.usage("cannot read %s", why) end
      read_file(list, file, path)
      file:close()
    else
      local mode, is_file = system.file_mode(word)
      if mode and is_file then
        fail.usage("'%s' is a file here; did you mean @%s? An item of that name goes by stdin: "
          .. "echo %s | streamctl ... -", word, word, word)
      end
      list.sources[#list.sources + 1] = { argument = i, before = list.read }
      add(list, word)
    end
  end
  return list
end

-- Returns the place of a line by its number in `list.numbers`, such as "ids.txt:12".
local function place_of(list, number)
  local source
  for _, candidate in ipairs(list.sources) do
    if candidate.before < number then source = candidate end
  end
  return source.argument and "argument " .. source.argument
    or ("%s:%d"):format(source.name, number - source.before)
end

-- ---- items ----

local function item_of_id(options, id)
  if not options.make then return nil, 'expected a JSON object such as {"Name": "value"}' end
  if id:find("\0", 1, true) then
    return nil, "it has a byte 0, as no text has; expected one id a line"
  end
  if id:find "[%s%c]" then return nil, "expected one id, without blanks" end
  if not json.is_utf8(id) then return nil, "it is not UTF-8" end -- reports are UTF-8
  return options.make(id)
end

local function item_of(options, line)
  if #line > LONGEST then return nil, "it is longer than 64 KiB" end
  if line:byte() ~= BRACE then return item_of_id(options, line) end
  local object, why = json.decode(line)
  if not object then return nil, why end
  local item = object.item -- of a row: no parameter is called so
  if type(item) == "string" then return item_of_id(options, item) end
  if type(item) == "table" then object = item end
  if not options.object then return nil, "expected an id, not an object" end
  return options.object(object)
end

function List:item(i) return (item_of(self.options, self.lines[i])) end

function List:iterator()
  local at = 0
  return function()
    at = at + 1
    return at <= self.total and self:item(at) or nil
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

local function check_items(list, refuse)
  if not list.options.account then return end
  requests.check(list.options, list.total, function(i) return list:item(i) end,
    function(i, message) refuse(i, (message:gsub("^[%l_]+: ", ""))) end)
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

local function quoted(line) return text.cut(text.clean(lines.masked(line)), QUOTED + 3) end

-- Ends the command because of bad lines, or goes on without bad lines.
local function settle(invocation, list, bad)
  table.sort(bad, function(a, b) return a.number < b.number end)
  local skip = invocation.args.skip_bad and list.total > 0
  local told = { ("%s of %s cannot be right%s:"):format(text.thousands(#bad),
    text.thousands(#bad + list.total), skip and " and are left out"
    or list.total == 0 and "; nothing was sent"
    or "; nothing was sent, and --skip-bad leaves them out") }
  for i = 1, math.min(#bad, SHOWN) do
    told[i + 1] = ("%s: %s: '%s'"):format(place_of(list, bad[i].number), text.clean(bad[i].why),
      quoted(bad[i].line))
  end
  if #bad > SHOWN then
    told[#told + 1] = ("... and %s more"):format(text.thousands(#bad - SHOWN))
  end
  if not skip then fail.raise(status.USAGE, told) end
  invocation.say:warn("%s", told[1])
  for i = 2, #told do invocation.say:line(told[i]) end
  list.left_out = #bad
end

-- ---- input ----

-- Reads the items of `words`: ids, `-` for stdin, `@FILE`. Bad lines end the command, or are left
-- out with --skip-bad. Options: `make(id)` and `object(object)` make an item, or return nil and a
-- fault; with `account` and `operation` the library checks each item; `params` of all items.
-- Returns `total`, `item(i)`, `iterator()`; `line_count`, lines before equal items are taken out;
-- `left_out`, the number of bad lines, if any.
function input.read(invocation, words, options)
  local list, bad = read_words(words), {}
  list.options = options
  if list.total == 0 and #words == 1 and words[1] == "-" then
    invocation.say:note "there is nothing to do: stdin names nothing"
    fail.raise(status.OK) -- as of a filter that found nothing
  elseif list.total == 0 then
    fail.usage "there is nothing to do: no line of the input names anything"
  end
  if list.total > MANY then collectgarbage("setpause", PAUSE) end
  sift(list, bad, check_lines)
  sift(list, bad, check_items)
  if bad[1] then settle(invocation, list, bad) end
  list.line_count = list.total
  merge(list)
  return list
end

return input
