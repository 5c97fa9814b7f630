-- How --store becomes a store; spec/world/store/redis_url_spec.lua is about what a Redis URL may
-- have.

local redis_server = require "spec.world.store.redis_server"
local stores = require "streamctl.cli.config.stores"

describe("the command's store in a Redis", function()
  it("is that of the URL", function()
    if not redis_server.library() then return pending(select(2, redis_server.library())) end
    local server = assert(redis_server.start())
    finally(function() server:stop() end)
    server:command "CONFIG SET requirepass p@ss"
    local store = assert(stores.open("redis://:p%40ss@127.0.0.1:" .. server.port .. "/3"))
    assert.is_number((store:stamp("zego:1", 0, {})))
  end)

  it("says how to get a client for it", function()
    local store = assert(stores.open "redis://:hush@cache.example")
    local before, preload = package.loaded.redis, package.preload.redis
    local path, cpath, load_file = package.path, package.cpath, loadfile
    rawset(_G, "loadfile", function() return nil end) -- Debian's
    package.loaded.redis, package.preload.redis, package.path, package.cpath = nil, nil, "", ""
    local number, why = store:stamp("zego:1", 0, {})
    rawset(_G, "loadfile", load_file)
    package.loaded.redis, package.preload.redis = before, preload
    package.path, package.cpath = path, cpath
    assert.is_nil(number)
    assert.truthy(why:find("lua-redis", 1, true), why)
    assert.is_nil(why:find("hush", 1, true))
  end)
end)
