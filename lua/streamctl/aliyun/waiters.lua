-- The waiters of ApsaraVideo Live, as data: see `streamctl.wait`.
--
-- The vendor names no delays and time limits; these are chosen. A wait takes at most a
-- twentieth of the rate that the vendor allows an account.

local STREAM = { "AppName", "StreamName" }
local IN_BLOCK_LIST = "{DomainName}/{AppName}/{StreamName}"
local WHY_NOT = { "TaskInvalidReason", "TaskExitReason" }
local TASK = {
  [0] = "not begun", "running", "in trouble, tried again", "stopped", [-1] = "at its end",
}
local BLOCK = { [0] = "not begun", "at it", "done", "failed", "over", "being deleted" }

return {
  -- A task is stopped by a call, or by trouble. One in trouble stays in 2 for RetryCount *
  -- RetryInterval, 180 s unless it was made with others. The vendor's texts differ about 3 being
  -- final; so it counts when it is seen twice.
  pull_to_push_running = {
    "DescribeLivePullToPush", "Region", "TaskId",
    state = "TaskStatus", meanings = TASK,
    success = { 1 }, failure = { -1 }, twice = { 3 }, reasons = WHY_NOT,
    begins = "TaskInfo.StartTime", delay = { 2, 10 }, timeout = 300,
  },
  -- Stop has no effect on a task that has not begun.
  pull_to_push_stopped = {
    "DescribeLivePullToPush", "Region", "TaskId",
    codes = { not_found = "gone" },
    state = "TaskStatus", meanings = TASK,
    success = { 3, -1, "gone" }, failure = { 0 }, reasons = WHY_NOT,
    delay = { 2, 10 }, timeout = 60,
  },
  -- A task ends by itself, at its EndTime.
  pull_to_push_exited = {
    "DescribeLivePullToPush", "Region", "TaskId",
    codes = { not_found = "gone" },
    state = "TaskStatus", meanings = TASK, success = { -1, "gone" },
    delay = { 10, 60 }, timeout = 3600, until_end = { "TaskInfo.EndTime", 120 },
  },

  -- The vendor says offline of what has ended and of what has failed.
  stream_online = {
    "DescribeLiveStreamState", "DomainName", "AppName", "StreamName",
    state = "StreamState", success = { "online" }, delay = { 1, 5 }, timeout = 60,
  },
  -- After ForbidLiveStream with Oneshot=yes a publisher may be back before it was seen offline.
  stream_offline = {
    "DescribeLiveStreamState", "DomainName", "AppName", "StreamName",
    state = "StreamState", success = { "offline" }, delay = { 1, 5 }, timeout = 30,
  },

  -- DomainName is the main playback domain here, which is what the list has.
  stream_blocked = {
    "DescribeLiveStreamsBlockList", "DomainName", needs = STREAM,
    entry = IN_BLOCK_LIST, success = { "present" }, delay = { 2, 10 }, timeout = 60,
  },
  stream_unblocked = {
    "DescribeLiveStreamsBlockList", "DomainName", needs = STREAM,
    entry = IN_BLOCK_LIST, success = { "absent" }, delay = { 2, 10 }, timeout = 60,
  },

  location_block_applied = {
    "DescribeStreamLocationBlock", "DomainName", "AppName", "StreamName",
    entry = { "DomainName", "AppName", "StreamName" },
    state = "Status", meanings = BLOCK,
    success = { 2 }, failure = { 3, 4 }, delay = { 2, 10 }, timeout = 120,
  },
  location_block_gone = {
    "DescribeStreamLocationBlock", "DomainName", "AppName", "StreamName",
    entry = { "DomainName", "AppName", "StreamName" },
    state = "Status", meanings = BLOCK, success = { 4, "absent" }, failure = { 3 },
    delay = { 2, 10 }, timeout = 120,
  },

  preload_done = {
    "DescribeLiveStreamPreloadTasks", "DomainName", "TaskId",
    entry = { "TaskId" }, state = "Status", success = { "complete" }, failure = { "failed" },
    reasons = { "Description" }, delay = { 3, 15 }, timeout = 300,
  },

  monitor_started = {
    "DescribeLiveStreamMonitorList", "MonitorId",
    entry = { "MonitorId" }, state = "Status", success = { 1 }, failure = { "absent" },
    delay = { 2, 10 }, timeout = 60,
  },
  monitor_stopped = {
    "DescribeLiveStreamMonitorList", "MonitorId",
    entry = { "MonitorId" }, state = "Status", success = { 0 }, failure = { "absent" },
    delay = { 2, 10 }, timeout = 60,
  },

  -- No rate of this query is documented.
  dual_stream_on = {
    "DescribeLiveDomainMultiStreamConfig", "Domain",
    state = "Switch", success = { "on" }, delay = { 3, 15 }, timeout = 60,
  },
  dual_stream_off = {
    "DescribeLiveDomainMultiStreamConfig", "Domain",
    state = "Switch", success = { "off" }, delay = { 3, 15 }, timeout = 60,
  },
}
