-- A bounded crowd of HTTP clients in plain Lua: each request has a connection of its own.

local socket = require "socket"

local crowd = {}

local Request = {}
Request.__index = Request

--- Seconds, of any clock.
function crowd.now() return socket.gettime() end

function crowd.sleep(seconds) socket.sleep(seconds) end

--- Sends a request and does not wait for its answer.
function crowd.open(port, path)
  local connection = assert(socket.tcp())
  connection:settimeout(5)
  local self = setmetatable({ connection = connection, path = path, parts = {} }, Request)
  local ok, why = connection:connect("127.0.0.1", port)
  if ok then
    ok, why = connection:send("GET " .. path
      .. " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
  end
  if not ok then self.problem = why end
  connection:settimeout(0)
  return self
end

--- Goes away, whether there was an answer or not.
function Request:close() self.connection:close() end

-- Reads what there is; true at the end.
local function advance(self)
  local text, why, part = self.connection:receive("*a")
  self.parts[#self.parts + 1] = text or part
  if not text and why == "timeout" then return false end
  self.connection:close()
  return true
end

local function unchunk(body)
  local parts = {}
  while true do
    local size, rest = body:match("^(%x+)\r\n(.*)$")
    size = size and tonumber(size, 16)
    if not size or size == 0 then return table.concat(parts) end
    parts[#parts + 1] = rest:sub(1, size)
    body = rest:sub(size + 3)
  end
end

local function result_of(self)
  local text = table.concat(self.parts)
  local head, body = text:match("^(.-\r\n)\r\n(.*)$")
  if head and head:lower():find("transfer-encoding: chunked", 1, true) then body = unchunk(body) end
  return {
    path = self.path, text = self.problem or text, status = tonumber(text:match("^HTTP/1.1 (%d+)"))
      or 0,
    body = body,
  }
end

--- The answer, if it is there after at most some seconds: `status` (0 without an answer), `body`,
-- `text`.
function Request:wait(seconds)
  local due = socket.gettime() + seconds
  repeat
    if self.problem or advance(self) then return result_of(self) end
    socket.select({ self.connection }, nil, math.max(0, due - socket.gettime()))
  until socket.gettime() >= due
  return (self.problem or advance(self)) and result_of(self) or nil
end

--- One request.
function crowd.get(port, path)
  local request = crowd.open(port, path)
  local result = request:wait(60)
  request:close()
  return result or { status = 0, text = "no answer", path = path }
end

--- Keeps `clients` busy, each with a request for `path(i)` after the other, until `busy()` returns
-- false, or some `seconds` at most. Returns the results, with status 0 for what was not done in
-- time.
function crowd.run(options)
  local open, results, sent, due = {}, {}, 0, socket.gettime() + options.seconds
  local going = true
  while (going or #open > 0) and socket.gettime() < due do
    going = going and options.busy()
    while going and #open < options.clients do
      sent = sent + 1
      open[#open + 1] = crowd.open(options.port, options.path(sent))
    end
    local sockets = {}
    for i, request in ipairs(open) do sockets[i] = request.connection end
    socket.select(sockets, nil, 0.05)
    for i = #open, 1, -1 do
      local result = open[i]:wait(0)
      if result then
        results[#results + 1] = result
        table.remove(open, i)
      end
    end
  end
  for _, request in ipairs(open) do
    request:close()
    results[#results + 1] = { status = 0, text = "no answer in time", path = request.path }
  end
  return results
end

return crowd
