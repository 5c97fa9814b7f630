--- What ForbidLiveStream is for: to cut a stream once, or to keep it away for a time.
-- @public streamctl.aliyun.kick_and_ban

local core = require "streamctl.core"
local errors = require "streamctl.errors"
local is_time = require("streamctl.many.condition").is_time
local merged = require("streamctl.options").merged

local kick_and_ban = {}

local function refuse(text)
  return errors.refuse("aliyun", "ForbidLiveStream", "invalid_parameter", text)
end

-- Forbids with parameters that callers must not give themselves; `instead` tells them so. A batch
-- makes the call by a function of its own.
local function forbid_with(client, params, call_options, extra, instead, call)
  for _, name in ipairs { "Oneshot", "ResumeTime" } do
    if rawget(params, name) ~= nil then
      return refuse(name .. " is for forbid_live_stream; " .. instead)
    end
  end
  params = merged(params, extra)
  if call then return call(params) end
  return client:forbid_live_stream(params, call_options)
end

--- Cuts a stream now. Its publisher may come back at once.
-- @function Client:kick_stream
-- @tparam table params `DomainName`, `AppName`, `StreamName`
-- @tparam[opt] table options of a call
-- @treturn[1] table the answer of ForbidLiveStream
-- @failure see `streamctl.errors`; `outcome_unknown`: the stream may have been cut,
-- and a repeat would cut it again
function kick_and_ban.kick_stream(client, params, call_options, call)
  return forbid_with(client, params, call_options, { Oneshot = "yes" },
    "kick_stream cuts the stream and lets it come back", call)
end

--- Cuts a stream and keeps it away until a time.
-- @function Client:ban_stream
-- @tparam table params `DomainName`, `AppName`, `StreamName`, and `until_time`: Unix seconds, or
-- UTC text such as "2030-01-02T03:04:05Z"
-- @tparam[opt] table options of a call
-- @treturn[1] table the answer of ForbidLiveStream
-- @failure see `streamctl.errors`
function kick_and_ban.ban_stream(client, params, call_options)
  local time = rawget(params, "until_time")
  local text = type(time) == "number" and core.time_text(time) or time
  if not is_time(text) then
    return refuse("until_time must be a UTC time such as 2026-01-02T03:04:05Z or a number of Unix "
      .. "seconds, got " .. (time == nil and "nothing" or errors.tidy(tostring(time), 100)))
  end
  local now = core.time_text(core.now())
  if text <= now then
    return refuse("until_time must be later than the present time (" .. now .. "), got " .. text)
  end
  params = merged(params)
  params.until_time = nil
  return forbid_with(client, params, call_options, { ResumeTime = text },
    "ban_stream takes until_time")
end

return kick_and_ban
