-- What all sources have in common that ask over HTTP: where requests go, how long they may take,
-- and what a failure tells.

local credentials = require "streamctl.aliyun".credentials
local helper = require "spec.pieces.helper"
local pick = require "streamctl.transport"
local places = require "spec.pieces.aliyun.credentials.place"

describe("a question for credentials", function()
  local place = places.each(places.answer())

  it("is refused for what is no URL, which no message repeats", function()
    for _, url in ipairs {
      "hidden.example.com/x", "ftp://hidden.example.com/", "http://user:hidden@example.com/",
      "http://example.com/hidden#fragment", "http://example.com/hidden x",
      "http://example.com/hidden\r\nX: y", "http://example.com/hidden\228", "http:///hidden",
      "http://example.com:0/hidden", "http://example.com:70000/hidden", "",
    } do
      local ok, message = pcall(credentials.uri, { url = url })
      assert.is_false(ok, url)
      assert.matches("^streamctl%.aliyun%.credentials%.uri: url must ", message)
      assert.is_nil(message:find("hidden", 1, true), message)
    end
  end)

  it("waits in the caller's loop, no longer than the caller may and the source does", function()
    local context = place:context(15)
    for _, timeout in ipairs { false, 3 } do
      assert(credentials.uri { url = "http://example.com/", timeout = timeout or nil }
        :current(context))
      local sent = place.sent[#place.sent]
      assert.same({ attempt_timeout = timeout or 10, connect_timeout = 5 }, sent.limits)
      assert.same({ context.deadline, context.loop }, { sent.deadline, sent.loop })
    end
  end)

  -- What places are opened with, by their origin.
  local function opened_for(options, ask)
    local real, configs = pick.open, {}
    place.answer = function(it)
      if it.target:find("api/token", 1, true) then return helper.response(200, "metadata-token") end
      return places.answer({}, it.target:find("cloud%-credentials$") and "CloudCredential"
        or it.target:find("Version=", 1, true) and "Credentials" or nil)
    end
    pick.open = function(endpoint, config)
      configs[endpoint] = config
      return { endpoint = endpoint, transport = place.transport }
    end
    local context = place:context()
    context.options = options
    local ok, problem = pcall(ask, context)
    pick.open = real
    if not ok then error(problem, 0) end
    return configs
  end

  it("goes through the client's proxy to STS, through none to metadata and URI",
    function()
      local tls = { ca_file = "/ca.pem" }
      local options = { proxy = "http://proxy.example.com:3128", tls = tls, user_agent = "mine/1",
        loop = "auto", max_response_bytes = 2 ^ 30, endpoint = "https://x" }
      local configs = opened_for(options, function(context)
        assert(credentials.ecs_role { role_name = "streams" }:current(context))
        assert(credentials.uri { url = "http://uri.example.com/" }:current(context))
        assert(credentials.assume_role { source = places.source(), role_arn = places.ARN }
          :current(context))
      end)
      for origin, proxy in pairs {
        ["http://100.100.100.200"] = false, ["http://uri.example.com"] = false,
        ["https://sts.aliyuncs.com"] = options.proxy,
      } do
        local config = configs[origin]
        assert.equal(proxy, config.proxy or false, origin)
        assert.equal(tls, config.tls)
        assert.equal("mine/1", config.user_agent)
        assert.equal(65536, config.max_response_bytes)
      end
    end)

  it("tells why no answer came, without the URL's query", function()
    for why, result in pairs {
      ["connect: Connection refused"] = { code = "connect", message = "Connection refused" },
      ["timeout: no answer in time"] = { code = "timeout", maybe_sent = true,
        message = "Operation timed out after 10000 milliseconds" },
      ["tls: self-signed certificate; set tls.ca_file"] = { code = "tls", lasting = true,
        message = "self-signed certificate", hint = "; set tls.ca_file" },
    } do
      place.answer = result
      local err = place:refused("credentials: uri: no answer from http://example.com: " .. why,
        credentials.uri { url = "http://example.com/?token=hidden" }, { "hidden" })
      assert.is_nil(err.absent)
      assert.equal(result.message .. (result.hint or ""), err.cause)
      assert.equal(not result.lasting, err.retryable)
    end
  end)
end)

describe("streamctl.aliyun.credentials", function()
  it("throws for a source that it does not have, at the line that names it", function()
    helper.throws("no 'ecs_rol' (did you mean 'ecs_role'?)",
      function() return credentials.ecs_rol end)
    assert.is_false(pcall(function() return credentials.http end)) -- a part of others
  end)

  it("throws for options that are wrong, at the line that makes the source", function()
    for _, case in ipairs {
      { "ecs_role", { rolename = "x" }, "there is no field 'rolename' (did you mean 'role_name'" },
      { "ecs_role", 1, "takes a table of options, got a number", " " },
      { "ecs_role", { role_name = "acs:ram::1:role/x" }, "role_name must be" },
      { "ecs_role", { role_name = "../x" }, "role_name must be" },
      { "ecs_role", { v1 = "no" }, "v1 must be true or false" },
      { "ecs_role", { endpoint = "100.100.100.200" }, "endpoint must be" },
      { "ecs_role", { timeout = 0 }, "timeout must be" },
      { "uri", { url = 1 }, "url must be text" },
      { "oidc", { duration = 899 }, "duration must be a whole number from 900 to 43200" },
      { "oidc", { region = "a.example.com/" }, "region must be" },
      { "assume_role", { role_arn = places.ARN }, "source is missing" },
      { "assume_role", { source = 1, role_arn = places.ARN }, "source must be a source" },
      { "assume_role", { source = places.source(), role_arn = places.ARN, duration = 900.5 },
        "duration must be a whole number from 900 to 43200, got 900.5" },
      { "assume_role", { source = places.source(), role_arn = places.ARN, policy = 1 },
        "policy must be text" },
      { "assume_role", { source = places.source(), role_arn = places.ARN,
        policy = { print } }, "policy must be" },
      { "assume_role", { source = places.source(), role_arn = places.ARN, endpoint = "a b" },
        "endpoint must be" },
      { "process", {}, "command is missing" },
      { "process", { command = {} }, "command must be text, or a list of words" },
      { "process", { command = { "a", 1 } }, "command must be text, or a list" },
      { "process", { command = { "" } }, "command must be text, or a list" },
      { "process", { command = " " }, "command names no program" },
      { "process", { command = "a 'b'" }, "command has quotes or a backslash" },
      { "process", { command = "a", timeout = 0 }, "timeout must be more than 0" },
      { "process", { comand = "a" }, "there is no field 'comand'" },
      { "profile", { path = "x" }, "there is no field 'path'" },
      { "profile", { name = 1 }, "name must be text" }, { "profile", { home = "" }, "home must" },
    } do
      helper.throws("streamctl.aliyun.credentials." .. case[1] .. (case[4] or ": ") .. case[3],
        function() return (credentials[case[1]](case[2])) end)
    end
  end)
end)
