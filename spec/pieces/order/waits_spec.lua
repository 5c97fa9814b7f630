-- A call keeps its place in the order over waits of any length, as long as it is known whether a
-- newer one was made; and what it ends with when nobody can know that.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local order = require "spec.support.order"

local STREAM = helper.ALIYUN_PARAMS.ForbidLiveStream

-- How a call is asked to wait by its vendor.
local CALLS = {
  { "aliyun", "ForbidLiveStream", STREAM, "ResumeLiveStream", function(seconds)
    return helper.response(503, '{"Code":"Throttling.User","Message":"slow","RequestId":"R-9"}',
      "Retry-After: " .. seconds .. "\r\n")
  end },
  { "zego", "ForbidRTCStreams", { StreamId = { "s1" } }, "ResumeRTCStreams", function(seconds)
    return helper.response(503, "busy", "Retry-After: " .. seconds .. "\r\n")
  end },
}

-- A loop whose sleeps are made of what `during(from, seconds)` does, and the clock's.
local function sleeping(during)
  local loop = { send = print, all = print, slept = 0, longest = 0 }
  function loop.sleep(seconds)
    loop.longest = math.max(loop.longest, seconds)
    if during then during(loop.slept, seconds) else core.sleep(seconds) end
    loop.slept = loop.slept + seconds
  end
  return loop
end

helper.stand_still()

for _, kind in ipairs(order.STORES) do
  for _, case in ipairs(CALLS) do
    describe("a repeat of " .. case[2] .. ", by " .. kind[1] .. ",", function()
      local vendor, store, waits = case[1], nil, nil

      before_each(function() store, waits = kind[2](), {} end)

      -- A client whose first attempt has to wait, and after that calls `before_sleep`.
      local function client(seconds, loop)
        return helper[vendor](helper.script(case[5](seconds), order.DONE[vendor]), {
          store = store, retry = {}, timeout = 5000, loop = loop,
          on_event = function(event)
            if event.event == "wait" then waits[#waits + 1] = event.delay end
          end,
        })
      end

      local function newer()
        return assert(helper[vendor](nil, { store = store }):call(case[4], case[3]))
      end

      -- A clock that stands still for this: how long the process was stopped, how far the wall
      -- clock was set meanwhile; whether that leaves doubt, and what is said of it.
      for _, case_of in ipairs {
        { 49 - 5 }, { 0, -40 }, { 0, -6 }, { 0, 6 }, { 0, 40 },
        { 46, 0, "51 s have passed, too long to know whether a newer call was made" },
        { 3600, 0, "3605 s have passed, too long to know whether a newer call was made" },
        { 0, -61, "the clock was set, so nobody knows whether a newer call was made" },
        { 0, 61, "the clock was set, so nobody knows whether a newer call was made" },
        { 0, -3600, "the clock was set, so nobody knows whether a newer call was made" },
        { 0, 3600, "the clock was set, so nobody knows whether a newer call was made" },
      } do
        local stopped, step, doubt = case_of[1], case_of[2] or 0, case_of[3]
        it(("is %s when the process was stopped for %d s and the clock set by %d s"):format(
          doubt and "not sent" or "sent", stopped, step), function()
          for _, has_newer in ipairs { false, true } do
            helper.freeze()
            store = kind[2]()
            local one, transport = client(5, sleeping(function(_, seconds)
              if has_newer then newer() end
              order.at(seconds + stopped, step)
            end))
            local body, message, err = one:call(case[2], case[3])
            if doubt then -- it ends with its own failure
              assert.same({ true, false, 503, 1, 1 }, { err.retryable, err.code == "superseded",
                err.http_status, err.attempts, #transport.requests })
              assert.truthy(message:find("; not sent again, because " .. doubt, 1, true), message)
            elseif has_newer then
              assert.same({ "superseded", 1 }, { err.code, #transport.requests })
            else
              assert.is_table(body, message)
            end
          end
        end)
      end
    end)
  end
end
