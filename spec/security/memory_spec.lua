-- Where a secret is in the memory of a process, and that it is nowhere once its client is gone:
-- what a core dump, a debugger or a swap file would show.
--
-- Lua does not wipe what it frees, so the process under test uses up such memory before we look.
-- What our own code frees must be wiped by itself: there we look without that.

local child = require "spec.support.child"
local encode_uri = require "spec.support.encode_uri"
local memory = require "spec.support.memory"
local raw = require "spec.support.raw"
local shell = require "spec.emulator.launcher.shell"
local usage = require "spec.support.usage"

-- The process gets its secrets as numbers, so that neither its source nor its arguments hold them.
local SCRIPT = [[
local streamctl = require "streamctl"
local function text(numbers)
  for i, number in ipairs(numbers) do numbers[i] = string.char(number - 7) end
  return table.concat(numbers)
end
local function collect()
  for _ = 1, 4 do collectgarbage() end
end
-- Writes over what Lua has freed: blocks of every size that a short text can have.
local function overwrite()
  local hold = {}
  for round = 1, 40 do
    for size = 1, 600 do hold[#hold + 1] = ("%06d"):format(round * 1000 + size) .. ("."):rep(size) end
  end
  hold = nil
  collect()
end
local function stage(name)
  local file = io.open(STATE .. ".new", "w")
  file:write(name)
  file:close()
  os.rename(STATE .. ".new", STATE)
  io.read()
end
local client
local function make()
  local secret, token = text { SECRET }, text { TOKEN }
  client = MAKE
  stage "given"
end
make()
collect()
overwrite()
stage "kept"
local function use()
  for _ = 1, 3 do
    assert(client:call("DescribeSomething", { A = "1" }))
    client:sign("DescribeSomething", { A = "1" })
    client:call("DescribeSomething", { A = "1" }, { dry_run = true })
  end
end
use()
collect()
overwrite()
stage "used"
client = nil
collect()
stage "freed"
overwrite()
stage "gone"
]]

local CLIENTS = {
  { "Alibaba Cloud, v3", token = 1, [[streamctl.aliyun.new { access_key_id = "id", access_key_secret = secret,
      security_token = token, endpoint = URL }]] },
  { "Alibaba Cloud, v1", token = 1, [[streamctl.aliyun.new { access_key_id = "id", access_key_secret = secret,
      security_token = token, signature = "v1", endpoint = URL }]] },
  { "ZEGO", token = 0,
    [[streamctl.zego.new { app_id = 1, server_secret = secret, endpoint = URL }]] },
}

local function numbers(value)
  return (value:gsub(".", function(char) return char:byte() + 7 .. "," end))
end

-- Not in this source either: a text that no other process or file has.
local function random_text()
  local file = assert(io.open("/dev/urandom", "rb"))
  local bytes = file:read(20)
  file:close()
  local digits = bytes:gsub(".", function(char) return ("%02x"):format(char:byte()) end)
  return digits:sub(1, 30) .. "/+" .. digits:sub(31) -- which look different when they are encoded
end

-- How often a text is in the memory of a process: as it is, percent-encoded, and encoded twice.
local function count_forms(pid, text)
  local once = encode_uri(text)
  return { (memory.count(pid, text)), (memory.count(pid, once)), (memory.count(pid,
    encode_uri(once))) }
end

describe("in memory", function()
  if usage.sanitized or not memory.readable() then
    pending "a sanitizer keeps what was freed, or the system does not show a process its memory"
    return
  end

  local r

  setup(function()
    local body = '{"RequestId":"1","Code":0}'
    r = assert(raw.start { scripts = { fine = "read; say fine" }, listeners = { { "any", "fine" } },
      texts = { fine = ("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"):format(#body, body) } })
  end)

  teardown(function() if r then r:stop() end end)

  -- Runs the process and looks at each stage: counts by stage and secret.
  local function look(make)
    local path, state = os.tmpname(), os.tmpname()
    local secret, token = random_text(), random_text()
    local code = ("local STATE, URL = %q, %q\n"):format(state, r:url "any")
      .. SCRIPT:gsub("%u%u+", {
      SECRET = numbers(secret), TOKEN = numbers(token), MAKE = make,
    })
    os.remove(state)
    local pipe = io.popen(shell.CLEAN .. "echo $$ >" .. shell.quote(state .. ".pid") .. "; exec "
      .. child.command(code, nil, path), "w")
    local seen = {}
    for _, name in ipairs { "given", "kept", "used", "freed", "gone" } do
      for _ = 1, 1000 do
        if shell.read_file(state) == name then break end
        shell.sleep(0.01)
      end
      assert(shell.read_file(state) == name, "the process did not get as far as '" .. name .. "'")
      local pid = tonumber(shell.read_file(state .. ".pid"))
      -- the ends: the first bytes of a freed block belong to the allocator
      seen[name] = { secret = count_forms(pid, secret:sub(-20)),
        token = count_forms(pid, token:sub(-20)) }
      pipe:write("\n")
      pipe:flush()
    end
    pipe:close()
    for _, file in ipairs { path, state, state .. ".pid" } do os.remove(file) end
    return seen
  end

  for _, case in ipairs(CLIENTS) do
    it(case[1] .. ": a secret is in the signer alone, and nowhere when that is freed", function()
      local seen = look(case[2])
      -- the caller's text and our copy: else the search finds nothing
      assert.is_true(seen.given.secret[1] >= 2, "found " .. seen.given.secret[1])
      assert.same({ 1, 0, 0 }, seen.kept.secret)
      assert.same({ 1, 0, 0 }, seen.used.secret)
      assert.same({ 0, 0, 0 }, seen.freed.secret)
      assert.same({ 0, 0, 0 }, seen.gone.secret)
      -- A token is sent with each request. Ours is wiped; libcurl's is not, and may linger.
      assert.same({ case.token, 0, 0 }, seen.kept.token)
    end)
  end
end)
