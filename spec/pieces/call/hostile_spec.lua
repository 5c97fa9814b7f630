-- Tables that were not made for us: whose metamethods throw, or whose keys are of any kind. What is
-- given as parameters is refused, never thrown, and nothing is sent.

local helper = require "spec.pieces.helper"

local function throw() error("a metamethod was asked") end

-- A table that throws whatever is asked of it.
local function hostile(content)
  return setmetatable(content or {}, {
    __tostring = throw, __index = throw, __eq = throw, __len = throw, __pairs = throw,
    __concat = throw, __lt = throw,
  })
end

local function many(count)
  local list = {}
  for i = 1, count do list[i] = "s" .. i end
  return list
end

-- Enough keys of two kinds that a sort would notice an order which goes round in circles.
local function mixed()
  local keys = {}
  for i = 1, 40 do keys[i], keys[tostring(i * 7)] = 1, 1 end
  return keys
end

local JSON = { list_style = "json" }
local NO_NAME = " is no parameter name"

-- vendor, action, parameters, options, part of the message
local REFUSED = {
  { "aliyun", "ResumeLiveStream", { [hostile()] = 1 }, nil, "a table is no parameter of" },
  { "aliyun", "ResumeLiveStream", hostile(), nil, "AppName is required" },
  { "aliyun", "ResumeLiveStream", { AppName = hostile() }, nil, "AppName must be text" },
  { "zego", "ResumeRTCStreams", { StreamId = hostile(many(30)) }, nil, "1 to 20 texts" },
  { "zego", "ResumeRTCStreams", { StreamId = hostile { "a", hostile() } }, nil, "item 2 must be" },
  { "aliyun", "AddThing", { [hostile()] = { 1 } }, nil, "a table" .. NO_NAME },
  { "aliyun", "AddThing", { [hostile()] = { 1 } }, JSON, "a table" .. NO_NAME },
  { "aliyun", "AddThing", { [1] = { 1 } }, JSON, "1" .. NO_NAME },
  { "aliyun", "AddThing", { [true] = { 1 } }, JSON, "true" .. NO_NAME },
  { "aliyun", "AddThing", { [""] = { 1 } }, JSON, NO_NAME },
  { "aliyun", "AddThing", { ["a\0b"] = { 1 } }, JSON, NO_NAME },
  { "aliyun", "AddThing", { ["a\nb"] = { "x" } }, { list_style = "commas" }, NO_NAME },
  { "aliyun", "AddThing", { A = { [hostile()] = 1, [true] = 2 } }, JSON, NO_NAME },
  { "aliyun", "AddThing", { A = { [hostile()] = 1 } }, nil, "A is neither a list nor" },
  { "aliyun", "AddThing", { A = { B = hostile() } }, JSON, "A.B is an empty table" },
  { "zego", "AddThing", { A = { B = hostile() } }, { in_body = true }, "A.B is an empty table" },
  { "aliyun", "AddThing", mixed(), nil, NO_NAME },
  { "aliyun", "AddThing", { A = mixed() }, nil, "A is neither a list nor" },
  { "aliyun", "AddThing", { A = mixed() }, JSON, NO_NAME },
  { "aliyun", "AddThing", { A = hostile { "x", {} } }, { resource = { "A" } }, "A.2 is an empty" },
}

describe("parameters that were not made for us", function()
  for i, case in ipairs(REFUSED) do
    local vendor, action, params, options, part = case[1], case[2], case[3], case[4], case[5]
    it("are refused: " .. i .. ", " .. part, function()
      local client, transport = helper[vendor]()
      local body, message, err = client:call(action, params, options)
      assert.is_nil(body)
      assert.equal("invalid_parameter", err.code)
      assert.is_truthy(message:find(part, 1, true), message)
      assert.equal(0, #transport.requests)
    end)
  end

  it("are refused when their names are too long or too many, and nothing crashes", function()
    local client, transport = helper.aliyun()
    local names = {}
    for i = 1, 9000 do names["n" .. i] = i end
    for _, value in ipairs { { a = { [("m"):rep(68 * 2 ^ 20)] = 1, z = 2 } }, names } do
      local signed, message = client:sign("DescribeLiveDomainLogs", { A = value },
        { validate = false })
      assert.truthy(signed or message:find("^invalid_parameter: .* or are too large$"), message)
    end
    assert.equal(0, #transport.requests)
  end)

  it("are read as they are", function()
    local client, transport = helper.aliyun()
    assert(client:call("AddThing", { A = hostile { "x", hostile { B = "y" } } }, JSON))
    assert.same({ '["x",{"B":"y"}]' }, helper.sent(transport.requests[1], "A"))
  end)
end)

it("options that were not made for us are misuse at the caller's line", function()
  for why, options in pairs {
    ["unknown option 'a table'"] = { [hostile()] = 1 },
    ["option 'method' must be one of GET, POST; got a table"] = { method = hostile() },
    ["option 'host' names no host 'a table'"] = { host = hostile() },
    ["option 'in_body' must be true, or a list of names"] = { in_body = hostile() },
    ["option 'list_style' of A must be one of"] = { list_style = { A = hostile() } },
    ["option 'list_style' must have names of parameters, got 1"] = { list_style = { "json" } },
  } do
    helper.throws(why, function() helper.zego():call("AddThing", {}, options) end)
  end
end)
