--- How a table fits a terminal: cells are folded between words, and behind a slash.
-- @module streamctl.cli.output.layout

local text = require "streamctl.cli.output.text"

local layout = {}

local LONGEST = 40 -- characters that are kept together

-- The pieces of a text that stay whole, each with the blanks behind it.
local function pieces(value)
  return value:gmatch "([^%s/]*/*)(%s*)"
end

-- The first characters of a text, and the others.
local function cut(value, count)
  local at = 1
  for _ = 1, count do
    at = (value:find("[^\128-\191]", at + 1)) or #value + 1
  end
  return value:sub(1, at - 1), value:sub(at)
end

--- The characters in which a text need not be cut inside of a word, 40 at most.
function layout.least(value)
  local most = 0
  for word in pieces(value) do most = math.max(most, text.width(word)) end
  return math.min(most, LONGEST)
end

--- Folds a text into a list of lines, one at least, of 1 character or more.
function layout.fold(value, room)
  local lines, line, used = {}, "", 0
  local function finish()
    lines[#lines + 1] = (line:gsub("%s+$", ""))
    line, used = "", 0
  end
  for word, blanks in pieces(value) do
    local width = text.width(word)
    if used > 0 and used + width > room then finish() end
    while width > room do
      local first
      first, word = cut(word, room)
      lines[#lines + 1], width = first, width - room
    end
    line, used = line .. word .. blanks, used + width + #blanks
  end
  if used > 0 or #lines == 0 then finish() end
  return lines
end

-- What is left of some room when each column has its least.
local function spare(least, room)
  for _, width in ipairs(least) do room = room - width end
  return room
end

--- The widths of columns. `natural`: the width that each would have; `least`: the least that it
-- needs, see @{least}; `room`: for all of them. Returns nil when there is not even room for the
-- least.
function layout.widths(natural, least, room)
  local left = spare(least, room)
  if left < 0 then return nil end
  local widths, wanting = {}, {}
  for i, width in ipairs(least) do
    widths[i] = width
    if natural[i] > width then wanting[#wanting + 1] = i end
  end
  -- those that want the least more are served first, so that as many as possible stay whole
  table.sort(wanting, function(a, b)
    local one, other = natural[a] - least[a], natural[b] - least[b]
    return one < other or (one == other and a < b)
  end)
  for place, i in ipairs(wanting) do
    local share = math.floor(left / (#wanting - place + 1))
    local more = math.min(natural[i] - widths[i], share)
    widths[i], left = widths[i] + more, left - more
  end
  return widths
end

return layout
