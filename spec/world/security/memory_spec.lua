-- Where a secret is in the memory of a process, and that it is nowhere once its client is gone:
-- what a core dump, a debugger or a swap file would show.
--
-- Lua does not wipe what it frees, so the process under test uses up such memory before we look.
-- What our own code frees must be wiped by itself: there we look without that.

local child = require "spec.support.child"
local core = require "streamctl.core"
local encode_uri = require "spec.support.encode_uri"
local memory = require "spec.support.memory"
local raw = require "spec.support.raw"
local shell = require "spec.support.emulator.launcher.shell"
local usage = require "spec.support.usage"

-- The process gets its secrets as numbers, so that neither its source nor its arguments hold them.
local SCRIPT = [[
local core = require "streamctl.core"
local streamctl = require "streamctl"
local function text(numbers)
  for i, number in ipairs(numbers) do numbers[i] = string.char(number - 7) end
  return table.concat(numbers)
end
local function collect()
  for _ = 1, 4 do collectgarbage() end
end
-- Writes over what calls have left on the stack of C: gsub has a buffer there.
local function fill_stack(long, depth)
  long:gsub("^.", function() if depth > 1 then fill_stack(long, depth - 1) end end)
end
-- Again from deeper frames: the gaps between the buffers lie elsewhere each time.
local function overwrite_stack(steps)
  fill_stack(("."):rep(1000), 12) -- the buffer of Lua 5.4
  fill_stack(("."):rep(8000), 12) -- of the others
  if steps > 1 then table.sort({ 1, 2 }, function() overwrite_stack(steps - 1) end) end
end
-- Writes over what Lua has freed: blocks of every size that a short text can have.
local function overwrite()
  overwrite_stack(25)
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
local held, rotate
local function make()
  local secret, token = text { SECRET }, text { TOKEN }
  MAKE
  stage "given"
end
make()
collect()
overwrite()
stage "kept"
local function use()
  for _ = 1, 3 do USE end
end
use()
collect()
overwrite()
stage "used"
held, rotate = nil, nil
collect()
stage "freed"
overwrite()
stage "gone"
]]

local CALLS = [[
    assert(held:call("DescribeSomething", { A = "1" }))
    held:sign("DescribeSomething", { A = "1" })
    held:sign("DescribeSomething", { A = "1" }, { masked = true })]]

-- A client whose first keys are a secret and a token, and then others.
local ROTATES = [[
      local count = 0
      held = streamctl.aliyun.new { endpoint = URL, credentials = function()
        count = count + 1
        local first = count == 1
        return { access_key_id = "id", access_key_secret = first and text { SECRET } or "s" .. count,
          security_token = first and text { TOKEN } or "t" .. count, expires = os.time() + 3600 }
      end }
      rotate = function()
        core.set_clock(core.now() + 62, core.monotonic() + 62) -- the pause between refusals
        held.source:refuse(held.source:current())
        assert(held:call("DescribeSomething", { A = "1" }))
      end
      assert(held:call("DescribeSomething", { A = "1" }))]]

