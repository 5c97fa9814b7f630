-- The guard before a cosocket, here a scripted one, under a clock that stands still.

local core = require "streamctl.core"
local helper = require "spec.unit.helper"

local HEAD = 65536

local socket_of, guarded = helper.cosocket, helper.guarded

before_each(function() helper.freeze() end)
after_each(helper.thaw)

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
      assert.same({ "one", "two", "", "last\rnot" }, it.head)
    end
  end)

  it("are noted as they came as long as they are the header", function()
    local it = guarded(socket_of "HTTP/1.1 200 OK\r\nA:  b \r\n\r\n5\r\nhello\r\n")
    for _ = 1, 3 do it:receive "*l" end
    it.in_body = true
    assert.equal("5", it:receive "*l")
    assert.equal("hello", it:receive(5))
    assert.same({ "HTTP/1.1 200 OK", "A:  b ", "" }, it.head)
  end)

  it("hand on why there is no more", function()
    assert.same({ nil, "closed" }, { guarded(socket_of "half a line"):receive "*l" })
    assert.same({ nil, "connection reset by peer" },
      { guarded(socket_of("half", { "connection reset by peer" })):receive "*l" })
  end)

  local function read_all(it)
    for count = 0, math.huge do
      local line, why = it:receive "*l"
      if not line then return count, why end
    end
  end

  it("may be 64 KiB in all, and no more", function()
    local fits = ("x"):rep(HEAD - 2) .. "\n\n"
    local it = guarded(socket_of(fits))
    assert.equal(HEAD - 2, #it:receive "*l")
    assert.equal("", it:receive "*l")
    assert.is_nil(it.excess)
    it = guarded(socket_of(("x"):rep(HEAD) .. "\n"))
    assert.same({ nil, "too large" }, { it:receive "*l" })
    assert.equal("the response header is larger than 65536 bytes", it.excess)
    it = guarded(socket_of((("x"):rep(63) .. "\n"):rep(5000)))
    assert.same({ 1024, "too large" }, { read_all(it) })
    assert.equal("the response header is larger than 65536 bytes", it.excess)
  end)

  it("that never end are not read for ever", function()
    local socket = socket_of(("x"):rep(10 * HEAD))
    local it = guarded(socket)
    assert.same({ nil, "too large" }, { it:receive "*l" })
    assert.equal("the response header is larger than 65536 bytes", it.excess)
    assert.is_true(socket.received <= 2 * HEAD)
  end)

  it("of a body are no part of the header, but do not go on for ever either", function()
    local it = guarded(socket_of(("x"):rep(HEAD - 2) .. "\n\n",
      "00000000005\r\nhello\r\n0\r\n\r\n"))
    it:receive "*l"
    it:receive "*l"
    it.in_body = true
    assert.equal("00000000005", it:receive "*l")
    assert.equal("hello", it:receive(5))
    local socket = socket_of(("0"):rep(10 * HEAD))
    it = guarded(socket, { max_body = 100 * HEAD })
    it.in_body = true
    assert.same({ nil, "too large" }, { it:receive "*l" })
    assert.is_string(it.excess)
    assert.is_true(socket.received <= 2 * HEAD)
  end)
end)

