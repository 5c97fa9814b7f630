--- Asks for credentials over HTTP, with the transport and in the loop of the call that needs them,
-- and reads what is answered. Of an answer no message repeats anything but the code and the message
-- of an error, without what is called a secret or token there.
-- @module streamctl.aliyun.credentials.http

local call_answer = require "streamctl.call.answer"
local core = require "streamctl.core"
local errors = require "streamctl.errors"
local json = require "streamctl.json"
local judge = require "streamctl.aliyun.judge"
local options = require "streamctl.options"
local transports = require "streamctl.transport.pick"

local http = {
  -- Seconds by which the vendor's clock is ahead of the machine's; 0 until STS refuses the
  -- machine's time.
  ahead = 0,
}

local MAX_BYTES = 65536 -- of an answer
local TIMEOUT, CONNECT_TIMEOUT = 10, 5 -- seconds

-- ---- sending ----

-- "http://host:8080/path?query" -> "http://host:8080", "/path?query"; or nil.
local function split(url)
  local beginning, target = url:match("^(%a+://[^/?]+)(.*)$")
  local origin = beginning and options.normalise_endpoint(beginning)
  if not origin then return nil end
  return origin, target:sub(1, 1) == "/" and target or "/" .. target
end

-- Checks a URL, which may hold a secret, so that no message repeats it.
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
  local cache = caches[given] or {}
  caches[given] = cache
  local key = (direct and "direct " or "proxied ") .. origin
  cache[key] = cache[key] or transports.make({ -- a copy: the cache must not hold its own key
    endpoint = origin, tls = given.tls, proxy = not direct and given.proxy or nil,
    user_agent = given.user_agent or options.defaults.user_agent, transport = given.transport,
    loop = given.loop, max_response_bytes = MAX_BYTES,
  }, context.loop)
  return cache[key]
end

-- Sends one request for a source, once and without following redirects. `it`: `method`, `url`,
-- `body`, `content_type`; `headers` (flat list, which counts as secret); `direct`: true never goes
-- through a proxy; `limit`: seconds instead of 10 and 5; `secrets`: list of further texts that no
-- message may hold; `signer`: its secrets are none for messages either. Returns `status`,
-- `headers`, `body` and `hide(text, more)`, which masks all these and the list `more` in a text; or
-- nil, message, err, and the transport's code.
function http.send(source, context, it)
  local loop, deadline = context.loop, context.deadline
  local refusal = loop.refusal and loop.refusal()
  if refusal then return source:fail(refusal, { code = "phase" }) end
  local origin, target = split(it.url)
  local signer, message = core.signer("plain", { headers = it.headers or {} })
  local request
  if signer then
    request, message = core.request(signer, it.method, target, it.method ~= "POST", nil, it.body,
      it.content_type)
  end
  if not request then return source:fail("the request cannot be made: " .. message) end
  if deadline <= core.monotonic() then
    return source:fail("the call's time was over before " .. origin .. " could be asked",
      { retryable = true })
  end
  local function hide(text, more)
    text = signer:redact(text, it.secrets)
    text = text and (it.signer or signer):redact(text, more)
    return errors.mask(text or "***")
  end
  local given, transport = source.given, transport_to(origin, context, it.direct)
  local result = transports.sound(transport:send(request, {
    attempt_timeout = given.timeout or it.limit or TIMEOUT,
    connect_timeout = given.connect_timeout or it.limit or CONNECT_TIMEOUT,
  }, deadline, loop, origin))
  local code = result.code
  if code ~= "ok" then
    local cause = hide((result.message or "the transport does not say why") .. (result.hint or ""))
    local shown = code ~= "timeout" and cause
      or result.maybe_sent and "no answer in time" or "no connection in time"
    local _, text, err = source:fail("no answer from " .. origin .. ": " .. code .. ": " .. shown,
      { cause = cause, retryable = not result.lasting, maybe_sent = result.maybe_sent })
    return nil, text, err, code
  end
  return { status = result.http_status, headers = result.headers, body = result.body or "",
    hide = hide }
end

-- ---- reading ----

-- Of a table in which secrets are looked for, and of what is found: hostile ones have more.
local MAX_DEPTH, MAX_SECRETS = 8, 32

