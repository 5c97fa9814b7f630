-- Calls that may and that must not be repeated, of both vendors, for the specs of this folder.

local assert = require "luassert"
local core = require "streamctl.core"
local raw = require "spec.support.raw"
local streamctl = require "streamctl"
local usage = require "spec.support.usage"

local operations = {
  { name = "aliyun_safe", vendor = "aliyun", safe = true, run = function(client, mark, options)
      return client:resume_live_stream({ DomainName = "push.example.com",
        LiveStreamType = "publisher", AppName = "app", StreamName = mark }, options)
    end },
  { name = "aliyun_unsafe", vendor = "aliyun", run = function(client, mark, options)
      return client:create_live_pull_to_push({ Region = "cn-shanghai", SourceType = "vod",
        SourceUrls = { "rtmp://a.example.com/live/1" },
        DstUrl = "rtmp://push.example.com/live/" .. mark, StartTime = "2020-01-01T00:00:00Z",
        EndTime = "2037-01-01T00:00:00Z" }, options)
    end },
  { name = "zego_safe", vendor = "zego", safe = true, run = function(client, mark, options)
      return client:resume_rtc_stream({ StreamId = mark }, options)
    end },
  { name = "zego_unsafe", vendor = "zego", run = function(client, mark, options)
      return client:call("EchoTest", { Mark = mark }, options)
    end },
}

local IDENTITY = {
  aliyun = { access_key_id = "testid", access_key_secret = "secret-of-the-faults" },
  zego = { app_id = 1234567890, server_secret = "9193cc662a4c0ec135ec71fb57194b38" },
}

--- The codes that a case may end with: a set.
function operations.codes(case, operation, sent)
  local code, expected = case.ok and "ok" or case.code, {}
  for _, one in ipairs(type(code) == "table" and code or { code }) do
    expected[one ~= "ok" and not operation.safe and sent and "outcome_unknown: " .. one or one] =
      true
  end
  return expected
end

--- Fails when every round leaves more descriptors than the one before it. Connections that are dead
-- may stay for a while, until libcurl makes a new one.
function operations.check_rounds(round)
  local text, before = "", math.huge
  for _ = 1, 6 do
    round()
    collectgarbage()
    collectgarbage()
    local count = usage.descriptors()
    if count <= before and before < math.huge then return end
    text, before = text .. " " .. count, count
  end
  error("descriptors, round by round:" .. text, 2)
end

--- A client for an operation. A call that must not be repeated has every chance to be; the others
-- have none.
function operations.client(operation, given)
  local options = { rate_limit = false, retry = false, store = streamctl.store.memory() }
  if not operation.safe then options.retry = { attempts = 3, base = 0.001, cap = 0.001 } end
  for name, value in pairs(IDENTITY[operation.vendor]) do options[name] = value end
  for name, value in pairs(given) do options[name] = value end
  return streamctl[operation.vendor].new(options)
end

--- The options of a listener: a certificate's name, and more of TLS; nil for none.
function operations.tls(text)
  local certificate, more = (text or ""):match("^(%S*)%s*(.*)$")
  return text and ("cert=@DIR@/%s.pem key=@DIR@/server.key %s"):format(certificate, more)
end

--- Makes a call that has a script played.
function operations.call(operation, client, script, options)
  return operation.run(client, raw.mark(script), options)
end

local GRACE = 4 -- seconds of a busy machine

--- The same within a time limit: how it ended.
function operations.outcome(operation, client, script, limit)
  local start = core.monotonic()
  local body, message, err = operations.call(operation, client, script, { timeout = limit })
  local took = core.monotonic() - start
  return { body = body, message = message, err = err, took = took, late = took - limit }
end

--- Fails unless it ended as the case says; `sent`: the request went out.
function operations.check(case, operation, it, sent)
  local err, expected = it.err, operations.codes(case, operation, sent)
  local got = it.body and "ok" or err.code
  if got == "outcome_unknown" then
    got = got .. ": " .. it.message:match("was executed %((%S+):")
  end
  assert.is_true(expected[got], operation.name .. ": " .. got .. ", " .. tostring(it.message))
  assert.is_true(it.late < GRACE, "took " .. it.took)
  if not err then return end
  assert.equal(sent, err.maybe_sent)
  assert.equal(tonumber(it.message:match(", attempt (%d+)")) or 1, err.attempts)
  assert.is_true(#it.message < 4096)
  assert.is_nil(it.message:find("%c"))
end

return operations
