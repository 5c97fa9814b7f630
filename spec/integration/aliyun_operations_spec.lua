-- Calls of Alibaba Cloud against the emulator, with each signature and protocol: what arrives, and
-- what it changes.

local core = require "streamctl.core"
local session = require "spec.support.session"

local VARIANTS = {
  { name = "signature V3 over HTTPS", signature = "v3" },
  { name = "signature V1 over HTTPS", signature = "v1", options = { signature = "v1" } },
  { name = "signature V3 with STS", signature = "v3", sts = true },
  { name = "signature V1 with STS", signature = "v1", sts = true, options = { signature = "v1" } },
  { name = "a server that offers HTTP/2", signature = "v3", address = "aliyun_h2" },
  { name = "plain HTTP, written out", signature = "v3", address = "aliyun_http", plain = true },
}

local REGION = "cn-shanghai"

session.describe("Alibaba Cloud operations", function(s)
  local function client_of(variant)
    local options = { endpoint = s.e[variant.address or "aliyun"] }
    if variant.sts then
      for name, value in pairs(s.e.sts) do options[name] = value end
    end
    for name, value in pairs(variant.options or {}) do options[name] = value end
    return s:aliyun(options)
  end

  local function check_protocol(variant, entry)
    assert.is_true(entry.verified)
    assert.equal(variant.signature, entry.signature)
    assert.equal("HTTP/1.1", entry.protocol)
    assert.equal(not variant.plain, entry.tls)
    assert.equal(s.e[variant.address or "aliyun"]:match("//(.*)"), entry.headers.host)
    assert.equal("streamctl/" .. core._VERSION, entry.headers["user-agent"])
    assert.equal("application/json", entry.headers.accept)
  end

  local function check_token(variant, entry)
    local token = entry.headers["x-acs-security-token"] or entry.query.SecurityToken
    if variant.sts then
      assert.equal(s.e.security_token, token)
    else
      assert.is_nil(token)
    end
  end

  -- All parameters are in the query, and nothing is in the body.
  local function check_body(entry)
    assert.equal("", entry.body)
    assert.same({}, entry.form)
    assert.is_nil(entry.headers["content-type"])
    assert.is_nil(entry.headers.expect)
    assert.is_nil(entry.headers["transfer-encoding"])
    if entry.method == "POST" then assert.equal("0", entry.headers["content-length"]) end
  end

  -- The log holds these calls and no other: { "POST ForbidLiveStream", ... }
  local function check_log(variant, expected)
    local methods = {}
    for i, entry in ipairs(s.e:requests()) do
      methods[i] = entry.method .. " " .. entry.action
      check_protocol(variant, entry)
      check_token(variant, entry)
      check_body(entry)
    end
    assert.same(expected, methods)
  end

  local function blocked()
    return s.e:state().aliyun.blocked
  end

  for _, variant in ipairs(VARIANTS) do
    describe("with " .. variant.name, function()
      local live

      before_each(function()
        live = client_of(variant)
      end)

      it("bans, lists and resumes a stream", function()
        local stream = session.stream()
        local ban = session.stream { ResumeTime = "2037-01-02T03:04:05Z", Oneshot = "no",
          RegionId = REGION }
        local body = assert(live:forbid_live_stream(ban))
        assert.is_string(body.RequestId)
        assert.equal("2037-01-02T03:04:05Z", blocked()["push.example.com/app/s1"].ResumeTime)

        body = assert(live:describe_live_streams_block_list {
          DomainName = "push.example.com", PageNum = 1, PageSize = 3000,
        })
        assert.same({ "push.example.com/app/s1" }, body.StreamUrls.StreamUrl)
        assert.equal(1, body.TotalNum)

        assert(live:resume_live_stream(stream))
        assert.same({}, blocked())
        check_log(variant, {
          "POST ForbidLiveStream", "POST DescribeLiveStreamsBlockList", "POST ResumeLiveStream",
        })
      end)

      it("lists the streams that are live and cuts one of them", function()
        s.e:state { aliyun = { online = {
          { DomainName = "push.example.com", AppName = "app", StreamName = "s1" },
          { DomainName = "push.example.com", AppName = "app", StreamName = "s12" },
          { DomainName = "push.example.com", AppName = "other", StreamName = "s1" },
        } } }
        local body = assert(live:describe_live_streams_online_list {
          DomainName = "push.example.com", AppName = "app", StreamName = "s1", QueryType = "fuzzy",
          StreamType = "raw", OnlyStream = "yes", PageNum = 1, PageSize = 1, RegionId = REGION,
        })
        assert.equal(2, body.TotalNum)
        assert.equal("s1", body.OnlineInfo.LiveStreamOnlineInfo[1].StreamName)

        assert(live:forbid_live_stream(session.stream { Oneshot = "yes" }))
        assert.same({}, blocked())
        body = assert(live:describe_live_streams_online_list { DomainName = "push.example.com" })
        assert.equal(2, body.TotalNum)
        check_log(variant, {
          "POST DescribeLiveStreamsOnlineList", "POST ForbidLiveStream",
          "POST DescribeLiveStreamsOnlineList",
        })
      end)

      it("creates, shows, lists, changes, stops, restarts and deletes a task", function()
        local urls = { "https://a.example.com/1.mp4?x=1&y=a+b",
          "https://a.example.com/ä \"2\".mp4" }
        local created = assert(live:create_live_pull_to_push(session.task {
          SourceUrls = urls, DstUrl = "rtmp://push.example.com/live/a?k=v&t=%20",
          TaskName = "night show", CallbackUrl = "https://cb.example.com/?a=b", FileIndex = 1,
          Offset = 5, RepeatNumber = -1, RetryCount = 4, RetryInterval = 120, RegionId = REGION,
        }))
        local task = { Region = REGION, TaskId = created.TaskId }
        local info = s.e:state().aliyun.tasks[created.TaskId].info
        assert.same(urls, info.SourceUrls)
        assert.equal("rtmp://push.example.com/live/a?k=v&t=%20", info.DstUrl)
        assert.same({ 1, 5, -1, 4, 120 },
          { info.FileIndex, info.Offset, info.RepeatNumber, info.RetryCount, info.RetryInterval })
        assert.equal(1, session.count(s.e:state().aliyun.tasks))

        local body = assert(live:describe_live_pull_to_push(task))
        assert.same({ 0, 1, "night show" },
          { body.RetCode, body.TaskStatus, body.TaskInfo.TaskName })
        body = assert(live:describe_live_pull_to_push_list {
          Region = REGION, DstUrl = "live/a", TaskName = "show", TaskId = created.TaskId,
          PageNumber = 1, PageSize = 100,
        })
        assert.same({ 1, created.TaskId }, { body.Total, body.TaskList[1].TaskId })

        assert(live:update_live_pull_to_push {
          Region = REGION, TaskId = created.TaskId, SourceUrls = { "https://a.example.com/3.mp4" },
          RepeatNumber = 0, EndTime = "2036-12-31T23:59:59Z",
        })
        info = s.e:state().aliyun.tasks[created.TaskId].info
        assert.same({ { "https://a.example.com/3.mp4" }, 0, "2036-12-31T23:59:59Z" },
          { info.SourceUrls, info.RepeatNumber, info.EndTime })

        assert(live:stop_live_pull_to_push(task))
        assert.equal("TriggerByUser", s.e:state().aliyun.tasks[created.TaskId].exit_reason)
        assert(live:restart_live_pull_to_push(task))
        local restarted = s.e:state().aliyun.tasks[created.TaskId]
        assert.same({ restarts = 1 },
          { restarts = restarted.restarts, reason = restarted.exit_reason })
        assert(live:delete_live_pull_to_push(task))
        assert.same({}, s.e:state().aliyun.tasks)
        check_log(variant, {
          "POST CreateLivePullToPush", "GET DescribeLivePullToPush",
          "GET DescribeLivePullToPushList", "GET UpdateLivePullToPush", "GET StopLivePullToPush",
          "GET RestartLivePullToPush", "GET DeleteLivePullToPush",
        })
      end)
    end)
  end

  describe("in detail", function()
    before_each(function() s.e:reset() end)

    it("lifts a ban in every application of the domain", function()
      s.e:state { aliyun = { blocked = { session.stream(), session.stream { AppName = "b" },
        session.stream { StreamName = "s2" } } } }
      assert(s:aliyun():resume_live_stream(session.stream { AppName = "*" }))
      assert.is_nil(blocked()["push.example.com/app/s1"])
      assert.is_nil(blocked()["push.example.com/b/s1"])
      assert.is_table(blocked()["push.example.com/app/s2"])
    end)

    it("takes any action through call, by the method of its row or the one that is told", function()
      local live = s:aliyun()
      assert(live:call("DescribeLiveStreamCount", { DomainName = "push.example.com" }))
      assert.equal("GET", s:last_request().method)
      assert(live:call("SetLiveStreamDelayConfig", { DomainName = "push.example.com" }))
      assert.equal("POST", s:last_request().method)
      assert(live:call("EchoTest", {}, { method = "GET" }))
      assert.equal("GET", s:last_request().method)
      assert(live:call("ForbidLiveStream", session.stream()))
      assert.is_table(blocked()["push.example.com/app/s1"])
    end)

    it("sends the user agent of its options", function()
      assert(s:aliyun { user_agent = "job/2 (night)" }:call("EchoTest"))
      assert.equal("job/2 (night)", s:last_request().headers["user-agent"])
    end)
  end)
end)
