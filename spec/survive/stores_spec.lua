-- Stores in use: several processes that forbid and resume the same streams through one file, and
-- stores that fail.

local child = require "spec.support.child"
local core = require "streamctl.core"
local redis_server = require "spec.store.redis_server"
local session = require "spec.support.session"
local shell = require "spec.emulator.launcher.shell"
local streamctl = require "streamctl"

local PROCESSES, ROUNDS = 4, 5

-- Forbids and resumes the streams that it is told. Prints a line for each call: action, code,
-- attempts.
local WORKER = [==[
local streamctl = require "streamctl"
local rtc = streamctl.zego.new {
  app_id = tonumber(os.getenv "ZEGO_APP_ID"), server_secret = os.getenv "ZEGO_SERVER_SECRET",
  endpoint = os.getenv "ZEGO_ENDPOINT", tls = { ca_file = os.getenv "STREAMCTL_CA_FILE" },
  store = assert(streamctl.store.file(os.getenv "STORE")), retry = { base = 0.01, cap = 0.02 },
}
for _ = 1, tonumber(os.getenv "ROUNDS") do
  for _, name in ipairs { "forbid", "resume" } do
    local body, _, err = rtc[name .. "_rtc_streams"](rtc, { StreamId = { arg[1], arg[2] } })
    print(name, body and "ok" or err.code, body and 0 or err.attempts)
  end
end
]==]

session.describe("a store in use", function(s)
  local dir

  before_each(function() dir = shell.run("mktemp -d"):match("%S+") end)
  after_each(function() shell.run("rm -rf " .. shell.quote(dir)) end)

  -- Runs the worker in several processes at once, each with streams of its own if so told. Returns
  -- the lines of all.
  local function work(apart)
    local environment = { STORE = dir .. "/store", ROUNDS = tostring(ROUNDS) }
    for _, pair in ipairs(s.e:environment()) do environment[pair[1]] = pair[2] end
    local command, script = child.command(WORKER, environment, dir .. "/worker.lua"), {}
    for i = 1, PROCESSES do
      local own = apart and i or 0
      script[i] = ("%s a%d b%d >%s/out%d 2>&1 &"):format(command, own, own, dir, i)
    end
    shell.write_file(dir .. "/run.sh", table.concat(script, "\n") .. "\nwait\n")
    shell.run("timeout 300 sh " .. shell.quote(dir .. "/run.sh"))
    local lines = {}
    for i = 1, PROCESSES do
      for line in io.lines(dir .. "/out" .. i) do lines[#lines + 1] = line end
    end
    return lines
  end

  local function count_lines(lines)
    local counts = { ok = 0, vendor = 0, superseded = 0 }
    for _, line in ipairs(lines) do
      local code = line:match("^%a+\t([%a_]+)\t%d+$")
      assert.is_truthy(counts[code], line)
      counts[code] = counts[code] + 1
    end
    assert.equal(2 * PROCESSES * ROUNDS, #lines)
    return counts
  end

  -- Sequences that the emulator took: rising for each stream, and the newest one decides.
  local function check_order(log)
    local seen, accepted, newest = {}, 0, nil
    for _, entry in ipairs(log) do
      local sequence = tonumber(entry.query.Sequence)
      assert.is_nil(seen[sequence], "a Sequence was used twice")
      seen[sequence] = true
      if entry.executed then
        accepted = accepted + 1
        assert.is_true(not newest or sequence > newest.sequence,
          "an older Sequence was taken after a newer one")
        newest = { sequence = sequence, action = entry.action }
      end
    end
    for sequence in pairs(seen) do assert.is_true(sequence <= newest.sequence) end
    return accepted, newest.action
  end

  it("keeps the order of calls of several processes", function()
    local counts = count_lines(work())
    local log = s.e:requests()
    local accepted, action = check_order(log)
    assert.equal(counts.ok, accepted)
    -- what gave way before it was sent was not sent
    assert.equal(counts.ok + counts.vendor, #log)
    -- a call that is overtaken on its way is refused by the vendor, and no call fails for any
    -- other reason
    local state = s.e:state()
    assert.equal(counts.vendor, state.zego.violations)
    assert.equal(action == "ForbidRTCStreams" and 2 or 0, session.count(state.zego.forbidden))
  end)

  it("shares the rate between several processes", function()
    local start = core.now()
    assert.same({ ok = 2 * PROCESSES * ROUNDS, vendor = 0, superseded = 0 },
      count_lines(work(true)))
    local log = s.e:requests()
    assert.equal(2 * PROCESSES * ROUNDS, #log)
    assert.equal(0, s.e:state().zego.violations)
    for _, action in ipairs { "ForbidRTCStreams", "ResumeRTCStreams" } do
      local count = 0
      for _, entry in ipairs(log) do
        if entry.action == action then
          -- none arrives before its slot; how long after it, the machine decides
          assert.is_true(entry.time / 1000 >= start + count / 20 - 0.002, count .. " came early")
          count = count + 1
        end
      end
      assert.equal(PROCESSES * ROUNDS, count)
    end
  end)

  local function check_nothing_sent(store, pattern)
    local rtc = s:zego { store = store, retry = {} }
    local live = s:aliyun { store = store, rate_limit = 30 }
    for _, call in ipairs {
      function() return rtc:forbid_rtc_stream { StreamId = "s1" } end,
      function() return live:resume_live_stream(session.stream()) end,
    } do
      local body, message, err = call()
      assert.is_nil(body)
      assert.equal("store", err.code)
      assert.is_truthy(message:find("^store: the store gives no %a+: "), message)
      if pattern then assert.is_truthy(message:find(pattern), message) end
      assert.is_false(err.maybe_sent)
      assert.equal(0, err.attempts)
    end
    local report = rtc:batch("ForbidRTCStreams", { "a", "b" })
    assert.same({ 2, 0 }, { report.failed, report.requests })
    assert.equal(0, #s.e:requests())
  end

  it("that is closed sends nothing", function()
    local store = assert(streamctl.store.file(dir .. "/store"))
    store:close()
    check_nothing_sent(store)
  end)

  it("whose Redis is down sends nothing", function()
    local store = streamctl.store.redis(function() return nil, "connection refused" end)
    check_nothing_sent(store, "connection refused")
    if not redis_server.library() then return end
    -- one that cannot be reached, and throws as lua-redis does
    store = streamctl.store.redis(function() return redis_server.connect(1) end)
    check_nothing_sent(store, "refused")
  end)

  it("whose Redis dies sends nothing more, and goes on when it is back", function()
    if not redis_server.library() then return pending(select(2, redis_server.library())) end
    local server = assert(redis_server.start())
    local store = streamctl.store.redis(function() return redis_server.connect(server.port) end)
    local rtc = s:zego { store = store }
    local ok, problem = pcall(function() assert(rtc:forbid_rtc_stream { StreamId = "s1" }) end)
    server:stop()
    assert.is_true(ok, tostring(problem))
    assert.equal(1, #s.e:requests())
    s.e:reset()
    check_nothing_sent(store)
    server = assert(redis_server.start())
    ok, problem = pcall(function() assert(rtc:resume_rtc_stream { StreamId = "s1" }) end)
    server:stop()
    assert.is_true(ok, tostring(problem))
    assert.equal(1, #s.e:requests())
  end)

  it("that answers nothing sends nothing", function()
    local function nothing() return nil end
    check_nothing_sent { stamp = nothing, reserve = nothing }
  end)
end)
