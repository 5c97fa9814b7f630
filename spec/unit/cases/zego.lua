-- For every operation of ZEGOCLOUD and every parameter: what passes and what does not. The limits
-- are the documented ones, written out here and not read from the rows.

local kinds = require "spec.unit.cases.kinds"

local ID = "must be 1 to 256 of the characters A-Z a-z 0-9 - _"

local STREAM_ID = {
  required = true,
  good = { { "s", "s" }, { "Az09_-", "Az09_-" }, { ("s"):rep(256), ("s"):rep(256) } },
  bad = {
    { "", ID }, { ("s"):rep(257), ID }, { "a b", ID }, { "a.b", ID }, { "a/b", ID }, { "a\n", ID },
    { "a\0", ID }, { "流", ID }, { 5, "must be text, got a number" }, { true, "must be text" },
    { { "a" }, "must be text, got a table" },
  },
}

local function stream_ids()
  local bad = kinds.bad_lists(20)
  bad[#bad + 1] = { "s1", "must be a list of 1 to 20 texts" }
  bad[#bad + 1] = { { "a", "b c" }, "item 2 " .. ID }
  bad[#bad + 1] = { { ("s"):rep(257) }, "item 1 " .. ID }
  local full, longest = kinds.texts(20), ("s"):rep(256)
  return {
    required = true, wire = "StreamId[]", bad = bad,
    good = { { { "a" }, { "a" } }, { { "b", "a" }, { "b", "a" } }, { full, full },
      { { longest }, { longest } } },
  }
end

local SEQUENCE_TEXT = "must be a whole number from 1 to 2^53 - 1"

local SEQUENCE = {
  required = false, filled_in = true,
  good = {
    { 1, "1" }, { 60.0, "60" }, { 1767323045123, "1767323045123" }, { 1e15, "1000000000000000" },
    { 2 ^ 53 - 1, "9007199254740991" }, { "1767323045123", "1767323045123" },
    { "9007199254740991", "9007199254740991" },
  },
  bad = {
    { 0, SEQUENCE_TEXT }, { -1, SEQUENCE_TEXT }, { 1.5, SEQUENCE_TEXT }, { 2 ^ 53, SEQUENCE_TEXT },
    { 0 / 0, SEQUENCE_TEXT }, { math.huge, SEQUENCE_TEXT }, { true, SEQUENCE_TEXT },
    { {}, SEQUENCE_TEXT }, { "", SEQUENCE_TEXT }, { "0", SEQUENCE_TEXT }, { "007", SEQUENCE_TEXT },
    { "-1", SEQUENCE_TEXT }, { "1.0", SEQUENCE_TEXT }, { "1e3", SEQUENCE_TEXT },
    { "0x10", SEQUENCE_TEXT }, { " 1", SEQUENCE_TEXT }, { "9007199254740992", SEQUENCE_TEXT },
    { "9007199254740993", SEQUENCE_TEXT }, { "18446744073709551617", SEQUENCE_TEXT },
  },
}

local RTC_STREAM = { StreamId = STREAM_ID, Sequence = SEQUENCE }
local RTC_STREAMS = { StreamId = stream_ids(), Sequence = SEQUENCE }

return {
  DescribeRTCStreamState = RTC_STREAM,
  ForbidCDNLiveStream = {
    StreamId = STREAM_ID,
    ResumeTime = kinds.time(false, { { "2028-02-29T23:59:59Z" }, { "2026-12-31T00:00:00Z" } }),
  },
  ForbidRTCStream = RTC_STREAM,
  ForbidRTCStreams = RTC_STREAMS,
  QueryForbidCDNLiveStream = { Vendor = kinds.enum(true, { "ws" }, { "aliyun", "tencent" }) },
  ResumeCDNLiveStream = { StreamId = STREAM_ID },
  ResumeRTCStream = RTC_STREAM,
  ResumeRTCStreams = RTC_STREAMS,
}
