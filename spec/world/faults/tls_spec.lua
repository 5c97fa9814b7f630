-- TLS as it must not be: old versions, bad certificates, handshakes that end in the middle or
-- never, answers that are cut. What was certainly not sent says so, also for calls
-- that must not be repeated.

local cases = require "spec.world.faults.cases"
local child = require "spec.support.child"
local operations = require "spec.world.faults.operations"
local raw = require "spec.support.raw"
local shell = require "spec.support.emulator.launcher.shell"
local streamctl = require "streamctl"

local LIMIT, SLOW_LIMIT = 10, 8 -- seconds
-- the handshakes that are cut end after 11, 22, ... 330 bytes of the server's
local STEP, CUTS = 11, 30
local ATTEMPTS = 3 -- see spec/world/faults/operations.lua
local VENDORS = { "aliyun", "zego" }

-- A case: listener; script; options of TLS after the certificate's (nil: no TLS at all); what a
-- call ends with. `sent`: the request went out. `times`: so often. `early`: it may end before there
-- is a connection, and is tried again.
local CASES = {
  { "a good certificate", "say fine", "server", sent = true, code = "ok" },
  { "TLS 1.2", "say fine", "server max=1.2", sent = true, code = "ok" },
  { "an expired certificate", "say fine", "expired", code = "tls" },
  { "a certificate of another host", "say fine", "wrong_host", code = "tls" },
  { "a certificate that signed itself", "say fine", "self_signed", code = "tls" },
  { "TLS 1.0", "say fine", "server max=1.0", code = "tls" },
  { "TLS 1.1", "say fine", "server max=1.1", code = "tls" },
  { "the end instead of a handshake", "close", code = "tls" },
  { "a reset instead of a handshake", "reset", code = { "tls", "connect" }, early = true },
  { "nothing instead of a handshake", "hang", code = "timeout", slow = true },
  { "garbage instead of a handshake", "say junk; hang", code = "tls" },
  { "HTTP instead of a handshake", "say fine; hang", code = "tls" },
  { "an alert instead of a handshake", "say alert; close", code = "tls" },
  { "a record that is too large", "say big; hang", code = "tls" },
  { "a handshake of a byte per 100 ms", "drip dribble 100; hang", code = "timeout", slow = true },
  { "a handshake that is cut, TLS 1.3", "close", "server cut=" .. STEP .. " after=close",
    code = "tls", times = CUTS },
  { "a handshake that is cut, TLS 1.2", "close", "server max=1.2 cut=" .. STEP .. " after=close",
    code = "tls", times = CUTS },
  { "a handshake that is reset", "reset", "server cut=" .. STEP .. " after=reset", code = "tls",
    times = CUTS },
  { "a handshake that stops", "hang", "server cut=100 after=hang", code = "timeout", slow = true },
  { "the end after the request", "read; close", "server", sent = true, code = "connect" },
  { "a reset after the request", "read; reset", "server", sent = true, code = "connect" },
  { "nothing after the request", "read; hang", "server", sent = true, code = "timeout",
    slow = true },
  { "an answer whose body is one record, a byte of it per 100 ms",
    "read; say head; trickle body 100", "server", sent = true, code = "timeout", slow = true },
  { "an answer cut without a good-bye", "read; say cut; close", "server", sent = true,
    code = "bad_response" },
}

