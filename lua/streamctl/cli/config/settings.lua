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

-- Adds a setting: `name`, `value`, `from`, and `shown`, which hides the password of a URL. A secret
-- is not kept here.
function Settings:add(name, value, from)
  if (rows.by_name[name] or {}).is_secret then value = "set" end
  local shown = type(value) == "string" and errors.mask_url(value) or value
  local setting = { name = name, value = value, shown = shown, from = from }
  self[#self + 1], self[name] = setting, setting
end

-- Returns the value of a setting that was added, if any.
function Settings:value(name) return self[name] and self[name].value end

-- Returns the command that asks for an account.
function Settings:configure()
  local profile = self.invocation.args.profile
  return "streamctl configure" .. (profile and " --profile " .. profile or "")
end

-- Reads a file with a secret, and warns where others may use the file. Returns the secret, the
-- place that names the file, and the path; nil without a path.
local function secret_in(self, path, from)
  if not path then return nil end
  local advice = from:find "^profile" and "; run " .. self:configure()
  local text, mode = reader.secret(path, from, advice), system.file_mode(path)
  if mode and mode % OTHERS > 0 then
    self.invocation.say:warn("%s holds a secret, and others may use it; run: chmod 600 %s", path,
      word_of(path))
  end
  return text, from, path
end

-- Returns the value of a setting in the profile, its place, and the path of a file with a secret.
-- A path begins at the profile's file.
function Settings:of_profile(name)
  local profile, row = self.section, rows.by_name[name]
  local value = profile and profile.fields[row.field]
  if not profile or value == nil then return nil end
  local from, is_path = config.place(profile, row.field), row.kind == "path" or row.is_secret
  if is_path then value = config.path_in(profile, value) end
  if row.is_secret then return secret_in(self, value, from) end
  return value, from
end

-- Returns the value of a setting in the environment, its place, and the path of a file with it.
function Settings:of_environment(name)
  local row, invocation = rows.by_name[name], self.invocation
  local variable = row.variable or self.vendor and row.variables[self.vendor.value]
  if not variable then return nil end
  local value, from = invocation:environment(variable), "environment " .. variable
  if value then return config.convert(value, row.kind, name, from), from end
  if not row.has_file then return nil end
  return secret_in(self, invocation:environment(variable .. "_FILE"), from .. "_FILE")
end

-- Tells whether the profile that a flag names has a setting, or one that goes `with` it.
function Settings:has_typed(name)
  local row, fields = rows.by_name[name], self.is_typed and self.section.fields or {}
  return fields[row.field] ~= nil or fields[row.with] ~= nil
end

-- Returns the value of a setting, its place, and the path of a file with it: of the flag, of the
-- profile that the user typed, of the environment, of another profile, or the default of its row.
function Settings:find(name)
  local value, from, path = self.invocation.args[name], "flag --" .. name, nil
  if value == nil and not self:has_typed(name) then
    value, from, path = self:of_environment(name)
  end
  if value == nil then value, from, path = self:of_profile(name) end
  if value == nil then return rows.by_name[name].default, "default" end
  return value, from, path
end

-- Adds a setting as `find` finds it. Returns the value, and the path of a file with it.
function Settings:take(name)
  local value, from, path = self:find(name)
  if path then self:add(rows.by_name[name].field, path, from) end
  if value ~= nil then self:add(name, value, from) end
  return value, path
end

return settings
