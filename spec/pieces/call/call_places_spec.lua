-- How the parameters of operations without a row travel, as the caller says.

local cjson = require "cjson"
local helper = require "spec.pieces.helper"

local KINDS = { aliyun = "application/x-www-form-urlencoded", zego = "application/json" }

-- The query that is sent, and behind " | " the body.
local function sent(vendor, params, options)
  local client, transport = helper[vendor]()
  assert(client:call("AddThing", params, options))
  local request, out = transport.requests[1], {}
  for i = 1, #request.params, 2 do
    out[#out + 1] = request.params[i] .. "=" .. request.params[i + 1]
  end
  if request.body then
    assert.same({ "POST", KINDS[vendor] }, { request.method, request.content_type })
    out[#out + 1] = "| " .. request.body
  end
  return table.concat(out, " ")
end

it("wrong options for operations without a row throw at the caller's line", function()
  local live = helper.aliyun()
  for why, call in pairs {
    ["unknown option 'inbody' (did you mean 'in_body'?)"] = { inbody = true },
    ["unknown option 'list_stile' (did you mean 'list_style'?)"] = { list_stile = "json" },
    ["option 'in_body' must be true, or a list of names"] = { in_body = "A" },
    ["option 'in_body' must be true, or a list"] = { in_body = {} },
    ["option 'list_style' must be one of json, commas, flat; got jsn"] = { list_style = "jsn" },
    ["'in_body' is for the method POST"] = { in_body = true, method = "GET" },
    ["'in_body' is for operations without a row"] = { in_body = true, of = "ResumeLiveStream" },
    ["'list_style' is for operations without a row"] =
      { list_style = "json", of = "ResumeLiveStream" },
  } do
    local name = call.of or "AddThing"
    call.of = nil
    helper.throws(why, function() live:call(name, {}, call) end)
  end
end)

local BODY = { in_body = true }
local JSON = { list_style = "json" }
local null = cjson.null

local cycle = {}
cycle.again = cycle
local deep = "x"
for _ = 1, 17 do deep = { deep } end

-- What a table is read as, whatever its metatable says.
local hidden = setmetatable({ A = "a" }, {
  __pairs = function() return next, { B = "b" }, nil end,
  __index = function() return "c" end,
})

local LISTS = { A = { "a/b", 1.5 }, B = { "x", "y" }, C = { k = { true } }, D = "d" }

-- vendor, parameters, what is sent; options
local SENT = {
  { "aliyun", { A = true, B = false, C = "" }, "A=true B=false C=" },
  { "aliyun", { A = null, B = "x" }, "B=x" },
  { "aliyun", { Id = { "a", "b" } }, "Id.1=a Id.2=b" },
  { "aliyun", { Id = { "a", null, "c" } }, "Id.1=a Id.3=c" },
  { "aliyun", { Tag = { { Key = "k", Value = "v" }, { Key = "l" } } },
    "Tag.1.Key=k Tag.1.Value=v Tag.2.Key=l" },
  { "aliyun", { N = { { 1, 2 }, { 3 } } }, "N.1.1=1 N.1.2=2 N.2.1=3" },
  { "aliyun", { Map = { b = { c = 1.5 }, a = 60.0 } }, "Map.a=60 Map.b.c=1.5" },
  { "aliyun", { N = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 } },
    "N.1=1 N.2=2 N.3=3 N.4=4 N.5=5 N.6=6 N.7=7 N.8=8 N.9=9 N.10=10" },
  { "aliyun", { b = 1, B = 2, a = 3 }, "B=2 a=3 b=1" },
  { "aliyun", {}, "" },
  { "aliyun", { N = hidden }, "N.A=a" },
  { "zego", { UserId = { "a", "b" } }, "UserId[]=a UserId[]=b" },
  { "zego", { Media = { { Resolution = { "a", "b" } } } },
    "Media.0.Resolution.0=a Media.0.Resolution.1=b" },
  { "zego", { ["UserId[]"] = { "a", "b" } }, "UserId[]=a UserId[]=b" },
  { "zego", { Args = { { FileId = "f" }, { FileId = "g" } } }, "Args.0.FileId=f Args.1.FileId=g" },
  { "zego", { A = true, B = 60.0, C = "", D = null }, "A=true B=60 C=" },
  { "zego", { T = "a/b", N = 60, Deep = { On = true, List = { 1, 2.5 } } },
    '| {"Deep":{"List":[1,2.5],"On":true},"N":60,"T":"a/b"}', BODY },
  { "zego", { A = 1767323045123, B = 2 ^ 53 - 1, C = 1e15, D = 0.1 + 0.2, E = -0.0 },
    '| {"A":1767323045123,"B":9007199254740991,"C":1000000000000000,"D":0.30000000000000004,"E":0}',
    BODY },
  { "zego", { c = { null, {}, "x" }, b = { d = 1 }, a = null },
    '| {"a":null,"b":{"d":1},"c":[null,{},"x"]}', BODY },
  { "zego", { A = 'q"\\/\b\n\0\31\127\195\164' },
    [[| {"A":"q\"\\/\b\n\u0000\u001f\u007fä"}]], BODY },
  { "zego", { N = hidden }, '| {"N":{"A":"a"}}', BODY },
  { "zego", {}, "| {}", BODY },
  { "aliyun", { ["[]"] = "\228\184\173", A = "a b+c&=~-._*", B = 1 },
    "| A=a%20b%2Bc%26%3D~-._%2A&B=1&%5B%5D=%E4%B8%AD", BODY },
  { "aliyun", { ["A.b"] = 1, A = 2, ["A-"] = 3 }, "| A=2&A-=3&A.b=1", BODY },
  { "aliyun", { A = { "a", 1.0, 0.5, true } }, "A=a,1,0.5,true", { list_style = "commas" } },
  { "aliyun", { A = "a b", L = { "x", "y" }, N = 1.5 }, "| A=a%20b&L.1=x&L.2=y&N=1.5", BODY },
  { "aliyun", { A = "a", B = "b" }, "A=a | B=b", { in_body = { "B", "C" } } },
  { "zego", { A = { "a" }, B = "b" }, 'A[]=a | {"B":"b"}', { in_body = { "B" } } },
  { "zego", { A = { "a" }, B = { "b" } }, '| {"A":"[\\"a\\"]","B":"[\\"b\\"]"}',
    { in_body = true, list_style = "json" } },
  { "aliyun", LISTS, 'A=["a/b",1.5] B=["x","y"] C={"k":[true]} D=d', JSON },
  { "aliyun", LISTS, "A.1=a/b A.2=1.5 B.1=x B.2=y C.k.1=true D=d", { list_style = "flat" } },
  -- a resource travels like the rest
  { "aliyun", { A = { "a", "b" }, B = "c" }, "A=a,b B=c",
    { resource = { "A" }, list_style = "commas" } },
  { "aliyun", { A = {}, B = "c" }, "A=[] B=c", { resource = { "A", "B" }, list_style = "json" } },
  { "zego", { A = "a", B = "b" }, 'A=a | {"B":"b"}',
    { resource = { "A", "B" }, in_body = { "B" } } },
}

-- parameters, where and why they are refused by any vendor
local REFUSED = {
  { { A = "a\0b" }, "A holds a NUL byte" },
  { { A = print }, "A is a function, which cannot be sent" },
  { { A = coroutine.create(function() end) }, "A is a thread" },
  { { A = { B = print } }, "A.B is a func" },
  { { A = 0 / 0 }, "A is not a finite number" }, { { A = math.huge }, "A is not a finite number" },
  { { A = { B = -math.huge } }, "A.B is not a finite number" },
  { { A = cycle }, "A" .. (".again"):rep(16) .. " is nested too deeply, or holds itself" },
  { { A = deep }, "is nested too deeply" },
  { { A = { 1, nil, 3, x = 4 } }, "A is neither a list nor" },
  { { A = { [true] = 1 } }, "A is neither a list nor" }, { { A = {} }, "A is an empty table" },
  { { A = { B = {} } }, "A.B is an empty table, for which there is no form: leave it out" },
  { { [""] = 1 }, " is no parameter name" }, { { ["a\nb"] = 1 }, "no parameter name" },
  { { ["a\0b"] = 1 }, "no parameter name" }, { { "x" }, "1 is no parameter name" },
  { { [true] = 1 }, "true is no parameter name" },
  { { A = 0 / 0 }, "A is not a finite number", BODY },
  { { A = { B = math.huge } }, "A.B is not a finite number", BODY },
  { { A = cycle }, "holds itself", BODY }, { { A = { print } }, "A.1 is a function", BODY },
  { { A = { 1, nil, 3 } }, "A.1 is no parameter name", JSON },
  { { A = { ["b\n"] = 1 } }, "is no parameter name", JSON },
  { { A = { B = {} } }, "A.B is an empty table", JSON },
  { { A = { "a", "b,c" } }, "A item 2 holds a comma", { list_style = "commas" } },
  { { A = { {} } }, "A item 1 is a table", { list_style = "commas" } },
  { { A = { a = "b" } }, "A is no list", { list_style = "commas" } },
  { { A = { 0 / 0 } }, "A item 1 is not a finite number", { list_style = "commas" } },
}

describe("parameters of an operation without a row", function()
  for i, case in ipairs(SENT) do
    it("are sent as they are given: " .. i, function()
      assert.equal(case[3], sent(case[1], case[2], case[4]))
    end)
  end

  if math.maxinteger then -- luacheck: ignore 143
    it("keep all digits of an integer", function()
      local params = { A = math.maxinteger, B = math.mininteger } -- luacheck: ignore 143
      assert.equal('| {"A":9223372036854775807,"B":-9223372036854775808}',
        sent("zego", params, BODY))
    end)
  end

  for i, case in ipairs(REFUSED) do
    it("are refused where they have no form: " .. i .. ", " .. case[2], function()
      for _, vendor in ipairs { "aliyun", "zego" } do
        local client, transport = helper[vendor]()
        local body, message, err = client:call("AddThing", case[1], case[3])
        assert.is_nil(body)
        assert.equal("invalid_parameter", err.code)
        assert.truthy(message:find(case[2], 1, true), message)
        assert.equal(0, #transport.requests)
      end
    end)
  end
end)
