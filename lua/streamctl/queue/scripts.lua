-- The scripts of the queue, which run inside Redis on the keys of one account. KEYS[1] is what all
-- keys of the account begin with, ARGV[1] the token of the question, which begins each answer.
--
-- * `urgent`, `bulk`: the lanes, streams with the group `workers`. An entry is a request: `j`, the
--   job's number; `f`, the number of its first item; `i`, its items as a JSON list
-- * `aside:N`: a stream of entries of job N until the job is complete and due
-- * `later:urgent`, `later:bulk`: sorted sets of jobs aside, by when they are due
-- * `jobs`: a sorted set of open jobs, by when they end; `waiting`: how many entries they have
-- * `job:N`: a hash of what the job is, and its counts; `result:N`: a hash by first item, of the
--   counts, items and failures of an entry, each on a line
-- * `sent`: a hash by entry, of the attempt and its query; `paused`: why; `refused`: a stream of
--   entries that are none
--
-- Times are milliseconds of the server's clock.

local scripts = {}

local HEAD = [=[
local P, time = KEYS[1], redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local WEEK = 604800000
local EXPIRED = '[{"code":"expired","message":"expired: never sent within the time of the job"}]'
local COUNTS = { 'ok', 'failed', 'unknown', 'superseded' }
local function text(number) return string.format('%.0f', number) end
local function less_waiting(count)
  local is_open = redis.call('EXISTS', P .. 'jobs') == 1
  if not is_open then return redis.call('DEL', P .. 'waiting') end
  redis.call('DECRBY', P .. 'waiting', text(count))
end
local function end_job(j, state)
  redis.call('HSET', P .. 'job:' .. j, 'state', state, 'ended', text(now))
  redis.call('ZREM', P .. 'jobs', j)
  for _, kind in ipairs { 'job:', 'result:' } do redis.call('PEXPIRE', P .. kind .. j, WEEK) end
end
-- Ends a job before its entries; those that are in no lane yet stay for its records.
local function end_early(j, state)
  end_job(j, state)
  redis.call('PEXPIRE', P .. 'aside:' .. j, WEEK)
  for _, lane in ipairs { 'urgent', 'bulk' } do redis.call('ZREM', P .. 'later:' .. lane, j) end
  less_waiting(redis.call('XLEN', P .. 'aside:' .. j))
end
-- Writes what became of an entry; its last record wins. Tells whether the job ends.
local function record(j, first, items, counts, details)
  local job, result = P .. 'job:' .. j, P .. 'result:' .. j
  local known = redis.call('HGET', result, first) or ''
  local before = { string.match(known, '^(%d+) (%d+) (%d+) (%d+)') }
  for i, name in ipairs(COUNTS) do
    local change = counts[i] - (before[i] or 0)
    if change ~= 0 then redis.call('HINCRBY', job, name, text(change)) end
  end
  redis.call('HSET', result, first, table.concat(counts, ' ') .. '\n' .. items .. '\n' .. details)
  redis.call('PEXPIRE', result, 2 * WEEK)
  local all, done = redis.call('HMGET', job, 'total', 'state', unpack(COUNTS)), 0
  for i = 1, #COUNTS do done = done + (tonumber(all[i + 2]) or 0) end
  if not all[1] or done < tonumber(all[1]) or all[2] == 'cancelled' then return false end
  if all[2] ~= 'done' then end_job(j, 'done') end
  return true
end
local function drop(key, id)
  local was_there = redis.call('XACK', key, 'workers', id)
  redis.call('XDEL', key, id)
  if was_there == 1 then less_waiting(1) end
  return was_there == 1
end
]=]

-- Adds entries to a job, and makes the job with the first. A repeat adds nothing. ARGV: number,
-- name of this adding, items before these, items with these, most entries of the account, "1": the
-- job is complete, lane, at, within, how many texts follow of entries (`f` and `i`), these, then
-- names and values of the job. Answer: "added", "taken", "full", "cancelled" or "lost".
scripts.add = HEAD .. [=[
local j, by, before, after, most = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6])
local is_last, lane, at, count = ARGV[7] == '1', ARGV[8], tonumber(ARGV[9]), tonumber(ARGV[11])
local job, aside = P .. 'job:' .. j, P .. 'aside:' .. j
local known = redis.call('HMGET', job, 'by', 'added', 'state', 'ends')
if known[1] and known[1] ~= by then return { ARGV[1], 'taken' } end
if known[1] and known[2] == after then return { ARGV[1], 'added' } end
if known[3] == 'cancelled' or known[3] == 'expired' then return { ARGV[1], known[3] } end
if (tonumber(known[2]) or 0) ~= before then return { ARGV[1], 'lost' } end
if (tonumber(redis.call('GET', P .. 'waiting')) or 0) + count / 2 > most then
  return { ARGV[1], 'full' }
