-- What client:sign gives is sent by another HTTP client and accepted.

local cjson = require "cjson"
local session = require "spec.support.session"

session.describe("sign", function(s)
  local function send(signed)
    assert.same({ "string", "string", "table", "string" },
      { type(signed.method), type(signed.url), type(signed.headers), type(signed.body) })
    return s:send(signed)
  end

  local NAME = "ä b&c=d+e~*'\"%25#🎥"

  local function blocked() return session.count(s.e:state().aliyun.blocked) end

  for _, version in ipairs { "v3", "v1" } do
    for _, with_token in ipairs { false, true } do
      local what = version .. (with_token and " with STS" or "")
      it("is accepted: " .. what, function()
        local options = { signature = version }
        for name, value in pairs(with_token and s.e.sts or {}) do options[name] = value end
        local live = s:aliyun(options)
        local signed = assert(live:sign("ForbidLiveStream", session.stream { StreamName = NAME }))
        assert.same({}, s.e:requests())
        assert.same({ "POST", "" }, { signed.method, signed.body })
        assert.equal(s.e.aliyun, signed.url:sub(1, #s.e.aliyun))

        local body, status = send(signed)
        assert.equal(200, status, cjson.encode(body))
        assert.is_true(s:last_request().verified)
        assert.equal(version, s:last_request().signature)
        assert.is_table(s.e:state().aliyun.blocked["push.example.com/app/" .. NAME])

        -- the nonce is used up
        body, status = send(signed)
        assert.same({ "SignatureNonceUsed", 400 }, { body.Code, status })
        -- and the next signature has another one
        _, status = send(assert(live:sign("ResumeLiveStream",
          session.stream { StreamName = NAME })))
        assert.same({ 200, 0 }, { status, blocked() })
      end)
    end

    it("covers GET, our spelling and operations without a row: " .. version, function()
      local live = s:aliyun { signature = version }
      local signed = assert(live:sign("describe_live_pull_to_push_list",
        { Region = "cn-shanghai", TaskName = "a b" }))
      assert.equal("GET", signed.method)
      local body = send(signed)
      assert.same({ 0, "a b" }, { body.Total, s:last_request().query.TaskName })
      body = send(assert(live:sign("EchoTest", { Tag = { { Key = NAME } } })))
      assert.equal(NAME, body.Query["Tag.1.Key"])
      body = send(assert(live:sign("EchoTest", { A = "b" }, { method = "GET" })))
      assert.same({ "GET", "b" }, { body.Method, body.Query.A })
      body = send(assert(live:sign("EchoTest")))
      assert.is_string(body.RequestId)
    end)
  end

  it("is accepted by ZEGO, with a Sequence filled in", function()
    local rtc = s:zego()
    local signed = assert(rtc:sign("forbid_rtc_streams", { StreamId = { "a", "b" } }))
    assert.same({ "GET", "" }, { signed.method, signed.body })
    assert.same({}, s.e:requests())
    assert.same({ 0, 200 }, { send(signed).Code, 200 })
    assert.equal(2, session.count(s.e:state().zego.forbidden))
    local first = s:last_request().query.Sequence
    assert.equal(0, send(assert(rtc:sign("ResumeRTCStreams", { StreamId = { "a", "b" } }))).Code)
    assert.is_true(tonumber(s:last_request().query.Sequence) > tonumber(first))
    assert.same({}, s.e:state().zego.forbidden)
    assert(rtc:resume_rtc_stream { StreamId = "a" })
    assert.equal(0, s.e:state().zego.violations)
  end)

  it("is accepted by ZEGO with a JSON body", function()
    local task = {
      RoomId = NAME, RecordInputParams = { RecordMode = 1, ClientTaskId = "mine" },
      StorageParams = { Vendor = 2, AccessKeySecret = NAME },
    }
    local signed = assert(s:zego():sign("StartRecord", task))
    assert.same({ "POST", "application/json" },
      { signed.method, signed.headers["content-type"] or signed.headers["Content-Type"] })
    assert.equal(0, send(signed).Code)
    assert.same(task, cjson.decode(s:last_request().body))
  end)
end)
