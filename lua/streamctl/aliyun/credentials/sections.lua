--- One section of an ini file, as the vendor's packages read it, but for what they cut:
--
-- * A `;` or `#` begins a comment only at the beginning of a line, or behind a value and a blank;
--   what is between quotes is never one. `\;`, `\#` and `\\` stand for the character alone.
-- * A name of a section may hold dots. A section, or a key of it, that stands twice is an error: a
--   pair must not be put together of two.
-- @module streamctl.aliyun.credentials.sections

local json = require "streamctl.json"

-- What stands between the quotes that a value begins with; nil when it is not quoted as a whole.
local function unquote(raw)
  local quote = raw:sub(1, 1)
  local stop = quote == "'" and raw:find("'", 2, true) or quote == '"' and json.string_end(raw, 1)
  local rest = stop and raw:sub(stop + 1)
  if not rest or not (rest:find("^%s*$") or rest:find("^%s+[;#]")) then return nil end
  local inner = raw:sub(2, stop - 1)
  return quote == '"' and inner:gsub('\\(["\\])', "%1") or inner
end

-- Puts a line of the section into it; nil, or what is wrong.
local function add(section, line, number)
  local key, raw = line:match("^%s*([^=]-)%s*=%s*(.*)$")
  if not key or key == "" then return "must be written as key = value" end
  local first = section.lines[key]
  if first then return ("has the key of line %d again"):format(first) end
  local value = unquote(raw)
    or raw:gsub("%s+[;#].*$", ""):gsub("%s+$", ""):gsub("\\([;#\\])", "%1")
  section.lines[key], section.values[key] = number, value
end

-- The values of a section by key; or nil and what is wrong with it, with its line, or nothing when
-- there is no such section.
return function(text, name)
  local number, inside, found, stray = 0, nil, nil, nil
  for line in (text .. "\n"):gmatch("([^\n]*)\n") do
    number = number + 1
    line = line:gsub("\r$", "")
    local header = line:match("^%s*%[([^%]]*)%]%s*$") or line:match("^%s*%[([^%]]*)%]%s+[;#]")
    if header then
      inside = header:match("^%s*(.-)%s*$")
      if inside == name and found then
        return nil, ("line %d begins the section of line %d again; make one of them")
          :format(number, found.number)
      elseif inside == name then
        found = { number = number, lines = {}, values = {} }
      end
    elseif line:find("%S") and not line:find("^%s*[;#]") then
      local why = found and inside == name and add(found, line, number)
      if why then return nil, ("line %d %s"):format(number, why) end
      if not inside then stray = stray or number end
    end
  end
  if found then return found.values end
  return nil, stray and ("line %d stands in no section; put one such as [default] above it")
    :format(stray)
end
