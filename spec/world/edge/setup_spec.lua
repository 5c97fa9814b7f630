-- How the edge service is set up: what it makes of its settings, and of what is
-- wrong in them.

local nginx = require "spec.support.nginx"
local emulator = require "spec.support.emulator"
local service = require "spec.world.edge.service"
local shell = require "spec.support.emulator.launcher.shell"

local ALL, post = service.ALL, service.post

describe("the edge, its setup:", function()
  local e

  setup(function() e = assert(emulator.start { workers = 2 }) end)
  teardown(function()
    if e then e:stop() end
  end)
  before_each(function() e:reset() end)

  describe("when its configuration", function()
    local other
    after_each(function()
      if other then other:stop() end
      other = nil
    end)

    for what, case in pairs {
      ["has no secret"] = { { ["zego.server_secret_file"] = false },
        ":%d+: server_secret_file is missing" },
      ["names a file that is not there"] = { { ["zego.server_secret_file"] = "none" },
        ":%d+: server_secret_file cannot be read: .*No such file" },
      ["names no file with tokens"] = { { ["edge.tokens_file"] = false },
        ":1: tokens_file is missing" },
      ["names authorities that are not there"] = { { ["edge.ca_file"] = "none" },
        ":%d+: ca_file cannot be read: .*/none: No such file .*; write the path of a file" },
      ["names authorities that are a folder"] = { { ["edge.ca_file"] = "credentials" },
        ":%d+: ca_file cannot be read: .*/credentials: it is no file" },
      ["names an empty file"] = { { ["zego.server_secret_file"] = "secret", secret = "\n" },
        ":%d+: server_secret_file cannot be read: .*, or is empty" },
      ["has no token"] = { { tokens = "# none" }, ":%d+: tokens_file must name a file" },
      ["has a short token"] = { { tokens = "secret-and-short" },
        ":%d+: tokens_file has a token of fewer than" },
      ["has nothing but commas for secrets"] = { { ["zego.webhook_secret_file"] = "callback",
        callback = ", ," }, ":%d+: webhook_secret_file names nothing" },
      ["has a token that may do everything, and only ask"] = { {
        tokens = ALL .. " read\n" .. ALL }, ":%d+: tokens_file has a token in two lines" },
      ["has an ill-formed token"] = { { tokens = ALL .. " write" },
        ":%d+: tokens_file has a line that" },
      ["has no vendor"] = { {
        ["zego.app_id"] = false, ["zego.server_secret_file"] = false, ["zego.endpoint"] = false,
        ["aliyun.access_key_id"] = false, ["aliyun.access_key_secret_file"] = false,
        ["aliyun.endpoint"] = false,
      }, "edge%.ini: no vendor is set up" },
      ["has no AppId"] = { { ["zego.app_id"] = false, ["zego.server_secret_file"] = false },
        ":%d+: app_id is missing" },
      ["has no key"] = { { ["aliyun.access_key_id"] = false,
        ["aliyun.access_key_secret_file"] = false }, ":%d+: access_key_id is missing" },
      ["has a wrong field"] = { { ["zego.app_id"] = "twelve" }, ":%d+: app_id must be a number" },
      ["has an option that the library refuses"] = { { ["zego.endpoint"] = "nowhere" },
        ":%d+: endpoint must be" },
      ["has an unknown field"] = { { ["edge.time_limt"] = "12" },
        ":%d+: time_limt is no field of %[edge%] %(did you mean 'time_limit'%?%)" },
      ["holds a secret"] = { { ["zego.server_secret"] = "secret-and-short" },
        ":%d+: server_secret is a secret, .*write server_secret_file = PATH" },
      ["holds the password of a store"] = { { ["edge.store"] = "redis://:secret-and-short@h" },
        ":%d+: store holds a password" },
      ["has a store whose password is not there"] = { {
        ["edge.store"] = "rediss://h?timeout=2&password_file=/none/such" },
        ":%d+: store must have a password_file that can be read: /none/such: No such file" },
      ["has a store whose password has a path from anywhere"] = { {
        ["edge.store"] = "redis://h?password_file=tokens" },
        ":%d+: store must have a password_file that can be read: its path must begin with /" },
      ["has a store with certificates, which nginx does not read"] = { {
        ["edge.store"] = "rediss://h?ca_file=/ca.pem" },
        ":%d+: store has a ca_file or a cert_file; nginx trusts" },
      ["has a store that there cannot be"] = { { ["edge.store"] = "redis://h?no=1" },
        ":%d+: store is wrong: a Redis URL has no parameter 'no'" },
      ["has a store that is neither a file nor a Redis"] = { {
        ["edge.store"] = "Redis://:secret-and-short@h" }, ":%d+: store must be a path" },
      ["leaves open whether it is a test"] = { { ["zego.is_test"] = "maybe" },
        ":%d+: is_test must be true or false" },
      ["has no random part in the webhooks' addresses"] = { {
        ["zego.webhook_secret_file"] = "callback", callback = "secret-and-short" },
        ":%d+: webhook_path_file is missing" },
      ["has a short part in the webhooks' addresses"] = { {
        ["edge.webhook_path_file"] = "part", part = "secret-and-short" },
        ":%d+: webhook_path_file must name .* at least 20 of" },
      ["does not say which domains' webhooks it may believe"] = { {
        ["aliyun.webhook_secret_file"] = "callback", callback = "secret-and-short" },
        ":%d+: webhook_domains is missing" },
      ["names a source of keys that is none"] = { { ["aliyun.credentials"] = "guess" },
        ":%d+: credentials must be" },
      ["has a key and a source of keys"] = { { ["aliyun.credentials"] = "chain" }, "credentials" },
      ["has a wrong time limit"] = { { ["edge.time_limit"] = "60" }, ":%d+: time_limit" },
    } do
      it(what .. ", it says so and does not start", function()
        local checked, said = service.refused(e, case[1])
        assert.matches(case[2], checked)
        assert.matches("streamctl%-edge cannot serve:\n.*" .. case[2], said)
        for _, text in ipairs { checked, said } do
          assert.is_nil(text:find("secret-and-short", 1, true))
          assert.is_nil(text:find(ALL, 1, true))
        end
        assert.same({}, e:requests())
      end)
    end

    it("is wrong in many ways, it says all of them, in the order of the file", function()
      local checked, said = service.refused(e, { ["edge.stoer"] = "4", tokens = "short",
        ["zego.app_id"] = "x", ["aliyun.credentials"] = "guess", ["edge.time_limit"] = "0" })
      local last, count = 0, 0
      for line in checked:gmatch "edge%.ini:(%d+): " do
        assert.is_true(tonumber(line) >= last)
        last, count = tonumber(line), count + 1
      end
      assert.equal(5, count, checked)
      assert.is_truthy(said:find(checked:gsub("\n$", ""), 1, true), said)
    end)

    it("is right, --run becomes nginx", function()
      other = service.start(e)
      shell.write_file(other.dir .. "/program", "#!/bin/sh\necho $PPID runs $*\nexit 3\n")
      shell.run("chmod +x " .. other.dir .. "/program")
      local status, said = other:command("--run --nginx " .. other.dir .. "/program; echo $? $$")
      local parent = said:match "^(%d+) runs "
      local words = (" runs -e stderr -p /run/streamctl-edge -c %s/nginx.conf\n"):format(other.dir)
      assert.is_truthy(said:find(words, 1, true), said)
      assert.same({ 0, ("3 %s"):format(parent) }, { status, said:match "\n(.*)\n" }, said)
      assert.same({ 1, "streamctl-edge: cannot start /nowhere/nginx: No such file or directory\n" },
        { other:command "--run --nginx /nowhere/nginx" })
    end)

    it("is read in a folder with modules of somebody else, none of them runs", function()
      other = service.start(e)
      shell.run("cd " .. other.dir .. " && mkdir -p lures/streamctl/edge")
      for _, name in ipairs { "cjson", "streamctl/core", "streamctl/edge/reactions",
        "prometheus" } do
        shell.write_file(other.dir .. "/lures/" .. name .. ".lua", "os.exit(9)")
      end
      other.environment_words = "-C " .. other.dir .. "/lures " .. other.environment_words
      assert.equal(0, (other:command "--check"))
    end)

    it("has become wrong, a reload is refused, and the workers go on", function()
      other = service.start(e)
      local workers = shell.run("pgrep -P " .. other.pid)
      local tokens = shell.read_file(other.dir .. "/tokens")
      assert.same({ 0, other.dir .. "/edge.ini: ok\n" }, { other:command "--check" })
      for file, case in pairs {
        tokens = { "short", "tokens_file has a token of fewer than 20 characters", tokens },
        ["aliyun.secret"] = { "two\nlines", "control characters", e.access_key_secret },
      } do
        service.write_secret(other, file, case[1])
        local status, said = other:command "--check"
        assert.equal(1, status)
        assert.matches("edge%.ini:%d+: .*" .. case[2], said)
        shell.run("kill -HUP " .. other.pid)
        service.eventually(function() return other:log():find(case[2]) end)
        service.write_secret(other, file, case[3])
      end
      assert.equal(workers, shell.run("pgrep -P " .. other.pid))
      assert.equal(200, (post(other, "resume", "zego", { "s1" })))
      service.write_secret(other, "tokens", "a-new-token-0123456789")
      shell.run("kill -HUP " .. other.pid)
      service.eventually(function() return (post(other, "resume", "zego", { "s1" })) == 401 end)
      assert.not_equal(workers, shell.run("pgrep -P " .. other.pid))
    end)

    it("names secrets of systemd's, they come from there", function()
      other = service.start(e, { ["zego.server_secret_file"] = "given" },
        { environment = { CREDENTIALS_DIRECTORY = "@DIR@/credentials" },
          files = { ["credentials/given"] = e.server_secret } })
      assert.equal(200, (post(other, "resume", "zego", { "s1" })))
      assert.is_true(e:requests()[1].verified)
      service.write_secret(other, "tokens", "a-new-token-0123456789")
      shell.run("kill -HUP " .. other.pid)
      service.eventually(function() return (post(other, "resume", "zego", { "s1" })) == 401 end)
    end)

    it("says that the path of its settings must be whole", function()
      other = service.start(e)
      other.environment_words = other.environment_words:gsub("STREAMCTL_EDGE_CONFIG=%S*/",
        "STREAMCTL_EDGE_CONFIG='")
      assert.same({ 1, "edge.ini: cannot be read: its path must begin with /\n" },
        { other:command "--check" })
    end)

    it("names a secret that others may read, the check notes that", function()
      other = service.start(e)
      shell.run("chmod 644 " .. other.dir .. "/tokens")
      local status, said = other:command "--check"
      assert.equal(0, status)
      assert.matches("note: .*/tokens holds a secret, and others may use it; run: chmod", said)
    end)

    it("names logs in a folder that the first start makes, the check notes that", function()
      other = service.start(e)
      local path, log = other.dir .. "/nginx.conf", other.dir .. "/new/error.log"
      local conf = shell.read_file(path):gsub("error_log %S+", "error_log " .. log)
      shell.write_file(path, conf)
      local status, said = other:command "--check"
      assert.equal(0, status, said)
      assert.truthy(said:find("note: " .. log .. " cannot be opened", 1, true), said)
      shell.write_file(path, (conf:gsub("worker_processes", "worker_proceses")))
      status, said = other:command "--check"
      assert.equal(1, status)
      assert.matches('unknown directive "worker_proceses"', said)
    end)

    it("has a listener with TLS by the lines of nginx.conf, callers reach it", function()
      other = service.start(e, nil, { conf = {
        ["# listen 8443 ssl;"] = "listen unix:@DIR@/socket ssl;",
        ["# ssl_certificate /etc/streamctl-edge/certificate.pem"] =
          "ssl_certificate @DIR@/cert.pem",
        ["# ssl_certificate_key /run/credentials/streamctl-edge.service/edge_certificate_key"] =
          "ssl_certificate_key @DIR@/key.pem" },
        prepare = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=edge -keyout @DIR@/key.pem "
          .. "-out @DIR@/cert.pem 2>&1" })
      for path, answer in pairs { livez = '"status":"ok"', metrics = "streamctl_edge_ready 1" } do
        assert.matches(answer, (shell.run("curl -sk --unix-socket " .. other.dir
          .. "/socket https://edge/" .. path)))
      end
    end)

    it("names a source of keys, workers have the sources' variables, and no secret", function()
      local variables, page = {}, shell.read_file(nginx.root .. "/docs/reference/environment.md")
      for names in page:match("\n| variable | for |\n|[-|]+\n(.*)"):gmatch "[^\n]+" do
        for name in names:match("^| ([^|]+) |"):gmatch "`([A-Z0-9_]+)`" do
          variables["ALIBABA_CLOUD_" .. name] = "seen"
        end
      end
      assert.equal("seen", variables.ALIBABA_CLOUD_IMDSV1_DISABLED)
      variables.HOME = "seen"
      local asked = {}
      for name in pairs(variables) do asked[#asked + 1] = name end
      table.sort(asked)
      other = service.start(e, {
        ["aliyun.access_key_id"] = false, ["aliyun.access_key_secret_file"] = false,
        ["aliyun.credentials"] = "chain",
      }, { environment = variables, conf = { ["location = /readyz {"] = [[
        location = /seen {
          content_by_lua_block {
            for name in string.gmatch(ngx.var.arg_names, "[%w_]+") do
              if not os.getenv(name) then ngx.print(name, " ") end
            end
          }
        }
        location = /readyz {]] } })
      local _, unseen = other:get("/seen?names=" .. table.concat(asked, ","))
      assert.equal("ALIBABA_CLOUD_ACCESS_KEY_ID ALIBABA_CLOUD_ACCESS_KEY_SECRET "
        .. "ALIBABA_CLOUD_SECURITY_TOKEN ", unseen)
    end)

    for text, is_test in pairs {
      ["1"] = true, Yes = true, ["true"] = true, ["0"] = false, no = false, FALSE = false,
    } do
      it("says is_test = " .. text .. ", is about " .. (is_test and "test" or "live")
        .. " streams", function()
        other = service.start(e, { ["zego.is_test"] = text })
        assert.equal(200, (post(other, "forbid", "zego", { "s1" })))
        local sent = e:requests()
        assert.same({ 1, true }, { #sent, sent[1].verified })
        assert.equal(is_test and "true" or "false", sent[1].query.IsTest or "false")
        local id = (is_test and ("zegotest-%.0f-"):format(e.app_id) or "") .. "s1"
        assert.equal(id, sent[1].query["StreamId[]"])
      end)
    end
  end)
end)
