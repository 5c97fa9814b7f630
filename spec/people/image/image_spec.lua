-- The images that `make image` made, run as containers against the emulator.

local container = require "spec.people.image.container"
local emulator = require "spec.support.emulator"
local shell = require "spec.support.emulator.launcher.shell"

describe("the image", function()
  local e, image
  setup(function() e = assert(emulator.start()) end)
  teardown(function() e:stop() end)
  before_each(function() e:reset() end)
  after_each(function()
    if image then image:remove() end
    image = nil
  end)

  local function unpack(name)
    local why
    image, why = container.unpack(name)
    return image or pending(why)
  end

  -- The requests that the emulator took.
  local function actions()
    local list = {}
    for i, entry in ipairs(e:requests()) do list[i] = entry.action end
    return list
  end

  -- Each program and library finds all libraries that it names.
  local function finds_its_libraries()
    local said = shell.run(([[cd %s && find usr -type f \( -name '*.so*' -o -perm /111 \) |
      while read -r file; do
        head -c 4 "$file" | grep -q ELF || continue
        chroot . /lib64/ld-linux-x86-64.so.2 --list "/$file" | sed -n "s|.*not found|$file: &|p"
      done]]):format(image.root))
    assert.equal("", said)
  end

  local function has_no_shell()
    assert.equal("", shell.run(("cd %s/usr && find bin sbin -name '*sh' -o -name 'perl*'"):format(
      image.root)))
  end

  for _, name in ipairs { "streamctl", "streamctl-edge" } do
    it(name .. " is whole, without a shell", function()
      if not unpack(name) then return end
      finds_its_libraries()
      has_no_shell()
      local status, said = image:run { "--version" }
      assert.equal(0, status, said)
      assert.matches("^" .. name:gsub("%-", "%%-") .. " %d+%.%d+%.%d+", said)
    end)
  end

  it("of the command resumes streams and writes its report", function()
    if not unpack "streamctl" then return end
    local options = {
      env = { "STREAMCTL_CA_FILE=/ca.pem", "ZEGO_APP_ID=" .. ("%.0f"):format(e.app_id),
        "ZEGO_SERVER_SECRET=" .. e.server_secret, "ZEGO_ENDPOINT=" .. e.zego },
      mounts = { ["/ca.pem"] = e.ca_file, ["/data"] = image:writable "data" },
    }
    shell.write_file(image.folder .. "/data/ids.txt", "a\nb\nc\n")
    local function run(words)
      local status, said = image:run(words, options)
      return assert.equal(0, status, said) and said
    end
    assert.matches("\nto_send: 3\n", run { "resume", "-n", "@ids.txt" })
    assert.same({}, actions())
    run { "resume", "@ids.txt" }
    assert.same({ "ResumeRTCStreams" }, actions())
    run { "doctor" }
    -- a server that is not there: the clients of Redis and of TLS are
    for _, scheme in ipairs { "redis", "rediss" } do
      options.env[5] = "STREAMCTL_STORE=" .. scheme .. "://127.0.0.1:1"
      local _, said = image:run({ "doctor" }, options)
      assert.matches("connection refused", said:lower())
    end
  end)

  it("of the edge forbids a stream, and ends gracefully", function()
    if not unpack "streamctl-edge" then return end
    local token = ("t"):rep(32)
    local run, settings = image:writable "run", image:writable "settings"
    for name, text in pairs { tokens = token, secret = e.server_secret, ["edge.ini"] = ([[
[edge]
tokens_file = tokens
ca_file = /ca.pem
[zego]
app_id = %.0f
server_secret_file = secret
endpoint = %s
]]):format(e.app_id, e.zego) } do shell.write_file(settings .. "/" .. name, text) end
    local conf = assert(shell.read_file(image.root .. "/etc/streamctl-edge/nginx.conf"))
    shell.write_file(settings .. "/nginx.conf", (conf:gsub("listen 127%S+",
      "listen unix:/run/streamctl-edge/socket;")))
    local options = { mounts = { ["/ca.pem"] = e.ca_file, ["/run/streamctl-edge"] = run,
      ["/etc/streamctl-edge"] = settings, ["/var/lib/streamctl-edge"] = image:writable "store" } }
    local status, said = image:run({ "--check" }, options)
    assert.equal(0, status, said)
    assert.matches("edge%.ini: ok", said)

    local log = image:start({ "--run" }, options)
    local function ask(words)
      return (shell.run(("curl -s -m 60 --retry 30 --retry-all-errors --retry-delay 1 "
        .. "--unix-socket %s/socket %s"):format(run, words)))
    end
    assert.matches('"status":"ok"', ask "http://edge/livez")
    assert.matches('"vendors":{"zego":"ok"}', ask "http://edge/readyz")
    assert.matches('"failed":0', ask(("-H 'Authorization: Bearer %s' -d '%s' -H "
      .. "'Content-Type: application/json' http://edge/streams/forbid"):format(token,
      '{"vendor":"zego","streams":["s1"]}')))
    assert.same({ "ForbidRTCStreams" }, actions())
    image:signal "QUIT"
    assert.is_true(image:ends())
    assert.matches('"path":"/streams/forbid","status":200', shell.read_file(log))
  end)
end)
