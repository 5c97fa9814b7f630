-- streamctl address sign, which sends nothing.

local cjson = require "cjson"
local command = require "spec.support.command"
local streamctl = require "streamctl"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local KEY = "atHandKey1Of9"
local URL = "rtmp://push.example.com/app/s1"

command.describe("address sign", function(c, e)
  local function verified(url, key)
    return assert(streamctl.aliyun.address.verify { url = url, key = key })
  end

  describe("with a key", function()
    it("from a file prints the address alone, and sends nothing", function()
      local path = c:write("key", KEY .. "\n")
      local ran = c:run { "address", "sign", URL, "--key-file", path, "--expires", "+1h" }
      assert.same({ 0, "" }, { ran.status, ran.err })
      local url = ran.out:match "^(rtmp://[^\n]+)\n$"
      local said = verified(url, KEY)
      assert.equal("/app/s1", said.path)
      assert.is_true(math.abs(said.expires - os.time() - 3600) < 600)
      assert.same({}, e:requests())
    end)

    it("from the environment or a file that it names, as JSON", function()
      for _, environment in ipairs {
        { ALIBABA_CLOUD_LIVE_AUTH_KEY = KEY },
        { ALIBABA_CLOUD_LIVE_AUTH_KEY_FILE = c:write("other", KEY) },
      } do
        local ran = c:run({ "address", "sign", URL .. "?a=1", "--expires", "2030-01-02T03:04:05Z",
          "-o", "json" }, { environment = environment }):ok()
        local said = verified(cjson.decode(ran.out).url, KEY)
        assert.same({ "/app/s1", 1893553445 }, { said.path, said.expires })
      end
      assert.same({}, e:requests())
    end)

    it("says what is wrong, and shows no key", function()
      local both = c:write("both", KEY .. "\nother\n")
      local path = c:write("one", KEY)
      for want, words in pairs {
        ["--expires is missing"] = { URL, "--key-file", path },
        ["--expires 'soon': expected a time in UTC"] = { URL, "--key-file", path, "--expires",
          "soon" },
        ["the key of the domain is missing"] = { URL, "--expires", "+1h" },
        ["there are 2 keys"] = { URL, "--key-file", both, "--expires", "+1h" },
        ["/nowhere: No such file"] = { URL, "--key-file", "/nowhere", "--expires", "+1h" },
        ["is empty"] = { URL, "--key-file", c:write("none", "\n"), "--expires", "+1h" },
        ["url must name an application and a stream"] =
          { "rtmp://push.example.com/app", "--key-file", path, "--expires", "+1h" },
      } do
        local ran = c:run { "address", "sign", unpack(words) }:refused(want)
        assert.is_nil(ran.err:find(KEY, 1, true))
      end
    end)
  end)
end)
