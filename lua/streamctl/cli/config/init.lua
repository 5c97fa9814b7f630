-- Reads the configuration file `config.lua`, which holds profiles: tables of fields by name.

local system = require "streamctl.system"
local abort = require "streamctl.cli.abort"
local reader = require "streamctl.cli.reader"
local sandbox = require "streamctl.cli.config.sandbox"
local suggest = require "streamctl.suggest"

local config = {}

-- The text of `streamctl help environment`: a variable and its use.
config.environment = {
  { "STREAMCTL_PROFILE", "The profile of the configuration file, as --profile." },
  { "STREAMCTL_VENDOR", "Whose account: aliyun or zego, as --vendor." },
  { "STREAMCTL_STORE", "Where order and rates are kept, as --store; a URL with a password belongs "
    .. "here, or into a file that STREAMCTL_STORE_FILE names." },
  { "STREAMCTL_CA_FILE", "Certificates of authorities, instead of the system's." },
  { "ZEGO_APP_ID", "ZEGOCLOUD: the AppId." },
  { "ZEGO_SERVER_SECRET", "ZEGOCLOUD: its ServerSecret; or ZEGO_SERVER_SECRET_FILE: a file that "
    .. "holds it." },
  { "ZEGO_IS_TEST", "ZEGOCLOUD: true for the test environment." },
  { "ZEGO_ENDPOINT", "ZEGOCLOUD: where requests go instead." },
  { "ZEGO_CALLBACK_SECRET", "ZEGOCLOUD: the CallbackSecret of webhooks; or "
    .. "ZEGO_CALLBACK_SECRET_FILE." },
  { "ALIBABA_CLOUD_ACCESS_KEY_ID", "Alibaba Cloud: the id of a key." },
  { "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "Alibaba Cloud: its secret; or "
    .. "ALIBABA_CLOUD_ACCESS_KEY_SECRET_FILE." },
  { "ALIBABA_CLOUD_SECURITY_TOKEN", "Alibaba Cloud: the token of a temporary key; or "
    .. "ALIBABA_CLOUD_SECURITY_TOKEN_FILE." },
  { "ALIBABA_CLOUD_ENDPOINT", "Alibaba Cloud: where requests go instead." },
  { "ALIBABA_CLOUD_CALLBACK_SECRET", "Alibaba Cloud: the key of webhooks; or "
    .. "ALIBABA_CLOUD_CALLBACK_SECRET_FILE." },
  { "ALIBABA_CLOUD_CALLBACK_DOMAINS", "Alibaba Cloud: the domains that webhooks are signed for." },
  { "ALIBABA_CLOUD_LIVE_AUTH_KEY", "Alibaba Cloud: the key of signed addresses; or "
    .. "ALIBABA_CLOUD_LIVE_AUTH_KEY_FILE." },
  { "ALIBABA_CLOUD_PROFILE", "Alibaba Cloud: where no key is given, what its own tools read "
    .. "counts: this, ALIBABA_CLOUD_CONFIG_FILE, ALIBABA_CLOUD_CREDENTIALS_FILE, "
    .. "ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_ECS_METADATA, ALIBABA_CLOUD_CREDENTIALS_URI and "
    .. "others." },
  { "https_proxy, all_proxy, no_proxy", "The proxy, unless the profile names one." },
  { "XDG_CONFIG_HOME", "Where streamctl/config.lua is; ~/.config without it." },
  { "XDG_STATE_HOME", "Where streamctl/store is; ~/.local/state without it." },
  { "NO_COLOR, TERM", "Colours: NO_COLOR set to anything, or TERM=dumb: none." },
}

local MAX_BYTES = 1048576 -- of the file
local MAX_DEPTH = 16      -- tables in tables
local ANYBODY = 2         -- the bit of a mode by which everybody may write

-- Fields of every profile and their types. The library checks the values.
local COMMON = {
  vendor = "string", endpoint = "string or table", region = "string", ca_file = "string",
  proxy = "string or false", timeout = "number", attempts = "number", rate = "number",
  concurrency = "number", store = "string",
}

-- Fields of a vendor's profiles and their types.
config.fields = {
  aliyun = {
    access_key_id = "string", access_key_secret_file = "string", security_token_file = "string",
    credentials = "table", account = "string", signature = "string", domain = "string",
    app = "string",
  },
  zego = { app_id = "number or string", server_secret_file = "string", is_test = "boolean" },
}

-- The text to write instead of a secret.
local INSTEAD = {
  access_key_secret = "access_key_secret_file = \"...\", or set ALIBABA_CLOUD_ACCESS_KEY_SECRET",
  security_token = "security_token_file = \"...\", or set ALIBABA_CLOUD_SECURITY_TOKEN",
  server_secret = "server_secret_file = \"...\", or set ZEGO_SERVER_SECRET",
}

local function is_secret(name)
  name = type(name) == "string" and name:lower() or ""
  return INSTEAD[name] or name:find "secret$" or name:find "password$" or name:find "token$"
end

-- Returns a path in a folder of the user: the variable's, or below HOME; nil without both.
local function in_folder(invocation, variable, below, name)
  local path, home = invocation:environment(variable), invocation:environment "HOME"
  if not path or path:sub(1, 1) ~= "/" then -- the XDG standard ignores relative paths
    path = home and home .. "/" .. below
  end
  return path and path .. "/streamctl/" .. name
end

