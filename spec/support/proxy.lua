-- A proxy for specs, a program of its own: it prints its port, then the head of each request that
-- it gets. It takes CONNECT and absolute addresses from who says who he is, one connection at a
-- time, and ends when it has had nothing to do for a while. Told to "forge", it sends an answer of
-- its own right behind what opens the tunnel.

local socket = require "socket"

local USER = "Basic dXNlcjpwYXNzLXdvcmQtMQ==" -- user:pass-word-1

local IDLE = 60

local BODY = '{"Code":0,"Message":"forged","RequestId":"forged","Data":null}'
local FORGED = arg[1] == "forge"
  and "HTTP/1.1 200 OK\r\nContent-Length: " .. #BODY .. "\r\n\r\n" .. BODY or ""

local server = assert(socket.bind("127.0.0.1", 0))
io.stdout:setvbuf "no"
print((select(2, server:getsockname())))

local function read_head(client)
  local lines = {}
  repeat
    local line = client:receive "*l"
    if not line then return nil end
    lines[#lines + 1] = line
  until line == ""
  return lines
end

-- Moves bytes both ways until one side ends.
local function relay(one, other)
  local peers = { [one] = other, [other] = one }
  one:settimeout(0)
  other:settimeout(0)
  while true do
    local ready = socket.select({ one, other }, nil, IDLE)
    if #ready == 0 then return end
    for _, from in ipairs(ready) do
      local data, why, part = from:receive(65536)
      data = data or part
      peers[from]:settimeout(10)
      if data ~= "" then peers[from]:send(data) end
      peers[from]:settimeout(0)
      if why == "closed" then return end
    end
  end
end

local function serve(client)
  client:settimeout(10)
  local head = read_head(client)
  if not head then return end
  print(table.concat(head, "|"))
  local text = table.concat(head, "\r\n")
  if not text:lower():find("\r\nproxy-authorization: " .. USER:lower(), 1, true) then
    client:send("HTTP/1.1 407 Proxy Authentication Required\r\n"
      .. "Content-Length: 0\r\nConnection: close\r\n\r\n")
    return
  end
  local method, host, port = head[1]:match("^(%u+) h?t?t?p?:?/?/?([%d.]+):(%d+)")
  local vendor = assert(socket.connect(host, tonumber(port)))
  if method == "CONNECT" then
    client:send("HTTP/1.1 200 OK\r\n\r\n" .. FORGED)
  else
    vendor:send((text:gsub("http://[^/]+", "", 1):gsub("\r\nProxy%-Authorization: [^\r]*", ""))
      .. "\r\n")
  end
  relay(client, vendor)
  vendor:close()
end

server:settimeout(IDLE)
for client in function() return server:accept() end do
  serve(client)
  client:close()
end
