-- The redis store by a URL inside nginx, over TLS, which nginx' own sockets speak there.

local nginx = require "spec.support.nginx"
local redis_groups = require "spec.world.store.redis_groups"
local redis_server = require "spec.world.store.redis_server"
local shell = require "spec.support.emulator.launcher.shell"

local HTTP = [[
init_by_lua_block {
  stores = setmetatable({}, { __index = function(self, url)
    local store = require("streamctl.store.redis").new(url)
    rawset(self, url, store)
    return store
  end })
}
]]

-- In a timer as well, where a queue's workers run.
local SERVER = [[
location = /stamp {
  content_by_lua_block {
    local url, done = ngx.var.http_x_url, require("ngx.semaphore").new()
    local function stamp()
      local ok, number, why = pcall(function() return stores[url]:stamp("zego:1", 1, { "a" }) end)
      ngx.ctx.text = tostring(ok and (number or why) or number)
    end
    if ngx.var.arg_timer then
      local ctx = ngx.ctx
      ngx.timer.at(0, function()
        stamp()
        ctx.text = ngx.ctx.text
        done:post()
      end)
      done:wait(20)
    else
      stamp()
    end
    ngx.say(ngx.ctx.text)
  }
}
]]

describe("the redis store by a URL inside nginx", function()
  local library, missing = redis_server.library()
  if not library then return pending(missing) end
  local folder, server, n, group

  setup(function()
    folder = redis_groups.certificates()
    server = assert(redis_server.start(redis_groups.tls_options(folder)))
    server:command "ACL SETUSER app on >hush ~* +@all"
    n = assert(nginx.start { http = HTTP, server = SERVER, ca_file = folder .. "/ca.pem" })
  end)
  teardown(function()
    if n then n:stop() end
    if server then server:stop() end
    if folder then shell.run("rm -rf " .. shell.quote(folder)) end
  end)
  after_each(function()
    if group then group:stop() end
    group = nil
  end)

  local function stamp(url, more)
    -- in a header, since nginx logs the line of a request
    local status, text = n:get("/stamp" .. (more or ""), { headers = { "X-Url: " .. url } })
    assert.equal(200, status, text)
    assert.is_nil((text .. n:log()):find("hush", 1, true), text)
    return tonumber(text), text
  end

  local function tls_url(of, user, more)
    return ("rediss://%s127.0.0.1:%d%s"):format(user or "", of.extra[1], more or "")
  end

  local function count_connections(of)
    return tonumber(of:command("INFO stats"):match "total_connections_received:(%d+)")
  end

  local function count_logins()
    return tonumber(server:command("INFO commandstats"):match "cmdstat_auth:calls=(%d+)")
  end

  it("serves over TLS in requests and timers, on connections that nginx keeps", function()
    for _, more in ipairs { "", "?timer=1" } do
      local url = tls_url(server, "app:hush@", "/" .. #more) -- each with a pool of its own
      assert.is_number(stamp(url, more))
      local logins, before = count_logins(), count_connections(server)
      for _ = 1, 5 do assert.is_number(stamp(url, more)) end
      assert.equal(before + 1, count_connections(server)) -- the one that counts
      assert.equal(logins, count_logins())
    end
  end)

  it("keeps connections of other users and databases apart", function()
    server:command "ACL SETUSER weak on >hush ~no:* +@all"
    assert.is_number(stamp(tls_url(server, "app:hush@", "/5")))
    assert.matches("NOPERM", select(2, stamp(tls_url(server, "weak:hush@", "/5"))))
    assert.matches("WRONGPASS", select(2, stamp(tls_url(server, "app:hushhush@", "/5"))))
    assert.matches("ERR DB index", select(2, stamp(tls_url(server, "app:hush@", "/99"))))
  end)

  it("trusts lua_ssl_trusted_certificate, and compares names", function()
    group = redis_groups.new {
      assert(redis_server.start(redis_groups.tls_options(folder, "self_signed"))),
      assert(redis_server.start(redis_groups.tls_options(folder, "wrong_host"))),
    }
    local unknown, other = group.servers[1], group.servers[2]
    for _ = 1, 20 do -- some handshakes end before nginx waits
      assert.matches("self.signed certificate; .* lua_ssl_trusted_certificate",
        select(2, stamp(tls_url(unknown, "app:hush@"))))
      assert.matches("certificate host mismatch", select(2, stamp(tls_url(other, "app:hush@"))))
    end
    assert.is_nil(other:command("INFO commandstats"):find("cmdstat_auth", 1, true))
    assert.is_number(stamp(tls_url(other, "", "?server_name=other.example")))
    assert.matches("leave ca_file, cert_file and key_file out",
      select(2, stamp(tls_url(server, "", "?ca_file=/a"))))
  end)
end)
