-- One rule of all public functions: a missing or unknown option, and one of a wrong type, throws at
-- the caller's line; a value that cannot be right is returned as nil, message, err.

local helper = require "spec.pieces.helper"
local streamctl = require "streamctl"

local aliyun, zego, queue = streamctl.aliyun, streamctl.zego, streamctl.queue
local address, keys, token = aliyun.address, aliyun.credentials, zego.token
local live, rtc = helper.aliyun(), helper.zego()

-- A Redis that is down.
local store = { stamp = print, reserve = print,
  key = function(_, kind, text) return kind .. text end,
  run = function() return nil, "Redis: it is down" end }
local q = queue.new { store = store }
local queued = helper.zego(nil, { store = store })

local ID, SECRET = { StreamId = "s" }, helper.SERVER_SECRET
local URL = "rtmp://push.example.com/app/s"
local STREAM = helper.ALIYUN_PARAMS.ResumeLiveStream
local TASK = helper.ALIYUN_PARAMS.CreateLivePullToPush
local X = { x = 1 }

local function with(fields, more) return helper.merged(fields, more or X) end

local SIGN = { url = URL, key = "0123456789abcdef", expires = 2000000000 }
local TOKEN = { app_id = 1, server_secret = SECRET, user_id = "u", lifetime = 60 }
local BODY = '{"event":"x"}'

-- Of each function, lists of arguments: `missing`, `unknown`, `wrong` (of type), and `value`, with
-- the code of its error; false where there is none.
local FUNCTIONS = {
  ["zego.new"] = { zego.new, missing = { { app_id = 1 } }, value = false,
    unknown = { { app_id = 1, server_secret = "s", x = 1 } },
    wrong = { { app_id = {}, server_secret = "s" } } },
  ["aliyun.new"] = { aliyun.new, missing = { { access_key_id = "a" } }, value = false,
    unknown = { { access_key_id = "a", access_key_secret = "s", x = 1 } },
    wrong = { { access_key_id = "a", access_key_secret = 5 } } },
  ["a method"] = { rtc.resume_rtc_stream, missing = { rtc }, unknown = { rtc, ID, X },
    wrong = { rtc, ID, { timeout = "1" } }, value = { rtc, {}, code = "invalid_parameter" } },
  ["client:call"] = { rtc.call, missing = { rtc }, unknown = { rtc, "ResumeRTCStream", ID, X },
    wrong = { rtc, "ResumeRTCStream", ID, { retry = "3" } },
    value = { rtc, "ResumeRTCStream", { StreamId = "a b" }, code = "invalid_parameter" } },
  ["client:sign"] = { live.sign, missing = { live }, unknown = { live, "X", {}, { timeout = 1 } },
    wrong = { live, "X", {}, { nonce = 5 } },
    value = { live, "ResumeLiveStream", {}, code = "invalid_parameter" } },
  ["client:batch"] = { rtc.batch, missing = { rtc, "ResumeRTCStreams" }, value = false,
    unknown = { rtc, "ResumeRTCStreams", {}, X },
    wrong = { rtc, "ResumeRTCStreams", {}, { concurrency = "8" } } },
  ["client:batch of no operation"] = { rtc.batch, missing = { rtc, nil, {} }, value = false,
    unknown = { rtc, "ResumeRTCStreamz", {} }, wrong = { rtc, 5, {} } },
  ["client:pages"] = { live.pages, missing = { live }, value = false,
    unknown = { live, "DescribeLivePullToPushList", {}, { on_send = print } },
    wrong = { live, "DescribeLivePullToPushList", {}, { page_size = "9" } } },
  ["client:wait_for"] = { rtc.wait_for, missing = { rtc, "rtc_stream_live" },
    unknown = { rtc, "rtc_stream_live", ID, { stamp = 1 } },
    wrong = { rtc, "rtc_stream_live", ID, { should_stop = true } },
    value = { rtc, "rtc_stream_live", { StreamId = "a b" }, code = "invalid_parameter" } },
  ["client:settle"] = { live.settle, missing = { live }, value = false,
    unknown = { live, { code = "outcome_unknown", operation = "ForbidLiveStream" }, X },
    wrong = { live, { code = "timeout" } } },
  ["client:ensure_live_pull_to_push"] = { live.ensure_live_pull_to_push, missing = { live },
    unknown = { live, TASK, { redelivered = true } }, wrong = { live, TASK, { timeout = 0 } },
    value = { live, {}, code = "invalid_parameter" } },
  ["address.sign"] = { address.sign, missing = { { url = URL } }, unknown = { with(SIGN) },
    wrong = { with(SIGN, { expires = "soon" }) },
    value = { with(SIGN, { url = "nowhere" }), code = "invalid_parameter" } },
  ["token.new"] = { token.new, missing = { {} }, unknown = { with(TOKEN) },
    wrong = { with(TOKEN, { user_id = 5 }) },
    value = { with(TOKEN, { server_secret = "short" }), code = "invalid_parameter" } },
  ["zego.webhook.verify"] = { zego.webhook.verify, missing = { BODY, {} },
    unknown = { BODY, { secret = "s", x = 1 } }, wrong = { BODY, { secret = 5 } },
    value = { nil, { secret = "s" }, code = "bad_request" } },
  ["aliyun.webhook.verify"] = { aliyun.webhook.verify, missing = { {}, {} },
    unknown = { {}, { secret = "s", x = 1 } }, wrong = { {}, { secret = 5 } },
    value = { {}, { secret = "s", domains = "d" }, code = "bad_request" } },
  ["store.file"] = { streamctl.store.file, missing = {}, unknown = { 5 }, wrong = { {} },
    value = { "/nowhere/x", code = "store" } },
  ["store.redis"] = { streamctl.store.redis, missing = {}, unknown = { "redis://h", X },
    wrong = { "redis://h", { prefix = 1 } }, value = false },
  ["queue.new"] = { queue.new, missing = { {} }, unknown = { { store = store, x = 1 } },
    wrong = { { store = 5 } }, value = false },
  ["queue:add"] = { q.add, missing = { q }, unknown = { q, queued, "ResumeRTCStreams", {}, X },
    wrong = { q, queued, "ResumeRTCStreams", {}, { note = 5 } },
    value = { q, queued, "ResumeRTCStreams", { "a" }, code = "store" } },
  ["queue:work"] = { q.work, missing = { q, {} }, unknown = { q, { clients = {}, x = 1 } },
    wrong = { q, { clients = {}, lease = "1" } }, value = false },
  ["metrics.prometheus"] = { streamctl.metrics.prometheus, missing = {}, unknown = { 5 },
    wrong = { {} }, value = false },
  ["steps"] = { streamctl.steps, missing = { { { name = "a" } } }, unknown = { {}, X },
    wrong = { 5 }, value = false },
  ["run"] = { streamctl.run, missing = {}, unknown = { 5 }, wrong = { {} }, value = false },
  ["sleep"] = { streamctl.sleep, missing = {}, unknown = { "1" }, wrong = { {} }, value = false },
}
for _, name in ipairs { "status", "records", "cancel" } do
  FUNCTIONS["queue:" .. name] = { q[name], missing = { q }, unknown = { q, {} }, wrong = { q, 5 },
    value = { q, "nope", code = "not_found" } }
