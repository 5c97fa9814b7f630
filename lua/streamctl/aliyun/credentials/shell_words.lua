-- Splits a command into words as a POSIX shell does. Nothing else of a shell is done: variables,
-- patterns, pipes and redirections mean nothing.

local json = require "streamctl.base.json"

-- Undoes backslashes between double quotes: before these characters, and before an end of line.
local function unescaped(text)
  return (text:gsub("\\(.)", function(char)
    if char == "\n" then return "" end
    return char:find('["\\$`]') and char or nil
  end))
end

-- Splits a command into at least one word; or returns nil and the command's fault.
return function(text)
  local words, word, at = {}, nil, 1
  while at <= #text do
    local char = text:sub(at, at)
    local stop, piece = at, char
    if char == "'" then
      stop = text:find("'", at + 1, true)
      if not stop then return nil, "has a ' that is not closed" end
      piece = text:sub(at + 1, stop - 1)
    elseif char == '"' then
      stop = json.string_end(text, at)
      if not stop then return nil, 'has a " that is not closed' end
      piece = unescaped(text:sub(at + 1, stop - 1))
    elseif char == "\\" then
      stop = at + 1
      piece = text:sub(stop, stop)
      if piece == "" then return nil, "ends with a backslash" end
      if piece == "\n" then piece = nil end -- an escaped end of line disappears
    elseif char:find("%s") then
      words[#words + 1], word, piece = word, nil, nil
    end
    if piece then word = (word or "") .. piece end
    at = stop + 1
  end
  words[#words + 1] = word
  if not words[1] or words[1] == "" then return nil, "names no program" end
  return words
end
