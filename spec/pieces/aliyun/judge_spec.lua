-- What an answer of Alibaba Cloud means, each through a whole call.

local aliyun = require "streamctl.aliyun"
local cjson = require "cjson"
local documented = require "spec.pieces.aliyun.documented"
local helper = require "spec.pieces.helper"

local HTML = "<html><body>502 Bad Gateway</body></html>"

-- Calls once, with such an answer, and checks the verdict: see helper.verdict.
local function expect(wanted, operation, status, body, says, headers)
  local live = helper.aliyun(helper.response(status, body, headers))
  local text, message = helper.verdict(live, operation, helper.ALIYUN_PARAMS[operation])
  assert.equal(wanted, text, body:sub(1, 80))
  for _, part in ipairs { operation .. ", HTTP " .. status, says } do
    assert.truthy(message:find(part, 1, true), message)
  end
end

-- Our code, then what an error says of it, HTTP status and the vendor's codes with it.
local CODES = {
  { "throttled", "again", 400, "Throttling", "Throttling.User", "Throttling.Api",
    "Rejected.Throttling" },
  { "throttled", "again", 503, "Throttling.User" },
  { "throttled", "again", 429, "Throttling.Api" },
  { "clock_skew", "again", 400, "InvalidTimeStamp.Expired" },
  { "replayed", "again maybe", 400, "SignatureNonceUsed" },
  { "signature", "", 400, "SignatureDoesNotMatch", "IncompleteSignature" },
  { "signature", "", 403, "SignatureDoesNotMatch" },
  { "credentials", "", 404, "InvalidAccessKeyId.NotFound" },
  { "credentials", "", 400, "InvalidAccessKeyId.Inactive", "MissingSecurityToken",
    "InvalidSecurityToken.Malformed" },
  { "credentials", "", 403, "InvalidSecurityToken.Expired" },
  { "access_denied", "", 403, "Forbidden", "Forbidden.RAM", "NoPermission" },
  { "not_found", "", 404, "InvalidAction.NotFound", "InvalidDomain.NotFound" },
  { "not_found", "", 400, "CodeTaskNotExist" },
  { "conflict", "", 400, "ConfigAlreadyExists", "CodeConfigAlreadyExists" },
  { "vendor", "", 400, "InvalidTimeStamp.Format", "LiveServiceNotFound", "InvalidParameter",
    "InvalidParam.CodeIllegalDuration", "CodeInvalidAliUid", "CodeNotEnoughResource",
    "CodeTaskHasStopped", "UnsupportedHTTPMethod" },
  { "vendor", "", 403, "IllegalOperation" },
  { "vendor", "again maybe", 500, "InternalError" },
  { "vendor", "again maybe", 503, "ServiceUnavailable" },
}

local function verdict(...)
  return (table.concat({ ... }, " "):gsub(" +$", ""))
end

-- The forms of an error's body.
local function bodies(code)
  return {
    ('{"Code":"%s","HostId":"live.aliyuncs.com","Message":"no","RequestId":"R"}'):format(code),
    ('{"code":"%s","message":"no","requestId":"R"}'):format(code),
    ('<?xml version="1.0"?><Error><RequestId>R</RequestId><Code> %s </Code>'
      .. "<Message>no</Message></Error>"):format(code),
  }
end

for _, case in ipairs(CODES) do
  local meant, flags, status = case[1], case[2], case[3]
  for i = 4, #case do
    local code = case[i]
    it("an error " .. code .. " of aliyun is " .. meant .. ", with HTTP " .. status, function()
      for _, body in ipairs(bodies(code)) do
        expect(verdict(meant, code, "R", flags), "ResumeLiveStream", status, body, code .. ": no")
      end
    end)

    -- where a safe call and an unsafe one look alike
    it("an error " .. code .. " of aliyun may be executed inside HTTP 200", function()
      for n = 1, 2 do
        local body, says = bodies(code)[n], "a failure inside HTTP 200: " .. code .. ": no"
        local inside = flags:find("again", 1, true) and "again maybe" or "maybe"
        expect(verdict(meant, code, "R", inside), "ResumeLiveStream", 200, body, says)
        for _, unsafe in ipairs { "RestartLivePullToPush", "AddLiveThing" } do
          expect(verdict("outcome_unknown", code, "R", "maybe"), unsafe, 200, body, says)
        end
      end
    end)
  end
