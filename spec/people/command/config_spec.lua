-- What the command reads and keeps around itself: two terminals share order and rate, and no secret
-- comes out anywhere.

local command = require "spec.support.command"
local file = require "streamctl.store.file"
local latest = require "spec.support.latest"
local shell = require "spec.support.emulator.launcher.shell"

command.describe("the command's configuration", function(c, e)
  before_each(function() shell.run("rm -rf " .. shell.quote(c.home) .. "/*") end)

  local function mode_of(path)
    return (shell.run("stat -c %a " .. shell.quote(path)):gsub("%s+$", ""))
  end

  it("has one store for all terminals of a user, which is theirs alone", function()
    local line = "call ForbidRTCStreams --yes StreamId="
    -- of two streams: the vendor refuses the one that comes late, whichever that is
    local one, two = c:start(line .. "s1", { vendor = "zego" }),
      c:start(line .. "s2", { vendor = "zego" })
    for _, handle in ipairs { one, two } do handle:wait():ok() end
    local folder = c.home .. "/state/streamctl"
    assert.same({ "700", "700", "600" },
      { mode_of(c.home .. "/state"), mode_of(folder), mode_of(folder .. "/store") })
    local store, account = assert(file.new(folder .. "/store")), ("zego:%.0f"):format(e.app_id)
    local sent, highest = e:requests { vendor = "zego" }, 0
    assert.equal(2, #sent)
    for _, request in ipairs(sent) do
      highest = math.max(highest, tonumber(request.query.Sequence))
    end
    assert.equal(highest, latest(store, account))
    -- far beyond what a clock gives: whoever comes next goes on from there
    local far = highest + 2 ^ 40
    assert(store:stamp(account, far, {}))
    store:close()
    c:run(line .. "s1", { vendor = "zego" }):ok()
    sent = e:requests { vendor = "zego" }
    assert.is_true(tonumber(sent[3].query.Sequence) > far)
  end)

  it("shows no secret anywhere", function()
    local hidden = { e.server_secret, e.access_key_secret, "proxypass", "storepass",
      "tokenhushhush" }
    local function assert_silent(ran)
      for _, secret in ipairs(hidden) do
        for _, text in ipairs { ran.out, ran.err } do
          assert.is_nil(text:find(secret, 1, true), text)
        end
      end
      assert.is_nil(ran.err:find("internal error", 1, true), ran.err)
    end
    local token = { ALIBABA_CLOUD_SECURITY_TOKEN = "tokenhushhush" }
    local environment = {
      https_proxy = "http://someone:proxypass@127.0.0.1:1",
      STREAMCTL_STORE = "redis://:storepass@127.0.0.1:1",
      ALIBABA_CLOUD_SECURITY_TOKEN = "tokenhushhush",
    }
    for _, vendor in ipairs { "zego", "aliyun" } do
      for _, line in ipairs { "whoami", "doctor", "doctor -o json", "call DescribeLiveUserDomains",
        "call ForbidRTCStreams StreamId=s1 --yes", "call DescribeUserNum --json - -n" } do
        for _, given in ipairs { environment, token } do
          assert_silent(c:run(line .. " -v --vendor=" .. vendor,
            { environment = given, input = '{"RoomId":["r"]}' }))
        end
      end
    end
  end)
end)
