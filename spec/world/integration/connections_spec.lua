-- Which connections calls go through, seen from the emulator; and calls of other processes.

local child = require "spec.support.child"
local helper = require "spec.pieces.helper"
local place = require "spec.world.openresty.parts.place"
local session = require "spec.support.session"
local shell = require "spec.support.emulator.launcher.shell"

session.describe("connections", function(s)
  -- The connections of the log, numbered in the order of their first request: "1 1 2".
  local function used()
    local numbers, known, out = {}, 0, {}
    for i, entry in ipairs(s.e:requests()) do
      if not numbers[entry.conn] then
        known = known + 1
        numbers[entry.conn] = known
      end
      out[i] = tostring(numbers[entry.conn])
    end
    return table.concat(out, " ")
  end

  local function resume(client)
    assert(client:resume_live_stream(session.stream()))
  end

  for _, address in ipairs { "aliyun", "aliyun_http", "aliyun_h2" } do
    it("are kept over calls: " .. address, function()
      local live = s:aliyun { endpoint = s.e[address], tls = { ca_file = s:own_ca_file() } }
      for _ = 1, 4 do resume(live) end
      assert.equal("1 1 1 1", used())
    end)
  end

  it("are kept over answers that are failures", function()
    local live = s:aliyun { tls = { ca_file = s:own_ca_file() } }
    resume(live)
    s.e:fault { vendor = "aliyun", kind = "status", status = 503 }
    assert.is_nil(live:resume_live_stream(session.stream()))
    s.e:fault { vendor = "aliyun", kind = "throttle" }
    assert.is_nil(live:resume_live_stream(session.stream()))
    resume(live)
    assert.equal("1 1 1 1", used())
  end)

  it("are shared by the clients of a process that trust the same", function()
    local tls = { ca_file = s:own_ca_file() }
    resume(s:aliyun { tls = tls })
    resume(s:aliyun { tls = { ca_file = tls.ca_file }, signature = "v1", user_agent = "other" })
    local keys = { tls = tls }
    for name, value in pairs(s.e.sts) do keys[name] = value end
    resume(s:aliyun(keys))
    assert.equal("1 1 1", used())
  end)

  it("are kept for each host of a client that has an endpoint of its own", function()
    local rtc = s:zego { tls = { ca_file = s:own_ca_file() }, endpoint = {
      rtc = s.e.zego, cloudrecord = s.e.zego_http, ["cloud-player"] = s.e.zego } }
    for _ = 1, 2 do
      for _, host in ipairs { "rtc", "cloudrecord", "cloud-player" } do
        assert(rtc:call("EchoHost", {}, { host = host, idempotent = true }))
      end
    end
    assert.equal("1 2 1 1 2 1", used())
  end)

  it("are kept for a hundred that idle, and no more", function()
    local items, live = {}, s:aliyun { endpoint = s.e.aliyun_http, timeout = 60,
      attempt_timeout = 60 }
    for i = 1, 160 do items[i] = session.stream { StreamName = "s" .. i } end
    local function all_at_once()
      s.e:reset()
      s.e:fault { vendor = "aliyun", kind = "latency", together = 160, seconds = 50, times = -1 }
      assert.equal(160, live:batch("ResumeLiveStream", items, { concurrency = 160 }).succeeded)
      local connections = {}
      for _, entry in ipairs(s.e:requests()) do connections[entry.conn] = true end
      return connections
    end
    local before, kept = all_at_once(), 0
    for connection in pairs(all_at_once()) do kept = kept + (before[connection] and 1 or 0) end
    assert.is_true(kept >= 90 and kept <= 130, kept .. " were kept")
  end)

  it("are one for each call in flight, however many calls there are", function()
    local items, live, used_by, count = {}, s:aliyun { endpoint = s.e.aliyun_http, timeout = 60,
      attempt_timeout = 60 }, {}, 0
    for i = 1, 2000 do items[i] = session.stream { StreamName = "s" .. i } end
    s.e:fault { vendor = "aliyun", kind = "latency", seconds = 0.05, times = -1 }
    assert.equal(2000, live:batch("ResumeLiveStream", items, { concurrency = 200 }).succeeded)
    for _, entry in ipairs(s.e:requests()) do
      count = count + (used_by[entry.conn] and 0 or 1)
      used_by[entry.conn] = true
    end
    assert.is_true(count > 100 and count <= 200, count .. " connections")
  end)

  it("outlive their client", function()
    local tls = { ca_file = s:own_ca_file() }
    resume(s:aliyun { tls = tls })
    collectgarbage()
    collectgarbage()
    resume(s:aliyun { tls = tls })
    assert.equal("1 1", used())
  end)

  it("are not shared with a client that trusts another file", function()
    local a, b = s:aliyun { tls = { ca_file = s:own_ca_file() } },
      s:aliyun { tls = { ca_file = s:own_ca_file() } }
    for _ = 1, 2 do
      resume(a)
      resume(b)
    end
    assert.equal("1 2 1 2", used())
  end)

  it("that were not verified are none for a client that verifies", function()
    local careless = s:aliyun { tls = { verify = false } }
    resume(careless)
    local _, _, err = s:aliyun { tls = {} }:resume_live_stream(session.stream())
    assert.equal("tls", err.code)
    resume(s:aliyun { tls = { ca_file = s:own_ca_file() } })
    resume(careless)
    assert.equal("1 2 1", used())
  end)

  it("are new for each call that must not be repeated", function()
    local live = s:aliyun { tls = { ca_file = s:own_ca_file() } }
    resume(live)
    assert(live:create_live_pull_to_push(session.task()))
    assert(live:create_live_pull_to_push(session.task()))
    assert(live:forbid_live_stream(session.stream { Oneshot = "yes" }))
    assert(live:call("EchoTest"))
    local numbers = {}
    for number in used():gmatch("%d+") do
      assert.is_nil(numbers[number])
      numbers[number] = true
    end
    assert.equal(5, session.count(numbers))
    s.e:reset()
    resume(live)
    assert(live:call("EchoTest", {}, { idempotent = true }))
    assert(live:forbid_live_stream(session.stream { Oneshot = "no" }))
    assert.equal("1 1 1", used())
  end)

  it("that the server closed are replaced for a call that may be repeated, with a new "
    .. "Sequence", function()
    local rtc = s:zego { tls = { ca_file = s:own_ca_file() }, retry = { base = 0.001 } }
    assert(rtc:resume_rtc_stream { StreamId = "s1" })
    s.e:fault { vendor = "zego", kind = "reset_after" }
    assert(rtc:forbid_rtc_stream { StreamId = "s1" })
    assert.equal("1 1 2", used())
    assert.is_table(s.e:state().zego.forbidden.s1)
    assert.equal(0, s.e:state().zego.violations)
  end)

  it("are not kept after a timeout", function()
    local live = s:aliyun { tls = { ca_file = s:own_ca_file() } }
    resume(live)
    s.e:fault { vendor = "aliyun", kind = "latency", seconds = 0.5 }
    local _, _, err = live:resume_live_stream(session.stream(), { timeout = 0.1 })
    assert.equal("timeout", err.code)
    resume(live)
    assert.equal("1 1 2", used())
  end)
end)

