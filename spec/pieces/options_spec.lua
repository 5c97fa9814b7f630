-- The options of a client: what passes, what throws, and how it says so.

local helper = require "spec.pieces.helper"
local options = require "streamctl.base.options"

local aliyun, zego = require "streamctl.aliyun", require "streamctl.zego"

local REQUIRED = {
  [aliyun] = { access_key_id = "id", access_key_secret = "a long enough secret" },
  [zego] = { app_id = 1, server_secret = "a long enough secret" },
}

local function make(vendor, name, value)
  local given = helper.merged(REQUIRED[vendor])
  given[name] = value
  return pcall(vendor.new, given)
end

local TEXT_BAD = {
  { "", "must not be empty" }, { 5, "must be text, got a number" },
  { true, "must be text, got a boolean" }, { {}, "must be text, got a table" },
  { "a\r\nX-Evil: 1", "control characters such as CR or LF" }, { "a\n", "control characters" },
  { "a\0b", "control characters" }, { "a\127", "control characters" },
}

local SECONDS = {
  good = { 0.001, 1, 5, 15.5, 86400 },
  bad = {
    { 0, "more than 0" }, { -1, "more than 0" }, { 0 / 0, "more than 0" },
    { math.huge, "at most 86400" }, { 86401, "at most 86400" },
    { 1e15, "got 1000000000000000" },
    { "5", "at most 86400 seconds, got a string" },
    { {}, "at most 86400 seconds, got a table" },
  },
}

-- An object with all of `methods`; each one missing is named.
local function object(...)
  local methods, all = { ... }, {}
  for _, method in ipairs(methods) do all[method] = print end
  local why = "must be an object with the method '" .. methods[1] .. "'"
  local case = {
    good = { all, setmetatable({}, { __index = all }) },
    bad = { { {}, why }, { 5, why }, { "text", why }, { true, why }, { print, why } },
  }
  for _, method in ipairs(methods) do
    case.bad[#case.bad + 1] = { helper.without(all, method),
      "must be an object with the method '" .. method .. "'" }
  end
  return case
end

