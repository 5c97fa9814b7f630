-- One round of signing: everybody's batch in turn, in one process.
--
--   <lua> bench/peers/sign.lua BATCH
--   lua5.4 bench/peers/sign.lua inputs          prints what is signed, as JSON, for a peer in another language
--   TZ=UTC0 lua5.4 bench/peers/sign.lua check   reads what that peer signed, and compares it with our signatures
--
-- Prints one JSON object: `microseconds` of CPU time per signature, "<kind>_<subject>"; `missing`: who is left out,
-- for want of which package. Who signs something else than our core ends it.

local cjson = require "cjson"
local core = require "streamctl.core"
local streamctl = require "streamctl"

local here = arg[0]:match("^(.*)/[^/]*$") or "."
local function load_here(name, ...) return assert(loadfile(here .. "/" .. name))(...) end
local inputs = load_here "../inputs.lua"

local NONCE, TIME = "0123456789abcdef", 1700000000

local ALIYUN = {
  access_key_id = inputs.ID, access_key_secret = inputs.SECRET, host = inputs.HOST, version = inputs.VERSION,
}
local signers = {
  v3 = assert(core.signer("acs3", ALIYUN)), v1 = assert(core.signer("rpc", ALIYUN)),
  zego = assert(core.signer("zego", { app_id = inputs.APP_ID, server_secret = inputs.ZEGO_SECRET })),
}
local aliyun_client = { access_key_id = inputs.ID, access_key_secret = inputs.SECRET }
local live = streamctl.aliyun.new(aliyun_client)
aliyun_client.signature = "v1"
local clients = {
  v3 = live, v1 = streamctl.aliyun.new(aliyun_client),
  zego = streamctl.zego.new { app_id = inputs.APP_ID, server_secret = inputs.ZEGO_SECRET },
}

local task_wire = inputs.wire_of(assert(live:sign("CreateLivePullToPush", inputs.task)).url)
local task = {}
for i = 1, #task_wire, 2 do task[task_wire[i]] = task_wire[i + 1] end

-- kind, method, action, flat list for us, table for others, table for our client
local KINDS = {
  { "v3", "POST", "CreateLivePullToPush", task_wire, task, inputs.task },
  { "v1", "POST", "CreateLivePullToPush", task_wire, task, inputs.task },
  { "zego", "GET", "ResumeRTCStreams", inputs.stream_wire,
    { StreamId = inputs.streams.StreamId, Sequence = "1700000000000" }, inputs.streams },
}

local function same(who, got, expected)
  if got ~= expected then error(who .. " signs something else:\n" .. tostring(got) .. "\n" .. expected, 0) end
end

-- Our target and Authorization for a nonce and a time.
local function reference(kind, nonce, time, method)
  local target, headers = signers[kind[1]]:sign(method or kind[2], kind[3], kind[4], nil, nil, nonce, time)
  return assert(target), headers.Authorization or ""
end

local function floors_of(name)
  local baseline = require "hash_baseline"
  if name == "zego" then -- AppId, nonce, secret, Timestamp
    local text = inputs.APP_ID .. NONCE .. inputs.ZEGO_SECRET .. TIME
    return baseline.md5(text), baseline.md5_plain(text)
  end
  local canonical, to_sign = signers[name]:explain("POST", "CreateLivePullToPush", task_wire)
  if name == "v1" then
    return baseline.sha1_hmac(to_sign, inputs.SECRET .. "&"), baseline.sha1_hmac_plain(to_sign, inputs.SECRET .. "&")
  end
  return baseline.sha256_hmac(canonical, to_sign, inputs.SECRET),
    baseline.sha256_hmac_plain(canonical, to_sign, inputs.SECRET)
end

local subjects, missing = {}, {}

