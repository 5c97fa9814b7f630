-- Every waiter against the emulator: it comes to its success after real calls that change something
-- and show it two looks later, to its failure and to its time limit by answers as the vendors
-- document them. Waits sleep on a clock of their own.

local blocking = require "streamctl.loop.blocking"
local cjson = require "cjson"
local core = require "streamctl.core"
local merged = require("spec.unit.helper").merged
local samples = require "spec.support.samples"
local session = require "spec.support.session"

local facts = samples.waiters()

local s, loop
setup(function() s = session.start() end)
teardown(function() session.stop(s) end)

local function sleep(seconds)
  core.set_clock(core.now(), core.monotonic() + seconds)
end

before_each(function()
  s.e:reset()
  core.set_clock(core.now(), 1000)
  loop = { send = blocking.send, sleep = sleep, all = blocking.all }
end)
after_each(function() core.set_clock() end)

local function client_of(vendor)
  return s[vendor](s, { loop = loop })
end

-- Bodies of the facts as the emulator takes them.
local function bodies(list)
  local out = {}
  for i, answer in ipairs(list) do
    out[i] = answer.body and merged(answer.body, { http_status = answer.status }) or answer
  end
  return out
end

local function answered(name, list, options)
  local fact = facts[name]
  s.e:answer(fact.poll, bodies(list))
  local answer, message, err = client_of(fact.vendor):wait_for(name, fact.params, options)
  local requests = s.e:requests { action = fact.poll }
  for _, request in ipairs(requests) do
    assert.is_true(request.verified, "the signature is wrong")
    assert.is_true(request.fits, "a parameter is wrong")
  end
  return answer, message, err, #requests
end

