-- Cloud players, which play a file or a stream into a room, and the files uploaded for them.

local ABOUT = { "PlayerId", of = "player" } -- see streamctl.call.check

local FLAG = { 0, 1 }
local URL = { "StreamUrl!", max_length = 1024 }
local BACKUP = { "BackupStreamUrl", max_length = 1024 }
local ROOM = { "RoomId", max_length = 128 }
local PAGE_SIZE = { "PageSize:number", min = 1, max = 50 }
local SHORT_EDGE = { "ShortEdge:number", min = 0, max = 2160 }
local WIDTH = { "Width:number", min = 1, max = 3000 }
local HEIGHT = { "Height:number", min = 1, max = 3000 }
local VIDEO_BITRATE = { "VideoBitrate:number", min = 1, max = 50000 }
local AUDIO_BITRATE = { "AudioBitrate:number", min = 1, max = 192 }
local VOLUME = { "Volume:number", min = 0, max = 200 }

return {
  docs = "cloud-player-server/", host = "cloud-player", rate = 20, method = "POST", body = "json",
  {
    "CancelUploadTask", safe = true,
    params = { "UploadTaskId!" },
  },
  {
    -- not safe: only a second player of one PlayerName is refused
    "CreatePlayer", safe = false,
    settle = { -- the list has destroyed players as well
      "DescribePlayers", "RoomId", entry = { "RoomId" }, since = { "CreateTime", "present" },
      same = {
        "StreamUrl", PlayerName = "{PlayerName?}", StreamId = "{StreamId?}",
      },
      executed = { "present" }, not_executed = { "absent", "older" },
      note = "look for its PlayerName and StreamUrl",
    },
    params = {
      URL, "StreamUrlList:list", BACKUP,
      { "RoomId!", max_length = 128 },
      "StreamId:stream_id", { "PlayerName", max_bytes = 64 },
      { "VideoOptions:object", fields = {
        WIDTH, HEIGHT, SHORT_EDGE, VIDEO_BITRATE,
        { "VideoCodec:number", enum = { 0, 2, 3 } },
        { "Fps:number", min = 1, max = 30 }, { "RenderMode:number", enum = FLAG },
      } },
      { "AudioOptions:object", fields = {
        { "AudioCodec:number", enum = { 0, 1, 6 } }, AUDIO_BITRATE,
        { "SoundChannel:number", enum = { 1, 2 } }, VOLUME,
      } },
      "PlayTime:number RepeatTimes:number SeekTo:number",
      { "MaxIdleTime:number", min = 5, max = 3000 },
      { "StreamData:object", fields = { { "Enable:number", enum = FLAG }, "Interval:number" } },
      { "ExtensionParams:list", items = "object", fields = { "Key Value" } },
      { "RoomUserUpdate:number", enum = FLAG },
      { "DelayDestroySeconds:number", min = 0, max = 3600 },
    },
  },
  {
    "CreateUploadTask", safe = false,
    settle = {
      "DescribeUploadTasks", entry = { "StreamUrl", "Title" },
      since = { "CreateTime", "present" }, executed = { "present" },
      not_executed = { "absent", "older" }, note = "look for its StreamUrl and Title",
    },
    params = {
      { "Title!", max_length = 100 }, URL, { "RetentionDays:number", min = 1, max = 7 },
      "ContentMd5",
    },
  },
  {
    "DeletePlayer", safe = true, resource = ABOUT,
    params = { "PlayerId!" },
  },
  {
    "DescribePlayers",
    pages = {
      marker = "PageToken", size = "PageSize", next = "Data.NextPageToken",
      total = "Data.TotalSize", items = "Data.Players", key = { "PlayerId" },
    },
    params = {
      ROOM, "PlayerId", PAGE_SIZE, "PageToken",
      { "Status:number", enum = { 1, 2, 3, 4, 5, 6, 7, 8 } },
    },
  },
  {
    "DescribeUploadTasks",
    pages = {
      marker = "PageToken", size = "PageSize", next = "Data.NextPageToken",
      total = "Data.TotalSize", items = "Data.UploadTasks", key = { "UploadTaskId" },
    },
    params = {
      "UploadTaskId", { "Status:number", enum = { 0, 1, 2, 3, 4, 5, 6, 7 } }, PAGE_SIZE,
      "PageToken",
    },
  },
  {
    -- a repeat would seek again, back to where viewers have been
    "UpdatePlayer", safe = { unless = { SeekTo = true } }, sequence = true, resource = ABOUT,
    params = {
      "PlayerId! Sequence:sequence", { "StreamUrl", max_length = 1024 }, "StreamUrlList:list",
      BACKUP,
      { "VideoOptions:object", fields = { WIDTH, HEIGHT, SHORT_EDGE, VIDEO_BITRATE } },
      { "AudioOptions:object", fields = { AUDIO_BITRATE, VOLUME } },
      "SeekTo:number", { "IsPause:number", enum = FLAG }, "RepeatTimes:number",
    },
  },
}
