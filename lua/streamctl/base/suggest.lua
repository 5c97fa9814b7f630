-- "Did you mean": the name that a user probably wanted.

local tidy = require("streamctl.base.errors").tidy

local suggest = {}

-- Edits (insert, delete, replace, swap of neighbours) between two short texts.
local function distance(a, b)
  local before, last = nil, {}
  for j = 0, #b do last[j] = j end
  for i = 1, #a do
    local row = { [0] = i }
    for j = 1, #b do
      local cost = a:byte(i) == b:byte(j) and 0 or 1
      local best = math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + cost)
      if before and i > 1 and j > 1 and a:byte(i) == b:byte(j - 1)
        and a:byte(i - 1) == b:byte(j) then
        best = math.min(best, before[j - 2] + 1)
      end
      row[j] = best
    end
    before, last = last, row
  end
  return last[#b]
end

local function plain(name)
  return (name:lower():gsub("[^%w]", ""))
end

-- The closest of the names, a list or the keys of a table; nil when none is close.
local function closest_of(name, names)
  if type(name) ~= "string" or #name > 64 then return nil end
  local wanted, best = plain(name), nil
  local best_edits = math.max(1, math.floor(#wanted / 3)) -- the most
  for key, value in pairs(names) do
    local candidate = type(key) == "number" and value or key
    local other = plain(candidate)
    -- the difference in length is the least that it takes
    local edits = math.abs(#other - #wanted)
    if edits <= best_edits then edits = distance(wanted, other) end
    if edits < best_edits or (edits == best_edits and (not best or candidate < best)) then
      best, best_edits = candidate, edits
    end
  end
  return best
end

-- Text to put behind an error message: " (did you mean 'x'?)", or nothing.
function suggest.hint(name, names)
  local closest = closest_of(name, names)
  return closest and (" (did you mean '" .. closest .. "'?)") or ""
end

-- A name that nothing has, in quotes, and the hint.
function suggest.quoted(name, names)
  return "'" .. tidy(name, 100) .. "'" .. suggest.hint(name, names)
end

return suggest
