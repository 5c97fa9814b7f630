-- A collector of OpenTelemetry traces: an nginx of its own, which keeps the bodies that it is sent.
-- It refuses what is no request of OTLP in JSON, by the names and kinds of opentelemetry-proto's
-- fields (trace.proto, common.proto) and the rules of its JSON: hex ids, 64-bit numbers as texts.

local cjson = require "cjson"
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
local own = assert(loadfile(here .. "/own_nginx.lua"))()

local otlp = {}

local function matches(pattern)
  return function(value) return type(value) == "string" and value:find(pattern) ~= nil end
end

local function is(kind)
  return function(value) return type(value) == kind end
end

local TRACE, SPAN = matches("^" .. ("%x"):rep(32) .. "$"), matches("^" .. ("%x"):rep(16) .. "$")
local DIGITS = matches "^%d+$"
local TEXT, NUMBER = is "string", is "number"

-- Fields of each message; a table stands for a message, a table with a message at 1 for a list.
local VALUE = { stringValue = TEXT, intValue = matches "^-?%d+$", doubleValue = NUMBER,
  boolValue = is "boolean" }
local ATTRIBUTES = { { key = TEXT, value = VALUE } }
local STATUS = { code = NUMBER, message = TEXT }
local EVENT = { timeUnixNano = DIGITS, name = TEXT, attributes = ATTRIBUTES }
local SPANS = { { traceId = TRACE, spanId = SPAN, parentSpanId = SPAN, traceState = TEXT,
  flags = NUMBER, name = TEXT, kind = NUMBER, startTimeUnixNano = DIGITS, endTimeUnixNano = DIGITS,
  attributes = ATTRIBUTES, events = { EVENT }, status = STATUS } }
local REQUEST = { resourceSpans = { { resource = { attributes = ATTRIBUTES },
  scopeSpans = { { scope = { name = TEXT, version = TEXT }, spans = SPANS } } } } }

local function check(value, shape, path)
  if type(shape) == "function" then
    return assert(shape(value), path .. " is " .. tostring(value))
  end
  assert(type(value) == "table", path .. " is no table")
  assert(next(value) ~= nil, path .. " is empty, which may be a list or an object")
  for key, element in pairs(value) do
    local field = shape[1] and type(key) == "number" and shape[1] or shape[key]
    check(element, assert(field, path .. "." .. key .. " is no field"), path .. "." .. key)
  end
end

local Collector = own.class()

function Collector:parts(first_port)
  self.url = "http://127.0.0.1:" .. first_port + 1
  return { MAIN = "", HTTP = "lua_shared_dict otlp 8m; client_body_buffer_size 4m;", SERVERS = ([[
  server {
    listen 127.0.0.1:%d;
    client_max_body_size 4m;
    location = /v1/traces {
      content_by_lua_block {
        ngx.req.read_body()
        local is_json = ngx.var.request_method == "POST" and ngx.var.http_content_type
          == "application/json"
        ngx.shared.otlp:rpush("bodies", ngx.req.get_body_data())
        ngx.status = is_json and (ngx.shared.otlp:get "status" or 200) or 415
        ngx.say "{}"
      }
    }
    location = /status {
      content_by_lua_block { ngx.shared.otlp:set("status", tonumber(ngx.var.arg_is)) }
    }
    location = /bodies {
      content_by_lua_block {
        for _ = 1, ngx.shared.otlp:llen "bodies" do ngx.say(ngx.shared.otlp:lpop "bodies") end
      }
    }
  }]]):format(first_port + 1) }
end

-- Has the collector answer with a status from now on.
function Collector:answer(status) assert(self:get("/status?is=" .. status) == 200) end

-- Returns the spans that have come since the last look, and the text of all requests. Each span has
-- its attributes by name.
function Collector:spans()
  local list, status, text = {}, self:get "/bodies"
  assert(status == 200, text)
  for line in text:gmatch "[^\n]+" do
    local request = cjson.decode(line)
    check(request, REQUEST, "request")
    for _, span in ipairs(request.resourceSpans[1].scopeSpans[1].spans) do
      for _, holder in ipairs { span, (span.events or {})[1] } do
        for _, attribute in ipairs(holder.attributes) do
          local kind, value = next(attribute.value)
          holder[attribute.key] = kind == "intValue" and tonumber(value) or value
        end
      end
      span.service = request.resourceSpans[1].resource.attributes[1].value.stringValue
      list[#list + 1] = span
    end
  end
  return list, text
end

-- Starts a collector, or returns nil and a sentence.
function otlp.start() return own.start(Collector, "collector", {}) end

return otlp
