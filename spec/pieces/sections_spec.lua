-- Sections of ini files. The vendor's own samples are in spec/bytes/vectors.

local sections = require "streamctl.base.sections"

-- The values of a section, or its fault.
local function section(text, name)
  local found = sections.read(text)[name]
  if found and found.fault then return nil, found.fault end
  return found and found.values
end

local function of_value(raw)
  local values, why = section("[default]\nkey = " .. raw .. "\nnext = n\n", "default")
  assert.equal("n", assert(values, why).next)
  return values.key
end

describe("a value of an ini file (comment-marks)", function()
  for raw, value in pairs {
    ["ab;cd#ef"] = "ab;cd#ef", [";ab"] = ";ab", ["#ab"] = "#ab", ["ab;"] = "ab;",
    ["ab ; comment"] = "ab", ["ab\t# comment ; more"] = "ab",
    ["a\\;b\\#c\\\\d"] = "a;b#c\\d", ["a\\b"] = "a\\b", ["ab=cd=="] = "ab=cd==",
    ['"ab"'] = "ab", ["'ab'"] = "ab", ['"a ; b"'] = "a ; b", ["'a # b' # comment"] = "a # b",
    ['"a\\"b\\\\c"'] = 'a"b\\c', ["'a\\b'"] = "a\\b", ['"ab" ; "comment"'] = "ab",
    ['"ab"c'] = '"ab"c', ['"ab'] = '"ab', ["'ab"] = "'ab", ["'ab'c"] = "'ab'c",
    ['"ab\\"'] = '"ab\\"', ["ab  \r"] = "ab", [""] = "", ['{"Version":"1"}'] = '{"Version":"1"}',
  } do
    it("written as " .. ("%q"):format(raw) .. " is " .. value, function()
      assert.equal(value, of_value(raw))
    end)
  end
end)

describe("a section of an ini file", function()
  it("is found by its whole name, between others", function()
    local text = "; of the file\n# too\n[a]\nk=1\n[ team.a ] ; of the section\n"
      .. "  k = 2\nl=3\n\n[b]\nk=4"
    assert.same({ k = "2", l = "3" }, section(text, "team.a"))
    assert.same({ k = "4" }, section(text, "b"))
    for _, name in ipairs { "team", "A", "team.b", "default" } do
      assert.is_nil(section(text, name))
    end
    assert.same({}, section("[empty]\n", "empty"))
    assert.same({}, sections.read "")
    assert.same({ k = "1" }, section("\239\187\191[a]\nk = 1", "a"))
  end)

  it("is not put together of two (doubled-section)", function()
    local text = "[a]\nk=1\n[b]\n[a]\nl=2\n"
    assert.same({ nil, "line 4 begins the section of line 1 again; make one of them" },
      { section(text, "a") })
    assert.same({}, section(text, "b"))
    assert.same({ nil, "line 4 has the key of line 2 again" },
      { section("[a]\nsecret=1\n\nsecret=2\n", "a") })
  end)

  it("tells which line is wrong, and never what is in it", function()
    assert.same({ nil, "line 3 must be written as key = value" },
      { section("[a]\nk=1\nsecret: 2\n", "a") })
    assert.same({ nil, "line 2 must be written as key = value" }, { section("[a]\n= 2\n", "a") })
    for _, line in ipairs { "secret = a\0b", "secret\0 = b", "secret = a\27b" } do
      assert.same({ nil, "line 2 has a control character" }, { section("[a]\n" .. line, "a") })
    end
    assert.same({ k = "a\tb" }, section("[a]\n\f\n;\27\nk = a\tb\n", "a"))
    assert.same({ k = "1" }, section("[b]\nsecret\n[a]\nk=1\n", "a"))
    local _, stray = sections.read "# keys\n\nsecret = 1\n[other]\nk = 1\n"
    assert.equal(3, stray)
  end)

  it("is read at once, however long its blanks are", function()
    local blanks = (" "):rep(100000)
    local before = os.clock()
    for _, line in ipairs { blanks, "k" .. blanks, "k = a" .. blanks .. "b", "[a" .. blanks,
      "[" .. blanks .. "b", "k = 1" .. blanks .. "#", "k =" .. blanks, "k = 'a'" .. blanks .. "b",
    } do
      sections.read("[a]\n" .. line)
    end
    assert.is_true(os.clock() - before < 5) -- in steps by pairs: minutes
  end)
end)

describe("writing a section of an ini file", function()
  local KEYS = { "vendor", "app_id", "file" }
  local VALUES = { vendor = "zego", app_id = "7", file = "a b;c\"\\.secret" }
  local FILE = 'file = "a b;c\\"\\\\.secret"'

  -- The text before and after, as lines with "|" for their ends, and the values that are written.
  local cases = {
    { "begins a file", "", "[p]|vendor = zego|app_id = 7|" .. FILE .. "|" },
    { "adds it behind what has no end", "; mine|[a]|k=1",
      "; mine|[a]|k=1||[p]|vendor = zego|app_id = 7|" .. FILE .. "|" },
    { "changes values, and leaves other lines",
      "# top|[p] ; who|;old|app_id =  6 ; six|other = x  ||# of z|[z]|vendor=no|file = f|",
      "# top|[p] ; who|vendor = zego|app_id = 7|" .. FILE
        .. "|;old|other = x  ||# of z|[z]|vendor=no|file = f|" },
    { "takes the last value away", "[p]|app_id=7|file = f|; end|",
      "[p]|vendor = zego|app_id = 7|; end|", { vendor = "zego", app_id = "7" } },
    { "fills an empty section", "[p]", "[p]|vendor = zego|", { vendor = "zego" } },
    { "keeps a byte order mark", "\239\187\191[p]|[q]|", "\239\187\191[p]|vendor = zego|[q]|",
      { vendor = "zego" } },
  }
  for _, case in ipairs(cases) do
    it(case[1], function()
      local before, after, values = case[2]:gsub("|", "\n"), case[3]:gsub("|", "\n"), case[4]
      values = values or VALUES
      local written = sections.write(before, "p", KEYS, values)
      assert.equal(after, written)
      for _, key in ipairs(KEYS) do assert.equal(values[key], section(written, "p")[key]) end
      assert.equal(written, sections.write(written, "p", KEYS, values))
    end)
  end

  it("reads back whatever a value has", function()
    for _, value in ipairs { "a", "'a'", '"a"', "a ; b", "#", ";", "\\", '\\"', "a\\", "ä b", "=",
      "[p]" } do
      assert.equal(value, section(sections.write("[a]\nk=1", "p", { "k" }, { k = value }), "p").k)
    end
  end)
end)
