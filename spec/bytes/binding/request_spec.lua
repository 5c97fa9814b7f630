-- Requests as operations and core.request make them: what they hold, sign and let stores stamp.

local core = require "streamctl.core"
local raises = require "spec.support.raises"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local ORIGIN, NONCE, TIME = "https://live.example.com", "0123456789abcdef0123456789abcdef",
  1700000000

local function make_signer(token)
  return core.signer("acs3", {
    access_key_id = "id", access_key_secret = "secret", host = "live.example.com",
    version = "2016-11-01", security_token = token,
  })
end

local function param(name, kind, limits)
  local copy = { name = name, wire = name .. "Sent", type = kind }
  for key, value in pairs(limits or {}) do copy[key] = value end
  return copy
end

describe("an operation", function()
  local make, signer

  local function operation(more)
    local row = {
      params = { param("B", "text", { required = true }), param("A", "integer", { min = 1 }),
        param("C", "stream_ids", { max_items = 100, prefixed = true }) },
      method = "POST", action = "Action",
    }
    for name, value in pairs(more or {}) do row[name] = value end
    local fn = core.operation(row)
    return function(params, prefix, by, safe, ...)
      return fn(params, { stream_prefix = prefix }, by, safe, ...)
    end
  end

  before_each(function()
    make = operation()
    signer = make_signer()
  end)

  local function request_of(wire) return core.request(signer, "POST", "Action", true, wire) end

  it("makes the request of what it reads", function()
    for _, case in ipairs {
      { { B = "x y&z" }, { "BSent", "x y&z" } }, { { B = "x", A = 7 },
        { "ASent", "7", "BSent", "x" } },
      { { A = 60.0, B = "x", C = { "s1", "test-s2" } },
        { "ASent", "60", "BSent", "x", "CSent", "test-s1", "CSent", "test-s2" } },
    } do
      local made, other = make(case[1], "test-", signer, true), request_of(case[2])
      for _, field in ipairs { "action", "method", "params", "body", "content_type", "safe",
        "sequence" } do
        assert.same(other[field], made[field])
      end
      local signed = other:signed(ORIGIN, NONCE, TIME)
      assert.same(signed, made:signed(ORIGIN, NONCE, TIME))
      assert.same(signed, make(case[1], "test-", signer, true, ORIGIN, NONCE, TIME))
    end
    assert.is_false(make({ B = "x" }, nil, signer).safe)
    assert.equal("GET", operation { method = "GET" }({ B = "x" }, nil, signer).method)
  end)

  it("makes none of what is wrong, nor signs it", function()
    local params = { B = "x", C = { "a b" } }
    local got = { make(params, "", signer, true) }
    assert.same({ "stream_id", "C item 1" }, { select(2, unpack(got, 1, 3)) })
    assert.same(got, { make(params, "", signer, true, ORIGIN) })
  end)

  it("says when it would be too large", function()
    local made, message, code = make({ B = ("x"):rep(70000) }, nil, signer)
    assert.is_false(made)
    assert.equal("too_large", code)
    assert.truthy(message:find "^too_large: the parameters are larger than")
    made, message, code = make({ B = ("x"):rep(70000) }, nil, signer, true, ORIGIN)
    assert.is_false(made)
    assert.equal("too_large", code)
    assert.truthy(message:find "^too_large: ")
    assert.truthy(make({ B = "x" }, nil, signer))
  end)

  it("raises for arguments of another kind", function()
    raises("streamctl%.signer.* expected", make, { B = "x" }, nil, io.stdout)
    raises("'action' must be a string", operation, { action = 5 })
    raises("it has to be stamped before", operation { sequence = true, resource = { "C" } },
      { B = "x" }, nil, signer, true, ORIGIN)
    raises("no Unix time", make, { B = "x" }, nil, signer, true, ORIGIN, nil, 1e16)
    debug.getmetatable(signer).__gc(signer)
    raises("the signer is closed", make, { B = "x" }, nil, signer)
  end)
end)

