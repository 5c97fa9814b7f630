-- How the edge service is set up: what it makes of its environment, and of what is
-- wrong in it.

local edge = require "spec.support.edge"
local emulator = require "spec.support.emulator"
local service = require "spec.edge.service"
local shell = require "spec.emulator.launcher.shell"

local ALL, READ, post, live = service.ALL, service.READ, service.post, service.live

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
      ["has no secret"] = { { ZEGO_SERVER_SECRET = false },
        "zego.new: option 'server_secret' is missing" },
      ["names a file that is not there"] = {
        { ZEGO_SERVER_SECRET = false, ZEGO_SERVER_SECRET_FILE = "@DIR@/none" },
        "ZEGO_SERVER_SECRET_FILE: .*No such file" },
      ["has no token"] = { { EDGE_TOKENS_FILE = false }, "EDGE_TOKENS: there is none" },
      ["has a short token"] = { { EDGE_TOKENS_FILE = false, EDGE_TOKENS = "secret-and-short" },
        "EDGE_TOKENS: .*fewer than" },
      ["has an ill-formed token"] = { { EDGE_TOKENS_FILE = false, EDGE_TOKENS = ALL .. " write" },
        "EDGE_TOKENS: a line" },
      ["has no vendor"] = { {
        ZEGO_APP_ID = false, ZEGO_SERVER_SECRET = false, ZEGO_ENDPOINT = false,
        ALIBABA_CLOUD_ACCESS_KEY_ID = false, ALIBABA_CLOUD_ACCESS_KEY_SECRET_FILE = false,
        ALIBABA_CLOUD_ENDPOINT = false,
      }, "no vendor is set up" },
      ["has a wrong option"] = { { ZEGO_APP_ID = "twelve" }, "app_id" },
      ["leaves open whether it is a test"] = { { ZEGO_IS_TEST = "maybe" },
        "ZEGO_IS_TEST must be true or false" },
      ["has no random part in the webhooks' addresses"] = {
        { ZEGO_CALLBACK_SECRET = "secret-and-short" },
        "EDGE_WEBHOOK_PATH must be the random part" },
      ["has a short part in the webhooks' addresses"] = {
        { ZEGO_CALLBACK_SECRET = "x", EDGE_WEBHOOK_PATH = "secret-and-short" },
        "EDGE_WEBHOOK_PATH must be at least 20 of" },
      ["does not say which domains' webhooks it may believe"] = {
        { ALIBABA_CLOUD_CALLBACK_SECRET = "secret-and-short" },
        "ALIBABA_CLOUD_CALLBACK_DOMAINS must name the ingest domains" },
      ["names a source of keys that is none"] = {
        { ALIBABA_CLOUD_ACCESS_KEY_ID = false, ALIBABA_CLOUD_ACCESS_KEY_SECRET_FILE = false,
          EDGE_CREDENTIALS = "guess" }, "EDGE_CREDENTIALS must be" },
      ["has a key and a source of keys"] = { { EDGE_CREDENTIALS = "chain" }, "credentials" },
      ["has a wrong time limit"] = { { EDGE_TIME_LIMIT = "60" }, "EDGE_TIME_LIMIT" },
    } do
      it(what .. ", it says so and does not start", function()
        local status, said = service.start_in_vain(e, case[1])
        assert.equal(1, status)
        assert.matches("streamctl%-edge cannot serve: .*" .. case[2], said)
        assert.is_nil(said:find("secret-and-short", 1, true))
        assert.is_nil(said:find(ALL, 1, true))
        assert.same({}, e:requests())
      end)
    end

    it("has no place for the store, it says so and serves nothing", function()
      other = service.start(e, { EDGE_STORE = "@DIR@/none/store" })
      local status, body = other:json "/healthz"
      assert.same({ 503, "not_configured" }, { status, body.error.code })
      assert.matches("EDGE_STORE: .*No such file", body.error.message)
      assert.matches("EDGE_STORE: .*No such file", other:log())
      assert.equal(503, (post(other, "resume", "zego", { "s1" })))
      assert.same({}, e:requests())
      assert.equal(200, (other:get "/metrics"))
    end)

    it("has become wrong, a reload is refused, and the workers go on", function()
      other = service.start(e)
      local workers = shell.run("pgrep -P " .. other.pid)
      local tokens = shell.read_file(other.dir .. "/tokens")
      assert.same({ 0, "" }, { other:check() })
      for file, case in pairs {
        tokens = { "short", "EDGE_TOKENS: a token has fewer than 20 characters", tokens },
        ["aliyun.secret"] = { "two\nlines", "control characters", e.access_key_secret },
      } do
        shell.write_file(other.dir .. "/" .. file, case[1])
        local status, said = other:check()
        assert.equal(1, status)
        assert.matches("streamctl%-edge cannot serve: .*" .. case[2], said)
        shell.run("kill -HUP " .. other.pid)
        service.eventually(function() return other:log():find(case[2]) end)
        shell.write_file(other.dir .. "/" .. file, case[3])
      end
      assert.equal(workers, shell.run("pgrep -P " .. other.pid))
      assert.equal(200, (post(other, "resume", "zego", { "s1" })))
      shell.write_file(other.dir .. "/tokens", "a-new-token-0123456789")
      assert.same({ 0, "" }, { other:check() })
      shell.run("kill -HUP " .. other.pid)
      service.eventually(function() return (post(other, "resume", "zego", { "s1" })) == 401 end)
      assert.not_equal(workers, shell.run("pgrep -P " .. other.pid))
    end)

    it("has one vendor only, serves that one", function()
      other = service.start(e, {
        ZEGO_APP_ID = false, ZEGO_SERVER_SECRET = false, ZEGO_ENDPOINT = false,
        EDGE_TOKENS_FILE = false, EDGE_TOKENS = ALL .. ", " .. READ .. " read",
      })
      assert.equal(200, (other:json "/healthz"))
      assert.equal(200, (post(other, "resume", "aliyun", { live "a" })))
      local status, body = post(other, "resume", "zego", { "s1" })
      assert.same({ 503, "not_configured" }, { status, body.error.code })
    end)

    it("names a source of keys, takes them from there", function()
      local role = "/latest/meta-data/ram/security-credentials/streamctl-role"
      other = service.start(e, {
        ALIBABA_CLOUD_ACCESS_KEY_ID = false, ALIBABA_CLOUD_ACCESS_KEY_SECRET_FILE = false,
        EDGE_CREDENTIALS = "chain", ALIBABA_CLOUD_ECS_METADATA_DISABLED = "true",
        ALIBABA_CLOUD_CREDENTIALS_URI = e.metadata .. role,
      })
      assert.equal(200, (other:json "/healthz"))
      assert.same({}, e:requests())
      assert.equal(200, (post(other, "resume", "aliyun", { live "a" })))
      local sent = e:requests { vendor = "aliyun" }[1]
      assert.matches("Credential=STS%.testkey,", sent.headers.authorization)
    end)

    it("has variables of the sources, workers have them, and no secret", function()
      local variables, page = {}, shell.read_file(edge.root .. "/docs/credentials.md")
      for names in page:match("\n| variable | for |\n|[-|]+\n(.-)\n\n"):gmatch "[^\n]+" do
        for name in names:match("^| ([^|]+) |"):gmatch "`([A-Z0-9_]+)`" do
          variables["ALIBABA_CLOUD_" .. name] = "seen"
        end
      end
      assert.equal("seen", variables.ALIBABA_CLOUD_IMDSV1_DISABLED)
      for _, name in ipairs { "ACCESS_KEY_ID", "ACCESS_KEY_SECRET" } do -- there is one in a file
        variables["ALIBABA_CLOUD_" .. name] = nil
      end
      variables.HOME = "seen"
      local asked = {}
      for name in pairs(variables) do asked[#asked + 1] = name end
      table.sort(asked)
      variables.ZEGO_SERVER_SECRET = "seen-only-by-root-0123456789abcd"
      other = service.start(e, variables, { conf = { ["location = /healthz {"] = [[
        location = /seen {
          content_by_lua_block {
            for name in string.gmatch(ngx.var.arg_names, "[%w_]+") do
              if not os.getenv(name) then ngx.print(name, " ") end
            end
          }
        }
        location = /healthz {]] } })
      local _, unseen = other:get("/seen?names=" .. table.concat(asked, ",")
        .. ",ZEGO_SERVER_SECRET")
      assert.equal("ALIBABA_CLOUD_SECURITY_TOKEN ZEGO_SERVER_SECRET ", unseen)
    end)

    for text, is_test in pairs {
      ["1"] = true, Yes = true, ["true"] = true, ["0"] = false, no = false, FALSE = false,
    } do
      it("says ZEGO_IS_TEST=" .. text .. ", is about " .. (is_test and "test" or "live")
        .. " streams", function()
        other = service.start(e, { ZEGO_IS_TEST = text })
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
