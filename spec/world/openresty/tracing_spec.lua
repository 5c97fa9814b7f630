-- examples/tracing.lua in nginx: the parent comes with the request, and spans go out beside it.

local nginx = require "spec.support.nginx"
local emulator = require "spec.support.emulator"
local late = require "spec.support.late"
local otlp = require "spec.support.otlp"
local place = require "spec.world.openresty.parts.place"
local shell = require "spec.support.emulator.launcher.shell"

local HTTP = [[
  init_worker_by_lua_block {
    local streamctl = require "streamctl"
    local traces = require("examples.tracing").new { endpoint = "%s", service = "edge" }
    rtc = streamctl.zego.new { app_id = %.0f, server_secret = "%s", endpoint = "%s",
      tls = { ca_file = "%s" }, on_event = traces.on_event }
  }]]
local SERVER = [[
  location = /resume {
    content_by_lua_block {
      local body, message = rtc:resume_rtc_stream({ StreamId = "s1" },
        { context = { traceparent = ngx.var.http_traceparent } })
      ngx.say(body and "resumed" or message)
    }
  }]]

late.describe("traces of nginx", {
  function() return assert(emulator.start()) end,
  function() return assert(otlp.start()) end,
}, function(e, collector)
  local n

  before_each(function()
    n = assert(nginx.start { server = SERVER, http = HTTP:format(collector.url, e.app_id,
      e.server_secret, e.zego, e.ca_file) })
  end)
  after_each(function() n:stop() end)

  local function resume()
    local _, text = n:get("/resume",
      { headers = { "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" } })
    assert.equal("resumed\n", text)
  end

  local function await()
    local spans = place.wait_for("spans", 30, function()
      local came = collector:spans()
      return came[1] and came
    end)
    assert.equal(2, #spans)
    for _, span in ipairs(spans) do
      assert.equal("4bf92f3577b34da6a3ce929d0e0e4736", span.traceId)
      assert.equal(span.kind == 1 and "00f067aa0ba902b7" or spans[2].spanId, span.parentSpanId)
    end
  end

  it("are below the span of the request's header, and go out in the background", function()
    resume()
    await()
    assert.is_nil(n:log():find("tracing", 1, true))
  end)

  it("go out when a worker ends in good order before their time", function()
    resume()
    shell.run("kill -QUIT " .. n.pid)
    await()
  end)
end)
