-- Cosockets and the light threads of a request, while a body comes in one record of TLS, a byte at a time: nginx' own
-- time limits begin anew with each byte.

local bench = require "spec.openresty.resty.bench"
local cjson = require "cjson"
local core = require "streamctl.core"
local edge = require "spec.support.edge"
local raw = require "spec.support.raw"

local LIMIT = 0.5 -- seconds, of each call
local BODY = '{"Code":0,"Message":"success"}'
local SLOW = (#BODY + 22) * 0.05 -- with what TLS adds to a record
local ROUNDS = 80 -- of 0.05 seconds: until after the end of the body

-- What the locations have in common: a client of the server whose port is in the request.
local SERVER = [[
location = /%s {
  content_by_lua_block {
    local core, streamctl = require "streamctl.core", require "streamctl"
    local start, told = core.monotonic(), {}
    local client = streamctl.zego.new { app_id = 1, server_secret = ("s"):rep(32), retry = false, rate_limit = false,
      transport = "resty", tls = { verify = false }, endpoint = "https://127.0.0.1:" .. ngx.var.arg_port, timeout = %s }
    local function call()
      local _, _, err = client:call("DescribeX", {}, { idempotent = true })
      told.code, told.took = err and err.code or "ok", core.monotonic() - start
    end
    local function tell() ngx.print(require("cjson").encode(told)) end
    %s
  }
}
]]

describe("a body that comes byte by byte", function()
  if not edge.resty_dir() then return pending(bench.missing) end
  local n, r

  setup(function()
    r = assert(raw.start {
      tls = true, scripts = { slow = "read; say head; trickle body 50" },
      texts = { head = ("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"):format(#BODY), body = BODY },
      listeners = { { "slow", "slow", "cert=@DIR@/server.pem key=@DIR@/server.key" } },
    })
    n = assert(edge.start { resty = true, server = table.concat {
      SERVER:format("alone", LIMIT, [[
        ngx.thread.spawn(function()
          for i = 1, ]] .. ROUNDS .. [[ do
            ngx.sleep(0.05)
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
    } })
  end)

  teardown(function()
    if n then n:stop() end
    if r then r:stop() end
  end)

  local function get(place)
    local status, body = n:get(place .. "?port=" .. r:url("slow"):match("%d+$"), { timeout = 30 })
    assert.equal(200, status)
    return cjson.decode(body)
  end

  it("ends the call at its limit, and nothing else of its request", function()
    assert.is_true(SLOW > 2 * LIMIT and SLOW < ROUNDS * 0.05)
    local workers = table.concat(n:workers(), " ")
    local told = get "/alone"
    assert.same({ "timeout", ROUNDS }, { told.code, told.rounds })
    assert.is_true(told.took >= LIMIT and told.took < SLOW, told.took)
    assert.equal(workers, table.concat(n:workers(), " "))
  end)

  it("ends at the call's limit though nobody is left to wait: its light thread was killed", function()
    local start = core.monotonic()
    local told = get "/killed"
    local took = core.monotonic() - start -- nginx answers when the last of the request's light threads ends
    assert.same({ true, nil }, { told.killed, told.code })
    assert.is_true(took >= 2 * LIMIT and took < SLOW, took)
  end)
end)
