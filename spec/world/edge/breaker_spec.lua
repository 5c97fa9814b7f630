-- The edge while a vendor only fails: whom its breaker lets out, over all workers. The clock is put
-- forward by hand: a location of the spec changes what the workers share.

local sender = require "spec.world.edge.sender"
local service = require "spec.world.edge.service"
local shell = require "spec.support.emulator.launcher.shell"
local post, live, eventually = service.post, service.live, service.eventually

-- GET /shared?key=...&seconds=...: sets a key of the dict edge_state for so many seconds, forgets
-- the key, or without a name all keys; answers the time. Answers name their worker.
local CONF = {
  ["location = /livez {"] = [[
    location = /shared {
      content_by_lua_block {
        local given, dict = ngx.req.get_uri_args(), ngx.shared.edge_state
        local core = require "streamctl.core"
        local seconds = tonumber(given.seconds)
        if given.key == "" then
          dict:flush_all()
        elseif seconds > 0 then
          local value = given.key:find " pause$" and core.monotonic() + seconds or 5
          dict:set(given.key, value, seconds)
        else
          dict:delete(given.key)
        end
        ngx.print(core.monotonic())
      }
    }
    location = /livez {]],
  ["add_header Cache-Control no-store always;"] =
    "add_header Cache-Control no-store always; add_header X-Worker $pid always;",
}

-- An attempt has half of the time limit: long enough for all that happens beside a held one.
local SETTINGS = { ["edge.time_limit"] = "50", ["nginx.workers"] = "2" }
for name, value in pairs(sender.SETTINGS) do SETTINGS[name] = value end

service.describe("the edge's breaker", SETTINGS, function(e, n)
  local function share(key, seconds)
    local status, time = n:get(("/shared?key=%s&seconds=%g"):format(key:gsub(" ", "%%20"), seconds))
    assert.equal(200, status)
    return tonumber(time)
  end

  -- Opens a vendor's breaker for so many seconds; 0: it is half-open.
  local function open(vendor, seconds)
    share(vendor .. " row", 1000)
    share(vendor .. " open", 1000)
    return share(vendor .. " pause", seconds)
  end

  local function gauge(vendor)
    return service.scrape(n)[('streamctl_edge_breaker_open{vendor="%s"}'):format(vendor)]
  end

  local function lines(text)
    return select(2, n:log():gsub("the breaker of " .. text, ""))
  end

  local function fails(vendor)
    e:fault { vendor = vendor, kind = "status", status = 500, times = -1 }
  end

  -- Takes a webhook about a stream that must not be live, at a vendor that only fails. Then `begin`
  -- has the reaction go out.
  local function reacts_once(name, begin)
    assert.equal(200, (post(n, "forbid", "zego", { name })))
    e:reset()
    fails "zego"
    open("zego", 100)
    assert.equal("forbid", select(2, n:json(sender.zego(e, name))).webhook)
    local function failed() return select(2, n:log():gsub("webhook of zego: http: ", "")) end
    local before = failed()
    begin()
    eventually(function() return failed() > before end) -- a call, however many its attempts are
    assert.equal(1, #e:requests())
  end

  before_each(function()
    share("", 0)
  end)

  it("opens when attempts of any workers only fail, and closes with the first answer", function()
    local opened, closed = lines "zego opens", lines "zego closes"
    assert.equal(0, gauge "zego")
    fails "zego"
    for i = 1, 4 do -- three attempts each, as long as it is closed
      local status = post(n, "forbid", "zego", { "o" .. i })
      assert.equal(502, status)
    end
    assert.equal(1, gauge "zego")
    assert.equal(0, gauge "aliyun")
    assert.equal(opened + 1, lines "zego opens")
    assert.equal(200, (post(n, "resume", "aliyun", { live "o" })))
    e:clear_faults()
    assert.equal(200, (post(n, "forbid", "zego", { "o1" })))
    assert.equal(0, gauge "zego")
    assert.equal(closed + 1, lines "zego closes")
  end)

  describe("open", function()
    before_each(function() open("zego", 100) end)

    it("refuses resumes and states at once, with the time to ask again", function()
      local status, body, headers = post(n, "resume", "zego", { "s1" })
      assert.same({ 503, "breaker_open" }, { status, body.error.code })
      assert.matches("^zego only fails at present", body.error.message)
      local seconds = tonumber(headers["retry-after"])
      assert.is_true(seconds > 1 and seconds <= 100, headers["retry-after"])
      status, body, headers = service.ask(n, "vendor=zego&stream=s1")
      assert.same({ 503, "breaker_open" }, { status, body.error.code })
      assert.is_truthy(headers["retry-after"])
      assert.same({}, e:requests())
      assert.equal(200, (post(n, "resume", "aliyun", { live "s1" })))
    end)

    it("lets a forbid out, once, however often it fails", function()
      fails "zego"
      for i = 1, 3 do
        assert.equal(502, (post(n, "forbid", "zego", { "f" .. i })))
        assert.equal(i, #e:requests { action = "ForbidRTCStreams" })
      end
      assert.equal(503, (post(n, "resume", "zego", { "f1" })))
    end)

    it("has the reactions to webhooks wait, which are not lost", function()
      assert.equal(200, (post(n, "forbid", "zego", { "w1" })))
      e:reset()
      local opened = open("zego", 2)
      assert.equal("forbid", select(2, n:json(sender.zego(e, "w1"))).webhook)
      eventually(function() return e:state().zego.forbidden.w1 end)
      local sent = e:requests { action = "ForbidRTCStreams" }
      assert.equal(1, #sent)
      assert.is_true(sent[1].time / 1000 >= opened + 1.9, sent[1].time .. " " .. opened)
      eventually(function() return gauge "zego" == 0 end) -- it was the probe
    end)

    it("has a reaction go out once when its worker ends", function()
      reacts_once("w2", function() shell.run("kill -HUP " .. n.pid) end)
    end)
  end)

  describe("half-open", function()
    before_each(function() open("zego", 0) end)

    it("lets exactly one probe out, over all workers, and closes with its answer", function()
      e:fault { vendor = "zego", kind = "latency", held = true, seconds = 300 }
      local probe = n:begin(service.request("resume", "zego", { "p0" }, { timeout = 60 }))
      eventually(function() return #e:requests() == 1 end)
      local workers, count = {}, 0
      repeat
        count = count + 1
        local status, _, headers = post(n, "resume", "zego", { "p" .. count })
        assert.same({ 503, "1" }, { status, headers["retry-after"] })
        if not workers[headers["x-worker"]] then
          workers[headers["x-worker"]], workers.count = true, (workers.count or 0) + 1
        end
      until count >= 20 and workers.count >= 2 or count == 500
      assert.is_true(workers.count >= 2)
      assert.equal(1, #e:requests())
      e:release()
      assert.equal(200, (probe()))
      assert.equal(200, (post(n, "resume", "zego", { "p1" })))
      assert.equal(0, gauge "zego")
    end)

    it("asks for a state before a batch, and sends no more when that fails; then opens", function()
      open("aliyun", 0)
      fails "aliyun"
      local status, body = post(n, "resume", "aliyun", { live "b1", live "b2", live "b3" })
      assert.same({ 503, "breaker_open" }, { status, body.error.code })
      assert.equal("DescribeLiveStreamsOnlineList", e:requests()[1].action)
      assert.equal(1, #e:requests())
      assert.equal(503, (post(n, "resume", "aliyun", { live "b1" })))
      assert.equal(1, #e:requests())
      e:clear_faults()
      share("aliyun pause", 0)
      assert.equal(200, (post(n, "resume", "aliyun", { live "b1" }))) -- the next probe
    end)

    it("takes a reaction as the probe, which goes out once and opens when it fails", function()
      reacts_once("w3", function() open("zego", 0) end)
      assert.equal(503, (post(n, "resume", "zego", { "w3" })))
    end)
  end)
end, { conf = CONF })
