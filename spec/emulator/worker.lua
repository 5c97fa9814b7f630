-- What a process does beside answering. The start values are set before there are workers, and
-- each worker seeds its random numbers.

local settings = require "emulator.settings"
local state = require "emulator.state"

local M = {}

function M.init(path)
  settings.load(path)
  state.reset()
end

function M.start()
  local file = assert(io.open("/dev/urandom", "rb"))
  local bytes = { file:read(4):byte(1, 4) }
  file:close()
  math.randomseed(bytes[1] + bytes[2] * 2 ^ 8 + bytes[3] * 2 ^ 16 + bytes[4] % 128 * 2 ^ 24)
end

return M
