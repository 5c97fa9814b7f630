-- What a store remembers: latest(store, account, resource) is the account's last number or, with a
-- resource, the age of its last intent; nil without one. It asks by stamps that take no number.

local LARGEST = 2 ^ 53

local function last_number(store, account)
  local number, why, last = store:stamp(account, 0, nil, nil, true)
  assert(number or last, why)
  return last
end

local function latest(store, account, resource)
  if store.latest then return store:latest(account, resource) end -- one that a spec has shifted
  local last = last_number(store, account)
  if not resource or not last then return last end
  local function is_older(age) return store:stamp(account, 0, { resource }, age, true) == false end
  local older, age = 0, LARGEST
  if not is_older(older) then return nil end
  while age - older > 1 do
    local middle = math.floor((older + age) / 2)
    if is_older(middle) then older = middle else age = middle end
  end
  return age
end

return latest
