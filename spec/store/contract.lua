-- What every store promises: a list of { name, test }, run by the specs of all three.
--
-- A test gets a subject: `open()` gives an empty store; `frozen` says whether the clock only moves
-- with `pass(seconds)`; `forget` is for how many seconds an intent is kept.

local assert = require "luassert"
local core = require "streamctl.core"

local LARGEST = 2 ^ 53
local KEYS = {
  "", "a", "a\0b", "a\0c", ("k"):rep(10240), ("k"):rep(10239) .. "l", "{a}", "a b\r\n*1\r\n",
  "\255\254", "ä",
}

local contract = {}

local function promise(name, test)
  contract[#contract + 1] = { name = name, test = test }
end

local began = setmetatable({}, { __mode = "k" }) -- when slots of a store were first asked for

-- Slots are asked for over some time: what passed since the first one may be gone from the delays.
local function assert_delays(store, expected, key, interval, ...)
  began[store] = began[store] or core.monotonic()
  for i, slot in ipairs(expected) do
    local delay = assert(store:reserve(key, interval, ...))
    local passed = core.monotonic() - began[store]
    local least = math.max(0, slot - passed)
    assert.is_true(delay >= least - 0.01 and delay <= slot + 0.01,
      i .. ": " .. tostring(delay) .. ", wanted " .. slot)
  end
end

promise("gives the floor first, then one more each time", function(subject)
  local store = subject.open()
  assert.equal(1700000000000, store:stamp("zego:1", 1700000000000))
  assert.equal(1700000000001, store:stamp("zego:1", 1700000000000))
  assert.equal(1700000000002, store:stamp("zego:1", 5))
  assert.equal(1700000000002, store:latest("zego:1"))
end)

promise("follows a floor that rises, and ignores one that falls", function(subject)
  local store = subject.open()
  assert.equal(10, store:stamp("k", 10))
  assert.equal(500, store:stamp("k", 500))
  assert.equal(501, store:stamp("k", 11))
  assert.equal(501 + 1, store:stamp("k", 502))
end)

promise("keeps accounts apart", function(subject)
  local store = subject.open()
  assert.equal(7, store:stamp("a", 7))
  assert.equal(1, store:stamp("b", 1))
  assert.equal(8, store:stamp("a", 0))
  assert.equal(2, store:stamp("b", 0))
end)

promise("gives distinct, rising numbers", function(subject)
  local store, last = subject.open(), -1
  for i = 1, 2000 do
    local number = store:stamp("k", i % 7)
    assert.is_true(number > last)
    last = number
  end
end)

promise("counts up to 2^53, and not beyond", function(subject)
  local store = subject.open()
  assert.equal(LARGEST - 1, store:stamp("k", LARGEST - 1))
  assert.equal(LARGEST, store:stamp("k", 0))
  local number, why = store:stamp("k", 0)
  assert.is_nil(number)
  assert.matches("2%^53", why)
  assert.equal(LARGEST, store:latest("k"))
  assert.equal(LARGEST, store:stamp("other", LARGEST))
end)

promise("starts at a floor of 0", function(subject)
  local store = subject.open()
  assert.is_nil(store:latest("k"))
  assert.equal(0, store:stamp("k", 0))
  assert.equal(0, store:latest("k"))
  assert.equal(1, store:stamp("k", 0))
end)

promise("gives integers that print without exponent or fraction", function(subject)
  local store = subject.open()
  assert.equal("9000000000000000", string.format("%d", store:stamp("k", 9e15)))
  if math.type then -- luacheck: ignore 143 (Lua 5.3)
    assert.equal("integer", math.type(store:stamp("k", 60.0))) -- luacheck: ignore 143
    assert.equal("integer", math.type((store:stamp("k", 60.0, { "s" })))) -- luacheck: ignore 143
    assert.equal("integer", math.type(store:latest("k", "s"))) -- luacheck: ignore 143
  end
end)

promise("takes any text for a key", function(subject)
  local store = subject.open()
  for i, key in ipairs(KEYS) do assert.equal(i * 100, store:stamp(key, i * 100)) end
  for i, key in ipairs(KEYS) do assert.equal(i * 100, store:latest(key)) end
  for i, key in ipairs(KEYS) do assert.equal(i * 100 + 1, store:stamp(key, 0)) end
  assert.equal(5000, store:stamp("counter", 5000, { "s\0", "s\0\0", "" }))
  assert.equal(5000, store:latest("counter", "s\0\0"))
  assert.is_nil(store:latest("counter", "s"))
  for _, key in ipairs(KEYS) do assert_delays(store, { 0, 1000 }, key, 1000) end
end)

promise("stamps things with the number of their intent", function(subject)
  local store = subject.open()
  local number, dropped = store:stamp("c", 100, { "x", "y" })
  assert.equal(100, number)
  assert.same({}, dropped)
  assert.equal(101, store:stamp("c", 100, { "y" }))
  assert.equal(100, store:latest("c", "x"))
  assert.equal(101, store:latest("c", "y"))
  assert.equal(101, store:latest("c"))
  assert.is_nil(store:latest("c", "z"))
end)

promise("gives a number without things", function(subject)
  local store = subject.open()
  assert.equal(5, store:stamp("c", 5))
  assert.equal(6, store:stamp("c", 5, {}))
  assert.equal(7, store:stamp("c", 5, {}, 1))
end)

promise("drops the things of a repeat that have a newer intent", function(subject)
  local store = subject.open()
  local first = store:stamp("c", 100, { "a", "b", "d", "e" })
  store:stamp("c", 100, { "b" })
  store:stamp("c", 100, { "e" })
  local number, dropped = store:stamp("c", 100, { "a", "b", "d", "e", "new" }, first)
  assert.equal(103, number)
  assert.same({ 2, 4 }, dropped)
  assert.equal(100, store:latest("c", "a"))
  assert.equal(101, store:latest("c", "b"))
  assert.equal(102, store:latest("c", "e"))
  assert.equal(100, store:latest("c", "new"))
  assert.equal(103, store:latest("c"))
end)

promise("keeps the age of an intent that is carried out again, as often as it is", function(subject)
  local store = subject.open()
  local age = store:stamp("c", 100, { "a", "b" })
  for i = 1, 3 do
    local number, dropped = store:stamp("c", 100, { "a", "b" }, age)
    assert.equal(age + i, number)
    assert.same({}, dropped)
    assert.equal(age, store:latest("c", "a"))
  end
  local younger = store:stamp("c", 100, { "b" })
  assert.same({ 2 }, (select(2, store:stamp("c", 100, { "a", "b" }, age))))
  assert.is_false((store:stamp("c", 100, { "b" }, younger - 1)))
  assert.equal(106, store:stamp("c", 100, { "b" }, younger))
  -- one that was never stamped here is as old as it says, but no younger than its number
  assert.equal(107, store:stamp("c", 100, { "old" }, 50))
  assert.equal(50, store:latest("c", "old"))
  assert.equal(108, store:stamp("c", 100, { "young" }, 5000))
  assert.equal(108, store:latest("c", "young"))
end)

promise("gives numbers again that nobody has used", function(subject)
  local store = subject.open()
  store:stamp("c", 100, { "before" })
  local first = store:stamp("c", 900000, { "a", "b" })
  local number, dropped = store:stamp("c", 200, { "a", "b" }, 190, nil, first)
  assert.equal(200, number)
  assert.same({}, dropped)
  assert.equal(190, store:latest("c", "a"))
  assert.equal(201, store:stamp("c", 150))
  assert.equal(202, store:stamp("c", 150, { "x" }, nil, nil, 900001)) -- taken back already
  -- what was used before is not given again
  first = store:stamp("c", 900000, { "a", "b" })
  assert.equal(203, store:stamp("c", 150, { "a" }, 140, nil, first))
  -- newer are intents by the right clock, and those by the wrong one that came after its own
  store:stamp("c", 250, { "d" })
  first = store:stamp("c", 900000, { "a", "b" })
  store:stamp("c", 900000, { "b" })
  number, dropped = store:stamp("c", 300, { "a", "b", "d" }, 240, nil, first)
  assert.same({ 2, 3 }, dropped)
  assert.equal(300, number)
end)

promise("takes back what many calls have, and nothing that somebody else may have used",
  function(subject)
    local store = subject.open()
    store:stamp("c", 100)
    local first = store:stamp("c", 900000, { "a" })
    local second = store:stamp("c", 900000, { "b" })
    assert.equal(200, (store:stamp("c", 200, { "a" }, 190, nil, first)))
    assert.equal(201, (store:stamp("c", 200, { "b" }, 190, nil, second)))
    first = store:stamp("c", 900000, { "a" })
    assert.equal(first + 1, store:stamp("c", 300)) -- for a clock that is right: it goes out
    second = store:stamp("c", 900000, { "b" })
    assert.equal(first + 2, (store:stamp("c", 300, { "a" }, 290, nil, first)))
    assert.equal(first + 3, (store:stamp("c", 300, { "b" }, 290, nil, second)))
    assert.equal(first + 4, store:stamp("c", 300))
  end)

promise("has a new intent be the newest, whatever a clock that was ahead left", function(subject)
  local store = subject.open()
  store:stamp("c", 100)
  local first = store:stamp("c", 900000, { "a" })
  store:stamp("c", 900000, { "b" })
  store:stamp("c", 200, { "a" }, 190, nil, first)
  local new = store:stamp("c", 250, { "b" })
  assert.equal(250, new)
  assert.equal(251, (store:stamp("c", 250, { "b" }, new)))
end)

promise("takes no number when every thing has a newer intent", function(subject)
  local store = subject.open()
  local first = store:stamp("c", 100, { "a", "b" })
  store:stamp("c", 100, { "a", "b" })
  local number, dropped = store:stamp("c", 100, { "b", "a" }, first)
  assert.is_false(number)
  assert.same({ 1, 2 }, dropped)
  assert.equal(101, store:latest("c"))
  assert.equal(101, store:latest("c", "a"))
end)

promise("lets a repeat pass when nothing newer came", function(subject)
  local store = subject.open()
  local number = store:stamp("c", 100, { "a" })
  for _ = 1, 3 do
    local dropped
    number, dropped = store:stamp("c", 100, { "a" }, number)
    assert.same({}, dropped)
  end
  assert.equal(103, number)
  store:stamp("c", 100, { "another" })
  store:stamp("c", 100)
  assert.equal(106, (store:stamp("c", 100, { "a" }, number)))
end)

promise("treats a thing that is named twice as one", function(subject)
  local store = subject.open()
  local first = store:stamp("c", 100, { "a", "a", "b", "a" })
  assert.equal(100, first)
  store:stamp("c", 100, { "a", "a" })
  local number, dropped = store:stamp("c", 100, { "a", "b", "a" }, first)
  assert.equal(102, number)
  assert.same({ 1, 3 }, dropped)
end)

promise("gives an exact number or none", function(subject)
  local store = subject.open()
  assert.equal(100, store:stamp("c", 100, { "a" }, nil, true))
  assert.equal(200, store:stamp("c", 200, { "a" }, nil, true))
  for _, floor in ipairs { 200, 199, 0 } do
    local number, why, last = store:stamp("c", floor, { "a", "b" }, nil, true)
    assert.is_nil(number)
    assert.matches(tostring(floor), why, 1, true)
    assert.matches("200", why, 1, true)
    assert.equal(200, last)
  end
  assert.equal(200, store:latest("c"))
  assert.equal(200, store:latest("c", "a"))
  assert.is_nil(store:latest("c", "b"))
  assert.equal(201, store:stamp("c", 0))
end)

promise("looks for newer intents before it looks at an exact number", function(subject)
  local store = subject.open()
  store:stamp("c", 100, { "a" })
  store:stamp("c", 200, { "a" })
  assert.is_false((store:stamp("c", 150, { "a" }, 100, true)))
  assert.is_nil((store:stamp("c", 150, { "a" }, 200, true)))
end)

promise("stamps many things at once", function(subject)
  local store, things = subject.open(), {}
  for i = 1, 1000 do things[i] = "stream-" .. i end
  assert.equal(1, store:stamp("c", 1, things))
  store:stamp("c", 1, { "stream-1000", "stream-17" })
  local number, dropped = store:stamp("c", 1, things, 1)
  assert.equal(3, number)
  assert.same({ 17, 1000 }, dropped)
  assert.equal(1, store:latest("c", "stream-999"))
end)

promise("forgets an intent, and never a number", function(subject)
  local store = subject.open()
  local first = store:stamp("c", 100, { "a", "b" })
  store:stamp("c", 100, { "a" })
  assert.equal(101, store:latest("c", "a"))
  subject.pass(subject.forget + 0.001)
  assert.is_nil(store:latest("c", "a"))
  assert.is_nil(store:latest("c", "b"))
  local number, dropped = store:stamp("c", 100, { "a" }, first)
  assert.equal(102, number)
  assert.same({}, dropped)
  assert.equal(100, store:latest("c", "a"))
end)

promise("keeps an intent for all of 60 seconds after the last stamp", function(subject)
  if not subject.frozen then return end
  local store = subject.open()
  store:stamp("c", 100, { "a", "b" })
  for i = 1, 5 do
    subject.pass(59)
    assert.equal(99 + i, store:latest("c", "a"))
    assert.equal(100 + i, store:stamp("c", 100, { "a" }))
  end
  assert.is_nil(store:latest("c", "b"))
  subject.pass(59.9)
  assert.equal(105, store:latest("c", "a"))
  assert.is_false((store:stamp("c", 100, { "a" }, 104)))
  subject.pass(0.2)
  assert.is_nil(store:latest("c", "a"))
end)

promise("lives through wall clocks that are set back", function(subject)
  if not subject.frozen then return end
  local store = subject.open()
  store:stamp("c", 100, { "a" })
  store:stamp("c", 100, { "a" })
  subject.pass(-30)
  assert.is_false((store:stamp("c", 100, { "a" }, 100)))
  subject.pass(-86400) -- an intent of tomorrow is none
  assert.equal(102, store:stamp("c", 100, { "a" }, 100))
  assert.equal(100, store:latest("c", "a"))
  subject.pass(61)
  assert.is_nil(store:latest("c", "a"))
end)

promise("spaces slots", function(subject)
  local store = subject.open()
  assert_delays(store, { 0, 1000, 2000, 3000 }, "r", 1000)
  assert_delays(store, { 0, 1000 }, "another", 1000)
end)

promise("spaces slots by fractions of a second", function(subject)
  if not subject.frozen then return end
  local store = subject.open()
  for i = 0, 99 do assert.near(i / 30, store:reserve("r", 1 / 30), 1e-6) end
  subject.pass(1)
  assert.near(100 / 30 - 1, store:reserve("r", 1 / 30), 1e-6)
  subject.pass(10)
  assert.near(0, store:reserve("r", 1 / 30), 1e-6)
  assert.near(1 / 30, store:reserve("r", 1 / 30), 1e-6)
end)

promise("gives the slots of a burst at once", function(subject)
  local store = subject.open()
  assert_delays(store, { 0, 0, 0, 1000, 2000 }, "r", 1000, 2)
  if subject.frozen then
    subject.pass(4000) -- two slots of the burst are there again
    began[store] = nil
    assert_delays(store, { 0, 0, 1000 }, "r", 1000, 2)
    subject.pass(100000) -- and never more than all
    began[store] = nil
    assert_delays(store, { 0, 0, 0, 1000 }, "r", 1000, 2)
  end
end)

promise("reserves nothing beyond the limit", function(subject)
  local store = subject.open()
  assert_delays(store, { 0, 1000 }, "r", 1000, 0, 1500)
  assert_delays(store, { 2000, 2000, 2000 }, "r", 1000, 0, 1500)
  assert_delays(store, { 2000, 3000 }, "r", 1000, 0, math.huge)
  assert_delays(store, { 4000 }, "r", 1000, 0, -1)
  assert_delays(store, { 4000 }, "r", 1000)
  assert_delays(store, { 0 }, "other", 1000, 0, -1)
  assert_delays(store, { 0, 1000 }, "other", 1000, 0, 0)
end)

promise("takes extreme rates", function(subject)
  local store = subject.open()
  assert_delays(store, { 0, 1e9 }, "slow", 1e9)
  for _ = 1, 100 do assert.is_true(store:reserve("fast", 1e-6) < 0.01) end
  for _ = 1, 100 do assert.equal(0, store:reserve("wide", 1000, LARGEST)) end
end)

promise("keeps numbers, things and rates apart", function(subject)
  local store = subject.open()
  assert_delays(store, { 0, 1000 }, "k", 1000)
  assert.is_nil(store:latest("k"))
  assert.equal(5, store:stamp("c", 5, { "k", "c" }))
  assert.is_nil(store:latest("k"))
  assert.equal(1, store:stamp("k", 1))
  assert.equal(5, store:latest("c", "k"))
  assert.equal(6, store:stamp("c", 1))
  assert_delays(store, { 2000 }, "k", 1000)
end)

promise("knows a thing within its account only", function(subject)
  local store = subject.open()
  local pairs_of_names = {
    { "zego:1", "a" }, { "zego:2", "a" }, { "zego:", "1a" }, { "zego:1a", "" },
    { "zego:1", ":a" }, { "zego:1:", "a" },
    { "zego:1}:intent=", "a" }, { "zego:1", "}:intent=a" }, { "zego:1%7D", "a" },
    { "zego:1:o", "a" }, { "zego:1:o=", "a" }, { "zego:1:o", "=a" }, { "zego:1:o%3D", "a" },
    { "zego:1", ":o=a" }, { "zego:1}", "a" }, { "", "a" },
    { "%", "a" }, { "{}", "a" }, { "number", "" }, { "a\0b", "c" }, { "a", "\0bc" },
  }
  for i, names in ipairs(pairs_of_names) do assert(store:stamp(names[1], i * 100, { names[2] })) end
  local seen = {}
  for i, names in ipairs(pairs_of_names) do
    assert.equal(i * 100, store:latest(names[1], names[2]), table.concat(names, " / "))
    seen[names[1]] = math.max(seen[names[1]] or 0, i * 100)
  end
  for account, number in pairs(seen) do assert.equal(number, store:latest(account)) end
  assert.is_nil(store:latest("a", "a"))
end)

promise("gives a lock to one, until it is unlocked", function(subject)
  local store = subject.open()
  local token = store:lock("k", 1000)
  assert.is_string(token)
  local taken, left = store:lock("k", 5)
  assert.is_false(taken)
  assert.is_true(left > 900 and left <= 1000.001, left)
  local another = store:lock("another", 1000)
  assert.is_string(another)
  assert.not_equal(token, another)
  assert.is_false(store:unlock("k", another))
  assert.is_false(store:unlock("k", ""))
  assert.is_false(store:unlock("k", token .. "0"))
  assert.is_false(store:unlock("nobody's", token))
  assert.is_false((store:lock("k", 5)))
  assert.is_true(store:unlock("k", token))
  assert.is_false(store:unlock("k", token))
  local second = store:lock("k", 1000)
  assert.not_equal(token, second)
  assert.is_false(store:unlock("k", token))
  assert.is_true(store:unlock("k", second))
end)

promise("ends a lock later, when it is asked to", function(subject)
  local store = subject.open()
  local token = store:lock("k", 1000)
  assert.is_true(store:unlock("k", token, 0.2))
  local taken, left = store:lock("k", 1)
  assert.is_false(taken)
  assert.is_true(left > 0 and left <= 0.201, left)
  assert.is_true(store:unlock("k", token, 0.1)) -- it is still its holder's
  subject.pass(0.21)
  assert.is_string((store:lock("k", 1000)))
  assert.is_false(store:unlock("k", token, 5))
end)

promise("ends a lock by itself", function(subject)
  local store = subject.open()
  local token = store:lock("k", 0.2)
  assert.is_string(token)
  subject.pass(0.21)
  assert.is_false(store:unlock("k", token))
  local second = store:lock("k", 1000)
  assert.is_string(second)
  assert.is_false(store:unlock("k", token))
  assert.is_false((store:lock("k", 1)))
end)

promise("keeps locks apart from all else", function(subject)
  local store = subject.open()
  assert.is_string((store:lock("k", 1000)))
  assert.is_nil(store:latest("k"))
  assert.equal(5, store:stamp("k", 5, { "k" }))
  assert_delays(store, { 0, 1000 }, "k", 1000)
  assert.is_false((store:lock("k", 1)))
end)

promise("throws what is no argument, with its name", function(subject)
  local store = subject.open()
  local many = {}
  for i = 1, 1001 do many[i] = "s" end
  local wrong = {
    { "floor", "stamp", "k", -1 }, { "floor", "stamp", "k", 1.5 }, { "floor", "stamp", "k", 0 / 0 },
    { "floor", "stamp", "k", math.huge }, { "floor", "stamp", "k", LARGEST * 2 },
    { "floor", "stamp", "k", "5" },
    { "floor", "stamp", "k" }, { "account", "stamp", 5, 5 }, { "account", "stamp", nil, 5 },
    { "account", "latest", {} }, { "account", "latest" }, { "thing", "latest", "k", 5 },
    { "things", "stamp", "k", 5, "s" }, { "things", "stamp", "k", 5, { 1 } },
    { "things", "stamp", "k", 5, false },
    { "things", "stamp", "k", 5, { "s", false } }, { "things", "stamp", "k", 5, many },
    { "since", "stamp", "k", 5, {}, -1 }, { "since", "stamp", "k", 5, {}, "1" },
    { "since", "stamp", "k", 5, {}, {} },
    { "since", "stamp", "k", 5, {}, 0 / 0 },
    { "interval", "reserve", "k", 0 }, { "interval", "reserve", "k", -1 },
    { "interval", "reserve", "k", math.huge },
    { "interval", "reserve", "k", 0 / 0 }, { "interval", "reserve", "k" },
    { "key", "reserve", nil, 1 }, { "burst", "reserve", "k", 1, -1 },
    { "burst", "reserve", "k", 1, 0.5 }, { "burst", "reserve", "k", 1, math.huge },
    { "key", "lock", nil, 1 }, { "seconds", "lock", "k", 0 }, { "seconds", "lock", "k", "1" },
    { "seconds", "lock", "k", 0 / 0 }, { "seconds", "lock", "k", 2e9 }, { "seconds", "lock", "k" },
    { "key", "unlock", {}, "t" }, { "token", "unlock", "k" }, { "token", "unlock", "k", 5 },
    { "after", "unlock", "k", "t", 0 }, { "after", "unlock", "k", "t", "1" },
    { "limit", "reserve", "k", 1, 0, 0 / 0 }, { "limit", "reserve", "k", 1, 0, "x" },
  }
  local to_integer = math.tointeger -- luacheck: ignore 143 (Lua 5.3): as a double it is 2^53
  if to_integer then wrong[#wrong + 1] = { "floor", "stamp", "k", to_integer(LARGEST) + 1 } end
  for i, case in ipairs(wrong) do
    local ok, message = pcall(store[case[2]], store, case[3], case[4], case[5], case[6])
    assert.is_false(ok, "case " .. i)
    assert.matches(case[1] .. " must be ", tostring(message), 1, true)
  end
  assert.equal(5, store:stamp("k", 5)) -- and nothing has changed
  assert_delays(store, { 0 }, "k", 1000)
end)

promise("takes each webhook's event once, until it is forgotten or too long ago", function(subject)
  local callback = require "streamctl.callback"
  local store = subject.open()
  local function event(key) return { vendor = "zego", key = key } end
  local token = assert(callback.once(store, event "a", 60))
  assert.is_false(callback.once(store, event "a", 60))
  assert.is_string(callback.once(store, event "b", 60))
  assert.is_string(callback.once(store, { vendor = "aliyun", key = "a" }, 60))
  assert.is_true(callback.forget(store, event "a", token))
  assert.is_false(callback.forget(store, event "a", token))
  local again = callback.once(store, event "a", 60)
  assert.is_string(again)
  assert.not_equal(token, again)
  assert.is_false(callback.forget(store, event "a", token)) -- that of the one before
  assert.is_false(callback.once(store, event "a", 60))
  if not subject.frozen then return end
  subject.pass(59)
  assert.is_false(callback.once(store, event "a", 60))
  subject.pass(2)
  assert.is_string(callback.once(store, event "a", 60))
end)

return contract
