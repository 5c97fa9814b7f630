-- Calls that do not get through: no name, no listener, no trust, no time, no room.

local session = require "spec.support.session"
local shell = require "spec.support.emulator.launcher.shell"

-- How much later than its limit a call may come back: far less than what holds it up takes.
local GRACE = 8

-- A limit within which a busy machine gets a request out.
local LIMIT = 1

session.describe("a call", function(s)
  -- For operations that may and that must not be repeated alike: nothing has happened.
  local function fails_unsent(options, code, retryable, text)
    local client = s:aliyun(options)
    local function check(body, message, err)
      assert.is_nil(body)
      assert.equal(code .. ": ", message:sub(1, #code + 2))
      assert.same({ code, "unsent", retryable, false },
        { err.code, err.outcome, err.retryable, err.maybe_sent })
      assert.equal(tonumber(message:match(", attempt (%d+)")) or 1, err.attempts)
      assert.is_nil(err.http_status or err.vendor_code or err.request_id)
      assert.is_string(err.cause)
      assert.is_truthy(message:find(text or "", 1, true), message)
    end
    check(client:resume_live_stream(session.stream()))
    check(client:create_live_pull_to_push(session.task()))
    assert.same({}, s.e:requests())
    return client
  end

  it("to a port that refuses is connect, and so it is to such a proxy", function()
    fails_unsent({ endpoint = s.e.refused }, "connect", true)
    fails_unsent({ proxy = (s.e.refused:gsub("^https", "http")) }, "connect", true)
  end)

  it("to a name that does not resolve is dns", function()
    -- a label of 64 characters fails without a name server
    fails_unsent({ endpoint = "https://" .. ("a"):rep(64) .. ".invalid" }, "dns", true, ".invalid")
  end)

  it("to a server of an unknown authority is tls, which says what to set", function()
    for _, tls in ipairs { {}, { verify = true } } do
      local client = fails_unsent({ tls = tls }, "tls", false, "tls.ca_file")
      assert.is_nil(tostring(client):find("NOT VERIFIED", 1, true))
    end
  end)

  it("with a bad file of an authority is not made again, as one with a broken handshake", function()
    local function waits(options)
      local count = 0
      options.retry = { attempts = 3, base = 0.001, cap = 0.001 }
      options.on_event = function(event) count = count + (event.event == "wait" and 1 or 0) end
      fails_unsent(options, "tls", options.tls == nil)
      return count
    end
    assert.equal(0, waits { tls = { ca_file = s.e.dir .. "/self_signed.pem" } })
    assert.equal(4, waits { endpoint = (s.e.zego_http:gsub("^http:", "https:")) }) -- two calls
  end)

  it("that is larger than a request may be is too_large", function()
    local sources = {}
    for i = 1, 30 do sources[i] = "rtmp://push.example.com/" .. ("é"):rep(2000) end
    local _, _, err = s:aliyun():create_live_pull_to_push(session.task { SourceUrls = sources })
    assert.same({ "too_large", false, false }, { err.code, err.maybe_sent, err.retryable })
    assert.same({}, s.e:requests())
  end)

  local function timed_out(limit, maybe, body, _, err)
    assert.is_nil(body)
    assert.same({ "timeout", true, maybe, 1 },
      { err.code, err.retryable, err.maybe_sent, err.attempts })
    assert.is_true(err.elapsed >= limit / 2 and err.elapsed < limit + GRACE, err.elapsed)
  end

  it("that takes longer than attempt_timeout, or its own timeout, is timeout", function()
    for _, limits in ipairs { { { attempt_timeout = LIMIT } },
      { { attempt_timeout = 20 }, { timeout = LIMIT } } } do
      s.e:reset()
      s.e:fault { kind = "latency", seconds = 30, times = -1 }
      timed_out(LIMIT, true, s:aliyun(limits[1]):resume_live_stream(session.stream(), limits[2]))
      assert.equal(1, #s.e:requests())
    end
  end)

  -- The kernel accepts for a server that is stopped, and nobody answers.
  it("is timeout, with nothing sent, while TLS is not up", function()
    shell.run("kill -STOP " .. s.e.pid)
    finally(function() shell.run("kill -CONT " .. s.e.pid) end)
    for _, name in ipairs { "connect_timeout", "attempt_timeout", "timeout" } do
      local live = s:aliyun { [name] = 0.3, tls = { ca_file = s:own_ca_file() } }
      timed_out(0.3, false, live:resume_live_stream(session.stream()))
      timed_out(0.3, false, live:create_live_pull_to_push(session.task()))
    end
  end)
end)
