local settings = require "streamctl.cli.config.settings"
local summary = require "streamctl.cli.bulk.summary"

local IDS = { rate = 20, test_rate = 5, list = "StreamId", max_ids = 20 }

-- A row, the account's mode, the rate that is wanted, items; then requests, seconds, items a second
-- and the text.
local CASES = {
  { IDS, "live", nil, 2000, 100, 4.95, 400, "; about 5 s (100 requests at 20/s)" },
  { { rate = 10 }, "live", nil, 1, 1, 0, 10, "; about 0 s (1 request at 10/s)" },
  { IDS, "test", nil, 40, 2, 0.2, 100, "; about 0 s (2 requests at 5/s)" },
  { IDS, "live", 4, 40, 2, 0.25, 80, "; about 0 s (2 requests at 4/s)" },
  { IDS, "live", 100, 40, 2, 0.05, 400, "; about 0 s (2 requests at 20/s)" },
  { {}, "live", 2, 3, 3, 1, 2, "; about 1 s (3 requests at 2/s)" },
  { { rate = 10 }, "live", nil, 10001, 10001, 1000, 10,
    "; about 17 min (10,001 requests at 10/s)" },
  { { rate = 10 }, "live", nil, 100001, 100001, 10000, 10,
    "; about 2.8 h (100,001 requests at 10/s)" },
  { {}, "live", nil, 5, 5, nil, nil, "" },
  { IDS, "live", nil, 5, nil, nil, nil, "", method = "x" },
}

describe("the estimate", function()
  for _, case in ipairs(CASES) do
    it(("of %d items is '%s'"):format(case[4], case[8]), function()
      local account = { mode = case[2], settings = settings.new() }
      account.settings:add("rate", case[3], "flag --rate")
      local found = summary.estimate({ operation = case[1], method = case.method,
        account = account }, case[4])
      assert.same({ case[5], case[6], case[7], case[8] },
        { found.requests, found.seconds, found.rate, found.text })
    end)
  end
end)
