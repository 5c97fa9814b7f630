-- Medians, ratios and the one table.

local figures = {}

--- The median, the smallest and the largest of a list.
function figures.spread(list)
  local sorted = {}
  for i, value in ipairs(list) do sorted[i] = value end
  table.sort(sorted)
  local middle = (#sorted + 1) / 2
  return {
    median = (sorted[math.floor(middle)] + sorted[math.ceil(middle)]) / 2,
    min = sorted[1], max = sorted[#sorted], rounds = #sorted,
  }
end

--- The spread of the ratios, round by round.
function figures.ratios(these, those)
  local list = {}
  for i, value in ipairs(these) do list[i] = value / those[i] end
  return figures.spread(list)
end

local rows, notes = {}, {}

--- One line of the table; `target` is text.
function figures.add(what, unit, values, target)
  rows[#rows + 1] = { what, unit, values, target or "" }
end

--- One line below the table, once.
function figures.note(text)
  if notes[text] then return end
  notes[text] = true
  notes[#notes + 1] = text
end

function figures.print_table()
  local line = "%-56s %9s %9s %9s  %-8s %s\n"
  io.write(string.format(line, "", "median", "min", "max", "", "target"))
  for _, row in ipairs(rows) do
    local digits = row[3].median >= 1000 and "%.0f" or row[3].median >= 100 and "%.1f" or "%.3f"
    local function text(value) return string.format(digits, value) end
    local out = string.format(line, row[1], text(row[3].median), text(row[3].min), text(row[3].max), row[2], row[4])
    io.write((out:gsub("%s+\n$", "\n")))
  end
  for _, text in ipairs(notes) do print(text) end
end

return figures
