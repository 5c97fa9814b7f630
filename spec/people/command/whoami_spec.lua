-- streamctl whoami: the account, and where each of its values comes from.

local command = require "spec.support.command"

command.describe("whoami", function(c, e)
  setup(function()
    c:write("home/config/streamctl/z.secret", e.server_secret .. "\n")
    c:configure(([[
      [profile prod]
      vendor = zego
      app_id = %.0f
      server_secret_file = z.secret
      timeout = 7
      endpoint = %s
      region = fra
      [profile cloud]
      vendor = aliyun
      credentials = process false-key]]):format(e.app_id, e.zego))
    c:run("--version", { before = "chmod 600 home/config/streamctl/z.secret" })
  end)

  local function rows_of(ran)
    local rows = {}
    for _, row in ipairs(ran:rows()) do rows[row.name] = row end
    return rows
  end

  it("shows each value with where it comes from, and asks nobody", function()
    local ran = c:run("whoami --profile prod --rate 4 -o jsonl", { vendor = "none" }):ok()
    assert.equal("", ran.err)
    local rows = rows_of(ran)
    local function line(number)
      return ("profile prod in %s/config/streamctl/config.ini line %d"):format(c.home, number)
    end
    local want = {
      mode = { "live", "default" }, vendor = { "zego", line(2) },
      app_id = { ("%.0f"):format(e.app_id), line(3) },
      profile = { "prod", "flag --profile" }, is_test = { false, "default" },
      server_secret = { "set", line(4) }, endpoint = { e.zego, line(6) },
      region = { "fra", line(7) }, rate = { 4, "flag --rate" },
      server_secret_file = { c.home .. "/config/streamctl/z.secret", line(4) },
      ca_file = { e.ca_file, "environment STREAMCTL_CA_FILE" }, proxy = { "none", "default" },
      timeout = { 7, line(5) }, attempts = { 3, "default" },
      store = { "file:" .. c.home .. "/state/streamctl/store", "default" },
      account = { ("ZEGOCLOUD AppId %.0f, live, profile prod, at %s"):format(e.app_id, e.zego),
        "the values below" },
    }
    for name, pair in pairs(want) do
      assert.same(pair, { rows[name].value, rows[name].from }, name)
      rows[name] = nil
    end
    assert.same({}, rows)
    assert.same({}, e:requests())
  end)

  it("shows both accounts of an environment, unless something chooses", function()
    local rows = rows_of(c:run("whoami -o jsonl"):ok())
    assert.same({ "aliyun", "zego" }, { rows["aliyun vendor"].value, rows["zego vendor"].value })
    assert.matches("^ZEGOCLOUD", rows["zego account"].value)
    assert.equal("zego", rows_of(c:run("whoami --vendor zego -o jsonl"):ok()).vendor.value)
    local chosen = c:run("whoami -o jsonl", { environment = { STREAMCTL_VENDOR = "zego" } }):ok()
    assert.equal("zego", rows_of(chosen).vendor.value)
  end)

  it("asks no source for its key", function()
    local ran = c:run("whoami --profile cloud -o jsonl", { vendor = "none" }):ok()
    assert.equal("process", rows_of(ran).credentials.value)
  end)

  it("says what is missing, and what to do", function()
    c:run("whoami", { vendor = "none" }):refused("there is no account: ", "STREAMCTL_VENDOR")
    c:run("whoami --vendor zego -o json", { vendor = "none" }):refused('"code":"usage"')
  end)
end)
