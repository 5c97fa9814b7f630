-- Reads the lines of arguments, stdin and files.

local system = require "streamctl.system"
local abort = require "streamctl.cli.abort"

local PIECE = 65536 -- bytes that are read at a time, at least

local lines = { LONGEST = 65536 } -- bytes of an item's line

-- Calls `take(line, offset, is_half)` with each line of a file. The last line is a half where its
-- end is missing; a line above `max` bytes is cut, but still longer. Returns a fault of reading.
function lines.each(file, max, take)
  local rest, offset, skips = "", 0, false
  while true do
    local piece, why = file:read(math.max(PIECE, #rest)) -- a long line takes few pieces
    if not piece then
      if not why and rest ~= "" then take(rest, offset, true) end
      return why
    end
    local from, stop = 1, piece:find("\n", 1, true)
    while stop do
      local line = rest .. piece:sub(from, stop - 1)
      if not skips then take(line, offset) end
      offset, rest, skips = offset + #line + 1, "", false
      from, stop = stop + 1, piece:find("\n", stop + 1, true)
    end
    if not skips then rest = rest .. piece:sub(from) end
    if #rest > max then
      take(rest, offset)
      rest, skips = "", true
    end
  end
end

-- Adds a line. Blank lines and comments count in `read` too, so that a number tells the place.
local function add(list, line)
  list.read = list.read + 1
  line = line:match "^%s*(.-)%s*$"
  if line == "" or line:byte() == 35 then return end
  local at = list.total + 1
  list.total, list.lines[at], list.numbers[at] = at, line, list.read
end

local function read_file(list, file, name)
  local before = list.read
  list.sources[#list.sources + 1] = { name = name, before = before }
  local why = lines.each(file, lines.LONGEST, function(line)
    if list.read == before then
      if line:find "^\255\254" or line:find "^\254\255" then
        abort.usage("%s is UTF-16; write it as UTF-8", name)
      end
      line = line:gsub("^\239\187\191", "")
    end
    add(list, line)
  end)
  if why then abort.usage("cannot read %s: %s", name, why) end
end

-- Reads the words of a command line: a line, `-` for stdin, or `@FILE`. Returns `total` and
-- `lines`, without blanks and comments, and fields for `place_of`.
function lines.read(words)
  local list = { total = 0, read = 0, lines = {}, numbers = {}, sources = {} }
  local used
  for i, word in ipairs(words) do
    local path = word:match "^@(.+)$"
    if word == "-" then
      if used then abort.usage "'-' stands twice, and stdin can be read once" end
      used = true
      read_file(list, io.stdin, "stdin")
    elseif path then
      local file, why = io.open(path, "rb")
      if not file then abort.usage("cannot read %s", why) end
      read_file(list, file, path)
      file:close()
    else
      local mode, is_file = system.file_mode(word)
      if mode and is_file then
        abort.usage("'%s' is a file here; did you mean @%s? An item of that name goes by stdin: "
          .. "echo %s | streamctl ... -", word, word, word)
      end
      list.sources[#list.sources + 1] = { argument = i, before = list.read }
      add(list, word)
    end
  end
  return list
end

-- Returns the place of a line by its number in `list.numbers`, such as "ids.txt:12".
function lines.place_of(list, number)
  local source
  for _, candidate in ipairs(list.sources) do
    if candidate.before < number then source = candidate end
  end
  if source.argument then return "argument " .. source.argument end
  return ("%s:%d"):format(source.name, number - source.before)
end

return lines
