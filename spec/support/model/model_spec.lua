-- The vendors' model in plain Lua: the emulator's specs and the library's prove the rest of it.


local faults = require "spec.support.model.faults"
local guesses = require "spec.support.model.guesses"
local json = require "spec.support.model.json"
local memory = require "spec.support.model.memory"
local requests = require "spec.support.model.request"
local vendors = { aliyun = require "spec.support.model.aliyun",
  zego = require "spec.support.model.zego" }

local START = 1767323045 -- 2026-01-02T03:04:05Z

describe("the vendors' model", function()
  local config, time, number

  before_each(function()
    config, time, number = guesses.first(), START, 0
    memory.use(memory.plain {
      config = config, now = function() return time end,
      random = function(n)
        number = number + 1
        return number % n + 1
      end,
    })
  end)

  local function zego_request(action, query, nonce)
    return requests.new("zego", "GET", ("/?Action=%s&AppId=1&SignatureNonce=%s&Timestamp=%d&%s")
      :format(action, nonce or memory.digits(), time, query))
  end

  local function zego(...) return vendors.zego.handle(zego_request(...)) end

  local function aliyun_request(action, query, nonce)
    return requests.new("aliyun", "GET", "/?" .. query, { ["x-acs-action"] = action,
      ["x-acs-date"] = memory.format_time(time),
      ["x-acs-signature-nonce"] = nonce or memory.digits() })
  end

  local function aliyun(...) return vendors.aliyun.handle(aliyun_request(...)) end

  local function create(url)
    return aliyun("CreateLivePullToPush", "Region=cn-shanghai&SourceType=live&DstUrl=" .. url
      .. "&SourceUrls=%5B%22rtmp%3A%2F%2Fa%2Fb%2Fc%22%5D"
      .. "&StartTime=2026-01-02T03:00:00Z&EndTime=2026-01-02T04:00:00Z").body.TaskId
  end

  local function list(query)
    return aliyun("DescribeLivePullToPushList", "Region=cn-shanghai" .. (query or "")).body
  end

  it("bans a stream of each vendor, and lets it on again", function()
    local names = "DomainName=d&AppName=a&StreamName=%2Bs"
    assert.same({ 200, true }, { aliyun("ForbidLiveStream", names).status,
      aliyun("DescribeLiveStreamsBlockList", names).executed })
    assert.is_truthy(memory.get("blocked", "d/a/+s"))
    aliyun("ResumeLiveStream", names)
    assert.is_nil(memory.get("blocked", "d/a/+s"))
    zego("ForbidRTCStreams", "StreamId[]=s1&StreamId%5B%5D=s2&Sequence=1")
    zego("ResumeRTCStream", "StreamId=s1&Sequence=2")
    assert.same({ nil, "1" }, { memory.get("forbidden", "s1"),
      memory.get("forbidden", "s2").sequence })
  end)

  it("takes a Sequence that does not rise as the guess has it", function()
    for guess, code in pairs { refused = 1, ignored = 0 } do
      config.order_breach = guess
      zego("ForbidRTCStream", "Sequence=10&StreamId=" .. guess)
      local answer = zego("ResumeRTCStream", "Sequence=9&StreamId=" .. guess)
      assert.same({ code, false }, { answer.code, answer.executed })
      assert.equal("10", memory.get("forbidden", guess).sequence)
    end
    time = time + 11 -- the rule is about ten seconds
    assert.is_true(zego("ResumeRTCStream", "Sequence=9&StreamId=refused").executed)
  end)

  it("lists tasks in pages, and an empty list as one", function()
    assert.is_truthy(json.encode(list()):find('"TaskList":[]', 1, true))
    local ids = { create "u1", create "u2", create "u3" }
    local page = list "&PageSize=2&PageNumber=2"
    assert.same({ 3, 1, ids[3], 1 }, { page.Total, #page.TaskList, page.TaskList[1].TaskId,
      page.TaskList[1].TaskStatus })
    assert.equal("InvalidParameter", list("&PageSize=x").Code)
  end)

  it("leaves a task as it is when it refuses a change", function()
    local id = create "u"
    local answer = aliyun("UpdateLivePullToPush", "Region=cn-shanghai&EndTime=2026-01-02T03:00:00Z"
      .. "&TaskId=" .. id)
    assert.equal("InvalidParam.CodeIllegalDuration", answer.code)
    assert.equal("2026-01-02T04:00:00Z", memory.get("tasks", id).info.EndTime)
  end)

  it("shows a new task list_lag later", function()
    config.list_lag = 5
    create "u"
    assert.equal(0, list().Total)
    time = time + 5
    assert.equal(1, list().Total)
  end)

  it("refuses what comes above the rate", function()
    config.rates = true
    local codes = {}
    for i = 1, 3 do codes[i] = zego("CloseRoom", "RoomId=" .. i).code end
    time = time + 1
    assert.same({ 0, 206, 206 }, codes)
    assert.equal(0, zego("CloseRoom", "RoomId=1").code)
  end)

  it("knows a nonce again, and a clock that is wrong", function()
    aliyun("Nothing", "", "n")
    assert.equal("SignatureNonceUsed", aliyun("Nothing", "", "n").code)
    zego("Nothing", "", "n")
    assert.equal(100000007, zego("Nothing", "", "n").code)
    config.repeated_nonce = "refused"
    assert.equal(100000005, zego("Nothing", "", "n").code)
    config.clock_offset = 901
    assert.equal("InvalidTimeStamp.Expired", aliyun("Nothing", "").code)
    assert.equal(100000004, zego("Nothing", "").code)
  end)

  it("makes the answers of faults", function()
    local request = zego_request("CloseRoom", "RoomId=1")
    local answer = faults.answer({ kind = "throttle", retry_after = 3 }, request, vendors.zego)
    assert.same({ 206, "3", false }, { answer.code, answer.headers["Retry-After"],
      answer.executed })
    request = aliyun_request("DescribeLiveStreamState", "DomainName=d&AppName=a&StreamName=s")
    answer = faults.answer({ kind = "garbage_json" }, request, vendors.aliyun,
      vendors.aliyun.handle(request))
    assert.has_error(function() return assert(json.decode(answer.raw)) end)
  end)
end)
