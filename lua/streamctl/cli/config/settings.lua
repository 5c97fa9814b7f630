-- Values and where they come from: flag over environment over profile.

local config = require "streamctl.cli.config"
local errors = require "streamctl.errors"
local secrets = require "streamctl.cli.secrets"
local system = require "streamctl.system"

local OTHERS = 64 -- bits of a mode: more than its owner may do something

local Settings = {}

local settings = {}

-- A method, or a setting by its name.
function Settings.__index(self, name)
  return Settings[name] or rawget(self, "by_name")[name]
end

-- An empty list of settings, each of which is there under its name as well. `profile`, if any: see
-- `streamctl.cli.config.profile`; it becomes `chosen`, which is false without one.
function settings.new(invocation, profile)
  return setmetatable({ invocation = invocation, chosen = profile or false, by_name = {} },
    Settings)
end

-- Adds a setting: `name`, `value`, `from`, and `shown`, where a user and password in a URL are
-- hidden.
function Settings:add(name, value, from)
  local shown = type(value) == "string" and errors.mask_url(value) or value
  local setting = { name = name, value = value, shown = shown, from = from }
  self[#self + 1], self.by_name[name] = setting, setting
end

-- What a field of the profile says: nil, or it and who says so.
function Settings:of_profile(name)
  local profile = self.chosen
  if profile and profile.fields[name] ~= nil then return profile.fields[name], profile.where end
end

-- What a variable says: nil, or it and who says so.
function Settings:of_environment(name)
  local value = name and self.invocation:environment(name)
  if value then return value, "environment " .. name end
end

-- Looks for a value by the name of the flag and of the profile's field: nil, or it and who says
-- so.
function Settings:find(name, variable)
  local value = self.invocation.args[name]
  if value ~= nil then return value, "flag --" .. name end
  local from
  value, from = self:of_environment(variable)
  if value == nil then value, from = self:of_profile(name) end
  return value, from
end

-- Looks for a value so, and adds it, or a default if there is one. Returns it.
function Settings:take(name, variable, default)
  local value, from = self:find(name, variable)
  if value == nil then value, from = default, "default" end
  if value ~= nil then self:add(name, value, from) end
  return value
end

-- Looks for the path of a file, which a profile names from its own folder: nil, or it and who says
-- so.
function Settings:find_path(name, variable)
  local path, from = self:of_environment(variable)
  if path then return path, from end
  path, from = self:of_profile(name)
  if path then return config.resolve(self.invocation, self.chosen, path), from end
end

-- Reads a file with a secret, and warns when others may use it. `from`: who names it.
function Settings:secret_in(path, from)
  local text, mode = secrets.read(path, from), system.file_mode(path)
  if mode and mode % OTHERS > 0 then
    self.invocation.say:warn("%s holds a secret, and others may use it; run: chmod 600 %s", path,
      path)
  end
  return text
end

return settings
