-- Cosockets through a proxy: what goes to it, what it may know, and what it may not do.

local bench = require "spec.openresty.resty.bench"
local cjson = require "cjson"
local place = require "spec.openresty.edge.place"
local shell = require "spec.emulator.launcher.shell"

bench.describe("transport = resty, through a proxy that asks who it is", {}, function(b)
  local log, pid, port

  local function start(how)
    log = os.tmpname()
    local command = "%s spec/openresty/resty/proxy.lua %s >%s 2>&1 </dev/null & echo $!"
    pid = tonumber((shell.run(command:format(shell.quote(arg[-1] or "lua"), how or "", log))))
    port = place.wait_for("a proxy", 10, function()
      return shell.read_file(log):match("^(%d+)\n")
    end)
  end

  local function stop()
    shell.run("kill " .. pid)
    os.remove(log)
  end

  before_each(function()
    b.e:reset()
    start()
  end)
  after_each(stop)

  local function heads()
    local list = {}
    for line in shell.read_file(log):gmatch("\n([^\n]+)") do list[#list + 1] = line end
    return list
  end

  it("to https: only the way there goes to it", function()
    local proxy = "http://user:pass-word-1@127.0.0.1:" .. port
    for _, outcome in ipairs(b:calls("zego", { proxy = proxy },
      { bench.safe.zego, bench.safe.zego })) do
      assert.is_true(outcome.ok, outcome.message)
    end
    local seen, entries = heads(), b.e:requests()
    assert.equal(1, #seen) -- a kept connection stays one through the proxy
    assert.equal("CONNECT " .. b.e.zego:gsub("https://", "") .. " HTTP/1.1",
      seen[1]:match("^[^|]*"))
    assert.is_nil(seen[1]:find("Signature", 1, true))
    for _, entry in ipairs(entries) do assert.is_nil(entry.headers["proxy-authorization"]) end
    assert.same({ true, entries[1].conn }, { entries[1].verified, entries[2].conn })
  end)

  it("to http", function()
    local proxy = "http://user:pass%2Dword-1@127.0.0.1:" .. port
    local outcome = b:call("zego", { proxy = proxy, endpoint = b.e.zego_http })
    assert.is_true(outcome.ok, outcome.message)
    assert.equal("GET " .. b.e.zego_http, heads()[1]:match("^GET http://[^/]+"))
    assert.is_true(b.e:requests()[1].verified)
  end)

  it("with a wrong password does not get through", function()
    local outcome = b:call("zego", { proxy = "http://user:pass-word-2@127.0.0.1:" .. port })
    assert.same({ false, "connect", false }, { outcome.ok, outcome.code, outcome.maybe_sent })
    assert.is_nil(outcome.message:find("pass-word-2", 1, true))
    assert.same({}, b.e:requests())
  end)

  it("is none of the connections without one", function()
    assert.is_true(b:call("zego").ok)
    local outcome = b:call("zego", { proxy = "http://user:pass-word-1@127.0.0.1:" .. port })
    assert.is_true(outcome.ok, outcome.message)
    local entries = b.e:requests()
    assert.not_equal(entries[1].conn, entries[2].conn)
  end)

  it("cannot answer in the vendor's place", function()
    stop()
    start "forge"
    local proxy = "http://user:pass-word-1@127.0.0.1:" .. port
    for _, options in ipairs { { proxy = proxy },
      { proxy = proxy, transport = "curl", tls = { ca_file = b.e.ca_file } } } do
      for _, outcome in ipairs(b:calls("zego", options, { bench.safe.zego, bench.safe.zego })) do
        assert.same({ false, "tls", false }, { outcome.ok, outcome.code, outcome.maybe_sent })
        assert.is_nil(cjson.encode(outcome):find("forged", 1, true))
      end
    end
    assert.equal(4, #heads())
    assert.same({}, b.e:requests())
  end)
end)
