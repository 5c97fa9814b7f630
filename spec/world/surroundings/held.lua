-- Runs the command up to a request that the emulator holds, changes the host, and lets it go on.

local command = require "spec.support.command"

local held = {}

--- Runs a command; its request of that number is held while `change(handle)` changes the host.
-- `run` has `words`, `options` (with `vendor`), `action`, `number`, `change`, and `after` where the
-- answer is held and not the request. Returns how it ended.
function held.run(c, e, run)
  local vendor = run.options.vendor
  e:fault { vendor = vendor, action = run.action, kind = "latency", held = true,
    skip = run.number - 1, after = run.after }
  local handle = c:start(run.words, run.options)
  command.await(function()
    assert(not handle:is_over(), "the command ended before its request was held")
    return #e:requests { vendor = vendor, action = run.action } >= run.number
  end, "the request to hold")
  run.change(handle)
  e:release()
  return handle:wait()
end

--- Writes a file `ids` of s1, s2 ..., and returns them.
function held.ids(c, count)
  local list = {}
  for i = 1, count do list[i] = "s" .. i end
  c:write("ids", table.concat(list, "\n") .. "\n")
  return list
end

return held
