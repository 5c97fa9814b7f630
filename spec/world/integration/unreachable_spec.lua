-- Calls that do not get through: no name, no listener, no trust, no time.

local session = require "spec.support.session"
local shell = require "spec.support.emulator.launcher.shell"

-- How much later than its limit a call may come back: far less than what holds it up takes.
local GRACE = 8

-- A limit within which a busy machine gets a request out.
local LIMIT = 1

session.describe("a call", function(s)
  -- For operations that may and that must not be repeated alike: nothing has happened.
  local function fails_unsent(client, code, retryable)
    local function check(body, message, err)
      assert.is_nil(body)
      assert.equal(code, err.code)
      assert.equal("unsent", err.outcome)
      assert.equal(code .. ": ", message:sub(1, #code + 2))
      assert.same({ retryable, false }, { err.retryable, err.maybe_sent })
      assert.equal(tonumber(message:match(", attempt (%d+)")) or 1, err.attempts)
      assert.is_nil(err.http_status or err.vendor_code or err.request_id)
      assert.is_string(err.cause)
    end
    check(client:resume_live_stream(session.stream()))
    check(client:create_live_pull_to_push(session.task()))
    assert.same({}, s.e:requests())
    local _, message = client:resume_live_stream(session.stream())
    return message
  end

  it("to a port that refuses is connect", function()
    fails_unsent(s:aliyun { endpoint = s.e.refused }, "connect", true)
  end)

  it("to a name that does not resolve is dns", function()
    -- a label of 64 characters fails without a name server
    local message = fails_unsent(s:aliyun { endpoint = "https://" .. ("a"):rep(64) .. ".invalid" },
      "dns", true)
    assert.is_truthy(message:find(".invalid", 1, true))
  end)

  describe("to a server with a bad certificate is tls", function()
    it(": an authority that the system does not know, and says what to set", function()
      for _, tls in ipairs { {}, { verify = true } } do
        local client = s:aliyun { tls = tls }
        assert.is_truthy(fails_unsent(client, "tls", false):find("tls.ca_file", 1, true))
        assert.is_nil(tostring(client):find("NOT VERIFIED", 1, true))
      end
    end)

    it(", which is not asked again, as a server is that breaks the handshake off", function()
      local function attempts(options)
        local waits = 0
        options.retry = { attempts = 3, base = 0.001, cap = 0.001 }
        options.on_event = function(event) waits = waits + (event.event == "wait" and 1 or 0) end
        fails_unsent(s:aliyun(options), "tls", options.tls == nil)
        return waits
      end
      assert.equal(0, attempts { tls = { ca_file = s.e.dir .. "/self_signed.pem" } })
      -- three calls
      assert.equal(6, attempts { endpoint = (s.e.zego_http:gsub("^http:", "https:")) })
    end)
  end)

  describe("that takes too long is timeout", function()
    -- Runs fn and checks the error and the time that it took.
    local function timed_out(limit, maybe, status, fn)
      local body, _, err = fn()
      assert.is_nil(body)
      assert.equal("timeout", err.code)
      assert.same({ true, maybe, 1 }, { err.retryable, err.maybe_sent, err.attempts })
      assert.equal(status, err.http_status)
      assert.is_true(err.elapsed >= limit / 2 and err.elapsed < limit + GRACE,
        "took " .. err.elapsed)
    end

    local LIMITS = {
      ["attempt_timeout of the client"] = { { attempt_timeout = LIMIT } },
      ["timeout of the call, which is smaller"] = { { attempt_timeout = 20 }, { timeout = LIMIT } },
    }

    for what, limits in pairs(LIMITS) do
      it(": " .. what, function()
        s.e:fault { kind = "latency", seconds = 30, times = -1 }
        timed_out(LIMIT, true, nil, function()
          return s:aliyun(limits[1]):resume_live_stream(session.stream(), limits[2])
        end)
        assert.equal(1, #s.e:requests())
      end)
    end

    -- A stopped server: the kernel accepts for it, and nobody answers.
    local function while_stopped(fn)
      shell.run("kill -STOP " .. s.e.pid)
      local ok, problem = pcall(fn)
      shell.run("kill -CONT " .. s.e.pid)
      if not ok then error(problem, 0) end
    end

    it(": connect_timeout, with nothing sent while TLS is not up", function()
      while_stopped(function()
        for _, limits in ipairs { { connect_timeout = 0.3 }, { attempt_timeout = 0.3 },
          { timeout = 0.3 } } do
          limits.tls = { ca_file = s:own_ca_file() }
          local live = s:aliyun(limits)
          timed_out(0.3, false, nil, function()
            return live:resume_live_stream(session.stream())
          end)
          timed_out(0.3, false, nil, function()
            return live:create_live_pull_to_push(session.task())
          end)
        end
      end)
    end)
  end)
end)
