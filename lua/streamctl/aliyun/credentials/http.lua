--- Asks for credentials over HTTP, with the transport and in the loop of the call that needs them.
-- @module streamctl.aliyun.credentials.http

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local options = require "streamctl.options"
local refuse = require("streamctl.aliyun.credentials.define").refuse
local transports = require "streamctl.transport.pick"

local http = {}

local MAX_BYTES = 65536 -- of an answer
local TIMEOUT, CONNECT_TIMEOUT = 10, 5 -- seconds

-- "http://host:8080/path?query" -> "http://host:8080", "/path?query"; or nil.
local function split(url)
  local beginning, target = url:match("^(%a+://[^/?]+)(.*)$")
  local origin = beginning and options.normalise_endpoint(beginning)
  if not origin then return nil end
  return origin, target:sub(1, 1) == "/" and target or "/" .. target
end

--- The check of an option that is a URL: nil, or what it must be. The URL may hold a secret, so no
-- message repeats it.
function http.check_url(value)
  local why = options.checks.text(value)
  if why then return why end
  if value:find("[^\33-\126]") or value:find("#", 1, true) or not split(value) then
    return "must be a URL such as http://host:port/path?query, without a user, and with blanks and "
      .. "what is not ASCII percent-encoded"
  end
end

-- By the options of a client, outside of them: transports by origin.
local caches = setmetatable({}, { __mode = "k" })

local function transport_to(origin, context, direct)
  local given = context.options
  if type(given.transport or "") ~= "string" then -- sends anywhere
    return transports.make(given, context.loop)
  end
  local cache = caches[given]
  if not cache then
    cache = {}
    caches[given] = cache
  end
  local key = (direct and "direct " or "proxied ") .. origin
  if not cache[key] then
    cache[key] = transports.make({ -- a copy: the cache must not hold what it is kept for
      endpoint = origin, tls = given.tls, proxy = not direct and given.proxy or nil,
      user_agent = given.user_agent or options.defaults.user_agent, transport = given.transport,
      loop = given.loop, max_response_bytes = MAX_BYTES,
    }, context.loop)
  end
  return cache[key]
end

local TEXTS = {
  timeout = function(result)
    return result.maybe_sent and "no answer in time" or "no connection in time"
  end,
}

--- Sends one request. Nothing is repeated, and no redirect is followed. The request has `name` of
-- the source, for messages; `method`, `url`, `body`, `content_type`; `headers` (flat list of names
-- and values, which count as secrets); `timeout` and `connect_timeout` (10 and 5 seconds);
-- `direct`: true never goes through a proxy; `secrets`: list of further texts that no message may
-- hold; `signer`: one whose secrets none may hold either. Returns `status`, `headers`, `body`, and
-- `hide(text, more)`, which gives the text without the request's secrets and those of the list
-- `more`. Or nil, message, err, and the transport's code, when that is why.
function http.send(context, it)
  local loop, deadline = context.loop, context.deadline
  local refusal = loop.refusal and loop.refusal()
  if refusal then return refuse(it.name, refusal, { code = "phase" }) end
  local origin, target = split(it.url)
  local signer, message = core.signer("plain", { headers = it.headers or {} })
  local request
  if signer then
    request, message = core.request(signer, it.method, target, it.method ~= "POST", nil, it.body,
      it.content_type)
  end
  if not request then return refuse(it.name, "the request cannot be made: " .. message) end
  if deadline <= core.monotonic() then
    return refuse(it.name, "the call's time was over before " .. origin .. " could be asked",
      { retryable = true })
  end
  local function hide(text, more)
    text = signer:redact(text, it.secrets)
    text = text and (it.signer or signer):redact(text, more)
    return errors.mask(text or "***")
  end
  local limits = { attempt_timeout = it.timeout or TIMEOUT,
    connect_timeout = it.connect_timeout or CONNECT_TIMEOUT }
  local transport = transport_to(origin, context, it.direct)
  local result = transports.sound(transport:send(request, limits, deadline, loop, origin))
  if result.code ~= "ok" then
    local cause = hide((result.message or "the transport does not say why") .. (result.hint or ""))
    local describe = TEXTS[result.code]
    message = result.code .. ": " .. (describe and describe(result) or cause)
    local _, text, err = refuse(it.name, "no answer from " .. origin .. ": " .. message,
      { cause = cause, retryable = not result.lasting, maybe_sent = result.maybe_sent })
    return nil, text, err, result.code
  end
  return { status = result.http_status, headers = result.headers, body = result.body or "",
    hide = hide }
end

return http
