-- Made by `make types` from the rows: the names of each group.
return {
  media = [[
describe_rtc_stream_state forbid_cdn_live_stream forbid_rtc_stream forbid_rtc_streams
query_forbid_cdn_live_stream resume_cdn_live_stream resume_rtc_stream resume_rtc_streams]],
}
