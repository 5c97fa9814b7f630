-- How the parameters of actions without a row travel, as the caller says.

local helper = require "spec.unit.helper"

local function sent(client, transport, params, options)
  assert(client:call("AddThing", params, options))
  return transport.requests[#transport.requests]
end

describe("the option in_body", function()
  it("puts parameters of Alibaba Cloud into a form", function()
    local live, transport = helper.aliyun()
    local request = sent(live, transport, { A = "a b", L = { "x", "y" }, N = 1.5 },
      { in_body = true })
    assert.same({}, request.params)
    assert.equal("A=a%20b&L.1=x&L.2=y&N=1.5", request.body)
    assert.same({ "POST", "application/x-www-form-urlencoded" },
      { request.method, request.content_type })
    request = sent(live, transport, { A = "a", B = "b" }, { in_body = { "B", "C" } })
    assert.same({ { "A", "a" }, "B=b" }, { request.params, request.body })
  end)

  it("puts parameters of ZEGO into a JSON object", function()
    local rtc, transport = helper.zego()
    local request = sent(rtc, transport, { A = "a", L = { "x" }, N = 60.0, B = true },
      { in_body = true })
    assert.same({}, request.params)
    assert.equal('{"A":"a","B":true,"L":["x"],"N":60}', request.body)
    assert.same({ "POST", "application/json" }, { request.method, request.content_type })
    request = sent(rtc, transport, { A = { "a" }, B = "b" }, { in_body = { "B" } })
    assert.same({ { "A[]", "a" }, '{"B":"b"}' }, { request.params, request.body })
  end)

  it("is signed with the rest", function()
    for _, signature in ipairs { "v3", "v1" } do
      local live = helper.aliyun(nil, { signature = signature })
      local signed = assert(live:sign("AddThing", { A = "a", B = "b" }, { in_body = { "B" } }))
      assert.equal("B=b", signed.body)
      assert.equal("application/x-www-form-urlencoded", signed.headers["content-type"])
      assert.truthy(signed.url:find("[?&]A=a"))
      assert.is_nil(signed.url:find("B=b", 1, true))
    end
  end)
end)

describe("the option list_style", function()
  it("holds for all, or for some by name", function()
    local live, transport = helper.aliyun()
    local params = { A = { "a/b", 1.5 }, B = { "x", "y" }, C = { k = { true } }, D = "d" }
    assert.same({ "A", '["a/b",1.5]', "B", '["x","y"]', "C", '{"k":[true]}', "D", "d" },
      sent(live, transport, params, { list_style = "json" }).params)
    assert.same({ "A", "a/b,1.5", "B.1", "x", "B.2", "y", "C", '{"k":[true]}', "D", "d" },
      sent(live, transport, params, { list_style = { A = "commas", C = "json" } }).params)
    assert.same({ "A.1", "a/b", "A.2", "1.5", "D", "d" },
      sent(live, transport, { A = params.A, D = "d" }, { list_style = "flat" }).params)
    assert.same({ "A", "[]" }, sent(live, transport, { A = {} }, { list_style = "json" }).params)
  end)

  it("holds in bodies, too", function()
    local rtc, transport = helper.zego()
    local request = sent(rtc, transport, { A = { "a" }, B = { "b" } },
      { in_body = true, list_style = { A = "json" } })
    assert.equal('{"A":"[\\"a\\"]","B":["b"]}', request.body)
  end)

  it("refuses what has no such form", function()
    local live, transport = helper.aliyun()
    for _, params in ipairs { { A = { "a,b" } }, { A = { k = "v" } }, { A = { {} } } } do
      local body, message = live:call("AddThing", params, { list_style = "commas" })
      assert.is_nil(body)
      assert.truthy(message:find("^invalid_parameter: AddThing: A"), message)
    end
    assert.equal(0, #transport.requests)
  end)
end)

describe("wrong options for actions without a row", function()
  local function thrown(pattern, name, options)
    local live = helper.aliyun()
    local ok, message = pcall(function() live:call(name, {}, options) end)
    assert.is_false(ok)
    assert.truthy(message:find(pattern), message)
    assert.truthy(message:find("call_places_spec.lua", 1, true), message)
  end

  it("throw at the caller's line", function()
    thrown("unknown option 'inbody' %(did you mean 'in_body'%?%)", "AddThing", { inbody = true })
    thrown("unknown option 'list_stile' %(did you mean 'list_style'%?%)", "AddThing",
      { list_stile = "json" })
    thrown("option 'in_body' must be a list of names", "AddThing", { in_body = "A" })
    thrown("option 'in_body' must be a list of names", "AddThing", { in_body = {} })
    thrown("option 'list_style' must be one of json, commas, flat; got jsn", "AddThing",
      { list_style = "jsn" })
    thrown("option 'list_style' of A must be one of json, commas, flat; got yes", "AddThing",
      { list_style = { A = "yes" } })
    thrown("'in_body' is for the method POST", "AddThing", { in_body = true, method = "GET" })
    thrown("'in_body' is for actions without a row", "ResumeLiveStream", { in_body = true })
    thrown("'list_style' is for actions without a row", "ResumeLiveStream",
      { list_style = "json" })
  end)
end)
