-- A stand-in for a dict of nginx (ngx.shared): keys end by themselves, by the clock `now`.

local dict = {}
dict.__index = dict

function dict:get(key)
  if self.ends[key] and self.ends[key] <= self.now() then self.values[key] = nil end
  return self.values[key]
end

function dict:set(key, value, seconds)
  self.values[key], self.ends[key] = value, seconds and seconds > 0 and self.now() + seconds or nil
  return true
end

function dict:add(key, value, seconds)
  if self:get(key) ~= nil then return false, "exists" end
  return self:set(key, value, seconds)
end

function dict:incr(key, step, first)
  local value = self:get(key) or first
  if not value then return nil, "not found" end
  self.values[key] = value + step
  return value + step
end

function dict:delete(key) self.values[key] = nil end

function dict:get_keys()
  local keys = {}
  for key in pairs(self.values) do keys[#keys + 1] = key end
  return keys
end

return function(now) return setmetatable({ now = now, values = {}, ends = {} }, dict) end
