-- The lines of README.md and docs/ work as they stand in a shell that `make emulator` serves: each
-- block runs against the emulator, but for those below. Of a shell only lines of `streamctl` run; a
-- block with others fails unless a row below names its page and text.

local child = require "spec.support.child"
local command = require "spec.support.command"
local dir = require "pl.dir"
local shell = require "spec.emulator.launcher.shell"

local REDIS = "needs a Redis of the site; see spec/queue"
local NGINX = "runs in nginx; see spec/openresty"
local INSTALL = "changes the machine; make test-install runs it"

-- Blocks that do not run: the page, a text of the block, the reason.
local LEFT_OUT = {
  { "README.md", "sudo apt-get install build-essential", INSTALL },
  { "README.md", "rocks_provided", INSTALL },
  { "README.md", "sudo make install", INSTALL },
  { "README.md", "make test ", "runs all specs, this one included" },
  { "docs/how-to/command.md", "redis://10.0.0.5", "needs a Redis of the site; see queue_spec.lua" },
  { "docs/how-to/edge.md", "curl -H", "needs the edge; see spec/openresty" },
  { "docs/how-to/edge.md", '"total": 2', "is an answer" },
  { "docs/how-to/edge.md", "apt-get install", "changes the machine" },
  { "docs/how-to/edge.md", "--write /run/", "needs folders of root; see spec/openresty" },
  { "docs/how-to/edge.md", "a stream appears", "is a picture" },
  { "docs/reference/events.md", "ngx.var.request_id", NGINX },
  { "docs/how-to/metrics.md", "q:work", REDIS },
  { "docs/how-to/metrics.md", "/var/lib/prometheus", "needs a folder of node_exporter" },
  { "docs/how-to/openresty.md", "/var/lib/app/", NGINX },
  { "docs/explanation/performance.md", "make bench", "takes half an hour" },
  { "docs/how-to/queue.md", "redis://10.0.0.5", REDIS },
  { "docs/how-to/queue.md", "appendonly yes", "is the configuration of Redis" },
  { "docs/how-to/queue.md", "systemctl", "changes the machine" },
  { "docs/how-to/stores.md", "rediss://", REDIS },
  { "docs/how-to/stores.md", 'require "redis"', REDIS },
  { "docs/how-to/traces.md", "ngx.var", NGINX },
  { "docs/how-to/webhooks.md", "ngx.req", NGINX },
}

-- Commands of a shell that end with another status than 0: a text of the command, the status, why.
local STATUS = {
  { "--expect live             #", 1, "nobody publishes" },
}

