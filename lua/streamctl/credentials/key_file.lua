-- Reads the small files that hold keys and tokens.

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

return key_file
