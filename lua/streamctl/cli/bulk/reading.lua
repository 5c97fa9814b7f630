--- Reads the file of a report.
-- @module streamctl.cli.bulk.reading

local failure = require "streamctl.cli.failure"
local json = require "streamctl.json"
local records = require "streamctl.cli.bulk.records"

local reading = {}

local BEGINNING = '{"record":"'
local PIECE = 65536    -- bytes that are read at a time
local LONGEST = 2 ^ 24 -- bytes of a record

--- Calls `give(line, offset)` with each whole line. Returns where half a line begins, and half a
-- line, which may be empty; or nil, nil, why it cannot be read.
function reading.each_line(file, give)
  local parts, length, offset = {}, 0, 0
  while true do
    local piece, why = file:read(PIECE)
    if why then return nil, nil, why end
    if not piece then return offset, table.concat(parts) end
    local from = 1
    while true do
      local stop = piece:find("\n", from, true)
      if not stop then break end
      parts[#parts + 1] = piece:sub(from, stop - 1)
      local line = table.concat(parts)
      give(line, offset)
      offset, parts, length, from = offset + #line + 1, {}, 0, stop + 1
    end
    parts[#parts + 1] = piece:sub(from)
    length = length + #piece - from + 1
    if length > LONGEST then return nil, nil, "a line is longer than 16 MiB" end
  end
end

--- Takes in a line, which begins at an offset of the file. Returns what is wrong with it, or nil.
function reading.take(book, line, offset)
  local record, wrong = json.decode(line)
  if record then wrong = records.take(book, record, offset) end
  return wrong
end

--- Whether a text is half a record, as a crash leaves it.
function reading.is_half(text)
  return text:sub(1, #BEGINNING) == BEGINNING:sub(1, #text)
end

--- Takes in what a file holds; ends by `failure.usage` when it is no report. `book`: an empty one;
-- `torn`: where half a record begins.
function reading.load(book, file)
  local path, number = book.path, 0
  local way_out = ("--repair leaves such lines out, and keeps the file as it is as %s.old")
    :format(path)
  local torn_at, torn, why = reading.each_line(file, function(line, offset)
    number = number + 1
    local wrong = reading.take(book, line, offset)
    if wrong then
      failure.usage("the report %s cannot be used: line %d: %s; %s", path, number, wrong, book.plan
        and way_out or "name another file")
    end
  end)
  if why then failure.usage("cannot read the report %s: %s", path, why) end
  if torn ~= "" then
    if not reading.is_half(torn) then
      failure.usage("%s is no report: line %d does not begin as a record; %s", path, number + 1,
        book.plan and way_out or "name another file")
    end
    book.torn = torn_at
  end
end

return reading
