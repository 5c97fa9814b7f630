-- The scripts of workers, see keys.lua.

local HEAD = require "streamctl.queue.keys"

local scripts = {}

-- Takes entries: urgent before bulk, and before new ones those of dead workers, for which one
-- worker looks at a time. ARGV: worker, lease, "1": the urgent lane alone, how many of the bulk
-- lane. Answer: a word, how many workers ask, and after "paused" why; after "none" milliseconds
-- until a job is due, and "1" if there is one; after "entry", for each, lane, id, job, first item,
-- items, deliveries before, mark or "", stamp, operation, params, version, method, attempt.
scripts.take = HEAD .. [=[
local worker, lease, count = ARGV[2], ARGV[3], tonumber(ARGV[5])
local lanes = ARGV[4] == '1' and { 'urgent' } or { 'urgent', 'bulk' }
local is_new = redis.call('ZADD', P .. 'workers', text(now), worker) == 1
if is_new then redis.call('PEXPIRE', P .. 'workers', WEEK) end
local workers = redis.call('ZCARD', P .. 'workers')
local answer = { ARGV[1], 'entry', text(workers) }
local why = redis.call('GET', P .. 'paused')
if why then return { ARGV[1], 'paused', text(workers), why } end
local searches = lanes[2] and redis.call('SET', P .. 'searched', '', 'NX', 'PX', text(lease / 20))
if searches then
  redis.call('ZREMRANGEBYSCORE', P .. 'workers', '-inf', text(now - 60000))
  local j = redis.call('ZRANGEBYSCORE', P .. 'jobs', '-inf', text(now), 'LIMIT', 0, 1)[1]
  if j and not redis.call('HGET', P .. 'job:' .. j, 'total') then -- its adding has died
    end_early(j, 'expired')
  end
end
-- Moves entries of the job that is due first into its lane; the job's next turn is the last.
local function refill(lane)
  local later = P .. 'later:' .. lane
  local j = redis.call('ZRANGEBYSCORE', later, '-inf', text(now), 'LIMIT', 0, 1)[1]
  if not j then return false end
  local aside = P .. 'aside:' .. j
  local entries = redis.call('XRANGE', aside, '-', '+', 'COUNT', 50)
  for _, entry in ipairs(entries) do
    redis.call('XADD', P .. lane, '*', unpack(entry[2]))
    redis.call('XDEL', aside, entry[1])
  end
  if #entries == 50 then
    redis.call('ZADD', later, text(now), j)
  else
    redis.call('UNLINK', aside)
    redis.call('ZREM', later, j)
  end
  return #entries > 0
end
local function left_behind(key)
  local left = searches and redis.call('XPENDING', key, 'workers', 'IDLE', lease, '-', '+', 1)[1]
  if not left then return nil end
  redis.call('DEL', P .. 'searched') -- there may be more
  return redis.call('XCLAIM', key, 'workers', 'workers', lease, left[1])[1], left[4]
end
local function next_of(lane)
  local key = P .. lane
  local entry, deliveries = left_behind(key)
  if entry then return entry, deliveries end
  if lane == 'urgent' then refill(lane) end
  for _ = 1, 2 do
    local read = redis.call('XREADGROUP', 'GROUP', 'workers', 'workers', 'COUNT', 1, 'STREAMS', key,
      '>')
    if read then return read[1][2][1] end
    if not refill(lane) then return nil end
  end
end
local is_cut = false -- other entries may follow
for _, lane in ipairs(lanes) do
  local key = P .. lane
  local left = lane == 'bulk' and math.max(math.min(count, math.floor(8 / workers)), 1) or 1
  for i = 1, redis.call('EXISTS', key) * 100 do
    local entry, deliveries = next_of(lane)
    if not entry then break end
    is_cut = is_cut or i == 100
    local id, v, was_taken = entry[1], entry[2], (deliveries or 0) > 0
    local _, mark = attempt_of(id)
    local is_entry = #v == 6 and v[1] == 'j' and v[3] == 'f' and v[5] == 'i' and tonumber(v[4])
    local job = is_entry and redis.call('HMGET', P .. 'job:' .. v[2], 'v', 'state', 'stamp',
      'operation', 'params', 'ends', 'method') or {}
    if not is_entry then
      redis.call('XADD', P .. 'refused', 'MAXLEN', '~', 1000, '*', unpack(v, 1, math.min(#v, 100)))
      drop(key, id)
    elseif job[2] == 'cancelled' and not mark and was_taken then
      drop(key, id)
      record(v[2], v[4], v[6], { 0, count_of(v[6]), 0, 0 }, CANCELLED)
    elseif not job[1] or job[2] == 'cancelled' and not mark then
      if job[1] then redis.call('XADD', P .. 'aside:' .. v[2], '*', unpack(v)) end
      redis.call('PEXPIRE', P .. 'aside:' .. v[2], WEEK)
      drop(key, id)
    elseif job[1] == '1' and now > tonumber(job[6]) and not mark then
      drop(key, id)
      record(v[2], v[4], v[6], { 0, count_of(v[6]), 0, 0 }, was_taken and REPEATED or EXPIRED)
    else
      if job[2] == 'waiting' then redis.call('HSET', P .. 'job:' .. v[2], 'state', 'working') end
      if not mark then redis.call('HSET', P .. 'sent', id, ARGV[1]) end
      redis.call('PEXPIRE', P .. 'sent', 3 * WEEK)
      for _, value in ipairs { lane, id, v[2], v[4], v[6], text(deliveries or 0), mark or '',
        job[3] or v[2], job[4] or '', job[5] or '', job[1], job[7] or '', ARGV[1] } do
        answer[#answer + 1] = value
      end
      left = left - 1
      if left == 0 then return answer end
    end
  end
  if answer[4] then return answer end
end
local due = is_cut and 0 or math.huge
for _, lane in ipairs(lanes) do
  local soonest = redis.call('ZRANGE', P .. 'later:' .. lane, 0, 0, 'WITHSCORES')[2]
  due = math.min(due, soonest and math.max(soonest - now, 0) or due)
end
return { ARGV[1], 'none', text(workers), due < 1e12 and text(due) or '',
  text(redis.call('EXISTS', P .. 'jobs')) }
]=]

-- Notes that an entry's request goes out, unless another worker has the entry. ARGV: id, attempt,
-- query. Answer: "1" or "0".
scripts.mark = HEAD .. [=[
if attempt_of(ARGV[2]) ~= ARGV[3] then return { ARGV[1], '0' } end
redis.call('HSET', P .. 'sent', ARGV[2], ARGV[3] .. '\n' .. ARGV[4])
return { ARGV[1], '1' }
]=]

-- Writes what became of an entry. A late answer counts where its request had the mark. ARGV: lane,
-- id, attempt, job, first item, items, succeeded, failed, unknown, superseded, failures (JSON).
-- Answer: "1" or "late", and of a job that ends its orders and its stamp.
scripts.finish = HEAD .. [=[
local key, id, j, counts = P .. ARGV[2], ARGV[3], ARGV[5], { unpack(ARGV, 8, 11) }
local is_own, is_first = attempt_of(id) == ARGV[4], drop(key, id)
if not is_first and not is_own or redis.call('EXISTS', P .. 'job:' .. j) == 0 then
  return { ARGV[1], 'late' }
end
local ended = record(j, ARGV[6], ARGV[7], counts, ARGV[12])
if is_own then redis.call('HDEL', P .. 'sent', id) end
if not ended then return { ARGV[1], '1' } end
local known = redis.call('HMGET', P .. 'job:' .. j, 'orders', 'stamp')
return { ARGV[1], '1', known[1] or '[]', known[2] or j }
]=]

-- Gives an entry back whose request was certainly not executed. ARGV: lane, id, attempt, deliveries
-- that count or "" for all, "1": for the next worker at once, lease.
scripts.give_back = HEAD .. [=[
local key, id = P .. ARGV[2], ARGV[3]
local pending = attempt_of(id) == ARGV[4] and redis.call('XPENDING', key, 'workers', id, id, 1)[1]
if not pending then return { ARGV[1], '0' } end
redis.call('HDEL', P .. 'sent', id)
if ARGV[6] == '1' then redis.call('DEL', P .. 'searched') end
redis.call('XCLAIM', key, 'workers', 'workers', 0, id, 'IDLE', ARGV[6] == '1' and ARGV[7]
  or pending[3], 'RETRYCOUNT', ARGV[5] ~= '' and ARGV[5] or pending[4], 'JUSTID')
return { ARGV[1], '1' }
]=]

return scripts
