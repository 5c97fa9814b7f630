-- What an answer of Alibaba Cloud means, each through a whole call.

local aliyun = require "streamctl.aliyun"
local documented = require "spec.unit.aliyun.documented"
local helper = require "spec.unit.helper"

local HTML = "<html><body>502 Bad Gateway</body></html>"

local function xml(code)
  return '<?xml version="1.0"?><Error><RequestId>R</RequestId><Code> ' .. code
    .. " </Code><Message>no</Message></Error>"
end

local function error_body(code)
  return '{"Code":"' .. code .. '","HostId":"live.aliyuncs.com","Message":"no","RequestId":"R"}'
end

local AGAIN = { retryable = true }
local MAYBE = { retryable = true, maybe_sent = true }

-- HTTP status, vendor's code, our code, and what else is not false
local CODES = {
  { 400, "Throttling", "throttled", AGAIN }, { 400, "Throttling.User", "throttled", AGAIN },
  { 400, "Throttling.Api", "throttled", AGAIN }, { 400, "Rejected.Throttling", "throttled", AGAIN },
  { 503, "Throttling.User", "throttled", AGAIN }, { 429, "Throttling.Api", "throttled", AGAIN },
  { 400, "InvalidTimeStamp.Expired", "clock_skew", AGAIN },
  { 400, "InvalidTimeStamp.Format", "vendor" }, { 400, "SignatureNonceUsed", "replayed", MAYBE },
  { 400, "SignatureDoesNotMatch", "signature" }, { 403, "SignatureDoesNotMatch", "signature" },
  { 400, "IncompleteSignature", "signature" },
  { 404, "InvalidAccessKeyId.NotFound", "credentials" },
  { 400, "InvalidAccessKeyId.Inactive", "credentials" },
  { 400, "MissingSecurityToken", "credentials" },
  { 403, "InvalidSecurityToken.Expired", "credentials" },
  { 400, "InvalidSecurityToken.Malformed", "credentials" }, { 403, "Forbidden", "forbidden" },
  { 403, "Forbidden.RAM", "forbidden" }, { 403, "NoPermission", "forbidden" },
  { 404, "InvalidAction.NotFound", "not_found" }, { 404, "InvalidDomain.NotFound", "not_found" },
  { 400, "CodeTaskNotExist", "not_found" }, { 400, "ConfigAlreadyExists", "conflict" },
  { 400, "CodeConfigAlreadyExists", "conflict" }, { 400, "LiveServiceNotFound", "vendor" },
  { 400, "InvalidParameter", "vendor" }, { 400, "InvalidParam.CodeIllegalDuration", "vendor" },
  { 400, "CodeInvalidAliUid", "vendor" }, { 400, "CodeNotEnoughResource", "vendor" },
  { 400, "CodeTaskHasStopped", "vendor" }, { 400, "UnsupportedHTTPMethod", "vendor" },
  { 403, "IllegalOperation", "vendor" }, { 500, "InternalError", "vendor", MAYBE },
  { 503, "ServiceUnavailable", "vendor", MAYBE },
}

