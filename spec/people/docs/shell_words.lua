-- Splits the text of a shell into its simple commands. blocks_spec.lua looks at them before a shell
-- runs the text.

-- Returns the words of each command; `redirects` of a command are the files that it names.
return function(text)
  local list, command, word, quote, at = {}, { redirects = {} }, nil, nil, 1
  local function end_word()
    local redirect = word and word:match "^%d*[<>]+(.*)"
    if command.open then
      command.redirects[#command.redirects + 1], command.open = word, word == nil
    elseif redirect == "" then
      command.open = true
    elseif redirect then
      command.redirects[#command.redirects + 1] = redirect
    else
      command[#command + 1] = word
    end
    word = nil
  end
  text = text:gsub("\\\n%s*", " ") .. "\n"
  while at <= #text do
    local c = text:sub(at, at)
    if quote and c ~= quote then
      word = word .. c
    elseif quote or c == "'" or c == '"' then
      quote, word = not quote and c or nil, word or ""
    elseif c == "#" and not word then
      at = text:find("\n", at) - 1
    elseif c:find "[%s|;&()]" and not (c == "&" and word and word:find "[<>]$") then
      end_word()
      if c:find "[\n|;&()]" and #command + #command.redirects > 0 then
        list[#list + 1], command = command, { redirects = {} }
      end
    else
      word = (word or "") .. c
    end
    at = at + 1
  end
  return list
end
