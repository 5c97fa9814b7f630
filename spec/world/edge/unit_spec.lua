-- The systemd units of the edge and of the queue's worker, as systemd judges them.

local nginx = require "spec.support.nginx"
local shell = require "spec.support.emulator.launcher.shell"

local function read(unit) return assert(shell.read_file(nginx.root .. "/examples/" .. unit)) end

-- The exit status of systemd-analyze, and what it said of a unit whose programs are there.
local function analyze(words, unit)
  local folder = shell.run("mktemp -d"):match "%S+"
  local path = folder .. "/" .. unit:match "[^/]+$"
  shell.write_file(path, (read(unit):gsub("/usr/local/bin/streamctl[-a-z]*", "/bin/true")
    :gsub("/usr/sbin/nginx", "/bin/true")))
  local said, status = shell.run(("systemd-analyze %s --no-pager %s"):format(words, path))
  shell.run("rm -rf " .. shell.quote(folder))
  return status, said
end

for _, unit in ipairs { "edge/streamctl-edge.service", "streamctl-queue@.service" } do
  describe("examples/" .. unit, function()
    local function has_systemd()
      return select(2, shell.run "command -v systemd-analyze") == 0
        or pending "systemd-analyze is not installed"
    end

    it("is a unit", function()
      if has_systemd() ~= true then return end
      assert.same({ 0, "" }, { analyze("verify", unit) })
    end)

    it("leaves little to whoever gets into the service: an exposure below 2 of 10", function()
      if has_systemd() ~= true then return end
      local status, said = analyze("security --offline=true --threshold=19", unit)
      assert.equal(0, status, said)
    end)
  end)
end

describe("examples/edge/streamctl-edge.service", function()
  it("checks the settings before a start and before a reload", function()
    local text = read "edge/streamctl-edge.service"
    for _, when in ipairs { "ExecStartPre", "ExecReload" } do
      assert.truthy(text:find(when .. "=/usr/local/bin/streamctl-edge --check\n", 1, true))
    end
    assert.matches("\nExecStart=/usr/sbin/nginx %-e stderr %-p /run/streamctl%-edge "
      .. "%-c /etc/streamctl%-edge/nginx.conf\n", text)
  end)

  it("reloads: the first process, which has no credentials, does nothing; the last one is of "
    .. "the shell", function()
    local commands = {}
    for command in read("edge/streamctl-edge.service"):gmatch "\nExecReload=([^\n]+)" do
      commands[#commands + 1] = command
    end
    assert.same({ "/bin/true",
      "/usr/local/bin/streamctl-edge --check",
      "/bin/sh -c 'kill -HUP $MAINPID'" }, commands)
  end)
end)

describe("examples/streamctl-queue@.service", function()
  it("leaves a worker the time that its requests may take, and starts it again", function()
    local text = read "streamctl-queue@.service"
    assert.is_true(tonumber(text:match "\nTimeoutStopSec=(%d+)\n") > 15) -- of a call, by default
    assert.matches("\nRestart=always\n", text)
    assert.equal(2, tonumber(text:match "\nRestartPreventExitStatus=(%d+)\n"))
    assert.matches("\nExecStart=/usr/local/bin/streamctl queue work\n", text)
  end)
end)
