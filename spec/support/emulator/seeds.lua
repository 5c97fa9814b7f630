-- The vendors' memory as tests see and fill it.

local aliyun_ingest = require "spec.support.model.aliyun_ingest"
local json = require "spec.support.model.json"
local memory = require "spec.support.model.memory"

local M = {}

-- Maps as they are seen.
local MAPS = {
  aliyun = { "blocked", "online", "domains", "tasks", "domain_configs" },
  zego = { "forbidden", "cdn_forbidden", "live" },
}

function M.read()
  local out = { aliyun = {}, zego = {
    sequences = {}, violations = memory.counter("violations"),
    nonce_reused = ngx.shared.emulator_counters:get("nonce_reused") or 0,
  } }
  for vendor, maps in pairs(MAPS) do
    for _, map in ipairs(maps) do out[vendor][map] = memory.all(map) end
  end
  for id, last in pairs(memory.all("sequences")) do out.zego.sequences[id] = last.sequence end
  return out
end

-- Each seeder takes what GET /state shows, or the shorter form that its comment names.
local seeders = { aliyun = {}, zego = {} }

-- What is given changes what is there, or is new.
for _, map in ipairs { "tasks", "domain_configs" } do
  seeders.aliyun[map] = function(entries)
    for id, changes in pairs(entries) do
      local entry = memory.get(map, id) or { order = memory.increment("seeds") }
      for name, value in pairs(changes) do entry[name] = value end
      memory.set(map, id, entry)
    end
  end
end

-- A list of streams; missing fields get plausible values.
function seeders.aliyun.online(list)
  for _, stream in pairs(list) do
    local id = tostring(memory.increment("online"))
    memory.set("online", id, aliyun_ingest.online_defaults(stream))
  end
end

-- { ["playback.domain"] = "ingest.domain" }
function seeders.aliyun.domains(map)
  for playback, ingest in pairs(map) do memory.set("domains", playback, ingest) end
end

-- A list of { DomainName, AppName, StreamName[, ResumeTime] }
function seeders.aliyun.blocked(list)
  for _, ban in pairs(list) do
    ban.ResumeTime = ban.ResumeTime or "2099-01-01T00:00:00Z"
    ban.until_unix = memory.parse_time(ban.ResumeTime) or error("ill-formed ResumeTime", 0)
    memory.set("blocked", ban.DomainName .. "/" .. ban.AppName .. "/" .. ban.StreamName, ban)
  end
end

-- Lists of StreamIds
function seeders.zego.live(list)
  local now = string.format("%d", memory.clock())
  for _, id in ipairs(list) do memory.set("live", id, { create_time = now }) end
end

function seeders.zego.forbidden(list)
  for _, id in ipairs(list) do
    memory.set("forbidden", id, { time = memory.clock(), sequence = "0" })
  end
end

function seeders.zego.cdn_forbidden(list)
  local now = memory.clock()
  for _, id in ipairs(list) do
    memory.set("cdn_forbidden", id, { StartTime = memory.format_time(now),
      EndTime = memory.format_time(now + 86400), until_unix = now + 86400 })
  end
end

-- StreamId to the code with which it is refused
function seeders.zego.refused(map)
  for id, code in pairs(map) do memory.set("refused", id, { code = code }) end
end

-- StreamId to Sequence, as if used just now
function seeders.zego.sequences(map)
  for id, sequence in pairs(map) do
    memory.set("sequences", id, { sequence = tostring(sequence), time = memory.clock() })
  end
end

-- A list of { CdnType, CdnResult } for the answers of Forbid- and ResumeCDNLiveStream
function seeders.zego.cdn_results(list) memory.set("cdn_results", "all", json.array(list)) end

function M.plant(all)
  for vendor, maps in pairs(all) do
    for name, values in pairs(maps) do
      local seeder = seeders[vendor] and seeders[vendor][name]
      if not seeder then
        return nil, "cannot seed '" .. tostring(vendor) .. "." .. tostring(name) .. "'"
      end
      seeder(values)
    end
  end
  return M.read()
end

return M
