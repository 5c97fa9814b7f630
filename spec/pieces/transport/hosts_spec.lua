-- Where calls go: each of a vendor's hosts has an address, and one option may name them all.

local curl = require "streamctl.transport.curl"
local helper = require "spec.pieces.helper"
local zego = require "streamctl.zego"

local HOSTS = { "rtc", "cloudrecord", "cloud-player", "metaworld" }

-- Where a call without a row goes, as it is signed and as the transport hears it.
local function goes_to(client, transport, host)
  local signed = assert(client:sign("AddedTomorrow", {}, { host = host }))
  assert(client:call("AddedTomorrow", {}, { host = host }))
  local origin = transport.requests[#transport.requests].origin
  assert.equal(origin .. "/", signed.url:sub(1, #origin + 1))
  return origin
end

describe("the hosts of a client", function()
  local real_new = curl.new

  after_each(function() curl.new = real_new end)

  it("have the vendor's addresses, in the client's region, or the one that was given", function()
    local function expect(format, options)
      local rtc, transport = helper.zego(nil, options)
      for _, host in ipairs(HOSTS) do
        assert.equal(format:format(host), goes_to(rtc, transport, host))
      end
      return rtc, transport
    end
    assert.equal("https://rtc-api.zego.im", goes_to(expect("https://%s-api.zego.im")))
    for _, region in ipairs { "sha", "hkg", "fra", "lax", "bom", "sgp" } do
      expect("https://%s-api-" .. region .. ".zego.im", { region = region })
    end
    expect("https://mine", { endpoint = "https://MINE:443", region = "sha" })
    for _, options in ipairs { {}, { region = "ap-southeast-1" } } do
      local live, transport = helper.aliyun(nil, options)
      assert.equal("https://live.aliyuncs.com", goes_to(live, transport))
      assert.equal("https://live.aliyuncs.com", goes_to(live, transport, "live"))
    end
  end)

  it("are each at its endpoint, the others where they were", function()
    local given = { cloudrecord = "https://Records:8443/", ["cloud-player"] = "http://p:80" }
    local rtc, transport = helper.zego(nil, { endpoint = given, region = "fra" })
    given.cloudrecord, given.rtc = "https://changed", "https://changed"
    assert.equal("https://records:8443", goes_to(rtc, transport, "cloudrecord"))
    assert.equal("http://p", goes_to(rtc, transport, "cloud-player"))
    assert.equal("https://rtc-api-fra.zego.im", goes_to(rtc, transport, "rtc"))
    assert.equal("https://metaworld-api-fra.zego.im", goes_to(rtc, transport, "metaworld"))
    assert.equal("https://mine",
      goes_to(helper.aliyun(nil, { endpoint = { live = "https://mine" } })))
  end)

  it("are shown where they were given", function()
    local endpoint = { cloudrecord = "https://records", ["cloud-player"] = "https://players" }
    assert.equal("streamctl.zego: https://rtc-api.zego.im cloudrecord=https://records "
      .. "cloud-player=https://players zego:1234567890",
      tostring((helper.zego(nil, { endpoint = endpoint }))))
    assert.equal("streamctl.zego: https://mine zego:1234567890",
      tostring((helper.zego(nil, { endpoint = { rtc = "https://mine" } }))))
  end)

  it("have a transport each, made at the first call; those at one address share it", function()
    local made = {}
    curl.new = function(config)
      made[#made + 1] = config.endpoint
      assert.equal("agent", config.user_agent)
      assert.equal(1000, config.max_response_bytes)
      return helper.transport(helper.response(200, helper.SUCCESS.zego))
    end
    local rtc = zego.new { app_id = 1, server_secret = "x", rate_limit = false,
      user_agent = "agent", max_response_bytes = 1000,
      endpoint = { rtc = "https://one", ["cloud-player"] = "https://one" } }
    assert.same({}, made)
    for _, host in ipairs { "rtc", "cloud-player", "cloudrecord", "cloudrecord", "rtc" } do
      assert(rtc:call("AddedTomorrow", {}, { host = host }))
    end
    assert.same({ "https://one", "https://cloudrecord-api.zego.im" }, made)
  end)

  it("must be the vendor's", function()
    local function refuses(wanted, fn)
      local ok, message = pcall(fn)
      assert.is_false(ok)
      assert.truthy(message:find("hosts_spec.lua:%d+: "), message)
      assert.truthy(message:find(wanted, 1, true), message)
    end
    for wanted, endpoint in pairs {
      ["option 'endpoint' has no host 'cloudrecrd' (did you mean 'cloudrecord'?); there are "
        .. "rtc, cloudrecord, cloud-player, metaworld"] = { cloudrecrd = "https://mine" },
      ["option 'endpoint' has no host '1'"] = { "https://mine" },
      ["option 'endpoint' of the host 'rtc' must be text, got a number"] = { rtc = 1 },
      ["option 'endpoint' of the host 'rtc' must be https://host[:port] without"] =
        { rtc = "https://a/b" },
    } do
      refuses(wanted, function()
        zego.new { app_id = 1, server_secret = "x", endpoint = endpoint }
      end)
    end
    local rtc, transport = helper.zego()
    local live = helper.aliyun()
    for _, method in ipairs { "call", "sign" } do
      refuses("option 'host' names no host 'cloudrecrd' (did you mean 'cloudrecord'?)", function()
        rtc[method](rtc, "AddedTomorrow", {}, { host = "cloudrecrd" })
      end)
      refuses("option 'host' names no host 'rtc'; there is live", function()
        live[method](live, "AddedTomorrow", {}, { host = "rtc" })
      end)
      refuses("the option 'host' is for operations without a row; ResumeRTCStream", function()
        rtc[method](rtc, "ResumeRTCStream", { StreamId = "s" }, { host = "cloudrecord" })
      end)
    end
    assert.equal(0, #transport.requests)
  end)
end)
