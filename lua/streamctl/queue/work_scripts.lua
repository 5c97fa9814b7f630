-- The scripts of workers, see keys.lua.

local HEAD = require "streamctl.queue.keys"

local scripts = {}

-- Takes an entry: urgent before bulk, and before new entries those of dead workers, for which one
-- worker looks at a time. A new entry stays until the next slot of its operation is near. ARGV:
-- account, worker, lease, "1": the urgent lane alone, how near (ms). Answer: "entry", how many
-- workers ask, and the entry as JSON: what it is, and what carrying it out needs of its job; or
-- "none", workers, milliseconds until there may be one or "".
local TAKE = [=[
local account, worker, lease, near = ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[6])
local lanes = ARGV[5] == '1' and { 'urgent' } or { 'urgent', 'bulk' }
if redis.call('ZADD', P .. 'workers', text(now), worker) == 1 then
  redis.call('PEXPIRE', P .. 'workers', WEEK)
end
local ENDED = '[{"code":"%s","outcome":"failed","message":"%s: never sent within the time of the job"}]'
local AGAIN = '[{"code":"%s","outcome":"failed","maybe_sent":true,"message":"%s: not sent again; if it '
  .. 'may be repeated, an earlier request may have been executed"}]'
local workers, due = text(redis.call('ZCARD', P .. 'workers')), math.huge
local searches = lanes[2] and redis.call('SET', P .. 'searched', '', 'NX', 'PX', text(lease / 20))
if redis.call('EXISTS', P .. 'paused') == 1 then
  push('none', workers, '')
  return answer
end
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
-- Milliseconds until the slot of a lane's next entry, which the store has (redis_scripts.lua).
local function slot_of(key)
  local group = redis.call('XINFO', 'GROUPS', key)[1]
  local entry = group and redis.call('XRANGE', key, '(' .. group[8], '+', 'COUNT', 1)[1]
  local name = entry and redis.call('HGET', P .. 'job:' .. (entry[2][2] or ''), 'operation')
  local before, after = string.match(P, '^(.*}:)queue(:.*)$')
  local slot = name and redis.call('GET', before .. 'slot' .. after .. name)
  return (tonumber(slot or 0) or 0) / 1000 - now
end
local function next_of(lane)
  local key = P .. lane
  local left = searches and redis.call('XPENDING', key, 'workers', 'IDLE', lease, '-', '+', 1)[1]
  if left then
    redis.call('DEL', P .. 'searched') -- there may be more
    return redis.call('XCLAIM', key, 'workers', 'workers', lease, left[1])[1], left[4]
  end
  if lane == 'urgent' then refill(lane) end
  for _ = 1, 2 do
    local wait = slot_of(key) - near
    if wait > 0 then
      due = math.min(due, wait)
      return nil
    end
    local read = redis.call('XREADGROUP', 'GROUP', 'workers', 'workers', 'COUNT', 1, 'STREAMS', key,
      '>')
    if read then return read[1][2][1] end
    if not refill(lane) then return nil end
  end
end
for _, lane in ipairs(lanes) do
  local key = P .. lane
  for i = 1, redis.call('EXISTS', key) * 100 do
    local entry, deliveries = next_of(lane)
    if not entry then break end
    if i == 100 then due = 0 end -- others may follow
    local id, v, was_taken = entry[1], entry[2], (deliveries or 0) > 0
    local _, mark = attempt_of(lane, id)
    local is_entry = #v == 6 and v[1] == 'j' and v[3] == 'f' and v[5] == 'i' and tonumber(v[4])
    local job = is_entry and redis.call('HMGET', P .. 'job:' .. v[2], 'v', 'state', 'stamp',
      'operation', 'params', 'ends', 'method') or {}
    if not is_entry then
      drop(lane, id)
    elseif not job[1] or job[2] == 'cancelled' and not mark and not was_taken then
      if job[1] then redis.call('XADD', P .. 'aside:' .. v[2], '*', unpack(v)) end
      redis.call('PEXPIRE', P .. 'aside:' .. v[2], WEEK)
      drop(lane, id)
    elseif not mark and (job[2] == 'cancelled' or job[1] == '1' and now > tonumber(job[6])) then
      drop(lane, id)
      local code = job[2] == 'cancelled' and job[2] or 'expired'
      record(v[2], v[4], v[6], { 0, count_of(v[6]), 0, 0 },
        string.format(was_taken and AGAIN or ENDED, code, code))
    else
      if job[2] == 'waiting' then redis.call('HSET', P .. 'job:' .. v[2], 'state', 'working') end
      if not mark then redis.call('HSET', P .. 'sent:' .. lane, id, ARGV[1]) end
      redis.call('PEXPIRE', P .. 'sent:' .. lane, 3 * WEEK)
      push('entry', workers, cjson.encode { lane = lane, id = id, job = v[2], first = v[4],
        text = v[6], deliveries = deliveries or 0, attempt = ARGV[1], mark = mark,
        version = job[1], stamp = job[3] or v[2], operation = job[4] or '', params = job[5],
        method = job[7] })
      return answer
    end
  end
end
for _, lane in ipairs(lanes) do
  local soonest = redis.call('ZRANGE', P .. 'later:' .. lane, 0, 0, 'WITHSCORES')[2]
  due = math.min(due, soonest and math.max(soonest - now, 0) or due)
end
local left = redis.call('EXISTS', P .. 'jobs')
for _, lane in ipairs { 'urgent', 'bulk' } do left = left + redis.call('XLEN', P .. lane) end
if left == 0 then redis.call('ZREM', ACCOUNTS, account) end
push('none', workers, due < 1e12 and text(due) or '')
return answer
]=]

