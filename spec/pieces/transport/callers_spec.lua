-- A transport of the caller's: what it is given, what it may return, and what is refused.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"

local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream

describe("a transport of the caller's", function()
  helper.stand_still()

  local requests, answers

  before_each(function() requests, answers = {}, {} end)

  -- A client whose transport returns `answers`, one after the other.
  local function client(at, options)
    return helper[at](nil, helper.merged({ transport = { send = function(_, request)
      requests[#requests + 1] = request
      core.sleep(0.25)
      local answer = answers[#requests] or answers[#answers]
      return (table.unpack or unpack)(answer, 1, 4) -- luacheck: ignore
    end } }, options))
  end

  local function answered(status, body, headers)
    answers = { { { status = status, body = body, headers = headers } } }
  end

  it("is given a signed request, and the time for it", function()
    answered(200, helper.SUCCESS.aliyun)
    assert(client("aliyun", { timeout = 8, endpoint = "https://mine" }):resume_live_stream(STREAM))
    local request = requests[1]
    assert.same({ "POST", "", 8, 5, true }, { request.method, request.body, request.timeout,
      request.connect_timeout, request.safe })
    assert.matches("^https://mine/%?.*StreamName=s1", request.url)
    assert.matches("^ACS3%-HMAC%-SHA256 Credential=", request.headers.Authorization)
    answered(200, helper.SUCCESS.zego)
    requests = {}
    assert(client("zego"):resume_rtc_stream { StreamId = "s" })
    assert.same({ "GET", 10 }, { requests[1].method, requests[1].timeout })
    assert.matches("Signature=%x+.*StreamId=s", requests[1].url)
  end)

  it("answers with a status, headers and a body", function()
    local heard
    answered(503, '{"Code":"ServiceUnavailable"}', { Date = "Fri, 02 Jan 2026 03:04:05 GMT",
      ["X-Acs-Request-Id"] = "R-7", Age = 5 })
    local _, _, err = client("aliyun", { on_event = function(event)
      if event.event == "attempt" then heard = event end
    end }):resume_live_stream(STREAM)
    assert.same({ 503, "R-7", true }, { err.http_status, err.request_id, err.maybe_sent })
    assert.same({ 0.25, -0.25 }, { heard.elapsed, heard.clock_offset })
    answered(204)
    _, _, err = client "aliyun":resume_live_stream(STREAM)
    assert.equal("bad_response", err.code)
  end)

  it("says why there is no answer, and whether the request may have been sent", function()
    for _, case in ipairs {
      { "dns", false }, { "tls", false }, { "connect", true }, { "connect", false, false },
      { "timeout", true }, { "timeout", false, false }, { "too_large", true },
      { "bad_response", true }, { "dns", true, true },
    } do
      answers, requests = { { nil, case[1], "what happened", case[3] } }, {}
      local _, message, err = client "aliyun":resume_live_stream(STREAM)
      assert.same({ case[1], "what happened", case[2] }, { err.code, err.cause, err.maybe_sent },
        message)
      _, _, err = client "aliyun":create_live_pull_to_push(
        helper.ALIYUN_PARAMS.CreateLivePullToPush)
      assert.equal(case[2] and "outcome_unknown" or case[1], err.code)
    end
    answers = { { nil, "connect" } }
    assert.matches("the transport does not say why",
      (select(2, client "aliyun":resume_live_stream(STREAM))))
  end)

  local function answer(fields) return helper.merged({ status = 200 }, fields) end

  for name, case in pairs {
    ["nothing"] = { {}, "the code is none of those of a transport" },
    ["a text"] = { { "ok" }, "it is no table" },
    ["an unknown code"] = { { nil, "strange" }, "the code is none of those of a transport" },
    ["a table as message"] = { { nil, "dns", {} }, "the message is no text" },
    ["no status"] = { { { code = 200 } }, "the status is no whole number from 100 to 599" },
    ["a text as status"] = { { { status = "200" } }, "the status is no whole number" },
    ["half a status"] = { { { status = 200.5 } }, "the status is no whole number" },
    ["a text as headers"] = { { answer { headers = "Date: x" } }, "the headers are no table" },
    ["a list as headers"] = { { answer { headers = { "a" } } }, "no texts by name" },
    ["a table as header"] = { { answer { headers = { a = {} } } }, "no texts by name" },
    ["a table as body"] = { { answer { body = {} } }, "the body is no text" },
  } do
    it("that returns " .. name .. " throws at once", function()
      answers = { case[1] }
      local live = client("aliyun", { retry = 3 })
      local ok, why = pcall(live.resume_live_stream, live, STREAM)
      assert.is_false(ok)
      assert.matches("^the transport must return { status = 200", why)
      assert.truthy(why:find(case[2], 1, true), why)
      assert.equal(1, #requests)
      local report = live:batch("ResumeLiveStream", { STREAM })
      assert.truthy(report.results[1].message:find(case[2], 1, true), report.results[1].message)
      assert.equal(2, #requests)
    end)
  end
end)
