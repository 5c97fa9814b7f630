-- examples/webhooks.lua in nginx, with the lines of its head: what is forbidden, and what the
-- vendor is told.

local nginx = require "spec.support.nginx"
local emulator = require "spec.support.emulator"
local late = require "spec.support.late"
local sender = require "spec.world.edge.sender"
local shell = require "spec.support.emulator.launcher.shell"
local streamctl = require "streamctl"

local SERVER = [[
  location /zego/ {
    client_body_buffer_size 64k; client_max_body_size 64k;
    content_by_lua_block { require("examples.webhooks").serve() }
  }]]

late.describe("examples/webhooks.lua", {
  function() return assert(emulator.start()) end,
  function(e)
    local environment = { ZEGO_WEBHOOK_SECRET = sender.ZEGO_SECRET }
    for _, pair in ipairs(e:environment()) do environment[pair[1]] = pair[2] end
    local dir = shell.run("mktemp -d"):match("%S+")
    local n = assert(nginx.start { server = SERVER, workers = 2, environment = environment,
      http = 'init_worker_by_lua_block { require("examples.webhooks").setup("' .. dir .. '") }' })
    n.folder = dir
    return n
  end,
}, function(e, n)
  before_each(function()
    e:reset()
    shell.write_file(n.folder .. "/allowed.txt", "fine\nalso-fine # the studio\n")
  end)
  teardown(function() shell.run("rm -rf " .. shell.quote(n.folder)) end)

  -- Announces a stream as the vendor does. Returns the status.
  local function post(options) return (n:get("/zego/part", options)) end
  local function appears(stream, changes)
    return post(select(2, sender.zego(e, stream, changes)))
  end

  local function forbids() return #e:requests { action = "ForbidRTCStream" } end

  it("forbids what is on no list, once", function()
    local _, same = sender.zego(e, "stranger")
    assert.same({ 200, 200 }, { post(same), post(same) })
    assert.equal(1, forbids())
    assert.is_true(e:requests()[1].verified)
    assert.truthy(e:state().zego.forbidden.stranger)
  end)

  it("leaves alone what is on the list, which is read anew", function()
    assert.same({ 200, 200 }, { appears "fine", appears "also-fine" })
    assert.equal(200, appears("gone", { event = "stream_close", type = "0" }))
    assert.equal(0, forbids())
    shell.write_file(n.folder .. "/allowed.txt", "other\n")
    assert.equal(200, appears "fine")
    assert.equal(1, forbids())
  end)

  it("gives way to a call that was made after the stream began", function()
    local rtc = streamctl.zego.new { app_id = e.app_id, server_secret = e.server_secret,
      endpoint = e.zego, tls = { ca_file = e.ca_file },
      store = streamctl.store.file(n.folder .. "/cells") }
    assert(rtc:resume_rtc_stream { StreamId = "late" })
    assert.equal(200, appears("late", { age = 20 }))
    assert.equal(0, forbids())
  end)

end)

it("examples/webhooks.lua says what nginx' environment lacks", function()
  local n = assert(nginx.start { server = SERVER,
    http = 'init_worker_by_lua_block { require("examples.webhooks").setup("/tmp") }' })
  local status, log = n:get "/zego/part", n:log()
  n:stop()
  assert.equal(503, status)
  assert.truthy(log:find("ZEGO_WEBHOOK_SECRET is not set", 1, true), log)
end)
