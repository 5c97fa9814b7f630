-- What a terminal shows of the bytes that came to it: lines that are written over, lines that are
-- too long, and colours. Anything else that steers a terminal is an error.

local screen = {}

--- Shows it: `lines` of the screen at the end, without blanks at their ends; `passed`, the lines
-- that were written over, in order; `coloured`, `"31 text"` for each piece in a colour.
function screen.show(bytes, columns)
  local shown = { lines = {}, passed = {}, coloured = {} }
  local cells, at, fresh, colour = {}, 0, true, nil

  local function line()
    local last = 0
    for i in pairs(cells) do last = math.max(last, i) end
    for i = 1, last do cells[i] = cells[i] or " " end
    return (table.concat(cells):gsub(" +$", ""))
  end

  local function next_line()
    shown.lines[#shown.lines + 1] = line()
    cells, at, fresh = {}, 0, true
  end

  local function put(character)
    if at == columns then next_line() end
    if at == 0 and not fresh and line() ~= "" then shown.passed[#shown.passed + 1] = line() end
    fresh = false
    at = at + 1
    cells[at] = character
    if colour then
      local last = #shown.coloured
      shown.coloured[last] = shown.coloured[last] .. character
    end
  end

  local i = 1
  while i <= #bytes do
    local rest = bytes:sub(i, i + 15)
    local sequence, code = rest:match "^(\27%[(%d+)m)"
    local character = rest:match "^[\32-\126]" or rest:match "^[\194-\244][\128-\191]+"
    if sequence then
      colour = code ~= "0" and code or nil
      if colour then table.insert(shown.coloured, colour .. " ") end
      i = i + #sequence
    elseif character then
      put(character)
      i = i + #character
    else
      if rest:sub(1, 1) == "\n" then
        next_line()
      elseif rest:sub(1, 1) == "\r" then
        at = 0
      else
        error(("byte %d of what came steers the terminal: %q"):format(i, rest))
      end
      i = i + 1
    end
  end
  if line() ~= "" then next_line() end
  return shown
end

return screen
