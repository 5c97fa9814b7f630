--- The file that --report names, before anything is read from it.
-- @module streamctl.cli.bulk.file

local system = require "streamctl.system"
local failure = require "streamctl.cli.failure"

local file = {}

-- The device and the number of a file, which may have several names.
local function identity(path)
  local stamp = system.file_stamp(path)
  return stamp and stamp:match "%d+ %d+$"
end

--- Ends by `failure.usage` when it cannot be a report; mends it where --repair asks for that.
function file.prepare(invocation)
  local args = invocation.args
  local path = args.report
  if not path then
    if args.repair then failure.usage "--repair is for the file of --report, which is missing" end
    return
  end
  if path == "-" then
    failure.usage("--report must be a file, not '-'; -o jsonl writes what becomes of each item to "
      .. "stdout")
  end
  for _, name in ipairs { "stdout", "stderr" } do
    local is = identity("/dev/" .. name)
    if is and is == identity(path) then
      failure.usage("%s is what %s writes to, and a report is written by nobody else; name "
        .. "another file", path, name)
    end
  end
  if not args.repair then return end
  if args.dry_run then
    failure.usage "--repair changes the report, and -n changes nothing; say one of them"
  end
  require("streamctl.cli.bulk.repair").run(path, invocation.say)
end

return file
