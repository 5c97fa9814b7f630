-- Four workers that forbid and resume the same streams at once, through one store.

local cjson = require "cjson"
local crowd = require "spec.world.openresty.parts.crowd"
local latest = require "spec.support.latest"
local place = require "spec.world.openresty.parts.place"
local redis_server = require "spec.world.store.redis_server"
local streamctl = require "streamctl"

local WORKERS, STREAMS = 4, 500
local RATE = 20 -- documented, of each of both operations

local HTTP = [[
lua_shared_dict sharing 4m;
init_worker_by_lua_block { require("spec.world.openresty.parts.sharing").start() }
]]

local SERVER = [[
location = /go { content_by_lua_block { require("spec.world.openresty.parts.sharing").go() } }
location = /worker { content_by_lua_block { require("spec.world.openresty.parts.sharing").answer() } }
]]

local function streams_of(entry)
  local ids = entry.query["StreamId[]"]
  return type(ids) == "table" and ids or { ids }
end

-- Runs the four. Returns what each tells, and the seconds it took.
local function work(p, count)
  local begun, told = crowd.now(), {}
  p:ask("/go?n=" .. count)
  for worker = 0, WORKERS - 1 do
    local text = place.wait_for("worker " .. worker, 60, function()
      local result = crowd.get(p.n.port, "/worker?worker=" .. worker)
      return result.status == 200 and result.body
    end)
    told[worker + 1] = cjson.decode(text)
    assert.is_nil(told[worker + 1].problem)
  end
  return told, crowd.now() - begun
end

-- What the emulator saw of each stream: the newest request, and how many were executed and refused,
-- by action.
local function read_log(log)
  local seen, by_stream, refused = {}, {}, 0
  for _, entry in ipairs(log) do
    local sequence = tonumber(entry.query.Sequence)
    assert.is_nil(seen[sequence], "a Sequence was used twice")
    seen[sequence] = true
    -- only one thing is refused: what was overtaken on its way, by a newer request that had been
    -- stamped meanwhile; it gives way, or goes again with other streams
    assert.equal(not entry.executed, entry.violation ~= nil)
    refused = refused + (entry.executed and 0 or 1)
    for _, id in ipairs(streams_of(entry)) do
      local stream = by_stream[id] or { executed = {}, refused = {}, newest = 0, newest_taken = 0 }
      by_stream[id] = stream
      stream.newest = math.max(stream.newest, sequence)
      local counts = entry.executed and stream.executed or stream.refused
      counts[entry.action] = (counts[entry.action] or 0) + 1
      if entry.executed then
        assert.is_true(sequence > stream.newest_taken,
          "an older Sequence was taken after a newer one")
        stream.newest_taken, stream.action = sequence, entry.action
      end
    end
  end
  return by_stream, refused
end

-- What callers were told, by stream and action.
local function count_outcomes(told)
  local counts, pids = {}, {}
  for _, worker in ipairs(told) do
    pids[worker.pid] = true
    for _, batch in ipairs(worker.batches) do
      for id, outcome in pairs(batch.outcomes) do
        local key = id .. " " .. batch.action
        counts[key] = counts[key] or { ok = 0, superseded = 0, vendor = 0 }
        assert.is_truthy(counts[key][outcome], id .. ": " .. outcome)
        counts[key][outcome] = counts[key][outcome] + 1
      end
    end
  end
  local workers = 0
  for _ in pairs(pids) do workers = workers + 1 end
  assert.equal(WORKERS, workers)
  return counts
end

local function check(p, store)
  local told, seconds = work(p, STREAMS)
  local log = p.e:requests { vendor = "zego" }
  local by_stream, refused = read_log(log)
  local counts, state, superseded = count_outcomes(told), p.e:state(), 0
  for i = 1, STREAMS do
    local id = "s" .. i
    local stream = by_stream[id]
    -- the newest intent of all that were stamped went out, with a number not below its age, and
    -- decides
    local age = latest(store, ("zego:%.0f"):format(p.e.app_id), id)
    assert.is_true(stream.newest >= age, id)
    if stream.newest == stream.newest_taken then
      assert.equal(stream.action == "ForbidRTCStreams", state.zego.forbidden[id] ~= nil)
    else -- its request was overtaken for the sake of another stream in it
      assert.is_true(refused > 0)
    end
    for _, action in ipairs { "ForbidRTCStreams", "ResumeRTCStreams" } do
      local count = counts[id .. " " .. action]
      assert.equal(WORKERS, count.ok + count.superseded + count.vendor)
      assert.equal(stream.executed[action] or 0, count.ok)
      assert.is_true(count.vendor <= (stream.refused[action] or 0))
      superseded = superseded + count.superseded
    end
  end
  assert.equal(refused, state.zego.violations)
  assert.is_true(superseded > 0) -- else nobody met anybody
  -- each has its slots, and the rate is that of all together
  local sent = {}
  for _, entry in ipairs(log) do sent[entry.action] = (sent[entry.action] or 0) + 1 end
  for _, count in pairs(sent) do
    assert.is_true(seconds >= (count - 1) / RATE, "took only " .. seconds)
  end
  assert.same({}, p:alarms())
  place.note(("%.1f s, %d requests, %d refused, %d superseded"):format(seconds, #log, refused,
    superseded))
  return told
end

describe("four workers", function()
  local p, server

  after_each(function()
    if p then p:stop() end
    if server then server:stop() end
    p, server = nil, nil
  end)

  local function start(environment)
    p = place.start {
      workers = WORKERS, http = HTTP, server = SERVER, environment = environment,
    }
  end

  it("keep order and rate through a file", function()
    local path = os.tmpname()
    os.remove(path)
    finally(function() os.remove(path) end)
    start { STORE = "file", STORE_FILE = path }
    check(p, assert(streamctl.store.file(path)))
  end)

  it("keep order and rate through a Redis, and use its connections again", function()
    if not redis_server.library() then return pending(select(2, redis_server.library())) end
    server = assert(redis_server.start())
    start { STORE = "redis", REDIS_PORT = tostring(server.port) }
    for _, worker in ipairs(check(p, redis_server.store(server.port))) do
      assert.is_true(worker.used_again > worker.connections / 2,
        worker.used_again .. " of " .. worker.connections)
    end
  end)
end)
