--- Sources of what a client was given itself: a function, or a file. Only such clients load this.
-- @module streamctl.sources

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local protected = require "streamctl.loop.protected"
local session = require "streamctl.session"

local sources = {}

local MOST = 65536 -- bytes of a file

-- What an interpreter raises on Ctrl-C ends the call, as it does elsewhere.
local function is_interrupt(why)
  return tostring(why):find("interrupted!", 1, true) ~= nil
end

--- A source that asks a function of the user's. `fn`: is called with the context (see
-- @{streamctl.session.context}) and may wait; returns what `read` takes, or nil and a message.
-- `read`: makes a table of texts of it (see @{streamctl.session.new}), or returns nil and what is
-- wrong.
function sources.by_function(fn, read)
  return session.new { name = "function", account = "function", fetch = function(context)
    local ok, found, message = protected.call(fn, context)
    if not ok then
      if is_interrupt(found) then error(found, 0) end
      return session.fail("function", "it ended by an error: " .. errors.quote(found, 500))
    end
    if not found then
      return session.fail("function", "it gives nothing"
        .. (message ~= nil and ": " .. errors.quote(message, 500) or ""))
    end
    local texts, why = read(found)
    if not texts then return session.fail("function", "it gives no key: " .. why) end
    return texts
  end }
end

local function read_file(path, check)
  local file = io.open(path, "rb")
  if not file then return nil, "cannot be opened" end
  local text = file:read(MOST + 1)
  file:close()
  if not text then return nil, "is empty, or cannot be read" end
  if #text > MOST then return nil, "is longer than 64 KiB" end
  text = text:gsub("[\r\n]+$", "")
  if text == "" then return nil, "is empty" end
  if core.has_control(text) then return nil, "holds more than one line, or control characters" end
  local why = check(text)
  if why then return nil, "holds what " .. why end
  return text
end

--- A source that reads a file with one line in it, and reads it again when the file has changed.
-- `field`: what the line is; `check`: of the line: nil, or why it is not that.
function sources.by_file(path, field, check)
  local system = require "streamctl.system" -- no other source of texts needs it
  local stamp
  return session.new {
    name = "file", account = "file",
    changed = function() return system.file_stamp(path) ~= stamp end,
    fetch = function()
      local before = system.file_stamp(path)
      local text, why = read_file(path, check)
      if not text then return session.fail("file", errors.tidy(path, 200) .. " " .. why) end
      stamp = before
      return { [field] = text }
    end,
  }
end

return sources
