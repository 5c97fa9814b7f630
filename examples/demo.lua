-- The main job from end to end: ban streams, resume them, one of them with the temporary key of a
-- role, run a pull-to-push task, read a refusal.
--
-- against the emulator, the second in a checkout that is built:
--   make demo
--   lua5.4 spec/support/emulator/run.lua -- lua5.4 examples/demo.lua
-- against the vendors, with credentials in the environment:
--   lua5.4 examples/demo.lua
--
-- Credentials and addresses:
--   ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET,
--   ALIBABA_CLOUD_SECURITY_TOKEN (STS)
--   ZEGO_APP_ID, ZEGO_SERVER_SECRET
--   ALIBABA_CLOUD_ENDPOINT, ZEGO_ENDPOINT    instead of the vendors' own: https://host[:port]
--   STREAMCTL_CA_FILE                        authority to trust instead of the system's
--
-- On an instance with a RAM role, STREAMCTL_DEMO_ROLE=1 has the role's key do its step, too; the
-- emulator plays such an instance.
--
-- What it acts on; the defaults are nobody's streams, which the vendors refuse:
--   STREAMCTL_DEMO_DOMAIN      push.example.com          ingest domain at Alibaba Cloud
--   STREAMCTL_DEMO_APP         live
--   STREAMCTL_DEMO_STREAMS     demo-1,demo-2             streams of that domain and application
--   STREAMCTL_DEMO_REGION      cn-shanghai               of the pull-to-push task
--   STREAMCTL_DEMO_SOURCE      https://vod.example.com/demo.mp4
--   STREAMCTL_DEMO_TARGET      rtmp://push.example.com/live/demo-copy
--   STREAMCTL_DEMO_RTC         demo-rtc-1,demo-rtc-2,demo-rtc-3   StreamIds at ZEGOCLOUD
--   STREAMCTL_DEMO_CDN         demo-cdn-1
--
-- A pull-to-push task is billed. Without an emulator it is made only with STREAMCTL_DEMO_BILLED=1,
-- and stopped at once. Bans are set to end by themselves after ten minutes where the vendor has a
-- parameter for that.
--
-- Exits with 0 when every step went as it should, else with 1 and the reason.

local cjson = require "cjson"
local streamctl = require "streamctl"

local function env(name, default)
  local value = os.getenv(name)
  return value and value ~= "" and value or default
end

local CONTROL, METADATA = env "STREAMCTL_EMULATOR_CONTROL", env "STREAMCTL_EMULATOR_METADATA"
local DOMAIN, APP = env("STREAMCTL_DEMO_DOMAIN", "push.example.com"),
  env("STREAMCTL_DEMO_APP", "live")
local REGION = env("STREAMCTL_DEMO_REGION", "cn-shanghai")

local function give_up(reason)
  io.stdout:flush()
  io.stderr:write("demo: ", reason, "\n")
  os.exit(1)
end

