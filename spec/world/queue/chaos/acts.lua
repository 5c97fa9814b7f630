-- What happens in a chaos run: kills of workers and servers of the store, and what people want
-- meanwhile. Each is a function of the run (spec/world/queue/chaos/run.lua).

local core = require "streamctl.core"

local opposite, others, kills = {}, {}, {}

-- Each step of a run has one of each kind, in this order.
local acts = { kinds = { opposite, others, kills } }

--- A list of ids.
function acts.ids(prefix, count, first)
  local list = {}
  for i = first or 1, (first or 1) + count - 1 do list[#list + 1] = prefix .. i end
  return list
end

--- An item of Alibaba Cloud.
function acts.stream(name)
  return { DomainName = "push.example.com", AppName = "live", StreamName = name }
end

-- A few ids of the first job, beside each other, of which some were not sent so far.
local function some(run, count)
  local half = math.floor(run.sizes.ids / 2)
  return acts.ids("rtc-", count, half + run.random(math.max(half - count, 1)))
end

-- ---- what is done to workers and servers: kills ----

local function any_worker(run)
  local list = run.crew:awake()
  return list[run.random(#list)]
end

-- A worker whose kick is under way at the vendor, before its execution or after it; and a function
-- that lets go.
local function with_kick(run)
  run.rooms = run.rooms + 1
  local room = "room-" .. run.rooms
  run.e:fault { action = "KickoutUser", kind = "latency", held = true, times = 1,
    after = run.random(2) == 1, match = { RoomId = room } }
  local intent = run:add(run.zego, "KickoutUser", acts.ids(room .. "-user-", 10),
    { params = { RoomId = room }, urgent = true })
  local pid = run:await("a kick that is held", function()
    if not intent.sure then return "none" end
    for _, entry in ipairs(run.e:requests { action = "KickoutUser" }) do
      if entry.query.RoomId == room and not entry.elapsed then
        return entry.headers["user-agent"]:match "%d+"
      end
    end
  end)
  return tonumber(pid) or any_worker(run)
end

function kills.worker(run) run.crew:kill(any_worker(run)) end

function kills.kick(run)
  run.crew:kill(with_kick(run))
  run.e:release()
end

-- It sleeps past its lease, but never all workers at once.
local function freeze(run, pid)
  if #run.crew:awake() < 2 then return run.crew:kill(pid) end
  run.crew:freeze(pid, core.monotonic() + run.lease + 1)
end

function kills.sleep(run) freeze(run, any_worker(run)) end

function kills.sleep_kick(run)
  freeze(run, with_kick(run))
  run.e:release()
end

function kills.store(run)
  run.store.crash(run.random)
  run.store.settle()
end

-- ---- what people want meanwhile ----

function opposite.urgent(run)
  run:add(run.zego, "ForbidRTCStreams", some(run, 30), { urgent = true })
end

function opposite.direct(run)
  local operation = run.random(3) > 1 and "ForbidRTCStreams" or "ResumeRTCStreams"
  local list = some(run, 10)
  run:call(run.zego, operation, { StreamId = list }, list)
end

-- An object is resumed at most once, the last one first: a second ban would be refused.
function opposite.object(run)
  run.resumed = run.resumed + 1
  local item = acts.stream("live-" .. run.sizes.objects - run.resumed % run.sizes.objects)
  if run.random(2) == 1 then
    run:call(run.aliyun, "ResumeLiveStream", item, { item })
  else
    run:add(run.aliyun, "ResumeLiveStream", { item }, { urgent = true })
  end
end

-- ---- what else happens ----

-- How many requests may be on their way to the vendor when the queue says stop.
local function on_their_way(run) return 3 * run.sizes.workers end

-- A small job is in the lane at once, a larger one waits aside.
function others.cancel(run)
  run.rooms = run.rooms + 1
  local room = "room-" .. run.rooms
  local intent = run:add(run.zego, "KickoutUser", acts.ids(room .. "-user-", 200 * run.random(2)),
    { params = { RoomId = room } })
  if not intent.sure then return end
  if run.random(2) == 1 then
    run:await("the first request of a job", function()
      local status = run.q:status(intent.job)
      return status and status.state ~= "waiting"
    end)
  end
  local done, message = run.q:cancel(intent.job)
  if not done then return run:say("not cancelled: %s", tostring(message)) end
  local _, _, from = run:progress()
  intent.cancelled = true
  local set = {}
  for _, id in ipairs(intent.items) do set[id] = true end
  table.insert(run.history.spans, { ids = set, from = from, to = math.huge,
    limit = on_their_way(run), text = intent.job .. " was cancelled" })
end

function others.pause(run)
  local account = run.first_job:match "^(.*)/"
  if not run.q:pause(account, "chaos") then return end
  local _, _, from = run:progress()
  core.sleep(1)
  local _, _, to = run:progress()
  table.insert(run.history.spans, { vendor = "zego", from = from, to = to,
    limit = on_their_way(run), text = account .. " was paused" })
  run:await("the end of a pause", function() return run.q:resume(account) end)
end

function others.dismiss(run) run.crew:dismiss(any_worker(run)) end

function others.fail_over(run)
  if not run.store.fail_over then return end
  run.store.fail_over()
  run.store.settle()
end

return acts
