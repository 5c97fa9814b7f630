--- A profile of the vendor's command line tool, as `aliyun configure` writes it to
-- `~/.aliyun/config.json`. The file is read at each fetch: the first one, each refresh, and after
-- the vendor has refused a key. It is never written.
--
-- Modes: AK, StsToken, RamRoleArn, EcsRamRole, OIDC, ChainableRamRoleArn, External and
-- CredentialsURI, spelled like this. OAuth and CloudSSO are refused, since only the tool can renew
-- their logins.
-- @public streamctl.aliyun.credentials.profile

local checks = require "streamctl.base.checks"
local errors = require "streamctl.base.errors"
local mappings = require "streamctl.aliyun.credentials.mapping"
local json = require "streamctl.base.json"
local options = require "streamctl.base.options"

local shown, KEY_AND_TOKEN = mappings.shown, mappings.KEY_AND_TOKEN

-- ---- modes, each with the mapping of its fields (see mapping.lua) ----

local ROLE = {
  role_arn = "ram_role_arn", session_name = "ram_session_name", duration = "expired_seconds",
  policy = "policy", region = "sts_region", endpoint = "sts_endpoint", vpc = "enable_vpc",
  external_id = "external_id",
}
local MODES = {
  AK = { kind = "static", fields = mappings.KEY },
  StsToken = { kind = "static", fields = KEY_AND_TOKEN, needs = { "security_token" } },
  RamRoleArn = { kind = "assume_role", fields = ROLE, needs = { "role_arn" },
    base = { kind = "static", fields = KEY_AND_TOKEN } },
  EcsRamRole = { kind = "ecs_role", fields = { role_name = "ram_role_name" } },
  OIDC = { kind = "oidc", needs = { "role_arn", "provider_arn", "token_file" },
    fields = options.merged(ROLE, { duration = "duration_seconds",
      provider_arn = "oidc_provider_arn", token_file = "oidc_token_file" }) },
  ChainableRamRoleArn = { kind = "assume_role", fields = ROLE, needs = { "role_arn" } },
  External = { kind = "process", fields = { command = "process_command" } },
  CredentialsURI = { kind = "uri", fields = { url = "credentials_uri" }, needs = { "url" } },
}

local LOGIN = ", since only aliyun can renew its login"
local UNSUPPORTED = { RsaKeyPair = "", RamRoleArnWithRoleName = "", BearerToken = "",
  Anonymous = "", OAuth = LOGIN, CloudSSO = LOGIN }

local function unknown_mode(mode)
  if (mode or "") == "" then return "mode is missing" end
  if type(mode) ~= "string" then return "mode must be text" end
  if UNSUPPORTED[mode] then
    return "its mode " .. mode .. " is not supported" .. UNSUPPORTED[mode] .. "; use RamRoleArn, "
      .. "ChainableRamRoleArn, EcsRamRole or External instead"
  end
  for name in pairs(MODES) do
    if name:lower() == mode:lower() then return "its mode must be written as " .. name end
  end
  return "its mode " .. shown(mode) .. " is unknown"
end

-- ---- the file ----

local MAX_PROFILES = 10 -- in a row by source_profile: each needs a request

-- Returns the source of a profile; or nil, the fault, and whether the profile does not exist.
-- `label` is its name for messages; `visited` has the labels of the profiles that led here as a
-- list, and their names as keys.
local function source_of(profiles, path, name, label, visited)
  local where, values = "the profile " .. label .. " of " .. path, nil
  for _, profile in ipairs(profiles) do
    if type(profile) == "table" and profile.name == name then values = values or profile end
  end
  if not values then return nil, where .. " does not exist", not visited[1] end
  visited[#visited + 1] = label
  if visited[name] then
    return nil, where .. ": source_profile leads in a circle: " .. table.concat(visited, " -> ")
  end
  visited[name] = true
  if #visited > MAX_PROFILES then
    return nil, ("%s: source_profile leads through more than %d profiles")
      :format(where, MAX_PROFILES)
  end
  local mode = type(values.mode) == "string" and MODES[values.mode]
  if not mode then return nil, where .. ": " .. unknown_mode(values.mode) end
  local base
  if mode == MODES.ChainableRamRoleArn then
    local base_name = values.source_profile
    local why = (base_name or "") == "" and "is missing" or checks.text(base_name)
    if why then return nil, where .. ": source_profile " .. why end
    base, why = source_of(profiles, path, base_name, shown(base_name), visited)
    if not base then return nil, why end
  end
  if (values.duration_seconds or 0) == 0 then values.duration_seconds = values.expired_seconds end
  return mappings.make(mode, values, where, base)
end

local function read(text, path, asked)
  if not text:find("%S") then return nil, path .. " is empty; run `aliyun configure`" end
  local document, why = json.decode(text)
  if not document then
    local line = json.line_of_fault(text)
    return nil, path .. (line and ": line " .. line or "") .. ": " .. why
  end
  if type(document.profiles) ~= "table" or #document.profiles == 0 then
    return nil, path .. " has no profiles; run `aliyun configure`"
  end
  local name = asked or document.current
  if type(name) ~= "string" or name == "" then
    return nil, path .. ' names no profile as "current"; run `aliyun configure switch`, or set '
      .. "ALIBABA_CLOUD_PROFILE"
  end
  local label = asked and "'" .. errors.tidy(name, 100) .. "'" or shown(name)
  local source, is_absent
  source, why, is_absent = source_of(document.profiles, path, name, label, {})
  return source, why, is_absent and asked ~= nil
end

--- What `profile` takes.
-- @table options
-- @tfield string name otherwise the variable ALIBABA_CLOUD_PROFILE, otherwise what the file calls
-- "current"
-- @tfield string file its path; otherwise the variable ALIBABA_CLOUD_CONFIG_FILE, otherwise
-- `.aliyun/config.json` in the home directory
-- @tfield string home that directory; otherwise the variable HOME

--- A profile of the command line tool, as a source.
-- @function credentials.profile
-- @tparam[opt] table options see @{options}
-- @treturn table source
return mappings.define("profile", { path = ".aliyun/config.json", provider = "cli_profile",
  variable = "ALIBABA_CLOUD_CONFIG_FILE", read = read,
  disabled_by = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED" })
