-- Interactive messages: apps, groups, who is in them and what is said.

local GROUP = { "AppId", "GroupId", of = "message group" }
local BAN = { "AppId", "GroupId", of = "message group ban" }
local EXCEPT_USERS = { "ExceptUsers:list", style = "commas" }
local USER_IDS = { "UserIds:list!", style = "commas" }

return {
  {
    "CreateLiveMessageApp", rate = 50,
    params = {
      "AuditUrl* AppName AuditType:number DataCenter EventCallbackUrl MsgLifeCycle:number",
    },
  },
  { "DescribeLiveMessageApp", rate = 50, params = { "AppId! DataCenter" } },
  { "ListLiveMessageApps", params = { "SortType:number! DataCenter NextPageToken:number" } },
  {
    "ModifyLiveMessageAppAudit", rate = 50,
    params = { "AppId! AuditType:number AuditUrl DataCenter" },
  },
  { "ModifyLiveMessageAppCallback", rate = 50, params = { "AppId! DataCenter EventCallbackUrl" } },
  { "ModifyLiveMessageAppDisable", rate = 50, params = { "AppId! DataCenter Disable:boolean" } },
  {
    "CreateLiveMessageGroup", rate = 50,
    params = {
      "AppId! GroupId! CreatorId DataCenter GroupInfo GroupName",
      { "Administrators:list", style = "commas" },
    },
  },
  {
    "ModifyLiveMessageGroup", rate = 50,
    params = {
      "AppId! GroupId! DataCenter GroupInfo ModifyAdmin:boolean ModifyInfo:boolean",
      { "AdminList:list", style = "commas" },
    },
  },
  {
    "DeleteLiveMessageGroup", rate = 50, resource = GROUP,
    params = { "AppId! GroupId! DataCenter OperatorId" },
  },
  {
    "RecoverLiveMessageDeletedGroup", rate = 50, resource = GROUP,
    params = { "AppId! GroupId! DataCenter" },
  },
  { "DescribeLiveMessageGroup", rate = 50, params = { "AppId! GroupId! DataCenter" } },
  {
    "ListLiveMessageGroups", rate = 50,
    params = { "AppId! SortType:number! DataCenter GroupStatus:number NextPageToken:number" },
  },
  {
    "ListLiveMessageGroupByPage", method = "GET", rate = 50,
    params = {
      "AppId! SortType:number! DataCenter GroupStatus:number PageNumber:number PageSize:number",
    },
  },
  {
    "ListLiveMessageGroupUsers", rate = 50,
    params = {
      "AppId! GroupId! PageSize:number! SortType:number! DataCenter NextPageToken:number",
    },
  },
  { "KickLiveMessageGroupUser", rate = 50, params = { "AppId! GroupId! KickoffUser! DataCenter" } },
  {
    "BanLiveMessageGroup", rate = 10, resource = BAN,
    params = { "AppId! GroupId! DataCenter", EXCEPT_USERS },
  },
  {
    "UnbanLiveMessageGroup", rate = 10, resource = BAN,
    params = { "AppId! GroupId! DataCenter" },
  },
  {
    "AddLiveMessageGroupBand", rate = 10,
    resource = { "AppId", "GroupId", "BannedUsers", of = "message user ban" },
    params = { "AppId! GroupId! DataCenter", { "BannedUsers:list!", style = "commas" } },
  },
  {
    "ModifyLiveMessageGroupBand", rate = 10, resource = BAN,
    params = {
      "AppId! GroupId! BannedAll:boolean DataCenter",
      EXCEPT_USERS,
      { "BannnedUsers:list", style = "commas" },
    },
  },
  {
    "RemoveLiveMessageGroupBand", rate = 10,
    resource = { "AppId", "GroupId", "UnbannedUsers", of = "message user ban" },
    params = { "AppId! GroupId! DataCenter", { "UnbannedUsers:list!", style = "commas" } },
  },
  { "DescribeLiveMessageGroupBand", rate = 50, params = { "AppId! GroupId! DataCenter" } },
  {
    "SendLiveMessageGroup", rate = 50,
    params = {
      "AppId! GroupId! SenderId!",
      "Body DataCenter MsgTid MsgType:number NoCache:boolean NoStorage:boolean SenderMetaInfo",
      "StaticsIncrease:number Weight:number",
    },
  },
  {
    "SendLiveMessageUser", rate = 50,
    params = {
      "AppId! ReceiverId! SenderId!",
      "Body DataCenter HighReliability:boolean MsgTid MsgType:number SenderInfo Storage:boolean",
    },
  },
  {
    "ListLiveMessageGroupMessages", rate = 50,
    params = {
      "AppId! GroupId! PageSize:number! SortType:number!",
      "BeginTime:number DataCenter EndTime:number MsgType:number NextPageToken:number",
    },
  },
  {
    "DeleteLiveMessageGroupMessage", rate = 50,
    params = { "AppId! GroupId! MessageId! DataCenter DeleterId DeleterInfo" },
  },
  {
    "DeleteLiveMessageUserMessage", rate = 50,
    params = { "AppId! DeleterId* MessageId! ReceiverId! DataCenter DeleterInfo" },
  },
  { "ModifyLiveMessageUserInfo", params = { "AppId! UserId! DataCenter UserMetaInfo" } },
  {
    "CheckLiveMessageUsersInGroup", rate = 50,
    params = { "AppId! GroupId! DataCenter", USER_IDS },
  },
  { "CheckLiveMessageUsersOnline", rate = 50, params = { "AppId! DataCenter", USER_IDS } },
}
