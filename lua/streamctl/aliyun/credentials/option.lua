--- What the option `credentials` of `streamctl.aliyun.new` stands for.
-- @module streamctl.aliyun.credentials.option

local options = require "streamctl.options"
local session = require "streamctl.session"

local option = {}

local LATEST = 253402300799 -- the end of the year 9999

local function expires(value)
  if type(value) ~= "number" or not (value >= 0 and value <= LATEST) then
    return "must be Unix seconds, got " .. (type(value) == "number" and tostring(value)
      or "a " .. type(value))
  end
end

local KEY = {
  access_key_id = options.checks.text, access_key_secret = options.checks.text,
  security_token = options.checks.text, expires = expires,
}

-- A copy of a key; or nil and why it is none.
local function key_of(value)
  local copy = options.merged(value) -- read once
  local why = options.checks.fields(copy, KEY)
  if why then return nil, why end
  if not copy.access_key_id then return nil, "has no access_key_id" end
  if not copy.access_key_secret then return nil, "has no access_key_secret" end
  return copy
end

--- Checks the option: nil, or what is wrong.
function option.check(value)
  if type(value) == "function" or session.is_source(value) then return nil end
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

local function word(text)
  return (tostring(text):sub(1, 100):gsub("[^%w_.@-]", "_"))
end

--- Makes a source of the checked option; or returns nil and a key, which it is. The third result is
-- what tells the source's account from others, if it says so.
function option.source(value)
  if type(value) == "function" then
    value = require("streamctl.sources").by_function(value, read)
  elseif not session.is_source(value) then
    return nil, (key_of(value))
  end
  return value, nil, word(value.account or value.name)
end

return option
