-- Interactive messages as they were before: apps, groups, members, likes.

local MEMBER = { "AppId", "GroupId", "UserId", of = "message member" }
local MUTE = { "AppId", "GroupId", of = "message mute" }
local APP_CONFIG = { "AppConfig:map", style = "json" }
local EXTENSION = { "Extension:map", style = "json" }
local SKIP_AUDIT = { "SkipAudit:boolean", query = true }

return {
  body = "form",

  {
    "CreateMessageApp", rate = 100,
    params = { "AppName!", APP_CONFIG, EXTENSION },
  },
  {
    "UpdateMessageApp", rate = 100,
    params = { "AppId! AppName", APP_CONFIG, EXTENSION },
  },
  { "DeleteMessageApp", rate = 100, params = { "AppId!" } },
  { "GetMessageApp", rate = 100, params = { "AppId!" } },
  { "ListMessageApp", rate = 100, params = { "PageNum:number! PageSize:number! SortType:number" } },
  {
    "QueryMessageApp", rate = 100,
    params = { "AppId AppName PageNum:number PageSize:number SortType:number" },
  },
  { "GetMessageToken", rate = 100, params = { "AppId! DeviceId! DeviceType! UserId!" } },
  { "CreateMessageGroup", rate = 100, params = { "AppId! CreatorId!", EXTENSION } },
  { "UpdateMessageGroup", rate = 100, params = { "AppId! GroupId!", EXTENSION } },
  { "GetMessageGroup", rate = 100, params = { "AppId! GroupId!" } },
  {
    "ListMessageGroup", rate = 100,
    params = { "PageNum:number! PageSize:number! AppId SortType:number UserId" },
  },
  {
    "JoinMessageGroup", rate = 200, resource = MEMBER,
    params = { "AppId! GroupId! UserId! BroadCastStatistics:boolean BroadCastType:number" },
  },
  {
    "LeaveMessageGroup", rate = 100, resource = MEMBER,
    params = { "AppId! GroupId! UserId! BroadCastStatistics:boolean BroadCastType:number" },
  },
  {
    "ListMessageGroupUser", rate = 100,
    params = { "AppId! GroupId! PageNum:number PageSize:number SortType:number" },
  },
  {
    "ListMessageGroupUserById", rate = 100,
    params = { "AppId! GroupId!", { "UserIdList:list!", style = "commas" } },
  },
  {
    "BatchGetOnlineUsers", rate = 100, safe = true, read = true,
    params = { "AppId! GroupId! UserIds!" },
  },
  {
    "MuteGroupUser", rate = 100,
    resource = { "AppId", "GroupId", "MuteUserList", of = "message user mute" },
    params = {
      "AppId! GroupId! OperatorUserId* BroadCastType:number MuteTime:number",
      { "MuteUserList:list!", style = "commas" },
    },
  },
  {
    "CancelMuteGroupUser", rate = 100,
    resource = { "AppId", "GroupId", "CancelMuteUserList", of = "message user mute" },
    params = {
      "AppId! GroupId! BroadCastType:number OperatorUserId",
      { "CancelMuteUserList:list!", style = "commas" },
    },
  },
  {
    "MuteAllGroupUser", rate = 100, resource = MUTE,
    params = { "AppId! GroupId! OperatorUserId! BroadCastType:number" },
  },
  {
    "CancelMuteAllGroupUser", resource = MUTE,
    params = { "AppId! GroupId! OperatorUserId* BroadCastType:number" },
  },
  {
    "ListMuteGroupUser", rate = 100,
    params = { "AppId! GroupId! PageNum:number! PageSize:number! OperatorUserId" },
  },
  {
    "SendMessageToGroup", rate = 100,
    params = { "AppId! Data! GroupId! OperatorUserId! Type:number", SKIP_AUDIT },
  },
  {
    "SendMessageToGroupUsers", rate = 100,
    params = {
      "AppId! Data! GroupId! OperatorUserId! Type:number!",
      SKIP_AUDIT,
      { "ReceiverIdList:list", style = "commas" },
    },
  },
  {
    "SendLike", rate = 100,
    params = { "AppId! Count! GroupId! BroadCastType:number OperatorUserId" },
  },
  {
    "ListMessage", rate = 100,
    params = { "AppId! GroupId! PageNum:number! PageSize:number! SortType:number Type:number" },
  },
}