local function expect(case, operation)
  local live, transport = helper.aliyun(helper.response(case.status, case.body, case.headers))
  local body, message, err = live:call(operation, helper.ALIYUN_PARAMS[operation])
  local label = tostring(case.status) .. " " .. case.body:sub(1, 80) .. " gave "
    .. tostring(message)
  assert.is_nil(body, label)
  assert.equal(1, #transport.requests)
  assert.equal(case.code, err.code, label)
  assert.equal(require("streamctl.errors").codes[case.code], err.kind, label)
  assert.equal(case.status, err.http_status, label)
  assert.equal(case.vendor_code, err.vendor_code, label)
  assert.equal(case.request_id, err.request_id, label)
  assert.equal(case.retryable or false, err.retryable, label)
  assert.equal(case.maybe_sent or false, err.maybe_sent, label)
  assert.equal(1, err.attempts)
  assert.equal("aliyun", err.vendor)
  assert.equal(operation, err.operation)
  assert.truthy(message:find(operation .. ", HTTP " .. case.status, 1, true), label)
  if case.says then assert.truthy(message:find(case.says, 1, true), label) end
  if case.request_id then
    assert.truthy(message:find("RequestId " .. case.request_id, 1, true), label)
  end
end

describe("an error answer of aliyun", function()
  for _, case in ipairs(CODES) do
    it(case[2] .. " with HTTP " .. case[1] .. " is " .. case[3], function()
      local wanted = { status = case[1], code = case[3], vendor_code = case[2],
        says = case[2] .. ": no" }
      for name, value in pairs(case[4] or {}) do wanted[name] = value end
      expect(helper.merged(wanted, { body = error_body(case[2]), request_id = "R" }),
        "ResumeLiveStream")
      expect(helper.merged(wanted, { body = xml(case[2]), request_id = "R" }), "ResumeLiveStream")
      expect(helper.merged(wanted, { request_id = "r",
        body = '{"code":"' .. case[2] .. '","message":"no","requestId":"r"}' }), "ResumeLiveStream")
    end)
  end

  local NO_CODE = {
    ["HTML from a proxy"] = { status = 502, body = HTML, code = "http", retryable = true,
      maybe_sent = true, says = "502 Bad Gateway" },
    ["nothing"] = { status = 504, body = "", code = "http", retryable = true, maybe_sent = true },
    ["JSON without a code"] = { status = 500, body = '{"RequestId":"R"}', code = "http",
      request_id = "R", retryable = true, maybe_sent = true },
    ["an empty code"] = { status = 400, body = '{"Code":"","RequestId":"R"}', code = "http",
      request_id = "R" },
    ["a code that is a table"] = { status = 400, body = '{"Code":{},"RequestId":[]}',
      code = "http" },
    ["a list"] = { status = 400, body = "[]", code = "http" },
    ["HTML for a wrong path"] = { status = 404, body = HTML, code = "http" },
    ["a redirect"] = { status = 302, body = "", code = "http" },
    ["too many requests without a code"] = { status = 429, body = HTML, code = "throttled",
      retryable = true },
    ["a code that is a number"] = { status = 400, body = '{"Code":500}', code = "vendor",
      vendor_code = "500" },
    ["the request id in a header only"] = { status = 502, body = HTML, code = "http",
      retryable = true, maybe_sent = true, request_id = "H-1",
      headers = "HTTP/1.1 502 Bad\r\nX-Acs-Request-Id:  H-1 \r\n\r\n" },
    ["a request id that is a number"] = { status = 400, body = '{"Code":"X","requestId":123}',
      code = "vendor", vendor_code = "X", request_id = "123" },
    ["a request id beyond 2^53"] = { status = 400,
      body = '{"Code":"X","RequestId":8313355725069553069}', code = "vendor", vendor_code = "X",
      request_id = "8313355725069553069" },
    ["what the account lacks"] = { status = 403, code = "forbidden", vendor_code = "NoPermission",
      request_id = "R", body =
        '{"Code":"NoPermission","Message":"no","RequestId":"R","AccessDeniedDetail":'
        .. '{"AuthAction":"live:ResumeLiveStream","PolicyType":"AccountLevelIdentityBasedPolicy"}}',
      says = "the account needs the RAM action live:ResumeLiveStream" },
  }
  for name, case in pairs(NO_CODE) do
    it("with " .. name .. " is " .. case.code, function() expect(case, "ResumeLiveStream") end)
  end
end)

describe("an answer of aliyun with HTTP 200", function()
  local BAD = { code = "bad_response", status = 200, retryable = true, maybe_sent = true }

  for name, case in pairs {
    HTML = { "ResumeLiveStream", HTML, "it is not JSON; it begins: <html>" },
    nothing = { "ResumeLiveStream", "", "it is empty" },
    XML = { "ResumeLiveStream", "<ResumeLiveStreamResponse/>", "it is not JSON" },
    ["a list"] = { "ResumeLiveStream", "[1]", "not a JSON object" },
    ["half of an object"] = { "ResumeLiveStream", '{"RequestId":"R', "it is not JSON" },
    ["no RequestId"] = { "ResumeLiveStream", "{}", "RequestId is missing" },
    ["RequestId null"] = { "ResumeLiveStream", '{"RequestId":null}', "RequestId is missing" },
    ["RetCode as text"] = { "DeleteLivePullToPush", '{"RequestId":"R","RetCode":"0"}',
      "RetCode is no number", "R" },
    ["RetCode true"] = { "DeleteLivePullToPush", '{"RequestId":"R","RetCode":true}',
      "RetCode is no number", "R" },
    ["RetCode 1e999"] = { "DeleteLivePullToPush", '{"RequestId":"R","RetCode":1e999}',
      "RetCode is no number", "R" },
    ["no RetCode where one belongs"] = { "DeleteLivePullToPush", '{"RequestId":"R"}',
      "RetCode is missing", "R" },
    ["no list where one belongs"] = { "DescribeLiveStreamsBlockList", '{"RequestId":"R"}',
      "StreamUrls is missing", "R" },
    ["StreamUrls null"] = { "DescribeLiveStreamsBlockList", '{"RequestId":"R","StreamUrls":null}',
      "StreamUrls", "R" },
    ["OnlineInfo as text"] = { "DescribeLiveStreamsOnlineList",
      '{"RequestId":"R","OnlineInfo":"x"}', "OnlineInfo", "R" },
  } do
    it("and " .. name .. " is bad_response", function()
      expect(helper.merged(BAD, { body = case[2], says = case[3], request_id = case[4] }), case[1])
    end)
  end

  it("with HTTP 204 and nothing is bad_response", function()
    expect(helper.merged(BAD, { status = 204, body = "" }), "ResumeLiveStream")
  end)

  it("and a RetCode other than 0 is a failure", function()
    expect({ status = 200, body = '{"RequestId":"R","RetCode":5,"Description":"no quota"}',
      code = "vendor", vendor_code = 5, request_id = "R", says = "RetCode 5: no quota" },
      "DeleteLivePullToPush")
    expect({ status = 200, body = '{"RequestId":"R","RetCode":-1}', code = "vendor",
      vendor_code = -1, request_id = "R", says = "RetCode -1: no description" }, "ResumeLiveStream")
  end)

  it('and Status "fail" is a failure', function()
    expect({ status = 200, body = '{"RequestId":"R","Status":"fail","Description":"no"}',
      code = "vendor", vendor_code = "fail", request_id = "R", says = "Status fail: no" },
      "ResumeLiveStream")
    expect({ status = 200, body = '{"RequestId":"R","RetCode":0,"Status":"fail"}', code = "vendor",
      vendor_code = "fail", request_id = "R", says = "Status fail: no description" },
      "ResumeLiveStream")
  end)

  -- What an error body means in a 200, where a safe call and an unsafe one look alike.
  for _, case in ipairs(CODES) do
    it("and the error body of " .. case[2] .. " is " .. case[3], function()
      local wanted = { status = 200, code = case[3], vendor_code = case[2], maybe_sent = true,
        request_id = "R", says = "a failure inside HTTP 200: " .. case[2] .. ": no",
        retryable = case[4] and case[4].retryable }
      local in_small = '{"code":"' .. case[2] .. '","message":"no","requestId":"R"}'
      for _, body in ipairs { error_body(case[2]), in_small } do
        wanted.body = body
        expect(wanted, "ResumeLiveStream")
        expect(helper.merged(wanted, { code = "outcome_unknown", retryable = false }),
          "RestartLivePullToPush")
        expect(helper.merged(wanted, { code = "outcome_unknown", retryable = false }),
          "AddLiveThing")
      end
    end)
  end

  it("and Success false is a failure, with a code and without one", function()
    for success, says in pairs {
      ["false"] = "Success is false: no", ['false,"Code":"E"'] = "E: no",
      ['"false"'] = "Success is false: no", ['false,"Code":"OK"'] = "OK: no",
    } do
      local code = success:match('"Code":"(%w+)"')
      local wanted = { status = 200, code = "vendor", vendor_code = code, maybe_sent = true,
        request_id = "R", says = "a failure inside HTTP 200: " .. says,
        body = '{"RequestId":"R","Message":"no","Success":' .. success .. "}" }
      expect(wanted, "ResumeLiveStream")
      expect(helper.merged(wanted, { code = "outcome_unknown" }), "RestartLivePullToPush")
    end
  end)

  it("and any code but those of a success is a failure, of every operation", function()
    local count = 0
    for row in aliyun.operations:each() do
      local answer = { RequestId = "R", RetCode = 0, Code = "IllegalOperation" }
      for name, kind in pairs(row.returns or {}) do
        answer[name] = answer[name] or kind == "table" and { "x" } or "x"
      end
      local function fails()
        local text = require("cjson").encode(answer)
        local live = helper.aliyun(helper.response(200, text), { validate = false })
        local _, _, err = live:call(row.action, { TaskId = "t", StreamName = "s" })
        return err ~= nil
      end
      assert.equal(documented.answers[row.action] ~= true, fails(), row.action)
      answer.Code, answer.Success = nil, true
      assert.is_false(fails(), row.action)
      local code = documented.code_of_success[row.action]
      answer.Code = code and require("cjson").decode("[" .. code .. "]")[1]
      assert.is_false(fails(), row.action)
      answer.RetCode = 2000
      assert.equal(type(documented.answers[row.action]) ~= "table", fails(), row.action)
      count = count + 1
    end
    assert.equal(437, count)
  end)

  for name, body in pairs {
    ["RetCode 0"] = '{"RequestId":"R","RetCode":0}',
    ['Status "ok"'] = '{"RequestId":"R","RetCode":0,"Status":"ok"}',
    ["a Code of its own"] = '{"RequestId":"R","RetCode":0,"Code":"Success"}',
    ["a Code 200"] = '{"RequestId":"R","RetCode":0,"Code":200,"Success":true}',
    ["an empty Code"] = '{"RequestId":"R","RetCode":0,"Code":""}',
    ["no Code"] = '{"RequestId":"R","RetCode":0,"Code":null,"Success":null}',
    ["a RequestId that is a number"] = '{"RequestId":12345,"RetCode":0}',
    ["a RequestId beyond 2^53"] = '{"RequestId":8313355725069553069,"RetCode":0}',
    ["a Content-Type that is not JSON"] = '{"RequestId":"R","RetCode":0}',
  } do
    it("and " .. name .. " is a success", function()
      local live = helper.aliyun(helper.response(200, body,
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"))
      local answer, message =
        live:delete_live_pull_to_push(helper.ALIYUN_PARAMS.DeleteLivePullToPush)
      assert.is_table(answer, message)
      assert.equal("string", type(answer.RequestId))
    end)
  end

  it("and an action without a row needs no more than a RequestId", function()
    local answer = helper.aliyun(helper.response(200, '{"RequestId":"R"}')):call("AddLiveThing")
    assert.same({ RequestId = "R" }, answer)
  end)

  it("and a requestId in small letters is a success", function()
    local answer = helper.aliyun(helper.response(200, '{"requestId":"R"}')):call("AddLiveThing")
    assert.same({ requestId = "R" }, answer)
  end)
end)
