-- The command `streamctl`, built on the public API. `require "streamctl"` never loads this module.

local cli = {}

-- Finds the flags about failures, before the command line is parsed.
local function guess(words)
  local args = {}
  for i, word in ipairs(words) do
    if word == "--" then break end
    local format = word:match "^%-o(json.*)$" or word:match "^%-%-output=(.*)$"
      or ((word == "-o" or word == "--output") and words[i + 1])
    if format == "json" or format == "jsonl" then args.output = format end
    args.version = args.version or word == "--version"
    if word == "-v" or word == "--verbose" then args.verbose = true end
  end
  return args
end

local function perform(invocation)
  if invocation.args.version then
    invocation.out:line("streamctl " .. invocation.version)
    return 0
  end
  local args = require("streamctl.cli.parser").parse(invocation.words)
  invocation.args = args
  if args.report or args.repair then
    require("streamctl.cli.bulk.report_file").prepare(invocation)
  end
  return args.command.run(invocation) or 0
end

-- Advice for missing modules of others.
local INSTALL = {
  argparse = "install lua-argparse (Debian), or run: luarocks install argparse",
  cjson = "install lua-cjson (Debian), or run: luarocks install lua-cjson",
}

-- Returns a message about a module that cannot be loaded; nil for other errors.
local function unloadable(thrown)
  local message = tostring(thrown)
  local name = message:match "module '([^']+)' not found"
  if name then
    return ("%s has no module '%s': %s"):format(_VERSION, name, INSTALL[name]
      or ("install %s for this Lua, or set LUA_PATH and LUA_CPATH"):format(
        name:find "^streamctl" and "streamctl" or "it"))
  end
  local why
  name, why = message:match "error loading module '([^']+)' from file '[^\n]-':%s*([^\n]*)"
  if name and why:find "undefined symbol: lua" then
    why = "it was built for another Lua: run streamctl with that Lua, or install it for this one"
  end
  return name and ("%s cannot load the module '%s': %s"):format(_VERSION, name, why)
end

-- Makes a failure of a defect.
local function defect(invocation, thrown, trace)
  local lines = { "internal error: " .. (tostring(thrown):gsub("%s*\n%s*", " ")) }
  for line in (invocation.args.verbose and trace or ""):gmatch "[^\n]+" do
    lines[#lines + 1] = line
  end
  return require("streamctl.cli.abort").new(1, lines)
end

-- Writes all buffered output. Returns an exit status.
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

-- Runs a command line. Returns the exit status.
function cli.main(words)
  local invocation, trace
  local ok, result = xpcall(function()
    invocation = require("streamctl.cli.invocation").new(guess(words), words)
    return perform(invocation)
  end, function(thrown)
    trace = debug.traceback("", 2)
    return thrown
  end)
  local missing = not ok and type(result) == "string" and unloadable(result)
  if missing then -- what tells of failures may not be loadable either
    io.stderr:write("streamctl: ", missing, "\n")
    return 2
  end
  local failure
  if not ok then
    local known = require("streamctl.cli.abort").is(result)
    failure = known and result or defect(invocation, result, trace)
    result = failure.status
    if failure.text then invocation.out:write(failure.text) end
  end
  invocation.say:clear()
  local written = finish(invocation) -- data comes before why it ends
  if failure and failure.message then invocation.say:failure(failure, invocation.args.output) end
  return result ~= 0 and result or written
end

return cli
