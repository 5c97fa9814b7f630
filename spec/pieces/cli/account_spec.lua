-- Which account flags, environment and profiles come to, and where each value comes from.

local fail = require "streamctl.cli.fail"
local account = require "streamctl.cli.account"
local helper = require "spec.pieces.cli.helper"
local options = require "streamctl.base.options"
local shell = require "spec.support.emulator.launcher.shell"

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

  -- The place of a field in messages.
  local function line(number) return ("profile default in %s line %d"):format(path, number) end

  local function secret_file(name, text, mode)
    local file = dir .. "/config/streamctl/" .. name
    shell.write_file(file, text)
    shell.run(("chmod %s %s"):format(mode or "600", shell.quote(file)))
    return file
  end

  -- An account; `values` are flags, in capital letters variables.
  local function open(values, hint)
    local args = { dry_run = true }
    local environment = { XDG_CONFIG_HOME = dir .. "/config", XDG_STATE_HOME = dir .. "/state" }
    for name, value in pairs(values or {}) do
      local is_variable = name:find "^%u" or name == "https_proxy"
      if is_variable then environment[name] = value or nil else args[name] = value or nil end
    end
    return account.new(helper.invocation(stream, { args = args, environment = environment }), hint)
  end

  local function assert_said(text, message)
    assert.truthy(message:find(text, 1, true), message)
  end

  -- Sees that there is no account, and that this is said.
  local function refused(text, values, use)
    local ok, thrown = pcall(function() return (use or tostring)(open(values)) end)
    assert.is_false(ok)
    assert.is_true(fail.is(thrown), tostring(thrown))
    assert.equal(2, thrown.status)
    assert_said(text, thrown.message)
    for _, secret in ipairs { SECRET, "hushhush" } do
      assert.is_nil(thrown.message:find(secret, 1, true), thrown.message)
    end
  end

  local function zego(more)
    return options.merged({ ZEGO_APP_ID = "1234567890", ZEGO_SERVER_SECRET = SECRET }, more or {})
  end

  local function aliyun(more)
    return options.merged({ ALIBABA_CLOUD_ACCESS_KEY_ID = "testid",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET = "hushhush" }, more or {})
  end

  local function both(more) return zego(aliyun(more)) end

  describe("has a vendor", function()
    it("by flag, variable, profile, command, keys, in this order", function()
      local two = "[profile default]\nvendor = aliyun\n[profile z]\nvendor = zego"
      for _, case in ipairs {
        { "zego", both { vendor = "zego", STREAMCTL_VENDOR = "aliyun" }, nil, two },
        { "zego", both { STREAMCTL_VENDOR = "zego" }, nil, two },
        { "aliyun", both(), { vendor = "zego" }, two },
        { "zego", both { profile = "z" }, { vendor = "aliyun" }, two },
        { "zego", both(), { vendor = "zego" } }, { "zego", zego() }, { "aliyun", aliyun() },
        { "zego", both(), { action = "resume_rtc_streams" } },
        { "aliyun", both(), { action = "ResumeLiveStream" } },
        { "aliyun", { ALIBABA_CLOUD_ECS_METADATA = "role" } },
      } do
        configure(case[4] or "")
        assert.equal(case[1], open(case[2], case[3]).vendor)
      end
    end)

    it("or ends, and says how to say it", function()
      refused("the environment has accounts of both vendors; say --vendor aliyun or", both())
      refused("neither ZEGO_APP_ID nor ALIBABA_CLOUD_ACCESS_KEY_ID is set", {})
      refused("or run streamctl configure, which writes a profile into " .. path, {})
      refused("must be aliyun or zego, not 'zeg' (environment STREAMCTL_VENDOR)",
        { STREAMCTL_VENDOR = "zeg" })
    end)

    it("that a profile somebody names must not be against", function()
      default "vendor = aliyun, timeout = 3"
      local settings = open(both { vendor = "zego" }).settings
      assert.same({ 15, "none" }, { settings.timeout.value, settings.profile.value })
      refused("is of aliyun, and flag --vendor says zego",
        both { vendor = "zego", profile = "default" })
    end)
  end)

  it("takes each value from flag, environment, profile, default, in this order", function()
    default("vendor = zego, app_id = 7, timeout = 9, attempts = 2, concurrency = 4, "
      .. "store = memory, is_test = true, endpoint = https://a.example:1")
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
    local made = opened.client.options
    assert.same({ "https://b.example", 5, 2, "test", "zego:7:test", "memory" }, { made.endpoint,
      made.timeout, made.retry, opened.mode, opened.client.account, opened.store })
    assert.equal("ZEGOCLOUD AppId 7, TEST environment, profile default, at b.example", opened.title)
    assert.matches("zego:7:test$", tostring(opened.client))
  end)

  it("is live unless something says otherwise, in words that cannot slip", function()
    for word, mode in pairs { ["1"] = "test", TRUE = "test", no = "live", [""] = "live" } do
      assert.equal(mode, open(zego { ZEGO_IS_TEST = word ~= "" and word }).mode)
    end
    refused("'is_test' must be true or false (environment ZEGO_IS_TEST)",
      zego { ZEGO_IS_TEST = "ture" })
    default "is_test = ture"
    refused("'is_test' must be true or false (" .. line(4) .. ")", zego())
  end)

  it("has no operation at a rate above the documented one, which that of tests is below", function()
    local function use(opened) opened:operation "resume_rtc_streams" end
    use(open(zego { rate = 20 }))
    refused("--rate 21 is above what is documented for ResumeRTCStreams: 20 requests a second",
      zego { rate = 21 }, use)
    refused("--rate 20 is above what is documented for ResumeRTCStreams in the test environment: ",
      zego { rate = 20, ZEGO_IS_TEST = "1" }, use)
  end)

  describe("finds its keys", function()
    it("in files, whose path in a profile begins at the profile", function()
      local own = secret_file("z.secret", SECRET .. "\n")
      default "vendor = zego, app_id = 1234567890, server_secret_file = z.secret"
      assert.equal("zego:1234567890", open({}).client.account)
      local other = secret_file("other", ("0"):rep(32))
      assert.equal(SECRET, open({ ZEGO_SERVER_SECRET = SECRET, ZEGO_SERVER_SECRET_FILE = other })
        .options.server_secret)
      assert.same({ file = other }, open({ ZEGO_SERVER_SECRET_FILE = other }).options.server_secret)
      assert.same({ file = own }, open({}).options.server_secret)
      assert.equal("", stream.text)
    end)

    it("and says so when others may use such a file", function()
      for _, mode in ipairs { "604", "640", "602" } do
        stream.text = ""
        local file = secret_file("z.secret", SECRET, mode)
        open { ZEGO_APP_ID = "1", ZEGO_SERVER_SECRET_FILE = file }
        assert_said("holds a secret, and others may use it; run: chmod 600 " .. file, stream.text)
      end
    end)

    it("or says what is missing", function()
      refused("the AppId is missing: set ZEGO_APP_ID, or run streamctl configure",
        { vendor = "zego" })
      refused("the ServerSecret is missing: set ZEGO_SERVER_SECRET, or ZEGO_SERVER_SECRET_FILE "
        .. "to a file that holds it, or run streamctl configure", { ZEGO_APP_ID = "1" })
      for file, text in pairs {
        [dir .. "/none"] = "cannot be read", [secret_file("empty", "\n")] = "must hold one line",
        [secret_file("two", SECRET .. "\n" .. SECRET)] = "must hold one line",
      } do
        refused(text, { ZEGO_APP_ID = "1", ZEGO_SERVER_SECRET_FILE = file })
      end
      refused("and ALIBABA_CLOUD_ACCESS_KEY_SECRET (or ALIBABA_CLOUD_ACCESS_KEY_SECRET_FILE)",
        { ALIBABA_CLOUD_ACCESS_KEY_ID = "testid" })
      refused("and ALIBABA_CLOUD_ACCESS_KEY_ID is missing",
        { ALIBABA_CLOUD_ACCESS_KEY_SECRET = "hushhush" })
      default "vendor = zego, app_id = 1, server_secret_file = none"
      refused("config.ini line 6); run streamctl configure --profile default",
        { profile = "default" })
    end)

    it("of Alibaba Cloud whole, from one place", function()
      secret_file("a.secret", "hushhush")
      secret_file("token", "hushhushtoken\n")
      default("vendor = aliyun, access_key_id = ofprofile, access_key_secret_file = a.secret, "
        .. "security_token_file = token")
      local opened, other = open {}, open(aliyun())
      assert.same({ "aliyun:ofprofile", "hushhushtoken" },
        { opened.client.account, opened.options.security_token })
      assert.same({ "aliyun:testid" }, { other.client.account, other.options.security_token })
      refused("is set, and ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        { ALIBABA_CLOUD_ACCESS_KEY_ID = "testid" })
      default "vendor = aliyun, access_key_id = ofprofile"
      refused("access_key_secret_file (streamctl configure asks for it) is missing", {})
    end)

    it("of Alibaba Cloud by a source, else by the usual chain", function()
      for value, name in pairs {
        ["ecs_role live"] = "ecs_role", ["ini  live"] = "ini", ["profile work"] = "profile",
        ["uri http://127.0.0.1/keys"] = "uri", ["process keys --json a"] = "process",
        ["assume_role acs:ram::1234567890123456:role/live"] = "assume_role",
        oidc = "oidc", environment = "environment", chain = "chain", ini = "ini",
      } do
        default("vendor = aliyun, credentials = " .. value)
        assert.equal(name, open({}).client.source.name)
      end
      default "vendor = aliyun, account = live"
      local opened = open {}
      assert.equal("chain", opened.client.source.name)
      assert.equal("aliyun:live", opened.client.account)
    end)

    it("or says which sources there are", function()
      for fields, message in pairs {
        ["credentials = ecs_rol"] = "profile default in " .. path .. " line 5: credentials "
          .. "'ecs_rol' must name a source of keys (did you mean 'ecs_role'?)",
        ["credentials = " .. SECRET] = "line 5: credentials must name a source of keys;",
        ["credentials = " .. ("hushhush"):rep(4)] = "line 5: credentials must name a source",
        ["credentials = chain hushhush"] = "line 5: credentials must be chain alone",
        ["credentials = uri x hushhush"] = "line 5: credentials.uri: url must",
        ["credentials = assume_role"] = "line 5: credentials.assume_role: ",
        ["credentials = ecs_role, access_key_id = x"] =
          "line 5: credentials and access_key_id are two keys",
      } do
        default("vendor = aliyun, " .. fields)
        refused(message, {})
      end
    end)

    it("of the profile that a flag names, and says so", function()
      secret_file("prod.secret", ("b"):rep(32))
      configure("[profile prod]\nvendor = zego\napp_id = 7\nserver_secret_file = prod.secret\n"
        .. "[profile live]\nvendor = aliyun\naccess_key_id = live\naccess_key_secret_file = "
        .. "prod.secret")
      local environment = zego { ZEGO_IS_TEST = "true", STREAMCTL_VENDOR = "zego",
        ALIBABA_CLOUD_ACCESS_KEY_ID = "shell", ALIBABA_CLOUD_ACCESS_KEY_SECRET = "s" }
      environment.profile = "prod"
      local found = open(environment)
      assert.same({ "zego:7", "live", { file = dir .. "/config/streamctl/prod.secret" } },
        { found.client.account, found.mode, found.options.server_secret })
      assert_said("app_id of profile prod goes before ZEGO_APP_ID of the environment", stream.text)
      environment.profile = "live"
      assert.equal("aliyun:live", open(environment).client.account)
    end)

    it("of the environment, and says so, where the profile that a flag names has none", function()
      configure "[profile slow]\nrate = 1"
      for vendor, environment in pairs { zego = zego, aliyun = aliyun } do
        local found = open(environment { profile = "slow" })
        assert.matches(" of the environment, live, profile slow$", found.title)
        assert.same({ vendor, "slow" }, { found.vendor, found.profile })
      end
      assert.equal("Alibaba Cloud credentials of the default chain, live, profile slow",
        open({ vendor = "aliyun", profile = "slow" }).title)
      assert.is_nil(open(zego()).title:find("environment", 1, true))
    end)

    it("of the environment before a profile that the environment names, and says so", function()
      configure "[profile prod]\nvendor = zego\napp_id = 7"
      local found = open(zego { STREAMCTL_PROFILE = "prod" })
      assert.equal("zego:1234567890", found.client.account)
      assert.equal("ZEGOCLOUD AppId 1234567890 of the environment, live, profile prod", found.title)
      assert.is_nil(found.profile) -- by which a retry would take the other account
      assert_said("ZEGO_APP_ID of the environment goes before app_id of profile prod", stream.text)
    end)
  end)

  describe("has a configuration that", function()
    it("holds no secret", function()
      for fields, instead in pairs {
        ["server_secret = " .. SECRET] = "server_secret_file = PATH, or set ZEGO_SERVER_SECRET",
        ["access_key_secret = hushhush"] = "access_key_secret_file = PATH, or set ALIBABA_CLOUD_A",
        ["Security_Token = hushhush"] = "write security_token_file",
        ["password = hushhush"] = "use a variable",
        ["callback_secret = hushhush"] = "use a variable",
      } do
        configure("[profile unused]\n" .. fields:gsub(", ", "\n"))
        refused(instead, zego())
        refused("is a secret, which does not belong into this file", zego())
        refused(path .. " line ", zego())
      end
    end)

    it("is right in names and types", function()
      for fields, message in pairs {
        ["time_out = 1"] = "line 4: unknown field 'time_out' (did you mean 'timeout'?)",
        ["timeout = soon"] = "'timeout' must be a number (profile default in ",
        ["vendor = aliyun, app_id = 1"] =
          "line 5: 'app_id' is for profiles of zego, and this one has vendor = aliyun",
        ["vendor = zegoo"] = "vendor must be aliyun or zego (did you mean 'zego'?)",
        ["domain ="] = "line 4: the field 'domain' has no value",
        ["store = ; none yet"] = "line 4: the field 'store' has no value",
        [SECRET .. " = zego"] = "line 4: unknown field",
        ["store = " .. SECRET] = "rediss://HOST, not what was given (" .. line(4) .. ")",
        ["ca_file = a\0b"] = path .. ": line 4 has a control character",
        ["[profile\tdefault]"] = path .. ": line 4 begins the section of line 3 again",
        ["[profile a\1]"] = "line 4 must be [profile NAME]",
        ["[home x]"] = "line 4 must be [profile NAME]",
        ["timeout = 1, timeout = 2"] = path .. ": line 5 has the key of line 4 again",
        ["profile = hushhush, hushhush"] = path .. ": line 5 must be written as key = value",
        ["[profil live]"] = "line 4 must be [profile NAME] (did you mean",
        ["[credentials live]"] = "line 4 must be [profile NAME]",
        ["[profile]"] = "line 4 must be [profile NAME]",
        ["endpoint.rtc = https://a"] = "line 4: unknown field 'endpoint.rtc'",
        -- what the library finds wrong is said with the place
        ["timeout = -1"] = "option 'timeout' must be more than 0",
        ["timeout = 1e9"] = "option 'timeout' must be more than 0",
        ["rate = 0"] = "field 'max' must be", ["concurrency = 0"] = "option 'concurrency' must be",
        ["attempts = 101"] = "option 'retry' must be false, a whole number",
        ["region = moon"] = "option 'region' must be one of",
        ["proxy = hushhush"] = "option 'proxy' must be",
      } do
        default(fields)
        refused(message, zego())
        if message:find "^option" or message:find "^field" then
          refused("(" .. line(4) .. ")", zego())
        end
      end
    end)

    it("nobody else can change, and is no bigger than one", function()
      configure ""
      shell.run("chmod 646 " .. shell.quote(path))
      refused("may be changed by everybody on this machine; run: chmod o-w ", zego())
      shell.run("chmod 644 " .. shell.quote(path))
      assert.equal("live", open(zego()).mode)
      configure("#" .. ("x"):rep(1048576))
      refused("has more than 1048576 bytes", zego())
    end)

    it("need not be there, unless a profile is named", function()
      assert.equal("live", open(zego()).mode)
      refused("there is no profile 'prod' in " .. path .. "; it has none", { profile = "prod" })
      configure "[profile production]\n[profile test]"
      refused("no profile 'producton' (did you mean 'production'?)",
        { STREAMCTL_PROFILE = "producton" })
      refused("it has production, test", { STREAMCTL_PROFILE = "x" })
      assert.equal("live", open(zego { XDG_CONFIG_HOME = "relative" }).mode)
    end)
  end)

  it("uses the proxy of the environment, unless a profile names one or none", function()
    local url = "http://user:hushhush@proxy.example:8080"
    local opened = open(zego { https_proxy = url })
    assert.same({ "env", "http://***@proxy.example:8080", "environment https_proxy" }, {
      opened.client.options.proxy, opened.settings.proxy.shown, opened.settings.proxy.from })
    for _, odd in ipairs { "user:hushhush@proxy.example:8080", "http://u:hus' hushhush@@p:1" } do
      local shown = open(zego { https_proxy = odd }).settings.proxy.shown
      assert.truthy(shown:find("^http://%*%*%*@p[^@]*$"), shown)
    end
    default "proxy = http://other.example:1"
    assert.equal("http://other.example:1", open(zego { https_proxy = url }).client.options.proxy)
    default "proxy = none"
    assert.is_nil(open(zego { https_proxy = url }).client.options.proxy)
  end)

  describe("has a store", function()
    it("in the user's state folder, which a dry run does not open", function()
      assert.equal("file:" .. dir .. "/state/streamctl/store", open(zego()).store)
      assert.equal(2, (select(2, shell.run("ls " .. shell.quote(dir .. "/state")))))
      assert.equal("file:/home/u/.local/state/streamctl/store",
        open(zego { HOME = "/home/u", XDG_STATE_HOME = false }).store)
      refused("say where to keep order and rates", zego { XDG_STATE_HOME = false, dry_run = false })
    end)

    it("that a flag, a variable or a profile names", function()
      default "store = memory"
      local file = secret_file("s", "redis://:hushhush@h:1\n")
      for _, case in ipairs {
        { "memory" }, { "file:/a", STREAMCTL_STORE = "file:/a" },
        { "file:b", STREAMCTL_STORE = "file:/a", store = "file:b" },
        { "redis://h:1/2", store = "redis://h:1/2" },
        { "rediss://h?ca_file=f", store = "rediss://h?ca_file=f" },
        { "redis://***@h?password_file=f", store = "redis://u@h?password_file=f" },
        { "redis://***@h:1", STREAMCTL_STORE = "redis://:hushhush@h:1" },
        { "redis://***@h:1", STREAMCTL_STORE_FILE = file },
      } do
        local expected = table.remove(case)
        local opened = open(zego(case))
        assert.same({ expected, expected }, { opened.store, opened.settings.store.shown })
      end
    end)

    it("or says what one is", function()
      for _, text in ipairs { "disk", "file:", "redis:h", "redis:redis://h", "memory:" } do
        refused("the store must be memory, file:PATH, redis://HOST or rediss://HOST, not '" .. text,
          zego { store = text })
      end
      refused("the store: a Redis URL has a number as DATABASE (flag --store)",
        zego { store = "redis://h/hushhush" })
      refused("the store: a Redis URL has a password with the user",
        zego { store = "redis://hushhush@h" })
      refused("not what was given (environment STREAMCTL_STORE)",
        zego { STREAMCTL_STORE = "redis:/:hushhush@h" })
      refused("can be read by others there (flag --store); set STREAMCTL_STORE",
        zego { store = "redis://:hushhush@h" })
      default "store = redis://:hushhush@h"
      refused("set STREAMCTL_STORE", zego())
      shell.write_file(dir .. "/file", "text")
      refused("name another one by --store",
        zego { dry_run = false, store = "file:" .. dir .. "/file/below/store" })
    end)
  end)
end)
