local label = require "streamctl.cli.bulk.label"

describe("the label of an item", function()
  it("is its id, or what can be fed in again", function()
    assert.equal("s1", label.of "s1")
    assert.equal("s1", label.of { StreamName = "s1" })
    assert.equal('{"AppName":"a","StreamName":"s1"}', label.of { StreamName = "s1", AppName = "a" })
    assert.equal('{"SourceUrls":["x"]}', label.of { SourceUrls = { "x" } })
  end)
end)