-- The same for a store; spec/world/store/named_spec.lua has the texts that name one.
local function store()
  local case = object("stamp", "reserve")
  table.remove(case.bad, 3) -- a text
  case.bad[#case.bad + 1] = { "", "must not be empty" }
  return case
end

-- The same, or one of some names.
local function name_or_object(names, good, ...)
  local case = object(...)
  for _, bad in ipairs(case.bad) do
    if type(bad[1]) == "string" then
      bad[2] = "must be one of " .. names .. "; got " .. bad[1]
    else
      bad[2] = bad[2] .. ", or one of " .. names
    end
  end
  for _, name in ipairs(good) do case.good[#case.good + 1] = name end
  case.bad[#case.bad + 1] = { "", "must be one of " .. names }
  case.bad[#case.bad + 1] = { false, "must be an object" }
  return case
end

local RETRY = {
  good = {
    false, 1, 100, {}, { attempts = 1 }, { attempts = 100, base = 0.001, cap = 86400 },
    { attempts = 2.0, base = 1, cap = 1 },
  },
  bad = {
    { true, "must be false, a whole number of attempts from 1 to 100, or {" }, { 0, "got 0" },
    { 101, "got 101" }, { 2.5, "got 2.5" }, { "3", "got 3" },
    { { attempts = 0 }, "field 'attempts' must be a whole number from 1 to 100, got 0" },
    { { attempts = 101 }, "field 'attempts'" }, { { attempts = 1.5 }, "field 'attempts'" },
    { { attempts = "3" }, "field 'attempts'" },
    { { base = 0 }, "field 'base' must be more than 0" }, { { base = -1 }, "field 'base'" },
    { { base = 0 / 0 }, "field 'base'" }, { { cap = math.huge }, "field 'cap'" },
    { { cap = "5" }, "field 'cap' must be more than 0" },
    { { atempts = 3 }, "has no field 'atempts' (did you mean 'attempts'?)" },
  },
}

local RATE_LIMIT = {
  good = { false, 0.001, 1, 20, 1e6, { max = 0.5 } },
  bad = {
    { true, "must be false, calls per second from 1e-6 to 1e6, or { max = number }; got true" },
    { 0, "must be false, c" }, { -1, "must be false, c" }, { 0 / 0, "must be false, c" },
    { math.huge, "must be false, c" }, { 1e6 + 1, "must be false, c" }, { 1e-9, "got 1e-" },
    { "20", "must be false, c" }, { {}, "must be false, c" },
    { { max = 0 }, "field 'max' must be" }, { { least = 1 }, "has no field 'least'" },
  },
}

local ON_EVENT = {
  good = { print, function() end },
  bad = {
    { true, "must be a function, got a boolean" }, { "print", "must be a function" },
    { {}, "must be a function" },
  },
}

local ENDPOINT_BAD = {
  "live.aliyuncs.com", "//live.aliyuncs.com", "ftp://host", "file:///etc/passwd", "https://",
  "https:///x", "https://host:", "https://host:/", "https://user@host", "https://user:pw@host",
  "https://host/path", "https://host/?q=1", "https://host?q", "https://host#f", "https://host:0",
  "https://host:65536", "https://host:99999999999", "https://host:44a", "https://ho st",
  "https://[::1", "https://::1", "https://[::1]x", "https://[host]", "https://host\r\nX: 1",
  "https://host\n", "https", "https:host", "https://host//", " https://host", "https://流",
}

local function endpoint()
  local case = { good = { "https://host", "http://127.0.0.1:8080" } }
  case.bad = { { "", "must not be empty" }, { 5, "must be text" } }
  for _, text in ipairs(ENDPOINT_BAD) do
    case.bad[#case.bad + 1] = { text, "option 'endpoint' " }
  end
  case.bad[#case.bad + 1] = { "host.example.com",
    "must be written as https://host[:port], got 'host.example.com'" }
  case.bad[#case.bad + 1] = { "https://me@host", "without user, path or query" }
  return case
end

local SWITCH = { good = { true, false },
  bad = { { "no", "must be true or false" }, { 1, "must be true or false" } } }

local COMMON = {
  endpoint = endpoint(),
  timeout = SECONDS, attempt_timeout = SECONDS, connect_timeout = SECONDS,
  max_response_bytes = {
    good = { 1, 1024.0, 2 ^ 30 },
    bad = {
      { 0, "whole number from 1 to 1073741824" }, { 2 ^ 30 + 1, "whole number" },
      { 1.5, "whole number" }, { 0 / 0, "whole number" }, { math.huge, "whole number" },
      { "1", "whole number" },
    },
  },
  user_agent = { good = { "me/1.0" }, bad = TEXT_BAD },
  tls = {
    good = { {}, { ca_file = "/ca.pem" }, { ca_path = "/certs", verify = false },
      { verify = true } },
    bad = {
      { true, "must be a table, got a boolean" },
      { { ca_fil = "x" }, "has no field 'ca_fil' (did you mean 'ca_file'?)" },
      { { verify = "no" }, "field 'verify' must be true or false" },
      { { ca_file = "" }, "field 'ca_file' must not be" },
      { { ca_path = "a\n" }, "field 'ca_path' must not hold control" },
      { { "x" }, "has no field '1'" },
    },
  },
  proxy = {
    good = {
      "env", "http://proxy", "http://proxy:3128/", "https://me:pw@proxy:3128", "socks4://p",
      "socks4a://p:1", "socks5://p:1", "SOCKS5H://127.0.0.1:1080", "http://[::1]:3128",
    },
    bad = {
      { "proxy:3128", "must be a URL" }, { "http://", "must be a URL" },
      { "ftp://proxy", "must be a URL" }, { "http://proxy:0", "must be a URL" },
      { "http://me:hidden@proxy:65536", "must be a URL" }, { "http://proxy/path", "must be a URL" },
      { "http://me:pw@", "must be a URL" }, { "http://me:p/w@proxy", "percent-encoded" },
      { "http://me:p?w@proxy", "percent-encoded" }, { "http://me:p#w@proxy", "percent-encoded" },
      { 5, "must be text" }, { "", "empty" }, { "http://a\r\n", "control" },
    },
  },
  store = store(), retry = RETRY, rate_limit = RATE_LIMIT, on_event = ON_EVENT,
  validate = SWITCH, share_requests = SWITCH, event_headers = SWITCH,
  transport = object("send"),
  loop = name_or_object("auto, blocking, ngx, cqueues, luv",
    { "auto", "blocking", "ngx", "cqueues", "luv" }, "sleep", "all", "send"),
}

local OWN = {
  [aliyun] = {
    access_key_id = { good = { "LTAI" }, bad = TEXT_BAD },
    access_key_secret = { good = { "secret" }, bad = TEXT_BAD },
    security_token = { good = { "CAIS+/=" }, bad = TEXT_BAD },
    credentials = { good = {}, bad = { -- see call/renewal_spec.lua for good ones
      { 5, "must be a source of streamctl.aliyun.credentials, a function, or a table" },
      { "LTAI", "got a string" }, { {}, "has no access_key_id" },
      { aliyun.credentials.chain, "must be a source, which credentials.chain() makes" },
      { { access_key_id = "LTAI" }, "has no access_key_secret" },
      { { access_key_id = 5 }, "'access_key_id' must be text" },
      { { secret = "x" }, "has no field 'secret'" },
      { { access_key_id = "LTAI", access_key_secret = "s", expires = 0 / 0 }, "Unix seconds" },
      { { access_key_id = "LTAI", access_key_secret = "s", expires = "x" }, "Unix seconds" },
    } },
    signature = { good = { "v3", "v1" },
      bad = { { "v2", "must be one of v3, v1; got v2" }, { 3, "one of" } } },
      region = { good = { "cn-shanghai" }, bad = TEXT_BAD },
    account = {
      good = { "main", "1234567890123456", "ops@example.com" },
      bad = { TEXT_BAD[1], TEXT_BAD[2], { "a:b", "1 to 100 of the characters" },
        { "a b", "of the characters" }, { "{a}", "of the characters" },
        { ("a"):rep(101), "1 to 100" } },
    },
  },
  [zego] = {
    app_id = {
      good = { 1, 1234567890, 2 ^ 32 - 1, 60.0, "1234567890", "4294967295" },
      bad = {
        { 0, "whole number from 1 to 4294967295, got 0" }, { -1, "whole number" },
        { 1e15, "got 1000000000000000" }, { 1.5, "whole number" }, { 0 / 0, "whole number" },
        { math.huge, "whole number" }, { "4294967296", "whole" }, { "0", "whole" },
        { "0x10", "whole" }, { "1e3", "whole" }, { " 1", "whole" }, { "", "whole" },
        { true, "whole number" },
      },
    },
    server_secret = { good = { "secret", function() end, { file = "/nowhere" } },
      bad = helper.merged(TEXT_BAD, {
        [#TEXT_BAD + 1] = { { file = 5 }, "'file' must be text" },
        [#TEXT_BAD + 2] = { { file = "x", path = "x" }, "has no field 'path'" },
        [#TEXT_BAD + 3] = { { path = "x" }, "or a function, or { file = path }" },
      }) },
    is_test = { good = { true, false },
      bad = { { "true", "must be true or false" }, { 1, "must be true or false" } } },
    region = {
      good = { "sha", "hkg", "fra", "lax", "bom", "sgp" },
      bad = { { "SHA", "must be one of sha, hkg, fra, lax, bom, sgp" }, { "cn", "must be one of" },
        { "", "one of" } },
    },
  },
}

for name, vendor in pairs { aliyun = aliyun, zego = zego } do
  describe("the options of " .. name, function()
    local cases = helper.merged(COMMON, OWN[vendor])

    it("have a case each", function()
      for option in pairs(options.common) do assert.is_table(cases[option], option) end
      for option in pairs(OWN[vendor]) do assert.is_table(cases[option], option) end
    end)

    for option, case in pairs(cases) do
      it("take a good '" .. option .. "'", function()
        for i, value in ipairs(case.good) do
          local ok, why = make(vendor, option, value)
          assert.is_true(ok, option .. " " .. i .. ": " .. tostring(why))
        end
      end)

      it("refuse a bad '" .. option .. "', by name", function()
        for i, bad in ipairs(case.bad) do
          local ok, why = make(vendor, option, bad[1])
          assert.is_false(ok, option .. " " .. i)
          assert.truthy(why:find("streamctl." .. name .. ".new: option '" .. option .. "' ", 1,
            true), why)
          assert.truthy(why:find(bad[2], 1, true), option .. " " .. i .. ": " .. why)
          assert.is_nil(why:find("hidden", 1, true)) -- of a proxy
        end
      end)
    end

    it("must be known; the one that was meant is suggested", function()
      for written, meant in pairs { time_out = "timeout", atempt_timeout = "attempt_timeout",
        enpoint = "endpoint", [1] = false } do
        local ok, why = make(vendor, written, 1)
        assert.is_false(ok)
        assert.truthy(why:find("unknown option '" .. written .. "'"
          .. (meant and " (did you mean '" .. meant .. "'?)" or ""), 1, true), why)
      end
    end)

    it("are copied: changing the table afterwards changes nothing", function()
      local given = helper.merged(REQUIRED[vendor],
        { endpoint = "https://one", tls = { verify = true } })
      local client = vendor.new(given)
      given.endpoint, given.tls.verify = "https://two", false
      assert.truthy(tostring(client):find("https://one", 1, true))
      assert.is_nil(tostring(client):find("TLS NOT VERIFIED", 1, true))
      assert.is_string(given.access_key_secret or given.server_secret)
    end)

    it("have defaults", function()
      local made = vendor.new(helper.merged(REQUIRED[vendor])).options
      assert.same({ 15, 10, 5 }, { made.timeout, made.attempt_timeout, made.connect_timeout })
      assert.is_nil(made.access_key_secret or made.server_secret)
    end)
  end)
end
