-- Changes the host around a process: its clocks, its mounts, its rights.

local shell = require "spec.support.emulator.launcher.shell"

local quote = shell.quote

local host = {}

-- A cell that this machine cannot show says why.
local function leave_out(reason)
  require "busted.core"().pending(reason)
end

local function is_fine(command) return select(2, shell.run(command)) == 0 end

local FAKETIME = "libfaketime.so.1"

--- Clocks that a spec moves while the process runs: the `environment` for the process, and
-- `step(seconds)` to set the distance from the real ones. `wall_only` leaves the monotonic clock
-- alone, as a step of the wall clock does.
function host.clocks(dir, wall_only)
  local library = shell.run("find /usr/lib* -name " .. FAKETIME .. " 2>/dev/null"):match "[^\n]+"
  if not library then leave_out "no libfaketime: install the package libfaketime" end
  local sanitizers = os.getenv "LD_PRELOAD"
  local preload = sanitizers and sanitizers .. ":" .. library or library
  if sanitizers and not is_fine("timeout 10 env LD_PRELOAD=" .. quote(preload) .. " true") then
    leave_out "no program starts with libfaketime and a sanitizer"
  end
  local file = dir .. "/clock"
  local clocks = { environment = {
    LD_PRELOAD = preload,
    FAKETIME_TIMESTAMP_FILE = file, FAKETIME_NO_CACHE = "1",
    FAKETIME_DONT_FAKE_MONOTONIC = wall_only and "1" or nil,
  } }

  function clocks.step(seconds)
    shell.write_file(file .. ".new", ("%+d\n"):format(seconds))
    assert(os.rename(file .. ".new", file))
  end

  clocks.step(0)
  return clocks
end

--- Words that run a program with the mounts that shell commands make; their script is in `dir`.
function host.mounts(dir, mounts)
  local words = is_fine "unshare -m true" and "unshare -m" or "unshare -rm"
  local script = dir .. "/mounts.sh"
  shell.write_file(script, "set -e\n" .. mounts .. "\nexec \"$@\"\n")
  if not is_fine(words .. " sh " .. quote(script) .. " true") then
    leave_out "no mounts of our own here: unshare -m is refused"
  end
  return words .. " sh " .. quote(script)
end

--- Words that run a program for which the rights of files count, also where root runs the specs.
function host.bound()
  if shell.run "id -u":match "%d+" ~= "0" then return "" end
  local less = "-dac_override,-dac_read_search"
  local words = ("setpriv --bounding-set=%s --inh-caps=%s"):format(less, less)
  if not is_fine(words .. " true") then leave_out "setpriv is refused" end
  return words
end

return host
