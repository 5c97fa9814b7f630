--- What holds for all operations of ZEGOCLOUD Server API v2.
--
-- The rows are in the other files of this folder, see @{streamctl.call.rows}; this is the catalogue
-- of them, see @{streamctl.call.catalogue}. Return codes mean different things in different groups.
-- @module streamctl.zego.operations

local catalogue = require "streamctl.call.catalogue"

local PAGE = "https://www.zegocloud.com/docs/real-time-video-server/api-reference/"

return catalogue.new {
  module = "streamctl.zego.operations",
  groups = { "media" },
  defaults = { method = "GET" },

  -- The vendor's page about a row.
  page_of = function(row)
    return row.page or PAGE .. row.group .. "-service/" .. row.name:gsub("_", "-")
  end,

  -- Actions without a row are GET, but for these, which take a JSON body.
  post_actions = {
    CancelUploadTask = true, CreatePlayer = true, CreateUploadTask = true, DeletePlayer = true,
    DescribePlayers = true, DescribeRecordStatus = true, DescribeTasks = true,
    DescribeUploadTasks = true, PauseRecord = true, ResumeRecord = true, StartAutoMix = true,
    StartCensorAudioV2 = true, StartCensorVideoV2 = true, StartCloudTranscode = true,
    StartMix = true, StartRecord = true, StopAutoMix = true, StopCensorAudioV2 = true,
    StopCensorVideoV2 = true, StopCloudTranscode = true, StopMix = true, StopRecord = true,
    TakeSnapshot = true, UpdateLayout = true, UpdatePlayer = true, UpdateWhiteboard = true,
  },

  -- Names that belong to the signature and to nobody else.
  reserved = {
    Action = true, AppId = true, IsTest = true, Signature = true, SignatureNonce = true,
    SignatureVersion = true, Timestamp = true,
  },

  -- Return codes by group; "common" holds for every action. Any other code is "vendor".
  codes = {
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
  },

  -- Codes of a passing condition: the same call may go again.
  transient = {
    common = { [100000015] = true },
    media = {
      [3001] = true, [5000] = true, [5001] = true, [5002] = true, [5006] = true, [30003] = true,
      [41001] = true, [41002] = true, [42001] = true, [42002] = true, [42003] = true,
      [42004] = true, [43001] = true,
    },
  },
}
