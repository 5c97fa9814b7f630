--- Lines of arguments, stdin and files.
-- @module streamctl.cli.bulk.lines

local system = require "streamctl.system"
local failure = require "streamctl.cli.failure"

local PIECE = 65536 -- bytes that are read at a time

local lines = {
  --- Bytes of a line. One that is too long is kept in part, which is too long as well.
  LONGEST = 65536,
}

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
    if #rest > lines.LONGEST then
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

--- Reads lines.
-- @tparam table words of the command line: lines, `-` for stdin, `@FILE`
-- @treturn table `total`; `lines`, without those that are blank or comments; and what
-- @{place_of} needs
function lines.read(words)
  local list = { total = 0, read = 0, lines = {}, numbers = {}, sources = {} }
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
      local mode, is_file = system.file_mode(word)
      if mode and is_file then
        failure.usage("'%s' is a file here; did you mean @%s? An item of that name goes by stdin: "
          .. "echo %s | streamctl ... -", word, word, word)
      end
      list.sources[#list.sources + 1] = { argument = i, before = list.read }
      add(list, word)
    end
  end
  return list
end

--- Where a line came from, by a number of `list.numbers`: "ids.txt:12".
function lines.place_of(list, number)
  local source
  for _, one in ipairs(list.sources) do
    if one.before >= number then break end
    source = one
  end
  if source.argument then return "argument " .. source.argument end
  return ("%s:%d"):format(source.name, number - source.before)
end

return lines
