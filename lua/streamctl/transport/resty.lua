--- Sends through nginx' own sockets, with lua-resty-http, see `streamctl.transport.pick`.
--
-- Names are resolved by nginx' `resolver`, certificates verified against
-- `lua_ssl_trusted_certificate`. Kept connections are shared between clients whose endpoint,
-- verification and proxy are the same.
-- @module streamctl.transport.resty

local core = require "streamctl.core"
local deadlines = require "streamctl.call.deadline"
local guard = require "streamctl.transport.guard"
local proxies = require "streamctl.proxy"

local Resty = { __name = "streamctl.transport.resty" }
Resty.__index = Resty

local resty = {}

-- seconds: nginx counts milliseconds, and the limit of a socket says more about what was late
local GRACE = 0.002
-- seconds a connection may idle, and how many of an endpoint a worker keeps
local KEEP, POOL = 60, 100

local function load_library()
  -- lua-resty-http needs it; Debian calls it nginx.string
  if not pcall(require, "resty.string") then
    local ok, found = pcall(require, "nginx.string")
    if ok then package.loaded["resty.string"] = found end
  end
  return require "resty.http"
end

--- Why cosockets cannot do what these options ask for.
-- @tparam table config the client's options
-- @treturn string|nil
function resty.unfit(config)
  local tls, proxy = config.tls or {}, config.proxy
  if tls.ca_file or tls.ca_path then
    return "nginx trusts lua_ssl_trusted_certificate; set that in nginx.conf instead of "
      .. "tls.ca_file and tls.ca_path"
  end
  if proxy and not proxy:find("^[Hh][Tt][Tt][Pp]://.*:%d+/?$") then
    return "it takes a proxy as http://host:port only"
  end
  if config.loop and config.loop ~= "auto" and config.loop ~= "ngx" then
    return "nginx' sockets wait in nginx' own way; leave the option 'loop' out"
  end
  local ok, why = pcall(load_library)
  if not ok then return "lua-resty-http cannot be loaded: " .. tostring(why) end
  if not pcall(require, "resty.http_connect") then return "lua-resty-http is older than 0.16" end
end

--- Makes the transport of one client; `resty.unfit` says whether it can be.
-- @tparam table config `endpoint`, `tls`, `proxy`, `user_agent`, `max_response_bytes`
-- @treturn Resty
function resty.new(config)
  local scheme, authority = config.endpoint:match("^(%w+)://(.*)$")
  local host, port = authority:match("^(.*):(%d+)$")
  host = host or authority
  local verify = not (config.tls and config.tls.verify == false)
  local proxy, authorization
  if config.proxy then proxy, authorization = proxies.split(config.proxy) end
  authorization = authorization and "Basic " .. authorization
  local connect = {
    scheme = scheme, host = host, port = tonumber(port) or (scheme == "https" and 443 or 80),
    ssl_verify = verify, ssl_server_name = host:gsub("[%[%]]", ""),
  }
  if proxy then
    connect.proxy_opts = {
      http_proxy = proxy, https_proxy = proxy,
      http_proxy_authorization = authorization, https_proxy_authorization = authorization,
    }
  end
  -- Hashed, since a pool's name may be logged. Requests that must not meet a connection that died
  -- meanwhile have a pool of their own, in which nothing is ever kept.
  local key = table.concat({ config.endpoint, tostring(verify), proxy or "", authorization or "" },
    "\n")
  local pool = "streamctl:" .. assert(core.sha1(key))
  return setmetatable({ config = config, connect = connect, pool = pool }, Resty)
end

