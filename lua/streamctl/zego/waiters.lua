-- The waiters of ZEGOCLOUD, as data: see `streamctl.wait`.
--
-- The vendor names no delays and time limits; these are chosen. A wait takes at most a
-- twentieth of the rate that the vendor allows an AppId.

local at = require("streamctl.call.answer").at

local PRESENT, ABSENT = { success = { "present" } }, { success = { "absent" } }
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

local waiters, add = require("streamctl.many.condition").waiters()

-- A closed stream is "closed" for accounts that may see history, and "unknown" for all others.
add({ "DescribeRTCStreamState", "StreamId", state = "Code",
  codes = { [0] = "live", [41004] = "unknown", [41006] = "closed" } }, {
  rtc_stream_live = { success = { "live" } },
  rtc_stream_closed = { success = { "unknown", "closed" } },
})

-- 154: the vendor could not list the streams
add({ "DescribeSimpleStreamList", "RoomId", needs = { "StreamId" },
  codes = { [154] = "not listed" }, list = "Data.StreamList", entry = { "StreamId" },
  delay = { 11, 20 } }, { room_stream_present = PRESENT, room_stream_absent = ABSENT })

-- 50001: there is no such room; it ends with its last user.
add({ "DescribeUsers", "RoomId", "UserId", codes = { [50001] = "no room" },
  list = "Data.UserStatusList", entry = { "UserId" }, state = "Status", timeout = 30 },
  { user_gone = { success = { 0, "no room" } } })

add({ "DescribeForbidStreamRules", "RoomId", "StreamId", list = "Data.ForbidStreamRuleList",
  entry = { "StreamId" }, timeout = 30 },
  { forbid_stream_rule_set = PRESENT, forbid_stream_rule_gone = ABSENT })

add({ "DescribeForbidUserRules", "RuleType", some = { "IP", "RoomId", "UserId" },
  list = "Data.RuleList", entry = { "RuleType", "IP", "RoomId", "UserId" }, timeout = 30 },
  { forbid_user_rule_set = PRESENT, forbid_user_rule_gone = ABSENT })

-- Only the CDN that the vendor calls ws can be asked. StreamUrls of the list end in the StreamId; a
-- ban whose end is past is none.
add({ "QueryForbidCDNLiveStream", needs = { "StreamId" }, with = { Vendor = "ws" },
  list = "Data.Ws.ResultDetail", entry = { Url = "*/{StreamId}" }, past = "EndTime",
  timeout = 120 }, { cdn_forbidden = PRESENT, cdn_resumed = ABSENT })

-- The vendor describes the query for tasks of StartMix only.
add({ "GetMixTaskInfo", "TaskId", codes = { [110209001] = "gone" }, state = "Data.TaskInfo",
  delay = { 1, 5 }, timeout = 30 }, { mix_running = PRESENT, mix_gone = { success = { "gone" } } })

add({ "DescribeRecordStatus", "TaskId", state = "Data.Status", meanings = RECORDING,
  failure = { 3, 4 }, timeout = 30 }, {
  recording_started = { success = { 2, 5 }, timeout = 60 },
  recording_paused = { success = { 5 } },
  recording_resumed = { success = { 2 } },
  recording_finished = {
    state = state_of_files, success = { "ended, all files uploaded", SPARE },
    failure = { 4, "a file lost" }, delay = { 5, 30 }, timeout = 600,
    warnings = {
      [SPARE] = "a file could not be uploaded to your storage and is in the vendor's, for 3 days",
    },
  },
})

add({ "DescribePlayers", "PlayerId", entry = { "PlayerId" }, state = "Status", meanings = PLAYER },
  { player_playing = { success = { 4 }, failure = { 6, 7, 8 }, reasons = { "DestroyReason" },
    delay = { 1, 5 } }, player_destroyed = { success = { 8, "absent" } } })

-- Status: 1 to 3 are on the way.
add({ "DescribeUploadTasks", "UploadTaskId", entry = { "UploadTaskId" }, state = "Status",
  meanings = UPLOAD, delay = { 3, 20 }, timeout = 600 },
  { upload_done = { success = { 4 }, failure = { 5, 6, 7 } } })

-- Huawei's NO_TASK comes first.
add({ "DescribeMediaTask", "Vendor", "TaskId", state = "Data.{Vendor}.Status",
  delay = { 5, 30 }, timeout = 1800 }, {
  media_task_done = { success = { "FINISH", "SUCCEEDED" },
    failure = { "FAIL", "FAILED", "CANCELED" }, reasons = { "Data.Tencent.Message" } },
})

return waiters
