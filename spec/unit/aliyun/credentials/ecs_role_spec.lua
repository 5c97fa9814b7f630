-- The role of an instance: what the metadata service is asked, what of it is believed, and when a
-- chain may go on.

local asking = require "spec.unit.aliyun.credentials.asking"
local credentials = require "streamctl.aliyun".credentials
local helper = require "spec.unit.helper"

local answer = asking.answer

local ROLES = "/latest/meta-data/ram/security-credentials/"
local TOKEN = "metadata-token-0123456789"
local SILENCE = { code = "timeout", message = "Connection timed out", maybe_sent = false }
local REFUSED = { code = "connect", message = "Connection refused", maybe_sent = false }

-- A service that answers so, one entry for each kind of request: a result, or a list of { with a
-- token, without one }.
local function service(entries)
  return function(method, target, headers)
    local kind = method == "PUT" and "token" or target == ROLES and "roles" or "keys"
    local entry = entries[kind]
    if not entry then
      entry = answer(200, kind == "token" and TOKEN or kind == "roles" and "streams"
        or asking.keys())
    end
    if entry[1] then entry = entry[headers["x-aliyun-ecs-metadata-token"] and 1 or 2] end
    return entry
  end
end

-- What comes of it, and the transport.
local function ask(entries, given, seconds)
  local context, transport = asking.context(service(entries), seconds)
  local held, message, err = credentials.ecs_role(given or {}):current(context)
  return held, message, err, transport
end

