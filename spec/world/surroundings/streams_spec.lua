-- Streams and terminals that are full, closed or gone.

local command = require "spec.support.command"
local held = require "spec.world.surroundings.held"
local shell = require "spec.support.emulator.launcher.shell"

command.describe("the command's streams:", function(c, e)
  setup(function() held.ids(c, 60) end)
  before_each(function() shell.run("rm -f " .. shell.quote(c.dir) .. "/report") end)

  local WORDS = { "resume", "@ids", "--concurrency", "1", "--report", "report" }

  local function run(options, change)
    options.vendor = "zego"
    return held.run(c, e, { words = WORDS, options = options, action = "ResumeRTCStreams",
      number = 2, change = change })
  end

  local function last_record()
    local records = c:report "report"
    return records[#records]
  end

  -- The report is whole, and the same command sends what was never sent.
  local function assert_goes_on()
    local ran = c:run(WORDS, { vendor = "zego" })
    assert.equal(0, ran.status, ran.err)
    assert.equal(60, last_record().succeeded)
    assert.equal(3, #e:requests { action = "ResumeRTCStreams" })
  end

  it("stderr is a pipe that nobody reads", function()
    local fifo = shell.quote(c.dir .. "/fifo")
    shell.run("mkfifo " .. fifo)
    e:fault { kind = "latency", held = true, times = -1 }
    local handle = c:start(WORDS, { vendor = "zego", before = "exec 9<>" .. fifo .. " 2>&9" })
    command.await(function() return #e:requests() > 0 end, "the first request")
    -- full from here on: the first signal's own text waits for a reader
    shell.run("timeout 1 dd if=/dev/zero of=" .. fifo .. " bs=1 count=70000 oflag=nonblock")
    -- again until it has ended: two signals are one when the first is still to be delivered
    command.await(function()
      shell.run("kill -INT " .. handle.pid)
      return handle:is_over()
    end, "the end after the second signal")
    assert.equal(130, handle:wait().status)
  end)

  it("stdout is closed", function()
    local ran = c:run({ "state", "s1", "s2" }, { vendor = "zego", before = "exec >&-" })
    assert.equal(1, ran.status)
    assert.matches("stdout", ran.err, 1, true)
  end)

  it("stdout's reader goes away", function()
    local ran = c:run({ "state", "@ids", "-o", "ids" }, { vendor = "zego", through = "true" })
    assert.equal(141, ran.status, ran.err)
  end)

  it("stdout is a full disk", function()
    local ran = c:run({ "state", "s1", "s2" }, { vendor = "zego", stdout = "/dev/full" })
    assert.equal(1, ran.status)
    assert.matches("stdout", ran.err, 1, true)
  end)

  it("the terminal is closed", function()
    local ended = run({}, function(handle) handle:signal "HUP" end)
    assert.equal(143, ended.status, ended.err)
    assert.equal("end", last_record().record)
    assert.equal(20, last_record().unsent)
    assert_goes_on()
  end)

  it("the terminal is closed under nohup", function()
    local ended = run({ within = "nohup" }, function(handle) handle:signal "HUP" end)
    assert.equal(0, ended.status, ended.err)
    assert.equal(60, last_record().succeeded)
  end)

  it("stdin is a terminal that goes away", function()
    local script = c:write("terminal.sh", [[
      line=
      for word; do line="$line '$(printf %s "$word" | sed "s/'/'\\\\''/g")'"; done
      SHELL=/bin/sh exec script -qec "exec $line" /dev/null
    ]])
    run({ within = "sh " .. script }, function(handle)
      handle:signal "KILL" -- the terminal, and not the command
    end)
    command.await(function() return (last_record() or {}).record == "end" end, "the last record")
    assert.equal(20, last_record().unsent)
    assert_goes_on()
  end)
end)
