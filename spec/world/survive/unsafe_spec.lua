-- Calls that must not be repeated: what never makes one go out twice, or begin too late.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local streamctl = require "streamctl"

local TASK, STREAM = helper.ALIYUN_PARAMS.CreateLivePullToPush,
  helper.ALIYUN_PARAMS.ResumeLiveStream
local RECORD = { StreamId = { "a" }, Vendor = "ws" }

-- ---- refused keys ----

local asked

-- A new key each time.
local function key()
  asked = asked + 1
  return { access_key_id = "id" .. asked, access_key_secret = "secret" .. asked }
end

local function secret()
  asked = asked + 1
  return ("%032d"):format(asked)
end

-- Clients whose source has a newer key at once.
local CLIENTS = {
  { "Alibaba Cloud", "aliyun", { credentials = key } },
  { "ZEGOCLOUD", "zego", { server_secret = secret } },
}

-- What a server says that could not check a key: `status`, `code`.
local REFUSALS = {
  aliyun = {
    { 500, "InvalidSecurityToken.Expired" }, { 503, "SignatureDoesNotMatch" },
    { 500, "InvalidAccessKeyId.NotFound" }, { 502, "IncompleteSignature" },
  },
  zego = { { 500, 100000005 }, { 503, 100000005 } },
}

local function answer_of(vendor, refusal)
  local code = vendor == "zego" and tostring(refusal[2]) or '"' .. refusal[2] .. '"'
  return helper.response(refusal[1],
    '{"Code":' .. code .. ',"Message":"failed after the write","RequestId":"r1"}')
end

-- A client whose vendor refuses the first request so, and takes all that follow.
local function client_of(case, answer, options)
  local given = helper.merged(case[3], options)
  if case[2] == "aliyun" then
    local transport = helper.transport(helper.script(answer,
      helper.response(200, helper.SUCCESS.aliyun)))
    return streamctl.aliyun.new(helper.merged({ transport = transport, rate_limit = false,
      store = streamctl.store.memory() }, given)), transport
  end
  return helper.zego(helper.script(answer, helper.response(200, helper.SUCCESS.zego)), given)
end

local function call_unsafe(vendor, client)
  if vendor == "aliyun" then return client:create_live_pull_to_push(TASK) end
  return client:call("StartCDNRecord", RECORD, { validate = false })
end

local function call_safe(vendor, client)
  if vendor == "aliyun" then return client:resume_live_stream(STREAM) end
  return client:resume_rtc_stream { StreamId = "s1" }
end

describe("an answer that refuses a key and may follow an execution", function()
  before_each(function()
    helper.freeze()
    asked = 0
  end)
  after_each(helper.thaw)

  for _, case in ipairs(CLIENTS) do
    for _, refusal in ipairs(REFUSALS[case[2]]) do
      local what = ("HTTP %d, %s: %s"):format(refusal[1], refusal[2], case[1])
      it("leaves the outcome unknown of a call that must not be repeated: " .. what, function()
        for _, options in ipairs { { retry = false }, { retry = {} } } do
          local client, transport = client_of(case, answer_of(case[2], refusal), options)
          local body, message, err = call_unsafe(case[2], client)
          assert.is_nil(body)
          assert.equal(1, #transport.requests, message)
          assert.same({ "outcome_unknown", true, false, 1 },
            { err.code, err.maybe_sent, err.retryable, err.attempts })
        end
      end)

      it("has a safe call go again: " .. what, function()
        local client, transport = client_of(case, answer_of(case[2], refusal), { retry = {} })
        assert(call_safe(case[2], client))
        assert.equal(2, #transport.requests)
      end)
    end
  end
end)

-- ---- attempts that would be cut off ----

-- `options` of a client whose calls take so many seconds until they could go out.
local DELAYS = {
  { "on_send", function() return {} end, function(seconds)
    return { on_send = function() core.sleep(seconds) end }
  end },
  { "a store that gives a slot", function(seconds)
    local store = streamctl.store.memory()
    return { rate_limit = 100, store = {
      stamp = function(_, ...) return store:stamp(...) end,
      reserve = function(_, ...)
        core.sleep(seconds)
        return store:reserve(...)
      end,
    } }
  end },
  { "a store that gives a place in the order", function(seconds)
    local store = streamctl.store.memory()
    return { store = {
      stamp = function(_, ...)
        core.sleep(seconds)
        return store:stamp(...)
      end,
      reserve = function(_, ...) return store:reserve(...) end,
    } }
  end, nil, "RestartLivePullToPush" },
  { "a source of credentials", function(seconds)
    return { credentials = function()
      core.sleep(seconds)
      return key()
    end }
  end },
}

local function delayed(case, seconds, timeout)
  local transport = helper.transport(helper.response(200, helper.SUCCESS.aliyun))
  local options = helper.merged({ transport = transport, timeout = timeout, rate_limit = false },
    case[2](seconds))
  if not options.credentials then
    options.access_key_id, options.access_key_secret = "id", "secret"
  end
  local call_options = case[3] and case[3](seconds) or {}
  local client, action = streamctl.aliyun.new(options), case[4] or "CreateLivePullToPush"
  return transport, function(of)
    local name = of or action
    return client:call(name, helper.ALIYUN_PARAMS[name], call_options)
  end, client, call_options
end

describe("an attempt that must not be cut off", function()
  before_each(function()
    helper.freeze()
    asked = 0
  end)
  after_each(helper.thaw)

  for _, case in ipairs(DELAYS) do
    it("needs three seconds, or half of a shorter limit, after " .. case[1], function()
      for _, times in ipairs { { 11.9, 15 }, { 1.9, 4 }, { 14.9, 15, "ResumeLiveStream" } } do
        local transport, call = delayed(case, times[1], times[2])
        assert(call(times[3])) -- the last one may be repeated
        assert.equal(1, #transport.requests)
      end
      for seconds, limit in pairs { [12.1] = 15, [2.1] = 4 } do
        local transport, call = delayed(case, seconds, limit)
        local body, message, err = call()
        assert.is_nil(body)
        assert.same({ "timeout", false, 0, true, 0 },
          { err.code, err.maybe_sent, err.attempts, err.retryable, #transport.requests }, message)
        assert.truthy(message:find(("%.2f s are left"):format(limit - seconds), 1, true), message)
        assert.is_nil(err.settle)
      end
    end)

    it("is none of a batch's either, after " .. case[1], function()
      local transport, _, client, call_options = delayed(case, 12.1, 15)
      local action = case[4] or "CreateLivePullToPush"
      local report = client:batch(action, { helper.ALIYUN_PARAMS[action] },
        helper.merged({ timeout = 15 }, call_options))
      local result = report.results[1]
      assert.same({ "timeout", false, 0 },
        { result.err.code, result.err.maybe_sent, #transport.requests }, result.message)
    end)
  end
end)
