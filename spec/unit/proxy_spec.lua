-- The user part of a proxy's URL.

local core = require "streamctl.core"
local proxy = require "streamctl.proxy"

describe("a proxy's URL", function()
  it("is taken apart", function()
    for url, expected in pairs {
      ["http://host:1"] = { "http://host:1" },
      ["HTTP://host:1"] = { "http://host:1" },
      ["http://me:pw@host:1"] = { "http://host:1", core.base64 "me:pw", "me:pw" },
      ["Socks5h://m%40e:p%3aw@host/"] = { "socks5h://host/", core.base64 "m@e:p:w", "m%40e:p%3aw" },
      ["http://me:p@w@[::1]:1"] = { "http://[::1]:1", core.base64 "me:p@w", "me:p@w" },
      ["http://@host"] = { "http://host", "", "" },
      ["host:1"] = { "host:1" }, [""] = { "" },
    } do
      assert.same(expected, { proxy.split(url) })
    end
  end)

  it("has secrets: its user and password, in the forms in which they may come back", function()
    assert.same({ core.base64 "me:p@w", "me:p%40w", "me:p@w", "p%40w", "p@w" }, proxy.secrets "http://me:p%40w@host:1")
    for _, none in ipairs { "http://host:1", "" } do assert.same({}, proxy.secrets(none)) end
    assert.same({}, proxy.secrets(nil))
  end)
end)
