-- Which account flags, environment and profiles come to, and where each value comes from.

local account = require "streamctl.cli.account"
local abort = require "streamctl.cli.abort"
local helper = require "spec.unit.cli.helper"
local shell = require "spec.emulator.launcher.shell"

local SECRET = "9193cc662a4c0ec135ec71fb57194b38"

describe("the account", function()
  local dir, path, stream

  before_each(function()
    dir = shell.run("mktemp -d"):gsub("%s+$", "")
    path = dir .. "/config/streamctl/config.ini"
    shell.run("mkdir -p " .. shell.quote(dir .. "/config/streamctl"))
    stream = helper.stream()
  end)
  after_each(function() shell.run("rm -rf " .. shell.quote(dir)) end)

  local function configure(text) shell.write_file(path, text) end

  -- A profile "default" of fields, which a comma and a blank separate.
  local function default(fields)
    configure("# fields\n\n[profile default]\n" .. fields:gsub(", ", "\n"))
  end

  local function secret_file(name, text, mode)
    local file = dir .. "/config/streamctl/" .. name
    shell.write_file(file, text)
    shell.run(("chmod %s %s"):format(mode or "600", shell.quote(file)))
    return file
  end

  -- An account; `args` are flags, those names in capital letters variables.
  local function open(values, hint)
    local args = { dry_run = true }
    local environment = { XDG_CONFIG_HOME = dir .. "/config", XDG_STATE_HOME = dir .. "/state" }
    for name, value in pairs(values or {}) do
      local where = name:find "^%u" and environment or name == "https_proxy" and environment or args
      where[name] = value or nil
    end
    return account.new(helper.invocation(stream, { args = args, environment = environment }), hint)
  end

  -- What is said where there is none.
  local function refused(values, hint, use)
    local ok, thrown = pcall(function()
      local opened = open(values, hint)
      return use and use(opened) or opened.client
    end)
    assert.is_false(ok)
    assert.is_true(abort.is(thrown), tostring(thrown))
    assert.equal(2, thrown.status)
    for _, secret in ipairs { SECRET, "hushhush" } do
      assert.is_nil(thrown.message:find(secret, 1, true), thrown.message)
    end
    return thrown.message
  end

  local function assert_said(text, message)
    assert.truthy(message:find(text, 1, true), message)
  end

  local function zego(more)
    local values = { ZEGO_APP_ID = "1234567890", ZEGO_SERVER_SECRET = SECRET }
    for name, value in pairs(more or {}) do values[name] = value end
    return values
  end

  local function aliyun(more)
    local values = { ALIBABA_CLOUD_ACCESS_KEY_ID = "testid",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET = "hushhush" }
    for name, value in pairs(more or {}) do values[name] = value end
    return values
  end

  local function both(more)
    return zego(aliyun(more))
  end

  describe("has a vendor", function()
    it("by flag, variable, profile, command, keys, in this order", function()
      configure "[profile default]\nvendor = aliyun\n[profile z]\nvendor = zego"
      assert.equal("zego", open(both { vendor = "zego", STREAMCTL_VENDOR = "aliyun" }).vendor)
      assert.equal("zego", open(both { STREAMCTL_VENDOR = "zego" }).vendor)
      assert.equal("aliyun", open(both(), { vendor = "zego" }).vendor)
      assert.equal("zego", open(both { profile = "z" }, { vendor = "aliyun" }).vendor)
      configure ""
      assert.equal("zego", open(both(), { vendor = "zego" }).vendor)
      assert.equal("zego", open(both(), { action = "resume_rtc_streams" }).vendor)
      assert.equal("aliyun", open(both(), { action = "ResumeLiveStream" }).vendor)
      assert.equal("zego", open(zego()).vendor)
      assert.equal("aliyun", open(aliyun()).vendor)
      assert.equal("aliyun", open { ALIBABA_CLOUD_ECS_METADATA = "role" }.vendor)
    end)

    it("or ends, and says how to say it", function()
      assert_said("the environment has accounts of both vendors; say --vendor aliyun or",
        refused(both()))
      assert_said("neither ZEGO_APP_ID nor ALIBABA_CLOUD_ACCESS_KEY_ID is set", refused {})
      assert_said(path, refused {})
      assert_said("must be aliyun or zego, not 'zeg' (environment STREAMCTL_VENDOR)",
        refused { STREAMCTL_VENDOR = "zeg" })
    end)

    it("that a profile somebody names must not be against", function()
      default "vendor = aliyun, timeout = 3"
      local opened = open(both { vendor = "zego" })
      assert.equal(15, opened.settings.timeout.value) -- nobody asked for that profile
      assert.equal("none", opened.settings.profile.value)
      assert_said("is of aliyun, and flag --vendor says zego",
        refused(both { vendor = "zego", profile = "default" }))
    end)
  end)

  it("takes each value from flag, environment, profile, default, in this order", function()
    default("vendor = zego, app_id = 7, timeout = 9, attempts = 2, concurrency = 4, "
      .. "store = memory, is_test = true, endpoint = https://a.example:1")
    local function line(number) return ("profile default in %s line %d"):format(path, number) end
    local opened = open { timeout = 5, ZEGO_ENDPOINT = "b.example", ZEGO_SERVER_SECRET = SECRET }
    local seen = {}
    for _, setting in ipairs(opened.settings) do
      seen[setting.name] = { setting.value, setting.from }
    end
    assert.same({
      vendor = { "zego", line(4) }, profile = { "default", "default" }, app_id = { "7", line(5) },
      is_test = { true, line(10) }, server_secret = { "set", "environment ZEGO_SERVER_SECRET" },
      endpoint = { "b.example", "environment ZEGO_ENDPOINT" },
      ca_file = { "the system's", "default" }, proxy = { "none", "default" },
      timeout = { 5, "flag --timeout" }, attempts = { 2, line(7) }, concurrency = { 4, line(8) },
      store = { "memory", line(9) },
    }, seen)
    local options = opened.client.options
    assert.same({ "https://b.example", 5, 2 },
      { options.endpoint, options.timeout, options.retry.attempts })
    assert.same({ "test", "zego:7", "memory" }, { opened.mode, opened.key, opened.store })
    assert.equal("ZEGOCLOUD AppId 7, TEST environment, profile default, at b.example", opened.title)
    assert.equal("AppId 7 (test environment)", opened.client.account)
  end)

  it("is live unless something says otherwise, in words that cannot slip", function()
    assert.equal("live", open(zego()).mode)
    for word, mode in pairs { ["1"] = "test", TRUE = "test", no = "live", ["false"] = "live" } do
      assert.equal(mode, open(zego { ZEGO_IS_TEST = word }).mode)
    end
    assert_said("'is_test' must be true or false (environment ZEGO_IS_TEST)",
      refused(zego { ZEGO_IS_TEST = "ture" }))
    default "is_test = ture"
    assert_said("'is_test' must be true or false (profile default in " .. path .. " line 4)",
      refused(zego()))
  end)

  describe("finds its keys", function()
    it("in files, whose path in a profile begins at the profile", function()
      secret_file("z.secret", SECRET .. "\n")
      default "vendor = zego, app_id = 1234567890, server_secret_file = z.secret"
      local opened = open {}
      assert.equal("zego:1234567890", opened.key)
      assert.equal(SECRET, opened:server_secret())
      assert.equal("", stream.text)
      local other = secret_file("other", ("0"):rep(32))
      assert.equal(("0"):rep(32), open { ZEGO_SERVER_SECRET_FILE = other }:server_secret())
      assert.equal(SECRET, open { ZEGO_SERVER_SECRET = SECRET,
        ZEGO_SERVER_SECRET_FILE = other }:server_secret())
    end)

    it("and says so when others may use such a file", function()
      for _, mode in ipairs { "604", "640", "602" } do
        stream.text = ""
        local file = secret_file("z.secret", SECRET, mode)
        open(zego { ZEGO_SERVER_SECRET = false, ZEGO_SERVER_SECRET_FILE = file })
        assert_said("holds a secret, and others may use it; run: chmod 600 " .. file, stream.text)
      end
    end)

    it("or says what is missing", function()
      assert_said("the AppId is missing", refused { vendor = "zego" })
      assert_said("the ServerSecret is missing: set ZEGO_SERVER_SECRET, or ZEGO_SERVER_SECRET_FILE",
        refused { ZEGO_APP_ID = "1" })
      assert_said("cannot be read", refused { ZEGO_APP_ID = "1",
        ZEGO_SERVER_SECRET_FILE = dir .. "/none" })
      assert_said("must hold one line", refused { ZEGO_APP_ID = "1",
        ZEGO_SERVER_SECRET_FILE = secret_file("two", SECRET .. "\n" .. SECRET) })
      assert_said("must hold one line", refused { ZEGO_APP_ID = "1",
        ZEGO_SERVER_SECRET_FILE = secret_file("none", "\n") })
      assert_said("and ALIBABA_CLOUD_ACCESS_KEY_SECRET (or ALIBABA_CLOUD_ACCESS_KEY_SECRET_FILE)",
        refused { ALIBABA_CLOUD_ACCESS_KEY_ID = "testid" })
      assert_said("and ALIBABA_CLOUD_ACCESS_KEY_ID is missing",
        refused { ALIBABA_CLOUD_ACCESS_KEY_SECRET = "hushhush" })
    end)

    it("of Alibaba Cloud whole, from one place", function()
      secret_file("a.secret", "hushhush")
      secret_file("token", "hushhushtoken\n")
      default("vendor = aliyun, access_key_id = ofprofile, access_key_secret_file = a.secret, "
        .. "security_token_file = token")
      local opened = open {}
      assert.equal("aliyun:ofprofile", opened.key)
      assert.equal("hushhushtoken", opened.options.security_token)
      opened = open(aliyun())
      assert.equal("aliyun:testid", opened.key)
      assert.is_nil(opened.options.security_token) -- that is the other key's
      assert_said("is set, and ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        refused { ALIBABA_CLOUD_ACCESS_KEY_ID = "testid" })
      default "vendor = aliyun, access_key_id = ofprofile"
      assert_said("access_key_secret_file", refused {})
    end)

    it("of Alibaba Cloud by a source, else by the usual chain", function()
      local ROLE = "source = assume_role, role_arn = acs:ram::1234567890123456:role/live, "
      for fields, name in pairs {
        ["source = ecs_role, role_name = live, v1 = false, timeout = 2"] = "ecs_role",
        ["source = profile, name = work"] = "profile",
        ["source = uri, url = http://127.0.0.1/keys"] = "uri",
        ["source = process, command = keys --json 'a b'"] = "process",
        ["source = chain"] = "chain", ["source = chain, sources = uri host"] = "chain",
        [ROLE .. "base = host, duration = 900, external_id = 42"] = "assume_role",
        [ROLE .. "vpc = no"] = "assume_role",
      } do
        default("vendor = aliyun, credentials = live, [credentials live], " .. fields
          .. ", [credentials host], source = ecs_role")
        assert.equal(name, open({}).client.source.name)
      end
      for _, name in ipairs { "oidc", "environment", "chain", "ini" } do
        default("vendor = aliyun, credentials = " .. name)
        assert.equal(name, open({}).client.source.name)
      end
      default "vendor = aliyun, account = live"
      local opened = open {}
      assert.equal("chain", opened.client.source.name)
      assert.equal("aliyun:live", opened.key)
    end)

    it("or says which sources there are", function()
      local LIVE = "credentials = live, [credentials live], "
      local live = "credentials live in " .. path
      for fields, message in pairs {
        [LIVE .. "role_name = x"] = live .. ": source must be one of assume_role, chain, ecs_role",
        [LIVE .. "source = static"] = live .. ": source must be one of",
        ["credentials = ecs"] = "profile default in " .. path .. " line 5: credentials without a "
          .. "section [credentials ecs] must be one of assume_role",
        [LIVE .. "source = ecs_role, role_nam = x"] = "did you mean 'role_name'?",
        [LIVE .. "source = ecs_role, name = x"] = live .. ": credentials.ecs_role: there is no",
        [LIVE .. "source = ecs_role, timeout = 1 s"] =
          "'timeout' must be a number (" .. live .. " line 8)",
        ["credentials = ecs_role, access_key_id = x"] =
          "line 5: credentials and access_key_id are two keys",
        [LIVE .. "source = chain, sources = live"] = "too many sources are in one another",
        [LIVE .. "source = chain, sources = x"] =
          live .. " line 8: credentials without a section [credentials x]",
      } do
        default("vendor = aliyun, " .. fields)
        assert_said(message, refused {})
      end
    end)

    it("and says when the environment goes before a profile that somebody names", function()
      configure "[profile prod]\nvendor = zego\napp_id = 7"
      assert.equal("zego:1234567890", open(zego { profile = "prod" }).key)
      assert_said("ZEGO_APP_ID of the environment goes before app_id of profile prod", stream.text)
    end)
  end)

  describe("has a configuration that", function()
    it("holds no secret", function()
      for fields, instead in pairs {
        ["server_secret = " .. SECRET] = "server_secret_file = PATH, or set ZEGO_SERVER_SECRET",
        ["access_key_secret = hushhush"] = "access_key_secret_file = PATH, or set ALIBABA_CLOUD_A",
        ["Security_Token = hushhush"] = "security_token_file",
        ["[credentials x], password = hushhush"] = "use a variable",
        ["callback_secret = hushhush"] = "use a variable",
      } do
        configure("[profile unused]\n" .. fields:gsub(", ", "\n"))
        local message = refused(zego())
        assert_said("is a secret, which does not belong into this file", message)
        assert_said(instead, message)
        assert_said(path .. " line ", message)
      end
    end)

    it("is right in names and types", function()
      for fields, message in pairs {
        ["time_out = 1"] = "line 4: unknown field 'time_out' (did you mean 'timeout'?)",
        ["timeout = soon"] = "'timeout' must be a number (profile default in ",
        ["vendor = aliyun, app_id = 1"] =
          "line 5: 'app_id' is for profiles of zego, and this one has vendor = aliyun",
        ["vendor = zegoo"] = "vendor must be aliyun or zego (did you mean 'zego'?)",
        ["domain ="] = "line 4: 'domain' has no value",
        ["timeout = 1, timeout = 2"] = path .. ": line 5 has the key of line 4 again",
        ["profile = hushhush, hushhush"] = path .. ": line 5 must be written as key = value",
        ["[profil live]"] = "line 4 must be [profile NAME] or [credentials NAME] (did you mean",
        ["[profile]"] = "line 4 must be [profile NAME]",
        ["endpoint = https://a, endpoint.rtc = https://b"] = "two endpoints; write one of them",
        -- what the library finds wrong is said with the place
        ["timeout = -1"] = "option 'timeout' must be more than 0",
        ["timeout = 1e9"] = "option 'timeout' must be more than 0",
        ["rate = 0"] = "field 'most' must be", ["concurrency = 0"] = "option 'concurrency' must be",
        ["attempts = 101"] = "field 'attempts' must be a whole number from 1 to 100",
        ["region = moon"] = "option 'region' must be one of",
        ["proxy = hushhush"] = "option 'proxy' must be",
        ["endpoint.rtx = https://a"] = "(profile default in " .. path,
      } do
        default(fields)
        local said = refused(zego())
        assert_said(message, said)
        if message:find "^option" or message:find "^field" then
          assert_said("(profile default in " .. path .. " line 4)", said)
        end
      end
    end)

    it("nobody else can change, and is no bigger than one", function()
      configure ""
      shell.run("chmod 646 " .. shell.quote(path))
      assert_said("may be changed by everybody on this machine; run: chmod o-w ", refused(zego()))
      shell.run("chmod 644 " .. shell.quote(path))
      assert.equal("live", open(zego()).mode)
      configure("#" .. ("x"):rep(1048576))
      assert_said("has more than 1048576 bytes", refused(zego()))
    end)

    it("was written in Lua once, which is refused with what to write", function()
      local SAID = "a profile is a line [profile default], with lines such as vendor = zego below"
      configure "profiles = {\n  default = { vendor = 'zego' },\n}"
      assert_said(path .. ": line 1 stands in no section; " .. SAID, refused(zego()))
      local old = path:gsub("ini$", "lua")
      os.rename(path, old)
      assert_said(("%s is read no more; write its profiles into %s: %s"):format(old, path, SAID),
        refused(zego()))
      configure ""
      assert.equal("live", open(zego()).mode)
    end)

    it("need not be there, unless a profile is named", function()
      shell.run("rm -f " .. shell.quote(path))
      assert.equal("live", open(zego()).mode)
      assert_said("there is no profile 'prod': there is no " .. path, refused { profile = "prod" })
      configure "[profile production]\n[profile test]"
      local message = refused { STREAMCTL_PROFILE = "producton" }
      assert_said("(did you mean 'production'?)", message)
      assert_said("it has production, test", message)
      assert.equal("live", open(zego { XDG_CONFIG_HOME = "relative" }).mode)
    end)
  end)

  it("uses the proxy of the environment, unless a profile names one or none", function()
    local url = "http://user:hushhush@proxy.example:8080"
    local opened = open(zego { https_proxy = url })
    assert.equal("env", opened.client.options.proxy)
    assert.equal("http://***@proxy.example:8080", opened.settings.proxy.shown)
    assert.equal("environment https_proxy", opened.settings.proxy.from)
    for _, odd in ipairs { "user:hushhush@proxy.example:8080", "http://u:hus' hushhush@@p:1" } do
      local shown = open(zego { https_proxy = odd }).settings.proxy.shown
      assert.truthy(shown:find("^http://%*%*%*@p[^@]*$"), shown)
    end
    default "proxy = http://other.example:1"
    assert.equal("http://other.example:1", open(zego { https_proxy = url }).client.options.proxy)
    default "proxy = none"
    assert.is_nil(open(zego { https_proxy = url }).client.options.proxy)
  end)

  describe("has operations", function()
    it("found by either spelling", function()
      local opened = open(zego())
      assert.equal("resume_rtc_streams", opened:operation("ResumeRTCStreams").name)
      assert.equal("ResumeRTCStreams", opened:operation("resume_rtc_streams").action)
    end)

    it("or says what may have been meant", function()
      local function said(name, more)
        return refused(zego(more), nil, function(opened) return opened:operation(name) end)
      end
      assert_said("ZEGOCLOUD has no operation 'resume_rtc_stream_s'", said "resume_rtc_stream_s")
      assert_said("did you mean 'resume_rtc_stream'?", said "resume_rtc_strem")
      assert_said("ResumeLiveStream is an operation of Alibaba Cloud, and this account is of "
        .. "ZEGOCLOUD; say --vendor aliyun", said "ResumeLiveStream")
    end)

    it("that --rate slows down and never speeds up", function()
      local row = open(zego { rate = 20 }):operation "ResumeRTCStreams"
      assert.equal(20, row.rate)
      assert_said("--rate 20.5 is above what is documented for ResumeRTCStreams: 20 requests",
        refused(zego { rate = 20.5 }, nil, function(opened) return opened:operation(row.name) end))
      assert_said("in the test environment: 5 requests", refused(zego { rate = 6,
        ZEGO_IS_TEST = "1" }, nil, function(opened) return opened:operation(row.name) end))
      assert.same({ most = 7 }, open(zego { rate = 7 }).client.options.rate_limit)
      -- a profile is for all operations
      default "rate = 30"
      assert.equal(row, open(zego()):operation(row.name))
    end)
  end)

  describe("has a store", function()
    it("in the user's state folder", function()
      local opened = open(zego { dry_run = false })
      assert.equal("file:" .. dir .. "/state/streamctl/store", opened.store)
      assert.equal("600 700", (shell.run(("cd %s && stat -c %%a store . | xargs"):format(
        shell.quote(dir .. "/state/streamctl"))):gsub("%s+$", "")))
      opened = open(zego { HOME = "/home/u", XDG_STATE_HOME = false })
      assert.equal("file:/home/u/.local/state/streamctl/store", opened.store)
      assert_said("say where to keep order and rates", refused(zego { XDG_STATE_HOME = false,
        dry_run = false }))
    end)

    it("that a dry run does not open", function()
      open(zego())
      assert.equal(2, (select(2, shell.run("ls " .. shell.quote(dir .. "/state")))))
    end)

    it("that a flag, a variable or a profile names", function()
      default "store = memory"
      assert.equal("memory", open(zego()).store)
      assert.equal("file:/a", open(zego { STREAMCTL_STORE = "file:/a" }).store)
      assert.equal("file:b", open(zego { STREAMCTL_STORE = "file:/a", store = "file:b" }).store)
      for _, url in ipairs { "redis://h:1/2", "redis:redis://h" } do
        assert.equal(url, open(zego { store = url }).store)
      end
      local opened = open(zego { STREAMCTL_STORE = "redis://:hushhush@h:1" })
      assert.equal("redis://***@h:1", opened.store)
      assert.equal("redis://***@h:1", opened.settings.store.shown)
      opened = open(zego { STREAMCTL_STORE_FILE = secret_file("s", "redis://:hushhush@h:1\n") })
      assert.equal("redis://***@h:1", opened.store)
    end)

    it("or says what one is", function()
      for _, text in ipairs { "disk", "file:", "redis:h", "redis://", "rediss://h", "memory:" } do
        assert_said("the store must be memory, file:PATH or redis://HOST[:PORT], not '" .. text,
          refused(zego { store = text }))
      end
      assert_said("not what was given (environment STREAMCTL_STORE)",
        refused(zego { STREAMCTL_STORE = "redis:/:hushhush@h" }))
      assert_said("can be read by others there (flag --store); set STREAMCTL_STORE",
        refused(zego { store = "redis://:hushhush@h" }))
      default "store = redis://:hushhush@h"
      assert_said("set STREAMCTL_STORE", refused(zego()))
      shell.write_file(dir .. "/file", "text")
      assert_said("name another one by --store", refused(zego { dry_run = false,
        store = "file:" .. dir .. "/file/below/store" }))
    end)
  end)
end)
