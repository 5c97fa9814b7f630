-- Addresses that are signed in nginx: requests at the same time ask for the domain's key once.

local crowd = require "spec.openresty.edge.crowd"
local place = require "spec.openresty.edge.place"
local streamctl = require "streamctl"

local PUSH, KEY, CROWD = "push.example.com", "mainKey7Of3The9Push", 50

local SERVER = [[
location = /address { content_by_lua_block { require("spec.openresty.edge.keys").address() } }
location = /clock { content_by_lua_block { require("spec.openresty.edge.keys").clock() } }
location = /keys { content_by_lua_block { require("spec.openresty.edge.keys").state() } }
]]

for _, transport in ipairs(place.transports) do
  describe("addresses in nginx, through " .. transport .. ",", function()
    if not place.has(transport) then return pending(place.missing) end
    local p, live

    setup(function()
      p = place.start(transport, { server = SERVER })
      live = streamctl.aliyun.new {
        endpoint = p.e.aliyun, access_key_id = p.e.access_key_id,
        access_key_secret = p.e.access_key_secret, tls = { ca_file = p.e.ca_file },
      }
      assert(live:batch_set_live_domain_configs { DomainNames = PUSH, Functions =
        '[{"functionName":"aliauth","functionArgs":[{"argName":"auth_type","argValue":"type_a"},'
        .. '{"argName":"auth_key1","argValue":"' .. KEY .. '"}]}]' })
    end)
    teardown(function() place.stop(p) end)

    it("are signed by one question for a crowd, with a role's key", function()
      p:ask "/clock?slow=100" -- nobody's patience ends
      p.e:fault { vendor = "aliyun", kind = "latency", together = 2, seconds = 60 }
      local list = {}
      for i = 1, CROWD do list[i] = crowd.open(p.n.port, "/address?stream=s" .. i) end
      place.wait_for("all of them to wait", 30, function()
        return p:ask_json("/keys").started == CROWD and p.e:counters().in_flight.aliyun == 1
      end)
      assert.equal("pong", p:ask "/ping")
      assert(live:describe_live_stream_state { DomainName = PUSH, AppName = "a", StreamName = "s" })
      for i = 1, CROWD do
        local result = assert(list[i]:wait(30), "no end")
        assert.matches("^rtmp://push%.example%.com/app/s" .. i .. "%?auth_key=%d+%-", result.body)
        if i % 10 == 0 then
          local answer = assert(live:describe_live_stream_auth_checking {
            DomainName = PUSH, Url = result.body })
          assert.equal("pass", answer.Status)
        end
      end
      assert.equal(1, #p.e:requests { action = "DescribeLiveDomainConfigs" })
      assert.same({}, p:alarms())
      assert.is_nil(p.n:log():find(KEY, 1, true))
    end)
  end)
end