local function list(text)
  local items = {}
  for item in text:gmatch("[^,]+") do items[#items + 1] = item end
  return items
end

local function utc(seconds_from_now)
  return os.date("!%Y-%m-%dT%H:%M:%SZ", os.time() + seconds_from_now)
end

-- ---- output ----

-- Prints text in lines of at most 80 columns.
local function say(text, indent)
  local line = indent
  for word in text:gmatch("%S+") do
    if #line > #indent and #line + 1 + #word > 80 then
      print(line)
      line = indent
    end
    line = line .. (#line > #indent and " " or "") .. word
    while #line > 80 do -- one word longer than a line
      print(line:sub(1, 80))
      line = indent .. line:sub(81)
    end
  end
  print(line)
end

local function print_table(columns, rows)
  local widths = {}
  for i, title in ipairs(columns) do
    widths[i] = #title
    for _, row in ipairs(rows) do widths[i] = math.max(widths[i], #row[i]) end
  end
  local total = 2 * (#columns - 1)
  for _, width in ipairs(widths) do total = total + width end
  local gap = total <= 80 and "  " or " "
  local function print_row(row)
    local cells = {}
    for i, cell in ipairs(row) do cells[i] = cell .. (" "):rep(widths[i] - #cell) end
    print((table.concat(cells, gap):gsub("%s+$", ""):sub(1, 80)))
  end
  print_row(columns)
  local rule = {}
  for i, width in ipairs(widths) do rule[i] = ("-"):rep(width) end
  print_row(rule)
  for _, row in ipairs(rows) do print_row(row) end
end

-- ---- the emulator's own word ----

local function control(path)
  local pipe = io.popen("curl -q -sS --noproxy '*' --max-time 10 '"
    .. (CONTROL .. path):gsub("'", "'\\''") .. "'")
  local text = pipe and pipe:read("*a") or ""
  if pipe then pipe:close() end
  local ok, answer = pcall(cjson.decode, text)
  if not ok then give_up("the emulator's control port does not answer at " .. CONTROL) end
  return answer
end

-- ---- steps ----

local unexpected = {} -- reasons
local steps = {}      -- { vendor, method, outcome } of each call

local function complain(reason)
  unexpected[#unexpected + 1] = reason
end

local function record(vendor, method, outcome)
  steps[#steps + 1] = { vendor, method, outcome }
  print(("  %-7s %-33s %s"):format(vendor, method, outcome))
end

-- A call that should succeed: its answer, or nil.
local function call(client, vendor, method, params)
  local body, message, err = client[method](client, params)
  record(vendor, method, body and "ok" or err.code)
  if not body then complain(message) end
  return body
end

local function skip(vendor, method, why)
  print(("  %-7s %-33s skipped: %s"):format(vendor, method, why))
end

-- A call that the vendor should refuse.
local function refused(client, vendor, method, params)
  local body, message, err = client[method](client, params)
  if body then
    record(vendor, method, "ok")
    return complain(method .. " should have been refused")
  end
  record(vendor, method, "refused, as it should be")
  say("message: " .. message, "          ")
  say(("err: code=%s outcome=%s vendor_code=%s http_status=%s retryable=%s maybe_sent=%s"):format(
    err.code, err.outcome, tostring(err.vendor_code), tostring(err.http_status),
    tostring(err.retryable), tostring(err.maybe_sent)), "          ")
  if not err.vendor_code then complain("the refusal did not come from the vendor: " .. message) end
end

-- ---- the job ----

local function stream(name, more)
  local params = { DomainName = DOMAIN, AppName = APP, StreamName = name,
    LiveStreamType = "publisher" }
  for key, value in pairs(more or {}) do params[key] = value end
  return params
end

local function check_block_list(live, count)
  local body = call(live, "aliyun", "describe_live_streams_block_list", { DomainName = DOMAIN })
  -- a vendor may take a moment, and may ask for another domain here
  if not body or not CONTROL then return end
  local urls = body.StreamUrls.StreamUrl or {}
  if #urls ~= count then
    complain(("the block list holds %d streams instead of %d"):format(#urls, count))
  end
end

local function ban_and_resume(live)
  local names = list(env("STREAMCTL_DEMO_STREAMS", "demo-1,demo-2"))
  local soon = utc(600)
  for _, name in ipairs(names) do
    call(live, "aliyun", "forbid_live_stream", stream(name, { ResumeTime = soon }))
  end
  check_block_list(live, #names)
  for _, name in ipairs(names) do call(live, "aliyun", "resume_live_stream", stream(name)) end
  check_block_list(live, 0)
end

-- A client without any key: the role of the instance has one, for a few hours.
local function by_role(live)
  if not METADATA and env "STREAMCTL_DEMO_ROLE" ~= "1" then
    return skip("aliyun", "resume_live_stream", "by a role: needs STREAMCTL_DEMO_ROLE=1 on ECS")
  end
  local role = streamctl.aliyun.credentials.ecs_role { endpoint = METADATA }
  local client = streamctl.aliyun.new {
    credentials = role, endpoint = live.endpoint, tls = { ca_file = env "STREAMCTL_CA_FILE" },
  }
  local name = list(env("STREAMCTL_DEMO_STREAMS", "demo-1,demo-2"))[1]
  call(live, "aliyun", "forbid_live_stream", stream(name, { ResumeTime = utc(600) }))
  call(client, "aliyun", "resume_live_stream", stream(name))
  check_block_list(client, 0)
  local key = role:get()
  if key then say(key.provider .. ", until " .. utc(key.expires - os.time()), "          ") end
end

local function pull_to_push(live)
  if not CONTROL and env "STREAMCTL_DEMO_BILLED" ~= "1" then
    return skip("aliyun", "create_live_pull_to_push", "billed; STREAMCTL_DEMO_BILLED=1 allows it")
  end
  local target = env("STREAMCTL_DEMO_TARGET", "rtmp://push.example.com/live/demo-copy")
  local task = call(live, "aliyun", "create_live_pull_to_push", {
    Region = REGION, TaskName = "streamctl demo", SourceType = "vod", StartTime = utc(3600),
    EndTime = utc(7200),
    SourceUrls = { env("STREAMCTL_DEMO_SOURCE", "https://vod.example.com/demo.mp4") },
    DstUrl = target,
  })
  if not task then return end
  local found = false
  local answer = call(live, "aliyun", "describe_live_pull_to_push_list",
    { Region = REGION, DstUrl = target })
  for _, item in ipairs(answer and answer.TaskList or {}) do
    found = found or item.TaskId == task.TaskId
  end
  if answer and not found then complain("the list does not hold the new task " .. task.TaskId) end
  if not call(live, "aliyun", "stop_live_pull_to_push",
    { Region = REGION, TaskId = task.TaskId }) then
    complain("the task " .. task.TaskId .. " is still there: stop it by hand, it costs money")
  end
end

local function rtc_and_cdn(rtc)
  local ids = list(env("STREAMCTL_DEMO_RTC", "demo-rtc-1,demo-rtc-2,demo-rtc-3"))
  local cdn = env("STREAMCTL_DEMO_CDN", "demo-cdn-1")
  call(rtc, "zego", "forbid_rtc_streams", { StreamId = ids })
  call(rtc, "zego", "resume_rtc_streams", { StreamId = ids })
  call(rtc, "zego", "forbid_cdn_live_stream", { StreamId = cdn, ResumeTime = utc(600) })
  call(rtc, "zego", "resume_cdn_live_stream", { StreamId = cdn })
end

-- ---- what happened ----

local function text(value)
  return type(value) == "number" and ("%.0f"):format(value) or tostring(value)
end

-- From the emulator's log: what arrived, and which signature it verified.
local function table_from_log(since)
  local rows = {}
  local entries, asked = {}, 0
  for _, entry in ipairs(control(("/requests?since=%d"):format(since))) do
    if entry.vendor == "metadata" then asked = asked + 1 else entries[#entries + 1] = entry end
  end
  for i, entry in ipairs(entries) do
    rows[i] = {
      entry.vendor, entry.action or "", entry.method, entry.verified and entry.signature or "WRONG",
      text(entry.status) .. " " .. text(entry.code),
    }
    if not entry.verified then
      complain("the signature of " .. rows[i][2] .. " was not verified")
    end
  end
  if #entries ~= #steps then
    complain(("%d calls were made, %d requests arrived"):format(#steps, #entries))
  end
  print_table({ "vendor", "action", "method", "verified", "HTTP code" }, rows)
  if METADATA then print(("and %d requests to the metadata server"):format(asked)) end
end

local function main()
  local live, rtc = streamctl.aliyun.new(), streamctl.zego.new()
  local since = 0
  if CONTROL then
    local before = control "/requests"
    since = #before > 0 and before[#before].n or 0
  end

  print(tostring(live))
  print(tostring(rtc))
  print()
  ban_and_resume(live)
  by_role(live)
  pull_to_push(live)
  refused(live, "aliyun", "resume_live_stream", stream("demo", { DomainName = "nowhere.invalid" }))
  rtc_and_cdn(rtc)
  print()
  if CONTROL then
    table_from_log(since)
  else
    print_table({ "vendor", "call", "outcome" }, steps)
  end
end

local ok, problem = pcall(main)
if not ok then give_up(tostring(problem)) end
if #unexpected > 0 then give_up(table.concat(unexpected, "\ndemo: ")) end
