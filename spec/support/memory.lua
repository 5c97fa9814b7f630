-- Looks into the memory of a process that we started, for texts. Linux.

local shell = require "spec.support.emulator.launcher.shell"

local memory = {}

local PIECE = 1048576

-- Adds how often each text is between two addresses; pieces overlap, so that none is cut in two.
local function count_in(file, from, to, texts, counts)
  local at, overlap = from, 0
  for _, text in ipairs(texts) do overlap = math.max(overlap, #text - 1) end
  while at < to do
    if not file:seek("set", at) then return end
    local data = file:read(math.min(PIECE + overlap, to - at))
    if not data then return end -- not there: guard pages, devices
    for i, text in ipairs(texts) do
      local position = data:find(text, 1, true)
      while position and position <= PIECE do
        counts[i] = counts[i] + 1
        position = data:find(text, position + 1, true)
      end
    end
    at = at + PIECE
  end
end

--- How often texts are in memory that a process can write: its stacks, heaps and variables.
function memory.count(pid, texts)
  local counts = {}
  for i = 1, #texts do counts[i] = 0 end
  local file = assert(io.open(("/proc/%d/mem"):format(pid), "rb"))
  file:setvbuf "no"
  for line in assert(shell.read_file(("/proc/%d/maps"):format(pid))):gmatch("[^\n]+") do
    local from, to, rights = line:match("^(%x+)%-(%x+) (%S+)")
    if rights:find("^rw") then
      count_in(file, tonumber(from, 16), tonumber(to, 16), texts, counts)
    end
  end
  file:close()
  return counts
end

--- Whether this system lets us look.
function memory.readable()
  local file = io.open("/proc/self/mem", "rb")
  if file then file:close() end
  return file ~= nil
end

return memory
