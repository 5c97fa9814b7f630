-- Programs that are run for what they print.

local core = require "streamctl.core"
local system = require "streamctl.system"

-- nginx waits for every child by itself, mostly before we can.
local OTHER = rawget(_G, "ngx") and -1

-- All that a process prints, and its status.
local function outcome(process)
  local pieces, status = {}
  repeat
    local piece = process:read()
    pieces[#pieces + 1] = piece
    if piece == "" then core.sleep(0.001) end
  until not piece
  repeat
    status = process:status()
    if not status then core.sleep(0.001) end
  until status
  return table.concat(pieces), status
end

local function check(text, status, process)
  local printed, ended = outcome(process)
  assert.equal(text, printed)
  if ended ~= OTHER then assert.equal(status, ended) end
end

local function sh(script) return assert(system.spawn { "sh", "-c", script }) end

describe("system.spawn", function()
  it("runs a program for what it prints", function()
    check("a b|$HOME|", 0, system.spawn { "printf", "%s|", "a b", "$HOME" })
    check("a\0b", 7, sh "printf 'a\\000b'; exit 7")
  end)

  it("never waits", function()
    local process = sh "exec sleep 1000"
    assert.equal("", process:read())
    assert.is_nil(process:status())
    process:kill()
    check("", 137, process)
    assert.is_nil(process:read())
    process:kill()
  end)

  it("says why there is none", function()
    local process, message, code, errno = system.spawn { "/nowhere/to/be/found", "secret" }
    assert.is_nil(process)
    assert.equal("system: cannot start the program: No such file or directory", message)
    assert.same({ "system", 2 }, { code, errno })
  end)

  it("raises on misuse", function()
    for why, words in pairs { ["from 1 to 200 words"] = {}, ["strings only"] = { "echo", 1 },
      ["holds a NUL"] = { "echo", "a\0b" } } do
      local ok, message = pcall(system.spawn, words)
      assert.is_false(ok)
      assert.truthy(message:find(why, 1, true), message)
    end
    local many = {}
    for i = 1, 201 do many[i] = "true" end
    assert.is_false((pcall(system.spawn, many)))
    many[201] = nil
    check("", 0, system.spawn(many))
    assert.is_false((pcall(system.spawn, "true")))
    assert.is_false((pcall(system.spawn)))
    local read = system.spawn({ "true" }).read
    assert.is_false((pcall(read, io.stdout)))
    assert.equal("streamctl.process", tostring(system.spawn { "true" }))
    assert.is_false(getmetatable(system.spawn { "true" }))
  end)
end)
