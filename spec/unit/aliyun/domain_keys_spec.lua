-- Addresses that a client signs with the key of their domain.

local address = require "streamctl.aliyun.address"
local cjson = require "cjson"
local core = require "streamctl.core"
local helper = require "spec.unit.helper"
local protected = require "streamctl.loop.protected"
local reach = require "spec.support.reach"
local tasks = require "streamctl.loop.tasks"

local MAIN, BACKUP = "mainKeyOfTheDomain7", "backupKeyOfTheDomain"
local URL = "rtmp://push.example.com/app/s1"

-- What the vendor answers.
local function body_of(changes)
  local arguments = helper.merged({ auth_type = "type_a", auth_key1 = MAIN, auth_key2 = BACKUP,
    ali_auth_delta = "1800" }, changes)
  local list = {}
  for name, value in pairs(arguments) do
    if value then list[#list + 1] = { ArgName = name, ArgValue = value } end
  end
  return cjson.encode { RequestId = "R-1", DomainConfigs = { DomainConfig = {
    { FunctionName = "other", FunctionArgs = { FunctionArg = {
      { ArgName = "auth_key1", ArgValue = "of another function" } } } },
    { FunctionName = "aliauth", Status = "success", FunctionArgs = { FunctionArg = list } },
  } } }
end

local vendors = {} -- the transports, which know the keys

local function aliyun(...)
  local live, transport = helper.aliyun(...)
  vendors[transport] = true
  return live, transport
end

local function never() error "nothing is sent or run here" end

local function answer_of(changes) return helper.response(200, body_of(changes)) end

local function signed_with(key, url, changes)
  local given = helper.merged({ url = url or URL, key = key, expires = helper.NOW + 1800 }, changes)
  return assert(address.sign(given))
end

local refused = helper.refuser("aliyun", "", MAIN, BACKUP)

describe("client:address", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  it("takes what sign takes, and the domain from any address", function()
    local live, transport = aliyun(answer_of())
    local more = { expires = helper.NOW + 7 }
    for _, url in ipairs { "https://user@Play.Example.COM:8443/app/s1.m3u8?a=1",
      "artc://play.example.com/app/s1",
      "srt://play.example.com:1105?streamid=#!::r=/app/s1,m=publish",
      -- of SRT it is in the streamid
      "SRT://203.0.113.5:1105?streamid=#!::h=Play.example.com,r=/app/s1,m=publish",
      "srt://push.example.com?streamid=#!::m=publish,r=/app/s1,h=play.example.com&latency=20",
    } do
      assert.equal(signed_with(MAIN, url, more), live:address(helper.merged(more, { url = url })))
    end
    local request = transport.requests[1]
    assert.equal("DescribeLiveDomainConfigs", request.action)
    assert.same({ "play.example.com" }, helper.sent(request, "DomainName"))
    assert.same({ "aliauth" }, helper.sent(request, "FunctionNames"))
    assert.equal(1, #transport.requests)
  end)

  it("takes the key of another domain where one is named", function()
    local live, transport = aliyun(answer_of())
    local url = "rtmp://203.0.113.5/app/s1?vhost=push.example.com"
    assert.equal(signed_with(MAIN, url), live:address { url = url, domain = "Push.example.com" })
    assert.same({ "push.example.com" }, helper.sent(transport.requests[1], "DomainName"))
    assert.equal(signed_with(MAIN), live:address { url = URL })
    assert.equal(1, #transport.requests)
  end)

  it("takes the backup key where that is wanted", function()
    local live = aliyun(answer_of())
    assert.equal(signed_with(BACKUP), live:address { url = URL, backup = true })
    live = aliyun(answer_of { auth_key2 = "" })
    assert(live:address { url = URL })
    refused("not_found", "push.example.com has no backup key",
      live:address { url = URL, backup = true })
  end)

  it("keeps a key for 300 seconds, and for 30 that there is none, or as long as it is told",
    function()
      -- what the domain has; then: after so many seconds, with this max_key_age -> requests so far
      for _, case in ipairs {
        { {}, { 0, nil, 1 }, { 299, nil, 1 }, { 299, 300, 1 }, { 299, 299, 2 }, { 299, nil, 2 },
          { 299, 0, 3 }, { 598, nil, 3 }, { 599, nil, 4 } },
        { { auth_type = "no_auth" }, { 0, nil, 1 }, { 0, nil, 1 }, { 29, nil, 1 }, { 29, 30, 1 },
          { 29, 29, 2 }, { 58, nil, 2 }, { 58, 0, 3 }, { 88, nil, 4 } },
      } do
        local live, transport = aliyun(answer_of(case[1]))
        local errors = {}
        for i = 2, #case do
          local seconds, age, count = case[i][1], case[i][2], case[i][3]
          helper.freeze(helper.NOW + seconds, 1000 + seconds)
          local url, _, err = live:address { url = URL, max_key_age = age }
          assert.equal(case[1].auth_type, err and "no_auth")
          assert.equal(count, #transport.requests, i)
          assert.is_nil(errors[err or "none"]) -- each caller has an error of its own
          errors[err or url] = true
        end
      end
    end)

  it("knows each domain, and each client, by itself", function()
    local live, transport = aliyun(answer_of())
    assert(live:address { url = URL })
    assert(live:address { url = "rtmp://other.example.com/app/s1" })
    assert.equal(2, #transport.requests)
    local second, its = aliyun(answer_of { auth_key1 = "second" })
    assert.equal(signed_with("second"), second:address { url = URL })
    assert.equal(1, #its.requests)
  end)

  it("keeps no more than 1000 domains", function()
    local live, transport = aliyun(answer_of())
    local function ask(i)
      assert(live:address { url = "rtmp://d" .. i .. ".example.com/app/s1" })
    end
    for i = 1, 1000 do ask(i) end
    ask(1)
    assert.equal(1000, #transport.requests)
    ask(1001)
    ask(1)
    assert.equal(1002, #transport.requests)
  end)

  it("keeps no client alive", function()
    local clients = setmetatable({}, { __mode = "k" })
    local function use()
      local live = aliyun(answer_of())
      assert(live:address { url = URL })
      clients[live] = true
    end
    use()
    for _ = 1, 3 do collectgarbage() end
    assert.is_nil((next(clients)))
  end)

  it("needs no expires where the domain tells its validity", function()
    local live = aliyun(answer_of { ali_auth_delta = false })
    refused("invalid_parameter", "push.example.com tells no validity; give expires or lifetime",
      live:address { url = URL })
    assert.equal(live:address { url = URL, lifetime = 60 },
      assert(live:address { url = URL, expires = helper.NOW + 60 }))
    for _, odd in ipairs { "", "soon", "1e400", "0x10", "1.5", "-1", "nan", ("9"):rep(400) } do
      live = aliyun(answer_of { ali_auth_delta = odd })
      refused("invalid_parameter", "tells no validity", live:address { url = URL })
    end
    live = aliyun(answer_of { ali_auth_delta = 1800 })
    assert.equal(signed_with(MAIN), live:address { url = URL })
  end)

  it("signs where the type is not told, or is none of those that are explained", function()
    for _, kind in ipairs { false, "", "req_auth" } do
      local live = aliyun(answer_of { auth_type = kind })
      assert.equal(signed_with(MAIN), live:address { url = URL })
    end
  end)

  it("says when the domain has no such key", function()
    for changes, why in pairs {
      [{ auth_type = "no_auth" }] = "its auth_type is no_auth",
      [{ auth_type = "type_b" }] = "its auth_type is type_b",
      [{ auth_key1 = false }] = "its auth_type is type_a", [{ auth_key1 = "" }] = "type_a",
    } do
      local live = aliyun(answer_of(changes))
      refused("not_found", why, live:address { url = URL })
    end
    for _, body in ipairs { '{"RequestId":"R"}', '{"RequestId":"R","DomainConfigs":5}',
      '{"RequestId":"R","DomainConfigs":{"DomainConfig":[null,5,"x",[],{"FunctionName":5}]}}',
      '{"RequestId":"R","DomainConfigs":{"DomainConfig":[{"FunctionName":"aliauth"}]}}',
      '{"RequestId":"R","DomainConfigs":{"DomainConfig":[{"FunctionName":"aliauth","FunctionArgs":'
      .. '{"FunctionArg":[null,5,{"ArgName":null},{"ArgName":{},"ArgValue":"x"},{"ArgName":'
      .. '"auth_key1","ArgValue":5}]}}]}}' } do
      local live = aliyun(helper.response(200, body))
      refused("not_found", "no aliauth is set", live:address { url = URL })
    end
  end)

  it("takes the key that is in force, and says of one that is not how it stands", function()
    local function configs(...)
      local list = {}
      for i, pair in ipairs { ... } do
        list[i] = { FunctionName = "aliauth", Status = pair[1], FunctionArgs = { FunctionArg = {
          { ArgName = "auth_type", ArgValue = "type_a" },
          { ArgName = "auth_key1", ArgValue = pair[2] },
          { ArgName = "ali_auth_delta", ArgValue = "1800" } } } }
      end
      return helper.response(200, cjson.encode { RequestId = "R-1",
        DomainConfigs = { DomainConfig = list } })
    end
    local live = aliyun(configs({ "failed", "old" }, { "success", MAIN }, { "testing", "new" }))
    assert.equal(signed_with(MAIN), live:address { url = URL })
    for _, status in ipairs { "failed", "configuring", "testing" } do
      refused("not_found", "the status of its aliauth is " .. status,
        aliyun(configs { status, MAIN }):address { url = URL })
    end
  end)

  it("asks nothing for what cannot be signed", function()
    local live, transport = aliyun(answer_of())
    for given, why in pairs {
      [{}] = "url is missing", [{ url = 5 }] = "url must be text",
      [{ url = URL, urll = 1 }] = "there is no field 'urll' (did you mean 'url'?)",
      [{ url = URL, key = MAIN }] = "there is no field 'key'",
      [{ url = URL, domain = 5 }] = "domain must be text",
      [{ url = URL, expires = helper.NOW, lifetime = 5 }] = "expires and lifetime are two ends",
      [{ url = URL, backup = "yes" }] = "backup must be true or false",
      [{ url = URL, max_key_age = -1 }] = "max_key_age must be a whole number from 0",
    } do
      helper.throws("address: " .. why, function() return (live:address(given)) end, MAIN)
    end
    for given, why in pairs {
      [{ url = URL, expires = 3600 }] = "expires must be",
      [{ url = URL, domain = "a b" }] = "domain must be the name of a domain",
      [{ url = "rtmp://[::1]/app/s1" }] = "url must have the name of a domain",
      [{ url = "rtmp://a b/app/s1" }] = "url must have the name of a domain",
    } do
      refused("invalid_parameter", why, live:address(given))
    end
    assert.equal(0, #transport.requests)
    helper.throws("address takes a table", function() return (live:address(URL)) end)
  end)

  it("passes on why there was no answer, and asks again next time", function()
    local live, transport = aliyun(helper.script(
      helper.response(403, '{"Code":"Forbidden.RAM","Message":"no","RequestId":"R-2"}'),
      answer_of()))
    local err = refused("access_denied", "Forbidden.RAM", live:address { url = URL })
    assert.equal("DescribeLiveDomainConfigs", err.operation)
    assert.equal(signed_with(MAIN), live:address { url = URL })
    assert.equal(2, #transport.requests)
  end)

  -- A transport that answers after a second, in tasks.
  local function slow(answer)
    return function(_, deadline, loop)
      loop.sleep(math.min(1, deadline - core.monotonic()))
      if deadline <= core.monotonic() then return helper.stopped("timeout", true) end
      return type(answer) == "function" and answer() or answer
    end
  end

  it("asks once for all who want the same at the same time", function()
    local live, transport = aliyun(slow(answer_of()))
    local urls = {}
    tasks.run(function()
      for i = 1, 50 do
        tasks.spawn(function()
          urls[i] = live:address { url = URL, expires = helper.NOW + 1800, max_key_age = i % 2 }
          assert.is_true(core.monotonic() < 1001.1) -- nobody waits much longer than it takes
        end)
      end
    end)
    for i = 1, 50 do assert.equal(signed_with(MAIN), urls[i]) end
    assert.equal(1, #transport.requests)
  end)

  it("leaves nobody waiting when the one who asks is stopped by an error", function()
    local broken = true
    local live, transport = aliyun(slow(function()
      if broken then
        broken = false
        error "the listener"
      end
      return answer_of()
    end))
    local first, second
    tasks.run(function()
      tasks.spawn(function() first = { protected.call(live.address, live, { url = URL }) } end)
      tasks.spawn(function() second = { live:address { url = URL } } end)
    end)
    assert.is_false(first[1])
    assert.truthy(second[1], second[2])
    assert.equal(2, #transport.requests)
  end)

  it("does not wait forever for one whose thread was killed", function()
    local live, transport = aliyun(function(_, _, loop)
      loop.sleep(1)
      return answer_of()
    end, { loop = { send = never, all = never, sleep = coroutine.yield } })
    local function start()
      local thread = coroutine.create(function() return live:address { url = URL } end)
      assert(coroutine.resume(thread))
      return thread
    end
    start() -- and it never goes on
    core.sleep(4)
    local waiting = start()
    assert.equal(1, #transport.requests)
    core.sleep(1.1)
    assert(coroutine.resume(waiting))
    assert.equal(2, #transport.requests)
    local _, url = assert(coroutine.resume(waiting))
    assert.is_string(url)
  end)

  it("shows its keys to nobody", function()
    local events = {}
    local live = aliyun(answer_of(),
      { on_event = function(event) events[#events + 1] = event end })
    assert(live:address { url = URL })
    assert.is_true(#events > 0)
    local found = 0
    local function visit(text)
      found = found + 1
      for _, key in ipairs { MAIN, BACKUP } do assert.is_nil(text:find(key, 1, true), text) end
    end
    visit(tostring(live))
    reach(events, visit, {})
    local seen = { [_G] = true, [package.loaded] = true, [debug.getregistry()] = true }
    for vendor in pairs(vendors) do seen[vendor] = true end
    reach(live, visit, seen)
    for name, module in pairs(package.loaded) do
      if name:find("^streamctl") then reach(module, visit, seen) end
    end
    assert.is_true(found > 1000)
  end)

  it("quotes no answer that may hold a key", function()
    local whole = body_of()
    for _, cut in ipairs { #whole - 1, whole:find(MAIN, 1, true) + #MAIN + 1 } do
      for _, status in ipairs { 200, 502 } do
        local live = aliyun(helper.response(status, '{"k":"' .. MAIN .. '",'
          .. whole:sub(2, cut)))
        local code = status == 200 and "bad_response" or "http"
        refused(code, "(not shown)", live:address { url = URL })
        refused(code, "(not shown)", live:describe_live_domain_configs {
          DomainName = "push.example.com", FunctionNames = "aliauth" })
      end
    end
  end)
end)
