--- The RAM role of an ECS instance, or of a container on it, from the metadata service at
-- 100.100.100.200: IMDSv2, and v1 where v2 fails and v1 is not forbidden. Never through a proxy.
--
-- A chain passes over this source (`absent`) if the variable `ALIBABA_CLOUD_ECS_METADATA_DISABLED`
-- is "true"; or if nobody named a role, and the service gives no sign of life within this source's
-- limits (a timeout of the call itself proves nothing), or the instance has no role. All other
-- failures end a chain: other answers of the service, and a named role without keys.
-- @public streamctl.aliyun.credentials.ecs_role

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local http = require "streamctl.aliyun.credentials.http"
local json = require "streamctl.base.json"
local kind = require "streamctl.credentials.kind"

local ENDPOINT = "http://100.100.100.200"
local ROLES = "/latest/meta-data/ram/security-credentials/"
local TIMEOUT = 1 -- seconds

local function is_role(text)
  return #text <= 64 and text:find("^[%w._-]+$") ~= nil
end

local function role(value)
  return checks.text(value) or not is_role(value)
    and "must be 1 to 64 of the characters A-Z a-z 0-9 . _ - (the role's name, not its ARN)" or nil
end

--- What `ecs_role` takes.
-- @table options
-- @tfield string role_name without it and without the variable `ALIBABA_CLOUD_ECS_METADATA`, the
-- instance is asked for it
-- @tfield boolean v1 false forbids IMDSv1; without it the variable `ALIBABA_CLOUD_IMDSV1_DISABLED`
-- decides
-- @tfield string endpoint of the metadata service, for tests
-- @tfield number timeout seconds for a request, 1
local FIELDS = {
  { "role_name", role, variable = "ALIBABA_CLOUD_ECS_METADATA" }, { "v1", checks.boolean },
  { "endpoint", function(value) return (select(2, checks.endpoint(value))) end },
  { "timeout", checks.seconds },
}

-- ---- one fetch: `source`, `context`, and `alive`, whether the service has answered ----

-- Returns the answer; or nil, message, err and the transport's code or the HTTP status.
local function ask(visit, method, path, headers)
  local source = visit.source
  local answer, message, err, code = http.send(source, visit.context, { method = method,
    url = source.options.endpoint .. path, headers = headers, timeout = TIMEOUT, direct = true })
  if not answer then return nil, message, err, code end
  visit.alive, code = true, answer.http_status
  if code == 200 then return answer end
  answer, message, err = http.refuse(source, "the metadata service", answer)
  return answer, message, err, code
end

local function trimmed(text) return text:match("^%s*(.-)%s*$") end

-- Returns the token of IMDSv2; or nil and the failure, as `ask` does.
local function get_token(visit)
  local answer, message, err, code = ask(visit, "PUT", "/latest/api/token",
    { "x-aliyun-ecs-metadata-token-ttl-seconds", "21600" }) -- usual; each fetch asks for a token
  if not answer then return nil, message, err, code end
  local token = trimmed(answer.body)
  if token:find("^[\33-\126]+$") and #token <= 4096 then return token end
  return visit.source:fail "the metadata service handed out a token that is none"
end

-- Gets a value with the token, if there is one; after a failure, once more without the token.
-- `read(answer)` returns the value; or nil, the fault, and whether a retry would fail as well.
local function get(visit, path, token, read)
  local function try(headers)
    local answer, message, err, code = ask(visit, "GET", path, headers)
    if not answer then return nil, message, err, code end
    local value, why, is_final = read(answer)
    if not value then value, message, err = visit.source:fail(why) end
    return value, message, err, is_final and "final" or nil
  end
  local value, message, err, code = try(token and { "x-aliyun-ecs-metadata-token", token })
  if not value and token and visit.source.options.v1 and code ~= "final" then value = try() end
  if value then return value end
  return nil, message, err, code -- the first failure says more
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

-- Returns a failure; it is `absent` when the service gave no sign of life and no role is named.
local function fail(visit, message, err, code)
  local source = visit.source
  if visit.alive or not NO_SIGN[code] or visit.context.deadline <= core.monotonic() then
    return nil, message, err
  end
  return source:fail("there is no metadata service at " .. source.options.endpoint
    .. " (" .. code .. "); where that is as it should be, ALIBABA_CLOUD_ECS_METADATA_DISABLED=true "
    .. "saves the question", { cause = err.cause, retryable = true, maybe_sent = err.maybe_sent,
      absent = not source.options.role_name or nil })
end

local function fetch(self, context)
  local opts = self.options
  if kind.flag "ALIBABA_CLOUD_ECS_METADATA_DISABLED" then
    return self:fail("it is switched off by the variable ALIBABA_CLOUD_ECS_METADATA_DISABLED",
      { absent = true })
  end
  if self.broken then return self:fail(self.broken) end
  local visit = { source = self, context = context, alive = false }
  local token, message, err, code = get_token(visit)
  -- v1 cannot connect either where v2 could not
  if not token and (not opts.v1 or NO_SIGN[code] and not err.maybe_sent
    or err.code ~= "credentials") then
    return fail(visit, message, err, code)
  end
  local name = opts.role_name
  if not name then name, message, err, code = get(visit, ROLES, token, read_role) end
  if name == "" or not name and code == 404 then
    return self:fail("the instance has no RAM role; attach one to it, or configure another source",
      { absent = true })
  elseif not name then
    return fail(visit, message, err, code)
  end
  return get(visit, ROLES .. name, token, read_keys)
end

--- The RAM role of the ECS instance, as a source.
-- @function credentials.ecs_role
-- @tparam[opt] table options see @{options}
-- @treturn table source
return kind.define("aliyun", "ecs_role", FIELDS, fetch, function(self, opts)
  opts.endpoint = checks.endpoint(opts.endpoint or ENDPOINT)
  if opts.v1 == nil then opts.v1 = not kind.flag "ALIBABA_CLOUD_IMDSV1_DISABLED" end
  if opts.role_name and not self.broken then self.account = self.name .. "." .. opts.role_name end
end)