scripts.take = HEAD .. TAKE

-- Notes that an entry's request goes out, unless another worker has the entry. ARGV: lane, id,
-- attempt, query. Answer: "1" or "0".
scripts.mark = HEAD .. [=[
local lane, id, attempt = unpack(ARGV, 2, 4)
if attempt_of(lane, id) ~= attempt then return { ARGV[1], '0' } end
redis.call('HSET', P .. 'sent:' .. lane, id, attempt .. '\n' .. ARGV[5])
return { ARGV[1], '1' }
]=]

-- Writes what became of an entry, and takes the next one. A late answer counts where its request
-- had the mark. ARGV: as of `take`, or five times "" to take none; lane, id, attempt, job, first
-- item, items, succeeded, failed, unknown, superseded, failures (JSON). Answer: "1" or "late", and
-- of a job that ends its orders and its stamp, else ""; then the answer of `take`.
scripts.finish = HEAD .. [=[
local lane, id, attempt, j, first, items = unpack(ARGV, 7, 12)
local is_own, is_first = attempt_of(lane, id) == attempt, drop(lane, id)
if not is_first and not is_own or redis.call('EXISTS', P .. 'job:' .. j) == 0 then
  push('late', '', '')
else
  local ended = record(j, first, items, { unpack(ARGV, 13, 16) }, ARGV[17])
  local known = ended and redis.call('HMGET', P .. 'job:' .. j, 'orders', 'stamp')
  push('1', known and (known[1] or '[]') or '', known and (known[2] or j) or '')
  if is_own then redis.call('HDEL', P .. 'sent:' .. lane, id) end
end
if ARGV[2] == '' then return answer end
]=] .. TAKE

-- Gives an entry back whose request was certainly not executed. ARGV: lane, id, attempt, deliveries
-- that count or "" for all, "1": for the next worker at once, lease.
scripts.give_back = HEAD .. [=[
local lane, id = ARGV[2], ARGV[3]
local key = P .. lane
local pending = attempt_of(lane, id) == ARGV[4] and redis.call('XPENDING', key, 'workers', id, id, 1)[1]
if not pending then return { ARGV[1], '0' } end
redis.call('HDEL', P .. 'sent:' .. lane, id)
if ARGV[6] == '1' then redis.call('DEL', P .. 'searched') end
redis.call('XCLAIM', key, 'workers', 'workers', 0, id, 'IDLE', ARGV[6] == '1' and ARGV[7]
  or pending[3], 'RETRYCOUNT', ARGV[5] ~= '' and ARGV[5] or pending[4], 'JUSTID')
return { ARGV[1], '1' }
]=]

return scripts
