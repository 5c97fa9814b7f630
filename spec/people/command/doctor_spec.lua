-- streamctl doctor: each thing that can be wrong is found, said with what to do, and in the status.

local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"

command.describe("doctor", function(c, e)
  -- Runs it with further words, and asserts its status. Returns its rows by check, without the
  -- vendor's name, and the run.
  local function doctor(status, line, options)
    local ran = c:run("doctor -o jsonl " .. line, options):ends(status)
    local rows = {}
    for _, row in ipairs(ran:rows()) do rows[row.check:gsub("^%l+ (.)", "%1")] = row end
    return rows, ran
  end

  -- Asserts that a check failed, and texts of its finding and its advice.
  local function assert_failed(row, found, advice)
    assert.equal("failed", row.state)
    assert.matches(found, row.found)
    assert.matches(advice or "", row.advice or "")
  end

  local function zego(changes)
    return { vendor = "zego", environment = changes }
  end

  local ORDER = { "store", "name", "connection", "TLS", "answer", "clock", "credentials" }

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
    local rows, ran = doctor(0, "", {})
    for _, row in ipairs(ran:rows()) do assert.equal("ok", row.state, row.check) end
    assert.equal(17, #ran:rows())
    assert.matches("^streamctl %d.*Lua.*libcurl/%d", rows.versions.found)
    local actions = {}
    for i, request in ipairs(e:requests()) do actions[i] = request.action end
    table.sort(actions)
    assert.same({ "DescribeLiveUserDomains", "DescribeUserNum" }, actions)
  end)

  it("tells which source had the key", function()
    local path = c:write("ini", ("[default]\ntype = access_key\naccess_key_id = testid\n"
      .. "access_key_secret = %s\n"):format(e.access_key_secret))
    local rows = doctor(0, "--vendor=aliyun", { vendor = "none", environment = {
      ALIBABA_CLOUD_ENDPOINT = e.aliyun, ALIBABA_CLOUD_CREDENTIALS_FILE = path,
    } })
    -- as the vendor's packages call that file
    assert.matches("chain, live.*, from default/profile$", rows.credentials.found)
  end)

  it("shows a line for each check", function()
    local ran = c:run("doctor", { vendor = "aliyun" }):ok()
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
    local before = zego { LD_PRELOAD = (os.getenv "LD_PRELOAD" or "") .. " " .. library }
    local TOO_OLD = "libcurl 7.87.0 is too old; install libcurl 7.88 or newer"
    assert_failed(doctor(1, "", before).versions, TOO_OLD, "libcurl 7.88")
    local ran = c:run("call DescribeUserNum RoomId=r", before)
    assert.is_true(ran.status > 0 and ran.status < 128, ran.err)
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
      local rows, ran = doctor(step == "credentials" and 3 or 1, "",
        { vendor = vendor, environment = prepare() or {} })
      assert_fails_at(step, rows)
      assert_failed(rows[step], found, advice)
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
      endpoint = %s]]):format(e.zego_http))
    local rows = doctor(1, "--profile fra", zego { ZEGO_ENDPOINT = false })
    assert_fails_at("connection", rows)
    assert.matches("requests to rtc-api-fra.zego.im through", rows.connection.advice, 1, true)
    rows = doctor(0, "--profile plain", zego { ZEGO_ENDPOINT = false })
    os.remove(path)
    assert.equal("none: the endpoint is plain http", rows.TLS.found)
  end)

  it("finds a clock that is wrong", function()
    for seconds, found in pairs { [3600] = "s behind", [-3600] = "s ahead", [120] = "s behind" } do
      e:config { clock_offset = seconds }
      local rows = doctor(1, "", zego {})
      assert_failed(rows.clock, "^%d+ " .. found, "timedatectl")
      assert.equal("ok", rows.answer.state)
    end
  end)

  it("finds that there are no keys, without a request", function()
    assert_failed(doctor(1, "", { vendor = "none" }).account, "ZEGO_APP_ID")
    local rows = doctor(3, "--vendor aliyun", { vendor = "none" })
    assert_failed(rows.credentials, "", "set ALIBABA_CLOUD_ACCESS_KEY_ID and")
    for i = 1, 5 do assert.equal("skipped", rows[ORDER[i]].state) end
    assert_failed(doctor(1, "", zego { ZEGO_SERVER_SECRET = false }).account,
      "ZEGO_SERVER_SECRET_FILE")
    assert.same({}, e:requests())
  end)

  it("finds a store that cannot be used", function()
    local path = c:write("afile", ("text"):rep(100))
    for _, store in ipairs { "file:" .. path .. "/below/store", "file:" .. path } do
      assert_failed(doctor(1, "--store " .. store, zego {}).account, "--store", "whoami")
    end
    assert_failed(doctor(1, "--store redis://127.0.0.1:1", zego {}).store, "Redis",
      "STREAMCTL_STORE")
    assert_failed(doctor(1, "", zego { HOME = false, XDG_STATE_HOME = false }).account,
      "%-%-store memory")
  end)
end)