end
local ends = tonumber(known[4]) or math.max(at, now) + tonumber(ARGV[10])
if not known[1] then
  redis.call('HSET', job, 'v', '1', 'by', by, 'state', 'adding', 'lane', lane, 'at', text(at),
    'ends', text(ends), 'began', text(now), 'ok', 0, 'failed', 0, 'unknown', 0, 'superseded', 0)
  redis.call('ZADD', P .. 'jobs', text(ends), j)
  for _, name in ipairs { 'urgent', 'bulk' } do
    redis.pcall('XGROUP', 'CREATE', P .. name, 'workers', '0', 'MKSTREAM')
    redis.call('PEXPIRE', P .. name, 3 * WEEK)
  end
end
for i = 12 + count, #ARGV, 2 do redis.call('HSET', job, ARGV[i], ARGV[i + 1]) end
local goes_on = is_last and before == 0 and at <= now
for i = 12, 11 + count, 2 do
  redis.call('XADD', goes_on and P .. lane or aside, '*', 'j', j, 'f', ARGV[i], 'i', ARGV[i + 1])
end
redis.call('INCRBY', P .. 'waiting', text(count / 2))
redis.call('HSET', job, 'added', after)
if is_last then
  redis.call('HSET', job, 'total', after, 'state', 'waiting')
  if not goes_on then redis.call('ZADD', P .. 'later:' .. lane, text(at), j) end
end
for _, key in ipairs { job, aside } do redis.call('PEXPIREAT', key, text(ends + WEEK)) end
for _, name in ipairs { 'jobs', 'waiting', 'sent', 'later:' .. lane } do
  redis.call('PEXPIRE', P .. name, 3 * WEEK)
end
return { ARGV[1], 'added' }
]=]

-- Takes an entry for a worker: urgent before bulk, and before new entries those that a dead worker
-- left. ARGV: consumer, lease, "1": the urgent lane alone, "1": search for what was left. Answer:
-- "paused" and why; "none" and milliseconds until a job is due; or "entry", lane, id, job, first
-- item, items, deliveries before this, the mark or "", age, operation, params, version.
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
  local key, before = P .. lane, 0
  local entry, deliveries = left_behind(key)
  if entry then return entry, deliveries end
  if lane == 'urgent' then refill(lane) end
  for _ = 1, 2 do
    local read = redis.call('XREADGROUP', 'GROUP', 'workers', consumer, 'COUNT', 1, 'STREAMS', key,
      '>')
    if read then return read[1][2][1], 0 end
    if not refill(lane) then return nil end
  end
end
for _, lane in ipairs(ARGV[4] == '1' and { 'urgent' } or { 'urgent', 'bulk' }) do
  local key = P .. lane
  for _ = 1, redis.call('EXISTS', key) * 100 do
    local entry, deliveries = next_of(lane)
    if not entry then break end
    local id, v = entry[1], entry[2]
    local is_entry = #v == 6 and v[1] == 'j' and v[3] == 'f' and v[5] == 'i' and tonumber(v[4])
    local job = is_entry and redis.call('HMGET', P .. 'job:' .. v[2], 'v', 'state', 'age',
      'operation', 'params', 'ends', 'method') or {}
    if not is_entry then
      redis.call('XADD', P .. 'refused', 'MAXLEN', '~', 1000, '*', unpack(v))
      drop(key, id)
    elseif not job[1] or job[2] == 'cancelled' then
      if job[1] then redis.call('XADD', P .. 'aside:' .. v[2], '*', unpack(v)) end
      drop(key, id)
    elseif job[1] == '1' and now > tonumber(job[6]) and not redis.call('HGET', P .. 'sent', id) then
      drop(key, id)
      record(v[2], v[4], v[6], { 0, #cjson.decode(v[6]), 0, 0 }, EXPIRED)
    else
      if job[2] == 'waiting' then redis.call('HSET', P .. 'job:' .. v[2], 'state', 'working') end
      return { ARGV[1], 'entry', lane, id, v[2], v[4], v[6], text(deliveries),
        redis.call('HGET', P .. 'sent', id) or '', job[3] or '', job[4] or '', job[5] or '',
        job[1], job[7] }
    end
  end
end
local due = math.huge
for _, lane in ipairs { 'urgent', 'bulk' } do
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
return { ARGV[1], '1' }
]=]

