-- Every operation of ZEGOCLOUD, walked through by what is documented.

local helper = require "spec.pieces.helper"
local walk = require "spec.pieces.rows.walk"

local ID = {
  id = "must be 1 to 256 of the characters A-Z a-z 0-9 - _", max_length = 256, word = true,
}
local TEXT = {} -- no page says of what characters they are
local SEQUENCE = { type = "sequence", required = false }
local USER_RULE = {
  { "required_if", "IP", "RuleType", "1" },
  { "required_if", "RoomId", "RuleType", "2" },
  { "required_if", "UserId", "RuleType", "3" },
  { "required_if", "RoomId", "RuleType", "4" },
  { "required_if", "UserId", "RuleType", "4" },
}

describe("an operation of zego:", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  walk.describe("zego", helper.zego, {
    times = { ResumeTime = "2026-01-03T03:04:05Z" },
    filled_in = {}, made = { ClientTaskId = true },
    by_name = {
      StreamId = ID,
      ["StartCloudTranscode StreamId"] = TEXT, ["StartRecord StreamId"] = TEXT,
      ["UpdateLayout StreamId"] = TEXT,
      ["string Sequence"] = SEQUENCE, ["RTMPDispatchV2 Sequence"] = SEQUENCE,
      ["UpdatePlayer Sequence"] = SEQUENCE,
    },
    different = {}, rules = { SetForbidUserRule = USER_RULE, DelForbidUserRule = USER_RULE,
      ForbidCDNLiveStream = { { "future", "ResumeTime", "2592000" } } },
  })
end)
