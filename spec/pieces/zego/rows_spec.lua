-- Each row of ZEGOCLOUD against what the vendor documents of the operation, and the other way
-- round.

local compare = require "spec.pieces.rows.compare"
local operations = require "streamctl.zego.operations"
local samples = require "spec.support.samples"

local FACTS = samples.facts "zego"

local GROUPS = {
  ["media-service"] = "media", room = "room", ["stream-mixing"] = "mixing", cdn = "files",
  moderation = "moderation", ["cloud-player"] = "player", ["cloud-recording"] = "record",
  scene = "scene",
}

-- Where repeats are harmless on a condition: what the row makes of it.
local CONDITIONAL = {
  CreatePlayer = false, -- nobody is made to send a PlayerName
  SetSceneTemplate = true, -- a repeat takes "exists" for a success
  StartRecord = true, -- a ClientTaskId is always sent
}

-- What a repeat would do once more.
local UNLESS = { UpdatePlayer = { SeekTo = true } }

-- A Sequence that is filled in: required, and a number in a body; or not there.
local function check_sequence(row, facts)
  assert.equal(facts.sequence == true or nil, row.sequence)
  if facts.sequence ~= true then return end
  assert.is_true(facts.params.Sequence.required)
  local kind = facts.params.Sequence.type -- in a query a number is a text
  assert.is_true(kind == "number" or (not row.body and (kind == "string" or kind == "integer")))
  assert.equal("sequence", row.by_name.Sequence.type)
  assert.is_nil(row.by_name.Sequence.required)
end

-- Facts about pages in the words of rows.
local function pages_of(facts, row)
  local said = {}
  for _, name in ipairs { "page", "size", "marker", "next", "items", "total", "first" } do
    said[name] = facts[name]
  end
  local max = facts.size and row.by_name[facts.size].max
  said.most = facts.most ~= max and facts.most or nil
  return said
end

local function check_pages(said, facts, row)
  assert.is_table(said)
  local copy = {}
  for name, value in pairs(said) do copy[name] = value end
  assert.is_true(#copy.key > 0)
  assert.equal(facts.least, facts.size and row.by_name[facts.size].min)
  copy.key = nil
  if not facts.most then copy.most = nil end -- no limit is documented, so any size will do
  assert.same(pages_of(facts, row), copy)
end

local function set_of(list)
  local set = {}
  for _, value in ipairs(list or {}) do set[value] = true end
  return next(set) and set or nil
end

describe("the rows of zego", function()
  it("have a page of the vendor, whose name is not always that of the action", function()
    local pages = {}
    for row in operations:each() do
      local page = operations.page_of(row)
      assert.truthy(page:find("^https://www%.zegocloud%.com/docs/[%l-]+server/[%l%d/-]+$"), page)
      assert.is_nil(pages[page], page)
      pages[page] = row.action
    end
    local api = "https://www.zegocloud.com/docs/real-time-video-server/api-reference/"
    assert.equal("ResumeRTCStreams", pages[api .. "media-service/resume-rtc-streams"])
    assert.equal("KickoutUser", pages[api .. "room/kick-out-user"])
    assert.equal("StartRecord",
      pages["https://www.zegocloud.com/docs/cloud-recording-server/start-record"])
  end)

  it("are the operations that the vendor documents", function()
    local actions = {}
    for row in operations:each() do actions[row.action] = true end
    assert.same(samples.sorted(FACTS), samples.sorted(actions))
  end)

  -- no query of the vendor shows what these did
  local NOT_SHOWN = set_of {
    "CreatCDNTransferRule", "MediaThumbnails", "MergeMedia", "SendBarrageMessage",
    "SendBroadcastMessage", "SendCustomCommand", "StartCDNRecord", "StartCensorAudioV2",
    "StartCensorVideoV2", "TranscodeMedia",
  }

  it("name a query that settles what must not be repeated, where there is one", function()
    for row in operations:each() do
      local settle = row.settle
      assert.equal(row.safe == false and not NOT_SHOWN[row.action], settle ~= nil, row.action)
      compare.settle(operations, row)
      for i = 2, settle and #settle or 0 do
        local query = operations:find(settle[1])
        assert.equal(query.by_name[settle[i]].type, row.by_name[settle[i]].type, settle[i])
      end
    end
  end)

  for action, facts in pairs(FACTS) do
    describe(action, function()
      local row = assert(operations:find(action), action)

      it("is sent where, how and how often its page says", function()
        assert.same({
          method = facts.method, host = facts.host, group = GROUPS[facts.group], body = facts.body,
          rate = facts.rate, test_rate = facts.test_rate,
          rate_each = facts.room_rate and { "RoomId", facts.room_rate },
        }, {
          method = row.method, host = (row.host or "rtc") .. "-api.zego.im", group = row.group,
          body = row.body or nil, rate = row.rate, test_rate = row.test_rate,
          rate_each = row.rate_each,
        })
      end)

      it("may be repeated as far as that is harmless", function()
        local safe = facts.safe
        if safe == "conditional" then safe = CONDITIONAL[action] end
        if UNLESS[action] then safe = { unless = UNLESS[action] } end
        assert.same(safe, row.safe)
        assert.same(set_of(facts.already), row.already)
        assert.same(set_of(facts.answer_codes), row.answers)
        assert.equal(facts.once, row.once)
        check_sequence(row, facts)
      end)

      it("takes the parameters of its page", function()
        local problems, wanted = {}, {}
        for name, fact in pairs(facts.params) do wanted[name] = fact end
        if row.sequence then wanted.Sequence = row.by_name.Sequence and {} or nil end
        compare.params(problems, action, row.params, wanted, {}, function(checks, param, fact)
          if param.type == "sequence" then -- see check_sequence
            for what in pairs(checks) do checks[what] = true end
          end
          local rule = (param.rules or {})[1]
          checks.rules = rule == nil and fact.one_of == nil
            or rule ~= nil and rule[1] == "any_of" and fact.one_of ~= nil
            and rule[2] == fact.one_of[1] and rule[3] == fact.one_of[2]
        end)
        assert.same({}, problems)
      end)

      it("sends them where and under which names the page says", function()
        for name, fact in pairs(facts.params) do
          local spec = row.by_name[name]
          assert.equal(fact["in"], row.body and not spec.query and "body" or "query", name)
          local wire = spec.wire
          local flattened = spec.type == "list" and spec.items ~= "object" and not row.body
          assert.equal(fact.wire or name, flattened and wire .. "[]" or wire, name)
          assert.is_nil(spec.style, name)
          assert.is_nil(operations.reserved[name], name)
        end
      end)

      it("comes in pages if the vendor serves it so", function()
        if facts.pages then
          check_pages(row.pages, facts.pages, row)
        else
          assert.is_nil(row.pages)
        end
      end)
    end)
  end
end)
