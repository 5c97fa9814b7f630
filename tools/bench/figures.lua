-- Rounds, medians, ratios and the tables.

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

--- Measures subjects in turn, so many rounds; who goes first changes from round to round.
-- @tparam integer rounds
-- @tparam table subjects a list of `{ key =, run = }`; `run()` gives a table of figures
-- @treturn table lists[key][figure][round]
function figures.in_turn(rounds, subjects)
  local lists = {}
  for _, subject in ipairs(subjects) do lists[subject.key] = {} end
  for round = 1, rounds do
    for turn = 1, #subjects do
      local subject = subjects[(round + turn) % #subjects + 1]
      for name, value in pairs(subject.run()) do
        local list = lists[subject.key][name] or {}
        lists[subject.key][name], list[round] = list, value
      end
    end
  end
  return lists
end

--- The spreads of what `in_turn` gave: spreads[key][figure].
function figures.spreads(lists)
  local out = {}
  for key, own in pairs(lists) do
    out[key] = {}
    for name, list in pairs(own) do out[key][name] = figures.spread(list) end
  end
  return out
end

--- The spread of the ratios, round by round; and `best`, the ratio of the two best rounds, which
-- says more than the median where others use the machine.
-- @tparam table these a list, a figure a round
-- @tparam table those likewise
-- @tparam[opt] string best "max" for rates; otherwise the smallest is the best
function figures.ratio(these, those, best)
  local list = {}
  for i, value in ipairs(these) do list[i] = value / those[i] end
  local out, which = figures.spread(list), best or "min"
  out.best = figures.spread(these)[which] / figures.spread(those)[which]
  return out
end

local rows, details, notes = {}, {}, {}

--- One line of the first table: the rows that the project is judged by.
-- @tparam string what
-- @tparam string unit
-- @tparam table spread
-- @tparam[opt] string aim of the median, such as "<= 1.3"
function figures.row(what, unit, spread, aim)
  rows[#rows + 1] = { what, unit, spread, aim }
end

local kept = 0

--- The rows since this was last asked, to be kept with a report.
function figures.new_rows()
  local list = {}
  while kept < #rows do
    kept = kept + 1
    local it = { what = rows[kept][1], unit = rows[kept][2], aim = rows[kept][4] }
    for name, value in pairs(rows[kept][3]) do it[name] = value end
    list[#list + 1] = it
  end
  return list
end

--- One line of the second table: what stands beside them.
function figures.detail(what, unit, spread)
  details[#details + 1] = { what, unit, spread }
end

--- One line below the tables, once.
function figures.note(text)
  if notes[text] then return end
  notes[text] = true
  notes[#notes + 1] = text
end

local LINE = "%-76s %9s %9s %9s %9s  %-4s %s\n"

local function print_table(title, list, aim)
  if #list == 0 then return end
  io.write("\n", LINE:format(title, "median", "min", "max", "best", "", aim))
  for _, row in ipairs(list) do
    local spread = row[3]
    local digits = spread.median >= 1000 and "%.0f" or spread.median >= 100 and "%.1f" or "%.3f"
    local function text(value) return value and digits:format(value) or "" end
    io.write(LINE:format(row[1], text(spread.median), text(spread.min), text(spread.max),
      text(spread.best), row[2], row[4] or ""))
  end
end

function figures.print_tables()
  print_table("ROWS", rows, "aim")
  print_table("BESIDE THEM", details, "")
  for _, text in ipairs(notes) do print(text) end
end

return figures
