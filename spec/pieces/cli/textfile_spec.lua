-- The file of --metrics: when it is written, and what becomes of failures.

local core = require "streamctl.core"
local fail = require "streamctl.cli.fail"
local helper = require "spec.pieces.helper"
local textfile = require "streamctl.cli.textfile"
local prometheus = require "spec.support.prometheus"
local shell = require "spec.support.emulator.launcher.shell"
local system = require "streamctl.system"

helper.stand_still()

describe("the file of --metrics", function()
  local dir, path, warnings, say

  before_each(function()
    dir = shell.run("mktemp -d"):match "%S+"
    path, warnings = dir .. "/run.prom", {}
    say = { warn = function(_, ...) warnings[#warnings + 1] = string.format(...) end }
  end)
  after_each(function() shell.run("rm -rf " .. shell.quote(dir)) end)

  local function samples() return (prometheus.read(shell.read_file(path))) end

  local function failures() return samples()['streamctl_queue_failures_total{code="store"}'] end

  local EVENT = { event = "queue", code = "store" }

  it("is written at once, each 15 s, with each length of the queue, and when it is asked "
    .. "for", function()
    local file = textfile.open(path, say)
    assert.equal(1, samples()[('streamctl_build_info{version="%s"}'):format(core._VERSION)])
    file:on_event(EVENT) -- the first one
    assert.equal(1, failures())
    helper.freeze(nil, 1014.9)
    file:on_event(EVENT)
    assert.equal(1, failures())
    helper.freeze(nil, 1015)
    file:on_event(EVENT)
    assert.equal(3, failures())
    local lane = { waiting = 1, taken = 0, later = 0, oldest = 0 }
    file:on_event(EVENT)
    file:on_event { event = "lengths", urgent = lane, bulk = lane }
    assert.equal(4, failures())
    assert.equal(1, samples()['streamctl_queue_entries{lane="bulk",state="waiting"}'])
    file:on_event(EVENT)
    file:write()
    assert.equal(5, failures())
    assert.same({}, warnings)
  end)

  it("is whole and for everybody, and leaves nothing beside it", function()
    local older = "# HELP streamctl_" .. ("x"):rep(100000)
    shell.write_file(path, older)
    shell.write_file(path .. ".new", older) -- a run was killed
    shell.run("chmod 600 " .. shell.quote(path .. ".new"))
    textfile.open(path, say)
    assert.is_table(samples())
    assert.equal(420, (system.file_mode(path))) -- 0644
    assert.is_nil((system.file_mode(path .. ".new")))
  end)

  it("takes the place of no other file", function()
    for _, name in ipairs { path, path .. ".new" } do
      shell.write_file(name, "s1\n")
      local ok, thrown = pcall(textfile.open, path, say)
      assert.same({ false, 2 }, { ok, thrown.status })
      assert.matches(name .. " is there and is no regular file of numbers", thrown.message, 1, true)
      assert.equal("s1\n", shell.read_file(name))
      shell.run("rm " .. shell.quote(name))
    end
  end)

  it("ends the command where it cannot be written", function()
    local pipe = dir .. "/pipe"
    shell.run("mkfifo " .. shell.quote(pipe))
    shell.run(("ln -s pipe %s"):format(shell.quote(dir .. "/link")))
    for wrong, why in pairs { [dir] = "regular file", [dir .. "/none/run.prom"] = "No such file",
      ["-"] = "regular file", [""] = "regular file", [pipe] = "regular file",
      [dir .. "/link"] = "regular file" } do
      local ok, thrown = pcall(textfile.open, wrong, say)
      assert.is_false(ok)
      assert.is_true(fail.is(thrown))
      assert.equal(2, thrown.status)
      assert.truthy(thrown.message:find(why, 1, true), thrown.message)
      assert.truthy(thrown.message:find("nothing was sent", 1, true), thrown.message)
      assert.is_nil((system.file_mode(wrong .. ".new")))
    end
    assert.is_false((select(2, system.file_mode(pipe)))) -- it is still there
  end)

  it("is told of once where it cannot be written any more, and the run goes on", function()
    local file = textfile.open(path, say)
    local other = assert(system.journal(path .. ".new"))
    for _ = 1, 2 do file:write() end
    assert.equal(1, #warnings)
    assert.matches("^%-%-metrics cannot be written: .*another process", warnings[1])
    other:close()
    file:write()
    shell.run("rm -rf " .. shell.quote(dir))
    file:write()
    assert.equal(2, #warnings)
  end)
end)
