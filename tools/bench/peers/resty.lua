-- luacheck: std min+ngx_lua
-- Sending with lua-resty-http inside nginx: light threads that each make one request after the
-- other. A function of a table: base, requests, concurrency; `inputs`: the file of what sign.lua
-- prints, to sign each request by hand; or `request`: the file of what `calls.lua sign` prints, the
-- request that is sent again and again. Gives what curl_loop prints.

local cjson = require "cjson"

local here = ...

local function load_here(name) return assert(loadfile(here .. "/" .. name .. ".lua"))() end

local function read(path)
  local file = assert(io.open(path))
  local text = file:read "*a"
  file:close()
  return text
end

-- A function that gives the i-th request: its method, its target and its headers.
local function signed_by_hand(it)
  local account = cjson.decode(read(it.inputs)).account
  account.HOST = it.base:match("//(.*)$")
  local sign = load_here "handwritten"(load_here "nginx"(account), account)
  return function(i)
    return "POST", sign.v3("POST", "ResumeLiveStream", {
      AppName = "app", DomainName = "push.example.com", LiveStreamType = "publisher",
      StreamName = string.format("stream-%05d", i),
    })
  end
end

local function constant(it)
  local method, target, rest = read(it.request):match("^([^\n]+)\n([^\n]+)\n(.*)$")
  local headers = {}
  for name, value in rest:gmatch("([^\n]-): ([^\n]*)") do headers[name] = value end
  return function() return method, target, headers end
end

local function one(http, base, request_of, pool, i)
  local method, target, headers = request_of(i)
  headers["content-length"] = 0
  local answer = assert(http.new():request_uri(base .. target, {
    method = method, headers = headers, ssl_server_name = "127.0.0.1",
    keepalive_timeout = 60000, keepalive_pool = 100, pool = pool,
  }))
  return answer.status == 200 and cjson.decode(answer.body).RequestId ~= nil
end

return function(it)
  if not pcall(require, "resty.string") then
    package.loaded["resty.string"] = require "nginx.string" -- as Debian calls it
  end
  local http = require "resty.http"
  local request_of = it.inputs and signed_by_hand(it) or constant(it)
  local failed, pool = 0, "bench " .. ngx.var.request_id -- as a new process has none
  local function run(requests)
    local started, threads = 0, {}
    for k = 1, it.concurrency do
      threads[k] = ngx.thread.spawn(function()
        while started < requests do
          started = started + 1
          if not one(http, it.base, request_of, pool, started) then failed = failed + 1 end
        end
      end)
    end
    for _, thread in ipairs(threads) do assert(ngx.thread.wait(thread)) end
  end
  run(200) -- connections are there before the clock runs
  ngx.update_time()
  local begun, cpu = ngx.now(), os.clock()
  run(it.requests)
  ngx.update_time()
  return string.format("%.6f %.6f %d %d", ngx.now() - begun, os.clock() - cpu, it.requests, failed)
end
