-- Each waiter against an emulator whose queries go on showing what was before for some looks: it
-- goes on for as long, ends with the first look that shows the change, and sees failures. And what
-- no page says of ended tasks, and of what became of a lost call.

local blocking = require "streamctl.loop.blocking"
local cjson = require "cjson"
local core = require "streamctl.core"
local session = require "spec.support.session"
local with = require("spec.unit.helper").merged
local LOOKS = 2

-- A loop that sets the clock instead of waiting, and that gives up when a wait has no end.
local pauses
local IMPATIENT = setmetatable({
  sleep = function(seconds)
    core.set_clock(core.now(), core.monotonic() + seconds)
    pauses = pauses + 1
    if pauses > 20 then error("the wait goes on", 0) end
  end,
}, { __index = blocking })

local STREAM = { DomainName = "push.example.com", AppName = "app", StreamName = "s1" }
local RECORD = {
  RoomId = "r", RecordInputParams = { RecordMode = 1 },
  RecordOutputParams = { OutputFileFormat = "mp4" }, StorageParams = { Vendor = 2 },
}
local MIX = {
  TaskId = "m", UserId = "u", MixInput = { { StreamId = "a", RectInfo = { Layer = 0 } } },
  MixOutput = { { StreamId = "o", VideoBitrate = 1, Fps = 15, Width = 2, Height = 2 } },
}

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
  local function later() s.e:config { looks = LOOKS } end

  -- Ends after so many looks, and with the query's answer.
  local function ends(client, name, params, looks)
    pauses = 0
    local before = #s.e:requests()
    local answer, message = client:wait_for(name, params)
    assert.is_table(answer, message)
    assert.equal(looks or LOOKS + 1, #s.e:requests() - before, name)
    return answer
  end

  local function fails(client, name, params, state)
    pauses = 0
    local answer, message, err = client:wait_for(name, params)
    assert.is_nil(answer)
    assert.same({ "wait_failed", state }, { err.code, err.state }, message)
  end

  -- ---- Alibaba Cloud ----

  it("sees a pull-to-push task begin, stop and be gone", function()
    later()
    local id = task()
    assert.equal(1, ends(live, "pull_to_push_running", id).TaskStatus)
    assert(live:stop_live_pull_to_push(id))
    assert.equal(-1, ends(live, "pull_to_push_stopped", id).TaskStatus)
    assert(live:delete_live_pull_to_push(id))
    for i = 1, LOOKS + 1 do -- it has exited, and in the end is not there any more
      local answer = ends(live, "pull_to_push_exited", id, 1)
      assert.equal(i <= LOOKS and -1 or nil, answer.TaskStatus)
    end
  end)

  it("sees what becomes of a pull-to-push task by itself", function()
    local id = task()
    s.e:state { aliyun = { tasks = { [id.TaskId] = { status = 3,
      invalid_reason = "PullStreamFailed" } } } }
    fails(live, "pull_to_push_running", id, "3")
    later()
    s.e:state { aliyun = { tasks = { [id.TaskId] = {
      status = -1, exit_reason = "OverEndTime",
    } } } }
    assert.equal("OverEndTime", ends(live, "pull_to_push_exited", id).TaskExitReason)
  end)

  it("sees a stream come, go, and be banned for a while", function()
    later()
    s.e:state { aliyun = { online = { STREAM } } }
    ends(live, "stream_online", STREAM)
    assert(live:forbid_live_stream(with(STREAM, { LiveStreamType = "publisher" })))
    ends(live, "stream_offline", STREAM)
    ends(live, "stream_blocked", STREAM)
    assert(live:resume_live_stream(with(STREAM, { LiveStreamType = "publisher" })))
    ends(live, "stream_unblocked", STREAM)
  end)

  it("sees a location block begin, fail and end", function()
    later()
    assert(live:set_live_stream_block(with(STREAM, { BlockType = "blacklist",
      LocationList = "CN" })))
    ends(live, "location_block_applied", STREAM)
    assert(live:delete_live_stream_block(STREAM))
    ends(live, "location_block_gone", STREAM)
    s.e:config { looks = 0 }
    assert(live:set_live_stream_block(with(STREAM, { BlockType = "blacklist",
      LocationList = "CN" })))
    s.e:state { aliyun = { location_blocks = { ["push.example.com/app/s1"] = { Status = 3 } } } }
    fails(live, "location_block_applied", STREAM, "3")
  end)

  it("sees a stream preloaded, or not", function()
    later()
    local function preload()
      return { DomainName = "d", TaskId = assert(live:set_live_stream_preload_tasks {
        DomainName = "d", PlayUrl = "http://d/app/s1.flv" }).PreloadTasksMessages
        .PreloadTasksMessage[1].TaskId }
    end
    ends(live, "preload_done", preload())
    local id = preload()
    s.e:config { looks = 0 }
    s.e:state { aliyun = { preloads = { [id.TaskId] = { Status = "failed" } } } }
    fails(live, "preload_done", id, "failed")
  end)

  it("sees a monitor start and stop", function()
    local id = { MonitorId = assert(live:create_live_stream_monitor { Domain = "d",
      InputList = "[]", MonitorName = "m", OutputTemplate = "lp_ld" }).MonitorId }
    later()
    assert(live:start_live_stream_monitor(id))
    ends(live, "monitor_started", id)
    assert(live:stop_live_stream_monitor(id))
    ends(live, "monitor_stopped", id)
    fails(live, "monitor_stopped", { MonitorId = "none" }, "absent")
  end)

  it("sees dual streams on and off", function()
    later()
    assert(live:set_live_domain_multi_stream_config { Domain = "d", Switch = "on" })
    ends(live, "dual_stream_on", { Domain = "d" })
    assert(live:set_live_domain_multi_stream_config { Domain = "d", Switch = "off" })
    ends(live, "dual_stream_off", { Domain = "d" })
  end)

  -- ---- ZEGOCLOUD ----

  it("sees an RTC stream come and go", function()
    later()
    s.e:state { zego = { live = { "s1" } } }
    ends(rtc, "rtc_stream_live", { StreamId = "s1" })
    assert(rtc:forbid_rtc_stream { StreamId = "s1" })
    assert.equal(41006, ends(rtc, "rtc_stream_closed", { StreamId = "s1" }).Code)
    assert.equal(0, s.e:state().zego.violations)
  end)

  it("sees a stream of a room come and go", function()
    later()
    local stream = { RoomId = "r", StreamId = "s1" }
    assert(rtc:add_stream(with(stream, { UserId = "u" })))
    ends(rtc, "room_stream_present", stream)
    assert(rtc:delete_stream(with(stream, { UserId = "u" })))
    ends(rtc, "room_stream_absent", stream)
  end)

  it("sees a user go, and a room with its last one", function()
    s.e:state { zego = { rooms = { r = { users = { "u1", "u2" } } } } }
    later()
    assert(rtc:kickout_user { RoomId = "r", UserId = { "u1" } })
    ends(rtc, "user_gone", { RoomId = "r", UserId = { "u1" } })
    assert(rtc:close_room { RoomId = "r" })
    ends(rtc, "user_gone", { RoomId = "r", UserId = { "u2" } }, 1)
  end)

  it("sees bans of streams and users come and go", function()
    later()
    local stream = { RoomId = "r", StreamId = "s1" }
    assert(rtc:set_forbid_stream_rule(with(stream, { DisableVideo = 1 })))
    local listed = { RoomId = "r", StreamId = { "s1" } }
    ends(rtc, "forbid_stream_rule_set", listed)
    assert(rtc:del_forbid_stream_rule(stream))
    ends(rtc, "forbid_stream_rule_gone", listed)
    local user = { RuleType = 3, UserId = "u1" }
    assert(rtc:set_forbid_user_rule(with(user, { DisabledPrivilege = { 1 },
      EffectiveTime = 60 })))
    ends(rtc, "forbid_user_rule_set", user)
    assert(rtc:del_forbid_user_rule(user))
    ends(rtc, "forbid_user_rule_gone", user)
  end)

  it("sees a ban at the CDN come and go", function()
    later()
    assert(rtc:forbid_cdn_live_stream { StreamId = "s1" })
    ends(rtc, "cdn_forbidden", { StreamId = "s1" })
    assert(rtc:resume_cdn_live_stream { StreamId = "s1" })
    ends(rtc, "cdn_resumed", { StreamId = "s1" })
  end)

  it("sees a mix begin and end", function()
    later()
    assert(rtc:start_mix(MIX))
    ends(rtc, "mix_running", { TaskId = "m" })
    assert(rtc:stop_mix { TaskId = "m", UserId = "u" })
    ends(rtc, "mix_gone", { TaskId = "m" })
  end)

  it("sees a recording from its begin to its files", function()
    later()
    local id = { TaskId = assert(rtc:start_record(RECORD)).Data.TaskId }
    ends(rtc, "recording_started", id)
    assert(rtc:pause_record(id))
    ends(rtc, "recording_paused", id)
    assert(rtc:resume_record(id))
    ends(rtc, "recording_resumed", id)
    assert(rtc:stop_record(id))
    assert.equal(3, ends(rtc, "recording_finished", id).Data.RecordFiles[1].Status)
  end)

  it("sees a recording fail, and a file that is not where it should be", function()
    local id = { TaskId = assert(rtc:start_record(RECORD)).Data.TaskId }
    s.e:state { zego = { records = { [id.TaskId] = { Status = 4 } } } }
    fails(rtc, "recording_started", id, "4")
    s.e:state { zego = { records = { [id.TaskId] = { Status = 3,
      RecordFiles = { { Status = 4 } } } } } }
    assert.is_string(ends(rtc, "recording_finished", id, 1).warning)
  end)

  it("sees a player begin and be destroyed", function()
    later()
    local id = { PlayerId = assert(rtc:create_player { RoomId = "r",
      StreamUrl = "rtmp://a.example.com/live/1", PlayerName = "p" }).Data.PlayerId }
    ends(rtc, "player_playing", id)
    assert(rtc:delete_player(id))
    ends(rtc, "player_destroyed", id)
    fails(rtc, "player_playing", id, "8")
  end)

  it("sees an upload done, or cancelled", function()
    later()
    local function upload()
      return { UploadTaskId = assert(rtc:create_upload_task { Title = "t",
        StreamUrl = "http://a.example.com/1.mp4" }).Data.UploadTaskId }
    end
    ends(rtc, "upload_done", upload())
    local id = upload()
    s.e:config { looks = 0 }
    assert(rtc:cancel_upload_task(id))
    fails(rtc, "upload_done", id, "6")
  end)

  it("sees work on a file done", function()
    later()
    for vendor, call in pairs { Tencent = "transcode_media", Huawei = "media_thumbnails" } do
      local params = vendor == "Tencent" and { FileId = "f", Resolution = "720p" }
        or { FileId = "f", Type = "SampleSnapshot" }
      local id = assert(rtc[call](rtc, with(params, { Vendor = vendor }))).Data[vendor].TaskId
      ends(rtc, "media_task_done", { Vendor = vendor, TaskId = id })
    end
  end)

  it("has been tried with every waiter", function()
    local file = assert(io.open("spec/survive/waits_spec.lua"))
    local text = file:read("*a")
    file:close()
    for vendor in pairs { aliyun = live, zego = rtc } do
      for name in pairs(require("streamctl." .. vendor .. ".waiters")) do
        assert.is_truthy(text:find('"' .. name .. '"', 1, true), name)
      end
    end
  end)
end)

-- ---- what no page says ----

describe("a wait for the end of a task that nobody knows any more", function()
  for code, wanted in pairs { CodeTaskNotExist = "gone", InvalidParameter = "vendor",
    RetCode = "vendor" } do
    it("is " .. (wanted == "gone" and "over" or "a failure that says what the vendor said")
      .. " where the vendor answers " .. code, function()
      s.e:config { unknown_task = code }
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
      local params = task()
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
