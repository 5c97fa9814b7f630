-- How --store becomes a store: a Redis is asked through the client that the machine has.

local stores = require "streamctl.cli.config.stores"

describe("the command's store in a Redis", function()
  local calls, before

  before_each(function()
    calls, before = {}, package.loaded.redis
    package.loaded.redis = {
      connect = function(options)
        calls[#calls + 1] = { "connect", options.host, options.port }
        assert.is_true(options.timeout > 0)
        local function note(name)
          return function(_, value) calls[#calls + 1] = { name, value } end
        end
        return { auth = note "auth", select = note "select", eval = function(_, _, ...)
          calls[#calls + 1] = { "eval", (...) }
          error "down"
        end }
      end,
    }
  end)
  after_each(function() package.loaded.redis = before end)

  it("connects when it is first used, with password and database", function()
    local store = assert(stores.open "redis://:p%40ss@cache.example:7000/3")
    assert.same({}, calls)
    local number, why = store:stamp("zego:1", 0, {})
    assert.is_nil(number)
    assert.is_nil(why:find("p@ss", 1, true))
    assert.same({ { "connect", "cache.example", 7000 }, { "auth", "p@ss" }, { "select", 3 } },
      { calls[1], calls[2], calls[3] })
    assert.equal("eval", calls[4][1])
  end)

  it("is at the usual port unless another one is named", function()
    stores.open("redis://cache.example"):stamp("zego:1", 0)
    assert.same({ { "connect", "cache.example", 6379 } }, { calls[1] })
    assert.equal("eval", calls[2][1])
  end)

  it("needs that client, and says how to get it", function()
    package.loaded.redis = nil
    local preload, path, cpath = package.preload.redis, package.path, package.cpath
    package.preload.redis, package.path, package.cpath = nil, "", ""
    local store, why = stores.open "redis://cache.example"
    package.preload.redis, package.path, package.cpath = preload, path, cpath
    assert.is_nil(store)
    assert.truthy(why:find("lua-redis", 1, true), why)
  end)
end)
