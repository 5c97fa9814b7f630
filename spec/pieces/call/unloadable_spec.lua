-- Failures of a process that can load no module any more: no descriptors are left, or another root.
-- Each is told as it is told elsewhere.

local child = require "spec.support.child"

-- Prints what calls end with, each after another that was a success.
local CALLS = [==[
  local helper = require "spec.pieces.helper"
  local response, stopped = helper.response, helper.stopped
  local TASK = helper.ALIYUN_PARAMS.RestartLivePullToPush
  local RECORD = { RoomId = "r", RecordInputParams = { RecordMode = 1 } }
  local STREAM, IDS = helper.ALIYUN_PARAMS.ResumeLiveStream, { StreamId = { "a" } }
  local CASES = {
    { "aliyun", "resume_live_stream", STREAM, response(403, '{"Code":"Forbidden.RAM"}') },
    { "aliyun", "resume_live_stream", STREAM, response(200, '{"Code":"Throttling"}') },
    { "aliyun", "resume_live_stream", STREAM, stopped("dns", false) },
    { "aliyun", "resume_live_stream", STREAM, stopped("tls", false) },
    { "aliyun", "restart_live_pull_to_push", TASK, stopped("timeout", true) },
    { "aliyun", "restart_live_pull_to_push", TASK, response(500, "") },
    { "zego", "resume_rtc_streams", IDS, response(200, '{"Code":1010,"Message":"m"}') },
    { "zego", "resume_rtc_streams", IDS, response(502, "<html>") },
    { "zego", "start_record", RECORD, stopped("timeout", true) },
  }
  helper.freeze()
  helper.stub_random(1)
  local function listen(event) io.write(event.event, " ", event.code or "", "\n") end
  for i, case in ipairs(CASES) do
    case.client = helper[case[1]](helper.script(response(200, helper.SUCCESS[case[1]]), case[4]),
      { retry = { attempts = 2, base = 1, cap = 1 }, on_event = listen, validate = false })
    assert(case.client[case[2]](case.client, case[3]))
  end
  LOSE()
  for i, case in ipairs(CASES) do
    local body, message, err = case.client[case[2]](case.client, case[3])
    print(body, message, err.code, err.outcome, err.http_status, err.maybe_sent, err.attempts,
      type(err.idempotency_key), type(err.stamp), type(err.settle))
  end
]==]

local function told_with(lose)
  return child.run("local function LOSE() " .. lose .. " end " .. CALLS)
end

it("failures are told when nothing can be loaded", function()
  local told = told_with("")
  assert.equal(9, select(2, told:gsub("\nnil\t", "")), told)
  assert.equal(told, told_with("package.path, package.cpath, package.preload = '', '', {}"))
end)
