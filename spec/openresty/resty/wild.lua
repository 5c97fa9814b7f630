-- A server that answers with raw bytes, as no server should: by the Action that is asked for.

local wild = {}

local MOST = 64 * 1024 * 1024 -- an endless answer ends here, should the client take it all

local LIMIT = 1048576 -- bytes of a body that clients take

local BODY = '{"Code":0,"Message":"success","RequestId":"1","Data":null}'
local OK = "HTTP/1.1 200 OK\r\n"
local HINTS = "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"
local LENGTH = "Content-Length: " .. #BODY .. "\r\n"

local function chunked(...)
  return OK .. "Transfer-Encoding: chunked\r\n\r\n" .. table.concat { ... }
end

-- Text, or a function called with `send(text)`, which is false once the client is gone.
local function endless(head, piece)
  return function(send)
    local sent = 0
    if not send(head) then return end
    while sent < MOST and send(piece) do sent = sent + #piece end
  end
end

wild.answers = {
  WildPlain = OK .. LENGTH .. "\r\n" .. BODY,
  WildInterim = "HTTP/1.1 100 Continue\r\n\r\n" .. HINTS .. OK .. LENGTH .. "\r\n" .. BODY,
  WildInterimForever = endless("", HINTS:rep(100)),
  WildHeaderLine = endless(OK .. "X-Long: ", ("a"):rep(8192)),
  WildHeaderLines = endless(OK, ("X-Many: a\r\n"):rep(500)),
  WildStatusLine = endless("HTTP/1.1 200 ", ("a"):rep(8192)),
  WildBody = endless(OK .. "\r\n", ("a"):rep(8192)),
  WildChunks = endless(OK .. "Transfer-Encoding: chunked\r\n\r\n",
    "2000\r\n" .. ("a"):rep(8192) .. "\r\n"),
  WildChunkSize = endless(OK .. "Transfer-Encoding: chunked\r\n\r\n", ("0"):rep(8192)),
  WildOneChunk = chunked("7fffffff\r\n", BODY),
  WildGarbageChunk = chunked("zz\r\n", BODY, "\r\n0\r\n\r\n"),
  WildNegativeChunk = chunked("-5\r\n", BODY, "\r\n0\r\n\r\n"),
  WildCutChunk = chunked("ff\r\n", BODY),
  WildChunked = chunked(("%x"):format(#BODY), "\r\n", BODY, "\r\n0\r\n\r\n"),
  WildTruncated = OK .. "Content-Length: " .. #BODY + 10 .. "\r\n\r\n" .. BODY,
  WildHugeLength = OK .. "Content-Length: 99999999999\r\n\r\n" .. BODY,
  WildTwoLengths = OK .. LENGTH .. "Content-Length: 5\r\n\r\n" .. BODY,
  WildNegativeLength = OK .. "Content-Length: -1\r\n\r\n" .. BODY,
  WildNoNumber = OK .. "Content-Length: ten\r\n\r\n" .. BODY,
  WildUntilClosed = OK .. "\r\n" .. BODY,
  WildOldest = BODY,
  WildNothing = "",
  WildHalfHeader = OK .. "Content-Le",
  WildNoise = ("\0\1\2\255"):rep(64) .. "\r\n\r\n",
  WildBigHeader = OK .. ("X-Many: %s\r\n"):format(("a"):rep(90)):rep(1000) .. LENGTH .. "\r\n"
    .. BODY,
  WildFits = OK .. "\r\n" .. BODY .. (" "):rep(LIMIT - #BODY),
  WildOneMore = OK .. "\r\n" .. BODY .. (" "):rep(LIMIT - #BODY + 1),
  WildProtocol = "ICAP/1.1 200 OK\r\n" .. LENGTH .. "\r\n" .. BODY,
  WildStatus = "HTTP/1.1 2x0 OK\r\n" .. LENGTH .. "\r\n" .. BODY,
}

local sent = 0

function wild.serve()
  local action = ngx.var.arg_Action
  local socket = assert(ngx.req.socket(true))
  socket:settimeout(10000)
  sent = 0
  local function send(text)
    local bytes = socket:send(text)
    sent = sent + (bytes or 0)
    return bytes ~= nil
  end
  local answer = wild.answers[action]
  if type(answer) == "function" then answer(send) else send(answer) end
end

--- How many bytes of the last answer were taken, or are on their way.
function wild.sent()
  ngx.print(sent)
end

return wild
