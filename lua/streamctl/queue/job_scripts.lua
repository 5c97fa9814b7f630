-- The scripts about jobs and accounts, see keys.lua.

local HEAD = require "streamctl.queue.keys"

local scripts = {}

-- Adds entries to a job, and makes the job with the first. A repeat adds nothing. ARGV: account,
-- number, name of this adding, items before these, items with these, most entries of the account,
-- "1": the job is complete, lane, not before, lifetime, how many texts follow of entries (`f` and
-- `i`), these, then names and values of the job. Answer: "added", "taken", "full", "cancelled" or
-- "lost".
scripts.add = HEAD .. [=[
local _, account, j, by, before, after, most, is_last, lane, at, lifetime, count
  = unpack(ARGV, 1, 12)
before, at, count, is_last = tonumber(before), tonumber(at), tonumber(count), is_last == '1'
local job, aside = P .. 'job:' .. j, P .. 'aside:' .. j
local known = redis.call('HMGET', job, 'by', 'added', 'state', 'ends', 'total')
local added = known[2] or known[5]
if known[1] and known[1] ~= by then return { ARGV[1], 'taken' } end
if known[1] and added == after then return { ARGV[1], 'added' } end
if known[3] == 'cancelled' or known[3] == 'expired' then return { ARGV[1], known[3] } end
if (tonumber(added) or 0) ~= before then return { ARGV[1], 'lost' } end
if (tonumber(redis.call('GET', P .. 'waiting')) or 0) + count / 2 > tonumber(most) then
  return { ARGV[1], 'full' }
end
local ends = tonumber(known[4]) or math.max(at, now) + lifetime
if not known[1] then
  redis.call('HSET', job, 'v', '1', 'by', by, 'state', 'adding', 'ends', text(ends), 'began',
    text(now))
  redis.call('ZADD', P .. 'jobs', text(ends), j)
  for _, name in ipairs { 'urgent', 'bulk' } do
    redis.pcall('XGROUP', 'CREATE', P .. name, 'workers', '0', 'MKSTREAM')
    redis.call('PEXPIRE', P .. name, 3 * WEEK)
  end
end
for i = 13 + count, #ARGV, 2 do
  if ARGV[i + 1] ~= j then redis.call('HSET', job, ARGV[i], ARGV[i + 1]) end -- the stamp, mostly
end
local goes_on = is_last and before == 0 and at <= now
for i = 13, 12 + count, 2 do
  redis.call('XADD', goes_on and P .. lane or aside, '*', 'j', j, 'f', ARGV[i], 'i', ARGV[i + 1])
end
redis.call('INCRBY', P .. 'waiting', text(count / 2))
redis.call('HSET', job, 'added', after)
if is_last then
  redis.call('HSET', job, 'total', after, 'state', 'waiting')
  redis.call('HDEL', job, 'added')
  if not goes_on then redis.call('ZADD', P .. 'later:' .. lane, text(at), j) end
end
for _, key in ipairs { job, aside } do redis.call('PEXPIREAT', key, text(ends + WEEK)) end
for _, name in ipairs { 'jobs', 'waiting', 'sent:' .. lane, 'later:' .. lane } do
  redis.call('PEXPIRE', P .. name, 3 * WEEK)
end
local last = redis.call('ZSCORE', ACCOUNTS, account) or 0
redis.call('ZADD', ACCOUNTS, text(math.max(now, last + 1)), account)
redis.call('PEXPIRE', ACCOUNTS, 3 * WEEK)
return { ARGV[1], 'added' }
]=]

-- Cancels a job. ARGV: number, and the name of its adding where the adding process cancels. Answer:
-- "1", "0" (it had ended before) or "" (there is no such job), orders, stamp.
scripts.cancel = HEAD .. [=[
local job = P .. 'job:' .. ARGV[2]
local known = redis.call('HMGET', job, 'by', 'orders', 'stamp')
if not known[1] or ARGV[3] and known[1] ~= ARGV[3] then return { ARGV[1], '', '', '' } end
local is_open = redis.call('ZSCORE', P .. 'jobs', ARGV[2])
if is_open then end_early(ARGV[2], 'cancelled') end
return { ARGV[1], is_open and '1' or '0', known[2] or '', known[3] or ARGV[2] }
]=]

-- Pauses an account, or with an empty text lets it go on. ARGV: why; "known", if only an account
-- with open jobs is paused. Answer: "unknown", if it has none.
scripts.pause = HEAD .. [=[
if ARGV[3] == 'known' and redis.call('EXISTS', P .. 'jobs') == 0 then
  return { ARGV[1], 'unknown' }
end
redis.call('SET', P .. 'paused', ARGV[2])
if ARGV[2] == '' then redis.call('DEL', P .. 'paused') end
return { ARGV[1] }
]=]

