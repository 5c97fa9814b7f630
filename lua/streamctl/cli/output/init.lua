--- What the command's stdout gets: data only, in the format that was asked for.
-- @module streamctl.cli.output

local text = require "streamctl.cli.output.text"

local EPIPE = 32

local COLOURS = { heading = "1", ok = "32", failed = "31", unknown = "33", unsent = "2" }

local Out = {}
Out.__index = Out

local output = {}

-- JSON and tables are loaded by who writes them: `streamctl --version` starts without.
local function encode() return require "streamctl.cli.output.encode" end

--- Makes it. `options`: `stream` (a file), `format` ("table", "json", "jsonl" or "ids"), `columns`
-- (of a terminal; 0: nobody knows; nil: it is none), `coloured`, `say` (see
-- `streamctl.cli.output.say`). Returns it with `format`; `closed` is true once the reader went
-- away, `fault` the message of any other failure to write.
function output.new(options)
  if not options.columns then options.stream:setvbuf "full" end
  return setmetatable({
    stream = options.stream, format = options.format or "table", columns = options.columns,
    coloured = options.coloured, say = options.say,
  }, Out)
end

--- A text in the colour of a name, if both the name and the output have one.
function Out:paint(name, value)
  local code = self.coloured and COLOURS[name]
  return code and "\27[" .. code .. "m" .. value .. "\27[0m" or value
end

-- Notes how writing went.
local function check(self, ok, message, code)
  if ok then return end
  if code == EPIPE then self.closed = true else self.fault = self.fault or message end
end

--- Writes text as it is. After a failure nothing more is written.
function Out:write(data)
  if self.closed or self.fault then return end
  if self.columns then self.say:clear() end
  check(self, self.stream:write(data))
end

-- LuaJIT's compiler leaves out whether file:write worked.
local jit = rawget(_G, "jit")
if jit then jit.off(Out.write) end

--- Writes what is buffered.
function Out:flush()
  if self.closed or self.fault then return end
  check(self, self.stream:flush())
end

--- Writes a line for people or for scripts, whatever the format. `value`: made printable.
function Out:line(value)
  self:write(text.clean(value) .. "\n")
end

local function is_json(self)
  return self.format == "json" or self.format == "jsonl"
end

-- "Data.Items.1.Id: x" lines.
local function write_fields(self, value, prefix, first)
  for _, key in ipairs(encode().keys(value, first)) do
    local field, name = value[key], prefix .. tostring(key)
    if type(field) == "table" and next(field) ~= nil then
      write_fields(self, field, name .. ".")
    else
      self:write(self:paint("heading", text.clean(name) .. ":") .. " "
        .. (type(field) == "table" and "" or text.clean(field)) .. "\n")
    end
  end
end

--- Writes one object: JSON, or lines with a field each. `first`, if any: the keys that come first;
-- the others are sorted.
function Out:object(value, first)
  if is_json(self) then
    self:write(encode().value(value, first) .. "\n")
  else
    write_fields(self, value, "", first)
  end
end

--- Writes one value: itself, or `{"name": value}`.
function Out:value(name, value)
  if is_json(self) then self:object { [name] = value } else self:line(value) end
end

-- ---- rows ----

-- By format: `begin(self)`, `add(self, row)`, `close(self, further)`.
local formats = { ids = {}, jsonl = {}, json = {} }

function formats.ids.add(self, row)
  local id = row[self.columns.id]
  if id ~= nil then self.out:line(id) end
end

function formats.jsonl.add(self, row)
  self.out:write(encode().value(row, self.keys) .. "\n")
  self.out:flush()
end

function formats.json.add(self, row)
  self.out:write((self.begun and ",\n" or '{"items":[\n') .. encode().value(row, self.keys))
  self.begun = true
end

function formats.json.close(self, further)
  self.out:write(self.begun and "\n]" or '{"items":[]')
  for _, key in ipairs(encode().keys(further or {})) do
    self.out:write("," .. encode().value(key) .. ":" .. encode().value(further[key]))
  end
  self.out:write "}\n"
end

local Rows = {}
Rows.__index = Rows

--- Begins a table of rows; there is one at a time. `columns`: a list of `{ key, heading }`, and
-- `id`, the key that -o ids writes.
function Out:rows(columns)
  local format = formats[self.format] or require "streamctl.cli.output.table"
  self.open = setmetatable({ out = self, columns = columns, keys = {}, format = format }, Rows)
  for i, column in ipairs(columns) do self.open.keys[i] = column[1] end
  if format.begin then format.begin(self.open) end
  return self.open
end

--- Adds a row: a table's columns show the fields that they name, and the lines of `below` under
-- them; JSON has all fields.
function Rows:add(row)
  self.format.add(self, row)
end

--- Ends the table. `further`, if any: fields that -o json writes beside `items`.
function Rows:close(further)
  self.out.open = nil
  if self.format.close then self.format.close(self, further) end
end

--- Ends all writing: what is held back is written, and whether it arrived is known. Of a table that
-- a failure left open -o json says that rows are missing.
function Out:finish()
  if self.open then self.open:close { incomplete = true } end
  self:flush()
end

return output
