-- Sends one signed request again and again with Lua-cURL.
--
--   <lua> bench/peers/lua_curl.lua BASE CA_FILE REQUESTS CONCURRENCY METHOD TARGET [HEADER...]
--
-- Lua-cURL 3 (module lcurl) through its multi handle; or the older binding that Debian has (module curl), which has
-- only the easy one: CONCURRENCY must be 1 then. Prints what multi_loop prints; "none" when neither is there.

local now = require "monotonic"

local base, ca_file, requests, concurrency, method, target = arg[1], arg[2], tonumber(arg[3]), tonumber(arg[4]), arg[5],
  arg[6]
local headers = {}
for i = 7, #arg do headers[#headers + 1] = arg[i] end

local has_multi, lcurl = pcall(require, "lcurl")
local has_easy, luacurl = pcall(require, "curl")
local url, finished, failed, connections = base .. target, 0, 0, 0

local function multi()
  local all, parts, started = lcurl.multi(), {}, 0
  local function begin(easy)
    started, parts[easy] = started + 1, {}
    easy:setopt_url(url)
    all:add_handle(easy)
  end
  for _ = 1, math.min(concurrency, requests) do
    local easy = lcurl.easy()
    easy:setopt { httpheader = headers, cainfo = ca_file, proxy = "", nosignal = true, timeout = 30,
      useragent = "streamctl-bench" }
    if method == "POST" then easy:setopt { post = true, postfields = "" } end
    easy:setopt_writefunction(function(text)
      local own = parts[easy]
      own[#own + 1] = text
    end)
    begin(easy)
  end
  while finished < requests do
    all:perform()
    local easy, ok = all:info_read(true)
    while easy and easy ~= 0 do
      finished = finished + 1
      local body = table.concat(parts[easy])
      if not ok or easy:getinfo_response_code() ~= 200 or #body == 0 then failed = failed + 1 end
      connections = connections + easy:getinfo(lcurl.INFO_NUM_CONNECTS)
      if started < requests then begin(easy) else parts[easy] = nil end
      easy, ok = all:info_read(true)
    end
    if finished < requests then all:wait(1000) end
  end
end

-- This binding gives no status and no count of connections; a body tells that the request was answered.
local function easy()
  local handle, parts = luacurl.easy_init(), {}
  handle:setopt(luacurl.OPT_URL, url)
  handle:setopt(luacurl.OPT_HTTPHEADER, headers)
  handle:setopt(luacurl.OPT_CAINFO, ca_file)
  handle:setopt(luacurl.OPT_PROXY, "")
  handle:setopt(luacurl.OPT_USERAGENT, "streamctl-bench")
  if method == "POST" then
    handle:setopt(luacurl.OPT_POST, 1)
    handle:setopt(luacurl.OPT_POSTFIELDS, "")
    handle:setopt(luacurl.OPT_POSTFIELDSIZE, 0)
  end
  handle:setopt(luacurl.OPT_WRITEFUNCTION, function(text)
    parts[#parts + 1] = text
    return #text
  end)
  connections = 1
  for _ = 1, requests do
    local ok = handle:perform()
    finished = finished + 1
    if not ok or not table.concat(parts):find("RequestId", 1, true) then failed = failed + 1 end
    parts = {}
  end
end

local run = has_multi and multi or has_easy and concurrency == 1 and easy
if not run then
  print("none")
  os.exit(0)
end
local begun, cpu = now(), os.clock()
run()
print(string.format("%.6f %.6f %d %d %d", now() - begun, os.clock() - cpu, finished, connections, failed))
