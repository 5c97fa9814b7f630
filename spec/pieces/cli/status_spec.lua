-- The exit status of every failure there is.

local errors = require "streamctl.base.errors"
local status = require "streamctl.cli.status"

-- Of a call that failed with the code before anything was sent, and of one that may have arrived.
local STATUSES = {
  invalid_parameter = { 2, 1 }, credentials = { 3, 3 }, signature = { 3, 3 },
  access_denied = { 3, 3 }, outcome_unknown = { 4, 4 }, superseded = { 0, 0 },
}
for code in ([[ cannot_wait caller_error dns connect tls timeout bad_response too_large http
  throttled clock_skew replayed bad_request expired not_found conflict vendor not_yet wait_failed store
  cancelled closed forked full gave_up ]]):gmatch "%S+" do
  STATUSES[code] = { 1, 1 }
end

describe("the exit status", function()
  for code in pairs(errors.codes) do
    it("of " .. code .. " is decided here", function()
      local expected = assert(STATUSES[code], "say here which status " .. code .. " has")
      local _, _, unsent = errors.new(code, "text")
      local _, _, sent = errors.new(code, "text", { attempts = 1, maybe_sent = true })
      assert.same(expected, { status.of(unsent), status.of(sent) })
      assert.equal(expected[1] == 3, status.refuses(code)) -- what stops everything
    end)
  end

  it("of a job is that of its items, and tells whether it goes on", function()
    for _, case in ipairs {
      -- state, succeeded, superseded, failed, unknown, status, goes on; of ten items
      { "waiting", 0, 0, 0, 0, 0, true }, { "working", 5, 0, 1, 0, 1, true },
      { "working", 5, 0, 1, 1, 4, true }, { "done", 8, 2, 0, 0, 0, false },
      { "done", 9, 0, 1, 0, 1, false }, { "done", 8, 0, 1, 1, 4, false },
      { "cancelled", 10, 0, 0, 0, 0, false }, { "cancelled", 9, 0, 0, 0, 1, false },
      { "expired", 8, 1, 0, 0, 1, false }, { "paused", 8, 0, 1, 1, 3, false },
    } do
      local job = { state = case[1], total = 10, succeeded = case[2], superseded = case[3],
        failed = case[4], unknown = case[5] }
      job.unsent = 10 - case[2] - case[3] - case[4] - case[5]
      assert.same({ case[6], case[7] }, { status.of_job(job) })
    end
    local added = { superseded = 0, failed = 0, unknown = 0, unsent = 0, state = "adding" }
    assert.same({ 0, true }, { status.of_job(added) })
    added.state = "expired"
    assert.same({ 1, false }, { status.of_job(added) })
  end)

  it("has one meaning each, in words", function()
    local explained = {}
    for _, meaning in ipairs(status.meanings) do
      assert.is_nil(explained[meaning[1]])
      explained[meaning[1]] = #meaning[2] > 0
    end
    for name, value in pairs(status) do
      if name == name:upper() then
        assert.is_true(explained[value], name)
        explained[value] = nil
      end
    end
    assert.same({}, explained)
  end)
end)
