-- What an answer of ZEGOCLOUD means, each through a whole call.

local helper = require "spec.pieces.helper"

local function body_of(code)
  return '{"Code":' .. code .. ',"Message":"why","RequestId":"R","Data":null}'
end

-- Calls once, with such an answer, and checks the verdict: see helper.verdict.
local function expect(wanted, action, status, body, says, options, params)
  local rtc = helper.zego(helper.response(status, body))
  local text, message =
    helper.verdict(rtc, action, params or helper.ZEGO_PARAMS[action], options)
  assert.equal(wanted, text, body)
  assert.truthy(message:find(says or "", 1, true), message)
end

-- Groups: an action of it that may be repeated, its parameters, and the vendor's codes by ours;
-- those under "throttled" and "clock_skew" may go again, and those under "passing" are "vendor",
-- and may go again and be executed.
local GROUPS = {
  media = { "ResumeRTCStreams", nil, {
    throttled = { 30002, 1010, 5007 }, clock_skew = { 100000004, 3002 },
    signature = { 100000005 },
    credentials = { 100000001, 100000010, 100000011, 3, 3000, 3003, 5003, 30005, 40005 },
    access_denied = { 100000017 }, not_found = { 100000007, 41003, 41004 },
    passing = { 41001, 41002, 42001, 42002, 42003, 42004, 43001, 30003, 3001, 5000, 5001, 5002,
      5006, 100000015 },
    vendor = { 1, 2, 7, 1008, 5004, 30001, 30004, 30006, 30009, 30010, 30011, 41006, 100000000,
      100000002, 100000003, 100000006, 100000008, 100000009, 100000013, 100000014, 100000016,
      999999999 },
  } },
  room = { "DescribeUsers", { RoomId = "r", UserId = { "u" } }, {
    throttled = { 206, 207 }, access_denied = { 9 },
    not_found = { 104, 105, 138, 5018, 5024, 50001, 50124 },
    passing = { 1, 122, 123, 124, 151, 154, 5201, 5202, 50013 },
    vendor = { 2, 3, 8, 121, 1008, 1012, 50003, 50011, 50012, 50123, 6, 30002 },
  } },
  mixing = { "StopMix", { TaskId = "t" }, {
    throttled = { 110200005, 110200006, 110200190, 110200191, 110200194 },
    credentials = { 110200003 }, access_denied = { 110200157, 110200160 },
    not_found = { 110209001 },
    passing = { 110200001, 110200007, 110200012, 110200013, 110200015, 110200151, 110200159 },
    vendor = { 110200002, 110200008, 110200142, 110200150, 110200158, 110240002 },
  } },
  files = { "DescribeMediaTask", { Vendor = "Tencent", TaskId = "t" }, {
    throttled = { 6 }, credentials = { 7 }, access_denied = { 3 }, not_found = { 41003 },
    passing = { 1000 }, vendor = { 2, 4, 5, 8, 206 },
  } },
  moderation = { "StopCensorAudioV2", { TaskId = "t" }, {
    access_denied = { 50117 }, passing = { 50006, 50007, 50009 }, vendor = { 6 },
  } },
  player = { "DescribePlayers", {}, {
    throttled = { 350006001 }, access_denied = { 350006006 }, conflict = { 350006008 },
    passing = { 350006009, 350010000 }, vendor = { 350006002, 350006003, 350006007 },
  } },
  record = { "DescribeRecordStatus", { TaskId = "t" }, {
    throttled = { 300000003 }, access_denied = { 300000002 }, not_found = { 300001000 },
    passing = { 300010000 }, vendor = { 300000004, 300001001, 300001004 },
  } },
  scene = { "SetSceneTemplate",
    { TemplateId = 1, MaxUserNum = 1, ViewRadius = 1, MaxVisibleNum = 1 },
    { conflict = { 340004003 }, vendor = { 340006003 } } },
}

local SUFFIX = { throttled = " again", clock_skew = " again", passing = " again maybe" }

for group, facts in pairs(GROUPS) do
  for meant, codes in pairs(facts[3]) do
    it("codes of zego's group " .. group .. " are " .. meant, function()
      for _, code in ipairs(codes) do
        expect((meant == "passing" and "vendor" or meant) .. " " .. code .. " R"
          .. (SUFFIX[meant] or ""), facts[1], 200, body_of(code), ("Code %d: why (%s, HTTP 200, "
            .. "RequestId R)"):format(code, facts[1]), nil, facts[2])
      end
    end)
  end
end

it("of zego's codes, only the common ones count for actions of no group", function()
  for _, code in ipairs { 3, 1010, 3002, 30002, 41003, 42003, 5000, 206, 6 } do
    expect("vendor " .. code .. " R", "KickoutAll", 200, body_of(code))
  end
  expect("signature 100000005 R", "KickoutAll", 200, body_of(100000005))
  expect("clock_skew 100000004 R again", "KickoutAll", 200, body_of(100000004))
  expect("vendor 100000015 R again maybe", "KickoutAll", 200, body_of(100000015), nil,
    { idempotent = true })
end)

