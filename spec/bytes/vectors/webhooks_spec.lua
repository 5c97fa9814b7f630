-- Webhooks: the signatures that the vendors document, and requests as their pages have them.

local cjson = require "cjson"
local streamctl = require "streamctl"
local samples = require "spec.support.samples"

describe("a webhook of ZEGOCLOUD", function()
  for _, vector in ipairs(samples.vectors("zego_webhooks").signatures) do
    local message = { event = "room_create", timestamp = vector.timestamp, nonce = vector.nonce,
      signature = vector.signature }

    local function verify(body, secret)
      return streamctl.zego.webhook.verify(body, { secret = secret or vector.webhook_secret,
        tolerance = false })
    end

    it(vector.id .. " is genuine: " .. vector.why, function()
      assert.equal("room_created", assert(verify(cjson.encode(message))).kind)
      for _, name in ipairs { "timestamp", "nonce" } do -- as numbers
        local body = cjson.encode(message):gsub('("' .. name .. '":)"(%d+)"', "%1%2")
        assert(verify(body))
      end
      assert.equal("signature",
        select(3, verify(cjson.encode(message), vector.webhook_secret .. "x")).code)
    end)
  end
end)

describe("a webhook of ApsaraVideo Live", function()
  local vectors = samples.vectors "aliyun_webhooks"
  local verify = streamctl.aliyun.webhook.verify

  for _, vector in ipairs(vectors.signatures) do
    it(vector.id .. " is genuine: " .. vector.about, function()
      local request = {
        headers = { ["ALI-LIVE-TIMESTAMP"] = vector.timestamp,
          ["ALI-LIVE-SIGNATURE"] = vector.signature },
        body = '{"domain":"play.example.com","app":"a","stream":"s","event":"record_started"}',
      }
      local options = { secret = vector.key, domains = vector.domain, tolerance = false }
      assert.equal("record_started", assert(verify(request, options)).kind)
      options.secret = vector.key .. "x"
      assert.equal("signature", select(3, verify(request, options)).code)
      options.secret, options.domains = vector.key, "x" .. vector.domain
      assert.equal("signature", select(3, verify(request, options)).code)
    end)
  end

  for _, vector in ipairs(vectors.requests) do
    it(vector.id .. " is read", function()
      local headers = vector.headers
      if vector.id == "record_file" then -- the vector has none
        headers = { ["ALI-LIVE-TIMESTAMP"] = "1767323045",
          ["ALI-LIVE-SIGNATURE"] = "4fae7f25777baaf2623d7e73ed30e0bb" }
      end
      local event = assert(verify({ headers = headers, query = vector.target:match("%?(.*)$") or "",
        body = vector.body }, { secret = "ExampleNotifyKey01", unsigned = true,
        domains = { "push.example.com", "hooks.example.com" }, tolerance = false }))
      local kinds = { publish = "stream_started", publish_done = "stream_ended",
        record_file = "record_file", on_demand_record = "record_asked" }
      assert.equal(kinds[vector.id], event.kind)
      assert.equal(headers["ALI-LIVE-TIMESTAMP"] ~= nil, event.verified)
      assert.same({ "liveApp", "liveStream" }, { event.app, event.stream })
      local expected = vector.decoded
      if not expected then return end
      assert.equal(expected.ingest_domain, event.domain)
      assert.equal(expected.time, event.time)
      assert.equal(expected.usrargs, event.fields.usrargs)
      assert.equal(expected.height, tonumber(event.fields.height))
      assert.is_nil(tostring(event):find("auth_key", 1, true))
    end)
  end
end)