-- Returns a path in the user's folder for the state of programs; nil without that folder.
function config.state(invocation, name)
  return in_folder(invocation, "XDG_STATE_HOME", ".local/state", name)
end

-- Returns the path of the configuration file, which may be absent; nil without HOME.
function config.path(invocation)
  return in_folder(invocation, "XDG_CONFIG_HOME", ".config", "config.lua")
end

local ENOENT, ENOTDIR = 2, 20

-- Returns the text of the file, nil where the file is absent.
local function read(path)
  local mode, why, _, errno = system.file_mode(path)
  if not mode and (errno == ENOENT or errno == ENOTDIR) then return nil end
  local text
  if mode then text, why = reader.read(path, MAX_BYTES) end
  if not text then abort.usage("%s cannot be read: %s", path, why) end
  if mode % (2 * ANYBODY) >= ANYBODY then
    abort.usage("%s may be changed by everybody on this machine; run: chmod o-w %s", path, path)
  end
  return text
end

-- Refuses a secret anywhere in the file, since backups and copies would spread the secret.
local function refuse_secrets(path, where, values, depth)
  if depth > MAX_DEPTH then abort.usage("%s: too many tables are in one another", path) end
  for name, value in pairs(values) do
    if is_secret(name) then
      local instead = INSTEAD[tostring(name):lower()]
      abort.usage("%s: %s.%s is a secret, which does not belong into this file; %s", path, where,
        name, instead and "write " .. instead or "name a file that holds it, or use a variable")
    end
    if type(value) == "table" then
      refuse_secrets(path, where .. "." .. tostring(name), value, depth + 1)
    end
  end
end

-- Returns the profiles of the file by name, and the path of the file where the file exists.
function config.load(invocation)
  local path = config.path(invocation)
  local text = path and read(path)
  if not text then return {} end
  local found, why = sandbox.run(text)
  if not found then abort.usage("%s: %s", path, why) end
  for name in pairs(found) do
    if name ~= "profiles" then
      abort.usage("%s: unknown name '%s'%s; it sets profiles = { default = { ... } }", path,
        tostring(name), suggest.hint(name, { profiles = true }))
    end
  end
  local profiles = found.profiles or {}
  if type(profiles) ~= "table" then
    abort.usage("%s: profiles must be a table, such as { default = { vendor = \"zego\" } }", path)
  end
  for name, profile in pairs(profiles) do
    if type(name) ~= "string" or type(profile) ~= "table" then
      abort.usage("%s: profiles must hold tables by name, such as default = { ... }", path)
    end
    refuse_secrets(path, "profiles." .. name, profile, 1)
  end
  return profiles, path
end

local function check_field(profile, name, value, known)
  if not known[name] then
    for other, fields in pairs(config.fields) do
      if fields[name] then
        abort.usage("%s: '%s' is for profiles of %s, and this one has vendor = \"%s\"",
          profile.where, name, other, profile.fields.vendor)
      end
    end
    abort.usage("%s: unknown field '%s'%s", profile.where, tostring(name),
      suggest.hint(name, known))
  end
  for kind in known[name]:gmatch "%a+" do
    if type(value) == kind or (kind == "false" and value == false) then return end
  end
  abort.usage("%s: '%s' must be a %s, not a %s", profile.where, name, known[name], type(value))
end

local function check_fields(profile)
  local vendor, known = profile.fields.vendor, {}
  for _, fields in ipairs { COMMON, config.fields[vendor] or config.fields.aliyun,
    config.fields[vendor] or config.fields.zego } do
    for name, types in pairs(fields) do known[name] = types end
  end
  for name, value in pairs(profile.fields) do check_field(profile, name, value, known) end
  if vendor and not config.fields[vendor] then
    abort.usage("%s: vendor must be \"aliyun\" or \"zego\"%s", profile.where,
      suggest.hint(vendor, config.fields))
  end
end

-- Returns the profile that a flag or else the environment names, or the profile "default": `name`;
-- `fields`; `path` of the file; `where`, for messages; `from`, the place that names the profile;
-- `named`, whether there is such a place. Returns nil without a name and without a "default".
function config.profile(invocation)
  local name, from = invocation.args.profile, "flag --profile"
  if not name then
    name, from = invocation:environment "STREAMCTL_PROFILE", "environment STREAMCTL_PROFILE"
  end
  local named = name ~= nil
  local profiles, path = config.load(invocation)
  if not named then name, from = "default", "default" end
  local fields = profiles[name]
  if not fields then
    if not named then return nil end
    if not path then
      abort.usage("there is no profile '%s': there is no %s", name,
        config.path(invocation) or "HOME, so there is no configuration")
    end
    local names = {}
    for known in pairs(profiles) do names[#names + 1] = known end
    table.sort(names)
    abort.usage("there is no profile '%s'%s in %s; it has %s", name, suggest.hint(name, profiles),
      path, names[1] and table.concat(names, ", ") or "none")
  end
  local profile = { name = name, fields = fields, path = path, from = from, named = named,
    where = ("profile %s in %s"):format(name, path) }
  check_fields(profile)
  return profile
end

-- Makes a path of a profile absolute: "~/" is HOME, other paths begin in the folder of the file.
function config.resolve(invocation, profile, path)
  if path:sub(1, 2) == "~/" then
    return (invocation:environment "HOME" or "~") .. path:sub(2)
  end
  if path:sub(1, 1) == "/" then return path end
  return profile.path:match "^(.*/)" .. path
end

return config
