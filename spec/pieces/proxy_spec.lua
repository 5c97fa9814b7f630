-- The user part of a proxy's URL.

local core = require "streamctl.core"
local proxy = require "streamctl.base.proxy"

describe("a proxy's URL", function()
  it("has secrets: its user and password, in the forms in which they may come back", function()
    for url, expected in pairs {
      ["http://me:p%40w@host:1"] = { core.base64 "me:p@w", "me:p%40w", "me:p@w", "p%40w", "p@w" },
      ["HTTP://me:pw@host:1"] = { core.base64 "me:pw", "me:pw", "me:pw", "pw", "pw" },
      ["me:pw@host:1"] = { core.base64 "me:pw", "me:pw", "me:pw", "pw", "pw" },
      ["Socks5h://m%40e:p%3aw@host/"] =
        { core.base64 "m@e:p:w", "m%40e:p%3aw", "m@e:p:w", "p%3aw", "p:w" },
      ["http://me:p@w@[::1]:1"] = { core.base64 "me:p@w", "me:p@w", "me:p@w", "p@w", "p@w" },
    } do
      assert.same(expected, proxy.secrets(url))
    end
    for _, none in ipairs { "http://host:1", "host:1", "" } do
      assert.same({}, proxy.secrets(none))
    end
    assert.same({}, proxy.secrets(nil))
  end)

  it("has them in each variable that libcurl reads, when the environment names it", function()
    local getenv = os.getenv
    finally(function() os.getenv = getenv end) -- luacheck: ignore 122
    for _, variable in ipairs { "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
      "ALL_PROXY" } do
      os.getenv = function(name) -- luacheck: ignore 122
        return name == variable and "http://me:pw@host:1" or nil
      end
      local secrets = table.concat(proxy.secrets "env", " ")
      assert.truthy(secrets:find("pw", 1, true), variable)
      assert.same({}, proxy.secrets(nil))
    end
  end)
end)
