-- The emulator's nginx: its listeners and its configuration. Loaded with shell.lua and process.lua
-- as arguments.

local shell, process = ...

local M = {}

-- The addresses in the order of their ports: field, vendor, certificate (none: plain HTTP), HTTP/2,
-- and the one product that is served there (none: all of them).
local LISTENERS = {
  { "aliyun", "aliyun", "server" },
  { "zego", "zego", "server" },
  { "aliyun_http", "aliyun" },
  { "zego_http", "zego" },
  { "aliyun_h2", "aliyun", "server", true },
  { "zego_h2", "zego", "server", true },
  { "tls_expired", "aliyun", "expired" },
  { "tls_wrong_host", "aliyun", "wrong_host" },
  { "tls_self_signed", "aliyun", "self_signed" },
  { "metadata", "metadata" },
  { "zego_rtc", "zego", "server", false, "rtc-api.zego.im" },
  { "zego_cloudrecord", "zego", "server", false, "cloudrecord-api.zego.im" },
  { "zego_cloud_player", "zego", "server", false, "cloud-player-api.zego.im" },
  { "zego_metaworld", "zego", "server", false, "metaworld-api.zego.im" },
}

local function server_block(dir, listener, port)
  local _, vendor, certificate, http2 = listener[1], listener[2], listener[3], listener[4]
  local lines = {
    "  server {",
    ("    listen 127.0.0.1:%d%s%s;"):format(port, certificate and " ssl" or "", http2 and " http2"
      or ""),
    ("    set $vendor %s;"):format(vendor),
    ("    set $product \"%s\";"):format(listener[5] or ""),
  }
  if certificate and certificate ~= "server" then
    lines[#lines + 1] = ("    ssl_certificate %s/%s.pem;"):format(dir, certificate)
    lines[#lines + 1] = ("    ssl_certificate_key %s/server.key;"):format(dir)
  end
  lines[#lines + 1] = [[
    location / {
      content_by_lua_block { require("emulator.router").serve() }
      log_by_lua_block { require("emulator.router").left() }
    }
    location @rst {
      reset_timedout_connection on;
      return 444;
    }
  }]]
  return table.concat(lines, "\n")
end

-- Gives the emulator its addresses and nginx its configuration, for ports from first_port on.
function M.write_conf(self, first_port)
  local servers = {}
  for i, listener in ipairs(LISTENERS) do
    local port = first_port + i
    servers[i] = server_block(self.dir, listener, port)
    self[listener[1]] = (listener[3] and "https" or "http") .. "://127.0.0.1:" .. port
  end
  self.control = "http://127.0.0.1:" .. first_port
  local values = {
    MODULES = self.modules, DIR = self.dir, SPEC = self.spec, CONTROL = tostring(first_port),
    SERVERS = table.concat(servers, "\n"), WORKERS = tostring(self.workers),
    MASTER = self.workers > 1 and "on" or "off", USER = process.user_line(),
    TEMPORARY = process.temporary_paths(self.dir),
  }
  local template = assert(shell.read_file(values.SPEC .. "/emulator/nginx.conf.in"))
  shell.write_file(self.dir .. "/nginx.conf", (template:gsub("@(%u+)@", values)))
end

return M
