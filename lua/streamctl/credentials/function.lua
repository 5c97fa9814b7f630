-- Makes sources of users' functions.

local errors = require "streamctl.base.errors"
local protected = require "streamctl.loop.protected"
local source = require "streamctl.credentials.source"

local function fetch(self, context)
  local ok, value, message = protected.call(self.fn, context)
  if not ok and errors.is_interrupt(value) then error(value, 0) end
  if not ok then return self:fail("it ended by an error: " .. errors.quote(value, 500)) end
  if not value then
    message = message ~= nil and ": " .. errors.quote(message, 500) or ""
    return self:fail("it gives nothing" .. message)
  end
  local credentials, why = self.read(value)
  if not credentials then return self:fail("it gives no key: " .. why) end
  return credentials
end

-- Makes a source of `fn(context)`, which may wait (see `source.lua`), and returns a value, or nil
-- and a message. `read` makes credentials of the value (see `source.new`), or returns nil and its
-- fault.
return function(fn, read)
  return source.new { name = "function", account = "function", fetch = fetch, fn = fn, read = read }
end
