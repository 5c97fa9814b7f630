-- What stores of C read in a request, and what a stamp makes of it.

local collector = require "spec.support.collector"
local core = require "streamctl.core"
local latest = require "spec.support.latest"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local SIGNER = core.signer("zego", { app_id = 1, server_secret = "s" })

local make = core.operation {
  action = "X", method = "GET", sequence = true, resource = { "StreamId" }, params = {
    { name = "RoomId", wire = "RoomId", type = "text" },
    { name = "StreamId", wire = "StreamId[]", type = "stream_ids" },
  },
}

local function request_of(ids)
  return (assert(make({ RoomId = "r", StreamId = ids }, {}, SIGNER, true)))
end

local function sent(request) return table.concat(request.params, " ") end

local function numbered(from, to)
  local ids = {}
  for i = from, to do ids[#ids + 1] = "s" .. i end
  return ids
end

for _, where in ipairs { "memory", "file" } do
  describe("a request in a store of a " .. where, function()
    local cells, path
    before_each(function()
      path = os.tmpname()
      cells = where == "memory" and core.memory_cells() or assert(core.cells(path, 1))
    end)
    after_each(function()
      cells:close()
      os.remove(path)
    end)

    -- Asks the cells, and has the request leave out what they dropped.
    local function stamp(account, floor, request, since)
      local number, gone = cells:stamp(account, floor, request, since)
      if number and gone then request:stamp(number, gone) end
      return number, gone
    end

    it("is read, and carries the number", function()
      local request = request_of { "a", "b" }
      assert.same({ 7 }, { cells:stamp("z", 7, request) })
      assert.equal("RoomId r StreamId[] a StreamId[] b Sequence 7", sent(request))
    end)

    it("leaves out what has a newer intent, also when a name is there twice", function()
      local request = request_of { "a", "b", "c", "a" }
      assert.equal(5, (stamp("z", 5, request)))
      assert.equal(6, (cells:stamp("z", 6, { "a", "c" })))
      assert.same({ 7, { 1, 3, 4 } }, { stamp("z", 5, request, 5) })
      assert.equal("RoomId r StreamId[] b Sequence 7", sent(request))
      assert.equal(6, latest(cells, "z", "a"))
      -- what is left is what it is about
      assert.equal(8, (cells:stamp("z", 8, { "a" })))
      assert.same({ 9 }, { stamp("z", 5, request, 7) })
      assert.equal(10, (cells:stamp("z", 10, { "b" })))
      assert.same({ false, { 1 } }, { stamp("z", 5, request, 9) })
      assert.equal("RoomId r StreamId[] b Sequence 9", sent(request))
    end)

    it("may have more resources than fit on the stack", function()
      local request = request_of(numbered(1, 1000))
      assert.equal(5, (stamp("z", 5, request)))
      assert.equal(6, (cells:stamp("z", 6, { "s33", "s1000" })))
      assert.same({ 7, { 33, 1000 } }, { stamp("z", 5, request, 5) })
      assert.equal(998, #request:resources())
    end)

    it("may be stamped by a finalizer at the same time", function()
      for n = 1, 12 do
        local account, request, cycles = "z" .. n, request_of(numbered(1, 40)), 0
        local watched
        assert.equal(5, (cells:stamp(account, 5, request)))
        assert.equal(6, (cells:stamp(account, 6, { "s1", "s3" })))
        collector.in_each_cycle(function()
          if not watched then return end
          cycles = cycles + 1
          if cycles == n then request:stamp(9, { 1 }) end
        end, function()
          watched = true
          local resources, text = request:resources(), sent(request)
          cells:stamp(account, 5, request, 5)
          watched = false
          assert.truthy(#resources >= 39 and text:find("s40", 1, true))
        end)
        assert.equal(cycles < n and 40 or 39, #request:resources())
      end
    end)

    it("raises on misuse", function()
      local request = request_of { "a" }
      for text, arguments in pairs {
        ["streamctl.request"] = { "z", 1, SIGNER },
        ["order must be text"] = { 5, 1, request }, ["floor must be"] = { "z", -1, request },
        ["since must be"] = { "z", 1, request, "x" },
      } do
        local ok, why = pcall(cells.stamp, cells, unpack(arguments, 1, 4))
        assert.is_false(ok)
        assert.truthy(why:find(text, 1, true), why)
      end
    end)
  end)
end
