--- What those who hand out credentials answer, in JSON. Nothing of it is repeated in a message, but
-- for the code and the message of an error, without what in the answer is called a secret or token.
-- @module streamctl.aliyun.credentials.answers

local call_answer = require "streamctl.call.answer"
local clock = require "streamctl.aliyun.credentials.clock"
local core = require "streamctl.core"
local errors = require "streamctl.errors"
local http = require "streamctl.aliyun.credentials.http"
local json = require "streamctl.json"
local judge = require "streamctl.aliyun.judge"
local refuse = require("streamctl.aliyun.credentials.define").refuse

local answers = {}

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

--- The error of an answer that is no success: nil, message, err, our code for the vendor's, if any,
-- and the time of the answer in Unix seconds. `who` answered; `explain` gives what to add for the
-- vendor's code and message.
function answers.refuse(name, who, answer, explain)
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
  local _, message, err = refuse(name, shown(text, 500) .. (more or ""), {
    http_status = answer.status, retryable = failure.retryable,
    retry_after = wait and math.max(wait, 1), -- a moment is no pause
    vendor_code = shown(code, 256),
    request_id = shown(call_answer.request_id(result, body), 256),
  })
  return nil, message, err, code and failure.code,
    call_answer.server_time(answer.headers)
end

--- The object of an answer, or that at a `place` inside; or nil and why not.
function answers.read(answer, place)
  local body, why = json.decode(answer.body)
  if not body then return nil, "what it answered cannot be read: " .. why end
  if not place then return body end
  if type(body[place]) ~= "table" then return nil, "its answer has no " .. place end
  return body[place]
end

local KEYS = {
  access_key_id = "AccessKeyId", access_key_secret = "AccessKeySecret",
  security_token = "SecurityToken",
}
local NAMES = { "access_key_id", "access_key_secret", "security_token" }

--- The end of keys in Unix seconds by the vendor's clock, of a text such as "2026-01-02T03:04:05Z",
-- with a fraction or without; or nil and what is wrong, such as that it is over.
function answers.expires(value)
  local text = type(value) == "string" and value or ""
  local date, fraction = text:match("^(%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%d)(.*)Z$")
  local seconds = date and (fraction == "" or fraction:find("^%.%d+$"))
    and core.unix_time(date .. "Z")
  if not seconds then
    return nil, "the Expiration of its answer is no time such as 2026-01-02T03:04:05Z"
  end
  if seconds <= clock.now() then
    return nil, "what it handed out expired at " .. date .. "Z, and here it is "
      .. (core.time_text(clock.now()) or "another time") .. "; if that is wrong, set the clock"
  end
  return seconds
end

--- Takes temporary keys out of a body: `access_key_id`, `access_key_secret`, `security_token`,
-- `provider`, `expires` and `ahead` (see @{streamctl.session.new}). Or nil, what is wrong, and
-- whether it is the end of the keys.
function answers.temporary(body, provider)
  local keys = { provider = provider, ahead = clock.ahead }
  for _, name in ipairs(NAMES) do
    local value = body[KEYS[name]]
    if type(value) ~= "string" or value == "" then
      return nil, "its answer has no " .. KEYS[name], false
    end
    if core.has_control(value) then
      return nil, "the " .. KEYS[name] .. " of its answer has control characters", false
    end
    keys[name] = value
  end
  if body.Code ~= nil and body.Code ~= "Success" then
    return nil, "the Code of its answer is no Success", false
  end
  local why
  keys.expires, why = answers.expires(body.Expiration)
  if not keys.expires then return nil, why, true end
  return keys
end

--- Asks for temporary keys by a request of @{streamctl.aliyun.credentials.http} with `who` is
-- asked, for messages; `provider`; `place` of the keys inside the answer; `explain`, see
-- @{refuse}. Returns them, or what @{refuse} does.
function answers.ask(context, request)
  local answer, message, err = http.send(context, request)
  if not answer then return nil, message, err end
  local name, who = request.name, request.who
  if answer.status ~= 200 then return answers.refuse(name, who, answer, request.explain) end
  local body, why = answers.read(answer, request.place)
  local keys
  if body then keys, why = answers.temporary(body, request.provider) end
  if keys then return keys end
  return refuse(name, who .. ": " .. why)
end

return answers
