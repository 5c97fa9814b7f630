-- The scripts that run inside Redis, one for each method of the store; `enter` has that of `stamp`.
--
-- Every answer begins with the token of its question (ARGV[1]), so that no caller takes the late
-- answer to an earlier question. Numbers are text, without exponent.

local scripts = {}

local WHOLE = [[
local function whole(text)
  local number = tonumber(text)
  if not text then return nil end
  if not number or not string.find(text, '^%d+$') or number > 9007199254740992 then
    error('a key of the store holds no number', 0)
  end
  return number
end
-- An account's number, and the last one before it jumped, if that is known.
local function counter(key)
  local text = redis.call('GET', key)
  local last, used = string.match(text or '', '^(%d+) (%d+)$')
  return whole(last or text), whole(used)
end
]]

-- Times are the server's, which all share. The key of a rate holds the time of its next slot.
local RESERVE = WHOLE .. [[
local time = redis.call('TIME')
local function reserve(key, interval, limit)
  local now = time[1] * 1000000 + time[2]
  local slot = math.max(whole(redis.call('GET', key)) or 0, now)
  local delay = slot - now
  if delay <= limit then
    slot = math.min(slot + interval, 9007199254740992)
    local keep = math.min(math.ceil((slot - now) / 1000) + 1000, 1e12)
    redis.call('SET', key, string.format('%.0f', slot), 'PX', string.format('%.0f', keep))
  end
  return string.format('%.0f', delay), delay <= limit
end
]]

-- Open stamps are a sorted set, with their ends; newer intents (`=kept`) one by their stamps.
local OPEN = RESERVE .. [[
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function oldest_of(open)
  while open do
    local stamp, ends = string.match(redis.call('ZRANGE', open, 0, 0)[1] or '', '^(%d+) (%d+)$')
    if not stamp or now < tonumber(ends) then return tonumber(stamp) end
    redis.call('ZREMRANGEBYRANK', open, 0, 0)
  end
end
]]

-- The number is not below the server's clock either (milliseconds): a server that has lost its
-- last second, or a replica that never had it, gives no number twice. Before the clock makes it
-- jump the last number is kept, as in csrc/core/store/cells.c. KEYS: the account's number, its open
-- stamps, the intents of the resources, the rate. ARGV: token, floor, since or "", exact, how long
-- to keep the number and the intents (ms), back or "", how long the number is open (ms) or "", and
-- to reserve a slot with the number: interval and limit of the rate (microseconds). Answer: token,
-- outcome, number or last, dropped indexes, delay.
scripts.stamp = OPEN .. [[
local slot, slot_delay, has_slot = ARGV[10] and table.remove(KEYS), nil, nil
local floor, since, exact = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4] == '1'
local back = tonumber(ARGV[7]) or math.huge
local last, used = counter(KEYS[1])
local before, dropped, is_dropped, oldest = {}, {}, {}, oldest_of(KEYS[2])
local function resource(i) return string.match(KEYS[i + 2], '=(.*)$') end
if #KEYS > 2 then
  local texts = redis.call('MGET', unpack(KEYS, 3))
  for i = 1, #texts do
    local kept = oldest and redis.call('ZSCORE', KEYS[2] .. '=kept', resource(i))
    before[i] = math.max(whole(texts[i]) or 0, tonumber(kept) or 0)
    local newest = before[i]
    if since and newest > (newest >= back and back or since) then
      dropped[#dropped + 1], is_dropped[i] = string.format('%d', i), true
    end
  end
  if #dropped == #texts then return { ARGV[1], 'superseded', '', table.concat(dropped, ' ') } end
end
local function text(value) return string.format('%.0f', value) end
if exact and last and floor <= last then return { ARGV[1], 'below', text(last), '' } end
if last and last >= 9007199254740992 then return { ARGV[1], 'full', '', '' } end
if slot then slot_delay, has_slot = reserve(slot, tonumber(ARGV[9]), tonumber(ARGV[10])) end
if slot and not has_slot then return { ARGV[1], 'late', '', '', slot_delay } end
local number = floor
if not exact then number = math.max(floor, now) end
local low = last and last >= back and (used or 0) or last or 0
if low >= number then number = low + 1 end
local memory = tonumber(ARGV[6])
if last and number > last + memory then
  used = last
elseif number > floor + memory then
  used = number
end
redis.call('SET', KEYS[1], text(number) .. (used and ' ' .. text(used) or ''), 'PX', ARGV[5])
for i = 1, #KEYS - 2 do
  if not is_dropped[i] then
    local known = not last and before[i] or 0
    local stamp = since and math.min(since, number) or math.max(number, known)
    redis.call('SET', KEYS[i + 2], text(stamp), 'PX', ARGV[6])
    if oldest and stamp > oldest then
      redis.call('ZADD', KEYS[2] .. '=kept', text(stamp), resource(i))
    end
  end
end
local left = KEYS[2] and math.max(redis.call('PTTL', KEYS[2]), 1)
if oldest then redis.call('PEXPIRE', KEYS[2] .. '=kept', left) end
local open_ms = tonumber(ARGV[8])
if open_ms then
  redis.call('ZADD', KEYS[2], text(number), text(number) .. ' ' .. text(now + open_ms))
  redis.call('PEXPIRE', KEYS[2], text(math.max(left, open_ms)))
end
return { ARGV[1], 'taken', text(number), table.concat(dropped, ' '), slot_delay }
]]

-- Forgets intents that no open stamp is older than, so many at most. KEYS: the open stamps. ARGV:
-- token, stamp. Answer: token.
scripts.close = OPEN .. [[
redis.call('ZREMRANGEBYSCORE', KEYS[1], ARGV[2], ARGV[2])
local oldest, kept = oldest_of(KEYS[1]), KEYS[1] .. '=kept'
if not oldest then redis.call('UNLINK', kept) end
local count = math.min(oldest and redis.call('ZCOUNT', kept, '-inf', oldest) or 0, 10000)
if count > 0 then redis.call('ZREMRANGEBYRANK', kept, 0, count - 1) end
return { ARGV[1] }
]]

-- KEYS: the rate. ARGV: token, interval, limit (microseconds). Answer: token, delay.
scripts.reserve = RESERVE .. [[
return { ARGV[1], (reserve(KEYS[1], tonumber(ARGV[2]), tonumber(ARGV[3]))) }
]]

-- KEYS: the lock. ARGV: token, for how long (ms). Answer: token, "" or the milliseconds left to
-- its holder. The token is the holder's name: a question that is asked once more finds its lock.
scripts.lock = [[
if redis.call('GET', KEYS[1]) ~= ARGV[1]
  and not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
  return { ARGV[1], string.format('%.0f', math.max(1, redis.call('PTTL', KEYS[1]))) }
end
return { ARGV[1], '' }
]]

-- KEYS: the lock. ARGV: token of the question, token of the holder, "" or after how long (ms) it
-- ends. Answer: token, "1" if it was the holder's.
scripts.unlock = [[
if redis.call('GET', KEYS[1]) ~= ARGV[2] then return { ARGV[1], '0' } end
redis.call('PEXPIRE', KEYS[1], ARGV[3] ~= '' and ARGV[3] or 0)
return { ARGV[1], '1' }
]]

-- KEYS: the note. ARGV: token, number or "0", for how long (ms). Answer: token, the highest number.
scripts.note = WHOLE .. [[
local known, number = whole(redis.call('GET', KEYS[1])) or 0, tonumber(ARGV[2])
if number == 0 or number < known then return { ARGV[1], string.format('%.0f', known) } end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return { ARGV[1], ARGV[2] }
]]

return scripts
