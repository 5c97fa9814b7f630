-- Makes nginx.conf from the settings, for `streamctl-edge`.

local conf = {}

-- Words in @ are replaced. What differs between hosts comes from the settings.
local TEMPLATE = [==[
# Made by streamctl-edge from @PATH@: change that file.
@MODULES@
@USER@
worker_processes @WORKERS@;
daemon off;
pid @FOLDER@/nginx.pid;
error_log @LOGS@/error.log warn;
worker_shutdown_timeout 60s; # longer than the time limit of a request can be
@ENVIRONMENT@
events {
  worker_connections 16384; # a stranger may hold thousands half-open; 5 MB a worker
}

http {
@LUA_PATHS@
  lua_shared_dict edge_metrics 1m;
  lua_shared_dict edge_state 64k;
  # By sender, so that nobody can use up what the vendors need.
  limit_req_zone $binary_remote_addr zone=edge_webhooks:1m rate=200r/s;
@REAL_IP@
  # An error ends the start; at a reload nginx goes on with the workers that it has.
  init_by_lua_block {
    -- Lua also looks for modules in the working folder, which may belong to somebody else.
    for _, name in ipairs { "path", "cpath" } do
      package[name] = (";" .. package[name]):gsub(";[^/;][^;]*", ""):sub(2)
    end
    require("streamctl.edge.clients").start("@PATH@")
  }
  init_worker_by_lua_block {
    require("streamctl.edge.clients").open()
    require("streamctl.edge.reactions").start()
  }

  # For the sockets to Redis, which are nginx' own.
  resolver @RESOLVER@;
  resolver_timeout 5s;
  lua_ssl_trusted_certificate @CA_FILE@;
  lua_ssl_verify_depth 5;
  lua_ssl_protocols TLSv1.2 TLSv1.3;
  lua_socket_log_errors off;

  # What has begun runs to its end, also when the caller hangs up.
  lua_check_client_abort off;

  server_tokens off;
  client_header_timeout 10s;
  client_body_timeout 10s;
  send_timeout 30s;
  keepalive_timeout 30s;
  client_body_temp_path @FOLDER@/body;
  proxy_temp_path @FOLDER@/proxy;
  fastcgi_temp_path @FOLDER@/fastcgi;
  uwsgi_temp_path @FOLDER@/uwsgi;
  scgi_temp_path @FOLDER@/scgi;

  map $http_x_request_id $edge_request_id {
    "~^[A-Za-z0-9._-]{1,64}$" $http_x_request_id;
    default $request_id;
  }
  # Without the query, which may hold a secret by mistake, and the random part of addresses.
  map $request_uri $edge_path {
    "~^/webhooks/[^/?]+/(?<webhook_of>[a-z]+)(\?|$)" /webhooks/***/$webhook_of;
    "~^/webhooks/" /webhooks/***;
    "~^[^?]*(webhooks|%)" /***; # such as //webhooks/, which nginx reads as the same address
    "~^(?<path_only>[^?]*)" $path_only;
  }
  map $edge_path $edge_route {
    /streams/resume resume;
    /streams/forbid forbid;
    /streams/state state;
    /livez livez;
    /readyz readyz;
    /metrics metrics;
    /webhooks/***/zego webhook;
    /webhooks/***/aliyun webhook;
    default other;
  }
  log_format edge escape=json '{"time":"$time_iso8601","request_id":"$edge_request_id",'
    '"client":"$remote_addr","method":"$request_method","path":"$edge_path","status":$status,'
    '"seconds":$request_time,'
    '"vendor":"$edge_vendor","streams":"$edge_streams","failed":"$edge_failed","code":"$edge_code"}';

  server {
    listen @LISTEN@;
    access_log @LOGS@/access.log edge;
    set $edge_vendor "";
    set $edge_streams "";
    set $edge_failed "";
    set $edge_code "";
    client_max_body_size 64k;
    client_body_buffer_size 128k; # a body is never written to disk
    add_header X-Request-Id $edge_request_id always;
    add_header Cache-Control no-store always;
    log_by_lua_block { require("streamctl.edge.metrics").served() }

    # An address and no @name, since a malformed request has no address.
    error_page 400 403 404 405 408 411 412 413 414 415 417 500 501 502 503 504 505 /edge-error;
    error_page 494 =431 /edge-error;
    location = /edge-error {
      internal;
      content_by_lua_block { require("streamctl.edge.answers").error_page() }
    }

    location /streams/ {
      content_by_lua_block { require("streamctl.edge.routes").serve() }
    }
    location /webhooks/ {
      limit_req zone=edge_webhooks burst=400 nodelay;
      client_max_body_size 16k; # the vendors' are of a few kilobytes
      error_log stderr emerg; # lines would hold the query, and so the auth_key of a stream
      content_by_lua_block { require("streamctl.edge.webhooks").serve() }
    }
    location = /livez {
      content_by_lua_block { require("streamctl.edge.health").live() }
    }
    location = /readyz {
      content_by_lua_block { require("streamctl.edge.health").ready() }
    }
    location = /metrics {
      allow 127.0.0.1;
      allow ::1;
      allow unix:;
      deny all;
      content_by_lua_block { require("streamctl.edge.health").metrics() }
    }
    location / {
      return 404;
    }
  }
}
]==]

