-- What others do to the file in which order and rates are kept, while a run uses it.

local command = require "spec.support.command"
local held = require "spec.world.surroundings.held"
local host = require "spec.world.surroundings.host"
local shell = require "spec.support.emulator.launcher.shell"

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

command.describe("the store's file:", function(c, e)
  local folder, path

  setup(function()
    folder = c.dir .. "/store"
    path = folder .. "/cells"
  end)
  before_each(function()
    shell.run("rm -rf " .. shell.quote(folder) .. " && mkdir " .. shell.quote(folder))
  end)

  local function sh(commands)
    local output, status = shell.run(("cd %s && { %s; }"):format(shell.quote(folder), commands))
    assert.equal(0, status, output)
  end

  local WORDS = { "resume", "@ids", "--concurrency", "1", "--report", "report" }

  local function words()
    return { "--store", "file:" .. path, unpack(WORDS) }
  end

  -- A run of three requests; before the second one is answered, shell commands change the file.
  local function changed(commands, within)
    shell.run("rm -f " .. shell.quote(c.dir .. "/report"))
    e:state { zego = { forbidden = held.ids(c, 60) } }
    return held.run(c, e, { action = "ResumeRTCStreams", number = 2, words = words(),
      options = { vendor = "zego", within = within }, change = function() sh(commands) end })
  end

  local function assert_done(ended)
    assert.equal(0, ended.status, ended.err)
    assert.same({}, e:state().zego.forbidden)
    assert.equal(3, #e:requests { action = "ResumeRTCStreams" })
  end

  it("emptied in place", function() assert_done(changed ": >cells") end)
  it("removed", function() assert_done(changed "rm cells") end)

  it("replaced by an older copy", function()
    local ran = c:run({ "--store", "file:" .. path, "state", "s1" }, { vendor = "zego" })
    assert.equal(0, ran.status, ran.err)
    sh "cp cells old"
    e:reset()
    assert_done(changed "cp old new; mv new cells")
  end)

  -- Calls fail by `store`, nothing goes out beside the order, and the same command ends the work.
  local function assert_refused(ended, mend)
    assert.equal(1, ended.status, ended.err)
    assert.equal(2, #e:requests { action = "ResumeRTCStreams" })
    local failed = 0
    for _, record in ipairs((c:report "report")) do
      if record.record == "result" and record.code == "store" then failed = failed + 1 end
    end
    assert.equal(20, failed)
    sh(mend)
    local ran = c:run(words(), { vendor = "zego" })
    if ran.status ~= 0 then
      ran = c:run({ "retry", "report", "--store", "file:" .. path }, { vendor = "zego" })
    end
    assert.equal(0, ran.status, ran.err)
    assert.same({}, e:state().zego.forbidden)
  end

  it("cut in place", function() assert_refused(changed "truncate -s 100 cells", "rm cells") end)

  it("replaced by something else", function()
    assert_refused(changed "echo something else >new; mv new cells", "rm cells")
  end)

  it("in a folder that becomes read-only", function()
    assert_done(changed("chmod 500 .", host.bound()))
    sh "chmod 700 ."
  end)

  -- Nothing goes out and the message names the file and another way.
  local function assert_not_begun(ran)
    assert.equal(2, ran.status, ran.err)
    assert.matches(path, ran.err, 1, true)
    assert.matches("--store", ran.err, 1, true)
    assert.equal(0, #e:requests())
  end

  it("to be made in a read-only folder", function()
    sh "chmod 500 ."
    assert_not_begun(c:run({ "--store", "file:" .. path, "resume", "s1" },
      { vendor = "zego", within = host.bound() }))
    sh "chmod 700 ."
  end)

  it("to be made on a full disk", function()
    local within = host.mounts(c.dir, "mount -t tmpfs -o size=64k none " .. shell.quote(folder))
    assert_not_begun(c:run({ "--store", "file:" .. path, "resume", "s1" },
      { vendor = "zego", within = within }))
  end)

  it("to be made beyond the limit of file sizes", function()
    assert_not_begun(c:run({ "--store", "file:" .. path, "resume", "s1" },
      { vendor = "zego", before = "ulimit -f 100" }))
  end)
end)
