-- Parameters on the command line: words and objects.

local fail = require "streamctl.cli.fail"
local parameters = require "streamctl.cli.parameters"
local streamctl = require "streamctl"

local function row(name)
  return streamctl.aliyun.operations:find(name) or streamctl.zego.operations:find(name)
end

-- Sees that a function ends the command, and that this is said.
local function refused(text, fn, ...)
  local ok, thrown = pcall(fn, ...)
  assert.is_false(ok)
  assert.is_true(fail.is(thrown), tostring(thrown))
  assert.equal(2, thrown.status)
  assert.truthy(thrown.message:find(text, 1, true), thrown.message)
  return thrown.message
end

describe("words", function()
  it("are texts without a row, and any JSON with :=", function()
    assert.same({ A = "1", B = "x=y:=z", C = "", ["Tag.1.Key"] = "k", N = 1, T = false,
      L = { 1, "b" }, O = { k = "v" }, S = "s" },
      parameters.read { "A=1", "B=x=y:=z", "C=", "Tag.1.Key=k", "N:=1", "T:=false", 'L:=[1,"b"]',
        'O:={"k":"v"}', 'S:="s"' })
  end)

  it("make a list when a name comes again", function()
    assert.same({ A = { "1", "2", 3 } }, parameters.read { "A=1", "A=2", "A:=3" })
  end)

  it("become what the row wants", function()
    local switch = { by_name = { On = { type = "boolean" }, Off = { type = "boolean" },
      Maybe = { type = "boolean" } } }
    for _, case in ipairs {
      { "ResumeRTCStreams", { "StreamId=a" }, { StreamId = { "a" } } },
      { "ResumeRTCStreams", { "StreamId=a", "StreamId=b" }, { StreamId = { "a", "b" } } },
      { "ResumeRTCStreams", { 'StreamId=["a","b"]' }, { StreamId = { "a", "b" } } },
      { "ResumeRTCStreams", { 'StreamId:=["a"]' }, { StreamId = { "a" } } },
      { "DeleteSnapshotFiles", { "CreateTimestampList=1", "CreateTimestampList=2" },
        { CreateTimestampList = { 1, 2 } } },
      { "CreateLivePullToPush", { "Offset=5", "StartTime=1700000000", "TaskName=7",
        "EndTime=2026-01-01T00:00:00Z", "SourceUrls=rtmp://a/b", "RepeatNumber=-1",
        "FileIndex=0x10" }, { Offset = 5, StartTime = 1700000000, TaskName = "7",
        EndTime = "2026-01-01T00:00:00Z", SourceUrls = { "rtmp://a/b" }, RepeatNumber = -1,
        FileIndex = "0x10" } },
      { "UpdatePlayer", { "SeekTo=1.5", "Volume=loud" }, { SeekTo = 1.5, Volume = "loud" } },
      { switch, { "On=true", "Off=false", "Maybe=1" }, { On = true, Off = false, Maybe = "1" } },
    } do
      local operation = type(case[1]) == "table" and case[1] or row(case[1])
      assert.same(case[3], parameters.read(case[2], operation))
    end
  end)

  it("win over an object", function()
    assert.same({ A = "2", B = 1 }, parameters.read({ "A=2" }, nil, { A = "1", B = 1 }))
  end)

  it("that are none are named", function()
    for _, word in ipairs { "StreamId", "=a", ":=1", "-a=b", "a b=c", "" } do
      refused("'" .. word .. "' is no parameter; write NAME=", parameters.read, { "A=1", word })
    end
    assert.is_true(#refused("is no parameter", parameters.read, { ("x"):rep(5000) }) < 300)
  end)

  it("with JSON that is none, or not one value, are named without their text", function()
    for word, why in pairs { ["Key:=hidden"] = "not JSON", ["Key:="] = "holds no value",
      ["Key:=null"] = "holds no value", ["Key:=1,2"] = "more than one value" } do
      local message = refused("the parameter Key: ", parameters.read, { word })
      assert.truthy(message:find(why, 1, true), message)
      assert.is_nil(message:find("hidden", 1, true))
    end
  end)

  it("that come again where the row takes one value are refused", function()
    refused("the parameter StreamId is given twice, and it takes one value", parameters.read,
      { "StreamId=a", "StreamId=b" }, row "ResumeRTCStream")
  end)
end)

describe("an object", function()
  local path

  before_each(function() path = os.tmpname() end)
  after_each(function() os.remove(path) end)

  local function write(text)
    local file = assert(io.open(path, "wb"))
    file:write(text)
    file:close()
    return "@" .. path
  end

  it("is a text or a file, with a mark of UTF-8 or without", function()
    assert.same({ A = { 1 } }, parameters.object '{"A":[1]}')
    assert.same({ A = "b" }, parameters.object(write '\239\187\191{"A":"b"}\r\n'))
  end)

  it("that is none is refused, with its line", function()
    refused("--json: it is not a JSON object", parameters.object, '["a"]')
    refused(path .. " line 2: it is not JSON; --json takes an object", parameters.object,
      write '{"A":1,\n"B":}\n')
    refused("cannot read " .. path .. "/none: ", parameters.object, "@" .. path .. "/none")
  end)
end)
