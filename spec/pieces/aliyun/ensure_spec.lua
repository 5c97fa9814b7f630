-- A pull-to-push task that exists once.

local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"
local streamctl = require "streamctl"

local PARAMS = helper.ALIYUN_PARAMS.CreateLivePullToPush
local CREATED = helper.response(200, helper.SUCCESS.aliyun)
local CONFLICT = helper.response(400, '{"Code":"CodeConfigAlreadyExists","RequestId":"R"}')
local LOST = helper.stopped("timeout", true)
local STOPPED, EXITED = 3, -1

local function task(id, url, status, other)
  return { TaskId = id, TaskStatus = status or 1, TaskInfo = helper.merged({
    DstUrl = url or PARAMS.DstUrl, SourceUrls = PARAMS.SourceUrls, StartTime = PARAMS.StartTime,
    EndTime = PARAMS.EndTime }, other or {}) }
end

-- The answer of a search; `total`: false leaves it out.
local function list(tasks, total)
  local texts = {}
  for i, entry in ipairs(tasks) do texts[i] = cjson.encode(entry) end
  total = total == false and "" or ',"Total":' .. (total or #tasks)
  return helper.response(200, '{"RequestId":"R"' .. total .. ',"TaskList":['
    .. table.concat(texts, ",") .. "]}")
end

local NONE = list {}

local function names(transport)
  local actions = {}
  for i, request in ipairs(transport.requests) do
    actions[i] = request.action:gsub("LivePullToPush", ""):gsub("DescribeList", "List")
  end
  return table.concat(actions, " ")
end

local function client(script, store)
  return helper.aliyun(script, { store = store or memory.new() })
end

local function ensure(...)
  local live, transport = client(helper.script(...))
  local body, message, err = live:ensure_live_pull_to_push(PARAMS)
  return names(transport), body, message, err, transport
end

local function stamp(_, _, floor) return floor, {} end

describe("ensure_live_pull_to_push", function()
  before_each(function() helper.freeze() end)

  describe("in a batch", function()
    local OTHER = "rtmp://push.example.com/app/other"
    local items = { { DstUrl = PARAMS.DstUrl }, { DstUrl = OTHER } }

    local function batch(live, options)
      options.params = helper.without(PARAMS, "DstUrl")
      options.concurrency = options.concurrency or 1
      return live:batch("ensure_live_pull_to_push", items, options)
    end

    it("makes sure of each item, and tells of each request", function()
      local live, transport = client(helper.script(NONE, CREATED, list { task("t-7", OTHER) }))
      local told = {}
      local report = batch(live, { on_send = function(call)
        told[#told + 1] = call.operation:gsub("LivePullToPush", "") .. call.items[1].index
      end })
      assert.same({ 2, 2, 3 }, { report.total, report.succeeded, report.requests })
      local first, second = report.results[1].answer, report.results[2].answer
      assert.same({ "t-1", true, "t-7", false },
        { first.TaskId, first.created, second.TaskId, second.created })
      assert.equal("List Create List", names(transport))
      assert.same({ "DescribeList1", "Create1", "DescribeList2" }, told)
    end)

    it("keeps the batch's time limit, and creates nothing after it", function()
      local lefts = {}
      local function search(seconds)
        return function(_, deadline)
          lefts[#lefts + 1] = deadline - core.monotonic()
          core.sleep(seconds)
          return NONE
        end
      end
      local live, transport = client(helper.script(search(3), function(_, deadline)
        lefts[#lefts + 1] = deadline - core.monotonic()
        return CREATED
      end, search(6)))
      local report = batch(live, { timeout = 9 })
      assert.same({ "ok", "cancelled" }, helper.codes(report))
      assert.same({ 3, 3, 2 }, lefts)
      assert.same({ "List Create List", 3 }, { names(transport), report.requests })
    end)

    it("creates nothing after the batch has stopped, and counts what was sent", function()
      local live, transport = client(helper.script(function()
        streamctl.sleep(1)
        return list { task "t-7" }
      end, function()
        streamctl.sleep(2)
        return NONE
      end, CREATED))
      local report = batch(live, { concurrency = 2, on_result = function() error "full" end })
      assert.same({ 1, 1, 2, "List List" },
        { report.succeeded, report.unsent, report.requests, names(transport) })
      report = batch(client(NONE), { on_send = function() return false end })
      assert.same({ 2, 0 }, { report.unsent, report.requests })
    end)

    it("goes on with the others after the vendor has asked for a pause", function()
      local throttled = helper.response(503, '{"Code":"Throttling.User","RequestId":"R"}',
        "Retry-After: 8\r\n")
      local live, transport = client(helper.script(throttled, NONE, CREATED))
      assert.same({ "throttled", "ok" }, helper.codes(batch(live, {})))
      assert.equal("List List Create", names(transport))
    end)

    it("stops while another caller has the lock", function()
      local began = core.monotonic()
      local store = { stamp = stamp, reserve = true, unlock = true,
        lock = function() return false, 9 end }
      local report = batch(client(NONE, store),
        { should_stop = function() return core.monotonic() - began > 1.2 and "enough" end })
      assert.same({ 2, 2, 1.5 }, { report.unsent, report.requests, core.monotonic() - began })
    end)
  end)
  after_each(helper.thaw)

  it("searches where it creates, and takes the first of several tasks", function()
    local live, transport = client(list { task "t-1", task "t-2" })
    local params = helper.merged(PARAMS, { RegionId = "cn-beijing" })
    assert.equal("t-1", assert(live:ensure_live_pull_to_push(params)).TaskId)
    for name, value in pairs { RegionId = "cn-beijing", Region = "cn-shanghai",
      DstUrl = PARAMS.DstUrl } do
      assert.same({ value }, helper.sent(transport.requests[1], name))
    end
  end)

  -- What is there, the answers in order, the requests, the id of the task that comes back or the
  -- code of the error, a part of its message, and of a task that comes back whether it is new.
  local OTHER, FOUND = task("t-0", PARAMS.DstUrl .. "2"), list { task "t-7" }
  local STOPPED_TASK = task("t-3", nil, STOPPED)
  local DENIED = helper.response(403, '{"Code":"Forbidden","RequestId":"R"}')
  local DNS, FOUR = helper.stopped("dns", false), "List Create List List List"
  for _, case in ipairs {
    { "a task for exactly this DstUrl", { list { OTHER, task "t-7" } }, "List", "t-7" },
    { "a task for another DstUrl", { list { OTHER }, CREATED }, "List Create", "t-1", "new" },
    { "no list", { helper.response(200, '{"RequestId":"R","Total":0,"TaskList":null}'), CREATED },
      "List Create", "t-1", "new" },
    { "a task that exited", { list { task("t-3", nil, EXITED) }, CREATED }, "List Create", "t-1",
      "new" },
    { "a task that was created after all", { NONE, LOST, FOUND }, "List Create List", "t-7",
      true },
    { "a task made meanwhile", { NONE, CONFLICT, FOUND }, "List Create List", "t-7" },
    { "a task that is listed late", { NONE, LOST, NONE, NONE, FOUND }, FOUR, "t-7", true },
    { "a stopped task beside another", { list { STOPPED_TASK, task "t-7" } }, "List", "t-7" },
    { "a stopped task", { list { STOPPED_TASK } }, "List", "conflict",
      "task t-3 with this DstUrl has stopped; restart_live_pull_to_push" },
    { "no task after a lost create", { NONE, LOST, NONE }, FOUR, "outcome_unknown",
      "; a search for the DstUrl found no such task" },
    { "no answer after a lost create", { NONE, LOST, DNS }, FOUR, "outcome_unknown",
      "; a search for the DstUrl failed: dns: " },
    { "no answer to the first search", { LOST }, "List", "timeout", "; nothing was created" },
    { "no list and no number", { helper.response(200, '{"RequestId":"R"}') }, "List",
      "bad_response", "; nothing was created" },
    { "a number and no list", { helper.response(200, '{"RequestId":"R","Total":1}') }, "List",
      "bad_response", "; nothing was created" },
    { "an account that may not", { NONE, DENIED }, "List Create", "access_denied", "Forbidden" },
    { "no name for the create", { NONE, DNS }, "List Create", "dns", "dns" },
  } do
    it("does what is left to do where there is " .. case[1], function()
      local actions, body, message, err = ensure((table.unpack or unpack)(case[2])) -- luacheck: ignore
      assert.same({ case[3], case[4] }, { actions, body and body.TaskId or err.code })
      assert.equal(case[3] == FOUR and 1002 or 1000, core.monotonic()) -- a second between searches
      if case[4] == "t-7" then
        assert.same({ TaskId = "t-7", Region = "cn-shanghai", created = case[5] or false,
          info = { tasks = { task "t-7" } } }, body)
      elseif body then
        assert.same({ "new", true }, { case[5], body.created })
      else
        assert.truthy(message:find(case[5], 1, true), message)
        assert.same({ message, case[4] == "outcome_unknown" }, { err.message, err.maybe_sent })
        assert.same(case[4] == "conflict" and STOPPED_TASK or nil, err.task)
      end
    end)
  end

  local STRANGER = { SourceUrls = { "rtmp://main.example.com/a/b" } }
  local LATER = { EndTime = "2026-01-05T00:00:00Z" }

  it("tells of a task with other times, of other sources, and of a second task", function()
    local begun = { StartTime = "2026-01-02T00:00:00Z" } -- and those of PARAMS begin later
    for _, other in ipairs { LATER, begun } do
      local _, body = ensure(list { task("t-7", nil, 1, other) })
      assert.same({ "t-7", false }, { body.TaskId, body.created })
      assert.equal("the task t-7 with this DstUrl has other times", body.info.warning)
    end
    local actions, missing, why, conflict = ensure(list { task("t-7", nil, 1, STRANGER) })
    assert.same({ "List", nil, "conflict", "t-7" },
      { actions, missing, conflict.code, conflict.task.TaskId })
    assert.matches("the task t-7 with this DstUrl has other sources; it was there before, and "
      .. "nothing was created", why, 1, true)
    local params = helper.merged(PARAMS, { StartTime = "2026-01-01T00:00:00Z" })
    local live = client(list { task("t-7", nil, 1, begun) })
    assert.is_nil(assert(live:ensure_live_pull_to_push(params)).info.warning) -- both have begun
    params.StartTime = os.date("!%Y-%m-%dT%H:%M:%SZ", helper.NOW) -- begins now
    live = client(list { task("t-7", nil, 1, begun) })
    assert.is_nil(assert(live:ensure_live_pull_to_push(params)).info.warning)
    local behind = helper.response(400, '{"Code":"InvalidTimeStamp.Expired","RequestId":"R"}',
      "Date: Sat, 03 Jan 2026 12:00:00 GMT")
    live = helper.aliyun(helper.script(behind, list { task("t-7", nil, 1, begun) }),
      { store = memory.new(), retry = 2 })
    assert.is_nil(assert(live:ensure_live_pull_to_push(PARAMS)).info.warning) -- by Date both have
    local both = { task("t-6", nil, 1, STRANGER), task "t-7" }
    local _, body = ensure(list(both))
    assert.same({ "t-7", { both[2], both[1] },
      "2 tasks push to this DstUrl, each of which is billed" },
      { body.TaskId, body.info.tasks, body.info.warning })
  end)

  it("compares sources that are JSON text", function()
    local live = client(list { task "t-7" })
    local params = helper.merged(PARAMS, { SourceUrls = cjson.encode(PARAMS.SourceUrls) })
    assert.is_nil(assert(live:ensure_live_pull_to_push(params)).info.warning)
    params.SourceUrls = '["rtmp://main.example.com/a/b"]'
    live = client(list { task "t-7" })
    assert.equal("conflict", select(3, live:ensure_live_pull_to_push(params)).code)
  end)

  it("takes the task that fits best, whatever the list's order, also on a later page", function()
    local stranger, later = task("t-6", nil, 1, STRANGER), task("t-8", nil, 1, LATER)
    for best, pages in pairs {
      ["t-8"] = { list({ stranger }, 2), list({ later }, 2) },
      ["t-7"] = { list({ stranger, later }, 3), list({ task "t-7" }, 3) },
    } do
      local actions, body = ensure(pages[1], pages[2])
      assert.same({ "List List", best, best, "t-6" }, { actions, body.TaskId,
        body.info.tasks[1].TaskId, body.info.tasks[#body.info.tasks].TaskId })
    end
  end)

  it("takes the task as asked where a later page fails, and tells of that", function()
    local actions, body = ensure(list({ task "t-7" }, 2), DNS)
    assert.same({ "List List", "t-7" }, { actions, body.TaskId })
    assert.matches("^the list ended early: dns: ", body.info.warning)
    local _, none, _, err = ensure(list({ task("t-6", nil, 1, LATER) }, 2), DNS)
    assert.same({ nil, "dns" }, { none, err.code })
  end)

  it("takes a task with other times that makes the vendor refuse another", function()
    local actions, body = ensure(NONE, CONFLICT, list { task("t-7", nil, 1, LATER) })
    assert.same({ "List Create List", "t-7", false }, { actions, body.TaskId, body.created })
    assert.equal("the task t-7 with this DstUrl has other times", body.info.warning)
  end)

  it("takes no task with other sources or times for that of a create that got lost", function()
    local _, body, message, err = ensure(NONE, LOST, list { task("t-7", nil, 1, LATER) })
    assert.same({ nil, "outcome_unknown", "t-7" }, { body, err.code, err.task.TaskId })
    assert.matches("; the task t-7 with this DstUrl has other times", message, 1, true)
  end)

  it("says which task makes the vendor refuse another", function()
    local actions, body, message, err =
      ensure(NONE, CONFLICT, list { task("t-2", nil, EXITED) })
    assert.same({ "List Create List" }, { actions, body })
    assert.same({ "conflict", "t-2" }, { err.code, err.task.TaskId })
    assert.truthy(message:find("; the task t-2 with this DstUrl has exited", 1, true), message)
    -- in another region
    actions, body, message = ensure(NONE, CONFLICT, NONE)
    assert.same({ "List Create List" }, { actions, body })
    assert.truthy(message:find("found no such task in this Region", 1, true), message)
  end)

  it("refuses what is no DstUrl, also unchecked", function()
    local live, transport = client(CREATED)
    for _, url in ipairs { false, { "rtmp://d" } } do
      local body, message = live:ensure_live_pull_to_push(
        helper.merged(PARAMS, { DstUrl = url }), { validate = false })
      assert.is_nil(body)
      assert.truthy(message:find("^invalid_parameter: CreateLivePullToPush: DstUrl must be text"))
    end
    assert.equal(0, #transport.requests)
  end)

  describe("with a lock", function()
    local store, locks, events

    -- A store whose lock is taken for so many seconds, and what it was asked for.
    local function locked(seconds)
      local free = core.monotonic() + seconds
      store, locks = { stamp = stamp, reserve = true, calls = {} }, {}
      function store.lock(_, key, for_seconds)
        locks[#locks + 1] = { key, for_seconds }
        if core.monotonic() < free then return false, free - core.monotonic() end
        return "token"
      end
      function store.unlock(_, key, token, after) locks[#locks + 1] = { key, token, after } end
    end

    local function run(...)
      events = {}
      local live, transport = helper.aliyun(helper.script(...), {
        store = store, on_event = function(event) events[#events + 1] = event end,
      })
      local body, message, err = live:ensure_live_pull_to_push(PARAMS, { timeout = 9 })
      return names(transport), body, message, err
    end

    for title, answer in pairs { ["an outcome that is unknown"] = LOST,
      ["an error that ends it"] = function() error("interrupted!", 0) end } do
      it("keeps it for a minute, in which a task may be listed, after " .. title, function()
        locked(0)
        local ok, why, _, _, err = pcall(run, NONE, answer, NONE)
        if answer ~= LOST then assert.same({ false, "interrupted!" }, { ok, why }) end
        if answer == LOST then assert.equal("outcome_unknown", err.code) end
        assert.same({ { locks[1][1], 9 + 60 }, { locks[1][1], "token", 60 } }, locks)
      end)
    end

    it("keeps it after a create, and not after a refusal", function()
      for answer, after in pairs { [CREATED] = 60, [CONFLICT] = false } do
        locked(0)
        assert.matches("^List Create", (run(NONE, answer, NONE)))
        assert.same({ locks[1][1], "token", after or nil }, locks[#locks])
      end
    end)

    it("keeps the task where the lock cannot be given back, and tells the listener", function()
      for _, broken in ipairs { function() error("it is gone", 0) end,
        function() return nil, "it is gone" end } do
        locked(0)
        store.unlock = broken
        local _, body = run(NONE, CREATED)
        assert.same({ "t-1", true }, { body.TaskId, body.created })
        local told = events[#events]
        assert.same({ "store", "unlock", "it is gone" }, { told.event, told.method, told.message })
      end
      function store.unlock() error("interrupted!", 0) end
      assert.error_matches(function() run(NONE, CREATED) end, "^interrupted!$")
    end)

    it("searches while another caller has it, until the task is listed", function()
      locked(1000)
      local actions, body = run(NONE, NONE, list { task "t-7" })
      assert.same({ "List List List", "t-7", false, 3 },
        { actions, body.TaskId, body.created, #locks })
    end)

    it("creates nothing while another caller has it", function()
      locked(1000)
      local begun = core.monotonic()
      local actions, body, message, err = run(NONE, NONE, NONE, NONE, NONE, NONE, NONE)
      assert.same({ "List List List List List List List", nil, "timeout", true, false },
        { actions, body, err.code, err.retryable, err.maybe_sent })
      assert.matches("another caller makes sure .*; call again; nothing was created", message)
      assert.equal(6, core.monotonic() - begun)
    end)
  end)

  it("gives what a wait takes, with the client's region", function()
    local running = helper.response(200, '{"RequestId":"R","RetCode":0,"TaskStatus":1}')
    local live = helper.aliyun(helper.script(NONE, CREATED, running), { region = "cn-beijing" })
    local made = assert(live:ensure_live_pull_to_push(helper.without(PARAMS, "Region")))
    assert.same({ "t-1", "cn-beijing", true }, { made.TaskId, made.Region, made.created })
    assert(live:wait_for("pull_to_push_running", made, { timeout = 5 }))
  end)
end)
