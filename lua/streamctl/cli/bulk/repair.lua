-- Checks the file of --report before a run reads the file, and repairs the file for --repair.

local fail = require "streamctl.cli.fail"
local config = require "streamctl.cli.config"
local json_line = require "streamctl.cli.output.json_line"
local lines = require "streamctl.cli.bulk.lines"
local replaced = require "streamctl.cli.output.file"
local reports = require "streamctl.cli.bulk.report"
local streamctl = require "streamctl"
local system = require "streamctl.system"
local text = require "streamctl.cli.output.text"

local repairing = {}

local function check(path, done, why)
  if not done then fail.usage("cannot mend the report %s: %s", path, why) end
  return done
end

-- Tells whether requests of a plan must not be sent twice, as far as anybody knows.
local function is_once(plan)
  local row = config.vendors[plan.vendor]
    and streamctl[plan.vendor].operations:find(plan.operation)
  if not row or type(row.safe) ~= "table" then return not row or row.safe ~= true end
  for name in pairs(row.safe.unless) do
    if plan.params[name] ~= nil then return true end
  end
  return false
end

-- Writes data into a new file, whose name begins so. Returns the name.
local function save(path, beginning, data)
  local name, number = beginning, 2
  while system.file_mode(name) do name, number = beginning .. number, number + 1 end
  local journal = check(path, system.journal(name))
  check(path, journal:append(data))
  check(path, journal:sync())
  journal:close()
  return name
end

-- Removes the broken lines of a report, and keeps a copy of the file. A broken line may have told
-- of a request which must not be sent twice: then all unsent items become unknown.
local function repair(path, say)
  if not system.file_mode(path) then return end
  local other = replaced.misuse(path, replaced.text)
  check(path, not other, other)
  local lock = check(path, system.journal(path)) -- no other process writes meanwhile
  local file = check(path, io.open(path, "rb"))
  local report, good, bad, hides = reports.new(path), {}, 0, false
  local why = lines.each(file, reports.MAX, function(line, offset, is_half)
    if report:take(line, offset, is_half) then
      bad, hides = bad + 1, hides or (line:find "[{}]" or line:find("\0", 1, true)) ~= nil
    elseif not is_half then
      good[#good + 1] = line .. "\n"
    end
  end)
  check(path, not why, why)
  if bad == 0 then
    say:note("nothing is wrong with the report %s", path)
  elseif not report:is_planned() then
    fail.usage("the report %s cannot be mended: its plan is torn, and nothing else tells what "
      .. "its items are; name another file for a new run", path)
  else
    local unsent = hides and is_once(report.plan) and report:numbers { unsent = true } or {}
    if unsent[1] then
      good[#good + 1] = json_line.value({ record = "sent", items = unsent, time = os.time() },
        { "record" }) .. "\n"
    end
    file:seek "set"
    local kept = save(path, path .. ".old", check(path, file:read "*a"))
    check(path, replaced.replace(path, replaced.text, function(journal)
      return journal:append(table.concat(good))
    end))
    say:warn("left %s out of %s; as it was it is %s%s", text.count(bad, "line"), path, kept,
      unsent[1] and "; " .. text.count(#unsent, "item")
        .. " may have been sent by what is lost, and count as unknown" or "")
  end
  file:close()
  lock:close()
end

-- Returns the device and the number of a file, which may have several names.
local function identity(path)
  local stamp = system.file_stamp(path)
  return stamp and stamp:match "%d+ %d+$"
end

-- Refuses a file that cannot be a report, and repairs the report for --repair.
function repairing.prepare(invocation)
  local args = invocation.args
  local path = args.report
  if not path then fail.usage "--repair is for the file of --report, which is missing" end
  if path == "-" then
    fail.usage "--report must be a file, not '-'; -o jsonl writes all results to stdout"
  end
  for _, name in ipairs { "stdout", "stderr" } do
    local stream = identity("/dev/" .. name)
    if stream and stream == identity(path) then
      fail.usage("%s is what %s writes to, and nobody else writes a report; name another file",
        path, name)
    end
  end
  if args.repair and args.dry_run then
    fail.usage "--repair changes the report, and -n changes nothing; say one of them"
  end
  if args.repair then repair(path, invocation.say) end
end

return repairing
