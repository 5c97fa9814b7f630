-- Tells people on stderr about the work of a command.

local json_line = require "streamctl.cli.output.json_line"
local text = require "streamctl.cli.output.text"

local say, Say = {}, {}
Say.__index = Say

-- Makes the talk of a command of its fields: `stream` (a file), `quiet`, `verbose`.
function say.new(talk) return setmetatable(talk, Say) end

-- Removes the progress line before other text.
function Say:clear()
  if self.progress then self.progress:clear() end
end

-- A failure of stderr cannot be told, and is ignored.
local function write(self, ...)
  self:clear()
  self.stream:write(...)
  self.stream:flush()
end

function Say:line(value)
  write(self, text.clean(value), "\n")
end

-- Writes a line without --quiet. Without further values the format is the text itself.
function Say:note(...)
  if not self.quiet then self:line(text.format(...)) end
end

function Say:warn(...)
  self:line("streamctl: " .. text.format(...))
end

-- Writes a question; the user types the answer behind the question.
function Say:question(value)
  write(self, text.clean(value))
end

-- Fields of a failed call for JSON.
local TOLD = { "outcome", "vendor", "operation", "vendor_code", "http_status", "request_id",
  "maybe_sent", "attempts", "settle" }

-- Tells why the command ends, in lines or as `{"error": {...}}`. See `streamctl.cli.fail`.
function Say:failure(failure, format)
  local lines, err = failure.message, failure.err or {}
  if type(lines) ~= "table" then lines = { lines } end
  if format ~= "json" and format ~= "jsonl" then
    self:line("streamctl: " .. lines[1])
    for i = 2, #lines do self:line(lines[i]) end
    return
  end
  local told = { code = err.code or failure.status == 2 and "usage" or "failed",
    status = failure.status, message = table.concat(lines, "\n") }
  for _, name in ipairs(TOLD) do told[name] = err[name] end
  write(self, json_line.value({ error = told }, { "code", "message" }), "\n")
end

-- Fields of an event for --verbose, and their formats.
local SHOWN = {
  { "event", "%s" }, { "operation", "%s" }, { "attempt", "%d" }, { "code", "%s" },
  { "state", "state %s" }, { "reason", "%s" }, { "http_status", "HTTP %d" },
  { "vendor_code", "vendor's code %s" }, { "request_id", "request %s" }, { "elapsed", "%.3f s" },
  { "delay", "%.3f s" },
}

-- Writes first line and headers of a request or a response, each behind a sign.
local function write_head(self, sign, head)
  for line in (head or ""):gmatch "[^\r\n]+" do self:line("  " .. sign .. " " .. line) end
end

-- Shows an event of a client (option `on_event`) with --verbose. The output has the result of the
-- call.
function Say:event(event)
  if not self.verbose or event.event == "begin" or event.event == "call" then return end
  local words = {}
  for _, field in ipairs(SHOWN) do
    local value = event[field[1]]
    if value ~= nil then words[#words + 1] = field[2]:format(value) end
  end
  self:line("  " .. table.concat(words, "  "))
  write_head(self, ">", event.request_head)
  write_head(self, "<", event.response_head)
end

return say
