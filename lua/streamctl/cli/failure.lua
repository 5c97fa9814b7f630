-- How the command ends early: a thrown table, caught by `streamctl.cli.main` alone.

local status = require "streamctl.cli.status"
local text = require "streamctl.cli.output.text"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local failure = {}

local Failure = { __name = "streamctl.cli.failure" }
Failure.__index = Failure

function Failure:__tostring()
  return type(self.message) == "table" and table.concat(self.message, "\n") or self.message or ""
end

-- Makes such an end, without ending. `code`: an exit status; `message`: what was wrong, what was
-- expected, what to do, as a line or a list of lines; `err`, if any: of a call.
function failure.new(code, message, err)
  return setmetatable({ status = code, message = message, err = err }, Failure)
end

-- Ends the command so. What was begun must have been written down before.
function failure.raise(code, message, err)
  error(failure.new(code, message, err), 0)
end

-- Ends the command because it was called wrongly: nothing was sent.
function failure.usage(message, ...)
  failure.raise(status.USAGE, text.format(message, ...))
end

local LONGEST = 64 -- bytes of a value that is written out

-- The query that settles a call, as a command line. Values that may hold a key are left out.
local function query_of(settle)
  local words = {}
  for name, value in pairs(settle.params) do
    local plain = type(value) ~= "table" and tostring(value)
    local fits = plain and #plain <= LONGEST and plain:find "^[%w_.:-]+$"
    words[#words + 1] = name .. "=" .. (fits and plain or "...")
  end
  table.sort(words)
  return table.concat({ "streamctl call", settle.operation, unpack(words) }, " ")
end

-- Ends the command because a call failed.
function failure.call(message, err)
  if type(err.settle) == "table" then
    message = message:gsub("client:settle%(err%) asks that", function()
      return "`" .. query_of(err.settle) .. "` asks that"
    end)
  end
  failure.raise(status.of(err), message, err)
end

-- Ends the command with a text for stdout, as --help does.
function failure.show(data)
  local shown = failure.new(status.OK)
  shown.text = data
  error(shown, 0)
end

-- What Lua itself says of a program that is wrong. After that nobody knows whether anything was
-- sent, so it must not pass for wrong use.
local DEFECTS = { "^attempt to ", "^bad argument #", "^stack overflow", "^not enough memory" }

-- Calls a function that throws when it is called wrongly, such as `streamctl.zego.new`: then the
-- command was, and ends so. Returns what it returns.
function failure.checked(work, ...)
  local function decide(ok, result, ...)
    if ok then return result, ... end
    if type(result) ~= "string" then error(result, 0) end
    local message = result:gsub("^[^\n]-:%d+: ", "")
    for _, pattern in ipairs(DEFECTS) do
      if message:find(pattern) then error(result, 0) end
    end
    failure.usage("%s", message)
  end
  return decide(pcall(work, ...))
end

-- Raises what the command's own code threw inside of a batch. `ended`: the report of the batch.
function failure.pass_on(ended)
  local why = ended.failure
  if why then error(why.thrown or why.message, 0) end
  return ended
end

-- Whether a thrown value is such an end.
function failure.is(value)
  return getmetatable(value) == Failure
end

return failure
