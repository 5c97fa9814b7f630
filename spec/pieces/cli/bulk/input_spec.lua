-- What the words of a command line, stdin and files name: items, and lines that cannot be right.

local fail = require "streamctl.cli.fail"
local helper = require "spec.pieces.cli.helper"
local input = require "streamctl.cli.bulk.input"
local labels = require "streamctl.cli.bulk.lines"
local streamctl = require "streamctl"

local function same(value) return value end

describe("the input", function()
  local folder, stream, real_stdin

  setup(function() real_stdin = io.stdin end)

  before_each(function()
    folder = os.tmpname()
    os.remove(folder)
    assert(os.execute("mkdir " .. folder))
    stream = helper.stream()
  end)

  after_each(function()
    io.stdin = real_stdin -- luacheck: ignore 122
    os.execute("rm -r " .. folder)
  end)

  local function write(name, text)
    local file = assert(io.open(folder .. "/" .. name, "wb"))
    file:write(text)
    file:close()
    return folder .. "/" .. name
  end

  -- A stdin whose pieces end where a pipe's may: anywhere.
  local function pipe(text, size)
    local at = 1
    io.stdin = { read = function() -- luacheck: ignore 122
      local piece = text:sub(at, at + size - 1)
      at = at + size
      return piece ~= "" and piece or nil
    end }
  end

  local function read(words, options, args)
    return input.read(helper.invocation(stream, { args = args }), words,
      options or { make = same, object = same })
  end

  local RESUME = streamctl.zego.operations:find "ResumeRTCStreams"

  local function zego(secret)
    return streamctl.zego.new { app_id = 1, server_secret = secret or ("0"):rep(32),
      transport = { send = function() error "something was sent" end } }
  end

  local function items(list)
    local found = {}
    for item in list:iterator() do found[#found + 1] = item end
    return found
  end

  -- The lines with which the command ends.
  local function refused(...)
    local ok, thrown = pcall(read, ...)
    assert.is_false(ok)
    assert.is_true(fail.is(thrown), tostring(thrown))
    assert.equal(2, thrown.status)
    local lines = type(thrown.message) == "table" and thrown.message or { thrown.message }
    for i, line in ipairs(lines) do lines[i] = line:gsub(folder .. "/", "") end
    return lines
  end

  it("is words, files and stdin, in their order", function()
    pipe("in-1\nin-2", 3)
    local list = read { "a", "@" .. write("ids", "f-1\nf-2\n"), "-", "b" }
    assert.same({ "a", "f-1", "f-2", "in-1", "in-2", "b" }, items(list))
    assert.equal(6, list.total)
    assert.equal("in-1", list:item(4))
  end)

  it("skips blank lines and comments, and is indifferent to what editors add", function()
    local path = write("ids", "\239\187\191# streams of today\r\n\r\n  s1\r\n\t\ns2  \n#s3\n s4")
    assert.same({ "s1", "s2", "s4" }, items(read { "@" .. path }))
  end)

  it("is the same however it is cut into pieces", function()
    local text = "one\n\ntwo\r\nthree\n" .. ("x"):rep(300) .. "\n"
    for size = 1, 20 do
      pipe(text, size)
      assert.same({ "one", "two", "three", ("x"):rep(300) }, items(read { "-" }))
    end
  end)

  it("has equal items once, and knows how many lines named them", function()
    local options = { object = same, params = { AppName = "live" },
      make = function(id) return { StreamName = id } end }
    local list = read({ "a", "b", "a", "@" .. write("ids", "b\nc\n") }, options)
    assert.same({ 3, 5 }, { list.total, list.line_count })
    assert.same({ { StreamName = "a" }, { StreamName = "b" }, { StreamName = "c" } }, items(list))
    list = read({ "a", '{"AppName":"live","StreamName":"a"}', '{"StreamName":"a","AppName":"x"}',
      '{"StreamName":"b","n":[1,{"p":1,"q":2}]}', '{"n":[1,{"q":2,"p":1}],"StreamName":"b"}' },
      options)
    assert.same({ 3, 5 }, { list.total, list.line_count })
    assert.equal("x", list:item(2).AppName)
    list = read({ "a", "a", "a b", "a" }, nil, { skip_bad = true })
    assert.same({ 1, 3, 1 }, { list.total, list.line_count, list.left_out })
  end)

  it("makes items of ids and of objects", function()
    local list = read({ "a", '{"StreamName":"b","n":null}', '{"id":"c"}' }, {
      object = function(object) return object.id or object end,
      make = function(id) return { StreamName = id } end,
    })
    assert.same({ { StreamName = "a" }, { StreamName = "b" }, "c" }, items(list))
  end)

  it("names all bad lines with their places, before and after those that are right", function()
    pipe("s9\ns 10\n", 100)
    local account = { client = zego() }
    local options = { make = same, object = same, account = account, operation = RESUME }
    local words = { "s1", "b/d", "@" .. write("a", "\nw/rse\ns2\n{oops\n"), "w/rse", "-",
      "@" .. write("b", "# b\ns3\nb/d") }
    local why = "ResumeRTCStreams: StreamId must be 1 to 256 of the characters A-Z a-z 0-9 - _: "
    local lines = refused(words, options)
    assert.same({
      "6 of 10 cannot be right; nothing was sent, and --skip-bad leaves them out:",
      "argument 2: " .. why .. "'b/d'",
      "a:2: " .. why .. "'w/rse'",
      "a:4: it is not JSON: '{oops'",
      "argument 4: " .. why .. "'w/rse'",
      "stdin:2: expected one id, without blanks: 's 10'",
      "b:3: " .. why .. "'b/d'",
    }, lines)

    pipe("s9\ns 10\n", 100)
    local list = read(words, options, { skip_bad = true })
    assert.same({ "s1", "s2", "s9", "s3" }, items(list))
    assert.truthy(stream.text:find("streamctl: 6 of 10 cannot be right and are left out:\n", 1,
      true), stream.text)
    assert.truthy(stream.text:find("\nargument 2: " .. why .. "'b/d'\n", 1, true), stream.text)
  end)

  it("writes out twenty bad lines and counts the others", function()
    local lines = refused { "@" .. write("ids", ("a b\n"):rep(1300) .. "ok\n") }
    assert.equal(22, #lines)
    assert.equal("ids:20: expected one id, without blanks: 'a b'", lines[21])
    assert.equal("... and 1,280 more", lines[22])
  end)

  it("shows little of a line, and nothing that steers a terminal", function()
    local lines = refused { "@" .. write("ids", "\27[2J " .. ("\195\188"):rep(100) .. "\nok") }
    assert.equal("ids:1: expected one id, without blanks: '?[2J " .. ("\195\188"):rep(35)
      .. "...'", lines[2])
  end)

  it("keeps lines in bounds", function()
    pipe("a\n" .. ("x"):rep(300000) .. "\n" .. ("y"):rep(65536) .. "\nb", 1000)
    local list = read({ "-" }, nil, { skip_bad = true })
    assert.same({ 1, 65536, 1 }, { #list:item(1), #list:item(2), #list:item(3) })
    assert.truthy(stream.text:find("stdin:2: it is longer than 64 KiB: 'xxx", 1, true), stream.text)
  end)

  it("says what a line may be, without the keys of addresses", function()
    local IDS, OBJECTS = { make = same }, { object = same }
    for line, case in pairs {
      ["a\0b"] = { IDS, "it has a byte 0, as no text has; expected one id a line: 'a?b'" },
      ["caf\233"] = { IDS, "it is not UTF-8: 'caf\239\191\189'" },
      ["rtmp://me:pw@a/b?k=key c"] = { IDS,
        "expected one id, without blanks: 'rtmp://...@a/b?...'" },
      ['{"item":"a b"}'] = { IDS, "expected one id, without blanks" },
      ['{"item":{"a":"b"}}'] = { IDS, "expected an id, not an object" },
      ['{"a":1}'] = { IDS, "expected an id, not an object" },
      ['{"item":"a"}'] = { OBJECTS, "expected a JSON object" },
      a = { OBJECTS, "expected a JSON object such as" },
      ["{}x"] = { OBJECTS, "it is not JSON" },
      ["{}"] = { { object = function() return nil, "it is empty" end }, "it is empty: '{}'" },
    } do
      local told = refused({ "@" .. write("ids", line .. "\n") }, case[1])
      assert.equal("1 of 1 cannot be right; nothing was sent:", told[1])
      assert.equal("ids:1: " .. case[2], told[2]:sub(1, #case[2] + 7))
    end
  end)

  it("names something", function()
    local lines = refused { "@" .. write("ids", "# nothing\n\n") }
    assert.truthy(lines[1]:find("there is nothing to do", 1, true), lines[1])
    -- --skip-bad does not make a success of a file in which nothing is right
    lines = refused({ "@" .. write("ids", "a b\n") }, nil, { skip_bad = true })
    assert.equal("1 of 1 cannot be right; nothing was sent:", lines[1])
  end)

  it("says what cannot be read", function()
    assert.truthy(refused({ "@" .. folder .. "/none" })[1]:find(
      "^cannot read none: No such file"))
    assert.truthy(refused({ "@" .. folder })[1]:find("^cannot read .*: Is a directory"))
    assert.truthy(refused({ "@" .. write("wide", "\255\254s\0001\000") })[1]:find(
      "wide is UTF-16; write it as UTF-8", 1, true))
    pipe("", 1)
    assert.truthy(refused({ "-", "-" })[1]:find("'-' stands twice", 1, true))
  end)

  it("is checked by the library, without a request", function()
    local options = { make = same, account = { client = zego() }, operation = RESUME }
    local words = {}
    for i = 1, 5050 do words[i] = i % 2500 == 7 and "b/" .. i or "s" .. i end
    local lines = refused(words, options)
    assert.equal(4, #lines)
    for i, number in ipairs { 7, 2507, 5007 } do
      assert.equal(("argument %d: ResumeRTCStreams: StreamId must be 1 to 256 of the characters "
        .. "A-Z a-z 0-9 - _: 'b/%d'"):format(number, number), lines[i + 1])
    end
  end)

  it("is not blamed for what is no fault of a line", function()
    local client = zego(function() return nil, "the vault is shut" end)
    local ok, thrown = pcall(read, { "s1" },
      { make = same, account = { client = client }, operation = RESUME })
    assert.is_false(ok)
    assert.equal(3, thrown.status)
    assert.truthy(thrown.message:find("the vault is shut", 1, true), thrown.message)
  end)

  it("takes a label of an item again, and shows people none with the keys of addresses", function()
    for label, item in pairs { s1 = { StreamName = "s1" }, s2 = "s2",
      ['{"AppName":"a","StreamName":"s1"}'] = { StreamName = "s1", AppName = "a" },
      ['{"SourceUrls":["x"]}'] = { SourceUrls = { "x" } } } do
      assert.equal(label, labels.label(item, "ids"))
      assert.equal(label, labels.label(item, "table"))
      assert.equal(item, labels.label(item, "json"))
    end
    assert.equal("rtmp://p.example.com/a/b?...",
      labels.label({ DstUrl = "rtmp://p.example.com/a/b?auth_key=1 2", A = "1" }, "table"))
    assert.equal('["rtmp://...@p.example.com/a@b?...","srt://q?..."]',
      labels.masked '["rtmp://me:p@ss@p.example.com/a@b?k","srt://q?streamid=x"]')
  end)
end)
