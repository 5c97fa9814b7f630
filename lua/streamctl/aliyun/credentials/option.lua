--- What the option `credentials` of `streamctl.aliyun.new` stands for.
-- @module streamctl.aliyun.credentials.option

local options = require "streamctl.options"
local source = require "streamctl.credentials.source"

local option = {}

local text = options.checks.text

local KEY = {
  access_key_id = text, access_key_secret = text, security_token = text,
  expires = source.check_end,
}

-- A copy of a key; or nil and why it is none.
local function key_of(value)
  local copy = options.merged(value) -- read once
  local why = options.checks.fields(copy, KEY) or not copy.access_key_id and "has no access_key_id"
    or not copy.access_key_secret and "has no access_key_secret"
  if why then return nil, why end
  return copy
end

-- Checks the option: nil, or what is wrong.
function option.check(value)
  if type(value) == "function" or source.is_source(value) then return nil end
  if type(value) ~= "table" then
    return "must be a source of streamctl.aliyun.credentials, a function, or a table with "
      .. "access_key_id and access_key_secret, got a " .. type(value)
  end
  return select(2, key_of(value))
end

local function read(found)
  if type(found) ~= "table" then return nil, "it is no table, but a " .. type(found) end
  local key, why = key_of(found)
  return key, why and "it " .. why
end

-- The source of the checked option, nil, and a word that tells its account from others; or nil and
-- the key that the option is.
function option.source(value)
  if type(value) == "function" then
    value = require "streamctl.credentials.function"(value, read)
  elseif not source.is_source(value) then
    return nil, (key_of(value))
  end
  local account = tostring(value.account or value.name)
  return value, nil, (account:sub(1, 100):gsub("[^%w_.@-]", "_"))
end

return option
