--- ZEGOCLOUD Server API v2.
--
--     local rtc = streamctl.zego.new { app_id = 1234567890, server_secret = "..." }
--     local body, message, err = rtc:resume_rtc_streams { StreamId = { "a", "b" } }
--
-- Every operation is a row of `zego/operations/`;
-- https://www.zegocloud.com/docs/real-time-video-server/api-reference/overview
--
-- `streamctl.zego.operations` has the rows, for reading: `:find(name)` in either spelling,
-- `:names()` and `:each()`; what a row holds is told by `call/rows.lua`. `streamctl.zego.waiters`
-- are the waiters of `wait_for` by name, see `streamctl.wait`.
-- @public streamctl.zego

local checks = require "streamctl.base.checks"
local clients = require "streamctl.vendor.client"
local core = require "streamctl.core"
local encode = require "streamctl.base.encode"
local judge = require "streamctl.zego.judge"
local operations = require "streamctl.zego.operations"

local zego = {
  name = "zego", operations = operations, judge = judge.answer, is_about_one = judge.is_about_one,
}

zego.methods = { token = "streamctl.zego.token" }
zego.parts = {
  webhook = "streamctl.zego.webhook", operations = "streamctl.zego.operations",
  token = "streamctl.zego.token", waiters = "streamctl.zego.waiters",
}

local function is_secret(value)
  if type(value) == "function" then return nil end
  if type(value) == "table" and rawget(value, "file") then
    return checks.fields(value, { file = checks.text })
  end
  local why = checks.text(value)
  return why and type(value) ~= "string" and why .. ", or a function, or { file = path }" or why
end

--- Options of `new` beside the common ones. Where none is part of a key, `new` takes key, endpoint
-- and trust of the environment, see docs/reference/environment.md.
-- @table options
-- @tfield integer|string app_id 1 to 2^32-1, a number or its digits
-- @tfield string|function|table server_secret the text, a function that returns it, or
-- `{ file = path }`. The function may wait, and returns nil and a message when it fails. The file
-- has the 32 bytes. Function and file are asked by the first call, and once more when the vendor
-- has refused a signature
-- @tfield[opt=false] boolean is_test sends IsTest=true and puts the test environment's prefix on
-- RTC StreamIds
-- @tfield string region "sha", "hkg", "fra", "lax", "bom" or "sgp"; without one the vendor's
-- unified addresses are used
-- @tfield string|table endpoint one address for all hosts, or a table of some: `rtc`,
-- `cloudrecord`, `cloud-player`, `metaworld`
zego.checks = {
  app_id = checks.app_id, server_secret = is_secret, is_test = checks.boolean,
  region = checks.one_of("sha", "hkg", "fra", "lax", "bom", "sgp"),
}

zego.hosts = { "rtc", "cloudrecord", "cloud-player", "metaworld" } -- one for each product
zego.keys = { "app_id", "server_secret" }
zego.required = zego.keys
zego.context = { from_zero = true }
zego.refusals = { signature = true }
zego.body, zego.post_body = "json", "json"

function zego.default_endpoint(opts, host)
  return "https://" .. host .. "-api" .. (opts.region and "-" .. opts.region or "") .. ".zego.im"
end

local SECRET_BYTES = 32

local function read_secret(text)
  local why = checks.text(text)
  if why then return nil, "it " .. why end
  return { server_secret = text }
end

local function fetch_from_file(source)
  local text, why = require("streamctl.credentials.key_file").read(source.path)
  if not text then return source:fail(why) end
  text = text:gsub("[\r\n]+$", "")
  if #text == SECRET_BYTES then return { server_secret = text } end
  -- a file that is being written is shorter
  return source:fail(("%s has %d bytes, and a ServerSecret has %d")
    :format(source.path, #text, SECRET_BYTES))
end

-- Most clients have the secret as a text, and load no module of sources.
local function source_of(secret)
  if type(secret) == "table" then
    return require("streamctl.credentials.source").new { name = "file", account = "file",
      fetch = fetch_from_file, path = rawget(secret, "file") }
  end
  return require "streamctl.credentials.function"(secret, read_secret)
end

function zego.prepare(self, opts)
  opts.app_id = tonumber(opts.app_id)
  local app_id = encode.number(opts.app_id)
  self.order = "zego:" .. app_id
  if opts.is_test then
    self.context = { from_zero = true, stream_prefix = "zegotest-" .. app_id .. "-" }
  end
  local secret = opts.server_secret
  opts.server_secret = nil -- the signer or the source has it
  if type(secret) ~= "string" then self.source, secret = source_of(secret), nil end
  return core.signer("zego", { app_id = opts.app_id, server_secret = secret,
    is_test = opts.is_test })
end

zego.variables = { app_id = "ZEGO_APP_ID", server_secret = "ZEGO_SERVER_SECRET",
  file = "ZEGO_SERVER_SECRET_FILE", is_test = "ZEGO_IS_TEST", endpoint = "ZEGO_ENDPOINT" }

function zego.from_environment(found)
  found.server_secret = found.server_secret or found.file and { file = found.file }
  found.file = nil
  local truth = found.is_test and checks.truth(found.is_test)
  if truth ~= nil then found.is_test = truth end -- the check of options refuses other texts
end

function zego.method_of(operation) return operation.in_body and "POST" or "GET" end

return clients.publish(zego)
