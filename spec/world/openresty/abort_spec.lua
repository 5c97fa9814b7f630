-- Clients that go away in the middle of a call: about a thousand, in bursts. The worker must be as
-- before.

local crowd = require "spec.world.openresty.parts.crowd"
local place = require "spec.world.openresty.parts.place"

local BURSTS, WIDTH = 20, 50
local LATENCY = 2 -- of the vendor, seconds: longer than a burst takes
local MOST = 200 -- calls that are still under way when a burst begins

for _, check in ipairs { "on", "off" } do
  local options = {
    main = "worker_rlimit_nofile 8192;", http = "lua_check_client_abort " .. check .. ";",
  }
  place.describe("a client that goes away, lua_check_client_abort " .. check, options,
    function(p)
      -- Waits until few enough are under way, at the vendor and here.
      local function make_room()
        place.wait_for("fewer calls", 60, function()
          local state = p:state()
          return (p.e:counters().in_flight.zego or 0) < MOST and state.running < MOST
            and (check == "on" or state.started - state.ended < MOST)
        end)
      end

      -- Opens a burst, waits until all of it is in the middle of a call, and goes away.
      local function burst(number)
        local open = {}
        for i = 1, WIDTH do
          local id = ("%d-%d"):format(number, i)
          open[i] = crowd.open(p.n.port, i % 5 == 0 and "/batch?n=3&id=" .. id or "/call?id=" .. id)
        end
        place.wait_for("a burst under way", 30, function()
          return p:state().started == number * WIDTH
        end)
        for i = 1, WIDTH do open[i]:close() end
      end

      it("leaves nothing behind", function()
        assert.equal("ok", p:ask "/call")
        local before = p:quiet()
        local descriptors = place.descriptors(before.pid)
        p:ask "/reset"
        p.e:config { latency = LATENCY, log = false }
        for number = 1, BURSTS do
          make_room()
          burst(number)
        end
        p.e:config { latency = 0 }
        local after = p:quiet(60)
        assert.equal(before.pid, after.pid)
        local all = BURSTS * WIDTH
        if check == "on" then -- most were ended in the middle
          assert.is_true(after.ended < all / 2,
            after.ended .. " of " .. all .. " came to their end")
        else -- all went on
          place.wait_for("the end of all", 60, function() return p:state().ended == all end)
        end
        assert.equal(200, p:ask_json("/many?n=200&threads=20").succeeded)
        -- connections to the vendor may be kept, as many as there were calls at a time
        place.wait_for("closed descriptors", 30, function()
          return place.descriptors(after.pid) <= descriptors + MOST + 2 * WIDTH
        end)
        place.wait_for("the told end of all calls", 30, function()
          return p:ask "/call" == "ok" and p:state().in_flight == 0
        end)
        assert.same({}, p:alarms())
      end)
    end)
end
