--- Reads a section of an ini file as the vendor's packages do, with these stricter rules:
--
-- * A `;` or `#` begins a comment at the beginning of a line, or behind a value and a blank, but
--   never between quotes. `\;`, `\#` and `\\` stand for the second character alone.
-- * A section name may hold dots. A repeated section or key is an error, since an id and a secret
--   must not come from two places.
-- @module streamctl.aliyun.credentials.sections

local json = require "streamctl.json"

-- Returns the text between a value's quotes; nil when quotes do not enclose the value.
local function unquote(raw)
  local quote = raw:sub(1, 1)
  local stop = quote == "'" and raw:find("'", 2, true) or quote == '"' and json.string_end(raw, 1)
  local rest = stop and raw:sub(stop + 1)
  if not rest or not (rest:find("^%s*$") or rest:find("^%s+[;#]")) then return nil end
  local inner = raw:sub(2, stop - 1)
  return quote == '"' and inner:gsub('\\(["\\])', "%1") or inner
end

-- Adds a line to its section; or returns the line's fault.
local function add(section, line, number)
  local key, raw = line:match("^%s*([^=]-)%s*=%s*(.*)$")
  if not key or key == "" then return "must be written as key = value" end
  local first = section.lines[key]
  if first then return ("has the key of line %d again"):format(first) end
  local value = unquote(raw)
    or raw:gsub("%s+[;#].*$", ""):gsub("%s+$", ""):gsub("\\([;#\\])", "%1")
  section.lines[key], section.values[key] = number, value
end

-- Returns the values of a section by key; or nil and the fault with its line, or nil alone when the
-- file has no such section.
return function(text, name)
  local number, current, found, stray = 0, nil, nil, nil
  for line in (text .. "\n"):gmatch("([^\n]*)\n") do
    number = number + 1
    line = line:gsub("\r$", "")
    local header = line:match("^%s*%[([^%]]*)%]%s*$") or line:match("^%s*%[([^%]]*)%]%s+[;#]")
    if header then
      current = header:match("^%s*(.-)%s*$")
      if current == name and found then
        return nil, ("line %d begins the section of line %d again; make one of them")
          :format(number, found.number)
      elseif current == name then
        found = { number = number, lines = {}, values = {} }
      end
    elseif line:find("%S") and not line:find("^%s*[;#]") then
      local why = found and current == name and add(found, line, number)
      if why then return nil, ("line %d %s"):format(number, why) end
      if not current then stray = stray or number end
    end
  end
  if found then return found.values end
  return nil, stray and ("line %d stands in no section; put one such as [default] above it")
    :format(stray)
end
