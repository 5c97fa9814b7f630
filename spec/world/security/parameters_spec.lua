-- Secrets of the caller's own, which travel as parameters: keys of storage, of callbacks and
-- certificates, and addresses of streams. They are sent, and shown nowhere.

local cjson = require "cjson"
local encode = require "spec.support.encode_uri"
local helper = require "spec.pieces.helper"
local hidden = require "spec.support.hidden"
local samples = require "spec.support.samples"

local merged = helper.merged

-- With no run of 8 bytes in common with anything else.
local SECRET = "q7Vt3Wm8Xp2Lr9Hd"

local PEM = "-----BEGIN RSA PRIVATE KEY-----\n" .. SECRET .. "\n"
  .. "-----END RSA PRIVATE KEY-----\n"

local ADDRESS = "rtmp://user:" .. SECRET .. "@push.example.com/app/" .. SECRET .. "?auth_key="
  .. SECRET

local EDGES = { Layer = 1, Top = 0, Left = 0, Bottom = 1, Right = 1 }

-- Each with a text that a masked request shows all the same.
local CALLS = {
  { "zego", "StartRecord", "bucket%-1", {
    RoomId = "r", RecordInputParams = { RecordMode = 1 },
    StorageParams = { Vendor = 2, Region = "r", Bucket = "bucket-1", AccessKeyId = "id",
      AccessKeySecret = SECRET,
      TencentCloudVodParams = { SecretId = "i", SecretKey = SECRET, Region = "r" } },
  } },
  { "zego", "CreatCDNTransferRule", "rtmp%%3A%%2F%%2Fpush%.example%.com%%2Fhidden",
    { StreamId = "s1", CDNUrl = ADDRESS } },
  { "zego", "StartMix", "rtmp://push%.example%.com/hidden", {
    TaskId = "t", UserId = "u", MixInput = { { StreamUrl = ADDRESS, RectInfo = EDGES } },
    MixOutput = { { StreamUrl = ADDRESS } },
  } },
  { "zego", "CreatePlayer", "PlayerName", {
    StreamUrl = ADDRESS, StreamUrlList = { ADDRESS, ADDRESS }, RoomId = "r", PlayerName = "p",
  } },
  { "aliyun", "SetLiveDomainCertificate", "SSLPub=public",
    { DomainName = "d", SSLProtocol = "on", SSLPub = "public", SSLPri = PEM } },
  { "aliyun", "SetLiveStreamsNotifyUrlConfig", "NotifyReqAuth=yes",
    { DomainName = "d", NotifyReqAuth = "yes", NotifyAuthKey = SECRET } },
  { "aliyun", "SetSnapshotCallbackAuth", "CallbackReqAuth=yes",
    { DomainName = "d", CallbackReqAuth = "yes", CallbackAuthKey = SECRET } },
  { "aliyun", "CreateLivePullToPush", "DstUrl=rtmp%%3A%%2F%%2Fpush%.example%.com%%2Fhidden",
    merged(helper.ALIYUN_PARAMS.CreateLivePullToPush,
      { DstUrl = ADDRESS, SourceUrls = { ADDRESS, ADDRESS } }) },
  { "aliyun", "CreateLivePullToPush", "SourceType=vod",
    merged(helper.ALIYUN_PARAMS.CreateLivePullToPush,
      { DstUrl = ADDRESS, SourceUrls = '["' .. ADDRESS .. '"]' }) },
  { "aliyun", "SetLiveStreamPreloadTasks", "hidden%%2Chttps%%3A%%2F%%2Fother%%2Fhidden", {
    DomainName = "d", PlayUrl = ADDRESS .. ",https://other/" .. SECRET,
  } },
  { "aliyun", "BatchSetLiveDomainConfigs", "aliauth", {
    DomainNames = "d", Functions = '[{"functionName":"aliauth","functionArgs":['
      .. '{"argName":"auth_key1","argValue":"' .. SECRET .. '"}]}]',
  } },
  { "aliyun", "StartRtcCloudTranscode", "UserId", {
    AppId = "a", ChannelId = "c", InputParam = { SingleSubUserParam = { UserId = "u" } },
    OutputParams = { { ChannelId = "c", UserId = "u", UserToken = SECRET } },
  } },
  { "aliyun", "StartRtcCloudTranscode", "UserId", {
    AppId = "a", ChannelId = "c", InputParam = { SingleSubUserParam = { UserId = "u" } },
    OutputParams = '[{"ChannelId":"c","UserId":"u","UserToken":"' .. SECRET .. '"}]',
  } },
  { "aliyun", "AddSomethingNew", "Name=n",
    { Name = "n", AuthKey = SECRET, PushUrl = ADDRESS, Config = { { SSLPri = PEM } } } },
}

