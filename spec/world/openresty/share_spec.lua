-- Clients of nginx whose calls share requests to the vendor, and who go away: nginx kills their
-- threads, and the others get their answers.

local crowd = require "spec.world.openresty.parts.crowd"
local place = require "spec.world.openresty.parts.place"

local WAITING, LATE = { 1, 3 }, { 2, 5 } -- who goes away, and when
local CLIENTS = 10

local options = {
  http = "lua_check_client_abort on;",
  server = [[
location = /share { content_by_lua_block { require("spec.world.openresty.parts.share").call() } }
location = /started { content_by_lua_block { require("spec.world.openresty.parts.share").started() } }
]],
}

place.describe("a client that shares a request", options, function(p)
  it("may go away while it waits and while the answer is on the way", function()
    p.e:fault { kind = "latency", vendor = "zego", held = true, times = -1 }
    local open, ids = {}, {}
    local function wait_for_started(count)
      place.wait_for(count .. " calls", 30, function()
        return tonumber(p:ask "/started") == count
      end)
    end
    local first = crowd.open(p.n.port, "/share?id=first")
    wait_for_started(1)
    for i = 1, CLIENTS do -- the slot comes 4 s after the first
      ids[i] = "s" .. i
      open[i] = crowd.open(p.n.port, "/share?id=s" .. i)
      wait_for_started(1 + i)
    end
    for _, i in ipairs(WAITING) do open[i]:close() end
    place.wait_for("the joint request", 30, function()
      return p.e:counters().in_flight.zego == 2
    end)
    for _, i in ipairs(LATE) do open[i]:close() end
    p:ask "/ping"
    p.e:quiet()
    assert.equal("ok", first:wait(30).body)
    for _, i in ipairs { 4, 6, 7, 8, 9, 10 } do assert.equal("ok", open[i]:wait(30).body) end
    local log = p.e:requests { vendor = "zego" }
    assert.equal(2, #log)
    local sent = log[2].query["StreamId[]"]
    table.sort(sent)
    table.sort(ids)
    assert.same(ids, sent)
    assert.same({}, p:alarms())
  end)
end)
