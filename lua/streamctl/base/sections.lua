-- Reads ini files: those of the source `ini`, and the command's configuration, which `streamctl
-- configure` writes with this module, too. The rules are those of the vendor's packages, and
-- stricter:
--
-- * A `;` or `#` begins a comment at the beginning of a line, or behind a value and a blank, but
--   never between quotes. `\;`, `\#` and `\\` stand for the second character alone.
-- * A section name may hold dots. A repeated section or key is a fault, since an id and a secret
--   must not come from two places.

local json = require "streamctl.base.json"

local sections = {}

-- Removes blanks at both ends, in one step for each byte: a long line must not keep a process busy.
local function trim(text)
  local first = text:find "%S"
  return first and text:match("^.*%S", first) or ""
end

-- Returns the text between a value's quotes; nil when quotes do not enclose the value.
local function unquote(raw)
  local quote = raw:sub(1, 1)
  local stop = quote == "'" and raw:find("'", 2, true) or quote == '"' and json.string_end(raw, 1)
  local rest = stop and raw:sub(stop + 1)
  if not rest or not (rest:find("^%s*$") or rest:find("^%s+[;#]")) then return nil end
  local inner = raw:sub(2, stop - 1)
  return quote == '"' and inner:gsub('\\(["\\])', "%1") or inner
end

-- Adds a line to its section, or returns the line's fault.
local function add(section, line, number)
  if line:find "[^%C\t]" then return "has a control character" end
  local at = line:find("=", 1, true)
  local key, raw = trim(line:sub(1, at and at - 1)), at and trim(line:sub(at + 1))
  if not at or key == "" then return "must be written as key = value" end
  local first = section.lines[key]
  if first then return ("has the key of line %d again"):format(first) end
  section.lines[key] = number
  local comment = raw:find "%s[;#]"
  section.values[key] = unquote(raw)
    or trim(raw:sub(1, comment)):gsub("\\([;#\\])", "%1")
end

-- Returns the name of the section that a line begins; nil for other lines.
local function name_of(line)
  local name, rest = line:match "^%s*%[([^%]]*)%](.*)$"
  return name and (rest:find "^%s+[;#]" or not rest:find "%S") and trim(name) or nil
end

-- Returns the sections of a text, in a list and by name, and the number of the first line outside
-- of a section, if any. A section has its `name`; `values` and numbers of `lines`, both by key; and
-- perhaps `fault`, the first fault with its line, which quotes nothing.
function sections.read(text)
  local found, current, stray, number = {}, nil, nil, 0
  text = text:gsub("^\239\187\191", "") -- the byte order mark of UTF-8
  for line in (text .. "\n"):gmatch("([^\n]*)\n") do
    number = number + 1
    line = line:gsub("\r$", "")
    local name, why = name_of(line), nil
    if name then
      local first = found[name]
      if first then
        why = ("begins the section of line %d again; make one of them"):format(first.number)
      end
      current = first or { name = name, number = number, values = {}, lines = {} }
      if not first then found[#found + 1], found[name] = current, current end
    elseif line:find("^%s*[^%s;#]") then
      if current then why = add(current, line, number) else stray = stray or number end
    end
    if why then current.fault = current.fault or ("line %d %s"):format(number, why) end
  end
  return found, stray
end

-- Returns a value as a file has it: in quotes where the value would be read as another one.
local function quoted(value)
  if not value:find "[%s;#\"'\\]" then return value end
  return '"' .. value:gsub('["\\]', "\\%0") .. '"'
end

-- Returns a text with other values in the section `name`, which may be new. The lines of the list
-- `keys` go, and the texts of `values` come behind the section's name. All other lines stay.
function sections.write(text, name, keys, values)
  if text:find "[^\n]$" then text = text .. "\n" end
  if not sections.read(text)[name] then
    text = text .. (text ~= "" and "\n" or "") .. "[" .. name .. "]\n"
  end
  local section, lines, number = sections.read(text)[name], {}, 0
  local old = {}
  for _, key in ipairs(keys) do old[section.lines[key] or 0] = true end
  for line in text:gmatch "[^\n]*\n" do
    number = number + 1
    if not old[number] then lines[#lines + 1] = line end
    for _, key in ipairs(number == section.number and keys or {}) do
      if values[key] then lines[#lines + 1] = key .. " = " .. quoted(values[key]) .. "\n" end
    end
  end
  return table.concat(lines)
end

return sections
