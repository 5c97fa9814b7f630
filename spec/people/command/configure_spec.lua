-- streamctl configure on a terminal: what it asks, shows, checks and writes.

local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"

local quote = shell.quote

command.describe("configure", function(c, e)
  local SHOWN = "which is not shown"
  local folder

  -- Tells whether the terminal shows what is typed, once the command has ended.
  local WITHIN = [[sh -c 'trap : INT; "$@"; s=$?; stty -a | grep -q " -echo " \
    || echo "the terminal shows what is typed"; exit $s' sh]]

  before_each(function()
    folder = c.home .. "/config/streamctl"
    shell.run("rm -rf " .. quote(c.home) .. "/*")
  end)

  local function read(name) return shell.read_file(folder .. "/" .. name) end

  local function write(name, text)
    shell.run("mkdir -p -m 700 " .. quote(folder))
    shell.write_file(folder .. "/" .. name, text)
  end

  local function files() return shell.run("ls -A " .. quote(folder) .. " 2>/dev/null") end

  -- Runs it with answers: pairs of what the screen has and what is typed then.
  local function configure(answers, options)
    options = options or {}
    local environment = { ZEGO_ENDPOINT = e.zego, ALIBABA_CLOUD_ENDPOINT = e.aliyun,
      STREAMCTL_CA_FILE = e.ca_file }
    for name, value in pairs(options.environment or {}) do environment[name] = value end
    local ran = c:terminal("configure " .. (options.words or ""), { keys = answers,
      vendor = "none", environment = environment, columns = 200, within = WITHIN })
    assert.matches("the terminal shows what is typed", ran.screen)
    for _, secret in ipairs { e.server_secret, e.access_key_secret, "hushhush" } do
      assert.is_nil(ran.screen:find(secret, 1, true), ran.screen)
    end
    return ran
  end

  local function assert_ended(status, ran, ...)
    assert.equal(status, ran.status, ran.screen)
    for _, text in ipairs { ... } do assert.truthy(ran.screen:find(text, 1, true), ran.screen) end
  end

  local function zego(more)
    local answers = { { "Vendor, aliyun or zego [zego]:", "\n" },
      { "AppId [none]:", ("%.0f\n"):format(e.app_id) },
      { SHOWN, e.server_secret .. "\n" } }
    for i, answer in pairs(more or {}) do answers[i] = answer end
    return answers
  end

  local ZEGO = "[profile default]\nvendor = zego\napp_id = 1234567890\n"
    .. "server_secret_file = default.zego.secret\n"

  it("writes a profile that works, with its secret in a file of its owner", function()
    e:reset()
    assert_ended(0, configure(zego()), "AppId 1234567890", "zego answer ok: DescribeUserNum",
      "The secret is in " .. folder .. "/default.zego.secret")
    assert.equal(ZEGO, read "config.ini")
    assert.equal(e.server_secret .. "\n", read "default.zego.secret")
    assert.equal("config.ini\ndefault.zego.secret\n", files())
    assert.equal("600\n600\n700\n", (shell.run(("stat -c %%a %s/* %s"):format(quote(folder),
      quote(folder)))))
    assert.equal(1, #e:requests())
    c:run("resume s1", { vendor = "none", environment = { ZEGO_ENDPOINT = e.zego,
      STREAMCTL_CA_FILE = e.ca_file } }):ok "profile default"
  end)

  it("keeps what it was not asked about, and what else the profile has", function()
    write("config.ini", "; mine\n[profile  prod] ; live\nvendor=aliyun\ntimeout = 7\n"
      .. "access_key_id = old\naccess_key_secret_file = \"my key;1\"\napp = x\n"
      .. "[profile b]\nvendor = zego")
    assert_ended(0, configure({ { "[n]:", "y\n" }, { "[aliyun]:", "\n" }, { "[old]:", "testid\n" },
      { SHOWN, e.access_key_secret .. "\n" } }, { words = "--profile prod" }),
      "aliyun answer ok: DescribeLiveUserDomains")
    assert.equal("; mine\n[profile  prod] ; live\nvendor = aliyun\n"
      .. 'access_key_id = testid\naccess_key_secret_file = "my key;1"\napp = x\ntimeout = 7\n'
      .. "[profile b]\nvendor = zego\n", read "config.ini")
    assert.equal(e.access_key_secret .. "\n", read "my key;1")
  end)

  it("takes a source of keys instead of a key", function()
    write("keys", "[mine]\ntype = access_key\naccess_key_id = testid\n"
      .. "access_key_secret = " .. e.access_key_secret)
    local answers = { { "[zego]:", "aliyun\n" }, { "[none]:", "ini mine\n" } }
    local options = { environment = { ALIBABA_CLOUD_CREDENTIALS_FILE = folder .. "/keys" } }
    assert_ended(0, configure(answers, options))
    assert.truthy(read "config.ini":find('vendor = aliyun\ncredentials = "ini mine"\n', 1, true))
    answers = { { "[n]:", "y\n" }, { "[aliyun]:", "\n" }, { "[ini mine]:", "\n" } }
    assert_ended(0, configure(answers, options))
  end)

  it("asks for another secret, or none, where the profile has a file with one", function()
    write("config.ini", ZEGO)
    write("default.zego.secret", "hushhush\n")
    local answers = zego()
    table.insert(answers, 1, { "[n]:", "y\n" })
    answers[3] = { "[1234567890]:", "\n" }
    assert_ended(0, configure(answers))
    assert.equal(e.server_secret .. "\n", read "default.zego.secret")
    answers[4] = { "as it is in the file]:", "\n" }
    assert_ended(0, configure(answers))
    assert.equal(e.server_secret .. "\n", read "default.zego.secret")
    assert.equal(ZEGO, read "config.ini")
  end)

  it("says what the vendor answered, and has that in its status", function()
    assert_ended(1, configure(zego { [3] = { SHOWN, ("0"):rep(32) .. "\n" } }),
      "is written", "zego credentials failed: signature: ",
      "AppId and ServerSecret must belong together")
    assert.equal(ZEGO, read "config.ini")
    assert_ended(1, configure({ { "[n]:", "y\n" }, { "[zego]:", "\n" }, { "[12", "\n" },
      { "in the file", "\n" } }, { environment = { ZEGO_ENDPOINT = "https://127.0.0.1:1" } }),
      "failed: ", "127.0.0.1:1")
    assert.equal(("0"):rep(32) .. "\n", read "default.zego.secret")
  end)

  it("writes nothing after no, Ctrl-C, or the end of the input", function()
    write("config.ini", ZEGO)
    local yes = { "[n]:", "y\n" }
    for _, case in ipairs {
      { 2, { { "[n]:", "\n" } } }, { 2, { { "[n]:", "maybe\n" }, { "[n]:", "n\n" } } },
      { 130, { { "[n]:", "\3" } } }, { 2, { { "[n]:", "\4" } } },
      { 130, { yes, { "[zego]:", "\n" }, { "AppId", "\3" } } },
      { 130, { yes, { "[zego]:", "\n" }, { "AppId", "\n" }, { SHOWN, "a\3" } } },
      { 2, { yes, { "[zego]:", "\n" }, { "AppId", "\n" }, { SHOWN, "\4" } } },
    } do
      assert_ended(case[1], configure(case[2]))
      assert.equal(ZEGO, read "config.ini")
      assert.equal("config.ini\n", files())
    end
  end)

  it("refuses without a terminal, and says what to write", function()
    local ran = c:run("configure --profile prod", { vendor = "none" }):refused("no terminal",
      folder .. "/config.ini", "[profile prod]", "server_secret_file")
    assert.is_nil(ran.err:find "%?")
    assert.equal("", files())
  end)

  it("refuses names that no profile has, and a file that cannot be read or written", function()
    assert_ended(2, configure({}, { words = "--profile a]b" }), "the name of a profile must be")
    write("config.ini", "vendor = zego\n")
    assert_ended(2, configure {}, "line 1 stands in no section")
    shell.run(("cd %s && rm config.ini && echo '[profile x]' >other && "
      .. "ln -s other config.ini"):format(quote(folder)))
    assert_ended(1, configure {}, "config.ini cannot be written")
    assert.equal("config.ini\nother\n", files())
    assert.equal("[profile x]\n", read "other")
    write("default.zego.secret.new", "of somebody")
    shell.run(("cd %s && rm config.ini && chmod 644 *.new"):format(quote(folder)))
    assert_ended(1, configure(zego()), "default.zego.secret.new is there, and others may use it")
  end)

  it("writes no secret into a file of another user", function()
    write("default.zego.secret.new", "")
    local new = quote(folder .. "/default.zego.secret.new")
    if select(2, shell.run("chmod 600 " .. new .. " && chown 65534 " .. new)) ~= 0 then
      return pending "only root can be two users"
    end
    assert_ended(1, configure(zego()), "this file belongs to another user")
    assert.equal("", read "default.zego.secret.new")
  end)

  it("asks again for what cannot be an answer", function()
    local answers = { { "[zego]:", "tencent\n" }, { "[zego]:", "\n" }, { "AppId [none]:", "len\n" },
      { "AppId [none]:", "\n" }, { "AppId [none]:", ("%.0f\n"):format(e.app_id) },
      { SHOWN, "\n" }, { SHOWN, e.server_secret .. "\n" } }
    assert_ended(0, configure(answers), "expected aliyun or zego", "expected digits",
      "expected a secret in one line")
    assert.equal(ZEGO, read "config.ini")
    write("config.ini", "[profile default]\nvendor = zego\nserver_secret_file = config.ini\n")
    assert_ended(2, configure { { "[n]:", "y\n" }, { "[zego]:", "\n" }, { "AppId", "1\n" } },
      "the configuration holds no secret")
    -- a key of this name is no source
    assert_ended(130, configure({ { "[zego]", "aliyun\n" }, { "[none]", "role\n" },
      { "AccessKey secret", "\3" } }, { words = "--profile b" }))
  end)
end)
