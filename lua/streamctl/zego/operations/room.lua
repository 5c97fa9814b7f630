-- Rooms: their users, streams, messages and rules.

-- What calls are about, see streamctl.call.check.
local ROOM_STREAM = { "RoomId", "StreamId", of = "room_stream" }
local STREAM_RULE = { "RoomId", "StreamId", of = "stream_rule" }
local USER_RULE = { "RuleType", "IP", "RoomId", "UserId", of = "user_rule" }

local FLAG = { 0, 1 }
local REASON = { "CustomReason", max_bytes = 256 }
local MESSAGE = { "MessageContent!", max_bytes = 1024 }
local CATEGORY = { "MessageCategory:integer!", enum = { 1, 2 } }

-- 1: an address, 2: a room, 3: a user, 4: a user in a room
local RULE_TYPE = { "RuleType:integer!", enum = { 1, 2, 3, 4 } }
local RULE_NEEDS = {
  { "required_if", "IP", "RuleType", "1" },
  { "required_if", "RoomId", "RuleType", "2" },
  { "required_if", "UserId", "RuleType", "3" },
  { "required_if", "RoomId", "RuleType", "4" },
  { "required_if", "UserId", "RuleType", "4" },
}

return {
  docs = "real-time-video-server/api-reference/room/", rate = 10,
  {
    "AddStream", test_rate = 1, safe = true, resource = ROOM_STREAM,
    params = {
      "RoomId! UserId! UserName StreamId:stream_id!",
      { "StreamTitle", max_length = 127 },
      { "ExtraInfo", max_length = 1024 },
      { "CensorFlag:integer", enum = FLAG }, -- 1: not to be moderated
    },
  },
  {
    -- not safe: a room that was opened again meanwhile would be closed again
    "CloseRoom", rate = 1, test_rate = 1, safe = false, page = "close",
    settle = { -- a user who is there may have come back
      "DescribeUserList", "RoomId", entry = {}, executed = { "absent" },
      note = "nobody is in a room that was closed",
    },
    params = { "RoomId!", REASON, "RoomCloseCallback:boolean" },
  },
  {
    "DelForbidStreamRule", safe = true, resource = STREAM_RULE,
    page = "forbid-stream-rule/del-forbid-stream-rule",
    params = { "RoomId! StreamId:stream_id!" },
  },
  {
    "DelForbidUserRule", safe = true, resource = USER_RULE, already = { [50124] = true },
    page = "forbid-user-rule/del-forbid-user-rule",
    params = { RULE_TYPE, "IP RoomId UserId" },
    rules = RULE_NEEDS,
  },
  {
    "DeleteStream", test_rate = 1, safe = true, resource = ROOM_STREAM, already = { [138] = true },
    params = { "RoomId! UserId! UserName StreamId:stream_id!" },
  },
  {
    "DescribeForbidStreamRules", list = "StreamId",
    page = "forbid-stream-rule/describe-forbid-stream-rules",
    params = { "RoomId!", { "StreamId:stream_ids!", max_items = 10, wire = "StreamId[]" } },
  },
  {
    "DescribeForbidUserRules", page = "forbid-user-rule/describe-forbid-user-rules",
    params = { RULE_TYPE },
  },
  {
    "DescribeSimpleStreamList", rate = 50, rate_each = { "RoomId", 1 / 10 },
    page = "describe-simple-streamlist",
    params = { "RoomId!" },
  },
  {
    "DescribeUserList", rate = 200, rate_each = { "RoomId", 1 },
    pages = {
      marker = "Marker", size = "Limit", next = "Data.Marker", items = "Data.UserList",
      key = { "UserId" },
    },
    params = {
      "RoomId!",
      { "Mode:integer", enum = FLAG },
      { "Limit:integer", min = 0, max = 200 },
      "Marker",
    },
  },
  {
    "DescribeUserNum", test_rate = 1, list = "RoomId",
    params = { { "RoomId:list!", max_items = 10 } },
  },
  {
    "DescribeUsers", list = "UserId",
    params = { "RoomId!", { "UserId:list!", max_items = 10 } },
  },
  {
    -- not safe: a user who came back meanwhile would be put out again
    "KickoutUser", rate = 50, safe = false, list = "UserId", page = "kick-out-user",
    settle = { -- a user who is logged out may have left alone
      "DescribeUsers", "RoomId", "UserId", codes = { [50001] = "no room" },
      list = "Data.UserStatusList", entry = { "UserId" }, state = "Status",
      since = { "LoginTime", 1 }, not_executed = { "older" },
    },
    params = { "RoomId!", { "UserId:list!", max_items = 5 }, REASON },
  },
  {
    "SendBarrageMessage", rate = 100, test_rate = 10, safe = false,
    params = { "RoomId! UserId! UserName", CATEGORY, MESSAGE },
  },
  {
    "SendBroadcastMessage", rate = 100, test_rate = 10, safe = false,
    params = { "RoomId! UserId! UserName", CATEGORY, MESSAGE },
  },
  {
    "SendCustomCommand", rate = 100, test_rate = 10, safe = false, list = "ToUserId",
    partial = { items = "Data.FailUsers", id = "Uid", code = "Code" },
    params = { "RoomId! FromUserId!", { "ToUserId:list", max_items = 10 }, MESSAGE },
  },
  {
    "SetForbidStreamRule", safe = true, resource = STREAM_RULE,
    page = "forbid-stream-rule/set-forbid-stream-rule",
    params = {
      "RoomId! StreamId:stream_id!",
      { "DisableAudio:integer", enum = FLAG },
      { "DisableVideo:integer", enum = FLAG },
      { "EffectiveTime:integer", min = 1, max = 86400 },
    },
  },
  {
    "SetForbidUserRule", safe = true, resource = USER_RULE,
    page = "forbid-user-rule/set-forbid-user-rule",
    params = {
      RULE_TYPE, "IP RoomId UserId",
      { "DisabledPrivilege:list!", items = "integer", enum = { 1, 2 } }, -- log in, publish
      { "EffectiveTime:integer!", min = 1, max = 86400 },
    },
    rules = RULE_NEEDS,
  },
}
