--- Values and where they come from: flag over environment over profile.
-- @module streamctl.cli.config.settings

local config = require "streamctl.cli.config"
local errors = require "streamctl.errors"

local Settings = {}

local settings = {}

-- A method, or a setting by its name.
function Settings.__index(self, name)
  return Settings[name] or rawget(self, "by_name")[name]
end

--- Makes an empty list of them. `profile`, if any: see @{streamctl.cli.config.profile}. Returns a
-- list of settings; each is there under its name as well. `chosen`: the profile, or false.
function settings.new(invocation, profile)
  return setmetatable({ invocation = invocation, chosen = profile or false, by_name = {} },
    Settings)
end

--- Adds a value; a user and password in a URL are hidden. Returns a setting: `name`, `value`,
-- `from`.
function Settings:add(name, value, from)
  local shown = type(value) == "string" and errors.mask_url(value) or value
  local setting = { name = name, value = value, shown = shown, from = from }
  self[#self + 1], self.by_name[name] = setting, setting
  return setting
end

--- Adds one whose value nobody may see.
function Settings:add_secret(name, from)
  self:add(name, "set", from)
end

--- What a field of the profile says: nil, or it and who says so.
function Settings:of_profile(name)
  local profile = self.chosen
  local value
  if profile then value = profile.fields[name] end
  if value == nil then return nil end
  return value, profile.where
end

--- What a variable says. Returns it, and who says so.
function Settings:of_environment(name)
  local value = name and self.invocation:environment(name)
  if value then return value, "environment " .. name end
end

--- Looks for a value by the name of the flag and of the profile's field: nil, or it and who says
-- so.
function Settings:find(name, variable)
  local value = self.invocation.args[name]
  if value ~= nil then return value, "flag --" .. name end
  local from
  value, from = self:of_environment(variable)
  if value == nil then value, from = self:of_profile(name) end
  return value, from
end

--- Looks for a value by the name of the flag and of the profile's field, and adds it; `default`
-- where nobody says any. Without a default it is not added then.
function Settings:take(name, variable, default)
  local value, from = self:find(name, variable)
  if value == nil then value, from = default, "default" end
  if value ~= nil then self:add(name, value, from) end
  return value
end

--- Looks for the path of a file: in a profile, of the profile's folder. Returns nil, or it and who
-- says so.
function Settings:find_path(name, variable)
  local path, from = self:of_environment(variable)
  if path then return path, from end
  path, from = self:of_profile(name)
  if path then return config.resolve(self.invocation, self.chosen, path), from end
end

return settings
