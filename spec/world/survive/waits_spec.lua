-- Each waiter's questions, as the vendors check them; what becomes of its states is in
-- spec/pieces/many/waiters_spec.lua. And what no page says of what became of a lost call.

local blocking = require "streamctl.loop.blocking"
local cjson = require "cjson"
local core = require "streamctl.core"
local samples = require "spec.support.samples"
local session = require "spec.support.session"

-- A loop that sets the clock instead of waiting, and that gives up when a wait has no end.
local pauses
local IMPATIENT = setmetatable({
  sleep = function(seconds)
    core.set_clock(core.now(), core.monotonic() + seconds)
    pauses = pauses + 1
    if pauses > 20 then error("the wait goes on", 0) end
  end,
}, { __index = blocking })

local s, live, rtc

setup(function() s = session.start() end)
teardown(function() session.stop(s) end)
before_each(function()
  s.e:reset()
  core.set_clock(core.now(), 1000)
  live = s:aliyun { loop = IMPATIENT }
  rtc = s:zego { loop = IMPATIENT }
  pauses = 0
end)
after_each(function() core.set_clock() end)

local function task()
  local given = session.task()
  return { Region = given.Region, TaskId = assert(live:create_live_pull_to_push(given)).TaskId }
end

describe("a wait", function()
  -- What the vendors' pages show of a wait under way, and of its end.
  local function answer(shown)
    local body = shown.body or shown
    body.http_status = shown.status
    if body.TaskInfo then body.TaskInfo.EndTime = "2037-01-03T00:00:00Z" end
    return body
  end

  for name, fact in pairs(samples.waiters()) do
    it("asks as the vendor wants it, and ends with the first look that shows it: " .. name,
      function()
        s.e:answer(fact.poll, { answer(fact.waiting[1]), answer(fact.waiting[1]),
          answer(fact.success[1]) })
        assert((fact.vendor == "zego" and rtc or live):wait_for(name, fact.params))
        local log = s.e:requests()
        assert.equal(3, #log)
        for _, entry in ipairs(log) do
          assert.same({ fact.poll, true, true }, { entry.action, entry.verified, entry.fits })
        end
      end)
  end
end)

-- ---- what no page says ----

describe("settle against the emulator", function()
  local function lose(execute)
    s.e:fault { vendor = "aliyun", action = "CreateLivePullToPush",
      kind = execute and "reset_after" or "reset_before" }
    local params = session.task()
    local _, _, err = live:create_live_pull_to_push(params)
    assert.equal("outcome_unknown", err.code)
    return err, params
  end

  it("finds a task that was made", function()
    local err, params = lose(true)
    local became, _, found = live:settle(cjson.decode(cjson.encode(err)))
    assert.equal("executed", became)
    assert.equal(params.DstUrl, found.TaskInfo.DstUrl)
  end)

  for _, filter in ipairs { "contains", "exact", "ignored" } do
    for _, empty in ipairs { "present", "absent" } do
      it("says that none was made where the vendor's filter is " .. filter .. " and its empty list "
        .. empty, function()
        s.e:config { task_filter = filter, empty_list = empty }
        local err, params = lose(false)
        task()
        local longer = session.task { DstUrl = params.DstUrl .. "0" }
        assert(live:create_live_pull_to_push(longer))
        assert.equal("unknown", (live:settle(err)))
        err.settle.ended = err.settle.ended - 60
        assert.equal("not_executed", (live:settle(err)))
      end)
    end
  end
end)
