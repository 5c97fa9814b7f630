-- Plain requests: the engine and cosockets send the same.

local bench = require "spec.openresty.resty.bench"
local cjson = require "cjson"
local edge = require "spec.support.edge"

local SERVER = [[
  location = /ask { content_by_lua_block { require("spec.openresty.resty.plain").ask() } }
  location = /away { return 302 http://127.0.0.1:9/; }
  location / { content_by_lua_block { require("spec.openresty.resty.plain").echo() } }
]]

-- What libcurl sends unless it is told otherwise.
local OWN = { curl = "Accept: */*" }

-- The first line, the headers in order of their names, the body.
local function parse(text)
  local first, header, body = text:match("^(.-)\r\n(.-)\r\n\r\n(.*)$")
  local lines = {}
  for line in header:gmatch("[^\r\n]+") do lines[#lines + 1] = line end
  return first, lines, body
end

describe("a plain request", function()
  if not edge.resty_dir() then return pending(bench.missing) end
  local n

  setup(function() n = assert(edge.start { server = SERVER, resty = true }) end)
  teardown(function() if n then n:stop() end end)

  for _, transport in ipairs { "curl", "resty" } do
    local function ask(...)
      local status, body = n:get("/ask", { method = "POST", body = cjson.encode {
        port = n.port, transport = transport, headers = { "X-A", "b c" }, requests = { ... },
      } })
      assert.equal("200", tostring(status))
      return cjson.decode(body)
    end

    local function check(result, line, headers, body)
      assert.same({ "ok", 200, true }, { result.code, result.http_status, result.maybe_sent })
      local first, lines, rest = parse(result.body)
      headers[#headers + 1] = "X-A: b c"
      headers[#headers + 1] = "User-Agent: spec/1"
      headers[#headers + 1] = "Host: 127.0.0.1:" .. n.port
      headers[#headers + 1] = OWN[transport]
      table.sort(headers)
      table.sort(lines)
      assert.same({ line, headers, body }, { first, lines, rest })
    end

    it("is sent as it is over " .. transport, function()
      local results = ask({ "PUT", "/latest/api/token?a=%2F&b=c+d&&" }, { "GET", "/./x/../y" },
        { "PUT", "/p", "text", "text/plain" }, { "POST", "/" }, { "POST", "/", "a=b" },
        { "GET", "/" })
      check(results[1], "PUT /latest/api/token?a=%2F&b=c+d&& HTTP/1.1", { "Content-Length: 0" }, "")
      check(results[2], "GET /./x/../y HTTP/1.1", {}, "")
      check(results[3], "PUT /p HTTP/1.1", { "Content-Length: 4", "content-type: text/plain" },
        "text")
      check(results[4], "POST / HTTP/1.1", { "Content-Length: 0" }, "")
      check(results[5], "POST / HTTP/1.1", { "Content-Length: 3" }, "a=b")
      check(results[6], "GET / HTTP/1.1", {}, "")
    end)

    it("is not sent where a redirect leads, over " .. transport, function()
      local result = ask({ "GET", "/away" })[1]
      assert.same({ "ok", 302 }, { result.code, result.http_status })
    end)

    it("is not sent with a target that would be something else, over " .. transport, function()
      for _, result in ipairs(ask({ "GET", "/ HTTP/1.1\r\nX: " }, { "GET", "x" })) do
        assert.same({ "invalid_parameter", false }, { result.code, result.maybe_sent })
      end
    end)
  end
end)
