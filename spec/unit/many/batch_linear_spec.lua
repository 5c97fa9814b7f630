-- A batch's work grows with its items, no faster. Counted, not timed: instructions of Lua.

local helper = require "spec.unit.helper"

local SMALL, LARGE = 400, 4000
local MOST = 15 -- times the work for ten times the items; what is quadratic takes 60 and more
local EVERY = 100 -- instructions

local jit = rawget(_G, "jit")

local function stream(i)
  return helper.merged(helper.ALIYUN_PARAMS.ResumeLiveStream, { StreamName = "s" .. i })
end

local KINDS = {
  { "ids", "zego", "ResumeRTCStreams", function(i) return "s" .. i end },
  { "repeated ids", "zego", "ResumeRTCStreams", function(i) return "s" .. i % 10 end },
  { "ill-formed ids", "zego", "ResumeRTCStreams", function(i) return "no id " .. i end },
  { "tables", "aliyun", "ResumeLiveStream", stream },
  { "tables for one stream", "aliyun", "ResumeLiveStream", function() return stream(1) end },
}

describe("the work of a batch grows in proportion to its items:", function()
  local work, limit

  -- What works too much ends at once: it might take hours.
  local function instructions()
    work = work + EVERY
    if work > limit then error("too much work", 0) end
  end

  -- A hook is of one coroutine, but in LuaJIT, and compiled code has none.
  local function watch()
    if not debug.gethook() then debug.sethook(instructions, "", EVERY) end
  end

  local function begin(most)
    work, limit = 0, most
    if jit then
      jit.off()
      jit.flush()
    end
    watch()
  end

  local function stop()
    debug.sethook()
    if jit then jit.on() end
  end

  after_each(stop)

  local function work_of(kind, count, most)
    local answer, items = helper.response(200, helper.SUCCESS[kind[2]]), {}
    local client = helper[kind[2]](nil, { transport = { send = function()
      watch()
      return answer
    end } })
    for i = 1, count do items[i] = kind[4](i) end
    begin(most)
    local ok, report = pcall(client.batch, client, kind[3], items)
    stop()
    assert.is_true(work <= most, ("%d items: more than %.0f"):format(count, most))
    assert.is_true(ok, report)
    assert.equal(count, report.succeeded + report.failed)
    return work
  end

  for _, kind in ipairs(KINDS) do
    it(kind[1], function()
      local small = work_of(kind, SMALL, math.huge)
      assert.is_true(small > SMALL, "nothing was counted")
      work_of(kind, LARGE, MOST * small)
    end)
  end
end)
