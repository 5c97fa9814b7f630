-- Connects to the master that Sentinels of this machine name, as docs/how-to/stores.md shows.

local sentinels = {}

--- The function `connect` for a Redis store, by redis-lua.
function sentinels.connector(ports, name)
  local redis = require "redis"
  return function()
    for _, port in ipairs(ports) do
      local ok, sentinel = pcall(redis.connect, { host = "127.0.0.1", timeout = 1,
        port = math.floor(port) }) -- of JSON
      local master = ok and sentinel:raw_cmd("SENTINEL get-master-addr-by-name " .. name)
      if ok then sentinel:quit() end
      if master then
        return redis.connect { host = master[1], port = tonumber(master[2]), timeout = 5 }
      end
    end
    return nil, "no Sentinel names the master"
  end
end

return sentinels
