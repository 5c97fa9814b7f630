-- nginx ends any wait of a light thread when a thread ends for which it waited with others, and
-- went on without. A call and a batch wait on.

local place = require "spec.world.openresty.parts.place"

local SERVER = [[
location = /one_of_two {
  content_by_lua_block {
    local client = require("spec.world.openresty.parts.app").zego { timeout = 30 }
    local short = ngx.thread.spawn(function() ngx.sleep(0.01) end)
    local long = ngx.thread.spawn(function() ngx.sleep(0.2) end)
    ngx.thread.wait(short, long)
    if ngx.var.arg_batch then
      local report = client:batch("ResumeRTCStream", { { StreamId = "a" }, { StreamId = "b" } }, { concurrency = 2 })
      ngx.print(report.succeeded)
    else
      ngx.print((client:resume_rtc_stream { StreamId = "a" }) and "ok")
    end
  }
}
]]

place.describe("a light thread that its caller did not wait for", { server = SERVER }, function(p)
  before_each(function() p.e:config { latency = 0.5 } end) -- it ends while they wait

  it("does not end a call", function() assert.equal("ok", p:ask "/one_of_two") end)

  it("does not end a batch", function() assert.equal("2", p:ask "/one_of_two?batch=1") end)
end)