-- What a process makes with a secret and a token, what it does with that, and how often they are in
-- its memory afterwards: `kept` once it is made, `used` where that differs.
local CASES = {
  { "of a client of Alibaba Cloud, v3", kept = { 1, 1 }, use = CALLS, make = [[
      held = streamctl.aliyun.new { access_key_id = "id", access_key_secret = secret,
        security_token = token, endpoint = URL }]] },
  { "of a client of Alibaba Cloud, v1", kept = { 1, 1 }, use = CALLS, make = [[
      held = streamctl.aliyun.new { access_key_id = "id", access_key_secret = secret,
        security_token = token, signature = "v1", endpoint = URL }]] },
  { "of a client of ZEGO", kept = { 1, 0 }, use = CALLS, make = [[
      held = streamctl.zego.new { app_id = 1, server_secret = secret, endpoint = URL }]] },
  { "of tokens", kept = { 0, 0 }, use = "", make = [[
      local given = { app_id = 1, user_id = "u", server_secret = secret:sub(-32), lifetime = 60 }
      for _, mode in ipairs { "cbc", "gcm" } do
        given.mode = mode
        assert(streamctl.zego.token.new(given))
      end]] },
  { "of addresses", kept = { 0, 0 }, use = "", make = [[
      assert(streamctl.aliyun.address.sign { key = secret, expires = 4e9,
        url = "rtmp://push.example.com/app/s1" })]] },
  { "of webhooks of ZEGO", kept = { 0, 0 }, use = "", make = [[
      local parts = { secret, "1767323045", "17" }
      table.sort(parts)
      local body = ('{"event":"stream_create","timestamp":1767323045,"nonce":17,"signature":"%s"}')
        :format(core.sha1(table.concat(parts)))
      assert(streamctl.zego.webhook.verify(body, { secret = { token, secret }, tolerance = false }))
      assert(not streamctl.zego.webhook.verify(body, { secret = token, tolerance = false }))]] },
  { "of webhooks of Alibaba Cloud", kept = { 0, 0 }, use = "", make = [[
      local headers = { ["ALI-LIVE-TIMESTAMP"] = "1767323045",
        ["ALI-LIVE-SIGNATURE"] = core.md5("a.example.com|1767323045|", secret) }
      local query = "action=publish&app=a.example.com&appname=b&id=c"
      local request = { headers = headers, query = query }
      local given = { secret = { token, secret }, domains = "a.example.com", tolerance = false }
      assert(streamctl.aliyun.webhook.verify(request, given))
      given.secret = token
      assert(not streamctl.aliyun.webhook.verify(request, given))]] },
  -- one in the source, one in the signer
  { "of a source", kept = { 2 }, use = CALLS, make = ROTATES },
  -- an answer to what was sent with the key before may still quote it
  { "of a source, one rotation later", kept = { 1 }, used = 0, use = "rotate()",
    make = ROTATES .. " rotate()" },
  -- the secret is in a file
  { "of a profile", of_file = true, kept = { 2 }, use = CALLS, make = [[
      held = streamctl.aliyun.new { endpoint = URL,
        credentials = streamctl.aliyun.credentials.profile { file = STATE .. ".json" } }
      assert(held:call("DescribeSomething", { A = "1" }))]] },
  { "of ZEGO from a function", kept = { 2, 0 }, use = CALLS, make = [[
      held = streamctl.zego.new { app_id = 1, endpoint = URL,
        server_secret = function() return text({ SECRET }):sub(-32) end }
      assert(held:call("DescribeSomething", { A = "1" }))]] },
  { "of a source, long gone", kept = { 2 }, used = 0, use = "rotate()", make = ROTATES },
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

-- How often texts are in the memory of a process: as they are, percent-encoded, and encoded twice.
local function count_forms(pid, texts)
  local forms, counts = {}, {}
  for name, text in pairs(texts) do
    local once = encode_uri(text)
    for _, form in ipairs { text, once, encode_uri(once) } do
      forms[#forms + 1] = form
      counts[#forms] = name
    end
  end
  local found = {}
  for i, count in ipairs(memory.count(pid, forms)) do
    local list = found[counts[i]] or {}
    found[counts[i]], list[#list + 1] = list, count
  end
  return found
end

describe("in memory", function()
  if usage.sanitized or not memory.readable() then
    pending "a sanitizer keeps what was freed, or the system does not show a process its memory"
    return
  end

  local r

  local function answer(body)
    return ("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"):format(#body, body)
  end

  setup(function()
    r = assert(raw.start { scripts = { fine = "read; say fine" },
      listeners = { { "any", "fine" } }, texts = { fine = answer '{"RequestId":"1","Code":0}' } })
  end)

  teardown(function() if r then r:stop() end end)

  -- Runs the process and looks at each stage: counts by stage and secret.
  local function search(case)
    local path, state = os.tmpname(), os.tmpname()
    local secret, token = random_text(), random_text()
    local code = ("local STATE, URL = %q, %q\n"):format(state, r:url "any")
      .. SCRIPT:gsub("%u%u+", {
      SECRET = numbers(case.of_file and "" or secret), TOKEN = numbers(token),
      MAKE = case.make:gsub("%u%u+", { SECRET = numbers(secret), TOKEN = numbers(token) }),
      USE = case.use,
    })
    if case.of_file then
      shell.write_file(state .. ".json", ('{"current":"a","profiles":[{"name":"a","mode":"AK",'
        .. '"access_key_id":"id","access_key_secret":"%s"}]}'):format(secret))
    end
    os.remove(state)
    local pipe = io.popen(shell.CLEAN .. "echo $$ >" .. shell.quote(state .. ".pid") .. "; exec "
      .. child.command(code, nil, path), "w")
    local seen = {}
    for _, name in ipairs { "given", "kept", "used", "freed", "gone" } do
      for _ = 1, 20000 do
        if shell.read_file(state) == name then break end
        core.sleep(0.005)
      end
      assert(shell.read_file(state) == name, "the process did not get as far as '" .. name .. "'")
      local pid = tonumber(shell.read_file(state .. ".pid"))
      -- the ends: the first bytes of a freed block belong to the allocator
      seen[name] = count_forms(pid, { secret = secret:sub(-20), token = token:sub(-20) })
      pipe:write("\n")
      pipe:flush()
    end
    pipe:close()
    for _, file in ipairs { path, state, state .. ".pid", state .. ".json" } do os.remove(file) end
    return seen
  end

  for _, case in ipairs(CASES) do
    it(case[1] .. ": a secret is where it is used alone, and nowhere when that is gone", function()
      local seen, kept = search(case), case.kept
      -- the caller's text at least: else the search finds nothing
      assert.is_true(seen.given.secret[1] > kept[1], "found " .. seen.given.secret[1])
      -- LuaJIT has texts elsewhere than libcurl, stdio and the JSON reader have theirs: these may
      -- linger, and may be written over at any time. Ours go with the client.
      if case.of_file and rawget(_G, "jit") then
        return assert.is_true(seen.freed.secret[1] <= seen.used.secret[1] - kept[1])
      end
      assert.same({ kept[1], 0, 0 }, seen.kept.secret)
      assert.same({ case.used or kept[1], 0, 0 }, seen.used.secret)
      assert.same({ 0, 0, 0 }, seen.freed.secret)
      assert.same({ 0, 0, 0 }, seen.gone.secret)
      -- A token is sent with each request. Ours is wiped; libcurl's is not, and may linger.
      if kept[2] then assert.same({ kept[2], 0, 0 }, seen.kept.token) end
    end)
  end
end)
