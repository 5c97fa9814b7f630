-- Where a secret must not be: in no value that Lua can reach, not on the wire, in no text that a
-- program may log.

local hidden = require "spec.support.hidden"
local reach = require "spec.support.reach"
local session = require "spec.support.session"
local shell = require "spec.support.emulator.launcher.shell"
local streamctl = require "streamctl"

describe("a secret", function()
  local s, secrets, secret_file

  -- With no run of 8 bytes in common with anything else.
  local CREDENTIALS = {
    access_key_secret = "kQ7vTz/Wm3Xp+Lr9Hd=", server_secret = "fjw9q2xk7vbn4mzt8hcd3gys6plr5aue",
    sts = { access_key_id = "STS.key", access_key_secret = "uB4yNc/Gs8Ja+Ve2Kf=",
      security_token = "CAIS+mRq7/tXo3wPzD5hYkU9bL==" },
  }

  setup(function()
    s = session.start { credentials = CREDENTIALS }
    secrets = { s.e.access_key_secret, s.e.sts.access_key_secret, s.e.sts.security_token,
      s.e.server_secret }
    secret_file = s.e.dir .. "/secret"
    shell.write_file(secret_file, s.e.server_secret .. "\n")
  end)
  teardown(function() session.stop(s) end)
  before_each(function() s.e:reset() end)

  -- The secrets of each client.
  local function secrets_of(name)
    if name:find "^zego" then return { secrets[4] } end
    return { secrets[2], secrets[3] }
  end

  local events

  local function clients()
    local function note(event) events[#events + 1] = event end
    events = {}
    local sts = { on_event = note }
    for name, value in pairs(s.e.sts) do sts[name] = value end
    local old = { signature = "v1" }
    for name, value in pairs(sts) do old[name] = value end
    local by_source, by_file = s:aliyun_options(), s:zego_options()
    by_source.access_key_id, by_source.access_key_secret = nil, nil
    by_source.credentials, by_source.on_event = s.e.sts, note
    by_file.server_secret, by_file.on_event = { file = secret_file }, note
    return { v3 = s:aliyun(sts), v1 = s:aliyun(old), zego = s:zego { on_event = note },
      source = streamctl.aliyun.new(by_source), zego_file = streamctl.zego.new(by_file) }
  end

  local function call(name, client, options)
    if name:find "^zego" then return client:resume_rtc_stream({ StreamId = "s1" }, options) end
    return client:create_live_pull_to_push(session.task(), options)
  end

  -- The globals lead to the specs, which do hold secrets.
  local function seen_without_globals()
    return { [_G] = true, [package.loaded] = true, [debug.getregistry()] = true }
  end

  it("can be reached from no client and no module of ours", function()
    local all, seen, count = clients(), seen_without_globals(), 0
    for name, client in pairs(all) do
      assert(call(name, client))
      hidden(tostring(client), secrets)
    end
    local function visit(text)
      count = count + 1
      hidden(text, secrets)
    end
    reach(all, visit, seen)
    for name, module in pairs(package.loaded) do
      if name:find("^streamctl") then reach(module, visit, seen) end
    end
    assert.is_true(count > 1000, "the search found only " .. count .. " texts")
    -- and it would have found one
    local holder = setmetatable({}, { __index = function() return secrets end })
    assert.has_error(function() reach(holder, visit, seen_without_globals()) end)
  end)

  it("is not on the wire, but for the token", function()
    local token = s.e.security_token
    for name, client in pairs(clients()) do assert(call(name, client)) end
    local log, found = s.e:requests(), 0
    assert.equal(5, #log)
    reach(log, function(value)
      hidden(value, { secrets[1], secrets[2], secrets[4] }, "the wire")
      if value:find(token, 1, true) then found = found + 1 end
    end, {})
    assert.is_true(found > 0)
  end)

  it("comes back in no error, event or dry run, whatever a server echoes", function()
    local all = clients()
    for name, client in pairs(all) do
      for _, secret in ipairs(secrets_of(name)) do
        for _, status in ipairs { 200, 400, 500 } do
          s.e:fault { vendor = name:match "^zego" or "aliyun", kind = "body",
            status = status, body = ('{"Code":"%s","Message":"key %s","RequestId":"%s"}'):format(
              secret, secret, secret),
            headers = { ["x-acs-request-id"] = secret } }
          local body, message, err = call(name, client)
          assert.is_nil(body)
          reach({ message, err, tostring(err), events },
            function(text) hidden(text, secrets_of(name), name) end, seen_without_globals())
        end
      end
      s.e:fault { vendor = name:match "^zego" or "aliyun", kind = "body", status = 200,
        body = ('{"Code":%s,"RetCode":0,"TaskId":"t","RequestId":"%s"}'):format(
          name:find "^zego" and "0" or '"OK"', secrets_of(name)[1]) }
      call(name, client, { context = "c" })
      for _, event in ipairs(events) do assert.is_true(event.event ~= "begin" or event.call > 0) end
      assert.equal("call", events[#events].event)
      reach(events, function(text) hidden(text, secrets_of(name), name) end, seen_without_globals())
      local action = name:find "^zego" and "ResumeRTCStream" or "CreateLivePullToPush"
      local params = name:find "^zego" and { StreamId = "s1" } or session.task()
      reach(assert(client:sign(action, params, { masked = true })),
        function(text) hidden(text, secrets, "masked") end, {})
    end
  end)

  it("is in neither the arguments nor the environment of the process", function()
    for name, client in pairs(clients()) do assert(call(name, client)) end
    for _, file in ipairs { "cmdline", "environ" } do
      hidden(assert(shell.read_file("/proc/self/" .. file)), secrets, file)
    end
  end)
end)
