-- The credentials that a vendor is called with: from the profile that a flag names, else from the
-- environment, else from another profile.

local fail = require "streamctl.cli.fail"
local config = require "streamctl.cli.config"
local rows = require "streamctl.cli.config.rows"
local streamctl = require "streamctl"
local suggest = require "streamctl.base.suggest"

local credentials = {}

-- By vendor: adds credentials to the settings and to the options of the client.
local makers = {}

function makers.zego(settings, options)
  options.app_id, options.is_test = settings:take "app_id", settings:take "is_test"
  if not options.app_id then
    fail.usage("the AppId is missing: set ZEGO_APP_ID, or run %s", settings:configure())
  end
  if settings.is_test.from == "default" and settings.invocation:environment "ZEGO_IS_TEST" then
    settings.invocation.say:warn("ZEGO_IS_TEST does not count: the AppId is of profile %s, which "
      .. "has no is_test, so this is live", settings.section.name)
  end
  local secret, path = settings:take "server_secret"
  if not secret then
    fail.usage("the ServerSecret is missing: set ZEGO_SERVER_SECRET, or ZEGO_SERVER_SECRET_FILE "
      .. "to a file that holds it, or run %s", settings:configure())
  end
  options.server_secret = path and { file = path } or secret
  return "AppId " .. options.app_id
end

-- By name of a source: the option that stands behind the name, or false.
local SOURCES = { assume_role = "role_arn", chain = false, ecs_role = "role_name",
  environment = false, ini = "name", oidc = false, process = "command", profile = "name",
  uri = "url" }

-- Tells whether a text is a source of keys, such as "ecs_role" or "profile work".
function credentials.is_source(value) return SOURCES[value:match "^%S*"] ~= nil end

local function source_of(value, place)
  local name, word = value:match "^(%S+)%s*(.*)$"
  local option, options = SOURCES[name], {}
  if option == nil then
    fail.usage("%s: credentials%s must name a source of keys%s; docs/how-to/credentials.md lists "
      .. "all", place, config.shown(name), suggest.hint(name, SOURCES))
  elseif word ~= "" and not option then
    fail.usage("%s: credentials must be %s alone", place, name)
  elseif word ~= "" then
    options[option] = word
  end
  if name == "assume_role" then options.source = streamctl.aliyun.credentials.chain() end
  local made, source = pcall(streamctl.aliyun.credentials[name], options)
  if made then return source end
  fail.usage("%s: %s", place, (fail.text_of(source):gsub("^streamctl%.aliyun%.", "")))
end

local ID, SECRET, TOKEN = "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
  "ALIBABA_CLOUD_SECURITY_TOKEN"

local PARTS = { "access_key_id", "access_key_secret", "security_token" }

-- Uses the access key of a place, `of_environment` or `of_profile`. Returns the name of the key, or
-- nil without any part.
local function use_key(settings, options, place)
  local key, from = {}, {}
  for _, name in ipairs(PARTS) do
    key[name], from[name] = settings[place](settings, name)
  end
  if not next(key) then return nil end
  if not key.access_key_id or not key.access_key_secret then
    fail.usage("%s is set, and %s is missing: a key is both, from one place",
      key.access_key_id and "the id of a key" or "the secret or the token of a key",
      not key.access_key_id and ID or place == "of_environment"
        and SECRET .. " (or " .. SECRET .. "_FILE)"
        or "access_key_secret_file (" .. settings:configure() .. " asks for it)")
  end
  for _, name in ipairs(PARTS) do
    options[name] = key[name]
    if key[name] then settings:add(name, key[name], from[name]) end
  end
  return "key " .. key.access_key_id
end

function makers.aliyun(settings, options)
  options.account, options.signature = settings:take "account", settings:take "signature"
  local name = not settings:has_typed "access_key_id"
    and use_key(settings, options, "of_environment")
  if name then return name end
  local word, place = settings:of_profile "credentials"
  if word and settings:of_profile "access_key_id" then
    fail.usage("%s: credentials and access_key_id are two keys; write one of them", place)
  end
  name = not word and use_key(settings, options, "of_profile")
  if name then return name end
  options.credentials = word and source_of(word, place)
    or streamctl.aliyun.credentials.chain()
  settings:add("credentials", options.credentials.name, place or "default")
  return "credentials of " .. (word and options.credentials.name or "the default chain")
end

-- The variables by which the environment has an account of a vendor.
credentials.variables = {
  zego = { "ZEGO_APP_ID", "ZEGO_SERVER_SECRET", "ZEGO_SERVER_SECRET_FILE" },
  aliyun = { ID, SECRET, SECRET .. "_FILE", TOKEN, TOKEN .. "_FILE", "ALIBABA_CLOUD_PROFILE",
    "ALIBABA_CLOUD_CONFIG_FILE", "ALIBABA_CLOUD_CREDENTIALS_FILE", "ALIBABA_CLOUD_ROLE_ARN",
    "ALIBABA_CLOUD_ECS_METADATA", "ALIBABA_CLOUD_CREDENTIALS_URI" },
}

-- Adds the credentials to the settings and to the client's options. Returns their name for people,
-- and tells which counts where the environment and a profile that somebody names both have some.
function credentials.find(vendor, settings, options)
  local name, profile = makers[vendor](settings, options), settings.section
  for _, row in ipairs(profile and profile.is_named and rows or {}) do
    local variable = row.of == vendor and row.variable or row[1] == "credentials" and ID
    local has_both = variable and profile.fields[row.field] ~= nil
      and settings.invocation:environment(variable)
    if has_both and settings.is_typed then
      settings.invocation.say:note("%s of profile %s goes before %s of the environment", row.field,
        profile.name, variable)
    elseif has_both then
      settings.invocation.say:warn("%s of the environment goes before %s of profile %s; unset it "
        .. "to act as the profile says", variable, row.field, profile.name)
    end
  end
  return name
end

return credentials
