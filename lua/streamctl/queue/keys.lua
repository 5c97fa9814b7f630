-- The keys of the queue, and the beginning of its scripts, which run inside Redis on the keys of an
-- account. KEYS[1] is what these keys begin with, ARGV[1] the token of the question, which begins
-- each `answer`. KEYS[2] is a sorted set of the accounts that have work, by when a job was added.
--
-- * `urgent`, `bulk`: the lanes, streams with the group `workers`. An entry is a request: `j`, the
--   job's number; `f`, the number of its first item; `i`, its items as a JSON list
-- * `aside:N`: a stream of entries of job N until the job is complete and due
-- * `later:urgent`, `later:bulk`: sorted sets of jobs aside, by when they are due
-- * `jobs`: a sorted set of open jobs, by when they end; `waiting`: how many entries they have
-- * `job:N`: a hash of what the job is, and its counts; `result:N`: a hash by first item, of the
--   counts, items and failures of an entry, each on a line; a short one of the first entry is the
--   field `first` of the job, so that a job of one id is one small key
-- * `sent:urgent`, `sent:bulk`: hashes by entry of the lane that is taken, of its attempt, and of a
--   line with a query once a request goes out that must not go out twice
-- * `workers`: a sorted set, by when each has asked; `searched`: there while nobody need look for
--   what dead workers have; `paused`: why
--
-- Times are milliseconds of the server's clock.

return [=[
local P, ACCOUNTS, time = KEYS[1], KEYS[2], redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local DAY, WEEK = 86400000, 604800000
local COUNTS = { 'succeeded', 'failed', 'unknown', 'superseded' }
local answer = { ARGV[1] }
local function push(...) for _, value in ipairs { ... } do answer[#answer + 1] = value end end
local function text(number) return string.format('%.0f', number) end
local function less_waiting(count)
  local left = redis.call('DECRBY', P .. 'waiting', text(count))
  local is_open = left > 0 and redis.call('EXISTS', P .. 'jobs') == 1
  if not is_open then redis.call('DEL', P .. 'waiting') end
end
local function count_of(items)
  local ok, list = pcall(cjson.decode, items)
  return ok and type(list) == 'table' and #list or 0
end
local function end_job(j, state)
  local job, keep = P .. 'job:' .. j, WEEK
  local known = redis.call('HMGET', job, 'by', 'keep', 'failed', 'unknown')
  if known[1] then redis.call('HSET', job, 'state', state, 'ended', text(now)) end
  if state == 'done' and not known[3] and not known[4] then keep = known[2] or DAY end
  redis.call('ZREM', P .. 'jobs', j)
  for _, kind in ipairs { 'job:', 'result:' } do redis.call('PEXPIRE', P .. kind .. j, keep) end
end
-- Ends a job before its entries. Entries outside of the lanes stay for the records.
local function end_early(j, state)
  end_job(j, state)
  redis.call('PEXPIRE', P .. 'aside:' .. j, WEEK)
  for _, lane in ipairs { 'urgent', 'bulk' } do redis.call('ZREM', P .. 'later:' .. lane, j) end
  less_waiting(redis.call('XLEN', P .. 'aside:' .. j))
end
-- Writes what became of an entry; its last record wins. Tells whether the job ends.
local function record(j, first, items, counts, details)
  local job, result = P .. 'job:' .. j, P .. 'result:' .. j
  local own = first == '1' and redis.call('HGET', job, 'first')
  local known = own or redis.call('HGET', result, first) or ''
  local before = { string.match(known, '^(%d+) (%d+) (%d+) (%d+)') }
  for i, name in ipairs(COUNTS) do
    local change = counts[i] - (before[i] or 0)
    if change ~= 0 and redis.call('HINCRBY', job, name, text(change)) == 0 then
      redis.call('HDEL', job, name)
    end
  end
  local all, done = redis.call('HMGET', job, 'total', 'state', unpack(COUNTS)), 0
  local value = table.concat(counts, ' ') .. '\n' .. items .. '\n' .. details
  if own then redis.call('HDEL', job, 'first') end
  if first == '1' and #value <= 64 then -- a longer field would make the hash a large one
    redis.call('HSET', job, 'first', value)
    redis.call('HDEL', result, first)
  else
    redis.call('HSET', result, first, value)
  end
  redis.call('PEXPIRE', result, all[2] == 'done' and redis.call('PTTL', job) or 2 * WEEK)
  for i = 1, #COUNTS do done = done + (tonumber(all[i + 2]) or 0) end
  if not all[1] or done < tonumber(all[1]) or all[2] == 'cancelled' then return false end
  if all[2] ~= 'done' then end_job(j, 'done') end
  return true
end
local function attempt_of(lane, id)
  local known = redis.call('HGET', P .. 'sent:' .. lane, id)
  return string.match(known or '', '^[^\n]*'), known and string.find(known, '\n') and known
end
local function drop(lane, id)
  local was_there, _, mark = redis.call('XACK', P .. lane, 'workers', id), attempt_of(lane, id)
  redis.call('XDEL', P .. lane, id)
  if not mark then redis.call('HDEL', P .. 'sent:' .. lane, id) end
  if was_there == 1 then less_waiting(1) end
  return was_there == 1
end
]=]
