-- Answers that nginx cannot give, met over plain HTTP by calls of both vendors: each ends with its
-- code within its time limit, holds little memory, goes out once, and leaves the client usable.

local cases = require "spec.world.faults.cases"
local operations = require "spec.world.faults.operations"
local raw = require "spec.support.raw"
local shell = require "spec.support.emulator.launcher.shell"
local streamctl = require "streamctl"
local usage = require "spec.support.usage"

local LIMIT, SLOW_LIMIT = 10, 8 -- seconds; what is slow takes longer than all of them together
local TINY = 60000 -- bytes of a body, in as many chunks
local MOST = 128 * 1024 -- bytes that an answer may have: what sends without end need not send more
-- KiB that a call may take for an answer.
local MOST_MEMORY = usage.sanitized and 512 * 1024 or 16 * 1024

local function list_of(vendor) return cases.list(cases.bodies[vendor], "@ELSEWHERE@") end

describe("over plain HTTP", function()
  local r, elsewhere
  local clients, lists, early = {}, {}, {}

  local function outcome(operation, case, limit)
    return operations.outcome(operation, clients[operation.name], case.script, limit)
  end

  -- All that take their time, at once.
  local function run_slow()
    streamctl.run(function()
      for _, operation in ipairs(operations) do
        for _, case in ipairs(lists[operation.name]) do
          if case.slow then
            streamctl.spawn(function()
              early[case.script] = outcome(operation, case, SLOW_LIMIT)
            end)
          end
        end
      end
    end)
  end

  setup(function()
    elsewhere = assert(raw.start { texts = { fine = cases.whole "{}" },
      scripts = { fine = "say fine" }, listeners = { { "any", "fine" } } })
    local bomb = elsewhere.dir .. "/bomb.gz"
    shell.run("head -c 24000000 /dev/zero | gzip -1 >" .. shell.quote(bomb))
    local scripts, texts = {}, { forged = cases.whole '{"RequestId":"forged","Code":0}' }
    for _, vendor in ipairs { "aliyun", "zego" } do
      scripts["fine_" .. vendor], texts["fine_" .. vendor] = "say fine_" .. vendor,
        cases.whole(cases.bodies[vendor])
      scripts["lost_" .. vendor] = ("say fine_%s; read; close"):format(vendor)
      local tiny = cases.bodies[vendor] .. (" "):rep(TINY - #cases.bodies[vendor])
      scripts["tiny_" .. vendor], texts["tiny_" .. vendor] = "say tiny_" .. vendor,
        cases.in_bytes(tiny)
      scripts["unasked_" .. vendor] = ("say fine_%s; pause 5; say forged; note"):format(vendor)
    end
    for _, operation in ipairs(operations) do
      lists[operation.name] = cases.list(cases.bodies[operation.vendor], elsewhere:url "any")
      cases.compile(lists[operation.name], operation.name, scripts, texts)
    end
    r = assert(raw.start { texts = texts, files = { bomb = bomb }, scripts = scripts,
      listeners = { { "named", "-" } } })
    for _, operation in ipairs(operations) do
      clients[operation.name] = operations.client(operation,
        { endpoint = r:url "named", max_response_bytes = MOST })
    end
    run_slow()
  end)

  teardown(function()
    if r then r:stop() end
    if elsewhere then elsewhere:stop() end
  end)

  local function check(case, operation, it)
    local err = it.err
    operations.check(case, operation, it, not case.final)
    if it.body then
      assert.is_truthy(cases.bodies[operation.vendor]:find(it.body.RequestId, 1, true))
      return
    end
    assert.equal(case.status, err.http_status)
    assert.equal(1, err.attempts)
    if case.slow and err.code == "timeout" then
      assert.is_true(it.took > SLOW_LIMIT - 0.05, "took only " .. it.took)
    end
  end

  for i, sample in ipairs(list_of "aliyun") do
    it(sample[1], function()
      for _, operation in ipairs(operations) do
        local case = lists[operation.name][i]
        local measured, before = usage.forget_peak(), usage.memory()
        check(case, operation, early[case.script] or outcome(operation, case, LIMIT))
        local grown = (measured and usage.peak() or usage.memory()) - before
        assert.is_true(grown < MOST_MEMORY, "took " .. grown .. " KiB")
        -- the same client goes on
        local body, message = operations.call(operation, clients[operation.name],
          "fine_" .. operation.vendor)
        assert.is_truthy(body, message)
      end
      local counts = r:counts()
      for _, operation in ipairs(operations) do
        assert.equal(1, counts[lists[operation.name][i].script].requests, operation.name)
      end
    end)
  end

  it("a redirect leads nowhere", function()
    assert.equal(0, elsewhere:counts().fine.connections)
  end)

  -- libcurl would send it again by itself, and then has forgotten that it did.
  it("a call on a kept connection that is lost went out once, and may have been "
    .. "executed", function()
    r:reset()
    for i = 1, 3, 2 do
      local operation = operations[i]
      local script, client = "lost_" .. operation.vendor, clients[operation.name]
      assert(operations.call(operation, client, script))
      local _, message, err = operations.call(operation, client, script)
      assert.same({ "connect", true, 1 }, { err.code, err.maybe_sent, err.attempts }, message)
      assert.equal(2, r:counts()[script].requests)
    end
  end)

  -- Also a 408 that a balancer sends before it closes a connection that nobody uses.
  it("an answer that nobody has asked for is not taken for the next one", function()
    r:reset()
    for i = 1, 3, 2 do
      local operation = operations[i]
      local script = "unasked_" .. operation.vendor
      assert(operations.call(operation, clients[operation.name], script))
      repeat until r:counts()[script].connections == 1
      local body, message = operations.call(operation, clients[operation.name],
        "fine_" .. operation.vendor)
      assert.is_truthy(body, message)
      assert.is_truthy(cases.bodies[operation.vendor]:find(body.RequestId, 1, true), body.RequestId)
      assert.equal(1, r:counts()["fine_" .. operation.vendor].requests)
    end
  end)

  it("a body may have as many bytes as max_response_bytes says, however it is cut", function()
    for i = 1, 3, 2 do
      local operation = operations[i]
      local function call(most)
        local client = operations.client(operation,
          { endpoint = r:url "named", max_response_bytes = most })
        return operations.call(operation, client, "tiny_" .. operation.vendor)
      end
      local body, message = call(TINY)
      assert.is_truthy(body, message)
      local _, _, err = call(TINY - 1)
      assert.equal("too_large", err.code)
    end
  end)

  it("nothing piles up", function()
    local function round()
      for _, operation in ipairs(operations) do
        for _, case in ipairs(lists[operation.name]) do
          if not case.slow then outcome(operation, case, LIMIT) end
        end
      end
    end
    operations.check_rounds(round) -- what is made once, is there after these
    local before = usage.memory()
    round()
    collectgarbage()
    local more = usage.memory()
    assert.is_true(more < before + MOST_MEMORY / 3, ("%d, then %d KiB"):format(before, more))
  end)
end)
