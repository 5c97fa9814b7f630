-- A pull-to-push task that exists once.

local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.unit.helper"

local PARAMS = helper.ALIYUN_PARAMS.CreateLivePullToPush
local CREATED = helper.response(200, helper.SUCCESS.aliyun)
local CONFLICT = helper.response(400, '{"Code":"CodeConfigAlreadyExists","RequestId":"R"}')
local LOST = helper.stopped("timeout", true)

local function task(id, url, status)
  return { TaskId = id, TaskStatus = status or 1, TaskInfo = { DstUrl = url or PARAMS.DstUrl } }
end

local function list(tasks, total)
  local body = cjson.encode { RequestId = "R", RetCode = 0, Total = total or #tasks }
  local texts = {}
  for i, entry in ipairs(tasks) do texts[i] = cjson.encode(entry) end
  return helper.response(200, body:sub(1, -2) .. ',"TaskList":[' .. table.concat(texts, ",") .. "]}")
end

local function ensure(...)
  local live, transport = helper.aliyun(helper.script(...))
  local body, message, err = live:ensure_live_pull_to_push(PARAMS)
  local actions = {}
  for i, request in ipairs(transport.requests) do actions[i] = request.action:gsub("LivePullToPush", "") end
  return table.concat(actions, " "), body, message, err, transport
end

describe("ensure_live_pull_to_push", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  it("creates the task", function()
    local actions, body = ensure(CREATED)
    assert.equal("Create", actions)
    assert.same({ "t-1", nil }, { body.TaskId, body.existing })
  end)

  for name, first in pairs { ["is there already"] = CONFLICT, ["was created after all"] = LOST } do
    it("hands back the task that " .. name, function()
      local actions, body, _, _, transport = ensure(first,
        list { task("t-0", PARAMS.DstUrl .. "2"), task "t-7" })
      assert.equal("Create DescribeList", actions)
      assert.same({ TaskId = "t-7", Task = task "t-7", existing = true }, body)
      assert.same({ PARAMS.DstUrl }, helper.sent(transport.requests[2], "DstUrl"))
      assert.same({ "cn-shanghai" }, helper.sent(transport.requests[2], "Region"))
    end)
  end

  it("stays unknown when the search finds nothing, and creates no second one", function()
    local actions, body, message, err = ensure(LOST, list {})
    assert.equal("Create DescribeList", actions)
    assert.is_nil(body)
    assert.equal("outcome_unknown", err.code)
    assert.truthy(message:find(" A search for the DstUrl found no such task.", 1, true))
    assert.equal(message, err.message)
  end)

  it("says so when the search fails", function()
    local _, body, message, err = ensure(LOST, helper.stopped("dns", false))
    assert.is_nil(body)
    assert.equal("outcome_unknown", err.code)
    assert.truthy(message:find(" A search for the DstUrl failed: dns: ", 1, true))
  end)

  it("does not count tasks that have stopped or exited", function()
    local _, body, _, err = ensure(CONFLICT, list { task("t-1", nil, 3), task("t-2", nil, -1) })
    assert.is_nil(body)
    assert.equal("conflict", err.code)
  end)

  it("looks through every page", function()
    local full = {}
    for i = 1, 100 do full[i] = task("x", "rtmp://other/" .. i) end
    local actions, body, _, _, transport = ensure(LOST, list(full, 101), list({ task "t-9" }, 101))
    assert.equal("Create DescribeList DescribeList", actions)
    assert.equal("t-9", body.TaskId)
    assert.same({ "2" }, helper.sent(transport.requests[3], "PageNumber"))
    assert.equal("Create DescribeList", (ensure(LOST, list(full, 100))))
  end)

  it("does not search after any other failure", function()
    local actions, _, _, err = ensure(helper.response(403, '{"Code":"Forbidden","RequestId":"R"}'))
    assert.same({ "Create", "forbidden" }, { actions, err.code })
    actions, _, _, err = ensure(helper.stopped("dns", false))
    assert.same({ "Create", "dns" }, { actions, err.code })
  end)

  it("shares its time between create and search", function()
    local lefts = {}
    local script = helper.script(LOST, list { task "t-1" })
    local live = helper.aliyun(function(_, deadline)
      lefts[#lefts + 1] = deadline:left()
      core.sleep(3)
      return script()
    end)
    assert(live:ensure_live_pull_to_push(PARAMS, { timeout = 8 }))
    assert.same({ 8, 5 }, lefts)
  end)
end)
