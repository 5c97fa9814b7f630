-- Credentials that come from elsewhere, in nginx: the role of an instance.

local crowd = require "spec.world.openresty.parts.crowd"
local place = require "spec.world.openresty.parts.place"

local CROWD = 50

local SERVER = [[
location = /fresh { content_by_lua_block { require("spec.world.openresty.parts.keys").fresh() } }
location = /clock { content_by_lua_block { require("spec.world.openresty.parts.keys").clock() } }
location = /keys { content_by_lua_block { require("spec.world.openresty.parts.keys").state() } }
location = /key { content_by_lua_block { require("spec.world.openresty.parts.keys").call() } }
]]

-- The ids of the keys that calls came with, and how often.
local function ids_of(p)
  local seen = {}
  for _, entry in ipairs(p.e:requests { vendor = "aliyun" }) do
    local id = entry.headers.authorization:match "Credential=([^,]+)"
    seen[id] = (seen[id] or 0) + 1
    assert.equal(200, entry.status)
  end
  return seen
end

place.describe("keys that change", {
  server = SERVER,
  http = "lua_check_client_abort on;", main = "worker_rlimit_nofile 8192;",
}, function(p)
  before_each(function()
    p.e:reset()
    p:ask "/clock"
    p:ask "/fresh"
  end)

  -- The metadata server keeps its next answer until it is asked once more.
  local function hold()
    p.e:fault { vendor = "metadata", kind = "latency", together = 2, seconds = 60 }
  end

  local function release() crowd.get(tonumber(p.e.metadata:match ":(%d+)$"), "/anything") end

  -- What the metadata server answered well, in this test.
  local function visits()
    local codes = p.e:counters().codes.metadata or {}
    return { token = codes.token, list = codes.list, key = codes.key }
  end

  local function state() return p:ask_json "/keys" end

  local function open(count)
    local list = {}
    for i = 1, count do list[i] = crowd.open(p.n.port, "/key") end
    return list
  end

  -- How many have ended, all of them well.
  local function ended(list)
    local count = 0
    for _, request in ipairs(list) do
      request.result = request.result or request:wait(0)
      if request.result then
        assert.equal("ok", request.result.body, request.result.text)
        count = count + 1
      end
    end
    return count
  end

  local function wait_for_metadata()
    place.wait_for("the metadata server to be asked", 30, function()
      return p.e:counters().in_flight.metadata == 1
    end)
  end

  it("a crowd's first calls ask once, and others are served meanwhile", function()
    p:ask "/clock?slow=100" -- nobody's patience ends
    hold()
    local list = open(CROWD)
    wait_for_metadata()
    place.wait_for("all of them to wait", 30, function() return state().started == CROWD end)
    for _ = 1, 5 do assert.equal("pong", p:ask "/ping") end
    assert.equal(0, ended(list))
    assert.same({}, p.e:requests { vendor = "aliyun" })
    release()
    place.wait_for("the end of all", 30, function() return ended(list) == CROWD end)
    assert.equal(1, visits().key)
    assert.same({ "ok" }, state().asked)
    assert.same({ ["STS.testkey"] = CROWD }, ids_of(p))
  end)

  it("writes nothing alarming", function() assert.same({}, p:alarms()) end)
end)
