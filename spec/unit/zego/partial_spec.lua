-- Items that failed inside a success, as the vendor's pages show them.

local helper = require "spec.unit.helper"

local RECORD = { Vendor = "Tencent", StreamId = { "a", "b" } }

local CASES = {
  { "SendCustomCommand", { RoomId = "r", FromUserId = "u", MessageContent = "m" },
    '{"FailUsers":[{"Uid":"u1","Code":50003}]}', { { item = "u1", code = "50003" } } },
  { "SendCustomCommand", { RoomId = "r", FromUserId = "u", MessageContent = "m" },
    '{"FailUsers":[]}', nil },
  { "ResumeCDNLiveStream", { StreamId = "a" },
    '[{"CdnType":"ws","CdnResult":"Resume tasks added successfully."},'
      .. '{"CdnType":"tencent","CdnResult":"no such domain"}]',
    { { item = "tencent", message = "no such domain" } } },
  { "StartCDNRecord", RECORD,
    '{"Tencent":[{"StreamName":"a","TaskId":"t","Code":"","Message":""},'
      .. '{"StreamName":"b","Code":"FailedOperation","Message":"no"}]}',
    { { item = "b", code = "FailedOperation", message = "no" } } },
  { "StartCDNRecord", RECORD,
    '{"Ws":{"http_code":200,"list":[{"id":"a","http_code":200,"msg":"success"},'
      .. '{"id":"b","http_code":500,"msg":"no"}]}}',
    { { item = "b", code = "500", message = "no" } } },
  { "StopCDNRecord", RECORD,
    '{"Huawei":[{"StreamName":"a","Code":0,"Message":"success"},{"StreamName":"b","Code":7}]}',
    { { item = "b", code = "7" } } },
  { "DeleteMedia", { Vendor = "Huawei", FileId = { "f", "g" } },
    '{"Deleted":["f"],"Errors":[{"Code":"NoSuchKey","Message":"no","Key":"g"}]}',
    { { item = "g", code = "NoSuchKey", message = "no" } } },
}

describe("a success of zego in which some failed", function()
  for i, case in ipairs(CASES) do
    it("says which: " .. case[1] .. " " .. i, function()
      local rtc = helper.zego(helper.response(200, '{"Code":0,"Data":' .. case[3] .. "}"))
      local answer, message = rtc:call(case[1], case[2])
      assert.is_table(answer, message)
      assert.same(case[4], answer.partial)
    end)
  end
end)
