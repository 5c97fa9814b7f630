-- What the specs of this folder have tried, as one line and as a table in build/log.

local shell = require "spec.emulator.launcher.shell"

local report = {}

local Report = {}
Report.__index = Report

function report.new(name)
  return setmetatable({ name = name, tried = 0, late = 0, worst = 0, worst_of = "none",
    lines = {} }, Report)
end

--- Notes a call: what it met, the time limit that it had and the time that it took, and what came
-- of it.
function Report:add(what, limit, took, code)
  local over = took - limit
  self.tried = self.tried + 1
  if over > 0.1 then self.late = self.late + 1 end
  if over > self.worst then self.worst, self.worst_of = over, what end
  self.lines[#self.lines + 1] = ("%-60s %-16s %7.3f of %g s"):format(what, code, took, limit)
end

--- Writes the table, and says one line.
function Report:close()
  local line = ("%s: %d calls, %d ended more than 0.1 s after their time limit; largest overshoot "
    .. "%.3f s (%s)"):format(
    self.name, self.tried, self.late, self.worst, self.worst_of)
  shell.run("mkdir -p " .. shell.quote((os.getenv "BUILD" or "build") .. "/log"))
  shell.write_file(("%s/log/%s.txt"):format(os.getenv "BUILD" or "build", self.name),
    table.concat(self.lines, "\n") .. "\n" .. line .. "\n")
  print(line)
end

return report
