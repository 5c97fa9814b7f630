-- Answers as no server should give them: the engine and cosockets make the same of each, and
-- neither takes much.

local bench = require "spec.openresty.resty.bench"
local edge = require "spec.support.edge"

-- What arrives before the client goes away: its limit, and what two sockets hold.
local TAKEN = 24 * 1048576

-- name -> code of a call that may be repeated. `curl` is libcurl's own word for what is too large
-- for it, where that is another; `endless`: the server counts what is taken.
local ANSWERS = {
  WildPlain = { "ok" },
  WildInterim = { "ok" },
  WildChunked = { "ok" },
  WildUntilClosed = { "ok" },
  WildInterimForever = { "too_large", endless = true },
  WildHeaderLine = { "too_large", endless = true },
  WildHeaderLines = { "too_large", endless = true },
  WildStatusLine = { "too_large", endless = true },
  WildBody = { "too_large", endless = true },
  WildChunks = { "too_large", endless = true },
  WildChunkSize = { "too_large", curl = "bad_response", endless = true },
  WildOneChunk = { "too_large", curl = "bad_response" },
  WildGarbageChunk = { "bad_response" },
  WildNegativeChunk = { "bad_response" },
  WildCutChunk = { "bad_response" },
  WildTruncated = { "bad_response" },
  WildHugeLength = { "too_large" },
  WildTwoLengths = { "bad_response" },
  WildNegativeLength = { "bad_response" },
  WildNoNumber = { "bad_response" },
  WildOldest = { "bad_response" },
  WildNothing = { "connect" },
  WildHalfHeader = { "bad_response" },
  WildNoise = { "bad_response" },
  WildBigHeader = { "too_large" },
  WildFits = { "ok" },
  WildOneMore = { "too_large" },
  WildProtocol = { "bad_response" },
  WildStatus = { "bad_response" },
}

local SERVER = [[
  location = /sent { content_by_lua_block { require("spec.openresty.resty.wild").sent() } }
  location / { content_by_lua_block { require("spec.openresty.resty.wild").serve() } }
]]

describe("a wild answer", function()
  if not edge.resty_dir() then return pending(bench.missing) end
  local b, wild

  setup(function()
    b = bench.start()
    wild = assert(edge.start { server = SERVER })
  end)
  teardown(function()
    if wild then wild:stop() end
    bench.stop(b)
  end)

  local function ask(transport, name, safe)
    return b:calls("zego",
      { transport = transport, endpoint = wild.url, attempt_timeout = 20, timeout = 30 },
      { { "call", name, {}, { idempotent = safe } } })[1]
  end

  for name, expected in pairs(ANSWERS) do
    it(name .. " is " .. expected[1] .. ", whatever receives it", function()
      for _, transport in ipairs { "curl", "resty" } do
        local outcome = ask(transport, name, true)
        local where = transport .. ": " .. tostring(outcome.message)
        assert.equal(expected[transport] or expected[1], outcome.ok and "ok" or outcome.code, where)
        if expected.endless then
          local _, sent = wild:get "/sent"
          assert.is_true(tonumber(sent) < TAKEN, transport .. " took " .. sent)
        end
        if not outcome.ok then
          assert.is_true(outcome.maybe_sent, where)
          assert.is_true(#outcome.message < 500, where)
          assert.equal("outcome_unknown", ask(transport, name, false).code)
        end
      end
    end)
  end

  it("leaves nothing to the next call", function()
    for name in pairs(ANSWERS) do
      ask("resty", name, true)
      local outcome = ask("resty", "WildPlain", true)
      assert.is_true(outcome.ok, name .. ": " .. tostring(outcome.message))
    end
  end)

  it("upsets no worker", function()
    assert.is_nil(b.n:log():find("%[alert%]"))
    assert.is_nil(b.n:log():find("attempt to", 1, true))
  end)
end)
