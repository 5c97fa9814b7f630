-- Memory of calls that wait: public calls, each in a task of its own.
--
--   lua5.4 bench/waiting.lua CALLS BASE CA_FILE PAGESIZE
--
-- All tasks are spawned and have made their call before any answer is looked for. Prints the bytes
-- by which the process has grown, per call.

local streamctl = require "streamctl"

local calls, base, ca_file, page = tonumber(arg[1]), arg[2], arg[3], tonumber(arg[4])
local live = streamctl.aliyun.new {
  access_key_id = "LTAI5tExampleKeyId000000", endpoint = base, tls = { ca_file = ca_file },
  access_key_secret = "0123456789abcdefghijklmnopqrst", rate_limit = false, retry = false,
}

local function resident()
  local file = assert(io.open("/proc/self/statm"))
  local pages = file:read("*l"):match("^%d+ (%d+)")
  file:close()
  return tonumber(pages) * page
end

local begun, answered = 0, 0
local function call(i)
  begun = begun + 1
  live:resume_live_stream {
    DomainName = "push.example.com", LiveStreamType = "publisher", AppName = "app",
    StreamName = string.format("stream-%07d", i),
  }
  answered = answered + 1
end

assert(live:resume_live_stream {
  DomainName = "push.example.com", LiveStreamType = "publisher", AppName = "app", StreamName = "s",
})
streamctl.run(function()
  collectgarbage()
  local before = resident()
  for i = 1, calls do streamctl.spawn(call, i) end
  streamctl.spawn(function()
    collectgarbage()
    assert(begun == calls and answered == 0, "calls do not wait")
    print(string.format("%.0f", (resident() - before) / calls))
    io.stdout:flush()
    os.exit(0, false)
  end)
end)
