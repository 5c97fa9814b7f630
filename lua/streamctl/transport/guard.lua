--- A cosocket that keeps to one request's deadline and limits, whatever the other side sends.
--
-- It has the methods lua-resty-http calls, so that it can stand in the socket's place. nginx' own
-- time limits count from each piece that arrives, and its lines have no limit.
-- @module streamctl.transport.guard

local core = require "streamctl.core"

local Guard = {}
Guard.__index = Guard

local guard = {}

local PIECE = 16384
local HEAD = 65536 -- bytes of all header lines, as in the engine, and of all trailers
local SLACK = 2 * HEAD -- beside the body: header, trailers

guard.HEAD = HEAD

--- @param socket a cosocket
-- @tparam Deadline limit
-- @tparam integer max_body bytes
-- @treturn Guard with `stage` ("connect", "tls" or "http"), `answered` (something came), `excess`
-- (why it was too much), `head` (lines as received)
function guard.new(socket, limit, max_body)
  return setmetatable({
    socket = socket, limit = limit, max_body = max_body, left = max_body + SLACK, buffer = "",
    at = 1, stage = "connect", head = {}, head_left = HEAD,
  }, Guard)
end

-- Gives the next operation the time that is left; false when there is none.
local function arm(self)
  local left = self.limit:left()
  if self.due then left = math.min(left, self.due - core.monotonic()) end
  if left <= 0 then return false end
  local ms = math.max(1, math.ceil(left * 1000))
  self.socket:settimeouts(ms, ms, ms)
  return true
end

--- Sets a time limit of its own for what comes next; without `seconds` there is none.
function Guard:hurry(seconds)
  self.due = seconds and core.monotonic() + seconds
end

-- The time limits are ours.
function Guard.settimeout() end
function Guard.settimeouts() end

function Guard:connect(...)
  if not arm(self) then return nil, "timeout" end
  return self.socket:connect(...)
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
  if not arm(self) then return nil, "timeout" end
  local told = reason()
  told[0] = nil
  local ok, session, why = pcall(self.socket.sslhandshake, self.socket, ...)
  if ok then return session, why end
  if told[0] ~= nil then return nil, require("ffi").string(told[0]) end
  return nil, "the handshake failed, nginx' error log says why"
end

function Guard:send(data)
  if not arm(self) then return nil, "timeout" end
  return self.socket:send(data)
end

--- Notes that there is too much of something.
-- @tparam string what of the answer
-- @tparam integer most bytes
-- @treturn nil
-- @treturn string what to fail with
function Guard:refuse(what, most)
  self.excess = ("the %s is larger than %.0f bytes"):format(what, most)
  return nil, "too large"
end

--- Lets this much more be read than the body's limit: what stands between its chunks.
-- @tparam integer bytes
function Guard:allow(bytes)
  self.left = self.left + bytes
end

-- What there is, at most `most` bytes.
local function read(self, most)
  if not arm(self) then return nil, "timeout" end
  if self.left <= 0 then return self:refuse("response", self.max_body) end
  local piece, why = self.socket:receiveany(math.min(PIECE, most, self.left))
  if piece then self.left, self.answered = self.left - #piece, true end
  return piece, why
end

-- What was read and not yet taken is `buffer` from `at` on.
local function take(self, length, skip)
  local data = self.buffer:sub(self.at, self.at + length - 1)
  self.at = self.at + length + (skip or 0)
  if self.at > #self.buffer then self.buffer, self.at = "", 1 end
  return data
end

--- Bytes that were read and not yet taken.
function Guard:pending()
  return #self.buffer - self.at + 1
end

local function receive_line(self)
  local from = self.at
  while true do
    local at = self.buffer:find("\n", from, true)
    local length = (at or #self.buffer) - self.at + 1
    if length > (self.in_body and HEAD or self.head_left) then
      return self:refuse("response header", HEAD)
    end
    if at then
      local line = take(self, length - 1, 1):gsub("\r$", "")
      if not self.in_body then
        self.head_left, self.head[#self.head + 1] = self.head_left - length, line
      end
      return line
    end
    local piece, why = read(self, PIECE)
    if not piece then return nil, why end
    self.buffer, self.at, from = self.buffer:sub(self.at) .. piece, 1, length + 1
  end
end

-- `length` bytes, or all there are until the end of the connection.
local function receive_bytes(self, length)
  local data = take(self, math.min(length, self:pending()))
  local parts, have = { data }, #data
  while have < length do
    local piece, why = read(self, length - have)
    if not piece and why == "closed" and length == math.huge then break end
    if not piece then return nil, why end
    parts[#parts + 1], have = piece, have + #piece
  end
  return table.concat(parts)
end

--- @param what "*l", "*a" or a number of bytes
function Guard:receive(what)
  if what == "*l" then return receive_line(self) end
  if what == "*a" then return receive_bytes(self, math.huge) end
  if what ~= math.floor(what) or what < 0 or what == math.huge then
    return nil, "the response names an ill-formed length"
  end
  if what > self.max_body then return self:refuse("response body", self.max_body) end
  return receive_bytes(self, what)
end

function Guard:getreusedtimes()
  return self.socket:getreusedtimes()
end

function Guard:setkeepalive(...)
  return self.socket:setkeepalive(...)
end

function Guard:close()
  return self.socket:close()
end

return guard
