-- What is read from the headers of an answer.

local answer = require "streamctl.call.answer"
local helper = require "spec.unit.helper"

describe("a header", function()
  local HEADERS = "HTTP/1.1 200 OK\r\nDate: now \r\nX-Long:\t a: b\r\nEmpty:\r\nDate-More: "
    .. "no\r\nDate: later\r\n\r\n"

  it("is found by its name in lower case, the first one, without spaces around", function()
    for name, value in pairs { date = "now", ["x-long"] = "a: b", empty = "", ["date-more"] = "no",
      dat = false, more = false } do
      assert.equal(value, answer.header(HEADERS, name) or false, name)
    end
    assert.is_nil(answer.header("", "date"))
    assert.is_nil(answer.header(nil, "date"))
  end)
end)

describe("the server's clock", function()
  local DATES = {
    ["Thu, 01 Jan 1970 00:00:00 GMT"] = 0, ["Sun, 06 Nov 1994 08:49:37 GMT"] = 784111777,
    ["Fri, 02 Jan 2026 03:04:05 GMT"] = 1767323045, ["Tue, 29 Feb 2000 00:00:00 GMT"] = 951782400,
    ["Wed, 01 Mar 2000 00:00:00 GMT"] = 951868800, ["Thu, 29 Feb 2024 23:59:59 GMT"] = 1709251199,
    ["Fri, 01 Mar 2024 00:00:00 GMT"] = 1709251200, ["Mon, 01 Mar 2100 00:00:00 GMT"] = 4107542400,
    ["Wed, 31 Dec 2025 23:59:59 GMT"] = 1767225599,
    ["Mon, 29 Feb 2100 00:00:00 GMT"] = false, [""] = false, ["now"] = false, ["120"] = false,
    ["2026-01-02T03:04:05Z"] = false, ["Fri, 02 Foo 2026 03:04:05 GMT"] = false,
    ["Fri, 02 Jan 2026 03:04:05"] = false, ["Fri, 02 Jan 2026 03:04:05 +0100"] = false,
    ["Fri, 2 Jan 2026 03:04:05 GMT"] = false, ["Fri, 02 Jan 26 03:04:05 GMT"] = false,
    ["x Fri, 02 Jan 2026 03:04:05 GMT"] = false, ["Fri, 02 Jan 2026 03:04:05 GMT x"] = false,
    ["Fri, 02 Jan 2026 24:00:00 GMT"] = false,
  }

  it("is what the header Date says", function()
    for text, seconds in pairs(DATES) do
      assert.equal(seconds, answer.server_time("Date: " .. text) or false, text)
    end
    assert.is_nil(answer.server_time(nil))
  end)
end)

describe("the wait a vendor asks for", function()
  local CASES = {
    [""] = false, ["X-Acs-Retry-After: 1500"] = 1.5, ["Retry-After: 2"] = 2,
    ["Retry-After: 9\r\nx-acs-retry-after: 250"] = 0.25,
    ["Retry-After: 9\r\nx-acs-retry-after: soon"] = 9,
    ["Retry-After: Fri, 02 Jan 2026 03:05:05 GMT"] = 60,
    ["Retry-After: Fri, 02 Jan 2026 03:04:05 GMT"] = false,
    ["Retry-After: Fri, 02 Jan 2026 03:00:00 GMT"] = false, ["Retry-After: 0"] = false,
    ["Retry-After: -1"] = false, ["Retry-After: nan"] = false, ["Retry-After: 1e999"] = false,
    ["x-acs-retry-after: -5"] = false,
  }

  it("is read from two headers, in seconds, milliseconds or as a date", function()
    helper.freeze()
    finally(helper.thaw)
    for headers, seconds in pairs(CASES) do
      assert.equal(seconds, answer.retry_after(headers) or false, headers)
    end
  end)
end)
