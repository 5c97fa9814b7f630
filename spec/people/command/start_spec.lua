-- What the command loads before it does anything: the time that takes is measured by
-- tools/bench/parts/command.lua, here its cause is counted.
local command = require "spec.support.command"

-- Lists the modules of Lua, and the files mapped, at the end of a program.
local AT_EXIT = [[
local exit, before = os.exit, {}
for name in pairs(package.loaded) do before[name] = true end
os.exit = function(...)
  for name in pairs(package.loaded) do
    if not before[name] then io.stderr:write("module ", name, "\n") end
  end
  for line in (io.open "/proc/self/maps" or io.tmpfile()):lines() do
    io.stderr:write("file ", line:match "[^/]*$", "\n")
  end
  return exit(...)
end
]]

describe("the command starts", function()
  local c, at_exit

  setup(function()
    c = command.new { environment = function()
      return { { "ZEGO_APP_ID", "1234567890" },
        { "ZEGO_SERVER_SECRET", "9193cc662a4c0ec135ec71fb57194b38" } }
    end }
    at_exit = "@" .. c:write("at_exit.lua", AT_EXIT)
  end)
  teardown(function() c:close() end)

  -- What a run loads: a sorted list of modules, and the names of files as one text.
  local function loaded_by(words)
    local ended = c:run(words, { environment = { LUA_INIT = at_exit } })
    assert.equal(0, ended.status, ended.err)
    local modules, files = {}, {}
    for kind, name in ended.err:gmatch "(%l+) ([^\n]+)\n" do
      local list = kind == "module" and modules or files
      list[#list + 1] = name
    end
    table.sort(modules)
    return modules, table.concat(files, " ")
  end

  it("without argparse, the library and the engine for --version", function()
    local modules, files = loaded_by { "--version" }
    local needless = { argparse = true, streamctl = true, ["streamctl.engine"] = true }
    for _, name in ipairs(modules) do assert.is_nil(needless[name], name) end
    assert.is_true(#modules < 15, table.concat(modules, " "))
    assert.is_nil(files:find "libcurl")
  end)

  it("without the engine and the rows of operations where help is all that is wanted", function()
    local modules, files = loaded_by { "--help" }
    for _, name in ipairs(modules) do
      assert.is_nil(name:find "^streamctl%.engine$" or name:find "^streamctl%.%l+%.operations%.%l",
        name)
    end
    assert.is_nil(files:find "libcurl")
  end)

  it("with the rows of an action's own group alone", function()
    local rows = {}
    for _, name in ipairs((loaded_by { "call", "ResumeRTCStreams", "StreamId=a", "-n",
      "--vendor=zego" })) do
      rows[#rows + 1] = name:match "^streamctl%.(%l+%.operations%.[%l_]+)$"
    end
    assert.same({ "zego.operations.media" }, rows)
  end)
end)
