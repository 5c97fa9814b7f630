-- The emulator has every operation of both vendors and is strict about each, and gives the answers
-- and lists that a test sets.

local core = require "streamctl.core"
local requests = require "spec.support.requests"
local samples = require "spec.support.samples"
local session = require "spec.support.session"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

session.describe("the emulator's catalogue", function(s)
  local live, rtc

  before_each(function()
    live, rtc = s:aliyun { validate = false }, s:zego { validate = false }
  end)

  -- Signed by the client, sent as a test writes it: names that the client would refuse too.
  local function code_of(client, action, params, options)
    local body, _, err = client:call(action, params, options)
    return body and "OK" or tostring(err.vendor_code)
  end

  local function is_invalid(client, action, params, name, why, options)
    local body, _, err = client:call(action, params, options)
    assert.is_nil(body)
    assert.is_truthy(err.message:find(name, 1, true), err.message)
    assert.is_truthy(err.message:find(why, 1, true), err.message)
  end

  it("answers operations without a model in their documented shape", function()
    local body = assert(live:call("DescribeLiveDomainDetail", { DomainName = "d.example.com" }))
    assert.same({ "", "string" }, { body.DomainDetail.DomainStatus, type(body.RequestId) })
    body = assert(rtc:call("GenerateIdentifyToken"))
    assert.same({ 0, 0 }, { body.Code, body.Data.RemainTime })
  end)

  it("knows the products of ZEGOCLOUD by their addresses", function()
    local there = s:zego { endpoint = { rtc = s.e.zego_cloudrecord }, validate = false }
    assert.equal("100000007", code_of(there, "CloseRoom", { RoomId = "r" }))
    there = s:zego { endpoint = { rtc = s.e.zego_rtc }, validate = false }
    assert.equal("OK", code_of(there, "CloseRoom", { RoomId = "r" }))
    assert.equal("rtc-api.zego.im", s:last_request().product)
  end)

  describe("set answers", function()
    local TASK = { Region = "cn-shanghai", TaskId = "t" }

    it("come in turn, the last one for ever", function()
      s.e:answer("DescribeLivePullToPush", { { TaskStatus = 0 }, { TaskStatus = 1 } })
      local seen = {}
      for i = 1, 3 do seen[i] = assert(live:call("DescribeLivePullToPush", TASK)).TaskStatus end
      assert.same({ 0, 1, 1 }, seen)
    end)

    it("may be failures, texts, and for some requests only", function()
      s.e:answer("DescribeLivePullToPush",
        { { http_status = 404, Code = "CodeTaskNotExist", Message = "none" } }, { TaskId = "t" })
      assert.equal("CodeTaskNotExist", code_of(live, "DescribeLivePullToPush", TASK))
      s.e:answer("DescribeRecordStatus", { '{"Code":0,"Message":"x","RequestId":"1","Data":{}}',
        { Data = { Status = 2, RecordFiles = {} } }, { Code = 300001000 } })
      local seen = {}
      for i = 1, 3 do
        local body, _, err = rtc:call("DescribeRecordStatus", { TaskId = "t" })
        seen[i] = body and (body.Data.Status or body.Message) or err.vendor_code
      end
      assert.same({ "x", 2, 300001000 }, { seen[1], seen[2], tonumber(seen[3]) })
    end)

    it("end", function()
      s.e:answer("DescribeLiveStreamCount", { { Marked = 1 } })
      s.e:answer("DescribeLiveStreamCount", {})
      local body = assert(live:call("DescribeLiveStreamCount", { DomainName = "d" }))
      assert.is_nil(body.Marked)
    end)

    it("are of actions that exist", function()
      assert.has_error(function() s.e:answer("DescribeNothing", { {} }) end)
    end)
  end)

  describe("served lists", function()
    local function page(number, size)
      local body = assert(live:call("DescribeLiveStreamsPublishList", {
        DomainName = "d", StartTime = "2026-01-01T00:00:00Z", EndTime = "2026-01-02T00:00:00Z",
        PageNumber = number, PageSize = size,
      }))
      local names = {}
      for i, item in ipairs(body.PublishInfo.LiveStreamPublishInfo or {}) do
        names[i] = item.StreamName
      end
      return table.concat(names, " "), body
    end

    it("come page by page", function()
      s.e:serve("DescribeLiveStreamsPublishList", { count = 5, key = "StreamName" })
      local names, body = page(1, 2)
      assert.same({ "item-1 item-2", 5, 3, 1 }, { names, body.TotalNum, body.TotalPage,
        body.PageNum })
      assert.equal("item-5", (page(3, 2)))
      assert.equal("", (page(4, 2)))
      assert.equal("InvalidParameter", code_of(live, "DescribeLiveStreamsBlockList",
        { DomainName = "d", PageSize = 3001 }))
    end)

    it("change, and go wrong, while they are read", function()
      s.e:serve("DescribeLiveStreamsPublishList", { count = 5, key = "StreamName", total = 9,
        empty = 3, missing = 4, changes = { { before = 2, remove = 1 },
        { before = 5, insert = { StreamName = "new" } } } })
      local names, body = page(1, 2)
      assert.same({ "item-1 item-2", 9 }, { names, body.TotalNum })
      assert.equal("item-4 item-5", (page(2, 2)))
      assert.equal("", (page(1, 2)))
      assert.is_nil(select(2, page(1, 2)).PublishInfo.LiveStreamPublishInfo)
      assert.equal("new item-2", (page(1, 2)))
    end)

    it("come by marker", function()
      s.e:serve("DescribeUserList", { count = 3, key = "UserId", stuck = 3 })
      local function look(marker)
        local data = assert(rtc:call("DescribeUserList", { RoomId = "r", Limit = 2,
          Marker = marker })).Data
        return #data.UserList, data.Marker
      end
      local count, marker = look()
      assert.same({ 2, "after-2" }, { count, marker })
      assert.same({ 1, "" }, { look(marker) })
      assert.same({ 2, "after-1" }, { look() })
    end)
  end)

  describe("parameters at Alibaba Cloud", function()
    local SPAN = { DomainName = "d", StartTime = "2026-01-01T00:00:00Z" }

    it("are there", function()
      assert.equal("MissingParameter", code_of(live, "DescribeLiveStreamsPublishList", SPAN))
    end)

    it("are known", function()
      is_invalid(live, "DescribeLiveStreamCount", { DomainName = "d", Domainname = "d" },
        "Domainname", "no parameter")
    end)

    it("have their type", function()
      is_invalid(live, "DescribeLiveStreamsBlockList", { DomainName = "d", PageNum = "one" },
        "PageNum", "is no integer")
    end)

    -- What no client would send: signed all the same.
    local function refused(method, action, params, body)
      local signer = assert(core.signer("acs3", { access_key_id = s.e.access_key_id,
        access_key_secret = s.e.access_key_secret, host = s.e.aliyun:match("//(.*)$"),
        version = "2016-11-01" }))
      local target, headers = assert(requests.sign(signer, method, action, params, body,
        body and "application/x-www-form-urlencoded"))
      local answer = s:send { method = method, url = s.e.aliyun .. target, headers = headers,
        body = body or "" }
      assert.is_true(s:last_request().verified)
      return answer.Code and answer.Code .. " " .. answer.Message or "OK"
    end

    it("come by the action's method", function()
      assert.is_truthy(refused("GET", "GetMessageApp", {}):find("^UnsupportedHTTPMethod"))
      assert.is_truthy(refused("POST", "StopLivePullToPush", {}):find("^UnsupportedHTTPMethod"))
    end)

    it("stand where they belong", function()
      assert.equal("OK", refused("POST", "GetMessageApp", {}, "AppId=a"))
      assert.is_truthy(refused("POST", "GetMessageApp", { "AppId", "a" })
        :find("AppId is invalid: belongs in the body", 1, true))
      assert.is_truthy(refused("POST", "DescribeLiveDomainDetail", {}, "DomainName=d")
        :find("DomainName is invalid: belongs in the query", 1, true))
    end)

    local CHANNEL = { "AppId", "a", "ChannelId", "c" }

    local function terminals(...)
      local params = { unpack(CHANNEL) }
      for i = 1, select("#", ...) do params[#params + 1] = (select(i, ...)) end
      return refused("POST", "RemoveTerminals", params)
    end

    it("encode lists as documented", function()
      assert.equal("OK", terminals("TerminalIds.1", "a", "TerminalIds.2", "b"))
      assert.is_truthy(terminals("TerminalIds.1", "a", "TerminalIds.3", "b")
        :find("TerminalIds.2 is invalid: missing", 1, true))
      assert.is_truthy(terminals("TerminalIds", '["a"]'):find("came as one value", 1, true))
      assert.is_truthy(refused("POST", "AddLiveMessageGroupBand",
        { "AppId", "a", "GroupId", "g", "BannedUsers", "a,,b" }):find("empty item", 1, true))
      assert.equal("OK", refused("POST", "AddLiveMessageGroupBand",
        { "AppId", "a", "GroupId", "g", "BannedUsers", "a,b" }))
      assert.is_truthy(refused("POST", "CreateLiveAIStudio", { "MattingLayout", "{" })
        :find("one JSON text of an object", 1, true))
      assert.is_truthy(refused("POST", "AddLiveDomain",
        { "DomainName", "d", "LiveDomainType", "t", "Region", "r", "Tag.1.Name", "x" })
        :find("Tag.1.Name is invalid: unknown field", 1, true))
    end)
  end)

  describe("parameters at ZEGOCLOUD", function()
    it("are there, also inside the body", function()
      is_invalid(rtc, "StartMix", { TaskId = "t", UserId = "u", MixInput = { {
        RectInfo = { Layer = 0 } } }, MixOutput = { { StreamId = "o" } } },
        "MixInput.1.StreamId|StreamUrl", "missing")
    end)

    it("are known, also inside the body", function()
      is_invalid(rtc, "StopMix", { TaskId = "t", UserID = "u" }, "UserID", "no parameter")
      is_invalid(rtc, "StartMix", { TaskId = "t", UserId = "u", MixInput = { { StreamId = "a",
        RectInfo = { Layers = 0 } } }, MixOutput = { { StreamId = "o" } } },
        "MixInput.1.RectInfo.Layers", "unknown field")
    end)

    it("have their type in JSON", function()
      is_invalid(rtc, "StopMix", { TaskId = "t", Sequence = "1" }, "Sequence", "is no integer")
    end)

    it("count their lists", function()
      is_invalid(rtc, "KickoutUser", { RoomId = "r", UserId = "u" }, "UserId", "missing")
    end)
  end)

  it("throttles with the code of each group, which the client knows", function()
    for _, action in ipairs { "ForbidCDNLiveStream", "CloseRoom", "StopMix", "SearchMedia",
      "DescribePlayers", "StopRecord" } do
      s.e:fault { vendor = "zego", kind = "throttle" }
      local _, _, err = rtc:call(action, samples.params("zego", action, false))
      assert.equal("throttled", err.code, action)
    end
  end)

  it("keeps the rate of each room", function()
    s.e:config { rates = true }
    assert.equal("OK", code_of(rtc, "DescribeSimpleStreamList", { RoomId = "r" }))
    assert.equal("OK", code_of(rtc, "DescribeSimpleStreamList", { RoomId = "other" }))
    assert.equal("207", code_of(rtc, "DescribeSimpleStreamList", { RoomId = "r" }))
  end)

  it("keeps rates per minute", function()
    s.e:config { rates = true }
    local refused = 0
    for _ = 1, 12 do -- 10 a minute
      local code = code_of(live, "DescribeLiveUpVideoAudioInfo", {
        Stream = "s1" })
      refused = refused + (code == "Throttling.User" and 1 or 0)
    end
    assert.equal(2, refused)
  end)
end)