describe("a request", function()
  local signer = make_signer()

  it("shows what it would send", function()
    local made = core.request(signer, "POST", "A", true, { "b", "2", "a", "\0" }, "body", "t/p")
    assert.same({ "A", "POST", { "b", "2", "a", "\0" }, "body", "t/p", true },
      { made.action, made.method, made.params, made.body, made.content_type, made.safe })
    assert.is_nil(made.sequence)
    assert.is_nil(made.nothing or made[1])
    assert.equal("streamctl.request", tostring(made))
    assert.is_false(getmetatable(made))
    local bare = core.request(signer, "GET", "A")
    assert.same({ {}, false }, { bare.params, bare.safe })
    assert.is_nil(bare.body or bare.content_type)
  end)

  it("is signed with a body, and for a URL", function()
    local made = core.request(signer, "POST", "A", true, { "b", "2" }, "body", "text/plain")
    local target, headers = made:sign(NONCE, TIME)
    assert.same({ method = "POST", url = ORIGIN .. target, headers = headers, body = "body" },
      made:signed(ORIGIN, NONCE, TIME))
    assert.equal("text/plain", headers["content-type"])
    local fresh = made:signed(ORIGIN).headers["x-acs-signature-nonce"]
    assert.equal(32, #fresh)
    assert.not_equal(fresh, made:signed(ORIGIN).headers["x-acs-signature-nonce"])
    raises("string expected", made.signed, made, {})
    raises("streamctl%.request.* expected", made.signed, signer)
  end)

  it("says why it cannot be signed", function()
    local signed, message, code = core.request(signer, "POST", ""):signed(ORIGIN)
    assert.is_nil(signed)
    assert.equal("invalid_parameter", code)
    assert.truthy(message:find("the action is empty", 1, true))
    signed, message, code =
      core.request(signer, "POST", "A", true, { "b", ("%"):rep(30000) }):signed(ORIGIN)
    assert.is_nil(signed)
    assert.equal("too_large", code)
    assert.truthy(message:find("the request target", 1, true))
  end)

  it("keeps its signer", function()
    local mine = make_signer()
    local made = core.request(mine, "GET", "A")
    debug.getmetatable(mine).__gc(mine)
    assert.same({ core.request(signer, "GET", "A"):sign(NONCE, TIME) }, { made:sign(NONCE, TIME) })
  end)

  it("leaves no token in Lua", function()
    local token = table.concat { "short", "-", "token" }
    local made = core.request(make_signer(token), "GET", "A")
    for _ = 1, 3 do assert.equal(token, made:signed(ORIGIN).headers["x-acs-security-token"]) end
    for _, entry in pairs(debug.getregistry()) do
      for _, text in pairs(type(entry) == "table" and entry ~= _G and entry or {}) do
        assert.not_equal(token, text)
      end
    end
  end)
end)

describe("a request with a Sequence", function()
  local signer = core.signer("zego", { app_id = 1, server_secret = "s" })

  local function operation(more)
    local row = {
      action = "A", method = "GET", sequence = true, resource = { "StreamId" },
      params = {
        { name = "Q", wire = "Q", type = "text" },
        { name = "StreamId", wire = "StreamId[]", type = "stream_ids" },
        { name = "R", wire = "R", type = "text" },
        { name = "Sequence", wire = "Sequence", type = "sequence" },
      },
    }
    for name, value in pairs(more or {}) do row[name] = value end
    local make = core.operation(row)
    return function(params) return make(params, {}, signer, true) end
  end

  local of = operation()
  local in_body = operation { body = "json", resource = { "Q", of = "q" } }

  it("has the one it was given last, and then the one it is stamped with", function()
    local made = of { Sequence = 7, StreamId = { "a" }, R = "r" }
    assert.equal(7, made.sequence)
    assert.same({ "R", "r", "StreamId[]", "a", "Sequence", "7" }, made.params)
    made:stamp(2 ^ 53 - 1)
    assert.same({ "R", "r", "StreamId[]", "a", "Sequence", "9007199254740991" }, made.params)
    made:stamp(12)
    assert.equal(12, made.sequence)
    assert.truthy(made:sign("n", 0):find("&R=r&StreamId%5B%5D=a&Sequence=12", 1, true))
  end)

  it("raises when it is stamped with something else", function()
    local made = of { StreamId = { "a", "b" } }
    for _, number in ipairs { 0, -1, 2 ^ 53, 0 / 0 } do
      raises("a Sequence is from 1 to", made.stamp, made, number)
    end
    for _, dropped in ipairs { { 0 }, { 3 }, { 2, 1 }, { 1, 1 }, { "x" }, { 1, 3 } } do
      raises("no rising list", made.stamp, made, 1, dropped)
      assert.equal(2, #made:resources()) -- no half of it is done
    end
    raises("table expected", made.stamp, made, 1, 1)
    raises("whole or not at all", made.stamp, in_body { Q = "q" }, 1, { 1 })
    local other = core.request(signer, "GET", "A")
    raises("carries no Sequence", other.stamp, other, 1)
  end)
end)
