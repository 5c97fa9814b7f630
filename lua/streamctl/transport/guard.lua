--- A cosocket of which never more is read than its limits say, whatever the other side sends.
--
-- It has the methods with which lua-resty-http connects, so that it can stand in the socket's
-- place. It keeps no time: see `within` of `streamctl.loop.ngx`.
-- @module streamctl.transport.guard

local Guard = {}
Guard.__index = Guard

local guard = {}

local PIECE = 16384
local HEAD = 65536 -- bytes of all headers, as in the engine, and of all trailers
local SLACK = 2 * HEAD -- beside the body: headers, trailers

guard.HEAD = HEAD

--- Guards a cosocket that is to be connected. It has `stage` ("connect", "tls" or "http"),
-- `answered` (something came), `excess` (why it was too much); what was read and not yet taken is
-- `buffer` from `at` on.
function guard.new(socket)
  return setmetatable({
    socket = socket, stage = "connect", most = HEAD, left = HEAD, buffer = "", at = 1,
    answered = false,
  }, Guard)
end

--- What comes now is an answer, no longer that of a proxy, with a body of so many bytes at most.
function Guard:expect(max_body)
  self.stage, self.answered = "http", false
  self.most, self.left = max_body, max_body + SLACK
end

for _, name in ipairs { "connect", "send", "getreusedtimes", "setkeepalive", "close" } do
  Guard[name] = function(self, ...) return self.socket[name](self.socket, ...) end
end

-- lua-resty-core raises an error when a handshake fails before it has to wait. nginx has told it
-- why.
local function reason()
  local found, base = pcall(require, "resty.core.base")
  return found and base.get_errmsg_ptr() or {}
end

function Guard:sslhandshake(...)
  self.stage = "tls"
  -- it would be taken for the answer of the server that is verified now
  if self:pending() > 0 then return nil, "the proxy sent something before the handshake" end
  local told = reason()
  told[0] = nil
  local ok, session, why = pcall(self.socket.sslhandshake, self.socket, ...)
  if ok then return session, why end
  if told[0] ~= nil then return nil, require("ffi").string(told[0]) end
  return nil, "the handshake failed, nginx' error log says why"
end

--- Notes that there are more than `most` bytes of something. Returns nil, and what to fail with.
function Guard:refuse(what, most)
  self.excess = ("the %s is larger than %.0f bytes"):format(what, most)
  return nil, "too large"
end

--- Lets this much more be read than the body's limit: what stands between its chunks.
function Guard:allow(bytes)
  self.left = self.left + bytes
end

-- What there is, at most `most` bytes.
local function read(self, most)
  if self.left <= 0 then return self:refuse("response", self.most) end
  local piece, why = self.socket:receiveany(math.min(PIECE, most, self.left))
  if piece then self.left, self.answered = self.left - #piece, true end
  return piece, why
end

--- Reads more into the buffer. Returns true; or nil and why not.
function Guard:fill()
  local piece, why = read(self, PIECE)
  if not piece then return nil, why end
  self.buffer, self.at = self.at > #self.buffer and piece or self.buffer:sub(self.at) .. piece, 1
  return true
end

--- Bytes that were read and not yet taken.
function Guard:pending()
  return #self.buffer - self.at + 1
end

--- Takes bytes that are pending.
function Guard:take(length)
  local from = self.at
  self.at = from + length
  return self.buffer:sub(from, self.at - 1)
end

--- Reads a line, of at most 64 KiB. Returns it without its end; or nil and why not.
function Guard:receive()
  local seen = 0
  while true do
    local at = self.buffer:find("\n", self.at + seen, true)
    local length = at and at - self.at + 1 or self:pending()
    if length > HEAD then return self:refuse("response header", HEAD) end
    if at then return (self:take(length):gsub("\r?\n$", "")) end
    local ok, why = self:fill()
    if not ok then return nil, why end
    seen = length
  end
end

--- Reads bytes of a body; math.huge are all there are until the end of the connection. Or returns
-- nil and why not.
function Guard:receive_bytes(length)
  local have = self:pending()
  if have >= length then return self:take(length) end
  local parts = { self:take(have) }
  while have < length do
    local piece, why = read(self, length - have)
    if not piece and why == "closed" and length == math.huge then break end
    if not piece then return nil, why end
    parts[#parts + 1], have = piece, have + #piece
  end
  return table.concat(parts)
end

return guard
