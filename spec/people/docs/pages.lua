-- What the blocks of `sh run` need beside the emulator: places, variables, the vendors' state.
-- blocks_spec.lua runs them.

local pages = {}

-- What pages name that is elsewhere here. A Redis is the spec's.
pages.places = { ["redis://10%.0%.0%.5"] = "$TEST_REDIS",
  ["/var/lib/prometheus/node%-exporter/"] = "", ["/run/secrets/zego"] = "zego.secret" }

-- Blocks set these for the command.
pages.exports = {
  exports = { "LUA_PATH", "STREAMCTL_STORE", "STREAMCTL_VENDOR", "ZEGO_SERVER_SECRET",
    "ZEGO_SERVER_SECRET_FILE" },
  environment = { ZEGO_SERVER_SECRET = false },
}

-- What a page needs of the vendors.
local DOMAIN = { aliauth = { auth_type = "type_a", auth_key1 = "mainKey7Of3The9Push",
  auth_key2 = "backupKey0123456789", ali_auth_delta = "600" } }
local SWEEP = { aliyun = { domains = { "push.example.com", "play.example.com" } } }
pages.states = {
  ["docs/how-to/cookbook.md"] = { aliyun = { domains = SWEEP.aliyun.domains,
    domain_configs = { ["push.example.com"] = DOMAIN } } },
  ["docs/how-to/forbid.md"] = SWEEP, ["docs/zh/forbid.md"] = SWEEP,
  ["docs/how-to/watch.md"] = { zego = { live = { "room1-cam" } } },
}

local END_JOB = "for i in $(seq 20); do test -s said.N || sleep 0.1; done\n{ kill $jobN || :; }\n"
  .. "wait $jobN || test $? = 143 || { cat said.N; false; }\n"

-- A line that runs until Ctrl-C has 2 s to say something, and ends by a signal. A worker of a
-- queue says nothing without jobs, and ends behind the other lines of its block.
function pages.script_of(text)
  local count, behind = 0, ""
  if text:find "SECRET_FILE=" then text = "unset ZEGO_SERVER_SECRET\n" .. text end
  text = text:gsub("([^\n]*)(%s+#[^\n]*status (%d+))", "%1 || test $? = %3 %2")
    :gsub("([^\n]*)%s+#[^\n]*until Ctrl%-C[^\n]*\n", function(line)
      count = count + 1
      local begin, stop = ("%s >said.%d 2>&1 & job%d=$!\n"):format(line, count, count),
        (END_JOB:gsub("N", count))
      if not line:find "queue work" then return begin .. stop end
      behind = behind .. stop
      return begin
    end)
  return text .. behind
end

return pages
