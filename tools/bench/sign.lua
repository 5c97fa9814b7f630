-- One round of signing through `client:sign`, beside the hashing of the same bytes alone.
--
--   <lua> tools/bench/sign.lua BATCH [SUBJECT]
--   <lua> tools/bench/sign.lua inputs       what the peers sign, and what must come of it, as JSON
--
-- Prints one JSON object: the microseconds of CPU time per signature, "<kind>_<subject>".

local cjson = require "cjson"
local hash_floor = require "hash_floor"
local streamctl = require "streamctl"

local here = arg[0]:match("^(.*)/[^/]*$") or "."
local function load_here(name) return assert(loadfile(here .. "/" .. name .. ".lua"))() end
local inputs = load_here "inputs"

local GIVEN = { nonce = "0123456789abcdef", timestamp = 1700000000 }

local function aliyun(signature)
  return streamctl.aliyun.new {
    access_key_id = inputs.ID, access_key_secret = inputs.SECRET, signature = signature,
  }
end

-- kind, client, operation, parameters
local KINDS = {
  { "v3", aliyun(), "CreateLivePullToPush", inputs.task },
  { "v1", aliyun "v1", "CreateLivePullToPush", inputs.task },
  { "zego",
    streamctl.zego.new { app_id = tonumber(inputs.APP_ID), server_secret = inputs.ZEGO_SECRET },
    "ResumeRTCStreams", inputs.streams },
}

-- The parameters as the peers get them: texts that are ready for the wire.
local function ready(kind, sequence)
  if kind == "zego" then return { StreamId = inputs.streams.StreamId, Sequence = sequence } end
  local params = {}
  for name, value in pairs(inputs.task_as_text) do params[name] = tostring(value) end
  return params
end

-- What a peer must sign for the given nonce and time.
local function kind_of_inputs(it)
  local signed = assert(it[2]:sign(it[3], it[4], GIVEN))
  local target = signed.url:match("^https://[^/]+(.*)$")
  return {
    method = signed.method, action = it[3], params = ready(it[1], target:match("&Sequence=(%d+)")),
    expected = target .. (signed.headers.Authorization or ""),
  }
end

local function all_inputs()
  local out = { account = {}, kinds = {}, nonce = GIVEN.nonce, time = GIVEN.timestamp }
  for name, value in pairs(inputs) do
    if type(value) == "string" then out.account[name] = value end
  end
  for _, it in ipairs(KINDS) do out.kinds[it[1]] = kind_of_inputs(it) end
  return out
end

-- The hashing alone. What a signature hashes is learnt from one made by hand, whose hash functions
-- give texts of the right length.
local function floor_of(kind)
  if kind == "zego" then
    return hash_floor("MD5", inputs.APP_ID .. GIVEN.nonce .. inputs.ZEGO_SECRET .. GIVEN.timestamp)
  end
  local function zeros() return ("0"):rep(64) end
  local crypto = { sha256 = zeros, hmac_sha256 = zeros, hmac_sha1 = zeros }
  local sign = load_here "peers/handwritten"(crypto, inputs)[kind]
  local _, _, canonical, to_sign =
    sign("POST", "CreateLivePullToPush", ready(kind), ("0"):rep(32), GIVEN.timestamp)
  if kind == "v1" then return hash_floor("SHA1", nil, to_sign, inputs.SECRET .. "&") end
  return hash_floor("SHA256", canonical, to_sign, inputs.SECRET)
end

local function signing(client, operation, params, given)
  return function(count)
    for _ = 1, count do client:sign(operation, params, given) end
  end
end

local function measure(batch, only)
  local subjects, microseconds = {}, {}
  for _, it in ipairs(KINDS) do
    subjects[it[1] .. "_floor"] = floor_of(it[1])
    subjects[it[1] .. "_client"] = signing(it[2], it[3], it[4])
    subjects[it[1] .. "_given"] = signing(it[2], it[3], it[4], GIVEN)
  end
  subjects.v3_text = signing(KINDS[1][2], KINDS[1][3], inputs.task_as_text)
  if only then subjects = { [only] = subjects[only] } end
  for name, run in pairs(subjects) do
    run(batch) -- warm: caches, fetched algorithms, traces
    collectgarbage() -- nobody pays for what another left behind; everybody pays for his own
    local begun = os.clock()
    run(batch)
    microseconds[name] = (os.clock() - begun) / batch * 1e6
  end
  return microseconds
end

print(cjson.encode(arg[1] == "inputs" and all_inputs() or measure(tonumber(arg[1]), arg[2])))
