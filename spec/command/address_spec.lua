-- streamctl address sign: with a key at hand, which sends nothing, and with the one that the vendor
-- is asked for.

local cjson = require "cjson"
local command = require "spec.support.command"
local streamctl = require "streamctl"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local KEY, MAIN = "atHandKey1Of9", "mainKey7Of3The9Push"
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
        ["--domain is about the key that the vendor is asked for"] =
          { URL, "--key-file", path, "--expires", "+1h", "--domain", "push.example.com" },
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

  describe("without a key", function()
    before_each(function()
      e:state { aliyun = { domain_configs = {} } }
      assert(streamctl.aliyun.new {
        access_key_id = e.access_key_id, access_key_secret = e.access_key_secret,
        endpoint = e.aliyun, tls = { ca_file = e.ca_file },
      }:batch_set_live_domain_configs { DomainNames = "push.example.com", Functions =
        '[{"functionName":"aliauth","functionArgs":['
        .. '{"argName":"auth_type","argValue":"type_a"},{"argName":"auth_key1","argValue":"' .. MAIN
        .. '"},{"argName":"ali_auth_delta","argValue":"600"}]}]' })
    end)

    it("asks the vendor for the key of the domain", function()
      local ran = c:run({ "address", "sign", URL }, { vendor = "aliyun" }):ok()
      local said = verified(ran.out:match "^[^\n]+", MAIN)
      assert.is_true(math.abs(said.expires - os.time() - 600) < 300)
      assert.equal(1, #e:requests { action = "DescribeLiveDomainConfigs" })
      assert.is_nil((ran.out .. ran.err):find(MAIN, 1, true))
    end)

    it("asks for another domain's key", function()
      local ran = c:run({ "address", "sign", "rtmp://edge.example.com/app/s1",
        "--domain", "push.example.com", "--expires", "1893553445" }, { vendor = "aliyun" }):ok()
      assert.equal(1893553445, verified(ran.out:match "^[^\n]+", MAIN).expires)
    end)

    it("says so when the domain has none, and where there is no such thing", function()
      local ran = c:run({ "address", "sign", "rtmp://push.invalid/app/s1" },
        { vendor = "aliyun" })
      assert.same({ 1, "" }, { ran.status, ran.out })
      assert.truthy(ran.err:find("not_found: ", 1, true), ran.err)
      c:run { "address", "sign", URL, "--vendor", "zego" }:refused "say --vendor aliyun"
    end)
  end)
end)
