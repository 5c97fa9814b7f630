-- What every store promises: a list of { name, test }, run by the specs of all three.
--
-- A test gets a subject: `open()` gives an empty store; `frozen` says whether the clock only moves
-- with `pass(seconds)`; `forget` is for how many seconds an intent is kept.
--
-- Most promises are steps: what is asked, and after "=" what is answered.
--
--     stamp c 100 a,b since=90 exact back=9 = 103 drops 2    (-: no list; {}: an empty one)
--     stamp c 100 a exact = below 200                        (nil, a message, the last number)
--     latest c a = nil
--     reserve r 1000 limit=0 = 1000
--     pass 61                                                (ends the test where no clock stands)

local assert = require "luassert"
local core = require "streamctl.core"
local latest = require "spec.support.latest"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143 (Lua 5.1)

local LARGEST = 2 ^ 53
local KEYS = {
  "", "a", "a\0b", "a\0c", ("k"):rep(10240), ("k"):rep(10239) .. "l", "{a}", "a b\r\n*1\r\n",
  "\255\254", "ä",
}

local contract = {}

local function promise(name, test) contract[#contract + 1] = { name = name, test = test } end

local began = setmetatable({}, { __mode = "k" }) -- when slots of a store were first asked for

-- Slots are asked for over some time: what passed since the first one may be gone from the delays.
local function assert_delay(store, slot, line, key, interval, ...)
  began[store] = began[store] or core.monotonic()
  local delay = assert(store:reserve(key, interval, ...))
  local least = math.max(0, slot - (core.monotonic() - began[store]))
  assert.is_true(delay >= least - 0.01 and delay <= slot + 0.01, line .. ": " .. tostring(delay))
end

local function list_of(text, convert)
  if text == "-" then return nil end
  local list = {}
  for item in (text or ""):gmatch "[^,{}]+" do
    list[#list + 1] = convert and convert(item) or item
  end
  return list
end

local function text_of(number)
  return number and string.format("%.0f", number) or tostring(number)
end

local steps = {}

function steps.stamp(store, line, words, named, wanted)
  local number, dropped, last = store:stamp(words[2], tonumber(words[3]), list_of(words[4] or "-"),
    tonumber(named.since), line:find " exact" and true, tonumber(named.back))
  local below = wanted:match "^below (%d+)"
  if below then
    assert.is_nil(number, line)
    for _, text in ipairs { words[3], below } do assert.matches(text, dropped, 1, true) end
    return assert.equal(tonumber(below), last, line)
  elseif wanted == "full" then
    assert.is_nil(number, line)
    return assert.matches("2%^53", dropped)
  end
  assert.equal(wanted:match "^%S+", text_of(number), line)
  assert.same(list_of(wanted:match "drops (%S+)", tonumber), dropped, line)
end

function steps.latest(store, line, words, _, wanted)
  assert.equal(wanted, text_of((latest(store, words[2], words[3]))), line)
end

function steps.reserve(store, line, words, named, wanted)
  assert_delay(store, tonumber(wanted), line, words[2], tonumber(words[3]),
    tonumber(named.limit))
end

-- A promise in lines, see above. `only_frozen`: it takes long where the clock cannot stand still.
local function says(name, lines, only_frozen)
  promise(name, function(subject)
    if only_frozen and not subject.frozen then return end
    local store = subject.open()
    for line in lines:gmatch "[^\n;]+" do
      local asked, wanted = line:match "^%s*(.-) = (.*)$"
      local words, named = {}, {}
      for word in (asked or line):gmatch "%S+" do
        local key, value = word:match "^(%l+)=(.*)$"
        if key then named[key] = value elseif word ~= "exact" then words[#words + 1] = word end
      end
      if words[1] ~= "pass" then
        steps[words[1]](store, line, words, named, wanted)
      elseif words[2] == "forget" then
        subject.pass(subject.forget + 0.001)
      elseif subject.frozen then
        subject.pass(tonumber(words[2]))
        began[store] = nil
      else
        return
      end
    end
  end)
end

says("gives the floor first, then one more each time", [[
  latest zego:1 = nil; stamp zego:1 1700000000000 = 1700000000000
  stamp zego:1 1700000000000 = 1700000000001; stamp zego:1 5 = 1700000000002
  latest zego:1 = 1700000000002]])
says("follows a floor that rises, and ignores one that falls", [[
  stamp k 10 = 10; stamp k 500 = 500; stamp k 11 = 501; stamp k 502 = 502; stamp k 502 = 503]])
says("keeps accounts apart", [[
  stamp a 7 = 7; stamp b 1 = 1; stamp a 0 = 8; stamp b 0 = 2]])
says("starts at a floor of 0", [[
  stamp k 0 = 0; latest k = 0; stamp k 0 = 1]])
says("counts up to 2^53, and not beyond", [[
  stamp k 9007199254740991 = 9007199254740991; stamp k 0 = 9007199254740992; stamp k 0 = full
  latest k = 9007199254740992; stamp other 9007199254740992 = 9007199254740992]])
says("stamps resources with the number of their intent", [[
  stamp c 100 x,y = 100; stamp c 100 y = 101; latest c x = 100; latest c y = 101; latest c = 101
  latest c z = nil; stamp c 5 {} = 102; stamp c 5 {} since=1 = 103]])
says("drops the resources of a repeat that have a newer intent", [[
  stamp c 100 a,b,d,e = 100; stamp c 100 b = 101; stamp c 100 e = 102
  stamp c 100 a,b,d,e,new since=100 = 103 drops 2,4; latest c a = 100; latest c b = 101
  latest c e = 102; latest c new = 100; latest c = 103]])
says("keeps the age of an intent that is carried out again, as often as it is", [[
  stamp c 100 a,b = 100; stamp c 100 a,b since=100 = 101; latest c a = 100
  stamp c 100 a,b since=100 = 102; stamp c 100 other = 103; stamp c 100 = 104; latest c a = 100
  stamp c 100 a since=104 = 105; latest c a = 104; stamp c 100 b = 106
  stamp c 100 a,b since=104 = 107 drops 2; stamp c 100 b since=105 = false drops 1
  stamp c 100 b since=106 = 108; stamp c 100 old since=50 = 109; latest c old = 50
  stamp c 100 young since=5000 = 110; latest c young = 110]])
says("gives numbers again that nobody has used", [[
  stamp c 100 before = 100; stamp c 900000 a,b = 900000
  stamp c 200 a,b since=190 back=900000 = 200; latest c a = 190; stamp c 150 = 201
  stamp c 150 x back=900001 = 202; stamp c 900000 a,b = 900000
  stamp c 150 a since=140 back=900000 = 203; stamp c 250 d = 250; stamp c 900000 a,b = 900000
  stamp c 900000 b = 900001; stamp c 300 a,b,d since=240 back=900000 = 300 drops 2,3]])
says("takes back what many calls have, and nothing that somebody else may have used", [[
  stamp c 100 = 100; stamp c 900000 a = 900000; stamp c 900000 b = 900001
  stamp c 200 a since=190 back=900000 = 200; stamp c 200 b since=190 back=900001 = 201
  stamp c 900000 a = 900000; stamp c 300 = 900001; stamp c 900000 b = 900002
  stamp c 300 a since=290 back=900000 = 900002; stamp c 300 b since=290 back=900002 = 900003
  stamp c 300 = 900004]])
says("has a new intent be the newest, whatever a clock that was ahead left", [[
  stamp c 100 = 100; stamp c 900000 a = 900000; stamp c 900000 b = 900001
  stamp c 200 a since=190 back=900000 = 200; stamp c 250 b = 250; stamp c 250 b since=250 = 251]])
says("takes no number when every resource has a newer intent", [[
  stamp c 100 a,b = 100; stamp c 100 a,b = 101; stamp c 100 b,a since=100 = false drops 1,2
  latest c = 101; latest c a = 101]])
says("treats a resource that is named twice as one", [[
  stamp c 100 a,a,b,a = 100; stamp c 100 a,a = 101; stamp c 100 a,b,a since=100 = 102 drops 1,3]])
says("gives an exact number or none, and looks for newer intents before", [[
  stamp c 100 a exact = 100; stamp c 200 a exact = 200; stamp c 200 a,b exact = below 200
  stamp c 199 a,b exact = below 200; stamp c 0 a,b exact = below 200; latest c = 200
  latest c a = 200; latest c b = nil; stamp c 150 a since=100 exact = false drops 1
  stamp c 150 a since=200 exact = below 200; stamp c 0 = 201]])
says("forgets an intent, and never a number", [[
  stamp c 100 a,b = 100; stamp c 100 a = 101; latest c a = 101; pass forget; latest c a = nil
  latest c b = nil; stamp c 100 a since=100 = 102; latest c a = 100]])
says("keeps an intent for all of 60 seconds after the last stamp", [[
  stamp c 100 a,b = 100; pass 59; latest c a = 100; stamp c 100 a = 101; pass 59
  latest c b = nil; stamp c 100 a since=101 = 102; pass 59.9; latest c a = 101
  stamp c 100 a since=100 = false drops 1; pass 0.2; latest c a = nil]], true)
says("keeps an intent no longer for a repeat that gives way to it", [[
  stamp c 100 a = 100; pass 40; stamp c 100 a,b since=50 = 101 drops 1; pass 21
  latest c a = nil; latest c b = 50]], true)
says("lives through wall clocks that are set back", [[
  stamp c 100 a = 100; stamp c 100 a = 101; pass -30; stamp c 100 a since=100 = false drops 1
  pass -86400; stamp c 100 a since=100 = 102; latest c a = 100; pass 61; latest c a = nil]], true)
says("spaces slots", [[
  reserve r 1000 = 0; reserve r 1000 = 1000; reserve r 1000 = 2000; reserve another 1000 = 0
  reserve another 1000 = 1000; reserve slow 1e9 = 0; reserve slow 1e9 = 1e9
  pass 2500; reserve r 1000 = 500; reserve another 1000 = 0]])
says("reserves nothing beyond the limit", [[
  reserve r 1000 limit=1500 = 0; reserve r 1000 limit=1500 = 1000
  reserve r 1000 limit=1500 = 2000; reserve r 1000 limit=1500 = 2000
  reserve r 1000 limit=inf = 2000; reserve r 1000 limit=-1 = 3000; reserve r 1000 = 3000
  reserve r 1000 = 4000; reserve other 1000 limit=-1 = 0; reserve other 1000 limit=0 = 0
  reserve other 1000 = 1000]])
says("keeps numbers, resources and rates apart", [[
  reserve k 1000 = 0; reserve k 1000 = 1000; stamp c 5 k,c = 5; latest k = nil
  stamp k 1 = 1; latest c k = 5; stamp c 1 = 6; reserve k 1000 = 2000]])

promise("gives distinct, rising integers", function(subject)
  local store, last = subject.open(), -1
  for i = 1, 2000 do
    local number = store:stamp("k", i % 7)
    assert.is_true(number > last)
    last = number
  end
  assert.equal("9000000000000000", string.format("%d", store:stamp("k", 9e15)))
  if not math.type then return end -- luacheck: ignore 143 (Lua 5.3)
  for _, number in ipairs { store:stamp("k", 60.0, { "s" }), latest(store, "k", "s") } do
    if type(number) == "number" then
      assert.equal("integer", math.type(number)) -- luacheck: ignore 143
    end
  end
end)

promise("takes any text for a key", function(subject)
  local store = subject.open()
  for i, key in ipairs(KEYS) do assert.equal(i * 100, store:stamp(key, i * 100)) end
  for i, key in ipairs(KEYS) do assert.equal(i * 100, latest(store, key)) end
  for i, key in ipairs(KEYS) do assert.equal(i * 100 + 1, store:stamp(key, 0)) end
  assert.equal(5000, store:stamp("counter", 5000, { "s\0", "s\0\0", "" }))
  assert.equal(5000, latest(store, "counter", "s\0\0"))
  assert.is_nil(latest(store, "counter", "s"))
  for _, key in ipairs(KEYS) do
    assert_delay(store, 0, key, key, 1000)
    assert_delay(store, 1000, key, key, 1000)
  end
end)

promise("stamps many resources at once", function(subject)
  local store, resources = subject.open(), {}
  for i = 1, 1000 do resources[i] = "stream-" .. i end
  assert.equal(1, store:stamp("c", 1, resources))
  store:stamp("c", 1, { "stream-1000", "stream-17" })
  local number, dropped = store:stamp("c", 1, resources, 1)
  assert.equal(3, number)
  assert.same({ 17, 1000 }, dropped)
  assert.equal(1, latest(store, "c", "stream-999"))
end)

promise("spaces slots by fractions of a second", function(subject)
  local store = subject.open()
  for _ = 1, 100 do assert.is_true(store:reserve("fast", 1e-6) < 0.01) end
  if not subject.frozen then return end
  for i = 0, 99 do assert.near(i / 30, store:reserve("r", 1 / 30), 1e-6) end
  subject.pass(1)
  assert.near(100 / 30 - 1, store:reserve("r", 1 / 30), 1e-6)
  subject.pass(10)
  assert.near(0, store:reserve("r", 1 / 30), 1e-6)
  assert.near(1 / 30, store:reserve("r", 1 / 30), 1e-6)
end)

promise("knows a resource within its account only", function(subject)
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
    assert.equal(i * 100, latest(store, names[1], names[2]), table.concat(names, " / "))
    seen[names[1]] = math.max(seen[names[1]] or 0, i * 100)
  end
  for account, number in pairs(seen) do assert.equal(number, latest(store, account)) end
  assert.is_nil(latest(store, "a", "a"))
end)

promise("gives a lock to one, until it is unlocked", function(subject)
  local store = subject.open()
  local token, another = store:lock("k", 1000), store:lock("another", 1000)
  assert.is_string(token)
  assert.is_string(another)
  assert.not_equal(token, another)
  local taken, left = store:lock("k", 5)
  assert.is_false(taken)
  assert.is_true(left > 900 and left <= 1000.001, left)
  for _, wrong in ipairs { another, "", token .. "0" } do
    assert.is_false(store:unlock("k", wrong))
  end
  assert.is_false(store:unlock("nobody's", token))
  assert.is_false((store:lock("k", 5)))
  assert.is_true(store:unlock("k", token))
  assert.is_false(store:unlock("k", token))
  local second = store:lock("k", 1000)
  assert.not_equal(token, second)
  assert.is_false(store:unlock("k", token))
  -- and all else of that name is apart
  assert.is_nil(latest(store, "k"))
  assert.equal(5, store:stamp("k", 5, { "k" }))
  assert_delay(store, 0, "slot", "k", 1000)
  assert.is_false((store:lock("k", 1)))
  assert.is_true(store:unlock("k", second))
end)

promise("ends a lock by itself, or later when it is asked to", function(subject)
  local store = subject.open()
  local token = store:lock("k", 1000)
  assert.is_true(store:unlock("k", token, 0.2))
  local taken, left = store:lock("k", 1)
  assert.is_false(taken)
  assert.is_true(left > 0 and left <= 0.201, left)
  assert.is_true(store:unlock("k", token, 0.1)) -- it is still its holder's
  local short = store:lock("short", 0.2)
  subject.pass(0.21)
  assert.is_false(store:unlock("short", short))
  for _, key in ipairs { "k", "short" } do
    assert.is_string((store:lock(key, 1000)))
    assert.is_false(store:unlock(key, key == "k" and token or short, 5))
    assert.is_false((store:lock(key, 1)))
  end
end)

promise("notes the highest number, for a time, and forgets it then", function(subject)
  local store = subject.open()
  assert.equal(0, store:note "zego:1:s")
  assert.equal(7, store:note("zego:1:s", 7, 1000))
  for _, number in ipairs { 0, 5, 6 } do assert.equal(7, store:note("zego:1:s", number, 1e6)) end
  assert.equal(0, store:note("zego:1:another", 0))
  assert.equal(8, store:note("zego:1:s", 8, 1000))
  assert.equal(8, store:note "zego:1:s")
  assert.equal(LARGEST, store:note("zego:1:large", LARGEST, 1000))
  assert.equal(3, store:note("short", 3, 0.2)) -- and all else of that name is apart
  assert.is_string((store:lock("short", 1000)))
  assert.is_nil(latest(store, "short"))
  subject.pass(0.21)
  assert.equal(0, store:note "short")
  assert.equal(2, store:note("short", 2, 0.2))
  assert.equal(2, store:note("short", 2, 1000)) -- the same number stays for longer
  subject.pass(0.21)
  assert.equal(2, store:note "short")
end)

promise("throws what is no argument, with its name", function(subject)
  local store = subject.open()
  local many, nan, inf = {}, 0 / 0, math.huge
  for i = 1, 1001 do many[i] = "s" end
  local integer = math.tointeger -- luacheck: ignore 143 (Lua 5.3): as a double it is 2^53
  -- an argument (with ! it must be there), its method, what comes before, and what it cannot be
  for _, case in ipairs {
    { "order!", "stamp", {}, { 5, {}, false } },
    { "floor!", "stamp", { "k" }, { -1, 1.5, nan, inf, LARGEST * 2, "5",
      integer and integer(LARGEST) + 1 or {} } },
    { "resources", "stamp", { "k", 5 }, { "s", { 1 }, false, { "s", false }, many } },
    { "since", "stamp", { "k", 5, {} }, { -1, "1", {}, nan } },
    { "back", "stamp", { "k", 5, {}, 1, false }, { -1, "1", nan } },
    { "key!", "reserve", {}, { 5 } }, { "key!", "lock", {}, { 5 } },
    { "key!", "unlock", {}, { {} } }, { "key!", "note", {}, { 5 } },
    { "number", "note", { "k" }, { -1, 1.5, "5", nan } },
    { "seconds!", "note", { "k", 5 }, { 0, "1", nan, 2e9 } },
    { "interval!", "reserve", { "k" }, { 0, -1, inf, nan, "1" } },
    { "limit", "reserve", { "k", 1 }, { nan, "x" } },
    { "seconds!", "lock", { "l" }, { 0, "1", nan, 2e9 } },
    { "token!", "unlock", { "k" }, { 5 } }, { "after", "unlock", { "k", "t" }, { 0, "1" } },
  } do
    local name, required = case[1]:match "^(%l+)(!?)"
    local list = { unpack(case[3]) }
    for i = required == "!" and 0 or 1, #case[4] do
      list[#case[3] + 1] = case[4][i]
      local ok, message = pcall(store[case[2]], store, unpack(list, 1, #case[3] + 1))
      assert.is_false(ok, case[1] .. " " .. i)
      assert.matches(name .. " must be ", tostring(message), 1, true)
    end
  end
  assert.equal(5, store:stamp("k", 5)) -- and nothing has changed
  assert_delay(store, 0, "slot", "k", 1000)
end)

promise("takes each webhook's event once, until it is forgotten or too long ago", function(subject)
  local webhook = require "streamctl.vendor.webhook"
  local store = subject.open()
  local function event(key) return { vendor = "zego", key = key } end
  local token = assert(webhook.claim(store, event "a"))
  assert.is_false(webhook.claim(store, event "a"))
  assert.is_string(webhook.claim(store, event "b"))
  assert.is_string(webhook.claim(store, { vendor = "aliyun", key = "a" }))
  assert.is_true(webhook.release(store, event "a", token))
  assert.is_false(webhook.release(store, event "a", token))
  local again = webhook.claim(store, event "a")
  assert.is_string(again)
  assert.not_equal(token, again)
  assert.is_false(webhook.release(store, event "a", token)) -- that of the one before
  assert.is_false(webhook.claim(store, event "a"))
  if not subject.frozen then return end
  subject.pass(689)
  assert.is_false(webhook.claim(store, event "a"))
  subject.pass(2)
  assert.is_string(webhook.claim(store, event "a"))
end)

-- A function that moves both clocks, which begin to stand still; the monotonic one goes never back.
function contract.stop_clocks()
  local wall, mono = 1700000000, 1000
  local function pass(seconds)
    wall, mono = wall + seconds, mono + math.max(0, seconds)
    core.set_clock(wall, mono)
  end
  pass(0)
  return pass
end

return contract
