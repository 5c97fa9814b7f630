-- The waiters of ApsaraVideo Live, as data: see `streamctl.wait`.
--
-- The vendor names no delays and time limits; these are chosen. A wait takes at most a
-- twentieth of the rate that the vendor allows an account.


local STREAM = { "AppName", "StreamName" }
local FULL_STREAM = { "DomainName", "AppName", "StreamName" }
local WHY_NOT = { "TaskInvalidReason", "TaskExitReason" }
local TASK = {
  [0] = "not begun", "running", "in trouble, tried again", "stopped", [-1] = "at its end",
}
local BLOCK = { [0] = "not begun", "at it", "done", "failed", "over", "being deleted" }

local waiters, add = require("streamctl.many.condition").waiters()

add({ "DescribeLivePullToPush", "Region", "TaskId", state = "TaskStatus", meanings = TASK }, {
  -- A task is stopped by a call, or by trouble. A task in trouble stays in 2 for RetryCount *
  -- RetryInterval, 180 s by default. The vendor's texts differ about 3 being final; so 3 counts
  -- when two answers have it.
  pull_to_push_running = { success = { 1 }, failure = { -1 }, twice = { 3 }, reasons = WHY_NOT,
    timeout = 300 },
  -- Stop has no effect on a task that has not begun.
  pull_to_push_stopped = { success = { 3, -1, "gone" }, failure = { 0 }, reasons = WHY_NOT,
    codes = { not_found = "gone" } },
  -- A task ends by itself, at its EndTime.
  pull_to_push_exited = { success = { -1, "gone" }, codes = { not_found = "gone" },
    delay = { 10, 60 }, timeout = 3600 },
})

-- The vendor says offline of ended streams and of failed ones. After ForbidLiveStream with
-- Oneshot=yes a publisher may be back before the stream was seen offline.
add({ "DescribeLiveStreamState", "DomainName", "AppName", "StreamName", state = "StreamState",
  delay = { 1, 5 } }, {
  stream_online = { success = { "online" } },
  stream_offline = { success = { "offline" }, timeout = 30 },
})

-- DomainName is the main playback domain here, which is what the list has.
add({ "DescribeLiveStreamsBlockList", "DomainName", needs = STREAM,
  entry = "{DomainName}/{AppName}/{StreamName}" }, {
  stream_blocked = { success = { "present" } }, stream_unblocked = { success = { "absent" } },
})

add({ "DescribeStreamLocationBlock", "DomainName", "AppName", "StreamName", entry = FULL_STREAM,
  state = "Status", meanings = BLOCK, timeout = 120 }, {
  location_block_applied = { success = { 2 }, failure = { 3, 4 } },
  location_block_gone = { success = { 4, "absent" }, failure = { 3 } },
})

add({ "DescribeLiveStreamPreloadTasks", "DomainName", "TaskId", entry = { "TaskId" },
  state = "Status" }, {
  preload_done = { success = { "complete" }, failure = { "failed" }, reasons = { "Description" },
    delay = { 3, 15 }, timeout = 300 },
})

add({ "DescribeLiveStreamMonitorList", "MonitorId", entry = { "MonitorId" }, state = "Status",
  failure = { "absent" } }, {
  monitor_started = { success = { 1 } }, monitor_stopped = { success = { 0 } },
})

-- No rate of this query is documented.
add({ "DescribeLiveDomainMultiStreamConfig", "Domain", state = "Switch", delay = { 3, 15 } }, {
  dual_stream_on = { success = { "on" } }, dual_stream_off = { success = { "off" } },
})

return waiters
