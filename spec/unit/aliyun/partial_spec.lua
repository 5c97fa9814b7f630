-- Items that failed inside a success, as the vendor's client documents them.

local helper = require "spec.unit.helper"

local function client(fields)
  return helper.aliyun(helper.response(200, '{"RequestId":"R-1",' .. fields .. "}"))
end

local FILE = { DomainName = "d", AppName = "app", StreamName = "s", RemoveFile = "true" }

describe("a success of aliyun in which some failed", function()
  it("says which URLs are not prefetched", function()
    local live = client('"Status":"Failed","FailedURL":1,"SuccessURL":1,"TotalURL":2,'
      .. '"PreloadTasksMessages":{"PreloadTasksMessage":['
      .. '{"PlayUrl":"http://d/app/a.flv","Description":"Successfully","TaskId":"t"},'
      .. '{"PlayUrl":"http://d/app/b.flv","Description":"InternalError"}]}')
    local answer = assert(live:set_live_stream_preload_tasks {
      DomainName = "d", PlayUrl = "http://d/app/a.flv,http://d/app/b.flv",
    })
    assert.same({ { item = "http://d/app/b.flv", code = "InternalError" } }, answer.partial)
  end)

  it("says which recordings are still there, and a batch of ids has those fail", function()
    local live, transport = client('"Code":"OK","RecordDeleteInfoList":{"RecordDeleteInfo":['
      .. '{"RecordId":"a","Message":"OK"},{"RecordId":"b","Message":"FileNotFound"}]}')
    local report = live:batch("DeleteLiveStreamRecordIndexFiles", { "a", "b" }, { params = FILE })
    assert.same({ true, false }, { report.results[1].ok, report.results[2].ok })
    assert.equal("vendor: DeleteLiveStreamRecordIndexFiles: b failed: code FileNotFound",
      report.results[2].message)
    assert.same({ "a" }, helper.sent(transport.requests[1], "RecordId.1"))
    assert.same({ "b" }, helper.sent(transport.requests[1], "RecordId.2"))
  end)

  it("says which users are still in the channel", function()
    local live = client('"Terminals":[{"Id":"u1","Code":0,"Message":"Success"},'
      .. '{"Id":"u2","Code":3,"Message":"Failed"}]')
    local report = live:batch("RemoveTerminals", { "u1", "u2", "u1" },
      { params = { AppId = "a", ChannelId = "c" } })
    assert.same({ 2, 1, 1 }, { report.succeeded, report.failed, report.requests })
    assert.equal("vendor: RemoveTerminals: u2 failed: code 3: Failed", report.results[2].message)
  end)
end)
