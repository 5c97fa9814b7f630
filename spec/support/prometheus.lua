-- Reads numbers in Prometheus' text format: what is not in the grammar fails the spec.

local assert = require "luassert"

local prometheus = {}

local SUFFIXES = {
  counter = { [""] = true }, gauge = { [""] = true },
  histogram = { _bucket = true, _sum = true, _count = true },
}

local function fail(number, line, why)
  error(("line %d, %s: %s"):format(number, why, line), 0)
end

-- The labels of a sample: a text that names them in order.
local function labels_of(text, number, line)
  local rest = text
  while rest ~= "" do
    local _, till = rest:find('^[%a_][%w_]*="[^"\\\n]*"')
    if not till then fail(number, line, "bad labels") end
    rest = rest:sub(till + 1)
    if rest ~= "" and not rest:find "^,." then fail(number, line, "bad labels") end
    rest = rest:gsub("^,", "")
  end
  return text
end

-- Buckets rise, and the last one counts all.
local function check_histograms(families, samples)
  for name, family in pairs(families) do
    for of, buckets in pairs(family.buckets or {}) do
      local last = buckets[#buckets]
      assert.equal("+Inf", last.limit)
      for i = 2, #buckets do
        assert.is_true(buckets[i].count >= buckets[i - 1].count, name)
        assert.is_true((tonumber(buckets[i].limit) or math.huge) > tonumber(buckets[i - 1].limit))
      end
      local labels = of ~= "" and "{" .. of .. "}" or ""
      assert.equal(last.count, samples[name .. "_count" .. labels])
      assert.is_number(samples[name .. "_sum" .. labels])
    end
  end
end

--- Reads a text. Returns samples by their names and labels, such as `x_total{vendor="zego"}`; and
-- families by name: `kind` and `help`.
function prometheus.read(text)
  assert.matches("[^\n]\n$", text)
  local samples, families, family, name, number = {}, {}, nil, nil, 0
  for line in text:gmatch "([^\n]*)\n" do
    number = number + 1
    local word, of, rest = line:match "^# (%u+) ([%a_:][%w_:]*) (.+)$"
    if word == "HELP" then
      if families[of] then fail(number, line, "twice") end
      family, name = { help = rest }, of
      families[of] = family
    elseif word then
      if word ~= "TYPE" or of ~= name or family.kind then fail(number, line, "out of place") end
      family.kind = rest
    else
      local full, labels, value = line:match "^([%a_:][%w_:]*)(%b{}) (%S+)$"
      if not full then full, labels, value = line:match "^([%a_:][%w_:]*)() (%S+)$" end
      value = tonumber(value)
      local suffix = full and name and full:sub(1, #name) == name and full:sub(#name + 1)
      if not value or not suffix or not (SUFFIXES[family.kind] or {})[suffix] then
        fail(number, line, "no sample of " .. tostring(name))
      end
      labels = type(labels) == "string" and labels_of(labels:sub(2, -2), number, line) or ""
      local key = full .. (labels ~= "" and "{" .. labels .. "}" or "")
      if samples[key] then fail(number, line, "twice") end
      samples[key] = value
      if suffix == "_bucket" then
        local limit = labels:match 'le="([^"]*)"$'
        if not limit then fail(number, line, "le") end
        local others = labels:gsub(',?le="[^"]*"$', "")
        family.buckets = family.buckets or {}
        family.buckets[others] = family.buckets[others] or {}
        table.insert(family.buckets[others], { limit = limit, count = value })
      end
    end
  end
  check_histograms(families, samples)
  return samples, families
end

--- The sum of a name's samples whose labels have all of these texts, such as 'vendor="zego"'.
function prometheus.sum(samples, name, ...)
  local sum = 0
  for key, value in pairs(samples) do
    local fits = key:match "^[^{]*" == name
    for _, part in ipairs { ... } do fits = fits and key:find(part, 1, true) ~= nil end
    if fits then sum = sum + value end
  end
  return sum
end

return prometheus