-- What an answer calls a secret or token; nil when that is too much.
local function secrets_of(value, found, depth)
  if depth > MAX_DEPTH then return nil end
  for name, item in next, value do
    local lower = type(name) == "string" and name:lower() or ""
    if type(item) == "table" then
      if not secrets_of(item, found, depth + 1) then return nil end
    elseif type(item) == "string" and (lower:find("secret", 1, true)
      or lower:find("token", 1, true)) then
      found[#found + 1] = item
    end
  end
  return #found <= MAX_SECRETS and found or nil
end

-- The error of an answer that is no success: nil, message, err, our code for the vendor's, if any,
-- and the time of the answer. `who` answered; `explain` gives what to add for the vendor's code and
-- message.
function http.refuse(source, who, answer, explain)
  local body = json.decode(answer.body)
  local result = { http_status = answer.status, headers = answer.headers, body = answer.body }
  local failure = judge.refusal(result, body)
  local code, more = failure.vendor_code, nil
  local text = ("%s answered HTTP %d"):format(who, answer.status)
  if code then
    text = text .. ", " .. failure.text
    more = failure.code == "clock_skew" and "; set the clock of this machine"
      or explain and explain(code, failure.text)
  end
  local secrets = secrets_of(body or {}, {}, 1)
  local function shown(value, limit)
    if type(value) ~= "string" then return nil end
    return secrets and errors.tidy(answer.hide(value, secrets), limit) or "***"
  end
  local wait = call_answer.retry_after(answer.headers)
  local _, message, err = source:fail(shown(text, 500) .. (more or ""), {
    http_status = answer.status, retryable = failure.retryable,
    retry_after = wait and math.max(wait, 1), -- a moment is no pause
    vendor_code = shown(code, 256),
    request_id = shown(call_answer.request_id(result, body), 256),
  })
  return nil, message, err, code and failure.code, call_answer.server_time(answer.headers)
end

-- The end of keys in Unix seconds, of a text such as "2026-01-02T03:04:05Z", with a fraction or
-- without; or nil and what is wrong.
function http.expires(value)
  local text = type(value) == "string" and value or ""
  local date, fraction = text:match("^(%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%d)(.*)Z$")
  local seconds = date and (fraction == "" or fraction:find("^%.%d+$"))
    and core.unix_time(date .. "Z")
  if seconds then return seconds end
  return nil, "the Expiration of its answer is no time such as 2026-01-02T03:04:05Z"
end

local NAMES = {
  { "access_key_id", "AccessKeyId" }, { "access_key_secret", "AccessKeySecret" },
  { "security_token", "SecurityToken" },
}

-- Temporary keys of an answer, from the object at a `place` inside, if that is given. Or nil, what
-- is wrong, and whether it is the end of the keys.
function http.keys(answer, provider, place)
  local body, why = json.decode(answer.body)
  if not body then return nil, "what it answered cannot be read: " .. why end
  if place then body = body[place] end
  if type(body) ~= "table" then return nil, "its answer has no " .. place end
  local keys = { provider = provider, ahead = http.ahead }
  for _, name in ipairs(NAMES) do
    local value = body[name[2]]
    if type(value) ~= "string" or value == "" then
      return nil, "its answer has no " .. name[2]
    elseif core.has_control(value) then
      return nil, "the " .. name[2] .. " of its answer has control characters"
    end
    keys[name[1]] = value
  end
  if body.Code ~= nil and body.Code ~= "Success" then
    return nil, "the Code of its answer is no Success"
  end
  keys.expires, why = http.expires(body.Expiration)
  if not keys.expires then return nil, why, true end
  return keys
end

-- Asks for temporary keys by a request of @{send} with `who` is asked, for messages; `provider`;
-- `place` of the keys inside the answer; `explain`, see @{refuse}.
function http.ask(source, context, request)
  local answer, message, err = http.send(source, context, request)
  if not answer then return nil, message, err end
  if answer.status ~= 200 then
    return http.refuse(source, request.who, answer, request.explain)
  end
  local keys, why = http.keys(answer, request.provider, request.place)
  if keys then return keys end
  return source:fail(request.who .. ": " .. why)
end

return http
