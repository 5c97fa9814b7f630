-- Sources of credentials: what is kept, when it is asked for again, and by whom.

local chain = require("streamctl.aliyun.credentials").chain
local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local helper = require "spec.pieces.helper"
local sources = require "streamctl.credentials.source"
local tasks = require "streamctl.loop.tasks"

local HOUR = 3600
local SECRET, TOKEN = "sessionSecret/0123456789", "CAIS+session/token"

-- A context of one caller.
local function context(seconds)
  return { loop = tasks, deadline = core.monotonic() + (seconds or 10), options = {} }
end

-- A source that gives keys of a number each, which live for so long: a script of entries, the last
-- one for all that follow. An entry: { life =, seconds = until it answers, id = instead of the
-- number, err = a text instead of it, code = of that }.
local function source_of(script)
  local it = { asked = 0 }
  it.source = sources.new { name = "stub", account = "stub",
    fetch = function(self, given)
      it.asked, it.context = it.asked + 1, given
      local entry, nth = script[math.min(it.asked, #script)], it.asked
      local left = given.deadline - core.monotonic()
      if entry.seconds then tasks.sleep(math.max(math.min(entry.seconds, left), 0)) end
      if entry.seconds and given.deadline <= core.monotonic() then
        return self:fail "no answer in time"
      end
      if entry.err then
        return errors.new(entry.code or "credentials", "stub: " .. entry.err, entry)
      end
      return { access_key_id = entry.id or "id" .. nth, access_key_secret = SECRET .. nth,
        security_token = TOKEN .. (entry.id or nth),
        expires = entry.life and core.now() + entry.life or entry.expires }
    end }
  return it
end

local function id_of(it, seconds)
  local current, message = it.source:current(context(seconds))
  return current and current.access_key_id, message
end

-- Moves the clock.
local function pass(seconds)
  helper.freeze(core.now() + seconds, core.monotonic() + seconds)
end

-- What callers get who come at the same time, and when.
local function together(it, count, seconds)
  local start, results = core.monotonic(), {}
  tasks.run(function()
    for i = 1, count do
      tasks.spawn(function()
        local current, message, err = it.source:current(context(seconds))
        results[i] = { current = current, message = message, err = err,
          took = core.monotonic() - start }
      end)
    end
  end)
  return results
end

describe("a source", function()
  local restore
  before_each(function()
    helper.freeze()
    restore = helper.stub_random(0)
  end)
  after_each(function()
    restore()
    helper.thaw()
  end)

  it("is asked once by all who come at the same time, and none waits longer than that takes",
    function()
      local it = source_of { { seconds = 0.5, life = HOUR } }
      local results = together(it, 50)
      assert.equal(1, it.asked)
      for _, result in ipairs(results) do
        assert.equal("id1", result.current.access_key_id)
        assert.is_true(result.took < 0.53)
      end
      assert.equal(50, #results)
    end)

  it("asks for what was refused, and all wait for it", function()
    local it = source_of { { life = HOUR }, { seconds = 0.5, life = HOUR } }
    local current = it.source:current(context())
    it.source:refuse(current)
    for _, result in ipairs(together(it, 5)) do
      assert.equal("id2", result.current.access_key_id)
      assert.is_true(result.took < 0.53)
    end
    assert.equal(2, it.asked)
    it.source:refuse(current) -- another call hears of the old one's refusal
    assert.equal("id2", id_of(it))
    assert.equal(2, it.asked)
  end)

  it("says that a later call can succeed where the time of this call was too short", function()
    local it = source_of { { seconds = 1, life = HOUR } }
    local errs = {}
    tasks.run(function()
      for i, seconds in ipairs { 0.6, 0.3 } do -- who asks, and who waits
        tasks.spawn(function() errs[i] = select(3, it.source:current(context(seconds))) end)
      end
    end)
    assert.same({ true, true }, { errs[1].retryable, errs[2].retryable })
    assert.matches("another caller asks for did not come in time", errs[2].message)
    it = source_of { { seconds = 1, err = "down" } }
    assert.is_true(together(it, 1, 0.6)[1].err.retryable)
    assert.is_false(together(it, 1)[1].err.retryable) -- this caller had time
    it = source_of { { seconds = 1, life = 0.001 } } -- it ends before who waits has looked
    local last = together(it, 2)[2]
    assert.matches("the key ended while it was waited for", last.message)
    assert.is_true(last.err.retryable)
  end)

  it("gives other programs texts of their own", function()
    local it = source_of { { life = HOUR } }
    local texts = assert(it.source:get(context()))
    assert.same({ access_key_id = "id1", access_key_secret = SECRET .. "1",
      security_token = TOKEN .. "1", expires = helper.NOW + HOUR, provider = "stub" }, texts)
    assert.is_false(rawequal(texts, it.source:get()))
    local other = source_of { { life = HOUR } }
    assert(other.source:get()) -- as long as the library's calls may take
    assert.equal(core.monotonic() + 15, other.context.deadline)
    local none, message, err = source_of({ { err = "down" } }).source:get(context())
    assert.same({ nil, "credentials: stub: down", "credentials" }, { none, message, err.code })
  end)
end)

describe("a source that has chosen another one", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  it("stays at that one, whose failure is no reason to look elsewhere", function()
    local it, other = source_of { { life = 60 }, { err = "it has ended", absent = true } },
      source_of { {} }
    local chosen = chain { it.source, other.source }
    assert.equal("streamctl.source: chain", tostring(chosen))
    for _, result in ipairs(together({ source = chosen }, 10)) do
      assert.equal("id1", result.current.access_key_id)
    end
    assert.is_true(rawequal(chosen:current(), chosen:current()))
    pass(60)
    local current, message, err = chosen:current(context())
    assert.same({ nil, "credentials: stub: it has ended", "credentials" },
      { current, message, err.code })
    assert.is_nil(err.absent)
    assert.equal(message, tostring(err))
    assert.same({ 2, 0 }, { it.asked, other.asked })
  end)

  it("lets go of the key that it has found first", function()
    local it = source_of { { life = HOUR } }
    local chosen = chain { it.source }
    local kept = setmetatable({ chosen:current(context()).access_key_secret }, { __mode = "v" })
    pass(HOUR)
    assert.equal("id2", chosen:current(context()).access_key_id)
    collectgarbage()
    collectgarbage()
    assert.is_nil(kept[1])
  end)

  it("names the provider of what it hands out, and hands on what the vendor says of it", function()
    local it = source_of { { life = HOUR } }
    local chosen = chain { it.source }
    for nth = 1, 5 do
      local current = chosen:current(context())
      assert.same({ "id" .. nth, "default/stub" }, { current.access_key_id, current.provider })
      assert.is_true(rawequal(current, chosen:current(context())))
      pass(61)
      chosen:refuse(current)
    end
    local last = chosen:current(context())
    assert.equal("id6", last.access_key_id)
    pass(61)
    chosen:refuse { access_key_id = "id5" } -- which another call hears late
    assert.is_true(rawequal(last, chosen:current(context())))
    assert.equal(6, it.asked)
  end)
end)