local function add(kind, name, run)
  subjects[#subjects + 1] = { kind[1] .. "_" .. name, run }
end

local function add_core(kind)
  local is_zego = kind[1] == "zego"
  local core_sign = require "core_sign"(kind[1], is_zego and tostring(inputs.APP_ID) or inputs.ID,
    is_zego and inputs.ZEGO_SECRET or inputs.SECRET, inputs.HOST, inputs.VERSION, kind[2], kind[3], kind[4])
  local target, headers = core_sign(1, NONCE, TIME)
  local expected, authorization = reference(kind, NONCE, TIME)
  same("the core", target .. (headers:match("Authorization: ([^\n]*)") or ""), expected .. authorization)
  add(kind, "core", function(n) core_sign(n) end)
end

local function add_ours(kind)
  local signer, client = signers[kind[1]], clients[kind[1]]
  local method, action, wire, params = kind[2], kind[3], kind[4], kind[6]
  add(kind, "signer", function(n)
    for _ = 1, n do signer:sign(method, action, wire) end
  end)
  add(kind, "client", function(n)
    for _ = 1, n do client:sign(action, params) end
  end)
end

local function add_handwritten(kind, name, crypto)
  local sign = load_here "handwritten.lua"(crypto, inputs)[kind[1]]
  local method, action, params = kind[2], kind[3], kind[5]
  local target, headers = sign(method, action, params, NONCE, TIME)
  local expected, authorization = reference(kind, NONCE, TIME)
  same(name, target .. (headers and headers.Authorization or ""), expected .. authorization)
  add(kind, name, function(n)
    for _ = 1, n do sign(method, action, params) end
  end)
end

local function measure(batch)
  local libraries = { { "luaossl", "lua-luaossl and lua-socket" } }
  if rawget(_G, "jit") then libraries[2] = { "ffi", "libssl-dev" } end
  for _, kind in ipairs(KINDS) do
    local kept, new = floors_of(kind[1])
    add(kind, "floor_kept", kept)
    add(kind, "floor_new", new)
    add_core(kind)
    add_ours(kind)
  end
  for _, library in ipairs(libraries) do
    local ok, crypto = pcall(load_here, library[1] .. ".lua")
    if ok then
      for _, kind in ipairs(KINDS) do add_handwritten(kind, library[1], crypto) end
    else
      missing[#missing + 1] = { library[1], library[2], tostring(crypto) }
    end
  end
  local report = { microseconds = {}, missing = missing }
  for _, subject in ipairs(subjects) do subject[2](math.ceil(batch / 2)) end -- warm: caches, traces
  for _, subject in ipairs(subjects) do
    collectgarbage()
    local begun = os.clock()
    subject[2](batch)
    report.microseconds[subject[1]] = (os.clock() - begun) / batch * 1e6
  end
  print(cjson.encode(report))
end

local function print_inputs()
  local out = { account = inputs, kinds = {} }
  inputs.wire_of = nil
  for _, kind in ipairs(KINDS) do
    out.kinds[kind[1]] = { method = kind[2], action = kind[3], params = kind[5] }
  end
  print(cjson.encode(out))
end

local function time_of(date)
  local year, month, day, hour, min, sec = date:match("^(%d+)-(%d+)-(%d+)T(%d+):(%d+):(%d+)Z$")
  return os.time { year = year, month = month, day = day, hour = hour, min = min, sec = sec }
end

local function decoded(target, name)
  local value = target:match("[?&]" .. name .. "=([^&]*)")
  return (value:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

-- The parameters of a target, in one order for everybody.
local function sorted(target)
  local parts = {}
  for part in target:match("?(.*)$"):gmatch("[^&]+") do parts[#parts + 1] = part end
  table.sort(parts)
  return table.concat(parts, "&")
end

local function check(proofs)
  local proof = proofs.v3
  local target, authorization = reference(KINDS[1], proof.nonce, time_of(proof.date))
  same("v3", sorted(proof.target) .. proof.authorization, sorted(target) .. authorization)
  target = reference(KINDS[2], decoded(proofs.v1, "SignatureNonce"), time_of(decoded(proofs.v1, "Timestamp")), "GET")
  same("v1", sorted(proofs.v1), sorted(target))
  target = reference(KINDS[3], decoded(proofs.zego, "SignatureNonce"), tonumber(decoded(proofs.zego, "Timestamp")))
  same("zego", sorted(proofs.zego), sorted(target))
end

if arg[1] == "inputs" then
  print_inputs()
elseif arg[1] == "check" then
  check(cjson.decode(io.read("*a")))
else
  measure(tonumber(arg[1]))
end
