-- Which connections calls go through, seen from the emulator.

local session = require "spec.support.session"

session.describe("connections", function(s)
  -- The connections of the log, numbered in the order of their first request: "1 1 2".
  local function used()
    local numbers, known, out = {}, 0, {}
    for i, entry in ipairs(s.e:requests()) do
      if not numbers[entry.conn] then
        known = known + 1
        numbers[entry.conn] = known
      end
      out[i] = tostring(numbers[entry.conn])
    end
    return table.concat(out, " ")
  end

  local function resume(client)
    assert(client:resume_live_stream(session.stream()))
  end

  -- Nothing listens at an IPv6 address of the machine's own.
  for _, address in ipairs { "aliyun", "aliyun_http", "aliyun_h2", "aliyun at localhost" } do
    it("are kept over calls: " .. address, function()
      local endpoint = s.e[address] or s.e.aliyun:gsub("127%.0%.0%.1", "localhost")
      local live = s:aliyun { endpoint = endpoint, tls = { ca_file = s:own_ca_file() } }
      for _ = 1, 4 do resume(live) end
      assert.equal("1 1 1 1", used())
    end)
  end

  it("that were not verified are none for a client that verifies", function()
    local careless = s:aliyun { tls = { verify = false } }
    resume(careless)
    local _, _, err = s:aliyun { tls = {} }:resume_live_stream(session.stream())
    assert.equal("tls", err.code)
    resume(s:aliyun { tls = { ca_file = s:own_ca_file() } })
    resume(careless)
    assert.equal("1 2 1", used())
  end)

  it("are new for each call that must not be repeated, and resume a session of TLS", function()
    local live = s:aliyun { tls = { ca_file = s:own_ca_file() } }
    resume(live)
    assert(live:create_live_pull_to_push(session.task()))
    assert(live:create_live_pull_to_push(session.task()))
    assert(live:forbid_live_stream(session.stream { Oneshot = "yes" }))
    assert(live:call("EchoTest"))
    local numbers = {}
    for number in used():gmatch("%d+") do
      assert.is_nil(numbers[number])
      numbers[number] = true
    end
    assert.equal(5, session.count(numbers))
    for i, entry in ipairs(s.e:requests()) do assert.equal(i > 1, entry.resumed) end
    s.e:reset()
    resume(live)
    assert(live:call("EchoTest", {}, { idempotent = true }))
    assert(live:forbid_live_stream(session.stream { Oneshot = "no" }))
    assert.equal("1 1 1", used())
  end)
end)
