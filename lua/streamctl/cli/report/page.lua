-- Writes the page of a report: one file of HTML that needs no network and no script.
-- The template has the frame; here are the parts. All text of a report passes `escaped`.

local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local groups = require "streamctl.cli.bulk.groups"
local summary = require "streamctl.cli.bulk.summary"
local template = require "streamctl.cli.report.template"
local text = require "streamctl.cli.output.text"
local times = require "streamctl.cli.times"
local words = require "streamctl.cli.report.words"

local STATES = { "ok" }
for _, name in ipairs(errors.outcomes) do STATES[#STATES + 1] = name end

local page = { MAX = 1000, MAX_FIGURES = 6 } -- items of a group

local MIN_BARS = 20 -- of a time line: there is room for so many
local PIECE = 65536 -- bytes that are written at once

local ENTITIES = {
  ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;",
}

local function escaped(value) return (text.clean(value):gsub("[&<>\"']", ENTITIES)) end

local function filled(format, ...)
  local values = { ... }
  for i = 1, select("#", ...) do values[i] = escaped(values[i] == nil and "" or values[i]) end
  return (format:gsub("%%(%d)", function(i) return values[tonumber(i)] end))
end

-- Returns a coloured square and a text, which is the state unless there is another.
local function mark(state, label)
  return ('<span class="mark %s">&#9632;</span> %s'):format(state, label or state)
end

-- ---- parts ----

-- By word of the template: writes a part with `put(format, ...)`, where `%1` is the first value.
local parts = {}

function parts.heading(put, found)
  put("%1: %2 of %3 ok", found.report.plan.command, text.thousands(found.report.counts.ok),
    text.count(found.report.total, "item"))
end

function parts.path(put, found)
  put("%1", found.report.path)
end

function parts.bar(put, found)
  for _, state in ipairs(STATES) do
    local count = found.report.counts[state]
    if count > 0 then put('<i class="%1" style="flex-grow: %2"></i>', state, count) end
  end
end

function parts.legend(put, found)
  for _, state in ipairs(STATES) do
    put("<li>" .. mark(state, "%1 %2") .. "</li>\n", text.thousands(found.report.counts[state]),
      state)
  end
end

function parts.overview(put, found)
  for _, row in ipairs(words.overview(found)) do
    put("<dt>%1</dt><dd>%2</dd>\n", row.name, row.value)
  end
end

-- Writes a table. Links from other parts name the table and the number of the row.
local function write_table(put, list)
  put("<h2>%1</h2>\n<table><thead><tr>", list.heading)
  for _, column in ipairs(list.columns) do put('<th class="%1">%2</th>', column[3], column[2]) end
  put "</tr></thead>\n<tbody>\n"
  for i, row in ipairs(list) do
    put('<tr id="%1%2">', list.name, i)
    for _, column in ipairs(list.columns) do
      local value, name = row[column[1]], column[3] == "number" and column[2] or ""
      put('<td class="%1" data-name="%2">' .. (column[1] == "state" and mark(value) or "%3")
        .. "</td>", column[3], name, value)
    end
    put "</tr>\n"
  end
  put "</tbody></table>\n"
end

-- Writes what is not ok, and the commands that go on.
function parts.failures(put, found)
  local _, list = words.tables(found)
  if list[1] then write_table(put, list) end
  for _, line in ipairs(summary.advice(found.report)) do
    put((filled("<p>%1</p>\n", line):gsub("`(.-)`", "<code>%1</code>")))
  end
end

function parts.tables(put, found)
  local runs, _, unknown = words.tables(found)
  if runs[1] then write_table(put, runs) end
  if unknown[1] then write_table(put, unknown) end
end

local function clock(time) return times.text(time):sub(12, 19) end

local function bar(put, class, place, top, height)
  put('<rect class="%1" x="%2" y="%3" width="0.9" height="%4"/>', class, place + 0.05,
    ("%.2f"):format(top), ("%.2f"):format(height))
end

-- Writes a time line: a bar for the requests of some seconds, and the documented rate as a line.
local function figure(put, line, rate)
  local requests, failed, each = line.requests, line.failed, line.seconds
  local slots, highest = math.max(#requests, MIN_BARS), 0
  for _, count in ipairs(requests) do highest = math.max(highest, count / each) end
  local top = math.max(highest, rate or 0) * 1.25
  local step = 10 ^ math.floor(math.log(top) / math.log(10)) / 2
  if top / step > 10 then step = step * 4 elseif top / step > 5 then step = step * 2 end
  put('<figure><figcaption>%1: a bar for each %2</figcaption>\n<div class="chart">',
    times.shown(line.from), each == 1 and "second" or each .. " seconds")
  for level = step, top, step do
    put('<div class="scale" style="top: %1%"><span>%2</span></div>',
      ("%.2f"):format(100 - level / top * 100), words.rate(level))
  end
  if rate then
    put('<div class="rate" style="top: %1%"><span>documented: %2</span></div>',
      ("%.2f"):format(100 - rate / top * 100), words.rate(rate))
  end
  put('<svg viewBox="0 0 %1 100" preserveAspectRatio="none" role="img" '
    .. 'aria-label="requests a second">', slots)
  for i, count in ipairs(requests) do
    local height, bad = count / each / top * 100, failed[i] / each / top * 100
    put("<g><title>%1: %2</title>", clock(line.from + (i - 1) * each),
      text.count(count, "request"))
    bar(put, "ok", i - 1, 100 - height, height - bad)
    if bad > 0 then bar(put, "failed", i - 1, 100 - bad, bad) end
    put "</g>\n"
  end
  put('</svg></div>\n<div class="ends"><span>%1</span><span>%2</span></div></figure>\n',
    clock(line.from), clock(line.from + slots * each) .. " UTC")
end

function parts.lines(put, found)
  local list = {}
  for _, run in ipairs(found.runs) do
    if run.rate then list[#list + 1] = run.line end -- one request is no line
  end
  if not list[1] then return end
  put("<h2>Requests a second</h2>\n<p class=\"faint\">"
    .. mark("ok", "requests in which all is ok") .. " " .. mark("failed", "others") .. ", by the "
    .. "time of the answer, so that a bar may have some more than went out in its time</p>\n")
  for i = math.max(#list - page.MAX_FIGURES + 1, 1), #list do
    figure(put, list[i], found.documented_rate)
  end
end

-- Returns the groups that are not ok, and the items that are ok as a group.
local function all_groups(found)
  local list = {}
  for i, group in ipairs(found.groups) do list[i] = group end
  list[#list + 1] = { state = "ok", numbers = found.report:numbers { ok = true } }
  return list
end

-- Writes the first items of each group.
function parts.items(put, found)
  for number, group in ipairs(all_groups(found)) do
    local cause = group.cause
    local why = cause and '<a href="#group%2">%3</a>' or ""
    for place = 1, math.min(#group.numbers, page.MAX) do
      local i = group.numbers[place]
      put('<tr class="' .. group.state .. '"><td class="item wide">%1</td><td class="word">'
        .. mark(group.state) .. '</td><td class="word">' .. why .. '</td><td class="item word">%4'
        .. "</td></tr>\n", groups.name(found.report:item(i)), number,
        cause and (cause.code or cause.message), found.request_ids[i])
    end
  end
end

-- Tells how many items of a state are left out.
function parts.left(put, found)
  local left = {}
  for _, group in ipairs(all_groups(found)) do
    left[group.state] = (left[group.state] or 0) + math.max(#group.numbers - page.MAX, 0)
  end
  for _, state in ipairs(STATES) do
    if (left[state] or 0) > 0 then
      put('<p class="faint">... and %1 that are %2; the report has all of them.</p>',
        text.count(left[state], "item"), state)
    end
  end
end

function parts.footer(put)
  put("streamctl %1, %2", core._VERSION, times.shown(core.now()))
end

-- ---- the page ----

-- Writes a page by `write(piece)`. `found`: the facts of a report, see `facts.lua`.
function page.write(found, write)
  local pieces, size = {}, 0
  local function flush()
    write(table.concat(pieces))
    pieces, size = {}, 0
  end
  local function add(piece)
    pieces[#pieces + 1], size = piece, size + #piece
    if size > PIECE then flush() end
  end
  local function put(format, ...) add(filled(format, ...)) end
  for before, word in (template .. "{{}}"):gmatch "(.-){{(%a*)}}" do
    add(before)
    if word ~= "" then parts[word](put, found) end
  end
  flush()
end

return page
