-- What the kinds of parameters take and refuse. A set has
--   required   whether the parameter may be left out
--   good       { value, text on the wire (or list of texts)[, other parameters] }
--   bad        { value, part of the message[, other parameters] }

local kinds = {}

local function copy(list, more)
  local all = {}
  for _, item in ipairs(list) do all[#all + 1] = item end
  for _, item in ipairs(more or {}) do all[#all + 1] = item end
  return all
end

local NOT_TEXT = {
  { 5, "must be text" }, { 1.5, "must be text" }, { true, "must be text" }, { {}, "must be text" },
  { function() end, "must be text, got a function" }, { "a\0b", "control characters" },
  { "a\r\nb", "control characters" }, { "a\127b", "control characters" },
}

function kinds.text(required, more_good, more_bad)
  local good = copy({ { "x", "x" }, { "*", "*" }, { "a b+c%2F", "a b+c%2F" }, { "流", "流" } },
    more_good)
  local bad = copy(NOT_TEXT, more_bad)
  if required then
    bad[#bad + 1] = { "", "must not be empty" }
  else
    good[#good + 1] = { "", "" }
  end
  return { required = required, good = good, bad = bad }
end

-- Characters are counted, not bytes: 2,000 of "流" are 6,000 bytes.
function kinds.text_up_to(limit, required)
  local ascii, wide, widest = ("a"):rep(limit), ("流"):rep(limit), ("\240\159\142\172"):rep(limit)
  local why = "at most " .. limit .. " characters, got " .. limit + 1
  return kinds.text(required, { { ascii, ascii }, { wide, wide }, { widest, widest } },
    { { ascii .. "a", why }, { wide .. "流", why }, { widest .. "a", why } })
end

-- `others`: the other parameters a value needs, by value.
function kinds.enum(required, allowed, refused, others)
  local set = { required = required, good = {},
    bad = copy { NOT_TEXT[1], NOT_TEXT[3], NOT_TEXT[4] } }
  local why = "must be one of " .. table.concat(allowed, ", ")
  for _, value in ipairs(allowed) do
    set.good[#set.good + 1] = { value, value, others and others[value] }
  end
  for _, value in ipairs(refused) do
    set.bad[#set.bad + 1] = { value, why .. "; got '" .. value .. "'" }
  end
  for _, value in ipairs { allowed[1]:upper(), allowed[1] .. " " } do
    set.bad[#set.bad + 1] = { value, why .. "; got '" .. value .. "'" }
  end
  set.bad[#set.bad + 1] = required and { "", "must not be empty" } or { "", why }
  return set
end

local NO_INTEGER = {
  { "5", "must be a whole number, got a string" }, { true, "got a boolean" }, { {}, "got a table" },
  { 1.5, "must be a whole number, got 1.5" }, { 60.25, "whole number" }, { 0 / 0, "whole number" },
  { math.huge, "whole number" }, { -math.huge, "whole number" }, { 2 ^ 54, "whole number" },
  { 1e300, "whole number" },
}

-- `edges`: good = { ... }, bad = { { value, why } }; without them any whole number will do.
function kinds.integer(edges)
  local good = edges and {} or {
    { 0, "0" }, { -5, "-5" }, { -0.0, "0" }, { 60.0, "60" }, { 1e15, "1000000000000000" },
    { 2 ^ 53, "9007199254740992" }, { -2 ^ 53, "-9007199254740992" },
  }
  for _, value in ipairs(edges and edges.good or {}) do
    good[#good + 1] = { value, ("%.0f"):format(value) }
  end
  return { required = false, good = good, bad = copy(NO_INTEGER, edges and edges.bad) }
end

local ILL_FORMED_TIMES = {
  "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-32T00:00:00Z",
  "2026-01-00T00:00:00Z", "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z", "2026-01-03T24:00:00Z",
  "2026-01-03T00:60:00Z", "2026-01-03T00:00:60Z", "2026-01-03T00:00:00z", "2026-01-03t00:00:00Z",
  "2026-01-03T00:00:00", "2026-01-03T00:00:00+08:00", "2026-01-03T00:00:00.000Z",
  "2026-01-03 00:00:00Z", "2026-1-3T0:0:0Z", "2026-01-03", " 2026-01-03T00:00:00Z",
  "2026-01-03T00:00:00Z ", "tomorrow", "1767323045",
}

-- `good`: well-formed times, each with the other parameters it needs.
function kinds.time(required, good, more_bad)
  local set = { required = required, bad = copy({
    { true, "must be a UTC time such as" }, { {}, "Unix seconds" },
    { 1767323045000, "Unix seconds" }, { 0 / 0, "Unix seconds" },
    { math.huge, "Unix seconds" }, { "a\0b", "control characters" },
  }, more_bad) }
  set.good = { { 4102358399.5, "2099-12-30T23:59:59Z", good[1][2] } }
  for _, case in ipairs(good) do set.good[#set.good + 1] = { case[1], case[1], case[2] } end
  for _, text in ipairs(ILL_FORMED_TIMES) do
    set.bad[#set.bad + 1] = { text, "must be a UTC time such as" }
  end
  set.bad[#set.bad + 1] = { "", required and "must not be empty" or "must be a UTC time" }
  return set
end

local function texts(count)
  local list = {}
  for i = 1, count do list[i] = "item-" .. i end
  return list
end

kinds.texts = texts

-- Lists that no list parameter takes.
function kinds.bad_lists(limit)
  local why = "must be a list of 1 to " .. limit .. " texts"
  return {
    { {}, why .. ', such as { "a", "b" }, got an empty one' },
    { texts(limit + 1), "got " .. limit + 1 }, { { "a", nil, "c" }, "without names or gaps" },
    { { [0] = "a", "b" }, "without names or gaps" }, { { a = "b" }, "without names or gaps" },
    { { "a", name = "b" }, "without names or gaps" }, { { "a", nil, "c", name = "d" }, "" },
    { { [1.5] = "a" }, "without names or gaps" },
    { { "a", 5 }, "item 2 must be text, got a number" },
    { { "a", {} }, "item 2 must be text, got a table" },
    { { false }, "item 1 must be text, got a boolean" }, { { "a", "b", "" }, "item 3" },
    { { "a\0" }, "item 1" }, { { "a\n" }, "item 1" },
    { 5, why }, { true, why }, { function() end, why },
  }
end

-- One JSON text on the wire.
function kinds.json_list(required, limit)
  local full = texts(limit)
  local full_json = '["' .. table.concat(full, '","') .. '"]'
  local not_json = "must be a list of texts, or such a list as JSON"
  return {
    required = required,
    good = {
      { { "a" }, '["a"]' }, { { "a", "b" }, '["a","b"]' }, { full, full_json },
      { { "http://h/流?a=1&b=2" }, '["http://h/流?a=1&b=2"]' },
      { { 'say "hi"\\' }, [=[["say \"hi\"\\"]]=] },
      { '["a","b"]', '["a","b"]' }, { ' [ "a" , "b\\/c" ] ', ' [ "a" , "b\\/c" ] ' },
      { full_json, full_json },
    },
    bad = (function()
      return copy(kinds.bad_lists(limit), {
        { "", not_json }, { "media-1", not_json }, { '{"a":"b"}', not_json }, { '"a"', not_json },
        { "null", not_json }, { '["a"', not_json }, { '["a"] x', not_json },
        { '["a"],"b":["c"]', not_json }, { '["a"],["b"]', not_json }, { "[]", "got an empty one" },
        { "[1]", "item 1 must be text" }, { '["a",null]', "item 2 must be text" },
        { '["a",["b"]]', "item 2 must be text" },
        { '["a\\u0000"]', "item 1 must not hold control characters" },
        { '["item-0",' .. full_json:sub(2), "got " .. limit + 1 },
      })
    end)(),
  }
end

-- Several pairs on the wire; `id`: what is said of an ill-formed one.
function kinds.stream_ids(limit, id)
  local full, longest = texts(limit), ("s"):rep(256)
  return {
    required = true, wire = "StreamId[]",
    good = { { { "a" }, { "a" } }, { { "b", "a" }, { "b", "a" } }, { full, full },
      { { longest }, { longest } } },
    bad = copy(kinds.bad_lists(limit), {
      { "s1", "must be a list of 1 to " .. limit .. " texts" }, { { "a", "b c" }, "item 2 " .. id },
      { { ("s"):rep(257) }, "item 1 " .. id },
    }),
  }
end

return kinds
