-- One request at a time on an engine, here a scripted one.

local blocking = require "streamctl.loop.blocking"
local exchange = require "streamctl.transport.exchange"

-- `script`: what each next_done answers, { id, result } or false for nothing yet.
local function engine(script)
  local made = { waits = 0, cancelled = {} }
  function made:submit(request)
    self.request = request
    return 7
  end
  function made.next_done()
    local step = table.remove(script, 1)
    if step then return step[1], step[2] end
  end
  function made:wait()
    self.waits = self.waits + 1
    return true
  end
  function made:cancel(id) self.cancelled[#self.cancelled + 1] = id end
  return made
end

describe("the blocking loop", function()
  it("submits the request and hands back its result", function()
    local made = engine { { 7, "result" } }
    local request = {}
    assert.equal("result", blocking.send(exchange.new(made), request))
    assert.equal(request, made.request)
    assert.equal(0, made.waits)
  end)

  it("waits as long as nothing is done", function()
    local made = engine { false, false, { 7, "result" } }
    assert.equal("result", blocking.send(exchange.new(made), {}))
    assert.equal(2, made.waits)
  end)

  it("passes over what others left behind", function()
    assert.equal("mine", blocking.send(exchange.new(engine { { 5, "old" }, { 6, "older" }, { 7, "mine" } }), {}))
  end)

  it("hands back why a request was not taken", function()
    local made = engine {}
    function made.submit() return nil, "closed: the engine is closed", "closed" end
    assert.same({ n = 3, nil, "closed: the engine is closed", "closed" },
      (function(...) return { n = select("#", ...), ... } end)(blocking.send(exchange.new(made), {})))
  end)

  it("hands back why waiting failed", function()
    local made = engine { false }
    function made.wait() return nil, "forked: another process", "forked" end
    local result, message, code = blocking.send(exchange.new(made), {})
    assert.is_nil(result)
    assert.equal("forked: another process", message)
    assert.equal("forked", code)
  end)

  it("cancels the request when it is interrupted, and lets the interruption through", function()
    local made = engine { false }
    function made.wait() error("interrupted!", 0) end
    local ok, message = pcall(blocking.send, exchange.new(made), {})
    assert.is_false(ok)
    assert.equal("interrupted!", message)
    assert.same({ 7 }, made.cancelled)
  end)
end)
