-- streamctl relay: Alibaba Cloud's pull-to-push tasks, one by flags or many by lines of JSON.

local cjson = require "cjson"
local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"
local times = require "streamctl.cli.times"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local FROM, TO = "rtmp://pull.example.com/app/s1", "rtmp://push.example.com/app/s2?auth_key=livekey"
local REGION = { "--region", "cn-shanghai" }

command.describe("relay", function(c, e)
  local function relay(words, options)
    options = options or {}
    options.vendor = "aliyun"
    local list = { "relay", unpack(words) }
    list[#list + 1], list[#list + 2] = REGION[1], REGION[2]
    return c:run(list, options)
  end

  local function tasks()
    local list = {}
    for id, task in pairs(e:state().aliyun.tasks) do
      task.id = id
      list[#list + 1] = task
    end
    table.sort(list, function(a, b) return a.order < b.order end)
    return list
  end

  local function asked(action)
    return #e:requests { action = action }
  end

  local ONE = { "--from", FROM, "--to", TO, "--end", "+2h", "-y" }

  -- Makes one task, or with `ensure` has one made.
  local function create(words, name)
    local list = { name or "create", unpack(ONE) }
    for _, word in ipairs(words or {}) do list[#list + 1] = word end
    return relay(list)
  end

  local function ensure(...) return create({ "-o", "json", ... }, "ensure") end

  local function made(to)
    return create({ "--to", to or TO, "-o", "ids" }):ok().out:match "^(%S+)\n$"
  end

  describe("create", function()
    it("makes a task by flags and prints its id", function()
      local ran = create { "TaskName=evening", "RetryCount=5", "--start", "+1h", "-o", "ids" }:ok()
      local task = tasks()[1]
      assert.equal(task.id .. "\n", ran.out)
      local info = task.info
      assert.same({ "evening", TO, "live", "rtmp", 5, { FROM } }, { info.TaskName, info.DstUrl,
        info.SourceType, info.SourceProtocol, info.RetryCount, info.SourceUrls })
      assert.equal("cn-shanghai", task.region)
      assert.is_true(math.abs(times.read(info.StartTime) - os.time() - 3600) < 600)
    end)

    it("tells the kind of source by its addresses, unless somebody says it", function()
      for want, words in pairs {
        ["live hls"] = { "--from", "https://pull.example.com/app/s1.m3u8?x=1" },
        ["live http-flv"] = { "--from", "http://pull.example.com/app/s1.flv" },
        ["live srt"] = { "--from", "srt://pull.example.com:1105?streamid=x" },
        ["live rtmp"] = { "--from", "https://a.example.com/app/s1", "SourceProtocol=rtmp" },
        ["url "] = { "--from", "https://a.example.com/1.mp4", "--from",
          "https://a.example.com/2.mp4" },
      } do
        e:reset()
        relay { "create", "--to", TO, "--end", "+2h", "-y", unpack(words) }:ok()
        local info = tasks()[1].info
        assert.equal(want, info.SourceType .. " " .. info.SourceProtocol)
        assert.same({ words[2], words[3] == "--from" and words[4] or nil }, info.SourceUrls)
      end
    end)

    it("asks, since it is billed; without a terminal it must be told", function()
      relay { "create", "--from", FROM, "--to", TO, "--end", "+2h" }:refused("billed", "--yes")
      assert.same({}, e:requests())
    end)

    it("takes lines of stdin and as words", function()
      local object = cjson.encode { DstUrl = TO, SourceUrls = { FROM }, TaskName = "a",
        EndTime = "2037-01-01T00:00:00Z", StartTime = "2030-01-01T00:00:00Z" }
      for _, word in ipairs { "-", object } do
        e:reset()
        relay({ "create", "-y", word, "TaskName=b" }, { input = object }):ok()
        local info = tasks()[1].info
        assert.same({ TO, "2030-01-01T00:00:00Z", "a" },
          { info.DstUrl, info.StartTime, info.TaskName })
      end
    end)

    it("says what is missing or wrong before anything is sent", function()
      for want, words in pairs {
        ["--to is missing"] = { "--from", FROM, "--end", "+2h" },
        ["--from is missing"] = { "--to", TO, "--end", "+2h" },
        ["--end is missing"] = { "--from", FROM, "--to", TO },
        ["SourceProtocol is missing"] = { "--from", "https://a.example.com/app?key=livekey", "--to",
          TO, "--end", "+2h" },
        ["--end 'later': expected a time in UTC"] = { "--end", "later" },
        ["EndTime"] = { "--from", FROM, "--to", TO, "--end", "2020-01-01T00:00:00Z" },
        ["--from and --to are for one task"] = { "-", "--to", TO },
        ["each line names its SourceUrls"] = { "-", "--from", FROM },
      } do
        local ran = relay({ "create", "-y", unpack(words) }, { input = "{}\n" }):refused(want)
        assert.is_nil(ran.err:find("livekey", 1, true), ran.err)
      end
      assert.same({}, e:requests())
    end)

    it("says where to look when its outcome is unknown", function()
      e:fault { kind = "reset_after", action = "CreateLivePullToPush" }
      create():ends(4, "streamctl relay list --region cn-shanghai")
      assert.equal(1, asked "CreateLivePullToPush")
    end)
  end)

  describe("create of many", function()
    it("makes each once, however often its report goes on", function()
      e:fault { kind = "reset_after", action = "CreateLivePullToPush", skip = 2 }
      local words = { "SourceType=live", "SourceProtocol=rtmp", "--report", "many.jsonl", "--rate",
        "10" }
      c:create(4, words):ends(4, "settle")
      -- its times count from when the report was begun
      local whole = c.dir .. "/many.jsonl"
      local changed = shell.read_file(whole):gsub('("record":"plan".-"EndTime":")[^"]*',
        "%12037-01-01T00:00:00Z")
      shell.write_file(whole, changed)
      c:create(4, words):ends(4)
      assert.equal(4, asked "CreateLivePullToPush")
      assert.equal(4, #tasks())
      local kinds = {}
      for _, record in ipairs(c:report "many.jsonl") do
        kinds[record.record] = (kinds[record.record] or 0) + 1
      end
      assert.same({ 4, 4 }, { kinds.sent, kinds.result })
    end)

    it("names all lines that cannot be right, and sends nothing", function()
      relay({ "create", "-", "--end", "+2h", "-y" }, { input = command.tasks(1)
        .. '{"DstUrl":"rtmp://push.example.com/app/t2","SourceUrls":["https://a.example.com/b"]}\n'
        .. '{"SourceUrls":["rtmp://a.example.com/b"]}\n' })
        :refused("2 of 3 cannot", "stdin:2: SourceProtocol is missing")
      assert.same({}, e:requests())
    end)
  end)

  describe("ensure", function()
    it("makes a task only when its destination has none, and writes down no more", function()
      local first = ensure("--report", "ensure-1.jsonl"):ok():items()[1]
      local second = ensure("--report", "ensure-2.jsonl"):ok():items()[1]
      assert.same({ first.task, false }, { second.task, second.created })
      assert.same({ 1, 1 }, { asked "CreateLivePullToPush", #tasks() })
      for i, expected in ipairs { 1, 0 } do
        local text = shell.read_file(("%s/ensure-%d.jsonl"):format(c.dir, i))
        assert.equal(expected, select(2, text:gsub('"record":"sent"', "")))
      end
    end)

    it("says of a task that was there before whether it is another one", function()
      local to, ends = TO .. "-4", os.date("!%Y-%m-%dT%H:%M:%SZ", os.time() + 7200)
      ensure("--to", to, "--end", ends):ok()
      local item = ensure("--to", to, "--end", ends):ok():items()[1]
      assert.same({ false, "was there before, with these sources and times" },
        { item.created, item.message })
      item = ensure("--to", to, "--end", "+5h"):ok():items()[1]
      assert.matches("^was there before: the task %S+ with this DstUrl has other times$",
        item.message)
      local ran = relay { "ensure", "--to", to, "--from", "rtmp://other.example.com/app/s",
        "--end", ends, "--yes" }:ends(1)
      assert.truthy((ran.out .. ran.err):find("has other sources; it was there before", 1, true))
    end)

    it("names a task that has stopped", function()
      local id = made()
      e:config { stopped_task = "stopped" }
      relay { "stop", id }:ok()
      local ran = ensure():ends(1)
      assert.truthy((ran.out .. ran.err):find(id, 1, true), ran.out .. ran.err)
      assert.equal(1, asked "CreateLivePullToPush")
    end)
  end)

  describe("list", function()
    it("shows tasks as rows, and no key of an address", function()
      local id = create({ "TaskName=evening", "-o", "ids" }):ok().out:match "%S+"
      local ran = relay { "list" }:ok()
      assert.truthy(ran.out:find("^TASK +STATE"), ran.out)
      assert.truthy(ran.out:find("\n" .. id .. "  running  ", 1, true), ran.out)
      assert.is_nil(ran.out:find("livekey", 1, true))
      ran = relay { "list", "-o", "json" }:ok()
      assert.is_nil(cjson.decode(ran.out).incomplete)
      local item = ran:items()[1]
      assert.same({ id, "running", "evening", FROM, TO }, { item.task, item.state, item.name,
        item.from, item.details.TaskInfo.DstUrl })
    end)

    it("says that there is nothing", function()
      local ran = relay { "list" }:ok()
      assert.same({ "", "no items\n" }, { ran.out, ran.err })
    end)

    it("goes through all pages, and takes a filter", function()
      for i = 1, 2 do create { "--to", TO .. i, "TaskName=n" .. i } end
      for _, filter in ipairs { { "--name", "n2" }, { "--to", TO .. 2 } } do
        local ran = relay { "list", "-o", "ids", unpack(filter) }
        assert.equal(tasks()[2].id .. "\n", ran.out)
      end
      local served = {}
      for i = 1, 250 do
        served[i] = { TaskId = "t" .. i, TaskStatus = 3, TaskInfo = { TaskName = "n" } }
      end
      e:serve("DescribeLivePullToPushList", { items = served })
      local ran = relay { "list", "-o", "ids" }:ok()
      assert.equal(250, select(2, ran.out:gsub("\n", "")))
    end)
  end)

  describe("stop, restart and delete", function()
    it("do so for ids of words and of stdin, and ask where they must", function()
      local first, second = made(), made(TO .. "2")
      local stdin = { input = second .. "\n" }
      for _, words in ipairs { { "stop", first, "-" }, { "delete", first } } do
        relay(words, stdin):refused "--yes"
      end
      assert.same({ 0, 0 }, { asked "StopLivePullToPush", asked "DeleteLivePullToPush" })
      relay({ "stop", first, "-", "-y" }, stdin):ok()
      relay({ "restart", first, "-" }, stdin):ok()
      relay({ "stop", first }):ok()
      relay({ "delete", first, "-", "-y" }, stdin):ok()
      assert.same({ 3, 2, 2 }, { asked "StopLivePullToPush", asked "RestartLivePullToPush",
        asked "DeleteLivePullToPush" })
      assert.same({}, tasks())
    end)

    it("say which task a restart has made", function()
      e:config { restart_id = "new" }
      local id = made()
      local ran = relay { "restart", id, "-o", "json" }:ok()
      assert.equal(tasks()[1].id, ran:items()[1].new_task)
    end)
  end)

  it("waits until tasks run or have stopped, or will not", function()
    e:config { restart_id = "new", second_task = "accepted" }
    local first, second, third = made(), made(TO .. "2"), made(TO .. "4")
    e:answer("DescribeLivePullToPush", { { RetCode = 0, TaskId = first, TaskStatus = 0 } },
      { TaskId = first })
    e:answer("DescribeLivePullToPush", { { RetCode = 0, TaskId = third, TaskStatus = 1 } },
      { TaskId = third })
    local handles, ended = {}, {}
    for i, words in ipairs { { "stop", first }, { "restart", second }, { "stop", third },
      { "create", "--from", FROM, "--to", TO .. "3", "--end", "+2h", "-y" } } do
      handles[i] = c:start({ "relay", words[1], "--wait", REGION[1], REGION[2],
        unpack(words, 2) }, { vendor = "aliyun" })
    end
    for _, i in ipairs { 1, 2, 4 } do ended[i] = handles[i]:wait() end
    assert.same({ 1, 0, 0 }, { ended[1].status, ended[2].status, ended[4].status }, ended[2].err)
    assert.truthy(ended[1].err:find(first .. ": wait_failed: ", 1, true), ended[1].err)
    command.await(function() return asked "DescribeLivePullToPush" >= 4 end)
    handles[3]:signal "TERM"
    assert.equal(143, handles[3]:wait().status)
  end)

  it("tells which task was made before it waits, and when a signal ends that", function()
    for format, case in pairs { ids = { "INT", 130 }, table = { "HUP", 143 },
      json = { "INT", 130 } } do
      e:reset()
      e:answer("DescribeLivePullToPush", { { RetCode = 0, TaskStatus = 0 } })
      local words = { "relay", "create", "-q", "--wait", "-o", format, REGION[1], REGION[2] }
      for _, word in ipairs(ONE) do words[#words + 1] = word end
      local running = c:start(words, { vendor = "aliyun" })
      command.await(function() return #running:output() > 0 end, "a row that is not held back")
      local id = tasks()[1].id
      running:signal(case[1])
      local ran = running:wait():ends(case[2], "SIG" .. case[1] .. "); not seen yet: " .. id)
      assert.truthy(ran.out:find(id, 1, true), ran.out)
      if format == "ids" then assert.equal(id .. "\n", ran.out) end
      if format == "json" then assert.equal(id, ran:items()[1].task) end
    end
  end)

  it("names all tasks that it was still waiting for", function()
    e:answer("DescribeLivePullToPush", { { RetCode = 0, TaskStatus = 0 } })
    local running = c:start({ "relay", "create", "-", "--end", "+2h", "-y", "--wait", "-o", "ids",
      REGION[1], REGION[2] }, { vendor = "aliyun", input = command.tasks(7) })
    command.await(function() return #running:output() > 0 end, "the rows")
    running:signal "INT"
    local ended = running:wait():ends(130)
    local left = (ended.err:match "not seen yet: ([^\n]*)" or ""):gsub(", ", "\n") .. "\n"
    assert.equal(ended.out, left)
    assert.equal(7, select(2, left:gsub("\n", "")))
  end)

  it("waits for the tasks of the report where the command goes on", function()
    create { "--report", "waits.jsonl" }:ok()
    local id = tasks()[1].id
    e:answer("DescribeLivePullToPush", { { RetCode = 0, TaskId = id, TaskStatus = -1 } })
    create { "--report", "waits.jsonl", "--wait" }:ends(1, id .. ": wait_failed: ")
    assert.equal(1, asked "CreateLivePullToPush")
  end)

  it("is Alibaba Cloud's, and needs a region", function()
    c:run({ "relay", "list" }, { vendor = "aliyun" }):refused "--region is missing"
    c:run { "relay", "list", "--vendor", "zego", unpack(REGION) }:ends(2, "say --vendor aliyun")
  end)
end)
