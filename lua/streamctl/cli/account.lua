-- The account that flags, environment and configuration name.

local fail = require "streamctl.cli.fail"
local config = require "streamctl.cli.config"
local credentials = require "streamctl.cli.config.credentials"
local describe = require "streamctl.cli.describe"
local errors = require "streamctl.base.errors"
local flags = require "streamctl.cli.flags"
local rows = require "streamctl.cli.config.rows"
local settings_of = require "streamctl.cli.config.settings"
local stores = require "streamctl.cli.config.stores"
local streamctl = require "streamctl"

local account = {}

local NAMES = config.vendors

-- ---- the vendor ----

-- Returns a sorted list of the vendors whose variables are set, and by vendor such a variable.
function account.vendors(invocation)
  local names, from = {}, {}
  for _, vendor in ipairs(flags.VENDORS) do
    for _, variable in ipairs(credentials.variables[vendor]) do
      if not from[vendor] and invocation:environment(variable) then
        names[#names + 1], from[vendor] = vendor, "environment " .. variable
      end
    end
  end
  return names, from
end

-- Returns a list of vendors: both where the environment has both accounts and no flag, no variable
-- chooses, else `{ false }`.
function account.all(invocation)
  local chosen = invocation.args.vendor or invocation.args.profile
    or invocation:environment "STREAMCTL_VENDOR" or invocation:environment "STREAMCTL_PROFILE"
  local names = account.vendors(invocation)
  return not chosen and names[2] and names or { false }
end

local function by_variables(invocation, hint, profile)
  local names, from = account.vendors(invocation)
  if #names == 1 then return names[1], from[names[1]] end
  local both = #names > 1
  if both and hint.if_both and not (profile and profile.fields.domain) then
    return hint.if_both, "the command"
  end
  fail.usage("%s%s; say --vendor aliyun or --vendor zego, or set STREAMCTL_VENDOR, or "
    .. "%s", hint.action and ("neither vendor has an operation '%s'%s; "):format(
      errors.tidy(hint.action, 100), describe.hint(hint.action, flags.VENDORS)) or "",
    both and "the environment has accounts of both vendors"
    or "there is no account: neither ZEGO_APP_ID nor ALIBABA_CLOUD_ACCESS_KEY_ID is set",
    both and "write a profile" or "run streamctl configure, which writes a profile into "
      .. (config.path(invocation) or "~/.config/streamctl/config.ini"))
end

-- Returns the only vendor with an action; nil where both or none have it.
local function of_action(name)
  local aliyun = streamctl.aliyun.operations:find(name)
  local zego = streamctl.zego.operations:find(name)
  return aliyun and not zego and "aliyun" or zego and not aliyun and "zego" or nil
end

-- Returns the vendor by flag, report, typed profile or environment, and the place that names the
-- vendor.
local function named_vendor(invocation, hint, profile)
  if invocation.args.vendor then return invocation.args.vendor, "flag --vendor" end
  if hint.report then return hint.vendor, "the report " .. hint.report end
  local typed = profile and profile.from == "flag --profile" and profile.fields.vendor
  if typed then return typed, config.place(profile, "vendor") end
  local vendor = invocation:environment "STREAMCTL_VENDOR"
  if vendor and not NAMES[vendor] then
    fail.usage("the vendor must be aliyun or zego, not '%s' (environment STREAMCTL_VENDOR)",
      vendor)
  end
  return vendor, "environment STREAMCTL_VENDOR"
end

-- Returns the vendor, the place that names the vendor, and the profile. A default profile of the
-- other vendor is left out.
local function vendor_of(invocation, hint)
  local profile = config.profile(invocation)
  local vendor, from = named_vendor(invocation, hint, profile)
  local of_profile = profile and profile.fields.vendor
  if vendor and of_profile and of_profile ~= vendor then
    if profile.is_named and not (hint.report and profile.from ~= "flag --profile") then
      fail.usage("%s is of %s, and %s says %s", profile.where, of_profile, from, vendor)
    end
    profile = nil
  elseif not vendor and of_profile then
    vendor, from = of_profile, config.place(profile, "vendor")
  elseif not vendor then
    vendor, from = hint.vendor or (hint.action and of_action(hint.action)), "the command"
    if not vendor then vendor, from = by_variables(invocation, hint, profile) end
  end
  return vendor, from, profile
end

-- ---- options of the client ----

-- By setting: makes the option of the client.
local OPTIONS = {}

function OPTIONS.endpoint(value) -- tools of vendors take hosts
  return value and not value:find("://", 1, true) and "https://" .. value or value
end

function OPTIONS.ca_file(value)
  return value ~= rows.by_name.ca_file.default and { ca_file = value }
end

function OPTIONS.rate(value) return value and { max = value } end

-- A profile goes before these variables, which are for all programs.
function OPTIONS.proxy(value, settings)
  if value then return value ~= "none" and value end
  local from
  for _, variable in ipairs { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" } do
    if not value then
      value, from = settings.invocation:environment(variable), "environment " .. variable
    end
  end
  if value and not value:find("://", 1, true) then value = "http://" .. value end
  settings:add("proxy", value or "none", value and from or "default")
  return value and "env" -- heeds no_proxy as well
end

-- Adds the options of the client that are settings of any account.
local function add_options(options, settings)
  for i = rows.by_name.endpoint.index, rows.by_name.store.index - 1 do
    local name, option = rows[i][1], rows[i].option
    local value = settings:take(name)
    if OPTIONS[name] then value = OPTIONS[name](value, settings) end
    if option ~= false then options[option or name] = value or nil end
  end
  local concurrency, range = settings.concurrency, rows.by_name.concurrency.range
  if concurrency and not flags.fits(range, concurrency.value) then
    fail.usage("option 'concurrency' must be %s, got %s (%s)", flags.words_of(range),
      tostring(concurrency.value), concurrency.from)
  end
end

-- ---- the account ----

local Account = {}
Account.__index = Account

-- Makes the client. Where an option is wrong, the command ends and the message names the place of
-- the setting.
local function make_client(self)
  local made, result = pcall(self.api.new, self.options)
  if made then return result end
  local why = fail.text_of(result):gsub("^streamctl%.%a+%.new: ", "")
  local option = why:match "option '([%w_]+)'" or ""
  local setting = self.settings[option]
  for _, row in ipairs(rows) do
    if row.option == option then setting = self.settings[row[1]] end
  end
  fail.usage("%s%s", errors.mask(why), setting and " (" .. setting.from .. ")" or "")
end

-- Finds the row of an operation by either spelling. --rate must not be above the documented rate.
function Account:operation(name)
  local row = self.api.operations:find(name)
  if not row then
    local other = self.vendor == "aliyun" and "zego" or "aliyun"
    if streamctl[other].operations:find(name) then
      fail.usage("%s is an operation of %s, and this account is of %s; say --vendor %s, or "
        .. "another --profile", name, NAMES[other], NAMES[self.vendor], other)
    end
    fail.usage("%s has no operation '%s'%s; see streamctl ops", NAMES[self.vendor],
      errors.tidy(name, 100), describe.hint(name, { self.vendor }))
  end
  local rate, max = self.invocation.args.rate, describe.rate_in(row, self.mode)
  if rate and max and rate > max then
    fail.usage("--rate %g is above what is documented for %s%s: %g requests a second at most",
      rate, row.action, self.mode == "test" and " in the test environment" or "", max)
  end
  return row
end

-- Sets the title, and the profile that a report keeps. With that profile `retry` takes the
-- profile's account, so none is kept where the environment's account went before.
local function set_title(self, name)
  local profile, endpoint = self.settings.section, self.settings.endpoint
  local id, fields = self.settings.app_id or self.settings.access_key_id, profile and profile.fields
  if profile and id and id.from:find "^environment" then
    name = name .. " of the environment"
    self.profile = not (fields.app_id or fields.access_key_id or fields.credentials)
      and profile.name or nil
  elseif profile then
    self.profile = profile.name
  end
  self.title = NAMES[self.vendor] .. " " .. name .. (self.mode == "test" and ", TEST environment"
    or ", live") .. (profile and ", profile " .. profile.name or "")
    .. (endpoint and ", at " .. endpoint.shown or "")
end

-- Finds the account, and opens its client. Fields of `hint`, all optional: `vendor` or `action` of
-- the command; `only`, why the command is for `vendor` alone; `report`, the file that names the
-- vendor, and goes before the environment; `if_both`, the vendor where the environment has accounts
-- of both; `store`, or false for none; `on_event`, a function that hears of events.
--
-- Returns a table: `vendor`; `client`; `api`, the vendor's public table; `mode`, "live" or "test";
-- `title`, one line for people; `profile`, the name for a report, if any; `settings`, see
-- `streamctl.cli.config.settings`; `store`, text.
function account.new(invocation, hint)
  hint = hint or {}
  local vendor, from, profile = vendor_of(invocation, hint)
  if hint.only and vendor ~= hint.vendor then
    fail.usage("%s; say --vendor %s", hint.only, hint.vendor)
  end
  local settings, options = settings_of.new(invocation, profile), {}
  settings:add("vendor", vendor, from)
  settings:add("profile", profile and profile.name or "none", profile and profile.from
    or "default")
  local name = credentials.find(vendor, settings, options)
  add_options(options, settings)
  options.event_headers = (tonumber(invocation.args.verbose) or 0) > 1
  function options.on_event(event)
    invocation.say:event(event)
    if hint.on_event then hint.on_event(event) end
  end
  local self = setmetatable({
    invocation = invocation, vendor = vendor, api = streamctl[vendor], settings = settings,
    mode = options.is_test and "test" or "live", options = options,
    store = stores.find(settings),
  }, Account)
  set_title(self, name)
  local opens = hint.store == nil and not invocation.args.dry_run
  options.store = hint.store or opens and stores.open(settings:value "store")
    or streamctl.store.memory()
  self.client = make_client(self)
  return self
end

return account
