-- Stores that fail: nothing is sent. Processes that share a store are in spec/world/store and
-- spec/world/openresty/sharing_spec.lua.

local redis_server = require "spec.world.store.redis_server"
local session = require "spec.support.session"
local streamctl = require "streamctl"

session.describe("a store in use", function(s)
  local function check_nothing_sent(store, pattern)
    local rtc = s:zego { store = store, retry = {} }
    local live = s:aliyun { store = store, rate_limit = 30 }
    for _, call in ipairs {
      function() return rtc:forbid_rtc_stream { StreamId = "s1" } end,
      function() return live:resume_live_stream(session.stream()) end,
    } do
      local body, message, err = call()
      assert.is_nil(body)
      assert.equal("store", err.code)
      assert.is_truthy(message:find("^store: the store gives no %a+: "), message)
      if pattern then assert.is_truthy(message:find(pattern), message) end
      assert.is_false(err.maybe_sent)
      assert.equal(0, err.attempts)
    end
    local report = rtc:batch("ForbidRTCStreams", { "a", "b" })
    assert.same({ 2, 0 }, { report.unsent, report.requests })
    assert.equal(0, #s.e:requests())
  end

  it("that is closed sends nothing", function()
    local path = os.tmpname()
    local store = assert(streamctl.store.file(path))
    store:close()
    os.remove(path)
    check_nothing_sent(store)
  end)

  it("whose Redis is down sends nothing", function()
    local store = streamctl.store.redis(function() return nil, "connection refused" end)
    check_nothing_sent(store, "connection refused")
    if not redis_server.library() then return end
    -- one that cannot be reached, and throws as lua-redis does
    store = streamctl.store.redis(function() return redis_server.connect(1) end)
    check_nothing_sent(store, "refused")
  end)

  it("whose Redis dies sends nothing more, and goes on when it is back", function()
    if not redis_server.library() then return pending(select(2, redis_server.library())) end
    local server = assert(redis_server.start())
    finally(function() server:stop() end)
    local store = streamctl.store.redis(function() return redis_server.connect(server.port) end)
    local rtc = s:zego { store = store }
    assert(rtc:forbid_rtc_stream { StreamId = "s1" })
    assert.equal(1, #s.e:requests())
    server:stop()
    s.e:reset()
    check_nothing_sent(store)
    server = assert(redis_server.start())
    assert(rtc:resume_rtc_stream { StreamId = "s1" })
    assert.equal(1, #s.e:requests())
  end)

  it("that answers nothing sends nothing", function()
    local function nothing() return nil end
    check_nothing_sent { stamp = nothing, reserve = nothing }
  end)
end)
