-- The Lua face of the check of parameters. What each limit of a value means is in
-- spec/bytes/c/test_value.c, what is said of a fault in spec/pieces/call.

local core = require "streamctl.core"
local raises = require "spec.support.raises"
local json = require "streamctl.base.json"
local operation = require "spec.support.operation"

local huge = math.huge
local param, of = operation.param, operation.of

local function refuses(pattern, row) raises(pattern, core.operation, row) end

-- Asserts what is found and where, and returns the rest.
local function refused(make, params, found, path, ...)
  local request, what, where, spec, value, rule = make(params, ...)
  assert.same({ nil, found, path }, { request, what, where })
  return spec, value, rule
end

describe("core.operation", function()
  it("makes requests with the parameters in byte order of their names", function()
    local make = of { param("B", "text"), param("A", "integer"),
      param("C", "stream_ids", { max_items = 3 }), param("D", "sequence"), param("E", "time"),
      param("N", "number"), param("F", "boolean"), param("G", "integer", { enum = { 0, 2 } }) }
    assert.same({ "a", "-7", "b", "x", "c", "s1", "c", "s2", "d", "12", "e",
      "2026-01-02T03:04:05Z", "f", "false", "g", "2", "n", "0.1" },
      (make { A = -7, B = "x", C = { "s1", "s2" }, D = "12", E = "2026-01-02T03:04:05Z", N = 0.1,
        F = false, G = 2.0 }))
    assert.same({}, (make {}))
    local _, request = make { B = "x" }
    assert.same({ "GET", "Do", true }, { request.method, request.action, request.safe })
  end)

  it("raises when the description is wrong", function()
    for _, case in ipairs {
      { "table expected", nil }, { "table expected", "row" }, { "table expected", { params = 1 } },
      { "table expected", { params = { 1 } } }, { "table expected", { rules = { 1 } } },
      { "invalid option 'float'", { params = { param("A", "float") } } },
      { "string expected", { params = { param("A") } } },
      { "has no name", { params = { { type = "text" } } } },
      { "has no name", { params = { param("", "text") } } },
      { "field 'name' must be a string", { params = { { name = 1, type = "text" } } } },
      { "table expected", { params = { param("A", "text", { enum = "on" }) } } },
      { "string expected", { params = { param("A", "text", { enum = { "on", true } }) } } },
      { "cannot hold lists", { params = { param("A", "list", { items = "list" }) } } },
      { "invalid option 'pipes'", { params = { param("A", "list", { style = "pipes" }) } } },
      { "invalid option 'sooner'", { rules = { { "sooner", "A", "B" } } } },
      { "needs the name of a field", { rules = { { "later", "A", "C" } } } },
      { "needs the name of a field", { rules = { { "later", "C", "B" } } } },
      { "needs the name of a field", { rules = { { "later", "A" } } } },
      { "needs the name of a field", { resource = { "C" } } },
      { "string expected", { rules = { { "required_if", "A", "B", true } } } },
      { "invalid option 'xml'", { body = "xml" } }, { "invalid option 'PUT'", { method = "PUT" } },
    } do
      local row = case[2]
      if type(row) == "table" then
        row.action, row.method = "Do", row.method or "GET"
        row.params = row.params or { param("A", "text"), param("B", "text") }
      end
      refuses(case[1], row)
    end
    for _, limit in ipairs { "above", "min", "max", "max_length", "max_bytes" } do
      refuses("field '" .. limit .. "' must be a number",
        { method = "GET", params = { param("A", "text", { [limit] = {} }) } })
    end
    for _, limit in ipairs { "max_length", "max_bytes", "min_items", "max_items" } do
      for _, value in ipairs { -1, -huge, 0 / 0 } do
        refuses("field '" .. limit .. "' must not be negative",
          { method = "GET", params = { param("A", "list", { [limit] = value }) } })
      end
    end
    local deep = { param("A", "object") }
    for _ = 1, 9 do deep = { param("A", "object", { fields = deep }) } end
    refuses("nested too deeply", { method = "GET", params = deep })
  end)

  it("has up to 64 parameters and rules", function()
    local params, rules, values, wanted = {}, {}, {}, {}
    for i = 1, 64 do
      local name = "P" .. i + 100
      params[i], rules[i] = param(name, "text"), { "future", name }
      values[name] = "3000-01-01T00:00:00Z"
      wanted[2 * i - 1], wanted[2 * i] = name:lower(), "3000-01-01T00:00:00Z"
    end
    assert.same(wanted, (of(params, rules)(values)))
    params[65] = param("P65", "text")
    refuses("more than 64 fields or rules", { method = "GET", params = params, rules = rules })
    params[65], rules[65] = nil, { "future", "P101" }
    refuses("more than 64 fields or rules", { method = "GET", params = params, rules = rules })
  end)

  -- On a Lua that checks uses of its API (tools/apicheck.sh), also that the stack has room.
  it("has up to 8 names of resources", function()
    local row = { action = "Do", method = "GET", params = {}, resource = {} }
    for i = 1, 8 do
      row.params[i], row.resource[i] = param("P" .. i, "text"), "P" .. i
      assert.is_function(core.operation(row))
    end
  end)

  it("takes nothing but tables, and a signer that is open", function()
    local make = core.operation { action = "Do", method = "GET", params = {} }
    local signer = operation.signer
    for _, given in ipairs { {}, { "A" }, { {} }, { {}, {} }, { {}, {}, "signer" },
      { {}, {}, signer, true, 5 }, { {}, { stream_prefix = 5 }, signer } } do
      assert.has_error(function() make(given[1], given[2], given[3], given[4], given[5]) end)
    end
    assert.is_truthy(make({}, {}, signer))
  end)
end)

