--- A source that asks a function of the user's.
-- @module streamctl.credentials.function

local errors = require "streamctl.errors"
local protected = require "streamctl.loop.protected"
local source = require "streamctl.credentials.source"

-- `fn` is called with the context (see `source.context`) and may wait; it returns what `read`
-- takes, or nil and a message. `read` makes a key of that (see `source.new`), or returns nil and
-- what is wrong.
return function(fn, read)
  return source.new { name = "function", account = "function", fetch = function(self, context)
    local ok, found, message = protected.call(fn, context)
    if not ok then
      if errors.is_interrupt(found) then error(found, 0) end
      return self:fail("it ended by an error: " .. errors.quote(found, 500))
    elseif not found then
      return self:fail("it gives nothing"
        .. (message ~= nil and ": " .. errors.quote(message, 500) or ""))
    end
    local key, why = read(found)
    if not key then return self:fail("it gives no key: " .. why) end
    return key
  end }
end
