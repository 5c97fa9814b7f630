-- What stdout gets, in each format, and what becomes of it when nobody takes it.

local json_line = require "streamctl.cli.output.json_line"
local helper = require "spec.pieces.cli.helper"
local json = require "streamctl.base.json"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local COLUMNS = { { "item", "STREAM" }, { "state", "STATE" }, { "message", "MESSAGE" },
  id = "item" }

local ROWS = {
  { item = "live-1", state = "ok", attempts = 1 },
  { item = "l2", state = "failed", message = "access_denied: no", vendor_code = "A/b" },
}

local function write(format, list, further, options)
  local out, stream = helper.out(format, options)
  local rows = out:rows(COLUMNS)
  for _, row in ipairs(list) do rows:add(row) end
  rows:close(further)
  out:finish()
  return stream.text, stream
end

local function lines(...)
  return table.concat({ ... }, "\n") .. "\n"
end

-- Asserts what a method of the output writes in a format.
local function assert_writes(expected, format, method, ...)
  local out, stream = helper.out(format)
  out[method](out, ...)
  assert.equal(expected, stream.text)
end

describe("rows on stdout", function()
  for format, expected in pairs {
    ["table"] = { "STREAM  STATE   MESSAGE", "live-1  ok      -",
      "l2      failed  access_denied: no" },
    jsonl = { '{"item":"live-1","state":"ok","attempts":1}',
      '{"item":"l2","state":"failed","message":"access_denied: no","vendor_code":"A/b"}' },
    json = { '{"items":[', '{"item":"live-1","state":"ok","attempts":1},',
      '{"item":"l2","state":"failed","message":"access_denied: no","vendor_code":"A/b"}',
      '],"account":"zego:1","succeeded":1}' },
    ids = { "live-1", "l2" },
  } do
    it("are as " .. format .. " has them, and where there are none", function()
      local further = { succeeded = 1, account = "zego:1" }
      assert.equal(lines(unpack(expected)), (write(format, ROWS, further)))
      assert.equal(format == "json" and '{"items":[],"failed":0}\n' or "",
        (write(format, {}, { failed = 0 })))
    end)
  end

  for format, flushes in pairs { jsonl = 2, json = 0, ids = 0, ["table"] = 0 } do
    it("arrive one by one as JSON lines, and together otherwise: " .. format, function()
      local out, stream = helper.out(format)
      local rows = out:rows(COLUMNS)
      for _, row in ipairs(ROWS) do rows:add(row) end
      assert.same({ flushes, "full" }, { stream.flushed, stream.buffering })
    end)
  end

  it("wait in a table until 500 show how wide they are, and then come as they are", function()
    local out, stream = helper.out "table"
    local rows = out:rows(COLUMNS)
    for _ = 1, 499 do rows:add { item = "a", state = "ok" } end
    assert.equal("", stream.text)
    rows:add { item = "wider-than-that", state = "ok" }
    assert.truthy(stream.text:find("\na                ok     -\n", 1, true))
    rows:add { item = "much-wider-than-any-before", state = "ok", message = "late" }
    assert.equal("much-wider-than-any-before  ok     late", stream.text:match "([^\n]*)\n$")
  end)

  it("are counted by characters, and show tables inside as JSON", function()
    assert.equal(lines(
      "STREAM  STATE      MESSAGE",
      "эфир    ok         -",
      'größe   ["x","y"]  -'),
      (write("table", { { item = "эфир", state = "ok" },
        { item = "größe", state = { "x", "y" } } })))
  end)

end)

