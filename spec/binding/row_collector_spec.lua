-- Rows while the garbage collector is at its most eager: no text is lost, and finalizers may use
-- the same reader.

local collector = require "spec.support.collector"
local core = require "streamctl.core"

local function param(name, kind, limits)
  local copy = { name = name, wire = name:lower(), type = kind }
  for key, value in pairs(limits or {}) do copy[key] = value end
  return copy
end

local function refused(read, params, found, at, detail)
  local wire, what, where, more = read(params)
  assert.is_nil(wire)
  assert.same({ found, at, detail or 0 }, { what, where, more })
end

describe("with an eager collector a row", function()
  -- Texts that only the reader's parts hold: nothing of this is a constant of the test.
  local function fresh(count)
    local ids, wanted = {}, {}
    for i = 1, count do
      ids[i] = table.concat { "stream-", ("x"):rep(50), i }
      wanted[2 * i - 1], wanted[2 * i] = "i", "p-" .. ids[i]
    end
    return ids, wanted
  end

  local function build()
    local allowed = {}
    for i = 1, 20 do allowed[i] = table.concat { "value", i } end
    return core.row { params = { param("I", "stream_ids", { prefixed = true, max_items = 100 }),
      param("E", "text", { enum = allowed }), param("T", "text") },
      rules = { { kind = "required_if", param = 3, other = 2,
        value = table.concat { "value", 7 } } } }
  end

  it("loses no text of the description", function()
    collector.eagerly(function()
      for _ = 1, 5 do
        local read = build()
        collectgarbage()
        for i = 1, 20 do
          local text = table.concat { "value", i }
          for j = 1, 50 do assert.is_string(table.concat { "value", i, j }) end
          if i == 7 then
            refused(read, { E = text }, "rule", 3, 1)
          else
            assert.same({ "e", text }, read { E = text })
          end
        end
        refused(read, { E = "value0" }, "not_allowed", 2)
      end
    end)
  end)

  it("does not need the tables that described it", function()
    local allowed = { table.concat { "val", "ue1" } }
    local described = { params = { param("E", "text", { enum = allowed }), param("T", "text"),
      param("O", "text") },
      rules = { { kind = "required_if", param = 2, other = 3,
        value = table.concat { "value", "2" } } } }
    local read = core.row(described)
    core.row(described) -- made twice from the same tables
    allowed[1], described.params[1].enum, described.rules[1].value = nil, nil, nil
    described.params, described.rules = nil, nil
    for _ = 1, 3 do collectgarbage() end
    -- takes the memory, if it was freed
    for i = 1, 200 do assert.is_string(table.concat { "other", i }) end
    assert.same({ "e", "value1" }, read { E = "value1" })
    refused(read, { E = "other1" }, "not_allowed", 1)
    refused(read, { O = "value2" }, "rule", 2, 1)
  end)

  it("loses no text that is sent", function()
    collector.eagerly(function()
      local read = build()
      for round = 1, 20 do
        local ids, wanted = fresh(1 + round % 7 * 10)
        assert.same(wanted, read({ I = ids }, "p-"))
      end
    end)
  end)

  it("may run finalizers that use the same reader", function()
    local read, lists = build(), {}
    for i = 1, 5 do
      local ids, wanted = fresh(20 * i)
      lists[i] = { given = { I = ids }, wanted = wanted }
    end
    local calls, bad = 0, 0
    local function call()
      calls = calls + 1
      local list = lists[calls % 5 + 1]
      local sent = read(list.given, "p-")
      if #sent ~= #list.wanted then bad = bad + 1 end
      for i = 1, #sent do
        if sent[i] ~= list.wanted[i] then bad = bad + 1 end
      end
    end
    collector.eagerly(function()
      for _ = 1, 300 do
        collector.finalized(call)
        call() -- nearly all that is allocated is allocated in here
      end
    end)
    collectgarbage()
    assert.is_true(calls > 350, calls .. " calls: hardly a finalizer ran")
    assert.equal(0, bad)
  end)

  -- The first thing that is made after the check is the list to send.
  it("sends what it has checked, whatever a finalizer does to the lists", function()
    local read, changed = core.row { params = { param("I", "stream_ids", { max_items = 100 }) },
      rules = {} }, 0
    for _ = 1, 300 do
      local ids = { "checked1", "checked2" }
      local params, before = { I = ids }, changed
      collectgarbage()
      collectgarbage("stop")
      collector.finalized(function()
        ids[1], ids[2], changed = "not checked\r\n", nil, changed + 1
      end)
      collectgarbage("restart")
      collector.eagerly(function()
        while changed == before do
          ids[1], ids[2] = "checked1", "checked2"
          local sent = read(params) -- nothing was made since
          assert.same({ "i", "checked1", "i", "checked2" }, sent)
        end
      end)
    end
  end)

  it("frees what a reader held", function()
    local weak = setmetatable({}, { __mode = "v" })
    for i = 1, 10 do
      local read = build()
      assert.is_truthy(read({ I = { "a" } }, "p-"))
      weak[i] = read
    end
    read = nil -- luacheck: ignore 111
    collectgarbage()
    collectgarbage()
    assert.is_nil(next(weak))
  end)
end)
