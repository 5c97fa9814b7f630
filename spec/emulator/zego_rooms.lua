-- luacheck: std luajit+ngx_lua

-- ZEGO rooms: who and what is in them, and who may not. State: "room_users" and "room_streams" map
-- room/id to what is there, "stream_rules" room/stream and "user_rules" type/ip/room/user to a ban.
-- A room is there while somebody or something is in it. Guesses without a switch, since nothing
-- depends on them: CloseRoom of an empty room succeeds, and so does a rule that is given again.

local json = require "emulator.json"
local later = require "emulator.later"
local lists = require "emulator.lists"
local requests = require "emulator.request"
local settings = require "emulator.settings"
local state = require "emulator.state"

local M = {}

local MOST_KICKED = 5

local function now()
  return math.floor(settings.vendors_now())
end

local function key_of(room, id)
  return room .. "/" .. id
end

-- What is in a room, in the order of its ids, as a query sees it or as it is.
local function inside(map, room, as_seen)
  local list = {}
  local all = as_seen and later.all(map, function(_, key)
    return key:sub(1, #room + 1) == room .. "/"
  end) or state.all(map)
  for key, value in pairs(all) do
    if key:sub(1, #room + 1) == room .. "/" then
      list[#list + 1] = value
    end
  end
  table.sort(list, function(a, b)
    return (a.StreamId or a.UserId) < (b.StreamId or b.UserId)
  end)
  return list
end

-- For seeds too.
function M.user(id)
  return { UserId = id, UserName = id, UserRole = 1, LoginTime = now() * 1000, Status = 1 }
end

function M.stream(id, user)
  return {
    StreamId = id, UserId = user or "", UserName = user or "", CreateTime = now() * 1000,
    StreamNumberId = ngx.crc32_long(id),
  }
end

local actions = {}
M.actions = actions

function actions.AddStream(request)
  local params = request.params
  later.set("room_streams", key_of(params.RoomId, params.StreamId),
    M.stream(params.StreamId, params.UserId))
  return 0, "success"
end

function actions.DeleteStream(request)
  local key = key_of(request.params.RoomId, request.params.StreamId)
  if not state.get("room_streams", key) then
    return 138, "no such stream"
  end
  later.set("room_streams", key, nil)
  return 0, "success"
end

function actions.DescribeSimpleStreamList(request)
  return 0, "success",
    { StreamList = json.array(inside("room_streams", request.params.RoomId, true)) }
end

function actions.DescribeUserList(request)
  local users = {}
  for i, user in ipairs(inside("room_users", request.params.RoomId, true)) do
    users[i] = { UserId = user.UserId, UserName = user.UserName, UserRole = user.UserRole }
  end
  local body, message = lists.page("DescribeUserList", request.values, users)
  return body and 0 or 2, message or "success", body and body.Data
end

function actions.DescribeUserNum(request)
  local counts = json.array {}
  for i, room in ipairs(requests.values(request, "RoomId[]")) do
    counts[i] = { RoomId = room, UserCount = #inside("room_users", room, true), AdminUserCount = 0 }
  end
  return 0, "success", { UserCountList = counts }
end

function actions.DescribeUsers(request)
  local room, found = request.params.RoomId, json.array {}
  if not inside("room_users", room)[1] and not inside("room_streams", room)[1] then
    return 50001, "room not exist"
  end
  for i, id in ipairs(requests.values(request, "UserId[]")) do
    local user = later.get("room_users", key_of(room, id))
    found[i] = {
      UserId = id, Status = user and 1 or 0, LoginTime = user and user.LoginTime or 0, UserRole = 1,
    }
  end
  return 0, "success", { UserStatusList = found }
end

function actions.KickoutUser(request)
  local ids = requests.values(request, "UserId[]")
  if #ids > MOST_KICKED then
    return 50011, "too many users"
  end
  for _, id in ipairs(ids) do
    later.set("room_users", key_of(request.params.RoomId, id), nil)
  end
  return 0, "success"
end

function actions.CloseRoom(request)
  for _, map in ipairs { "room_users", "room_streams" } do
    for _, item in ipairs(inside(map, request.params.RoomId)) do
      later.set(map, key_of(request.params.RoomId, item.StreamId or item.UserId), nil)
    end
  end
  return 0, "success"
end

function actions.SetForbidStreamRule(request)
  local params = request.params
  if params.DisableAudio ~= "1" and params.DisableVideo ~= "1" then
    return 2, "DisableAudio or DisableVideo must be 1"
  end
  later.set("stream_rules", key_of(params.RoomId, params.StreamId), {
    StreamId = params.StreamId, DisableAudio = tonumber(params.DisableAudio or 0),
    DisableVideo = tonumber(params.DisableVideo or 0), CreateTime = now(),
    EffectiveTime = tonumber(params.EffectiveTime or 3600),
  })
  return 0, "success"
end

function actions.DelForbidStreamRule(request)
  later.set("stream_rules", key_of(request.params.RoomId, request.params.StreamId), nil)
  return 0, "success"
end

function actions.DescribeForbidStreamRules(request)
  local rules, room = json.array {}, request.params.RoomId
  for _, id in ipairs(requests.values(request, "StreamId[]")) do
    rules[#rules + 1] = later.get("stream_rules", key_of(room, id))
  end
  return 0, "success", { RoomId = room, ForbidStreamRuleList = rules }
end

local function user_rule_key(params)
  local parts = { params.RuleType, params.IP or "", params.RoomId or "", params.UserId or "" }
  return table.concat(parts, "/")
end

function actions.SetForbidUserRule(request)
  local params, privileges = request.params, json.array {}
  for i, text in ipairs(requests.values(request, "DisabledPrivilege[]")) do
    privileges[i] = tonumber(text)
  end
  local expires = (now() + tonumber(params.EffectiveTime)) * 1000
  later.set("user_rules", user_rule_key(params), {
    RuleType = tonumber(params.RuleType), IP = params.IP or "", RoomId = params.RoomId or "",
    UserId = params.UserId or "", DisabledPrivilegeList = privileges, ExpireTime = expires,
  })
  return 0, "success", { ExpireTime = expires }
end

function actions.DelForbidUserRule(request)
  local key = user_rule_key(request.params)
  if not state.get("user_rules", key) then
    return 50124, "rule not exist"
  end
  later.set("user_rules", key, nil)
  return 0, "success"
end

function actions.DescribeForbidUserRules(request)
  local rules, wanted = json.array {}, tonumber(request.params.RuleType)
  local function is_wanted(rule)
    return rule.RuleType == wanted
  end
  for _, rule in pairs(later.all("user_rules", is_wanted)) do
    json.array(rule.DisabledPrivilegeList)
    rules[#rules + 1] = rule
  end
  table.sort(rules, function(a, b)
    return user_rule_key(a) < user_rule_key(b)
  end)
  return 0, "success", { RuleList = rules }
end

return M
