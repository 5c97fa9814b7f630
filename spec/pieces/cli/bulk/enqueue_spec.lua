-- A job of the command, and a later one that undoes it.

local errors = require "streamctl.base.errors"
local fail = require "streamctl.cli.fail"
local enqueue = require "streamctl.cli.bulk.enqueue"

describe("a job with a later one", function()
  local queue, module = "streamctl.queue", nil
  local added, told, cancelled

  -- Adds a job and its later job in a queue that fails with a code, if any.
  local function add(code)
    local fake = {}
    function fake.add(_, _, operation)
      if operation == "Resume" and code then return errors.new(code, "why") end
      added[#added + 1] = operation
      return "zego:1/" .. #added
    end
    function fake.cancel(_, job)
      cancelled = job
      return code ~= "store" or nil
    end
    function fake.jobs() return { workers = 0 } end
    package.loaded[queue] = { new = function() return fake end }
    rawset(require "streamctl", "queue", nil)
    local rows = { add = function() end, close = function() end }
    local none = function() end
    return pcall(enqueue.add, { plan = { time = 0, total = 1 }, work = {
      operation = { action = "Forbid" }, later = { operation = "Resume", at = 2e9 },
      items = { iterator = none }, command = "forbid", account = { options = {}, settings = {} },
    }, invocation = { args = {}, out = { rows = function() return rows end },
      say = { note = none, warn = function(_, text) told = text end } } })
  end

  before_each(function()
    added, cancelled, module = {}, nil, package.loaded[queue]
  end)
  after_each(function()
    package.loaded[queue] = module
    rawset(require "streamctl", "queue", nil)
  end)

  it("is there before the later one, which is newer", function()
    assert.is_true(add())
    assert.same({ "Forbid", "Resume" }, added)
    assert.matches("no worker serves the account now", told)
    assert.is_nil(cancelled)
  end)

  it("is taken back where the later one cannot be added", function()
    for code, text in pairs { full = "was cancelled, and what it had sent stays",
      store = "must be cancelled, and could not be" } do
      added = {}
      local ok, thrown = add(code)
      assert.is_false(ok)
      assert.is_true(fail.is(thrown))
      assert.equal(code .. ": why; so the job zego:1/1 " .. text, thrown.message)
      assert.equal("zego:1/1", cancelled)
    end
  end)
end)
