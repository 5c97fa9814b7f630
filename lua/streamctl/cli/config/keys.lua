--- Who a vendor is told that we are: from the environment, else from the profile.
-- @module streamctl.cli.config.keys

local core = require "streamctl.core"
local system = require "streamctl.system"
local failure = require "streamctl.cli.failure"
local files = require "streamctl.cli.files"
local streamctl = require "streamctl"

local keys = {}

local OTHERS = 64 -- bits of a mode: more than its owner may do something

-- Whether the owner alone may read it is theirs to decide, so it is only said.
local function look_at(invocation, path)
  local mode = system.file_mode(path)
  if mode and mode % OTHERS > 0 then
    invocation.say:warn("%s holds a secret, and others may use it; run: chmod 600 %s", path, path)
  end
end

local MOST = 65536 -- bytes of a file

--- Reads a file with one secret in it; ends by `failure.usage`. `from`: who names it.
function keys.read(path, from)
  local text, why = files.read(path, MOST)
  if not text then failure.usage("%s cannot be read: %s (%s)", path, why, from) end
  text = text:gsub("[\r\n]+$", "")
  if text == "" or core.has_control(text) then
    failure.usage("%s must hold one line with a secret (%s)", path, from)
  end
  return text
end

local TRUTH = {
  ["true"] = true, ["1"] = true, yes = true, ["false"] = false, ["0"] = false, no = false,
}

local makers = {}

-- ---- ZEGOCLOUD ----

local function is_test(settings)
  local value, from = settings:find("is_test", "ZEGO_IS_TEST")
  if type(value) == "string" then
    local truth = TRUTH[value:lower()]
    if truth == nil then
      failure.usage("ZEGO_IS_TEST must be true or false, not '%s'", value)
    end
    value = truth
  end
  settings:add("is_test", value or false, from or "default")
  return value
end

function makers.zego(settings, options)
  local app_id = settings:take("app_id", "ZEGO_APP_ID")
  if not app_id then
    failure.usage "the AppId is missing: set ZEGO_APP_ID, or write app_id into a profile"
  end
  options.app_id, options.is_test = app_id, is_test(settings)
  local secret, from = settings:of_environment "ZEGO_SERVER_SECRET"
  if not secret then
    local path
    path, from = settings:find_path("server_secret_file", "ZEGO_SERVER_SECRET_FILE")
    if not path then
      failure.usage("the ServerSecret is missing: set ZEGO_SERVER_SECRET, or "
        .. "ZEGO_SERVER_SECRET_FILE to a file that holds it, or write server_secret_file into the "
        .. "profile")
    end
    keys.read(path, from)
    look_at(settings.invocation, path)
    settings:add("server_secret_file", path, from)
    secret = { file = path }
  end
  settings:add_secret("server_secret", from)
  options.server_secret = secret
  return ("AppId %s"):format(type(app_id) == "number" and ("%.0f"):format(app_id) or app_id)
end

-- ---- Alibaba Cloud ----

local SOURCES = {
  assume_role = true, chain = true, ecs_role = true, environment = true, ini = true, oidc = true,
  process = true, profile = true, uri = true,
}

-- A source of what a profile's `credentials` says.
local function source_of(given, where)
  if type(given) ~= "table" then failure.usage("%s: credentials must hold tables", where) end
  local name = given.source
  if type(name) ~= "string" or not SOURCES[name] then
    failure.usage("%s: credentials must name its source, one of assume_role, chain, ecs_role, "
      .. "environment, ini, oidc, process, profile, uri", where)
  end
  local copy = {}
  for field, value in pairs(given) do copy[field] = value end
  copy.source = nil
  local make = streamctl.aliyun.credentials[name]
  if name == "assume_role" then
    copy.base = nil
    copy.source = source_of(given.base or { source = "chain" }, where)
  elseif name == "chain" then
    copy = given.sources
    if copy ~= nil then
      local list = {}
      for i, one in ipairs(type(copy) == "table" and copy or { false }) do
        list[i] = source_of(one, where)
      end
      copy = list
    end
  end
  local made, source = pcall(make, copy)
  if made then return source end
  failure.usage("%s: %s", where,
    (tostring(source):gsub("^[^\n]-:%d+: ", ""):gsub("^streamctl%.aliyun%.", "")))
