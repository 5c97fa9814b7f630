--- A profile of the vendor's command line tool, as `aliyun configure` writes it to
-- `~/.aliyun/config.json`. The file is read whenever a key is needed: the first one, the next one,
-- and another one when the vendor has refused what came of it. It is never written.
--
-- Modes: AK, StsToken, RamRoleArn, EcsRamRole, OIDC, ChainableRamRoleArn, CloudSSO, External and
-- CredentialsURI, spelled like this. An access token of CloudSSO is used as long as it is valid;
-- the tool gets the next one. OAuth is refused, since only the tool can renew its hourly login.
-- @public streamctl.aliyun.credentials.profile

local define = require "streamctl.aliyun.credentials.define"
local plans = require "streamctl.aliyun.credentials.plans"
local errors = require "streamctl.errors"
local json = require "streamctl.json"
local surroundings = require "streamctl.aliyun.credentials.surroundings"

local refuse = define.refuser "profile"
local shown = surroundings.shown

-- ---- modes ----

local ROLE = { role_arn = "ram_role_arn", session_name = "ram_session_name",
  duration = "expired_seconds" }

local function assume_role(read, source)
  local plan = plans.role(read, { kind = "assume_role", source = source }, ROLE)
  plan.external_id = read:text "external_id"
  return plan
end

-- What each mode comes to: a plan (see plans.lua).
local MODES = {}

function MODES.AK(read)
  return plans.key(read)
end

function MODES.StsToken(read)
  return plans.key(read, "sts_token", true)
end

function MODES.RamRoleArn(read)
  return assume_role(read, plans.key(read, "sts_token"))
end

function MODES.EcsRamRole(read)
  return { kind = "ecs_role", role_name = read:text "ram_role_name" }
end

function MODES.OIDC(read)
  local plan = plans.role(read, { kind = "oidc" }, ROLE)
  plan.duration = read:number "duration_seconds" or plan.duration
  plan.provider_arn = read:text("oidc_provider_arn", true)
  plan.token_file = read:text("oidc_token_file", true)
  return plan
end

function MODES.ChainableRamRoleArn(read, plan_of)
  local source = read:text("source_profile", true)
  return assume_role(read, source and plan_of(source))
end

function MODES.CloudSSO(read)
  return { kind = "cloud_sso", sign_in_url = read:text("cloud_sso_sign_in_url", true),
    account_id = read:text("cloud_sso_account_id", true),
    access_config = read:text("cloud_sso_access_config", true),
    access_token = read:text("access_token", true),
    access_token_expires = read:number "cloud_sso_access_token_expire" or 0 }
end

function MODES.External(read)
  return { kind = "process", command = read:text("process_command", true) }
end

function MODES.CredentialsURI(read)
  return { kind = "uri", url = read:text("credentials_uri", true) }
end

local OTHERS = {
  RsaKeyPair = "", RamRoleArnWithRoleName = "", BearerToken = "", Anonymous = "",
  OAuth = ", since only aliyun can renew its login, each hour",
}

-- Why a mode is none of these.
local function unknown_mode(mode)
  if mode == nil or mode == "" then return "mode is missing" end
  if type(mode) ~= "string" then return "mode must be text" end
  if OTHERS[mode] then
    return "its mode " .. mode .. " is not supported" .. OTHERS[mode] .. "; use RamRoleArn, "
      .. "ChainableRamRoleArn, EcsRamRole or External instead"
  end
  for name in pairs(MODES) do
    if name:lower() == mode:lower() then return "its mode must be written as " .. name end
  end
  return "its mode " .. shown(mode) .. " is unknown"
end

-- ---- the file ----

local LONGEST_WAY = 10 -- through source_profile; each is a question that waits for the next one

-- The first profile of a name: fields, or nil.
local function find(profiles, name)
  for _, one in ipairs(profiles) do
    if type(one) == "table" and one.name == name then return one end
  end
end

-- The plan of a profile; or nil and what is wrong. `label`: how messages call it; `way`: the names
-- of those that have led here, also as names of the table.
local function plan_of(document, path, name, label, way)
  local where = "the profile " .. label .. " of " .. path
  local values = find(document.profiles, name)
  if not values then return nil, where .. " does not exist" end
  way[#way + 1] = label
  if way[name] then
    return nil, where .. ": source_profile leads in a circle: " .. table.concat(way, " -> ")
  end
  way[name] = true
  if #way > LONGEST_WAY then
    return nil, ("%s: source_profile leads through more than %d profiles")
      :format(where, LONGEST_WAY)
  end
  local mode = type(values.mode) == "string" and MODES[values.mode]
  if not mode then return nil, where .. ": " .. unknown_mode(values.mode) end
  local read = plans.reader(values, where)
  local plan = mode(read, function(source)
    local of_source, why = plan_of(document, path, source, shown(source), way)
    if not of_source then read.wrong = read.wrong or why end
    return of_source
  end)
  if read.wrong then return nil, read.wrong end
  plan.where = where
  return plan
end

-- What a file holds; or nil and what is wrong with it.
local function decode(text, path)
  if not text:find("%S") then return nil, path .. " is empty; run `aliyun configure`" end
  local document, why = json.decode(text)
  if not document then
    local line = json.line_of_fault(text)
    return nil, path .. (line and ": line " .. line or "") .. ": " .. why
  end
  if type(document.profiles) ~= "table" or #document.profiles == 0 then
    return nil, path .. " has no profiles; run `aliyun configure`"
  end
  return document
end

-- The source that a profile describes now; or nil, message, err.
local function read_source(it)
  local file = it.file or surroundings.variable "ALIBABA_CLOUD_CONFIG_FILE"
  local path = file or surroundings.at_home(it.home, ".aliyun/config.json")
  if not path then return refuse("HOME is not set, so there is no ~/.aliyun/config.json", true) end
  local text, why, unseen = surroundings.read(path)
  -- what somebody has named must be there
  if not text then return refuse(why, unseen and not file and not it.name) end
  local document
  document, why = decode(text, path)
  if not document then return refuse(why) end
  local asked = it.name or surroundings.variable "ALIBABA_CLOUD_PROFILE"
  local name = asked or document.current
  if type(name) ~= "string" or name == "" then
    return refuse(path .. ' names no profile as "current"; run `aliyun configure switch`, or set '
      .. "ALIBABA_CLOUD_PROFILE")
  end
  local label = asked and "'" .. errors.tidy(name, 100) .. "'" or shown(name)
  local plan, source
  plan, why = plan_of(document, path, name, label, {})
  if plan then source, why = plans.make(plan) end
  if source then return source end
  -- the variable is for both files: the other one may have what it names
  local elsewhere = asked and not it.name and not find(document.profiles, name)
  return refuse(why, elsewhere)
end

--- What `profile` takes.
-- @table options
-- @tfield string name otherwise the variable ALIBABA_CLOUD_PROFILE, otherwise what the file calls
-- "current"
-- @tfield string file its path; otherwise the variable ALIBABA_CLOUD_CONFIG_FILE, otherwise
-- `.aliyun/config.json` in the home directory
-- @tfield string home that directory; otherwise the variable HOME
local FIELDS = plans.FIELDS

--- A profile of the command line tool, as a source.
-- @function credentials.profile
-- @tparam[opt] table given see @{options}
-- @treturn table source
return define.source("profile", FIELDS, function(it)
  return plans.source("profile", "cli_profile", it, read_source)
end)
