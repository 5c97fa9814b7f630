-- Recordings that a CDN keeps: made, found, changed and deleted there.

local ABOUT = { "Vendor", "StreamId", of = "cdn_record" } -- see streamctl.call.check

-- The vendor's Chinese pages name Aliyun beside these, its English ones no more.
local VENDOR = { "Vendor!", enum = { "Aliyun", "Tencent", "Ws", "Huawei" } }
local SEARCHED = { "Vendor!", enum = { "Tencent", "Ws", "Huawei" } }
local PROCESSING = { "Vendor!", enum = { "Tencent", "Huawei" } }
local STREAMS = { "StreamId:list!", items = "stream_id" }

-- What became of each stream, as each CDN says it.
local AT_CDNS = {
  { items = "Data.Tencent", id = "StreamName", code = "Code", message = "Message", fine = { "" } },
  { items = "Data.Ws.list", id = "id", code = "http_code", message = "msg", fine = { 200 } },
  { items = "Data.Huawei", id = "StreamName", code = "Code", message = "Message", fine = { 0 } },
}

return {
  docs = "real-time-video-server/api-reference/cdn/", rate = 20,
  {
    "DeleteMedia", safe = true, list = "FileId",
    partial = { items = "Data.Errors", id = "Key", code = "Code", message = "Message" },
    params = {
      SEARCHED,
      { "FileId:list", max_items = 100 },
      { "Media:list", items = "object", max_items = 100, fields = {
        "FileId", { "Resolution:list", max_items = 3 },
      } },
      "ClearCache:boolean",
    },
  },
  {
    "DescribeMediaTask",
    params = { "TaskId!", PROCESSING },
  },
  {
    "MediaThumbnails", safe = false,
    params = {
      PROCESSING, "FileId!",
      { "Type!", enum = { "SnapshotByTimeOffset", "SampleSnapshot" } },
      "Definition:number", { "ExtTimeOffsetSet:list", items = "number" }, "Interval:number",
    },
  },
  {
    "MergeMedia", safe = false,
    params = {
      PROCESSING, "Format",
      { "Type", enum = { "0", "1" } },
      { "InputFileId:list", max_items = 20 },
      { "HandleMediaArgs:list", items = "object", max_items = 10, fields = {
        "FileId", { "StartTime:number", min = 0 }, { "EndTime:number", min = 0 },
      } },
      "OutputFileName", { "ExpireTime:integer", min = 0 },
    },
  },
  {
    "SearchMedia",
    params = {
      SEARCHED,
      { "NamePrefix", max_bytes = 20 },
      "StartTime:integer EndTime:integer PageSize:integer PageNumber:integer",
      { "FileId:list", max_items = 10 },
      { "StreamId:stream_ids", max_items = 10, wire = "StreamId[]" },
      "Marker", { "MaxKeys:integer", min = 1, max = 1000 },
    },
  },
  {
    "StartCDNRecord", safe = false, resource = ABOUT, partial = AT_CDNS, list = "StreamId",
    params = { STREAMS, VENDOR, "EndTime Domain Point" },
  },
  {
    "StopCDNRecord", safe = true, resource = ABOUT, partial = AT_CDNS, list = "StreamId",
    params = { STREAMS, VENDOR, "Domain Point" },
  },
  {
    "TranscodeMedia", safe = false, page = "start-on-demand-transcoding",
    params = {
      { "Vendor!", enum = { "Tencent" } }, "FileId!",
      { "Resolution!", enum = { "360p", "540p", "720p" } },
    },
  },
}
