-- What happens in a chaos run: kills of workers and servers of the store, and what people want
-- meanwhile. Each is a function of the run (spec/queue/chaos/run.lua).

local core = require "streamctl.core"

local acts = { kills = {}, others = {} }

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

-- A few ids of the first job, beside each other.
local function some(run, prefix, total, count)
  return acts.ids(prefix, count, run.random(math.max(total - count, 1)))
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

function acts.kills.worker(run) run.crew:kill(any_worker(run)) end

function acts.kills.kick(run)
  run.crew:kill(with_kick(run))
  run.e:release()
end

-- It sleeps past its lease, but never all workers at once.
local function freeze(run, pid)
  if #run.crew:awake() < 2 then return run.crew:kill(pid) end
  run.crew:freeze(pid, core.monotonic() + run.lease + 1)
end

function acts.kills.sleep(run) freeze(run, any_worker(run)) end

function acts.kills.sleep_kick(run)
  freeze(run, with_kick(run))
  run.e:release()
end

function acts.kills.store(run)
  run.store.crash(run.random)
  run.store.settle()
end

-- ---- what people do meanwhile ----

function acts.others.urgent(run)
  run:add(run.zego, "ForbidRTCStreams", some(run, "rtc-", run.sizes.ids, 30),
    { urgent = true })
end

function acts.others.direct(run)
  local operation = run.random(2) == 1 and "ForbidRTCStreams" or "ResumeRTCStreams"
  local list = some(run, "rtc-", run.sizes.ids, 10)
  run:call(run.zego, operation, { StreamId = list }, list)
end

-- An object is resumed at most once: what was never forbidden may be resumed, too.
function acts.others.object(run)
  run.resumed = run.resumed % run.sizes.objects + 1
  local item = acts.stream("live-" .. run.resumed)
  if run.random(2) == 1 then
    run:call(run.aliyun, "ResumeLiveStream", item, { item })
  else
    run:add(run.aliyun, "ResumeLiveStream", { item }, { urgent = true })
  end
end

-- How many requests may be on their way to the vendor when the queue says stop.
local function on_their_way(run) return 3 * run.sizes.workers end

function acts.others.cancel(run)
  run.rooms = run.rooms + 1
  local room = "room-" .. run.rooms
  local intent = run:add(run.zego, "KickoutUser", acts.ids(room .. "-user-", 400),
    { params = { RoomId = room } })
  if not intent.sure then return end
  local done, message = run.q:cancel(intent.job)
  if not done then return run:say("not cancelled: %s", message) end
  local _, _, from = run:progress()
  intent.cancelled = true
  local set = {}
  for _, id in ipairs(intent.items) do set[id] = true end
  table.insert(run.history.spans, { ids = set, from = from, to = math.huge,
    limit = on_their_way(run), text = intent.job .. " was cancelled" })
end

function acts.others.pause(run)
  local account = run.first_job:match "^(.*)/"
  if not run.q:pause(account, "chaos") then return end
  local _, _, from = run:progress()
  core.sleep(1)
  local _, _, to = run:progress()
  table.insert(run.history.spans, { vendor = "zego", from = from, to = to,
    limit = on_their_way(run), text = account .. " was paused" })
  run:await("the end of a pause", function() return run.q:resume(account) end)
end

function acts.others.dismiss(run) run.crew:dismiss(any_worker(run)) end

function acts.others.fail_over(run)
  if not run.store.fail_over then return end
  run.store.fail_over()
  run.store.settle()
end

return acts
