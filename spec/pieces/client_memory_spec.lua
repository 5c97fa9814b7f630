-- What a client costs in a process that has many: all memory, of C and of Lua.

local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"
local streamctl = require "streamctl"
local usage = require "spec.support.usage"

local LIMIT = 4608 -- bytes
local FIRST, COUNT = 300, 1000

describe("an idle client", function()
  -- A sanitizer keeps what was freed, so that only Lua's share can be told.
  local function bytes()
    for _ = 1, 4 do collectgarbage() end
    return 1024 * (usage.sanitized and collectgarbage "count" or usage.memory())
  end

  local all = {} -- all clients of this file: nothing that was freed is found again

  -- Bytes of each client that `make` has made and called, once others are there.
  local function size(make)
    local kept, before = {}, nil
    for i = 1, FIRST + COUNT do kept[i] = false end
    all[#all + 1] = kept
    for i = 1, FIRST + COUNT do
      kept[i] = make(i)
      if i % 100 == 0 then collectgarbage() end -- garbage is no part of a client
      if i == FIRST then before = bytes() end
    end
    return (bytes() - before) / COUNT
  end

  local answers = {}
  for _, vendor in ipairs { "aliyun", "zego" } do
    answers[vendor] = helper.transport(helper.OK[vendor])
  end

  local function aliyun(options)
    local store = memory.new()
    return function(i)
      local client = streamctl.aliyun.new(helper.merged({
        transport = answers.aliyun, store = store }, options(i)))
      local stream = { DomainName = ("d%d.example.com"):format(i), LiveStreamType = "publisher",
        AppName = "app", StreamName = "s" }
      assert(client:sign("ResumeLiveStream", stream))
      assert(client:resume_live_stream(stream))
      return client
    end
  end

  local function key(i)
    return { access_key_id = ("LTAI5tExampleKey%08d"):format(i),
      access_key_secret = ("0123456789abcdefghij%010d"):format(i) }
  end

  local KINDS = {
    ["with a key"] = aliyun(key),
    ["with the older signature and time limits"] = aliyun(function(i)
      return helper.merged(key(i), { signature = "v1", timeout = 60, attempt_timeout = 20 })
    end),
    ["with a source"] = aliyun(function(i)
      return { account = "account-" .. i, credentials = function()
        return helper.merged(key(i), { expires = helper.NOW * 2, security_token = ("t"):rep(200) })
      end }
    end),
    ["with an AppId"] = function(i)
      local client = streamctl.zego.new { app_id = i, server_secret = ("%032d"):format(i),
        transport = answers.zego }
      assert(client:resume_rtc_streams { StreamId = { "stream" } })
      return client
    end,
  }

  for name, make in pairs(KINDS) do
    it(name .. " takes few bytes", function()
      local found = size(make)
      local limit = name:find "source" and LIMIT + 1024 or LIMIT -- a source has the key, too
      assert.is_true(found <= limit, ("%.0f bytes"):format(found))
    end)
  end
end)
