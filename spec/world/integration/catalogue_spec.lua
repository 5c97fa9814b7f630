-- Every operation of both vendors, sent once with the least that is documented as required and once
-- with everything, as spec/bytes/vectors/operations has it: it arrives signed, at its product's
-- address, by its method, each value where and as the vendor wants it.

local samples = require "spec.support.samples"
local session = require "spec.support.session"

-- What came in the query, the form and the JSON body of a request.
local function arrived(entry)
  local json = entry.headers["content-type"] == "application/json"
  return entry.query, entry.form, json and samples.decode(entry.body) or {}
end

session.describe("the catalogue", function(s)
  -- Calls every operation that `wanted` names; returns what is wrong, one text each, and how many
  -- there were.
  local function sweep(vendor, client, whole, wanted)
    local problems, sent, facts = {}, {}, samples.facts(vendor)
    for _, action in ipairs(samples.sorted(facts)) do
      if not wanted or wanted(facts[action]) then
        local params = samples.params(vendor, action, whole)
        local last = #sent
        sent[last + 1] = { action = action, params = params }
        local _, message, err = client:call(action, params)
        -- a model may know of no such task: that is for other specs
        if err and not err.http_status then
          problems[#problems + 1] = action .. ": " .. message
          sent[last + 1] = nil
        end
      end
    end
    local log = s.e:requests()
    assert.equal(#sent, #log)
    for i, entry in ipairs(log) do
      local fact = facts[sent[i].action]
      local query, form, body = arrived(entry)
      local what = { entry.verified, entry.fits, entry.action, entry.method, entry.product }
      local want = { true, true, sent[i].action, fact.method, fact.host }
      for k = 1, 5 do
        if what[k] ~= want[k] then
          problems[#problems + 1] = ("%s: %s instead of %s (%s)"):format(sent[i].action,
            tostring(what[k]), tostring(want[k]), tostring(entry.code))
        end
      end
      local why = samples.compare(vendor, fact, sent[i].params, query, form, body)
      if why then problems[#problems + 1] = sent[i].action .. ": " .. why end
    end
    return problems, #sent
  end

  for _, whole in ipairs { false, true } do
    local what = whole and "all its parameters" or "what is required"

    it("of Alibaba Cloud arrives with " .. what, function()
      local problems, count = sweep("aliyun", s:aliyun(), whole)
      assert.same({}, problems)
      assert.equal(437, count)
    end)

    it("of ZEGOCLOUD arrives with " .. what, function()
      local problems, count = sweep("zego", s:zego { endpoint = {
        rtc = s.e.zego_rtc, cloudrecord = s.e.zego_cloudrecord,
        ["cloud-player"] = s.e.zego_cloud_player, metaworld = s.e.zego_metaworld,
      } }, whole)
      assert.same({}, problems)
      assert.equal(66, count)
    end)
  end

  it("of Alibaba Cloud arrives with the older signature too, forms among them", function()
    local forms = 0
    local problems = sweep("aliyun", s:aliyun { signature = "v1" }, true, function(fact)
      forms = forms + (fact.body == "form" and 1 or 0)
      return fact.body == "form" or fact.method == "GET"
    end)
    assert.same({}, problems)
    assert.equal(26, forms)
  end)
end)
