-- Made by `make types` from the rows: the names of each group.
return {
  media = [[
clear_cdn_transfer_rule creat_cdn_transfer_rule delete_cdn_transfer_rule
describe_rtc_stream_state forbid_cdn_live_stream forbid_rtc_stream forbid_rtc_streams
query_forbid_cdn_live_stream resume_cdn_live_stream resume_rtc_stream resume_rtc_streams
rtmp_dispatch_v2]],
}
