-- The emulator's nginx: its listeners and its configuration. Loaded with own_nginx.lua as its
-- argument.

local own = ...

local M = {}

-- The addresses in the order of their ports: field, vendor, certificate (none: plain HTTP), HTTP/2,
-- and the one product that is served there (none: all of them).
local LISTENERS = {
  { "aliyun", "aliyun", "server" },
  { "zego", "zego", "server" },
  { "aliyun_http", "aliyun" },
  { "zego_http", "zego" },
  { "aliyun_h2", "aliyun", "server", true },
  { "tls_expired", "aliyun", "expired" },
  { "tls_wrong_host", "aliyun", "wrong_host" },
  { "tls_self_signed", "aliyun", "self_signed" },
  { "metadata", "metadata" },
  { "zego_rtc", "zego", "server", false, "rtc-api.zego.im" },
  { "zego_cloudrecord", "zego", "server", false, "cloudrecord-api.zego.im" },
  { "zego_cloud_player", "zego", "server", false, "cloud-player-api.zego.im" },
  { "zego_metaworld", "zego", "server", false, "metaworld-api.zego.im" },
}

local MAIN = "master_process %s; worker_processes %d; worker_rlimit_nofile 16384;"

local HTTP = [[
  lua_package_path "%s/?.lua;/usr/share/lua/5.1/?.lua;;";
  lua_shared_dict emulator_state 32m;
  lua_shared_dict emulator_sequences 128m;
  lua_shared_dict emulator_log 256m;
  lua_shared_dict emulator_counters 4m;
  lua_shared_dict emulator_nonces 64m;
  lua_shared_dict emulator_rates 4m;
  lua_shared_dict emulator_locks 1m;
  init_by_lua_block { require("spec.support.emulator.state").init("@DIR@/options.json") }
  init_worker_by_lua_block { require("spec.support.emulator.state").start() }

  # A test must see what a client sends, however odd, and keep a connection for as long as it likes.
  ignore_invalid_headers off;
  underscores_in_headers on;
  client_header_buffer_size 8k;
  large_client_header_buffers 8 512k;
  client_body_buffer_size 1m;
  client_body_in_single_buffer on;
  client_max_body_size 16m;
  keepalive_requests 1000000;
  keepalive_timeout 300s;
  lingering_close off;

  ssl_certificate @DIR@/server.pem;
  ssl_certificate_key @DIR@/server.key;
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_session_cache shared:tls:2m;
  server {
    listen 127.0.0.1:%d;
    location / { content_by_lua_block { require("spec.support.emulator.control").serve() } }
  }
]]

local SERVER = [[
  server {
    listen 127.0.0.1:%d%s%s;
    set $vendor %s;
    set $product "%s";
    ssl_certificate @DIR@/%s.pem;
    location / {
      content_by_lua_block { require("spec.support.emulator.router").serve() }
      log_by_lua_block { require("spec.support.emulator.router").left() }
    }
  }]]

-- Gives the emulator its addresses and nginx its configuration, for ports from first_port + 1 on.
function M.parts(self, first_port)
  local servers, control = {}, first_port + #LISTENERS + 1
  for i, listener in ipairs(LISTENERS) do
    local certificate = listener[3]
    servers[i] = SERVER:format(first_port + i, certificate and " ssl" or "", listener[4]
      and " http2" or "", listener[2], listener[5] or "", certificate or "server")
    self[listener[1]] = (certificate and "https" or "http") .. "://127.0.0.1:" .. first_port + i
  end
  self.control = "http://127.0.0.1:" .. control
  return { MAIN = MAIN:format(self.workers > 1 and "on" or "off", self.workers),
    HTTP = HTTP:format(own.root, control), SERVERS = table.concat(servers, "\n") }
end

return M
