-- luacheck: std min+ngx_lua
-- One round of signing by hand inside nginx, as a function of `library` ("nginx"), the path of the
-- inputs, how many, and this folder. Gives one JSON object: the microseconds of CPU time for each
-- kind of signature; or "none" where a module of nginx is missing. A signature that differs from
-- that of `client:sign` ends it.

local library, path, batch, here = ...
local cjson = require "cjson"

local function load_here(name) return assert(loadfile(here .. "/" .. name .. ".lua"))() end

local function measure(crypto)
  local file = assert(io.open(path))
  local inputs = cjson.decode(file:read "*a")
  file:close()
  local sign = load_here "handwritten"(crypto(inputs.account), inputs.account)
  local microseconds = {}
  for kind, it in pairs(inputs.kinds) do
    local one = sign[kind]
    local target, headers = one(it.method, it.action, it.params, inputs.nonce, inputs.time)
    assert(target .. (headers and headers.Authorization or "") == it.expected,
      library .. " signs something else than client:sign: " .. target)
    local function run(count)
      for _ = 1, count do one(it.method, it.action, it.params) end
    end
    run(batch) -- warm: caches, traces
    collectgarbage()
    local begun = os.clock()
    run(batch)
    microseconds[kind] = (os.clock() - begun) / batch * 1e6
  end
  return cjson.encode(microseconds)
end

local found, crypto = pcall(load_here, library)
return found and measure(crypto) or "none"
