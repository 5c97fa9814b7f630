-- Fetches credentials over HTTP with the transport and loop of the waiting call. Messages repeat
-- nothing of an answer but an error's code and message, without the values of fields that are named
-- secret or token.

local answers = require "streamctl.call.answer"
local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local json = require "streamctl.base.json"
local judge = require "streamctl.aliyun.judge"
local refresh = require "streamctl.call.refresh"
local transports = require "streamctl.transport"

local http = { clock = { clock_offset = 0 } } -- the vendor's, as STS has told it

-- Seconds by which the vendor's clock is ahead of this machine's.
function http.ahead() return refresh.ahead(http.clock) end

local MAX_BYTES = 65536 -- of an answer
local TIMEOUT, CONNECT_TIMEOUT = 10, 5 -- seconds

-- ---- sending ----

-- "http://host:8080/path?query" -> "http://host:8080", "/path?query"; or nil.
local function split(url)
  local beginning, target = url:match("^(%a+://[^/?]+)(.*)$")
  local origin = beginning and checks.endpoint(beginning)
  if not origin then return nil end
  return origin, target:sub(1, 1) == "/" and target or "/" .. target
end

-- Checks a URL. The message does not repeat it, since it may hold a secret.
function http.check_url(value)
  local why = checks.text(value)
  if why then return why end
  if value:find("[^\33-\126]") or value:find("#", 1, true) or not split(value) then
    return "must be a URL such as http://host:port/path?query, without a user, and with blanks and "
      .. "what is not ASCII percent-encoded"
  end
end

-- Sends a request for a source, once, without following redirects. Its fields: `method`, `url`,
-- `body`, `content_type`; `headers`, a flat list that counts as secret; `direct`: without a proxy;
-- `timeout`, seconds instead of 10 and 5; `secrets`, a list of texts to mask in messages; `signer`,
-- whose secrets are masked as well. Returns `http_status`, `headers`, `body` and
-- `hide(text, more)`, which masks all these and the list `more`; or nil, message, err, and the
-- transport's code.
function http.send(source, context, request)
  local loop, deadline = context.loop, context.deadline
  local refusal = loop.refusal and loop.refusal()
  if refusal then return source:fail(refusal, { code = "cannot_wait" }) end
  local origin, target = split(request.url)
  local signer, message = core.signer("plain", { headers = request.headers or {} })
  local packed
  if signer then
    packed, message = core.request(signer, request.method, target, request.method ~= "POST", nil,
      request.body, request.content_type)
  end
  if not packed then return source:fail("the request cannot be made: " .. message) end
  if deadline <= core.monotonic() then
    return source:fail("the call's time was over before " .. origin .. " could be asked")
  end
  local function hide(text, more)
    text = signer:redact(text, request.secrets)
    text = text and (request.signer or signer):redact(text, more)
    return errors.mask(text or "***")
  end
  local opts, of_client = source.options, context.options
  local place = transports.open(origin, { tls = of_client.tls, user_agent = of_client.user_agent,
    proxy = not request.direct and of_client.proxy or nil, transport = of_client.transport,
    max_response_bytes = MAX_BYTES })
  local result = place.transport:send(packed, {
    attempt_timeout = opts.timeout or request.timeout or TIMEOUT,
    connect_timeout = request.timeout or CONNECT_TIMEOUT,
  }, deadline, loop, origin)
  local code = result.code
  if code ~= "ok" then
    local cause = hide((result.message or "the transport does not say why") .. (result.hint or ""))
    local shown = code ~= "timeout" and cause
      or result.maybe_sent and "no answer in time" or "no connection in time"
    local _, text, err = source:fail("no answer from " .. origin .. ": " .. code .. ": " .. shown,
      { cause = cause, retryable = not result.lasting, maybe_sent = result.maybe_sent })
    return nil, text, err, code
  end
  return { http_status = result.http_status, headers = result.headers, body = result.body or "",
    hide = hide }
end

-- ---- reading ----

-- Limits for the search for secrets, which only hostile answers exceed.
local MAX_DEPTH, MAX_SECRETS = 8, 32

