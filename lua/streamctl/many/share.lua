-- Calls that share a request: the option `share_requests`, of a client or of a call.
--
-- A call for a list of ids that has to wait for its slot opens a joint request. Until the slot
-- comes, calls of the client join the request, while all their ids fit in and all else is the same.
-- Each call keeps its place in the order, its time limit, its repeats and its answer. After a
-- refusal for some of the ids each call goes again alone.
--
-- A joint request goes out in a coroutine of its own, so no call depends on another caller's
-- thread. It is the record of its first call (see `streamctl.call`) with `parts`; `keys` and
-- `count` of all ids; `due`: when the slot comes, nil while the store is asked, infinite for never.
-- A call's `part` has `ids` and their `keys`; `is_stamping`, while the store is asked; `sent`: all
-- keys that go out with them; `outcome`: a `result`, a `failure`, what was `thrown`, or ALONE or
-- LATER.

local answers = require "streamctl.call.answer"
local core = require "streamctl.core"
local events = require "streamctl.call.events"
local failures = require "streamctl.call.failure"
local key_of_id = require("streamctl.many.ids").key
local limit = require "streamctl.call.limit"
local may_divide = require("streamctl.many.halves").may_divide
local options = require "streamctl.base.options"
local order = require "streamctl.call.order"
local pipeline = require "streamctl.call"
local poll = require "streamctl.loop.poll"
local protected = require "streamctl.loop.protected"
local refresh = require "streamctl.call.refresh"

local merged, set_of = options.merged, options.set_of

local share = {}

local CHECKED = { validate = true } -- the options of a joint request
local OWN = set_of { "context", "retry", "share_requests", "stamp", "timeout" } -- of each call
local PATIENCE = 1 -- seconds for the store's answer to a call whose thread may be killed
local LONGEST = core.STORE_MEMORY / 2 -- seconds: a place in the order is sure for longer
local TRIES = 3 -- to have numbers next to each other
local ALONE, LATER = {}, {} -- the call goes alone; it joins the next request
local NONE = {} -- constant

