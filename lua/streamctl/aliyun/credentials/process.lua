--- Keys that a program prints, as for the mode External of the vendor's command line tool: a JSON
-- object on its standard output,
--
--     { "mode": "StsToken", "access_key_id": "...", "access_key_secret": "...",
--       "sts_token": "...", "expiration": "2030-01-02T03:04:05Z" }
--
-- No shell is involved. The program gets the environment of this process and no standard input; its
-- standard error is dropped, since it may hold secrets. Inside nginx, which reaps all programs
-- itself, the exit status is unknown, and the answer alone counts.
-- @public streamctl.aliyun.credentials.process

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local errors = require "streamctl.base.errors"
local mappings = require "streamctl.aliyun.credentials.mapping"
local http = require "streamctl.aliyun.credentials.http"
local json = require "streamctl.base.json"
local kind = require "streamctl.credentials.kind"
local options = require "streamctl.base.options"
local poll = require "streamctl.loop.poll"
local system = require "streamctl.system"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local TIMEOUT = 60          -- seconds
local MAX_BYTES = 65536     -- of an answer
local PAUSES = { shortest = 0.001, longest = 0.1, share = 1 } -- between two polls of a program

local DISABLED = "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS"

-- Returns a program's output; or nil, the fault, and whether the time was over. After the program's
-- end, a complete answer is enough, since processes that it left behind may keep the output open.
local function output_of(child, loop, seconds)
  local output, is_open, status, fault = "", true, nil, nil
  local is_over = poll(loop.sleep, core.monotonic() + seconds, function()
    local before, piece = #output, ""
    status = child:status() -- before the read, which then has all output of the program itself
    repeat
      if is_open then piece, fault = child:read() end
      is_open, output = is_open and piece ~= nil, output .. (piece or "")
      if #output > MAX_BYTES then fault = "it wrote more than 64 KiB" end
    until fault or not is_open or piece == ""
    local is_whole = status and (not is_open or status > 0 or json.decode(output))
    return fault or is_whole, #output > before
  end, PAUSES)
  if fault then return nil, fault end
  if not is_over then return nil, ("it did not end within %.3g seconds"):format(seconds), true end
  if status > 0 then
    return nil, ("it ended with status %d; run it by hand to see why"):format(status)
  end
  if is_open then child:leave() end
  return output
end

-- Reads an answer's credentials; or returns nil and its fault.
local function read(text)
  local answer = json.decode(text)
  if not answer then return nil, "the command's answer: it is no JSON object" end
  local mode, expiration = answer.mode, answer.expiration
  if mode ~= nil and mode ~= "AK" and mode ~= "StsToken" then
    return nil, "the command's answer: its mode is neither AK nor StsToken"
  end
  local static, why = mappings.make({ kind = "static", fields = mappings.KEY_AND_TOKEN,
    needs = mode == "StsToken" and { "security_token" } or nil }, answer, "the command's answer")
  local expires
  if static and (expiration or "") ~= "" then expires, why = http.expires(expiration) end
  if why then return nil, why end
  return options.merged(static.options, { expires = expires, provider = "external" })
end

local function fetch(self, context)
  if kind.flag(DISABLED) or kind.variable(DISABLED) == "1" then
    return self:fail("programs are forbidden by the variable " .. DISABLED)
  end
  local loop, left = context.loop, context.deadline - core.monotonic()
  local refusal = loop.refusal and loop.refusal()
  if refusal then return self:fail(refusal, { code = "cannot_wait" }) end
  if left <= 0 then return self:fail "the call's time was over before the command could be run" end
  local child, why = system.spawn(self.words)
  if not child then return self:fail("the command: " .. errors.text_of(why)) end
  local text, credentials, is_late
  text, why, is_late = output_of(child, loop, math.min(self.options.timeout or TIMEOUT, left))
  if not text then
    child:kill()
    return self:fail("the command: " .. why, { retryable = is_late })
  end
  credentials, why = read(text)
  if not credentials then return self:fail(why) end
  return credentials
end

local function words_of(text)
  local words = {}
  for word in text:gmatch "%S+" do words[#words + 1] = word end
  return words
end

local function command(value)
  if type(value) == "string" then
    return checks.text(value) or not value:find "%S" and "names no program"
      or value:find "[\"'\\]" and "has quotes or a backslash, which only a shell reads; a list of "
        .. "words may have blanks in them" or nil
  end
  local count = type(value) == "table" and encode.list_length(value) or 0
  for i = 1, count do
    if type(rawget(value, i)) ~= "string" or value[i]:find("%z") then count = 0 end
  end
  if count == 0 or value[1] == "" then return "must be text, or a list of words" end
end

--- What `process` takes.
-- @table options
-- @tfield string|table command the program, found by PATH, and its arguments: text that is split at
-- its blanks, or a list
-- @tfield number timeout seconds for one run, 60, or less when the waiting call has less
local FIELDS = { { "command", command, true }, { "timeout", checks.seconds } }

--- The keys that a program prints, as a source.
-- @function credentials.process
-- @tparam table options see @{options}
-- @treturn table source
return kind.define("aliyun", "process", FIELDS, fetch, function(self, opts)
  local line = opts.command
  self.words = type(line) == "string" and words_of(line) or { unpack(line) }
end)
