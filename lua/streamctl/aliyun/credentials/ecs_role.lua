--- The RAM role of an ECS instance, or of a container on it, from the metadata service at
-- 100.100.100.200: IMDSv2, and v1 where v2 fails and v1 is not forbidden. Never through a proxy.
--
-- In a chain this source is `absent`, so that the next one is asked, when nobody named a role (by
-- the field `role_name` or the variable `ALIBABA_CLOUD_ECS_METADATA`) and
--
-- * the metadata service gives no sign of life: no route, connection refused, no answer within the
--   limits of this source (where it is the call's own limit that passes, nothing is known);
-- * or it says that the instance has no role: its list of roles is empty, or answers 404.
--
-- It is absent, too, where the variable `ALIBABA_CLOUD_ECS_METADATA_DISABLED` is "true". All else
-- is broken, and ends a chain: a service that answers something else, and a role that was named and
-- cannot be had.
-- @public streamctl.aliyun.credentials.ecs_role

local core = require "streamctl.core"
local http = require "streamctl.aliyun.credentials.http"
local json = require "streamctl.json"
local kind = require "streamctl.credentials.kind"
local options = require "streamctl.options"

local checks = options.checks

local ENDPOINT = "http://100.100.100.200"
local TOKEN = "/latest/api/token"
local ROLES = "/latest/meta-data/ram/security-credentials/"
local LIFE = "21600" -- seconds of a token; it is used at once and dropped
local LIMIT = 1      -- seconds

local function is_role(text)
  return #text <= 64 and text:find("^[%w._-]+$") ~= nil
end

local function role(value)
  local why = checks.text(value)
  if why then return why end
  if not is_role(value) then
    return "must be 1 to 64 of the characters A-Z a-z 0-9 . _ - (the role's name, not its ARN)"
  end
end

local function endpoint(value)
  return (select(2, options.normalise_endpoint(value)))
end

--- What `ecs_role` takes.
-- @table options
-- @tfield string role_name without it and without the variable `ALIBABA_CLOUD_ECS_METADATA`, the
-- instance is asked for it
-- @tfield boolean v1 false forbids IMDSv1; without it the variable `ALIBABA_CLOUD_IMDSV1_DISABLED`
-- decides
-- @tfield string endpoint of the metadata service, for tests
-- @tfield number timeout seconds for a request, 1
-- @tfield number connect_timeout seconds for its connection, 1
local FIELDS = {
  { "role_name", role, variable = "ALIBABA_CLOUD_ECS_METADATA" }, { "v1", checks.boolean },
  { "endpoint", endpoint }, { "timeout", checks.seconds }, { "connect_timeout", checks.seconds },
}

-- ---- one visit: `source`, `context`, and `alive`, whether the service answered anything ----

local function ask(visit, method, path, headers)
  local source = visit.source
  local answer, message, err, code = http.send(source, visit.context, { method = method,
    url = source.given.endpoint .. path, headers = headers, limit = LIMIT, direct = true })
  if not answer then return nil, message, err, code end
  visit.alive = true
  if answer.status == 200 then return answer end
  local _
  _, message, err = http.refuse(source, "the metadata service", answer)
  return nil, message, err, answer.status
end

local function trimmed(text)
  return text:match("^%s*(.-)%s*$")
end

-- The token of IMDSv2; or nil, message, err and the transport's code or the HTTP status.
local function get_token(visit)
  local answer, message, err, code = ask(visit, "PUT", TOKEN,
    { "x-aliyun-ecs-metadata-token-ttl-seconds", LIFE })
  if not answer then return nil, message, err, code end
  local token = trimmed(answer.body)
  if token:find("^[\33-\126]+$") and #token <= 4096 then return token end
  return visit.source:fail "the metadata service handed out a token that is none"
end

-- Asks for one thing, with the token if there is one; when that fails, once without. `read` makes
-- it of an answer; or gives nil, what is wrong, and whether that is so without a token, too.
local function get(visit, path, token, read)
  local function try(headers)
    local answer, message, err, code = ask(visit, "GET", path, headers)
    if not answer then return nil, message, err, code end
    local found, why, is_final = read(answer)
    if not found then found, message, err = visit.source:fail(why) end
    return found, message, err, is_final and "final" or nil
  end
  local found, message, err, code = try(token and { "x-aliyun-ecs-metadata-token", token })
  if not found and token and visit.source.given.v1 and code ~= "final" then found = try() end
  if found then return found end
  return nil, message, err, code -- the first one says more
end

local function read_role(answer)
  local first = trimmed(trimmed(answer.body):match("^[^\r\n]*"))
  if first == "" or is_role(first) then return first end
  return nil, "the metadata service's list of roles is none"
end

local function read_keys(answer)
  local keys, why, is_final = http.keys(answer, "ecs_ram_role")
  if keys and not json.decode(answer.body).Code then keys, why = nil, "its answer has no Code" end
  return keys, why and "the metadata service: " .. why, is_final
end

local NO_SIGN = { dns = true, connect = true, timeout = true }

-- The failure, as one that says so when the service gave no sign of life.
local function silent(visit, message, err, code)
  local source = visit.source
  if visit.alive or not NO_SIGN[code] or visit.context.deadline <= core.monotonic() then
    return nil, message, err
  end
  return source:fail("there is no metadata service at " .. source.given.endpoint
    .. " (" .. code .. "); where that is as it should be, ALIBABA_CLOUD_ECS_METADATA_DISABLED=true "
    .. "saves the question", { cause = err.cause, retryable = true, maybe_sent = err.maybe_sent,
      absent = not source.given.role_name or nil })
end

local function fetch(self, context)
  local it = self.given
  if kind.flag "ALIBABA_CLOUD_ECS_METADATA_DISABLED" then
    return self:fail("it is switched off by the variable ALIBABA_CLOUD_ECS_METADATA_DISABLED",
      { absent = true })
  end
  if self.broken then return self:fail(self.broken) end
  local visit = { source = self, context = context, alive = false }
  local token, message, err, code = get_token(visit)
  -- without any connection there is none for v1 either
  if not token and (not it.v1 or NO_SIGN[code] and not err.maybe_sent
    or err.code ~= "credentials") then
    return silent(visit, message, err, code)
  end
  local name = it.role_name
  if not name then
    name, message, err, code = get(visit, ROLES, token, read_role)
    if name == "" or code == 404 then
      return self:fail("the instance has no RAM role; attach one to it, or configure another "
        .. "source", { absent = true })
    elseif not name then
      return silent(visit, message, err, code)
    end
  end
  return get(visit, ROLES .. name, token, read_keys)
end

local function prepare(self, it)
  it.endpoint = options.normalise_endpoint(it.endpoint or ENDPOINT)
  if it.v1 == nil then it.v1 = not kind.flag "ALIBABA_CLOUD_IMDSV1_DISABLED" end
  if it.role_name and not self.broken then self.account = self.name .. "." .. it.role_name end
end

--- The RAM role of the ECS instance, as a source.
-- @function credentials.ecs_role
-- @tparam[opt] table given see @{options}
-- @treturn table source
return kind.define("aliyun", "ecs_role", FIELDS, fetch, prepare)
