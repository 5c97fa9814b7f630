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

local page = { MAX = 1000 } -- items of a group

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
      local value = row[column[1]]
      put('<td class="%1">' .. (column[1] == "state" and mark(value) or "%2") .. "</td>",
        column[3], value)
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

-- Writes the first items of each group, and how many more there are.
function parts.items(put, found)
  local list = { { state = "ok", numbers = found.report:numbers { ok = true } } }
  for i, group in ipairs(found.groups) do table.insert(list, i, group) end
  for number, group in ipairs(list) do
    local cause, more = group.cause, #group.numbers - page.MAX
    local why = cause and '<a href="#group%2">%3</a>' or ""
    for place = 1, math.min(#group.numbers, page.MAX) do
      local i = group.numbers[place]
      put('<tr class="' .. group.state .. '"><td class="item wide">%1</td><td class="word">'
        .. mark(group.state) .. '</td><td class="word">' .. why .. '</td><td class="item word">%4'
        .. "</td></tr>\n", groups.name(found.report:item(i)), number,
        cause and (cause.code or cause.message), found.request_ids[i])
    end
    if more > 0 then
      put('<tr><td class="faint">... and %1 that are %2; the report has all of them</td></tr>\n',
        text.count(more, "item"), group.state)
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
