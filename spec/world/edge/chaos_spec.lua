-- The edge while its vendors flap: two workers serve 300 forbids and resumes, webhooks come in
-- between, nginx reloads and starts again. Callers whose request had no success ask again in the
-- end, as README says; then the last decision about each stream holds at the emulator. What happens
-- comes from CHAOS_SEED.

local cjson = require "cjson"
local core = require "streamctl.core"
local emulator = require "spec.support.emulator"
local numbers = require "spec.support.numbers"
local sender = require "spec.world.edge.sender"
local service = require "spec.world.edge.service"
local shell = require "spec.support.emulator.launcher.shell"

local eventually = service.eventually

local ROUNDS, A_ROUND, STREAMS = 30, 10, 24
local RELOAD, RESTART = 10, 20 -- rounds

local SETTINGS = { ["nginx.workers"] = "2" }
for name, value in pairs(sender.SETTINGS) do SETTINGS[name] = value end

-- How a vendor fails for some rounds; nil: it works.
local TROUBLES = {
  { kind = "status", status = 500 }, { kind = "status", status = 503, code = 5000 },
  { kind = "reset_before" }, { kind = "reset_after" }, { kind = "garbage_json" },
}

describe("the edge in the chaos", function()
  local e, n, random, stats, wanted, posts

  setup(function()
    e = assert(emulator.start { workers = 2 })
    n = service.start(e, SETTINGS)
  end)
  teardown(function()
    if n then n:stop() end
    if e then e:stop() end
  end)

  -- A stream by its number: one half is at each vendor.
  local function stream_of(i)
    if i % 2 == 0 then return "zego", "z" .. i end
    return "aliyun", service.live("a" .. i)
  end

  local function count(what) stats[what] = (stats[what] or 0) + 1 end

  -- Begins a request for one stream. Returns a function that waits, and tells whether it succeeded.
  local function begin(i, intent)
    local vendor, stream = stream_of(i)
    local post = { vendor = vendor, id = stream.StreamName or stream, intent = intent,
      from = core.now() }
    wanted[i] = intent
    local wait = n:begin(service.request(intent, vendor, { stream }))
    return function()
      local status, text = wait()
      post.to, post.status = core.now(), status
      posts[#posts + 1] = post
      count(status)
      local ok, body = pcall(cjson.decode, text)
      if ok and body.error then count(body.error.code) end
      return status == 200 or status == 207 and body.results[1].ok
    end
  end

  -- Sends a webhook about a stream of ZEGOCLOUD, whose Sequence keeps a reaction in its place.
  local function announce(i, is_sure)
    local status, body = n:json(sender.zego(e, "z" .. i))
    assert.equal(200, status)
    count("webhook " .. body.webhook)
    if is_sure then assert.equal(wanted[i] == "forbid" and "forbid" or "fine", body.webhook) end
  end

  -- Has each vendor work, or fail in some way, for the next rounds.
  local function flap(round)
    if round % 3 ~= 1 then return end
    e:clear_faults()
    for _, vendor in ipairs { "zego", "aliyun" } do
      local trouble = random(2) == 1 and TROUBLES[random(#TROUBLES)]
      if trouble then
        count "troubles"
        local fault = { vendor = vendor, times = -1 }
        for name, value in pairs(trouble) do fault[name] = value end
        if vendor == "aliyun" and fault.code then fault.code = "ServiceUnavailable" end
        e:fault(fault)
      end
    end
  end

  local function play(round, unsure)
    flap(round)
    local about = 2 * random(STREAMS / 2)
    announce(about, not unsure[about])
    local chosen, waits = {}, {}
    for i = 1, STREAMS do chosen[i] = i end
    for k = 1, A_ROUND do
      local at = k - 1 + random(STREAMS - k + 1)
      chosen[k], chosen[at] = chosen[at], chosen[k]
      waits[k] = begin(chosen[k], random(2) == 1 and "forbid" or "resume")
    end
    if round == RELOAD then shell.run("kill -HUP " .. n.pid) end
    for k = 1, A_ROUND do
      unsure[chosen[k]] = not waits[k]() or nil
    end
    if round == RESTART then
      n:restart()
      stats["webhook forbid"] = nil -- the counters of /metrics begin again as well
    end
  end

  -- Whether the emulator knows each stream as it was decided last.
  local function wrong()
    local state, list = e:state(), {}
    for i, intent in pairs(wanted) do
      local vendor, stream = stream_of(i)
      local is_forbidden
      if vendor == "zego" then
        is_forbidden = state.zego.forbidden[stream] ~= nil
      else
        is_forbidden = state.aliyun.blocked["push.example.com/app/" .. stream.StreamName] ~= nil
      end
      if is_forbidden ~= (intent == "forbid") then list[#list + 1] = i .. ": " .. intent end
    end
    return list
  end

  -- Forbids whose request did not reach the vendor between its beginning and its end.
  local function held_back()
    local times, list = {}, {}
    for _, entry in ipairs(e:requests()) do
      if entry.action:find "^Forbid" then
        local ids = entry.query["StreamId[]"] or entry.query.StreamName or entry.form.StreamName
        for _, id in ipairs(type(ids) == "table" and ids or { ids }) do
          times[id] = times[id] or {}
          table.insert(times[id], entry.time / 1000)
        end
      end
    end
    for _, post in ipairs(posts) do
      local is_there = post.intent ~= "forbid"
      for _, time in ipairs(times[post.id] or {}) do
        is_there = is_there or time >= post.from - 0.01 and time <= post.to + 0.01
      end
      if not is_there then list[#list + 1] = post.id .. " " .. post.status end
    end
    return list
  end

  it("keeps the last decision about each stream", function()
    local seed = tonumber(os.getenv "CHAOS_SEED") or 26
    random, stats, wanted, posts = numbers(seed), {}, {}, {}
    local unsure = {}
    for round = 1, ROUNDS do play(round, unsure) end
    e:clear_faults()
    for i in pairs(unsure) do
      eventually(function() return begin(i, wanted[i])() end)
    end
    assert.same({}, wrong(), "CHAOS_SEED=" .. seed)
    eventually(function() -- each webhook's forbid went out or gave way; "late" may follow "forbid"
      local ended = sender.outcomes(n)
      return (ended.forbid or 0) + (ended.late or 0) + (ended.doubled or 0)
        >= (stats["webhook forbid"] or 0)
    end)
    assert.same({}, wrong())
    assert.same({}, held_back())
    for _, what in ipairs { 200, 503, "breaker_open", "troubles", "webhook forbid",
      "webhook fine" } do
      assert.is_true((stats[what] or 0) > 0, what .. " did not happen, CHAOS_SEED=" .. seed)
    end
    local list = {}
    for what, number in pairs(stats) do list[#list + 1] = what .. " " .. number end
    table.sort(list)
    print(("CHAOS_SEED=%d: %s"):format(seed, table.concat(list, ", ")))
  end)
end)
