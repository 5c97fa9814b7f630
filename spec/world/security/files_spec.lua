-- Files of another user, who may write the folder as well, such as /tmp: what lies at a path is not
-- taken for one's own.

local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"

command.describe("a file of another user", function(c, e)
  if shell.run "id -u":match "%d+" ~= "0" then return pending "only root can be two users" end

  local quote = shell.quote

  before_each(function()
    shell.run(("cd %s && rm -rf home/* made page* && mkdir made"):format(quote(c.dir)))
  end)

  local function chown(path)
    shell.run(("cd %s && chown -h 65534 %s"):format(quote(c.dir), path))
  end

  local NONE = { XDG_CONFIG_HOME = false, XDG_STATE_HOME = false }

  local function refused(words, environment, ...)
    c:run(words, { vendor = "zego", environment = environment }):ends(2, ...)
    assert.same({}, e:requests())
  end

  for what, words in pairs {
    ["report"] = "resume s1 --report made/file",
    ["metrics"] = "queue work --store redis://127.0.0.1:1 --metrics made/file",
    ["store"] = "resume s1 --store file:made/file",
  } do
    it("is refused as " .. what, function()
      c:write(what == "metrics" and "made/file.new" or "made/file", "")
      chown "made/*"
      refused(words, nil, "belongs to another user", "made/file")
      assert.equal("0\n", (shell.run("cd " .. quote(c.dir) .. " && stat -c %s made/*")))
    end)
  end

  it("is refused as the report to retry, whatever it says", function()
    c:run("resume s1 --report made/report", { vendor = "zego",
      environment = { ZEGO_ENDPOINT = "https://127.0.0.1:1" } }):ends(1)
    chown "made/report"
    refused("retry made/report -y", nil, "belongs to another user")
  end)

  it("is used as a store where it is one", function()
    c:run "resume s1 --store file:made/store":ok()
    chown "made/store"
    c:run "resume s1 --store file:made/store":ok()
  end)

  it("is refused as the configuration, and so is one in a folder of all", function()
    c:configure "[profile default]\nvendor = zego\n"
    shell.run("chmod 777 " .. quote(c.home .. "/config/streamctl"))
    refused("resume s1", nil, "/config/streamctl may be changed by everybody")
    for _, mode in ipairs { "1777", "755" } do -- a secret that is mounted has a sticky folder
      shell.run("chmod " .. mode .. " " .. quote(c.home .. "/config/streamctl"))
      c:run("resume s1", { vendor = "zego" }):ok()
    end
    e:reset()
    for _, path in ipairs { "home/config/streamctl/config.ini", "home/config/streamctl" } do
      chown(path)
      refused("resume s1", nil, path .. " belongs to another user", "set HOME")
      shell.run(("cd %s && chown 0 %s"):format(quote(c.dir), path))
    end
  end)

  it("is not made by a link in that user's HOME, nor by one that leads nowhere", function()
    shell.run(("cd %s && mkdir -p home/.local/state/streamctl && ln -s %s/made/a "
      .. "home/.local/state/streamctl/store"):format(quote(c.dir), quote(c.dir)))
    local store = "file:" .. c.home .. "/.local/state/streamctl/store"
    refused({ "resume", "s1", "--store", store }, nil, "No such file")
    chown "home"
    finally(function() shell.run("chown 0 " .. quote(c.home)) end)
    refused("resume s1", NONE, "names a folder of this user", "--store memory")
    assert.equal("", (shell.run("ls " .. quote(c.dir) .. "/made")))
  end)

  it("does not become a page", function()
    c:run("resume s1 --report made/report"):ok()
    c:write("page.new", "")
    chown "page.new"
    c:run("report made/report --html page"):ends(1, "belongs to another user", "page.new")
    assert.is_nil(io.open(c.dir .. "/page"))
  end)
end)
