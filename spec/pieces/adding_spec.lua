-- How an operation is added: by a row. The vendor here is made for that; nothing of it but the rows
-- is particular to an operation.

local clients = require "streamctl.vendor.client"
local catalogue = require "streamctl.call.catalogue"
local core = require "streamctl.core"
local helper = require "spec.pieces.helper"
local memory = require "streamctl.store.memory"

-- The row, and one that needs less.
package.preload["spec.pieces.made.doors"] = function()
  return {
    {
      "OpenDoor", rate = 5, safe = { unless = { Force = "yes" } },
      resource = { "DoorId", of = "door" },
      params = {
        "DoorId! OpenAt:time CloseAt:time",
        { "Width:integer", min = 1, max = 90 },
        { "Force", enum = { "yes", "no" }, value = "no" },
      },
      rules = { { "later", "CloseAt", "OpenAt" } },
    },
    { "ListDoors" },
  }
end

local vendor = {
  name = "made", hosts = { "doors" }, keys = {}, required = {}, variables = {}, checks = {},
  operations = catalogue.new {
    module = "spec.pieces.made", groups = { "doors" }, defaults = { method = "POST" },
    reserved = {},
  },
}

function vendor.default_endpoint() return "https://doors.example.com" end

function vendor.prepare(self)
  self.order = "made:a"
  return core.signer("acs3", { access_key_id = "a", access_key_secret = "secret",
    host = "doors.example.com", version = "2026-01-01" })
end

function vendor.judge() end -- every answer is a success

function vendor.from_environment(found) found.transport = vendor.transport end

local made = clients.publish(vendor)

-- A client, and its transport, which answers so.
local function client(answer, given)
  local transport = helper.transport(answer or helper.response(200, "{}"))
  return made.new(helper.merged({
    transport = transport, store = memory.new(), retry = false,
  }, given)), transport
end

local function assert_refused(why, params)
  local it, transport = client()
  local _, message, err = it:open_door(params)
  assert.same({ "invalid_parameter: OpenDoor: " .. why, "OpenDoor" }, { message, err.operation })
  assert.equal(0, #transport.requests)
end

describe("a row alone", function()
  helper.stand_still()

  it("is a method of clients, a function of the vendor's table, and a name for call", function()
    local it, transport = client()
    vendor.transport = transport
    assert(it:open_door { DoorId = "d" })
    assert(it:call("OpenDoor", { DoorId = "d" }))
    assert(made.open_door { DoorId = "d" })
    for _, request in ipairs(transport.requests) do
      assert.equal("POST", request.method)
      assert.equal("OpenDoor", request.action)
      assert.same({ "DoorId", "d", "Force", "no" }, request.params)
    end
    assert.equal(3, #transport.requests)
    assert(it:list_doors {})
    assert.is_true(transport.requests[4].safe)
  end)

  it("checks its parameters, and encodes them", function()
    assert_refused("DoorId is required", {})
    assert_refused("Force must be one of yes, no; got 'maybe'", { DoorId = "d", Force = "maybe" })
    local it, transport = client()
    assert(it:open_door { DoorId = "d", Width = 60.0, OpenAt = 1767323045 })
    assert.same({ "60" }, helper.sent(transport.requests[1], "Width"))
    assert.same({ "2026-01-02T03:04:05Z" }, helper.sent(transport.requests[1], "OpenAt"))
  end)
end)
