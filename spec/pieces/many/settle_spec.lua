-- What became of calls whose outcome is unknown: for each row that may not be repeated, by what the
-- vendors document of the query that tells.

local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local samples = require "spec.support.samples"
local vendors = {
  aliyun = require "streamctl.aliyun.operations", zego = require "streamctl.zego.operations",
}

local facts = samples.vectors("settle").operations
local LOST = helper.stopped("timeout", true)

local function result_of(answer)
  return helper.response(answer.body and answer.status or 200, cjson.encode(answer.body or answer))
end

-- A client of which a call got lost, and its error. The query gets `answers` in turn, results or
-- as the facts have them.
local function lose(action, answers, options)
  local fact, queries = facts[action], {}
  local client = helper[fact.vendor](function(request)
    if request.action == action then return LOST end
    queries[#queries + 1] = request
    local answer = answers[math.min(#queries, #answers)]
    return answer.code == "ok" and answer or answer.code and answer.maybe_sent ~= nil and answer
      or result_of(answer)
  end, options)
  local body, message, err = client:call(action, fact.params)
  assert.is_nil(body)
  assert.equal("outcome_unknown", err.code, message)
  return client, err, queries, message
end

helper.stand_still()

describe("the facts", function()
  it("cover every row that names a query, and all those queries may be repeated", function()
    for vendor, operations in pairs(vendors) do
      for row in operations:each() do
        if row.settle then
          assert.is_table(facts[row.action], row.action)
          assert.equal(vendor, facts[row.action].vendor)
          local query = operations:find(row.settle[1])
          assert.is_true(query and query.safe, row.action)
        end
      end
    end
  end)
end)

for action, fact in pairs(facts) do
  describe(action, function()
    it("says what to ask, in its error and in the message", function()
      local _, err, _, message = lose(action, {})
      assert.equal(fact.query, err.settle.operation)
      assert.same(fact.asked, err.settle.params)
      assert.equal(helper.NOW, err.settle.ended)
      assert.truthy(message:find(fact.query, 1, true), message)
      assert.is_table(cjson.decode(cjson.encode(err.settle)))
    end)

    for _, verdict in ipairs { "executed", "unknown" } do
      it("was " .. verdict .. " when the answer shows it", function()
        for i, answer in ipairs(fact[verdict]) do
          local client, err, queries = lose(action, { answer })
          local became, seen = client:settle(err)
          assert.equal(verdict, became, i)
          assert.equal(fact.query, queries[#queries].action)
          assert.is_table(seen)
        end
      end)
    end

    it("was not_executed when the answer still shows it a minute later, and no sooner", function()
      for i, answer in ipairs(fact.not_executed) do
        local client, err, queries = lose(action, { answer })
        local start = core.monotonic()
        assert.equal("unknown", (client:settle(err)), i)
        assert.is_true(#queries > 1)
        assert.equal("not_executed", (client:settle(err, { timeout = 120 })), i)
        assert.is_true(core.monotonic() - start >= 60)
        assert.equal("not_executed", (client:settle(err)), i)
      end
    end)

    it("is not settled by a query that fails", function()
      local forbidden = helper.response(403, '{"Code":"Forbidden","Message":"no"}')
      local client, err = lose(action, { forbidden })
      local became, message, failed = client:settle(err)
      assert.is_nil(became)
      assert.equal(fact.query, failed.operation)
      assert.equal(failed.message, message)
    end)
  end)
end

describe("settle", function()
  local TASKS = { TaskList = { { TaskId = "t-7", TaskStatus = 1,
    TaskInfo = facts.CreateLivePullToPush.params } }, Total = 1, RequestId = "R" }

  it("says unknown of what may have come to its end since", function()
    for _, action in ipairs {
      "CreateLivePullToPush", "AddLivePullStreamInfoConfig", "AddLiveStreamMerge",
      "AddLiveCenterTransfer",
    } do
      local params = facts[action].params
      local times = { StartTime = helper.NOW + 60, EndTime = helper.NOW + 3600 }
      for _, given in ipairs { times, { StartTime = core.time_text(times.StartTime),
        EndTime = core.time_text(times.EndTime) } } do
        local live = helper.aliyun(function(request)
          return request.action == action and LOST or result_of(facts[action].not_executed[1])
        end)
        core.set_clock(helper.NOW, 1000)
        local _, message, err = live:call(action, helper.merged(params, given))
        assert.equal("outcome_unknown", err.code, message)
        core.set_clock(helper.NOW + 3599, 4599)
        assert.equal("not_executed", (live:settle(err)), action)
        core.set_clock(helper.NOW + 3601, 4601)
        assert.equal("unknown", (live:settle(err)), action)
      end
    end
  end)

  for title, case in pairs {
    ["a time that was given as a number"] = { "EndTime", 1893456000,
      executed = "2030-01-01T00:00:00Z", unknown = "2030-01-01T00:00:01Z" },
    ["lists item by item"] = { "SourceUrls", { "a", "b" }, executed = { "a", "b" },
      unknown = { "a", "c" } },
    ["numbers in lists with their texts"] = { "SourceUrls", { "1", "2" }, executed = { 1, 2 },
      unknown = { 1, { "2" } } },
    ["the lengths of lists"] = { "SourceUrls", { "a" }, executed = { "a" },
      unknown = { "a", "b" } },
  } do
    it("compares " .. title, function()
      for _, verdict in ipairs { "executed", "unknown" } do
        local live = helper.aliyun(helper.script(LOST, result_of { RequestId = "R", RetCode = 0,
          TaskStatus = 1, TaskInfo = { [case[1]] = case[verdict] } }))
        local _, _, err = live:update_live_pull_to_push { Region = "cn-shanghai", TaskId = "t-1",
          [case[1]] = case[2] }
        assert.equal(verdict, (live:settle(err)))
      end
    end)
  end

  it("knows nothing of an action that has no query", function()
    local live = helper.aliyun(LOST)
    local _, message, err = live:call("AddLiveThing", {})
    assert.is_nil(err.settle)
    assert.truthy(message:find("Ask the vendor for the present state first", 1, true))
    assert.equal("unknown", (live:settle(err)))
  end)

  it("throws at the caller's line for what cannot be settled", function()
    local live, err = lose("CreateLivePullToPush", { TASKS })
    local rtc = helper.zego()
    local _, _, other = live:create_live_pull_to_push {}
    for text, fn in pairs {
      ["settle takes the err of a call"] = function() live:settle(other) end,
      ["settle takes the err of a failed call"] = function() live:settle("outcome_unknown") end,
      ["this err is of a call to aliyun"] = function() rtc:settle(err) end,
      ["unknown option 'timout'"] = function() live:settle(err, { timout = 1 }) end,
    } do
      helper.throws(text, fn)
    end
  end)

  it("throws for an err whose settle is not whole, and cannot tell without it", function()
    local live, err = lose("CreateLivePullToPush", { TASKS })
    local broken = { "x" }
    for _, name in ipairs { "params", "given", "began", "ended" } do
      broken[#broken + 1] = helper.merged(err.settle, { [name] = "x" })
    end
    for _, to_ask in ipairs(broken) do
      helper.throws("err.settle is not what the call put there",
        function() live:settle(helper.merged(err, { settle = to_ask })) end)
    end
    assert.equal("unknown", (live:settle(helper.without(err, "settle"))))
  end)
end)
