-- luacheck: std luajit+ngx_lua

-- The inside of scripted.lua: chooses the rule, keeps the request, answers.

local json = require "cjson"

local M = {}

local LONG = 60 -- seconds: longer than any client waits

local dir

function M.start(of) dir = of end

local function read_headers()
  local list = {}
  for line in ngx.req.raw_header(true):gmatch("([^\r\n]+)\r?\n") do
    local name, value = line:match("^([^:]+):%s*(.-)%s*$")
    list[#list + 1] = name
    list[#list + 1] = value
  end
  return list
end

local function fits(rule, method, path, headers)
  return (not rule.method or rule.method == method) and (not rule.path or rule.path == path)
    and (not rule.with_header or headers[rule.with_header] ~= nil)
end

local function choose(script, method, path)
  local headers = ngx.req.get_headers(0)
  for i, rule in ipairs(script.rules) do
    if fits(rule, method, path, headers) then
      local count = rule.times
        and ngx.shared.played:incr(("%d:%d"):format(script.play, i), 1, 0) or 0
      if count <= (rule.times or 0) then return rule end
    end
  end
  return { status = 599, body = "unscripted " .. method .. " " .. path }
end

-- One write of one line: whoever reads finds whole lines.
local function keep(request)
  local file = assert(io.open(dir .. "/arrived", "ab"))
  file:write(json.encode(request) .. "\n")
  file:close()
end

local function send(rule)
  ngx.status = rule.status or 200
  for name, value in pairs(rule.headers or {}) do ngx.header[name] = value end
  local body = rule.body or ""
  ngx.header["Content-Length"] = #body
  if rule.stall == "body" then
    local half = math.floor(#body / 2)
    ngx.print(body:sub(1, half))
    ngx.flush(true)
    ngx.sleep(LONG)
    body = body:sub(half + 1)
  end
  ngx.print(body)
end

function M.answer()
  ngx.req.read_body()
  local file = assert(io.open(dir .. "/script", "rb"))
  local script = json.decode(file:read("*a"))
  file:close()
  local method, target = ngx.req.get_method(), ngx.var.request_uri
  local rule = choose(script, method, target:match("^[^?]*"))
  keep {
    scheme = ngx.var.scheme, method = method, target = target, headers = read_headers(),
    body = ngx.req.get_body_data() or "", status = rule.status or 200,
  }
  if rule.reset then return ngx.exit(444) end
  if rule.stall == "head" then ngx.sleep(LONG) end
  return send(rule)
end

return M
