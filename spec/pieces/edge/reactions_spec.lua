-- What the edge does for a webhook about a stream that must not be live: by a clock that is moved
-- by hand, with stand-ins for nginx and for all that the edge asks.

describe("the edge's reactions", function()
  local time, counts, does, told, tick, reactions, kept

  -- A function that counts its calls, and does what `does` has then: the number is its argument.
  local function counted(name)
    counts[name] = 0
    return function()
      counts[name] = counts[name] + 1
      assert(counts[name] < 100, name .. ": again and again")
      return does[name](counts[name])
    end
  end

  -- Modules that `streamctl.edge.reactions` needs; there is a single vendor.
  local function modules()
    local function nothing() end
    return {
      ["streamctl"] = { zego = { webhook = { claim = counted "claim" } } },
      ["streamctl.core"] = { monotonic = function() return time end },
      ["streamctl.edge.clients"] = {
        breaker = { enter = counted "enter", leave = nothing }, zego = { call = counted "call" },
      },
      ["streamctl.edge.decisions"] = { note = nothing, forbidden = counted "ask" },
      ["streamctl.edge.metrics"] = { stream = nothing, webhook = function(_, outcome, code)
        told[#told + 1] = outcome .. (code and " " .. code or "")
      end },
      ["streamctl.edge.settings"] = { edge = { time_limit = 20 } },
      ["streamctl.edge.vendors"] = { zego = { forbid = "Forbid", params = nothing } },
    }
  end

  local function replace(name, module)
    kept[name], package.loaded[name] = package.loaded[name] or false, module
  end

  local nginx = rawget(_G, "ngx")

  before_each(function()
    time, counts, told, kept = 1000, {}, {}, {}
    does = {
      claim = function() return "token" end, enter = function() return "closed" end,
      call = function() return { info = {} } end, ask = function() return 7 end,
    }
    rawset(_G, "ngx", { log = function() end, timer = { every = function(_, work)
      tick = work
      return true
    end }, thread = { spawn = function(work, ending) work(ending) end } })
    for name, module in pairs(modules()) do replace(name, module) end
    replace("streamctl.edge.reactions", nil)
    reactions = require "streamctl.edge.reactions"
    reactions.start()
    assert.is_true(reactions.add { vendor = "zego", stream = "s1", key = "k", event = {},
      request_id = "r" })
  end)

  after_each(function()
    rawset(_G, "ngx", nginx)
    for name, module in pairs(kept) do package.loaded[name] = module or nil end
  end)

  local function fails() return nil, "the vendor fails", { code = "http", retryable = true } end
  local function store_fails() return nil, "the store does not answer" end

  describe("wait for the breaker's pause", function()
    it("for at least a tick, however soon it ends", function()
      for i, seconds in ipairs { 0, 0.01, 0.1 } do
        does.enter = function() return nil, seconds end
        tick(false)
        tick(false)
        assert.equal(i, counts.enter)
        time = time + 0.11
      end
    end)

    it("for at most a second, since another call may close the breaker", function()
      does.enter = function() return nil, 30 end
      tick(false)
      time = time + 0.9
      tick(false)
      assert.equal(1, counts.enter)
      time = time + 0.11
      tick(false)
      assert.equal(2, counts.enter)
    end)

    it("not when their worker ends: then each has its last turn", function()
      does.enter = function() return nil, 30 end
      does.call = fails
      tick(true)
      time = time + 100
      tick(false)
      assert.same({ 1, { "forbid" } }, { counts.call, told })
    end)
  end)

  describe("count each webhook once, by its first outcome:", function()
    -- Whether it fails the first `times` of a kind of question.
    local function first(times, failure, after)
      return function(number) return (number <= times and failure or after)() end
    end
    local function forbidden() return 7 end
    local function resumed() return false end

    for what, case in pairs {
      ["a forbid"] = { {}, "forbid", asked = 1, calls = 1 },
      ["a forbid that fails at first"] = { { call = first(2, fails, function()
        return { info = {} }
      end) }, "forbid", asked = 3, calls = 3 },
      ["a forbid that fails to the end"] = { { call = fails }, "forbid", asked = 6, calls = 6 },
      ["a forbid that is refused"] = { { call = function()
        return nil, "no", { code = "not_found" }
      end }, "forbid", asked = 1, calls = 1 },
      ["a forbid after the store failed"] = { { ask = first(3, store_fails, forbidden) },
        "forbid", asked = 4, calls = 1 },
      ["a forbid that failed, until the stream was resumed"] = { { call = fails,
        ask = first(2, forbidden, resumed) }, "forbid", asked = 3, calls = 2 },
      ["a forbid that failed, then the store"] = { { call = fails,
        ask = first(1, forbidden, store_fails) }, "forbid", asked = 6, calls = 1 },
      ["a stream that was resumed"] = { { ask = resumed }, "late", asked = 1, calls = 0 },
      ["a stream that was resumed while the store failed"] = { {
        ask = first(1, store_fails, resumed) }, "late", asked = 2, calls = 0 },
      ["a webhook that came before"] = { { claim = function() return false end }, "doubled",
        asked = 1, calls = 0 },
      ["a webhook whose claim is not known"] = { { call = fails, claim = store_fails }, "forbid",
        asked = 6, calls = 6 },
      ["a store that fails to the end"] = { { ask = store_fails }, "refused store", asked = 6,
        calls = 0 },
      ["a fault of this program"] = { { call = function() error "a fault" end },
        "refused internal", asked = 1, calls = 1 },
    } do
      it(what, function()
        for name, action in pairs(case[1]) do does[name] = action end
        for _ = 1, 100 do
          tick(false)
          time = time + 1
        end
        assert.same({ { case[2] }, case.asked, case.calls }, { told, counts.ask, counts.call })
        assert.is_true(counts.claim <= 1)
      end)
    end
  end)
end)
