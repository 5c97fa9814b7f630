-- What the edge does for a webhook about a stream that must not be live: by a clock that is moved
-- by hand, with stand-ins for nginx and for all that the edge asks.

describe("the edge's reactions", function()
  local time, asked, leave, breaker, called, answers, decided, told, tick, reactions, kept

  -- Modules that `streamctl.edge.reactions` needs; there is a single vendor.
  local function modules()
    local function nothing() end
    return {
      ["streamctl"] = { zego = { webhook = { claim = function() return "token" end } } },
      ["streamctl.core"] = { monotonic = function() return time end },
      ["streamctl.edge.clients"] = { breaker = breaker, zego = {
        call = function()
          called = called + 1
          return table.remove(answers, 1)()
        end } },
      ["streamctl.edge.decisions"] = { note = nothing, forbidden = function()
        local number = table.remove(decided, 1)
        if number then return number end
        return number, number == nil and "the store does not answer" or nil
      end },
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

  before_each(function()
    time, asked, called, answers, decided, told, kept = 1000, 0, 0, {}, {}, {}, {}
    leave = { "closed" }
    breaker = { leave = function() end, enter = function()
      asked = asked + 1
      assert(asked < 100, "it asks again and again")
      return leave[1], leave[2]
    end }
    kept.ngx = rawget(_G, "ngx")
    rawset(_G, "ngx", { log = function() end, timer = { every = function(_, work)
      tick = work
      return true
    end } })
    for name, module in pairs(modules()) do replace(name, module) end
    replace("streamctl.edge.reactions", nil)
    reactions = require "streamctl.edge.reactions"
    reactions.start()
  end)

  after_each(function()
    rawset(_G, "ngx", kept.ngx)
    kept.ngx = nil
    for name, module in pairs(kept) do package.loaded[name] = module or nil end
  end)

  local function add()
    assert.is_true(reactions.add { vendor = "zego", stream = "s1", key = "k", event = {},
      request_id = "r" })
  end

  it("wait for at least a tick, however soon the breaker's pause ends", function()
    for i, seconds in ipairs { 0, 0.01, 0.1 } do
      leave = { nil, seconds }
      if i == 1 then add() end
      tick(false)
      tick(false)
      assert.equal(i, asked)
      time = time + 0.11
    end
  end)

  it("wait for at most a second, since the breaker may close before its pause ends", function()
    leave = { nil, 30 }
    add()
    tick(false)
    time = time + 0.9
    tick(false)
    assert.equal(1, asked)
    time = time + 0.11
    tick(false)
    assert.equal(2, asked)
  end)

end)
