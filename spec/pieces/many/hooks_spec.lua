-- What the caller has to say before a request goes out, and while calls wait: on_send, should_stop.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"

local codes, response, stopped = helper.codes, helper.response, helper.stopped
local streams, OK = helper.streams, helper.OK

helper.stand_still()

describe("on_send of a call", function()
  it("is told what err.settle will be", function()
    local told
    local live = helper.aliyun(stopped("timeout", true))
    local _, _, err = live:create_live_pull_to_push(helper.ALIYUN_PARAMS.CreateLivePullToPush,
      { on_send = function(call) told = call.settle end })
    assert.equal("outcome_unknown", err.code)
    assert.equal(told.began + live.options.timeout, told.ended) -- over by then
    told.ended = err.settle.ended
    assert.same(err.settle, told)
  end)

  it("sends nothing when it returns false", function()
    local live, transport = helper.aliyun()
    for reason, text in pairs { ["the disk is full"] = "the disk is full",
      [false] = "on_send said so" } do
      local answer, message, err = live:resume_live_stream(streams("a")[1],
        { on_send = function() return false, reason or nil end })
      assert.is_nil(answer)
      assert.same({ "cancelled", false }, { err.code, err.maybe_sent or false })
      assert.truthy(message:find("never sent, because " .. text, 1, true), message)
    end
    assert.equal(0, #transport.requests)
  end)

  it("is not called for what is not well-formed", function()
    local live = helper.aliyun()
    local function on_send() error "called" end
    local _, _, err = live:resume_live_stream({}, { on_send = on_send })
    assert.equal("invalid_parameter", err.code)
  end)
end)

describe("should_stop of a batch", function()
  -- A batch that is told to stop at this time: its report, and how long it took.
  local function run(stop_at, answer, options, given)
    local start = core.monotonic()
    local live = helper.aliyun(answer, helper.merged({ store = memory.new() }, options))
    local report = live:batch("ResumeLiveStream", streams("a", "b", "c"), helper.merged({
      concurrency = 2,
      should_stop = function() return core.monotonic() - start >= stop_at and "SIGINT" or nil end,
    }, given))
    return report, core.monotonic() - start
  end

  local SLOW = '{"Code":"Throttling.User","Message":"slow","RequestId":"1"}'
  local busy = response(503, "busy", "x-acs-request-id: R-7\r\n")

  -- title -> when it is told to stop, what the vendor answers, options of the client and the batch;
  -- what comes of the items, how long it takes, and what a message says
  for title, case in pairs {
    ["before each request"] = { 3, function()
      core.sleep(2)
      return OK.aliyun
    end, nil, { concurrency = 1 }, { "ok", "ok", "cancelled" }, 4, -- what is under way ends
      { 3, "never sent, because SIGINT" } },
    ["while one waits for its slot"] = { 12.2, nil, { rate_limit = 0.1 }, nil,
      { "ok", "ok", "cancelled" }, 12.8, { 3, "never sent, because SIGINT" } },
    ["while one waits to go again"] = { 3.3, response(503, "busy",
      "retry-after: 10\r\nx-acs-request-id: R-7\r\n"), nil, { retry = { cap = 20 },
      concurrency = 1 }, { "http", "cancelled", "cancelled" }, 3.9,
      { 1, "not sent again, because SIGINT" } },
    ["while a repeat waits for its slot"] = { 6, busy, { rate_limit = 0.1 }, { retry = {},
      concurrency = 1 }, { "http", "cancelled", "cancelled" }, 6.6,
      { 1, "not sent again, because SIGINT" } },
    ["in the pause that the vendor asks for"] = { 2, response(429, SLOW,
      "x-acs-retry-after: 9000\r\n"), nil, { concurrency = 1 },
      { "throttled", "cancelled", "cancelled" }, 2.6, { 3, "never sent, because SIGINT" } },
    ["and changes nothing while it has no reason"] = { 100, nil, { rate_limit = 0.1 }, nil,
      { "ok", "ok", "ok" }, 20.2 },
  } do
    it("is asked " .. title, function()
      local report, took = run(case[1], case[2], case[3], case[4])
      assert.same(case[5], codes(report))
      assert.is_true(took <= case[6] and took >= math.min(case[1], case[6] - 0.2), took)
      if not case[7] then return end
      local result = report.results[case[7][1]]
      assert.truthy(result.message:find(case[7][2], 1, true), result.message)
      if result.err.code == "http" then -- the failure that was to be repeated
        assert.same({ 503, "R-7", 1 },
          { result.err.http_status, result.err.request_id, result.err.attempts })
      end
    end)
  end

  it("ends the batch when it throws", function()
    local live, transport = helper.aliyun()
    local report = live:batch("ResumeLiveStream", streams("a"),
      { should_stop = function() error("oops", 0) end })
    assert.same({ "caller_error", "oops", 0 },
      { report.err.code, report.err.thrown, #transport.requests })
    assert.same({ "cancelled" }, codes(report))
  end)
end)

describe("Ctrl-C in a batch", function()
  local function interrupt() error("interrupted!", 0) end

  for _, name in ipairs { "on_result", "on_send", "on_progress", "should_stop", "iterator" } do
    it("is thrown on, and nothing more is sent: " .. name, function()
      local live, transport = helper.aliyun()
      local items, given = streams("a", "b", "c"), { [name] = interrupt, concurrency = 2 }
      if name == "iterator" then items, given.iterator = interrupt, nil end
      assert.error_matches(function() live:batch("ResumeLiveStream", items, given) end,
        "^interrupted!$")
      assert.equal(name:find "^on_[rp]" and 1 or 0, #transport.requests)
    end)
  end

  it("ends calls that wait, and those that go again, without another request", function()
    local seen, sent = {}, 0
    local live = helper.aliyun(function()
      sent = sent + 1
      if sent == 3 then interrupt() end
      return sent == 1 and OK.aliyun or response(503, "busy")
    end, { rate_limit = 2, retry = { base = 9, cap = 9 }, store = memory.new() })
    assert.error_matches(function()
      live:batch("ResumeLiveStream", streams("a", "b", "c", "d", "e", "f"), { concurrency = 5,
        on_result = function(result)
          seen[result.index] = result.ok and "ok" or result.message:match "program was interrupted"
            or result.err.code
        end })
    end, "interrupted!")
    local ended = "program was interrupted"
    assert.same({ 3, { "ok", ended, "connect", ended, ended, ended } }, { sent, seen })
  end)
end)
