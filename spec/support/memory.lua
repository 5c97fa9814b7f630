-- Looks into the memory of a process that we started, for a text. Linux.

local shell = require "spec.emulator.launcher.shell"

local memory = {}

local PIECE = 1048576

-- How often text is between two addresses; pieces overlap, so that none is cut in two.
local function count_in(file, from, to, text)
  local count, at = 0, from
  while at < to do
    if not file:seek("set", at) then return count end
    local data = file:read(math.min(PIECE + #text - 1, to - at))
    if not data then return count end -- not there: guard pages, devices
    local position = data:find(text, 1, true)
    while position and position <= PIECE do
      count = count + 1
      position = data:find(text, position + 1, true)
    end
    at = at + PIECE
  end
  return count
end

--- How often a text is in memory that the process can write: its stacks, heaps and variables.
-- @tparam integer pid
-- @tparam string text
-- @treturn integer
-- @treturn table for each mapping that holds it `{ name, count }`
function memory.count(pid, text)
  local total, where = 0, {}
  local file = assert(io.open(("/proc/%d/mem"):format(pid), "rb"))
  file:setvbuf "no"
  for line in assert(shell.read_file(("/proc/%d/maps"):format(pid))):gmatch("[^\n]+") do
    local from, to, rights, name = line:match("^(%x+)%-(%x+) (%S+) %S+ %S+ %S+%s*(.*)$")
    if rights:find("^rw") then
      local count = count_in(file, tonumber(from, 16), tonumber(to, 16), text)
      if count > 0 then where[#where + 1] = { name ~= "" and name or "anonymous", count } end
      total = total + count
    end
  end
  file:close()
  return total, where
end

--- Whether this system lets us look.
function memory.readable()
  local file = io.open("/proc/self/mem", "rb")
  if file then file:close() end
  return file ~= nil
end

return memory
