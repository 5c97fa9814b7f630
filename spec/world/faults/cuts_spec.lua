-- The connection ends after each byte of an answer, by a close or a reset, for every way to say how
-- long it is.

local cases = require "spec.world.faults.cases"
local operations = require "spec.world.faults.operations"
local raw = require "spec.support.raw"
local streamctl = require "streamctl"

local FORMS, ENDS = { "whole", "chunked", "until_close" }, { "close", "reset" }
local STATUS_LINE = #"HTTP/1.1 200 OK\r\n"
local LIMIT, WORKERS = 10, 16

describe("an answer cut after each of its bytes", function()
  local r, texts

  setup(function()
    local scripts = {}
    texts = {}
    for _, operation in ipairs(operations) do
      for _, form in ipairs(FORMS) do
        local text = operation.name .. "_" .. form
        texts[text] = cases[form](cases.bodies[operation.vendor])
        for _, ending in ipairs(ENDS) do
          scripts[text .. "_" .. ending] = ("head %s; %s"):format(text, ending)
        end
      end
    end
    r = assert(raw.start { texts = texts, scripts = scripts, listeners = { { "named", "-" } } })
  end)

  teardown(function()
    if r then r:stop() end
  end)

  -- The outcome for each position from 0 to the length.
  local function cut_everywhere(operation, script, length)
    local client, outcomes, position = operations.client(operation, { endpoint = r:url "named" }),
      {}, -1
    local function work()
      while position < length do
        position = position + 1
        local at = position
        local body, message, err = operations.call(operation, client, script, at,
          { timeout = LIMIT })
        outcomes[at] = { body = body, message = message, err = err }
      end
    end
    streamctl.run(function()
      for _ = 1, WORKERS do streamctl.spawn(work) end
    end)
    return outcomes
  end

  -- The codes that an answer cut there may have.
  local function allowed(form, ending, at, length)
    local whole = at == length
    if whole and (form ~= "until_close" or ending == "close") then
      return { ok = true, connect = ending == "reset" }
    end
    return {
      connect = at < STATUS_LINE or ending == "reset", bad_response = at > 0,
      ok = form == "chunked" and at >= length - 1, -- the last line feed tells nothing
    }
  end

  local function check(operation, outcome, codes, where)
    local err, code = outcome.err, outcome.body and "ok" or outcome.err.code
    if err and not operation.safe then
      assert.equal("outcome_unknown", code, where)
      code = outcome.message:match("was executed %((%S+):")
    end
    assert.is_true(codes[code], where .. ": " .. tostring(outcome.message))
    if err then assert.same({ true, 1 }, { err.maybe_sent, err.attempts }, where) end
    if outcome.body then assert.is_string(outcome.body.RequestId) end
  end

  for _, operation in ipairs(operations) do
    for _, form in ipairs(FORMS) do
      for _, ending in ipairs(ENDS) do
        it(("%s: %s, %s"):format(operation.name, form, ending), function()
          local text = operation.name .. "_" .. form
          local script, length = text .. "_" .. ending, #texts[text]
          local outcomes = cut_everywhere(operation, script, length)
          local lost = 0 -- on a kept connection that was dead by then
          for at = 0, length do
            local outcome = outcomes[at]
            if outcome.err and outcome.message:find("kept connection", 1, true) then
              assert.same({ true, "connect" }, { operation.safe, outcome.err.code })
              lost = lost + 1
            else
              check(operation, outcome, allowed(form, ending, at, length), script .. " at " .. at)
            end
          end
          assert.equal(length + 1, r:counts()[script].requests + lost) -- each went out once
        end)
      end
    end
  end
end)
