-- The door of the edge service: whom it lets in, what it refuses, what it says.

local cjson = require "cjson"
local service = require "spec.world.edge.service"
local shell = require "spec.support.emulator.launcher.shell"

local ALL, NEXT, READ = service.ALL, service.NEXT, service.READ
local request, post, ask, live = service.request, service.post, service.ask, service.live
local eventually, scrape = service.eventually, service.scrape

service.describe("the edge, its door", nil, function(e, n)
  describe("lets in", function()
    local function with(line) return { headers = { "Content-Type: application/json", line } } end

    it("nobody without a token", function()
      local status, body, headers = post(n, "resume", "zego", { "s1" }, with "X-Other: 1")
      assert.same({ 401, "unauthorized", 'Bearer realm="streamctl"' },
        { status, body.error.code, headers["www-authenticate"] })
      assert.equal(401, (n:json "/streams/nowhere"))
    end)

    it("nobody with a wrong one", function()
      for _, line in ipairs {
        "Bearer " .. ALL:sub(1, -2), "Bearer " .. ALL .. "0", "Bearer " .. ALL:sub(1, -2) .. "0",
        "Bearer " .. ALL:upper(),
        "Bearer", "Bearer ;", "Basic " .. ALL, ALL, "Bearer " .. ALL .. " read",
        "Bearer " .. ALL .. ", Bearer " .. ALL, "Bearer #", "Bearer callers",
      } do
        local status, _, headers = post(n, "resume", "zego", { "s1" },
          with("Authorization: " .. line))
        assert.equal(401, status, line)
        assert.equal('Bearer realm="streamctl", error="invalid_token"', headers["www-authenticate"])
      end
      assert.equal(0, #e:requests())
    end)

    it("whoever has one of the tokens", function()
      for _, line in ipairs { "Bearer " .. ALL, "bearer " .. ALL, "Bearer  " .. ALL,
        "Bearer " .. NEXT } do
        assert.equal(200, (post(n, "resume", "zego", { "s1" }, with("Authorization: " .. line))),
          line)
      end
    end)

    it("a token that may only ask, to ask only", function()
      assert.equal(200, (ask(n, "vendor=zego&stream=s1", READ)))
      assert.equal(200, (ask(n, "vendor=zego&stream=s1", ALL)))
      local status, body, headers = post(n, "forbid", "zego", { "s1" },
        with("Authorization: Bearer " .. READ))
      assert.same({ 403, "forbidden" }, { status, body.error.code })
      assert.matches("insufficient_scope", headers["www-authenticate"])
      assert.equal(0, #e:requests { action = "ForbidRTCStreams" })
    end)
  end)

  describe("refuses", function()
    local function refused(expected, body, headers)
      local status, answer = post(n, "resume", "zego", {}, { body = body, headers = headers })
      assert.equal(expected, status, body:sub(1, 200))
      assert.is_string(answer.error.code)
      assert.is_string(answer.error.message)
      assert.equal(0, #e:requests())
      return answer.error.message
    end

    it("what is malformed, 400", function()
      local function many(count, item)
        return '{"vendor":"zego","streams":[' .. (item .. ","):rep(count - 1) .. item .. "]}"
      end
      for _, body in ipairs {
        "", "{", "[]", '"zego"', "null", "{}", '{"vendor":"zego"}', '{"streams":["a"]}',
        '{"vendor":"zego","streams":[]}',
        '{"vendor":"zego","streams":{}}', '{"vendor":"zego","streams":{"a":"b"}}',
        '{"vendor":"zego","streams":"a"}',
        '{"vendor":"other","streams":["a"]}', '{"vendor":["zego"],"streams":["a"]}',
        '{"vendor":null,"streams":["a"]}', '{"vendor":"zego","streams":["a"],"more":1}',
        '{"vendor":"zego","streams":["a",null]}', '{"vendor":"zego","streams":["a",1]}',
        '{"vendor":"zego","streams":["a b"]}', '{"vendor":"zego","streams":[""]}',
        '{"vendor":"zego","streams":["a\\u0000"]}', '{"vendor":"zego","streams":[["a"]]}',
        many(1, '"' .. ("a"):rep(257) .. '"'), many(201, '"a"'), ("["):rep(1000),
        '{"vendor":"aliyun","streams":["a"]}',
        '{"vendor":"aliyun","streams":[{"DomainName":"d","AppName":"a"}]}',
        '{"vendor":"aliyun","streams":[{"DomainName":"d","AppName":"*","StreamName":"s"}]}',
        '{"vendor":"aliyun","streams":[{"DomainName":"d","AppName":"","StreamName":"s"}]}',
        '{"vendor":"aliyun","streams":[{"DomainName":"d","AppName":"a","StreamName":1}]}',
        '{"vendor":"aliyun","streams":[{"DomainName":"d","AppName":"a","StreamName":"s",'
          .. '"Oneshot":"yes"}]}',
        -- not UTF-8
        '{"vendor":"aliyun","streams":[{"DomainName":"d","AppName":"a","StreamName":"caf\233"}]}',
        '{"vendor":"aliyun","streams":[{"DomainName":"d","AppName":"\195\169","StreamName":"s"}]}',
        '{"vendor":"zego","streams":["caf\233"]}',
      } do refused(400, body) end
      assert.matches("item 3 of 4", refused(400, '{"vendor":"zego","streams":["a","b","c/d","e"]}'))
    end)

    it("a body that is too large, 413", function()
      local body = '{"vendor":"zego","streams":["a"]}' .. (" "):rep(65536)
      refused(413, body)
      refused(413, body,
        { "Transfer-Encoding: chunked", "Content-Type: application/json",
          "Authorization: Bearer " .. ALL })
    end)

    it("what does not say it is JSON, 415", function()
      for _, kind in ipairs { "text/plain", "application/jsonp", "application/json5; a=b", "" } do
        refused(415, '{"vendor":"zego","streams":["a"]}',
          { "Content-Type:" .. kind, "Authorization: Bearer " .. ALL })
      end
      local status = post(n, "resume", "zego", { "a" },
        { headers = { "Content-Type: Application/JSON; charset=utf-8",
          "Authorization: Bearer " .. ALL } })
      assert.equal(200, status)
    end)

    it("other methods, 405 with Allow", function()
      local headers = { "Authorization: Bearer " .. ALL }
      for _, case in ipairs {
        { "GET", "/streams/resume", "POST" }, { "DELETE", "/streams/forbid", "POST" },
        { "POST", "/streams/state", "GET" },
        { "PUT", "/streams/state", "GET" }, { "TRACE", "/streams/state", "GET, POST" },
      } do
        local status, body, back = n:json(case[2], { method = case[1], headers = headers })
        assert.same({ 405, case[3], "method" }, { status, back.allow, body.error.code })
      end
    end)

    it("other addresses, 404", function()
      for _, path in ipairs { "/", "/streams", "/streams/", "/streams/resume/", "/edge-error",
        "/metrics/" } do
        local status, body = n:json(path, { headers = { "Authorization: Bearer " .. ALL } })
        assert.same({ 404, "not_found" }, { status, body.error.code }, path)
      end
    end)

    it("what is no HTTP request, in JSON too", function()
      for expected, options in pairs {
        [400] = { headers = { "Host: a b" } },
        [414] = { path = "/" .. ("a"):rep(40000) },
        [431] = { headers = { "X-Long: " .. ("a"):rep(40000) } },
      } do
        local status, body = n:json(options.path or "/readyz", options)
        assert.equal(expected, status)
        assert.is_string(body.error.message)
      end
    end)
  end)

  describe("names each request", function()
    it("in a line of the log for each", function()
      local path, options = request("resume", "aliyun",
        { live "a", live("b", { DomainName = "nowhere.invalid" }) })
      table.insert(options.headers, "X-Request-Id: of-the-log")
      assert.equal(207, (n:json(path, options)))
      assert.equal(404, (n:json("/nowhere?x=1", { headers = { "X-Request-Id: of-no-page" } })))
      local function line_of(id)
        for line in n:access_log():gmatch "([^\n]+)\n" do
          local entry = cjson.decode(line)
          if entry.request_id == id then return entry end
        end
      end
      local entry = eventually(function() return line_of "of-the-log" end)
      local other = eventually(function() return line_of "of-no-page" end)
      assert.same({ "POST", "/streams/resume", 207, "aliyun", "2", "1" },
        { entry.method, entry.path, entry.status, entry.vendor, entry.streams, entry.failed })
      assert.same({ "/nowhere", 404, "" }, { other.path, other.status, other.vendor })
      assert.matches("request_id of%-the%-log: ResumeLiveStream: 1 of 2 failed", n:log())
    end)
  end)

  it("says nothing secret, anywhere", function()
    e:fault { vendor = "aliyun", kind = "status", status = 500, times = -1,
      body = '{"Code":"X","Message":"the secret is ' .. e.access_key_secret .. '&"}' }
    local _, text = n:get(request("resume", "aliyun", { live "a" }))
    assert.matches("the secret is %*%*%*", text)
    n:get("/nowhere?token=" .. ALL)
    n:get("/streams/state?vendor=zego&stream=s1",
      { headers = { "Authorization: Bearer wrong-" .. NEXT } })
    local _, _, metrics = scrape(n)
    local logs = n:access_log()
    for _, everything in ipairs { text, metrics, logs, n:log() } do
      for _, secret in ipairs { e.access_key_secret, e.server_secret, NEXT, READ, "Signature=%x",
        "Bearer all" } do
        local at = everything:find(secret, 1, secret ~= "Signature=%x")
        assert.is_true(at == nil, at
          and secret .. " in " .. everything:sub(at and math.max(at - 200, 1) or 1, at))
      end
    end
    assert.is_nil(logs:find(ALL, 1, true))
    for line in n:log():gmatch "[^\n]+" do
      local expected = line:find("[warn]", 1, true) and line:find("streamctl-edge:", 1, true)
        or line:find("too large body", 1, true)
        or line:find("too large chunked body", 1, true)
          or line:find("access forbidden by rule", 1, true)
      assert.is_truthy(expected, line)
    end
  end)

  describe("beside the rest", function()
    local other
    after_each(function()
      if other then other:stop() end
      other = nil
    end)

    it("works with secrets that only root can read", function()
      if not shell.run("id -u"):match "^0%s" or select(2, shell.run "id www-data") ~= 0 then
        return pending "only root can tell"
      end
      other = service.start(e, { ["edge.store"] = "@DIR@/open/store" }, { user = "www-data" })
      assert.equal(200, (post(other, "resume", "zego", { "s1" })))
      assert.equal(200, (post(other, "resume", "aliyun", { live "a" })))
      local owner = shell.run(("stat -c '%%U %%a' %s/open/store %s/tokens"):format(other.dir,
        other.dir))
      assert.equal("www-data 600\nroot 600\n", owner)
    end)
  end)
end)
