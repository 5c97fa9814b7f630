-- Reads the lines of a file, and writes an item as a line, which can be input again.

local json_line = require "streamctl.cli.output.json_line"

local lines = {}

local PIECE = 65536 -- bytes that are read at a time, at least

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

-- Hides the user and the query of addresses in a text, since keys stand there.
function lines.masked(text) return (text:gsub('%?[^"]*', "?..."):gsub('//[^/"%s]*@', "//...@")) end

-- Returns the id of an item or its JSON text. A table shows a task by its destination, and no keys.
-- JSON keeps the item.
function lines.label(item, format)
  if format ~= "table" and format ~= "ids" then return item end
  local to = format == "table" and type(item) == "table" and item.DstUrl
  if type(to) == "string" then
    item = to
  elseif type(item) == "table" then
    local name, value = next(item)
    local is_id = type(value) == "string" and next(item, name) == nil
    item = is_id and value or json_line.value(item)
  end
  return format == "table" and lines.masked(item) or item
end

local IDS = { "StreamId", "StreamName", "TaskId", "DstUrl" }

-- Returns the id of an item for programs: a text, whatever the operation takes.
function lines.id(item)
  if type(item) ~= "table" then return item end
  for _, name in ipairs(IDS) do
    if type(item[name]) == "string" then return item[name] end
  end
end

return lines
