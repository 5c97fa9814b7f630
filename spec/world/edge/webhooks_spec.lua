-- The service of the edge as it hears of the vendors' webhooks: which it believes, and
-- what follows from them.

local sender = require "spec.world.edge.sender"
local service = require "spec.world.edge.service"
local shell = require "spec.support.emulator.launcher.shell"
local streamctl = require "streamctl"

local post, live, eventually = service.post, service.live, service.eventually
local outcomes = sender.outcomes

service.describe("the edge, its webhooks:", sender.SETTINGS, function(e, n)
  local before

  before_each(function() before = outcomes(n) end)

  local function told(outcome) return (outcomes(n)[outcome] or 0) - (before[outcome] or 0) end

  local function sent(action) return #e:requests { action = action } end

  -- What two vendors have in common: a stream, and how to forbid, resume and announce it.
  local VENDORS = {
    zego = {
      forbid = "ForbidRTCStreams", name = function(name) return name end,
      appears = function(name, changes) return sender.zego(e, name, changes) end,
      is_forbidden = function(name) return e:state().zego.forbidden[name] ~= nil end,
      resume_elsewhere = function(name, options)
        options.endpoint, options.app_id, options.server_secret = e.zego, e.app_id, e.server_secret
        return streamctl.zego.new(options):resume_rtc_streams { StreamId = { name } }
      end,
    },
    aliyun = {
      forbid = "ForbidLiveStream", name = live,
      appears = function(name, changes) return sender.aliyun(name, changes) end,
      is_forbidden = function(name)
        return e:state().aliyun.blocked["push.example.com/app/" .. name] ~= nil
      end,
      resume_elsewhere = function(name, options)
        options.endpoint = e.aliyun
        options.access_key_id, options.access_key_secret = e.access_key_id, e.access_key_secret
        return streamctl.aliyun.new(options):resume_live_stream(live(name))
      end,
    },
  }

  for vendor, its in pairs(VENDORS) do
    describe("when a stream appears at " .. vendor, function()
      local function decide(intent, name)
        assert.equal(200, (post(n, intent, vendor, { its.name(name) })))
      end

      local function announce(name, changes)
        local status, body = n:json(its.appears(name, changes))
        assert.equal(200, status)
        return body.webhook
      end

      it("that must not be live, it is forbidden again", function()
        decide("forbid", "w1")
        e:reset() -- the vendor has forgotten it
        assert.equal("forbid", announce "w1")
        eventually(function() return its.is_forbidden "w1" end)
        assert.equal(1, sent(its.forbid))
        assert.is_true(e:requests { action = its.forbid }[1].verified)
      end)

      it("that nobody forbade, nothing follows", function()
        assert.equal("fine", announce "w2")
        assert.same({}, e:requests())
      end)

      it("that was resumed meanwhile, nothing follows, however late the webhook is", function()
        decide("forbid", "w3")
        decide("resume", "w3")
        e:reset()
        assert.equal("fine", announce "w3")
        assert.equal("fine", announce("w3", { age = 200 }))
        assert.same({}, e:requests())
      end)

      it("the same webhook twice is the same one", function()
        decide("forbid", "w5")
        local path, options = its.appears "w5"
        for _ = 1, 3 do assert.equal(200, (n:json(path, options))) end
        eventually(function() return told "doubled" == 2 end)
        assert.equal(2, sent(its.forbid)) -- the caller's, and one for all three
        assert.equal("forbid", announce "w5") -- another one
        eventually(function() return sent(its.forbid) == 3 end)
      end)

      it("the vendor is answered before it is asked", function()
        decide("forbid", "w6")
        e:reset()
        e:fault { vendor = vendor, action = its.forbid, kind = "latency", together = 2,
          seconds = 60 }
        assert.equal("forbid", announce "w6")
        eventually(function() return sent(its.forbid) == 1 end)
        for _ = 1, 8 do assert.equal(200, (n:json "/readyz")) end
        assert.equal("fine", announce "w7")
        assert.is_nil(e:requests { action = its.forbid }[1].status) -- it waits for another one
        decide("resume", "w7")
        eventually(function() return its.is_forbidden "w6" end)
      end)

      it("and is resumed by whoever shares the store, the webhook's forbid gives way", function()
        decide("forbid", "w8")
        local store = assert(streamctl.store.file(n.dir .. "/store"))
        assert(its.resume_elsewhere("w8", { store = store, tls = { ca_file = e.ca_file } }))
        assert.equal("forbid", announce "w8") -- that is what this service decided last
        local series = "streamctl_edge_streams_total"
          .. ('{vendor="%s",operation="%s",code="superseded"}'):format(vendor, its.forbid)
        eventually(function() return service.scrape(n)[series] end)
        assert.equal(1, sent(its.forbid))
        assert.is_false(its.is_forbidden "w8")
      end)

      it("and the vendor fails until it is resumed, it is not tried any more", function()
        decide("forbid", "w11")
        decide("forbid", "w12")
        e:reset()
        -- the second one's next turn comes after that of the first one
        for i, name in ipairs { "w11", "w12" } do
          e:fault { vendor = vendor, action = its.forbid, kind = "status", status = 500, times = 3 }
          assert.equal("forbid", announce(name))
          eventually(function() return told "forbid" == i end)
          if i == 1 then decide("resume", "w11") end
        end
        eventually(function() return its.is_forbidden "w12" end)
        assert.equal(3 + 3 + 1, sent(its.forbid))
        assert.is_false(its.is_forbidden "w11")
        assert.same({ 2, 0 }, { told "forbid", told "late" })
      end)
    end)
  end

  describe("believes", function()
    local function answered(expected, path, options)
      local status, body = n:json(path, options)
      assert.equal(expected, status, body.error and body.error.message)
      return body
    end

    before_each(function()
      assert.equal(200, (post(n, "forbid", "zego", { "b1" })))
      assert.equal(200, (post(n, "forbid", "aliyun", { live "b1" })))
      e:reset()
    end)

    it("either of two secrets", function()
      for i, secret in ipairs { sender.ZEGO_SECRET, sender.NEXT_ZEGO_SECRET } do
        answered(200, sender.zego(e, "b1", { secret = secret }))
        eventually(function() return sent "ForbidRTCStreams" == i end)
      end
    end)

    it("none that is forged, aged or about others' domains, 403", function()
      for _, changes in ipairs {
        { secret = "wrong-secret" }, { signature = ("0"):rep(40) },
        { age = 310 }, { age = -310 }, { secret = e.server_secret },
      } do answered(403, sender.zego(e, "b1", changes)) end
      for _, changes in ipairs {
        { secret = "wrong-secret" }, { signature = ("0"):rep(32) }, { age = 310 }, { age = -310 },
        { app = "push.example.net" }, { domain = "push.example.net" },
        { secret = e.access_key_secret },
      } do answered(403, sender.aliyun("b1", changes)) end
      assert.same({}, e:requests())
      assert.same({ 12, 8, 4 }, { told "refused", told "signature", told "expired" })
      eventually(function() return select(2, n:access_log():gsub('"code":"expired"', "")) == 4 end)
    end)

    it("none without what it needs", function()
      local path, options = sender.zego(e, "b1")
      for _, body in ipairs { "", "{", "[]", "null",
        options.body:sub(1, -2), ("["):rep(2000), "\255\254" } do
        answered(400, path, { method = "POST", body = body })
      end
      answered(413, path, { method = "POST", body = options.body .. (" "):rep(16384) })
      answered(403, path, { method = "POST", body = '{"event":"stream_create"}' }) -- not signed
      answered(403, (sender.aliyun "b1")) -- without its headers
      answered(400, "/webhooks/" .. sender.PART .. "/aliyun")
      answered(413, "/webhooks/a-strangers-guess-0123456789/zego", -- which counts for no webhook
        { method = "POST", body = ("x"):rep(17000) })
      assert.same({ 8, 1 }, { told "bad_request", told "too_large" })
      assert.same({}, e:requests())
    end)

    it("those of other apps and kinds, and leaves them alone", function()
      for _, changes in ipairs {
        { event = "stream_close", type = "0" }, { event = "room_create" }, { appid = "1" },
        { stream_id = "not an id", stream_alias = "not an id" },
      } do
        assert.equal("ignored", answered(200, sender.zego(e, "b1", changes)).webhook)
      end
      for _, changes in ipairs { { action = "publish_done" }, { appname = "*" } } do
        assert.equal("ignored", answered(200, sender.aliyun("b1", changes)).webhook)
      end
      assert.same({}, e:requests())
    end)
  end)

  it("knows what was decided before a reload, also with other workers", function()
    assert.equal(200, (post(n, "forbid", "zego", { "r1" })))
    e:reset()
    local old = shell.run("pgrep -P " .. n.pid)
    shell.run("kill -HUP " .. n.pid)
    eventually(function()
      local now = shell.run("pgrep -P " .. n.pid)
      for pid in old:gmatch "%d+" do
        if now:find("%f[%d]" .. pid .. "%f[%D]") then return false end
      end
      return now:find "%d"
    end)
    assert.equal("forbid", select(2, n:json(sender.zego(e, "r1"))).webhook)
    eventually(function() return e:state().zego.forbidden.r1 end)
  end)

  it("is not kept from those of one sender by those of another one", function()
    local other = service.start(e, sender.SETTINGS, { conf = {
      ["rate=200r/s"] = "rate=1r/m", ["burst=400"] = "burst=3" } })
    finally(function() other:stop() end)
    local function statuses(from)
      local list = {}
      for i = 1, 6 do
        local path, options = sender.zego(e, "f1")
        options.curl = "--interface " .. from
        list[i] = other:json(path, options)
      end
      return list
    end
    assert.same({ 200, 200, 200, 200, 503, 503 }, statuses "127.0.0.2")
    assert.same({ 200, 200, 200, 200, 503, 503 }, statuses "127.0.0.3")
    assert.equal(4, outcomes(other).too_many)
  end)

  it("writes nothing secret anywhere", function()
    assert.equal(200, (post(n, "forbid", "aliyun", { live "x1" })))
    e:fault { vendor = "aliyun", kind = "status", status = 400, code = "Some.Failure", times = 1 }
    local texts = {}
    for _, case in ipairs {
      { sender.aliyun "x1" }, { sender.aliyun("x1", { secret = "wrong-secret" }) },
      { sender.aliyun("x1", { age = 900 }) }, { sender.aliyun("x1", { app = "a.example.net" }) },
      { sender.zego(e, "x1", { secret = "wrong-secret" }) },
      { (sender.aliyun "x1"), { method = "POST", body = ("x"):rep(70000) } },
      { (sender.aliyun "x1"), { headers = { "ALI-LIVE-TIMESTAMP: x" } } },
      -- the same address to nginx
      { "/" .. (sender.aliyun "x1") }, { ((sender.aliyun "x1"):gsub("webhooks", "%%77ebhooks")) },
    } do texts[#texts + 1] = select(2, n:get(case[1], case[2])) end
    eventually(function() return n:log():find("webhook of aliyun: ", 1, true) end)
    for _, code in ipairs { "signature", "expired", "too_large" } do
      eventually(function() return n:access_log():find('"code":"' .. code .. '"', 1, true) end)
    end
    eventually(function() return select(2, n:access_log():gsub('"/%*%*%*"', "")) == 2 end)
    texts[#texts + 1] = n:log()
    texts[#texts + 1] = n:access_log()
    texts[#texts + 1] = select(3, service.scrape(n))
    local everything = table.concat(texts, "\n")
    for _, secret in ipairs { sender.AUTH_KEY, "auth_key", "usrargs", sender.ZEGO_SECRET,
      sender.NEXT_ZEGO_SECRET, sender.ALIYUN_SECRET, sender.PART, "wrong-secret" } do
      assert.is_nil(everything:find(secret, 1, true), secret)
    end
  end)
end)
