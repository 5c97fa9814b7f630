-- The settings of an account: values of flags and of the profile that a flag names, else of the
-- environment, else of another profile.

local errors = require "streamctl.base.errors"
local config = require "streamctl.cli.config"
local reader = require "streamctl.cli.reader"
local rows = require "streamctl.cli.config.rows"
local system = require "streamctl.system"
local word_of = require("streamctl.cli.output.text").word

local OTHERS = 64 -- the bits of a mode below this number are for the group and for others

local settings, Settings = {}, {}
Settings.__index = Settings

-- Makes an empty list of settings, which has each setting by its name as well. `section` is the
-- profile of `streamctl.cli.config.profile`, or false.
function settings.new(invocation, profile)
  return setmetatable({ invocation = invocation, section = profile or false,
    is_typed = profile and profile.from == "flag --profile" }, Settings)
end

-- Adds a setting: `name`, `value`, `from`, and `shown`, which hides the password of a URL.
function Settings:add(name, value, from)
  local shown = type(value) == "string" and errors.mask_url(value) or value
  local setting = { name = name, value = value, shown = shown, from = from }
  self[#self + 1], self[name] = setting, setting
end

-- Returns the value of a profile's field, and its place. A path begins at the profile's file.
function Settings:of_profile(name)
  local profile, row = self.section, rows.fields[name]
  local value = profile and profile.fields[name]
  if not profile or value == nil then return nil end
  local is_path = row.kind == "path" or row.is_secret
  return is_path and config.path_in(profile, value) or value, config.place(profile, name)
end

-- Returns the value of a variable, and its place.
function Settings:of_environment(name)
  if not name then return nil end
  local value, place = self.invocation:environment(name)
  if value then return value, place or "environment " .. name end
end

-- Tells whether the profile that a flag names has a field.
function Settings:has_typed(name) return self.is_typed and self.section.fields[name] ~= nil end

-- Returns the value of a setting and its place: of the flag, of the profile that the user typed, of
-- the variable, of another profile, or the default of its row.
function Settings:find(name)
  local row, value, from = rows.by_name[name], self.invocation.args[name], "flag --" .. name
  local variable = row.variable or self.vendor and row.variables[self.vendor.value]
  if value == nil and not self:has_typed(name) then value, from = self:of_environment(variable) end
  if value == nil then value, from = self:of_profile(name) end
  if value == nil then return row.default, "default" end
  return value, from
end

-- Adds a setting as `find` finds it. Returns the value.
function Settings:take(name)
  local value, from = self:find(name)
  if value ~= nil then self:add(name, value, from) end
  return value
end

-- Returns the command that asks for an account.
function Settings:configure()
  local profile = self.invocation.args.profile
  return "streamctl configure" .. (profile and " --profile " .. profile or "")
end

-- Reads a file with a secret, and warns where others may use the file. Returns the secret and the
-- place that names the file; nil without a path.
function Settings:secret_in(path, from)
  if not path then return nil end
  local advice = from:find "^profile" and "; run " .. self:configure()
  local text, mode = reader.secret(path, from, advice), system.file_mode(path)
  if mode and mode % OTHERS > 0 then
    self.invocation.say:warn("%s holds a secret, and others may use it; run: chmod 600 %s", path,
      word_of(path))
  end
  return text, from
end

return settings
