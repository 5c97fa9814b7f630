-- Calls that share a request: the option `share_requests`, of a client or of a call.
--
-- A call for a list of ids that has to wait for its slot opens a joint request. Until the slot
-- comes, calls of the client for the same operation join the request, while all their ids fit in
-- and all other parameters are the same. Each call keeps its place in the order, its time limit,
-- its repeats and its answer. A refused joint request goes again in halves, until each refused
-- call stands alone.
--
-- A joint request goes out in a coroutine of its own, so no call depends on another caller's
-- thread. Calls go alone where the loop cannot start a coroutine (`spawn`). Queries do, since their
-- answers hold all ids; so do full lists, and calls with an option for a request of their own.
--
-- A joint request has `calls`, the `first` of them, `count` and `keys` of all ids, `at`: when the
-- slot comes, nil while unknown; `asked`: since when the store is asked for the slot; `late`, once
-- it goes: the result of a call whose time ends before the answer. A call's `part` has copies of
-- `params` and `ids`, their `keys`, the `joint` request, `sent`: all keys that went out, `outcome`.

local answers = require "streamctl.call.answer"
local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local events = require "streamctl.call.events"
local failures = require "streamctl.call.failure"
local halves = require "streamctl.many.halves"
local limit = require "streamctl.call.limit"
local options = require "streamctl.base.options"
local order = require "streamctl.call.order"
local pipeline = require "streamctl.call"
local poll = require "streamctl.loop.poll"
local protected = require "streamctl.loop.protected"
local refresh = require "streamctl.call.refresh"
local key_of_id = require("streamctl.many.ids").key

local option, set_of = pipeline.option, options.set_of

local share = {}

local PATIENCE = 1 -- seconds for a store's answer, since the thread that asks may be killed
local PAUSE = 0.005 -- seconds until a call looks again whether the store has answered
local TICK = 1e-6 -- seconds: sums of seconds are rounded

local UNSENT = { code = "timeout", maybe_sent = false }
local SENT = { code = "timeout", maybe_sent = true }

