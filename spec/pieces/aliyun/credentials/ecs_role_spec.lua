-- The role of an instance: what the metadata service is asked, what of it is believed, and when a
-- chain may go on.

local credentials = require "streamctl.aliyun".credentials
local helper = require "spec.pieces.helper"
local places = require "spec.pieces.aliyun.credentials.place"

local answer = helper.response

local ROLES = "/latest/meta-data/ram/security-credentials/"
local TOKEN = "metadata-token-0123456789"
local SILENCE = { code = "timeout", message = "Connection timed out", maybe_sent = false }
local LATE = { code = "timeout", message = "late", maybe_sent = true }

-- A service that answers so, one entry for each kind of request: a result, or a list of { with a
-- token, without one }.
local function service(entries)
  return function(it)
    local kind = it.method == "PUT" and "token" or it.target == ROLES and "roles" or "keys"
    local entry = entries[kind]
    if not entry then
      entry = answer(200, kind == "token" and TOKEN or kind == "roles" and "streams"
        or places.keys())
    end
    if entry[1] then entry = entry[it.headers["x-aliyun-ecs-metadata-token"] and 1 or 2] end
    return entry
  end
end

describe("the role of an instance", function()
  local place = places.each()

  -- What comes of it, and the kinds of requests in order, with the token: "token roles+ keys+".
  local function ask(entries, given, seconds)
    place.answer = service(entries)
    local found, message, err = place:get(credentials.ecs_role(given or {}), seconds)
    local words = {}
    for i, it in ipairs(place.sent) do
      local with = it.headers["x-aliyun-ecs-metadata-token"]
      words[i] = (it.method == "PUT" and "token" or it.target == ROLES and "roles"
        or it.target:sub(#ROLES + 1)) .. (with and "+" or "")
    end
    return found, message, err, table.concat(words, " ")
  end

  it("can be named, and asked for at another place", function()
    local _, _, _, shape = ask({}, { role_name = "mine", endpoint = "http://127.0.0.1:8080/",
      timeout = 3 })
    assert.equal("token mine+", shape)
    assert.equal("http://127.0.0.1:8080", place.sent[1].origin)
    assert.same({ attempt_timeout = 3, connect_timeout = 1 }, place.sent[1].limits)
    assert.equal("ecs_role", credentials.ecs_role {}.account)
    assert.equal("ecs_role.mine", credentials.ecs_role { role_name = "mine" }.account)
  end)

  it("takes the first line of the list, and no path for a role's name (first-line)", function()
    for list, fine in pairs { [" streams\r\nother"] = true, ["\nstreams"] = true,
      ["streams other"] = false, ["../../user-data"] = false, ["a?b"] = false, ["<html>"] = false,
      [("a"):rep(65)] = false, ["a\0b"] = false } do
      local found, message, err, shape = ask { roles = answer(200, list) }
      if fine then
        assert.equal("token roles+ streams+", shape, list)
      else
        assert.is_nil(found)
        assert.matches("list of roles is none", message)
        assert.is_nil(err.absent)
        assert.equal("token roles+ roles", shape)
      end
    end
  end)

  it("goes by the variables for what was not said", function()
    place.variables.ALIBABA_CLOUD_ECS_METADATA = "named"
    place.variables.ALIBABA_CLOUD_IMDSV1_DISABLED = "True"
    local refused = { token = answer(403, "") }
    assert.equal("token", select(4, ask(refused)))
    assert.equal("token named", select(4, ask(refused, { v1 = true })))
    assert.equal("token mine+", select(4, ask({}, { role_name = "mine" })))
    place.variables.ALIBABA_CLOUD_ECS_METADATA = "a/b"
    local _, message, err, shape = ask {} -- what the environment has is no mistake of the program
    assert.matches("variable ALIBABA_CLOUD_ECS_METADATA must be", message)
    assert.is_nil(err.absent)
    assert.equal("", shape)
  end)

  it("reads the end with a fraction or without, and takes no other", function()
    for text, expires in pairs {
      ["2026-01-02T03:04:06Z"] = helper.NOW + 1, ["2028-02-29T00:00:00.5Z"] = 1835395200,
    } do
      local found = ask { keys = places.answer { Expiration = text } }
      assert.equal(expires, found and found.expires, text)
    end
    for _, value in ipairs {
      "2026-01-02T09:04:05", "2026-01-02 09:04:05Z", "soon", "", "2026-02-30T09:04:05Z",
      "2026-01-02T09:04:05.Z", "2026-01-02T09:04:05117Z", "26-01-02T09:04:05Z",
      ("2"):rep(60000), {}, false,
    } do
      local _, message, _, shape = ask { keys = places.answer { Expiration = value } }
      assert.matches("the Expiration of its answer is no time such as 2026%-01%-02T03:04:05Z$",
        message)
      assert.equal("token roles+ streams+", shape) -- v1 would say the same
    end
  end)

  describe("lets a chain go on", function()
    it("where nothing answers at the service's address", function()
      for _, silence in ipairs { SILENCE, { code = "dns", message = "no such host" } } do
        local _, message, err, shape = ask { token = silence, roles = silence }
        assert.is_true(err.absent)
        assert.matches("there is no metadata service at http://100%.100%.100%.200 %("
          .. silence.code, message)
        assert.matches("ALIBABA_CLOUD_ECS_METADATA_DISABLED=true", message)
        assert.equal("token", shape) -- no connection is none for v1 either
      end
      local _, _, err, shape = ask { token = LATE, roles = LATE }
      assert.is_true(err.absent)
      assert.equal("token roles", shape)
    end)

    it("not where a role was named", function()
      for _, entries in ipairs { { token = SILENCE }, { keys = answer(404, "") } } do
        assert.is_nil(select(3, ask(entries, { role_name = "streams" })).absent)
      end
      place.variables.ALIBABA_CLOUD_ECS_METADATA = "streams"
      assert.is_nil(select(3, ask { token = SILENCE }).absent)
    end)

    it("not where a service answers something else", function()
      for i, entries in ipairs {
        { roles = answer(500, "") }, { roles = LATE }, { token = answer(500, ""), roles = LATE },
        { keys = answer(404, "") }, { keys = answer(200, "") }, { keys = LATE },
        { token = { code = "tls", message = "wrong certificate" }, roles = { code = "tls" } },
      } do
        local found, _, err = ask(entries)
        assert.is_nil(found)
        assert.is_nil(err.absent, "case " .. i)
      end
    end)
  end)
end)
