--- What is said of a run of many calls: what will be done, and how it ended.
-- @module streamctl.cli.bulk.summary

local plans = require "streamctl.cli.bulk.plan"
local status = require "streamctl.cli.status"
local text = require "streamctl.cli.output.text"

local summary = {}

--- The exit status of a run: what is left undone since it was told to stop, what the vendor
-- refuses, what is unknown, what failed; the first of these that there is. `self`: a run:
-- `caught`, `refused`, `book`, `items`, `to_send`, `done`; `counts`: of all items by state.
function summary.status(self, counts)
  if self.caught and self.done < self.to_send then return status.stopped[self.caught] end
  if self.refused then return status.REFUSED end
  if counts.unknown > 0 then return status.UNKNOWN end
  local undone = counts.failed + counts.unsent > 0 or (self.items.left_out or 0) > 0
  return (undone or self.book and self.book.broken) and status.FAILED or status.OK
end

local function words(counts)
  local parts = { text.thousands(counts.ok) .. " ok" }
  for _, name in ipairs { "failed", "unknown", "unsent" } do
    if counts[name] > 0 then parts[#parts + 1] = text.thousands(counts[name]) .. " " .. name end
  end
  return table.concat(parts, ", ")
end

local function plural(count, what)
  return ("%s %s%s"):format(text.thousands(count), what, count == 1 and "" or "s")
end

-- What an earlier run has done. That nothing is left is said in any case: it may not be meant.
local function tell_before(self, done)
  local say, book, counts = self.invocation.say, self.tally, self.tally:counts()
  local begun = plans.begun(book.plan)
  if self.to_send > 0 then
    say:note("%s: %s of %s items were sent before, since %s", self.job.command,
      text.thousands(done), text.thousands(self.total), begun)
  else
    say:warn("nothing is left to send: %s was begun %s%s; name another file for a new run",
      book.path, begun, counts.ok == self.total and " and is complete" or ": " .. words(counts))
  end
end

--- Says what will be done. `self`: a run: `to_send`, `tally`, `estimate`.
function summary.plan(self)
  local job, lines, done = self.job, self.items.given, self.total - self.to_send
  local say = self.invocation.say
  if self.to_send > 0 then -- two lines, which fit a terminal of 80 columns
    say:note("%s: %s%s by %s%s", job.command,
      lines and lines > self.total and plural(lines, "line") .. ", " or "",
      plural(self.to_send, "item"), job.operation.action, self.estimate:text())
    say:note("%s: %s", job.command, self.account.title)
  end
  if done > 0 and not job.only then tell_before(self, done) end
end

-- How to go on; nil where nothing is left, or where the report does not tell it any more.
local function way_on(self, counts)
  local book = self.book
  if self.job.asks then return "nothing was changed" end
  if not book then return "with --report FILE, the same command would go on where it stopped" end
  if book.lost then return nil end
  if counts.unsent == 0 then return "what was not sent again is as unknown as before" end
  return (self.job.only and "`streamctl retry " .. book.path .. "` goes on" or "the same command "
    .. "goes on") .. " with what is unsent"
end

-- Why it ended before its end, and how to go on.
local function tell_end(self, counts)
  local say, book = self.invocation.say, self.book
  if book and book.broken then
    say:warn("stopped: %s; what became of items that are not in it is told here alone", book.broken)
  end
  if book and book.lost then
    say:warn("do not repeat the command: that would send again what was sent; have what is unsent "
      .. "here in a file of its own, and another report")
  end
  if self.refused then
    say:warn("stopped, since the account is refused: %s; see `streamctl doctor`", self.refused)
  elseif self.unreached then
    say:warn("stopped, since requests do not leave this machine: %s; see `streamctl doctor`",
      self.unreached)
  end
  local caught = self.caught and self.done < self.to_send
  local way = (caught or book and counts.unsent > 0) and way_on(self, counts)
  if way then say:note("%s%s", caught and ("interrupted (%s); "):format(self.caught) or "", way) end
end

--- Says how it ended, and what to do about what is not done. `self`: a run; `counts`: of all items
-- by state; `elapsed`: seconds.
function summary.tell(self, counts, elapsed)
  local say, book, left_out = self.invocation.say, self.book, self.items.left_out or 0
  if self.to_send > 0 or self.job.only then
    say:note("%s: %s%s, in %.1f s", self.job.command, words(counts),
      left_out > 0 and ", " .. plural(left_out, "line") .. " left out" or "", elapsed)
  end
  tell_end(self, counts)
  if not book or book.lost then return end
  if counts.unknown > 0 then
    say:note("`streamctl settle %s` finds out what became of what is unknown", book.path)
  end
  if counts.failed > 0 then say:note("`streamctl retry %s` sends again what failed", book.path) end
end

return summary
