-- Reads the small files that hold keys and tokens; makes a source of a file with one line.

local core = require "streamctl.core"
local source = require "streamctl.credentials.source"
local system = require "streamctl.system"

local key_file = {}

-- ENOENT, ENOTDIR and EACCES: a file that this process cannot see is not configured for it.
local NOT_SEEN = { [2] = true, [20] = true, [13] = true }
local MAX_BYTES = 1048576

-- Reads a file, without its byte order mark; or nil, why not, and whether this process cannot see
-- it. Other users' rights to the file are not checked, as in the vendors' packages.
function key_file.read(path)
  local handle, why, code = io.open(path, "rb")
  local text
  if handle then
    text, why = handle:read(MAX_BYTES + 1)
    handle:close()
  end
  if not text and why then -- the system's reason begins with the path
    return nil, path .. " cannot be read: " .. tostring(why):gsub("^.*: ", ""), NOT_SEEN[code]
  end
  if text and #text > MAX_BYTES then
    return nil, path .. " cannot be read: it is larger than 1 MiB"
  end
  return ((text or ""):gsub("^\239\187\191", ""))
end

local function read_line(path, check)
  local text, why = key_file.read(path)
  if not text then return nil, why end
  text = text:gsub("[\r\n]+$", "")
  why = text == "" and "is empty"
    or core.has_control(text) and "holds more than one line, or control characters"
    or check(text)
  if why then return nil, path .. " " .. why end
  return text
end

-- Makes a source of a file with one line, which it reads again when the file has changed. `field`
-- names the line in the credentials; `check(line)` returns nil or the line's fault.
function key_file.source(path, field, check)
  local stamp
  return source.new {
    name = "file", account = "file",
    changed = function() return system.file_stamp(path) ~= stamp end,
    fetch = function(self)
      local before, text, why = system.file_stamp(path), read_line(path, check)
      if not text then return self:fail(why) end
      stamp = before
      return { [field] = text }
    end,
  }
end

return key_file
