-- Skeletons of parameters: what `call --skeleton` prints and `call --json` takes back.

local helper = require "spec.pieces.helper"
local json = require "streamctl.base.json"
local skeleton = require "streamctl.cli.skeleton"
local streamctl = require "streamctl"

local function in_days(days) return os.date("!%Y-%m-%dT%H:%M:%SZ", os.time() + days * 86400) end

local VALUES = {
  text = "a1", stream_id = "a1", boolean = true, number = 1, integer = 1,
  time = in_days(1), sequence = 9e15,
}

-- What somebody writes in the place of a placeholder, which says all there is to know.
local function value_for(name, text)
  local kind, limits = text:match "^<fill in[%l ]*: ([%l_]+)(.*)>$"
  local value = limits:match "one of ([^,;]+)" or limits:match "at least (%d+)%f[;%z]"
    or VALUES[kind]
  if kind == "integer" or kind == "number" then value = tonumber(value) end
  if kind == "time" and name:lower():find "end" then value = in_days(2) end
  assert(value ~= nil, text)
  return value
end

local function fill(object)
  for name, value in pairs(object) do
    if type(value) == "table" then
      fill(value)
    elseif type(value) == "string" and value:find "^<fill in" then
      object[name] = value_for(tostring(name), value)
    end
  end
  return object
end

describe("a skeleton", function()
  it("has all parameters, required ones first, and what each may be", function()
    assert.equal([[
{
  "AppName": "<fill in: text>",
  "DomainName": "<fill in: text>",
  "StreamName": "<fill in: text>",
  "RegionId": "<fill in or delete: text>",
  "ResumeTime": "<fill in or delete: time; UTC, or Unix seconds; 6 months if left out>",
  "LiveStreamType": "publisher",
  "Oneshot": "<fill in or delete: text; one of yes, no>"
}
]], skeleton.of(streamctl.aliyun.operations:find "ForbidLiveStream"))
    assert.matches('^{\n  "RoomId": .*"StreamId": .*\n  "UserName": "<fill in or delete: ',
      skeleton.of(streamctl.zego.operations:find "DeleteStream"))
  end)

  local made = { aliyun = helper.aliyun(), zego = helper.zego() }
  for vendor, client in pairs(made) do
    it("of each operation of " .. vendor .. " is taken back once it is filled in", function()
      local failed, count = {}, 0
      for row in streamctl[vendor].operations:each() do
        local object = assert(json.decode(skeleton.of(row)), row.action)
        for _, param in ipairs(row.params) do
          assert.is_not_nil(object[param.name], row.action .. " " .. param.name)
        end
        local answer, why = client:sign(row.action, fill(object), { masked = true })
        if not answer then failed[#failed + 1] = why end
        count = count + 1
      end
      assert.same({}, failed)
      assert.is_true(count > 60)
    end)
  end

  it("says which value is still to be filled in", function()
    local function left(text) return { skeleton.left(json.decode(text)) } end
    assert.same({ "A.1.B", "<fill in: text>" }, left '{"C":"<b>","A":[{"B":"<fill in: text>"}]}')
    assert.same({ "A", "<fill in or delete: time>" }, left '{"A":"<fill in or delete: time>"}')
    assert.same({}, left '{"A":"fill in","B":[1,{"C":null}]}')
  end)
end)
