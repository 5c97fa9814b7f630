--- What sources are made of.
-- @module streamctl.aliyun.credentials.define

local errors = require "streamctl.errors"
local fields = require "streamctl.fields"
local options = require "streamctl.options"

local define = {}

local checks = options.checks

local PLACE = "streamctl.aliyun.credentials."

--- Adds to the fields of a source those that all have: how long to wait, in seconds.
function define.timed(list)
  list[#list + 1] = { "timeout", checks.seconds }
  list[#list + 1] = { "connect_timeout", checks.seconds }
  return list
end

--- The error of a source by its name: nil, message, err, which is `more` if there is any.
function define.refuse(name, text, more)
  local err = more or {}
  err.code, err.vendor = err.code or "credentials", "aliyun"
  return errors.complete(err, name .. ": " .. text)
end

--- Makes the function that refuses for one source: of a text, and whether nothing is configured
-- there.
function define.refuser(name)
  return function(text, absent) return define.refuse(name, text, { absent = absent or nil }) end
end

--- A source's two constructors: `new(given)` throws at the caller's line; `make(given)`, for fields
-- that come from a file, returns nil and what is wrong. `make` of the arguments takes fields that
-- were checked.
function define.source(name, list, make)
  local source = {}

  function source.new(given)
    local it, why = fields.check(given == nil and {} or given, list, PLACE .. name)
    local made
    if it then made, why = make(it) end
    if not made then error(PLACE .. name .. ": " .. why, 2) end
    return made
  end

  function source.make(given)
    local it, why = fields.read(given, list)
    if not it then return nil, why end
    return make(it)
  end

  return source
end

return define
