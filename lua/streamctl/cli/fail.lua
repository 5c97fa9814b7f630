-- Ends the command early by a thrown table, which `streamctl.cli.main` alone catches.

local status = require "streamctl.cli.status"
local text = require "streamctl.cli.output.text"

local fail = {}

local Failure = { __name = "streamctl.cli.fail" }
Failure.__index = Failure

function Failure:__tostring()
  return type(self.message) == "table" and table.concat(self.message, "\n") or self.message or ""
end

-- Makes a failure. `code`: an exit status; `message`: a line or a list of lines; `err`: of a call;
-- `shown`: text for stdout.
function fail.new(code, message, err, shown)
  return setmetatable({ status = code, message = message, err = err, text = shown }, Failure)
end

function fail.raise(...)
  error(fail.new(...), 0)
end

-- Ends the command because of wrong use, before anything is sent.
function fail.usage(message, ...)
  fail.raise(status.USAGE, text.format(message, ...))
end

-- Returns a message of the library for a shell: without a page of HTML, and with the variable that
-- names the file of authorities.
function fail.message(text_of_library)
  return (text_of_library:gsub("<!?%a[^>]*>.*</%a+>?", "(a page of HTML)")
    :gsub("tls%.ca_file", "STREAMCTL_CA_FILE")
    :gsub("error setting certificate [^;]*", "%0 (STREAMCTL_CA_FILE)"))
end

-- Returns the query that settles a call as a command line, without values that may hold a key.
function fail.query(settle)
  local words = {}
  for name, value in pairs(settle.params) do
    local fits = type(value) ~= "table" and #tostring(value) <= 200
      and tostring(value):find "^[%w_.:/-]+$" -- keys are behind a question mark, or before an @
    words[#words + 1] = name .. "=" .. (fits and tostring(value) or "...")
  end
  table.sort(words)
  return ("streamctl call %s %s"):format(text.word(tostring(settle.operation)),
    table.concat(words, " "))
end

-- Ends the command because a call failed.
function fail.call(message, err)
  if type(err.settle) == "table" then
    message = message:gsub("client:settle%(err%) asks that", function()
      return "`" .. fail.query(err.settle) .. "` asks that"
    end)
  end
  fail.raise(status.of(err), fail.message(message), err)
end

-- Returns the text of an error that a function of the library threw, without its place in Lua.
function fail.text_of(thrown) return (tostring(thrown):gsub("^[^\n]-:%d+: ", "")) end

-- Messages of Lua about a defect. A request may have been sent, so a defect is no wrong use.
local DEFECTS = { "^attempt to ", "^bad argument #", "^stack overflow", "^not enough memory" }

-- Calls a function of the library, and ends the command by `usage` where the call throws.
function fail.checked(work, ...)
  local function decide(ok, result, ...)
    if ok then return result, ... end
    if type(result) ~= "string" then error(result, 0) end
    local message = fail.text_of(result)
    for _, pattern in ipairs(DEFECTS) do
      if message:find(pattern) then error(result, 0) end
    end
    fail.usage("%s", message)
  end
  return decide(pcall(work, ...))
end

-- Throws again what ended a batch, unless the command did. `ended`: the report of the batch.
function fail.pass_on(ended)
  local why = ended.err
  if why and why.code ~= "cancelled" then error(why.thrown or why.message, 0) end
  return ended
end

function fail.is(value) return getmetatable(value) == Failure end

return fail
