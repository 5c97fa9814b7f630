-- What every store promises: a list of { name, test }, run by the specs of all three.
--
-- A test gets a subject: `open()` gives an empty store; `frozen` says whether the clock only moves
-- with `pass(seconds)`; `forget` is how long a stream's last intent is kept.

local assert = require "luassert"
local core = require "streamctl.core"

local LARGEST = 2 ^ 53
local KEYS = {
  "", "a", "a\0b", "a\0c", ("k"):rep(10240), ("k"):rep(10239) .. "l", "{a}", "a b\r\n*1\r\n", "\255\254", "ä",
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
    assert.is_true(delay >= least - 0.01 and delay <= slot + 0.01, i .. ": " .. tostring(delay) .. ", wanted " .. slot)
  end
end

promise("gives the floor first, then one more each time", function(subject)
  local store = subject.open()
  assert.equal(1700000000000, store:sequence("zego:1", 1700000000000))
  assert.equal(1700000000001, store:sequence("zego:1", 1700000000000))
  assert.equal(1700000000002, store:sequence("zego:1", 5))
  assert.equal(1700000000002, store:latest("zego:1"))
end)

promise("follows a floor that rises, and ignores one that falls", function(subject)
  local store = subject.open()
  assert.equal(10, store:sequence("k", 10))
  assert.equal(500, store:sequence("k", 500))
  assert.equal(501, store:sequence("k", 11))
  assert.equal(501 + 1, store:sequence("k", 502))
end)

promise("keeps counters apart", function(subject)
  local store = subject.open()
  assert.equal(7, store:sequence("a", 7))
  assert.equal(1, store:sequence("b", 1))
  assert.equal(8, store:sequence("a", 0))
  assert.equal(2, store:sequence("b", 0))
end)

promise("gives distinct, rising numbers", function(subject)
  local store, last = subject.open(), -1
  for i = 1, 2000 do
    local number = store:sequence("k", i % 7)
    assert.is_true(number > last)
    last = number
  end
end)

promise("counts up to 2^53, and not beyond", function(subject)
  local store = subject.open()
  assert.equal(LARGEST - 1, store:sequence("k", LARGEST - 1))
  assert.equal(LARGEST, store:sequence("k", 0))
  local number, why = store:sequence("k", 0)
  assert.is_nil(number)
  assert.matches("2%^53", why)
  assert.equal(LARGEST, store:latest("k"))
  assert.equal(LARGEST, store:sequence("other", LARGEST))
end)

promise("starts at a floor of 0", function(subject)
  local store = subject.open()
  assert.is_nil(store:latest("k"))
  assert.equal(0, store:sequence("k", 0))
  assert.equal(0, store:latest("k"))
  assert.equal(1, store:sequence("k", 0))
end)

promise("gives integers that print without exponent or fraction", function(subject)
  local store = subject.open()
  assert.equal("9000000000000000", string.format("%d", store:sequence("k", 9e15)))
  if math.type then -- luacheck: ignore 143 (Lua 5.3)
    assert.equal("integer", math.type(store:sequence("k", 60.0))) -- luacheck: ignore 143
    assert.equal("integer", math.type((store:stamp("k", 60.0, { "s" })))) -- luacheck: ignore 143
    assert.equal("integer", math.type(store:latest("s"))) -- luacheck: ignore 143
  end
end)

promise("takes any text for a key", function(subject)
  local store = subject.open()
  for i, key in ipairs(KEYS) do assert.equal(i * 100, store:sequence(key, i * 100)) end
  for i, key in ipairs(KEYS) do assert.equal(i * 100, store:latest(key)) end
  for i, key in ipairs(KEYS) do assert.equal(i * 100 + 1, store:sequence(key, 0)) end
  assert.equal(5000, store:stamp("counter", 5000, { "s\0", "s\0\0", "" }))
  assert.equal(5000, store:latest("s\0\0"))
  assert.is_nil(store:latest("s"))
  for _, key in ipairs(KEYS) do assert_delays(store, { 0, 1000 }, key, 1000) end
end)

promise("stamps streams with the number of their intent", function(subject)
  local store = subject.open()
  local number, dropped = store:stamp("c", 100, { "x", "y" })
  assert.equal(100, number)
  assert.same({}, dropped)
  assert.equal(101, store:stamp("c", 100, { "y" }))
  assert.equal(100, store:latest("x"))
  assert.equal(101, store:latest("y"))
  assert.equal(101, store:latest("c"))
  assert.is_nil(store:latest("z"))
end)

promise("stamps without streams as sequence does", function(subject)
  local store = subject.open()
  assert.equal(5, store:stamp("c", 5))
  assert.equal(6, store:stamp("c", 5, {}))
  assert.equal(7, store:stamp("c", 5, {}, { since = 1 }))
  assert.equal(8, store:sequence("c", 5))
end)

promise("drops the streams of a repeat that have a newer intent", function(subject)
  local store = subject.open()
  local first = store:stamp("c", 100, { "a", "b", "d", "e" })
  store:stamp("c", 100, { "b" })
  store:stamp("c", 100, { "e" })
  local number, dropped = store:stamp("c", 100, { "a", "b", "d", "e", "new" }, { since = first })
  assert.equal(103, number)
  assert.same({ 2, 4 }, dropped)
  assert.equal(103, store:latest("a"))
  assert.equal(101, store:latest("b"))
  assert.equal(102, store:latest("e"))
  assert.equal(103, store:latest("new"))
end)

promise("takes no number when every stream has a newer intent", function(subject)
  local store = subject.open()
  local first = store:stamp("c", 100, { "a", "b" })
  store:stamp("c", 100, { "a", "b" })
  local number, dropped = store:stamp("c", 100, { "b", "a" }, { since = first })
  assert.is_false(number)
  assert.same({ 1, 2 }, dropped)
  assert.equal(101, store:latest("c"))
  assert.equal(101, store:latest("a"))
end)

promise("lets a repeat pass when nothing newer came", function(subject)
  local store = subject.open()
  local number = store:stamp("c", 100, { "a" })
  for _ = 1, 3 do
    local dropped
    number, dropped = store:stamp("c", 100, { "a" }, { since = number })
    assert.same({}, dropped)
  end
  assert.equal(103, number)
  store:stamp("c", 100, { "another" })
  store:sequence("c", 100)
  assert.equal(106, store:stamp("c", 100, { "a" }, { since = number }))
end)

promise("treats a stream that is named twice as one", function(subject)
  local store = subject.open()
  local first = store:stamp("c", 100, { "a", "a", "b", "a" })
  assert.equal(100, first)
  store:stamp("c", 100, { "a", "a" })
  local number, dropped = store:stamp("c", 100, { "a", "b", "a" }, { since = first })
  assert.equal(102, number)
  assert.same({ 1, 3 }, dropped)
end)

promise("records no intent for a question", function(subject)
  local store = subject.open()
  local first = store:stamp("c", 100, { "a" })
  assert.equal(101, store:stamp("c", 100, { "a", "b" }, { read = true }))
  assert.equal(100, store:latest("a"))
  assert.is_nil(store:latest("b"))
  assert.equal(102, store:stamp("c", 100, { "a" }, { since = first }))
  local number, dropped = store:stamp("c", 100, { "a", "b" }, { since = first, read = true })
  assert.equal(103, number)
  assert.same({ 1 }, dropped)
  assert.is_false((store:stamp("c", 100, { "a" }, { since = first, read = true })))
end)

promise("gives an exact number or none", function(subject)
  local store = subject.open()
  assert.equal(100, store:stamp("c", 100, { "a" }, { exact = true }))
  assert.equal(200, store:stamp("c", 200, { "a" }, { exact = true }))
  for _, floor in ipairs { 200, 199, 0 } do
    local number, why, last = store:stamp("c", floor, { "a", "b" }, { exact = true })
    assert.is_nil(number)
    assert.matches(tostring(floor), why, 1, true)
    assert.matches("200", why, 1, true)
    assert.equal(200, last)
  end
  assert.equal(200, store:latest("c"))
  assert.equal(200, store:latest("a"))
  assert.is_nil(store:latest("b"))
  assert.equal(201, store:sequence("c", 0))
end)

promise("looks for newer intents before it looks at an exact number", function(subject)
  local store = subject.open()
  store:stamp("c", 100, { "a" })
  store:stamp("c", 200, { "a" })
  assert.is_false((store:stamp("c", 150, { "a" }, { exact = true, since = 100 })))
  assert.is_nil((store:stamp("c", 150, { "a" }, { exact = true, since = 200 })))
end)

promise("stamps many streams at once", function(subject)
  local store, streams = subject.open(), {}
  for i = 1, 1000 do streams[i] = "stream-" .. i end
  assert.equal(1, store:stamp("c", 1, streams))
  store:stamp("c", 1, { "stream-1000", "stream-17" })
  local number, dropped = store:stamp("c", 1, streams, { since = 1 })
  assert.equal(3, number)
  assert.same({ 17, 1000 }, dropped)
  assert.equal(3, store:latest("stream-999"))
end)

promise("takes a prefix of the streams, which is part of their keys", function(subject)
  local store, text = subject.open(), "zego:1:stream-1"
  for i = 0, #text do
    local number, dropped = store:stamp("c", 1, { text:sub(i + 1), "s" .. i }, { prefix = text:sub(1, i) })
    assert.equal(i + 1, number)
    assert.same({}, dropped)
    assert.equal(i + 1, store:latest(text))
    assert.equal(i + 1, store:latest(text:sub(1, i) .. "s" .. i))
  end
  assert.is_nil(store:latest("stream-1"))
  assert.is_nil(store:latest("zego:1:"))
  local last = store:stamp("c", 1, { text })
  assert.is_false((store:stamp("c", 1, { "stream-1" }, { prefix = "zego:1:", since = last - 1 })))
  assert.equal(last + 1, store:stamp("c", 1, { "stream-1" }, { prefix = "zego:2:", since = last - 1 }))
  assert.equal(last + 2, store:stamp("c", 1, { "stream-1" }, { prefix = "a\0b", since = last - 1 }))
  assert.equal(last + 2, store:latest("a\0bstream-1"))
end)

promise("takes the streams out of a longer list", function(subject)
  local store = subject.open()
  local list = { "Room", "r", "Id", "a", "Id", "b", "Id", "c", "Sequence", "7" }
  local where = { first = 4, last = 8, step = 2 }
  assert.equal(1, store:stamp("k", 1, list, where))
  for _, name in ipairs { "Room", "r", "Id", "Sequence", "7" } do assert.is_nil(store:latest(name)) end
  for _, name in ipairs { "a", "b", "c" } do assert.equal(1, store:latest(name)) end
  assert.equal(2, store:stamp("k", 1, list, { first = 6, last = 7, step = 2 }))
  where.since = 1
  local number, dropped = store:stamp("k", 1, list, where)
  assert.equal(3, number)
  assert.same({ 2 }, dropped)
  where.first, where.last = 6, 5
  assert.equal(4, store:stamp("k", 1, list, where))
  assert.equal(5, store:stamp("k", 1, { "a", "b", "c" }, { first = 2 }))
  assert.same({ 3, 5, 5 }, { store:latest("a"), store:latest("b"), store:latest("c") })
  local long = {}
  for i = 1, 2000 do long[i] = i % 2 == 0 and "s" .. i or false end
  assert.equal(6, store:stamp("k", 1, long, { first = 2, step = 2 }))
  assert.equal(6, store:latest("s2000"))
end)

promise("forgets a stream's intent, and never a counter", function(subject)
  local store = subject.open()
  local first = store:stamp("c", 100, { "a", "b" })
  store:stamp("c", 100, { "a" })
  assert.equal(101, store:latest("a"))
  subject.pass(subject.forget + 0.001)
  assert.is_nil(store:latest("a"))
  assert.is_nil(store:latest("b"))
  local number, dropped = store:stamp("c", 100, { "a" }, { since = first })
  assert.equal(102, number)
  assert.same({}, dropped)
  assert.equal(102, store:latest("a"))
end)

promise("keeps a stream's intent for all of 60 seconds after the last stamp", function(subject)
  if not subject.frozen then return end
  local store = subject.open()
  store:stamp("c", 100, { "a", "b" })
  for i = 1, 5 do
    subject.pass(59)
    assert.equal(99 + i, store:latest("a"))
    assert.equal(100 + i, store:stamp("c", 100, { "a" }))
  end
  assert.is_nil(store:latest("b"))
  subject.pass(59.9)
  assert.equal(105, store:latest("a"))
  assert.is_false((store:stamp("c", 100, { "a" }, { since = 104 })))
  subject.pass(0.2)
  assert.is_nil(store:latest("a"))
end)

promise("lives through wall clocks that are set back", function(subject)
  if not subject.frozen then return end
  local store = subject.open()
  store:stamp("c", 100, { "a" })
  store:stamp("c", 100, { "a" })
  subject.pass(-30)
  assert.is_false((store:stamp("c", 100, { "a" }, { since = 100 })))
  subject.pass(-86400) -- an intent of tomorrow is none
  assert.equal(102, store:stamp("c", 100, { "a" }, { since = 100 }))
  assert.equal(102, store:latest("a"))
  subject.pass(61)
  assert.is_nil(store:latest("a"))
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

promise("keeps counters, streams and rates apart", function(subject)
  local store = subject.open()
  assert_delays(store, { 0, 1000 }, "k", 1000)
  assert.is_nil(store:latest("k"))
  assert.equal(5, store:stamp("c", 5, { "k", "c" }))
  assert.equal(5, store:latest("k"))
  assert.equal(1, store:sequence("k", 1))
  assert.equal(1, store:latest("k")) -- the counter's number comes first
  assert.equal(6, store:sequence("c", 1))
  assert_delays(store, { 2000 }, "k", 1000)
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
    { "floor", "sequence", "k", -1 }, { "floor", "sequence", "k", 1.5 }, { "floor", "sequence", "k", 0 / 0 },
    { "floor", "sequence", "k", math.huge }, { "floor", "sequence", "k", LARGEST * 2 },
    { "number", "sequence", "k", "5", other = "floor" }, { "number", "sequence", "k", other = "floor" },
    { "string", "sequence", 5, 5, other = "key" }, { "string", "sequence", nil, 5, other = "key" },
    { "string", "latest", {}, other = "key" }, { "string", "latest", nil, other = "key" },
    { "string", "stamp", nil, 5, other = "key" }, { "floor", "stamp", "k", 2.5 },
    { "table", "stamp", "k", 5, "s", other = "list" }, { "text", "stamp", "k", 5, { 1 } },
    { "text", "stamp", "k", 5, { "s", false } }, { "streams", "stamp", "k", 5, many },
    { "since", "stamp", "k", 5, {}, { since = -1 } }, { "since", "stamp", "k", 5, {}, { since = "1" } },
    { "since", "stamp", "k", 5, {}, { since = 0 / 0 } }, { "table", "stamp", "k", 5, {}, 7 },
    { "prefix", "stamp", "k", 5, { "s" }, { prefix = 7 } }, { "prefix", "stamp", "k", 5, { "s" }, { prefix = false } },
    { "first", "stamp", "k", 5, { "s" }, { first = 0 } }, { "first", "stamp", "k", 5, { "s" }, { first = "1" } },
    { "last", "stamp", "k", 5, { "s" }, { last = 2 } }, { "last", "stamp", "k", 5, { "s" }, { last = 0.5 } },
    { "step", "stamp", "k", 5, { "s" }, { step = 0 } }, { "step", "stamp", "k", 5, { "s" }, { step = {} } },
    { "interval", "reserve", "k", 0 }, { "interval", "reserve", "k", -1 }, { "interval", "reserve", "k", math.huge },
    { "interval", "reserve", "k", 0 / 0 }, { "number", "reserve", "k", other = "interval" },
    { "string", "reserve", nil, 1, other = "key" }, { "burst", "reserve", "k", 1, -1 },
    { "burst", "reserve", "k", 1, 0.5 }, { "burst", "reserve", "k", 1, math.huge },
    { "key", "lock", nil, 1 }, { "seconds", "lock", "k", 0 }, { "seconds", "lock", "k", "1" },
    { "seconds", "lock", "k", 0 / 0 }, { "seconds", "lock", "k", 2e9 }, { "seconds", "lock", "k" },
    { "key", "unlock", {}, "t" }, { "token", "unlock", "k" }, { "token", "unlock", "k", 5 },
    { "limit", "reserve", "k", 1, 0, 0 / 0 }, { "number", "reserve", "k", 1, 0, "x", other = "limit" },
  }
  for i, case in ipairs(wrong) do
    local ok, message = pcall(store[case[2]], store, case[3], case[4], case[5], case[6])
    assert.is_false(ok, "case " .. i)
    message = tostring(message)
    local named = message:find(case[1], 1, true) or message:find(case.other or case[1], 1, true)
    assert.is_true(named ~= nil, i .. ": " .. message)
  end
  assert.equal(5, store:sequence("k", 5)) -- and nothing has changed
  assert_delays(store, { 0 }, "k", 1000)
end)

return contract
