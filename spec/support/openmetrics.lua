-- Reads numbers for monitoring as strictly as OpenMetrics 1.0 asks for: what is not in the grammar
-- fails the spec.

local assert = require "luassert"

local openmetrics = {}

local SUFFIXES = {
  counter = { _total = true }, gauge = { [""] = true },
  histogram = { _bucket = true, _sum = true, _count = true },
}
local OLDER = { counter = { [""] = true }, gauge = SUFFIXES.gauge, histogram = SUFFIXES.histogram }

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
-- families by name: `kind`, `help`, `unit`. `is_older`: it is in Prometheus' own format.
function openmetrics.read(text, is_older)
  assert.matches(is_older and "[^\n]\n$" or "\n# EOF\n$", text)
  local suffixes = is_older and OLDER or SUFFIXES
  local samples, families, family, name, number = {}, {}, nil, nil, 0
  for line in text:sub(1, is_older and -1 or -7):gmatch "([^\n]*)\n" do
    number = number + 1
    local word, of, rest = line:match "^# (%u+) ([%a_:][%w_:]*) (.+)$"
    if word == "HELP" then
      if families[of] then fail(number, line, "twice") end
      family, name = { help = rest }, of
      families[of] = family
    elseif word then
      local field = ({ TYPE = "kind", UNIT = not is_older and "unit" or nil })[word]
      if not field or of ~= name or family[field] then fail(number, line, "out of place") end
      if word == "UNIT" and not of:find("_" .. rest .. "$") then fail(number, line, "unit") end
      family[field] = rest
    else
      local full, labels, value = line:match "^([%a_:][%w_:]*)(%b{}) (%S+)$"
      if not full then full, labels, value = line:match "^([%a_:][%w_:]*)() (%S+)$" end
      value = tonumber(value)
      local suffix = full and name and full:sub(1, #name) == name and full:sub(#name + 1)
      if not value or not suffix or not (suffixes[family.kind] or {})[suffix] then
        fail(number, line, "no sample of " .. tostring(name))
      end
      labels = type(labels) == "string" and labels_of(labels:sub(2, -2), number, line) or ""
      local key = full .. (labels ~= "" and "{" .. labels .. "}" or "")
      if samples[key] then fail(number, line, "twice") end
      samples[key] = value
      if suffix == "_bucket" then
        local limit = labels:match 'le="([^"]*)"$'
        local is_written = limit and (limit == "+Inf" or is_older or limit:find "%.")
        if not is_written then fail(number, line, "le") end
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
function openmetrics.sum(samples, name, ...)
  local sum = 0
  for key, value in pairs(samples) do
    local fits = key:match "^[^{]*" == name
    for _, part in ipairs { ... } do fits = fits and key:find(part, 1, true) ~= nil end
    if fits then sum = sum + value end
  end
  return sum
end

return openmetrics
