-- Signing against the bare hashing of the same bytes, in one process, batch by batch in turn.
--
--   <lua> bench/sign.lua ROUNDS BATCH
--
-- Prints one JSON object: for each subject its microseconds of CPU time per signature, by round.

local baseline = require "hash_baseline"
local cjson = require "cjson"
local streamctl = require "streamctl"

local rounds, batch = tonumber(arg[1]), tonumber(arg[2])

local SECRET = "0123456789abcdefghijklmnopqrst"
local ZEGO_SECRET = "9193cc662a4c0ec135ec71fb57194b38"

-- All parameters of CreateLivePullToPush but RegionId: 14 names and values.
local TASK = {
  CallbackUrl = "https://callback.example.com/pull-to-push?job=4711&token=abc",
  DstUrl = "rtmp://push.example.com/live/stream-1?auth_key=1700000000-0-0-0123456789abcdef0123456789abcdef",
  EndTime = "2049-01-01T02:00:00Z", FileIndex = 0, Offset = 60, Region = "cn-shanghai", RepeatNumber = 3,
  RetryCount = 5, RetryInterval = 60, SourceProtocol = "rtmp", SourceType = "vod",
  SourceUrls = { "https://vod.example.com/a.mp4", "https://vod.example.com/b.mp4" },
  StartTime = "2049-01-01T00:00:00Z", TaskName = "evening show",
}

local STREAMS = { StreamId = {} }
for i = 1, 20 do STREAMS.StreamId[i] = string.format("stream-%04d", i) end

-- The flat list of names and values that a request target carries.
local function wire_of(target)
  local wire = {}
  local function decoded(text)
    return (text:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
  end
  for name, value in target:match("?(.*)$"):gmatch("([^&=]+)=([^&]*)") do
    wire[#wire + 1] = decoded(name)
    wire[#wire + 1] = decoded(value)
  end
  return wire
end

local live = streamctl.aliyun.new {
  access_key_id = "LTAI5tExampleKeyId000000", access_key_secret = SECRET, endpoint = "https://live.aliyuncs.com",
}
local rtc = streamctl.zego.new { app_id = 1234567890, server_secret = ZEGO_SECRET }

-- The same bytes for everyone. A signature of the vendor's text is what the baseline hashes too.
local core_signer = require("streamctl.core").signer("acs3", {
  access_key_id = "LTAI5tExampleKeyId000000", access_key_secret = SECRET, host = "live.aliyuncs.com",
  version = "2016-11-01",
})
local wire = wire_of(assert(live:sign("CreateLivePullToPush", TASK)).url)
local canonical, to_sign = core_signer:explain("POST", "CreateLivePullToPush", wire)
assert(#wire == 28, "the task has 14 parameters")

local ids = {}
for i, id in ipairs(STREAMS.StreamId) do ids[2 * i - 1], ids[2 * i] = "StreamId[]", id end
ids[#ids + 1], ids[#ids + 2] = "Sequence", "1700000000000"
local zego_signer = require("streamctl.core").signer("zego", { app_id = 1234567890, server_secret = ZEGO_SECRET })
-- AppId, nonce, secret, Timestamp
local zego_text = "1234567890" .. "0123456789abcdef" .. ZEGO_SECRET .. "1700000000"

local subjects = {
  { "hash", baseline.sha256_hmac(canonical, to_sign, SECRET) },
  { "hash_plain", baseline.sha256_hmac_plain(canonical, to_sign, SECRET) },
  { "signer", function(n)
    for _ = 1, n do core_signer:sign("POST", "CreateLivePullToPush", wire) end
  end },
  { "client", function(n)
    for _ = 1, n do live:sign("create_live_pull_to_push", TASK) end
  end },
  { "zego_hash", baseline.md5(zego_text) },
  { "zego_signer", function(n)
    for _ = 1, n do zego_signer:sign("GET", "ResumeRTCStreams", ids) end
  end },
  { "zego_client", function(n)
    for _ = 1, n do rtc:sign("resume_rtc_streams", STREAMS) end
  end },
}

local report = {
  bytes = { canonical = #canonical, to_sign = #to_sign, zego = #zego_text }, openssl = baseline.openssl,
  lua = rawget(_G, "jit") and rawget(_G, "jit").version or _VERSION, microseconds = {},
}
for _, subject in ipairs(subjects) do
  report.microseconds[subject[1]] = {}
  subject[2](math.ceil(batch / 4)) -- warm: caches, fetched algorithms, traces
end
for round = 1, rounds do
  for _, subject in ipairs(subjects) do
    collectgarbage() -- nobody pays for what another left behind; everybody pays for his own
    local begun = os.clock()
    subject[2](batch)
    report.microseconds[subject[1]][round] = (os.clock() - begun) / batch * 1e6
  end
end
print(cjson.encode(report))
