-- What the specs of this folder run inside nginx. `edge/place.lua` starts the nginx.

local cjson = require "cjson"
local streamctl = require "streamctl"

local app = {}

--- A client of the emulator, whose addresses come from the environment.
function app.zego(options)
  local all = {
    app_id = tonumber(os.getenv "ZEGO_APP_ID"), server_secret = os.getenv "ZEGO_SERVER_SECRET",
    endpoint = os.getenv "ZEGO_ENDPOINT", retry = false, rate_limit = false, timeout = 60,
    attempt_timeout = 60, connect_timeout = 20, tls = { ca_file = os.getenv "STREAMCTL_CA_FILE" },
  }
  for name, value in pairs(options or {}) do all[name] = value end
  if all.rate_limit == "documented" then all.rate_limit = nil end
  return streamctl.zego.new(all)
end

local made
local in_flight = 0 -- calls whose end was not told

local function listen(event)
  if event.event == "begin" then in_flight = in_flight + 1 end
  if event.event == "call" then in_flight = in_flight - 1 end
end

--- The one client of a worker.
function app.client()
  made = made or app.zego { on_event = listen }
  return made
end

function app.answer(value)
  ngx.header.content_type = "application/json"
  ngx.print(cjson.encode(value))
end

local started, ended = 0, 0

--- Counts from zero again.
function app.reset() started, ended = 0, 0 end

--- One call; answers "ok" or its message.
function app.call()
  started = started + 1
  local body, message = app.client():resume_rtc_stream { StreamId = ngx.var.arg_id or "s1" }
  ended = ended + 1
  ngx.print(body and "ok" or message)
end

--- One batch; answers how many succeeded.
function app.batch()
  started = started + 1
  local items = {}
  for i = 1, tonumber(ngx.var.arg_n) do items[i] = { StreamId = (ngx.var.arg_id or "b") .. i } end
  local report = app.client():batch("ResumeRTCStream", items, { concurrency = #items })
  ended = ended + 1
  app.answer { succeeded = report.succeeded }
end

--- `n` calls in `threads` light threads, each with a stream of its own.
function app.many()
  local total, width = tonumber(ngx.var.arg_n), tonumber(ngx.var.arg_threads or ngx.var.arg_n)
  local client, threads = app.client(), {}
  local sent, succeeded, problem = 0, 0, nil
  for i = 1, width do
    threads[i] = ngx.thread.spawn(function()
      while sent < total do
        sent = sent + 1
        local body, message = client:resume_rtc_stream { StreamId = "m" .. i }
        if body then succeeded = succeeded + 1 else problem = message end
      end
    end)
  end
  for _, thread in ipairs(threads) do ngx.thread.wait(thread) end
  app.answer { succeeded = succeeded, problem = problem }
end

-- KiB of this process, and of Lua in it.
local function memory()
  collectgarbage()
  collectgarbage()
  local file = assert(io.open "/proc/self/status")
  local text = file:read "*a"
  file:close()
  return { rss = tonumber(text:match "VmRSS:%s*(%d+)"), heap = collectgarbage "count" }
end

--- `n` calls in one light thread, one after the other; what the worker holds before and after them,
-- after a warm-up.
function app.row()
  local problem, before, after
  local function call(count)
    for _ = 1, count do
      local body, message = app.client():resume_rtc_stream { StreamId = "r" }
      problem = problem or not body and message or nil
    end
    return memory()
  end
  ngx.thread.wait(ngx.thread.spawn(function()
    before = call(tonumber(ngx.var.arg_warm_up))
    after = call(tonumber(ngx.var.arg_n))
  end))
  app.answer { pid = tostring(ngx.worker.pid()), before = before, after = after, problem = problem }
end

-- The worker's exchange, as a loop gets it; nothing is sent.
local function find_exchange()
  local found
  local loop = {
    send = function(exchange)
      found = exchange
      return nil, "only looking", "connect"
    end,
    sleep = function() end,
    all = function() end,
  }
  app.zego({ loop = loop }):call("EchoNothing")
  return found
end

--- `n` calls begun in one turn of nginx; answers how often the engine had been stepped by then.
function app.burst()
  local exchange, threads, steps = find_exchange(), {}, 0
  local client, step = app.client(), exchange.step
  function exchange.step(...)
    steps = steps + 1
    return step(...)
  end
  for i = 1, tonumber(ngx.var.arg_n) do
    threads[i] = ngx.thread.spawn(function()
      return client:resume_rtc_stream { StreamId = "u" .. i }
    end)
  end
  local begun_with, succeeded = steps, 0
  exchange.step = nil
  for _, thread in ipairs(threads) do
    if select(2, ngx.thread.wait(thread)) then succeeded = succeeded + 1 end
  end
  app.answer { steps = begun_with, succeeded = succeeded }
end

--- What is under way in this worker, and how much it holds.
function app.state()
  local exchange = os.getenv "EDGE_TRANSPORT" == "curl" and find_exchange()
  local running, waiting, done, calls = 0, 0, 0, 0
  if exchange then
    running, waiting, done = exchange.engine:count()
    for _ in pairs(exchange.calls) do calls = calls + 1 end
  end
  collectgarbage()
  collectgarbage()
  app.answer {
    pid = tostring(ngx.worker.pid()), started = started, ended = ended, in_flight = in_flight,
    running = running, waiting = waiting, done = done,
    calls = calls, timers = ngx.timer.running_count() + ngx.timer.pending_count(),
    heap = collectgarbage "count",
  }
end

return app
