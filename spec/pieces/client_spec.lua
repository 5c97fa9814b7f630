-- Mistakes of the programmer throw, at the programmer's line.

local helper = require "spec.pieces.helper"

local aliyun, zego

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

-- What is thrown, and the call: @ stands for a method of the vendor.
local MISTAKES = {
  { "@ takes a table of parameters, got a string", "@", "x" },
  { "@ takes a table of parameters, got nothing", "@" },
  { "the options of @ must be a table of options, got a number", "@", {}, 5 },
  { "unknown option 'time_out' (did you mean 'timeout'?)", "@", {}, { time_out = 1 } },
  { "unknown option 'method'", "@", {}, { method = "GET" } }, -- of another call
  { "option 'timeout' must be more than 0", "@", {}, { timeout = -1 } },
  { "option 'redelivered' must be true or false", "@", {}, { redelivered = 1 } },
  { "the operation must be a name such as 'ResumeLiveStream', got nothing", "call" },
  { "the operation must be a name such as 'ResumeLiveStream', got a number", "call", 5 },
  { "no operation 'resume_live_streem'", "call", "resume_live_streem" },
  { "no operation 'Resume Live", "call", "Resume Live\nStream" },
  { "no operation 'AAAA", "call", ("A"):rep(100 * 1024) },
  { "call takes a table of parameters, got a string", "call", "X", "y" },
  { "option 'method' must be one of GET, POST; got PUT", "call", "X", {}, { method = "PUT" } },
  { "option 'idempotent' must be true or false", "call", "X", {}, { idempotent = 1 } },
  { "option 'timestamp' must be a whole number", "sign", "X", {}, { timestamp = 1.5 } },
  { "option 'nonce' must not hold control characters", "sign", "X", {}, { nonce = "a\n" } },
  { "unknown option 'timeout'", "sign", "X", {}, { timeout = 1 } },
}

describe("misuse", function()
  for _, mistake in ipairs(MISTAKES) do
    it("throws at the caller's line: " .. mistake[1], function()
      load_with_environment(ENVIRONMENT)
      local live, rtc = clients()
      for _, vendor in ipairs { { live, aliyun, "resume_live_stream" },
        { rtc, zego, "resume_rtc_stream" } } do
        local client, on_table, method = vendor[1], vendor[2], vendor[3]
        local why, name = mistake[1]:gsub("@", method), mistake[2]:gsub("@", method)
        local a, b, c = mistake[3], mistake[4], mistake[5]
        helper.throws(why, function() return (client[name](client, a, b, c)) end)
        helper.throws(why, function() return (on_table[name](a, b, c)) end)
      end
    end)
  end

  it("throws at the caller's line: a dot instead of a colon", function()
    load_with_environment(ENVIRONMENT)
    local live, rtc = clients()
    helper.throws("call it with a colon: client:resume_live_stream{...}",
      function() live.resume_live_stream {} end)
    helper.throws("call it with a colon: client:call{...}", function()
      rtc.call("ResumeRTCStream", {})
    end)
    helper.throws("call it with a colon: client:resume_rtc_stream{...}", function()
      rtc.resume_rtc_stream()
    end)
    helper.throws("call it with a colon", function() live.resume_live_stream(rtc, {}) end)
  end)

  it("throws at the caller's line: an unknown method", function()
    load_with_environment(ENVIRONMENT)
    local live, rtc = clients()
    helper.throws("no operation 'resume_live_streem' (did you mean 'resume_live_stream'?)",
      function() return (live:call("resume_live_streem")) end)
    for _, items in ipairs { { "s1" }, { { StreamId = "s1" } } } do
      helper.throws("no operation 'ForbidRTCStremas' (did you mean 'ForbidRTCStreams'?)",
        function() rtc:batch("ForbidRTCStremas", items) end)
    end
    helper.throws("no method 'resume_live_streams' (did you mean 'resume_live_stream'?)",
      function() live:resume_live_streams {} end)
    helper.throws("no method 'resume_rtc_steams' (did you mean 'resume_rtc_streams'?)",
      function() rtc:resume_rtc_steams {} end)
  end)
end)
