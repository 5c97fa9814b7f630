-- Calls whose parameters are not checked, for what the vendor takes and the rows do not know yet.

local helper = require "spec.pieces.helper"

local UNCHECKED = { validate = false }

describe("validate = false", function()
  helper.stand_still()

  it("sends what was given, by the client's option or the call's", function()
    local strange = {
      DomainName = "d", AppName = "a", StreamName = "s", LiveStreamType = "player", New = "x",
      N = 60.0,
    }
    for _, way in ipairs { { UNCHECKED, nil }, { nil, UNCHECKED } } do
      local live, transport = helper.aliyun(nil, way[1])
      assert(live:forbid_live_stream(strange, way[2]))
      local request = transport.requests[1]
      assert.same({ "AppName", "a", "DomainName", "d", "LiveStreamType", "player", "N", "60", "New",
        "x", "StreamName", "s" }, request.params)
      assert.same({ "POST", true }, { request.method, request.safe })
    end
    local live = helper.aliyun(nil, UNCHECKED)
    local body, _, err = live:forbid_live_stream(strange, { validate = true })
    assert.is_nil(body)
    assert.equal("invalid_parameter", err.code)
  end)

  it("still fills in, encodes lists as the operation wants them, and knows what is safe", function()
    local live, transport = helper.aliyun(nil, { validate = false, region = "mars-1" })
    assert(live:create_live_pull_to_push { SourceUrls = { "a", "b" }, SourceType = "new" })
    assert.same({ "Region", "mars-1", "SourceType", "new", "SourceUrls", '["a","b"]' },
      transport.requests[1].params)
    assert.is_false(transport.requests[1].safe)
    for i, urls in ipairs { "[]", {} } do
      assert(live:create_live_pull_to_push { SourceUrls = urls })
      assert.same({ "[]" }, helper.sent(transport.requests[i + 1], "SourceUrls"))
    end
    assert(live:forbid_live_stream { Oneshot = "yes" })
    assert.is_false(transport.requests[4].safe)
    assert.same({ "publisher" }, helper.sent(transport.requests[4], "LiveStreamType"))
  end)

  it("refuses what has no form, and what belongs to the signature", function()
    local live, transport = helper.aliyun(nil, UNCHECKED)
    for name, value in pairs { AppName = print, New = {}, Action = "Other" } do
      local body, message, err = live:forbid_live_stream { [name] = value }
      assert.is_nil(body)
      assert.equal("invalid_parameter", err.code)
      assert.truthy(message:find(name, 1, true), message)
    end
    for _, list in ipairs { { 0 / 0 }, { print }, { "a", x = "b" } } do
      local body, message = live:update_live_pull_to_push { SourceUrls = list }
      assert.is_nil(body)
      assert.truthy(message:find("^invalid_parameter: UpdateLivePullToPush: SourceUrls%."), message)
    end
    assert.equal(0, #transport.requests)
  end)
end)
