-- "Did you mean": close names are suggested, others are not.

local suggest = require "streamctl.base.suggest"

local NAMES = { resume_live_stream = true, forbid_live_stream = true, PageSize = true,
  PageNum = true, timeout = true, page = true }

describe("a suggestion", function()
  local CASES = {
    { "resume_live_stram", "resume_live_stream", "a letter left out" },
    { "resume_live_streamm", "resume_live_stream", "a letter too many" },
    { "reusme_live_stream", "resume_live_stream", "two letters swapped" },
    { "forbit_live_stream", "forbid_live_stream", "a wrong letter" },
    { "ResumeLiveStream", "resume_live_stream", "the other spelling" },
    { "pagesize", "PageSize", "lower case" },
    { "page_size", "PageSize", "underscores" },
    { "timeuot", "timeout", "two letters swapped in a short name" },
    { "PageNmu", "PageNum", "two letters swapped at the end" },
    { "resme_liv_stream", "resume_live_stream", "two letters left out of a long name" },
    { "rsume_lve_stram", "resume_live_stream", "a letter left out in every five" },
    { "pgae", "page", "two letters swapped in a name too short for two edits" },
  }
  for _, case in ipairs(CASES) do
    it("is made for " .. case[3] .. ": " .. case[1], function()
      assert.equal(" (did you mean '" .. case[2] .. "'?)", suggest.hint(case[1], NAMES))
    end)
  end

  it("is not made for something else, something endless, or without names", function()
    for _, name in ipairs { "delete_everything", "x", "", ("timeout"):rep(10) } do
      assert.equal("", suggest.hint(name, NAMES))
    end
    assert.equal("", suggest.hint("timeout", {}))
  end)
end)