-- What jobs are. ARGV: numbers of jobs; none: all open jobs, 1000 at most. Answer: why the account
-- is paused or "", how many entries wait, workers; then each job's number and a JSON object of its
-- fields, or "" without such a job. What may be under way of a cancelled job counts as unknown.
scripts.status = HEAD .. [=[
local function under_way(j, lane)
  local sent, count = redis.call('HGETALL', P .. 'sent:' .. lane), 0
  for i = 1, #sent, 2 do
    local id = string.find(sent[i + 1], '\n') and sent[i]
    local entry = id and redis.call('XRANGE', P .. lane, id, id)[1]
    if entry and entry[2][2] == j then count = count + count_of(entry[2][6]) end
  end
  return count
end
push(redis.call('GET', P .. 'paused') or '', redis.call('GET', P .. 'waiting') or '0',
  text(redis.call('ZCOUNT', P .. 'workers', text(now - 60000), '+inf')))
local all = not ARGV[2] and redis.call('ZRANGE', P .. 'jobs', 0, 999)
for _, j in ipairs(all or { unpack(ARGV, 2) }) do
  local fields, job = redis.call('HGETALL', P .. 'job:' .. j), {}
  for i = 1, #fields, 2 do job[fields[i]] = fields[i + 1] end
  if job.state == 'cancelled' then
    job.unknown = text((job.unknown or 0) + under_way(j, job.lane or 'bulk'))
  end
  push(j, fields[1] and cjson.encode(job) or '')
end
return answer
]=]

-- How much an account has. Answer, for the urgent lane and for the bulk lane: entries that wait,
-- that workers have, and that are later, and milliseconds since the oldest of them was due.
scripts.lengths = HEAD .. [=[
local function due(j)
  local job = redis.call('HMGET', P .. 'job:' .. j, 'began', 'at')
  return math.max(tonumber(job[1]) or now, tonumber(job[2]) or 0)
end
for _, lane in ipairs { 'urgent', 'bulk' } do
  local key, later = P .. lane, 0
  local taken = redis.pcall('XPENDING', key, 'workers')[1] or 0 -- there may be no lane
  local first = redis.call('XRANGE', key, '-', '+', 'COUNT', 1)[1]
  local oldest = math.min(now, first and due(first[2][2] or '') or now)
  for _, j in ipairs(redis.call('ZRANGE', P .. 'later:' .. lane, 0, 999)) do
    later, oldest = later + redis.call('XLEN', P .. 'aside:' .. j), math.min(oldest, due(j))
  end
  push(text(redis.call('XLEN', key) - taken), text(taken), text(later), text(now - oldest))
end
return answer
]=]

-- A part of a job's entries. ARGV: kind ("result", "aside", "urgent" or "bulk"), number, from
-- where. Answer: from where to go on, "" at the end; then first item, items, failures or the mark.
scripts.entries = HEAD .. [=[
local kind, j, from = ARGV[2], ARGV[3], ARGV[4]
push ''
if kind == 'result' then
  local found = redis.call('HSCAN', P .. 'result:' .. j, from, 'COUNT', 500)
  local list, own = found[2], from == '0' and redis.call('HGET', P .. 'job:' .. j, 'first')
  answer[2] = found[1] ~= '0' and found[1] or ''
  if own then list[#list + 1], list[#list + 2] = '1', own end
  for i = 1, #list, 2 do push(list[i], string.match(list[i + 1], '\n([^\n]*)\n(.*)$')) end
  return answer
end
local key = kind == 'aside' and P .. 'aside:' .. j or P .. kind
local found = redis.call('XRANGE', key, from == '0' and '-' or '(' .. from, '+', 'COUNT', 500)
for _, entry in ipairs(found) do
  local v = entry[2]
  if v[2] == j then
    push(v[4], v[6], kind ~= 'aside' and select(2, attempt_of(kind, entry[1])) or '')
  end
end
if #found == 500 then answer[2] = found[500][1] end
return answer
]=]

-- Answer: what the server is, and its time in seconds.
scripts.server = "return { ARGV[1], redis.call('INFO'), redis.call('TIME')[1] }"

-- Accounts with work. ARGV: the time from which on they have it; "" or milliseconds between the
-- questions of a group of workers; the group. Answer: the server's time, milliseconds until this
-- worker asks again, then accounts and times.
scripts.accounts = HEAD .. [=[
local turns = ACCOUNTS .. '=turn:' .. (ARGV[4] or '')
local turn = math.max(tonumber(redis.call('GET', turns)) or 0, now)
turn = math.min(turn + (tonumber(ARGV[3]) or 0), now + 8000)
if ARGV[3] ~= '' then redis.call('SET', turns, text(turn), 'PX', 60000) end
push(text(now), text(turn - now))
for _, value in ipairs(redis.call('ZRANGEBYSCORE', ACCOUNTS, ARGV[2], '+inf', 'WITHSCORES')) do
  push(value)
end
return answer
]=]

return scripts
