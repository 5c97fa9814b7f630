--- The words of a command, as a POSIX shell splits them. Nothing else of a shell is done: no
-- variable, pattern, pipe or redirection means anything.
-- @module streamctl.aliyun.credentials.words

-- What a backslash escapes between double quotes.
local ESCAPED = { ['"'] = true, ["\\"] = true, ["$"] = true, ["`"] = true, ["\n"] = true }

-- The text between double quotes that open before `at`, and where it goes on; or nil.
local function double_quoted(text, at)
  local pieces = {}
  while true do
    local piece, mark, after = text:match('^([^"\\]*)(["\\])()', at)
    if not piece then return nil end
    pieces[#pieces + 1] = piece
    if mark == '"' then return table.concat(pieces), after end
    local char = text:sub(after, after)
    if char ~= "\n" then -- an escaped end of line is none
      pieces[#pieces + 1] = ESCAPED[char] and char or "\\" .. char
    end
    at = after + 1
  end
end

-- One piece of a word, and where the text goes on; or nil and what is wrong.
local function piece_of(text, at)
  local char = text:sub(at, at)
  if char == "'" then
    local piece, after = text:match("^([^']*)'()", at + 1)
    if piece then return piece, after end
    return nil, "has a ' that is not closed"
  elseif char == '"' then
    local piece, after = double_quoted(text, at + 1)
    if piece then return piece, after end
    return nil, 'has a " that is not closed'
  elseif char == "\\" then
    if at == #text then return nil, "ends with a backslash" end
    local escaped = text:sub(at + 1, at + 1)
    return escaped == "\n" and "" or escaped, at + 2
  end
  return text:match("^([^%s'\"\\]+)()", at)
end

-- Where the next word begins.
local function skip(text, at)
  local from
  repeat
    from, at = at, text:match("^%s*()", at)
    at = text:match("^\\\n()", at) or at
  until at == from
  return at
end

--- Splits a command.
-- @function split
-- @tparam string text
-- @treturn[1] table list of words, at least one
-- @treturn[2] nil
-- @treturn[2] string what is wrong with it
return function(text)
  local words, at = {}, skip(text, 1)
  while at <= #text do
    local pieces = {}
    while at <= #text and not text:find("^%s", at) do
      local piece, after = piece_of(text, at)
      if not piece then return nil, after end
      pieces[#pieces + 1], at = piece, after
    end
    words[#words + 1] = table.concat(pieces)
    at = skip(text, at)
  end
  if not words[1] or words[1] == "" then return nil, "names no program" end
  return words
end
