-- OpenSSL has one queue of errors for nginx and for libcurl. What a failed call leaves there, nginx
-- would take for a failure of the next connection that it serves.

local place = require "spec.world.openresty.parts.place"
local shell = require "spec.support.emulator.launcher.shell"

local SERVER = [[
location = /fail {
  content_by_lua_block {
    local ffi = require "ffi"
    ffi.cdef "unsigned long ERR_peek_error(void);"
    local app, query = require "spec.world.openresty.parts.app", ngx.req.get_uri_args()
    local client = app.zego { endpoint = query.endpoint, tls = { ca_file = query.ca }, loop = query.loop }
    local body, _, err = client:resume_rtc_stream({ StreamId = "f" }, { attempt_timeout = 5 })
    ngx.say(body and "ok" or err.code, query.loop and tostring(ffi.C.ERR_peek_error()) or "")
  }
}
]]

local HTTP = [[
upstream vendor {
  server @VENDOR@;
  keepalive 4;
}
server {
  listen unix:@DIR@/tls.sock ssl;
  ssl_certificate @DIR@/server.pem;
  ssl_certificate_key @DIR@/server.key;
  location / { proxy_pass @URL@; }
  location = /proxied {
    proxy_pass https://vendor/;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
  }
@SERVER@
}
]]

local function http(e)
  local values = { DIR = e.dir, VENDOR = e.zego:match("//(.*)$"), URL = e.zego_http,
    SERVER = SERVER }
  return (HTTP:gsub("@(%u+)@", values))
end

place.describe("a call that fails", { http = http, server = SERVER }, function(p)
  -- Requests on one TLS connection, one after the other; the bodies.
  local function visit(paths)
    local words = { "curl -q -sS --noproxy '*' --max-time 60 --cacert", p.e.ca_file,
      "--unix-socket", p.e.dir .. "/tls.sock -w '%{num_connects}\\n'" }
    for _, path in ipairs(paths) do words[#words + 1] = shell.quote("https://localhost" .. path) end
    local output, status = shell.run(table.concat(words, " "))
    assert.equal(0, status, output)
    return output
  end

  it("leaves nothing to other TLS connections of the worker", function()
    local ca = "&ca=" .. p.e.ca_file
    local failures = { -- what is done, and what must come out
      { "/fail?endpoint=" .. p.e.tls_self_signed .. ca, "tls" },
      { "/fail?endpoint=" .. p.e.tls_expired .. ca, "tls" },
      { "/fail?endpoint=" .. p.e.zego_http:gsub("http:", "https:") .. ca, "tls" },
      { "/fail?endpoint=" .. p.e.zego, "tls" }, -- the system's authorities
      { "/fail?endpoint=" .. p.e.zego .. "&ca=" .. p.e.dir .. "/none.pem", "tls" },
      { "/fail?endpoint=" .. p.e.zego .. ca, "connect" }, -- the fault
    }
    local paths = { "/proxied" }
    for _, failure in ipairs(failures) do
      for _, path in ipairs { failure[1], "/proxied", failure[1], failure[1], "/proxied" } do
        paths[#paths + 1] = path
      end
    end
    p.e:fault { vendor = "zego", action = "ResumeRTCStream", kind = "reset_before", times = -1 }
    local output = visit(paths)
    local codes, connects = {}, 0
    for line in output:gmatch("[^\n]+") do
      connects = connects + (tonumber(line:match("(%d)$")) or 0)
      codes[#codes + 1] = line:match("^%a+$")
    end
    for i, failure in ipairs(failures) do
      for j = 3 * i - 2, 3 * i do assert.equal(failure[2], codes[j], output) end
    end
    assert.equal(1, connects)
    assert.same({}, p:alarms())
  end)
end)
