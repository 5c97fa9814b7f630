-- The commands of the simulated Redis which the product's scripts call, over `server.data`: key ->
-- { kind = value, expires = milliseconds }. Kinds: `text`; `hash`; `scores`, of a sorted set; and
-- `stream`, a list of { id, fields } with `last` and `groups`.

local unpack = table.unpack or unpack -- luacheck: ignore 113 143

local INFO = "redis_version:7.0.15\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n"
  .. "connected_slaves:0\r\n"

local function copy(value)
  if type(value) ~= "table" then return value end
  local new = {}
  for name, part in pairs(value) do new[name] = copy(part) end
  return new
end

-- "5-1" as two numbers, so that ids can be compared.
local function parts_of(id)
  local ms, number = id:match "^(%d+)%-?(%d*)$"
  return tonumber(ms), tonumber(number) or 0
end

local function is_above(id, other)
  local ms, number = parts_of(id)
  local other_ms, other_number = parts_of(other)
  return ms > other_ms or ms == other_ms and number > other_number
end

-- Whether a score or an id lies above a bound such as "-inf", "5" or "(5".
local function bound_of(text, is_below)
  if text == "-inf" or text == "-" then return function() return true end end
  if text == "+inf" or text == "+" then return function() return true end end
  local exclusive, value = text:match "^(%(?)(.*)$"
  local number = tonumber(value)
  return function(score)
    if is_below then return score < number or score == number and exclusive == "" end
    return score > number or score == number and exclusive == ""
  end
end

