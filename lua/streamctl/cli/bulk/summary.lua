--- How a run of many calls ended.
-- @module streamctl.cli.bulk.summary

local status = require "streamctl.cli.status"
local text = require "streamctl.cli.output.text"

local summary = {}

--- The exit status of a run: what is left undone since it was told to stop, what the vendor
-- refuses, what is unknown, what failed; the first of these that there is.
-- @tparam table self a run: `caught`, `refused`, `book`, `to_send`, `done`
-- @tparam table counts of all items by state
-- @treturn integer
function summary.status(self, counts)
  if self.caught and self.done < self.to_send then return status.stopped[self.caught] end
  if self.refused then return status.REFUSED end
  if counts.unknown > 0 then return status.UNKNOWN end
  local broken = self.book and self.book.broken
  return (counts.failed + counts.unsent > 0 or broken) and status.FAILED or status.OK
end

--- Says how it ended, and what to do about what is not done.
-- @tparam table self a run
-- @tparam table counts of all items by state
-- @tparam number elapsed seconds
function summary.tell(self, counts, elapsed)
  local say, book = self.invocation.say, self.book
  local parts = { text.thousands(counts.ok) .. " ok" }
  for _, name in ipairs { "failed", "unknown", "unsent" } do
    if counts[name] > 0 then parts[#parts + 1] = text.thousands(counts[name]) .. " " .. name end
  end
  say:note("%s: %s, in %.1f s", self.job.command, table.concat(parts, ", "), elapsed)
  if book and book.broken then
    say:warn("stopped: %s; what became of items that are not in it is told here alone", book.broken)
  end
  if self.refused then
    say:warn("stopped, since the account is refused: %s; see `streamctl doctor`", self.refused)
  end
  if self.caught and self.done < self.to_send then
    say:note("interrupted (%s); %s", self.caught, not book
      and "with --report FILE, the same command would go on where it stopped"
      or counts.unsent == 0 and "what was not sent again is as unknown as before"
      or self.job.only and "`streamctl retry " .. book.path .. "` goes on with what is unsent"
      or "the same command goes on with what is unsent")
  end
  if not book then return end
  if counts.unknown > 0 then
    say:note("`streamctl settle %s` finds out what became of what is unknown", book.path)
  end
  if counts.failed > 0 then say:note("`streamctl retry %s` sends again what failed", book.path) end
end

return summary