-- The kinds of requests in order, with the token: "token roles+ keys+".
local function shape(transport)
  local words = {}
  for i, it in ipairs(transport.sent) do
    local with = it.headers["x-aliyun-ecs-metadata-token"]
    words[i] = (it.method == "PUT" and "token" or it.target == ROLES and "roles"
      or it.target:sub(#ROLES + 1)) .. (with and "+" or "")
  end
  return table.concat(words, " ")
end

describe("the role of an instance", function()
  local restore

  setup(function() restore = asking.environment {} end)
  teardown(function() restore() end)
  before_each(function() helper.freeze() end)
  after_each(function() helper.thaw() end)

  it("is asked for with a token that lives as long as the vendor's packages have it", function()
    local held, _, _, transport = ask {}
    assert.equal(asking.ID, held.access_key_id)
    assert.equal(asking.EXPIRES, held.expires)
    assert.equal("ecs_ram_role", held.provider)
    assert.equal("token roles+ streams+", shape(transport))
    local sent = transport.sent
    assert.same({ ["x-aliyun-ecs-metadata-token-ttl-seconds"] = "21600" }, sent[1].headers)
    assert.same({ ["x-aliyun-ecs-metadata-token"] = TOKEN }, sent[3].headers)
    for _, it in ipairs(sent) do
      assert.equal("http://100.100.100.200", it.origin)
      assert.same({ attempt_timeout = 1, connect_timeout = 1 }, it.limits)
      assert.is_nil(it.body)
    end
  end)

  it("can be named, at another place", function()
    local _, _, _, transport = ask({}, { role_name = "mine", endpoint = "http://127.0.0.1:8080/",
      timeout = 3 })
    assert.equal("token mine+", shape(transport))
    assert.equal("http://127.0.0.1:8080", transport.sent[1].origin)
    assert.equal(3, transport.sent[1].limits.attempt_timeout)
  end)

  it("goes by one account, whatever key it has at the moment", function()
    assert.equal("ecs_role", credentials.ecs_role {}.account)
    assert.equal("ecs_role.mine", credentials.ecs_role { role_name = "mine" }.account)
  end)

  it("takes the first line of the list (first-line)", function()
    for _, list in ipairs { " streams\r\nother", "streams\n", "\nstreams", "streams other" } do
      local held, _, _, transport = ask { roles = answer(200, list) }
      if list:find(" other") then
        assert.is_nil(held)
      else
        assert.equal("token roles+ streams+", shape(transport), list)
      end
    end
  end)

  it("takes no path for a role's name", function()
    for _, list in ipairs { "../../user-data", "a/b", "a?b", "<html>", ("a"):rep(65), "a\0b" } do
      local held, message, err, transport = ask { roles = answer(200, list) }
      assert.is_nil(held)
      assert.matches("list of roles is none", message)
      assert.is_nil(err.absent)
      assert.equal("token roles+ roles", shape(transport))
    end
  end)

  it("goes on without a token where there is none to be had", function()
    for _, token in ipairs {
      answer(403, ""), answer(500, "x"), answer(200, ""), answer(200, " \n"),
      answer(200, "a\nb"), answer(200, "a\0b"), answer(200, ("t"):rep(5000)),
      { code = "timeout", message = "timeout", maybe_sent = true },
      { code = "connect", message = "reset", maybe_sent = true },
      { code = "too_large", message = "too large", maybe_sent = true },
    } do
      local held, _, _, transport = ask { token = token }
      assert.equal(asking.ID, held and held.access_key_id)
      assert.equal("token roles streams", shape(transport))
    end
  end)

  it("goes by the variables for what was not said", function()
    local undo = asking.environment { ALIBABA_CLOUD_ECS_METADATA = "named",
      ALIBABA_CLOUD_IMDSV1_DISABLED = "True" }
    local _, _, _, transport = ask { token = answer(403, "") }
    assert.equal("token", shape(transport))
    _, _, _, transport = ask({ token = answer(403, "") }, { v1 = true })
    assert.equal("token named", shape(transport))
    _, _, _, transport = ask({}, { role_name = "mine" })
    assert.equal("token mine+", shape(transport))
    undo()
    undo = asking.environment { ALIBABA_CLOUD_ECS_METADATA = "a/b" }
    local source = credentials.ecs_role {} -- what the environment has is no mistake of the program
    undo()
    local context
    context, transport = asking.context(service {})
    local held, message, err = source:current(context)
    assert.is_nil(held)
    assert.matches("variable ALIBABA_CLOUD_ECS_METADATA must be", message)
    assert.is_nil(err.absent)
    assert.same({}, transport.sent)
  end)

  it("reads the end with a fraction or without, and takes no other", function()
    for text, expires in pairs {
      ["2026-01-02T09:04:05.117Z"] = asking.EXPIRES, ["2026-01-02T03:04:06Z"] = helper.NOW + 1,
      ["2028-02-29T00:00:00.5Z"] = 1835395200,
    } do
      local held = ask { keys = answer(200, asking.keys { Expiration = text }) }
      assert.equal(expires, held and held.expires, text)
    end
    for _, value in ipairs {
      "2026-01-02T09:04:05+08:00", "2026-01-02T09:04:05", "2026-01-02 09:04:05Z", "soon", "",
      "2026-02-30T09:04:05Z", "2026-13-02T09:04:05Z", "2026-01-02T24:04:05Z",
      "2026-01-02T09:04:05.Z", "2026-01-02T09:04:05117Z", "26-01-02T09:04:05Z",
      ("2"):rep(60000), { "1767344645" }, { "null" }, { "{}" }, false,
    } do
      local held, message, _, transport =
        ask { keys = answer(200, asking.keys { Expiration = value }) }
      assert.is_nil(held, tostring(value))
      assert.matches("the Expiration of its answer is no time such as 2026%-01%-02T03:04:05Z$",
        message)
      assert.equal("token roles+ streams+", shape(transport)) -- v1 would say the same
    end
  end)

  describe("lets a chain go on", function()
    it("where nothing answers at the service's address", function()
      for _, silence in ipairs {
        SILENCE, REFUSED, { code = "dns", message = "no such host" },
      } do
        local held, message, err, transport = ask { token = silence, roles = silence }
        assert.is_nil(held)
        assert.is_true(err.absent)
        assert.matches("there is no metadata service at http://100%.100%.100%.200 %("
          .. silence.code, message)
        assert.matches("ALIBABA_CLOUD_ECS_METADATA_DISABLED=true", message)
        assert.equal("token", shape(transport)) -- no connection is none for v1 either
      end
      local late = { code = "timeout", message = "late", maybe_sent = true }
      local _, _, err, transport = ask { token = late, roles = late }
      assert.is_true(err.absent)
      assert.equal("token roles", shape(transport))
    end)

    it("where the instance has no role", function()
      for _, roles in ipairs {
        answer(404, "Not Found"), answer(200, ""), answer(200, "\r\n"),
        { answer(404, ""), answer(403, "") }, -- an instance that has v1 switched off
      } do
        local held, message, err = ask { roles = roles }
        assert.is_nil(held)
        assert.is_true(err.absent)
        assert.matches("the instance has no RAM role", message)
      end
      local _, _, err = ask { token = answer(405, ""), roles = answer(404, "") }
      assert.is_true(err.absent)
    end)

    it("where it is switched off", function()
      local undo = asking.environment { ALIBABA_CLOUD_ECS_METADATA_DISABLED = "TRUE" }
      local held, message, err, transport = ask({}, { role_name = "streams" })
      undo()
      assert.is_nil(held)
      assert.is_true(err.absent)
      assert.matches("ALIBABA_CLOUD_ECS_METADATA_DISABLED", message)
      assert.same({}, transport.sent)
    end)

    it("not where a role was named", function()
      for _, entries in ipairs {
        { token = SILENCE }, { token = REFUSED }, { keys = answer(404, "") },
      } do
        local held, _, err = ask(entries, { role_name = "streams" })
        assert.is_nil(held)
        assert.is_nil(err.absent)
      end
      local undo = asking.environment { ALIBABA_CLOUD_ECS_METADATA = "streams" }
      local _, _, err = ask { token = SILENCE }
      undo()
      assert.is_nil(err.absent)
    end)

    it("not where a service answers something else", function()
      local late = { code = "timeout", message = "late", maybe_sent = true }
      for i, entries in ipairs {
        { roles = answer(500, "") }, { roles = late }, { roles = REFUSED },
        { token = answer(500, ""), roles = late }, { keys = answer(404, "") },
        { keys = answer(200, "") }, { keys = late }, { roles = answer(200, "<html>") },
        { token = { code = "tls", message = "wrong certificate" }, roles = { code = "tls" } },
      } do
        local held, _, err = ask(entries)
        assert.is_nil(held)
        assert.is_nil(err.absent, "case " .. i)
      end
    end)

    it("not where it was the caller's own time that was over", function()
      local context, transport = asking.context(function()
        helper.freeze(helper.NOW + 1, 1001)
        return { code = "timeout", message = "late", maybe_sent = false }
      end, 0.5)
      local held, _, err = credentials.ecs_role {}:current(context)
      assert.is_nil(held)
      assert.is_nil(err.absent)
      assert.equal(1, #transport.sent)
    end)
  end)
end)
