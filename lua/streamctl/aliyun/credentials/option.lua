-- Reads the option `credentials` of `streamctl.aliyun.new`: a source, a function, or a table.

local checks = require "streamctl.base.checks"
local makers = require "streamctl.aliyun.credentials"
local options = require "streamctl.base.options"
local source = require "streamctl.credentials.source"
local source_of_function = require "streamctl.credentials.function"

local option = {}

local text = checks.text

local FIELDS = { access_key_id = text, access_key_secret = text, security_token = text,
  expires = checks.time }

-- Copies a table of credentials; or returns nil and its fault.
local function copy_of(value)
  local copy = options.merged(value) -- a table with metamethods is read once
  local why = checks.fields(copy, FIELDS)
    or not copy.access_key_id and "has no access_key_id"
    or not copy.access_key_secret and "has no access_key_secret"
  return not why and copy or nil, why
end

-- Checks the option: nil, or its fault.
function option.check(value)
  for name, make in next, makers do
    if make == value then return "must be a source, which credentials." .. name .. "() makes" end
  end
  if type(value) == "function" or source.is_source(value) then return nil end
  if type(value) ~= "table" then
    return "must be a source of streamctl.aliyun.credentials, a function, or a table with "
      .. "access_key_id and access_key_secret, got a " .. type(value)
  end
  return select(2, copy_of(value))
end

local function read(value)
  if type(value) ~= "table" then return nil, "it is no table, but a " .. type(value) end
  local credentials, why = copy_of(value)
  return credentials, why and "it " .. why
end

-- Returns the source of a checked option, nil, and a word that tells its account from others; or,
-- for a table, nil and the credentials.
function option.source(value)
  if type(value) == "function" then
    value = source_of_function(value, read)
  elseif not source.is_source(value) then
    return nil, (copy_of(value))
  end
  local account = tostring(value.account or value.name)
  return value, nil, (account:sub(1, 100):gsub("[^%w_.@-]", "_"))
end

return option
