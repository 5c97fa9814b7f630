-- Keys that a program hands out.

local core = require "streamctl.core"
local credentials = require "streamctl.aliyun.credentials"
local helper = require "spec.pieces.helper"
local json = require "streamctl.base.json"
local places = require "spec.pieces.aliyun.credentials.place"
local shell = require "spec.support.emulator.launcher.shell"

local ID, SECRET, TOKEN = "LTAI5tProcess", "processSecret/0123456789", "CAIS+process/token"
local LONG = 60 -- seconds, for what must come

describe("the source process", function()
  local place, now, time_of_day = places.each(), core.now, nil
  before_each(function()
    helper.thaw() -- programs take their own time
    time_of_day = helper.NOW
    core.now = function() return time_of_day end
  end)
  after_each(function() core.now = now end)

  local function context(seconds, loop)
    local made = place:context(seconds or LONG)
    made.loop = loop or made.loop
    return made
  end

  -- A program that does this, as a list of words.
  local function script(...)
    return { "/bin/sh", "-c", (...), "name", select(2, ...) }
  end

  -- One that prints this, a text or what becomes JSON, and says in a file that it ran.
  local function printing(answer)
    local path = place:write("answer", answer)
    return script('echo ran >>"$1/runs"; cat "$2"', place.home, path)
  end

  local function runs()
    return select(2, (shell.read_file(place.home .. "/runs") or ""):gsub("ran", ""))
  end

  local function get(given)
    return credentials.process(given):get(context())
  end

  -- Without the secrets.
  local function refused(why, given, seconds, loop)
    local found, message, err = credentials.process(given):get(context(seconds, loop))
    assert.is_nil(found)
    assert.truthy(message:find(why, 1, true), message)
    local all = helper.everything(message, err)
    for _, secret in ipairs { SECRET, TOKEN } do assert.is_nil(all:find(secret, 1, true), all) end
    return err
  end

  -- "S" of one that sleeps, "Z" of one that has ended and was not waited for.
  local function state_of(pid)
    return (shell.read_file("/proc/" .. pid .. "/stat") or ""):match("%) (%u)")
  end

  local KEY = { mode = "AK", access_key_id = ID, access_key_secret = SECRET }
  local TEMPORARY = { mode = "StsToken", access_key_id = ID, access_key_secret = SECRET,
    sts_token = TOKEN, expiration = "2026-01-02T04:04:05Z" }

  it("reads what a command prints", function()
    assert.same({ access_key_id = ID, access_key_secret = SECRET, provider = "external" },
      get { command = printing(KEY) })
    assert.same({ access_key_id = ID, access_key_secret = SECRET, security_token = TOKEN,
      expires = helper.NOW + 3600, provider = "external" }, get { command = printing(TEMPORARY) })
    assert.equal(ID, get { command = printing(helper.without(KEY, "mode")) }.access_key_id)
  end)

  it("takes a command as one text, without a shell", function()
    local path = place:write("answer;touch*", json.encode(KEY))
    assert.equal(ID, get { command = "  /bin/cat   " .. path }.access_key_id)
    refused("it is no JSON object", { command = "echo $HOME > " .. place.home .. "/x" })
    assert.is_nil(shell.read_file(place.home .. "/x"))
  end)

  it("keeps an answer without an end until it is refused (program-once)", function()
    local source = credentials.process { command = printing(KEY) }
    local current = source:current(context())
    time_of_day = helper.NOW + 1e6
    assert.is_true(rawequal(current, (source:current(context()))))
    assert.equal(1, runs())
    place:write("answer", helper.merged(KEY, { access_key_id = "rotated" }))
    source:refuse(current)
    assert.equal("rotated", source:current(context()).access_key_id)
    assert.equal(2, runs())
  end)

  it("ends a program that takes too long, and all that it has started", function()
    local command = script('echo $$ >"$1/pids"; sleep 1000 & echo $! >>"$1/pids"; wait', place.home)
    for _, err in ipairs {
      refused("process: the command: it did not end within 0.5 seconds",
        { command = command, timeout = 0.5 }),
      refused("it did not end within 0.5 seconds", { command = command }, 0.5),
      refused("the call's time was over", { command = command }, 0),
    } do
      assert.is_true(err.retryable)
    end
    local pids = shell.read_file(place.home .. "/pids") or ""
    for pid in pids:gmatch("%d+") do
      for _ = 1, LONG * 20 do
        local state = state_of(pid)
        if not state or state == "Z" then pid = nil break end
        shell.sleep(0.05)
      end
      assert.is_nil(pid)
    end
  end)

  it("takes a whole answer of a program that has ended, and lets be who holds its output (daemon)",
    function()
      local answer, pid = place:write("answer", KEY), place.home .. "/pid"
      finally(function() shell.run("kill " .. shell.read_file(pid)) end)
      assert.equal(ID, get { command = script('sleep 1000 & echo $! >"$1"; cat "$2"', pid, answer),
        timeout = LONG }.access_key_id)
      collectgarbage()
      collectgarbage()
      local state
      repeat state = state_of(shell.read_file(pid):match "%d+") until state ~= "R"
      assert.equal("S", state)
      -- what comes later, from what it has started, counts until the end as well
      assert.equal(ID, get { command = script('(until [ -e "$1" ]; do sleep 0.01; done; cat "$2") &'
        .. "sleep 0.05; (sleep 0.2; touch $1) &", pid .. "2", answer),
        timeout = LONG }.access_key_id)
    end)

  it("says how a command ended, and nothing of what it printed", function()
    local path = place:write("answer", KEY)
    for command, why in pairs {
      ['cat "$1"; cat "$1" >&2; exit 3'] = "the command: it ended with status 3; run it by hand",
      ['cat "$1"; kill -9 $$'] = "the command: it ended with status 137",
      ["sleep 1000 & exit 3"] = "the command: it ended with status 3",
      ['echo x"$(cat "$1")"'] = "the command's answer: it is no JSON object",
      [':'] = "the command's answer: it is no JSON object",
    } do
      refused(why, { command = script(command, path) })
    end
    refused("ended with status 1", { command = "cat " .. place.home .. "/x" })
    local missing = place.home .. "/" .. SECRET:gsub("/", "")
    refused("process: the command: cannot start the program: No such file", { command = missing })
  end)

  for name, case in pairs {
    ["no id"] = { { access_key_id = "" }, "access_key_id is missing" },
    ["no secret"] = { { access_key_secret = json.null }, "access_key_secret is missing" },
    ["a secret that is no text"] = { { access_key_secret = { SECRET } },
      "access_key_secret must be text, got a table" },
    ["no token"] = { { sts_token = "" }, "sts_token is missing" },
    ["a token that is no text"] = { { mode = "AK", sts_token = { TOKEN } },
      "sts_token must be text, got a table" },
    ["another mode"] = { { mode = SECRET }, "its mode is neither AK nor StsToken" },
    ["an end that is no time"] = { { expiration = SECRET }, "no time such as" },
    ["a number as its end"] = { { expiration = 1767326645 }, "no time such as" },
    ["an end that is over"] = { { expiration = "2026-01-02T03:04:05Z" }, "expired at" },
  } do
    it("refuses an answer with " .. name, function()
      refused("process: the ", { command = printing(helper.merged(TEMPORARY, case[1])) })
      refused(case[2], { command = printing(helper.merged(TEMPORARY, case[1])) })
    end)
  end

  it("runs nothing where that is forbidden", function()
    for _, value in ipairs { "1", "TRUE", "true" } do
      place.variables.ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS = value
      refused("programs are forbidden by the variable ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS",
        { command = printing(KEY) })
    end
    assert.equal(0, runs())
    for _, value in ipairs { "", "0", "false" } do
      place.variables.ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS = value
      assert(get { command = printing(KEY) })
    end
  end)
end)
