-- No secret, token or signature comes back, whatever an answer or a lower layer echoes; nothing
-- gets long.

local core = require "streamctl.core"
local encode = require "spec.support.encode_uri"
local helper = require "spec.pieces.helper"
local hidden = require "spec.support.hidden"

-- A text raw, percent-encoded, and percent-encoded twice.
local function forms(text)
  return { text, encode(text), encode(encode(text)) }
end

local PROXY_USER = "some%2Fone:Proxy%40pass%2fword+1" -- as the URL has it

local CLIENTS = {
  v3 = function(answer)
    return helper.aliyun(answer, { security_token = helper.SECURITY_TOKEN })
  end,
  v1 = function(answer)
    return helper.aliyun(answer, { security_token = helper.SECURITY_TOKEN, signature = "v1" })
  end,
  zego = helper.zego,
}

-- Answers and messages that hold `text` in every place there is.
local function echoes(text)
  local in_json = text:gsub('[\\"]', "\\%0")
  local results = {
    helper.response(400,
      '{"Code":"' .. in_json .. '","Message":"' .. in_json .. '","RequestId":"' .. in_json .. '"}'),
    helper.response(400,
      '{"Code":30009,"Message":"' .. in_json .. '","RequestId":"' .. in_json .. '"}'),
    helper.response(200,
      '{"Code":30009,"RetCode":5,"Message":"' .. in_json .. '","RequestId":"' .. in_json .. '"}'),
    helper.response(200,
      '{"Code":7,"RetCode":5,"Description":"' .. in_json .. '","RequestId":"' .. in_json .. '"}'),
    helper.response(403,
      '{"Code":"NoPermission","AccessDeniedDetail":{"AuthAction":"' .. in_json .. '"}}'),
    helper.response(403,
      "<Error><Code>" .. text .. "</Code><Message>" .. text .. "</Message></Error>"),
    helper.response(502, "<html>" .. text .. "</html>", "x-acs-request-id: " .. text .. "\r\n"),
    helper.response(200, text), helper.response(500, text), helper.response(404, text),
  }
  for _, code in ipairs { "dns", "connect", "tls", "timeout", "bad_response", "memory" } do
    results[#results + 1] = { code = code, message = "failed: " .. text .. " " .. text,
      maybe_sent = true }
  end
  -- where a text is cut
  for _, length in ipairs { 150, 170, 185, 195, 240, 900, 980, 1900, 2030 } do
    local filler = ("."):rep(length)
    results[#results + 1] = helper.response(500, filler .. text)
    results[#results + 1] = helper.response(400,
      '{"Code":"X","Message":"' .. filler .. in_json .. '"}')
    results[#results + 1] = helper.response(400,
      '{"Code":"' .. filler .. in_json .. '","RequestId":"' .. filler
      .. in_json .. '"}')
    results[#results + 1] = { code = "connect", message = filler .. text, maybe_sent = true }
  end
  return results
end

local function operation_of(name)
  if name == "zego" then
    return "ResumeRTCStream", "SendSomethingNew", helper.ZEGO_PARAMS.ResumeRTCStream
  end
  return "ResumeLiveStream", "AddLiveThing", helper.ALIYUN_PARAMS.ResumeLiveStream
end

describe("a proxy's password", function()
  local PARTS = { -- in which a proxy may echo it
    PROXY_USER, "some/one:Proxy@pass/word+1", "Proxy@pass/word+1", "Proxy%40pass%2fword+1",
    core.base64("some/one:Proxy@pass/word+1"), encode("Proxy@pass/word+1"),
  }

  -- How often a part comes through to a client with these options.
  local function leaks(given)
    local count, params = 0, helper.ALIYUN_PARAMS.ResumeLiveStream
    for _, part in ipairs(PARTS) do
      for _, result in ipairs(echoes(part)) do
        local body, message, err = helper.aliyun(result, given):call("ResumeLiveStream", params)
        assert.is_nil(body)
        if not pcall(hidden, helper.everything(message, err), { part }) then count = count + 1 end
      end
    end
    return count
  end

  it("that is echoed is nowhere in the failure", function()
    assert.equal(0, leaks { proxy = "http://" .. PROXY_USER .. "@127.0.0.1:3128" })
    assert.is_true(leaks {} > 100) -- nobody can know whose it is
  end)
end)

describe("a text in which no secret can be looked for", function()
  it("is not shown at all", function()
    local live = helper.aliyun(helper.response(500, "somebody else's text"))
    local signers = debug.getmetatable(live.signer).__index
    local redact = signers.redact
    finally(function() signers.redact = redact end)
    signers.redact = function() return nil, "memory: there is none" end
    local body, message, err = live:resume_live_stream(helper.ALIYUN_PARAMS.ResumeLiveStream)
    assert.is_nil(body)
    assert.is_nil(helper.everything(message, err):find("somebody", 1, true))
    assert.truthy(message:find("***", 1, true), message)
  end)
end)

describe("a signature", function()
  for name, make in pairs(CLIENTS) do
    it("that is echoed to a " .. name .. " client is nowhere in the failure", function()
      local safe, _, params = operation_of(name)
      -- always the same signature: one that begins with "+" would have no text to look for
      local signed = assert(make():sign(safe, params,
        { nonce = "0123456789abcdee", timestamp = helper.NOW }))
      local carrier = signed.headers.Authorization or signed.url
      local signature = assert(carrier:match("Signature=(%w%w%w%w%w%w%w%w[%w%%]*)"))
      for _, form in ipairs(forms("Signature=" .. signature)) do
        for _, result in ipairs(echoes("server saw " .. form .. "&x=1 and no more")) do
          local body, message, err = make(result):call(safe, params)
          assert.is_nil(body)
          hidden(helper.everything(message, err), { signature:match "^%w+" })
        end
      end
      local echoed = carrier:gsub("^https?://", "")
      local _, message, err = make(helper.response(500, echoed)):call(safe, params)
      hidden(helper.everything(message, err), { signature:match "^%w+" })
    end)
  end
end)
