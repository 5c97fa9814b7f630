-- Headers, dates and waits of an answer that is a failure.

local failures = require "streamctl.call.failures"
local helper = require "spec.unit.helper"

describe("a header", function()
  local HEADERS = "HTTP/1.1 200 OK\r\nDate: now \r\nX-Long:\t a: b\r\nEmpty:\r\nDate-More: "
    .. "no\r\nDate: later\r\n\r\n"

  it("is found by its name in lower case, the first one, without spaces around", function()
    assert.equal("now", failures.header(HEADERS, "date"))
    assert.equal("a: b", failures.header(HEADERS, "x-long"))
    assert.equal("", failures.header(HEADERS, "empty"))
    assert.equal("no", failures.header(HEADERS, "date-more"))
    assert.is_nil(failures.header(HEADERS, "dat"))
    assert.is_nil(failures.header(HEADERS, "more"))
    assert.is_nil(failures.header("", "date"))
    assert.is_nil(failures.header(nil, "date"))
  end)
end)

describe("a date of HTTP", function()
  local GOOD = {
    ["Thu, 01 Jan 1970 00:00:00 GMT"] = 0, ["Sun, 06 Nov 1994 08:49:37 GMT"] = 784111777,
    ["Fri, 02 Jan 2026 03:04:05 GMT"] = 1767323045, ["Tue, 29 Feb 2000 00:00:00 GMT"] = 951782400,
    ["Wed, 01 Mar 2000 00:00:00 GMT"] = 951868800, ["Thu, 29 Feb 2024 23:59:59 GMT"] = 1709251199,
    ["Fri, 01 Mar 2024 00:00:00 GMT"] = 1709251200, ["Sun, 28 Feb 2100 00:00:00 GMT"] = 4107456000,
    ["Mon, 01 Mar 2100 00:00:00 GMT"] = 4107542400, ["Wed, 31 Dec 2025 23:59:59 GMT"] = 1767225599,
  }

  for text, seconds in pairs(GOOD) do
    it("is read: " .. text, function() assert.equal(seconds, failures.http_date(text)) end)
  end

  it("is nothing when it is nonsense", function()
    assert.is_nil(failures.http_date(nil))
    for _, text in ipairs { "", "now", "120", "2026-01-02T03:04:05Z",
      "Fri, 02 Foo 2026 03:04:05 GMT", "Fri, 02 Jan 2026 03:04:05",
      "Fri, 02 Jan 2026 03:04:05 +0100", "Fri, 2 Jan 2026 03:04:05 GMT",
      "Fri, 02 Jan 26 03:04:05 GMT", "x Fri, 02 Jan 2026 03:04:05 GMT",
      "Fri, 02 Jan 2026 03:04:05 GMT x" } do
      assert.is_nil(failures.http_date(text), text)
    end
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

  for headers, seconds in pairs(CASES) do
    it("is " .. tostring(seconds or "none") .. ": " .. headers:gsub("\r\n", ", "), function()
      helper.freeze()
      finally(helper.thaw)
      assert.equal(seconds, failures.retry_after(headers) or false)
    end)
  end
end)
