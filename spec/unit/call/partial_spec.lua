-- What failed inside a success.

local cjson = require "cjson"
local partial = require "streamctl.call.partial"

local FAIL_USERS = { items = "Data.FailUsers", id = "Uid", code = "Code" }
local RECORDS = {
  { items = "Data.Tencent", id = "StreamName", code = "Code", message = "Message", fine = { "" } },
  { items = "Data.Huawei", id = "StreamName", code = "Code", message = "Message", fine = { 0 } },
}
local AT_CDNS = { items = "Data", id = "CdnType", message = "CdnResult", says = "success" }

describe("the failures of an answer", function()
  it("are the items of the list that the row names", function()
    assert.same({ { item = "u1", code = "50013" }, { item = "u2", code = "2" } },
      partial.failures(FAIL_USERS,
        { Data = { FailUsers = { { Uid = "u1", Code = 50013 }, { Uid = "u2", Code = 2 } } } }))
  end)

  it("are none where the list is empty, missing or something else", function()
    for _, body in ipairs {
      {}, { Data = cjson.null }, { Data = {} }, { Data = "x" }, { Data = { FailUsers = {} } },
      { Data = { FailUsers = cjson.null } }, { Data = { FailUsers = { cjson.null, "u" } } },
    } do
      assert.is_nil(partial.failures(FAIL_USERS, body))
    end
    assert.is_nil(partial.failures(nil, { Data = { FailUsers = { { Uid = "u1" } } } }))
  end)

  it("leave out items whose code is fine, in each list", function()
    assert.same({ { item = "b", code = "E", message = "no" }, { item = "d", code = "7" } },
      partial.failures(RECORDS, { Data = {
        Tencent = { { StreamName = "a", Code = "" },
          { StreamName = "b", Code = "E", Message = "no" } },
        Huawei = { { StreamName = "c", Code = 0 }, { StreamName = "d", Code = 7 } },
      } }))
  end)

  it("leave out items whose text says success", function()
    local function failures(text)
      return partial.failures(AT_CDNS, { Data = { { CdnType = "ws", CdnResult = text } } })
    end
    assert.is_nil(failures "Resume tasks added successfully.")
    assert.is_nil(failures "success append purge tasks")
    assert.is_nil(failures "Success")
    for _, text in ipairs { "unsuccessful", "failed", "" } do
      assert.same({ { item = "ws", message = text } }, failures(text))
    end
    assert.same({ { item = "ws" } }, failures(nil))
  end)

  it("are told in words, whatever the vendor leaves out", function()
    local client, operation = require("spec.unit.helper").zego(), { action = "SomeAction" }
    for text, failure in pairs {
      ["u1 failed: code 5: no such user"] = { item = "u1", code = "5", message = "no such user" },
      ["u1 failed: code 5"] = { item = "u1", code = "5", message = "" },
      ["ws failed: busy"] = { item = "ws", message = "busy" },
      ["an item failed: no reason is given"] = { code = "" },
    } do
      local _, message, err = partial.failed(client, operation, {}, { failure }, {})
      assert.equal("vendor: SomeAction: " .. text, message)
      assert.equal(failure.code, err.vendor_code)
    end
  end)
end)
