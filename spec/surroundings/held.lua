-- Runs the command up to a request that the emulator holds, changes the host, and lets it go on.

local command = require "spec.support.command"

local HOLD = 60 -- seconds that only a spec which fails reaches

local held = {}

-- Another request of the vendor under way at once ends the holding.
local function release(c, vendor)
  local words = vendor == "zego" and { "call", "DescribeUserNum", "RoomId=r" }
    or { "call", "DescribeLiveUserDomains" }
  words[#words + 1] = "--store=memory"
  c:run(words, { vendor = vendor })
end

--- Runs a command; its request of that number is held while `change` changes the host.
-- @tparam table c of spec.support.command
-- @tparam table e an emulator, just reset
-- @tparam table run `words`, `options` (with `vendor`), `action`, `number`, `change(handle)`,
-- `after` (hold the answer, and not the request)
-- @treturn table how it ended
function held.run(c, e, run)
  local vendor = run.options.vendor
  e:fault { vendor = vendor, action = run.action, kind = "latency", seconds = HOLD, together = 2,
    skip = run.number - 1, after = run.after }
  local handle = c:start(run.words, run.options)
  command.await(function()
    assert(not handle:is_over(), "the command ended before its request was held")
    return #e:requests { vendor = vendor, action = run.action } == run.number
  end, "the request to hold")
  run.change(handle)
  release(c, vendor)
  return handle:wait()
end

return held
