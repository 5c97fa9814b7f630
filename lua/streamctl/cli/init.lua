-- The command `streamctl`, built on the public API. `require "streamctl"` never loads this module.

local status = require "streamctl.cli.status"

local cli = {}

-- Finds the flags about failures, before the command line is parsed.
local function guess(words)
  local line = " " .. table.concat(words, "  ") .. " "
  line = line:match "^(.-) %-%- " or line
  return { output = line:match " %-o *(jsonl?) " or line:match " %-%-output[= ] *(jsonl?) ",
    version = line:find(" --version ", 1, true) ~= nil,
    verbose = (line:find " %-vv? " or line:find(" --verbose ", 1, true)) ~= nil }
end

-- Modules are loaded where they are needed: a shell waits for `--version` and for completions.
local function perform(invocation)
  if invocation.args.version then
    invocation.out:line("streamctl " .. invocation.version)
    return status.OK
  end
  local args = require("streamctl.cli.parser").parse(invocation.words)
  invocation:use(args)
  return args.command.run(invocation) or status.OK
end

-- Advice for missing modules of others.
local INSTALL = {
  argparse = "install lua-argparse (Debian), or run: luarocks install argparse",
  cjson = "install lua-cjson (Debian), or run: luarocks install lua-cjson",
}

-- Returns a text about a module that cannot be loaded; nil for other errors.
local function unloadable(message)
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

-- Returns the failure that a command threw. Other errors are defects.
local function failure_of(invocation, thrown, trace)
  local fail = require "streamctl.cli.fail"
  if fail.is(thrown) then return thrown end
  local lines = { "internal error: " .. (tostring(thrown):gsub("%s*\n%s*", " ")) }
  for line in (invocation.args.verbose and trace or ""):gmatch "[^\n]+" do
    lines[#lines + 1] = line
  end
  return fail.new(status.FAILED, lines)
end

-- Runs a command line. Returns the exit status.
function cli.main(words)
  local invocation, trace
  local ok, result = xpcall(function()
    invocation = require("streamctl.cli.invocation").new(words, guess(words))
    return perform(invocation)
  end, function(thrown)
    trace = debug.traceback("", 2)
    return thrown
  end)
  local missing = not ok and type(result) == "string" and unloadable(result)
  if missing then -- the modules that tell of failures may be missing, too
    io.stderr:write("streamctl: ", missing, "\n")
    return status.USAGE
  end
  local failure = not ok and failure_of(invocation, result, trace) or { status = result }
  if failure.text then invocation.out:write(failure.text) end
  invocation.say:clear()
  local out = invocation.out
  out:finish() -- data comes before the message of a failure
  if out.fault then invocation.say:warn("stdout cannot be written: %s", out.fault) end
  if failure.message then invocation.say:failure(failure, invocation.args.output) end
  return status.of_end(failure.status, out)
end

return cli
