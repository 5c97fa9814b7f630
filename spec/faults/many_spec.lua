-- Hundreds of kept connections on one engine, and on each of them an answer that nobody has asked
-- for.

local cases = require "spec.faults.cases"
local core = require "streamctl.core"
local engines = require "streamctl.engine"
local raw = require "spec.support.raw"

local CONNECTIONS, LIMIT = 300, 20

local FINE, FORGED = "asked for", "forged"

local signer = core.signer("zego", { app_id = 1, server_secret = "s" })

describe("on hundreds of kept connections", function()
  local r, engine, endpoint

  setup(function()
    r = assert(raw.start {
      texts = { fine = cases.whole(FINE), forged = cases.whole(FORGED) },
      -- nobody is answered before all are here, so that each has a connection of its own
      scripts = {
        first = ("gather %d; say fine; await; say forged; note"):format(CONNECTIONS),
        second = ("gather %d; say fine"):format(CONNECTIONS),
      },
      listeners = { { "named", "-" } },
    })
    engine = assert(engines.new(1000))
    endpoint = assert(engines.endpoint { url = r:url "named", max_response = 65536,
      user_agent = "many" })
  end)

  teardown(function()
    if engine then engine:close() end
    if r then r:stop() end
  end)

  -- One call on each connection: how many had which outcome, and how many of them found a kept
  -- connection.
  local function call_all(script)
    for _ = 1, CONNECTIONS do
      local request = assert(core.request(signer, "GET", raw.mark(script), true))
      assert(engine:submit(request, endpoint, LIMIT, LIMIT))
    end
    local outcomes, reused, finished = {}, 0, 0
    while finished < CONNECTIONS do
      assert(engine:wait(1))
      local id, result = engine:next_done()
      while id do
        local outcome = result.code == "ok" and result.body or result.code
        outcomes[outcome] = (outcomes[outcome] or 0) + 1
        reused, finished = reused + (result.reused and 1 or 0), finished + 1
        id, result = engine:next_done()
      end
    end
    return outcomes, reused
  end

  it("an answer that nobody has asked for is not taken for the next one", function()
    assert.same({ [FINE] = CONNECTIONS }, (call_all "first"))
    r:go()
    local limit = core.monotonic() + LIMIT
    repeat until r:counts().first.connections == CONNECTIONS or core.monotonic() > limit
    assert.equal(CONNECTIONS, r:counts().first.connections)
    local outcomes, reused = call_all "second"
    assert.same({ [FINE] = CONNECTIONS }, outcomes)
    assert.equal(0, reused)
    assert.equal(CONNECTIONS, r:counts().second.requests)
  end)

  it("connections that are clean are used again", function()
    r:reset()
    local outcomes, reused = call_all "second"
    assert.same({ { [FINE] = CONNECTIONS }, CONNECTIONS }, { outcomes, reused })
  end)
end)
