-- Stamping a request where it is, in memory and in a file.

local collector = require "spec.support.collector"
local core = require "streamctl.core"
local engine = require "streamctl.engine"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local SIGNER = core.signer("zego", { app_id = 1, server_secret = "s" })

local function request_of(ids, about)
  local wire = { "RoomId", "r" }
  for _, id in ipairs(ids) do wire[#wire + 1], wire[#wire + 2] = "StreamId[]", id end
  return core.request(SIGNER, "GET", "X", true, wire, nil, nil, about or "StreamId", "rtc")
end

local function sent(request) return table.concat(request.params, " ") end

local function numbered(from, to)
  local ids = {}
  for i = from, to do ids[#ids + 1] = "s" .. i end
  return ids
end

for _, where in ipairs { "memory", "file" } do
  describe("a request stamped in a " .. where, function()
    local cells, path
    before_each(function()
      path = os.tmpname()
      cells = where == "memory" and core.memory_cells() or assert(core.cells(path, 1))
    end)
    after_each(function()
      cells:close()
      os.remove(path)
    end)

    it("gets the number, and its things know it", function()
      local request = request_of { "a", "b" }
      assert.same({ 7 }, { cells:stamp("z", 7, request) })
      assert.equal("RoomId r StreamId[] a StreamId[] b Sequence 7", sent(request))
      assert.same({ 7, 7 }, { cells:latest("z", "rtc:a"), cells:latest("z", "rtc:b") })
      assert.is_nil((cells:latest("z", "rtc:r")))
    end)

    it("leaves out what has a newer intent, and tells its name", function()
      local request = request_of { "a", "b", "c" }
      assert.equal(5, (cells:stamp("z", 5, request)))
      assert.equal(6, (cells:stamp("z", 6, { "rtc:a", "rtc:c" })))
      local number, gone = cells:stamp("z", 5, request, 5)
      assert.same({ 7, { "a", "c" } }, { number, gone })
      assert.equal("RoomId r StreamId[] b Sequence 7", sent(request))
      assert.equal(6, cells:latest("z", "rtc:a"))
      -- what is left is what it is about
      assert.equal(8, (cells:stamp("z", 8, { "rtc:a" })))
      number, gone = cells:stamp("z", 5, request, 7)
      assert.same({ 9 }, { number, gone })
    end)

    it("gets no number that no Sequence can be", function()
      local request = request_of { "a" }
      assert.same({ 2 ^ 53 }, { cells:stamp("z", 2 ^ 53, request) })
      assert.equal("RoomId r StreamId[] a", sent(request)) -- who asked for it gives the call up
    end)

    it("takes no number when everything has", function()
      local request = request_of { "a", "b" }
      assert.equal(5, (cells:stamp("z", 5, request)))
      assert.equal(6, (cells:stamp("z", 6, { "rtc:a", "rtc:b" })))
      local number, gone = cells:stamp("z", 5, request, 5)
      assert.same({ false, { "a", "b" } }, { number, gone })
      assert.equal(6, cells:latest "z")
    end)

    it("may have more things than fit on the stack", function()
      local request = request_of(numbered(1, 1000))
      assert.equal(5, (cells:stamp("z", 5, request)))
      assert.equal(6, (cells:stamp("z", 6, { "rtc:s33", "rtc:s1000" })))
      assert.same({ 7, { "s33", "s1000" } }, { cells:stamp("z", 5, request, 5) })
    end)

    it("is left alone when the number is not above the last one", function()
      local request = request_of { "a" }
      assert.equal(5, (cells:stamp("z", 5)))
      local number, message, last = cells:stamp("z", 5, request, nil, true)
      assert.same({ nil, "5 is not above 5, the last number", 5 },
        { number, message, last })
      assert.equal("RoomId r StreamId[] a", sent(request))
      assert.equal(6, (cells:stamp("z", 6, request, nil, true)))
    end)

    it("is refused when the store is closed", function()
      cells:close()
      assert.same({ nil, "the store is closed" }, { cells:stamp("z", 5, request_of { "a" }) })
    end)

    it("leaves out only those that gave way, also when a name is there twice", function()
      local request = request_of { "a", "b", "a" }
      assert.equal(5, (cells:stamp("z", 5, request)))
      assert.equal(6, (cells:stamp("z", 6, { "rtc:a" })))
      assert.same({ 7, { "a", "a" } }, { cells:stamp("z", 5, request, 5) })
      assert.equal("RoomId r StreamId[] b Sequence 7", sent(request))
    end)

    it("may be stamped by a finalizer at the same time", function()
      for n = 1, 12 do
        local account, request, cycles = "z" .. n, request_of { "a", "b", "c", "d" }, 0
        local watched
        assert.equal(5, (cells:stamp(account, 5, request)))
        assert.equal(6, (cells:stamp(account, 6, { "rtc:a", "rtc:c" })))
        collector.in_each_cycle(function()
          if not watched then return end
          cycles = cycles + 1
          if cycles == n then request:stamp(9, { 1 }) end
        end, function()
          watched = true
          cells:stamp(account, 5, request, 5)
          watched = false
        end)
        assert.is_nil(sent(request):find "%f[%w]c")
        assert.truthy(sent(request):find "%f[%w]d")
      end
    end)

    it("is left alone while an engine has it", function()
      local one = assert(engine.new(1))
      local endpoint = assert(engine.endpoint { url = "http://127.0.0.1:9", max_response = 1000 })
      local request = request_of { "a" }
      for _ = 1, 2 do assert(one:submit(request, endpoint, 100, 100)) end
      for _, stamp in ipairs { function() cells:stamp("z", 5, request) end,
        function() request:stamp(5) end } do
        local ok, why = pcall(stamp)
        assert.is_false(ok)
        assert.truthy(why:find("the request is under way", 1, true), why)
      end
      one:close()
      assert.is_nil((cells:latest "z"))
      assert.equal(5, (cells:stamp("z", 5, request)))
    end)

    it("raises on misuse", function()
      local request = request_of { "a" }
      local plain = core.request(SIGNER, "GET", "X", true, {})
      for text, arguments in pairs {
        ["streamctl.request"] = { "z", 1, SIGNER }, ["carries no Sequence"] = { "z", 1, plain },
        ["account must be text"] = { 5, 1, request }, ["floor must be"] = { "z", -1, request },
        ["since must be"] = { "z", 1, request, "x" },
      } do
        local ok, why = pcall(cells.stamp, cells, unpack(arguments, 1, 4))
        assert.is_false(ok)
        assert.truthy(why:find(text, 1, true), why)
      end
    end)
  end)
end