describe("text of others", function()
  local NASTY = {
    { "\27[31mred", "?[31mred", "an escape sequence" },
    { "a\r\n\tb", "a b", "line breaks" },
    { "\7\127", "??", "a bell and a delete" },
    { "\194\155 31m", "? 31m", "a control of C1" },
    { "\155x", "\239\191\189x", "a byte that is no UTF-8" },
    { "\226\128\174gpj", "?gpj", "one that turns the direction" },
    { "\226\128\142\216\156\226\129\166x", "???x", "marks of the direction" },
    { "\226\128\168\226\128\139\239\187\191\194\173x", "????x", "characters that nobody sees" },
    { "a\0b", "a?b", "a zero" },
  }
  for _, case in ipairs(NASTY) do
    it("never steers a terminal: " .. case[3], function()
      assert.equal(case[2], write("table", { { item = case[1] } }):match "\n(%S+[^\n]-)  +%-")
      assert.equal(case[2] .. "\n", (write("ids", { { item = case[1] } })))
      local out, stream = helper.out "table"
      out:object { [case[1]] = { x = case[1] } }
      out:line(case[1])
      assert.equal(("%s.x: %s\n%s\n"):format(case[2], case[2], case[2]), stream.text)
      for _, format in ipairs { "json", "jsonl" } do
        local text = write(format, { { item = case[1], [case[1]] = 1 } })
        assert.is_nil(text:gsub("\n", ""):find "[%c\127]")
        for _, hidden in ipairs { "\194[\128-\159]", "\226\128[\139-\143\168-\174]",
          "\226\129[\160-\175]", "\216\156", "\239\187\191" } do
          assert.is_nil(text:find(hidden))
        end
        assert.is_true(json.is_utf8(text))
        if format == "jsonl" and json.is_utf8(case[1]) then
          assert.equal(case[1], json.decode(text).item)
        end
      end
    end)
  end
end)

describe("an object on stdout", function()
  local OBJECT = { Name = "a/b", Data = { Items = { { Id = 1 }, { Id = 2 } }, Empty = {} },
    Live = false, Big = "9007199254740993" }
  local NUMBERS = { a = 1767323045123456, b = 20.0, c = 500 / 3, d = 1 / 0, e = -3 }

  it("is JSON with its keys in order", function()
    for _, format in ipairs { "json", "jsonl" } do
      assert_writes('{"Name":"a/b","Big":"9007199254740993","Data":{"Empty":{},"Items":'
        .. '[{"Id":1},{"Id":2}]},"Live":false}\n', format, "object", OBJECT, { "Name" })
    end
  end)

  it("is a line for each field otherwise", function()
    assert_writes(lines("Name: a/b", "Big: 9007199254740993", "Data.Empty: ",
      "Data.Items.1.Id: 1", "Data.Items.2.Id: 2", "Live: false"), "table", "object", OBJECT,
      { "Name" })
  end)

  it("has lists that are lists when they are empty, null, and sparse tables", function()
    assert_writes('{"a":[],"c":null,"s":{"2":"y","4":"x"}}\n', "json", "object",
      { a = json_line.list {}, c = json.null, s = { [4] = "x", [2] = "y" } })
    assert_writes("c: \n", "table", "object", { c = json.null })
    assert.equal("a       ok     -", write("table", { { item = "a", state = "ok",
      message = json.null } }):match "([^\n]*)\n$")
  end)

  it("has numbers with all their digits, and none that JSON lacks", function()
    assert_writes('{"a":1767323045123456,"b":20,"c":166.66666666666666,"d":null,"e":-3}\n',
      "json", "object", NUMBERS)
    assert_writes(lines("a: 1767323045123456", "b: 20", "c: 166.667", "d: inf", "e: -3"), "table",
      "object", NUMBERS)
  end)
end)

describe("stdout", function()
  it("on a terminal takes the progress line away first, and is not held back", function()
    local cleared = 0
    local out, stream = helper.out("table", { columns = 80,
      say = { clear = function() cleared = cleared + 1 end } })
    out:line "x"
    assert.equal(1, cleared)
    assert.is_nil(stream.buffering)
  end)

  -- LuaJIT compiles what ran often
  it("tells the first failure after many lines", function()
    local out = helper.out "jsonl"
    local function add()
      out:line "x"
      out:flush()
    end
    out.stream = assert(io.open("/dev/null", "w"))
    for _ = 1, 500 do add() end
    out.stream:close()
    assert.is_nil(out.fault)
    out.stream = assert(io.open("/dev/full", "w"))
    out.stream:setvbuf "full"
    add()
    assert.truthy(out.fault)
    out.stream:close()
  end)
end)
