-- Rows whose parameters hold others, in a vendor's styles and places.

local cjson = require "cjson"
local check = require "streamctl.call.check"
local operation = require "spec.support.operation"
local rows = require "streamctl.call.rows"

local ALIYUN = {}
local ZEGO = { from_zero = true }
local TEST = { from_zero = true, stream_prefix = "zegotest-7-" }

local function row_of(params, more)
  local row = { "Act", method = "POST", safe = true, params = params }
  for name, value in pairs(more or {}) do row[name] = value end
  return rows.expand(row)
end

local function pairs_of(request)
  local wire, out = request.params, {}
  for i = 1, #wire, 2 do out[#out + 1] = wire[i] .. "=" .. wire[i + 1] end
  return out, request.body, request.content_type
end

local VENDOR = { name = "vendor", operations = { reserved = {} } }

local function build(row, params, context, options)
  local client = { vendor = VENDOR, options = {}, context = context or ALIYUN,
    signer = operation.signer }
  return check.build(client, row, params, options or {})
end

local function sent(row, params, context)
  return pairs_of(assert(build(row, params, context)))
end

local function as_given(row, params, context)
  return pairs_of(assert(build(row, params, context, { validate = false })))
end

local function refused(row, params, at, why, context)
  local request, message = build(row, params, context)
  assert.is_nil(request, at)
  local wanted = "invalid_parameter: Act: " .. at .. " "
  assert.equal(wanted, message:sub(1, #wanted))
  assert.truthy(message:find(why, #wanted, true), message)
end

local LAYOUT = {
  "CasterId!",
  { "Layer:list!", items = "object", max_items = 2, fields = {
    "Name! Rate:number On:boolean",
    { "Volume:integer", min = 0, max = 100 },
    { "Position:list", items = "number", min = 0, max = 1, min_items = 2, max_items = 2 },
    { "Mix:object", fields = { { "Mode:integer!", enum = { 1, 2 } } } },
  } },
}

describe("a row with nested parameters", function()
  it("is flattened as Alibaba Cloud does", function()
    assert.same({ "CasterId=c", "Layer.1.Mix.Mode=2", "Layer.1.Name=a", "Layer.1.On=false",
      "Layer.1.Position.1=0.5", "Layer.1.Position.2=1", "Layer.1.Rate=1.5", "Layer.1.Volume=60",
      "Layer.2.Name=b" }, (sent(row_of(LAYOUT), { CasterId = "c", Layer = {
        { Name = "a", Rate = 1.5, On = false, Volume = 60.0, Position = { 0.5, 1 },
          Mix = { Mode = 2 } },
        { Name = "b" },
      } })))
  end)

  it("is flattened as ZEGO does", function()
    local row = row_of {
      { "UserId:list", max_items = 3 }, { "Level:list", items = "integer", enum = { 1, 2 } },
      { "Args:list", items = "object", fields = { "FileId! StartTime:number" } },
    }
    assert.same({ "Args.0.FileId=f", "Args.0.StartTime=0.5", "Args.1.FileId=g", "Level[]=1",
      "Level[]=2", "UserId[]=a", "UserId[]=b" }, (sent(row, { UserId = { "a", "b" },
        Level = { 1, 2 }, Args = { { FileId = "f", StartTime = 0.5 }, { FileId = "g" } } }, ZEGO)))
  end)

  it("keeps rules between fields of an object, and of each object of a list", function()
    local rules = { { "any_of", "StreamId", "StreamUrl" } }
    local row = row_of({
      { "Input:object", fields = { "StreamId StreamUrl Volume:integer" }, rules = rules },
      { "Output:list", items = "object", fields = { "StreamId StreamUrl" }, rules = rules },
    }, { body = "json" })
    local url = { StreamUrl = "u" }
    local _, body = sent(row, { Input = { StreamId = "a" }, Output = { url, { StreamId = "b" } } },
      ZEGO)
    assert.equal('{"Input":{"StreamId":"a"},"Output":[{"StreamUrl":"u"},{"StreamId":"b"}]}', body)
    refused(row, { Input = { Volume = 1 } }, "Input.StreamId", "or StreamUrl is required", ZEGO)
    refused(row, { Output = { url, {} } }, "Output item 2 StreamId", "or StreamUrl is required",
      ZEGO)
  end)

  it("says by its path what is wrong", function()
    local row = row_of(LAYOUT)
    local function with(layer) return { CasterId = "c", Layer = layer } end
    local a = { Name = "a" }
    refused(row, { Layer = { a } }, "CasterId", "is required")
    refused(row, { CasterId = "c" }, "Layer", "is required")
    refused(row, { CasterId = "c", Layr = { a } }, "Layr",
      "is no parameter of Act (did you mean 'Layer'?)")
    refused(row, with "a", "Layer", "must be a list of 1 to 2 objects, got a string")
    refused(row, with { a, x = 1 }, "Layer", "without names or gaps")
    refused(row, with { a, nil, a }, "Layer", "without names or gaps")
    refused(row, with {}, "Layer", "must be a list of 1 to 2 objects, got an empty one")
    refused(row, with { a, a, a }, "Layer", "got 3")
    refused(row, with { a, "b" }, "Layer item 2", "must be a table with names, got a string")
    refused(row, with { a, {} }, "Layer item 2 Name", "is required")
    refused(row, with { a, { Name = 1 } }, "Layer item 2 Name", "must be text, got a number")
    refused(row, with { { Nme = "a" } }, "Layer item 1 Nme",
      "is no field of Layer (did you mean 'Name'?)")
    refused(row, with { { Name = "a", Volume = 101 } }, "Layer item 1 Volume",
      "must be from 0 to 100, got 101")
    refused(row, with { { Name = "a", Rate = 0 / 0 } }, "Layer item 1 Rate",
      "must be a finite number")
    refused(row, with { { Name = "a", On = "true" } }, "Layer item 1 On",
      "must be true or false, got a string")
    refused(row, with { { Name = "a", Mix = {} } }, "Layer item 1 Mix.Mode", "is required")
    refused(row, with { { Name = "a", Mix = { Mode = 3 } } }, "Layer item 1 Mix.Mode",
      "must be one of 1, 2; got 3")
    refused(row, with { { Name = "a", Mix = 1 } }, "Layer item 1 Mix", "must be a table with names")
    refused(row, with { { Name = "a", Position = { 1 } } }, "Layer item 1 Position",
      "must be a list of 2 numbers, got 1")
    refused(row, with { { Name = "a", Position = { 1, 1.5 } } }, "Layer item 1 Position item 2",
      "must be from 0 to 1, got 1.5")
  end)

  it("is read without metamethods, and left as it was", function()
    local row = row_of(LAYOUT)
    local trap = { __index = { Name = "x", Mix = 9 }, __pairs = function() return next, {}, nil end,
      __len = function() return 9 end }
    refused(row, { CasterId = "c", Layer = { setmetatable({}, trap) } }, "Layer item 1 Name",
      "is required")
    local layer = { Name = "a", Position = setmetatable({ 0, 1 }, trap) }
    local params = { CasterId = "c", Layer = setmetatable({ setmetatable(layer, trap) }, trap) }
    assert.equal(4, #sent(row, params))
    assert.is_true(rawequal(layer, rawget(params.Layer, 1)))
    assert.equal("x", setmetatable({}, trap).Name)
  end)

  it("gives StreamIds the prefix of the test environment", function()
    local row = row_of({
      { "MixInput:list", items = "object", fields = { { "StreamId:stream_id", prefixed = true } } },
      { "Ids:list", items = "stream_id", prefixed = true },
    }, { body = "json" })
    local params = { MixInput = { { StreamId = "s" } }, Ids = { "t", "zegotest-7-u" } }
    local _, body = sent(row, params, TEST)
    assert.equal('{"Ids":["zegotest-7-t","zegotest-7-u"],"MixInput":[{"StreamId":"zegotest-7-s"}]}',
      body)
    _, body = sent(row, params, ZEGO)
    assert.equal('{"Ids":["t","zegotest-7-u"],"MixInput":[{"StreamId":"s"}]}', body)
    refused(row, { Ids = { "t", "a b" } }, "Ids item 2", "must be 1 to 256 of the characters", TEST)
  end)

  it("keeps its rules", function()
    local row = row_of({ "A B", "L:list" }, { rules = { { "required_if", "B", "A", "x" } } })
    refused(row, { A = "x", L = { "l" } }, "B", "is required when A is x")
    assert.same({ "A=y", "L.1=l" }, (sent(row, { A = "y", L = { "l" } })))
  end)
end)

describe("the style of a parameter", function()
  local row = row_of {
    "Plain", { "Ids:list", style = "commas" }, { "Urls:list", style = "json", min_items = 0 },
    { "Sizes:list", items = "number", style = "json" },
    { "Storage:object", style = "json",
      fields = { "Type:integer! Name", { "Paths:list" }, { "Deep:object", fields = { "A" } } } },
    { "Extension:map", style = "json" }, { "Tag:map" },
  }

  it("json is one text, with names in order and no blanks", function()
    assert.same({ 'Extension={"a":true,"b":[1,"x"]}', 'Sizes=[0.5,2]',
      'Storage={"Deep":{},"Name":"n","Paths":["p"],"Type":1}', 'Urls=["a/b","c\\"d"]' },
      (sent(row, { Urls = { "a/b", 'c"d' }, Sizes = { 0.5, 2 }, Extension = { b = { 1, "x" },
        a = true }, Storage = { Type = 1, Name = "n", Paths = { "p" }, Deep = {} } })))
    assert.same({ "Extension={}", "Urls=[]" }, (sent(row, { Urls = {}, Extension = {} })))
  end)

  it("json may be given as such a text, which is checked and sent as it came", function()
    assert.same({ 'Storage={"Type": 1}', 'Urls=[ "a" ]' },
      (sent(row, { Urls = '[ "a" ]', Storage = '{"Type": 1}' })))
    refused(row, { Storage = '{"Type": "1"}' }, "Storage.Type", "must be a whole number")
    refused(row, { Urls = '{"a":1}' }, "Urls", "must be a list, or one as JSON")
    refused(row, { Storage = "[]" }, "Storage", "must be a table with names, or one as JSON")
  end)

  it("commas is one text, and may be given as such", function()
    assert.same({ "Ids=a,b" }, (sent(row, { Ids = { "a", "b" } })))
    assert.same({ "Ids=a,b" }, (sent(row, { Ids = "a,b" })))
    refused(row, { Ids = { "a", "b,c" } }, "Ids item 2", "holds a comma")
    refused(row, { Ids = { "a", "" } }, "Ids item 2", "must not be empty")
    refused(row, { Ids = "a,,b" }, "Ids item 2", "must not be empty")
  end)

  it("without one is flat, also of a map", function()
    assert.same({ "Plain=p", "Tag.a=1", "Tag.b.c=x" },
      (sent(row, { Plain = "p", Tag = { a = 1, b = { c = "x" } } })))
    refused(row, { Tag = { f = print } }, "Tag.f", "is a function")
    refused(row, { Tag = {} }, "Tag", "is an empty table")
    refused(row, { Tag = { "a" } }, "Tag", "must be a table with names, got a list")
    refused(row, { Tag = "a" }, "Tag", "must be a table with names, got a string")
    local cycle = {}
    cycle.again = cycle
    refused(row, { Tag = cycle }, ("Tag" .. (".again"):rep(16)), "holds itself")
  end)

  it("holds without a check, too", function()
    assert.same({ "Extension={}", "Ids=a,b", "New.1=n", 'Storage={"Any":1}', "Urls=[]" },
      (as_given(row, { Ids = { "a", "b" }, Urls = {}, New = { "n" }, Storage = { Any = 1 },
        Extension = {}, Plain = cjson.null })))
  end)
end)

describe("a row with a body", function()
  local PARAMS = { { "Skip:boolean", query = true }, "AppId!", "Type:integer",
    { "Ids:list", style = "commas" } }

  it("is a form, but for what belongs to the query", function()
    local row = row_of(PARAMS, { body = "form" })
    local query, body, kind =
      sent(row, { Skip = true, AppId = "a b", Type = 1, Ids = { "x", "y" } })
    assert.same({ "Skip=true" }, query)
    assert.equal("AppId=a%20b&Ids=x%2Cy&Type=1", body)
    assert.equal("application/x-www-form-urlencoded", kind)
    refused(row, {}, "AppId", "is required")
    query, body, kind = sent(row_of({ "A" }, { body = "form" }), {})
    assert.same({ n = 0, kind = "application/x-www-form-urlencoded" },
      { n = #query, body = body, kind = kind })
  end)

  it("is a JSON object, but for what belongs to the query", function()
    local row = row_of({ { "Skip:boolean", query = true }, { "Q:list", query = true }, "TaskId!",
      "Sequence:sequence", { "Out:list", items = "object", fields = { "Fps:number" } },
      "Time:time" }, { body = "json" })
    local query, body, kind = sent(row, { Skip = false, Q = { "q" }, TaskId = "t", Sequence = "12",
      Out = { {}, { Fps = 29.97 } }, Time = 1767323045 }, ZEGO)
    -- the Sequence waits there for the stamp that puts it into the body
    assert.same({ "Q[]=q", "Sequence=12", "Skip=false" }, query)
    assert.equal('{"Out":[{},{"Fps":29.97}],"TaskId":"t","Time":"2026-01-02T03:04:05Z"}', body)
    assert.equal("application/json", kind)
    refused(row, { TaskId = "t", Out = { { fps = 1 } } }, "Out item 1 fps",
      "is no field of Out (did you mean 'Fps'?)", ZEGO)
    assert.equal("{}", (select(2, sent(row_of({ "A" }, { body = "json" }), {}))))
  end)

  it("takes times as numbers at any depth", function()
    local row = row_of({ { "Plan:object", fields = { "Start:time", "Ends:list" } },
      { "At:list", items = "time" } }, { body = "json" })
    local _, body = sent(row, { Plan = { Start = 0.5 }, At = { 60, "2026-01-02T03:04:05Z" } })
    assert.equal('{"At":["1970-01-01T00:01:00Z","2026-01-02T03:04:05Z"],'
      .. '"Plan":{"Start":"1970-01-01T00:00:00Z"}}', body)
    refused(row, { Plan = { Start = 1e13 } }, "Plan.Start", "or a number of Unix seconds")
    refused(row, { At = { "now" } }, "At item 1", "or a number of Unix seconds")
  end)

  it("keeps styles and places without a check", function()
    local row = row_of(PARAMS, { body = "form" })
    local query, body = as_given(row, { Skip = "?", Ids = { 1 }, New = { "n" } })
    assert.same({ "Skip=?" }, query)
    assert.equal("Ids=1&New.1=n", body)
    row = row_of(PARAMS, { body = "json" })
    query, body = as_given(row, { Skip = "?", Ids = { 1 }, New = { "n" }, No = cjson.null }, ZEGO)
    assert.same({ "Skip=?" }, query)
    assert.equal('{"Ids":"1","New":["n"],"No":null}', body)
  end)
end)
