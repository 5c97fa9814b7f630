-- How long many calls take at the documented rate.

local text = require "streamctl.cli.output.text"

local IN_REQUEST = 100 -- ids, where the vendor names no limit; as the library does

-- Estimates work (see `streamctl.cli.bulk.run`) on a number of items. Returns `requests`;
-- `seconds`; `rate`, items a second; `text`, such as "; about 5 s (100 requests at 20/s)", which is
-- empty without a known rate.
return function(work, count)
  local row, account = work.operation, work.account
  local rate, chosen = row.rate, (account.settings.rate or {}).value
  if account.mode == "test" then rate = row.test_rate or rate end
  if chosen then rate = math.min(chosen, rate or chosen) end
  if work.method then return { text = "" } end -- not a call for each item
  local each = row.list and (row.by_name[row.list].max_items or IN_REQUEST) or 1
  local requests = math.ceil(count / each)
  if not rate then return { requests = requests, text = "" } end
  local seconds = math.max(requests - 1, 0) / rate
  local time = seconds < 120 and ("%.0f s"):format(seconds)
    or seconds < 7200 and ("%.0f min"):format(seconds / 60) or ("%.1f h"):format(seconds / 3600)
  return { requests = requests, seconds = seconds, rate = rate * each,
    text = ("; about %s (%s at %g/s)"):format(time, text.count(requests, "request"), rate) }
end
