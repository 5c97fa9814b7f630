--- The jobs of a batch in line: those about the same resource go one after the other.
-- @module streamctl.jobs.chains

local Chains = {}
Chains.__index = Chains

local chains = {}

--- No jobs yet. `behind` is how many jobs wait for earlier ones, `count` how many are ready.
function chains.new()
  return setmetatable({ last = {}, behind = 0, ready = {}, first = 1, count = 0 }, Chains)
end

--- Lines a job up behind earlier ones with one of its `keys`; whether it has to wait for any, and
-- comes by `next` later. Then it loses its request, which takes more room than its parameters.
function Chains:add(job)
  local last_of, keys, ahead = self.last, job.keys, 0
  for i = 1, #keys do
    local last = last_of[keys[i]]
    if last and last ~= job then
      last.followers = last.followers or {}
      table.insert(last.followers, job)
      ahead = ahead + 1
    end
    last_of[keys[i]] = job
  end
  if ahead == 0 then return false end
  job.ahead, self.behind = ahead, self.behind + 1
  job.request, job.once = nil, nil
  return true
end

--- Ends a job: jobs that waited for no other one are ready.
function Chains:release(job)
  local last, keys = self.last, job.keys
  job.keys = nil
  for i = 1, #keys do
    if last[keys[i]] == job then last[keys[i]] = nil end
  end
  if not job.followers then return end
  for _, follower in ipairs(job.followers) do
    follower.ahead = follower.ahead - 1
    if follower.ahead == 0 then
      self.behind = self.behind - 1
      self:put(follower)
    end
  end
end

--- Puts a job behind those that are ready.
function Chains:put(job)
  self.ready[self.first + self.count], self.count = job, self.count + 1
end

--- Takes the job that has been ready for longest, when `count` is not 0.
function Chains:next()
  local job = self.ready[self.first]
  self.ready[self.first] = nil
  self.first, self.count = self.first + 1, self.count - 1
  return job
end

--- Whether no job waits.
function Chains:is_empty()
  return self.behind == 0 and self.count == 0
end

return chains
