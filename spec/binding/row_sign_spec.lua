-- Checking and signing in one go: the same requests as in two steps, whatever happens in between.

local collector = require "spec.support.collector"
local core = require "streamctl.core"

local ENDPOINT, NONCE, TIME = "https://live.example.com", "0123456789abcdef0123456789abcdef",
  1700000000

local function make_signer()
  return core.signer("acs3", {
    access_key_id = "id", access_key_secret = "secret", host = "live.example.com",
    version = "2016-11-01",
  })
end

local function param(name, kind, limits)
  local copy = { name = name, wire = name .. "Sent", type = kind }
  for key, value in pairs(limits or {}) do copy[key] = value end
  return copy
end

describe("a row's sign", function()
  local read, sign, signer

  before_each(function()
    read, sign = core.row {
      params = { param("B", "text", { required = true }), param("A", "integer", { min = 1 }),
        param("C", "stream_ids", { max_items = 100, prefixed = true }) },
      rules = {},
    }
    signer = make_signer()
  end)

  local function in_two_steps(params, prefix, method, action, nonce)
    local target, headers = assert(signer:sign(method, action, (read(params, prefix)), nil, nil,
      nonce or NONCE, TIME))
    return { method = method, url = ENDPOINT .. target, headers = headers, body = "" }
  end

  it("makes the request that read and the signer make", function()
    for _, params in ipairs { { B = "x y&z" }, { B = "x", A = 7 },
      { A = 60.0, B = "x", C = { "s1", "test-s2" } } } do
      for _, method in ipairs { "GET", "POST" } do
        assert.same(in_two_steps(params, "test-", method, "Action"),
          sign(params, "test-", signer, method, "Action", ENDPOINT, NONCE, TIME))
      end
    end
    local fresh = sign({ B = "x" }, nil, signer, "POST", "Action", ENDPOINT)
    assert.equal(32, #fresh.headers["x-acs-signature-nonce"])
    assert.not_equal(fresh.headers["x-acs-signature-nonce"],
      sign({ B = "x" }, nil, signer, "POST", "Action", ENDPOINT).headers["x-acs-signature-nonce"])
  end)

  it("says nothing when the parameters are wrong", function()
    for _, params in ipairs { {}, { A = 1 }, { B = 1 }, { B = "x", A = 0 }, { B = "x", C = {} },
      { B = "x", b = "y" }, { B = "x", "y" }, { B = "x", C = { "a b" } },
      { B = "x", [("B"):rep(100)] = "y" } } do
      assert.is_nil(read(params, ""))
      assert.equal(0, select("#", sign(params, "", signer, "POST", "Action", ENDPOINT)))
    end
  end)

  it("says why the request cannot be signed", function()
    local signed, message, code = sign({ B = "x" }, nil, signer, "POST", "", ENDPOINT)
    assert.is_nil(signed)
    assert.equal("invalid_parameter", code)
    assert.truthy(message:find("the action is empty", 1, true))
    signed, message, code = sign({ B = ("%"):rep(30000) }, nil, signer, "POST", "Action", ENDPOINT)
    assert.is_nil(signed)
    assert.equal("too_large", code)
    assert.truthy(message:find("the request target", 1, true))
    assert.is_table(sign({ B = "x" }, nil, signer, "POST", "Action", ENDPOINT))
  end)

  it("raises for arguments of another kind", function()
    assert.has_error(function() sign() end)
    assert.has_error(function() sign({ B = "x" }, nil, io.stdout, "POST", "Action", ENDPOINT) end)
    assert.has_error(function() sign({ B = "x" }, nil, signer, "PUT", "Action", ENDPOINT) end)
    assert.has_error(function() sign({ B = "x" }, nil, signer, "POST", "Action", {}) end)
  end)

  it("shows no header of an earlier request", function()
    local other = make_signer()
    local wanted = {}
    for i = 1, 3 do
      for j, action in ipairs { "A", "LongAction", "LongActiom" } do
        local nonce = ("%032d"):format(10 * i + j)
        local got = sign({ B = "x" }, nil, signer, "POST", action, ENDPOINT, nonce, TIME + i)
        local _, headers = make_signer():sign("POST", action, { "BSent", "x" }, nil, nil, nonce,
          TIME + i)
        assert.same(headers, got.headers)
        wanted[#wanted + 1] = { got.headers, headers }
        _, headers = other:sign("POST", action, {}, "body", j > 1 and "text/plain" or nil, nonce,
          TIME)
        local _, fresh = make_signer():sign("POST", action, {}, "body", j > 1 and "text/plain"
          or nil, nonce, TIME)
        assert.same(fresh, headers)
      end
    end
    -- nor did a later one change them
    for _, pair in ipairs(wanted) do assert.same(pair[2], pair[1]) end
  end)

  it("may run finalizers that use the same row and signer", function()
    local bad, calls = 0, 0
    local params = {}
    for i = 1, 5 do
      params[i] = { B = ("x"):rep(i), C = {} }
      for j = 1, 15 * i do params[i].C[j] = "stream-" .. ("y"):rep(i) .. j end
    end
    local expected, actions = {}, {}
    for i = 1, 5 do
      actions[i] = "Action" .. i
      expected[i] = in_two_steps(params[i], "p-", "POST", actions[i])
    end
    local function call()
      calls = calls + 1
      local i = calls % 5 + 1
      -- the first to allocate
      local got = sign(params[i], "p-", signer, "POST", actions[i], ENDPOINT, NONCE, TIME)
      if got.url ~= expected[i].url then bad = bad + 1 end
      for name, value in pairs(expected[i].headers) do
        if got.headers[name] ~= value then bad = bad + 1 end
      end
    end
    collector.eagerly(function()
      for _ = 1, 4000 do
        collector.finalized(call)
        call()
      end
    end)
    collectgarbage()
    assert.is_true(calls > 5000, calls .. " calls: hardly a finalizer ran")
    assert.equal(0, bad)
  end)

  it("keeps no token in Lua", function()
    local token = table.concat { "short", "-", "token" }
    local with_token = core.signer("acs3", {
      access_key_id = "id", access_key_secret = "secret", host = "live.example.com",
      version = "2016-11-01", security_token = token,
    })
    for _ = 1, 3 do
      local signed = sign({ B = "x" }, nil, with_token, "POST", "Action", ENDPOINT)
      assert.equal(token, signed.headers["x-acs-security-token"])
    end
    for _, held in pairs(debug.getregistry()) do
      for _, text in pairs(type(held) == "table" and held ~= _G and held or {}) do
        assert.not_equal(token, text)
      end
    end
  end)
end)
