-- Calls that must not be repeated: what never makes one go out twice.

local helper = require "spec.unit.helper"
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

local path

local function write(text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

local AS_SECRET_FILE = { server_secret = { file = true } }

-- `options`: where the client's key comes from; a source has a newer one at once.
local CLIENTS = {
  { "Alibaba Cloud, credentials of a function", "aliyun", { credentials = key } },
  { "Alibaba Cloud, credentials of a source of one's own", "aliyun", { credentials = {
    name = "own", account = "own", refuse = function() end,
    current = function() return key() end,
  } } },
  { "ZEGOCLOUD, server_secret of a function", "zego", { server_secret = secret } },
  { "ZEGOCLOUD, server_secret of a file", "zego", AS_SECRET_FILE },
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
  if case[3] == AS_SECRET_FILE then
    write(secret())
    given.server_secret = { file = path }
    local first = answer
    answer = function()
      write(secret()) -- longer each time, so that it is seen to have changed
      return first
    end
  end
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
    asked, path = 0, os.tmpname()
  end)
  after_each(function()
    helper.thaw()
    os.remove(path)
  end)

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
