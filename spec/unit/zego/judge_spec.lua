-- What an answer of ZEGOCLOUD means, each through a whole call.

local helper = require "spec.unit.helper"

local function body_of(code)
  return '{"Code":' .. code .. ',"Message":"why","RequestId":"R","Data":null}'
end

local function expect(case, action, options, params)
  local rtc, transport = helper.zego(helper.response(case.status or 200, case.body
    or body_of(case.vendor_code)))
  local body, message, err = rtc:call(action,
    params or helper.ZEGO_PARAMS[action] or {}, options)
  local label = action .. " " .. tostring(case.status) .. " "
    .. tostring(case.body or case.vendor_code) .. " gave "
    .. tostring(message)
  assert.is_nil(body, label)
  assert.equal(1, #transport.requests)
  assert.equal(case.code, err.code, label)
  assert.equal(require("streamctl.errors").codes[case.code], err.kind, label)
  assert.equal(case.status or 200, err.http_status, label)
  assert.equal(case.vendor_code, err.vendor_code, label)
  assert.equal(case.request_id, err.request_id, label)
  assert.equal(case.retryable or false, err.retryable, label)
  assert.equal(case.maybe_sent or false, err.maybe_sent, label)
  assert.equal(1, err.attempts)
  assert.equal("zego", err.vendor)
  assert.equal(action, err.operation)
  if case.says then assert.truthy(message:find(case.says, 1, true), label) end
end

local AGAIN = { retryable = true }
local MAYBE = { retryable = true, maybe_sent = true }

-- our code, the vendor's codes of the media group, what is not false
local MEDIA = {
  { "throttled", { 30002, 1010, 5007 }, AGAIN },
  { "clock_skew", { 100000004, 3002 }, AGAIN },
  { "signature", { 100000005 } },
  { "credentials", { 100000001, 100000010, 100000011, 3, 3000, 3003, 5003, 30005, 40005 } },
  { "forbidden", { 100000017 } },
  { "not_found", { 100000007, 41003, 41004 } },
  { "vendor", { 41001, 41002, 42001, 42002, 42003, 42004, 43001, 30003, 3001, 5000, 5001, 5002,
    5006, 100000015 }, MAYBE },
  { "vendor", { 1, 2, 7, 1008, 5004, 30001, 30004, 30006, 30009, 30010, 30011, 41006, 100000000,
    100000002, 100000003, 100000006, 100000008, 100000009, 100000013, 100000014, 100000016,
    999999999 } },
}

describe("a code of zego's media group", function()
  for _, case in ipairs(MEDIA) do
    for _, vendor_code in ipairs(case[2]) do
      it(vendor_code .. " is " .. case[1] .. (case[3] and ", and may go again" or ""), function()
        expect(helper.merged({ code = case[1], vendor_code = vendor_code, request_id = "R",
          says = "Code " .. vendor_code .. ": why (ResumeRTCStreams, HTTP 200, RequestId R)" },
          case[3]), "ResumeRTCStreams")
      end)
    end
  end

  it("means nothing for actions of no group: only the common codes do", function()
    for _, vendor_code in ipairs { 3, 1010, 3002, 30002, 41003, 42003, 5000, 206, 6 } do
      expect({ code = "vendor", vendor_code = vendor_code, request_id = "R" }, "KickoutAll")
    end
    expect({ code = "signature", vendor_code = 100000005, request_id = "R" }, "KickoutAll")
    expect(helper.merged(AGAIN, { code = "clock_skew", vendor_code = 100000004, request_id = "R" }),
      "KickoutAll")
    expect(helper.merged(MAYBE, { code = "vendor", vendor_code = 100000015, request_id = "R" }),
      "KickoutAll", { idempotent = true })
  end)
end)

-- the same for other groups, each through an action that may be repeated
local GROUPS = {
  room = { "DescribeUsers", { RoomId = "r", UserId = { "u" } }, {
    { "throttled", { 206, 207 }, AGAIN }, { "forbidden", { 9 } },
    { "not_found", { 104, 105, 138, 5018, 5024, 50001, 50124 } },
    { "vendor", { 1, 122, 123, 124, 151, 154, 5201, 5202, 50013 }, MAYBE },
    { "vendor", { 2, 3, 8, 121, 1008, 1012, 50003, 50011, 50012, 50123, 6, 30002 } },
  } },
  mixing = { "StopMix", { TaskId = "t" }, {
    { "throttled", { 110200005, 110200006, 110200190, 110200191, 110200194 }, AGAIN },
    { "credentials", { 110200003 } }, { "forbidden", { 110200157, 110200160 } },
    { "not_found", { 110209001 } },
    { "vendor", { 110200001, 110200007, 110200012, 110200013, 110200015, 110200151, 110200159 },
      MAYBE },
    { "vendor", { 110200002, 110200008, 110200142, 110200150, 110200158, 110240002 } },
  } },
  files = { "DescribeMediaTask", { Vendor = "Tencent", TaskId = "t" }, {
    { "throttled", { 6 }, AGAIN }, { "credentials", { 7 } }, { "forbidden", { 3 } },
    { "not_found", { 41003 } }, { "vendor", { 1000 }, MAYBE }, { "vendor", { 2, 4, 5, 8, 206 } },
  } },
  moderation = { "StopCensorAudioV2", { TaskId = "t" }, {
    { "forbidden", { 50117 } }, { "vendor", { 50006, 50007, 50009 }, MAYBE }, { "vendor", { 6 } },
  } },
  player = { "DescribePlayers", {}, {
    { "throttled", { 350006001 }, AGAIN }, { "forbidden", { 350006006 } },
    { "conflict", { 350006008 } }, { "vendor", { 350006009, 350010000 }, MAYBE },
    { "vendor", { 350006002, 350006003, 350006007 } },
  } },
  record = { "DescribeRecordStatus", { TaskId = "t" }, {
    { "throttled", { 300000003 }, AGAIN }, { "forbidden", { 300000002 } },
    { "not_found", { 300001000 } }, { "vendor", { 300010000 }, MAYBE },
    { "vendor", { 300000004, 300001001, 300001004 } },
  } },
  scene = { "SetSceneTemplate",
    { TemplateId = 1, MaxUserNum = 1, ViewRadius = 1, MaxVisibleNum = 1 },
    { { "conflict", { 340004003 } }, { "vendor", { 340006003 } } } },
}

for group, facts in pairs(GROUPS) do
  describe("a code of zego's group " .. group, function()
    for _, case in ipairs(facts[3]) do
      for _, vendor_code in ipairs(case[2]) do
        it(vendor_code .. " is " .. case[1] .. (case[3] and ", and may go again" or ""), function()
          expect(helper.merged({ code = case[1], vendor_code = vendor_code, request_id = "R" },
            case[3]), facts[1], nil, facts[2])
        end)
      end
    end
  end)
end

describe("the state of a stream", function()
  it("is none where the server is broken", function()
    for code, name in pairs { [41004] = "not_found", [41006] = "vendor" } do
      expect({ status = 500, code = name, vendor_code = code, request_id = "R", retryable = true,
        maybe_sent = true }, "DescribeRTCStreamState")
    end
  end)

  for _, code in ipairs { 0, 41004, 41006 } do
    it("is the answer, also with Code " .. code, function()
      local rtc = helper.zego(helper.response(200, body_of(code)))
      local body, message = rtc:describe_rtc_stream_state { StreamId = "s" }
      assert.is_table(body, message)
      assert.equal(code, body.Code)
    end)
  end

  it("is no answer with other codes, and these are no answers elsewhere", function()
    expect({ code = "not_found", vendor_code = 41003, request_id = "R" }, "DescribeRTCStreamState")
    for _, action in ipairs { "ForbidRTCStream", "ForbidRTCStreams", "ResumeRTCStream",
      "ResumeRTCStreams", "ForbidCDNLiveStream", "ResumeCDNLiveStream" } do
      expect({ code = "not_found", vendor_code = 41004, request_id = "R" }, action)
      expect({ code = "vendor", vendor_code = 41006, request_id = "R" }, action)
    end
  end)
end)

describe("an answer of zego", function()
  local BAD = { code = "bad_response", retryable = true, maybe_sent = true }

  for name, case in pairs {
    ["no Code"] = { '{"Message":"success","RequestId":"R"}', "Code is missing or no number", "R" },
    ["Code null"] = { '{"Code":null,"RequestId":"R"}', "Code is missing or no number", "R" },
    ['Code "0"'] = { '{"Code":"0","RequestId":"R"}', "Code is missing or no number", "R" },
    ["Code false"] = { '{"Code":false,"RequestId":"R"}', "Code is missing", "R" },
    ["Code as a list"] = { '{"Code":[0],"RequestId":"R"}', "Code is missing", "R" },
    ["Code beyond 2^53"] = { '{"Code":18446744073709551616,"RequestId":"R"}', "Code is missing",
      "R" },
    ["Code 1e999"] = { '{"Code":1e999,"RequestId":"R"}', "Code is missing", "R" },
    ["code in lower case"] = { '{"code":0,"RequestId":"R"}', "Code is missing", "R" },
    ["an empty object"] = { "{}", "Code is missing" },
    HTML = { "<html>login</html>", "it begins: <html>login" }, nothing = { "", "it is empty" },
    ["a list"] = { "[0]", "not a JSON object" },
    ["half of an object"] = { '{"Code":0,"Mess', "it is not JSON" },
    NaN = { '{"Code":NaN}', "it is not JSON" },
  } do
    it("with " .. name .. " is bad_response", function()
      expect(helper.merged(BAD, { body = case[1], says = case[2], request_id = case[3] }),
        "ResumeRTCStreams")
    end)
  end

  it("with HTTP 204 is bad_response", function()
    expect(helper.merged(BAD, { status = 204, body = "" }), "ResumeRTCStreams")
  end)

  for _, case in ipairs {
    { 500, body_of(0), "http", MAYBE, "R" }, { 502, "<html>Bad Gateway</html>", "http", MAYBE },
    { 503, "", "http", MAYBE },
    { 500, '{"RequestId":"R"}', "http", MAYBE, "R" }, { 404, "<html></html>", "http" },
    { 302, "", "http" }, { 404, body_of(0), "http", nil, "R" },
    { 429, "slow down", "throttled", AGAIN },
  } do
    it("with HTTP " .. case[1] .. " and '" .. case[2]:sub(1, 20) .. "' is " .. case[3], function()
      expect(helper.merged({ status = case[1], body = case[2], code = case[3], request_id = case[5],
        says = "HTTP status " .. case[1] .. " with no code of the vendor" }, case[4]),
        "ResumeRTCStreams")
    end)
  end

  it("with a code is judged by the code, whatever the HTTP status", function()
    expect(helper.merged(AGAIN,
      { status = 400, code = "throttled", vendor_code = 30002, request_id = "R" }),
      "ResumeRTCStreams")
    expect({ status = 403, code = "signature", vendor_code = 100000005, request_id = "R" },
      "ResumeRTCStreams")
    expect(helper.merged(MAYBE,
      { status = 500, code = "vendor", vendor_code = 30009, request_id = "R" }), "ResumeRTCStreams")
  end)

  it("without a message says so", function()
    expect({ body = '{"Code":30009}', code = "vendor", vendor_code = 30009,
      says = "Code 30009: no message" }, "ResumeRTCStreams")
  end)

  for name, case in pairs {
    ["a RequestId beyond 2^53"] = { '{"Code":0,"RequestId":8313355725069553069}',
      "8313355725069553069" },
    ["a RequestId that is a number"] = { '{"Code":0,"RequestId":1615186943}', "1615186943" },
    ["a RequestId that is text"] = { '{"Code":0,"RequestId":"TestRequestId1"}', "TestRequestId1" },
    ["an empty RequestId"] = { '{"Code":0,"RequestId":""}', "" },
    ["no RequestId"] = { '{"Code":0}' }, ["Code 0.0"] = { '{"Code":0.0}' },
    ["Code -0"] = { '{"Code":-0}' },
  } do
    it("with " .. name .. " is a success, and RequestId is text", function()
      local body, message = helper.zego(helper.response(200,
        case[1])):resume_rtc_stream { StreamId = "s" }
      assert.is_table(body, message)
      assert.equal(case[2], body.RequestId)
    end)
  end

  it("keeps the Data of a success, whatever it is; null is absent", function()
    for text, wanted in pairs { ['{"a":1}'] = { a = 1 }, ["[]"] = {},
      ['[{"CdnType":"ws"}]'] = { { CdnType = "ws" } }, ['"text"'] = "text" } do
      local body = helper.zego(helper.response(200, '{"Code":0,"Data":' .. text .. "}"))
        :resume_cdn_live_stream { StreamId = "s" }
      assert.same(wanted, body.Data)
    end
    assert.same({ Code = 0 }, (helper.zego(helper.response(200, '{"Code":0,"Data":null}'))
      :resume_rtc_stream { StreamId = "s" }))
  end)
end)