-- The items of a list for which `takes` holds; nil when there are none.
local function filtered(list, takes)
  local some = {}
  for _, item in ipairs(list or {}) do some[#some + 1] = takes(item) and item or nil end
  return some[1] and some or nil
end

local function count_in(set, keys)
  return #(filtered(keys, function(key) return set[key] end) or {})
end

-- ---- joining ----

-- Client -> key -> the request that calls may join, until no call of it lives.
local open_of = setmetatable({}, { __mode = "k" })

-- Whether a call can join. An id that must not be sent twice is not sent once for two calls. A slot
-- that has passed is that of calls which nobody wakes any more.
local function fits(joint, call)
  local keys, now = call.part.keys, core.monotonic()
  local at = joint and joint.at or now
  return joint and joint.count + #keys <= call.part.max
    and at >= now and at <= now + limit.patience(call)
    and (call.request.safe or count_in(joint.keys, keys) == 0)
end

local function join(self, call)
  local part, requests = call.part, open_of[self] or setmetatable({}, { __mode = "v" })
  local joint = requests[part.key]
  if not fits(joint, call) then joint = { first = call, calls = {}, keys = {}, count = 0 } end
  open_of[self], requests[part.key], part.joint, part.sent = requests, joint, joint, nil
  joint.calls[#joint.calls + 1], joint.count = call, joint.count + #part.keys
  for _, key in ipairs(part.keys) do joint.keys[key] = true end
end

-- The calls of a list whose callers still wait for the joint request.
local function living(joint, calls)
  return filtered(calls, function(call) return call.part.joint == joint end) or {}
end

local function give(joint, calls, result, failure)
  for _, call in ipairs(living(joint, calls)) do -- each completes its own failure
    call.part.outcome = { result = result, failure = failure and options.merged(failure) }
  end
end

local function close(self, joint)
  local requests, key = open_of[self], joint.first.part.key
  if requests[key] == joint then requests[key] = nil end
end

local fly

-- Has a joint request go out. A call that has no place in the order yet joins a later request.
local function take(self, joint, taker)
  local calls = {}
  for _, call in ipairs(living(joint, joint.calls)) do
    if call == taker or call.number or not call.account then
      calls[#calls + 1] = call
      if call.group then limit.start_clock(call) end
    else
      call.part.joint = nil
    end
  end
  close(self, joint)
  joint.calls, joint.late = calls, UNSENT
  if not calls[2] then
    taker.part.joint = nil -- the call goes by itself
    return
  end
  local function run()
    local ok, why = protected.call(fly, self, joint)
    for _, call in ipairs(ok and {} or calls) do -- also calls of halves
      local part, here = call.part, call.part.joint or {}
      if here == joint or here.of == joint then
        part.outcome = part.outcome or { is_thrown = true, why = why }
      end
    end
  end
  if not self.loop().spawn(run) then run() end
end

-- Does as `limit.next` does. Only one of the calls of a request asks for the slot at a time.
local function next_slot(self, call)
  local part = call.part
  if not part.joint then join(self, call) end
  local joint, now = part.joint, core.monotonic()
  if joint.late then return 0 end
  if joint.asked and now - joint.asked < PATIENCE then return PAUSE end
  if joint.at and joint.at - now > TICK then return joint.at - now end
  joint.asked = now
  local delay, failure = limit.next(self, joint.first)
  joint.asked = nil
  if failure then
    close(self, joint)
    part.joint = nil
    if call ~= joint.first then return next_slot(self, call) end
  elseif delay > 0 then
    joint.at = core.monotonic() + delay
  elseif not joint.late then
    take(self, joint, call)
  end
  return delay, failure
end

-- Waits for the outcome of a joint request, until the call's deadline. Returns the transport's
-- result, or nil and a failure.
local function result_of(call, loop)
  local part = call.part
  poll(loop.sleep, call.deadline, function() return part.outcome end)
  local outcome = part.outcome or { result = part.joint.late }
  part.joint, part.outcome = nil, nil
  if outcome.is_thrown then error(outcome.why, 0) end
  return outcome.result, outcome.failure
end

-- ---- sending ----

-- Has a call take its place in the order again; or returns a failure.
local function renew(self, call)
  local failure = self.source and refresh.ready(self, call) or order.stamp(self, call)
  return failure or failures.too_late(call)
end

-- Returns the calls of a joint request that go, their ids, and the lowest of their new numbers: any
-- call that is newer has a higher number. An id that gave way to another call here goes all the
-- same, for both.
local function line_up(self, joint)
  local calls, ids, sent, failed, number, renewals = {}, {}, {}, {}, math.huge, {}
  for i, call in ipairs(living(joint, joint.calls)) do
    renewals[i] = function() failed[call] = renew(self, call) end
  end
  protected.together(self.loop(), renewals) -- a store may be far away
  for _, call in ipairs(living(joint, joint.calls)) do
    local part, dropped = call.part, set_of(call.dropped or {})
    if not failed[call] then number = math.min(number, call.number or number) end
    for i, key in ipairs(failed[call] and {} or part.keys) do
      if not dropped[key] and not sent[key] then ids[#ids + 1], sent[key] = part.ids[i], true end
    end
  end
  for _, call in ipairs(living(joint, joint.calls)) do
    if failed[call] and count_in(sent, call.part.keys) < #call.part.keys then
      give(joint, { call }, nil, failed[call])
    else
      calls[#calls + 1], call.part.sent = call, sent
    end
  end
  return calls, ids, number
end

-- Sends a refused request again in halves. A half that gets no slot fails as the request did.
local function divide(self, sender, joint, calls, result)
  local of, parts = joint.of or joint, {}
  for i = 1, 2 do parts[i] = { calls = {}, late = result, of = of } end
  for i, call in ipairs(calls) do
    call.part.joint = parts[i <= #calls / 2 and 1 or 2]
    table.insert(call.part.joint.calls, call)
  end
  for _, half in ipairs(parts) do
    local delay = living(half, half.calls)[1] and limit.next(self, sender)
    while delay and delay > 0 do
      self.loop().sleep(delay)
      delay = limit.next(self, sender)
    end
    if delay then fly(self, half) else give(half, half.calls, result) end
  end
end

-- Whether a request may have been refused for some of its calls only, and can go again. A newer
-- call that overtook the request is for some of the ids, too.
local function is_of_some(self, operation, params, failure)
  local err = options.merged(failure, { message = failure.text })
  return halves.may_divide(self, operation, params, err)
    or operation.sequence and failure.text:lower():find("sequence", 1, true) -- is always harmless
end

-- Makes the attempt of a joint request, and gives its calls the outcome.
function fly(self, joint)
  local calls, ids, number = line_up(self, joint)
  local first = calls[1]
  if not first then return end
  local operation, params, request = first.operation, first.part.params, first.request
  if calls[2] then
    params = options.merged(params, { [first.part.name] = ids })
    local why, err
    request, why, err = pipeline.build(self, operation, params, pipeline.NONE)
    why = err and failures.new(err.code, errors.text_of(why))
    if why then return give(joint, calls, nil, why) end
    if operation.sequence then request:stamp(number) end
  end
  local sender = { operation = operation, params = params, request = request, deadline = 0,
    settings = first.settings, attempt = first.attempt + 1, failure = first.failure,
    id = first.id, context = first.context }
  for _, call in ipairs(calls) do sender.deadline = math.max(sender.deadline, call.deadline) end
  joint.late = SENT
  local result = pipeline.send(self, sender, self.loop())
  local body, failure = answers.judge(self.vendor, operation, result)
  if self.options.on_event then events.attempt(self, sender, result, body, failure) end
  if calls[2] and failure and is_of_some(self, operation, params, failure) then
    divide(self, sender, joint, living(joint, calls), result)
  else
    give(joint, calls, result)
  end
end

-- ---- calls ----

-- A text that is the same for all calls which may share a request. Nobody has the same Sequence.
local function key_of(self, operation, params, call_options, group, list)
  local words = { operation.action, group and "batch" or "call" }
  for _, name in ipairs { "attempt_timeout", "connect_timeout" } do
    words[#words + 1] = name .. tostring(option(self, call_options, name))
  end
  for name, value in next, params do
    if name ~= list then
      words[#words + 1] = ("%s %s %q"):format(name, type(value), tostring(value))
    end
  end
  table.sort(words)
  return table.concat(words, "\n")
end

-- Returns what is about the call, of the ids that gave way and of the items that failed inside a
-- success. Ids that gave way to other calls of the request have gone out. Of the items the call has
-- its ids, and items that name no id.
local function trim(part, superseded, partial)
  local sent, keys = part.sent, set_of(part.keys, part.ids)
  return filtered(superseded, function(id) return not sent[id] end),
    filtered(partial or nil, function(item) return keys[item.item] or not sent[item.item] end)
end

-- The `part` of a call, or nil for a call that goes alone.
local function part_of(self, operation, params, call_options, group)
  local list = operation.by_name[operation.list]
  local ids, prefix = rawget(params, list.name), list.prefixed and self.context.stream_prefix
  if type(ids) == "string" then ids = { ids } end
  local is_alone = type(ids) ~= "table" or #ids >= operation.max_ids or operation.read
    or not self.loop().spawn or call_options.on_send or group and group.should_stop
    or not pipeline.validates(self, call_options)
  if is_alone then return nil end
  local part = { ids = {}, keys = {}, name = list.name, max = operation.max_ids,
    params = options.merged(params), next = next_slot, result = result_of, trim = trim,
    key = key_of(self, operation, params, call_options, group, list.name) }
  for i, id in ipairs(ids) do
    if type(id) ~= "string" then return nil end
    part.ids[i], part.keys[i] = id, key_of_id(id, prefix, true)
  end
  return part
end

-- Makes a call as `streamctl.call` does, perhaps in a request that other calls share.
function share.run(self, operation, params, call_options, group, request, once)
  local part = part_of(self, operation, params, call_options, group)
  return pipeline.run(self, operation, params, call_options, group, request, once, part)
end

return share
