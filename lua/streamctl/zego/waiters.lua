-- The waiters of ZEGOCLOUD, as data: see `streamctl.wait`.
--
-- The vendor names no delays and time limits; these are chosen. A wait takes at most a
-- twentieth of the rate that the vendor allows an AppId.

local at = require("streamctl.call.answer").at

local RTC_STATES = { [0] = "live", [41004] = "unknown", [41006] = "closed" }
local MIX_GONE = { [110209001] = "gone" }
-- StreamUrls of the list end in the StreamId; a ban whose end is past is none.
local CDN_LIST, CDN_ENTRY = "Data.Ws.ResultDetail", { Url = "*/{StreamId}" }
-- 154: the vendor could not list the streams
local ROOM_CODES = { [154] = "not listed" }
local USER_RULE = { "RuleType", "IP", "RoomId", "UserId" }
local USER_RULE_OF = { "IP", "RoomId", "UserId" }
local ENDED = { 3, 4 }
local RECORDING = { "beginning", "recording", "ended", "ended by a failure", "paused" }
local PLAYER = {
  "being made", "connecting", "waiting", "playing", "paused", "not connected", "at its end",
  "destroyed",
}
local UPLOAD = { [4] = "uploaded", [5] = "failed", [6] = "cancelled", [7] = "expired" }

local SPARE = "ended, a file in the vendor's storage"

-- The state of a recording, and of its files once it has ended or a file is lost. A file: 1 being
-- recorded, 2 being uploaded, 3 uploaded, 4 in the vendor's storage since the upload failed, 5
-- lost. A recording of nothing has no files.
local function state_of_files(answer)
  local status, files = tonumber(at(answer, "Data.Status")), at(answer, "Data.RecordFiles")
  local seen = {}
  for _, file in ipairs(type(files) == "table" and files or {}) do
    seen[tonumber(at(file, "Status")) or 1] = true
  end
  if seen[5] then return "a file lost" end
  if status ~= 3 then return status or "missing" end
  for state in pairs(seen) do
    if state ~= 3 and state ~= 4 then return "ended, files on their way" end
  end
  return seen[4] and SPARE or "ended, all files uploaded"
end

