-- Every waiter comes to its success, its failure and its time limit, by what the vendors document
-- of their answers, and polls no more often than they allow.

local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"
local samples = require "spec.support.samples"
local streamctl = require "streamctl"

local facts = samples.waiters()

local function null(value)
  return value ~= cjson.null and value or nil
end

-- A result of a transport: an answer as the facts have it, or `{ status =, body = }`.
local function result_of(answer)
  local status, body = answer.status, answer.body
  return helper.response(body and status or 200, cjson.encode(body or answer))
end

-- A client that keeps to the documented rates; `answers` in turn, the last one for ever. `polls`
-- are the times at which the vendor was asked, from the start on.
local function client_of(vendor, answers, options)
  local polls, start = {}, core.monotonic()
  local function answer(request)
    polls[#polls + 1] = { at = core.monotonic() - start, request = request }
    return result_of(answers[math.min(#polls, #answers)])
  end
  local client = helper[vendor](answer, helper.merged({ store = memory.new() }, options))
  return client, polls
end

local function wait(name, answers, given, options, params)
  local fact = facts[name]
  local client, polls = client_of(fact.vendor, answers, options)
  local answer, message, err = client:wait_for(name, params or fact.params, given)
  return answer, message, err, polls
end

-- The times at which a wait polls that no rate holds up.
local function schedule(fact, timeout)
  local times, at, delay = {}, 0, fact.first_delay
  while at + delay <= timeout - 1 do
    at = at + delay
    times[#times + 1] = at
    delay = math.min(1.5 * delay, fact.max_delay)
  end
  return times
end

-- Times at which the vendor is asked when so many clients, which share a store, wait at once.
local function asked_by(count, name, fact)
  local store, times = memory.new(), {}
  streamctl.run(function()
    for _ = 1, count do
      local client = streamctl[fact.vendor].new {
        app_id = fact.vendor == "zego" and helper.APP_ID or nil,
        server_secret = fact.vendor == "zego" and helper.SERVER_SECRET or nil,
        access_key_id = fact.vendor == "aliyun" and helper.ACCESS_KEY_ID or nil,
        access_key_secret = fact.vendor == "aliyun" and helper.ACCESS_KEY_SECRET or nil,
        store = store, transport = helper.transport(function()
          times[#times + 1] = core.monotonic()
          return result_of(fact.waiting[1])
        end),
      }
      streamctl.spawn(function() client:wait_for(name, fact.params, { timeout = 100 }) end)
    end
  end)
  return times
end

local function near(wanted, got)
  assert.is_true(math.abs(wanted - got) < 1e-6, wanted .. " wanted, got " .. got)
end

helper.stand_still()

for name, fact in pairs(facts) do
  describe("the waiter " .. name, function()
    it("ends by each state that is a success, at the first poll", function()
      for i, body in ipairs(fact.success) do
        local answer, message, _, polls = wait(name, { body })
        assert.equal(1, #polls)
        assert.is_table(answer, "success " .. i .. ": " .. tostring(message))
        assert.is_nil(answer.info)
        near(fact.first_delay, polls[1].at)
        assert.same({ fact.poll, true }, { polls[1].request.action, polls[1].request.safe })
      end
    end)

    it("goes on after every other one", function()
      local answers = {}
      for i, body in ipairs(fact.waiting) do answers[i] = body end
      answers[#answers + 1] = fact.success[1]
      local answer, message, _, polls = wait(name, answers, { timeout = 3600 })
      assert.is_table(answer, message)
      assert.equal(#answers, #polls)
    end)

    it("ends at its own time limit, if it has one, and polls more and more seldom", function()
      local limit = null(fact.timeout) or 400
      local answer, message, err, polls =
        wait(name, { fact.waiting[1] }, not null(fact.timeout) and { timeout = limit } or nil)
      assert.is_nil(answer)
      assert.same({ "not_yet", true, name }, { err.code, err.retryable, err.waiter })
      assert.truthy(message:find("^not_yet: " .. name .. ": not yet after "), message)
      assert.equal(#polls, err.attempts)
      for i, at in ipairs(schedule(fact, limit)) do near(at, polls[i].at) end
      assert.is_true(polls[#polls].at <= limit)
      assert.is_true(err.elapsed <= limit and err.elapsed > limit / 2)
    end)

    if fact.twice then
      it("ends by a state that may pass when it is there twice in a row", function()
        local _, _, err, polls = wait(name, { fact.twice[1], fact.waiting[1], fact.twice[1] })
        assert.same({ "wait_failed", 4 }, { err.code, #polls })
      end)
    end

    if fact.warning then
      it("ends by a success with a warning", function()
        for _, body in ipairs(fact.warning) do
          local answer = wait(name, { body })
          assert.is_string(answer.info.warning)
        end
      end)
    end

    if fact.other then
      it("knows the states of another kind of it", function()
        local other = fact.other
        for _, body in ipairs(other.success) do
          local answers = { other.waiting[1], other.waiting[2], body }
          assert.is_table((wait(name, answers, nil, nil, other.params)))
        end
        for _, body in ipairs(other.failure) do
          local _, _, err = wait(name, { other.waiting[1], body }, nil, nil, other.params)
          assert.equal("wait_failed", err.code)
        end
      end)
    end

    it("polls no faster than the vendor allows, also when many wait", function()
      local times = asked_by(4, name, fact)
      local least = math.max(null(fact.rate) and 1 / fact.rate or 0, fact.per_room or 0)
      assert.is_true(#times >= 8)
      for i = 2, #times do assert.is_true(times[i] - times[i - 1] >= least - 1e-9) end
      assert.is_true(fact.first_delay >= (null(fact.rate) and 20 / fact.rate or 0) - 1e-9)
    end)

    if #fact.failure > 0 then
      it("ends by each state that is a failure, with the answer", function()
        for i, body in ipairs(fact.failure) do
          local answer, message, err, polls = wait(name, { fact.waiting[1], body })
          assert.is_nil(answer, "failure " .. i)
          assert.equal("wait_failed", err.code)
          assert.truthy(message:find("^wait_failed: " .. name .. ": the state of %w+ .* is "),
            message)
          assert.is_table(err.answer)
          assert.equal(2, #polls)
          assert.is_false(err.retryable)
        end
      end)
    end
  end)
end
