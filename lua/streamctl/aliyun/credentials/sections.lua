--- One section of an ini file, as the vendor's packages read it, but for what they cut:
--
-- * A `;` or `#` begins a comment only at the beginning of a line, or behind a value and a blank;
--   what is between quotes is never one. `\;`, `\#` and `\\` stand for the character alone.
-- * A name of a section may hold dots. A section, or a key of it, that stands twice is an error: a
--   pair must not be put together of two.
-- @module streamctl.aliyun.credentials.sections

local COMMENT = "^%s*[;#]"

-- What stands between the quotes that a value begins with; nil when it is not quoted as a whole.
local function unquote(raw)
  local quote = raw:sub(1, 1)
  if quote == "'" then
    local inner, rest = raw:match("^'([^']*)'(.*)$")
    return inner and (rest:find("^%s*$") or rest:find("^%s+[;#]")) and inner or nil
  elseif quote ~= '"' then
    return nil
  end
  local at = 2
  while true do
    local mark, after = raw:match('^[^"\\]*(["\\])()', at)
    if not mark then return nil end
    if mark == '"' then
      local rest = raw:sub(after)
      if not rest:find("^%s*$") and not rest:find("^%s+[;#]") then return nil end
      return (raw:sub(2, after - 2):gsub('\\(["\\])', "%1"))
    end
    at = after + 1
  end
end

local function value_of(raw)
  local inner = unquote(raw)
  if inner then return inner end
  raw = raw:gsub("%s+[;#].*$", ""):gsub("%s+$", "")
  return (raw:gsub("\\([;#\\])", "%1"))
end

-- Puts a line of the section into it; nil, or what is wrong.
local function add(section, line, number)
  local key, raw = line:match("^%s*([^=]-)%s*=%s*(.*)$")
  if not key or key == "" then return "must be written as key = value" end
  local first = section.lines[key]
  if first then return ("has the key of line %d again"):format(first) end
  section.lines[key], section.values[key] = number, value_of(raw)
end

--- Finds a section.
-- @function find
-- @tparam string text of the file
-- @tparam string name
-- @treturn[1] table values by key
-- @treturn[2] nil
-- @treturn[2] string|nil what is wrong with it, with its line; nil: there is no such section
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
    elseif line:find("%S") and not line:find(COMMENT) then
      local why = found and inside == name and add(found, line, number)
      if why then return nil, ("line %d %s"):format(number, why) end
      if not inside then stray = stray or number end
    end
  end
  if found then return found.values end
  return nil, stray and ("line %d stands in no section; put one such as [default] above it")
    :format(stray)
end
