--- Command lines to begin with, as `streamctl help examples` and the manual page show them.
-- @module streamctl.cli.examples

return {
  { "Bring the RTC streams of a file back, with a report to go on from",
    "streamctl resume @ids.txt --report resume.jsonl" },
  { "Send again what failed", "streamctl retry resume.jsonl" },
  { "Resume what is not live",
    "streamctl state @ids.txt --expect live -o ids | streamctl resume -" },
  { "Keep a stream of Alibaba Cloud away for two hours, and see whether it is gone",
    "streamctl forbid --domain push.example.com --app live s1 --until +2h --check" },
  { "Pull a stream from one address and push it to another, once it runs",
    "streamctl relay create --region cn-shanghai --end +2h --wait --yes \\\n"
      .. "  --from rtmp://pull.example.com/app/s1 --to rtmp://push.example.com/app/s1" },
  { "See what an operation takes", "streamctl ops DescribeRTCStreamState" },
  { "Call it", "streamctl call DescribeRTCStreamState StreamId=room1-cam1 -o json" },
  { "All that is live on a domain, two fields of each",
    "streamctl list DescribeLiveStreamsOnlineList DomainName=push.example.com \\\n"
      .. "  --fields StreamName,PublishTime" },
  { "Wait until a stream is gone",
    "streamctl wait rtc_stream_closed StreamId=room1-cam1 --timeout 60" },
  { "Find out what is wrong", "streamctl doctor" },
}
