-- Judges waits, lists and tasks by what the vendor had at each time.

local attempts = require "spec.simulation.attempts"
local work = require "spec.simulation.work"

local states = {}

-- The times at which a stream was banned and resumed.
local function changes_of(world, id)
  local list = {}
  for _, attempt in ipairs(world.log) do
    local action = attempt.seen.action
    if attempt.executed and attempt.seen.ids[1] == id and not action:find "^Describe" then
      list[#list + 1] = { time = attempt.executed, is_banned = action:find "^Forbid" ~= nil }
    end
  end
  table.sort(list, function(a, b) return a.time < b.time end)
  return list
end

-- Whether a stream was ever, and always, banned from one time to another.
local function bans_of(world, id, from, to)
  local ever, always, is_banned = false, true, false
  local changes = changes_of(world, id)
  changes[#changes + 1] = { time = math.huge }
  local since = 0
  for _, change in ipairs(changes) do
    if since <= to and change.time >= from then
      ever, always = ever or is_banned, always and is_banned
    end
    since, is_banned = change.time, change.is_banned
  end
  return ever, always
end

function states.check_wait(world, op)
  attempts.check_time(world, op, op.waiter, op.issued, op.ended)
  local results = op.ids[2] and op.answer.results or { { ok = op.answer ~= nil } }
  for i, id in ipairs(op.ids) do
    local ever, always = bans_of(world, work.path(id), op.issued, op.ended)
    local was_so = op.waiter == "stream_blocked" and ever
      or op.waiter == "stream_unblocked" and not always
    if results[i].ok and not was_so then world:fault("a wait sees what is", op.waiter, op) end
  end
end

function states.check_pages(world, op)
  local seen, added = {}, false
  for _, url in ipairs(op.found or {}) do
    if seen[url] then world:fault("each listed item once", url, op) end
    seen[url] = true
  end
  for i = 1, world.config.streams do
    local ever, always = bans_of(world, work.path("s" .. i), op.issued, op.ended)
    added = added or ever and not always
  end
  for i = 1, op.answer and world.config.streams or 0 do -- nothing came in while others went
    local path = work.path("s" .. i)
    local _, always = bans_of(world, path, op.issued, op.ended)
    if always and not seen[path] and not added then
      world:fault("each listed item once", path, op)
    end
  end
end

function states.tasks_by_url(world)
  local found = {}
  for _, task in pairs(world.memory.all "tasks") do
    local url = task.info.DstUrl
    found[url] = (found[url] or 0) + 1
  end
  return found
end

function states.check_task(world, op, made)
  local count = made[op.url] or 0
  if op.kind == "create" then
    if count > 1 then world:fault("unsafe at most once", count .. " tasks", op) end
    if op.became == "executed" and count == 0 or op.became == "not_executed" and count > 0 then
      world:fault("settle is right", op.became .. ", and there are " .. count, op)
    end
  else
    if op.answer and count == 0 then world:fault("success is success", op.url, op) end
    if count > 1 and not world.losses[1] then
      world:fault("ensure makes one task", count .. " tasks for " .. op.url, op)
    end
  end
end

return states
