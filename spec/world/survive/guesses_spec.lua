-- What no page of a vendor says (spec/support/model/guesses.lua): the library does what it promises
-- whichever way the vendor goes. What spec/simulation/work.lua draws is judged there.

local emulator_guesses = require "spec.support.model.guesses"
local session = require "spec.support.session"
local shell = require "spec.support.emulator.launcher.shell"
local streamctl = require "streamctl"

local RETRY = { base = 0.01, cap = 0.02 }

-- Guess to what must hold under each of its values: a function of s, the value, and a client of
-- each vendor that repeats.
local promises = {}

local function task_of(live, changes)
  local task = session.task(changes)
  return { Region = task.Region, TaskId = assert(live:create_live_pull_to_push(task)).TaskId }, task
end

local function lose(s, action) s.e:fault { kind = "reset_after", action = action } end

function promises.stopped_task(_, value, live)
  local task, params = task_of(live)
  assert(live:stop_live_pull_to_push(task))
  local status = assert(live:describe_live_pull_to_push(task)).TaskStatus
  assert.equal(value == "exited" and -1 or 3, status)
  local body, message, err = live:ensure_live_pull_to_push(params)
  if value == "exited" then return assert.not_equal(task.TaskId, assert(body, message).TaskId) end
  assert.same({ "conflict", task.TaskId }, { err.code, err.task.TaskId })
  assert.is_truthy(message:find(task.TaskId .. " with this DstUrl has stopped", 1, true), message)
  assert(live:restart_live_pull_to_push(task))
  assert.equal(task.TaskId, assert(live:ensure_live_pull_to_push(params)).TaskId)
end

-- A stop that is repeated after its answer was lost is a success.
function promises.second_stop(s, value, live)
  local task = task_of(live)
  lose(s, "StopLivePullToPush")
  local body = assert(live:stop_live_pull_to_push(task))
  assert.equal(value == "refused" or nil, (body.info or {}).already)
  assert.equal("TriggerByUser", s.e:state().aliyun.tasks[task.TaskId].exit_reason)
end

-- The answer tells the TaskId that the task has from now on.
function promises.restart_id(_, value, live)
  local task = task_of(live)
  local body = assert(live:restart_live_pull_to_push(task))
  assert.equal(value == "same", body.TaskId == task.TaskId)
  assert(live:describe_live_pull_to_push { Region = task.Region, TaskId = body.TaskId })
end

-- The TaskId may have changed, so the query that settles it is the list.
function promises.restart_early(s, value, live)
  local task = task_of(live, { StartTime = "2036-01-01T00:00:00Z" })
  local body, _, err = live:restart_live_pull_to_push(task)
  assert.equal(value == "accepted" and "ok" or "vendor", body and "ok" or err.code)
  assert.is_nil(s.e:state().aliyun.tasks[task.TaskId].restarts)
  lose(s, "RestartLivePullToPush")
  local _, message
  _, message, err = live:restart_live_pull_to_push(task)
  assert.equal("outcome_unknown", err.code)
  assert.is_truthy(message:find("DescribeLivePullToPushList shows it", 1, true), message)
end

-- A deletion that is repeated after its answer was lost is a success when the vendor says that the
-- task does not exist, and else a failure that is no news about the task: never a false success.
function promises.unknown_task(s, value, live)
  local codes = { CodeTaskNotExist = "not_found", InvalidParameter = "vendor", RetCode = "vendor" }
  local nobody = { Region = "cn-shanghai", TaskId = "nobody" }
  for _, name in ipairs { "describe", "restart", "delete", "update" } do
    local _, _, err = live[name .. "_live_pull_to_push"](live, nobody)
    assert.equal(codes[value], err and err.code, name)
  end
  local _, _, err = live:stop_live_pull_to_push(nobody)
  assert.equal("not_found", err.code)
  lose(s, "DeleteLivePullToPush")
  local body
  body, _, err = live:delete_live_pull_to_push((task_of(live)))
  if value == "CodeTaskNotExist" then return assert.is_true(body.info.already) end
  assert.same({ "vendor", true }, { err.code, err.maybe_sent })
end

local URL = "rtmp://push.example.com/app/s1"

-- What the vendor says of an address: "pass", or why not.
local function checked(live, url)
  local answer = assert(live:describe_live_stream_auth_checking {
    DomainName = "push.example.com", Url = url })
  return answer.Status == "pass" and "pass" or answer.Description
end

local function set_aliauth(s, arguments)
  s.e:state { aliyun = { domain_configs = { ["push.example.com"] = { aliauth = arguments } } } }
end

local function address_for(lifetime)
  return assert(streamctl.aliyun.address.sign { url = URL, key = "key", lifetime = lifetime })
end

function promises.auth_type(s, _, live)
  set_aliauth(s, { auth_type = "type_a", auth_key1 = "key", ali_auth_delta = "60" })
  assert.equal("pass", checked(live, address_for(60)))
end

-- An address lives at least as long as it should.
function promises.address_end(s, value, live)
  set_aliauth(s, { auth_type = "type_a", auth_key1 = "key", ali_auth_delta = "300" })
  local url = address_for(300)
  s.e:config { clock_offset = 240 }
  assert.equal("pass", checked(live, url))
  s.e:config { clock_offset = 420 }
  assert.equal(value == "later" and "pass" or "INVALID TIMESTAMP", checked(live, url))
end

-- Orders that change their mind, with answers that are lost: the last one holds, and no Sequence is
-- ever out of order.
function promises.order_series(s, _, _, rtc)
  for _, action in ipairs { "ForbidRTCStreams", "ResumeRTCStreams", "DescribeRTCStreamState" } do
    lose(s, action)
  end
  s.e:state { zego = { live = { "a" } } }
  for _ = 1, 3 do
    assert(rtc:forbid_rtc_streams { StreamId = { "a", "b" } })
    assert(rtc:describe_rtc_stream_state { StreamId = "a" })
    assert(rtc:resume_rtc_streams { StreamId = { "a", "b" } })
  end
  local zego = s.e:state().zego
  assert.same({ {}, 0 }, { zego.forbidden, zego.violations })
end

function promises.repeated_id(s, value, _, rtc)
  s.e:state { zego = { forbidden = { "a", "b" } } }
  local report = rtc:batch("ResumeRTCStreams", { "a", "b", "a", "b", "a" })
  assert.same({ 5, 1 }, { report.succeeded, report.requests })
  assert.same({}, s.e:state().zego.forbidden)
  local body, _, err = rtc:resume_rtc_streams { StreamId = { "a", "a" } }
  assert.equal(value == "accepted" and 0 or 30006, body and body.Code or err.vendor_code)
end

session.describe("where no page says what the vendor does,", function(s)
  local drawn, pages = assert(shell.read_file "spec/simulation/work.lua"),
    assert(shell.read_file "docs/explanation/not-said.md")

  for name, values in pairs(emulator_guesses) do
    for _, value in ipairs(promises[name] and values or {}) do
      it(name .. ": " .. value, function()
        s.e:config { [name] = value }
        promises[name](s, value, s:aliyun { retry = RETRY, store = streamctl.store.memory() },
          s:zego { retry = RETRY, store = streamctl.store.memory() })
      end)
    end
  end

  it("each guess is met, and docs/explanation/not-said.md tells what is done about it", function()
    for name in pairs(emulator_guesses) do
      assert.truthy(promises[name] or drawn:find('"' .. name .. '"', 1, true), name)
      assert.truthy(pages:find("`" .. name .. "`", 1, true), name)
    end
  end)
end)
