-- Watches jobs of the queue, for `streamctl queue status --watch`.

local core = require "streamctl.core"
local fail = require "streamctl.cli.fail"
local status = require "streamctl.cli.status"
local streamctl = require "streamctl"
local text = require "streamctl.cli.output.text"
local watch = require "streamctl.cli.watch"

local EVERY = 0.5 -- seconds between two questions

local Jobs = {}
Jobs.__index = Jobs

local function done_of(job) return job.succeeded + job.superseded + job.failed + job.unknown end

-- Calls a method of the queue. After the first answer a store that fails is asked again.
function Jobs:ask(...)
  while true do
    local result, message, err = self.call(...)
    if result then
      self.answered = true
      self.watcher:fault(nil)
      return result
    end
    if err.code ~= "store" or not self.answered then fail.call(message, err) end
    self.watcher:fault(message)
    streamctl.sleep(EVERY)
  end
end

-- Asks about the only job, or about all jobs that are open or were open before.
function Jobs:poll(watcher)
  local listed = {}
  self.watcher = watcher
  local function note(job)
    local name, before = job.job, self.jobs[job.job] or {}
    if not before.job then self.keys[#self.keys + 1] = name end
    if before.state ~= "working" then -- the rate counts from here
      self.first[name] = { time = core.monotonic(), done = done_of(job) }
    end
    listed[name], self.jobs[name] = true, job
    watcher:set(name, job.state)
  end
  if self.only then return note(self:ask("status", self.only)) end
  for _, account in ipairs(self:ask "accounts") do
    for _, job in ipairs(self:ask("jobs", account)) do note(job) end
  end
  for _, name in ipairs(self.keys) do
    if not listed[name] and select(2, status.of_job(self.jobs[name])) then
      note(self:ask("status", name))
    end
  end
end

function Jobs.name(_, key) return key end

function Jobs:what() return text.count(#self.keys, "job") end

function Jobs:section()
  local rows = {}
  for i, name in ipairs(self.keys) do
    local job, first = self.jobs[name], self.first[name]
    local done, elapsed = done_of(job), core.monotonic() - first.time
    local words = { name,
      ("%s of %s"):format(text.thousands(done), text.thousands(job.total or 0)) }
    for _, state in ipairs { "failed", "unknown", "superseded" } do
      if job[state] > 0 then words[#words + 1] = text.thousands(job[state]) .. " " .. state end
    end
    if job.state == "working" and done > first.done then
      words[#words + 1] = ("%.1f/s"):format((done - first.done) / elapsed)
    end
    words[#words + 1] = job.operation
    words[#words + 1] = job.paused or job.note
    rows[i] = { ("%-11s%s"):format(job.state, table.concat(words, "  ")), job.state }
  end
  return { heading = "JOBS", rows = rows, total = #rows }
end

function Jobs:is_over()
  local job = self.only and self.jobs[self.only]
  return job and not select(2, status.of_job(job))
end

return {
  -- Watches all open jobs, or the job `only` until it ends or pauses. `call(method, ...)` calls
  -- a method of the queue. Returns that job; and the exit status where a signal ended the command.
  watch = function(invocation, call, only)
    local self = setmetatable({ call = call, only = only, every = EVERY, keys = {}, jobs = {},
      first = {}, title = invocation.args.path, usual = 0,
      states = { "adding", "waiting", "working", "paused", "done", "cancelled", "expired" } }, Jobs)
    local _, stopped = watch.run(invocation, self)
    return self.jobs[only], stopped
  end,
}