describe("the state of a stream", function()
  local STATE = "DescribeRTCStreamState"

  it("is the answer, also with some codes, but where the server is broken", function()
    for code, broken in pairs { [0] = "http -", [41004] = "not_found 41004",
      [41006] = "vendor 41006" } do
      local rtc = helper.zego(helper.response(200, body_of(code)))
      local body, message = rtc:describe_rtc_stream_state { StreamId = "s" }
      assert.is_table(body, message)
      assert.equal(code, body.Code)
      expect(broken .. " R again maybe", STATE, 500, body_of(code))
    end
  end)

  it("is no answer with other codes, and these are no answers elsewhere", function()
    expect("not_found 41003 R", STATE, 200, body_of(41003))
    for _, action in ipairs { "ForbidRTCStream", "ForbidRTCStreams", "ResumeRTCStream",
      "ResumeRTCStreams", "ForbidCDNLiveStream", "ResumeCDNLiveStream" } do
      expect("not_found 41004 R", action, 200, body_of(41004))
      expect("vendor 41006 R", action, 200, body_of(41006))
    end
  end)
end)

local BAD, NO_CODE = "bad_response", "with no code of the vendor"

-- HTTP status, body, what the message says -> see helper.verdict.
local ANSWERS = {
  { 200, '{"Message":"success","RequestId":"R"}', "Code is missing or no number", BAD .. " - R" },
  { 200, '{"Code":null,"RequestId":"R"}', "Code is missing or no number", BAD .. " - R" },
  { 200, '{"Code":"0","RequestId":"R"}', "Code is missing or no number", BAD .. " - R" },
  { 200, '{"Code":false,"RequestId":"R"}', "Code is missing", BAD .. " - R" },
  { 200, '{"Code":[0],"RequestId":"R"}', "Code is missing", BAD .. " - R" },
  { 200, '{"Code":18446744073709551616,"RequestId":"R"}', "Code is missing", BAD .. " - R" },
  { 200, '{"Code":1e999,"RequestId":"R"}', "Code is missing", BAD .. " - R" },
  { 200, '{"code":0,"RequestId":"R"}', "Code is missing", BAD .. " - R" },
  { 200, "{}", "Code is missing", BAD .. " - -" },
  { 200, "<html>login</html>", "it begins: <html>login", BAD .. " - -" },
  { 200, "", "it is empty", BAD .. " - -" }, { 204, "", "it is empty", BAD .. " - -" },
  { 200, "[0]", "not a JSON object", BAD .. " - -" },
  { 200, '{"Code":0,"Mess', "it is not JSON", BAD .. " - -" },
  { 200, '{"Code":NaN}', "it is not JSON", BAD .. " - -" },
  { 500, body_of(0), NO_CODE, "http - R again maybe" },
  { 502, "<html>Bad Gateway</html>", NO_CODE, "http - - again maybe" },
  { 503, "", NO_CODE, "http - - again maybe" },
  { 500, '{"RequestId":"R"}', NO_CODE, "http - R again maybe" },
  { 404, "<html></html>", NO_CODE, "http - -" }, { 302, "", NO_CODE, "http - -" },
  { 404, body_of(0), NO_CODE, "http - R" },
  { 429, "slow down", NO_CODE, "throttled - - again" },
  -- a code counts whatever the HTTP status
  { 400, body_of(30002), "", "throttled 30002 R again" },
  { 403, body_of(100000005), "", "signature 100000005 R" },
  { 500, body_of(30009), "", "vendor 30009 R again maybe" },
  { 500, body_of(30002), "", "throttled 30002 R again" },
  { 200, '{"Code":30009}', "Code 30009: no message", "vendor 30009 -" },
}

for _, case in ipairs(ANSWERS) do
  local wanted = case[4] .. (case[4]:find(BAD, 1, true) and " again maybe" or "")
  it(("HTTP %d and %s of zego is %s"):format(case[1], case[2], wanted), function()
    expect(wanted, "ResumeRTCStreams", case[1], case[2], case[3])
  end)
end

describe("a success of zego", function()
  it("has a RequestId of text, if any", function()
    for text, id in pairs {
      ['{"Code":0,"RequestId":8313355725069553069}'] = "8313355725069553069",
      ['{"Code":0,"RequestId":1615186943}'] = "1615186943", ['{"Code":0,"RequestId":""}'] = "",
      ['{"Code":0,"RequestId":"TestRequestId1"}'] = "TestRequestId1", ['{"Code":0}'] = false,
      ['{"Code":0.0}'] = false, ['{"Code":-0}'] = false,
    } do
      local body, message =
        helper.zego(helper.response(200, text)):resume_rtc_stream { StreamId = "s" }
      assert.is_table(body, message)
      assert.equal(id or nil, body.RequestId)
    end
  end)

  it("keeps the Data of a success, whatever it is; null is absent", function()
    for text, wanted in pairs { ['{"a":1}'] = { a = 1 }, ["[]"] = {},
      ['[{"CdnType":"ws"}]'] = { { CdnType = "ws" } }, ['"text"'] = "text" } do
      local body = helper.zego(helper.response(200, '{"Code":0,"Data":' .. text .. "}"))
        :resume_cdn_live_stream { StreamId = "s" }
      assert.same(wanted, body.Data)
    end
    local body = helper.zego(helper.response(200, '{"Code":0,"Data":null}'))
      :resume_rtc_stream { StreamId = "s" }
    assert.same({ 0, nil }, { body.Code, body.Data })
  end)
end)
