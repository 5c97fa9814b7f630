-- The web server of the senders: one nginx that answers at once, one that writes down what it was asked, and one
-- that answers after 50 ms.

local CONF = [[
load_module @MODULES@/ndk_http_module.so;
load_module @MODULES@/ngx_http_lua_module.so;
daemon off;
master_process off;
pid @DIR@/nginx.pid;
error_log @DIR@/error.log warn;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path @DIR@/tmp/body;
  proxy_temp_path @DIR@/tmp/proxy;
  fastcgi_temp_path @DIR@/tmp/fastcgi;
  uwsgi_temp_path @DIR@/tmp/uwsgi;
  scgi_temp_path @DIR@/tmp/scgi;
  lua_package_path "/usr/share/lua/5.1/?.lua;;";
  log_format asked escape=none '$request|$http_host|$http_authorization|$http_x_acs_date|$http_x_acs_signature_nonce';
  keepalive_requests 10000000;
  keepalive_timeout 300s;
  ssl_certificate @DIR@/server.pem;
  ssl_certificate_key @DIR@/server.key;
  ssl_protocols TLSv1.2 TLSv1.3;
  default_type application/json;
  server {
    listen 127.0.0.1:@PORT@ ssl;
    location / { return 200 '{"RequestId":"16A96B9A-F203-4EC5-8E43-CB92E68F4CD8"}'; }
  }
  server {
    listen 127.0.0.1:@PORT2@ ssl;
    access_log @DIR@/asked.log asked;
    location / { return 200 '{"RequestId":"16A96B9A-F203-4EC5-8E43-CB92E68F4CD8"}'; }
  }
  server {
    listen 127.0.0.1:@PORT3@ ssl;
    location / {
      content_by_lua_block {
        ngx.sleep(0.05)
        ngx.print('{"RequestId":"16A96B9A-F203-4EC5-8E43-CB92E68F4CD8"}')
      }
    }
  }
}
]]

local FOLDERS = { "/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/usr/local/nginx/modules" }

--- Starts it: the server of bench/server.lua with `fast`, `logged` and `slow`, each `{ url =, ca_file = }`, and
-- `asked()`, the lines of the log so far. Or nil and why not.
return function(tools)
  local modules
  for _, folder in ipairs(FOLDERS) do
    if tools.succeeds("test -e " .. folder .. "/ngx_http_lua_module.so") then modules = folder end
  end
  if not modules then return nil, "nginx has no Lua module; apt-get install libnginx-mod-http-lua" end
  local server, problem = assert(loadfile(tools.root .. "/bench/server.lua"))().start(CONF, { MODULES = modules })
  if not server then return nil, problem end
  for i, name in ipairs { "fast", "logged", "slow" } do
    server[name] = { url = "https://127.0.0.1:" .. string.format("%d", server.port + i - 1), ca_file = server.ca_file }
  end
  function server.asked()
    local lines = {}
    for line in io.lines(server.dir .. "/asked.log") do lines[#lines + 1] = line end
    return lines
  end
  return server
end
