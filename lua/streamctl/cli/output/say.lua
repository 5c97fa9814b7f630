--- What people are told while the command works: stderr.
-- @module streamctl.cli.output.say

local text = require "streamctl.cli.output.text"

local Say = {}
Say.__index = Say

local say = {}

-- What JSON calls failures that are not those of a call, by their status.
local CODES = { [2] = "usage" }

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
local function line(self, prefix, ...)
  self:clear()
  self.stream:write(prefix, text.clean(text.format(...)), "\n")
  self.stream:flush()
end

--- Writes a line in any case, as it is.
function Say:line(value)
  line(self, "", "%s", value)
end

--- Writes a line, unless --quiet was given. `format`: of string.format; the text itself when
-- nothing follows.
function Say:note(...)
  if not self.quiet then line(self, "", ...) end
end

--- Writes a line in any case. `format`: of string.format; the text itself when nothing follows.
function Say:warn(...)
  line(self, "streamctl: ", ...)
end

--- Writes a question, behind which the answer is typed.
function Say:question(value)
  self:clear()
  self.stream:write(text.clean(value))
  self.stream:flush()
end

-- The fields of a failed call that JSON tells.
local TOLD = { "vendor", "operation", "vendor_code", "http_status", "request_id", "maybe_sent",
  "attempts", "settle" }

--- Tells why the command ends: in lines, or as `{"error": {...}}` where JSON was asked for.
-- `failure`: see @{streamctl.cli.failure}.
function Say:failure(failure, format)
  local lines = failure.message
  if type(lines) ~= "table" then lines = { lines } end
  local err = failure.err or {}
  if format ~= "json" and format ~= "jsonl" then
    self:warn("%s", lines[1])
    for i = 2, #lines do self:line(lines[i]) end
    return
  end
  local told = { code = err.code or CODES[failure.status] or "failed", status = failure.status,
    message = table.concat(lines, "\n") }
  for _, name in ipairs(TOLD) do told[name] = err[name] end
  self:clear()
  local encode = require "streamctl.cli.output.encode"
  self.stream:write(encode.value({ error = told }, { "code", "message" }), "\n")
  self.stream:flush()
end

--- What --verbose shows of an event of a client (its option `on_event`).
function Say:event(event)
  if not self.verbose then return end
  local words = {}
  local function add(format, value)
    if value ~= nil then words[#words + 1] = format:format(value) end
  end
  add("%s", event.event)
  add("%s", event.operation)
  add("%d", event.attempt)
  add("%s", event.code)
  add("state %s", event.state)
  add("%s", event.reason)
  add("HTTP %d", event.http_status)
  add("vendor's code %s", event.vendor_code)
  add("request %s", event.request_id)
  add("%.3f s", event.elapsed or event.delay)
  line(self, "  ", "%s", table.concat(words, "  "))
end

return say
