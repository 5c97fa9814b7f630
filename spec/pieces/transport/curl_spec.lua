-- The transport of the transfer engine, with a scripted engine in its place.

local core = require "streamctl.core"
local blocking = require "streamctl.loop.blocking"
local helper = require "spec.pieces.helper"

local fake, curl

local function fresh(behaviour)
  behaviour = behaviour or {}
  fake = { made = 0, endpoints = {}, submitted = {} }
  function fake.new()
    if behaviour.new then return behaviour.new() end
    fake.made = fake.made + 1
    local number, engine = fake.made, {}
    function engine.submit(_, request, endpoint, timeout, connect_timeout)
      if behaviour.submit then
        local id, message, code = behaviour.submit(number)
        if not id then return nil, message, code end
      end
      fake.submitted[#fake.submitted + 1] = { request, endpoint, timeout, connect_timeout }
      return #fake.submitted
    end
    local handed = 0
    function engine.next_done()
      if handed == #fake.submitted then return nil end
      local result = behaviour.result and behaviour.result()
      if result == false then return nil end
      handed = #fake.submitted
      return handed, result or { code = "ok", engine = number }
    end
    function engine.cancel() end
    function engine.wait()
      if behaviour.wait then return behaviour.wait(number) end
      return true
    end
    return engine
  end
  function fake.endpoint(options)
    fake.endpoints[#fake.endpoints + 1] = options
    if behaviour.endpoint then return behaviour.endpoint() end
    return { options = options }
  end
  package.loaded["streamctl.engine"] = fake
  package.loaded["streamctl.transport.curl"] = nil
  curl = require "streamctl.transport.curl"
end

local REQUEST, LIMITS = {}, { attempt_timeout = 10, connect_timeout = 5 }

describe("the curl transport", function()
  local loaded = package.loaded["streamctl.engine"]
  before_each(function() helper.freeze() end)
  after_each(function()
    helper.thaw()
    package.loaded["streamctl.engine"] = loaded
    package.loaded["streamctl.transport.curl"] = nil
  end)

  it("makes no engine before the first send, and one for all clients", function()
    fresh()
    local one, other = curl.new { endpoint = "https://a" }, curl.new { endpoint = "https://b" }
    assert.equal(0, fake.made)
    for _ = 1, 2 do
      one:send(REQUEST, LIMITS, core.monotonic() + 15, blocking)
      other:send(REQUEST, LIMITS, core.monotonic() + 15, blocking)
    end
    assert.equal(1, fake.made)
    assert.equal(2, #fake.endpoints)
  end)

  it("hands the request on as it is, for the shorter of attempt and call", function()
    fresh()
    local transport = curl.new { endpoint = "https://a" }
    assert.equal("ok", transport:send(REQUEST, LIMITS, core.monotonic() + 15, blocking).code)
    transport:send(REQUEST, LIMITS, core.monotonic() + 3, blocking)
    local sent = fake.submitted[1]
    assert.equal(REQUEST, sent[1])
    assert.equal("https://a", sent[2].options.url)
    assert.same({ 10, 5 }, { sent[3], sent[4] })
    assert.equal(3, fake.submitted[2][3])
  end)

  it("sends nothing where the engine cannot be loaded, and tells of that", function()
    fresh()
    local name, transport = "streamctl.engine", curl.new { endpoint = "https://a" }
    local function send()
      return transport:send(REQUEST, LIMITS, core.monotonic() + 15, blocking)
    end
    local preloaded, why = package.preload[name], "libcurl.so.4: cannot open shared object file"
    package.loaded[name] = nil
    package.preload[name] = function() error(why, 0) end
    local result = send()
    why, package.loaded[name] = "interrupted!", nil -- Lua 5.1 notes that it did not load
    local is_thrown = not pcall(send)
    package.preload[name], package.loaded[name] = preloaded, fake
    assert.same({ "connect", false }, { result.code, result.maybe_sent })
    assert.matches("libcurl.so.4", result.message, 1, true)
    assert.is_true(is_thrown)
    assert.equal("ok", send().code)
  end)

  it("passes the client's options to the endpoint", function()
    fresh()
    curl.new({
      endpoint = "https://a", tls = { ca_file = "f", ca_path = "p", verify = false },
      proxy = "http://proxy", user_agent = "ua", max_response_bytes = 7,
    }):send(REQUEST, LIMITS, core.monotonic() + 1, blocking)
    assert.same({ url = "https://a", ca_file = "f", ca_path = "p", insecure = true,
      proxy = "http://proxy", proxy_from_env = false, user_agent = "ua", max_response = 7 },
      fake.endpoints[1])
    curl.new({ endpoint = "https://a", proxy = "env" })
      :send(REQUEST, LIMITS, core.monotonic() + 1, blocking)
    assert.same({ url = "https://a", insecure = false, proxy_from_env = true }, fake.endpoints[2])
  end)

  it("leaves a call that was on its way at the fork to the parent process", function()
    local transport
    for _, code in ipairs { "forked", "closed", "system" } do
      local refused
      fresh { wait = function(number)
        if number == 1 then return nil, code .. ": by a test", code end
        return true
      end, result = function() return not refused and { code = "ok" } end }
      refused = true
      transport = curl.new { endpoint = "https://a" }
      local result = transport:send(REQUEST, LIMITS, core.monotonic() + 1, blocking)
      assert.same({ code, true, 1 }, { result.code, result.maybe_sent, #fake.submitted })
      assert.equal(code == "forked", result.message:find("comes to the parent", 1, true) ~= nil)
      refused = false
      if code == "forked" then -- and goes on with an engine of its own
        assert.equal("ok", transport:send(REQUEST, LIMITS, core.monotonic() + 1, blocking).code)
        assert.same({ 2, 2 }, { #fake.submitted, fake.made })
      end
    end
  end)

  it("turns a refusal of the engine or the endpoint into a result", function()
    for name, behaviour in pairs {
      new = { new = function() return nil, "memory: no memory", "memory" end },
      submit = { submit = function() return nil, "memory: no memory", "memory" end },
      endpoint = { endpoint = function() return nil, "memory: no memory", "memory" end },
    } do
      fresh(behaviour)
      local result =
        curl.new({ endpoint = "https://a" }):send(REQUEST, LIMITS, core.monotonic() + 1, blocking)
      assert.same({ code = "memory", message = "no memory", maybe_sent = false }, result, name)
    end
  end)

  it("knows of each attempt of a request whether the engine took it", function()
    local taken = 0
    fresh { submit = function()
      taken = taken + 1
      return taken > 1, "memory: no memory", "memory"
    end, wait = function() return nil, "closed: by a test", "closed" end,
      result = function() return false end }
    local transport = curl.new { endpoint = "https://a" }
    for _, expected in ipairs { { "memory", false }, { "closed", true } } do
      local result = transport:send(REQUEST, LIMITS, core.monotonic() + 1, blocking)
      assert.same(expected, { result.code, result.maybe_sent })
    end
  end)

  it("says what to do about a certificate of an unknown authority, and only then", function()
    local result
    fresh { result = function() return result end }
    local transport = curl.new { endpoint = "https://a" }
    for text, hint in pairs {
      ["unable to get local issuer certificate"] = true, ["self-signed certificate"] = true,
      ["Self Signed certificate in chain"] = true,
      ["no alternative certificate subject name"] = false,
    } do
      result = { code = "tls", message = text, maybe_sent = false }
      local got = transport:send(REQUEST, LIMITS, core.monotonic() + 1, blocking)
      assert.equal(hint, (got.hint or ""):find("set tls.ca_file", 1, true) ~= nil, text)
      assert.equal(text, got.message)
      result = { code = "connect", message = text, maybe_sent = false }
      assert.is_nil(transport:send(REQUEST, LIMITS, core.monotonic() + 1, blocking).hint)
    end
  end)
end)
