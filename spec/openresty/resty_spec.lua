-- What is nginx's own in cosockets: which client has them, whom they trust, how they find a host,
-- and connections over requests. The rest of their specs are those of integration, survive and
-- faults, which run with them inside nginx.

local bench = require "spec.openresty.resty.bench"
local core = require "streamctl.core"
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

bench.describe("transport = resty", { server = SERVER }, function(b)
  before_each(function() b.e:reset() end)

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
      finally(function() other:stop() end)
      assert.equal("engine",
        sender(other, { transport = "auto", tls = { ca_file = other.e.ca_file } }))
      local outcome = other:call("zego", { transport = "auto", endpoint = other.e.zego_http })
      assert.is_true(outcome.ok, outcome.message)
      local refused = other:calls("zego", {}, {}).refused
      assert.is_truthy(refused:find("lua-resty-http cannot be loaded", 1, true), refused)
    end)
  end)

  describe("keeps a connection", function()
    it("over requests of nginx", function()
      assert.is_true(b:call("zego").ok)
      assert.is_true(b:call("zego").ok)
      local log = b.e:requests()
      assert.equal(log[1].conn, log[2].conn)
    end)

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

  it("trusts no certificate that an unknown authority has signed", function()
    local other = bench.start { ca_file = false }
    finally(function() other:stop() end)
    local outcome = other:call("aliyun")
    assert.same({ "tls", false }, { outcome.code, outcome.maybe_sent })
    assert.is_truthy(outcome.message:find(HINT, 1, true), outcome.message)
    assert.same({}, other.e:requests())
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
