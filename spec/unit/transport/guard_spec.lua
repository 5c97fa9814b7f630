-- The guard before a cosocket, here a scripted one.

local helper = require "spec.unit.helper"

local HEAD = 65536

local socket_of, guarded = helper.cosocket, helper.guarded

describe("the lines of a guarded socket", function()
  it("end with CRLF or LF, however they are split", function()
    for _, pieces in ipairs {
      { "one\r\ntwo\n\r\nlast\rnot\r\n" },
      { "on", "e\r", "\nt", "w", "o", "\n", "\r", "\n", "last\rnot", "\r\n" },
      { "one\r\ntwo\n\r", "\nlast\rnot\r\n" },
    } do
      local socket = socket_of((table.unpack or unpack)(pieces)) -- luacheck: ignore 113 143
      local it = guarded(socket)
      assert.equal("one", it:receive "*l")
      assert.equal("two", it:receive "*l")
      assert.equal("", it:receive "*l")
      assert.equal("last\rnot", it:receive "*l")
      assert.same({ nil, "closed" }, { it:receive "*l" })
    end
  end)

  it("of a proxy are 64 KiB in all", function()
    local it, count = guarded(socket_of((("x"):rep(63) .. "\n"):rep(5000)), false), 0
    while it:receive "*l" do count = count + 1 end
    assert.equal(1024, count)
    assert.equal("the response is larger than 65536 bytes", it.excess)
  end)
end)

describe("the bytes of a guarded socket", function()
  it("are all there are until the end of the connection", function()
    assert.equal("abcdef", guarded(socket_of("abc", "def")):receive_bytes(math.huge))
    assert.equal("", guarded(socket_of()):receive_bytes(math.huge))
    assert.same({ nil, "timeout" },
      { guarded(socket_of("abc", { "timeout" })):receive_bytes(math.huge) })
  end)

  it("without an end are read up to a limit", function()
    for _, max_body in ipairs { 1, 1000, 1048576 } do
      local pieces = {}
      for i = 1, 100 do pieces[i] = ("x"):rep(100000) end
      local socket = socket_of((table.unpack or unpack)(pieces)) -- luacheck: ignore 113 143
      local it = guarded(socket, max_body)
      assert.same({ nil, "too large" }, { it:receive_bytes(math.huge) })
      assert.equal("the response is larger than " .. max_body .. " bytes", it.excess)
      assert.is_true(socket.received > max_body)
      assert.is_true(socket.received <= max_body + 4 * HEAD)
    end
  end)
end)

describe("a guarded socket", function()
  it("begins no handshake behind bytes that it would take for the server's", function()
    for _, pieces in ipairs {
      { "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}" }, { "HTTP/1.1 200 OK\r\n\r\n", "\nx" },
    } do
      local socket = socket_of((table.unpack or unpack)(pieces)) -- luacheck: ignore 113 143
      local it = guarded(socket, false)
      for _ = 1, #pieces + 1 do it:receive "*l" end
      socket.calls = {}
      assert.same({ nil, "the proxy sent something before the handshake" },
        { it:sslhandshake(nil, "h", true) })
      assert.same({}, socket.calls)
      assert.equal("tls", it.stage)
    end
  end)

  it("hands its operations on as they are", function()
    local socket = socket_of()
    local it = guarded(socket, false)
    local options = { pool = "p" }
    assert.equal("connect done", it:connect("h", 443, options))
    assert.equal("sslhandshake done", it:sslhandshake(nil, "h", true))
    assert.equal("send done", it:send { "a", "b" })
    assert.equal("getreusedtimes done", it:getreusedtimes())
    assert.equal("setkeepalive done", it:setkeepalive(60000, 100))
    assert.equal("close done", it:close())
    assert.same({
      { "connect", "h", 443, options }, { "sslhandshake", nil, "h", true },
      { "send", { "a", "b" } }, { "getreusedtimes" }, { "setkeepalive", 60000, 100 }, { "close" },
    }, socket.calls)
    assert.equal(options, socket.calls[1][4])
  end)

  it("tells whether anything came back at all, but for what a proxy said", function()
    local it = guarded(socket_of())
    it:connect("h", 443)
    it:send "data"
    it:receive "*l"
    assert.is_false(it.answered)
    for _, length in ipairs { math.huge, 3 } do
      it = guarded(socket_of("x", { "connection reset by peer" }))
      assert.same({ nil, "connection reset by peer" }, { it:receive_bytes(length) })
      assert.is_true(it.answered)
    end
    it = guarded(socket_of "HTTP/1.1 200 OK\r\n", false)
    it:receive "*l"
    it:expect(1000)
    assert.is_false(it.answered)
  end)

  it("tells how far the connection has come", function()
    local it = guarded(socket_of(), false)
    assert.equal("connect", it.stage)
    it:connect("h", 443)
    assert.equal("connect", it.stage)
    it:sslhandshake(nil, "h", true)
    assert.equal("tls", it.stage)
    it:expect(1000)
    assert.equal("http", it.stage)
  end)
end)
