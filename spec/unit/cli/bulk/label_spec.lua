local label = require "streamctl.cli.bulk.label"

describe("the label of an item", function()
  it("is its id, or what can be fed in again", function()
    assert.equal("s1", label.of "s1")
    assert.equal("s1", label.of { StreamName = "s1" })
    assert.equal('{"AppName":"a","StreamName":"s1"}', label.of { StreamName = "s1", AppName = "a" })
    assert.equal('{"SourceUrls":["x"]}', label.of { SourceUrls = { "x" } })
  end)

  it("has no keys of addresses where people look", function()
    assert.equal("s1", label.shown "s1")
    assert.equal('{"A":"1","DstUrl":"rtmp://p.example.com/a/b?..."}',
      label.shown { DstUrl = "rtmp://p.example.com/a/b?auth_key=1 2", A = "1" })
    assert.equal('["rtmp://...@p.example.com/a@b?...","srt://q?..."]',
      label.masked '["rtmp://me:p@ss@p.example.com/a@b?k","srt://q?streamid=x"]')
  end)
end)