local HINTS = {
  { "no resolver defined", "; add `resolver <address of a name server>;` to nginx.conf" },
  { "certificate chain too long", "; raise lua_ssl_verify_depth in nginx.conf" },
  { "issuer certificate",
    "; set lua_ssl_trusted_certificate in nginx.conf to the file of the system's authorities "
    .. "(Debian: /etc/ssl/certs/ca-certificates.crt)" },
}
HINTS[#HINTS + 1] = { "self.signed certificate", HINTS[#HINTS][2] }
HINTS[#HINTS + 1] = { "certificate host mismatch",
  "; nginx compares an address with the certificate's names only: "
  .. "for an address use transport = \"curl\"" }

local function hint_for(message)
  for _, hint in ipairs(HINTS) do
    if message:find(hint[1]) then return hint[2] end
  end
end

-- What a failure means, by how far the request had come.
local function classify(socket, message)
  if socket.excess then return "too_large" end
  if message:find("timeout$") then return "timeout" end
  if socket.stage == "tls" then return "tls" end
  if socket.stage == "connect" then
    return message:find("resolve", 1, true) and "dns" or "connect"
  end
  return socket.answered and "bad_response" or "connect"
end

-- Runs `fn(clock)` in a light thread until `clock.due`, which it may put off: what it returns; or
-- nil and "timeout", after `clean_up()`.
-- nginx' time limits of a socket do not do: its resolver has one of its own that nobody can
-- shorten, and a record of TLS that comes byte by byte starts them anew. Another light thread keeps
-- the time, so that it is kept when somebody kills the one that waits here.
local function within(clock, fn, clean_up)
  local ok, why
  local function keep()
    local over, done = require("ngx.semaphore").new(), false
    local worker = ngx.thread.spawn(function()
      local fine
      fine, ok, why = pcall(fn, clock)
      if not fine then ok, why = nil, tostring(ok) end
      done = true
      over:post()
    end)
    while not done do
      local left, posted, problem = clock.due + GRACE - core.monotonic(), false, "timeout"
      if left > 0 then posted, problem = over:wait(math.max(left, 0.001)) end
      if left <= 0 or not posted and problem ~= "timeout" then
        ngx.thread.kill(worker)
        ok, why = nil, tostring(problem)
        return clean_up()
      end
    end
    ngx.thread.wait(worker) -- or nginx keeps the thread until this one ends
  end
  local kept = require("streamctl.loop.ngx").all({ keep })[1]
  if not kept[1] then return nil, tostring(kept[2]) end
  return ok, why
end

-- Everything before the first byte of the request.
local function connect(http, socket, options, seconds)
  socket:hurry(seconds)
  local ok, why = http:connect(options)
  socket:hurry()
  return ok, why
end

-- Three digits and no more. lua-resty-http reads the first three of any, and takes much for a
-- header.
local function is_status_line(line)
  return line:find("^HTTP/1%.[01] [1-9]%d%d$") or line:find("^HTTP/1%.[01] [1-9]%d%d ")
end

-- The headers of the answer proper, not of interim ones.
local function read_head(http, socket)
  local response, why, from
  repeat
    from = #socket.head + 1
    -- or it makes a reader for the body
    response, why = http:read_response { method = "HEAD", headers = {} }
    if not response then return nil, why end
    if not is_status_line(socket.head[from]) then
      return nil, "the response has an ill-formed header"
    end
  until response.status < 100 or response.status > 199
  socket.in_body = true
  if socket.head[#socket.head] ~= ""
    or table.concat(socket.head, "\n", from):find("\0", 1, true) then
    return nil, "the response has an ill-formed header"
  end
  local length = response.headers["Content-Length"]
  -- a table: more than one
  if length and not (type(length) == "string" and length:find("^%d+[ \t]*$")) then
    return nil, "the response has an ill-formed Content-Length"
  end
  local head = {}
  for i = from, #socket.head do head[#head + 1] = socket.head[i] end
  socket.head = head
  return response
end

local CHUNK_LINE = 16 -- bytes of a chunk's first line that do not count as the body's
-- so many chunks become one text: a list of a million bytes takes far more than they do
local JOINED = 4096

-- The rest of a chunked body. The trailers at its end are of no use.
local function read_chunks(socket)
  local parts, recent, size, trailers = {}, {}, 0, 0
  while true do
    local line, why = socket:receive("*l")
    if not line then return nil, why end
    local digits = line:match("^(%x+)[ \t]*$") or line:match("^(%x+)[ \t]*;")
    if not digits then return nil, "the response has an ill-formed chunk" end
    local length = tonumber(digits, 16)
    if length == 0 then break end
    size = size + length
    if size > socket.max_body then return socket:refuse("response body", socket.max_body) end
    socket:allow(math.min(#line, CHUNK_LINE) + 4)
    recent[#recent + 1], why = socket:receive(length)
    if why then return nil, why end
    if #recent == JOINED then parts[#parts + 1], recent = table.concat(recent), {} end
    line, why = socket:receive("*l")
    if line ~= "" then return nil, why or "the response has an ill-formed chunk" end
  end
  repeat
    local line, why = socket:receive("*l")
    if not line then return nil, why end
    trailers = trailers + #line + 2
    if trailers > guard.HEAD then return socket:refuse("response header", guard.HEAD) end
  until line == ""
  return table.concat(parts) .. table.concat(recent)
end

-- Not by lua-resty-http, whose reader is a coroutine: nginx goes on with what a coroutine waits for
-- after its light thread was killed.
local function read_body(response, socket)
  if response.status == 204 or response.status == 304 then return "" end
  if socket.head[1]:find("^HTTP/1%.1")
    and require("resty.http").transfer_encoding_is_chunked(response.headers) then
    return read_chunks(socket)
  end
  local body, why = socket:receive(tonumber(response.headers["Content-Length"]) or "*a")
  if body and #body > socket.max_body then
    return socket:refuse("response body", socket.max_body)
  end
  return body, why
end

local function finish(http, socket, request)
  -- what is left over belongs to no answer of ours
  local kept = request.safe and socket:pending() == 0 and http:set_keepalive(KEEP * 1000, POOL)
  if not kept then http:close() end
end

-- The request and its answer, on a connection; fills in the result as far as it gets.
local function talk(http, socket, request, result)
  local response
  local sent, why = http:send_request { method = request.method, path = request.target,
    headers = request.headers, body = request.body }
  if sent then response, why = read_head(http, socket) end
  if not response then return nil, why end
  result.http_status, result.headers = response.status, table.concat(socket.head, "\r\n", 2)
  result.body, why = read_body(response, socket)
  return result.body, why
end

-- Nil and why when it did not get to the end.
local function exchange(self, request, result, limit)
  local http, why = require("resty.http").new()
  if not http then return nil, why end
  local socket = guard.new(http.sock, limit, self.config.max_response_bytes)
  http.sock, result.socket = socket, socket
  local options, reused = {}, nil
  for name, value in pairs(self.connect) do options[name] = value end
  options.pool = self.pool .. (request.safe and "" or ":fresh")
  local seconds = math.min(request.connect_timeout, limit:left())
  local body
  body, why = within({ due = core.monotonic() + seconds }, function(clock)
    local answer
    local ok, problem = connect(http, socket, options, seconds)
    if ok then
      reused = (http:get_reused_times() or 0) > 0
      -- a proxy may have answered before
      socket.stage, socket.head, socket.answered = "http", {}, false
      result.maybe_sent, clock.due = true, core.monotonic() + limit:left()
      answer, problem = talk(http, socket, request, result)
    end
    -- here, since whoever waits for it may have been killed
    if answer then finish(http, socket, request) else http:close() end
    return answer, problem
  end, function() http:close() end)
  if body then return true end
  if reused and not socket.answered and not why:find("timeout$") then
    why = "the kept connection was lost: " .. why
  end
  return nil, why
end

local function signed(self, request)
  local target, headers, code = request.signer:sign(request.method, request.action, request.params,
    request.body, request.content_type)
  if not target then return nil, headers, code end
  headers["user-agent"] = self.config.user_agent
  return { method = request.method, target = target, headers = headers, safe = request.safe,
    connect_timeout = request.connect_timeout,
    body = request.body or (request.method == "POST" and "" or nil) }
end

--- Sends one request and waits for its result.
-- @tparam table request
-- @tparam Deadline deadline of the whole call
-- @treturn table result
function Resty:send(request, deadline)
  ngx.update_time() -- time limits count from when nginx last looked at the clock
  local limit = deadlines.after(math.min(request.attempt_timeout, deadline:left()))
  local result = { code = "ok", maybe_sent = false }
  local ready, why, code = signed(self, request)
  if not ready then
    result.code, result.message = code, (why:gsub("^[%w_]+: ", ""))
    return result
  end
  local ok
  ok, why = exchange(self, ready, result, limit)
  local socket = result.socket
  if not ok then
    result.code = socket and classify(socket, why) or "connect"
    result.message, result.hint = socket and socket.excess or why, hint_for(why)
    -- "18: self signed certificate"; what else ends a handshake may be over soon
    result.lasting = result.code == "tls" and why:find("certificate", 1, true) ~= nil
  end
  result.socket, result.elapsed = nil, limit:elapsed()
  return result
end

return resty
