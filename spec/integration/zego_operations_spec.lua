-- Calls of ZEGOCLOUD against the emulator, over each protocol: what arrives, and what it changes.

local core = require "streamctl.core"
local memory = require "streamctl.store.memory"
local session = require "spec.support.session"

local VARIANTS = {
  { name = "HTTPS" },
  { name = "a server that offers HTTP/2", address = "zego_h2" },
  { name = "plain HTTP, written out", address = "zego_http", plain = true },
}

session.describe("ZEGOCLOUD operations", function(s)
  -- The log holds these actions and no other, each signed, and GET without a body.
  local function check_log(variant, expected)
    local actions = {}
    for i, entry in ipairs(s.e:requests()) do
      actions[i] = entry.action
      assert.is_true(entry.verified)
      assert.is_nil(entry.nonce_reused)
      assert.is_nil(entry.violation)
      assert.equal("GET", entry.method)
      assert.equal("HTTP/1.1", entry.protocol)
      assert.equal(not variant.plain, entry.tls)
      assert.equal("", entry.body)
      assert.is_nil(entry.headers["content-type"])
      assert.is_nil(entry.headers["content-length"])
      assert.equal(s.e[variant.address or "zego"]:match("//(.*)"), entry.headers.host)
      assert.equal("streamctl/" .. core._VERSION, entry.headers["user-agent"])
      assert.same({ "1234567890", "2.0" }, { entry.query.AppId, entry.query.SignatureVersion })
    end
    assert.same(expected, actions)
  end

  local function keys(map)
    local list = {}
    for key in pairs(map) do list[#list + 1] = key end
    table.sort(list)
    return list
  end

  local function forbidden()
    return keys(s.e:state().zego.forbidden)
  end

  for _, variant in ipairs(VARIANTS) do
    describe("over " .. variant.name, function()
      local rtc

      before_each(function() rtc = s:zego { endpoint = s.e[variant.address or "zego"] } end)

      it("forbids and resumes one stream", function()
        local body = assert(rtc:forbid_rtc_stream { StreamId = "s-1_A" })
        assert.same({ 0, "success", "string" }, { body.Code, body.Message, type(body.RequestId) })
        assert.same({ "s-1_A" }, forbidden())
        assert(rtc:resume_rtc_stream { StreamId = "s-1_A" })
        assert.same({}, forbidden())
        check_log(variant, { "ForbidRTCStream", "ResumeRTCStream" })
      end)

      it("forbids and resumes several streams at once", function()
        assert(rtc:forbid_rtc_streams { StreamId = { "c", "a", "b" } })
        assert.same({ "a", "b", "c" }, forbidden())
        assert(rtc:resume_rtc_streams { StreamId = { "c", "a" } })
        assert.same({ "b" }, forbidden())
        check_log(variant, { "ForbidRTCStreams", "ResumeRTCStreams" })
      end)

      it("tells the state of a stream", function()
        s.e:state { zego = { live = { "s1" } } }
        local body = assert(rtc:describe_rtc_stream_state { StreamId = "s1" })
        assert.equal(0, body.Code)
        assert.is_string(body.Data.create_time)
        assert(rtc:forbid_rtc_stream { StreamId = "s1" })
        body = assert(rtc:describe_rtc_stream_state { StreamId = "s1" })
        assert.equal(41006, body.Code)
        assert.is_string(body.Data.close_time)
        body = assert(rtc:describe_rtc_stream_state { StreamId = "nobody" })
        assert.equal(41004, body.Code)
        check_log(variant, {
          "DescribeRTCStreamState", "ForbidRTCStream", "DescribeRTCStreamState",
          "DescribeRTCStreamState",
        })
      end)

      it("forbids, queries and resumes a stream at the CDN", function()
        local until_time = os.date("!%Y-%m-%dT%H:%M:%SZ", os.time() + 86400)
        local body = assert(rtc:forbid_cdn_live_stream { StreamId = "s1", ResumeTime = until_time })
        assert.equal("ws", body.Data[1].CdnType)
        assert.equal(until_time, s.e:state().zego.cdn_forbidden.s1.EndTime)
        assert(rtc:forbid_cdn_live_stream { StreamId = "s2" })

        body = assert(rtc:query_forbid_cdn_live_stream { Vendor = "ws" })
        assert.same({ 2, until_time },
          { #body.Data.Ws.ResultDetail, body.Data.Ws.ResultDetail[1].EndTime })

        assert(rtc:resume_cdn_live_stream { StreamId = "s1" })
        assert.same({ "s2" }, keys(s.e:state().zego.cdn_forbidden))
        check_log(variant, {
          "ForbidCDNLiveStream", "ForbidCDNLiveStream", "QueryForbidCDNLiveStream",
          "ResumeCDNLiveStream",
        })
      end)
    end)
  end

  describe("in the test environment", function()
    local PREFIX = "zegotest-1234567890-"

    it("sends IsTest and puts the prefix on RTC StreamIds once", function()
      local rtc = s:zego { is_test = true }
      assert(rtc:forbid_rtc_streams { StreamId = { "a", PREFIX .. "b" } })
      assert(rtc:forbid_rtc_stream { StreamId = "c" })
      assert(rtc:forbid_rtc_stream { StreamId = PREFIX .. "d" })
      assert.same({ PREFIX .. "a", PREFIX .. "b", PREFIX .. "c", PREFIX .. "d" }, forbidden())
      for _, entry in ipairs(s.e:requests()) do assert.equal("true", entry.query.IsTest) end
      assert.is_true(s.e:state().zego.forbidden[PREFIX .. "a"].test)

      assert(rtc:resume_rtc_streams { StreamId = { "a", PREFIX .. "b" } })
      assert(rtc:resume_rtc_stream { StreamId = "c" })
      assert.same({ PREFIX .. "d" }, forbidden())
    end)
  end)

  describe("with a Sequence", function()
    it("fill it in, above every earlier one and not below the clock", function()
      local store = memory.new()
      local rtc, other = s:zego { store = store }, s:zego { store = store }
      local before = os.time() * 1000
      for _ = 1, 10 do
        assert(rtc:forbid_rtc_stream { StreamId = "s1" })
        assert(other:resume_rtc_streams { StreamId = { "s1", "s2" } })
        assert(rtc:describe_rtc_stream_state { StreamId = "s2" })
      end
      local last = before
      for _, entry in ipairs(s.e:requests()) do
        assert.is_truthy(entry.query.Sequence:find("^%d+$"))
        local sequence = tonumber(entry.query.Sequence)
        assert.is_true(sequence > last)
        last = sequence
      end
      assert.is_true(last < (os.time() + 60) * 1000)
      assert.equal(0, s.e:state().zego.violations)
    end)

    it("take a given one, and refuse one that does not rise", function()
      local rtc = s:zego { store = memory.new() }
      local given = (os.time() + 3600) * 1000
      assert(rtc:forbid_rtc_stream { StreamId = "s1", Sequence = given })
      assert.equal(("%.0f"):format(given), s.e:state().zego.sequences.s1)
      assert(rtc:forbid_rtc_stream { StreamId = "s1", Sequence = ("%.0f"):format(given + 1) })
      local _, _, err = rtc:resume_rtc_stream { StreamId = "s1", Sequence = given }
      assert.equal("invalid_parameter", err.code)
      assert.equal(2, #s.e:requests())
      assert(rtc:resume_rtc_stream { StreamId = "s1" })
      assert.equal(0, s.e:state().zego.violations)
    end)
  end)

  it("repeat StreamId[] for each stream, in the order given", function()
    assert(s:zego():resume_rtc_streams { StreamId = { "b", "a", "b2" } })
    local entry = s:last_request()
    assert.same({ "b", "a", "b2" }, entry.query["StreamId[]"])
    assert.is_truthy(entry.uri:find("StreamId[]=b&StreamId[]=a&StreamId[]=b2", 1, true)
      or entry.uri:find("StreamId%5B%5D=b&StreamId%5B%5D=a&StreamId%5B%5D=b2", 1, true))
  end)

  it("take actions without a row through call", function()
    local rtc = s:zego()
    assert(rtc:call("EchoList", { RoomId = "r", UserId = { "u1", "u2" } }))
    local entry = s:last_request()
    assert.same({ "GET", { "u1", "u2" } }, { entry.method, entry.query["UserId[]"] })

    assert(rtc:call("EchoPost", { RoomId = "r", RecordInputParams = { RecordMode = 1 } },
      { method = "POST", host = "cloudrecord" }))
    entry = s:last_request()
    assert.same({ "POST", "application/json" }, { entry.method, entry.headers["content-type"] })
    assert.is_nil(entry.query.RoomId)
    assert.is_true(entry.verified)
  end)
end)