end

-- A text of the variable, or of the file; the latter's path may be in the profile.
local function secret_of(settings, variable, field)
  local text, from = settings:of_environment(variable)
  if text then return text, from end
  local path
  if field then
    path, from = settings:find_path(field)
  else
    path, from = settings:of_environment(variable .. "_FILE")
  end
  if not path then return nil end
  text = keys.read(path, from)
  look_at(settings.invocation, path)
  return text, from
end

local ID, SECRET, TOKEN = "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
  "ALIBABA_CLOUD_SECURITY_TOKEN"

-- A key, whole: halves of two keys are none.
local function use_key(settings, options, id, secret, token)
  if not id[1] or not secret[1] then
    failure.usage("%s is set, and %s is missing: a key is both, from one place",
      id[1] and "the id of a key" or "the secret or the token of a key", id[1]
      and (id[2]:find "^environment" and SECRET .. " (or " .. SECRET .. "_FILE)"
        or "access_key_secret_file")
      or ID)
  end
  options.access_key_id, options.access_key_secret = id[1], secret[1]
  options.security_token = token[1]
  settings:add("access_key_id", id[1], id[2])
  settings:add_secret("access_key_secret", secret[2])
  if token[1] then settings:add_secret("security_token", token[2]) end
  return "key " .. id[1]
end

function makers.aliyun(settings, options)
  options.account = settings:take "account"
  options.signature = settings:take "signature"
  local id = { settings:of_environment(ID) }
  local secret = { secret_of(settings, SECRET) }
  local token = { secret_of(settings, TOKEN) }
  if id[1] or secret[1] or token[1] then return use_key(settings, options, id, secret, token) end
  local given, where = settings:of_profile "credentials"
  id = { settings:of_profile "access_key_id" }
  if given and id[1] then
    failure.usage("%s: credentials and access_key_id are two keys; write one of them", where)
  end
  if given then
    options.credentials = source_of(given, where)
    settings:add("credentials", given.source, where)
    return "credentials of " .. given.source
  end
  secret = { secret_of(settings, "", "access_key_secret_file") }
  token = { secret_of(settings, "", "security_token_file") }
  if id[1] or secret[1] or token[1] then return use_key(settings, options, id, secret, token) end
  options.credentials = streamctl.aliyun.credentials.chain()
  settings:add("credentials", "chain", "default")
  return "credentials of the default chain"
end

--- Variables that say that somebody has an account of a vendor.
keys.variables = {
  zego = { "ZEGO_APP_ID", "ZEGO_SERVER_SECRET", "ZEGO_SERVER_SECRET_FILE" },
  aliyun = { ID, SECRET, SECRET .. "_FILE", TOKEN, TOKEN .. "_FILE", "ALIBABA_CLOUD_PROFILE",
    "ALIBABA_CLOUD_CONFIG_FILE", "ALIBABA_CLOUD_CREDENTIALS_FILE", "ALIBABA_CLOUD_ROLE_ARN",
    "ALIBABA_CLOUD_ECS_METADATA", "ALIBABA_CLOUD_CREDENTIALS_URI" },
}

-- What says who we are, and the variables that go before it.
local IDENTITY = {
  app_id = "ZEGO_APP_ID", server_secret_file = "ZEGO_SERVER_SECRET", is_test = "ZEGO_IS_TEST",
  access_key_id = ID, credentials = ID,
}

-- A profile that somebody names and that is not who they are then must not go unnoticed.
local function warn_of_others(settings)
  local profile = settings.chosen
  if not profile or not profile.named then return end
  for field, variable in pairs(IDENTITY) do
    if profile.fields[field] ~= nil and settings.invocation:environment(variable) then
      settings.invocation.say:warn("%s of the environment goes before %s of profile %s; unset it "
        .. "to act as the profile says", variable, field, profile.name)
    end
  end
end

--- Finds them, and adds them to the settings and to the options of the client; ends by
-- `failure.usage` when something is missing. Returns who that is, for people.
function keys.find(vendor, settings, options)
  local title = makers[vendor](settings, options)
  warn_of_others(settings)
  return title
end

return keys
