--- Small files in which keys and tokens stand, and a source of a file with one line in it.
-- @module streamctl.credentials.file

local core = require "streamctl.core"
local source = require "streamctl.credentials.source"

local file = {}

-- ENOENT, ENOTDIR and EACCES: what this process may not see is configured for somebody else.
local NOT_SEEN = { [2] = true, [20] = true, [13] = true }
local MOST = 1048576 -- bytes

-- The text of a whole file, without a byte order mark; or nil, why not, and whether there is no
-- such file, or this process may not see it. Who else may read it is not looked at, as the vendors'
-- packages do not.
function file.read(path)
  local handle, why, code = io.open(path, "rb")
  local text
  if handle then
    text, why = handle:read(MOST + 1)
    handle:close()
  end
  if not text and why then -- the system's reason, without what it repeats of the path
    return nil, path .. " cannot be read: " .. tostring(why):gsub("^.*: ", ""),
      NOT_SEEN[code] or false
  end
  text = text or ""
  if #text > MOST then return nil, path .. " cannot be read: it is larger than 1 MiB", false end
  return (text:gsub("^\239\187\191", ""))
end

local function read_line(path, check)
  local text, why = file.read(path)
  if not text then return nil, why end
  text = text:gsub("[\r\n]+$", "")
  why = text == "" and "is empty"
    or core.has_control(text) and "holds more than one line, or control characters"
    or check(text)
  if why then return nil, path .. " " .. why end
  return text
end

-- A source that reads a file with one line in it, and reads it again when the file has changed.
-- `field`: what the line is; `check`: of the line: nil, or why it is not that.
function file.source(path, field, check)
  local system = require "streamctl.system" -- who only reads a file needs none of it
  local stamp
  return source.new {
    name = "file", account = "file",
    changed = function() return system.file_stamp(path) ~= stamp end,
    fetch = function(self)
      local before = system.file_stamp(path)
      local text, why = read_line(path, check)
      if not text then return self:fail(why) end
      stamp = before
      return { [field] = text }
    end,
  }
end

return file
