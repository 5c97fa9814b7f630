-- Clients: what is missing when one is made, what one shows of itself, what a vendor's table
-- offers.

local helper = require "spec.pieces.helper"

local VENDORS = {
  aliyun = { required = { access_key_id = "LTAI-shown", access_key_secret = "hidden-secret/+=" } },
  zego = { required = { app_id = 1234567890, server_secret = "hidden-secret/+=" } },
}

for name, case in pairs(VENDORS) do
  describe("streamctl." .. name .. ".new", function()
    local vendor = require("streamctl." .. name)

    it("has functions only for what exists, and suggests", function()
      helper.throws("streamctl." .. name .. " has no 'neww' (did you mean 'new'?)",
        function() vendor.neww {} end)
      helper.throws("has no 'delete_everything'",
        function() return vendor.delete_everything + 1 end)
      helper.thrown(function() return vendor[("x"):rep(100 * 1024)] + 1 end)
    end)

    it("makes clients that show vendor, endpoint and key id, and no secret", function()
      local client = vendor.new(helper.merged(case.required, { endpoint = "https://host:8443" }))
      local text = tostring(client)
      assert.equal(name == "aliyun" and "streamctl.aliyun: https://host:8443 aliyun:LTAI-shown"
        or "streamctl.zego: https://host:8443 zego:1234567890", text)
      assert.equal("https://host:8443", client.endpoint)
      assert.equal("streamctl.signer", tostring(client.signer))
    end)

    it("makes clients that say when they do not verify", function()
      assert.truthy(tostring(vendor.new(helper.merged(case.required, { tls = { verify = false } })))
        :find(" (TLS NOT VERIFIED)", 1, true))
      assert.is_nil(tostring(vendor.new(helper.merged(case.required,
        { tls = { verify = true } }))):find("TLS"))
    end)
  end)
end