-- Adds the values of fields that are named secret or token to a list; nil beyond the limits.
local function add_secrets(list, body, depth)
  for name, value in next, body do
    local lower = tostring(name):lower()
    if type(value) == "table" then
      if depth == MAX_DEPTH or not add_secrets(list, value, depth + 1) then return nil end
    elseif type(value) == "string" and (lower:find "secret" or lower:find "token") then
      list[#list + 1] = value
    end
  end
  return #list <= MAX_SECRETS and list or nil
end

-- Makes the error of an unsuccessful answer: nil, message, err, our code for the vendor's code, if
-- any, and the answer's time. `service` names the server in messages.
function http.refuse(source, service, answer)
  local body, addition = json.decode(answer.body), nil
  local failure = judge.refusal(answer, body)
  local code = failure.vendor_code
  local text = ("%s answered HTTP %d"):format(service, answer.http_status)
  if code then
    text = text .. ", " .. failure.text
    addition = failure.code == "clock_skew" and "; set the clock of this machine"
      or failure.code == "signature"
        and "; if STS signed the same text, the secret of the key that asks is wrong"
  end
  local secrets = add_secrets({}, body or {}, 1)
  local function shown(value, limit)
    if type(value) ~= "string" then return nil end
    return secrets and errors.tidy(answer.hide(value, secrets), limit) or "***"
  end
  local wait = answers.retry_after(answer.headers)
  local _, message, err = source:fail(shown(text, 500) .. (addition or ""), {
    http_status = answer.http_status, retryable = failure.retryable,
    retry_after = wait and math.max(wait, 1), -- seconds
    vendor_code = shown(code, 256), request_id = shown(answers.request_id(answer, body), 256),
  })
  return nil, message, err, code and failure.code, answers.server_time(answer.headers)
end

-- Reads an expiry time such as "2026-01-02T03:04:05Z", perhaps with a fraction: Unix seconds, or
-- nil and the fault.
function http.expires(value)
  local text = type(value) == "string" and value or ""
  local date, fraction = text:match("^(%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%d)(.*)Z$")
  local seconds = date and (fraction == "" or fraction:find("^%.%d+$"))
    and core.unix_time(date .. "Z")
  if seconds then return seconds end
  return nil, "the Expiration of its answer is no time such as 2026-01-02T03:04:05Z"
end

local NAMES = { { "access_key_id", "AccessKeyId" }, { "access_key_secret", "AccessKeySecret" },
  { "security_token", "SecurityToken" } }

-- Reads temporary keys of an answer, or of the object in its `field`. Or nil, the fault, and
-- whether the fault is in the expiry time.
function http.keys(answer, provider, field)
  local body, why = json.decode(answer.body)
  if not body then return nil, "what it answered cannot be read: " .. why end
  if field then body = body[field] end
  if type(body) ~= "table" then return nil, "its answer has no " .. field end
  local keys = { provider = provider, ahead = http.ahead }
  for _, pair in ipairs(NAMES) do
    local name, value = pair[2], body[pair[2]]
    if type(value) ~= "string" or value == "" then
      return nil, "its answer has no " .. name
    elseif core.has_control(value) then
      return nil, "the " .. name .. " of its answer has control characters"
    end
    keys[pair[1]] = value
  end
  if body.Code ~= nil and body.Code ~= "Success" then
    return nil, "the Code of its answer is no Success"
  end
  keys.expires, why = http.expires(body.Expiration)
  if not keys.expires then return nil, why, true end
  return keys
end

-- Fetches temporary keys by a request of `http.send` with these fields in addition: `service`, for
-- messages; `provider`; `field`, where the answer has the keys.
function http.ask(source, context, request)
  local answer, message, err = http.send(source, context, request)
  if not answer then return nil, message, err end
  if answer.http_status ~= 200 then
    return http.refuse(source, request.service, answer)
  end
  local keys, why = http.keys(answer, request.provider, request.field)
  if keys then return keys end
  return source:fail(request.service .. ": " .. why)
end

return http
