-- One closed list of codes, one shape.

local errors = require "streamctl.base.errors"

-- By code: the outcome where nothing was sent, and where the vendor may have executed the call.
local OUTCOMES = { superseded = { "superseded", "superseded" },
  outcome_unknown = { "unknown", "unknown" } }
for code in ([[ credentials store cancelled dns connect tls timeout closed forked throttled
  clock_skew full ]]):gmatch "%S+" do
  OUTCOMES[code] = { "unsent", "failed" }
end
for code in ([[ invalid_parameter cannot_wait caller_error bad_response too_large http signature
  access_denied replayed not_found conflict vendor not_yet wait_failed expired bad_request
  gave_up ]]):gmatch "%S+" do
  OUTCOMES[code] = { "failed", "failed" }
end

describe("an error", function()
  it("has one of the documented codes, each with its outcome", function()
    for code in pairs(errors.codes) do assert(OUTCOMES[code], code) end
    for code, expected in pairs(OUTCOMES) do
      local function outcome(fields)
        local _, _, err = errors.new(code, "x", fields)
        assert.equal(code, err.code)
        assert.is_table(errors.outcomes[err.outcome])
        return err.outcome
      end
      assert.same(expected, { outcome(), outcome { maybe_sent = true } }, code)
      assert.equal(expected[2], outcome { http_status = 403 }, code)
      assert.equal(expected[2], outcome { vendor_code = 7 }, code)
    end
  end)

  it("of an unknown code cannot be made", function()
    assert.has_error(function() errors.new("oops", "x") end)
  end)

  it("comes as nil, a text and a table, for assert and for programs", function()
    local value, message, err = errors.new("not_found", "no such stream")
    assert.is_nil(value)
    assert.equal("not_found: no such stream", message)
    assert.same({ message, message, "failed: " .. message, message .. "!" },
      { err.message, tostring(err), "failed: " .. err, err .. "!" })
    assert.same({ code = "not_found", outcome = "failed", message = message, retryable = false,
      maybe_sent = false, attempts = 0, elapsed = 0 }, setmetatable(err, nil))
  end)

  it("keeps the fields it is given, and not the table", function()
    local fields = { vendor = "zego", vendor_code = 42003, http_status = 200, attempts = 2,
      retryable = true, maybe_sent = true }
    local _, _, err = errors.new("vendor", "x", fields)
    for name, value in pairs(fields) do assert.equal(value, err[name]) end
    assert.is_nil(fields.code)
  end)

  it("is on one line, printable and short, whatever is put into it", function()
    local huge = ("x"):rep(100 * 1024)
    local _, message, err = errors.new("vendor", "a\r\nb\0c" .. huge,
      { cause = "d\ne" .. huge, vendor_code = "f\n" .. huge, request_id = "g\n" .. huge })
    for _, text in ipairs { message, err.cause, err.vendor_code, err.request_id } do
      assert.is_nil(text:find("[%c\127]"))
      assert.is_true(#text < 4096)
    end
    assert.equal("vendor: a  b cxxx", message:sub(1, 17))
  end)
end)

describe("tidy", function()
  it("takes what is no text for its type", function()
    assert.equal("a table", errors.tidy({}, 20))
    assert.equal("a nil", errors.tidy(nil, 20))
    assert.same({ "5", "true" }, { errors.tidy(5, 20), errors.tidy(true, 20) })
  end)

  it("says where it has cut, never within a character", function()
    assert.equal("abc...", errors.tidy("abcd", 3))
    assert.equal("ab...", errors.tidy("ab流流", 4))
    for limit = 1, 12 do
      local rest = errors.tidy(("流"):rep(20), limit):gsub("流", ""):gsub("%.%.%.$", "")
      assert.equal("", rest)
    end
  end)
end)

describe("the user part of a URL", function()
  it("is hidden before a text is cut, and in every message", function()
    local url = ("x"):rep(480) .. " http://me:password@host"
    assert.is_nil(errors.quote(url, 500):find("pass", 1, true))
    local _, message, err = errors.new("vendor", url, { cause = url })
    assert.is_nil((message .. err.cause):find("pass", 1, true))
  end)

  for given, wanted in pairs {
    ["proxy http://me:pw@host:1 failed"] = "proxy http://***@host:1 failed",
    ["'socks5h://me:p/w@x@[::1]:1'"] = "'socks5h://***@[::1]:1'",
    ["https://host/path and me@host"] = "https://host/path and me@host",
  } do
    it("is hidden in " .. given, function() assert.equal(wanted, errors.mask(given)) end)
  end
end)

describe("a signature", function()
  local CASES = {
    { "a?Signature=abc%2Bd%3D&b=1", "a?Signature=***&b=1" },
    { "Credential=id,SignedHeaders=host,Signature=0123abcd",
      "Credential=id,SignedHeaders=host,Signature=***" },
    { "signature=0123abcd ", "signature=*** " },
    { "q=Signature%3Dabc%252B&b", "q=Signature%3D***&b" },
    { "q=Signature%253Dabc%25252B&b", "q=Signature%253D***&b" },
    { '{"Signature":"abc+/=","b":1}', '{"Signature":"***","b":1}' },
  }
  for _, case in ipairs(CASES) do
    it("is hidden in " .. case[1], function()
      assert.equal(case[2], errors.mask(case[1]))
    end)
  end

  it("is not seen where there is none", function()
    for _, text in ipairs {
      "SignatureNonce=abc&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0",
      "SignatureDoesNotMatch: wrong", "IncompleteSignature: The request signature does not conform",
    } do
      assert.equal(text, errors.mask(text))
    end
  end)
end)
