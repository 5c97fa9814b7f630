-- Sends through nginx' own sockets, see `streamctl.transport`. lua-resty-http connects them.
--
-- Names are resolved by nginx' `resolver`, certificates verified against
-- `lua_ssl_trusted_certificate`. Kept connections are shared between clients whose endpoint,
-- verification and proxy are the same.

local core = require "streamctl.core"
local guard = require "streamctl.transport.guard"
local proxies = require "streamctl.proxy"
local response = require "streamctl.transport.response"

local Resty = { __name = "streamctl.transport.resty" }
Resty.__index = Resty

local resty = {}

-- seconds a connection may idle, and how many of an endpoint a worker keeps
local KEEP, POOL = 60, 100
-- milliseconds that nginx' own time limits are later than ours
local LATER = 60000

local function load_library()
  -- lua-resty-http needs it; Debian calls it nginx.string
  if not pcall(require, "resty.string") then
    local ok, found = pcall(require, "nginx.string")
    if ok then package.loaded["resty.string"] = found end
  end
  return require "resty.http"
end

-- Why cosockets cannot do what the options ask for, or nil.
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

-- Makes the transport of one client, for which `resty.unfit` has found nothing. `config` has
-- `endpoint`, `tls`, `proxy`, `user_agent`, `max_response_bytes`, `event_headers`.
function resty.new(config)
  local scheme, authority = config.endpoint:match("^(%w+)://(.*)$")
  local host, port = authority:match("^(.*):(%d+)$")
  local verify = not (config.tls and config.tls.verify == false)
  local proxy, authorization
  if config.proxy then proxy, authorization = proxies.split(config.proxy) end
  authorization = authorization and "Basic " .. authorization
  local is_https = scheme == "https"
  host, port = host or authority, tonumber(port) or (is_https and 443 or 80)
  local proxy_opts = proxy and {
    http_proxy = proxy, https_proxy = proxy,
    http_proxy_authorization = authorization, https_proxy_authorization = authorization,
  }
  -- hashed, since a pool's name may be logged
  local pool = "streamctl:" .. assert(core.sha1(table.concat(
    { config.endpoint, tostring(verify), proxy or "", authorization or "" }, "\n")))
  local function connection(name)
    return {
      scheme = scheme, host = host, port = port, pool = name, ssl_verify = verify,
      ssl_server_name = host:gsub("[%[%]]", ""), proxy_opts = proxy_opts,
    }
  end
  -- the lines that all requests have; a proxy to http is told where they go
  local lines = "User-Agent: " .. config.user_agent .. "\r\n"
  if authorization and not is_https then
    lines = lines .. "Proxy-Authorization: " .. authorization .. "\r\n"
  end
  return setmetatable({
    library = load_library(), max_body = config.max_response_bytes, lines = lines,
    keeps_head = config.event_headers,
    host_line = "Host: " .. authority .. "\r\n",
    prefix = proxy and not is_https and config.endpoint or "",
    kept = connection(pool),
    -- of requests that must not meet a connection that died meanwhile: nothing is ever kept there
    fresh = connection(pool .. ":fresh"),
  }, Resty)
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

-- The code of a failure, by how far the request had come.
local function classify(socket, message)
  if socket.excess then return "too_large" end
  if message:find("timeout$") then return "timeout" end
  if socket.stage == "tls" then return "tls" end
  if socket.stage == "connect" then
    return message:find("resolve", 1, true) and "dns" or "connect"
  end
  return socket.answered and "bad_response" or "connect"
end

local function format(self, request, target, headers)
  local body, method = request.body or "", request.method
  local parts = {
    method .. " " .. self.prefix .. target .. " HTTP/1.1\r\n" .. self.lines,
    headers.host and "" or self.host_line,
    -- a method that may have a body says that it has none
    (body ~= "" or method ~= "GET") and "Content-Length: " .. #body .. "\r\n" or "",
  }
  for name, value in next, headers do parts[#parts + 1] = name .. ": " .. value .. "\r\n" end
  return table.concat(parts) .. "\r\n" .. body
end

-- Connects, sends and receives; fills in `exchange.result` as far as it gets. No coroutine is in
-- here: nginx would go on with it after the light thread was killed.
local function talk(exchange)
  local socket, result = exchange.socket, exchange.result
  local ok, why = exchange.http:connect(exchange.to)
  if ok then
    result.reused = (socket:getreusedtimes() or 0) > 0
    socket:expect(exchange.max_body)
    result.maybe_sent, exchange.due = true, exchange.limit
    ok, why = socket:send(exchange.text)
  end
  local may_keep
  if ok then ok, why, may_keep = response.read(socket, exchange.max_body, result) end
  -- here, since the waiting thread may have been killed
  if not (may_keep and exchange.is_safe and socket:setkeepalive(KEEP * 1000, POOL)) then
    socket:close()
  end
  return ok, why
end

local function fail(result, code, message)
  result.code, result.message = code, message
  return result
end

local function explain(result, socket, why)
  fail(result, classify(socket, why), socket.excess or why)
  for _, hint in ipairs(HINTS) do
    if why:find(hint[1]) then result.hint = result.hint or hint[2] end
  end
  -- "18: self signed certificate"; other ends of a handshake may be over soon
  result.lasting = result.code == "tls" and why:find("certificate", 1, true) ~= nil
  if result.reused and not socket.answered and result.code ~= "timeout" then
    result.message = "the kept connection was lost: " .. result.message
  end
end

-- Sends one request and waits for its result, see `streamctl.transport`.
function Resty:send(request, limits, deadline, loop)
  local result, start = { code = "ok", maybe_sent = false }, core.monotonic()
  local limit = math.min(start + limits.attempt_timeout, deadline)
  local target, headers, code = request:sign()
  if not target then return fail(result, code, (headers:gsub("^[%w_]+: ", ""))) end
  if limit <= start then return fail(result, "timeout", "timeout") end
  local http, problem = self.library.new()
  if not http then return fail(result, "connect", problem) end
  local socket = guard.new(http.sock)
  http.sock = socket
  -- `within` keeps the time. The limits of nginx are later, since nginx counts them from each piece
  -- that arrives, and by an old reading of the clock.
  local ms = math.ceil((limit - start) * 1000) + LATER
  socket.socket:settimeouts(ms, ms, ms)
  local exchange = {
    http = http, socket = socket, result = result, limit = limit, max_body = self.max_body,
    due = math.min(start + limits.connect_timeout, limit),
    text = format(self, request, target, headers),
    is_safe = request.safe, to = request.safe and self.kept or self.fresh,
  }
  local ok, why = loop.within(exchange, talk, function() socket:close() end)
  if not ok then explain(result, socket, why) end
  if self.keeps_head and result.maybe_sent then
    result.request_head = exchange.text:match("^.-\r\n\r\n")
  end
  result.elapsed = core.monotonic() - start
  return result
end

return resty
