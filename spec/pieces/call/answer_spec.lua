-- What is read from the headers of an answer, as the event of an attempt and err tell.

local helper = require "spec.pieces.helper"

local NOW = helper.NOW

-- What a listener hears of an answer with these headers: the vendor's clock (Unix seconds) and id.
local function heard(headers)
  local event
  local live = helper.aliyun(helper.response(502, "", headers),
    { on_event = function(of) event = of.event == "attempt" and of or event end })
  local _, _, err = live:resume_live_stream(helper.ALIYUN_PARAMS.ResumeLiveStream)
  assert.equal(err.request_id, event.request_id)
  return event.clock_offset and event.clock_offset + NOW, event.request_id
end

describe("an answer's header", function()
  helper.stand_still()

  local IDS = {
    ["X-Acs-Request-Id: a"] = "a",
    ["HTTP/1.1 502 Bad\r\nx-acs-request-id:\t b: c \r\n\r\n"] = "b: c",
    ["x-acs-request-id-2: no\r\nx-acs-request-id: first\r\nx-acs-request-id: later"] = "first",
    ["x-acs-request-id:"] = "", ["x-acs-request: a\r\nrequest-id: b"] = false, [""] = false,
  }
  it("is found by its name in any case, the first one, without spaces around", function()
    for headers, id in pairs(IDS) do
      assert.equal(id, select(2, heard(headers)) or false, headers)
    end
    assert.is_nil((heard(nil)))
  end)

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
  -- the first of each month of 2026
  for i, month in ipairs { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
    "Nov", "Dec" } do
    DATES["Thu, 01 " .. month .. " 2026 00:00:00 GMT"] = 1767225600
      + ({ 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 })[i] * 86400
  end
  it("Date tells the vendor's clock", function()
    for text, seconds in pairs(DATES) do
      assert.equal(seconds, heard("Date: " .. text) or false, text)
    end
  end)
end)