for name, fact in pairs(facts) do
  describe("the waiter " .. name .. " against the emulator", function()
    it("comes to its success", function()
      local list = { fact.waiting[1], fact.waiting[#fact.waiting], fact.success[1] }
      local answer, message, _, looks = answered(name, list, { timeout = 600 })
      assert.is_table(answer, message)
      assert.equal(3, looks)
    end)

    it("comes to its time limit", function()
      local answer, _, err, looks = answered(name, { fact.waiting[1] }, { timeout = 40 })
      assert.is_nil(answer)
      assert.equal("timeout", err.code)
      assert.equal(err.attempts, looks)
    end)

    if fact.failure[1] then
      it("comes to its failure", function()
        local answer, _, err, looks = answered(name, { fact.waiting[1], fact.failure[1] })
        assert.is_nil(answer)
        assert.equal("wait_failed", err.code)
        assert.equal(2, looks)
      end)
    end
  end)
end

-- ---- after calls that change something ----

-- The params of an operation as its facts have them, with changes.
local function sample(vendor, action, changes)
  return merged(samples.params(vendor, action), changes)
end

local STREAM = { DomainName = "play.example.com", AppName = "app", StreamName = "s1" }

-- What goes before, and after it the switch `looks` is set; the call; and what to wait for.
local function task(client)
  local given = session.task()
  local made = assert(client:create_live_pull_to_push(given))
  return { Region = given.Region, TaskId = made.TaskId }
end

local function call(client, action, changes)
  return assert(client:call(action, sample(client.vendor.name, action, changes)))
end

local function rtc_live()
  s.e:state { zego = { live = { "s1" } } }
end

local function forbid_user(rtc, rule)
  assert(rtc:set_forbid_user_rule(
    merged(rule, { DisabledPrivilege = { 1 }, EffectiveTime = 100 })))
end

local SCENES = {
  pull_to_push_running = function(live) return task(live) end,
  pull_to_push_stopped = {
    before = function(live) return task(live) end,
    act = function(live, params) assert(live:stop_live_pull_to_push(params)) end,
  },
  pull_to_push_exited = {
    before = function(live) return task(live) end,
    act = function(live, params) assert(live:stop_live_pull_to_push(params)) end,
  },
  stream_online = function()
    s.e:state { aliyun = { online = { STREAM } } }
    return STREAM
  end,
  stream_offline = {
    before = function()
      s.e:state { aliyun = { online = { STREAM } } }
      return STREAM
    end,
    act = function(live)
      assert(live:forbid_live_stream(merged(STREAM, { LiveStreamType = "publisher" })))
    end,
  },
  stream_blocked = function(live)
    assert(live:forbid_live_stream(merged(STREAM, { LiveStreamType = "publisher" })))
    return STREAM
  end,
  stream_unblocked = {
    before = function(live)
      assert(live:forbid_live_stream(merged(STREAM, { LiveStreamType = "publisher" })))
      return STREAM
    end,
    act = function(live)
      assert(live:resume_live_stream(merged(STREAM, { LiveStreamType = "publisher" })))
    end,
  },
  location_block_applied = function(live)
    call(live, "SetLiveStreamBlock", STREAM)
    return STREAM
  end,
  location_block_gone = {
    before = function(live)
      call(live, "SetLiveStreamBlock", STREAM)
      return STREAM
    end,
    act = function(live) call(live, "DeleteLiveStreamBlock", STREAM) end,
  },
  preload_done = function(live)
    local answer = call(live, "SetLiveStreamPreloadTasks", { DomainName = "play.example.com" })
    return { DomainName = "play.example.com",
      TaskId = answer.PreloadTasksMessages.PreloadTasksMessage[1].TaskId }
  end,
  monitor_started = {
    before = function(live)
      return { MonitorId = call(live, "CreateLiveStreamMonitor").MonitorId }
    end,
    act = function(live, params) call(live, "StartLiveStreamMonitor", params) end,
  },
  monitor_stopped = {
    before = function(live)
      local params = { MonitorId = call(live, "CreateLiveStreamMonitor").MonitorId }
      call(live, "StartLiveStreamMonitor", params)
      return params
    end,
    act = function(live, params) call(live, "StopLiveStreamMonitor", params) end,
  },
  dual_stream_on = function(live)
    call(live, "SetLiveDomainMultiStreamConfig", { Domain = "d.example.com", Switch = "on" })
    return { Domain = "d.example.com" }
  end,
  dual_stream_off = {
    before = function(live)
      call(live, "SetLiveDomainMultiStreamConfig", { Domain = "d.example.com", Switch = "on" })
      return { Domain = "d.example.com" }
    end,
    act = function(live)
      call(live, "SetLiveDomainMultiStreamConfig", { Domain = "d.example.com", Switch = "off" })
    end,
  },

  rtc_stream_live = function()
    rtc_live()
    return { StreamId = "s1" }
  end,
  rtc_stream_closed = {
    before = function()
      rtc_live()
      return { StreamId = "s1" }
    end,
    act = function(rtc, params) assert(rtc:forbid_rtc_stream(params)) end,
  },
  room_stream_present = function(rtc)
    call(rtc, "AddStream", { RoomId = "r", StreamId = "s1" })
    return { RoomId = "r", StreamId = "s1" }
  end,
  room_stream_absent = {
    before = function(rtc)
      call(rtc, "AddStream", { RoomId = "r", StreamId = "s1" })
      return { RoomId = "r", StreamId = "s1" }
    end,
    act = function(rtc, params) call(rtc, "DeleteStream", params) end,
  },
  user_gone = {
    before = function()
      s.e:state { zego = { room_users = {
        ["r/u1"] = { UserId = "u1", LoginTime = 1, Status = 1 },
        ["r/u2"] = { UserId = "u2", LoginTime = 1, Status = 1 },
        ["r/u3"] = { UserId = "u3", LoginTime = 1, Status = 1 },
      } } }
      return { RoomId = "r", UserId = { "u1", "u2" } }
    end,
    act = function(rtc, params) assert(rtc:kickout_user(params)) end,
  },
  forbid_stream_rule_set = function(rtc)
    call(rtc, "SetForbidStreamRule", { RoomId = "r", StreamId = "s1", DisableAudio = 1 })
    return { RoomId = "r", StreamId = { "s1" } }
  end,
  forbid_stream_rule_gone = {
    before = function(rtc)
      call(rtc, "SetForbidStreamRule", { RoomId = "r", StreamId = "s1", DisableAudio = 1 })
      return { RoomId = "r", StreamId = { "s1" } }
    end,
    act = function(rtc) call(rtc, "DelForbidStreamRule", { RoomId = "r", StreamId = "s1" }) end,
  },
  forbid_user_rule_set = function(rtc)
    local rule = { RuleType = 4, RoomId = "r", UserId = "u" }
    forbid_user(rtc, rule)
    return rule
  end,
  forbid_user_rule_gone = {
    before = function(rtc)
      local rule = { RuleType = 4, RoomId = "r", UserId = "u" }
      forbid_user(rtc, rule)
      return rule
    end,
    act = function(rtc, rule) assert(rtc:del_forbid_user_rule(rule)) end,
  },
  cdn_forbidden = function(rtc)
    assert(rtc:forbid_cdn_live_stream { StreamId = "s1" })
    return { StreamId = "s1" }
  end,
  cdn_resumed = {
    before = function(rtc)
      assert(rtc:forbid_cdn_live_stream { StreamId = "s1" })
      return { StreamId = "s1" }
    end,
    act = function(rtc, params) assert(rtc:resume_cdn_live_stream(params)) end,
  },
  mix_running = function(rtc)
    call(rtc, "StartMix", { TaskId = "m" })
    return { TaskId = "m" }
  end,
  mix_gone = {
    before = function(rtc)
      call(rtc, "StartMix", { TaskId = "m" })
      return { TaskId = "m" }
    end,
    act = function(rtc) call(rtc, "StopMix", { TaskId = "m" }) end,
  },
  recording_started = function(rtc) return { TaskId = call(rtc, "StartRecord").Data.TaskId } end,
  recording_paused = {
    before = function(rtc) return { TaskId = call(rtc, "StartRecord").Data.TaskId } end,
    act = function(rtc, params) call(rtc, "PauseRecord", params) end,
  },
  recording_resumed = {
    before = function(rtc)
      local params = { TaskId = call(rtc, "StartRecord").Data.TaskId }
      call(rtc, "PauseRecord", params)
      return params
    end,
    act = function(rtc, params) call(rtc, "ResumeRecord", params) end,
  },
  recording_finished = {
    before = function(rtc) return { TaskId = call(rtc, "StartRecord").Data.TaskId } end,
    act = function(rtc, params) call(rtc, "StopRecord", params) end,
  },
  player_playing = function(rtc)
    return { PlayerId = call(rtc, "CreatePlayer").Data.PlayerId }
  end,
  player_destroyed = {
    before = function(rtc) return { PlayerId = call(rtc, "CreatePlayer").Data.PlayerId } end,
    act = function(rtc, params) call(rtc, "DeletePlayer", params) end,
  },
  upload_done = function(rtc)
    return { UploadTaskId = call(rtc, "CreateUploadTask").Data.UploadTaskId }
  end,
  media_task_done = function(rtc)
    local answer = call(rtc, "MergeMedia", { Vendor = "Huawei" })
    return { Vendor = "Huawei", TaskId = answer.Data.Huawei.TaskId }
  end,
}

describe("a wait after a call that shows two looks later", function()
  for name, fact in pairs(facts) do
    it("ends: " .. name, function()
      local scene, client, params = SCENES[name], client_of(fact.vendor), nil
      assert.truthy(scene)
      if type(scene) == "table" then params = scene.before(client) end
      s.e:config { looks = 2 }
      if params then scene.act(client, params) else params = scene(client) end
      local answer, message = client:wait_for(name, params)
      assert.is_table(answer, message)
      local looks = #s.e:requests { action = fact.poll }
      assert.is_true(looks == 3, looks .. " looks")
    end)
  end
end)

-- ---- what no page says ----

describe("a wait for the end of a task that nobody knows any more", function()
  for code, wanted in pairs { CodeTaskNotExist = "gone", InvalidParameter = "vendor",
    RetCode = "vendor" } do
    it("is " .. (wanted == "gone" and "over" or "a failure that says what the vendor said")
      .. " where the vendor answers " .. code, function()
      s.e:config { unknown_task = code }
      local live = client_of "aliyun"
      for _, name in ipairs { "pull_to_push_stopped", "pull_to_push_exited" } do
        local answer, _, err = live:wait_for(name, { Region = "cn-shanghai", TaskId = "nobodys" })
        if wanted == "gone" then
          assert.equal("CodeTaskNotExist", answer.Code)
        else
          assert.equal(wanted, err.code)
          assert.is_not_nil(err.vendor_code)
        end
      end
    end)
  end

  for _, state in ipairs { "exited", "stopped" } do
    it("is over where a stopped task has " .. state, function()
      s.e:config { stopped_task = state }
      local live = client_of "aliyun"
      local params = task(live)
      assert(live:stop_live_pull_to_push(params))
      assert(live:wait_for("pull_to_push_stopped", params))
      local answer, _, err = live:wait_for("pull_to_push_exited", params, { timeout = 60 })
      assert.equal(state == "exited", answer ~= nil)
      assert.equal(state == "stopped" and "timeout" or nil, err and err.code)
    end)
  end
end)

describe("settle against the emulator", function()
  local function lose(execute)
    s.e:fault { vendor = "aliyun", action = "CreateLivePullToPush",
      kind = execute and "reset_after" or "reset_before" }
    local live = client_of "aliyun"
    local params = session.task()
    local _, _, err = live:create_live_pull_to_push(params)
    assert.equal("outcome_unknown", err.code)
    return live, err, params
  end

  it("finds a task that was made", function()
    local live, err, params = lose(true)
    local became, _, found = live:settle(cjson.decode(cjson.encode(err)))
    assert.equal("executed", became)
    assert.equal(params.DstUrl, found.TaskInfo.DstUrl)
  end)

  for _, filter in ipairs { "contains", "exact", "ignored" } do
    for _, empty in ipairs { "present", "absent" } do
      it("says that none was made where the vendor's filter is " .. filter .. " and its empty list "
        .. empty, function()
        s.e:config { task_filter = filter, empty_list = empty }
        local live, err, params = lose(false)
        task(live)
        local longer = session.task { DstUrl = params.DstUrl .. "0" }
        assert(live:create_live_pull_to_push(longer))
        assert.equal("unknown", (live:settle(err)))
        err.settle.ended = err.settle.ended - 60
        assert.equal("not_executed", (live:settle(err)))
      end)
    end
  end
end)
