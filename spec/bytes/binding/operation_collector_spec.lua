-- Operations while the garbage collector is at its most eager: no text is lost, and finalizers may
-- use the same operation.

local collector = require "spec.support.collector"
local core = require "streamctl.core"
local operation = require "spec.support.operation"

local of, param = operation.of, operation.param

-- Texts that only the parameters hold: nothing of this is a constant of the test.
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
  local make = of({ param("I", "stream_ids", { prefixed = true, max_items = 100 }),
    param("E", "text", { enum = allowed }), param("T", "text"),
    param("O", "list", { items = "object", style = "json", fields = { param("K", "text") } }),
    param("M", "map") },
    { { "required_if", "T", "E", table.concat { "value", 7 } } },
    { resource = { "I", of = table.concat { "ki", "nd" } } })
  return function(given) return make(given, "p-") end
end

describe("with an eager collector an operation", function()
  it("may run finalizers that use the same operation", function()
    local make, lists = build(), {}
    for i = 1, 5 do
      local ids, wanted = fresh(20 * i)
      local deep = {}
      for j = 1, 5 * i do deep[j] = { K = ids[j] } end
      wanted[#wanted + 1] = "o"
      wanted[#wanted + 1] = '[{"k":"' .. table.concat(ids, '"},{"k":"', 1, 5 * i) .. '"}]'
      lists[i] = { given = { I = ids, O = deep }, bad = { I = { "a", "" .. i .. " " } },
        wanted = wanted, path = "I item 2" }
    end
    local calls, bad = 0, 0
    local function call()
      calls = calls + 1
      local list = lists[calls % 5 + 1]
      local sent = make(list.given)
      if #sent ~= #list.wanted then bad = bad + 1 end
      for i = 1, #sent do
        if sent[i] ~= list.wanted[i] then bad = bad + 1 end
      end
      local _, found, path, _, value = make(list.bad)
      if found ~= "stream_id" or path ~= list.path or value ~= list.bad.I[2] then bad = bad + 1 end
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

  -- The last thing that is made before the check is the request's userdata.
  it("sends what it has checked, whatever a finalizer does to the lists", function()
    local row = { action = "Do", method = "GET", params = {
      param("I", "stream_ids", { max_items = 100 }), param("O", "object", { style = "json",
        fields = { param("K", "list") } }) } }
    local make, changed = core.operation(row), 0
    for _ = 1, 300 do
      local ids = { "checked1", "checked2" }
      local params, before = { I = ids, O = { K = ids } }, changed
      collectgarbage()
      collectgarbage("stop")
      collector.finalized(function()
        ids[1], ids[2], changed = "not checked\r\n", nil, changed + 1
      end)
      collectgarbage("restart")
      collector.eagerly(function()
        while changed == before do
          ids[1], ids[2] = "checked1", "checked2"
          local request, found, path = make(params, {}, operation.signer)
          if request then -- nothing was changed before it was checked
            assert.same({ "i", "checked1", "i", "checked2", "o", '{"k":["checked1","checked2"]}' },
              request.params)
          else
            assert.same({ "stream_id", "I item 1" }, { found, path })
          end
        end
      end)
    end
  end)
end)
