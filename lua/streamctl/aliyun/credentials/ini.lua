--- A section of the file that the vendor's packages share, `~/.alibabacloud/credentials`:
--
--     [default]
--     type = access_key
--     access_key_id = ...
--     access_key_secret = ...
--
-- Types: access_key, ecs_ram_role, ram_role_arn and oidc_role_arn. The file is read whenever a key
-- is needed: the first one, the next one, and another one when the vendor has refused it.
-- @public streamctl.aliyun.credentials.ini

local define = require "streamctl.aliyun.credentials.define"
local plans = require "streamctl.aliyun.credentials.plans"
local errors = require "streamctl.errors"
local sections = require "streamctl.aliyun.credentials.sections"
local surroundings = require "streamctl.aliyun.credentials.surroundings"

local refuse = define.refuser "ini"

-- What each type comes to: a plan (see plans.lua).
local TYPES = { access_key = plans.key }

function TYPES.ecs_ram_role(read)
  return { kind = "ecs_role", role_name = read:text "role_name" }
end

local ROLE = { role_arn = "role_arn", session_name = "role_session_name" }

function TYPES.ram_role_arn(read)
  return plans.role(read, { kind = "assume_role", source = plans.key(read) }, ROLE)
end

function TYPES.oidc_role_arn(read)
  return plans.role(read, { kind = "oidc", provider_arn = read:text("oidc_provider_arn", true),
    token_file = read:text("oidc_token_file_path", true) }, ROLE)
end

local SUPPORTED = "; it must be access_key, ecs_ram_role, ram_role_arn or oidc_role_arn"

local function plan_of(values, where)
  local read = plans.reader(values, where)
  local kind = read:text "type"
  local make = kind and TYPES[kind]
  if not kind then
    read:refuse("type is missing" .. SUPPORTED)
  elseif not make then
    read:refuse("its type " .. surroundings.shown(kind) .. " is not supported" .. SUPPORTED)
  end
  local plan = not read.wrong and make(read)
  if read.wrong then return nil, read.wrong end
  plan.where = where
  return plan
end

-- The source that a section describes; or nil, message, err.
local function read_source(it)
  local file = it.file or surroundings.variable "ALIBABA_CLOUD_CREDENTIALS_FILE"
  local path = file or surroundings.at_home(it.home, ".alibabacloud/credentials")
  local asked = it.name or surroundings.variable "ALIBABA_CLOUD_PROFILE"
  if not path then
    return refuse("HOME is not set, so there is no ~/.alibabacloud/credentials", not asked)
  end
  local text, why, unseen = surroundings.read(path)
  -- what somebody has named must be there
  if not text then return refuse(why, unseen and not file and not asked) end
  local where = "[" .. errors.tidy(asked or "default", 100) .. "] of " .. path
  local values, plan, source
  values, why = sections(text, asked or "default")
  if not values then
    return refuse(why and path .. ": " .. why or where .. " does not exist", not why and not asked)
  end
  plan, why = plan_of(values, where)
  if plan then source, why = plans.make(plan) end
  if not source then return refuse(why) end
  return source
end

--- What `ini` takes.
-- @table options
-- @tfield string name of the section; otherwise the variable ALIBABA_CLOUD_PROFILE, otherwise
-- "default"
-- @tfield string file its path; otherwise the variable ALIBABA_CLOUD_CREDENTIALS_FILE, otherwise
-- `.alibabacloud/credentials` in the home directory
-- @tfield string home that directory; otherwise the variable HOME
local FIELDS = plans.FIELDS

--- A section of the shared file, as a source.
-- @function credentials.ini
-- @tparam[opt] table given see @{options}
-- @treturn table source
return define.source("ini", FIELDS, function(it)
  return plans.source("ini", "profile", it, read_source)
end)
