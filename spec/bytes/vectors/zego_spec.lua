-- Every golden vector of ZEGOCLOUD through the C core.

local core = require "streamctl.core"
local requests = require "spec.support.requests"
local samples = require "spec.support.samples"

local vectors = samples.vectors "zego"

local function sign(input, action, params, is_test)
  local signer = assert(core.signer("zego", {
    app_id = input.app_id, server_secret = input.secret, is_test = is_test,
  }))
  local target, headers, canonical, to_sign = assert(requests.sign(signer, "GET", action, params,
    nil, nil, input.nonce, input.timestamp))
  assert.is_nil(headers.Authorization)
  -- the text that is signed holds the secret: nothing of it is shown
  assert.equal("", canonical)
  assert.equal("", to_sign)
  return target
end

local function signature_of(target) return target:match("&Signature=([^&]*)") end

describe("ZEGO signature", function()
  for _, vector in ipairs(vectors.signatures) do
    it(vector.id .. ": " .. vector.why, function()
      local target = sign(vector, "CloseRoom")
      assert.equal(vector.signature, signature_of(target))
      -- what was signed is what is sent
      assert.equal(("/?Action=CloseRoom&AppId=%.0f&SignatureNonce=%s&Timestamp=%.0f&Signature=%s"
        .. "&SignatureVersion=2.0"):format(vector.app_id, vector.nonce, vector.timestamp,
          vector.signature), target)
    end)
  end
end)

describe("ZEGO wrong signature", function()
  for _, vector in ipairs(vectors.negative) do
    it(vector.id .. ": " .. vector.why, function()
      local signature = signature_of(sign(vector.input, "CloseRoom"))
      assert.not_equal(vector.wrong_signature, signature)
      assert.equal(vector.right_signature, signature)
    end)
  end
end)

describe("ZEGO URL", function()
  for _, vector in ipairs(vectors.urls) do
    it(vector.id .. ": " .. vector.why, function()
      local params = {}
      for _, pair in ipairs(vector.params) do
        params[#params + 1] = pair[1]
        params[#params + 1] = pair[2]
      end
      local target = sign(vector, vector.action, params, vector.is_test == "true")
      assert.equal(vector.url, vector.host .. target)
    end)
  end
end)
