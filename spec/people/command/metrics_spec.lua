-- `queue work --metrics`: numbers in a file, as node_exporter's textfile collector reads them.

local command = require "spec.support.command"
local prometheus = require "spec.support.prometheus"
local redis_server = require "spec.world.store.redis_server"
local shell = require "spec.support.emulator.launcher.shell"

command.describe("queue work --metrics", function(c, e)
  local path, server, options

  before_each(function()
    path = c.dir .. "/run.prom"
    shell.run("rm -f " .. shell.quote(path))
    server = assert(redis_server.start "--appendonly yes --appendfsync always")
    options = { vendor = "zego",
      environment = { STREAMCTL_STORE = "redis://127.0.0.1:" .. server.port } }
  end)

  after_each(function() server:stop() end)

  local function samples() return (prometheus.read(assert(shell.read_file(path)))) end

  local function count(name, ...) return prometheus.sum(samples(), "streamctl_" .. name, ...) end

  it("tells a worker's calls, and how much is queued", function()
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
    assert.matches("^%-rw%-r%-%-r%-%-", shell.run("ls -l " .. shell.quote(path)))
  end)
end)
