-- A finalizer may run whenever Lua allocates, also while a result is handed over, and may use what
-- is being used.

local collector = require "spec.support.collector"
local core = require "streamctl.core"

local zego = core.signer("zego", { app_id = 1, server_secret = "s" })

-- Runs `call` again and again, itself and from finalizers.
local function interrupted(call, rounds)
  local calls = 0
  local function counted()
    calls = calls + 1
    call(calls)
  end
  collector.eagerly(function()
    for _ = 1, rounds do
      collector.finalized(counted)
      counted()
    end
  end)
  collectgarbage()
  assert.is_true(calls > rounds + rounds / 10, calls .. " calls: hardly a finalizer ran")
end

describe("a finalizer", function()
  it("may sign with the signer that is in use", function()
    local signer = core.signer("acs3",
      { access_key_id = "testid", access_key_secret = "the/secret+key 123",
        security_token = "token/token", host = "live.aliyuncs.com", version = "2016-11-01" })
    local bad = 0
    local function check(expected, got)
      if expected ~= got then bad = bad + 1 end
    end
    local params, wanted = {}, {}
    for i = 1, 5 do
      params[i] = { "a", ("v" .. i):rep(200 * i) }
      local made = core.request(signer, "GET", "A" .. i, true, params[i])
      local target, headers, canonical, to_sign = made:sign("nonce", 1767323045)
      wanted[i] = { target = target, headers = headers, canonical = canonical, to_sign = to_sign }
    end
    interrupted(function(n)
      local i = n % 5 + 1
      local made = core.request(signer, "GET", "A" .. i, true, params[i])
      local target, headers, canonical, to_sign = made:sign("nonce", 1767323045)
      check(wanted[i].target, target)
      for name, value in pairs(wanted[i].headers) do check(value, headers[name]) end
      check(wanted[i].canonical, canonical)
      check(wanted[i].to_sign, to_sign)
      check("***" .. i, signer:redact("token/token" .. i))
    end, 300)
    assert.equal(0, bad)
  end)

  -- A finalizer ends what `make` gives in the n-th cycle of the collector, n rising, while `use`
  -- runs. Both outcomes of `use` have to be seen, the value of each a key of `seen`.
  local function ending(make, finish, use)
    local seen = {}
    for n = 1, 12 do
      local cycles, subject = 0, nil
      collector.in_each_cycle(function()
        if subject then cycles = cycles + 1 end
        if subject and cycles == n then finish(subject) end
      end, function()
        local made = make()
        subject = made
        use(made, seen)
        subject = nil
      end)
    end
    return seen
  end

  local function zego_signer()
    return assert(core.signer("zego", { app_id = 1, server_secret = "secret" }))
  end

  local close = debug.getmetatable(zego).__gc

  it("may close the signer that is renewed", function()
    assert.same({ [true] = true, [false] = true }, ending(zego_signer, close, function(signer, seen)
      local ok, why = pcall(signer.renew, signer, { server_secret = core.secret "secret" })
      assert.is_truthy(ok or why:find("the signer is closed", 1, true), why)
      seen[ok] = true
    end))
  end)

  it("may close cells whose text is made", function()
    local path = os.tmpname()
    local function open() return assert(core.cells(path, 1)) end
    local function finish(cells) cells:close() end
    assert.same({ ["streamctl.cells: " .. path] = true, ["streamctl.cells: closed"] = true },
      ending(open, finish, function(cells, seen)
        for _ = 1, 20 do seen[tostring(cells)] = true end
        cells:close()
      end))
    os.remove(path)
  end)
end)
