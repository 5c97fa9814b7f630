-- Runs the emulator for a program or for a person:
--
--   lua5.4 spec/support/emulator/run.lua [--no-rates] [-- command arguments...]
--
-- With a command: runs it in an environment that points to the emulator and exits with its status.
-- Without: prints that environment and stays until Ctrl-C or the end of its input; where its input
-- is a terminal, which jobs in the background must not read, or /dev/null, as in services, until a
-- signal.

local directory = arg[0]:match("^(.*)/[^/]*$") or "."
local emulator = assert(loadfile(directory .. "/../emulator.lua"))()

local function quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function usage(problem)
  io.stderr:write("run.lua: ", problem, "\nusage: run.lua [--no-rates] [-- command arguments...]\n")
  os.exit(2)
end

local function parse(arguments)
  local rates, command = true, nil
  for _, argument in ipairs(arguments) do
    if command then
      command[#command + 1] = quote(argument)
    elseif argument == "--" then
      command = {}
    elseif argument == "--no-rates" then
      rates = false
    else
      usage("unknown option " .. argument)
    end
  end
  if command and #command == 0 then usage("no command after --") end
  return rates, command
end

-- os.execute gives the status itself in Lua 5.1 (as wait() sees it) and true/nil, "exit", status
-- later.
local function status_of(result, how, code)
  if type(result) == "number" then
    return result > 255 and math.floor(result / 256) or result == 0 and 0 or 128 + result
  elseif how == "signal" then
    return 128 + code
  end
  return code
end

-- While a child runs, Ctrl-C ends the child and not this Lua, which can then clean up. The child
-- must not hold the pipe by which the emulator notices that this Lua is gone, so it closes what it
-- does not need.
local CLOSE = "exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; "

local function stay()
  local is_endless = status_of(os.execute("test -t 0 || test /dev/stdin -ef /dev/null")) == 0
  local how = is_endless and "Ctrl-C or another signal stops it"
    or "Ctrl-C or the end of input stops it"
  io.write("# running; ", how, "\n")
  io.stdout:flush()
  os.execute(CLOSE .. (is_endless and "while kill -0 $PPID 2>/dev/null; do sleep 1; done"
    or "exec cat >/dev/null"))
end

local rates, command = parse(arg)
local e, problem = emulator.start { rates = rates }
if not e then
  io.stderr:write(problem, "\n")
  os.exit(1)
end

local exports, status = "", 0
for _, pair in ipairs(e:environment()) do
  exports = exports .. "export " .. pair[1] .. "=" .. quote(pair[2]) .. "\n"
end
if command then
  status = status_of(os.execute(exports .. table.concat(command, " ")))
else
  io.write(exports)
  stay()
end
e:stop()
os.exit(status)