local function texts_of(vendor)
  local body = cases.bodies[vendor]
  local head = cases.whole(body):sub(1, -#body - 1)
  return {
    ["head_" .. vendor] = head, ["body_" .. vendor] = body,
    ["fine_" .. vendor] = cases.whole(body),
    ["cut_" .. vendor] = cases.until_close(body):sub(1, -2), junk = ("\1\2\3junk"):rep(20),
    alert = "\21\3\3\0\2\2\40", big = "\22\3\3\255\255" .. ("x"):rep(70000),
    dribble = "\22\3\3\0\90\2\0\0\86" .. ("x"):rep(80),
  }
end

describe("over TLS", function()
  local r, clients = nil, {}

  local function listener(operation, i) return ("%s_%d"):format(operation.name, i) end

  local function scenario()
    local scripts, listeners, texts = {}, {}, {}
    for _, vendor in ipairs(VENDORS) do
      for name, text in pairs(texts_of(vendor)) do texts[name] = text end
    end
    for _, operation in ipairs(operations) do
      for i, case in ipairs(CASES) do
        local name = listener(operation, i)
        local script = case[2]
        for _, text in ipairs { "fine", "cut", "head", "body" } do
          script = script:gsub(text, text .. "_" .. operation.vendor)
        end
        scripts[name] = (case.sent and not script:find("read") and "read; " or "") .. script
        listeners[#listeners + 1] = { name, name, operations.tls(case[3]) }
      end
    end
    texts.forged = cases.whole '{"RequestId":"forged","Code":0}'
    listeners[#listeners + 1] = { "large", "-", operations.tls "server" }
    scripts.large = "say fine_zego"
    scripts.unasked = "read; say fine_zego; pause 5; say forged; note; hang"
    listeners[#listeners + 1] = { "unasked", "unasked", operations.tls "server" }
    scripts.gone = "read; say fine_zego; reset"
    listeners[#listeners + 1] = { "gone", "gone", operations.tls "server" }
    return { tls = true, scripts = scripts, texts = texts, listeners = listeners }
  end

  local function outcome(operation, i, limit)
    return operations.outcome(operation, clients[listener(operation, i)], "none", limit)
  end

  local early = {}

  setup(function()
    r = assert(raw.start(scenario()))
    for _, operation in ipairs(operations) do
      for i in ipairs(CASES) do
        local name = listener(operation, i)
        clients[name] = operations.client(operation,
          { endpoint = r:url(name, "https"), tls = { ca_file = r.ca_file } })
      end
    end
    streamctl.run(function()
      for _, operation in ipairs(operations) do
        for i, case in ipairs(CASES) do
          if case.slow then
            streamctl.spawn(function()
              early[listener(operation, i)] = outcome(operation, i, SLOW_LIMIT)
            end)
          end
        end
      end
    end)
  end)

  teardown(function()
    if r then r:stop() end
  end)

  for i, case in ipairs(CASES) do
    it(case[1], function()
      for _, operation in ipairs(operations) do
        local name, times, sent = listener(operation, i), case.times or 1, case.sent or false
        if case.times and not operation.safe then times = times / ATTEMPTS end
        operations.check(case, operation, early[name] or outcome(operation, i, LIMIT), sent)
        for _ = 2, times do
          operations.check(case, operation, outcome(operation, i, LIMIT), sent)
        end
        assert.equal(case.sent and 1 or 0, r:counts()[name].requests)
      end
    end)
  end

  -- An OpenSSL that would speak TLS 1.0 itself, so that what refuses it is us.
  it("versions before 1.2 are refused whatever OpenSSL is configured for", function()
    local path = r.dir .. "/lax.cnf"
    shell.write_file(path, [[
openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = defaults
[defaults]
MinProtocol = TLSv1
CipherString = ALL:@SECLEVEL=0
]])
    for i, case in ipairs(CASES) do
      if case[1] == "TLS 1.0" or case[1] == "TLS 1.1" then
        local name = listener(operations[3], i)
        local control = ("OPENSSL_CONF=%s curl -q -sS --noproxy '*' --max-time 20 --tlsv1.0 "
          .. "--cacert %s %s/"):format(
          shell.quote(path), shell.quote(r.ca_file), r:url(name, "https"))
        -- curl gets as far as the script, which reads nothing first
        assert.equal(cases.bodies.zego, (shell.run(control)))
        local output, status = child.run(([[
          local streamctl = require "streamctl"
          local client = streamctl.zego.new { app_id = 1, server_secret = ("a"):rep(32), endpoint = %q, retry = false,
            tls = { ca_file = %q } }
          local _, _, err = client:resume_rtc_stream { StreamId = "s" }
          print(err and err.code, err and err.maybe_sent)
        ]]):format(r:url(name, "https"), r.ca_file), { OPENSSL_CONF = path })
        assert.same({ "tls\tfalse\n", 0 }, { output, status })
      end
    end
  end)

  -- A process that SIGPIPE ends, as it does those of plain Lua.
  it("a good-bye to a server that is gone ends no process", function()
    local output, status = child.run(([[
      local streamctl = require "streamctl"
      local rtc = streamctl.zego.new { app_id = 1, server_secret = ("a"):rep(32), endpoint = %q,
        tls = { ca_file = %q }, retry = false }
      assert(rtc:describe_rtc_stream_state { StreamId = "s" })
      local control = io.popen("curl -s http://127.0.0.1:%d/") -- time for the reset
      control:close()
      os.exit(0, true)
    ]]):format(r:url("gone", "https"), r.ca_file, r.ports.control))
    assert.same({ "", 0 }, { output, status })
  end)

  it("a request of any size arrives whole", function()
    local client = operations.client(operations[4], { endpoint = r:url("large", "https"),
      tls = { ca_file = r.ca_file } })
    for _, size in ipairs { 15000, 16384, 30000, 33000, 61000 } do
      local body, message = client:call("EchoTest",
        { Mark = raw.mark "large", Padding = ("x"):rep(size) }, { timeout = LIMIT, method = "GET" })
      assert.is_truthy(body, size .. ": " .. tostring(message))
    end
  end)

  it("an answer that nobody has asked for is not taken for the next one", function()
    local client = operations.client(operations[3], { endpoint = r:url("unasked", "https"),
      tls = { ca_file = r.ca_file } })
    for i = 1, 3 do
      local body, message = operations.call(operations[3], client, "none")
      assert.is_truthy(body, message)
      assert.is_truthy(cases.bodies.zego:find(body.RequestId, 1, true), body.RequestId)
      -- each on one of its own
      repeat until r:counts().unasked.connections == 2 * i
    end
  end)
end)
