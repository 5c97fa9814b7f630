-- The systemd unit of the edge, as systemd judges it.

local edge = require "spec.support.edge"
local shell = require "spec.emulator.launcher.shell"

describe("examples/streamctl-edge.service", function()
  local folder, path, text

  before_each(function()
    folder = shell.run("mktemp -d"):match "%S+"
    path = folder .. "/streamctl-edge.service"
    text = assert(shell.read_file(edge.root .. "/examples/streamctl-edge.service"))
    shell.write_file(path, (text:gsub("/usr/local/bin/streamctl%-edge", "/bin/true")
      :gsub("/usr/sbin/nginx", "/bin/true")))
  end)
  after_each(function() shell.run("rm -rf " .. shell.quote(folder)) end)

  local function has_systemd()
    return select(2, shell.run "command -v systemd-analyze") == 0
  end

  it("is a unit", function()
    if not has_systemd() then return pending "systemd-analyze is not installed" end
    assert.same({ "", 0 }, { shell.run("systemd-analyze verify " .. path) })
  end)

  it("leaves little to whoever gets into the service: an exposure below 3 of 10", function()
    if not has_systemd() then return pending "systemd-analyze is not installed" end
    local said, status = shell.run("systemd-analyze security --offline=true --no-pager "
      .. "--threshold=29 " .. path)
    assert.equal(0, status, said)
  end)

  it("checks the settings before a start and before a reload", function()
    local write = "=(/usr/local/bin/streamctl%-edge %-%-write %S+)\n"
    local conf = text:match "ExecStart=/usr/sbin/nginx [^\n]* %-c (%S+)\n"
    for _, when in ipairs { "ExecStartPre", "ExecReload" } do
      assert.equal("/usr/local/bin/streamctl-edge --write " .. conf, text:match(when .. write))
    end
    assert.is_true(text:find "ExecReload=/usr/local" < text:find "ExecReload=/bin/kill %-HUP")
  end)
end)
