-- Mistakes of the programmer throw, at the programmer's line.

local helper = require "spec.unit.helper"

local aliyun, zego

-- Asserts that `call` throws `why` at one of its own lines.
local function assert_throws(why, call)
  local ok, message = pcall(call)
  assert.is_false(ok, "nothing was thrown")
  assert.equal("string", type(message))
  local where, source, line = debug.getinfo(call, "S"), message:match("^(.-):(%d+): ")
  assert.equal(where.short_src, source, message)
  line = tonumber(line)
  assert.is_true(line >= where.linedefined and line <= where.lastlinedefined, message)
  assert.truthy(message:find(why, 1, true), message)
  assert.is_true(#message < 4096)
end

-- Fresh modules, whose default clients are made from a stubbed environment.
local function load_with_environment(variables)
  for name in pairs(package.loaded) do
    if name:find("^streamctl") and name ~= "streamctl.core" then package.loaded[name] = nil end
  end
  local getenv = os.getenv
  os.getenv = function(name) return variables[name] end -- luacheck: ignore 122
  finally(function() os.getenv = getenv end) -- luacheck: ignore 122
  aliyun, zego = require "streamctl.aliyun", require "streamctl.zego"
end

local ENVIRONMENT = {
  ALIBABA_CLOUD_ACCESS_KEY_ID = "id", ALIBABA_CLOUD_ACCESS_KEY_SECRET = "secret-secret",
  ZEGO_APP_ID = "1", ZEGO_SERVER_SECRET = "secret-secret",
}

local function clients()
  local live, rtc = helper.aliyun(), helper.zego()
  return live, rtc
end

-- Each is made with a client and on the vendor's table: what it is, what aliyun and zego say, and a
-- function from the vendor's example method to the method to call and its arguments.
local MISTAKES = {
  { "parameters that are no table", "resume_live_stream takes a table of parameters, got a string",
    "resume_rtc_stream takes a table of parameters, got a string", function(method)
      return method, "x"
    end },
  { "no parameters", "resume_live_stream takes a table of parameters, got nothing",
    "resume_rtc_stream takes a table of parameters, got nothing", function(method)
      return method
    end },
  { "options that are no table",
    "the options of resume_live_stream must be a table of options, got a number",
    "the options of resume_rtc_stream must be a table of options, got a number",
    function(method) return method, {}, 5 end },
  { "an unknown option", "unknown option 'time_out' (did you mean 'timeout'?)",
    "unknown option 'time_out' (did you mean 'timeout'?)", function(method)
      return method, {}, { time_out = 1 }
    end },
  { "an option of another call", "unknown option 'method'", "unknown option 'method'",
    function(method) return method, {}, { method = "GET" } end },
  { "a bad option", "option 'timeout' must be more than 0", "option 'timeout' must be more than 0",
    function(method) return method, {}, { timeout = -1 } end },
  { "a bad dry_run", "option 'dry_run' must be true or false",
    "option 'dry_run' must be true or false",
    function(method) return method, {}, { dry_run = 1 } end },
  { "call without an operation",
    "the operation must be a name such as 'ResumeLiveStream', got nothing",
    "the operation must be a name", function() return "call" end },
  { "call with a number", "the operation must be a name such as 'ResumeLiveStream', got a number",
    "the operation must be a name", function() return "call", 5 end },
  { "call with an unknown name in snake case",
    "no operation 'resume_live_streem' (did you mean 'resume_live_stream'?)",
    "no operation 'resume_live_streem'", function() return "call", "resume_live_streem" end },
  { "call with a name that is none", "no operation 'Resume Live", "no operation 'Resume Live",
    function() return "call", "Resume Live\nStream" end },
  { "call with an endless name", "no operation 'AAAA", "no operation 'AAAA",
    function() return "call", ("A"):rep(100 * 1024) end },
  { "call with parameters that are no table", "call takes a table of parameters, got a string",
    "call takes a table of parameters, got a string", function() return "call", "X", "y" end },
  { "call with a bad method", "option 'method' must be one of GET, POST; got PUT",
    "option 'method' must be one of",
    function() return "call", "X", {}, { method = "PUT" } end },
  { "call with a bad idempotent", "option 'idempotent' must be true or false",
    "option 'idempotent' must be",
    function() return "call", "X", {}, { idempotent = 1 } end },
  { "sign with a bad timestamp", "option 'timestamp' must be a whole number",
    "option 'timestamp' must be a whole",
    function() return "sign", "X", {}, { timestamp = 1.5 } end },
  { "sign with a bad nonce", "option 'nonce' must not hold control characters",
    "option 'nonce' must not hold",
    function() return "sign", "X", {}, { nonce = "a\n" } end },
  { "sign with an option of call", "unknown option 'timeout'", "unknown option 'timeout'",
    function() return "sign", "X", {}, { timeout = 1 } end },
}

describe("misuse", function()
  for _, mistake in ipairs(MISTAKES) do
    it("throws at the caller's line: " .. mistake[1], function()
      load_with_environment(ENVIRONMENT)
      local live, rtc = clients()
      local function rest(method) return select(2, mistake[4](method)) end
      local name, rtc_name = mistake[4] "resume_live_stream", mistake[4] "resume_rtc_stream"
      local method, on_table = live[name], aliyun[name]
      assert_throws(mistake[2], function() local a = method(live, rest(name)) return a end)
      assert_throws(mistake[2], function() local a = on_table(rest(name)) return a end)
      method, on_table = rtc[rtc_name], zego[rtc_name]
      assert_throws(mistake[3], function()
        local a = method(rtc, rest(rtc_name)) return a
      end)
      assert_throws(mistake[3], function() local a = on_table(rest(rtc_name)) return a end)
    end)
  end

  it("throws at the caller's line: the method option against a row", function()
    load_with_environment(ENVIRONMENT)
    local live, rtc = clients()
    assert_throws("the option 'method' is for actions without a row; ResumeLiveStream has "
      .. "one", function()
      local a = live:call("ResumeLiveStream", {}, { method = "GET" }) return a end)
    assert_throws("the option 'method' is for actions without a row; ResumeRTCStream has "
      .. "one", function()
      local a = rtc:sign("ResumeRTCStream", {}, { method = "POST" }) return a end)
  end)

  it("throws at the caller's line: idempotent for a row, which knows better", function()
    load_with_environment(ENVIRONMENT)
    local live = clients()
    for _, given in ipairs { true, false } do
      assert_throws("the option 'idempotent' is for actions without a row; RestartLivePullToPush "
        .. "has one",
        function()
          local a = live:call("RestartLivePullToPush", {}, { idempotent = given }) return a
        end)
    end
  end)

  it("throws at the caller's line: a dot instead of a colon", function()
    load_with_environment(ENVIRONMENT)
    local live, rtc = clients()
    assert_throws("call it with a colon: client:resume_live_stream{...}",
      function() live.resume_live_stream {} end)
    assert_throws("call it with a colon: client:call{...}", function()
      rtc.call("ResumeRTCStream", {})
    end)
    assert_throws("call it with a colon: client:resume_rtc_stream{...}", function()
      rtc.resume_rtc_stream()
    end)
    assert_throws("call it with a colon", function() live.resume_live_stream(rtc, {}) end)
  end)

  it("throws at the caller's line: an unknown method", function()
    load_with_environment(ENVIRONMENT)
    local live, rtc = clients()
    assert_throws("no method 'resume_live_streams' (did you mean 'resume_live_stream'?)",
      function() live:resume_live_streams {} end)
    assert_throws("no method 'resume_rtc_steams' (did you mean 'resume_rtc_streams'?)",
      function() rtc:resume_rtc_steams {} end)
  end)
end)
