-- What a seed stands for: the world's configuration, its events, and a list of calls. Each call has
-- a host, a time and random numbers of its own, so that leaving it out changes no other call.

local guesses = require "spec.support.model.guesses"
local network = require "spec.simulation.network"
local worlds = require "spec.simulation.world"

local work = { JOB_ENDS = 1500 } -- seconds until any job has ended

local EVENTS = { "stop", "stop", "kill", "fork", "vendor_down", "redis_down", "redis_loss",
  "redis_step", "host_step" }
local STORE_FAULTS = { "store_before", "store_after", "store_slow", "store_readonly" }
-- Guesses that decide over what is judged; a calm world has their first value.
local GUESSES = { "empty_list", "ended_task", "error_status", "order_breach", "refused_id",
  "repeated_nonce", "second_ban", "second_task", "stopped_url", "task_filter", "task_total",
  "throttling", "unbanned" }

-- Half of the faults are off; the others are mostly rare.
local function levels(config, chance, names, share, most)
  for _, name in ipairs(names) do
    local level = chance()
    config.faults[name] = not config.is_calm and level < share and level * most or 0
  end
end

function work.config(seed)
  local chance = worlds.chance(seed)
  local is_calm = chance() < 0.15
  local config = { seed = seed, is_calm = is_calm, faults = {}, events = {}, guesses = {},
    hosts = chance(4), store = chance { "memory", "memory", "file", "redis", "redis" },
    held = chance { 1, 8, 30 }, lag = chance { 0, 0, 5, 20 },
    latency = chance { 0.001, 0.005, 0.05 }, jitter = chance { 0, 0, 0.001, 0.02 },
    streams = chance { 1, 3, 8, 40 }, length = chance { 5, 30, 120 }, count = 10 + chance(60),
    is_skewed = chance() < 0.2, refuses = chance() < 0.3, has_bad_ids = chance() < 0.3,
    merges = chance() < 0.3, in_bursts = chance() < 0.3, rotation = chance { 0, 0, 20 },
    limit = chance { 2, 5, 20, 50, "documented", "off" }, listens = chance() < 0.5 }
  config.is_cluster = worlds.chance(seed + 13)() < 0.3 -- so that all else stays
  local crew = worlds.chance(seed + 17)
  local has_workers = config.store == "redis" and not config.is_cluster and crew() < 0.3
  config.workers = has_workers and crew(3) or 0
  local fates = {}
  for i, fate in ipairs(network.FATES) do fates[i] = fate[1] end
  levels(config, chance, fates, 0.5, 0.2)
  levels(config, chance, STORE_FAULTS, 0.3, 0.2)
  for _, name in ipairs(GUESSES) do
    local guess = chance(guesses[name])
    config.guesses[name] = not is_calm and guess or guesses[name][1]
  end
  if is_calm then
    config.limit, config.has_bad_ids, config.is_skewed, config.jitter = 50, false, false, 0
    config.lag, config.length, config.refuses = 0, 120, false
    config.guesses.second_ban, config.guesses.second_task = "accepted", "accepted"
  end
  for i = 1, is_calm and 0 or chance(6) - 1 do
    config.events[i] = { kind = chance(EVENTS), time = chance() * config.length,
      host = chance(config.hosts), size = chance(), sign = chance { -1, 1 } }
  end
  return config
end

-- ---- what calls are about ----

local DOMAIN = "push.example.com"
local REGION = "cn-shanghai"

local function stream(name) return { DomainName = DOMAIN, AppName = "app", StreamName = name } end

-- The name of a stream in the vendor's log.
function work.path(name) return DOMAIN .. "/app/" .. name end

local function task(op)
  return { Region = REGION, SourceType = "live", SourceProtocol = "rtmp", DstUrl = op.url,
    SourceUrls = { "rtmp://pull.example.com/app/s1" }, TaskName = "n" .. op.index,
    StartTime = "2030-01-02T03:00:00Z", EndTime = "2030-01-02T04:00:00Z" }
end

local function ids(chance, config, most)
  local list = {}
  for i = 1, chance(most) do
    list[i] = config.has_bad_ids and chance() < 0.05 and "bad" .. chance(3)
      or "s" .. chance(config.streams)
  end
  return list
end