local function assert_hidden(text, where) hidden(text, { SECRET }, where) end

-- Every text in a value, one to a line.
local function texts_of(value)
  if type(value) ~= "table" then return tostring(value) end
  local list = {}
  for key, item in pairs(value) do list[#list + 1] = tostring(key) .. ": " .. texts_of(item) end
  return table.concat(list, "\n")
end

for _, call in ipairs(CALLS) do
  local vendor, action, shows, params = call[1], call[2], call[3], call[4]

  describe("secrets in the parameters of " .. action, function()
    before_each(function() helper.freeze() end)
    after_each(helper.thaw)

    it("are sent, and a masked request does not show them", function()
      for _, validate in ipairs { true, false } do
        local client, transport = helper[vendor]()
        local before = texts_of(params)
        local shown = assert(client:sign(action, params, { masked = true, validate = validate }))
        local text = texts_of(shown)
        assert_hidden(text, "the masked request")
        assert.truthy(text:find(shows), text)
        assert.equal(before, texts_of(params)) -- they are the caller's
        client:call(action, params, { validate = validate })
        assert.truthy(texts_of(transport.requests[1]):find(SECRET, 1, true))
        assert.truthy(texts_of(client:sign(action, params)):find(SECRET, 1, true))
      end
    end)

    it("are in no failure and no event, whatever a server echoes", function()
      local echoes = { SECRET, encode(SECRET), PEM, ADDRESS, encode(ADDRESS) }
      for _, echo in ipairs(echoes) do
        if not texts_of(params):find(echo, 1, true) then echo = SECRET end
        local code, in_json = cjson.encode("X" .. echo), cjson.encode("what is '" .. echo .. "'?")
        local body = vendor == "zego" and '{"Code":30009,"Message":' .. in_json .. ',"RequestId":'
          .. in_json .. "}" or '{"Code":' .. code .. ',"Message":' .. in_json .. ',"RequestId":'
          .. in_json .. "}"
        for _, answer in ipairs {
          helper.response(400, body), helper.response(503, body),
          helper.response(502, "<html>" .. echo), helper.response(200, echo),
          { code = "connect", message = "lost: " .. echo, maybe_sent = true },
        } do
          local events = {}
          local client = helper[vendor](answer, {
            on_event = function(event) events[#events + 1] = event end,
          })
          local done, message, err = client:call(action, params)
          assert.is_nil(done)
          assert_hidden(message, "the message")
          assert_hidden(helper.everything(message, err), "the error")
          assert_hidden(texts_of(events), "an event")
        end
      end
    end)

    it("are in no message about parameters that are refused", function()
      local client, transport = helper[vendor]()
      local bad = merged(params, { [SECRET:reverse()] = SECRET, RegionId = {}, RoomId = false })
      local done, message = client:sign(action, bad, { masked = true })
      if done then return end -- an operation without a row
      assert_hidden(message, "the message")
      assert.equal(0, #transport.requests)
    end)
  end)
end

describe("an address that failed inside a success", function()
  it("is not in the message of its item", function()
    local live = helper.aliyun(helper.response(200, '{"RequestId":"R-1",'
      .. '"PreloadTasksMessages":{"PreloadTasksMessage":[{"PlayUrl":' .. cjson.encode(ADDRESS)
      .. ',"Description":"InternalError"}]}}'))
    local report = live:batch("SetLiveStreamPreloadTasks",
      { { DomainName = "d", PlayUrl = ADDRESS } })
    local failed = report.results[1]
    assert.equal("vendor", failed.err.code)
    assert.truthy(failed.message:find("InternalError", 1, true), failed.message)
    assert_hidden(failed.message, "the message")
  end)
end)

describe("an address whose parts are all short", function()
  it("is hidden as a whole where a server echoes it", function()
    for _, address in ipairs { "rtmp://p.example.com/a/k?b=1", "p.example.com/a/k" } do
      local live = helper.aliyun(helper.response(400, '{"Code":"X","RequestId":"R",'
        .. '"Message":"what is ' .. address .. ' and ' .. address .. '?"}'))
      local _, message, err = live:call("AddLiveThing", { PullUrl = address, Name = "n" })
      assert.truthy(message:find("what is *** and ***?", 1, true), message)
      assert.is_nil(helper.everything(message, err):find(address, 1, true))
    end
  end)
end)

describe("what a server echoes of parameters", function()
  -- The message of a server that says `echo`.
  local function told(params, echo)
    local live = helper.aliyun(helper.response(400, '{"Code":"X","RequestId":"R","Message":'
      .. cjson.encode("<" .. echo .. ">") .. "}"))
    return (select(2, live:call("AddSomethingNew", params)):match "<(.*)>")
  end

  it("is hidden where it may be a key", function()
    local escaped = '[{"AuthKey":"a\\"b"}]'
    for _, case in ipairs {
      { "rtmp://p.example.com/app/abcdefgh", "abcdefgh" },
      { "rtmp://user5678@p.example.com/", "user5678" }, { escaped, escaped },
    } do
      assert.equal("***", told({ PushUrl = case[1] }, case[2]))
    end
    assert.equal("***", told({ AuthKey = 12345678, Config = "[]" }, "12345678"))
  end)

  it("is shown where it is none", function()
    for _, text in ipairs { "p.example.com", '["a"]', "[live" } do
      assert.equal(text, told({ PushUrl = "rtmp://user5678@p.example.com/app/abcdefgh",
        Config = text }, text))
    end
  end)
end)

describe("a masked request", function()
  it("shows an address without anything behind its host as it is", function()
    local live = helper.aliyun()
    for _, address in ipairs { "https://cb.example.com", "https://cb.example.com/" } do
      local shown = assert(live:sign("AddSomethingNew", { CallbackUrl = address },
        { masked = true }))
      local sent = "CallbackUrl=" .. encode(address) .. "&"
      assert.truthy((shown.url .. "&"):find(sent, 1, true), shown.url)
    end
  end)

  it("hides a user without anything behind the host", function()
    local shown = helper.aliyun():sign("AddSomethingNew",
      { CallbackUrl = "https://" .. SECRET .. "@cb.example.com" }, { masked = true })
    assert_hidden(texts_of(shown), "the masked request")
  end)

  it("hides in all tables that can be sent", function()
    local params, level = { AuthKey = SECRET }, 0
    while level < 50 do
      local shown = helper.aliyun():sign("AddSomethingNew", params, { masked = true })
      if not shown then break end
      assert_hidden(texts_of(shown), "level " .. level)
      params, level = { A = params }, level + 1
    end
    assert.is_true(level > 10 and level < 50)
  end)

  it("shows a text that is no secret, whatever it begins with", function()
    local shown = assert(helper.aliyun():sign("AddSomethingNew", { Name = "[live" },
      { masked = true }))
    assert.truthy(shown.url:find("Name=%5Blive", 1, true), shown.url)
  end)

  it("shows no text that may hold a secret and cannot be read", function()
    local shown = assert(helper.aliyun():sign("AddSomethingNew",
      { StreamUrl = "[" .. SECRET, OtherUrl = SECRET, AuthKey = 12345678 }, { masked = true }))
    assert_hidden(texts_of(shown), "the masked request")
    assert.is_nil(texts_of(shown):find("12345678", 1, true))
  end)
end)

describe("parameters whose names sound like secrets", function()
  -- by name: why it is none
  local NONE = {
    AccessKeyId = "an id", ByPass = "a number", CallbackReqAuth = "yes or no",
    ClientToken = "a number of the request",
    EncryptParameters = "names a key of the key service", Key = "of a tag, or an extension",
    KeyWord = "searched for", Keyword = "searched for", KmsKeyExpireInterval = "seconds",
    KmsKeyID = "an id", NextPageToken = "a place in a list", NextToken = "a place in a list",
    MaxKeys = "a number", NotifyReqAuth = "yes or no", PageToken = "a place in a list",
    PayloadContentKey = "a field", SecretId = "an id", TagKey = "of a tag",
  }

  for _, vendor in ipairs { "aliyun", "zego" } do
    it("are known as such, or are none, at " .. vendor, function()
      local facts = samples.facts(vendor)
      local secrets, found = require("streamctl." .. vendor .. ".operations").secrets, 0
      local function collect(params)
        for name, param in pairs(params) do
          local lower = name:lower()
          for _, sound in ipairs { "key", "secret", "token", "auth", "pass", "encrypt", "pri$" } do
            if lower:find(sound) and not lower:find("passthrough") then
              found = found + 1
              assert.is_true((secrets[name] ~= nil) ~= (NONE[name] ~= nil), name)
            end
          end
          collect(param.fields or {})
        end
      end
      for _, fact in pairs(facts) do collect(fact.params) end
      assert.is_true(found > 5)
    end)
  end
end)
