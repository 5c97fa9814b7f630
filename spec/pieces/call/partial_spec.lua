-- Items that failed inside a success, as the vendors' pages and packages show them.

local helper = require "spec.pieces.helper"

local SEND = { RoomId = "r", FromUserId = "u", MessageContent = "m" }
local RECORD = { Vendor = "Tencent", StreamId = { "a", "b" } }
local PRELOAD = { DomainName = "d", PlayUrl = "http://d/app/a.flv,http://d/app/b.flv" }
local DELETE = { DomainName = "d", AppName = "app", StreamName = "s", RemoveFile = "true",
  RecordId = { "a", "b" } }
local REMOVE = { AppId = "a", ChannelId = "c", TerminalIds = { "u1", "u2" } }

-- One operation's answer: text of the vendor -> what failed. What the vendor says of it all for a
-- batch stands behind " -> ".
local CASES = {
  { "zego", "SendCustomCommand", SEND, {
    ['{"FailUsers":[{"Uid":"u1","Code":50003}]} -> u1 failed: code 50003'] =
      { { item = "u1", code = "50003" } },
    ['{"FailUsers":[{"Uid":"u1","Code":50013},{"Uid":"u2","Code":2}]}'
      .. " -> u1 failed: code 50013; u2 failed: code 2"] =
      { { item = "u1", code = "50013" }, { item = "u2", code = "2" } },
    ['{"FailUsers":[null,"u"]}'] = false, ['{"FailUsers":[]}'] = false,
    ['{"FailUsers":null}'] = false, ["{}"] = false, ["null"] = false, ['"x"'] = false,
  } },
  { "zego", "ResumeCDNLiveStream", { StreamId = "a" }, {
    ['[{"CdnType":"ws","CdnResult":"Resume tasks added successfully."},'
      .. '{"CdnType":"tencent","CdnResult":"no such domain"}]'
      .. " -> tencent failed: no such domain"] =
      { { item = "tencent", message = "no such domain" } },
    ['[{"CdnType":"ws","CdnResult":"success append purge tasks"}]'] = false,
    ['[{"CdnType":"ws","CdnResult":"Success"}]'] = false,
    ['[{"CdnType":"ws","CdnResult":"unsuccessful"}]'] =
      { { item = "ws", message = "unsuccessful" } },
    ['[{"CdnType":"ws","CdnResult":""}] -> ws failed: no reason is given'] =
      { { item = "ws", message = "" } },
    ["[{}] -> an item failed: no reason is given"] = { {} },
  } },
  { "zego", "StartCDNRecord", RECORD, {
    ['{"Tencent":[{"StreamName":"a","TaskId":"t","Code":"","Message":""},'
      .. '{"StreamName":"b","Code":"FailedOperation","Message":"no"}],'
      .. '"Ws":{"http_code":200,"list":[{"id":"a","http_code":200,"msg":"success"},'
      .. '{"id":"b","http_code":500,"msg":"no"}]}}'] =
      { { item = "b", code = "FailedOperation", message = "no" },
        { item = "b", code = "500", message = "no" } },
  } },
  { "zego", "StopCDNRecord", RECORD, {
    ['{"Huawei":[{"StreamName":"a","Code":0,"Message":"success"},{"StreamName":"b","Code":7}]}'] =
      { { item = "b", code = "7" } },
  } },
  { "zego", "DeleteMedia", { Vendor = "Huawei", FileId = { "f", "g" } }, {
    ['{"Deleted":["f"],"Errors":[{"Code":"NoSuchKey","Message":"no","Key":"g"}]}'] =
      { { item = "g", code = "NoSuchKey", message = "no" } },
  } },
  { "aliyun", "SetLiveStreamPreloadTasks", PRELOAD, {
    ['"Status":"Failed","FailedURL":1,"SuccessURL":1,"TotalURL":2,'
      .. '"PreloadTasksMessages":{"PreloadTasksMessage":['
      .. '{"PlayUrl":"http://d/app/a.flv","Description":"Successfully","TaskId":"t"},'
      .. '{"PlayUrl":"http://d/app/b.flv","Description":"InternalError"}]}'] =
      { { item = "http://d/app/b.flv", code = "InternalError" } },
  } },
  { "aliyun", "DeleteLiveStreamRecordIndexFiles", DELETE, {
    ['"Code":"OK","RecordDeleteInfoList":{"RecordDeleteInfo":['
      .. '{"RecordId":"a","Message":"OK"},{"RecordId":"b","Message":"FileNotFound"}]}'
      .. " -> b failed: code FileNotFound"] = { { item = "b", code = "FileNotFound" } },
  } },
  { "aliyun", "RemoveTerminals", REMOVE, {
    ['"Terminals":[{"Id":"u1","Code":0,"Message":"Success"},'
      .. '{"Id":"u2","Code":3,"Message":"Failed"}] -> u2 failed: code 3: Failed'] =
      { { item = "u2", code = "3", message = "Failed" } },
  } },
}

local FRAMES = { zego = '{"Code":0,"Data":%s}', aliyun = '{"RequestId":"R-1",%s}' }

for _, case in ipairs(CASES) do
  local vendor, action, params = case[1], case[2], case[3]
  describe("a success of " .. action, function()
    for text, failed in pairs(case[4]) do
      local answer, says = text:match("^(.*) %-> (.*)$")
      it("tells what failed: " .. text, function()
        local body = FRAMES[vendor]:gsub("%%s", function() return answer or text end)
        local client = helper[vendor](helper.response(200, body))
        local info = assert(client:call(action, params)).info or {}
        assert.same(failed or nil, info.partial)
        if not says then return end
        local result = client:batch(action, { params }).results[1]
        assert.equal("vendor: " .. action .. ": " .. says, result.message)
        assert.same({ failed[1].code, true, failed },
          { result.err.vendor_code, result.err.maybe_sent, result.err.answer.info.partial })
      end)
    end
  end)
end

it("a batch of ids has those fail which the answer names", function()
  local live, transport = helper.aliyun(helper.response(200,
    '{"RequestId":"R-1","Terminals":[{"Id":"u1","Code":0,"Message":"Success"},'
    .. '{"Id":"u2","Code":3,"Message":"Failed"}]}'))
  local report = live:batch("RemoveTerminals", { "u1", "u2", "u1" },
    { params = { AppId = "a", ChannelId = "c" } })
  assert.same({ 2, 1, 1 }, { report.succeeded, report.failed, #transport.requests })
  assert.equal("vendor: RemoveTerminals: u2 failed: code 3: Failed", report.results[2].message)
end)