-- The items of a list for which `takes` holds; nil when there are none.
local function filtered(list, takes)
  local some = {}
  for _, item in ipairs(list or NONE) do some[#some + 1] = takes(item) and item or nil end
  return some[1] and some or nil
end

local function living(joint)
  return filtered(joint.parts, function(part) return not part.outcome end) or NONE
end

-- ---- sending ----

-- Has calls take their places in the order again. Returns the lowest of their new numbers; second:
-- whether another call may have a number between them.
local function stamp_all(self, parts, failed)
  local stampers, lowest, highest = {}, nil, 0
  for i, part in ipairs(parts) do
    local call = part.call
    stampers[i] = function()
      if call.group then limit.start_clock(call) end
      failed[part] = self.source and refresh.ready(self, call) or order.stamp(self, call)
        or failures.too_late(call)
    end
  end
  protected.together(self.loop(), stampers) -- a store may be far away
  for _, part in ipairs(parts) do
    local number = not failed[part] and part.call.number
    if number then
      lowest, highest = math.min(lowest or number, number), math.max(highest, number)
    end
  end
  return lowest, highest - (lowest or highest) >= #parts
end

-- Has calls take their places in the order next to each other. Returns the ids that go, and the
-- lowest number: a newer call of others has a higher one, and an older one a lower one. Returns nil
-- where others come between. An id that gave way to another call here goes all the same, for both.
local function line_up(self, joint)
  local failed, ids, sent, parts = {}, {}, {}, {}
  for _, part in ipairs(living(joint)) do
    if part.is_stamping then part.outcome = LATER else parts[#parts + 1] = part end
    part.is_stamping = true
  end
  joint.parts = parts -- the others join another request
  local number, is_mixed
  for _ = 1, TRIES do
    number, is_mixed = stamp_all(self, parts, failed)
    if not is_mixed then break end
  end
  if is_mixed then return nil end
  parts = living(joint)
  for _, part in ipairs(parts) do
    local dropped = set_of(part.call.dropped or NONE)
    for i, key in ipairs(failed[part] and NONE or part.keys) do
      if not dropped[key] and not sent[key] then ids[#ids + 1], sent[key] = part.ids[i], true end
    end
  end
  for _, part in ipairs(parts) do
    part.sent, joint.deadline = sent, math.max(joint.deadline, part.call.deadline)
    if failed[part] and filtered(part.keys, function(key) return not sent[key] end) then
      part.outcome = { failure = failed[part] }
    end
  end
  return ids, number
end

-- Makes the attempt of a joint request, and gives each call the outcome. A refusal may be about
-- some of the calls only, as it is when a newer call has overtaken the request.
local function send(self, joint, ids, number)
  local operation, outcome = joint.operation, ALONE
  local params, is_of_some = merged(joint.params, { [operation.list] = ids }), true
  joint.request = pipeline.build(self, operation, params, CHECKED)
  if joint.request then
    if operation.sequence then joint.request:stamp(number) end
    local result = pipeline.send(self, joint, self.loop())
    local body, failure = answers.judge(self.vendor, operation, result)
    joint.attempt = joint.attempt + 1
    if self.options.on_event then events.attempt(self, joint, result, body, failure) end
    outcome = { result = merged(result, { is_told = true }) }
    is_of_some = failure and (operation.sequence and failure.text:lower():find("sequence", 1, true)
      or may_divide(self, operation, params, merged(failure, { message = failure.text })))
  end
  local parts = living(joint)
  for _, part in ipairs(parts) do part.outcome = parts[2] and is_of_some and ALONE or outcome end
end

-- Waits for the slot of a joint request, which comes in `delay` seconds, and sends the request.
-- Returns ALONE where each call asks for itself: the store gives no slot, or no numbers together.
local function go(self, joint, delay)
  while delay > 0 do
    self.loop().sleep(delay)
    delay = limit.next(self, joint) or math.huge
    joint.due = core.monotonic() + delay
    if delay == math.huge then return ALONE end
  end
  local ids, number = line_up(self, joint)
  if not ids then return ALONE end
  if ids[1] then send(self, joint, ids, number) end
end

-- Runs a joint request, and has its calls throw what it throws.
local function run(self, joint, delay)
  local ok, outcome = protected.call(go, self, joint, delay)
  joint.due = math.huge
  for _, part in ipairs(living(joint)) do part.outcome = ok and outcome or { thrown = outcome } end
end

-- ---- joining ----

-- Whether a call can join. An id that must not be sent twice is not sent once for two calls.
local function fits(joint, call)
  local keys, taken, due = call.part.keys, call.request.safe and NONE or joint.keys, joint.due
  return joint.count + #keys <= call.operation.max_ids and (not due or core.monotonic() < due
    and due < math.huge) and not filtered(keys, function(key) return taken[key] end)
end

-- Client -> key -> the request that was opened last.
local open_of = setmetatable({}, { __mode = "k" })

-- Joins a request, or opens one. Returns it; or nil where the call goes alone: it has its slot, or
-- gets none.
local function join(self, call, loop)
  local part, requests = call.part, open_of[self] or setmetatable({}, { __mode = "v" })
  local joint, group = requests[part.key], call.group
  local is_open = joint and fits(joint, call)
  if group then call.deadline = group.finish_by or math.huge end -- until the slot
  if not is_open then
    joint = merged(call, { parts = {}, keys = {}, count = 0 })
    joint.account = nil -- it has no number of its own
  end
  open_of[self], requests[part.key] = requests, joint
  part.call, part.outcome, part.sent, part.is_stamping = call, nil, nil, false
  joint.count, joint.parts[#joint.parts + 1] = joint.count + #part.keys, part
  joint.deadline = math.max(joint.deadline, call.deadline)
  for _, key in ipairs(part.keys) do joint.keys[key] = true end
  if is_open then return joint end
  local delay = limit.next(self, joint) -- others join while a store is far away
  joint.due = delay and core.monotonic() + delay or math.huge
  if delay == 0 and not joint.parts[2] then
    call.slot, call.slot_at, joint.due = "all", joint.slot_at, math.huge
  elseif delay and not loop.spawn(function() run(self, joint, delay) end) then
    joint.due = math.huge
  end
  return joint.due < math.huge and joint or nil
end

-- ---- calls ----

-- Waits for the outcome of a joint request, until the call's deadline. The call takes its place in
-- the order meanwhile, and goes alone where the slot comes too late for it.
local function await(self, call, joint, loop)
  local part, failure = call.part, nil
  poll(loop.sleep, math.min(core.monotonic() + PATIENCE, call.deadline), function()
    return joint.due
  end)
  local delay = (joint.due or math.huge) - core.monotonic()
  if part.outcome then return part.outcome end
  if not part.sent and delay > math.min(limit.patience(call), LONGEST) then return ALONE end
  if delay > 0 then
    events.tell(self, { event = "wait", reason = "limit", attempt = call.attempt + 1,
      delay = delay }, call)
  end
  if delay > 0 and not call.number and not part.is_stamping and not part.outcome then
    part.is_stamping = true
    failure = order.stamp(self, call)
    part.is_stamping = false
  end
  if failure then return { failure = failure } end
  poll(loop.sleep, call.deadline, function()
    return part.outcome or core.monotonic() >= call.deadline
  end)
  return part.outcome
    or { result = { code = "timeout", maybe_sent = part.sent ~= nil, is_told = true } }
end

-- Makes an attempt of a call, perhaps in a request that others share. Returns the transport's
-- result; or false and the failure of a call that ends.
local function attempt(self, call, loop)
  local part = call.part
  if self.options.store.takes_requests ~= true then order.line_up(self, call) end -- it may be far
  repeat
    local joint = part.outcome ~= ALONE and join(self, call, loop)
    part.outcome = joint and await(self, call, joint, loop) or ALONE
  until part.outcome ~= LATER
  if part.outcome.thrown then error(part.outcome.thrown, 0) end
  if part.outcome ~= ALONE then return part.outcome.result, part.outcome.failure end
  part.sent = nil
  local failure = pipeline.prepare(self, call)
  return not failure and pipeline.send(self, call, loop), failure
end

-- Returns what is about the call, of the ids that gave way and of the items that failed inside a
-- success. Ids that gave way to other calls of the request have gone out. Of the items the call has
-- its ids, and items that name no id.
local function trim(part, superseded, partial)
  local sent, keys = part.sent, set_of(part.keys, part.ids)
  return filtered(superseded, function(id) return not sent[id] end),
    filtered(partial or nil, function(item) return keys[item.item] or not sent[item.item] end)
end

-- A text that is the same for all calls which may share a request; nil where a call goes alone.
local function key_of(self, operation, params, call_options, group)
  if operation.read or not self.loop().spawn or rawget(params, "Sequence") ~= nil
    or group and group.should_stop or not pipeline.validates(self, call_options) then
    return nil
  end
  local words = { operation.action .. (group and " batch" .. tostring(group.urgent) or "") }
  for i, set in ipairs { params, call_options } do
    for name, value in next, set do
      if name ~= operation.list and not OWN[name] then
        if type(value) == "table" or name == "on_send" then return nil end
        words[#words + 1] = ("%d %s %s %q"):format(i, name, type(value), tostring(value))
      end
    end
  end
  table.sort(words)
  return table.concat(words, "\n")
end

-- Makes a call as `streamctl.call` does, perhaps in a request that other calls share.
function share.run(self, operation, params, call_options, group, request, once)
  local ids, keys, part = rawget(params, operation.list), {}, nil
  ids = type(ids) == "table" and merged(ids) or { ids } -- the caller may change its table
  local key = #ids < operation.max_ids and key_of(self, operation, params, call_options, group)
  if key then
    local prefix = operation.by_name[operation.list].prefixed and self.context.stream_prefix
    for i, id in ipairs(ids) do keys[i] = key_of_id(id, prefix, true) end
    part = { key = key, ids = ids, keys = keys, attempt = attempt, trim = trim }
    params = merged(params, { [operation.list] = ids })
  end
  return pipeline.run(self, operation, params, call_options, group, request, once, part)
end

return share
