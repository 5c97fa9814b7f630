--- The command `streamctl`, on the public API alone. `require "streamctl"` never loads this.
-- @module streamctl.cli

local cli = {}

-- What the first words say of how to tell of failures, before they are understood.
local function guess(words)
  local args = {}
  for i, word in ipairs(words) do
    if word == "--" then break end
    local format = word:match "^%-o(json.*)$" or word:match "^%-%-output=(.*)$"
      or ((word == "-o" or word == "--output") and words[i + 1])
    if format == "json" or format == "jsonl" then args.output = format end
    if word == "-v" or word == "--verbose" then args.verbose = true end
  end
  return args
end

local function perform(invocation)
  local core = require "streamctl.core"
  if core.default_signals then core.default_signals() end
  if invocation.words[1] == "--version" then
    invocation.out:line("streamctl " .. core._VERSION)
    return 0
  end
  local args = require("streamctl.cli.parser").parse(invocation.words)
  invocation.args = args
  return args.command.run(invocation)
end

-- How to get the modules that the command needs and that are not its own.
local INSTALL = {
  argparse = "install lua-argparse (Debian), or run: luarocks install argparse",
  cjson = "install lua-cjson (Debian), or run: luarocks install lua-cjson",
}

-- What to say of a module that cannot be loaded; nil when that is not what happened.
local function unloadable(thrown)
  local message = tostring(thrown)
  local name = message:match "module '([^']+)' not found"
  if name then
    return ("%s has no module '%s': %s"):format(_VERSION, name, INSTALL[name]
      or "install streamctl for this Lua, or set LUA_PATH and LUA_CPATH")
  end
  local why
  name, why = message:match "error loading module '([^']+)' from file '[^\n]-':%s*([^\n]*)"
  return name and ("%s cannot load the module '%s': %s"):format(_VERSION, name, why)
end

-- Tells of what ended the command; gives the status.
local function report(invocation, thrown, trace)
  local failure = require "streamctl.cli.failure"
  if not failure.is(thrown) then
    local missing = type(thrown) == "string" and unloadable(thrown)
    if missing then
      thrown = failure.new(2, missing)
    else
      local told = "internal error: " .. tostring(thrown):gsub("%s*\n%s*", " ")
      local lines = { told }
      for text in (invocation.args.verbose and trace or ""):gmatch "[^\n]+" do
        lines[#lines + 1] = text
      end
      thrown = failure.new(1, lines)
    end
  end
  if thrown.text then invocation.out:write(thrown.text) end
  if thrown.message then invocation.say:failure(thrown, invocation.args.output) end
  return thrown.status
end

-- Brings out what is still held back; a status when that fails.
local function finish(invocation)
  local out = rawget(invocation, "out")
  if not out then return 0 end
  out:finish()
  if out.fault then
    invocation.say:warn("stdout cannot be written: %s", out.fault)
    return 1
  end
  return out.closed and 141 or 0
end

local function run(invocation)
  local trace
  local ok, result = xpcall(function() return perform(invocation) end, function(thrown)
    trace = debug.traceback("", 2)
    return thrown
  end)
  if ok then
    invocation.say:clear()
    local written = finish(invocation)
    return result ~= 0 and result or written
  end
  local status = report(invocation, result, trace)
  local written = finish(invocation)
  return status ~= 0 and status or written
end

--- Runs a command line.
-- @tparam table words
-- @treturn integer exit status
function cli.main(words)
  -- needs the library, which may not be there
  local loaded, status = pcall(function()
    return run(require("streamctl.cli.invocation").new(guess(words), words))
  end)
  if loaded then return status end
  local missing = unloadable(status)
  io.stderr:write("streamctl: ", missing or "internal error: " .. tostring(status), "\n")
  return missing and 2 or 1
end

return cli
