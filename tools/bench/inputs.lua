-- What everybody signs in the measurements of signing.

local inputs = {
  ID = "LTAI5tExampleKeyId000000", SECRET = "0123456789abcdefghijklmnopqrst",
  VERSION = "2016-11-01", HOST = "live.aliyuncs.com",
  APP_ID = "1234567890", ZEGO_SECRET = "9193cc662a4c0ec135ec71fb57194b38",
}

-- All parameters of CreateLivePullToPush but RegionId: 14 names and values.
inputs.task = {
  CallbackUrl = "https://callback.example.com/pull-to-push?job=4711&token=abc",
  DstUrl = "rtmp://push.example.com/live/stream-1"
    .. "?auth_key=1700000000-0-0-0123456789abcdef0123456789abcdef",
  EndTime = "2049-01-01T02:00:00Z", FileIndex = 0, Offset = 60, Region = "cn-shanghai",
  RepeatNumber = 3, RetryCount = 5, RetryInterval = 60, SourceProtocol = "rtmp", SourceType = "vod",
  SourceUrls = { "https://vod.example.com/a.mp4", "https://vod.example.com/b.mp4" },
  StartTime = "2049-01-01T00:00:00Z", TaskName = "evening show",
}

-- The same with its list as the text that goes over the wire.
inputs.task_as_text = {}
for name, value in pairs(inputs.task) do inputs.task_as_text[name] = value end
inputs.task_as_text.SourceUrls =
  '["https://vod.example.com/a.mp4","https://vod.example.com/b.mp4"]'

inputs.streams = { StreamId = {} }
for i = 1, 20 do inputs.streams.StreamId[i] = string.format("stream-%04d", i) end

return inputs
