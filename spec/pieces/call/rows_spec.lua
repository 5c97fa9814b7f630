-- How rows are written, and what becomes of them.

local rows = require "streamctl.call.rows"

local function params_of(...)
  return rows.expand({ "DoIt", params = { ... } }).params
end

describe("a row", function()
  it("has parameters in words: name, type, and whether it is required", function()
    assert.same({
      { name = "A", type = "text", wire = "A" },
      { name = "B", type = "text", wire = "B", required = true },
      { name = "C", type = "text", wire = "C", documented = true },
      { name = "D", type = "integer", wire = "D" },
      { name = "E.1", type = "stream_id", wire = "E.1", required = true },
      { name = "F", type = "time", wire = "F", documented = true },
    }, params_of("A B!", "  C* D:integer\nE.1:stream_id!", "F:time*"))
  end)

  it("has parameters with limits, in the order in which they are written", function()
    local params =
      params_of("A", { "B:list!", items = "integer", wire = "B[]", max_items = 3 }, "C")
    assert.same({ "A", "B", "C" }, { params[1].name, params[2].name, params[3].name })
    local list = params[2]
    assert.same({ "list", "integer", "B[]", 3, true },
      { list.type, list.items, list.wire, list.max_items, list.required })
  end)

  it("has fields in the same notation, as deep as they go", function()
    local object = params_of({ "O:object", fields = {
      "A! B:integer", { "P:list", items = "object", fields = { "C:boolean" } },
    } })[1]
    assert.same({ { name = "A", type = "text", wire = "A", required = true },
      { name = "B", type = "integer", wire = "B" } }, { object.fields[1], object.fields[2] })
    assert.same({ { name = "C", type = "boolean", wire = "C" } }, object.fields[3].fields)
  end)

  it("is refused with a word that is none", function()
    for _, word in ipairs { "A!!", "A*!", "A:integer:text", "!", ":text", "A!b", "A:int-eger" } do
      assert.error_matches(function() params_of(word) end, "is no parameter: write Name", 1, true,
        word)
    end
  end)

  it("is safe when its name is a query's, unless it says otherwise", function()
    for _, action in ipairs {
      "DescribeX", "ListX", "QueryX", "GetX", "CheckX", "SearchX", "ValidateX",
    } do
      assert.is_true(rows.expand({ action }).safe, action)
      assert.is_false(rows.expand({ action, safe = false }).safe, action)
    end
    for _, action in ipairs {
      "SetX", "DescribeX2Y", "Listen", "Checkout", "ForgetX", "RTMPDispatchV2", "X",
    } do
      assert.equal(action == "DescribeX2Y", rows.expand({ action }).safe, action)
    end
    assert.same({ unless = { A = "b" } },
      rows.expand({ "SetX", safe = { unless = { A = "b" } } }).safe)
  end)

  it("has a name in snake case", function()
    for action, name in pairs {
      ResumeLiveStream = "resume_live_stream", ResumeRTCStreams = "resume_rtc_streams",
      RTMPDispatchV2 = "rtmp_dispatch_v2", StartCensorAudioV2 = "start_censor_audio_v2",
      DescribeRTS = "describe_rts", HotLiveRtcStream = "hot_live_rtc_stream",
      resume_live_stream = "resume_live_stream",
    } do
      assert.equal(name, rows.snake(action))
    end
  end)
end)
