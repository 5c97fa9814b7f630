-- Judges answers of ZEGOCLOUD: success, or a failure with one of our codes.

local encode = require "streamctl.base.encode"
local failures = require "streamctl.call.failure"

local judge = {}

-- The vendor's codes by our code. A number has a meaning for each group of actions (a row's
-- `group`); "common" holds for every action. All other codes are "vendor". `passing`: the condition
-- passes, so that the call may be repeated. `in_list`: the vendor refuses a whole list, perhaps for
-- a single item such as a StreamId; numbers under a list's name hold for that list.
local CODES = {
  common = {
    credentials = { 100000001, 100000010, 100000011 }, clock_skew = { 100000004 },
    signature = { 100000005 }, not_found = { 100000007 }, access_denied = { 100000017 },
    passing = { 100000015 },
  },
  media = {
    throttled = { 1010, 5007, 30002 }, clock_skew = { 3002 },
    credentials = { 3, 3000, 3003, 5003, 30005, 40005 }, not_found = { 41003, 41004 },
    passing = { 3001, 5000, 5001, 5002, 5006, 30003, 41001, 41002, 42001, 42002, 42003, 42004,
      43001 },
    -- 42003 and 42004: "failed to batch forbid" and "to batch resume"
    in_list = { 1, 2, 1006, 30006, 30009, 41003, 41004, 41006, 42003, 42004 },
  },
  room = {
    throttled = { 206, 207 }, -- of the app, of one room
    access_denied = { 9 },
    not_found = { 104, 5018, 5024, 50001, 105, 138, 50124 }, -- rooms; a user, a stream, a rule
    passing = { 1, 122, 123, 124, 151, 154, 5201, 5202, 50013 },
    in_list = { 1, 2, 3, 105, 138, 50003, 50011, -- 50011: too many at once
      RoomId = { 104, 5018, 5024, 50001 } },
  },
  mixing = {
    throttled = { 110200190, 110200191, 110200194,
      110200005, 110200006 }, -- one UserId too often
    credentials = { 110200003 },
    access_denied = { 110200157, 110200160 }, -- not enabled; another's task
    not_found = { 110209001 },
    passing = { 110200001, 110200007, 110200012, 110200013, 110200015, 110200151, 110200159 },
  },
  files = {
    throttled = { 6 }, credentials = { 7 }, access_denied = { 3 }, not_found = { 41003 },
    passing = { 1000 }, in_list = { 2, 1000, 41003 },
  },
  moderation = { access_denied = { 50117 }, passing = { 50006, 50007, 50009 } },
  player = {
    throttled = { 350006001 }, access_denied = { 350006006 },
    conflict = { 350006008 }, -- a player of this name runs
    passing = { 350006009, 350010000 }, -- it is being made; internal
  },
  record = {
    throttled = { 300000003 }, access_denied = { 300000002 }, not_found = { 300001000 },
    passing = { 300010000 },
  },
  scene = { conflict = { 340004003 } },
}

local NONE = {}

local function has(list, code)
  for _, entry in ipairs(list or NONE) do
    if entry == code then return true end
  end
  return false
end

-- Returns our code for a vendor's code in a group, or nil.
local function meaning(group, vendor_code)
  for code, list in pairs(group) do
    if code ~= "passing" and code ~= "in_list" and has(list, vendor_code) then return code end
  end
end

-- Whether a refusal may be about a single item of a list.
function judge.is_about_one(operation, err)
  local list = (CODES[operation.group] or NONE).in_list or NONE
  if err.message:lower():find("sequence", 1, true) then return false end -- the order of calls
  return has(list, err.vendor_code) or has(list[operation.list], err.vendor_code)
end

-- Explains a refused Sequence, which only the message tells: no page names the code.
local function hint(operation, message)
  if not operation.sequence or not message:lower():find("sequence", 1, true) then return "" end
  return "; a higher Sequence was sent before: by a newer call, by a host whose clock is ahead, by "
    .. "one with another store, or by somebody who counts Sequences himself"
end

-- Returns the failure of an answer, or nil; `why` says why the body could not be decoded. `Code` 0
-- is success, and so are the codes in the row's `answers`.
function judge.answer(operation, result, body, why)
  local status = result.http_status
  local code = body and body.Code
  local fine = status >= 200 and status <= 299
  if fine and (code == 0 or operation.answers and operation.answers[code]) then return nil end
  local has_code = encode.is_finite(code)
  if not fine and (not has_code or code == 0) then return failures.no_vendor_code(result) end
  if not has_code then return failures.no_success(result, why or "Code is missing or no number") end
  local group, message = CODES[operation.group] or NONE, encode.text(body.Message) or "no message"
  return failures.new(meaning(group, code) or meaning(CODES.common, code) or "vendor",
    "Code " .. encode.number(code) .. ": " .. message .. hint(operation, message), {
      vendor_code = code,
      passing = status >= 500 or has(group.passing, code) or has(CODES.common.passing, code),
    })
end

return judge
