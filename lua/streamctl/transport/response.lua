-- Reads an HTTP answer from a guarded socket (`streamctl.transport.guard`).

local response = {}

local ILL_FORMED = "the response has an ill-formed header"

-- After the three digits the line ends, or a blank follows. Lua sees the end as a NUL byte, `%z`.
local STATUS_LINE = "^HTTP/1%.([01]) ([1-9]%d%d)%f[ %z]"

-- Whether a header ("\nname:") holds a word.
local function says(fields, name, word)
  local _, at = fields:find(name, 1, true)
  while at do
    if fields:match("^[^\n]*", at + 1):find(word, 1, true) then return true end
    _, at = fields:find(name, at, true)
  end
  return false
end

local LENGTH = "\ncontent-length:"

-- The head of an answer: `text`, `status`, `length` of the body, `is_chunked`, `is_last` (the
-- connection takes no other request).
local function read_head(socket)
  local used = 0
  local lines, text, minor, status
  repeat -- interim ones come first
    -- checked at once: a server that speaks another protocol may wait for us
    lines, used = socket:receive_lines(used, STATUS_LINE, ILL_FORMED)
    if not lines then return nil, used end
    minor, status = lines[1]:match(STATUS_LINE)
    text = table.concat(lines, "\r\n")
    -- each line needs a name
    if text:find("\n[^:%s]*%s") or text:find("\0", 1, true) then return nil, ILL_FORMED end
  until not status:find("^1")
  local fields = text:lower()
  local head = {
    text = text, status = tonumber(status),
    is_chunked = minor == "1" and says(fields, "\ntransfer-encoding:", "chunked"),
    is_last = minor == "0" or says(fields, "\nconnection:", "close"),
  }
  local _, at = fields:find(LENGTH, 1, true)
  if at then
    head.length = tonumber(fields:match("^[ \t]*(%d+)[ \t]*\r\n", at + 1))
    if not head.length or fields:find(LENGTH, at, true) then
      return nil, "the response has an ill-formed Content-Length"
    end
    -- with both headers, a proxy may see the end of the body elsewhere
    head.is_last = head.is_last or head.is_chunked
  end
  return head
end

local CHUNK_LINE = 16 -- bytes of a chunk's first line that do not count as the body's
-- so many chunks become one text: a list of a million bytes takes far more than they do
local JOINED = 4096

local function read_chunks(socket, max_body)
  local parts, recent, size = {}, {}, 0
  while true do
    local line, why = socket:receive()
    if not line then return nil, why end
    local digits = line:match("^(%x+)[ \t]*$") or line:match("^(%x+)[ \t]*;")
    if not digits then return nil, "the response has an ill-formed chunk" end
    local length = tonumber(digits, 16)
    if length == 0 then break end
    size = size + length
    if size > max_body then return socket:refuse("response body", max_body) end
    socket:allow(math.min(#line, CHUNK_LINE) + 4)
    recent[#recent + 1], why = socket:receive_bytes(length)
    if why then return nil, why end
    if #recent == JOINED then parts[#parts + 1], recent = table.concat(recent), {} end
    line, why = socket:receive()
    if line ~= "" then return nil, why or "the response has an ill-formed chunk" end
  end
  local trailers, why = socket:receive_lines(0)
  if not trailers then return nil, why end
  return table.concat(parts) .. table.concat(recent)
end

local function read_body(socket, head, max_body)
  if head.status == 204 or head.status == 304 then return "" end
  if head.is_chunked then return read_chunks(socket, max_body) end
  local length = head.length or math.huge
  if head.length and length > max_body then return socket:refuse("response body", max_body) end
  local body, why = socket:receive_bytes(length)
  if body and #body > max_body then return socket:refuse("response body", max_body) end
  return body, why
end

-- Reads an answer of at most `max_body` bytes into `result`: `http_status`, `headers` (text) and
-- `body`, as far as they come. Returns true, nil, whether the connection takes another request; or
-- nil and why not.
function response.read(socket, max_body, result)
  local head, why = read_head(socket)
  if not head then return nil, why end
  result.http_status, result.headers = head.status, head.text
  result.body, why = read_body(socket, head, max_body)
  if not result.body then return nil, why end
  -- bytes that are left over belong to no request
  return true, nil, not head.is_last and socket:pending() == 0
end

return response