return {
  -- A closed stream is "closed" for accounts that may see history, and "unknown" for all others.
  rtc_stream_live = {
    "DescribeRTCStreamState", "StreamId",
    codes = RTC_STATES, state = "Code", success = { "live" }, delay = { 2, 10 }, timeout = 60,
  },
  rtc_stream_closed = {
    "DescribeRTCStreamState", "StreamId",
    codes = RTC_STATES, state = "Code", success = { "unknown", "closed" },
    delay = { 2, 10 }, timeout = 60,
  },

  room_stream_present = {
    "DescribeSimpleStreamList", "RoomId", needs = { "StreamId" }, codes = ROOM_CODES,
    list = "Data.StreamList", entry = { "StreamId" }, success = { "present" },
    delay = { 11, 20 }, timeout = 60,
  },
  room_stream_absent = {
    "DescribeSimpleStreamList", "RoomId", needs = { "StreamId" }, codes = ROOM_CODES,
    list = "Data.StreamList", entry = { "StreamId" }, success = { "absent" },
    delay = { 11, 20 }, timeout = 60,
  },

  -- 50001: there is no such room; it ends with its last user.
  user_gone = {
    "DescribeUsers", "RoomId", "UserId", codes = { [50001] = "no room" },
    list = "Data.UserStatusList", entry = { "UserId" }, state = "Status",
    success = { 0, "no room" }, delay = { 2, 10 }, timeout = 30,
  },

  forbid_stream_rule_set = {
    "DescribeForbidStreamRules", "RoomId", "StreamId",
    list = "Data.ForbidStreamRuleList", entry = { "StreamId" }, success = { "present" },
    delay = { 2, 10 }, timeout = 30,
  },
  forbid_stream_rule_gone = {
    "DescribeForbidStreamRules", "RoomId", "StreamId",
    list = "Data.ForbidStreamRuleList", entry = { "StreamId" }, success = { "absent" },
    delay = { 2, 10 }, timeout = 30,
  },
  forbid_user_rule_set = {
    "DescribeForbidUserRules", "RuleType", some = USER_RULE_OF,
    list = "Data.RuleList", entry = USER_RULE, success = { "present" },
    delay = { 2, 10 }, timeout = 30,
  },
  forbid_user_rule_gone = {
    "DescribeForbidUserRules", "RuleType", some = USER_RULE_OF,
    list = "Data.RuleList", entry = USER_RULE, success = { "absent" },
    delay = { 2, 10 }, timeout = 30,
  },

  -- Only the CDN that the vendor calls ws can be asked.
  cdn_forbidden = {
    "QueryForbidCDNLiveStream", needs = { "StreamId" }, with = { Vendor = "ws" },
    list = CDN_LIST, entry = CDN_ENTRY, past = "EndTime", success = { "present" },
    delay = { 2, 10 }, timeout = 120,
  },
  cdn_resumed = {
    "QueryForbidCDNLiveStream", needs = { "StreamId" }, with = { Vendor = "ws" },
    list = CDN_LIST, entry = CDN_ENTRY, past = "EndTime", success = { "absent" },
    delay = { 2, 10 }, timeout = 120,
  },

  -- The vendor describes the query for tasks of StartMix only.
  mix_running = {
    "GetMixTaskInfo", "TaskId", codes = MIX_GONE,
    state = "Data.TaskInfo", success = { "present" }, delay = { 1, 5 }, timeout = 30,
  },
  mix_gone = {
    "GetMixTaskInfo", "TaskId", codes = MIX_GONE,
    state = "Data.TaskInfo", success = { "gone" }, delay = { 1, 5 }, timeout = 30,
  },

  recording_started = {
    "DescribeRecordStatus", "TaskId",
    state = "Data.Status", meanings = RECORDING,
    success = { 2, 5 }, failure = ENDED, delay = { 2, 10 }, timeout = 60,
  },
  recording_paused = {
    "DescribeRecordStatus", "TaskId",
    state = "Data.Status", meanings = RECORDING,
    success = { 5 }, failure = ENDED, delay = { 2, 10 }, timeout = 30,
  },
  recording_resumed = {
    "DescribeRecordStatus", "TaskId",
    state = "Data.Status", meanings = RECORDING,
    success = { 2 }, failure = ENDED, delay = { 2, 10 }, timeout = 30,
  },
  recording_finished = {
    "DescribeRecordStatus", "TaskId", state = state_of_files, meanings = RECORDING,
    success = { "ended, all files uploaded", SPARE }, failure = { 4, "a file lost" },
    warnings = {
      [SPARE] = "a file could not be uploaded to your storage and is in the vendor's, for 3 days",
    },
    delay = { 5, 30 }, timeout = 600,
  },

  player_playing = {
    "DescribePlayers", "PlayerId",
    entry = { "PlayerId" }, state = "Status", meanings = PLAYER,
    success = { 4 }, failure = { 6, 7, 8 },
    reasons = { "DestroyReason" }, delay = { 1, 5 }, timeout = 60,
  },
  player_destroyed = {
    "DescribePlayers", "PlayerId",
    entry = { "PlayerId" }, state = "Status", meanings = PLAYER, success = { 8, "absent" },
    delay = { 2, 10 }, timeout = 60,
  },

  -- Status: 1 to 3 are on the way.
  upload_done = {
    "DescribeUploadTasks", "UploadTaskId",
    entry = { "UploadTaskId" }, state = "Status", meanings = UPLOAD,
    success = { 4 }, failure = { 5, 6, 7 },
    delay = { 3, 20 }, timeout = 600,
  },

  -- Huawei's NO_TASK comes first.
  media_task_done = {
    "DescribeMediaTask", "Vendor", "TaskId",
    state = "Data.{Vendor}.Status", success = { "FINISH", "SUCCEEDED" },
    failure = { "FAIL", "FAILED", "CANCELED" }, reasons = { "Data.Tencent.Message" },
    delay = { 5, 30 }, timeout = 1800,
  },
}
