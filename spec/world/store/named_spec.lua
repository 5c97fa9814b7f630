-- The text that names a store: the option `store` of clients and queues.

local helper = require "spec.pieces.helper"
local queue = require "streamctl.queue"
local shell = require "spec.support.emulator.launcher.shell"
local zego = require "streamctl.zego"

describe("a text as the option store", function()
  local folder

  before_each(function() folder = shell.run("mktemp -d"):match "%S+" end)
  after_each(function() shell.run("rm -r " .. folder) end)

  local function store_of(at, text) return helper[at](nil, { store = text }).options.store end

  it("names a file, and the same text the same store", function()
    local store = store_of("zego", folder .. "/cells")
    assert.equal(store, store_of("aliyun", folder .. "/cells"))
    assert.is_number(store:stamp("zego:1", 1))
    assert.not_equal(store, store_of("zego", folder .. "/others"))
  end)

  it("may say what it names: memory, or a file", function()
    assert.equal(require("streamctl.store.memory").shared, store_of("aliyun", "memory"))
    assert.is_number(store_of("zego", "file:" .. folder .. "/cells"):stamp("zego:1", 1))
    assert.equal("cells\n", (shell.run("ls " .. folder)))
    helper.throws("option 'store' must be a Redis, which keeps jobs",
      function() queue.new { store = folder .. "/jobs" } end)
    assert.equal("cells\n", (shell.run("ls " .. folder)))
  end)

  it("names a Redis, and the queue has the client's", function()
    for _, url in ipairs { "redis://127.0.0.1:1", "rediss://cache.example/3" } do
      assert.equal(store_of("zego", url), queue.new { store = url }.store)
      assert.matches("^Redis: ", select(2, store_of("zego", "redis://127.0.0.1:1"):stamp("k", 1)))
    end
  end)

  for text, why in pairs {
    ["/nowhere/cells"] = "option 'store': cannot open the store file: No such file or directory",
    ["redis://host/x"] = "option 'store': a Redis URL has a number as DATABASE",
    ["http://:hidden@host"] = "option 'store': a Redis URL is redis://",
    [""] = "option 'store' must not be empty",
  } do
    it("throws where it names none: " .. text, function()
      helper.throws(why, function() zego.new { app_id = 1, server_secret = "s", store = text } end,
        "hidden")
    end)
  end

  it("is no file for a queue, which would lose its jobs", function()
    helper.throws("option 'store' must be a Redis, which keeps jobs", function()
      queue.new { store = folder .. "/cells" }
    end)
  end)
end)
