-- Failures of one cause, and what a shell is told of them.

local fail = require "streamctl.cli.fail"
local groups = require "streamctl.cli.bulk.groups"
local lines = require "streamctl.cli.bulk.lines"

describe("a failure", function()
  it("is one cause, however often it was tried and whoever says so", function()
    local key = groups.key { code = "vendor", message = "vendor: 500 busy" }
    for _, message in ipairs { "vendor: 500 busy, attempt 2", "vendor: 500 busy; no more attempts",
      "vendor: ResumeRTCStreams: 500 busy", "vendor: 500 busy (ResumeRTCStreams)",
      "vendor: 500 busy; not sent again, because it was cancelled" } do
      assert.equal(key, groups.key { code = "vendor", message = message })
    end
    assert.not_equal(key, groups.key { code = "vendor", message = "vendor: 500 full" })
  end)

  it("names the variable of authorities, and quotes no page", function()
    assert.equal("tls: no authority; set STREAMCTL_CA_FILE to it",
      fail.message "tls: no authority; set tls.ca_file to it")
    assert.equal("http: 503 (a page of HTML); no more attempts",
      fail.message "http: 503 <html><body>down</body></html>; no more attempts")
  end)

  it("is settled by a query that can be pasted, without keys", function()
    local function query(url)
      return fail.query { operation = "DescribeLivePullToPushList", params = { DstUrl = url } }
    end
    assert.equal("streamctl call DescribeLivePullToPushList DstUrl=rtmp://push.example.com/app/s1",
      query "rtmp://push.example.com/app/s1")
    assert.matches(" DstUrl=%.%.%.$", query "rtmp://push.example.com/app/s1?auth_key=k")
  end)

  it("has an id for programs, whatever its operation takes", function()
    for _, item in ipairs { "s1", { StreamId = "s1" }, { StreamName = "s1", AppName = "a" },
      { TaskId = "s1" } } do
      assert.equal("s1", lines.id(item))
    end
  end)
end)