describe("the function of an operation", function()
  it("finds what is wrong in byte order of the names, and then names too many", function()
    local make = of({ param("Z", "object", { fields = { param("Y", "text"), param("B", "integer"),
      param("A", "list", { items = "integer" }) } }), param("C", "list", { items = "object",
      fields = { param("D", "text", { required = true }), param("E", "object", { fields = {
        param("F", "text", { required = true }) } }) } }), param("T", "text") },
      nil, { body = "json" })
    local bad = { C = { { D = "d", E = {} }, 1 }, T = 1, X = 1,
      Z = { A = { 1, "x" }, B = "x", X = 1, Y = 1 } }
    for _, step in ipairs {
      { "missing", "C item 1 E.F", function() bad.C[1].E.F = "f" end },
      { "no_object", "C item 2", function() bad.C[2] = { D = "d" } end },
      { "no_text", "T", function() bad.T = "t" end },
      { "no_integer", "Z.A item 2", function() bad.Z.A[2] = 2 end },
      { "no_integer", "Z.B", function() bad.Z.B = 1 end },
      { "no_text", "Z.Y", function() bad.Z.Y = "y" end },
      { "unknown", "Z", function() bad.Z.X = nil end },
      { "unknown", "", function() bad.X = nil end },
    } do
      refused(make, bad, step[1], step[2])
      step[3]()
    end
    local params, request = make(bad)
    assert.same({}, params)
    assert.equal('{"c":[{"d":"d","e":{"f":"f"}},{"d":"d"}],"t":"t","z":{"a":[1,2],"b":1,"y":"y"}}',
      request.body)
  end)

  it("checks what a text stands for, and sends the text", function()
    local make = of({ param("L", "json_list", { max_items = 2 }),
      param("O", "object", { style = "json", fields = { param("A", "integer") } }) })
    assert.same({ "l", '[ "a"]', "o", '{"A":1}' }, (make { L = '[ "a"]', O = '{"A":1}' }))
    assert.same({ "l", '["rtmp://a"]' }, (make { L = "rtmp://a" })) -- a list of one
    local _, why = refused(make, { L = ' ["x"' }, "json_text", "L")
    assert.equal("it is not JSON", why)
    refused(make, { L = '["a",""]' }, "empty", "L item 2")
    refused(make, { O = '{"A":"1"}' }, "no_integer", "O.A")
    local any = of { param("M", "map", { style = "json" }) } -- what it holds is its own
    assert.same({ "m", '{"a":{}}' }, (any { M = '{"a":{}}' }))
    local two = of { param("O", "object", { style = "json",
      fields = { param("B", "integer"), param("A", "integer") } }) }
    refused(two, { O = '{"A":"1","B":"2"}' }, "no_integer", "O.A")
    local commas = of { param("C", "list", { style = "commas", max_items = 2 }) }
    assert.same({ "c", "a,b" }, (commas { C = "a,b" }))
    for text, at in pairs { [""] = 1, [",a"] = 1, ["a,"] = 2, [","] = 1 } do
      refused(commas, { C = text }, "empty", "C item " .. at)
    end
    refused(commas, { C = "a,b,c" }, "many_items", "C")
  end)

  it("takes a text for a list of one, wherever the list is", function()
    local make = of({ param("T", "list"), param("I", "list", { items = "integer" }),
      param("P", "list", { min_items = 2 }),
      param("O", "object", { style = "json", fields = { param("A", "list") } }) },
      { rules = { { "single_if", "T", "I", "1" } } })
    assert.same({ "o", '{"a":["a"]}', "t.1", "b" }, (make { T = "b", O = { A = "a" } }))
    assert.same({ "t.1", "b,c" }, (make { T = "b,c" }))
    refused(make, { T = "" }, "empty", "T item 1")
    refused(make, { I = "a" }, "no_integer", "I item 1")
    refused(make, { P = "a" }, "no_list", "P")
    refused(make, { T = 5 }, "no_list", "T")
    local about = of({ param("T", "list", { prefixed = true }) }, { resource = { "T", of = "t" } })
    local _, one = about { T = "a" }
    local _, list = about { T = { "a" } }
    assert.same(list:resources(), one:resources())
  end)

  it("finds gaps and names in a list", function()
    for _, kind in ipairs { "json_list", "stream_ids", "list" } do
      local make = of { param("L", kind, { max_items = 5 }) }
      for _, list in ipairs { { "a", nil, "c" }, { nil, "b" }, { "a", n = 1 }, { [2] = "b" },
        { [0] = "z", "a" }, { a = "a" }, { "a", "b", [1.5] = "c" }, { "a", "b", [7] = "c" },
        { "a", nil, "c", n = 1 } } do
        refused(make, { L = list }, "gaps", "L")
      end
      local holes = { "a", "b", "c" }
      holes[2] = nil
      refused(make, { L = holes }, "gaps", "L")
      refused(make, { L = { "", n = 1 } }, "gaps", "L") -- whatever its items are
    end
  end)

  it("does not look into a list of ids that is too long", function()
    local make = of { param("L", "stream_ids", { max_items = 20 }) }
    local list = {}
    for i = 1, 20 do list[i] = "s" .. i end
    assert.equal(40, #make { L = list })
    for i = 1, 100000 do list[i] = i end -- none of them is a text
    refused(make, { L = list }, "many_items", "L")
  end)

  it("runs no metamethods, and changes nothing", function()
    local function never() error "called" end
    local guard = { __index = never, __newindex = never, __len = never, __pairs = never,
      __eq = never, __tostring = never, __metatable = false }
    local make = of { param("L", "stream_ids", { max_items = 5 }), param("T", "text"),
      param("O", "object", { fields = { param("A", "list") } }) }
    local list = setmetatable({ "a", "b" }, guard)
    local params = setmetatable({ L = list, T = "t",
      O = setmetatable({ A = setmetatable({ "x" }, guard) }, guard) }, guard)
    assert.same({ "l", "a", "l", "b", "o.a.1", "x", "t", "t" }, (make(params)))
    refused(make, setmetatable({ T = setmetatable({}, guard) }, guard), "no_text", "T")
    assert.equal(list, rawget(params, "L"))
    assert.same({ "a", "b" }, { rawget(list, 1), rawget(list, 2) })
  end)

  it("tells of more names than there is memory for", function()
    local make, many = of({ param("L", "list") }, nil, { body = "form" }), {}
    for i = 1, 20000 do many[i] = "x" end
    refused(make, { L = many }, "memory", "")
  end)
end)

-- Which things the rows name is in spec/pieces/order/keys_spec.lua.
describe("what a call changes", function()
  local TASK = { param("Region", "text"), param("TaskId", "text"), param("N", "integer"),
    param("Users", "list"), param("Ids", "stream_ids", { prefixed = true }),
    param("Sequence", "sequence") }

  it("is a text for each thing, by the values that the row names", function()
    for _, case in ipairs {
      { { "TaskId" }, { TaskId = "t" }, { "TaskId:t" } },
      { { "Region", "TaskId" }, { TaskId = "t" }, { "Region,TaskId:\0t" } },
      { { "TaskId", "N", of = "k" }, { TaskId = "T", N = 5.0 }, { "k:T\0005" } },
      { { "TaskId", of = "s", secret = true }, { TaskId = "abc" },
        { "s:a9993e364706816aba3e25717850c26c9cd0d89d" } },
      { { "TaskId", read = true }, { TaskId = "t" }, {} }, { nil, { TaskId = "t" }, {} },
    } do
      local names = case[1]
      local _, request = of(TASK, nil, { resource = names, read = names and names.read })(case[2])
      assert.same(case[3], request:resources())
    end
  end)

  it("is the ids as they are sent, where a Sequence goes with them", function()
    local make = of(TASK, nil, { sequence = true, resource = { "Ids" } })
    local _, request = make({ Ids = { "a", "b", "p-c" }, TaskId = "t" }, "p-")
    assert.same({ "p-a", "p-b", "p-c" }, request:resources())
    request:stamp(7, { 2 })
    assert.same({ "ids", "p-a", "ids", "p-c", "taskid", "t", "Sequence", "7" }, request.params)
    _, request = make { Ids = { "a" }, Sequence = "12" }
    assert.same({ 12, { "ids", "a", "Sequence", "12" } }, { request.sequence, request.params })
  end)

  it("is no more than 1000 resources", function()
    local users, ids = {}, {}
    for i = 1, 40 do users[i], ids[i] = "u" .. i, "i" .. i end
    local make = of(TASK, nil, { resource = { "Users", "Ids" } })
    refused(make, { Users = users, Ids = ids }, "many_resources", "Users")
    for i = 26, 40 do users[i] = nil end
    local _, request = make { Users = users, Ids = ids }
    assert.equal(1000, #request:resources())
  end)
end)

describe("an object that is flattened", function()
  it("is refused without a field, and sent where all that is in it is null", function()
    local make = of { param("O", "object", { fields = { param("M", "map") } }), param("A", "text") }
    refused(make, { O = {}, A = "a" }, "empty_table", "o")
    assert.same({ "a", "a" }, (make { O = { M = { X = json.null } }, A = "a" }))
    assert.same({ "a", "a", "o.m.Y", "y" },
      (make { O = { M = { X = json.null, Y = "y" } }, A = "a" }))
  end)
end)

describe("an open operation", function()
  local many, PARAMS = {}, { param("T", "time"), param("N", "integer"),
    param("C", "list", { style = "commas" }) }
  for i = 1, 20 do many[i] = { K = { i } } end

  local function open(more)
    local row = { open = true }
    for name, value in pairs(more or {}) do row[name] = value end
    return of(PARAMS, nil, row)
  end

  it("sends each value as it is, by the name that its field has", function()
    for _, case in ipairs {
      { { T = 1767323045, N = 1767323045 }, { "n", "1767323045", "t", "2026-01-02T03:04:05Z" } },
      { { N = -5, X = -5.5 }, { "X", "-5.5", "n", "-5" } },
      { { X = "a,b", Y = { "a,b" } }, { "X", "a,b", "Y.1", "a,b" } },
      { { C = { "a", true, 2 } }, { "c", "a,true,2" } }, { { C = {} }, { "c", "" } },
      { { X = json.null }, {} },
    } do
      table.sort(case[2])
      local sent = open() (case[1])
      table.sort(sent)
      assert.same(case[2], sent)
    end
    refused(open(), { C = { "a", json.null } }, "unsendable", "c item 2")
    refused(open(), { C = { "a", { "b" } } }, "unsendable", "c item 2")
    assert.equal(40, #open() { X = many }) -- deep is what is in each other
  end)
end)

-- Lua keeps the others among names, and gives the third one before the second.
local function scattered(first, second, third)
  local list = { first, a = 1, b = 1, c = 1 }
  list.a, list.b, list.c = nil, nil, nil
  list[2], list[3] = second, third
  return list
end

describe("a list whose items come in no order", function()
  it("is sent in its own", function()
    local objects = scattered({ K = "x" }, { K = "y" }, { K = "z" })
    for _, case in ipairs {
      { "json_list", nil, { "l", '["x","y","z"]' } },
      { "list", { style = "json" }, { "l", '["x","y","z"]' } },
      { "list", { style = "commas" }, { "l", "x,y,z" } },
      { "list", { style = "json", items = "object", fields = { param("K", "text") } },
        { "l", '[{"k":"x"},{"k":"y"},{"k":"z"}]' } },
      { "list", nil, { "l.1", "x", "l.2", "y", "l.3", "z" } },
      { "stream_ids", nil, { "l", "x", "l", "y", "l", "z" } },
    } do
      local list = (case[2] or {}).fields and objects or scattered("x", "y", "z")
      assert.same(case[3], (of { param("L", case[1], case[2]) } { L = list }))
    end
  end)

  it("is refused where another would be", function()
    local make = of { param("L", "list", { items = "stream_id" }) }
    refused(make, { L = scattered("x", "a b", "b c") }, "stream_id", "L item 2")
    refused(of { param("L", "list", { min_items = 0 }) }, { L = {} }, "empty_table", "l")
  end)
end)

describe("a request", function()
  it("takes no memory of Lua's for its texts", function()
    local make = core.operation { action = "Do", method = "GET", body = "json",
      params = { param("T", "text") } }
    local text = ("x"):rep(1000000)
    collectgarbage()
    collectgarbage()
    local before = collectgarbage("count")
    collectgarbage("stop")
    for _ = 1, 20 do assert.is_truthy(make({ T = text }, {}, operation.signer)) end
    local used = collectgarbage("count") - before
    collectgarbage("restart")
    assert.is_true(used < 1000, "20 requests took " .. used .. " KB")
  end)
end)
