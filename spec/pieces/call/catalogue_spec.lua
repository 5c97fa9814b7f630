-- The catalogue of a vendor's operations: which are found, and what that loads.

local catalogue = require "streamctl.call.catalogue"
local child = require "spec.support.child"

local MODULE = "spec.pieces.call.catalogue_rows"

-- A catalogue of these groups, as if each was a file; the third group's file is broken.
local function made(index)
  for name in pairs(package.loaded) do
    if name:sub(1, #MODULE) == MODULE then package.loaded[name] = nil end
  end
  local files = {
    usual = function() return { { "ListUsualThings" } } end,
    first = function()
      return {
        page = "of the list", rate = 1,
        { "ResumeABCStream", rate = 2, params = { "Name!" } }, { "DescribeThings" },
      }
    end,
    second = function() return { { "StopThing", group = "other", method = "GET" } } end,
    broken = function() error "loaded" end,
    index = function() return index end,
  }
  for name, load_it in pairs(files) do package.preload[MODULE .. "." .. name] = load_it end
  return catalogue.new {
    module = MODULE, index = index and MODULE .. ".index", groups = { "usual", "first", "second" },
    defaults = { method = "POST", page = "of the vendor", rate = 3 },
  }
end

local function is_loaded(group)
  return package.loaded[MODULE .. "." .. group] ~= nil
end

describe("a catalogue", function()
  it("finds an operation in either spelling, and in no other", function()
    local it = made()
    local row = it:find "ResumeABCStream"
    assert.equal("resume_abc_stream", row.name)
    assert.equal("ResumeABCStream", row.action)
    assert.equal(row, it:find "resume_abc_stream")
    for _, name in ipairs {
      "resumeABCStream", "Resume_ABC_Stream", "RESUME_ABC_STREAM", "ResumeAbcStream", "", " ",
      "resume_abc_stream ", "resume", "abc", "resume_abc_stream describe_things", "%a+",
    } do
      assert.is_nil(it:find(name), name)
    end
  end)

  it("takes what a row leaves out from its list, and then from the vendor", function()
    local it = made()
    local resume, describe_things, stop = it:find "ResumeABCStream", it:find "DescribeThings",
      it:find "StopThing"
    assert.same({ 2, 1, 3 }, { resume.rate, describe_things.rate, stop.rate })
    assert.same({ "of the list", "of the vendor" }, { resume.page, stop.page })
    assert.same({ "POST", "GET" }, { resume.method, stop.method })
    assert.same({ "first", "other" }, { resume.group, stop.group })
  end)

  it("loads the first group, then the index, and then only the group that it names", function()
    local it = made { first = "resume_abc_stream describe_things", second = "stop_thing" }
    assert.is_false(is_loaded "usual")
    assert.is_table(it:find "list_usual_things")
    assert.is_false(is_loaded "index")
    assert.is_table(it:find "StopThing")
    assert.is_true(is_loaded "second")
    assert.is_false(is_loaded "first")
  end)

  it("names all operations without loading them, and loaded ones that are newer", function()
    local it = made { second = "stop_thing" }
    assert.same({ "stop_thing" }, it:names())
    assert.is_false(is_loaded "second")
    assert.is_table(it:find "DescribeThings")
    assert.same({ "describe_things", "list_usual_things", "resume_abc_stream", "stop_thing" },
      it:names())
  end)
end)

describe("the catalogue of", function()
  for _, vendor in ipairs { "aliyun", "zego" } do
    local operations = require("streamctl." .. vendor .. ".operations")

    it(vendor .. " has each operation once, and no parameter that is the signature's", function()
      local actions = {}
      for row in operations:each() do
        assert.is_nil(actions[row.action], row.action)
        actions[row.action] = true
        assert.equal(row, operations:find(row.action))
        assert.equal(row, operations:find(row.name))
        for _, param in ipairs(row.params) do
          assert.is_nil(operations.reserved[param.name], row.action .. " " .. param.name)
        end
      end
    end)

    it(vendor .. " is a part of the vendor's table, and so are the waiters", function()
      local public, count = require("streamctl")[vendor], 0
      assert.equal(operations, public.operations)
      for _, waiter in pairs(public.waiters) do
        count = count + 1
        assert.is_table(operations:find(waiter[1]))
      end
      assert.is_true(count > 3)
    end)
  end
end)

-- What few calls need is loaded by those that do: this keeps the start of a process short. All of
-- `call` is loaded at once, so that a failure can be told when nothing can be loaded any more.
describe("a first call loads what it needs, and nothing else:", function()
  local OF_ALL = [[
    base.checks base.encode base.errors base.json base.options base.suggest core loop.blocking
    loop.exchange loop.pick loop.protected store.memory store.named transport.curl transport.hosts
    transport vendor.class vendor.client ]]
  local CALLS = {
    aliyun = {
      [[access_key_id = "id", access_key_secret = "secret"]],
      [[resume_live_stream { DomainName = "d", AppName = "a", StreamName = "s" }]],
      "aliyun aliyun.judge aliyun.operations aliyun.operations.streams",
    },
    zego = {
      [[app_id = 1, server_secret = "secret"]], [[resume_rtc_streams { StreamId = { "a" } }]],
      "zego zego.judge zego.operations zego.operations.media",
    },
  }

  for vendor, call in pairs(CALLS) do
    it(vendor, function()
      local output = child.run((([[
        local client = require("streamctl").@VENDOR@.new {
          @OPTIONS@,
          transport = { send = function()
            return { status = 200, headers = {}, body = '{"Code":0,"RequestId":"r"}' }
          end },
        }
        assert(client:@CALL@)
        for name in pairs(package.loaded) do print(name:match("^streamctl%.(.+)$")) end
      ]]):gsub("@(%u+)@", { VENDOR = vendor, OPTIONS = call[1], CALL = call[2] })))
      local loaded, wanted = {}, {}
      for name in output:gmatch("%S+") do
        if name ~= "nil" and not name:find("^call") then loaded[#loaded + 1] = name end
      end
      for name in (OF_ALL .. call[3]):gmatch("%S+") do wanted[#wanted + 1] = name end
      table.sort(loaded)
      table.sort(wanted)
      assert.same(wanted, loaded)
    end)
  end
end)
