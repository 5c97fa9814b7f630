-- Sends an answer, well or badly: `wire` is the fault that says how.

local json = require "spec.support.model.json"

local M = {}

local CHUNK = 65536

-- Stops when the client has gone.
local function send(text) return ngx.print(text) and ngx.flush(true) end

local function with_length(text)
  ngx.header["Content-Length"] = #text
  return send(text)
end

local wires = {}

-- Promise more than there is, then close.
function wires.truncated(text, wire)
  ngx.header["Content-Length"] = #text + (wire.missing or 100)
  send(text)
  return ngx.exit(ngx.ERROR)
end

-- Still valid JSON: a document that is only too long.
function wires.huge(text, wire)
  local head, bytes = text:gsub("}%s*$", ""), wire.bytes or 2 ^ 21
  head = head .. (head:find("{%s*$") and "" or ",") .. '"Padding":"'
  if not wire.chunked then ngx.header["Content-Length"] = string.format("%d", #head + bytes + 2) end
  local block = ("x"):rep(CHUNK)
  local left, open = bytes, send(head)
  while open and left > 0 do
    open = send(left >= CHUNK and block or block:sub(1, left))
    left = left - CHUNK
  end
  return open and send('"}')
end

function wires.slow_body(text, wire)
  ngx.header["Content-Length"] = #text
  local size = math.max(1, math.ceil(#text / (wire.chunks or 4)))
  for position = 1, #text, size do
    if position > 1 then ngx.sleep(wire.pause or 1) end
    if not send(text:sub(position, position + size - 1)) then return end
  end
end

-- The request ends here; nothing after this call runs.
function M.reset() return ngx.exit(444) end

function M.send(answer, headers)
  ngx.status = answer.status
  for name, value in pairs(headers) do ngx.header[name] = value end
  ngx.header["Content-Type"] = "application/json;charset=utf-8"
  for name, value in pairs(answer.headers or {}) do ngx.header[name] = value end
  if answer.status == 204 then
    ngx.header["Content-Type"] = nil
    return ngx.exit(204)
  end
  local text = answer.raw or json.encode(answer.body)
  if answer.wire then return wires[answer.wire.kind](text, answer.wire) end
  return with_length(text)
end

return M
