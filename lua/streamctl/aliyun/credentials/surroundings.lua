--- What sources of credentials read of the process and of the machine: variables and files.
-- @module streamctl.aliyun.credentials.surroundings

local surroundings = {}

--- The text of a variable of the environment; nil when it is not set, or empty.
function surroundings.variable(name)
  local value = os.getenv(name)
  return value ~= "" and value or nil
end

--- Whether a variable says "true", in any case, as the vendor's packages compare it.
function surroundings.flag(name)
  return (surroundings.variable(name) or ""):lower() == "true"
end

-- ENOENT, ENOTDIR and EACCES: what this process may not see is configured for somebody else.
local NOT_SEEN = { [2] = true, [20] = true, [13] = true }
local MAX_BYTES = 1048576
local READABLE = " cannot be read: "

--- The text of a whole file, without a byte order mark; or nil, why not, and whether there is no
-- such file, or this process may not see it. Who else may read it is not looked at, as the
-- vendor's packages do not.
function surroundings.read(path)
  local function reason(why) -- the system's, without what it repeats of the path
    return path .. READABLE .. tostring(why):gsub("^.*: ", "")
  end
  local file, why, code = io.open(path, "rb")
  if not file then return nil, reason(why), NOT_SEEN[code] or false end
  local text
  text, why = file:read(MAX_BYTES + 1)
  file:close()
  if not text and why then return nil, reason(why), false end
  text = text or ""
  if #text > MAX_BYTES then return nil, path .. READABLE .. "it is larger than 1 MiB", false end
  return (text:gsub("^\239\187\191", ""))
end

--- Where a file is that nobody named: below `home` or the variable HOME; nil when that is not set.
function surroundings.at_home(home, name)
  home = home or surroundings.variable "HOME"
  return home and home:gsub("/+$", "") .. "/" .. name
end

--- A word that a file holds, for messages, unless it may be a secret that strayed there: no key of
-- the vendor is so short.
function surroundings.shown(word)
  if #word <= 24 and word:find("^[%w_. -]+$") then return "'" .. word .. "'" end
  return ("of %d characters (not shown)"):format(#word)
end

return surroundings
