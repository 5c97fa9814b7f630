-- luacheck: std min+ngx_lua
-- One round of signing by hand with a library of hash functions: luaossl, ffi or nginx.
--
--   <lua> bench/peers/sign.lua LIBRARY INPUTS BATCH HERE          INPUTS: what sign.lua prints
--
-- Or, inside nginx, the file as a function of the same arguments. Gives one JSON object: the
-- microseconds of CPU time per signature of each kind; or "none" where the library is missing.
-- Who signs something else than `client:sign` ends it.

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
local text = found and measure(crypto) or "none"
if rawget(_G, "ngx") then return text end
print(text)