end

local RESUME, DELETE, RESTART = "ResumeLiveStream", "DeleteLivePullToPush", "RestartLivePullToPush"
local BLOCKED, ONLINE = "DescribeLiveStreamsBlockList", "DescribeLiveStreamsOnlineList"

-- HTTP status, operation, body, what the message says -> code, the vendor's code, request id, and
-- what else the error says.
local ANSWERS = {
  { 502, RESUME, HTML, "502 Bad Gateway", "http - - again maybe" },
  { 504, RESUME, "", "", "http - - again maybe" },
  { 500, RESUME, '{"RequestId":"R"}', "", "http - R again maybe" },
  { 400, RESUME, '{"Code":"","RequestId":"R"}', "", "http - R" },
  { 400, RESUME, '{"Code":{},"RequestId":[]}', "", "http - -" },
  { 400, RESUME, "[]", "", "http - -" },
  { 404, RESUME, HTML, "", "http - -" },
  { 300, RESUME, "", "", "http - -" }, { 302, RESUME, "", "", "http - -" },
  { 429, RESUME, HTML, "", "throttled - - again" },
  { 400, RESUME, '{"Code":500}', "", "vendor 500 -" },
  { 502, RESUME, HTML, "RequestId H-1", "http - H-1 again maybe",
    "HTTP/1.1 502 Bad\r\nX-Acs-Request-Id:  H-1 \r\n\r\n" },
  { 400, RESUME, '{"Code":"X","requestId":123}', "RequestId 123", "vendor X 123" },
  { 400, RESUME, '{"Code":"X","RequestId":8313355725069553069}', "",
    "vendor X 8313355725069553069" },
  { 403, RESUME, '{"Code":"NoPermission","Message":"no","RequestId":"R","AccessDeniedDetail":'
    .. '{"AuthAction":"live:ResumeLiveStream","PolicyType":"AccountLevelIdentityBasedPolicy"}}',
    "the account needs the RAM action live:ResumeLiveStream", "access_denied NoPermission R" },

  { 200, RESUME, HTML, "it is not JSON; it begins: <html>", "bad_response - - again maybe" },
  { 200, RESUME, "", "it is empty", "bad_response - - again maybe" },
  { 204, RESUME, "", "", "bad_response - - again maybe" },
  { 200, RESUME, "<ResumeLiveStreamResponse/>", "it is not JSON", "bad_response - - again maybe" },
  { 200, RESUME, "[1]", "not a JSON object", "bad_response - - again maybe" },
  { 200, RESUME, '{"RequestId":"R', "it is not JSON", "bad_response - - again maybe" },
  { 200, RESUME, "{}", "RequestId is missing", "bad_response - - again maybe" },
  { 200, RESUME, '{"RequestId":null}', "RequestId is missing", "bad_response - - again maybe" },
  { 200, DELETE, '{"RequestId":"R","RetCode":"0"}', "RetCode is no number",
    "bad_response - R again maybe" },
  { 200, DELETE, '{"RequestId":"R","RetCode":true}', "RetCode is no number",
    "bad_response - R again maybe" },
  { 200, DELETE, '{"RequestId":"R","RetCode":1e999}', "RetCode is no number",
    "bad_response - R again maybe" },
  { 200, DELETE, '{"RequestId":"R"}', "RetCode is missing", "bad_response - R again maybe" },
  { 200, BLOCKED, '{"RequestId":"R"}', "StreamUrls is missing", "bad_response - R again maybe" },
  { 200, BLOCKED, '{"RequestId":"R","StreamUrls":null}', "StreamUrls",
    "bad_response - R again maybe" },
  { 200, ONLINE, '{"RequestId":"R","OnlineInfo":"x"}', "OnlineInfo",
    "bad_response - R again maybe" },

  { 200, DELETE, '{"RequestId":"R","RetCode":5,"Description":"no quota"}', "RetCode 5: no quota",
    "vendor 5 R" },
  { 200, RESUME, '{"RequestId":"R","RetCode":-1}', "RetCode -1: no description", "vendor -1 R" },
  { 200, RESUME, '{"RequestId":"R","Status":"fail","Description":"no"}', "Status fail: no",
    "vendor fail R" },
  { 200, RESUME, '{"RequestId":"R","RetCode":0,"Status":"fail"}', "Status fail: no description",
    "vendor fail R" },
  { 200, RESUME, '{"RequestId":"R","Message":"no","Success":false}',
    "a failure inside HTTP 200: Success is false: no", "vendor - R maybe" },
  { 200, RESUME, '{"RequestId":"R","Message":"no","Success":"false"}', "Success is false: no",
    "vendor - R maybe" },
  { 200, RESUME, '{"RequestId":"R","Message":"no","Success":false,"Code":"E"}', "E: no",
    "vendor E R maybe" },
  { 200, RESUME, '{"RequestId":"R","Message":"no","Success":false,"Code":"OK"}', "OK: no",
    "vendor OK R maybe" },
  { 200, RESTART, '{"RequestId":"R","Message":"no","Success":false}', "Success is false: no",
    "outcome_unknown - R maybe" },
}