local function unique(list)
  local seen, out = {}, {}
  for _, id in ipairs(list) do
    if not seen[id] then seen[id], out[#out + 1] = true, id end
  end
  return out
end

-- ---- callbacks of the caller's, which wait, refuse and throw ----

local THROWN = setmetatable({}, { __tostring = function() error "no text" end })

local function pause(op, world, share, longest)
  if op.drift() < share then world:sleep(longest * op.drift()) end
end

local function throw(op, world)
  if not op.throws or op.drift() >= 0.1 then return end
  op.has_thrown = world.now
  error(op.drift() < 0.3 and THROWN or "the caller's fault", 0)
end

local function add_callbacks(op, world)
  local given = op.options
  if op.stops_at or op.stops_at_failure then
    local ends = world.now + (op.stops_at or math.huge)
    given.should_stop = function(at)
      local has_failed = op.stops_at_failure and at.failed + at.unknown + at.superseded > 0
      return has_failed or world.now >= ends and "enough" or nil
    end
  end
  if op.streams_out then
    op.results = {}
    given.on_result = function(result)
      pause(op, world, 0.2, 0.1)
      throw(op, world)
      op.results[#op.results + 1] = result
    end
  end
  if not op.tells then return end
  op.told = {}
  given.on_send = function(call)
    pause(op, world, 0.3, 0.2)
    throw(op, world)
    if op.refused_at or world.config.refuses and op.drift() < 0.1 then
      op.refused_at = op.refused_at or world.now
      return false, "enough"
    end
    for _, result in ipairs(call.items) do
      op.told[op.vendor == "zego" and result.item or work.path(call.params.StreamName)] = true
    end
  end
end

-- Gives items one by one, at times after a pause; tables are one table that is filled anew.
local function iterator(op, world)
  local i, item = 0, {}
  return function()
    i = i + 1
    if op.pause > 0 and op.items[i] then world:sleep(op.pause * op.drift()) end
    throw(op, world)
    op.given = op.items[i] and i or op.given
    if op.vendor == "zego" or not op.items[i] then return op.items[i] end
    for name, value in pairs(stream(op.items[i])) do item[name] = value end
    return item
  end
end

-- The caller uses its table for something else once the call was made.
local function reuse(op, world, params)
  if not op.reuses then return end
  world:at(world.now + 0.3 * op.drift(), function()
    for _, id in ipairs { "StreamId", "StreamName" } do params[id] = params[id] and "other" end
    params.DstUrl = params.DstUrl and "rtmp://push.example.com/app/other"
  end)
end

-- ---- the kinds of calls: what a seed draws for them, and how they are made ----

local kinds = {}

kinds.one = {
  weight = 3, vendor = "zego", is_single = true,
  draw = function(op, chance, config)
    op.ids = { "s" .. chance(config.streams) }
    op.own = not config.is_calm and chance() < 0.1
  end,
  run = function(op, clients, world)
    local params = { StreamId = op.ids[1] }
    if op.own then params.Sequence = math.floor(world:wall() * 1000) + 1 end
    op.sequence = op.sequence or params.Sequence
    params.Sequence = op.sequence
    reuse(op, world, params)
    return clients.zego[op.verb .. "_rtc_stream"](clients.zego, params, op.options)
  end,
}
kinds.list = {
  weight = 3, vendor = "zego", is_single = true,
  draw = function(op, chance, config)
    op.ids = unique(ids(chance, config, 20))
    op.merged, op.reuses = chance() < (config.merges and 0.8 or 0.1), chance() < 0.2
    op.options.share_requests = op.merged or nil
    if config.merges then op.options.attempt_timeout = 3 end -- those that differ share nothing
  end,
  run = function(op, clients, world)
    local list = {}
    for i, id in ipairs(op.ids) do list[i] = id end
    local params = { StreamId = list }
    reuse(op, world, params)
    return clients.zego[op.verb .. "_rtc_streams"](clients.zego, params, op.options)
  end,
}
kinds.batch = {
  weight = 2, vendor = "zego", is_batch = true,
  draw = function(op, chance, config)
    op.items = ids(chance, config, 80)
    op.action = op.verb == "resume" and "ResumeRTCStreams" or "ForbidRTCStreams"
  end,
}
kinds.aliyun = {
  weight = 3, vendor = "aliyun", is_single = true,
  draw = function(op, chance, config)
    op.ids, op.has_end = { "s" .. chance(config.streams) }, chance() < 0.3
  end,
  run = function(op, clients, world)
    local params = stream(op.ids[1])
    if op.has_end and op.verb == "forbid" then params.ResumeTime = world:wall() + 3600 end
    reuse(op, world, params)
    return clients.aliyun[op.verb .. "_live_stream"](clients.aliyun, params, op.options)
  end,
}
kinds.aliyun_batch = {
  weight = 1, vendor = "aliyun", is_batch = true,
  draw = function(op, chance, config)
    op.items = ids(chance, { streams = config.streams }, 30)
    op.action = op.verb == "resume" and "ResumeLiveStream" or "ForbidLiveStream"
  end,
}
kinds.create = {
  weight = 3, vendor = "aliyun", is_single = true, is_unsafe = true,
  draw = function(op, chance)
    op.url, op.wait = "rtmp://push.example.com/create/" .. op.index, chance { 5, 30, 100 }
    op.options.timeout = chance { 2, 4, 40 } -- so that time is short for some
  end,
  run = function(op, clients, world)
    local params = task(op)
    reuse(op, world, params)
    local answer, message, err =
      clients.aliyun:create_live_pull_to_push(params, op.options)
    op.answered = world.now
    if err and err.code == "outcome_unknown" then
      op.became = clients.aliyun:settle(err, { timeout = op.wait })
    end
    return answer, message, err
  end,
}
kinds.ensure = {
  weight = 1, vendor = "aliyun",
  draw = function(op, chance, config)
    op.url = "rtmp://push.example.com/ensure/" .. chance(3)
    if config.is_calm then op.options.timeout = 40 end
  end,
  run = function(op, clients, world)
    local params = task(op)
    reuse(op, world, params)
    return clients.aliyun:ensure_live_pull_to_push(params, op.options)
  end,
}
kinds.wait = {
  weight = 1, vendor = "aliyun",
  draw = function(op, chance, config)
    op.ids = unique(ids(chance, { streams = config.streams }, 4))
  end,
  run = function(op, clients)
    local list = {}
    for i, id in ipairs(op.ids) do list[i] = stream(id) end
    op.waiter = op.verb == "resume" and "stream_unblocked" or "stream_blocked"
    return clients.aliyun:wait_for(op.waiter, list[2] and list or list[1],
      { timeout = op.options.timeout })
  end,
}
kinds.pages = {
  weight = 1, vendor = "aliyun",
  draw = function(op, chance, config)
    op.size = chance(5)
    if config.is_calm then op.options.timeout = 40 end -- a walk has many pages
  end,
  run = function(op, clients, world)
    local pager = clients.aliyun:pages("DescribeLiveStreamsBlockList", { DomainName = DOMAIN },
      { page_size = op.size, timeout = op.options.timeout })
    op.found = {}
    while true do
      local list, message, err = pager:next_page()
      if err then return nil, message, err end
      if not list then return op.found end
      for _, url in ipairs(list) do op.found[#op.found + 1] = url end
      pause(op, world, 0.5, 1)
    end
  end,
}
kinds.room = {
  weight = 1, vendor = "zego", is_single = true,
  draw = function(op, chance) op.room = "r" .. chance(2) end,
  run = function(op, clients)
    return clients.zego:describe_user_list({ RoomId = op.room }, op.options)
  end,
}
kinds.show = {
  weight = 1, vendor = "zego",
  draw = function(op, chance, config) op.ids = { "s" .. chance(config.streams) } end,
  run = function(op, clients)
    return clients.zego:sign(op.verb .. "_rtc_stream", { StreamId = op.ids[1] }, { masked = true })
  end,
}

-- A job, which the workers of all hosts carry out, and which its own host watches to its end.
kinds.job = {
  vendor = "zego", is_job = true,
  draw = function(op, chance, config)
    op.is_unsafe = chance() < 0.2
    op.items = unique(ids(chance, { streams = config.streams }, 60))
    op.action = op.verb == "resume" and "ResumeRTCStreams" or "ForbidRTCStreams"
    if op.is_unsafe then
      op.action, op.verb = "KickoutUser", "kickout"
      for i in ipairs(op.items) do op.items[i] = ("u%d.%d"):format(op.index, i) end
    end
    op.given = { urgent = chance() < 0.2 or nil, params = op.is_unsafe and { RoomId = "r" } or nil }
    op.cancels = chance() < 0.1 and chance(20)
  end,
  run = function(op, clients, world)
    local queue, items = clients.queue, {}
    local status
    for i, item in ipairs(op.items) do items[i] = item end
    local job, message, err = queue:add(clients.zego, op.action, items, op.given)
    op.added = world.now
    if not job then return nil, message, err end
    repeat
      world:sleep(op.cancels or 5)
      if op.cancels then op.is_cancelled, op.cancels = queue:cancel(job), nil end
      status, message, err = queue:status(job)
      op.answered = world.now
    until status and status.state ~= "waiting" and status.state ~= "working"
      or err and err.code == "not_found" or world.now > op.added + work.JOB_ENDS
    if not status then return nil, message, err end
    world:sleep(90) -- what was under way has come back, or its worker's lease is over
    op.records = {}
    repeat
      world:sleep(1) -- the store may be away
      local next_record
      status, message, err = queue:status(job)
      next_record = status and queue:records(job)
      for record in next_record or function() end do op.records[#op.records + 1] = record end
    until op.records[1] or err and err.code == "not_found"
    if err then return nil, message, err end
    return status
  end,
}

-- The calls of a host's worker, which works while there are jobs to carry out.
function work.worker(host, index, config)
  local function stream_of(factor) return worlds.chance(config.seed * factor + index * 7919) end
  local op = { index = index, kind = "worker", facts = {}, hosted = host, options = {},
    vendor = "zego", issued = 0, attempts = {}, stamps = {}, listened = 0, drift = stream_of(59),
    store_chance = stream_of(61), ear = stream_of(67), time = 10 * stream_of(71)() }
  function op.net(n) return worlds.chance(config.seed * 29 + index * 7907 + n * 611953) end
  return op
end

local function run_batch(op, clients, world)
  local items = {}
  for i, item in ipairs(op.items) do items[i] = op.vendor == "zego" and item or stream(item) end
  add_callbacks(op, world)
  return clients[op.vendor]:batch(op.action, op.iterates and iterator(op, world) or items,
    op.options)
end

local WEIGHTED = {}
for _, name in ipairs { "one", "list", "batch", "aliyun", "aliyun_batch", "create", "ensure",
  "room", "wait", "pages", "show" } do
  for _ = 1, kinds[name].weight do WEIGHTED[#WEIGHTED + 1] = name end
end

local function draw_batch(op, chance, config, shares)
  local given = op.options
  op.merged = op.vendor == "zego" and shares < (config.merges and 0.5 or 0.1)
  given.share_requests = op.merged or nil
  if op.merged and config.merges then given.attempt_timeout = 3 end
  given.timeout = not config.is_calm and chance() < 0.3 and chance(20) or nil
  given.concurrency = chance { 1, 2, 4, 8 }
  op.stops_at_failure, given.urgent = chance() < 0.1, chance() < 0.2 or nil
  op.iterates, op.pause = chance() < 0.4, chance { 0, 0.01, 0.2 }
  op.stops_at = chance() < 0.1 and not config.is_calm and chance() * 10 or nil
  op.streams_out, op.tells = chance() < 0.3, chance() < 0.3
  op.throws = chance() < 0.1 and not config.is_calm
end

-- The calls of a configuration.
function work.calls(config)
  local list = {}
  for i = 1, config.count do
    local function stream_of(factor, more)
      return worlds.chance(config.seed * factor + i * more)
    end
    local chance = stream_of(131, 7919)
    local op = { index = i, kind = chance(WEIGHTED), host = chance(config.hosts),
      time = chance() * config.length, attempts = {}, stamps = {}, chance = stream_of(17, 104729),
      drift = stream_of(19, 1299709), store_chance = stream_of(23, 15485863),
      ear = stream_of(31, 32452843), listened = 0 }
    function op.net(n) return worlds.chance(config.seed * 29 + i * 7907 + n * 611953) end
    if config.in_bursts then op.time = op.time - op.time % 10 + 0.1 * chance() end
    if config.workers > 0 and stream_of(41, 67867967)() < 0.2 then op.kind = "job" end
    op.facts = kinds[op.kind]
    op.vendor, op.verb, op.again = op.facts.vendor, chance { "resume", "forbid" }, chance() < 0.3
    op.options = { timeout = chance { 2, 5, 15, 40, 90 }, attempt_timeout = chance { 1, 3, 10 },
      retry = ({ false, { attempts = 5, cap = 20 } })[chance(4)] }
    op.reuses = chance() < 0.1
    op.facts.draw(op, chance, config)
    if op.facts.is_batch then draw_batch(op, chance, config, stream_of(37, 49979687)()) end
    list[i] = op
  end
  return list
end

-- Makes the call. A failed intent is carried out again by its stamp.
function work.run(op, clients, world)
  local run, is_single = op.facts.run or run_batch, op.facts.is_single
  op.issued = world.now
  op.answer, op.message, op.err = run(op, clients, world)
  op.ended = op.answered or world.now
  local err = op.err
  if op.again and is_single and not op.facts.is_unsafe and err and err.stamp and err.retryable then
    world:sleep((op.index % 4 == 0 and 90 or 5) * op.chance()) -- as a message of a queue, at times
    op.first = { err = err, attempts = #op.attempts, stamps = #op.stamps,
      issued = op.issued, ended = op.ended }
    op.options.stamp, op.issued_again, op.reuses = err.stamp, world.now, false
    op.answer, op.message, op.err = run(op, clients, world)
    op.ended = world.now
  end
  op.is_done = true
end

return work
