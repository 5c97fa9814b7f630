--- The account that flags, environment and configuration name.
-- @module streamctl.cli.account

local config = require "streamctl.cli.config"
local errors = require "streamctl.errors"
local failure = require "streamctl.cli.failure"
local keys = require "streamctl.cli.config.keys"
local settings_of = require "streamctl.cli.config.settings"
local stores = require "streamctl.cli.config.stores"
local streamctl = require "streamctl"
local suggest = require "streamctl.suggest"

local account = {}

local NAMES = { aliyun = "Alibaba Cloud", zego = "ZEGOCLOUD" }

-- ---- whose ----

local function known(vendor, from)
  if config.fields[vendor] then return vendor, from end
  failure.usage("the vendor must be aliyun or zego, not '%s' (%s)", vendor, from)
end

--- The vendors whose variables are set. Returns a sorted list of names, and by name: who says so.
function account.vendors(invocation)
  local names, from = {}, {}
  for vendor, variables in pairs(keys.variables) do
    for i = #variables, 1, -1 do
      if invocation:environment(variables[i]) then from[vendor] = "environment " .. variables[i] end
    end
    if from[vendor] then names[#names + 1] = vendor end
  end
  table.sort(names)
  return names, from
end

-- What to say of an action that neither vendor has; "" where none was named.
local function of_neither(action)
  if not action then return "" end
  local names = {}
  for _, vendor in ipairs { "aliyun", "zego" } do
    local operations = streamctl[vendor].operations
    for _, name in ipairs(operations:names()) do
      names[action:find "%u" and operations:find(name).action or name] = true
    end
  end
  return ("neither vendor has an operation '%s'%s; "):format(errors.tidy(action, 100),
    suggest.hint(action, names))
end

local function by_variables(invocation, hint, profile)
  local names, from = account.vendors(invocation)
  if #names == 1 then return names[1], from[names[1]] end
  local many = #names > 1
  if many and hint.likely and not (profile and profile.fields.domain) then
    return hint.likely, "the command"
  end
  failure.usage("%s%s; say --vendor aliyun or --vendor zego, or set STREAMCTL_VENDOR, or write a "
    .. "profile%s", of_neither(hint.action), many and "the environment has accounts of both vendors"
    or "there is no account: neither ZEGO_APP_ID nor ALIBABA_CLOUD_ACCESS_KEY_ID is set",
    many and "" or " into " .. (config.path(invocation) or "~/.config/streamctl/config.lua"))
end

-- The vendor of an action that only one has.
local function of_action(name)
  local aliyun = streamctl.aliyun.operations:find(name)
  local zego = streamctl.zego.operations:find(name)
  if aliyun and not zego then return "aliyun" end
  return zego and not aliyun and "zego" or nil
end

-- The vendor, who says so, and the profile, unless that is of the other vendor and nobody asked
-- for it.
local function vendor_of(invocation, hint)
  local profile = config.profile(invocation)
  local said, from = invocation.args.vendor, "flag --vendor"
  if not said and hint.report then said, from = hint.vendor, "the report " .. hint.report end
  if not said then
    said, from = invocation:environment "STREAMCTL_VENDOR", "environment STREAMCTL_VENDOR"
  end
  if said then said = known(said, from) end
  local of_profile = profile and profile.fields.vendor
  if said and of_profile and of_profile ~= said then
    if profile.named and not (hint.report and profile.from ~= "flag --profile") then
      failure.usage("%s is of %s, and %s says %s", profile.where, of_profile, from, said)
    end
    return said, from, nil
  end
  if said then return said, from, profile end
  if of_profile then return of_profile, profile.where, profile end
  said = hint.vendor or (hint.action and of_action(hint.action))
  if said then return said, "the command", profile end
  said, from = by_variables(invocation, hint, profile)
  return said, from, profile
end

-- ---- what else ----

local PROXIES = { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" }

-- Those variables are for all programs, so a profile goes before them.
local function proxy_of(settings)
  local value, from = settings:of_profile "proxy"
  if value == nil then
    for _, variable in ipairs(PROXIES) do
      if not value then value, from = settings:of_environment(variable) end
    end
    if value and not value:find("://", 1, true) then value = "http://" .. value end
  end
  settings:add("proxy", value or "none", from or "default")
  -- that also heeds no_proxy
  return value and (from:find "^environment" and "env" or value) or nil
end

local function endpoint_of(settings, vendor)
  local variable = vendor == "zego" and "ZEGO_ENDPOINT" or "ALIBABA_CLOUD_ENDPOINT"
  local value = settings:take("endpoint", variable)
  -- the vendor's own tools write the bare host there
  if type(value) == "string" and not value:find("://", 1, true) then value = "https://" .. value end
  return value
end

local function ca_file_of(settings)
  local path, from = settings:find_path("ca_file", "STREAMCTL_CA_FILE")
  settings:add("ca_file", path or "the system's", from or "default")
  return path
end

local function store_of(settings, invocation)
  local text, from = settings:find("store", "STREAMCTL_STORE")
  if from ~= "flag --store" and not invocation:environment "STREAMCTL_STORE" then
    local path = invocation:environment "STREAMCTL_STORE_FILE"
    if path then
      from = "environment STREAMCTL_STORE_FILE"
      text = keys.read(path, from)
    end
  end
  if not text then
    text, from = stores.default(invocation), "default"
  end
  if text then
    stores.check(text, from)
    settings:add("store", text, from)
  end
  return text
end

-- ---- the account ----

local Account = {}

local makers = {}

-- Options of a client whose settings have another name.
local SETTINGS = { retry = "attempts", rate_limit = "rate", tls = "ca_file" }

-- With this name, and what is wrong with it, people find where it is written.
local function refuse(self, why)
  why = why:gsub("^streamctl%.%a+%.new: ", "")
  local option = why:match "option '([%w_]+)'" or ""
  local setting = self.settings[SETTINGS[option] or option]
  failure.usage("%s%s", errors.mask(why), setting and " (" .. setting.from .. ")" or "")
end

function makers.client(self)
  local options = {}
  for name, value in pairs(self.options) do options[name] = value end
  if self.storeless then
    options.store = streamctl.store.memory()
  elseif not self.settings.store then
    failure.usage("%s", stores.NONE)
  else
    local why
    options.store, why = stores.open(self.settings.store.value)
    if not options.store then failure.usage("%s", why) end
  end
  local ok, client = pcall(self.api.new, options)
  if not ok then refuse(self, tostring(client):gsub("^[^\n]-:%d+: ", "")) end
  return client
end

function makers.key(self)
  return self.client.account_key
end

function Account.__index(self, name)
  local found = Account[name]
  if found == nil and makers[name] then
    found = makers[name](self)
    rawset(self, name, found)
  end
  return found
end

--- The ServerSecret, for what is signed without a request.
function Account:server_secret()
  local secret = self.options.server_secret
  if type(secret) ~= "table" then return secret end
  return keys.read(secret.file, self.settings.server_secret.from)
end

-- Whether an operation may be called as fast as --rate says.
local function check_rate(self, row)
  local wanted = self.invocation.args.rate
  local most = self.mode == "test" and row.test_rate or row.rate
  if wanted and most and wanted > most then
    failure.usage("--rate %g is above what is documented for %s%s: %g requests a second at most",
      wanted, row.action, self.mode == "test" and " in the test environment" or "", most)
  end
end

local function find_operation(self, name)
  local row = self.api.operations:find(name)
  if not row then
    local other = self.vendor == "aliyun" and "zego" or "aliyun"
    if streamctl[other].operations:find(name) then
      failure.usage("%s is an operation of %s, and this account is of %s; say --vendor %s, or "
        .. "another --profile", name, NAMES[other], NAMES[self.vendor], other)
    end
    local names = {}
    for _, one in ipairs(self.api.operations:names()) do names[one] = true end
    failure.usage("%s has no operation '%s'%s; see streamctl ops", NAMES[self.vendor],
      errors.tidy(name, 100), suggest.hint(name, names))
  end
  check_rate(self, row)
  return row
end

function makers.operation(self)
  return function(name) return find_operation(self, name) end
end

local function title_of(self, who)
  local parts = { NAMES[self.vendor] .. " " .. who,
    self.mode == "test" and "TEST environment" or "live" }
  local profile, endpoint = self.settings.chosen, self.settings.endpoint
  if profile then parts[#parts + 1] = "profile " .. profile.name end
  if endpoint then
    parts[#parts + 1] = "at " .. (type(endpoint.value) == "table" and "several endpoints"
      or endpoint.shown)
  end
  return table.concat(parts, ", ")
end

--- Finds it. Nothing is opened before `client` is first named. `hint`, if any: `vendor` or
-- `action`: what the command is about; `report`: a file that says so, and that the environment
-- does not overrule; `likely`: the vendor that is meant where the environment has accounts of
-- both; `store`: false when nothing is sent that needs one, true when -n needs one as well;
-- `on_event`: a function that hears of events as well. Returns a table: `vendor`; `client`; `api`,
-- the vendor's public table; `mode`, "live" or "test"; `key`, the client's `account_key`; `title`,
-- one line for people; `settings`, see @{streamctl.cli.config.settings}; `store`, text; `app_id` of
-- ZEGOCLOUD; `operation(name)`, a function that finds an operation's row by either spelling, and
-- ends by `failure.usage` when there is none, or when --rate is above its documented rate.
function account.new(invocation, hint)
  hint = hint or {}
  local vendor, from, profile = vendor_of(invocation, hint)
  local settings = settings_of.new(invocation, profile)
  settings:add("vendor", vendor, from)
  settings:add("profile", profile and profile.name or "none", profile and profile.from
    or "default")
  local options = {}
  local who = keys.find(vendor, settings, options)
  options.endpoint = endpoint_of(settings, vendor)
  options.region = settings:take "region"
  local ca_file = ca_file_of(settings)
  options.tls = ca_file and { ca_file = ca_file } or nil
  options.proxy = proxy_of(settings)
  options.timeout = settings:take("timeout", nil, 15)
  options.retry = { attempts = settings:take("attempts", nil, 3) }
  local rate = settings:take "rate"
  options.rate_limit = rate and { most = rate } or nil
  for _, name in ipairs { "concurrency", "domain", "app" } do settings:take(name) end
  options.on_event = function(event)
    invocation.say:event(event)
    if hint.on_event then hint.on_event(event) end
  end
  local self = setmetatable({
    invocation = invocation, vendor = vendor, api = streamctl[vendor], settings = settings,
    mode = options.is_test and "test" or "live", options = options, app_id = options.app_id,
    storeless = not hint.store and (hint.store == false or invocation.args.dry_run),
  }, Account)
  local store = store_of(settings, invocation)
  self.store = store and errors.mask_url(store)
  self.title = title_of(self, who)
  return self
end

return account
