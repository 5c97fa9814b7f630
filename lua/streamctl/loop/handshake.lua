-- TLS handshakes on nginx' sockets, which tell why a handshake failed.

local handshake = {}

-- lua-resty-core throws when a handshake fails before it waits; this holds nginx' reason.
local function reason()
  local found, base = pcall(require, "resty.core.base")
  return found and base.get_errmsg_ptr() or {}
end

-- Calls `sslhandshake` of a socket. The session is nil or an earlier session: after `false` a
-- handshake that failed at once would return true. Returns the new session; or nil and why not.
function handshake.call(socket, session, ...)
  local told = reason()
  told[0] = nil
  local ok, new_session, why = pcall(socket.sslhandshake, socket, session or nil, ...)
  if ok then return new_session, why end
  if told[0] ~= nil then return nil, require("ffi").string(told[0]) end
  return nil, "the handshake failed, nginx' error log says why"
end

return handshake
