-- An emulator for one spec file, clients for it, and what tests ask of both.
--
--   local session = require "spec.support.session"
--   session.describe("a call", function(s)
--     it("is sent", function()
--       s:aliyun { signature = "v1" }:resume_live_stream { ... }
--       s:last_request().query

local busted = require "busted"
local cjson = require "cjson"
local emulator = require "spec.support.emulator"
local late = require "spec.support.late"
local shell = require "spec.support.emulator.launcher.shell"
local streamctl = require "streamctl"

local session = {}

local Session = {}
Session.__index = Session

--- Starts an emulator; options are those of emulator.start.
function session.start(options)
  return setmetatable({ e = assert(emulator.start(options)), files = 0 }, Session)
end

function Session:stop() self.e:stop() end

--- Stops it; nothing to do when it was never started.
function session.stop(self)
  if self then self:stop() end
end

--- Describes something with an emulator of its own, which is reset before each test.
function session.describe(name, body)
  late.describe(name, { session.start }, function(s)
    busted.before_each(function() s.e:reset() end)
    body(s)
  end)
end

local function with(defaults, options)
  for name, value in pairs(options or {}) do defaults[name] = value end
  return defaults
end

--- Options of a client of Alibaba Cloud; what is given wins. One attempt, at once, unless a test
-- asks for more.
function Session:aliyun_options(options)
  local e, has_key = self.e, not (options and options.credentials)
  return with({
    access_key_id = has_key and e.access_key_id or nil,
    access_key_secret = has_key and e.access_key_secret or nil, endpoint = e.aliyun,
    tls = { ca_file = e.ca_file }, retry = false, rate_limit = false,
  }, options)
end

--- The role of an instance whose metadata server the emulator plays.
function Session:role(options)
  return streamctl.aliyun.credentials.ecs_role(
    with({ endpoint = self.e.metadata, timeout = 60 }, options))
end

function Session:zego_options(options)
  local e = self.e
  return with({
    app_id = e.app_id, server_secret = e.server_secret, endpoint = e.zego,
    tls = { ca_file = e.ca_file }, retry = false, rate_limit = false,
  }, options)
end

function Session:aliyun(options) return streamctl.aliyun.new(self:aliyun_options(options)) end

function Session:zego(options) return streamctl.zego.new(self:zego_options(options)) end

--- The same authority in a file of its own: libcurl keeps connections apart by the file's name, so
-- clients that name it share none with others.
function Session:own_ca_file()
  self.files = self.files + 1
  local path = ("%s/ca-%d.pem"):format(self.e.dir, self.files)
  shell.write_file(path, assert(shell.read_file(self.e.ca_file)))
  return path
end

--- The newest entry of the request log.
function Session:last_request()
  local list = self.e:requests()
  return list[#list]
end

--- Sends what `client:sign` gives with the curl command: the decoded answer, and the HTTP status.
function Session:send(signed)
  local command = { "curl -q -s -g --http1.1 --noproxy '*' --max-time 10 --cacert",
    shell.quote(self.e.ca_file) }
  for name, value in pairs(signed.headers) do
    command[#command + 1] = "-H " .. shell.quote(name .. ": " .. value)
  end
  -- no header but those that were signed
  for _, name in ipairs { "Content-Type", "User-Agent", "Accept" } do
    if not signed.headers[name] and not signed.headers[name:lower()] then
      command[#command + 1] = "-H " .. shell.quote(name .. ":")
    end
  end
  if signed.body ~= "" or signed.method == "POST" then
    command[#command + 1] = "--data-raw " .. shell.quote(signed.body)
  end
  command[#command + 1] = "-X " .. signed.method .. " -w '\\n%{http_code}' "
    .. shell.quote(signed.url)
  local text, status = shell.run(table.concat(command, " ")):match("^(.*)\n(%d+)$")
  return cjson.decode(text), tonumber(status)
end

--- A ban that is valid with every field.
function session.stream(changes)
  return with({
    DomainName = "push.example.com", AppName = "app", LiveStreamType = "publisher",
    StreamName = "s1",
  }, changes)
end

--- A pull-to-push task that is valid with every field and of one's own.
local tasks = 0
function session.task(changes)
  tasks = tasks + 1
  return with({
    Region = "cn-shanghai", SourceType = "vod", SourceUrls = { "rtmp://a.example.com/live/1" },
    DstUrl = "rtmp://push.example.com/live/task-" .. tasks,
    StartTime = "2020-01-01T00:00:00Z", EndTime = "2037-01-01T00:00:00Z",
  }, changes)
end

--- How many keys a table has.
function session.count(map)
  local count = 0
  for _ in pairs(map) do count = count + 1 end
  return count
end

return session
