-- Each message of the page of symptoms, docs/how-to/trouble.md, is said by what runs here: a scene
-- of its own provokes it. A scene without a message on the page fails as well.

local child = require "spec.support.child"
local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"

-- Said by other programs when something is not installed, which cannot be provoked here.
local OTHERS = { "Missing dependencies", "lua.h: No such file", "curl/curl.h: No such file",
  "openssl/evp.h: No such file", "Could not find library file for CURL", "undefined symbol: lua_" }

local root = shell.run("pwd"):gsub("%s+$", "")
local ALIYUN = { "--domain", "push.example.com", "--app", "live" }
local RELAY = "relay create --region cn-shanghai --end +2h --yes"
  .. " --from rtmp://pull.example.com/app/s1 --to rtmp://push.example.com/app/s1"

-- The messages: what stands between backticks in the first cells of the tables.
local function quoted()
  local list = {}
  for cell in shell.read_file "docs/how-to/trouble.md":gmatch "\n|([^|\n]*)|" do
    for text in cell:gmatch "`([^`]*)`" do list[#list + 1] = text end
  end
  return list
end

-- Whether a text has the parts of a message one after the other.
local function says(text, message)
  local from = 1
  for part in (message .. " ... "):gmatch "(.-) %.%.%. " do
    local _, last = text:find(part, from, true)
    if not last then return false end
    from = last + 1
  end
  return true
end

command.describe("the page of symptoms", function(c, e)
  local function all(ended) return ended.out .. ended.err end

  local function zego(words, environment)
    return all(c:run(words, { vendor = "zego", environment = environment }))
  end

  local function aliyun(words, environment)
    local list = {}
    for word in words:gmatch "%S+" do list[#list + 1] = word end
    for _, word in ipairs(words:find "^relay" and {} or ALIYUN) do list[#list + 1] = word end
    return all(c:run(list, { vendor = "aliyun", environment = environment }))
  end

  -- What a program of Lua says, on which the library is or is not.
  local function lua(code, environment)
    local given = {}
    for _, pair in ipairs(e:environment()) do given[pair[1]] = pair[2] end
    for name, value in pairs(environment or {}) do given[name] = value or nil end
    return (shell.run("cd " .. shell.quote(c.dir) .. " && "
      .. child.command(code, given, c.dir .. "/scene.lua") .. " 2>&1"))
  end

  local function fails(kind, more)
    local fault = { kind = kind, times = -1 }
    for name, value in pairs(more or {}) do fault[name] = value end
    e:fault(fault)
  end

  local NOWHERE = { ZEGO_ENDPOINT = "https://127.0.0.1:1" }

  local scenes = {
    ["there is no account: neither ZEGO_APP_ID nor ALIBABA_CLOUD_ACCESS_KEY_ID is set"] = function()
      return all(c:run("resume s1", { vendor = "none" }))
    end,
    ["the ServerSecret is missing"] = function()
      return zego("resume s1", { ZEGO_SERVER_SECRET = false })
    end,
    ["Code 100000011: app configuration not found"] = function()
      return zego("resume s1", { ZEGO_APP_ID = "7" })
    end,
    ["InvalidAccessKeyId.NotFound"] = function()
      return aliyun("resume s1", { ALIBABA_CLOUD_ACCESS_KEY_ID = "LTAInobody" })
    end,
    ["Code 100000005: signature error"] = function()
      return zego("resume s1", { ZEGO_SERVER_SECRET = ("0"):rep(32) })
    end,
    ["SignatureDoesNotMatch"] = function()
      return aliyun("resume s1", { ALIBABA_CLOUD_ACCESS_KEY_SECRET = "wrong" })
    end,
    ["access_denied ... Forbidden.RAM"] = function()
      fails("status", { status = 403, code = "Forbidden.RAM", message = "not authorized" })
      return aliyun "resume s1"
    end,
    ["clock_skew ... Code 100000004: signature expired"] = function()
      fails "expired"
      return zego "resume s1"
    end,
    ["dns ... Could not resolve host"] = function()
      return zego("resume s1", { ZEGO_ENDPOINT = "https://zego.invalid" })
    end,
    ["connect ... Failed to connect to"] = function() return zego("resume s1", NOWHERE) end,
    ["stopped, since requests do not leave this machine"] = function()
      c:write("many.txt", command.ids(400))
      return zego("resume @many.txt", NOWHERE)
    end,
    ["no secure connection: SSL certificate problem"] = function()
      return zego("resume s1", { STREAMCTL_CA_FILE = false })
    end,
    ["timeout ... no answer in time, after the request was sent"] = function()
      fails("latency", { held = true })
      local said = zego "resume s1 --timeout 1"
      e:quiet()
      return said
    end,
    ["throttled ... Code 30002: request frequency limited"] = function()
      fails "throttle"
      return zego "resume s1"
    end,
    ["the store gives no Sequence: Redis"] = function()
      return zego "resume s1 --store redis://127.0.0.1:1"
    end,
    ["cannot open the store file"] = function()
      return lua [[require("streamctl").zego.new { store = "/nowhere/at/all" }]]
    end,
    ["outcome_unknown: it is unknown whether CreateLivePullToPush was executed"] = function()
      fails("reset_after", { action = "CreateLivePullToPush" })
      return aliyun(RELAY)
    end,
    ["conflict: CodeConfigAlreadyExists"] = function()
      aliyun(RELAY)
      return aliyun(RELAY)
    end,
    ["conflict ... ConfigAlreadyExists: Config has already existed"] = function()
      aliyun "forbid s1"
      return aliyun "forbid s1"
    end,
    ["superseded ... a newer call for room1-cam1 was made meanwhile"] = function()
      e:fault { kind = "latency", action = "ForbidRTCStreams", held = true }
      e:fault { kind = "reset_before", action = "ForbidRTCStreams" }
      local older = c:start("forbid room1-cam1", { vendor = "zego" })
      command.await(function() return e:requests { action = "ForbidRTCStreams" }[1] end)
      zego "resume room1-cam1"
      e:release()
      return all(older:wait())
    end,
    ["1 of 1 are not live"] = function() return zego "state room1-cam1 --expect live" end,
    ["unknown option '--reprot' (did you mean '--report'?)"] = function()
      return zego "resume s1 --reprot r"
    end,
    ["ResumeRTCStrems is not listed (did you mean 'ResumeRTCStreams'?)"] = function()
      return zego "call ResumeRTCStrems StreamId=s1"
    end,
    ["1 of 2 cannot be right; nothing was sent ... bad.txt:2: expected one id, without blanks"] =
      function()
        c:write("bad.txt", "s1\nbad id\n")
        return zego "resume @bad.txt"
      end,
    ["'ids.txt' is a file here; did you mean @ids.txt?"] = function()
      c:write("ids.txt", "s1\n")
      return zego "resume ids.txt"
    end,
    ["there is nothing to do"] = function() return zego "resume @/dev/null" end,
    ["nothing is left to send: resume.jsonl was begun"] = function()
      zego "resume s1 --report resume.jsonl"
      return zego "resume s1 --report resume.jsonl"
    end,
    ["the report resume.jsonl is of another run"] = function()
      zego "resume s1 --report resume.jsonl"
      return zego "resume s2 --report resume.jsonl"
    end,
    ["Nothing was sent, since there is no terminal to answer on"] = function()
      return zego "forbid s1 s2"
    end,
    ["--until is not for RTC streams"] = function() return zego "forbid s1 --until +2h" end,
    ["a queue needs a Redis that its workers share"] = function() return zego "queue status" end,
    ["unknown option 'timout' (did you mean 'timeout'?)"] = function()
      return lua [[require("streamctl").zego.new { timout = 3 }]]
    end,
    ["streamctl.zego has no 'resume_rtc_streem' (did you mean 'resume_rtc_stream'?)"] = function()
      return lua [[require("streamctl").zego.resume_rtc_streem { StreamId = "s1" }]]
    end,
    ["invalid_parameter: ResumeRTCStreams: StreamId item 1 must be"] = function()
      return lua [[print(require("streamctl").zego.resume_rtc_streams { StreamId = { "a b" } })]]
    end,
    ["the environment variable ZEGO_APP_ID is not set"] = function()
      return lua([[require("streamctl").zego.new()]], { ZEGO_APP_ID = false })
    end,
    ["module 'streamctl' not found"] = function()
      return lua [[package.path, package.cpath = "", "" require "streamctl"]]
    end,
    ["run it with the Lua that it was installed for"] = function()
      c:write("bin/streamctl", shell.read_file "bin/streamctl")
      return lua [[package.path, package.cpath = "", "" dofile "bin/streamctl"]]
    end,
    ["there is no lua5.3 here"] = function()
      return (shell.run "PATH=/nowhere DATADIR=/nowhere LUA=lua5.3 /bin/sh tools/install.sh 2>&1")
    end,
  }
  for _, name in ipairs { "cjson", "argparse" } do
    scenes[("has no module '%s'"):format(name)] = function()
      return lua(([[package.loaded.%s = nil
        package.preload.%s = function() error("module '%s' not found", 0) end
        arg = { "resume", "s1" }
        dofile %q]]):format(name, name, name, root .. "/bin/streamctl"))
    end
  end

  local messages, others = quoted(), {}
  for _, text in ipairs(OTHERS) do others[text] = true end

  for _, message in ipairs(messages) do
    if not others[message] then
      it("quotes " .. message, function()
        local said = assert(scenes[message], "no scene provokes it")()
        assert.is_true(says(said, message), said)
      end)
    end
  end

  it("has no scene and no exception that the page does not quote", function()
    local on_page = {}
    for _, message in ipairs(messages) do on_page[message] = true end
    for message in pairs(scenes) do assert.is_true(on_page[message], message) end
    for message in pairs(others) do assert.is_true(on_page[message], message) end
  end)
end)
