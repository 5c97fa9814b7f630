-- What sends for a client: who shares it, and what it is told.

local transports = require "streamctl.transport"
local helper = require "spec.pieces.helper"

local function config(more)
  return helper.merged({
    max_response_bytes = 1000, user_agent = "ua", attempt_timeout = 1, connect_timeout = 1,
  }, more)
end

describe("a transport", function()
  it("names streamctl to the server, and takes answers of up to 1 MiB", function()
    local made = transports.open("https://h", {}).transport.config
    assert.matches("^streamctl/%d", made.user_agent)
    assert.equal(1048576, made.max_response_bytes)
  end)

  it("is shared by clients whose requests go the same way, and by no others", function()
    local ways = {}
    for _, more in ipairs { {}, { user_agent = "other" }, { max_response_bytes = 1001 },
      { proxy = "http://proxy:1" }, { proxy = "http://proxy:2" }, { tls = { verify = false } },
      { tls = { ca_file = "/ca" } }, { tls = { ca_path = "/ca" } } } do
      local way = transports.open("https://h", config(more))
      assert.equal(way, transports.open("https://h", config(more)))
      assert.is_nil(ways[way])
      ways[way] = true
      assert.are_not.equal(way, transports.open("https://other", config(more)))
    end
  end)

  it("keeps no client in memory that is gone, and none when all are gone", function()
    local gone = setmetatable({}, { __mode = "v" })
    local function open() -- a function of its own: no register still has the options
      gone.options = config { user_agent = "gone" }
      return transports.open("https://h", gone.options)
    end
    gone.place = open()
    local kept = gone.place
    collectgarbage()
    collectgarbage()
    assert.is_nil(gone.options)
    assert.equal(kept, open())
    kept = nil -- luacheck: ignore
    collectgarbage()
    collectgarbage()
    assert.is_nil(gone.place)
  end)
end)
