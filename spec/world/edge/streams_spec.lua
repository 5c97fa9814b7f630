-- The edge service at work: what it forbids, resumes, asks and counts.

local cjson = require "cjson"
local file = require "streamctl.store.file"
local service = require "spec.world.edge.service"

local request, post, ask, live = service.request, service.post, service.ask, service.live
local eventually, scrape = service.eventually, service.scrape

local CALLERS = 30

-- Has batches of streams by this name throw, as none should.
local THROWS = [[require("streamctl.edge.reactions").start()
    local client = require("streamctl.edge.clients").aliyun
    local batch = client.batch
    function client:batch(operation, items, options)
      if items[1].StreamName == "throws1" then error "thrown" end
      return batch(self, operation, items, options)
    end]]

service.describe("the edge", nil, function(e, n)
  describe("forbids and resumes", function()
    it("streams of ZEGOCLOUD, in requests of 20, with results in the order given", function()
      local ids = {}
      for i = 1, 45 do ids[i] = "room-" .. (i * 7) % 46 end
      local status, body = post(n, "forbid", "zego", ids)
      assert.equal(200, status)
      assert.same({ "zego", 45, 0 }, { body.vendor, body.total, body.failed })
      for i, id in ipairs(ids) do assert.same({ stream = id, ok = true }, body.results[i]) end
      assert.equal(3, #e:requests { action = "ForbidRTCStreams" })
      assert.is_table(e:state().zego.forbidden["room-7"])
      assert.equal(200, (post(n, "resume", "zego", ids)))
      assert.is_nil(next(e:state().zego.forbidden))
    end)

    it("streams of many callers in a few requests, and tells each of its own", function()
      local store, begun = assert(file.new(n.dir .. "/store")), {}
      -- until the next slot, in 3 s, all of them have come
      assert(store:reserve(("zego:%.0f:ForbidRTCStreams"):format(e.app_id), 3))
      for i = 1, CALLERS do
        begun[i] = n:begin(request("forbid", "zego", { "a" .. i, "b" .. i }))
      end
      for i = 1, CALLERS do
        local status, text = begun[i]()
        local body = cjson.decode(text)
        assert.same({ 200, "a" .. i, "b" .. i }, { status, body.results[1].stream,
          body.results[2].stream })
        assert.is_table(e:state().zego.forbidden["b" .. i])
      end
      assert.is_true(#e:requests { action = "ForbidRTCStreams" } < CALLERS / 2)
    end)

    -- The vendor takes 20 requests a second, so 20 of them are the second.
    it("one stream within a second beside callers of hundreds, told apart by tokens", function()
      local other = service.start(e, { ["nginx.workers"] = "1", ["edge.time_limit"] = "50" }, {
        conf = { ['require("streamctl.edge.reactions").start()'] = THROWS } })
      finally(function() other:stop() end)
      local store, ends = assert(file.new(other.dir .. "/store")), {}
      -- until the first slot, in 3 s, all of them have come
      assert(store:reserve("aliyun:" .. e.access_key_id .. ":ForbidLiveStream", 3))
      local function begin(caller, count, token)
        local streams = {}
        for i = 1, count do streams[i] = live(caller .. i) end
        return other:begin(request("forbid", "aliyun", streams, { headers = {
          "Content-Type: application/json", "Authorization: Bearer " .. token } }))
      end
      -- those of NEXT that went first are over
      for _ = 1, 2 do assert.equal(500, (begin("throws", 10, service.NEXT)())) end
      for i = 1, 3 do ends[i] = begin("hundreds" .. i .. "-", 200, service.ALL) end
      for i = 4, 6 do ends[i] = begin("flood" .. i .. "-", 10, service.ALL) end
      eventually(function()
        return scrape(other)['streamctl_calls_in_flight{vendor="aliyun"}'] == 630
      end)
      local before = #e:requests { action = "ForbidLiveStream" }
      assert.equal(200, (begin("few", 1, service.NEXT)()))
      local sent, place = e:requests { action = "ForbidLiveStream" }, 0
      repeat place = place + 1 until sent[place].query.StreamName == "few1"
      assert.is_true(place - before <= 20, place .. " after " .. before)
      other:stop()
      for _, wait in ipairs(ends) do wait() end
    end)

    it("streams of Alibaba Cloud, as publishers", function()
      local streams = { live "c", live "a", live "b" }
      local status, body = post(n, "forbid", "aliyun", streams)
      assert.equal(200, status)
      for i, stream in ipairs(streams) do
        assert.same({ stream = stream, ok = true }, body.results[i])
      end
      assert.is_table(e:state().aliyun.blocked["push.example.com/app/a"])
      status, body = post(n, "forbid", "aliyun", { live "a" })
      assert.equal(200, status) -- it is forbidden, as was asked for
      assert.is_true(body.results[1].already)
      assert.equal(200, (post(n, "resume", "aliyun", streams)))
      assert.is_nil(next(e:state().aliyun.blocked))
    end)

    it("and tells which streams failed, 207", function()
      local status, body = post(n, "resume", "aliyun",
        { live "a", live("b", { DomainName = "nowhere.invalid" }), live "c" })
      assert.equal(207, status)
      assert.same({ 3, 1 }, { body.total, body.failed })
      assert.same({ true, false, true },
        { body.results[1].ok, body.results[2].ok, body.results[3].ok })
      assert.equal("not_found", body.results[2].code)
      assert.matches("InvalidDomain.NotFound", body.results[2].message)
      assert.equal("nowhere.invalid", body.results[2].stream.DomainName)
      e:fault { vendor = "aliyun", kind = "status", status = 500, match = { StreamName = "b" },
        times = -1 }
      status, body = post(n, "resume", "aliyun", { live "a", live "b" })
      assert.same({ 207, "http" }, { status, body.results[2].code })
    end)
  end)

  describe("says why everything failed", function()
    local hasty
    after_each(function()
      if hasty then hasty:stop() end
      hasty = nil
    end)

    it("502: the vendor is in trouble", function()
      e:fault { vendor = "zego", kind = "status", status = 500, times = -1 }
      local status, body, headers = post(n, "resume", "zego", { "s1", "s2" })
      assert.equal(502, status)
      assert.same({ 2, 2 }, { body.failed, #body.results })
      assert.equal("http", body.results[1].code)
      assert.is_nil(headers["retry-after"])
      e:clear_faults()
      e:fault { vendor = "aliyun", kind = "status", status = 503, code = "ServiceUnavailable",
        times = -1 }
      status, body = post(n, "resume", "aliyun", { live "s1" })
      assert.same({ 502, "vendor" }, { status, body.results[1].code })
      e:clear_faults()
      post(n, "forbid", "aliyun", { live "s1" }) -- which closes the breaker
    end)

    it("503 with Retry-After: throttled", function()
      for _, vendor in ipairs { "zego", "aliyun" } do
        e:fault { vendor = vendor, kind = "throttle", times = -1 }
        local status, body, headers = post(n, "resume", vendor,
          { vendor == "zego" and "s1" or live "a" })
        assert.same({ 503, "throttled" }, { status, body.results[1].code })
        assert.matches("^[1-9]%d*$", headers["retry-after"])
      end
    end)

    it("504: no answer within the time limit, after which nothing more is sent", function()
      e:fault { vendor = "aliyun", kind = "latency", seconds = 30, times = -1 }
      local streams, codes, sent = {}, {}, {}
      for i = 1, 20 do streams[i] = live("s" .. i) end
      hasty = service.start(e, { ["edge.time_limit"] = "2" })
      local status, body = post(hasty, "resume", "aliyun", streams)
      assert.equal(504, status)
      for _, result in ipairs(body.results) do codes[result.code] = true end
      assert.same({ timeout = true, cancelled = true }, codes)
      for _, entry in ipairs(e:requests()) do sent[entry.query.StreamName] = true end
      assert.is_truthy(sent.s1)
      assert.is_nil(sent.s20)
    end)
  end)

  describe("tells the state", function()
    it("of a stream of ZEGOCLOUD", function()
      e:state { zego = { live = { "s1", "s2" } } }
      local status, body = ask(n, "vendor=zego&stream=s1")
      assert.same({ 200, "live", "s1", "zego" }, { status, body.state, body.stream, body.vendor })
      post(n, "forbid", "zego", { "s2" })
      assert.equal("closed", select(2, ask(n, "vendor=zego&stream=s2")).state)
      assert.equal("absent", select(2, ask(n, "vendor=zego&stream=s3")).state)
    end)

    it("and why it cannot", function()
      for query, expected in pairs {
        ["stream=s1"] = 400, ["vendor=other&stream=s1"] = 400, ["vendor=zego"] = 400,
        ["vendor=zego&stream=a.b"] = 400, ["vendor=zego&stream=a&stream=b"] = 400,
        ["vendor=zego&vendor=aliyun&stream=a"] = 400, ["vendor=aliyun&domain=a&app=b"] = 400,
        ["vendor=aliyun&domain=a&app=b&stream=caf%E9"] = 400, ["vendor=zego&stream=caf%E9"] = 400,
        ["vendor=aliyun&domain=a&app=*&stream=c"] = 400,
        ["vendor=aliyun&domain=nowhere.invalid&app=a&stream=b"] = 404,
      } do assert.equal(expected, (ask(n, query)), query) end
      e:fault { vendor = "zego", kind = "throttle", times = -1 }
      local status, body, headers = ask(n, "vendor=zego&stream=s1")
      assert.same({ 503, "throttled", "2" }, { status, body.error.code, headers["retry-after"] })
      e:clear_faults()
      e:fault { vendor = "zego", kind = "status", status = 502, times = -1 }
      assert.equal(502, (ask(n, "vendor=zego&stream=s1")))
    end)
  end)

  describe("counts", function()
    it("what it sent and what became of it", function()
      local before, after, types = scrape(n), nil, nil
      local zego = 'vendor="zego",operation="ResumeRTCStreams"'
      e:fault { vendor = "zego", kind = "status", status = 503, times = 1 }
      post(n, "resume", "zego", { "s1", "s2", "s3" })
      post(n, "resume", "aliyun", { live "a", live("b", { DomainName = "nowhere.invalid" }) })
      ask(n, "vendor=zego&stream=s1")
      local asked = 'streamctl_edge_requests_total{route="state",status="200"}'
      eventually(function()
        after, types = scrape(n)
        return after[asked] == (before[asked] or 0) + 1
      end)
      local function grown(text, amount)
        assert.equal(amount, (after[text] or 0) - (before[text] or 0), text)
      end
      grown("streamctl_attempts_total{" .. zego .. ',code="ok"}', 1)
      grown("streamctl_attempts_total{" .. zego .. ',code="http"}', 1)
      local unknown = '{vendor="aliyun",operation="ResumeLiveStream",code="not_found"}'
      grown("streamctl_attempts_total" .. unknown, 1)
      grown('streamctl_attempts_total{vendor="zego",operation="DescribeRTCStreamState",code="ok"}',
        1)
      grown("streamctl_attempt_duration_seconds_count{" .. zego .. "}", 2)
      grown("streamctl_calls_total{" .. zego .. ',code="ok"}', 1)
      grown("streamctl_edge_streams_total{" .. zego .. ',code="ok"}', 3)
      grown("streamctl_edge_streams_total" .. unknown, 1)
      grown('streamctl_edge_requests_total{route="resume",status="200"}', 1)
      grown('streamctl_edge_requests_total{route="resume",status="207"}', 1)
      grown('streamctl_edge_requests_total{route="state",status="200"}', 1)
      local waited = "streamctl_wait_seconds_total{" .. zego .. ',reason="retry"}'
      assert.is_true(after[waited] > (before[waited] or 0))
      for family, kind in pairs(types) do
        assert.equal(family:find "_total$" and "counter"
          or family:find "duration_seconds$" and "histogram" or "gauge", kind)
      end
    end)

    it("for this host only", function()
      local status, body = n:json("/metrics", { curl = "--interface 127.0.0.2" })
      assert.same({ 403, "forbidden" }, { status, body.error.code })
      assert.equal(200, (n:json("/readyz", { curl = "--interface 127.0.0.2" })))
    end)
  end)

  it("finishes what it has begun when the caller hangs up", function()
    e:fault { vendor = "aliyun", kind = "latency", seconds = 2, times = -1 }
    local streams = {}
    for i = 1, 40 do streams[i] = live("s" .. i) end -- two seconds at the vendor's rate
    local path, options = request("forbid", "aliyun", streams)
    options.timeout = 1
    assert.equal(0, (n:get(path, options)))
    assert.is_true(#e:requests() < 40)
    eventually(function()
      local blocked = 0
      for _ in pairs(e:state().aliyun.blocked) do blocked = blocked + 1 end
      return blocked == 40
    end)
    -- nginx looks for callers that hung up where no body was read, if it is told to: 499
    e:fault { vendor = "zego", kind = "latency", seconds = 2, times = -1 }
    n:get("/streams/state?vendor=zego&stream=s1",
      { timeout = 1, headers = { "Authorization: Bearer " .. service.READ,
        "X-Request-Id: hung-up" } })
    local line = eventually(function() return n:access_log():match '[^\n]+"hung%-up"[^\n]+\n' end)
    assert.equal(200, cjson.decode(line).status)
  end)
end)
