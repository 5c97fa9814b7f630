--- What ZEGOCLOUD's return codes mean. One number means different things in different groups of
-- actions (a row's `group`); "common" holds for every action.
-- @module streamctl.zego.codes

local codes = {}

--- Our code for theirs; any other is "vendor".
codes.meanings = {
  common = {
    [100000001] = "credentials", [100000004] = "clock_skew", [100000005] = "signature",
    [100000007] = "not_found", [100000010] = "credentials", [100000011] = "credentials",
    [100000017] = "forbidden",
  },
  media = {
    [1010] = "throttled", [5007] = "throttled", [30002] = "throttled",
    [3002] = "clock_skew",
    [3] = "credentials", [3000] = "credentials", [3003] = "credentials", [5003] = "credentials",
    [30005] = "credentials", [40005] = "credentials",
    [41003] = "not_found", [41004] = "not_found",
  },
  room = {
    [206] = "throttled", [207] = "throttled", -- of the app, of one room
    [9] = "forbidden",
    [104] = "not_found", [5018] = "not_found", [5024] = "not_found", [50001] = "not_found", -- room
    [105] = "not_found", [138] = "not_found", [50124] = "not_found", -- user, stream, rule
  },
  mixing = {
    [110200190] = "throttled", [110200191] = "throttled", [110200194] = "throttled",
    [110200005] = "throttled", [110200006] = "throttled", -- one UserId too often
    [110200003] = "credentials",
    [110200157] = "forbidden", [110200160] = "forbidden", -- not enabled; another's task
    [110209001] = "not_found",
  },
  files = {
    [6] = "throttled", [7] = "credentials", [3] = "forbidden", [41003] = "not_found",
  },
  moderation = { [50117] = "forbidden" },
  player = {
    [350006001] = "throttled", [350006006] = "forbidden",
    [350006008] = "conflict", -- a player of this name runs
  },
  record = {
    [300000003] = "throttled", [300000002] = "forbidden", [300001000] = "not_found",
  },
  scene = { [340004003] = "conflict" },
}

--- Codes of a passing condition: the same call may go again.
codes.transient = {
  common = { [100000015] = true },
  media = {
    [3001] = true, [5000] = true, [5001] = true, [5002] = true, [5006] = true, [30003] = true,
    [41001] = true, [41002] = true, [42001] = true, [42002] = true, [42003] = true,
    [42004] = true, [43001] = true,
  },
  room = {
    [1] = true, [122] = true, [123] = true, [124] = true, [151] = true, [154] = true,
    [5201] = true, [5202] = true, [50013] = true,
  },
  mixing = {
    [110200001] = true, [110200007] = true, [110200012] = true, [110200013] = true,
    [110200015] = true, [110200151] = true, [110200159] = true,
  },
  files = { [1000] = true },
  moderation = { [50006] = true, [50007] = true, [50009] = true },
  player = { [350006009] = true, [350010000] = true }, -- it is being made; internal
  record = { [300010000] = true },
}

--- Codes that may be about one item of a list alone, such as a StreamId; a name: only where the
-- list is of that. Vendors refuse all of it then.
codes.in_list = {
  media = {
    [1] = true, [2] = true, [1006] = true, [30006] = true, [30009] = true,
    [41003] = true, [41004] = true, [41006] = true,
    [42003] = true, [42004] = true, -- "failed to batch forbid" and "to batch resume"
  },
  room = {
    [1] = true, [2] = true, [3] = true, [105] = true, [138] = true, [50003] = true,
    [50011] = true, -- too many at once
    [104] = "RoomId", [5018] = "RoomId", [5024] = "RoomId", [50001] = "RoomId",
  },
  files = { [2] = true, [1000] = true, [41003] = true },
}

--- What a message with such a code says that is about the request's place in the order.
codes.of_order = "sequence"

return codes