-- Returns the blocks of a page: `text`, `language`, the number of their first `line`.
local function blocks_of(page)
  local blocks, block, fence, number = {}, nil, nil, 0
  for line in (shell.read_file(page) .. "\n"):gmatch "([^\n]*)\n" do
    number = number + 1
    local language = line:match "^ *```(%l*)"
    local code = not fence and line:match "^    (.+)"
    if language then
      fence = not fence and language
      block = fence and { language = fence, line = number, text = "" }
      blocks[#blocks + 1] = block or nil
    elseif fence then
      block.text = block.text .. line .. "\n"
    elseif code then
      block = block or { language = code:find "^local " and "lua" or "sh", line = number,
        text = "" }
      if block.text == "" then blocks[#blocks + 1] = block end
      block.text = block.text .. code .. "\n"
    else
      block = nil
    end
  end
  return blocks
end

local function reason(page, block)
  for _, row in ipairs(LEFT_OUT) do
    if row[1] == page and block.text:find(row[2], 1, true) then
      row.found = true
      return row[3]
    end
  end
end

-- What a page leaves to its reader. In docs/, `new` has the account and the address of the
-- emulator where a block says nothing of them.
local READERS = [[
  local streamctl_ = require "streamctl"
  local page = ...
  ids, secret, key, backup_key = { "room1-cam1", "room1-cam2" }, os.getenv "ZEGO_SERVER_SECRET",
    "0123456789abcdef", "fedcba9876543210"
  callback_secret, notify_key = "callback", "notify"
  body = '{"event":"stream_create","nonce":"1","timestamp":"1","signature":"0"}'
  store = streamctl_.store.memory()
  function is_allowed() return false end
  function log() end
  vault = { read = function() return nil, "there is no vault" end }
  local messages = { { ids = ids, age = 0, deliveries = 2, ack = function() end } }
  consumer = { messages = function() return function() return table.remove(messages) end end }
  params = { Region = "cn-shanghai", SourceType = "live", SourceProtocol = "rtmp",
    SourceUrls = { "rtmp://a.example.com/b/c" }, DstUrl = "rtmp://push.example.com/d/e",
    StartTime = os.time() + 3600, EndTime = os.time() + 7200 }
  if page == "README.md" then -- nothing may leave this machine
    for _, vendor in ipairs { streamctl_.zego, streamctl_.aliyun } do
      local new = vendor.new
      function vendor.new(options)
        assert(options.credentials or options.endpoint:find "^https://127%.0%.0%.1:")
        return new(options)
      end
    end
  else
    streamctl = streamctl_
    credentials = streamctl.aliyun.credentials
    local function fill(vendor, account)
      local new = vendor.new
      function vendor.new(options)
        for name, value in pairs(account) do
          local is_key = name:find "^access_key"
          if options[name] == nil and not (is_key and options.credentials) then
            options[name] = value
          end
        end
        return new(options)
      end
      return vendor.new {}
    end
    local tls = { ca_file = os.getenv "STREAMCTL_CA_FILE" }
    rtc = fill(streamctl.zego, { app_id = os.getenv "ZEGO_APP_ID", server_secret = secret,
      endpoint = os.getenv "ZEGO_ENDPOINT", tls = tls })
    live = fill(streamctl.aliyun, { access_key_id = os.getenv "ALIBABA_CLOUD_ACCESS_KEY_ID",
      access_key_secret = os.getenv "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
      endpoint = os.getenv "ALIBABA_CLOUD_ENDPOINT", tls = tls })
  end
]]

-- What a line of a shell may begin with. Nothing else runs: it could change the machine.
local SAFE = { "^streamctl [%l-]+ ?", "^export [%u_]+=", "^if ! streamctl ", "^  streamctl retry ",
  "^fi$", "^task=%$%(streamctl ", "^  %-%-" }

-- What no line may have.
local UNSAFE = { "sudo", "`", "&", ";.*;", "[<>] */", "%s/", "[^=]%$%(" }

-- Tells whether all lines of a block may run; else returns such a line as well.
local function is_safe(text)
  for line in text:gmatch "[^\n]+" do
    local found = false
    for _, pattern in ipairs(SAFE) do found = found or line:find(pattern) ~= nil end
    for _, pattern in ipairs(UNSAFE) do
      if line:gsub("%s#.*", ""):find(pattern) then found = false end
    end
    for part in line:gsub("%s#.*", ""):gmatch "[|;]%s*(%l+)" do
      found = found and (part == "streamctl" or part == "then")
    end
    if not found then return false, line end
  end
  return true
end

-- Returns the commands of a block: a line, or what belongs together.
local function commands_of(text)
  local commands, depth, open = {}, 0, nil
  for line in text:gmatch "[^\n]+" do
    open = open and open .. "\n" .. line or line
    if line:find "^if " then depth = depth + 1 elseif line:find "^fi" then depth = depth - 1 end
    if depth == 0 and not line:find "\\$" then
      commands[#commands + 1], open = open, nil
    end
  end
  return commands
end

command.describe("the pages", function(c, e)
  local environment = {}

  setup(function()
    for _, pair in ipairs(e:environment()) do environment[pair[1]] = pair[2] end
    c:write("tasks.jsonl", '{"DstUrl":"rtmp://push.example.com/app/t1",'
      .. '"SourceUrls":["rtmp://pull.example.com/app/t1"]}\n')
    c:write("ids.txt", "room1-cam1\nroom1-cam2\nroom1-cam3\n")
    c:run("relay create --region cn-shanghai --end +2h @tasks.jsonl --report relays.jsonl -y"):ok()
  end)

  local function run_shell(text)
    local safe, unsafe = is_safe(text)
    assert(safe, "this spec does not run: " .. tostring(unsafe) .. "; see LEFT_OUT")
    local script = {}
    for number, line in ipairs(commands_of(text)) do
      script[number] = ("%s\necho $? >status.%d\n"):format(line, number)
    end
    local output = shell.run(c:installed() .. "\nrm -f status.*\n" .. table.concat(script))
    for number, line in ipairs(commands_of(text)) do
      local expected = 0
      for _, row in ipairs(STATUS) do
        if line:find(row[1], 1, true) then expected, row.found = row[2], true end
      end
      local status = tonumber(shell.read_file(("%s/status.%d"):format(c.dir, number)) or "")
      assert.equal(expected, status, line .. "\n" .. output)
    end
  end

  local function run_lua(page, text)
    assert(not text:find "os%.execute" and not text:find "io%.p?open", "see LEFT_OUT")
    local code = "(function(...)\n" .. READERS .. "\nend)('" .. page .. "')\n"
      .. "local function block(...)\n" .. text .. "\nend\nblock()"
    local output, status = shell.run(("cd %s && "):format(shell.quote(c.dir))
      .. child.command(code, environment, c.dir .. "/block.lua"))
    assert.equal(0, status, text .. "\n" .. output)
    assert.is_nil(("\n" .. output):find "\n%l[%l_]*: ", output) -- the message of a failure
  end

  local pages = dir.getallfiles("docs", "*.md")
  table.sort(pages)
  table.insert(pages, 1, "README.md")
  for _, page in ipairs(pages) do
    for _, block in ipairs(blocks_of(page)) do
      local left_out = reason(page, block)
      if not left_out and (block.language == "sh" or block.language == "lua") then
        it(("work: %s:%d"):format(page, block.line), function()
          e:reset()
          if block.language == "sh" then run_shell(block.text) else run_lua(page, block.text) end
          for _, request in ipairs(e:requests()) do
            assert.is_true(request.verified and request.fits, request.action)
          end
        end)
      end
    end
  end

  it("have each block and each status that this spec names", function()
    for _, list in ipairs { LEFT_OUT, STATUS } do
      for _, row in ipairs(list) do assert.is_true(row.found, row[1] .. ": " .. row[2]) end
    end
  end)
end)
