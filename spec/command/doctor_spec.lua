-- streamctl doctor: each thing that can be wrong is found, said with what to do, and in the status.

local cjson = require "cjson"
local command = require "spec.support.command"
local shell = require "spec.emulator.launcher.shell"

command.describe("doctor", function(c, e)
  -- Its status and its rows by check, without the vendor's name.
  local function doctor(options, ...)
    local words = { "doctor", "-o", "jsonl", ... }
    local ran = c:run(words, options)
    local rows = {}
    for _, row in ipairs(ran:rows()) do
      rows[row.check:gsub("^%l+ (.)", "%1")] = row
    end
    return ran.status, rows, ran
  end

  local function zego(changes)
    return { vendor = "zego", environment = changes }
  end

  local ORDER = { "name", "connection", "TLS", "answer", "clock", "credentials" }

  -- That the steps before one are fine, this one failed, and the others were left out.
  local function assert_fails_at(step, rows)
    local reached = false
    for _, name in ipairs(ORDER) do
      local want = reached and "skipped" or name == step and "failed" or "ok"
      reached = reached or name == step
      assert.equal(want, rows[name].state, name .. ": " .. rows[name].found)
    end
    assert.matches("%a%a%a", rows[step].advice)
  end

  it("finds nothing where all is well, by one request to each vendor", function()
    local status, rows, ran = doctor {}
    assert.equal(0, status, ran.out .. ran.err)
    local seen = 0
    for line in ran.out:gmatch "[^\n]+" do
      assert.equal("ok", cjson.decode(line).state, line)
      seen = seen + 1
    end
    assert.equal(20, seen)
    assert.matches("^streamctl %d.*Lua.*libcurl/%d", rows.versions.found)
    local sent = e:requests()
    assert.equal(2, #sent)
    local actions = { sent[1].action, sent[2].action }
    table.sort(actions)
    assert.same({ "DescribeLiveUserDomains", "DescribeUserNum" }, actions)
  end)

  it("tells which source had the key", function()
    local path = c:write("ini", ("[default]\ntype = access_key\naccess_key_id = testid\n"
      .. "access_key_secret = %s\n"):format(e.access_key_secret))
    local ended, rows = doctor({ vendor = "none", environment = {
      ALIBABA_CLOUD_ENDPOINT = e.aliyun, ALIBABA_CLOUD_CREDENTIALS_FILE = path,
    } }, "--vendor=aliyun")
    assert.equal(0, ended)
    -- as the vendor's packages call that file
    assert.matches("chain, live.*, from default/profile$", rows.credentials.found)
  end)

  it("shows a line for each check", function()
    local ran = c:run({ "doctor" }, { vendor = "aliyun" })
    assert.equal(0, ran.status)
    assert.matches("^CHECK +RESULT +FOUND, AND WHAT TO DO\n", ran.out)
    assert.matches("\naliyun credentials +ok +Alibaba Cloud key testid, live", ran.out)
  end)

  -- A libcurl that tells another version is put before the machine's.
  it("finds a libcurl that is too old, and commands say so without a crash", function()
    local library = c.dir .. "/older.so"
    shell.write_file(c.dir .. "/older.c", [[
      #include <curl/curl.h>
      curl_version_info_data *curl_version_info(CURLversion age) {
        static curl_version_info_data info = { .version = "7.87.0", .version_num = 0x075700 };
        (void)age;
        return &info;
      }]])
    local said, built = shell.run(("cc -shared -fPIC -o %s %s"):format(shell.quote(library),
      shell.quote(c.dir .. "/older.c")))
    assert.equal(0, built, said)
    local before = (os.getenv "LD_PRELOAD" or "") .. " " .. library
    local TOO_OLD = "libcurl 7.87.0 is too old; install libcurl 7.88 or newer"
    local status, rows = doctor(zego { LD_PRELOAD = before })
    assert.equal(1, status)
    assert.equal("failed", rows.versions.state)
    assert.matches(TOO_OLD, rows.versions.found, 1, true)
    assert.matches("libcurl 7.88", rows.versions.advice, 1, true)
    local ran = c:run({ "call", "DescribeUserNum", "RoomId=r" }, zego { LD_PRELOAD = before })
    assert.not_equal(0, ran.status)
    assert.is_true(ran.status < 128, ran.err)
    assert.matches(TOO_OLD, ran.err, 1, true)
    assert.equal(0, #e:requests())
  end)

  -- What is wrong: at which step that shows, what is found, what to do, and the environment.
  local FAULTS = {
    { "a name that there is not", "name", "", "getent hosts streams%.invalid", "zego", function()
      return { ZEGO_ENDPOINT = "https://streams.invalid" }
    end },
    { "that nobody listens", "connection", "", "reach 127%.0%.0%.1", "zego", function()
      return { ZEGO_ENDPOINT = e.refused }
    end },
    { "that the proxy is not there", "connection", "", "proxy", "zego", function()
      return { https_proxy = "http://u:proxypass@127.0.0.1:1" }
    end },
    { "a certificate that has ended", "TLS", "", "STREAMCTL_CA_FILE", "aliyun", function()
      return { ALIBABA_CLOUD_ENDPOINT = e.tls_expired }
    end },
    { "an authority that the system does not know", "TLS", "", "the system's", "zego", function()
      return { STREAMCTL_CA_FILE = false }
    end },
    { "a ServerSecret that does not fit", "credentials", "^signature: ",
      "environment ZEGO_SERVER_SECRET", "zego", function()
      return { ZEGO_SERVER_SECRET = ("0"):rep(32) }
    end },
    { "a key that there is not", "credentials", "", "environment ALIBABA_CLOUD_ACCESS_KEY_ID",
      "aliyun", function() return { ALIBABA_CLOUD_ACCESS_KEY_ID = "another" } end },
    { "that a key may not read", "credentials", "", "live:DescribeLiveUserDomains", "aliyun",
      function()
      e:fault { vendor = "aliyun", kind = "status", status = 403, code = "Forbidden.RAM",
        message = "not authorized" }
    end },
    { "that a vendor is down", "answer", "", "", "zego", function()
      e:fault { vendor = "zego", kind = "status", status = 503 }
    end },
  }
  for _, case in ipairs(FAULTS) do
    it("finds " .. case[1], function()
      local step, found, advice, vendor, prepare = case[2], case[3], case[4], case[5], case[6]
      local status, rows, ran = doctor { vendor = vendor, environment = prepare() or {} }
      assert.equal(step == "credentials" and 3 or 1, status)
      assert_fails_at(step, rows)
      assert.matches(found, rows[step].found)
      assert.matches(advice, rows[step].advice)
      assert.is_nil(ran.out:find("proxypass", 1, true))
    end)
  end

  it("names the host that is asked, of a region too, and says where TLS is not used", function()
    local path = c:configure(([[
      [profile fra]
      vendor = zego
      region = fra
      proxy = http://127.0.0.1:1
      [profile plain]
      vendor = zego
      endpoint.rtc = %s
      endpoint.cloudrecord = https://r.invalid]]):format(e.zego_http))
    local given = zego { ZEGO_ENDPOINT = false }
    local status, rows = doctor(given, "--profile", "fra")
    assert.equal(1, status)
    assert_fails_at("connection", rows)
    assert.matches("requests to rtc-api-fra.zego.im through", rows.connection.advice, 1, true)
    status, rows = doctor(given, "--profile", "plain")
    os.remove(path)
    assert.equal(0, status)
    assert.equal("none: the endpoint is plain http", rows.TLS.found)
  end)

  it("finds a clock that is wrong", function()
    for _, seconds in ipairs { 3600, -3600, 120 } do
      e:config { clock_offset = seconds }
      local status, rows = doctor(zego {})
      assert.equal(1, status)
      assert.equal("failed", rows.clock.state)
      assert.matches(seconds > 0 and "^%d+ s behind" or "^%d+ s ahead", rows.clock.found)
      assert.matches("timedatectl", rows.clock.advice)
      assert.equal("ok", rows.answer.state)
    end
  end)

  it("finds that there are no keys, without a request", function()
    local status, rows = doctor { vendor = "none" }
    assert.equal(1, status)
    assert.matches("ZEGO_APP_ID", rows.account.found)
    status, rows = doctor({ vendor = "none" }, "--vendor", "aliyun")
    assert.equal(3, status)
    assert.equal("failed", rows.credentials.state)
    assert.matches("set ALIBABA_CLOUD_ACCESS_KEY_ID and", rows.credentials.advice)
    for i = 1, 4 do assert.equal("skipped", rows[ORDER[i]].state) end
    status, rows = doctor(zego { ZEGO_SERVER_SECRET = false })
    assert.equal(1, status)
    assert.matches("ZEGO_SERVER_SECRET_FILE", rows.account.found)
    assert.same({}, e:requests())
  end)

  it("finds a configuration that cannot be read", function()
    local path = c:configure "[profile default]\nvendor\n"
    local status, rows = doctor {}
    os.remove(path)
    assert.equal(1, status)
    assert.equal("failed", rows.configuration.state)
    assert.matches("config.ini: line 2 ", rows.configuration.found, 1, true)
    assert.is_nil(rows.credentials)
  end)

  describe("of the store", function()
    it("finds a folder in which no file can be made", function()
      local path = c:write("afile", "x")
      local status, rows = doctor(zego {}, "--store", "file:" .. path .. "/below/store")
      assert.equal(1, status)
      assert.equal("failed", rows.store.state)
      assert.matches("--store", rows.store.advice, 1, true)
      assert.equal("ok", rows.credentials.state) -- one thing does not hide another
    end)

    it("finds that there is no place for one", function()
      local status, rows = doctor(zego { HOME = false, XDG_STATE_HOME = false })
      assert.equal(1, status)
      assert.equal("failed", rows.store.state)
      assert.matches("--store memory", rows.store.found, 1, true)
      assert.equal("ok", rows.credentials.state)
    end)

    it("finds a file that is none", function()
      local path = c:write("nostore", ("text"):rep(100))
      local status, rows = doctor(zego {}, "--store", "file:" .. path)
      assert.equal(1, status)
      assert.equal("failed", rows.store.state)
    end)

    it("finds one that others may change", function()
      assert.equal(0, (doctor(zego {}, "--store", "file:shared")))
      shell.run("chmod 666 " .. shell.quote(c.dir .. "/shared"))
      local status, rows = doctor(zego {}, "--store", "file:shared")
      assert.equal(1, status)
      assert.matches("shared has mode 666", rows.store.found)
      assert.matches("chmod 600 shared", rows.store.advice)
    end)
  end)
end)
