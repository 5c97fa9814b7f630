-- docs/start/edge.md to its end, as it is written, but for folders and the port. The vendor is the
-- emulator. There is no systemd: this spec hands over credentials, and reloads as the unit does.

local blocks = require "tools.blocks"
local cjson = require "cjson"
local emulator = require "spec.support.emulator"
local service = require "spec.world.edge.service"
local shell = require "spec.support.emulator.launcher.shell"

local PAGE = "docs/start/edge.md"
local UNIT = "examples/edge/streamctl-edge.service"

-- The block of the page that has a text.
local function block(kind, text)
  for _, found in ipairs(blocks.read(PAGE)) do
    if found.kind == kind and found.text:find(text, 1, true) then return found.text end
  end
  error(PAGE .. " has no block with " .. text)
end

describe("the first steps with the edge", function()
  local e, n

  -- A block of the page, for the folders and the port of this spec.
  local function here(text, dir)
    return (text:gsub("/etc/", (dir or n.dir) .. "/etc/"):gsub("127%.0%.0%.1:8080",
      "127.0.0.1:" .. (n and n.port or 0)))
  end

  local function run(text)
    local said, status = shell.run("umask 022; set -e; " .. text)
    assert.equal(0, status, said)
    return said
  end

  setup(function() e = assert(emulator.start {}) end)
  teardown(function()
    if n then n:stop() end
    if e then e:stop() end
  end)

  -- What LoadCredential of the unit hands over.
  local function credentials()
    local name, path = assert(shell.read_file(UNIT)):match "\nLoadCredential=(%w+):(%S+)\n"
    return ("mkdir -p @DIR@/credentials; for file in @DIR@%s/*; do "
      .. "install -m 600 $file @DIR@/credentials/%s_${file##*/}; done"):format(path, name)
  end

  it("lead to a service that forbids, and outlives a wrong setting", function()
    -- 1 and 2: what the page installs, and its secrets
    local installs = {}
    for line in block("sh", "apt-get"):gmatch "install %-[^\n]+" do
      if not line:find "luarocks" and not line:find "systemd/system" then
        installs[#installs + 1] = line
      end
    end
    assert.equal(1, #installs)
    local secrets = block("sh", "openssl rand"):gsub("\ncat > ([%l_]+)[^\n]*", function(name)
      return ("\nprintf %%s %s > %s"):format(name == "zego" and e.server_secret or "callback", name)
    end)
    assert.is_nil(secrets:find "cat >")
    -- 3: its settings, with two lines more, and a vendor that is here
    local ini, more = block("ini", "[edge]"), 2
    local _, before = ini:match "^(.-)app_id":gsub("\n", "")
    local right = ini:gsub("%[edge%]", "[edge]\nca_file = @DIR@/ca.pem\nstore = @DIR@/store")
      :gsub("app_id = %d+", ("app_id = %.0f"):format(e.app_id)) .. "\nendpoint = " .. e.zego .. "\n"
    -- 4: the start, by what the unit runs
    n = service.start(e, nil, {
      ini = right, environment = { CREDENTIALS_DIRECTORY = "@DIR@/credentials" },
      prepare = "(umask 022; set -e; " .. here(table.concat(installs, "\n") .. "\n" .. secrets,
        "@DIR@") .. "\n) && " .. credentials() })
    assert.equal("755\n700\n", run("cd " .. n.dir .. "/etc/streamctl-edge; stat -c %a . secrets"))
    assert.equal(shell.read_file "examples/edge/nginx.conf",
      shell.read_file(n.dir .. "/etc/streamctl-edge/nginx.conf"))
    assert.same({ 0, n.dir .. "/edge.ini: ok\n" }, { n:command "--check" })
    local function same(page, said)
      local expected, answer = cjson.decode(page), cjson.decode(said)
      expected.request_id = answer.request_id
      assert.same(expected, answer)
    end
    local curl = block("sh", "systemctl enable"):match "\n(curl [^\n#]+)"
    same(block("json", '"status"'), run(here(curl) .. " 2>&-"))
    e:state { zego = { live = { "room1-cam" } } }
    -- 5: a stream is forbidden, and its state asked for
    local forbidden, state = run(here(block("sh", "/streams/forbid")):gsub("curl ", "curl -s "))
      :match "^(.-\n)(.*)$"
    same(block("json", '"total"'), forbidden)
    assert.equal("closed", cjson.decode(state).state)
    -- 7: a wrong setting is told, the workers go on; mended, it is read
    local reload = block("sh", "systemctl reload")
    local said_at, text = reload:match "edge%.ini:(%d+): ([^\n]+)"
    assert.equal(before + 1, tonumber(said_at))
    local wrong = right:gsub("app_id = %d+", "app_id = abc")
    n.ini = wrong
    n:write_settings()
    local status, said = n:command "--check"
    assert.equal(1, status)
    assert.truthy(said:find(("edge.ini:%d: %s"):format(said_at + more, text), 1, true), said)
    shell.run("kill -HUP " .. n.pid)
    service.eventually(function() return n:log():find(text, 1, true) end)
    same(block("json", '"status"'), run(here(reload:match "\n(curl [^\n#]+)") .. " 2>&-"))
    n.ini = right
    n:write_settings()
    assert.equal(0, (n:command "--check"))
    local workers = shell.run("pgrep -P " .. n.pid)
    shell.run("kill -HUP " .. n.pid)
    service.eventually(function() return shell.run("pgrep -P " .. n.pid) ~= workers end)
  end)
end)
