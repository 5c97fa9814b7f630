--- What people are told while the command works: stderr.
-- @module streamctl.cli.output.say

local text = require "streamctl.cli.output.text"

local Say = {}
Say.__index = Say

local say = {}

--- Makes it. `options`: `stream` (a file), `quiet`, `verbose`.
function say.new(options)
  return setmetatable({
    stream = options.stream, quiet = options.quiet, verbose = options.verbose,
  }, Say)
end

--- Takes the progress line away, so that something else can be written to the terminal.
function Say:clear()
  if self.progress then self.progress:clear() end
end

-- Nothing is left to tell when stderr is gone, so failures are not looked at.
local function write(self, ...)
  self:clear()
  self.stream:write(...)
  self.stream:flush()
end

--- Writes a line in any case, as it is.
function Say:line(value)
  write(self, text.clean(value), "\n")
end

--- Writes a line, unless --quiet was given. `format`: of string.format; the text itself when
-- nothing follows.
function Say:note(...)
  if not self.quiet then self:line(text.format(...)) end
end

--- Writes a line in any case. `format`: as above.
function Say:warn(...)
  self:line("streamctl: " .. text.format(...))
end

--- Writes a question, behind which the answer is typed.
function Say:question(value)
  write(self, text.clean(value))
end

-- The fields of a failed call that JSON tells.
local TOLD = { "vendor", "operation", "vendor_code", "http_status", "request_id", "maybe_sent",
  "attempts", "settle" }

--- Tells why the command ends: in lines, or as `{"error": {...}}` where JSON was asked for.
-- `failure`: see `streamctl.cli.failure`.
function Say:failure(failure, format)
  local lines, err = failure.message, failure.err or {}
  if type(lines) ~= "table" then lines = { lines } end
  if format ~= "json" and format ~= "jsonl" then
    for i, line in ipairs(lines) do self:line((i == 1 and "streamctl: " or "") .. line) end
    return
  end
  local encode = require "streamctl.cli.output.encode"
  local told = { code = err.code or failure.status == 2 and "usage" or "failed",
    status = failure.status, message = table.concat(lines, "\n") }
  for _, name in ipairs(TOLD) do told[name] = err[name] end
  write(self, encode.value({ error = told }, { "code", "message" }), "\n")
end

-- What --verbose shows of an event, in this order.
local SHOWN = {
  { "event", "%s" }, { "operation", "%s" }, { "attempt", "%d" }, { "code", "%s" },
  { "state", "state %s" }, { "reason", "%s" }, { "http_status", "HTTP %d" },
  { "vendor_code", "vendor's code %s" }, { "request_id", "request %s" }, { "elapsed", "%.3f s" },
  { "delay", "%.3f s" },
}

--- What --verbose shows of an event of a client (its option `on_event`).
function Say:event(event)
  if not self.verbose then return end
  local words = {}
  for _, it in ipairs(SHOWN) do
    local value = event[it[1]]
    if value ~= nil then words[#words + 1] = it[2]:format(value) end
  end
  self:line("  " .. table.concat(words, "  "))
end

return say
