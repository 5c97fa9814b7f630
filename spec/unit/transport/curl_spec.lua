-- The transport of the transfer engine, with a scripted engine in its place.

local deadlines = require "streamctl.deadline"
local helper = require "spec.unit.helper"

local fake, curl

local function fresh(behaviour)
  fake = { made = 0, endpoints = {}, submitted = {} }
  function fake.new()
    if behaviour and behaviour.new then return behaviour.new() end
    fake.made = fake.made + 1
    local number, engine = fake.made, {}
    function engine.submit(_, request)
      if behaviour and behaviour.submit then
        local id, message, code = behaviour.submit(number)
        if not id then return nil, message, code end
      end
      fake.submitted[#fake.submitted + 1] = request
      return #fake.submitted
    end
    local handed = 0
    function engine.next_done()
      if handed == #fake.submitted then return nil end
      handed = #fake.submitted
      return handed, { code = "ok", engine = number }
    end
    function engine.wait() return true end
    return engine
  end
  function fake.endpoint(options)
    fake.endpoints[#fake.endpoints + 1] = options
    if behaviour and behaviour.endpoint then return behaviour.endpoint() end
    return { options = options }
  end
  package.loaded["streamctl.engine"] = fake
  package.loaded["streamctl.transport.curl"] = nil
  curl = require "streamctl.transport.curl"
end

local REQUEST = {
  signer = {}, method = "GET", action = "A", params = { "a", "b" }, body = "x", content_type = "t", safe = false,
  attempt_timeout = 10, connect_timeout = 5,
}

describe("the curl transport", function()
  local loaded = package.loaded["streamctl.engine"]
  before_each(function() helper.freeze() end)
  after_each(function()
    helper.thaw()
    package.loaded["streamctl.engine"] = loaded
    package.loaded["streamctl.transport.curl"] = nil
    rawset(_G, "ngx", nil)
  end)

  it("makes no engine before the first send, and one for all clients", function()
    fresh()
    local one, other = curl.new { endpoint = "https://a" }, curl.new { endpoint = "https://b" }
    assert.equal(0, fake.made)
    for _ = 1, 2 do
      one:send(REQUEST, deadlines.after(15))
      other:send(REQUEST, deadlines.after(15))
    end
    assert.equal(1, fake.made)
    assert.equal(2, #fake.endpoints)
  end)

  it("hands the request on as it is, for the shorter of attempt and call", function()
    fresh()
    local transport = curl.new { endpoint = "https://a" }
    assert.equal("ok", transport:send(REQUEST, deadlines.after(15)).code)
    transport:send(REQUEST, deadlines.after(3))
    local sent = fake.submitted[1]
    for _, name in ipairs { "signer", "method", "action", "params", "body", "content_type",
      "connect_timeout" } do
      assert.equal(REQUEST[name], sent[name], name)
    end
    assert.equal(10, sent.timeout)
    -- a kept connection that turns out to be dead makes libcurl send again
    assert.is_true(sent.fresh)
    transport:send(helper.merged(REQUEST, { safe = true }), deadlines.after(15))
    assert.is_false(fake.submitted[3].fresh)
    assert.equal(3, fake.submitted[2].timeout)
  end)

  it("passes the client's options to the endpoint", function()
    fresh()
    curl.new({
      endpoint = "https://a", tls = { ca_file = "f", ca_path = "p", verify = false }, proxy = "http://proxy",
      user_agent = "ua", max_response_bytes = 7,
    }):send(REQUEST, deadlines.after(1))
    assert.same({ url = "https://a", ca_file = "f", ca_path = "p", insecure = true, proxy = "http://proxy",
      proxy_from_env = false, user_agent = "ua", max_response = 7 }, fake.endpoints[1])
    curl.new({ endpoint = "https://a", proxy = "env" }):send(REQUEST, deadlines.after(1))
    assert.same({ url = "https://a", insecure = false, proxy_from_env = true }, fake.endpoints[2])
  end)

  it("starts with a new engine in a forked process", function()
    fresh { submit = function(number)
      if number == 1 then return nil, "forked: another process", "forked" end
      return 1
    end }
    local result = curl.new({ endpoint = "https://a" }):send(REQUEST, deadlines.after(1))
    assert.equal("ok", result.code)
    assert.equal(2, result.engine)
  end)

  it("turns a refusal of the engine or the endpoint into a result", function()
    for name, behaviour in pairs {
      new = { new = function() return nil, "memory: no memory", "memory" end },
      submit = { submit = function() return nil, "memory: no memory", "memory" end },
      endpoint = { endpoint = function() return nil, "memory: no memory", "memory" end },
    } do
      fresh(behaviour)
      local result = curl.new({ endpoint = "https://a" }):send(REQUEST, deadlines.after(1))
      assert.same({ code = "memory", message = "no memory", maybe_sent = false }, result, name)
    end
  end)

  it("does not block an nginx worker", function()
    fresh()
    for _, phase in ipairs { "content", "timer", "init_worker", "log" } do
      rawset(_G, "ngx", { get_phase = function() return phase end })
      local result = curl.new({ endpoint = "https://a" }):send(REQUEST, deadlines.after(1))
      assert.equal("phase", result.code)
      assert.truthy(result.message:find("client:sign", 1, true))
    end
    assert.equal(0, #fake.submitted)
    rawset(_G, "ngx", { get_phase = function() return "init" end })
    assert.equal("ok", curl.new({ endpoint = "https://a" }):send(REQUEST, deadlines.after(1)).code)
  end)
end)
