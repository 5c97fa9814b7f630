-- Clients whose credentials come from a source or a function.

local aliyun = require "streamctl.aliyun"
local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local helper = require "spec.pieces.helper"
local session = require "streamctl.credentials.source"

local STREAM, TASK = helper.ALIYUN_PARAMS.ResumeLiveStream,
  helper.ALIYUN_PARAMS.CreateLivePullToPush
local SECRET, TOKEN = "renewalSecret/0123456789", "CAIS+renewal/token=="
local OK = helper.response(200, helper.SUCCESS.aliyun)
local KEY = { access_key_id = "own", access_key_secret = SECRET }

local function refused(code)
  return helper.response(400, '{"Code":"' .. code .. '","Message":"no","RequestId":"R"}')
end

-- The id of the key that a request is signed with; or nil and what a transport hands back.
local function key_of(request)
  local target, headers, code = request:sign()
  if not target then
    return nil, { code = code, message = headers, maybe_sent = false, elapsed = 0 }
  end
  return headers.Authorization:match("Credential=([^,]+),")
end

-- A source that gives "id1", "id2" ... `script`: an entry for each time that it is asked, the last
-- one for all that follow: the seconds that a key lives, false for one without an end, or the text
-- of an error. `seconds`: until it answers.
local function source_of(script, seconds)
  local it = { asked = 0 }
  it.source = session.new { name = "stub", account = "uid-7", fetch = function(_, context)
    it.asked, it.context = it.asked + 1, context
    if seconds then context.loop.sleep(seconds) end
    local entry = script[math.min(it.asked, #script)]
    if type(entry) == "string" then return errors.new("credentials", "stub: " .. entry) end
    local id = it.id or "id" .. it.asked
    return { access_key_id = id, access_key_secret = SECRET .. id, security_token = TOKEN .. id,
      expires = entry and core.now() + entry or nil, provider = "stub/inner" }
  end }
  return it
end

-- A client of it; its vendor answers with `answer(id, nth request)`, or says yes. `ids`: which keys
-- the requests were signed with.
local function client_of(from, answer, options)
  local ids = {}
  local transport = helper.transport(function(request)
    local id, result = key_of(request)
    ids[#ids + 1] = id or result.code
    if not id then return result end
    return answer and answer(id, #ids) or OK
  end)
  local source = type(from) == "table" and from.source or from
  return aliyun.new(helper.merged({ credentials = source, transport = transport, retry = false,
    rate_limit = false }, options)), ids
end

local function pass(seconds) helper.freeze(core.now() + seconds, core.monotonic() + seconds) end

local function expect_error(parts, answer, message, err)
  assert.is_nil(answer)
  for _, part in ipairs(parts) do assert.truthy(message:find(part, 1, true), message) end
  for _, secret in ipairs { SECRET, TOKEN } do
    local all = helper.everything(message, err)
    assert.is_nil(all:find(secret, 1, true), all)
  end
  return err
end

helper.stand_still()

describe("a client with a source", function()
  it("asks it at the first call, and signs with what it gives", function()
    local it = source_of { 3600 }
    local live, ids = client_of(it)
    assert.equal("streamctl.aliyun: https://live.aliyuncs.com aliyun:uid-7", tostring(live))
    assert.equal("aliyun:uid-7", live.account)
    assert.equal(0, it.asked)
    for _ = 1, 3 do assert(live:resume_live_stream(STREAM)) end
    assert.same({ "id1", "id1", "id1" }, ids)
    assert.equal(1, it.asked)
    assert.equal(live.options, it.context.options)
  end)

  for _, code in ipairs { "InvalidSecurityToken.Expired", "InvalidSecurityToken.Malformed",
    "InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.Inactive", "MissingSecurityToken",
    "SignatureDoesNotMatch" } do
    it("asks once more after " .. code .. ", and an unsafe call goes again", function()
      local it = source_of { 3600 }
      local live, ids = client_of(it, function(id) return id == "id1" and refused(code) or OK end)
      assert(live:create_live_pull_to_push(TASK))
      assert.same({ { "id1", "id2" }, 2 }, { ids, it.asked })
    end)
  end

  it("makes no unsafe call again after a refusal inside HTTP 200", function()
    local it = source_of { 3600 }
    local live, ids = client_of(it, function()
      return helper.response(200, '{"Code":"InvalidSecurityToken.Expired","RequestId":"R"}')
    end)
    expect_error({ "outcome_unknown: " }, live:create_live_pull_to_push(TASK))
    assert.same({ "id1" }, ids)
  end)

  it("asks for nothing after another failure", function()
    local it = source_of { 3600 }
    local live, ids = client_of(it, function() return refused "Forbidden.RAM" end)
    expect_error({ "access_denied: " }, live:resume_live_stream(STREAM))
    assert.same({ { "id1" }, 1 }, { ids, it.asked })
  end)

  it("says why there is no other key", function()
    local it = source_of { 3600, "nobody is there" }
    local live, ids = client_of(it, function() return refused "InvalidSecurityToken.Expired" end)
    expect_error({ "credentials: InvalidSecurityToken.Expired: no (",
      "; there is no newer key: credentials: stub: nobody is there" },
      live:resume_live_stream(STREAM))
    assert.same({ "id1" }, ids)
  end)

  it("hides the call's own key, which others have replaced twice meanwhile", function()
    local live
    live = client_of(source_of { 3600 }, function(id, nth)
      if nth > 1 then return OK end
      for _ = 1, 2 do
        pass(3000)
        assert(live:resume_live_stream(STREAM))
      end
      return helper.response(400, ('{"Code":"Odd","Message":"%s%s and %s%s","RequestId":"R"}')
        :format(SECRET, id, TOKEN, id))
    end)
    expect_error({ "vendor: Odd: *** and *** (" }, live:resume_live_stream(STREAM))
  end)

  it("tells its listener of each time that the source is asked", function()
    local events = {}
    local it = source_of { 3600, "down", 3600 }
    local live = client_of(it, nil, { on_event = function(event)
      if event.event == "credentials" then events[#events + 1] = event end
    end })
    for _ = 1, 2 do assert(live:resume_live_stream(STREAM)) end
    pass(3000)
    assert(live:resume_live_stream(STREAM))
    local event = { event = "credentials", vendor = "aliyun", operation = "ResumeLiveStream",
      elapsed = 0, provider = "stub/inner", account = "aliyun:uid-7" }
    assert.equal(events[1].call + 2, events[2].call)
    assert.is_true(events[1].expires > helper.NOW)
    assert.equal(events[1].expires, events[2].expires) -- those in use, as there are no newer ones
    for _, of in ipairs(events) do of.call, of.time, of.expires = nil, nil, nil end
    assert.same({ helper.merged(event, { code = "ok" }), helper.merged(event, {
      code = "credentials", message = "credentials: stub: down" }) }, events)
  end)
end)

describe("a client with a function for its key", function()
  it("asks it once, and again before the end or after a refusal", function()
    local count, lives = 0, 3600
    local live, ids = client_of(function(context)
      count = count + 1
      assert.is_true(context.deadline > core.monotonic())
      return helper.merged(KEY, { access_key_id = "own" .. count, security_token = TOKEN,
        expires = core.now() + lives })
    end, function(id) return id == "own2" and refused "InvalidSecurityToken.Expired" or OK end)
    assert.equal("aliyun:function", live.account)
    assert.equal(0, count)
    for _ = 1, 2 do assert(live:resume_live_stream(STREAM)) end
    pass(3000)
    assert(live:resume_live_stream(STREAM))
    assert.same({ "own1", "own1", "own2", "own3" }, ids)
  end)

  it("tells what is wrong with what it returns", function()
    for why, fn in pairs {
      ["it gives nothing ("] = function() end,
      ["it gives nothing: the vault is shut ("] = function() return nil, "the vault is shut" end,
      ["it ended by an error: the vault burns"] = function() error("the vault burns", 0) end,
      ["it gives no key: it is no table, but a string"] = function() return SECRET end,
      ["it gives no key: it has no access_key_secret"] = function()
        return { access_key_id = "own" }
      end,
      ["it gives no key: it has no access_key_id"] = function() return {} end,
      ["has no field 'AccessKeyId'"] = function() return { AccessKeyId = "own" } end,
      ["'access_key_secret' must not hold control characters"] = function()
        return { access_key_id = "own", access_key_secret = SECRET .. "\n" }
      end,
      ["'expires' must be Unix seconds, got a string"] = function()
        return helper.merged(KEY, { expires = "2026-01-02T03:04:05Z" })
      end,
      ["'expires' must be Unix seconds, got 1767323045000000"] = function() -- microseconds
        return helper.merged(KEY, { expires = 1767323045e6 })
      end,
      ["the key that it gives expired at 2026-01-02T03:04:05Z"] = function()
        return helper.merged(KEY, { expires = helper.NOW })
      end,
    } do
      local live, ids = client_of(fn)
      expect_error({ "credentials: function: ", why }, live:resume_live_stream(STREAM))
      assert.same({}, ids)
    end
  end)

  it("says that a later call can succeed where the function has used up the call's time", function()
    for seconds, is_late in pairs { [1] = false, [20] = true } do
      local live = client_of(function(context) context.loop.sleep(seconds) end)
      local err = expect_error({ "it gives nothing" }, live:resume_live_stream(STREAM))
      assert.equal(is_late, err.retryable)
    end
  end)

  it("does not take an interrupt for the function's failure", function()
    local live = client_of(function() error "interrupted!" end)
    assert.error_matches(function() live:resume_live_stream(STREAM) end, "interrupted!")
  end)

  it("says when the function needs the client that asks it", function()
    local live
    live = client_of(function() return live:resume_live_stream(STREAM) end)
    expect_error({ "needs itself, without end" }, live:resume_live_stream(STREAM))
  end)
end)

describe("the option credentials", function()
  it("may be a table of texts", function()
    local live, ids = client_of(KEY)
    assert.same({ false, "aliyun:own" }, { live.source, live.account })
    assert(live:resume_live_stream(STREAM))
    assert.same({ "own" }, ids)
    assert.is_nil(live.options.credentials)
    assert.equal(SECRET, KEY.access_key_secret)
  end)

  it("takes the place of the three texts", function()
    for name in pairs { access_key_id = 1, access_key_secret = 1, security_token = 1 } do
      assert.error_matches(function() client_of(KEY, nil, { [name] = "x" }) end,
        "option 'credentials' takes the place of access_key_id, access_key_secret and security")
    end
  end)

  it("may be a source of one's own", function()
    local count, answers = 0, { OK, refused "InvalidSecurityToken.Expired" }
    local live, ids = client_of({ name = "mine", refuse = function() end, current = function()
      count = count + 1
      if count > 9 then return nil, "credentials: enough", { code = "credentials" } end
      return helper.merged(KEY, { access_key_id = "own" .. count, provider = "mine" })
    end }, function(_, nth) return answers[nth] or answers[2] end, { retry = { attempts = 9 } })
    assert(live:resume_live_stream(STREAM))
    assert.same({ { "own1" }, "aliyun:mine" }, { ids, live.account })
    local err = expect_error({ "InvalidSecurityToken.Expired", "attempt 2" },
      live:resume_live_stream(STREAM))
    assert.same({ 3, 2 }, { #ids, err.attempts }) -- and no third, whatever it has
  end)
end)

it("nothing is sent or signed by a key that has ended", function()
  local codes, live = {}, aliyun.new { access_key_id = "old", access_key_secret = "old",
    endpoint = "http://127.0.0.1:9" }
  assert(live.signer:renew(helper.merged(KEY, { security_token = TOKEN, expires = 1 })))
  for _, call in ipairs { { "ResumeLiveStream", STREAM }, { "AddThing", {} } } do
    local err = expect_error({ "the credentials expired at 1970-01-01T00:00:01Z" },
      live:call(call[1], call[2]))
    assert.same({ "credentials", false, 1, false },
      { err.code, err.maybe_sent, err.attempts, err.retryable })
    codes[#codes + 1] = select(3, live:sign(call[1], call[2])).code
  end
  assert.same({ "credentials", "credentials" }, codes)
end)
