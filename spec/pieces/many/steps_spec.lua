-- Named steps, one after the other.

local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local steps = require "streamctl.many.steps"

describe("steps", function()
  local log

  local function step(name, value, undo)
    return {
      name = name,
      run = function()
        log[#log + 1] = name
        return value
      end,
      undo = undo or function(result)
        log[#log + 1] = "undo " .. name .. " " .. tostring(result)
        return "back " .. tostring(result)
      end,
    }
  end

  local function failing(message, err)
    return { name = "bad", run = function() return nil, message, err end, undo = function()
      log[#log + 1] = "no"
    end }
  end

  before_each(function()
    log = {}
    helper.freeze()
  end)
  after_each(helper.thaw)

  it("run in order, each with the results so far", function()
    local seen
    local report = steps { step("one", 1), step("two", "2"),
      { name = "three", run = function(results)
      seen = helper.merged(results)
      core.sleep(2)
      return 3
    end } }
    assert.same({ one = 1, two = "2" }, seen)
    assert.same({ ok = true, elapsed = 2, total = 3, succeeded = 3, failed = 0, unknown = 0,
      superseded = 0, unsent = 0, failures = {}, results = {
        { index = 1, item = "one", ok = true, answer = 1 },
        { index = 2, item = "two", ok = true, answer = "2" },
        { index = 3, item = "three", ok = true, answer = 3 },
      } }, report)
    assert.equal("one    done\ntwo    done\nthree  done", tostring(report))
    report = steps {}
    assert.same({ true, 0, {}, "" }, { report.ok, report.total, report.results, tostring(report) })
  end)

  it("stop at the first that fails, and undo nothing unless asked to", function()
    local err = {}
    local report = steps { step("one", 1), failing("why\nnot", err), step("never", 1) }
    assert.same({ false, 3, 1, 1, 1 },
      { report.ok, report.total, report.succeeded, report.failed, report.unsent })
    local bad, never = report.results[2], report.results[3]
    assert.same({ bad, never }, report.failures)
    assert.same({ index = 2, item = "bad", ok = false, message = "why\nnot", err = err }, bad)
    assert.equal(err, bad.err)
    assert.same({ 3, "never", false, "cancelled: never run, since the step 'bad' failed",
      "cancelled" }, { never.index, never.item, never.ok, never.message, never.err.code })
    assert.equal("one    done\nbad    FAILED\n    why\n    not\nnever  not run", tostring(report))
    assert.same({ "one" }, log)
  end)

  it("say of what failed without an answer that it may have been done", function()
    local function shown(err) return tostring(steps { failing("why", err) }) end
    assert.equal("bad  FAILED, PERHAPS DONE\n    why", shown { maybe_sent = true })
    assert.equal(1, steps({ failing("why", { outcome = "unknown" }) }).unknown)
    for _, err in ipairs { { maybe_sent = false }, {}, "maybe_sent", 1 } do
      assert.equal("bad  FAILED\n    why", shown(err))
    end
  end)

  it("undo what was done, last first, also when an undo fails", function()
    local report = steps({
      step("one", 1), step("two", 2, function() error("stuck", 0) end),
      { name = "none", run = function() return 1 end },
      step("three", 3), failing "why",
    }, { undo = true })
    assert.same({ "one", "two", "three", "undo three 3", "undo one 1" }, log)
    local all = table.unpack or unpack -- luacheck: ignore 113 143
    local one, two, none, three, bad = all(report.results, 1, 5)
    assert.same({ true, true }, { one.undone, three.undone })
    assert.same({ "back 1", nil }, { one.undo_answer, two.undo_answer })
    assert.same({ false, "stuck" }, { two.undone, two.undo_message })
    assert.is_nil(none.undone)
    assert.is_nil(bad.undone)
  end)

  it("take an error thrown, nil and false for a failure", function()
    for text, run in pairs {
      ["oops"] = function() error("oops", 0) end, ["the step returned nothing"] = function() end,
      ["no"] = function() return false, "no" end,
    } do
      local report = steps { { name = "s", run = run } }
      assert.is_false(report.ok)
      assert.equal(text, report.failures[1].message)
    end
  end)

  it("throw Ctrl-C on, and undo nothing then", function()
    assert.error_matches(function()
      steps({ step("one", 1), { name = "two", run = function() error("interrupted!", 0) end } },
        { undo = true })
    end, "^interrupted!$")
    assert.same({ "one" }, log)
  end)

  it("throw at the caller's line when they are none", function()
    local fine = { name = "s", run = print }
    for _, bad in ipairs { 5, { 5 }, { {} }, { [1] = fine, [3] = fine }, { fine, extra = fine },
      { { name = "s" } }, { { name = 1, run = print } },
      { { name = "s", run = 5 } }, { { name = "s", run = print, undo = 5 } } } do
      helper.throws("step", function() return (steps(bad)) end)
    end
    helper.throws("unknown option 'undu' (did you mean 'undo'?)",
      function() return (steps({}, { undu = true })) end)
    assert.same({}, log)
  end)

  it("are undone also after an error that has no text", function()
    local thrown = setmetatable({}, { __tostring = function(self) return self.no.text end })
    local report = steps({ step("one", 1), { name = "two", run = function() error(thrown) end } },
      { undo = true })
    assert.same({ "one", "undo one 1" }, log)
    assert.equal("a table", report.failures[1].message)
    assert.is_string(tostring(report))
  end)
end)
