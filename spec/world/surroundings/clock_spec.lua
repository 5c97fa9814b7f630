-- Clocks that are set while the command runs, and a vendor whose clock is another.

local command = require "spec.support.command"
local held = require "spec.world.surroundings.held"
local host = require "spec.world.surroundings.host"

command.describe("the clock:", { second_task = "accepted" }, function(c, e)
  -- A run of three requests, before whose second one's answer the wall clock is set.
  local function steps(seconds)
    local clocks = host.clocks(c.dir, true)
    e:state { zego = { forbidden = held.ids(c, 60) } }
    local ended = held.run(c, e, { action = "ResumeRTCStreams", number = 2,
      words = { "resume", "@ids", "--store", "file:" .. c.dir .. "/run.cells",
        "--concurrency", "1" },
      options = { vendor = "zego", environment = clocks.environment },
      change = function() clocks.step(seconds) end })
    assert.equal(0, ended.status, ended.err)
    local last = 0
    for _, entry in ipairs(e:requests { action = "ResumeRTCStreams" }) do
      local sequence = tonumber(entry.query.Sequence)
      if entry.executed then -- the vendor knows nothing of what it refused for its time
        assert.is_true(sequence > last)
        last = sequence
      end
    end
    assert.same({}, e:state().zego.forbidden)
  end

  it("set forward by 6 s", function() steps(6) end)
  it("set forward by an hour", function() steps(3600) end)
  it("set back by an hour", function() steps(-3600) end)

  local TASK = { "relay", "ensure", "--region", "cn-shanghai", "--from",
    "rtmp://pull.example.com/app/s", "--to", "rtmp://push.example.com/app/s",
    "--start", "2030-01-02T03:00:00Z", "--end", "2030-01-02T04:00:00Z", "--yes" }

  local function ensure(name, ...)
    local words = { "--store", "file:" .. c.dir .. "/" .. name .. ".cells", ... }
    for i, word in ipairs(TASK) do table.insert(words, i, word) end
    return words
  end

  it("set while another process has a lock", function()
    for _, seconds in ipairs { 6, 3600, -3600 } do
      e:reset()
      local clocks = host.clocks(c.dir, true)
      clocks.step(seconds)
      local other
      local ended = held.run(c, e, { action = "CreateLivePullToPush", number = 1,
        words = ensure(seconds), options = { vendor = "aliyun" },
        change = function()
          other = c:run(ensure(seconds, "--timeout", "1"),
            { vendor = "aliyun", environment = clocks.environment })
        end })
      assert.equal(0, ended.status, ended.err)
      assert.not_equal(0, other.status)
      assert.equal(1, #e:requests { action = "CreateLivePullToPush" })
    end
  end)

  it("an hour ahead of the vendor's", function()
    local clocks = host.clocks(c.dir)
    clocks.step(3600)
    local function run(store, options, ...)
      options.vendor = "zego"
      return c:run({ "--store", "file:" .. c.dir .. "/" .. store, ... }, options)
    end
    local ran = run("a.cells", { environment = clocks.environment }, "resume", "room1")
    assert.equal(0, ran.status, ran.err)
    -- a host with a right clock and a store of its own is not locked out
    ran = run("b.cells", {}, "forbid", "room1")
    assert.equal(0, ran.status, ran.err)
    assert.equal(3, #e:requests { vendor = "zego" })
  end)

  it("an hour behind the vendor's", function()
    e:config { clock_offset = 3600 }
    local ran = c:run({ "resume", "room1" }, { vendor = "zego" })
    e:config { clock_offset = 0 }
    assert.equal(0, ran.status, ran.err)
    assert.equal(2, #e:requests())
  end)
end)
