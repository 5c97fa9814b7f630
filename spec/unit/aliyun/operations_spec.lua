-- The rows of Alibaba Cloud against the documented facts, which are written out here.

local operations = require "streamctl.aliyun.operations"

local PAGE = "https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-"

-- action = { method, calls per second, may be repeated }
local DOCUMENTED = {
  CreateLivePullToPush = { "POST", 10, false },
  DeleteLivePullToPush = { "GET", 10, true },
  DescribeLivePullToPush = { "GET", 10, true },
  DescribeLivePullToPushList = { "GET", 10, true },
  DescribeLiveStreamsBlockList = { "POST", 50, true },
  DescribeLiveStreamsOnlineList = { "POST", 10000 / 60, true },
  ForbidLiveStream = { "POST", 20, { unless = { Oneshot = "yes" } } },
  RestartLivePullToPush = { "GET", 10, false },
  ResumeLiveStream = { "POST", 30, true },
  StopLivePullToPush = { "GET", 10, true },
  UpdateLivePullToPush = { "GET", 10, false },
}

local RETURNS = {
  CreateLivePullToPush = { TaskId = "string", RetCode = "number" },
  DeleteLivePullToPush = { RetCode = "number" },
  DescribeLivePullToPush = { RetCode = "number" },
  DescribeLiveStreamsBlockList = { StreamUrls = "table" },
  DescribeLiveStreamsOnlineList = { OnlineInfo = "table" },
  UpdateLivePullToPush = { RetCode = "number" },
}

local TYPES = { text = true, integer = true, time = true, json_list = true }
local RULES = { later = true, future = true, required_if = true, single_if = true }

describe("the operations of aliyun", function()
  it("speak API version 2016-11-01", function()
    assert.equal("2016-11-01", operations.version)
  end)

  for action, documented in pairs(DOCUMENTED) do
    describe(action, function()
      local row = operations:find(action)

      it("has the documented method, rate, safety and answer", function()
        assert.equal(documented[1], row.method)
        assert.equal(documented[2], row.rate)
        assert.same(documented[3], row.safe)
        assert.same(RETURNS[action], row.returns)
      end)

      it("names its page", function()
        assert.equal(PAGE .. action:lower(), operations.page_of(row))
      end)

      it("names the query that settles an unknown outcome, unless it may always be "
        .. "repeated", function()
        if row.safe == true then
          assert.is_nil(row.settle)
        else
          assert.truthy(operations:find(row.settle[1]), row.settle[1])
        end
      end)

      it("lists parameters of known types", function()
        for _, param in ipairs(row.params) do
          assert.is_true(TYPES[param.type], param.name)
          assert.is_nil(operations.reserved[param.name], param.name)
          assert.is_true(param.required == nil or param.required == true)
        end
      end)

      it("ties together only parameters that it has", function()
        local has = {}
        for _, param in ipairs(row.params) do has[param.name] = true end
        for _, rule in ipairs(row.rules or {}) do
          assert.is_true(RULES[rule[1]], rule[1])
          assert.is_true(has[rule[2]], rule[2])
          assert.is_true(rule[3] == nil or has[rule[3]], tostring(rule[3]))
        end
      end)
    end)
  end

  it("are methods of a client under their names in snake case", function()
    local live = require("spec.unit.helper").aliyun()
    for _, name in ipairs {
      "create_live_pull_to_push", "delete_live_pull_to_push", "describe_live_pull_to_push",
      "describe_live_pull_to_push_list", "describe_live_streams_block_list",
      "describe_live_streams_online_list", "forbid_live_stream", "restart_live_pull_to_push",
      "resume_live_stream", "stop_live_pull_to_push", "update_live_pull_to_push",
    } do
      assert.is_function(live[name], name)
      assert.is_function(require("streamctl.aliyun")[name], name)
    end
  end)
end)
