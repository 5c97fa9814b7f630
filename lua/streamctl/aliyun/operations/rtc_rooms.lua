-- RTC channels: who is in them, their events, and addresses to publish to them.

local SUBSCRIPTION = { "AppId", "SubscribeId", of = "event subscription" }

return {
  {
    "DescribeChannelParticipants", rate = 100,
    pages = {
      page = "PageNum", size = "PageSize", total = "TotalNum", last = "TotalPage",
      items = "UserList",
    },
    params = { "AppId! ChannelId! Order PageNum:integer PageSize:integer" },
  },
  { "DescribeChannelUsers", rate = 100, params = { "AppId! ChannelId!" } },
  {
    "ListRTCLiveRooms",
    pages = { page = "PageNo", size = "PageSize", total = "Total", items = "Rooms", most = 100 },
    params = { "AppId! PageNo:integer PageSize:integer" },
  },
  {
    -- a user who has come back meanwhile is removed again
    "RemoveTerminals", rate = 100, list = "TerminalIds",
    partial = { items = "Terminals", id = "Id", code = "Code", message = "Message", fine = { 0 } },
    -- a terminal that is gone may have left by itself
    settle = { "DescribeChannelParticipants", "AppId", "ChannelId" },
    params = { "AppId! ChannelId! TerminalIds:list!" },
  },
  {
    -- users who have come back meanwhile are removed again
    "DeleteChannel", rate = 100,
    settle = {
      "DescribeChannelUsers", "AppId", "ChannelId",
      state = "IsChannelExists", executed = { "false" },
    },
    params = { "AppId! ChannelId!" },
  },
  {
    "CreateRTCWhipStreamAddress", rate = 40, safe = true,
    params = { "AppId! ChannelId! DisplayName! UserId! ClientToken ExpireTime:integer" },
  },
  {
    "CreateRoomRealTimeStreamAddress", method = "GET", rate = 100, safe = true,
    params = { "AppId! ChannelId! DisplayName! UserId! ExpireTime:integer" },
  },
  {
    -- each call makes another subscription
    "CreateEventSub", rate = 100, returns = { SubscribeId = "string" },
    settle = {
      "ListEventSub", "AppId", list = "Subscribers",
      entry = { "CallbackUrl", ChannelId = "{ChannelId?}" }, not_executed = { "absent" },
    },
    params = { "AppId! CallbackUrl! Events:list! ChannelId Users:list" },
  },
  {
    "UpdateEventSub", rate = 50, safe = true, resource = SUBSCRIPTION,
    params = { "AppId! CallbackUrl! Events:list! SubscribeId! ChannelId Users:list" },
  },
  {
    "DeleteEventSub", rate = 100, safe = true, resource = SUBSCRIPTION,
    params = { "AppId! SubscribeId!" },
  },
  { "ListEventSub", method = "GET", rate = 50, params = { "AppId!" } },
  {
    "ListEventSubEvent", method = "GET", rate = 50,
    pages = { page = "PageNo", size = "PageSize", more = "HasMore", items = "Logs", most = 100 },
    params = {
      "AppId! EndTime:integer! PageNo:integer! PageSize:integer! StartTime:integer! SubscribeId",
    },
  },
}