-- Members of a sorted set, lowest scores first.
local function sorted(scores)
  local list = {}
  for member, score in pairs(scores or {}) do list[#list + 1] = { member, score } end
  table.sort(list, function(a, b)
    if a[2] == b[2] then return a[1] < b[1] end
    return a[2] < b[2]
  end)
  return list
end

-- The words after some arguments, in capitals, with the word that follows each.
local function words_of(...)
  local words, found = { ... }, {}
  for i, word in ipairs(words) do found[word] = words[i + 1] or true end
  return found
end

return function(server)
  local data, commands = server.data, {}
  local function now_ms() return (server.world:wall() + server.step) * 1000 end
  local function entry(key)
    local found = data[key]
    if found and found.expires and found.expires <= now_ms() then data[key] = nil end
    return data[key]
  end
  local function put(key, value)
    server.undo[#server.undo + 1] = { server.world.now, key, data[key] }
    data[key] = value
  end
  local function get(key, kind)
    local found = entry(key)
    if found and not found[kind] then error("WRONGTYPE", 0) end
    return found and found[kind]
  end
  -- Returns a value that may be changed; a crash may bring the old one back.
  local function change(key, kind)
    local new = get(key, kind) and copy(data[key]) or { [kind] = {} }
    put(key, new)
    return new[kind]
  end
  local function tidy(key, kind)
    if not next(data[key][kind]) then data[key] = nil end
  end

  -- ---- keys and texts ----

  function commands.GET(key) return get(key, "text") or false end
  function commands.MGET(...)
    local list = {}
    for i, key in ipairs { ... } do list[i] = commands.GET(key) end
    return list
  end
  function commands.SET(key, text, ...)
    local words = words_of(...)
    if words.NX and entry(key) then return false end
    put(key, { text = text, expires = words.PX and now_ms() + tonumber(words.PX) })
    return { ok = "OK" }
  end
  function commands.DEL(key)
    local was = entry(key) and 1 or 0
    put(key, nil)
    return was
  end
  commands.UNLINK = commands.DEL
  function commands.EXISTS(key) return entry(key) and 1 or 0 end
  function commands.PTTL(key)
    local found = entry(key)
    if not found then return -2 end
    return found.expires and math.max(math.floor(found.expires - now_ms()), 0) or -1
  end
  function commands.PEXPIREAT(key, time)
    local found = entry(key)
    if not found then return 0 end
    local new = {}
    for name, value in pairs(found) do new[name] = value end
    new.expires = tonumber(time)
    put(key, new.expires > now_ms() and new or nil)
    return 1
  end
  function commands.PEXPIRE(key, ms) return commands.PEXPIREAT(key, now_ms() + tonumber(ms)) end
  function commands.INCRBY(key, by)
    local number = (tonumber(get(key, "text")) or 0) + tonumber(by)
    put(key, { text = ("%.0f"):format(number), expires = (data[key] or {}).expires })
    return number
  end
  function commands.DECRBY(key, by) return commands.INCRBY(key, -tonumber(by)) end
  function commands.TIME()
    local us = math.floor(now_ms() * 1000)
    return { ("%.0f"):format(math.floor(us / 1e6)), ("%.0f"):format(us % 1e6) }
  end
  function commands.INFO() return INFO end

  -- ---- hashes ----

  function commands.HGET(key, name) return (get(key, "hash") or {})[name] or false end
  function commands.HMGET(key, ...)
    local list = {}
    for i, name in ipairs { ... } do list[i] = commands.HGET(key, name) end
    return list
  end
  function commands.HGETALL(key)
    local list = {}
    for name, value in pairs(get(key, "hash") or {}) do
      list[#list + 1], list[#list + 2] = name, value
    end
    return list
  end
  function commands.HSCAN(key) return { "0", commands.HGETALL(key) } end
  function commands.HSET(key, ...)
    local hash, words, count = change(key, "hash"), { ... }, 0
    for i = 1, #words, 2 do
      count = count + (hash[words[i]] and 0 or 1)
      hash[words[i]] = words[i + 1]
    end
    return count
  end
  function commands.HDEL(key, name)
    if not commands.HGET(key, name) then return 0 end
    change(key, "hash")[name] = nil
    tidy(key, "hash")
    return 1
  end
  function commands.HINCRBY(key, name, by)
    local number = (tonumber(commands.HGET(key, name)) or 0) + tonumber(by)
    change(key, "hash")[name] = ("%.0f"):format(number)
    return number
  end

  -- ---- sorted sets ----

  local function score_text(score) return ("%.17g"):format(score) end

  local function flat(list, from, to, has_scores)
    local out = {}
    for i = from, math.min(to, #list) do
      out[#out + 1] = list[i][1]
      if has_scores then out[#out + 1] = score_text(list[i][2]) end
    end
    return out
  end
  local function between(key, low, high)
    local above, below, list = bound_of(low), bound_of(high, true), {}
    for _, pair in ipairs(sorted(get(key, "scores"))) do
      if above(pair[2]) and below(pair[2]) then list[#list + 1] = pair end
    end
    return list
  end
  local function remove(key, list)
    if not list[1] then return 0 end
    local scores = change(key, "scores")
    for _, pair in ipairs(list) do scores[pair[1]] = nil end
    tidy(key, "scores")
    return #list
  end
  function commands.ZADD(key, score, member)
    local scores = change(key, "scores")
    local is_new = not scores[member]
    scores[member] = tonumber(score)
    return is_new and 1 or 0
  end
  function commands.ZREM(key, member)
    return (get(key, "scores") or {})[member] and remove(key, { { member } }) or 0
  end
  function commands.ZCARD(key) return #sorted(get(key, "scores")) end
  function commands.ZSCORE(key, member)
    local score = (get(key, "scores") or {})[member]
    return score and score_text(score) or false
  end
  function commands.ZCOUNT(key, low, high) return #between(key, low, high) end
  function commands.ZRANGE(key, from, to, word)
    return flat(sorted(get(key, "scores")), from + 1, to + 1, word == "WITHSCORES")
  end
  function commands.ZRANGEBYSCORE(key, low, high, ...)
    local words, list = { ... }, between(key, low, high)
    local named = words_of(...)
    local most = #list
    for i, word in ipairs(words) do
      if word == "LIMIT" then most = tonumber(words[i + 2]) end
    end
    return flat(list, 1, most, named.WITHSCORES)
  end
  function commands.ZREMRANGEBYSCORE(key, low, high) return remove(key, between(key, low, high)) end
  function commands.ZREMRANGEBYRANK(key, from, to)
    local list, gone = sorted(get(key, "scores")), {}
    for i = from + 1, math.min(to + 1, #list) do gone[#gone + 1] = list[i] end
    return remove(key, gone)
  end

  -- ---- streams ----

  local function range(stream, from, to, most)
    local list = {}
    local low, high = from:gsub("^%(", ""), to
    for _, one in ipairs(stream or {}) do
      local is_in = (from == "-" or is_above(one[1], low) or one[1] == from)
        and (to == "+" or not is_above(one[1], high))
      if is_in and #list < most then list[#list + 1] = one end
    end
    return list
  end
  local function find(stream, id)
    for i, one in ipairs(stream or {}) do
      if one[1] == id then return i, one end
    end
  end
  function commands.XADD(key, _, ...)
    local stream, ms = change(key, "stream"), math.floor(now_ms())
    local last_ms, number = parts_of(stream.last or "0-0")
    local id = ms > last_ms and ("%.0f-0"):format(ms) or ("%.0f-%.0f"):format(last_ms, number + 1)
    stream.last, stream[#stream + 1] = id, { id, { ... } }
    return id
  end
  function commands.XDEL(key, id)
    local place = find(get(key, "stream"), id)
    if not place then return 0 end
    table.remove(change(key, "stream"), place)
    return 1
  end
  function commands.XLEN(key) return #(get(key, "stream") or {}) end
  function commands.XRANGE(key, from, to, _, count)
    return range(get(key, "stream"), from, to, tonumber(count) or math.huge)
  end
  function commands.XGROUP(_, key, name, last)
    local known = get(key, "stream") or {}
    if (known.groups or {})[name] then error("BUSYGROUP", 0) end
    local stream = change(key, "stream")
    stream.groups = stream.groups or {}
    stream.groups[name] = { last = last == "0" and "0-0" or last, pending = {} }
  end
  function commands.XINFO(_, key)
    local list = {}
    for name, group in pairs((get(key, "stream") or error("no such key", 0)).groups or {}) do
      local waiting = #range(data[key].stream, "(" .. group.last, "+", math.huge)
      local count = 0
      for _ in pairs(group.pending) do count = count + 1 end
      list[#list + 1] = { "name", name, "consumers", 1, "pending", count, "last-delivered-id",
        group.last, "entries-read", 0, "lag", waiting }
    end
    return list
  end
  local function group_of(key, name) return (get(key, "stream") or {}).groups[name] end
  function commands.XREADGROUP(_, name, consumer, _, count, _, key)
    local group = group_of(key, name)
    local list = range(get(key, "stream"), "(" .. group.last, "+", tonumber(count))
    if not list[1] then return false end
    group = change(key, "stream").groups[name]
    for _, one in ipairs(list) do
      group.last, group.pending[one[1]] = one[1], { consumer, now_ms(), 1 }
    end
    return { { key, list } }
  end
  function commands.XPENDING(key, name, ...)
    local group, words, ids = group_of(key, name), { ... }, {}
    for id in pairs(group.pending) do ids[#ids + 1] = id end
    if not words[1] then return { #ids } end
    table.sort(ids, function(a, b) return is_above(b, a) end)
    local least = words[1] == "IDLE" and tonumber(words[2]) or 0
    local from, to, most = unpack(words, words[1] == "IDLE" and 3 or 1)
    local list = {}
    for _, id in ipairs(ids) do
      local pending = group.pending[id]
      local idle = math.floor(now_ms() - pending[2])
      local is_in = (from == "-" or from == id) and (to == "+" or to == id)
      if idle >= least and is_in and #list < tonumber(most) then
        list[#list + 1] = { id, pending[1], idle, pending[3] }
      end
    end
    return list
  end
  function commands.XCLAIM(key, name, consumer, least, id, ...)
    local words, just_id = words_of(...), false
    for _, word in ipairs { ... } do just_id = just_id or word == "JUSTID" end
    local pending = group_of(key, name).pending[id]
    if not pending or now_ms() - pending[2] < tonumber(least) then return {} end
    local stream = change(key, "stream")
    pending = stream.groups[name].pending[id]
    local place, one = find(stream, id)
    if not place then
      stream.groups[name].pending[id] = nil
      return {}
    end
    pending[1], pending[2] = consumer, now_ms() - (tonumber(words.IDLE) or 0)
    pending[3] = tonumber(words.RETRYCOUNT) or pending[3] + (just_id and 0 or 1)
    return { just_id and id or one }
  end
  function commands.XACK(key, name, id)
    local group = (get(key, "stream") or {}).groups
    if not (group and group[name].pending[id]) then return 0 end
    change(key, "stream").groups[name].pending[id] = nil
    return 1
  end
  return commands
end
