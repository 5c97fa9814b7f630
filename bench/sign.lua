-- Signing against the bare hashing of the same bytes, in one process, batch by batch in turn.
--
--   <lua> bench/sign.lua ROUNDS BATCH
--
-- Prints one JSON object: for each subject its microseconds of CPU time per signature, by round.

local baseline = require "hash_baseline"
local cjson = require "cjson"
local streamctl = require "streamctl"

local rounds, batch = tonumber(arg[1]), tonumber(arg[2])

local here = arg[0]:match("^(.*)/[^/]*$") or "."
local inputs = assert(loadfile(here .. "/inputs.lua"))()
local SECRET, ZEGO_SECRET, TASK, STREAMS = inputs.SECRET, inputs.ZEGO_SECRET, inputs.task, inputs.streams

local live = streamctl.aliyun.new {
  access_key_id = "LTAI5tExampleKeyId000000", access_key_secret = SECRET, endpoint = "https://live.aliyuncs.com",
}
local rtc = streamctl.zego.new { app_id = 1234567890, server_secret = ZEGO_SECRET }

-- The same bytes for everyone. A signature of the vendor's text is what the baseline hashes too.
local core_signer = require("streamctl.core").signer("acs3", {
  access_key_id = "LTAI5tExampleKeyId000000", access_key_secret = SECRET, host = "live.aliyuncs.com",
  version = "2016-11-01",
})
local wire = inputs.wire_of(assert(live:sign("CreateLivePullToPush", TASK)).url)
local canonical, to_sign = core_signer:explain("POST", "CreateLivePullToPush", wire)
assert(#wire == 28, "the task has 14 parameters")

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
    for _ = 1, n do zego_signer:sign("GET", "ResumeRTCStreams", inputs.stream_wire) end
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
