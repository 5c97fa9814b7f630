--- The items of a command: ids and JSON objects, as arguments, from stdin and from files.
--
-- A line is an id or a JSON object; blank lines and lines that begin with `#` are skipped. Lines
-- are kept as they came, and made into items when they are asked for, so that many cost little.
-- @module streamctl.cli.bulk.input

local core = require "streamctl.core"
local failure = require "streamctl.cli.failure"
local json = require "streamctl.json"
local label = require "streamctl.cli.bulk.label"
local text = require "streamctl.cli.output.text"

local input = {}

local PIECE = 65536 -- bytes that are read at a time
local LONGEST = 65536 -- bytes of a line
local SHOWN = 20 -- bad lines that are written out
local QUOTED = 40 -- characters of a bad line that are shown
local SLICE = 5000 -- items that the library looks at at a time: it remembers them meanwhile

-- With many items the collector runs before there is twice as much as is used.
local MANY, PAUSE = 10000, 120

local List = {}
List.__index = List

-- ---- lines ----

-- A line counts as read wherever it comes from, so that its number tells where that was.
local function add(list, line)
  list.read = list.read + 1
  line = line:match "^%s*(.-)%s*$"
  if line == "" or line:byte() == 35 then return end
  local at = list.total + 1
  list.total, list.lines[at], list.numbers[at] = at, line, list.read
end

-- Calls `take` with each line of a file. Of one that is too long a beginning comes, which is too
-- long as well.
local function each_line(file, take)
  local rest, skipping = "", false
  while true do
    local piece, why = file:read(PIECE)
    if not piece then
      if why then return why end
      if not skipping and rest ~= "" then take(rest) end
      return nil
    end
    local from = 1
    while true do
      local stop = piece:find("\n", from, true)
      if not stop then break end
      if not skipping then take(rest .. piece:sub(from, stop - 1)) end
      rest, skipping, from = "", false, stop + 1
    end
    if not skipping then rest = rest .. piece:sub(from) end
    if #rest > LONGEST then
      take(rest)
      rest, skipping = "", true
    end
  end
end

local function read_file(list, file, name)
  local before = list.read
  list.sources[#list.sources + 1] = { name = name, before = before }
  local why = each_line(file, function(line)
    if list.read == before then
      if line:find "^\255\254" or line:find "^\254\255" then
        failure.usage("%s is UTF-16; write it as UTF-8", name)
      end
      line = line:gsub("^\239\187\191", "")
    end
    add(list, line)
  end)
  if why then failure.usage("cannot read %s: %s", name, why) end
end

local function read_words(list, words)
  local used
  for i, word in ipairs(words) do
    local path = word:match "^@(.+)$"
    if word == "-" then
      if used then failure.usage "'-' stands twice, and stdin can be read once" end
      used = true
      read_file(list, io.stdin, "stdin")
    elseif path then
      local file, why = io.open(path, "rb")
      if not file then failure.usage("cannot read %s", why) end
      read_file(list, file, path)
      file:close()
    else
      local mode, is_file = core.file_mode(word)
      if mode and is_file then
        failure.usage("'%s' is a file here; did you mean @%s? An item of that name goes by stdin: "
          .. "echo %s | streamctl ... -", word, word, word)
      end
      list.sources[#list.sources + 1] = { argument = i, before = list.read }
      add(list, word)
    end
  end
end

-- ---- items ----

-- The item of a line; or nil, and why it has none.
local function item_of(options, line)
  if #line > LONGEST then return nil, "it is longer than 64 KiB" end
  if line:byte() == 123 then
    if not options.object then return nil, "expected an id, not an object" end
    local object, why = json.decode(line)
    if object and type(options.object) == "function" then return options.object(object) end
    return object, why
  end
  if not options.ids then return nil, 'expected a JSON object such as {"Name": "value"}' end
  if line:find "[%s%c]" then return nil, "expected one id, without blanks" end
  if not json.is_utf8(line) then return nil, "it is not UTF-8" end -- as reports have to be
  return options.make and options.make(line) or line
end

--- An item.
-- @tparam integer i
-- @return what `make` made of an id, or the object
function List:item(i)
  return (item_of(self.options, self.lines[i]))
end

--- Gives the items one after the other.
-- @tparam[opt] integer from the first one
-- @tparam[opt] integer to the last one
-- @treturn function the next item, nil at the end
function List:iterator(from, to)
  local at, last = (from or 1) - 1, to or self.total
  return function()
    at = at + 1
    if at <= last then return self:item(at) end
  end
end

-- Where a line came from: "ids.txt:12".
local function place_of(list, number)
  local source
  for _, one in ipairs(list.sources) do
    if one.before >= number then break end
    source = one
  end
  if source.argument then return "argument " .. source.argument end
  return ("%s:%d"):format(source.name, number - source.before)
end

local function cut(line)
  line = text.clean(label.masked(line))
  if text.width(line) <= QUOTED then return line end
  return line:match(("[^\128-\191][\128-\191]*"):rep(QUOTED)) .. "..."
end

-- ---- what is wrong ----

-- Looks at all items by `look(refuse)`, and takes out the bad ones.
local function sift(list, bad, look)
  local gone, to = {}, 0
  look(function(i, why)
    gone[i] = true
    bad[#bad + 1] = { number = list.numbers[i], why = why, line = list.lines[i] }
  end)
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

local function check_all(list, options, refuse)
  for i = 1, list.total do
    local item, why = item_of(options, list.lines[i])
    if item ~= nil and options.check then why = options.check(item) end
    if why then refuse(i, why) end
  end
end

local function describe(list, bad)
  table.sort(bad, function(a, b) return a.number < b.number end)
  local lines = {}
  for i, one in ipairs(bad) do
    if i > SHOWN then
      lines[i] = ("... and %s more"):format(text.thousands(#bad - SHOWN))
      break
    end
    lines[i] = ("%s: %s: '%s'"):format(place_of(list, one.number), text.clean(one.why),
      cut(one.line))
  end
  return lines
end

-- Ends the command because of bad lines, or goes on without them.
local function settle(invocation, list, bad)
  local lines = describe(list, bad)
  local title = ("%s of %s cannot be right"):format(text.thousands(#bad),
    text.thousands(#bad + list.total))
  if invocation.args.skip_bad and list.total > 0 then
    invocation.say:warn("%s and are left out:", title)
    for _, line in ipairs(lines) do invocation.say:line(line) end
    return
  end
  table.insert(lines, 1, title .. (list.total == 0 and "; nothing was sent:"
    or "; nothing was sent, and --skip-bad leaves them out:"))
  failure.raise(2, lines)
end

-- ---- reading ----

--- Reads the items. When lines cannot be right, the command ends and names all of them; with
-- --skip-bad it goes on without them.
-- @tparam Invocation invocation
-- @tparam table words of the command line: ids, `-` for stdin, `@FILE`
-- @tparam table options `ids`, `object`: whether a line may be one (`object` may be a function
-- that makes an item of it: item, or nil and why not); `make(id)`: an id's item, which is the id
-- itself without; `check(item)`: nil, or why it cannot be right; `validate(list, refuse)`: looks at
-- all items at once, and calls `refuse(i, why)`
-- @treturn List `total`, `item(i)`, `iterator(from)`
function input.read(invocation, words, options)
  local list = setmetatable({
    total = 0, read = 0, lines = {}, numbers = {}, sources = {}, options = options,
  }, List)
  read_words(list, words)
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
  return list
end

--- A `validate` for @{read}: what the library would refuse to send is refused.
-- @tparam table client
-- @tparam string action
-- @tparam[opt] table params that all items have
-- @treturn function
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
