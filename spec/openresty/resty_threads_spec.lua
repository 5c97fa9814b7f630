-- Cosockets and the light threads of a request: what ends, and what must not, when one of them
-- does.

local bench = require "spec.openresty.resty.bench"
local cjson = require "cjson"
local core = require "streamctl.core"
local edge = require "spec.support.edge"
local raw = require "spec.support.raw"

local LIMIT = 0.5 -- seconds, of each call
local BODY = '{"Code":0,"Message":"success"}'
local HEAD = ("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"):format(#BODY)
local CERTIFICATE = "cert=@DIR@/server.pem key=@DIR@/server.key"
local LATE = ("read; pause 500; say fine; "):rep(10)
local SLOW = (#BODY + 22) * 0.1 -- with what TLS adds to a record
local ROUNDS = 80 -- of 0.1 seconds: until after the end of the body

-- What the locations have in common: a client of the server whose port is in the request.
local SERVER = [[
location = /%s {
  content_by_lua_block {
    local core, streamctl = require "streamctl.core", require "streamctl"
    local start, told = core.monotonic(), {}
    local client = streamctl.zego.new { app_id = 1, server_secret = ("s"):rep(32), retry = false, rate_limit = false,
      transport = ngx.var.arg_transport or "resty", tls = { verify = false }, timeout = %s,
      endpoint = "https://127.0.0.1:" .. ngx.var.arg_port }
    local function call()
      local _, _, err = client:call("DescribeX", {}, { idempotent = true })
      told.code, told.took = err and err.code or "ok", core.monotonic() - start
    end
    local function wait_for_one_of_two()
      local short = ngx.thread.spawn(function() ngx.sleep(0.01) end)
      local long = ngx.thread.spawn(function() ngx.sleep(0.2) end)
      ngx.thread.wait(short, long)
    end
    local function tell() ngx.print(require("cjson").encode(told)) end
    %s
  }
}
]]

describe("through cosockets", function()
  if not edge.resty_dir() then return pending(bench.missing) end
  local n, r

  setup(function()
    r = assert(raw.start {
      tls = true,
      scripts = { slow = "read; say head; trickle body 100", late = LATE, other = LATE },
      texts = { head = HEAD, body = BODY, fine = HEAD .. BODY },
      listeners = {
        { "slow", "slow", CERTIFICATE },
        { "late", "late", CERTIFICATE },
        { "other", "other", CERTIFICATE },
      },
    })
    n = assert(edge.start { resty = true, server = table.concat {
      SERVER:format("alone", LIMIT, [[
        ngx.thread.spawn(function()
          for i = 1, ]] .. ROUNDS .. [[ do
            ngx.sleep(0.1)
            told.rounds = i
          end
          collectgarbage "restart"
          tell()
        end)
        collectgarbage "stop" -- what a killed thread left behind is there when the body ends
        call()]]),
      SERVER:format("killed", 2 * LIMIT, [[
        local thread = ngx.thread.spawn(call)
        ngx.sleep(0.2)
        told.killed = ngx.thread.kill(thread) ~= nil
        tell()]]),
      SERVER:format("one", 5, "wait_for_one_of_two() call() tell()"),
      SERVER:format("batch", 5, [[
        wait_for_one_of_two()
        local report = client:batch("ResumeRTCStream", { { StreamId = "a" }, { StreamId = "b" } }, { concurrency = 2 })
        told.succeeded, told.took = report.succeeded, core.monotonic() - start
        tell()]]),
      SERVER:format("kept", 5, [[
        local thread = ngx.thread.spawn(call)
        ngx.sleep(0.2)
        ngx.thread.kill(thread)
        ngx.sleep(1)
        call()
        tell()]]),
    } })
  end)

  teardown(function()
    if n then n:stop() end
    if r then r:stop() end
  end)

  local function get(place, listener, transport)
    local status, body = n:get(("%s?port=%s&transport=%s"):format(place,
      r:url(listener):match("%d+$"), transport or "resty"), { timeout = 30 })
    assert.equal(200, status)
    return cjson.decode(body)
  end

  -- One record of TLS, a byte at a time: nginx' own time limits begin anew with each.
  describe("a body that comes byte by byte", function()
    it("ends the call at its limit, and nothing else of its request", function()
      assert.is_true(SLOW > 2 * LIMIT and SLOW < ROUNDS * 0.1)
      local workers = table.concat(n:workers(), " ")
      local told = get("/alone", "slow")
      assert.same({ "timeout", ROUNDS }, { told.code, told.rounds })
      assert.is_true(told.took >= LIMIT / 2 and told.took < SLOW, told.took)
      assert.equal(workers, table.concat(n:workers(), " "))
    end)

    it("ends at the call's limit though nobody is left to wait: its light thread was "
      .. "killed", function()
      local start = core.monotonic()
      local told = get("/killed", "slow")
      -- nginx answers when the last of the request's light threads ends
      local took = core.monotonic() - start
      assert.same({ true, nil }, { told.killed, told.code })
      assert.is_true(took >= LIMIT and took < SLOW, took)
    end)
  end)

  -- nginx ends any wait of a light thread when a thread ends for which it waited with others, and
  -- went on without.
  describe("a light thread that its caller did not wait for to the end", function()
    for _, transport in ipairs { "resty", "curl" } do
      it("does not end a call, " .. transport, function()
        local told = get("/one", "late", transport)
        assert.equal("ok", told.code)
        assert.is_true(told.took >= 0.5, told.took)
      end)

      it("does not end a batch, " .. transport, function()
        local told = get("/batch", "late", transport)
        assert.equal(2, told.succeeded)
        assert.is_true(told.took >= 0.5, told.took)
      end)
    end
  end)

  it("the connection of a call whose light thread was killed is kept when the answer was "
    .. "whole", function()
    assert.equal("ok", get("/kept", "other").code)
    assert.same({ connections = 1, requests = 2 }, r:counts().other)
  end)
end)
