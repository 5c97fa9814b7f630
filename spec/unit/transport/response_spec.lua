-- Answers read from a guarded socket, here a scripted one.

local helper = require "spec.unit.helper"
local response = require "streamctl.transport.response"

local MAX_BODY = 1000
local HEAD = 65536
local OK = "HTTP/1.1 200 OK\r\n"
local ILL_FORMED = "the response has an ill-formed header"

-- What comes of these pieces: the body, or nil and why not; whether the connection may be kept; the
-- result, and the socket.
local function read(...)
  local socket = helper.guarded(helper.cosocket(...), MAX_BODY)
  local result = {}
  local ok, why, may_keep = response.read(socket, MAX_BODY, result)
  return ok and result.body, why, may_keep, result, socket
end

local function split(text)
  local pieces = {}
  for i = 1, #text do pieces[i] = text:sub(i, i) end
  return (table.unpack or unpack)(pieces) -- luacheck: ignore 113 143
end

describe("an answer", function()
  local BODIES = {
    ["of a known length"] = "content-LENGTH:  5 \t\r\n\r\nhello",
    ["in chunks"] = "Transfer-Encoding: gzip, Chunked\r\n\r\n"
      .. "2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nT: t\r\n\r\n",
    ["behind lines that end with LF alone"] = "Content-Length: 5\n\nhello",
    ["without a body"] = false,
  }

  for what, text in pairs(BODIES) do
    it(what .. " is read, whole and byte by byte", function()
      local answer = text and OK .. "Date: today\r\n" .. text or "HTTP/1.1 204\r\n\r\n"
      for _, pieces in ipairs { { answer }, { split(answer) } } do
        local body, why, may_keep, result =
          read((table.unpack or unpack)(pieces)) -- luacheck: ignore 113 143
        assert.equal(text and "hello" or "", body, why)
        assert.is_true(may_keep)
        assert.equal(text and 200 or 204, result.http_status)
        if text then assert.is_truthy(result.headers:find("\nDate: today\r\n", 1, true)) end
      end
    end)
  end

  it("without a length ends with its connection", function()
    local body, _, may_keep = read("HTTP/1.0 200 OK\r\n\r\nhe", "llo")
    assert.same({ "hello", false }, { body, may_keep })
  end)

  it("comes after those that are interim", function()
    local body, _, may_keep, result = read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hin",
      "ts\r\nContent-Length: 9\r\n\r\n" .. OK .. "Content-Length: 2\r\n\r\nok")
    assert.same({ "ok", true, 200 }, { body, may_keep, result.http_status })
  end)

  it("is no reason to keep a connection that ends, may end, or has more to say", function()
    local function may_keep(head, body, version)
      local got, why, kept = read((version or "HTTP/1.1") .. " 200 OK\r\n" .. head
        .. "Content-Length: 2\r\n\r\n" .. (body or "ok"))
      assert.equal("ok", got, why)
      return kept
    end
    assert.is_true(may_keep "")
    assert.is_true(may_keep "Connection: keep-alive\r\nX-Connection: close\r\n")
    assert.is_false(may_keep "Connection: Close\r\n")
    assert.is_false(may_keep "Connection: upgrade\r\nConnection: x, close\r\n")
    assert.is_false(may_keep("Transfer-Encoding: chunked\r\n", "2\r\nok\r\n0\r\n\r\n"))
    assert.is_false(may_keep("", "okHTTP/1.1 200 OK"))
    assert.is_false(may_keep("", nil, "HTTP/1.0"))
  end)

  it("has a status line of HTTP/1", function()
    for _, line in ipairs { "HTTP/2 200 OK", "HTTP/1.1 2x0 OK", "HTTP/1.1 1000 OK", "HTTP/1.1 OK",
      "HTTP/1.1 099 OK", "ICAP/1.1 200 OK", "", " HTTP/1.1 200 OK", "HTTP/1.12 200 OK",
      "HTTP/1.1 200\tOK", "HTTP/1.1 200\1OK" } do
      -- who speaks another protocol may say no more
      local _, why = read(line .. "\r\n", { "timeout" })
      assert.equal(ILL_FORMED, why, line)
    end
  end)

  it("has nothing but headers in its head", function()
    for _, line in ipairs { "nonsense", "two words: x", " folded", "\tfolded", "X-A : x",
      "X: a\0b" } do
      local rest = "A: b\r\n" .. line .. "\r\nC: d\r\n\r\n"
      for _, head in ipairs { OK .. rest, "HTTP/1.1 103 Hints\r\n" .. rest .. OK .. "\r\n" } do
        local _, why, _, result = read(head)
        assert.equal(ILL_FORMED, why, head)
        assert.is_nil(result.http_status)
      end
    end
  end)

  it("has one length, if any", function()
    for _, lines in ipairs { "Content-Length: -1", "Content-Length: ten", "Content-Length:",
      "Content-Length: 0x5", "Content-Length: 5, 5", "Content-Length: 5\r\nContent-Length: 5" } do
      local _, why = read(OK .. lines .. "\r\n\r\nhello")
      assert.equal("the response has an ill-formed Content-Length", why, lines)
    end
  end)

  it("has a head of 64 KiB, interim ones included, and no more", function()
    local function head(length, first)
      return first .. "X: " .. ("x"):rep(length - #first - 7) .. "\r\n\r\n"
    end
    local interim = "HTTP/1.1 103 Early Hints\r\n"
    assert.equal("", (read(head(HEAD, OK))))
    assert.equal("", (read(head(1000, interim) .. head(HEAD - 1000, OK))))
    for _, text in ipairs { head(HEAD + 1, OK), head(1000, interim) .. head(HEAD - 999, OK),
      head(100, interim):rep(10000), ("x"):rep(10 * HEAD), OK .. ("A: b\r\n"):rep(100000) } do
      local _, why, _, _, socket = read(text)
      assert.equal("too large", why)
      assert.equal("the response header is larger than 65536 bytes", socket.excess)
      assert.is_true(socket.socket.received <= 2 * HEAD)
    end
  end)

  it("has no larger body than it may", function()
    local most = ("x"):rep(MAX_BODY)
    assert.equal(most, (read(OK .. "Content-Length: 1000\r\n\r\n" .. most)))
    assert.equal(most, (read(OK .. "\r\n" .. most)))
    assert.equal(most, (read(OK .. "Transfer-Encoding: chunked\r\n\r\n" .. ("1\r\nx\r\n"):rep(1000)
      .. "0\r\n\r\n")))
    for _, text in ipairs {
      "Content-Length: 1001\r\n\r\n", "\r\n" .. most .. "x",
      "Content-Length: 99999999999999999999999\r\n\r\n",
      "Transfer-Encoding: chunked\r\n\r\n3e9\r\n",
      "Transfer-Encoding: chunked\r\n\r\n" .. ("1\r\nx\r\n"):rep(1001),
    } do
      local _, why, _, result, socket = read(OK .. text)
      assert.same({ "too large", 200 }, { why, result.http_status })
      assert.equal("the response body is larger than 1000 bytes", socket.excess)
    end
  end)

  it("has chunks of hexadecimal lengths, each ended by a line", function()
    for _, chunks in ipairs { "x\r\n", "2 x\r\nhe\r\n", "\r\n", "-1\r\n", "2\r\nhello\r\n" } do
      local _, why = read(OK .. "Transfer-Encoding: chunked\r\n\r\n" .. chunks .. "0\r\n\r\n")
      assert.equal("the response has an ill-formed chunk", why, chunks)
    end
  end)

  it("has trailers of 64 KiB at most", function()
    local _, why, _, _, socket = read(OK .. "Transfer-Encoding: chunked\r\n\r\n0\r\n"
      .. ("T: t\r\n"):rep(20000))
    assert.equal("too large", why)
    assert.equal("the response header is larger than 65536 bytes", socket.excess)
  end)

  it("that is not whole is none", function()
    for _, text in ipairs { "", OK, OK .. "Content-Length: 5\r\n\r\nhell",
      OK .. "Transfer-Encoding: chunked\r\n\r\n5\r\nhell",
      OK .. "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n" } do
      local body, why = read(text)
      assert.same({ nil, "closed" }, { body, why })
    end
  end)
end)
