--- A section of the file that the vendor's packages share, `~/.alibabacloud/credentials`:
--
--     [default]
--     type = access_key
--     access_key_id = ...
--     access_key_secret = ...
--
-- Types: access_key, ecs_ram_role, ram_role_arn and oidc_role_arn. The file is read at each fetch:
-- the first one, each refresh, and after the vendor has refused a key.
-- @public streamctl.aliyun.credentials.ini

local errors = require "streamctl.base.errors"
local mappings = require "streamctl.aliyun.credentials.mapping"
local options = require "streamctl.base.options"
local sections = require "streamctl.base.sections"

-- By type the mapping of its fields (see mapping.lua).
local ROLE = {
  role_arn = "role_arn", session_name = "role_session_name", policy = "policy",
  region = "sts_region", endpoint = "sts_endpoint", vpc = "enable_vpc",
}
local TYPES = {
  access_key = { kind = "static", fields = mappings.KEY },
  ecs_ram_role = { kind = "ecs_role", fields = { role_name = "role_name" } },
  ram_role_arn = { kind = "assume_role", fields = ROLE, needs = { "role_arn" },
    base = { kind = "static", fields = mappings.KEY } },
  oidc_role_arn = { kind = "oidc", needs = { "role_arn", "provider_arn", "token_file" },
    fields = options.merged(ROLE, { provider_arn = "oidc_provider_arn",
      token_file = "oidc_token_file_path" }) },
}

local FLAGS = { ["true"] = true, ["false"] = false }

local function read(text, path, name)
  name = name or "default"
  local where = "[" .. errors.tidy(name, 100) .. "] of " .. path
  local found, stray = sections.read(text)
  local section = found[name]
  if not section and stray then
    return nil, ("%s: line %d stands in no section; put one such as [default] above it")
      :format(path, stray)
  end
  if not section then return nil, where .. " does not exist", true end
  if section.fault then return nil, path .. ": " .. section.fault end
  local values = section.values
  local kind, flag = values.type or "", FLAGS[values.enable_vpc]
  if flag ~= nil then values.enable_vpc = flag end
  if TYPES[kind] then return mappings.make(TYPES[kind], values, where) end
  return nil, where .. ": " .. (kind == "" and "type is missing"
    or "its type " .. mappings.shown(kind) .. " is not supported")
    .. "; it must be access_key, ecs_ram_role, ram_role_arn or oidc_role_arn"
end

--- What `ini` takes.
-- @table options
-- @tfield string name of the section; otherwise the variable ALIBABA_CLOUD_PROFILE, otherwise
-- "default"
-- @tfield string file its path; otherwise the variable ALIBABA_CLOUD_CREDENTIALS_FILE, otherwise
-- `.alibabacloud/credentials` in the home directory
-- @tfield string home that directory; otherwise the variable HOME

--- A section of the shared file, as a source.
-- @function credentials.ini
-- @tparam[opt] table options see @{options}
-- @treturn table source
return mappings.define("ini", { path = ".alibabacloud/credentials", provider = "profile",
  variable = "ALIBABA_CLOUD_CREDENTIALS_FILE", is_last = true, read = read })
