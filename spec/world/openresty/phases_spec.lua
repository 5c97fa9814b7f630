-- Where in nginx a call can be made, and what it says elsewhere.

local cjson = require "cjson"
local crowd = require "spec.world.openresty.parts.crowd"
local place = require "spec.world.openresty.parts.place"
local shell = require "spec.support.emulator.launcher.shell"

local HTTP = [[
lua_shared_dict outcomes 1m;
init_by_lua_block {
  phases = require "spec.world.openresty.parts.phases"
  phases.init()
}
init_worker_by_lua_block { phases.init_worker() }
upstream balanced {
  server 0.0.0.1;
  balancer_by_lua_block { phases.balance() }
}
server {
  listen unix:@DIR@/tls.sock ssl;
  ssl_certificate @DIR@/server.pem;
  ssl_certificate_key @DIR@/server.key;
  ssl_certificate_by_lua_block { phases.try "ssl_certificate" }
  location / { return 200 "over TLS"; }
}
]]

local SERVER = [[
location = /outcome { content_by_lua_block { phases.answer() } }
location = /all {
  set_by_lua_block $ignored { phases.try "set" return "" }
  rewrite_by_lua_block { phases.try "rewrite" }
  access_by_lua_block { phases.try "access" }
  content_by_lua_block { phases.try "content" ngx.print "all" }
  header_filter_by_lua_block { phases.try "header_filter" }
  body_filter_by_lua_block { if ngx.arg[2] then phases.try "body_filter" end }
  log_by_lua_block { phases.try "log" }
}
location = /balanced { proxy_pass http://balanced/ping; }
]]

local CAN = { "rewrite", "access", "content", "timer", "ssl_certificate" }
local CANNOT = { "init", "init_worker", "set", "header_filter", "body_filter", "log", "balancer" }

local function fill(text) return function(e) return (text:gsub("@DIR@", e.dir)) end end

place.describe("a phase of nginx", { http = fill(HTTP), server = SERVER }, function(p)
  local function outcome(label)
    return cjson.decode(place.wait_for("the outcome of " .. label, 10, function()
      local result = crowd.get(p.n.port, "/outcome?label=" .. label)
      return result.status == 200 and result.body
    end))
  end

  setup(function()
    assert.equal("all", p:ask "/all")
    assert.equal("pong", p:ask "/balanced")
    local output = shell.run((
      "curl -q -sS --noproxy '*' --max-time 10 --cacert %s --unix-socket %s/tls.sock %s")
      :format(p.e.ca_file, p.e.dir, "https://localhost/"))
    assert.equal("over TLS", output)
  end)

  local function sent(stream)
    local count = 0
    for _, entry in ipairs(p.e:requests { vendor = "zego" }) do
      if entry.query.StreamId == stream then count = count + 1 end
    end
    return count
  end

  for _, label in ipairs(CAN) do
    it("a call works in " .. label, function()
      local result = outcome(label)
      assert.is_nil(result.message)
      assert.same({ true, 1, "init" }, { result.ok, result.batched, result.made_in })
      assert.same({ 1, 1 }, { sent("call-" .. label), sent("batch-" .. label) })
    end)
  end

  for _, label in ipairs(CANNOT) do
    it("a call in " .. label .. " says where to make it, and does nothing", function()
      local result = outcome(label)
      assert.is_false(result.ok)
      assert.same({ "cannot_wait", "failed" }, { result.code, result.outcome })
      assert.equal("cannot_wait: ResumeRTCStream: the nginx phase '" .. result.phase .. "'",
        result.message:match("^.-'[^']*'"))
      assert.is_truthy(result.message:find("ngx.timer.at(0, ...)", 1, true), result.message)
      assert.same({ 0, 0, 0 }, { result.batched, result.requests, result.uses })
      assert.same({ 0, 0 }, { sent("call-" .. label), sent("batch-" .. label) })
    end)
  end

  it("a call can be signed in all of them", function()
    for _, list in ipairs { CAN, CANNOT } do
      for _, label in ipairs(list) do
        local url = tostring(outcome(label).url)
        assert.is_truthy(url:find("StreamId=sign-" .. label, 1, true), label .. ": " .. url)
        local answer = shell.run("curl -q -sS --noproxy '*' --max-time 10 --cacert "
          .. p.e.ca_file .. " "
          .. shell.quote(url))
        assert.equal("0", answer:match('"Code":%s*(%d+)'), label .. ": " .. answer)
      end
    end
  end)

  it("the engine is made by the worker that sends, and by no other process", function()
    local function maps(pid) return shell.read_file("/proc/" .. pid .. "/maps") end
    local worker = p:state().pid
    assert.is_truthy(maps(p.n.pid):find("streamctl/core.so", 1, true))
    assert.is_nil(maps(p.n.pid):find("streamctl/engine.so", 1, true))
    assert.is_nil(maps(p.n.pid):find("libcurl", 1, true))
    assert.is_truthy(maps(worker):find("streamctl/engine.so", 1, true))
    assert.is_truthy(maps(worker):find("libcurl", 1, true))
    assert.same({}, p:alarms())
  end)
end)
