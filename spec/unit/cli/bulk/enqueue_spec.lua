-- A job of the command whose adding fails once a later job is there.

local errors = require "streamctl.errors"
local fail = require "streamctl.cli.fail"
local enqueue = require "streamctl.cli.bulk.enqueue"

describe("a job with a later one", function()
  local queue, module = "streamctl.queue", nil
  local added, cancelled

  -- Adds a job and its later job in a queue that fails with a code, if any.
  local function add(code)
    local fake = {}
    function fake.add(_, _, operation, _, options)
      if options.opened then assert(options.opened()) end
      if operation == "Forbid" and code then return errors.new(code, "why") end
      added[#added + 1] = operation
      return "zego:1/" .. #added
    end
    function fake.cancel(_, job) cancelled = job end
    package.loaded[queue] = { new = function() return fake end }
    rawset(require "streamctl", "queue", nil)
    local rows = { add = function() end, close = function() end }
    local none = function() end
    return pcall(enqueue.add, { plan = { time = 0, total = 1 }, work = {
      operation = { action = "Forbid" }, later = { operation = "Resume", at = 2e9 },
      items = { iterator = none }, command = "forbid", account = { options = {}, settings = {} },
    }, invocation = { args = {}, out = { rows = function() return rows end },
      say = { note = none } } })
  end

  before_each(function()
    added, cancelled, module = {}, nil, package.loaded[queue]
  end)
  after_each(function()
    package.loaded[queue] = module
    rawset(require "streamctl", "queue", nil)
  end)

  it("has the later one opened behind it", function()
    assert.is_true(add())
    assert.same({ "Resume", "Forbid" }, added)
    assert.is_nil(cancelled)
  end)

  it("takes the later one back where it cannot be added", function()
    local ok, thrown = add "full"
    assert.is_false(ok)
    assert.same({ true, "full: why" }, { fail.is(thrown), thrown.message })
    assert.same({ { "Resume" }, "zego:1/1" }, { added, cancelled })
  end)
end)