for _, case in ipairs(ANSWERS) do
  it(("HTTP %d and %s of aliyun is %s"):format(case[1], case[3]:sub(1, 80), case[5]), function()
    expect(case[5], case[2], case[1], case[3], case[4], case[6])
  end)
end

it("any code but those of a success is a failure of aliyun, of every operation", function()
  local count = 0
  for row in aliyun.operations:each() do
    local answer = { RequestId = "R", RetCode = 0, Code = "IllegalOperation" }
    for name, kind in pairs(row.returns or {}) do
      answer[name] = answer[name] or kind == "table" and { "x" } or "x"
    end
    local function fails()
      local text = cjson.encode(answer)
      local live = helper.aliyun(helper.response(200, text), { validate = false })
      local _, _, err = live:call(row.action, { TaskId = "t", StreamName = "s" })
      return err ~= nil
    end
    assert.equal(documented.answers[row.action] ~= true, fails(), row.action)
    answer.Code, answer.Success = nil, true
    assert.is_false(fails(), row.action)
    local code = documented.code_of_success[row.action]
    answer.Code = code and cjson.decode("[" .. code .. "]")[1]
    assert.is_false(fails(), row.action)
    answer.RetCode = 2000
    assert.equal(type(documented.answers[row.action]) ~= "table", fails(), row.action)
    count = count + 1
  end
  assert.equal(437, count)
end)

describe("a success of aliyun", function()
  local SUCCESSES = {
    '{"RequestId":"R","RetCode":0}', '{"RequestId":"R","RetCode":0,"Status":"ok"}',
    '{"RequestId":"R","RetCode":0,"Code":"Success"}',
    '{"RequestId":"R","RetCode":0,"Code":"success"}', '{"RequestId":"R","RetCode":0,"Code":"ok"}',
    '{"RequestId":"R","RetCode":0,"Code":200,"Success":true}',
    '{"RequestId":"R","RetCode":0,"Code":""}',
    '{"RequestId":"R","RetCode":0,"Code":null,"Success":null}',
    '{"RequestId":12345,"RetCode":0}', '{"RequestId":8313355725069553069,"RetCode":0}',
  }
  it("is known by its body, and has a RequestId of text", function()
    for _, body in ipairs(SUCCESSES) do
      local live = helper.aliyun(helper.response(200, body,
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"))
      local answer, message =
        live:delete_live_pull_to_push(helper.ALIYUN_PARAMS.DeleteLivePullToPush)
      assert.is_table(answer, message)
      assert.equal("string", type(answer.RequestId))
    end
  end)

  it("of an operation without a row needs no more than a RequestId, in any case", function()
    for _, name in ipairs { "RequestId", "requestId" } do
      local live = helper.aliyun(helper.response(200, ('{"%s":"R"}'):format(name)))
      assert.same({ [name] = "R" }, (live:call("AddLiveThing")))
    end
  end)
end)
