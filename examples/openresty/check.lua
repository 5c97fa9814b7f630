-- Checks what the service is told, before a reload: `nginx -t` does not look at it.
--
--   lua5.1 check.lua
--
-- with the service's environment and as its master's user, as systemd runs ExecReload. It says what
-- is wrong and ends with 1.


-- What the settings need of nginx' Lua.
rawset(_G, "ngx", { hmac_sha1 = function(_, text) return text end, shared = {} })

local fine, why = pcall(require("streamctl.edge.clients").check)
if not fine then
  io.stderr:write(tostring(why), "\n")
  os.exit(1)
end