describe("the bytes of a guarded socket", function()
  it("are as many as were asked for, and none of those behind them", function()
    local socket = socket_of("0123", "456789REST")
    local it = guarded(socket)
    assert.equal("0123456789", it:receive(10))
    assert.equal(10, socket.received)
    assert.same({ "REST" }, socket.pieces)
    assert.equal("", it.buffer)
    assert.equal("REST", it:receive(4))
  end)

  it("come first from what lines left over", function()
    local socket = socket_of("line\r\n0123", "456")
    local it = guarded(socket)
    assert.equal("line", it:receive "*l")
    assert.equal("01", it:receive(2))
    assert.equal(1, #socket.calls)
    assert.equal("2345", it:receive(4))
    assert.equal("6", it:receive "*a")
  end)

  it("may be none, for which nothing is read", function()
    local socket = socket_of "x"
    assert.equal("", guarded(socket):receive(0))
    assert.same({}, socket.calls)
  end)

  it("are all there are until the end of the connection", function()
    assert.equal("abcdef", guarded(socket_of("abc", "def")):receive "*a")
    assert.equal("", guarded(socket_of()):receive "*a")
    assert.same({ nil, "timeout" }, { guarded(socket_of("abc", { "timeout" })):receive "*a" })
  end)

  it("that are too few are no answer", function()
    assert.same({ nil, "closed" }, { guarded(socket_of "abc"):receive(10) })
    assert.same({ nil, "timeout" }, { guarded(socket_of("abc", { "timeout" })):receive(10) })
  end)

  it("are refused before any is read when there are more than a body may have", function()
    local socket = socket_of(("x"):rep(2000))
    local it = guarded(socket)
    assert.same({ nil, "too large" }, { it:receive(1001) })
    assert.equal("the response body is larger than 1000 bytes", it.excess)
    assert.same({}, socket.calls)
    it = guarded(socket)
    assert.equal(1000, #it:receive(1000))
    assert.is_nil(it.excess)
  end)

  it("without an end are read up to a limit", function()
    for _, max_body in ipairs { 1, 1000, 1048576 } do
      local pieces = {}
      for i = 1, 100 do pieces[i] = ("x"):rep(100000) end
      local socket = socket_of((table.unpack or unpack)(pieces)) -- luacheck: ignore 113 143
      local it = guarded(socket, { max_body = max_body })
      assert.same({ nil, "too large" }, { it:receive "*a" })
      assert.equal("the response is larger than " .. max_body .. " bytes", it.excess)
      assert.is_true(socket.received > max_body)
      assert.is_true(socket.received <= max_body + 4 * HEAD)
    end
  end)

  it("in many chunks are no more than in one", function()
    local socket = socket_of(("x"):rep(1000000))
    local it, count = guarded(socket), 0
    while it:receive(1000) do count = count + 1 end
    assert.is_string(it.excess)
    assert.is_true(count < 1000 and socket.received <= 1000 + 4 * HEAD)
  end)

  it("must have a length that is one", function()
    for _, length in ipairs { -5, -1, 1.5, 0 / 0, math.huge, -math.huge } do
      local socket = socket_of(("x"):rep(100))
      local it = guarded(socket)
      assert.same({ nil, "the response names an ill-formed length" }, { it:receive(length) })
      assert.same({}, socket.calls)
      assert.is_nil(it.excess)
    end
  end)
end)

describe("a guarded socket", function()
  it("begins no handshake behind bytes that it would take for the server's", function()
    for _, pieces in ipairs {
      { "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}" }, { "HTTP/1.1 200 OK\r\n\r\n", "\nx" },
    } do
      local socket = socket_of((table.unpack or unpack)(pieces)) -- luacheck: ignore 113 143
      local it = guarded(socket)
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
    local it = guarded(socket)
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

  it("may be closed or kept after its deadline", function()
    local socket = socket_of()
    local it = guarded(socket, { seconds = 1 })
    core.sleep(2)
    assert.equal("close done", it:close())
    assert.equal("setkeepalive done", it:setkeepalive(60000, 100))
    assert.equal("getreusedtimes done", it:getreusedtimes())
  end)

  it("tells whether anything came back at all", function()
    local it = guarded(socket_of())
    it:connect("h", 443)
    it:send "data"
    it:receive "*l"
    assert.falsy(it.answered)
    for _, what in ipairs { "*l", "*a", 3 } do
      it = guarded(socket_of("x", { "connection reset by peer" }))
      assert.same({ nil, "connection reset by peer" }, { it:receive(what) })
      assert.is_true(it.answered)
    end
  end)

  it("tells how far the connection has come, also when it comes no further", function()
    local it = guarded(socket_of())
    assert.equal("connect", it.stage)
    it:connect("h", 443)
    assert.equal("connect", it.stage)
    it:sslhandshake(nil, "h", true)
    assert.equal("tls", it.stage)
    it = guarded(socket_of(), { seconds = 1 })
    core.sleep(1)
    it:connect("h", 443)
    assert.equal("connect", it.stage)
    it:sslhandshake(nil, "h", true)
    assert.equal("tls", it.stage)
  end)
end)