-- Writes what became of an entry. A late answer counts where its request had the mark. ARGV: lane,
-- id, attempt, job, first item, items, ok, failed, unknown, superseded, failures (JSON). Answer:
-- "1" or "late", and of a job that ends its orders and its age.
scripts.finish = HEAD .. [=[
local key, id, j, counts = P .. ARGV[2], ARGV[3], ARGV[5], { unpack(ARGV, 8, 11) }
local mark = string.match(redis.call('HGET', P .. 'sent', id) or '', '^[^\n]*')
local is_first = drop(key, id)
if not is_first and mark ~= ARGV[4] then return { ARGV[1], 'late' } end
if redis.call('EXISTS', P .. 'job:' .. j) == 0 then return { ARGV[1], 'late' } end
local ended = record(j, ARGV[6], ARGV[7], counts, ARGV[12])
if mark == ARGV[4] then redis.call('HDEL', P .. 'sent', id) end
if not ended then return { ARGV[1], '1' } end
return { ARGV[1], '1', unpack(redis.call('HMGET', P .. 'job:' .. j, 'orders', 'age')) }
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

-- Ends a consumer; what it still has waits for its lease as before. ARGV: consumer.
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

-- Cancels a job. ARGV: number. Answer: its state before, "" without such a job, orders, age.
scripts.cancel = HEAD .. [=[
local job = P .. 'job:' .. ARGV[2]
local known = redis.call('HMGET', job, 'state', 'orders', 'age')
local state = known[1] or ''
if state ~= '' and state ~= 'done' and state ~= 'cancelled' and state ~= 'expired' then
  end_early(ARGV[2], 'cancelled')
end
return { ARGV[1], state, known[2] or '', known[3] or '' }
]=]

-- Pauses an account, or with an empty text lets it go on. ARGV: why.
scripts.pause = HEAD .. [=[
redis.call('SET', P .. 'paused', ARGV[2])
if ARGV[2] == '' then redis.call('DEL', P .. 'paused') end
return { ARGV[1] }
]=]

-- What jobs are. ARGV: numbers of jobs; none: all open jobs, 1000 at most. Answer: why the account
-- is paused or "", the server's time, how many entries wait, workers, refused entries; then for
-- each job its number and a JSON object of its fields, or "" without such a job.
scripts.status = HEAD .. [=[
local workers = 0
if redis.call('EXISTS', P .. 'bulk') == 1 then
  for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', P .. 'bulk', 'workers')) do
    if consumer[2] ~= 'left' then workers = workers + 1 end
  end
end
local refused = text(redis.call('XLEN', P .. 'refused'))
local answer = { ARGV[1], redis.call('GET', P .. 'paused') or '', text(now),
  redis.call('GET', P .. 'waiting') or '0', text(workers), refused }
local numbers = { unpack(ARGV, 2) }
if #numbers == 0 then numbers = redis.call('ZRANGE', P .. 'jobs', 0, 999) end
for _, j in ipairs(numbers) do
  local fields, job = redis.call('HGETALL', P .. 'job:' .. j), {}
  for i = 1, #fields, 2 do job[fields[i]] = fields[i + 1] end
  answer[#answer + 1] = j
  answer[#answer + 1] = fields[1] and cjson.encode(job) or ''
end
return answer
]=]

-- A part of a job's entries. ARGV: kind ("result", "aside", "urgent" or "bulk"), number, from
-- where. Answer: from where to go on, "" at the end; then first item, counts or the mark, items,
-- failures.
scripts.entries = HEAD .. [=[
local kind, j, from = ARGV[2], ARGV[3], ARGV[4]
local answer = { ARGV[1], '' }
local function push(...) for _, value in ipairs { ... } do answer[#answer + 1] = value end end
if kind == 'result' then
  local found = redis.call('HSCAN', P .. 'result:' .. j, from, 'COUNT', 500)
  answer[2] = found[1] ~= '0' and found[1] or ''
  for i = 1, #found[2], 2 do
    push(found[2][i], string.match(found[2][i + 1], '^([^\n]*)\n([^\n]*)\n(.*)$'))
  end
  return answer
end
local key = kind == 'aside' and P .. 'aside:' .. j or P .. kind
local found = redis.call('XRANGE', key, from == '0' and '-' or '(' .. from, '+', 'COUNT', 500)
for _, entry in ipairs(found) do
  local v = entry[2]
  if v[2] == j then
    push(v[4], kind ~= 'aside' and redis.call('HGET', P .. 'sent', entry[1]) or '', v[6], '')
  end
end
if #found == 500 then answer[2] = found[500][1] end
return answer
]=]

-- What the server is. Answer: version, AOF, policy of eviction, replicas.
scripts.server = [=[
local info = ''
for _, part in ipairs { 'server', 'persistence', 'memory', 'replication' } do
  info = info .. redis.call('INFO', part)
end
local function field(name) return string.match(info, '\n' .. name .. ':([^\r\n]*)') or '' end
return { ARGV[1], field 'redis_version', field 'aof_enabled', field 'maxmemory_policy',
  field 'connected_slaves' }
]=]

-- Accounts with work, in a sorted set by when a job was added. ARGV: an account that has more work,
-- or "" to ask; the time from which on. Answer: the server's time, then accounts and times.
scripts.accounts = [=[
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
if ARGV[2] ~= '' then
  redis.call('ZADD', KEYS[1], now, ARGV[2])
  return { ARGV[1], now }
end
local answer = redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[3], '+inf', 'WITHSCORES')
table.insert(answer, 1, now)
table.insert(answer, 1, ARGV[1])
return answer
]=]

-- Forgets an account without work, unless a job was added since. ARGV: account, when it was added.
scripts.forget = [=[
local score = redis.call('ZSCORE', KEYS[1], ARGV[2])
if score == ARGV[3] then redis.call('ZREM', KEYS[1], ARGV[2]) end
return { ARGV[1] }
]=]

return scripts
