-- Jobs by the command: `--queue` adds them, `streamctl queue` carries them out and shows them. The
-- store is a Redis of this spec's own; workers are processes.

local command = require "spec.support.command"
local json = require "cjson"
local killing = require "spec.support.killing"
local redis_server = require "spec.world.store.redis_server"
local shell = require "spec.support.emulator.launcher.shell"
local times = require "streamctl.cli.times"
local tmux = require "spec.support.tmux"

local DURABLE = "--appendonly yes --appendfsync always"


command.describe("the queue", function(c, e)
  local server
  setup(function() server = assert(redis_server.start(DURABLE)) end)
  teardown(function() if server then server:stop() end end)
  before_each(function()
    server:command "FLUSHALL"
    shell.run("rm -f " .. shell.quote(c.dir) .. "/report* " .. shell.quote(c.home .. "/config")
      .. "/streamctl/config.ini")
  end)

  local function options_of(vendor, environment)
    local all = { STREAMCTL_STORE = "redis://127.0.0.1:" .. server.port }
    for name, value in pairs(environment or {}) do all[name] = value end
    return { vendor = vendor, environment = all }
  end

  local function zego(words, environment) return c:run(words, options_of("zego", environment)) end

  local function aliyun(words, environment)
    return c:run(words, options_of("aliyun", environment))
  end

  -- Adds a job, and returns its name.
  local function add(run, words, environment)
    words[#words + 1], words[#words + 2], words[#words + 3] = "--queue", "-o", "ids"
    return (run(words, environment):ok().out:gsub("\n$", ""))
  end

  -- Starts a worker, for ZEGOCLOUD unless another vendor is named.
  local function worker(words, environment, vendor)
    local all = { "queue", "work", "--timeout", "1", "--lease", "8" }
    for _, word in ipairs(words or {}) do all[#all + 1] = word end
    return c:start(all, options_of(vendor or "zego", environment))
  end

  -- Ends a worker as systemd does.
  local function stop(handle)
    handle:signal "TERM"
    return handle:wait():ok()
  end

  -- Waits for the end of a job, and returns what it is then.
  local function ended(job, status)
    local ran = zego({ "queue", "status", job, "--watch", "-o", "json" }):ends(status or 0)
    return json.decode(ran.out)
  end

  local function show(job, ...)
    local ran = zego { "queue", "status", job, "-o", "json" }
    if ... then ran:ends(...) end
    return json.decode(ran.out)
  end

  local function ids(count) return c:write("ids", command.ids(count)) end

  it("refuses a worker that is to carry out what is no operation", function()
    zego({ "queue", "work", "--only", "ForbidRTCStreams,Forbit" }):refused("no operation 'Forbit'")
  end)

  it("carries out the operations of --only alone", function()
    local job = add(zego, { "forbid", "a" })
    local handle = worker { "--only", "ResumeRTCStreams" }
    local failed = ended(job, 1)
    stop(handle)
    assert.same({ 1, {} }, { failed.failed, e:requests() })
  end)

  it("takes a job without sending anything, and a worker carries it out", function()
    ids(45)
    e:state { zego = { forbidden = { "s1", "s45" } } }
    local ran = zego { "resume", "@ids", "--queue" }
    ran:ok("45 items", "left to workers", "queue status", "no worker serves the account now")
    local job = ran.out:match "zego:1234567890%S*/%d+%S*"
    assert.matches("ResumeRTCStreams +45", ran.out)
    assert.equal(0, #e:requests())
    local now = show(job, 0)
    assert.same({ "waiting", 45, 0 }, { now.state, now.total, now.succeeded })
    local handle = worker()
    now = ended(job)
    assert.same({ "done", 45, 45, 0, 0, 0 },
      { now.state, now.total, now.succeeded, now.failed, now.unknown, now.unsent })
    assert.equal(3, #e:requests { action = "ResumeRTCStreams" })
    assert.same({}, e:state().zego.forbidden)
    stop(handle)
  end)

  it("shows open jobs, their accounts, workers and pauses", function()
    zego({ "queue", "status" }):ok()
    local job = add(zego, { "resume", "s1", "s2" })
    local later = add(zego, { "forbid", "s3", "--not-before", "+2h" })
    zego({ "queue", "pause" }):ok()
    local shown = json.decode(zego({ "queue", "status", "-o", "json" }):ok().out)
    local by_job = {}
    for _, row in ipairs(shown.items) do by_job[row.job] = row end
    assert.same({ "ResumeRTCStreams", 2 }, { by_job[job].operation, by_job[job].total })
    local at = times.read(by_job[later].not_before)
    assert.is_true(math.abs(at - os.time() - 7200) < 300)
    assert.equal("zego:1234567890", shown.accounts[1].account)
    assert.truthy(shown.accounts[1].paused)
    local text = zego({ "queue", "status" }):ok().out
    assert.truthy(text:find(job, 1, true))
    assert.matches("ACCOUNT +JOBS +WAITING +WORKERS +PAUSED", text)
  end)

  it("waits for a job, which ends or pauses, and shows how far it is", function()
    local options = options_of("zego", { TERM = "screen" })
    local t = tmux.start(c:installed(options), { dir = c.dir, columns = 100, rows = 24 })
    ids(45)
    e:fault { vendor = "zego", kind = "latency", held = true, skip = 1, times = -1 }
    local job, handle = add(zego, { "resume", "@ids" }), worker { "--concurrency", "1" }
    local done, why = pcall(function()
      t:type("clear; streamctl queue status --watch " .. job .. "; echo status $?\n")
      t:await "20 of 45"
      e:release()
      e:clear_faults()
      t:await(function(seen) return seen:find("total: 45", 1, true) and seen:find("status 0") end)
    end)
    t:stop()
    stop(handle)
    assert(done, why)
    job = add(zego, { "resume", "s1" })
    zego({ "queue", "pause" }):ok()
    assert.matches("\nstate: paused\n", zego({ "queue", "status", job, "--watch" }):ends(3).out)
  end)

  it("holds a paused account back, and says so by the status", function()
    local job = add(zego, { "resume", "s1" })
    zego({ "queue", "pause" }):ok()
    zego({ "resume", "s1", "--queue" }):ok "the account is paused: "
    local handle = worker()
    assert.equal("paused", ended(job, 3).state)
    assert.equal(0, #e:requests())
    zego({ "queue", "resume" }):ok()
    assert.equal("done", ended(job).state)
    stop(handle)
  end)

  it("sends nothing before the time of --not-before", function()
    local job = add(zego, { "resume", "s1", "--not-before", "+2s" })
    local due, handle = times.read(show(job).not_before), worker()
    assert.equal(1, ended(job).succeeded)
    assert.is_true(os.time() >= due)
    stop(handle)
  end)

  it("ends a job that is cancelled", function()
    ids(30)
    local job = add(zego, { "resume", "@ids" })
    zego({ "queue", "cancel", job }):ok()
    zego({ "queue", "cancel", job }):ok "had ended before"
    assert.equal("cancelled", ended(job, 1).state)
    local report = zego({ "queue", "report", job, "report" }):ok "30 unsent"
    assert.equal("", report.out)
    zego({ "retry", "report" }):ok()
    assert.equal(2, #e:requests())
  end)

  describe("writes a report", function()
    -- Carries out a job, and writes its report.
    local function report_of(job, handle, status)
      ended(job, status)
      stop(handle)
      zego({ "queue", "report", job, "report" }):ok()
      local records = c:report "report"
      assert.same({ "plan", "end" }, { records[1].record, records[#records].record })
      assert.equal("queue", records[1].command)
      return killing.read(records)
    end

    it("that retry goes on with", function()
      ids(45)
      e:state { zego = { refused = { s7 = 30009 } } }
      local job = add(zego, { "resume", "@ids" })
      zego({ "queue", "report", job, "report" }):refused("is waiting", "queue cancel " .. job)
      local report = report_of(job, worker(), 1)
      assert.same({ ok = 44, failed = 1, unknown = 0, superseded = 0, unsent = 0 },
        report.counts)
      assert.equal("failed", report.states[7])
      local shown = zego({ "report", "report" }):ok().out
      for _, line in ipairs { "\njob        " .. job:gsub("%p", "%%%0") .. "\n",
        "\nitems      45: 44 ok, 1 failed\n", "\ntook       %d", "\nrequests   not known",
        "\n1      failed  %S+ [^\n]*\n  s7\n" } do assert.matches(line, shown) end
      zego({ "queue", "report", job, "report" }):refused "name a new file"
      e:reset()
      zego({ "retry", "report" }):ok "45 ok"
      assert.same({ 1, "s7" }, { #e:requests(), e:requests()[1].query["StreamId[]"] })
    end)

    it("that settle goes on with", function()
      e:fault { action = "CreateLivePullToPush", kind = "reset_after" }
      local tasks = command.tasks(2)
      c:write("tasks", tasks)
      local job = add(aliyun, { "relay", "create", "--region", "cn-shanghai", "--end", "+2h", "-y",
        "@tasks" })
      local report = report_of(job, worker({}, nil, "aliyun"), 4)
      assert.same({ ok = 1, failed = 0, unknown = 1, superseded = 0, unsent = 0 },
        report.counts)
      assert.equal(2, #e:requests { action = "CreateLivePullToPush" })
      aliyun({ "settle", "report" }):ok()
      assert.same({ ok = 2, failed = 0, unknown = 0, superseded = 0, unsent = 0 },
        killing.read(c:report "report").counts)
      assert.equal(2, #e:requests { action = "CreateLivePullToPush" })
    end)
  end)

  it("carries out jobs of all profiles, each with its own key", function()
    c:write("secret", e.server_secret)
    c:write("key", e.access_key_secret)
    shell.run("chmod 600 " .. c.dir .. "/secret " .. c.dir .. "/key")
    c:configure(([[
[profile rtc]
vendor = zego
app_id = %.0f
server_secret_file = %s/secret
endpoint = %s
[profile lost]
vendor = zego
app_id = 77
server_secret_file = %s/nowhere
[profile live]
vendor = aliyun
access_key_id = %s
access_key_secret_file = %s/key
domain = push.example.com
app = live
endpoint = %s
]]):format(e.app_id, c.dir, e.zego, c.dir, e.access_key_id, c.dir, e.aliyun))
    local function none(words) return c:run(words, options_of "none") end
    local job = add(none, { "resume", "s1", "--profile", "rtc" })
    local other = add(none, { "forbid", "s1", "--profile", "live" })
    local handle = worker({}, nil, "none")
    assert.same({ 1, 1 }, { ended(job).succeeded, ended(other).succeeded })
    handle:signal "INT"
    handle:wait():ok()
    assert.equal(1, #e:requests { action = "ResumeRTCStreams" })
    assert.equal(1, #e:requests { action = "ForbidLiveStream" })
  end)

  it("adds tasks of pull and push, stops them, and makes sure of them", function()
    local task = { "--region", "cn-shanghai", "-y" }
    local function relay(...)
      local words = { "relay", ... }
      for _, word in ipairs(task) do words[#words + 1] = word end
      return add(aliyun, words)
    end
    local handle = worker({}, nil, "aliyun")
    local from, to = "rtmp://pull.example.com/app/s1", "rtmp://push.example.com/app/d1"
    for _ = 1, 2 do
      ended(relay("ensure", "--from", from, "--to", to, "--end", "+2h"))
      assert.equal(1, #e:requests { action = "CreateLivePullToPush" })
    end
    local id = next(e:state().aliyun.tasks)
    ended(relay("stop", id))
    assert.equal(1, #e:requests { action = "StopLivePullToPush" })
    stop(handle)
  end)

  it("refuses what a Redis cannot keep, and says what to set", function()
    local weak = assert(redis_server.start())
    finally(function() weak:stop() end)
    local there = { STREAMCTL_STORE = "redis://127.0.0.1:" .. weak.port }
    zego({ "resume", "s1", "--queue" }, there):ends(1, "appendonly to yes")
    weak:command "CONFIG SET appendonly yes"
    weak:command "CONFIG SET maxmemory-policy allkeys-lru"
    zego({ "resume", "s1", "--queue" }, there):ends(1, "maxmemory-policy to noeviction")
    weak:command "CONFIG SET maxmemory-policy noeviction"
    zego({ "resume", "s1", "--queue" }, there):ok()
    assert.equal(0, #e:requests())
  end)

  it("says what cannot be, and what does not go together", function()
    local here = { STREAMCTL_STORE = "file:" .. c.dir .. "/store" }
    for text, ran in pairs {
      ["a queue needs a Redis that its workers share"] = zego({ "resume", "s1", "--queue" }, here),
      ["and the store is file:"] = zego({ "queue", "work" }, here),
      ["--urgent is for --queue"] = zego { "resume", "s1", "--urgent" },
      ["--not-before is for --queue"] = zego { "resume", "s1", "--not-before", "+2h" },
      ["--report is not for --queue"] = zego { "resume", "s1", "--queue", "--report", "r" },
      ["--rate is not for --queue"] = zego { "resume", "s1", "--queue", "--rate", "2" },
      ["--not-before must be later than now"] =
        zego { "resume", "s1", "--queue", "--not-before", "2020-01-02T03:04:05Z" },
      ["--until must be later than --not-before"] =
        zego { "forbid", "--cdn", "s1", "--queue", "--not-before", "+2h", "--until", "+1h" },
      ["--queue --not-before TIME"] = zego { "forbid", "s1", "--queue", "--until", "+1h" },
      ["--watch needs the name of a job"] = zego { "queue", "status", "--watch" },
      ["--queue is not for streamctl state"] = zego { "state", "s1", "--queue" },
      ["lease must be at least 8 s"] =
        zego { "queue", "work", "--timeout", "1", "--lease", "3" },
      ["there is no account"] = c:run({ "queue", "work" }, options_of "none"),
      ["accounts of both vendors"] = c:run({ "queue", "work" }, options_of()),
    } do
      ran:refused(text)
    end
    zego({ "resume", "s1", "--queue", "--not-before", "+8d" }):ends(2, "7 days")
    zego({ "queue", "status", "job1" }):ends(1, "a job is a text such as zego:1234567890/")
    zego({ "queue", "status", "zego:1234567890/1" }):ends(1, "there is no job")
    zego({ "queue", "cancel", "zego:1234567890/1" }):ends(1, "there is no job")
    assert.equal(0, #e:requests())
  end)

  it("is shown by an example, in which a worker is killed", function()
    local output, code = shell.run(("script=$PWD/examples/queue.sh; %s && STREAMCTL=streamctl "
      .. "timeout 120 sh \"$script\""):format(c:installed(options_of())))
    assert.equal(0, code, output)
    assert.matches("kill %-9 %d+.*\nsucceeded: 200\nfailed: 0\n", output)
    assert.same({}, e:state().zego.forbidden)
  end)

  it("has a unit for systemd", function()
    if select(2, shell.run "command -v systemd-analyze") ~= 0 then pending "no systemd" end
    local unit = assert(shell.read_file "examples/streamctl-queue@.service")
    assert.truthy(unit:find("ExecStart=/usr/local/bin/streamctl queue work\n", 1, true))
    c:write("streamctl-queue@.service", (unit:gsub("/usr/local/bin/streamctl", "/bin/true")))
    local output, code = shell.run("systemd-analyze verify "
      .. shell.quote(c.dir .. "/streamctl-queue@.service") .. " 2>&1")
    assert.same({ "", 0 }, { output, code })
  end)
end)
