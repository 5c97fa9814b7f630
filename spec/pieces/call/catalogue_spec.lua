-- The catalogue of a vendor's operations: which are found, and what that loads.

local child = require "spec.support.child"

describe("the catalogue of", function()
  for _, vendor in ipairs { "aliyun", "zego" } do
    local operations = require("streamctl." .. vendor .. ".operations")

    it(vendor .. " has each operation once, and no parameter that is the signature's", function()
      local actions = {}
      for row in operations:each() do
        assert.is_nil(actions[row.action], row.action)
        actions[row.action] = true
        assert.equal(row, operations:find(row.action))
        assert.equal(row, operations:find(row.name))
        for _, param in ipairs(row.params) do
          assert.is_nil(operations.reserved[param.name], row.action .. " " .. param.name)
        end
      end
    end)

    it(vendor .. " is a part of the vendor's table, and so are the waiters", function()
      local public, count = require("streamctl")[vendor], 0
      assert.equal(operations, public.operations)
      for _, waiter in pairs(public.waiters) do
        count = count + 1
        assert.is_table(operations:find(waiter[1]))
      end
      assert.is_true(count > 3)
    end)
  end
end)

-- What few calls need is loaded by those that do: this keeps the start of a process short. All of
-- `call` is loaded at once, so that a failure can be told when nothing can be loaded any more.
describe("a first call loads what it needs, and nothing else:", function()
  local OF_ALL = [[
    base.checks base.encode base.errors base.json base.options base.suggest core loop.blocking
    loop.exchange loop.pick loop.protected store.memory store.named transport.curl transport.hosts
    transport vendor.class vendor.client ]]
  local CALLS = {
    aliyun = {
      [[access_key_id = "id", access_key_secret = "secret"]],
      [[resume_live_stream { DomainName = "d", AppName = "a", StreamName = "s" }]],
      "aliyun aliyun.judge aliyun.operations aliyun.operations.streams",
    },
    zego = {
      [[app_id = 1, server_secret = "secret"]], [[resume_rtc_streams { StreamId = { "a" } }]],
      "zego zego.judge zego.operations zego.operations.media",
    },
  }

  for vendor, call in pairs(CALLS) do
    it(vendor, function()
      local output = child.run((([[
        local client = require("streamctl").@VENDOR@.new {
          @OPTIONS@,
          transport = { send = function()
            return { status = 200, headers = {}, body = '{"Code":0,"RequestId":"r"}' }
          end },
        }
        assert(client:@CALL@)
        for name in pairs(package.loaded) do print(name:match("^streamctl%.(.+)$")) end
      ]]):gsub("@(%u+)@", { VENDOR = vendor, OPTIONS = call[1], CALL = call[2] })))
      local loaded, wanted = {}, {}
      for name in output:gmatch("%S+") do
        if name ~= "nil" and not name:find("^call") then loaded[#loaded + 1] = name end
      end
      for name in (OF_ALL .. call[3]):gmatch("%S+") do wanted[#wanted + 1] = name end
      table.sort(loaded)
      table.sort(wanted)
      assert.same(wanted, loaded)
    end)
  end
end)
