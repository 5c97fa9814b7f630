-- What ZEGO's calls are about: those that undo or overtake each other are about the same thing.

local about = require "streamctl.call.about"
local operations = require "streamctl.zego.operations"

-- Calls that undo or overtake each other, and what they are about; each line is apart from all
-- others with the same values.
local TOGETHER = {
  { "AddStream", "DeleteStream", by = { "RoomId", "StreamId" } },
  { "SetForbidStreamRule", "DelForbidStreamRule", by = { "RoomId", "StreamId" } },
  { "SetForbidUserRule", "DelForbidUserRule", by = { "RuleType", "IP", "RoomId", "UserId" } },
  { "ForbidCDNLiveStream", "ResumeCDNLiveStream", by = { "StreamId" } },
  { "ForbidRTCStream", "ResumeRTCStream", "ForbidRTCStreams", "ResumeRTCStreams",
    "DescribeRTCStreamState", "RTMPDispatchV2", by = { "StreamId" } },
  { "CreatCDNTransferRule", "DeleteCDNTransferRule", "ClearCDNTransferRule", by = { "StreamId" } },
  { "StartMix", "StopMix", by = { "TaskId" } },
  { "StartAutoMix", "StopAutoMix", by = { "TaskId" } },
  { "StartCloudTranscode", "StopCloudTranscode", by = { "TaskId" } },
  { "PauseRecord", "ResumeRecord", "StopRecord", by = { "TaskId" } },
  { "UpdateLayout", by = { "TaskId" } }, { "UpdateWhiteboard", by = { "TaskId" } },
  { "UpdatePlayer", "DeletePlayer", by = { "PlayerId" } },
  { "StartCDNRecord", "StopCDNRecord", by = { "Vendor", "StreamId" } },
}

-- They have an `about`, and leave everything as it is.
local QUESTIONS = { DescribeRTCStreamState = true, RTMPDispatchV2 = true }

-- The same value for every parameter, but for one.
local function params_of(changed)
  return setmetatable({ [changed or 1] = "other" },
    { __index = function() error("read with metamethods") end })
end

local function key_of(action, by, changed)
  local params = params_of(changed)
  for _, name in ipairs(by) do
    if name ~= changed then params[name] = "v" end
  end
  local keys = about.keys(operations:find(action), params, {})
  assert.equal(1, #keys)
  return keys[1]
end

describe("what a call of zego is about", function()
  it("is the same for calls that undo or overtake each other, and for no others", function()
    local seen = {}
    for _, group in ipairs(TOGETHER) do
      local key = key_of(group[1], group.by)
      assert.is_nil(seen[key], group[1])
      seen[key] = true
      for _, action in ipairs(group) do
        assert.equal(key, key_of(action, group.by), action)
        for _, name in ipairs(group.by) do
          assert.not_equal(key, key_of(action, group.by, name), action .. " " .. name)
        end
      end
    end
  end)

  it("is nothing for all other calls, and is left as it is by questions", function()
    local named = {}
    for _, group in ipairs(TOGETHER) do
      for _, action in ipairs(group) do named[action] = true end
    end
    for row in operations:each() do
      assert.equal(named[row.action] or false, row.about ~= nil, row.action)
      if row.about then assert.equal(QUESTIONS[row.action] or false, row.read, row.action) end
    end
  end)
end)
