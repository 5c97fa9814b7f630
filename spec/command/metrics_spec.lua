-- The flag --metrics: a run's numbers in a file, as node_exporter's textfile collector reads them.

local command = require "spec.support.command"
local openmetrics = require "spec.support.openmetrics"
local redis_server = require "spec.store.redis_server"
local shell = require "spec.emulator.launcher.shell"

-- Debian has redis-lua for the Luas up to 5.3.
local LUA_PATH = (os.getenv "STREAMCTL_COMMAND" and ";" or os.getenv "LUA_PATH" or ";")
  .. ";/usr/share/lua/5.3/?.lua"

command.describe("--metrics", function(c, e)
  local path

  before_each(function()
    path = c.dir .. "/run.prom"
    shell.run("rm -f " .. shell.quote(path))
  end)

  local function samples() return (openmetrics.read(assert(shell.read_file(path)), true)) end

  local function count(name, ...) return openmetrics.sum(samples(), "streamctl_" .. name, ...) end

  it("counts what a run has sent, whatever the umask is", function()
    e:fault { action = "ResumeRTCStreams", kind = "status", status = 503 }
    c:write("ids", command.ids(45))
    c:run({ "resume", "@ids", "--metrics", path }, { vendor = "zego", before = "umask 077" }):ok()
    assert.equal(4, #e:requests()) -- 20, 20, 5, and one again
    assert.equal(4, count("attempts_total", 'operation="ResumeRTCStreams"'))
    assert.equal(3, count("attempts_total", 'code="ok"'))
    assert.equal(3, count("calls_total", 'vendor="zego"', 'code="ok"'))
    assert.equal(1, count("retries_total", 'code="http"'))
    assert.equal(0, count "calls_in_flight")
    local listing = shell.run("ls -l " .. shell.quote(path))
    assert.matches("^%-rw%-r%-%-r%-%-", listing)
  end)

  it("counts the calls of a run that fails, too", function()
    e:fault { action = "ResumeLiveStream", kind = "status", times = -1 }
    c:run({ "call", "ResumeLiveStream", "DomainName=push.example.com", "AppName=app",
      "StreamName=s1", "--attempts", "2", "--yes", "--metrics", path }, { vendor = "aliyun" })
      :ends(1)
    assert.equal(2, count("attempts_total", 'vendor="aliyun"', 'code="http"'))
    assert.equal(1, count("calls_total", 'operation="ResumeLiveStream"', 'code="http"'))
  end)

  it("that cannot be written ends a command before anything is sent", function()
    for _, wrong in ipairs { c.dir, c.dir .. "/none/run.prom", "-" } do
      c:run({ "resume", "s1", "--metrics", wrong }, { vendor = "zego" })
        :refused("--metrics cannot be written", "nothing was sent")
    end
    assert.equal(0, #e:requests())
  end)

  it("is not for commands that call nobody", function()
    c:run({ "ops", "--metrics", path }, { vendor = "none" }):refused("--metrics is not for")
    assert.is_nil(shell.read_file(path))
  end)

  it("tells a worker's calls, and how much is queued", function()
    local server = assert(redis_server.start "--appendonly yes --appendfsync always")
    finally(function() server:stop() end)
    local options = { vendor = "zego", environment = { LUA_PATH = LUA_PATH,
      STREAMCTL_STORE = "redis://127.0.0.1:" .. server.port } }
    c:write("ids", command.ids(45))
    c:run({ "resume", "@ids", "--queue", "--not-before", "+1h" }, options):ok()
    local job = c:run({ "resume", "@ids", "--queue", "-o", "ids" }, options):ok().out:gsub("%s", "")
    local worker = c:start({ "queue", "work", "--timeout", "1", "--lease", "8", "--metrics", path },
      options)
    c:run({ "queue", "status", job, "--watch" }, options):ok()
    assert(redis_server.wait_until(function()
      return shell.read_file(path):find("streamctl_queue_entries", 1, true) ~= nil
    end))
    assert.equal(3, count("queue_entries", 'lane="bulk"', 'state="later"'))
    assert.equal(0, count("queue_entries", 'lane="urgent"'))
    worker:signal "TERM"
    worker:wait():ok()
    assert.equal(3, count("calls_total", 'operation="ResumeRTCStreams"', 'code="ok"'))
    assert.equal(#e:requests(), count "attempts_total")
  end)
end)
