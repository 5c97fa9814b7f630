-- Writes data to stdout, in the format of -o.

local json_line = require "streamctl.cli.output.json_line"
local table_format = require "streamctl.cli.output.table"
local text = require "streamctl.cli.output.text"

local EPIPE = 32
local COLOURS = { heading = "1", ok = "32", failed = "31", unknown = "33", unsent = "2",
  live = "32", offline = "33", allowed = "32", blocked = "33" }

local output, Out = {}, {}
Out.__index = Out

-- Makes the output of its fields: `stream` (a file), `format` ("table", "json", "jsonl" or "ids"),
-- `columns` (of a terminal, 0 for unknown; nil without a terminal), `coloured`, `say`. The output
-- gets `closed`, true once the reader went away, or `fault`, another failure to write.
function output.new(out)
  if not out.columns then out.stream:setvbuf "full" end
  return setmetatable(out, Out)
end

function Out:paint(name, value)
  local code = self.coloured and COLOURS[name]
  return code and "\27[" .. code .. "m" .. value .. "\27[0m" or value
end

-- Keeps a failure to write.
local function check(self, ok, message, code)
  if ok then return end
  if code == EPIPE then self.closed = true else self.fault = message end
end

-- Writes text unchanged. After a failure nothing more is written.
function Out:write(data)
  if self.closed or self.fault then return end
  if self.columns then self.say:clear() end
  check(self, self.stream:write(data))
end

function Out:flush()
  if not self.closed and not self.fault then check(self, self.stream:flush()) end
end

-- Code compiled by LuaJIT drops the result of file:write. It repeats a file:flush that failed, and
-- the second flush has nothing to write, so it succeeds.
local jit = rawget(_G, "jit")
if jit then
  jit.off(Out.write)
  jit.off(Out.flush)
end

-- Writes a printable line in any format.
function Out:line(value)
  self:write(text.clean(value) .. "\n")
end

-- Writes lines such as "Data.Items.1.Id: x".
local function write_fields(self, value, prefix, first)
  for _, key in ipairs(json_line.keys(value, first)) do
    local field, name = value[key], prefix .. tostring(key)
    if type(field) == "table" and next(field) ~= nil then
      write_fields(self, field, name .. ".")
    else
      self:write(("%s %s\n"):format(self:paint("heading", text.clean(name) .. ":"),
        type(field) == "table" and "" or text.clean(field)))
    end
  end
end

-- Writes an object as JSON or as lines with a field each; `first`, if any: the first keys.
function Out:object(value, first)
  if not self.format:find "^json" then return write_fields(self, value, "", first) end
  self:write(json_line.value(value, first) .. "\n")
end

-- ---- rows ----

-- By format: `begin(self)`, `add(self, row)`, `finish(self, further)`; `add` alone is required.
local formats = { ids = {}, jsonl = {}, json = {}, table = table_format }

function formats.ids.add(self, row)
  local id = row[self.columns.id]
  if id ~= nil then self.out:line(id) end
end

function formats.jsonl.add(self, row)
  self.out:write(json_line.value(row, self.keys) .. "\n")
  self.out:flush()
end

function formats.json.add(self, row)
  self.out:write((self.begun and ",\n" or '{"items":[\n') .. json_line.value(row, self.keys))
  self.begun = true
end

function formats.json.finish(self, further)
  self.out:write(self.begun and "\n]" or '{"items":[]')
  for _, key in ipairs(json_line.keys(further or {})) do
    self.out:write("," .. json_line.value(key) .. ":" .. json_line.value(further[key]))
  end
  self.out:write "}\n"
end

local function close(self, further)
  self.out.open = nil
  if self.finish then self:finish(further) end
end

-- Begins the rows of the output, of which only one set is open at a time. `columns`: a list of
-- `{ key, heading }`, and `id`, the key that -o ids writes. Returns a table with `add(row)` and
-- `close(further)`, fields that -o json writes beside `items`. Tables show the columns, and below
-- them the lines of `row.below`; JSON shows all fields.
function Out:rows(columns)
  local rows = setmetatable({ out = self, columns = columns, keys = {}, close = close },
    { __index = formats[self.format] })
  for i, column in ipairs(columns) do rows.keys[i] = column[1] end
  if rows.begin then rows:begin() end
  self.open = rows
  return rows
end

-- Ends all writing. For rows that a failure left open -o json writes that rows are missing.
function Out:finish()
  if self.open then self.open:close { incomplete = true } end
  self:flush()
end

return output
