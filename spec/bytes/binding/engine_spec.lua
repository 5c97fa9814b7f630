-- The Lua face of streamctl.engine. What it does with answers, TLS, time limits, forks and memory
-- is in spec/bytes/c.

local core = require "streamctl.core"
local raises = require "spec.support.raises"
local engine = require "streamctl.engine"
local requests = require "spec.support.requests"
local shell = require "spec.support.emulator.launcher.shell"

local function endpoint(url, changes)
  local options = { url = url, max_response = 100000 }
  for name, value in pairs(changes or {}) do options[name] = value end
  return assert(engine.endpoint(options))
end

local SIGNER = core.signer("zego", { app_id = 1, server_secret = "s" })

-- What engine:submit takes.
local function request(to, changes)
  local made = { endpoint = to, signer = SIGNER, action = "A", safe = true, timeout = 10,
    connect_timeout = 5 }
  for name, value in pairs(changes or {}) do made[name] = value end
  return requests.submission(made)
end

-- Waits for `count` results; returns them by id and in order.
local function finish(self, count)
  local by_id, order = {}, {}
  while #order < count do
    assert(self:wait(10))
    local id, result = self:next_done()
    while id do
      by_id[id] = result
      order[#order + 1] = id
      id, result = self:next_done()
    end
  end
  return by_id, order
end

local function fetch(self, ...)
  local id = assert(self:submit(...))
  return finish(self, 1)[id]
end

-- A port that nothing listens on, as the emulator's launcher finds it.
local process = assert(loadfile "spec/support/emulator/launcher/process.lua")(shell)
local REFUSED = process.refused_address "http"

describe("streamctl.engine", function()
  it("has a version", function() assert.equal(core._VERSION, engine._VERSION) end)

  -- curl_version() has OpenLDAP start: it resolves the host's own name and loads plugins.
  it("loads nothing that it does not use", function()
    local maps = io.open("/proc/self/maps")
    if not maps then return pending("no /proc here") end
    local mapped = maps:read("*a")
    maps:close()
    assert.is_truthy(mapped:find("libcurl", 1, true))
    assert.is_nil(mapped:find("/sasl2/", 1, true))
  end)
end)

describe("engine.endpoint", function()
  it("raises on misuse", function()
    local function options(changes)
      local made = { url = "https://h", max_response = 1000 }
      for name, value in pairs(changes) do made[name] = value end
      return made
    end
    raises.all(engine.endpoint, {
      { "table expected" }, { "table expected", "https://h" },
      { "'url' must be a string", options { url = 1 } },
      { "'ca_file' must be a string", options { ca_file = {} } },
      { "'proxy' must be a string", options { proxy = true } },
      { "'user_agent' must be a string", options { user_agent = 1 } },
      { "'max_response' must be a number", options { max_response = "1000" } },
      { "'max_response' must be a number", { url = "https://h" } },
    })
    for _, bytes in ipairs { 0, -1, 2 ^ 31, 1 / 0, 0 / 0 } do
      raises("max_response must be from 1", engine.endpoint, options { max_response = bytes })
    end
  end)

  it("shows its address and no password, and lets nobody change it", function()
    local made = endpoint("https://h", { proxy = "http://user:password@proxy:3128" })
    assert.equal("streamctl.endpoint: https://h", tostring(made))
    assert.is_false(getmetatable(made))
    assert.is_nil(made.proxy)
    assert.has_error(function() setmetatable(made, {}) end)
  end)
end)

describe("engine.new", function()
  it("lets nobody change it", function()
    local self = engine.new()
    assert.equal("streamctl.engine", tostring(self))
    assert.is_false(getmetatable(self))
    assert.has_error(function() setmetatable(self, {}) end)
    assert.has_error(function() self.step = nil end)
    self:close()
  end)
end)

describe("engine:submit", function()
  local self, to

  setup(function() self, to = engine.new(1), endpoint(REFUSED) end)

  teardown(function() self:close() end)

  it("raises on misuse", function()
    local made = request(to)
    raises.all(self.submit, {
      { "streamctl%.engine.* expected", {}, made, to, 1, 1 },
      { "streamctl%.engine.* expected", to, made, to, 1, 1 },
      { "streamctl%.request.* expected", self },
      { "streamctl%.request.* expected", self, "GET /", to, 1, 1 },
      { "streamctl%.request.* expected", self, SIGNER, to, 1, 1 },
      { "streamctl%.endpoint.* expected", self, made },
      { "streamctl%.endpoint.* expected", self, made, REFUSED, 1, 1 },
      { "streamctl%.endpoint.* expected", self, made, self, 1, 1 },
      { "number expected", self, made, to }, { "number expected", self, made, to, {}, 1 },
      { "number expected", self, made, to, 1, false },
    })
    local gone = endpoint(REFUSED)
    debug.getmetatable(gone).__gc(gone)
    raises("the endpoint is closed", self.submit, self, request(gone))
    debug.getmetatable(made).__gc(made)
    raises("the request was collected", self.submit, self, made, to, 1, 1)
    assert.same({ 0, 0, 0, 0 }, { self:count() })
  end)
end)

describe("engine with a refused port", function()
  local self, to

  before_each(function() self, to = engine.new(1), endpoint(REFUSED) end)

  after_each(function() self:close() end)

  it("tells that nothing was sent", function()
    local result = fetch(self, request(to))
    assert.equal("connect", result.code)
    assert.is_truthy(#result.message > 0)
    assert.equal(7, result.native) -- CURLE_COULDNT_CONNECT
    assert.is_nil(result.http_status)
    assert.equal("", result.headers)
    assert.equal("", result.body)
    assert.is_false(result.maybe_sent)
    assert.is_false(result.reused)
    assert.is_true(result.elapsed >= 0 and result.elapsed < 10)
  end)

  it("is a pollable, that says when to step", function()
    assert.equal("r", self:events())
    local fd = self:pollfd()
    assert.is_true(fd > 2 and fd % 1 == 0)
    assert.is_nil(self:timeout())
    local id = assert(self:submit(request(to)))
    assert.is_true(id >= 1 and id % 1 == 0)
    assert.same({ 0, 1, 0, 0 }, { self:count() })
    assert.equal(0, self:timeout())
    finish(self, 1)
    assert.is_true(select(4, self:count()) >= 1) -- what happened
    assert.equal(fd, self:pollfd())
  end)

  it("cancels", function()
    local first = assert(self:submit(request(to)))
    local second = assert(self:submit(request(to)))
    assert.is_true(self:cancel(first))
    assert.is_false(self:cancel(first))
    for _, id in ipairs { 0, -1, 999, 0.5, 1 / 0, 0 / 0, 2 ^ 60 } do
      assert.is_false(self:cancel(id))
    end
    raises("number expected", self.cancel, self, "first")
    raises("number expected", self.cancel, self)
    assert.same({ 0, 1, 1, 0 }, { self:count() })
    local by_id, order = finish(self, 2)
    assert.same({ first, second }, order)
    assert.equal("cancelled", by_id[first].code)
    assert.is_false(by_id[first].maybe_sent)
    assert.equal("connect", by_id[second].code)
  end)

  it("closes", function()
    local first = assert(self:submit(request(to)))
    local id = assert(self:submit(request(to)))
    self:close()
    self:close()
    assert.is_nil(self:pollfd())
    assert.equal(0, self:timeout())
    local got, _, more = self:next_done()
    assert.same({ first, true }, { got, more })
    local result
    got, result, more = self:next_done()
    assert.same({ id, false }, { got, more })
    assert.equal("closed", result.code)
    assert.is_nil((self:next_done()))
    assert.is_nil(self:timeout())
    assert.is_false(self:cancel(id))
    for _, call in ipairs {
      function() return self:submit(request(to)) end,
      function() return self:step() end,
      function() return self:wait(1) end,
    } do
      local value, message, code = call()
      assert.is_nil(value)
      assert.equal("closed: the engine is closed", message)
      assert.equal("closed", code)
    end
  end)

  it("keeps endpoint and signer as long as it needs them", function()
    local signer = core.signer("zego", { app_id = 1, server_secret = "s" })
    local id = assert(self:submit(request(to, { signer = signer, action = "A" })))
    debug.getmetatable(to).__gc(to)
    debug.getmetatable(signer).__gc(signer)
    assert.equal("connect", finish(self, 1)[id].code)
  end)

  it("raises when it is used after its end", function()
    local ended = engine.new()
    debug.getmetatable(ended).__gc(ended)
    for name in ("step timeout pollfd events next_done close count"):gmatch "%l[%l_]+" do
      raises("the engine", ended[name], ended)
    end
  end)
end)

describe("engine.libraries", function()
  it("names libcurl, and whose TLS it has", function()
    assert.matches("^libcurl/%d+%.%d+%S* %a+/%d", engine.libraries())
  end)
end)
