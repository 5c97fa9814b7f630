-- The redis store over TLS, which LuaSec speaks outside of nginx.

local child = require "spec.support.child"
local core = require "streamctl.core"
local redis = require "streamctl.store.redis"
local redis_groups = require "spec.world.store.redis_groups"
local redis_server = require "spec.world.store.redis_server"
local shell = require "spec.support.emulator.launcher.shell"

describe("the redis store over TLS", function()
  local library, missing = redis_server.library()
  if not library then return pending(missing) end
  if not pcall(require, "ssl") then return pending "LuaSec cannot be loaded" end
  local folder, server, group

  setup(function()
    folder = redis_groups.certificates()
    server = assert(redis_server.start(redis_groups.tls_options(folder)))
  end)
  teardown(function()
    if server then server:stop() end
    if folder then shell.run("rm -rf " .. shell.quote(folder)) end
  end)
  after_each(function()
    if group then group:stop() end
    group = nil
  end)

  local function url_of(fields)
    fields = fields or {}
    return ("rediss://%slocalhost:%d?ca_file=%s%s"):format(fields.user or "",
      fields.port or server.extra[1], fields.ca_file or folder .. "/ca.pem", fields.more or "")
  end

  local function assert_serves(url)
    local store = redis.new(url)
    local number, why = store:stamp("zego:1", 1, { "a" })
    assert.is_number(number, why)
    return store
  end

  local function why_not(url)
    local number, why = redis.new(url):stamp("zego:1", 1)
    assert.is_nil(number)
    return why
  end

  -- A server with another certificate.
  local function with_certificate(certificate, clients)
    group = redis_groups.new {
      assert(redis_server.start(redis_groups.tls_options(folder, certificate, clients))),
    }
    return group.servers[1]
  end

  it("serves who trusts the authority, by name and by address", function()
    assert_serves(url_of())
    assert_serves((url_of():gsub("localhost", "127.0.0.1")))
    assert_serves(url_of { more = "&server_name=127.0.0.1" })
  end)

  it("trusts nobody else", function()
    assert.matches("localhost:%d+: certificate verify failed; trusted are .* ca_file",
      why_not(("rediss://localhost:%d"):format(server.extra[1])))
    assert.matches("certificate verify failed", why_not(url_of {
      port = with_certificate("expired").extra[1] }))
    group:stop()
    assert.matches("certificate verify failed", why_not(url_of {
      port = with_certificate("self_signed").extra[1] }))
    assert.matches("ca_file, cert_file or key_file: error loading CA locations", why_not(url_of {
      ca_file = "/no/file" }))
  end)

  it("trusts the system's authorities, or those of SSL_CERT_FILE", function()
    local program = ([[
      require("spec.world.store.redis_server").library()
      print(require("streamctl.store.redis").new("rediss://localhost:%d"):stamp("zego:1", 1))
    ]]):format(server.extra[1])
    local text = shell.run(("env %s SSL_CERT_FILE=%s/ca.pem %s -e %s"):format(child.PRELOAD, folder,
      arg[-1], shell.quote(program)))
    assert.matches("^%d+", text)
    local file, system = core.authorities()
    assert.is_true(file ~= nil or shell.run("ls " .. shell.quote(system)) ~= "")
  end)

  it("compares the server's name", function()
    local port = with_certificate("wrong_host").extra[1]
    assert.matches("its certificate is not that of localhost; .*server_name",
      why_not(url_of { port = port }))
    assert_serves(url_of { port = port, more = "&server_name=other.example" })
    assert.matches("its certificate is not that of example",
      why_not(url_of { port = port, more = "&server_name=example" }))
  end)

  it("sends no password before it knows the server", function()
    local other = with_certificate "wrong_host"
    other:command "ACL SETUSER app on >hush ~* +@all"
    why_not(url_of { port = other.extra[1], user = "app:hush@" })
    assert.is_nil(other:command("INFO commandstats"):find("cmdstat_auth", 1, true))
    assert_serves(url_of { port = other.extra[1], user = "app:hush@",
      more = "&server_name=other.example" })
    assert.is_truthy(other:command("INFO commandstats"):find("cmdstat_auth", 1, true))
  end)

  it("shows its own certificate where the server wants one", function()
    local other = with_certificate("server", "yes")
    local more = ("&cert_file=%s/client.pem&key_file=%s/server.key"):format(folder, folder)
    assert_serves(url_of { port = other.extra[1], more = more })
    assert.matches("cert_file=PATH&key_file=PATH", why_not(url_of { port = other.extra[1] }))
    assert.matches("error loading", why_not(url_of { port = other.extra[1],
      more = more:gsub("client.pem", "no.pem") }))
  end)

  it("connects anew after a lost connection, and waits once for a server that hangs",
    function()
      local store = assert_serves(url_of { more = "&timeout=1" })
      server:command "CLIENT KILL TYPE normal SKIPME yes"
      assert.is_number((store:stamp("zego:1", 1)))
      os.execute("kill -STOP " .. server.pid)
      local number, why = store:stamp("zego:1", 1)
      os.execute("kill -CONT " .. server.pid)
      -- a connection that failed would name the server
      assert.same({ nil, "Redis: connection error: timeout" }, { number, why })
      assert.is_number((store:stamp("zego:1", 1)))
    end)
end)
