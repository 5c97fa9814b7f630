-- Every parameter of every operation, through a client whose transport sends nothing.

local helper = require "spec.unit.helper"

local VENDORS = {
  aliyun = {
    cases = require "spec.unit.cases.aliyun",
    operations = require "streamctl.aliyun.operations",
    params = helper.ALIYUN_PARAMS, client = helper.aliyun,
  },
  zego = {
    cases = require "spec.unit.cases.zego",
    operations = require "streamctl.zego.operations",
    params = helper.ZEGO_PARAMS, client = helper.zego,
  },
}

local function show(value)
  if type(value) == "table" then
    return "a list such as { " .. tostring(value[1]) .. ", ... } of " .. #value
  end
  local text = tostring(value)
  return type(value) .. " "
    .. (#text > 60 and text:sub(1, 60) .. "... of " .. #text .. " bytes" or text)
end

local function params_of(vendor, action, name, value, others)
  local params = helper.merged(vendor.params[action], others)
  params[name] = value
  return params
end

-- Asserts that a call was refused for this parameter, and that nothing was handed to the transport.
local function assert_refused(vendor, action, params, name, why, label)
  local client, transport = vendor.client()
  local body, message, err = client:call(action, params)
  assert.is_nil(body, label)
  assert.equal(1, (message:find("invalid_parameter: " .. action .. ": " .. name .. " ", 1, true)),
    label .. " says: " .. message)
  assert.truthy(message:find(why, 1, true), label .. " says: " .. message)
  assert.equal(message, err.message, label)
  assert.equal("invalid_parameter", err.code, label)
  assert.equal("usage", err.kind, label)
  assert.equal(0, err.attempts, label)
  assert.is_false(err.maybe_sent, label)
  assert.is_false(err.retryable, label)
  assert.equal(action, err.operation, label)
  assert.equal(0, #transport.requests, label)
end

local function assert_sent(vendor, action, params, name, wanted, label)
  local client, transport = vendor.client()
  local body, message = client:call(action, params)
  assert.is_truthy(body, label .. " was refused: " .. tostring(message))
  assert.equal(1, #transport.requests, label)
  local request = transport.requests[1]
  assert.equal(action, request.action, label)
  assert.same(wanted, helper.sent(request, name), label)
end

describe("validation", function()
  before_each(function() helper.freeze() end)
  after_each(helper.thaw)

  for vendor_name, vendor in pairs(VENDORS) do
    describe("of " .. vendor_name, function()
      it("has a case for every parameter of every operation", function()
        for action in pairs(vendor.cases) do
          local row = vendor.operations:find(action)
          assert.is_table(vendor.params[row.action], "no parameters that pass for " .. row.action)
          local names = {}
          for _, param in ipairs(row.params) do
            names[param.name] = true
            local case = vendor.cases[row.action][param.name]
            local label = row.action .. "." .. param.name
            assert.is_table(case, "no case for " .. label)
            assert.is_true(#case.good > 0 and #case.bad > 0,
              label .. " has no good or no bad values")
          end
          for name in pairs(vendor.cases[row.action]) do
            assert.is_true(names[name], row.action .. " has no parameter " .. name)
          end
        end
      end)

      for action, cases in pairs(vendor.cases) do
        for name, case in pairs(cases) do
          local label = action .. " " .. name

          if case.required then
            it("refuses a call of " .. action .. " without " .. name, function()
              assert_refused(vendor, action, helper.without(vendor.params[action], name), name,
                "is required", label)
            end)
          elseif not case.filled_in then
            it("sends " .. action .. " without " .. name, function()
              assert_sent(vendor, action, helper.without(vendor.params[action], name), name, {},
                label)
            end)
          end

          it("sends what " .. label .. " takes", function()
            for _, good in ipairs(case.good) do
              local wanted = type(good[2]) == "table" and good[2] or { good[2] }
              assert_sent(vendor, action, params_of(vendor, action, name, good[1], good[3]),
                case.wire or name, wanted, label .. " = " .. show(good[1]))
            end
          end)

          it("refuses what " .. label .. " does not take", function()
            for _, bad in ipairs(case.bad) do
              assert_refused(vendor, action, params_of(vendor, action, name, bad[1], bad[3]), name,
                bad[2], label .. " = " .. show(bad[1]))
            end
          end)
        end
      end

      it("refuses a parameter that no operation has, and suggests the one that was "
        .. "meant", function()
        for action in pairs(vendor.cases) do
          local row = vendor.operations:find(action)
          local meant = row.params[1].name
          local written = meant:lower()
          assert_refused(vendor, row.action,
            helper.merged(vendor.params[row.action], { [written] = "x" }), written,
            "is no parameter of " .. row.action .. " (did you mean '" .. meant .. "'?)", row.action)
          assert_refused(vendor, row.action,
            helper.merged(vendor.params[row.action], { Qqqqqqqqqqqq = "x" }), "Qqqqqqqqqqqq",
            "is no parameter of " .. row.action, row.action)
          assert_refused(vendor, row.action, helper.merged(vendor.params[row.action], { "x" }), "1",
            "is no parameter of " .. row.action, row.action)
        end
      end)

      it("explains a misspelt name rather than the one that is missing without it", function()
        for action in pairs(vendor.cases) do
          local row = vendor.operations:find(action)
          local params = helper.merged(vendor.params[row.action])
          for name in pairs(vendor.params[row.action]) do
            params[name], params[name .. "x"] = nil, params[name]
            assert_refused(vendor, row.action, params, name .. "x",
              "(did you mean '" .. name .. "'?)", row.action)
            params[name], params[name .. "x"] = params[name .. "x"], nil
          end
        end
      end)

      it("leaves the caller's table as it was", function()
        for action in pairs(vendor.cases) do
          local row = vendor.operations:find(action)
          local params = helper.merged(vendor.params[row.action])
          local client = vendor.client()
          assert(client:call(row.action, params))
          assert.same(vendor.params[row.action], params)
        end
      end)
    end)
  end

  it("refuses what its caller hides from pairs", function()
    local client, transport = helper.zego()
    local params = setmetatable({ StreamId = "s1", Hidden = "x" }, { __pairs = function()
      return next, {}, nil
    end })
    local body, message = client:call("ResumeRTCStream", params)
    assert.is_nil(body)
    assert.truthy(message:find("Hidden is no parameter of ResumeRTCStream", 1, true), message)
    assert.equal(0, #transport.requests)
  end)
end)