end
for _, name in ipairs { "jobs", "pause", "resume" } do
  FUNCTIONS["queue:" .. name] = { q[name], missing = { q }, unknown = { q, {} }, wrong = { q, 5 },
    value = { q, "zego:1", code = "store" } }
end
for name, required in pairs { static = true, environment = false, profile = false, ini = false,
  ecs_role = false, oidc = false, assume_role = true, process = true, uri = false } do
  FUNCTIONS["credentials." .. name] = { keys[name], missing = required and {} or { X },
    unknown = { X }, wrong = { 5 }, value = false }
end

local unpack = table.unpack or unpack -- luacheck: ignore

describe("the rule of what throws and what returns:", function()
  for name, case in pairs(FUNCTIONS) do
    local fn = case[1]

    it(name .. " throws at the caller's line for misuse", function()
      for _, kind in ipairs { "missing", "unknown", "wrong" } do
        local text = helper.thrown(function() return (fn(unpack(case[kind], 1, 5))) end)
        assert.is_true(#text > 10, kind)
      end
    end)

    if case.value then
      it(name .. " returns nil, message, err for a value", function()
        local answer, message, err = fn(unpack(case.value, 1, 5))
        assert.is_nil(answer)
        assert.same({ case.value.code, message }, { err.code, err.message })
        assert.equal(1, message:find(err.code .. ": ", 1, true))
      end)
    end
  end

  it("a method refuses the options of other calls", function()
    for option, value in pairs { stamp = 1, redelivered = true, method = "GET", page_size = 1 } do
      helper.throws("option", function()
        return (rtc:describe_rtc_stream_state(ID, { [option] = value }))
      end)
    end
    helper.throws("'redelivered' is for changes that may be sent twice, not for Create", function()
      return (live:create_live_pull_to_push(TASK, { redelivered = true }))
    end)
    local _, _, err = live:forbid_live_stream(with(STREAM, { Oneshot = "yes" }),
      { redelivered = true }) -- the parameter is at fault
    assert.equal("invalid_parameter", err.code)
  end)
end)
