-- Cosockets against the emulator: what is sent, on which connections, and what goes wrong.

local bench = require "spec.openresty.resty.bench"
local core = require "streamctl.core"
local edge = require "spec.support.edge"
local session = require "spec.support.session"
local socket = require "socket"

-- How much later than its limit a call may come back on a busy machine.
local GRACE = 8

local HINT = "lua_ssl_trusted_certificate"

-- /dead: a port of UDP on which nobody answers, with a patience that no caller has.
local SERVER = [[
location = /dead {
  resolver 127.0.0.1:9 ipv6=off;
  resolver_timeout 30s;
  content_by_lua_block { require("spec.openresty.resty.inside").serve() }
}
location = /kill { content_by_lua_block { require("spec.openresty.resty.inside").kill() } }
]]

describe("transport = resty", function()
  if not edge.resty_dir() then return pending(bench.missing) end
  local b

  setup(function() b = bench.start { server = SERVER } end)
  teardown(function() bench.stop(b) end)
  before_each(function() b.e:reset() end)

  local function requests(action)
    return b.e:requests { action = action }
  end

  describe("sends", function()
    for _, signature in ipairs { "v3", "v1" } do
      it("to Alibaba Cloud, signature " .. signature, function()
        local outcomes = b:calls("aliyun", { signature = signature }, {
          { "forbid_live_stream", session.stream { StreamName = "a b+ü" } },
          { "call", "EchoPost", { Text = "ü &=" }, { method = "POST", idempotent = true } },
          bench.unsafe(),
        })
        assert.is_true(outcomes[1].ok, outcomes[1].message)
        assert.is_true(outcomes[2].ok, outcomes[2].message)
        assert.equal("POST", outcomes[2].body.Method)
        assert.is_true(outcomes[3].ok, outcomes[3].message)
        for _, entry in ipairs(b.e:requests()) do
          assert.same({ true, signature }, { entry.verified, entry.signature })
        end
        assert.equal(1, session.count(b.e:state().aliyun.blocked))
      end)
    end

    it("to ZEGOCLOUD", function()
      local outcomes = b:calls("zego", {}, {
        { "forbid_rtc_streams", { StreamId = { "s1", "s2" } } },
        { "call", "EchoPost", { Text = "ü" }, { method = "POST", idempotent = true } },
      })
      assert.is_true(outcomes[1].ok, outcomes[1].message)
      assert.is_true(outcomes[2].ok, outcomes[2].message)
      assert.equal("POST", outcomes[2].body.Data.Method)
      assert.equal(2, session.count(b.e:state().zego.forbidden))
    end)
  end)

  describe("is what auto picks", function()
    local function sender(bench_, options)
      local outcome = bench_:call("zego", options)
      assert.is_true(outcome.ok, outcome.message)
      return outcome.sent_by
    end

    it("where lua-resty-http can be loaded", function()
      assert.equal("cosockets", sender(b, { transport = "auto" }))
      assert.equal("cosockets", sender(b, { transport = "resty" }))
      assert.equal("engine", sender(b, { transport = "curl", tls = { ca_file = b.e.ca_file } }))
    end)

    it("unless the client names its own authority", function()
      assert.equal("engine", sender(b, { transport = "auto", tls = { ca_file = b.e.ca_file } }))
      local refused = b:calls("zego", { tls = { ca_file = b.e.ca_file } }, {}).refused
      assert.is_truthy(refused:find(HINT, 1, true), refused)
    end)

    it("unless lua-resty-http cannot be loaded", function()
      local other = bench.start { resty = false }
      local ok, why = pcall(function()
        assert.equal("engine",
          sender(other, { transport = "auto", tls = { ca_file = other.e.ca_file } }))
        local outcome = other:call("zego", { transport = "auto", endpoint = other.e.zego_http })
        assert.is_true(outcome.ok, outcome.message)
        local refused = other:calls("zego", {}, {}).refused
        assert.is_truthy(refused:find("lua-resty-http cannot be loaded", 1, true), refused)
      end)
      bench.stop(other)
      assert(ok, why)
    end)
  end)

  describe("keeps a connection", function()
    it("for calls that may be sent again, and has a new one for each that must not", function()
      local safe, unsafe = bench.safe.aliyun, bench.unsafe
      for _, outcome in ipairs(b:calls("aliyun", {}, { safe, safe, unsafe(), unsafe(), safe })) do
        assert.is_true(outcome.ok, outcome.message)
      end
      local log = b.e:requests()
      assert.same({ log[1].conn, log[1].conn }, { log[2].conn, log[5].conn })
      assert.same({ 1, 1 }, { log[3].conn_requests, log[4].conn_requests })
      assert.is_true(log[3].conn ~= log[4].conn and log[3].conn ~= log[1].conn)
    end)

    it("for each host of a client", function()
      local calls = {}
      for i, host in ipairs { "rtc", "cloudrecord", "rtc", "cloudrecord", "cloud-player" } do
        calls[i] = { "call", "EchoHost", { N = i }, { host = host, idempotent = true } }
      end
      local endpoint = { rtc = b.e.zego, cloudrecord = b.e.zego_http, ["cloud-player"] = b.e.zego }
      for _, outcome in ipairs(b:calls("zego", { endpoint = endpoint }, calls)) do
        assert.is_true(outcome.ok, outcome.message)
      end
      local log = b.e:requests()
      assert.same({ log[1].conn, log[2].conn, log[1].conn },
        { log[3].conn, log[4].conn, log[5].conn })
      assert.not_equal(log[1].conn, log[2].conn)
    end)

    it("over requests of nginx", function()
      assert.is_true(b:call("zego").ok)
      assert.is_true(b:call("zego").ok)
      local log = b.e:requests()
      assert.equal(log[1].conn, log[2].conn)
    end)

    for _, kind in ipairs { "reset_before", "reset_after" } do
      it("and sends once only when that turns out to be dead: " .. kind, function()
        assert.is_true(b:call("zego").ok)
        b.e:fault { vendor = "zego", kind = kind }
        local outcome = b:call("zego")
        assert.same({ false, "connect", true }, { outcome.ok, outcome.code, outcome.maybe_sent })
        local log = requests "ResumeRTCStream"
        assert.equal(2, #log)
        assert.equal(log[1].conn, log[2].conn)
      end)

      it("and does not know what became of what must not be sent again: " .. kind, function()
        assert.is_true(b:call("aliyun").ok)
        b.e:fault { vendor = "aliyun", kind = kind }
        local outcome = b:calls("aliyun", { retry = {} }, { bench.unsafe() })[1]
        assert.same({ false, "outcome_unknown", true, 1 },
          { outcome.ok, outcome.code, outcome.maybe_sent, outcome.attempts })
        assert.equal(1, #requests "CreateLivePullToPush")
        assert.equal(kind == "reset_after" and 1 or 0, session.count(b.e:state().aliyun.tasks))
      end)
    end

    it("opened without verification for clients without verification only", function()
      local blind = { endpoint = b.e.tls_expired, tls = { verify = false } }
      assert.is_true(b:call("aliyun", blind).ok)
      assert.is_true(b:call("aliyun", blind).ok)
      local log = b.e:requests()
      assert.equal(log[1].conn, log[2].conn)
      assert.equal("tls", b:call("aliyun", { endpoint = b.e.tls_expired }).code)
      assert.is_true(b:call("aliyun", { tls = { verify = false } }).ok)
      assert.is_true(b:call("aliyun").ok)
      log = b.e:requests()
      assert.equal(4, #log)
      assert.not_equal(log[3].conn, log[4].conn)
    end)
  end)

  describe("trusts no certificate that", function()
    for kind, hinted in pairs { tls_expired = false, tls_wrong_host = false,
      tls_self_signed = true } do
      it("is " .. kind, function()
        local outcomes = b:calls("aliyun", { endpoint = b.e[kind] },
          { bench.safe.aliyun, bench.unsafe() })
        for _, outcome in ipairs(outcomes) do
          assert.same({ "tls", false, false },
            { outcome.code, outcome.maybe_sent, outcome.retryable })
          assert.equal(hinted, outcome.message:find(HINT, 1, true) ~= nil, outcome.message)
        end
        assert.same({}, b.e:requests())
      end)
    end

    it("an unknown authority has signed", function()
      local other = bench.start { ca_file = false }
      local ok, why = pcall(function()
        local outcome = other:call("aliyun")
        assert.same({ "tls", false }, { outcome.code, outcome.maybe_sent })
        assert.is_truthy(outcome.message:find(HINT, 1, true), outcome.message)
        assert.same({}, other.e:requests())
      end)
      bench.stop(other)
      assert(ok, why)
    end)
  end)

  describe("fails in time", function()
    it("at once without a resolver, and says what is missing", function()
      local outcome = b:call("zego", { endpoint = "https://vendor.invalid" })
      assert.same({ "dns", false, true }, { outcome.code, outcome.maybe_sent, outcome.retryable })
      assert.is_truthy(outcome.message:find("`resolver", 1, true), outcome.message)
    end)

    it("with a resolver that does not answer", function()
      local outcome = b:call("zego", { endpoint = "https://vendor.invalid", connect_timeout = 0.5 },
        "/dead")
      assert.same({ "timeout", false }, { outcome.code, outcome.maybe_sent })
      assert.is_true(outcome.took < 0.5 + GRACE, outcome.took)
    end)

    it("when nobody listens", function()
      local outcome = b:call("zego", { endpoint = b.e.refused })
      assert.same({ "connect", false, true },
        { outcome.code, outcome.maybe_sent, outcome.retryable })
    end)

    it("when nobody is left to wait: its light thread was killed while it connected", function()
      local silent = assert(socket.bind("127.0.0.1", 0))
      local start = core.monotonic()
      local outcome = b:calls("zego",
        { endpoint = "https://127.0.0.1:" .. select(2, silent:getsockname()), connect_timeout = 1,
          attempt_timeout = 30, timeout = 30 }, { bench.safe.zego }, "/kill")
      -- nginx answers when the last of the request's light threads ends
      local took = core.monotonic() - start
      silent:close()
      assert.same({ killed = true, state = "running" }, outcome)
      assert.is_true(took < 1 + GRACE, took)
    end)

    it("but not after connect_timeout when it is connected", function()
      b.e:fault { vendor = "zego", kind = "latency", seconds = 1.5 }
      local outcome = b:call("zego", { connect_timeout = 1, attempt_timeout = 20 })
      assert.is_true(outcome.ok, outcome.message)
      assert.is_true(outcome.took >= 1.4, outcome.took)
    end)

    for name, fault in pairs {
      latency = { kind = "latency", seconds = 30 },
      slow_body = { kind = "slow_body", pause = 0.5, chunks = 60 },
    } do
      it("of " .. name, function()
        fault.vendor = "zego"
        b.e:fault(fault)
        local outcome = b:call("zego", { attempt_timeout = 1.5 })
        assert.same({ "timeout", true }, { outcome.code, outcome.maybe_sent })
        assert.is_true(outcome.took >= 0.75 and outcome.took < 1.5 + GRACE, outcome.took)
      end)
    end
  end)

  it("says nothing of a secret in the error log", function()
    b:call("zego", { endpoint = b.e.refused })
    b:call("zego", { endpoint = "https://vendor.invalid" })
    b:call("aliyun", { endpoint = b.e.tls_expired })
    b:call("aliyun", { endpoint = b.e.refused, proxy = "http://user:pass-word-1@127.0.0.1:9" })
    local log = b.n:log()
    assert.is_truthy(log:find("refused", 1, true))
    for _, secret in ipairs { b.e.access_key_secret, b.e.server_secret, "pass-word-1",
      "dXNlcjpwYXNzLXdvcmQtMQ" } do
      assert.is_nil(log:find(secret, 1, true))
    end
    assert.is_nil(log:find("%[alert%]"))
  end)
end)
