-- What goes again, after how long, and what the call ends with.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local response, stopped = helper.response, helper.stopped
local PARAMS, STREAM = helper.ALIYUN_PARAMS, helper.ALIYUN_PARAMS.ResumeLiveStream

local OK, DNS, LOST = response(200, helper.SUCCESS.aliyun), stopped("dns", false),
  stopped("timeout", true)

local function refused(code, headers, status)
  return response(status or 400, '{"Code":"' .. code .. '","RequestId":"R"}', headers)
end

local EXISTS, SKEW = refused "ConfigAlreadyExists",
  refused("InvalidTimeStamp.Expired", "Date: Fri, 02 Jan 2026 04:04:05 GMT\r\n")

-- An attempt that takes so many seconds to find no connection.
local function slow(seconds)
  return function()
    core.sleep(seconds)
    return stopped("connect", false)
  end
end

helper.stand_still(0.5)

-- "code requests seconds", and what else the answer or the error says; the message.
local function outcome(action, answers, options, given)
  local live, transport = helper.aliyun(helper.script(unpack(answers)),
    helper.merged({ retry = {} }, options))
  local start = core.monotonic()
  local body, message, err = live:call(action, PARAMS[action], given)
  if err then assert.equal(err.attempts, #transport.requests) end
  return ("%s %d %.6g%s%s"):format(err and err.code or "ok", #transport.requests,
    core.monotonic() - start, err and err.maybe_sent and " maybe" or "",
    body and body.info and body.info.already and " already" or ""), message, body
end

local CREATE, RESUME, FORBID = "CreateLivePullToPush", "ResumeLiveStream", "ForbidLiveStream"
local STOP, DELETE = "StopLivePullToPush", "DeleteLivePullToPush"

-- What it is, operation, answers (the last one for ever), outcome; options of the client and of the
-- call, and what the message says. Waits are 0.1, 0.2 ... s without another policy.
local CASES = {
  { "an earlier attempt may have been executed", RESUME, { LOST, stopped("connect", false) },
    "connect 3 0.3 maybe" },
  { "a failure that is final", RESUME, { LOST, refused("Forbidden", nil, 403) },
    "access_denied 2 0.1 maybe" },
  { "a success at last", CREATE, { DNS, OK }, "ok 2 0.1" },
  { "a wait of the vendor's that is too long", RESUME,
    { refused("Throttling", "Retry-After: 4"), OK }, "throttled 1 0",
    { timeout = 4 }, nil, "; the next attempt would be in 4.00 s, too late" },
  { "many attempts, and a deadline", RESUME, { DNS }, "dns 6 2.5",
    { timeout = 3, retry = { attempts = 100, base = 1, cap = 1 } } },
  { "a wrong clock", CREATE, { SKEW, OK }, "ok 2 0" },
  { "a wrong clock that is refused again", RESUME, { SKEW }, "clock_skew 2 0" },

  { "a store that fails", CREATE, { OK }, "store 0 0", { store = {
    stamp = function() return nil, "gone" end, reserve = function() return 0 end,
  } }, nil, "the store gives no order: gone" },

  { "what was there already, perhaps with another end", FORBID, { LOST, EXISTS },
    "conflict 2 0.1 maybe" },
  { "what was there at first", FORBID, { EXISTS }, "conflict 1 0" },
  { "what was there before it was sent", FORBID, { DNS, EXISTS }, "conflict 2 0.1" },
  { "what another process may have sent", FORBID, { EXISTS }, "conflict 1 0 maybe", nil,
    { redelivered = true } },
  { "what was there, says a broken server", FORBID, { refused("ConfigAlreadyExists", nil, 500) },
    "conflict 1 0 maybe", { retry = false } },
  { "what was there, of what must not be repeated", CREATE,
    { DNS, refused "CodeConfigAlreadyExists" }, "conflict 2 0.1" },
  { "what has stopped already", STOP, { LOST, refused "CodeTaskHasStopped" }, "ok 2 0.1 already" },
  { "what had stopped at first", STOP, { refused "CodeTaskHasStopped" }, "vendor 1 0" },
  { "what had stopped before it was sent", STOP, { DNS, refused "CodeTaskHasStopped" },
    "vendor 2 0.1" },
  { "what another process may have stopped", STOP, { refused "CodeTaskHasStopped" },
    "ok 1 0 already", nil, { redelivered = true } },
  { "what has stopped, of another operation", RESUME, { LOST, refused "CodeTaskHasStopped" },
    "vendor 2 0.1 maybe" },
  { "what is deleted already", DELETE, { LOST, refused "CodeTaskNotExist" }, "ok 2 0.1 already" },
  { "what is deleted at first", DELETE, { refused "CodeTaskNotExist" }, "not_found 1 0" },

  { "retry = false of the client", RESUME, { DNS }, "dns 1 0", { retry = false } },
  { "five attempts", RESUME, { DNS }, "dns 5 1.5", { retry = { attempts = 5 } } },
  { "five attempts of the client, two of the call", RESUME, { DNS }, "dns 2 0.1",
    { retry = { attempts = 5 } }, { retry = { attempts = 2 } } },
  { "retry = false of the call", RESUME, { DNS }, "dns 1 0", nil, { retry = false } },
  { "retry = false of the client, and not of the call", RESUME, { DNS }, "dns 3 0.3",
    { retry = false }, { retry = {} } },
  { "base and cap", RESUME, { DNS }, "dns 4 2", { retry = { attempts = 4, base = 1, cap = 1.5 } } },

  -- what must not be cut off needs three seconds, or the limit of an attempt, or half the call's
  { "time for another attempt", CREATE, { slow(11.8), DNS }, "dns 2 11.9" },
  { "less time than it needs", CREATE, { slow(11.95), DNS }, "connect 1 11.95", nil, nil,
    "; the next attempt would be in 0.10 s, too late" },
  { "less time, where it may be cut off", RESUME, { slow(14.8), DNS }, "dns 2 14.9" },
  { "time for a short attempt", CREATE, { slow(13.8), DNS }, "dns 2 13.9",
    { attempt_timeout = 1 } },
  { "less time than a short attempt needs", CREATE, { slow(13.95), DNS }, "connect 1 13.95",
    { attempt_timeout = 1 } },
  { "half of a short time", CREATE, { slow(0.85), DNS }, "dns 2 0.95", { timeout = 2 } },
  { "less than half of a short time", CREATE, { slow(0.95), DNS }, "connect 1 0.95",
    { timeout = 2 } },
}

-- The vendor's own wait: its headers, and seconds; false where it names none.
for headers, seconds in pairs {
  ["x-acs-retry-after: 1250"] = 1.25, ["x-acs-retry-after: 1"] = 0.001,
  ["X-Acs-Retry-After: 3000\r\nRetry-After: 9"] = 3,
  ["Retry-After: 9\r\nx-acs-retry-after: 250"] = 0.25,
  ["Retry-After: 9\r\nx-acs-retry-after: soon"] = 9, ["Retry-After: 4"] = 4,
  ["retry-after: Fri, 02 Jan 2026 03:04:11 GMT"] = 6,
  ["Date: Fri, 02 Jan 2026 04:00:00 GMT\r\nRetry-After: Fri, 02 Jan 2026 04:00:03 GMT"] = 3,
  ["Retry-After: Fri, 02 Jan 2026 03:04:05 GMT"] = false,
  ["Retry-After: Fri, 02 Jan 2026 03:00:00 GMT"] = false, ["Retry-After: nonsense"] = false,
  ["Retry-After: 0"] = false, ["Retry-After: -5"] = false, ["Retry-After: nan"] = false,
  ["Retry-After: 1e999"] = false, ["x-acs-retry-after: 1e999"] = false,
  ["x-acs-retry-after: -5"] = false, [""] = false,
} do
  CASES[#CASES + 1] = { "a wait: " .. headers:gsub("\r\n", ", "), RESUME,
    { refused("Throttling", headers), OK }, ("ok 2 %.6g"):format(seconds or 0.1) }
end

describe("a call with", function()
  for _, case in ipairs(CASES) do
    it(case[1] .. ": " .. case[2] .. " is " .. case[4], function()
      local text, message = outcome(case[2], case[3], case[5], case[6])
      assert.equal(case[4], text, message)
      if case[7] then assert.truthy(message:find(case[7], 1, true), message) end
    end)
  end
end)

it("a failure has the wait that the vendor asks for", function()
  local live = helper.aliyun(refused("Throttling", "Retry-After: 60"))
  local _, _, err = live:resume_live_stream(STREAM, { retry = false })
  assert.equal(60, err.retry_after)
end)

describe("what was there already", function()
  it("is a success also in a batch, and in XML", function()
    local live = helper.aliyun(refused "CodeTaskHasStopped")
    local result = live:batch(STOP, { PARAMS[STOP] }, { redelivered = true }).results[1]
    assert.is_true(result.ok and result.answer.info.already)
    for xml, id in pairs {
      ["<Error><RequestId>R-2</RequestId><Code>CodeTaskHasStopped</Code></Error>"] = "R-2",
      ["<Error><Code>CodeTaskHasStopped</Code></Error>"] = false,
    } do
      local text, _, body = outcome(STOP, { LOST, response(400, xml) })
      assert.same({ "ok 2 0.1 already", id or nil }, { text, body.RequestId })
    end
  end)

  it("is nothing for what must not be sent twice", function()
    local live, transport = helper.aliyun(EXISTS)
    local once = helper.merged(STREAM, { Oneshot = "yes" })
    local _, message, err = live:forbid_live_stream(once, { redelivered = true })
    assert.same({ "invalid_parameter", 0 }, { err.code, #transport.requests })
    assert.truthy(message:find("redelivered is for calls that may be sent twice", 1, true), message)
  end)
end)

it("the budget of a client's retries dries up in an outage, and fills with successes", function()
  local answer = DNS
  local live, transport = helper.aliyun(function() return answer end, { retry = {} })
  local function sends()
    local before = #transport.requests
    local _, message = live:resume_live_stream(STREAM)
    return #transport.requests - before, message
  end
  for _ = 1, 50 do sends() end -- 500 tokens: 100 retries
  assert.equal(150, #transport.requests)
  assert.equal(1, (sends()))
  answer = OK
  for _ = 1, 5 do sends() end
  answer = DNS
  local count, message = sends()
  assert.equal(2, count)
  assert.truthy(message:find("; too many calls fail at present, so it was not repeated", 1, true),
    message)
  assert.equal("dns 3 0.3", (outcome(RESUME, { DNS }))) -- another client's is its own
end)

it("a wait is chance's, from nothing to what the policy says", function()
  for chance, wait in pairs { [0] = "0", [0.25] = "0.05", [0.999] = "0.1998" } do
    local restore = helper.stub_random(chance)
    assert.equal("dns 2 " .. wait, (outcome(RESUME, { DNS }, { retry = { attempts = 2 } })))
    restore()
  end
end)
