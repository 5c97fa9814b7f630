-- What the other specs of the command rest on: spec/support/command.lua.
local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"

describe("the specs' way to run the command", function()
  local c

  before_each(function() c = command.new() end)
  after_each(function() c:close() end)

  it("lets it find an emulator's accounts, and nothing of this machine's", function()
    local e = { environment = function()
      return { { "ZEGO_APP_ID", "1" }, { "ALIBABA_CLOUD_ENDPOINT", "https://e" },
        { "STREAMCTL_CA_FILE", "/ca.pem" }, { "STREAMCTL_EMULATOR_CONTROL", "http://c" } }
    end }
    -- names that begin so, in the environment of a run
    local function names(options)
      options.environment.LUA_INIT = "os.execute 'env'; os.exit(0)"
      local own = command.new(e)
      local list = {}
      for name in own:run({}, options).out:gmatch "([^\n=]+)=[^\n]*" do
        if name:find "^ZEGO" or name:find "^ALI" or name:find "^STREAMCTL" or name:find "^XDG"
          or name == "HOME" then
          list[#list + 1] = name
        end
      end
      own:close()
      table.sort(list)
      return table.concat(list, " ")
    end
    local always = "HOME STREAMCTL_CA_FILE XDG_CONFIG_HOME XDG_STATE_HOME"
    assert.equal("ALIBABA_CLOUD_ECS_METADATA_DISABLED ALIBABA_CLOUD_ENDPOINT " .. always
      .. " ZEGO_APP_ID", names { environment = {} })
    assert.equal("ALIBABA_CLOUD_ECS_METADATA_DISABLED " .. always .. " ZEGO_APP_ID",
      names { vendor = "zego", environment = {} })
    assert.equal("ALIBABA_CLOUD_ECS_METADATA_DISABLED ALIBABA_CLOUD_ENDPOINT " .. always,
      names { vendor = "aliyun", environment = {} })
    assert.equal(always .. " ZEGO_B", names { vendor = "none", environment = {
      ALIBABA_CLOUD_ECS_METADATA_DISABLED = false, ZEGO_B = "2" } })
  end)

  it("sends signals to the process itself, and ends what still runs", function()
    for name, status in pairs { TERM = 143, INT = 130 } do
      local handle = c:start({}, { before = "exec sleep 1000" })
      handle:signal(name)
      handle:wait():ends(status)
    end
    local handle = c:start({}, { before = "exec sleep 1000" })
    local dir = c.dir
    c:close()
    assert.equal(0, (select(2, shell.run("test ! -e " .. shell.quote(dir)))))
    assert.equal(1, (select(2, shell.run("kill -0 " .. handle.pid))))
  end)
end)
