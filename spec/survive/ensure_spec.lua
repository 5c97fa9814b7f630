-- ensure_live_pull_to_push against a vendor that refuses a second task with the same DstUrl, and
-- against one that accepts it: there is one task in the end.

local child = require "spec.support.child"
local pick = require "streamctl.loop.pick"
local session = require "spec.support.session"
local shell = require "spec.emulator.launcher.shell"
local streamctl = require "streamctl"

local s

local function count_requests(action) return #s.e:requests { action = action } end

local function tasks() return session.count(s.e:state().aliyun.tasks) end

local RETRY = { base = 0.01, cap = 0.02 }

local function client(options)
  options.retry, options.store = RETRY, options.store or streamctl.store.memory()
  return s:aliyun(options)
end

-- A client for which a wait or a lock of a second is over after a tenth of one.
local function hurried()
  local store, here = streamctl.store.memory(), pick.current()
  local quick = { lock = function(_, key, seconds) return store:lock(key, seconds / 10) end }
  function quick.unlock(_, key, token, after)
    return store:unlock(key, token, after and after / 10)
  end
  for _, name in ipairs { "stamp", "reserve" } do
    quick[name] = function(_, ...) return store[name](store, ...) end
  end
  local function sleep(seconds) here.sleep(seconds / 10) end
  return client { store = quick, loop = setmetatable({ sleep = sleep }, { __index = here }) }
end

local live

setup(function() s = session.start { workers = 2 } end)
teardown(function() session.stop(s) end)
before_each(function()
  s.e:quiet()
  s.e:reset()
  live = client { attempt_timeout = 5 }
end)

for _, second_task in ipairs { "refused", "accepted" } do
  describe("ensure_live_pull_to_push where a second task is " .. second_task, function()
    before_each(function() s.e:config { second_task = second_task } end)

    it("creates a task once", function()
      local task = session.task()
      local first = assert(live:ensure_live_pull_to_push(task))
      assert.is_string(first.TaskId)
      assert.is_nil(first.existing)
      local second = assert(live:ensure_live_pull_to_push(task))
      assert.same({ first.TaskId, true }, { second.TaskId, second.existing })
      assert.equal(task.DstUrl, second.Task.TaskInfo.DstUrl)
      assert.equal(1, tasks())
      assert.equal(1, count_requests "CreateLivePullToPush")
    end)

    -- Answers that were lost after the task was made.
    for name, fault in pairs {
      reset_after = { kind = "reset_after" }, truncated = { kind = "truncated", missing = 1 },
      empty = { kind = "body", execute = true }, garbage = { kind = "garbage_json" },
      executed = { kind = "status", status = 503, execute = true },
      late = { kind = "latency", held = true, after = true },
      ["executed late"] = { kind = "latency", held = true },
    } do
      it("finds its task when the answer is lost: " .. name, function()
        fault.action = "CreateLivePullToPush"
        s.e:fault(fault)
        local task, limit = session.task(), fault.held and 1 or 60
        live = client { on_event = function(event)
          if event.code == "timeout" then s.e:release() end
        end }
        local body = assert(live:ensure_live_pull_to_push(task, { attempt_timeout = limit }))
        assert.is_true(body.existing)
        assert.equal(task.DstUrl, body.Task.TaskInfo.DstUrl)
        assert.equal(1, tasks())
        assert.equal(1, count_requests "CreateLivePullToPush")
      end)
    end

    it("does not create blindly when the request was lost, and does so when asked again", function()
      live = hurried()
      s.e:fault { kind = "reset_before", action = "CreateLivePullToPush" }
      local task = session.task()
      local body, message, err = live:ensure_live_pull_to_push(task)
      assert.is_nil(body)
      assert.equal("outcome_unknown", err.code)
      assert.equal(err.message, message)
      assert.is_truthy(message:find("found no such task", 1, true), message)
      assert.equal(0, tasks())
      assert.equal(1, count_requests "CreateLivePullToPush")
      assert.is_string(assert(live:ensure_live_pull_to_push(task)).TaskId)
      assert.equal(1, tasks())
    end)

    it("repeats a search that is held up, and a create that was certainly not executed", function()
      s.e:fault { kind = "throttle", action = "CreateLivePullToPush" }
      s.e:fault { kind = "reset_after", action = "CreateLivePullToPush" }
      s.e:fault { kind = "status", status = 503, action = "DescribeLivePullToPushList", times = 2 }
      assert.is_true(assert(live:ensure_live_pull_to_push(session.task())).existing)
      assert.equal(1, tasks())
    end)

    it("makes one task for callers at once in coroutines", function()
      s.e:config { latency = 0.05 }
      local task, answers = session.task(), {}
      streamctl.run(function()
        for i = 1, 3 do
          streamctl.spawn(function() answers[i] = assert(live:ensure_live_pull_to_push(task)) end)
        end
      end)
      for i = 1, 3 do assert.equal(answers[1].TaskId, answers[i].TaskId) end
      assert.equal(1, tasks())
      assert.equal(1, count_requests "CreateLivePullToPush")
    end)

    it("makes one task for processes with a file store", function()
      s.e:config { latency = 0.05 }
      local dir = shell.run("mktemp -d"):match("%S+")
      local code = ([[
        local streamctl = require "streamctl"
        local live = streamctl.aliyun.new { access_key_id = %q, access_key_secret = %q, endpoint = %q,
          tls = { ca_file = %q }, store = streamctl.store.file(%q) }
        for round = 1, 3 do
          local answer = assert(live:ensure_live_pull_to_push { Region = "cn-shanghai",
            SourceType = "vod", SourceUrls = { "media" }, DstUrl = "rtmp://a.example.com/live/" .. round,
            StartTime = "2020-01-01T00:00:00Z", EndTime = "2037-01-01T00:00:00Z" })
          io.write(answer.TaskId, "\n")
        end
      ]]):format(s.e.access_key_id, s.e.access_key_secret, s.e.aliyun, s.e.ca_file, dir .. "/cells")
      local command, parts = child.command(code, nil, dir .. "/code.lua"), {}
      for i = 1, 3 do parts[i] = ("%s >%s/out%d 2>&1 &"):format(command, dir, i) end
      shell.run(table.concat(parts, " ") .. " wait")
      local outputs = {}
      for i = 1, 3 do outputs[i] = shell.read_file(dir .. "/out" .. i) end
      shell.run("rm -rf " .. shell.quote(dir))
      assert.is_truthy(outputs[1]:find("^%S+\n%S+\n%S+\n$"), outputs[1])
      assert.same({ outputs[1], outputs[1], outputs[1] }, outputs)
      assert.equal(3, tasks())
      assert.equal(3, count_requests "CreateLivePullToPush")
    end)
  end)
end
