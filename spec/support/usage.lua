-- What this process holds: memory, descriptors, threads. Linux.

local shell = require "spec.support.emulator.launcher.shell"

local usage = {}

-- Not "self": a shell that looks would see itself.
usage.pid = assert(shell.read_file("/proc/self/stat")):match("^%d+")

--- Whether a sanitizer runs: it keeps what was freed.
usage.sanitized = (os.getenv "LD_PRELOAD" or "") ~= ""

local function status(name)
  return tonumber(assert(shell.read_file("/proc/self/status")):match(name .. ":%s*(%d+)"))
end

--- Resident memory in KiB.
function usage.memory() return status("VmRSS") end

--- The most memory since the last call of `forget_peak`, in KiB.
function usage.peak() return status("VmHWM") end

--- Has the peak start again from what is resident now; false where that is not allowed.
function usage.forget_peak()
  local file = io.open("/proc/self/clear_refs", "w")
  if not file then return false end
  local ok = file:write("5")
  return file:close() and ok and true
end

--- Open descriptors: what each number stands for. The pipe through which we ask is not counted.
function usage.descriptors()
  local list, count = {}, 0
  local text = shell.run((
    "for fd in /proc/%s/fd/*; do echo ${fd##*/} $(readlink $fd); done"):format(usage.pid))
  for number, what in text:gmatch("(%d+) (%S+)") do
    list[tonumber(number)], count = what, count + 1
  end
  return count, list
end

return usage