-- What the sources of keys read; workers get no other variable, and no secret.
local VARIABLES = { "HOME" }
for name in ([[PROFILE CONFIG_FILE CREDENTIALS_FILE CLI_PROFILE_DISABLED DISABLE_EXTERNAL_PROCESS
  ECS_METADATA ECS_METADATA_DISABLED IMDSV1_DISABLED ROLE_ARN ROLE_SESSION_NAME OIDC_PROVIDER_ARN
  OIDC_TOKEN_FILE STS_REGION VPC_ENDPOINT_ENABLED CREDENTIALS_URI]]):gmatch "%S+" do
  VARIABLES[#VARIABLES + 1] = "ALIBABA_CLOUD_" .. name
end

-- Lines of nginx.conf, one for each value.
local function lines(form, values)
  local list = {}
  for i, value in ipairs(values) do list[i] = form:format(value) end
  return table.concat(list, "\n")
end

-- The modules of Debian's nginx; OpenResty has them built in.
local function modules(folder)
  local found = {}
  for _, name in ipairs { "ndk_http_module", "ngx_http_lua_module" } do
    local file = io.open(folder .. "/" .. name .. ".so")
    if file then
      file:close()
      found[#found + 1] = folder .. "/" .. name .. ".so"
    end
  end
  return lines("load_module %s;", found)
end

-- The folders where this command finds modules, when they are of nginx' Lua.
local function lua_paths()
  if _VERSION ~= "Lua 5.1" then return "" end
  local list = {}
  for directive, path in pairs { package_path = package.path, package_cpath = package.cpath } do
    local entries = {}
    for entry in path:gmatch "[^;]+" do
      if entry:sub(1, 1) == "/" then entries[#entries + 1] = entry end
    end
    list[#list + 1] = ('  lua_%s "%s;;";'):format(directive, table.concat(entries, ";"))
  end
  table.sort(list)
  return table.concat(list, "\n")
end

local function system_resolver()
  local file, servers = io.open "/etc/resolv.conf", {}
  for line in file and file:lines() or function() end do
    local server = line:match "^nameserver%s+([%x.:]+)%s*$"
    if server then servers[#servers + 1] = server:find ":" and "[" .. server .. "]" or server end
  end
  if file then file:close() end
  return (servers[1] and table.concat(servers, " ") or "127.0.0.1") .. " valid=30s"
end

local function listen(edge)
  if not edge.certificate then return edge.listen end
  return ("%s ssl;\n    ssl_certificate %s;\n    ssl_certificate_key %s;\n"
    .. "    ssl_protocols TLSv1.2 TLSv1.3"):format(edge.listen, edge.certificate,
    edge.certificate_key)
end

-- The text of nginx.conf, which is for `folder` and keeps pid and temporary files there.
function conf.text(settings, folder, logs)
  local edge = settings.edge
  local values = {
    PATH = settings.path, FOLDER = folder, LOGS = logs or edge.log_folder,
    MODULES = modules(edge.modules), USER = edge.user and "user " .. edge.user .. ";" or "",
    WORKERS = edge.workers, LISTEN = listen(edge), LUA_PATHS = lua_paths(),
    ENVIRONMENT = settings.aliyun and settings.aliyun.credentials and lines("env %s;", VARIABLES)
      or "",
    REAL_IP = edge.real_ip_from and lines("  set_real_ip_from %s;", edge.real_ip_from)
      .. "\n  real_ip_header X-Forwarded-For;" or "",
    RESOLVER = edge.resolver or system_resolver(),
    CA_FILE = edge.ca or "/etc/ssl/certs/ca-certificates.crt",
  }
  return (TEMPLATE:gsub("@([%u_]+)@", values))
end

return conf
