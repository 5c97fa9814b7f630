-- The scripts that run inside Redis, one for each method of the store.
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

-- The number is not below the server's clock either (milliseconds): a server that has lost its
-- last second, or a replica that never had it, gives no number twice. Before the clock makes it
-- jump the last number is kept, as in csrc/core/store/cells.c. An intent newer than the oldest open
-- stamp is kept as long as the open stamps. KEYS: the account's number, its open stamps, the
-- intents of the resources. ARGV: token, floor, since or "", exact, how long to keep the number and
-- the intents (ms), back or "", how long the number is open (ms), if it is. Answer: token, outcome,
-- number or last, dropped indexes.
scripts.stamp = WHOLE .. [[
local floor, since, exact = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4] == '1'
local back = tonumber(ARGV[7]) or math.huge
local last, used = counter(KEYS[1])
local before, dropped, is_dropped = {}, {}, {}
if #KEYS > 2 then
  local texts = redis.call('MGET', unpack(KEYS, 3))
  for i = 1, #texts do
    before[i] = whole(texts[i])
    local newest = before[i] or 0
    if since and newest > (newest >= back and back or since) then
      dropped[#dropped + 1], is_dropped[i] = string.format('%d', i), true
    end
  end
  if #dropped == #texts then return { ARGV[1], 'superseded', '', table.concat(dropped, ' ') } end
end
if exact and last and floor <= last then
  return { ARGV[1], 'below', string.format('%.0f', last), '' }
end
if last and last >= 9007199254740992 then return { ARGV[1], 'full', '', '' } end
local number = floor
if not exact then
  local time = redis.call('TIME')
  number = math.max(floor, tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
end
local low = last and last >= back and (used or 0) or last or 0
if low >= number then number = low + 1 end
if last and number > last + 60000 then
  used = last
elseif number > floor + 60000 then
  used = number
end
local text = string.format('%.0f', number)
redis.call('SET', KEYS[1], used and string.format('%s %.0f', text, used) or text, 'PX', ARGV[5])
local oldest = KEYS[2] and tonumber(redis.call('ZRANGE', KEYS[2], 0, 0)[1])
local left = oldest and math.max(redis.call('PTTL', KEYS[2]), 0) or 0
for i = 1, #KEYS - 2 do
  if not is_dropped[i] then
    local known = not last and before[i] or 0
    local stamp = since and math.min(since, number) or math.max(number, known)
    local keep = oldest and stamp > oldest and math.max(left, tonumber(ARGV[6])) or ARGV[6]
    redis.call('SET', KEYS[i + 2], string.format('%.0f', stamp), 'PX', keep)
  end
end
if ARGV[8] then
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', number - 1382400000) -- 16 days: nothing is open
  redis.call('ZADD', KEYS[2], text, text)
  redis.call('PEXPIRE', KEYS[2], string.format('%.0f', math.max(left, tonumber(ARGV[8]))))
end
return { ARGV[1], 'taken', string.format('%.0f', number), table.concat(dropped, ' ') }
]]

-- KEYS: the open stamps. ARGV: token, stamp. Answer: token.
scripts.close = "redis.call('ZREM', KEYS[1], ARGV[2]) return { ARGV[1] }"

-- KEYS: the rate. ARGV: token, interval, limit (microseconds). Answer: token, delay. The key holds
-- the time of the next slot by the server's clock, which all share.
scripts.reserve = WHOLE .. [[
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local interval, limit = tonumber(ARGV[2]), tonumber(ARGV[3])
local slot = math.max(whole(redis.call('GET', KEYS[1])) or 0, now)
local delay = slot - now
if delay <= limit then
  slot = math.min(slot + interval, 9007199254740992)
  local keep = math.min(math.ceil((slot - now) / 1000) + 1000, 1e12)
  redis.call('SET', KEYS[1], string.format('%.0f', slot), 'PX', string.format('%.0f', keep))
end
return { ARGV[1], string.format('%.0f', delay) }
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
if ARGV[3] ~= '' then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
else
  redis.call('DEL', KEYS[1])
end
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
