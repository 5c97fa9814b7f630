--- Sources that a file describes: its fields become the options of a source.
--
-- A plan is `{ kind = "assume_role", source = plan|nil, where = text|nil, ... }`: which source,
-- with which options; where it is described is for messages.
-- @module streamctl.aliyun.credentials.plans

local core = require "streamctl.core"
local options = require "streamctl.options"
local session = require "streamctl.session"

local plans = {}

local Reader = {}
Reader.__index = Reader

--- Reads fields of `values`, and keeps as `wrong` what was wrong first. `where` they stand is for
-- messages.
function plans.reader(values, where)
  return setmetatable({ values = values, where = where }, Reader)
end

function Reader:refuse(text)
  self.wrong = self.wrong or self.where .. ": " .. text
end

--- A text; nil for one that is empty, too.
function Reader:text(name, required)
  local value = self.values[name]
  if value == nil or value == "" then
    if required then self:refuse(name .. " is missing") end
    return nil
  end
  local why = options.checks.text(value)
  if why then return self:refuse(name .. " " .. why) end
  return value
end

--- A number that is not negative; nil for 0, too.
function Reader:number(name)
  local value = self.values[name]
  if value == nil or value == 0 then return nil end
  if type(value) ~= "number" or value < 0 then
    return self:refuse(name .. " must be a number")
  end
  return value
end

--- A switch, or nil.
function Reader:boolean(name)
  local value = self.values[name]
  local why = value ~= nil and options.checks.boolean(value)
  if why then return self:refuse(name .. " " .. why) end
  return value
end

--- The plan of a key that is permanent, or temporary when there is a token: `token` names its
-- field, and it may be required. Both halves are here: none of them comes from elsewhere.
function plans.key(read, token, required)
  return { kind = "static", access_key_id = read:text("access_key_id", true),
    access_key_secret = read:text("access_key_secret", true),
    security_token = token and read:text(token, required) }
end

--- Adds to a plan the fields that roles have in common; `names` tells which field holds `role_arn`,
-- `session_name` and `duration`.
function plans.role(read, plan, names)
  plan.role_arn = read:text(names.role_arn, true)
  plan.session_name = read:text(names.session_name)
  plan.duration = names.duration and read:number(names.duration)
  plan.policy = read:text "policy"
  plan.region = read:text "sts_region"
  plan.endpoint = read:text "sts_endpoint"
  plan.vpc = read:boolean "enable_vpc"
  return plan
end

--- Makes the source of a plan, and those that it builds on; or returns nil and what is wrong, and
-- where.
function plans.make(plan)
  local given, made, why = options.merged(plan), nil, nil
  given.kind, given.where = nil, nil
  if plan.source then given.source, why = plans.make(plan.source) end
  if not why then
    made, why = require("streamctl.aliyun.credentials." .. plan.kind).make(given)
  end
  if made then return made end
  return nil, plan.where and plan.where .. ": " .. why or why
end

--- The options of a source that a file describes; its page says what they mean.
plans.FIELDS = {
  { "name", options.checks.text }, { "file", options.checks.text },
  { "home", options.checks.text },
}

--- Makes the source that is described by a file, which is read whenever it is asked: `read(it)`
-- gives a source, or nil, message, err. `provider` stands before the name of the one that is
-- described; `it.name` and `it.file` tell it from others.
function plans.source(name, provider, it, read)
  local more = (it.name or "") .. (it.file and "@" .. it.file or "")
  local account = more == "" and name or name .. "." .. more
  if options.checks.word(account) then
    account = name .. "." .. assert(core.sha1(more)):sub(1, 16)
  end
  return session.new { name = name, account = account, fetch = function(context)
    local source, message, err = read(it)
    if not source then return nil, message, err end
    local theirs, _, why = source:current(context)
    if not theirs then return session.configured(why) end
    return options.merged(theirs, { provider = provider .. "/" .. theirs.provider })
  end }
end

return plans