describe("a process", function()
  local s

  setup(function() s = session.start() end)
  teardown(function() session.stop(s) end)
  before_each(function() s.e:reset() end)

  -- What a child needs to reach the emulator.
  local function environment(more)
    local e = s.e
    return helper.merged({ ALIYUN = e.aliyun, ALIYUN_HTTP = e.aliyun_http, CA_FILE = e.ca_file,
      KEY = e.access_key_id, SECRET = e.access_key_secret }, more)
  end

  local CLIENT = [[
    local env, streamctl = os.getenv, require "streamctl"
    local function new(options)
      options.access_key_id, options.access_key_secret = env "KEY", env "SECRET"
      options.endpoint, options.tls = options.endpoint or env "ALIYUN", { ca_file = env "CA_FILE" }
      return streamctl.aliyun.new(options)
    end
    local function show(client)
      local body, _, err = client:resume_live_stream {
        DomainName = "d.example.com", AppName = "a", StreamName = "s", LiveStreamType = "publisher" }
      io.write(body and "ok" or err.code .. " " .. tostring(err.maybe_sent), "\n")
    end
  ]]

  it("has no proxy unless it is asked for", function()
    local refused = (s.e.refused:gsub("https:", "http:"))
    local proxies = {}
    for _, name in ipairs { "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
      "ALL_PROXY" } do
      proxies[name] = refused
    end
    local output, status = child.run(CLIENT .. [[
      show(new {})
      show(new { endpoint = env "ALIYUN_HTTP" })
      show(new { proxy = "env" })
      show(new { proxy = "env", endpoint = env "ALIYUN_HTTP" })
    ]], environment(proxies))
    assert.same({ "ok\nok\nconnect false\nconnect false\n", 0 }, { output, status })

    proxies.no_proxy = "127.0.0.1"
    output = child.run(CLIENT .. 'show(new { proxy = "env" })', environment(proxies))
    assert.equal("ok\n", output)
  end)

  local USER = "user:pass-word-1"

  -- Runs `body` with the URL of a proxy, and a function that gives the heads of its requests.
  local function with_proxy(body)
    local log = os.tmpname()
    local pid = shell.run(("%s spec/support/proxy.lua >%s 2>&1 </dev/null & echo $!"):format(
      shell.quote(arg[-1] or "lua"), log))
    local port = place.wait_for("a proxy", 10, function()
      return shell.read_file(log):match("^(%d+)\n")
    end)
    local ok, why = pcall(body, "http://" .. USER .. "@127.0.0.1:" .. port, function()
      return shell.read_file(log):match("\n(.*)$")
    end)
    shell.run("kill " .. pid)
    os.remove(log)
    assert(ok, why)
  end

  it("goes through a tunnel of the proxy that it names, also to http", function()
    for _, address in ipairs { "aliyun", "aliyun_http" } do
      with_proxy(function(proxy, heads)
        local live = s:aliyun { endpoint = s.e[address], proxy = proxy }
        for _ = 1, 2 do assert(live:resume_live_stream(session.stream())) end
        local host = s.e[address]:match("//(.*)$")
        assert.matches("^CONNECT " .. host .. " HTTP/1.1|[^\n]*\n$", heads())
        assert.is_nil(heads():find("Signature", 1, true))
        local entry = s:last_request()
        assert.same({ true, host }, { entry.verified, entry.headers.host })
        assert.is_nil(entry.headers["proxy-authorization"])
      end)
    end
    local nowhere = s.e.refused:gsub("https:", "http:")
    local _, _, err = s:aliyun { proxy = nowhere }:resume_live_stream(session.stream())
    assert.same({ "connect", false }, { err.code, err.maybe_sent })
  end)

  it("shows its headers to a listener that asks for them, and none of the proxy", function()
    with_proxy(function(proxy)
      local attempt
      local options = {
        endpoint = s.e.aliyun_http, proxy = proxy,
        on_event = function(event) attempt = event.event == "attempt" and event or attempt end,
      }
      local plain = s:aliyun(options)
      assert(plain:resume_live_stream(session.stream()))
      assert.same({ "ok" }, { attempt.code, attempt.request_head, attempt.response_head })
      options.event_headers = true
      assert(s:aliyun(options):resume_live_stream(session.stream()))
      local nonce = s:last_request().headers["x-acs-signature-nonce"]
      for _, text in ipairs { "POST /?",
        "\r\nx-acs-signature-nonce: " .. nonce .. "\r\n", ",Signature=***\r\n" } do
        assert.truthy(attempt.request_head:find(text, 1, true), attempt.request_head)
      end
      assert.is_nil(attempt.request_head:find("Proxy", 1, true))
      assert.matches("^HTTP/1.1 200 OK\r\n.*\r\nDate: ", attempt.response_head)
      assert(plain:resume_live_stream(session.stream()))
      assert.same({ "ok" }, { attempt.code, attempt.request_head, attempt.response_head })
    end)
  end)

  it("leaves no connection to the programs that it starts", function()
    local output = child.run(CLIENT .. [[
      show(new {})
      show(new { endpoint = env "ALIYUN_HTTP" })
      io.stdout:flush()
      os.execute "ls -l /proc/$PPID/fd; echo; ls -l /proc/self/fd; echo; cat /proc/self/net/tcp"
    ]], environment())
    local mine, inherited, tcp = output:match("^ok\nok\n(.-)\n\n(.-)\n\n(.*)$")
    local function connections(list)
      local count = 0
      for inode in list:gmatch("socket:%[(%d+)%]") do
        if tcp:find(" " .. inode .. " ", 1, true) then count = count + 1 end
      end
      return count
    end
    assert.same({ 2, 0 }, { connections(mine), connections(inherited) })
  end)
end)
