-- The scripts of workers, see keys.lua.

local HEAD = require "streamctl.queue.keys"

local scripts = {}

-- Takes an entry for a worker: urgent before bulk, and before new entries those that a dead worker
-- left. ARGV: consumer, lease, "1": the urgent lane alone, "1": search for what was left. Answer:
-- "paused" and why; "none" and milliseconds until a job is due; or "entry", lane, id, job, first
-- item, items, deliveries before this, the mark or "", stamp, operation, params, version, method,
-- "1": it was left.
scripts.take = HEAD .. [=[
local consumer, lease, searches = ARGV[2], ARGV[3], ARGV[5] == '1'
local why = redis.call('GET', P .. 'paused')
if why then return { ARGV[1], 'paused', why } end
if searches then
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
  if not searches then return nil end
  for _, other in ipairs(redis.call('XINFO', 'CONSUMERS', key, 'workers')) do
    if other[4] == 0 and other[6] > 3600000 then
      redis.call('XGROUP', 'DELCONSUMER', key, 'workers', other[2])
    end
  end
  local pending = redis.call('XPENDING', key, 'workers', 'IDLE', lease, '-', '+', 1)[1]
  if not pending then return nil end
  return redis.call('XCLAIM', key, 'workers', consumer, lease, pending[1])[1], pending[4]
end
local function next_of(lane)
  local key = P .. lane
  local entry, deliveries = left_behind(key)
  if entry then return entry, deliveries end
  if lane == 'urgent' then refill(lane) end
  for _ = 1, 2 do
    local read = redis.call('XREADGROUP', 'GROUP', 'workers', consumer, 'COUNT', 1, 'STREAMS', key,
      '>')
    if read then return read[1][2][1] end
    if not refill(lane) then return nil end
  end
end
local is_cut = false -- other entries may follow
local lanes = ARGV[4] == '1' and { 'urgent' } or { 'urgent', 'bulk' }
for _, lane in ipairs(lanes) do
  local key = P .. lane
  for i = 1, redis.call('EXISTS', key) * 100 do
    local entry, deliveries = next_of(lane)
    if not entry then break end
    is_cut = is_cut or i == 100
    local id, v, was_taken = entry[1], entry[2], (deliveries or 0) > 0
    local mark = redis.call('HGET', P .. 'sent', id)
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
      return { ARGV[1], 'entry', lane, id, v[2], v[4], v[6], text(deliveries or 0),
        mark or '', job[3] or v[2], job[4] or '', job[5] or '', job[1], job[7] or '',
        deliveries and '1' or '' }
    end
  end
end
local due = is_cut and 0 or math.huge
for _, lane in ipairs(lanes) do
  local soonest = redis.call('ZRANGE', P .. 'later:' .. lane, 0, 0, 'WITHSCORES')[2]
  due = math.min(due, soonest and math.max(soonest - now, 0) or due)
end
return { ARGV[1], 'none', due < 1e12 and text(due) or '', text(redis.call('EXISTS', P .. 'jobs')) }
]=]

-- Notes that an entry's request goes out, unless another worker has the entry or has noted that.
-- ARGV: lane, id, consumer, attempt, query. Answer: "1" or "0".
scripts.mark = HEAD .. [=[
local key, id, mark = P .. ARGV[2], ARGV[3], ARGV[5] .. '\n' .. ARGV[6]
local pending = redis.call('XPENDING', key, 'workers', id, id, 1, ARGV[4])[1]
if not pending then return { ARGV[1], '0' } end
local known = redis.call('HGET', P .. 'sent', id)
if known and string.match(known, '^[^\n]*') ~= ARGV[5] then return { ARGV[1], '0' } end
redis.call('HSET', P .. 'sent', id, mark)
redis.call('PEXPIRE', P .. 'sent', 3 * WEEK)
return { ARGV[1], '1' }
]=]

-- Writes what became of an entry. A late answer counts where its request had the mark. ARGV: lane,
-- id, attempt, job, first item, items, succeeded, failed, unknown, superseded, failures (JSON).
-- Answer: "1" or "late", and of a job that ends its orders and its stamp.
scripts.finish = HEAD .. [=[
local key, id, j, counts = P .. ARGV[2], ARGV[3], ARGV[5], { unpack(ARGV, 8, 11) }
local mark = string.match(redis.call('HGET', P .. 'sent', id) or '', '^[^\n]*')
local is_first = drop(key, id)
if not is_first and mark ~= ARGV[4] then return { ARGV[1], 'late' } end
if redis.call('EXISTS', P .. 'job:' .. j) == 0 then return { ARGV[1], 'late' } end
local ended = record(j, ARGV[6], ARGV[7], counts, ARGV[12])
if mark == ARGV[4] then redis.call('HDEL', P .. 'sent', id) end
if not ended then return { ARGV[1], '1' } end
local known = redis.call('HMGET', P .. 'job:' .. j, 'orders', 'stamp')
return { ARGV[1], '1', known[1] or '[]', known[2] or j }
]=]

-- Gives an entry back whose request was certainly not executed. ARGV: lane, id, consumer, attempt,
-- deliveries that count or "" for all, "1": for the next worker at once, lease.
scripts.give_back = HEAD .. [=[
local key, id, consumer = P .. ARGV[2], ARGV[3], ARGV[4]
local pending = redis.call('XPENDING', key, 'workers', id, id, 1, consumer)[1]
if not pending then return { ARGV[1], '0' } end
local mark = redis.call('HGET', P .. 'sent', id)
if mark and string.match(mark, '^[^\n]*') == ARGV[5] then redis.call('HDEL', P .. 'sent', id) end
local deliveries = ARGV[6] ~= '' and ARGV[6] or pending[4]
local idle = ARGV[7] == '1' and ARGV[8] or pending[3]
redis.call('XCLAIM', key, 'workers', ARGV[7] == '1' and 'left' or consumer, 0, id, 'IDLE', idle,
  'RETRYCOUNT', deliveries, 'JUSTID')
return { ARGV[1], '1' }
]=]

-- Ends a consumer. Its entries come again at the end of their leases. ARGV: consumer.
scripts.leave = HEAD .. [=[
for _, lane in ipairs { 'urgent', 'bulk' } do
  local key = P .. lane
  if redis.call('EXISTS', key) == 1 then
    for _, pending in ipairs(redis.call('XPENDING', key, 'workers', '-', '+', 1000, ARGV[2])) do
      redis.call('XCLAIM', key, 'workers', 'left', 0, pending[1], 'IDLE', pending[3], 'RETRYCOUNT',
        pending[4], 'JUSTID')
    end
    if not redis.call('XPENDING', key, 'workers', '-', '+', 1, ARGV[2])[1] then
      redis.call('XGROUP', 'DELCONSUMER', key, 'workers', ARGV[2])
    end
  end
end
return { ARGV[1] }
]=]

return scripts
