-- Keys that change, over TLS: a role's from the metadata server, and ZEGO's secret.

local core = require "streamctl.core"
local session = require "spec.support.session"

local TASK = {
  DstUrl = "rtmp://dst.example.com/app/s1", StartTime = "2030-01-03T00:00:00Z",
  EndTime = "2030-01-04T00:00:00Z", Region = "cn-shanghai", SourceType = "vod",
  SourceUrls = { "media-1" },
}

session.describe("a client with the role of its instance", function(s)
  -- What the metadata server was asked for.
  local function asked()
    local codes = s.e:counters().codes.metadata or {}
    return { codes.token or 0, codes.list or 0, codes.key or 0 }
  end

  -- The keys that the vendor's requests were signed with, and what it answered.
  local function signed()
    local ids, codes = {}, {}
    for i, entry in ipairs(s.e:requests { vendor = "aliyun" }) do
      ids[i] = entry.headers.authorization:match("Credential=([^,]+),")
      codes[i] = entry.code
    end
    return ids, codes
  end

  it("asks for another one when the vendor refuses it, and the call is executed once", function()
    s.e:config { role_rotation = 300 }
    local live = s:aliyun { credentials = s:role() }
    assert(live:resume_live_stream(session.stream()))
    s.e:config { clock_offset = 601 } -- nobody has told us
    assert(live:create_live_pull_to_push(TASK))
    assert(live:resume_live_stream(session.stream()))
    local ids, codes = signed()
    assert.same({ "STS.role1", "STS.role1", "STS.role2", "STS.role2" }, ids)
    assert.equal("InvalidSecurityToken.Expired", codes[2])
    assert.same({ 2, 2, 2 }, asked())
    local count = 0
    for _ in pairs(s.e:state().aliyun.tasks) do count = count + 1 end
    assert.equal(1, count)
  end)

  -- Moves both clocks on.
  local function pass(seconds)
    s.e:config { clock_offset = seconds }
    local now, monotonic = core.now(), core.monotonic()
    core.set_clock(now + seconds, monotonic + seconds)
  end

  it("has a new key before the old one ends, and keeps that while there is none", function()
    finally(core.set_clock)
    s.e:config { role_rotation = 300 }
    local events = {}
    local live = s:aliyun { credentials = s:role { v1 = false }, on_event = function(event)
      if event.event == "credentials" then events[#events + 1] = event end
    end }
    assert(live:resume_live_stream(session.stream()))
    pass(400)
    s.e:fault { vendor = "metadata", kind = "status", status = 500 }
    assert(live:resume_live_stream(session.stream()))
    core.set_clock(core.now() + 2, core.monotonic() + 2) -- the pause
    assert(live:resume_live_stream(session.stream()))
    assert.same({ "STS.role1", "STS.role1", "STS.role2" }, (signed()))
    assert.same({ "ok", "credentials", "ok" }, { events[1].code, events[2].code, events[3].code })
    assert.truthy(events[2].message:find("credentials: ecs_role: ", 1, true))
  end)
end)
