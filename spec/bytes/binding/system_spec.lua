-- What the command needs of the system: signals, journals, terminals, folders.

local child = require "spec.support.child"
local command = require "spec.support.command"
local system = require "streamctl.system"
local shell = require "spec.support.emulator.launcher.shell"

local quote = shell.quote

describe("system", function()
  local dir

  before_each(function() dir = shell.run("mktemp -d"):gsub("%s+$", "") end)
  after_each(function() shell.run("rm -rf " .. quote(dir)) end)

  local function mode(path)
    return (shell.run("ls -ld " .. quote(path)):match "^%S%S%S%S%S%S%S%S%S%S")
  end

  -- Runs code in a process of its own, in which `core`, `system`, `dir` and `send` are known.
  local function run(code, before)
    local path = dir .. "/code.lua"
    return shell.run((before or "") .. " " .. child.command(([[
      local core, system = require "streamctl.core", require "streamctl.system"
      -- os.execute would ignore signals meanwhile; a shell's parent is this process
      local function send(name)
        local pipe = io.popen("kill -" .. name .. " $PPID")
        pipe:read "*a"
        pipe:close()
      end
      local dir = %q
      %s]]):format(dir, code), {}, path))
  end

  describe("signals", function()
    it("are noted once", function()
      for name, number in pairs { HUP = 1, INT = 2, TERM = 15 } do
        local output, status = run(([[
          print(system.caught_signal(), system.catch_signals(), system.caught_signal())
          send %q
          print(system.caught_signal(), system.catch_signals(), system.caught_signal())
        ]]):format(name))
        assert.equal(("nil\ttrue\tnil\n%d\ttrue\tnil\n"):format(number), output)
        assert.equal(0, status)
      end
    end)
  end)

  describe("journal", function()
    it("appends to a file of its owner's", function()
      local path = dir .. "/new"
      local journal = assert(system.journal(path))
      assert.equal("-rw-------", mode(path))
      assert.is_true(journal:append "one\n")
      assert.is_true(journal:append "t\0o\n")
      assert.is_true(journal:sync())
      assert.equal(8, journal:size())
      assert.is_true(journal:cut(4))
      assert.equal(4, journal:size())
      assert.same({ nil, "the file has fewer bytes than that", "invalid_parameter", 0 },
        { journal:cut(5) })
      assert.equal(4, journal:size())
      assert.is_true(journal:append "three\n")
      assert.equal("one\nthree\n", shell.read_file(path))
      assert.is_true(journal:share())
      assert.equal("-rw-r--r--", mode(path))
      assert.equal("streamctl.journal", tostring(journal))
      assert.has_error(function() journal:cut(-1) end)
      assert.has_error(function() journal:cut(0.5) end)
      assert.has_error(function() journal:append() end)
      assert.has_error(function() system.journal(path .. "\0") end)
      journal:close()
      journal:close()
      for _, method in ipairs { "append", "sync", "size", "cut" } do
        local done, message, code = journal[method](journal, method == "cut" and 1 or "")
        assert.is_nil(done)
        assert.equal("the file is closed", message)
        assert.equal("closed", code)
      end
    end)

    it("is closed by the collector, and tells why it cannot be opened", function()
      assert.equal("true\n", run [[
        system.journal(dir .. "/shared")
        collectgarbage()
        collectgarbage()
        print(system.journal(dir .. "/shared") ~= nil)
      ]])
      assert.same({ "cannot open the file: No such file or directory: " .. dir .. "/no/file",
        "system", 2 }, { select(2, system.journal(dir .. "/no/file")) })
      assert.same({ "this is no regular file (nor may it be a link); name another: " .. dir,
        "invalid_parameter", 0 }, { select(2, system.journal(dir)) })
    end)
  end)

  describe("make_folder", function()
    it("makes what is not there", function()
      shell.run("chmod 755 " .. quote(dir))
      assert.is_true(system.make_folder(dir .. "/a/b/"))
      assert.equal("drwx------", mode(dir .. "/a"))
      assert.equal("drwx------", mode(dir .. "/a/b"))
      assert.equal("drwxr-xr-x", mode(dir))
      assert.is_true(system.make_folder(dir .. "/a/b"))
      assert.is_true(system.make_folder "/proc/self") -- where none can be made
      shell.run(("cd %s; ln -s a link; ln -s nowhere bad"):format(quote(dir)))
      assert.is_true(system.make_folder(dir .. "/link/c"))
      assert.equal("drwx------", mode(dir .. "/a/c"))
      assert.equal(17, select(4, system.make_folder(dir .. "/bad")))
    end)

    it("says why it cannot", function()
      shell.write_file(dir .. "/file", "")
      local made, message, code, errno = system.make_folder(dir .. "/file/below")
      assert.is_nil(made)
      assert.equal("cannot make the folder: Not a directory: " .. dir .. "/file/below", message)
      assert.equal("system", code)
      assert.equal(20, errno)
      assert.has_error(function() system.make_folder(dir .. "/nul\0") end)
    end)
  end)

  it("tells whether the reader of stdout has gone", function()
    local code = "local s = require 'streamctl.system' io.read() "
      .. "io.stderr:write(tostring(s.is_left(1)))"
    local ask = child.interpreter() .. " -e " .. shell.quote(code)
    assert.equal("false", (shell.run("{ echo | " .. ask .. " | cat; } 2>&1")))
    -- `read` ends the reader before the command goes on
    assert.equal("true", (shell.run(("cd $(mktemp -d) && mkfifo in out && { %s <in >out & } && "
      .. "exec 3>in && : <out && echo >&3; wait"):format(ask) .. " 2>&1")))
    assert.has_error(function() require("streamctl.system").is_left(3) end)
  end)

  describe("terminal", function()
    it("is none of a file", function()
      for fd = 0, 2 do
        local code = ("local columns = system.terminal(%d) print(columns)"):format(fd)
        assert.equal("nil\n", run(code, "exec </dev/null;"))
      end
      assert.has_error(function() system.terminal(3) end)
      assert.has_error(function() system.terminal(-1) end)
      assert.has_error(function() system.terminal "out" end)
    end)

    it("tells its size, and whether the process is in its background", function()
      if not command.has_terminals() then return pending(command.NO_TERMINALS) end
      shell.write_file(dir .. "/line", child.command(
        "print(require'streamctl.system'.terminal(1))", {}, dir .. "/ask.lua"))
      for _, columns in ipairs { 80, 0 } do
        local output = shell.run(("SHELL=/bin/sh script -qec %s /dev/null </dev/null"):format(
          quote(("stty cols %d rows 24; . %s"):format(columns, dir .. "/line"))))
        assert.equal(columns .. "\tfalse\t24\r\n", output)
      end
    end)
  end)
end)
