-- Which transport a client sends with: by the option, by the place, and by what nginx' sockets can
-- do.

local pick = require "streamctl.transport"
local helper = require "spec.unit.helper"

local NGINX, PLAIN = { has_cosockets = true }, {}

local function config(more)
  return helper.merged({
    max_response_bytes = 1000, user_agent = "ua", attempt_timeout = 1, connect_timeout = 1,
  }, more)
end

-- Has `fn` run where lua-resty-http can be loaded; its sockets are nginx' own and stay out of this.
local function beside_resty_http(fn, is_old)
  local kept, stood_in = {},
    { "resty.http", "resty.string", not is_old and "resty.http_connect" or nil }
  for _, name in ipairs(stood_in) do
    kept[name], package.loaded[name] = package.loaded[name] or false, {}
  end
  local ok, why = pcall(fn)
  for name, value in pairs(kept) do package.loaded[name] = value or nil end
  if not ok then error(why, 0) end
end

-- Who sends for a client with these options in this loop.
local function sender(options, loop)
  return getmetatable(pick.open("https://h", options, loop).transport).__name:match "%w+$"
end

describe("the option transport", function()
  it("may be \"curl\", everywhere", function()
    assert.equal("curl", sender(config { transport = "curl" }, PLAIN))
    beside_resty_http(function()
      assert.equal("curl", sender(config { transport = "curl" }, NGINX))
    end)
  end)

  it("may be \"resty\" where that can do what the client asks for", function()
    beside_resty_http(function()
      for _, more in ipairs { {}, { tls = { verify = false } }, { proxy = "http://proxy:3128" },
        { proxy = "HTTP://proxy:1/" }, { proxy = "http://[::1]:3128" }, { loop = "auto" },
        { loop = "ngx" } } do
        local options = config(helper.merged({ transport = "resty" }, more))
        assert.is_nil(pick.unfit(options))
        assert.equal("resty", sender(options, PLAIN))
      end
    end)
  end)

end)

describe("the transport by default", function()
  it("is nginx' sockets inside of it, and else curl", function()
    assert.equal("curl", sender(config(), PLAIN))
    assert.equal("curl", sender(config(), NGINX)) -- without lua-resty-http
    beside_resty_http(function()
      for _, options in ipairs { config(), config { transport = "auto" } } do
        assert.equal("curl", sender(options, PLAIN))
        assert.equal("resty", sender(options, NGINX))
      end
    end)
  end)

  it("is curl in nginx for what its sockets cannot do", function()
    beside_resty_http(function()
      for _, more in ipairs {
        { tls = { ca_file = "/ca.pem" } }, { tls = { ca_path = "/certs" } }, { proxy = "env" },
        { proxy = "https://proxy" }, { proxy = "socks5://proxy" }, { proxy = "socks4a://proxy:1" },
        { proxy = "http://proxy" }, { proxy = "http://[::1]" }, { loop = "blocking" },
        { loop = PLAIN },
      } do
        assert.equal("curl", sender(config(more), NGINX))
      end
      for _, more in ipairs {
        { tls = {} }, { tls = { verify = false } }, { proxy = "http://proxy:3128" },
        { loop = "auto" }, { loop = "ngx" },
      } do
        assert.equal("resty", sender(config(more), NGINX))
      end
    end)
  end)

  it("is curl in nginx beside a lua-resty-http that is too old", function()
    beside_resty_http(function() assert.equal("curl", sender(config(), NGINX)) end, true)
  end)
end)

describe("a transport", function()
  it("names streamctl to the server, and takes answers of up to 1 MiB", function()
    local made = pick.open("https://h", {}, PLAIN).transport.config
    assert.matches("^streamctl/%d", made.user_agent)
    assert.equal(1048576, made.max_response_bytes)
  end)

  it("is shared by clients whose requests go the same way, and by no others", function()
    local ways = {}
    for _, more in ipairs { {}, { user_agent = "other" }, { max_response_bytes = 1001 },
      { proxy = "http://proxy:1" }, { proxy = "http://proxy:2" }, { tls = { verify = false } },
      { tls = { ca_file = "/ca" } }, { tls = { ca_path = "/ca" } } } do
      local way = pick.open("https://h", config(more), PLAIN)
      assert.equal(way, pick.open("https://h", config(more), PLAIN))
      assert.is_nil(ways[way])
      ways[way] = true
      assert.are_not.equal(way, pick.open("https://other", config(more), PLAIN))
    end
  end)

  it("keeps no client in memory that is gone, and none when all are gone", function()
    local gone = setmetatable({}, { __mode = "v" })
    local function open() -- a function of its own: no register still has the options
      gone.options = config { user_agent = "gone" }
      return pick.open("https://h", gone.options, PLAIN)
    end
    gone.place = open()
    local kept = gone.place
    collectgarbage()
    collectgarbage()
    assert.is_nil(gone.options)
    assert.equal(kept, open())
    kept = nil -- luacheck: ignore
    collectgarbage()
    collectgarbage()
    assert.is_nil(gone.place)
  end)
end)

describe("a transport that does not fit", function()
  -- The text of what `new` throws, which must be at the caller's line.
  local function thrown(vendor, required, more)
    local line
    local ok, why = pcall(function()
      line = debug.getinfo(1, "l").currentline + 1
      require("streamctl." .. vendor).new(helper.merged(required, more))
    end)
    assert.is_false(ok)
    local at = debug.getinfo(1, "S").short_src .. ":" .. line .. ": streamctl." .. vendor
      .. ".new: "
    assert.equal(at, why:sub(1, #at), why)
    return why:sub(#at + 1)
  end

  local VENDORS = {
    aliyun = { access_key_id = "id", access_key_secret = "hidden-secret" },
    zego = { app_id = 1, server_secret = "hidden-secret" },
  }

  for vendor, required in pairs(VENDORS) do
    it("is misuse, said at the caller's line (" .. vendor .. ")", function()
      for name, more in pairs {
        ["lua-resty-http cannot be loaded: "] = {},
        ["set that in nginx.conf instead of tls.ca_file"] = { tls = { ca_file = "/ca.pem" } },
        ["instead of tls.ca_file and tls.ca_path"] = { tls = { ca_path = "/certs" } },
        ["it takes a proxy as http://host:port only"] =
          { proxy = "socks5://me:hidden-pw@proxy:1080" },
        ["a proxy as http://host:port only"] = { proxy = "http://me:hidden-pw@proxy" },
        ["leave the option 'loop' out"] = { loop = "blocking" },
        ["in nginx' own way; leave the option 'loop' out"] = { loop = { send = error, sleep = error,
          all = error } },
      } do
        local why = thrown(vendor, required, helper.merged({ transport = "resty" }, more))
        assert.equal("option 'transport' cannot be \"resty\": ", why:match("^.-: "), why)
        assert.truthy(why:find(name, 1, true), why)
        assert.is_nil(why:find("hidden", 1, true), why)
      end
    end)

    it("is misuse where lua-resty-http is too old (" .. vendor .. ")", function()
      beside_resty_http(function()
        assert.equal("option 'transport' cannot be \"resty\": lua-resty-http is older than 0.16",
          thrown(vendor, required, { transport = "resty" }))
      end, true)
    end)

    it("by name is misuse too (" .. vendor .. ")", function()
      assert.equal("option 'transport' must be one of auto, curl, resty; got libcurl",
        thrown(vendor, required, { transport = "libcurl" }))
    end)
  end
end)
