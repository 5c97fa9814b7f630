-- A cosocket that reads no more than its limits say, whatever the other side sends. lua-resty-http
-- connects with its methods. It keeps no time: see `within` of `streamctl.loop.ngx`.

local handshake = require "streamctl.loop.handshake"

local Guard = {}
Guard.__index = Guard

local guard = {}

local PIECE = 16384
local HEAD = 65536 -- bytes of all headers, as in the engine, and of all trailers

-- Guards a cosocket that is to be connected. Fields: `stage` ("connect", "tls" or "http"),
-- `answered` (something came), `excess` (what was too large); `buffer` is unread from `at` on.
function guard.new(socket)
  return setmetatable({
    socket = socket, stage = "connect", limit = HEAD, left = HEAD, buffer = "", at = 1,
    answered = false,
  }, Guard)
end

-- From now on the server answers, no longer a proxy, with a body of so many bytes at most.
function Guard:expect(max_body)
  self.stage, self.answered = "http", false
  self.limit, self.left = max_body, max_body + 2 * HEAD -- headers and trailers
end

for _, name in ipairs { "connect", "send", "getreusedtimes", "setkeepalive", "close" } do
  Guard[name] = function(self, ...) return self.socket[name](self.socket, ...) end
end

function Guard:sslhandshake(...)
  self.stage = "tls"
  -- the proxy's bytes would be read as the answer of the server that is verified now
  if self:pending() > 0 then return nil, "the proxy sent something before the handshake" end
  return handshake.call(self.socket, ...)
end

-- Notes that a part of the answer is larger than its limit; returns nil and the failure.
function Guard:refuse(part, limit)
  self.excess = ("the %s is larger than %.0f bytes"):format(part, limit)
  return nil, "too large"
end

-- Lets more be read than the body's limit: the lines between its chunks.
function Guard:allow(bytes) self.left = self.left + bytes end

local function read(self, limit)
  if self.left <= 0 then return self:refuse("response", self.limit) end
  local piece, why = self.socket:receiveany(math.min(PIECE, limit, self.left))
  if piece then self.left, self.answered = self.left - #piece, true end
  return piece, why
end

-- How many bytes were read and not yet taken.
function Guard:pending() return #self.buffer - self.at + 1 end

local function take(self, length)
  local from = self.at
  self.at = from + length
  return self.buffer:sub(from, self.at - 1)
end

-- Reads a line, of at most 64 KiB. Returns it without its end; or nil and why not.
function Guard:receive()
  local seen = 0
  while true do
    local at = self.buffer:find("\n", self.at + seen, true)
    seen = at and at - self.at + 1 or self:pending()
    if seen > HEAD then return self:refuse("response header", HEAD) end
    if at then return (take(self, seen):gsub("\r?\n$", "")) end
    local piece, why = read(self, PIECE)
    if not piece then return nil, why end
    self.buffer, self.at = take(self, seen) .. piece, 1
  end
end

-- Reads lines until an empty line, of 64 KiB in all less `used`. Returns them, and how long they
-- were; or nil and why not. The first line has to match a pattern, if there is one.
function Guard:receive_lines(used, pattern, flaw)
  local lines = {}
  repeat
    local line, why = self:receive()
    if not line then return nil, why end
    used = used + #line + 2
    if used > HEAD then return self:refuse("response header", HEAD) end
    if #lines == 0 and pattern and not line:find(pattern) then return nil, flaw end
    lines[#lines + 1] = line
  until line == ""
  return lines, used
end

-- Reads bytes of a body, all until the end of the connection for math.huge; or nil and why not.
function Guard:receive_bytes(length)
  local have = math.min(self:pending(), length)
  local parts = { take(self, have) }
  while have < length do
    local piece, why = read(self, length - have)
    if not piece and why == "closed" and length == math.huge then break end
    if not piece then return nil, why end
    parts[#parts + 1], have = piece, have + #piece
  end
  return table.concat(parts)
end

return guard
