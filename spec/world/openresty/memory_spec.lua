-- Memory of a worker under load: after a warm-up it must not grow.

local place = require "spec.world.openresty.parts.place"

local CALLS = 20000 -- measured; 200000 for a closer look
local WARM_UP = CALLS / 4
local PIECE = 1000 -- calls of one request to nginx
local ALLOWED = 2048 -- KiB
local IN_A_ROW = 10000 -- calls of one light thread

local function check(what, before, after)
  assert.is_true(after - before <= ALLOWED,
    ("%s grew from %.0f to %.0f KiB"):format(what, before, after))
end

place.describe("the memory of a worker", { emulator = { log = false } }, function(p)
  local function make_calls(count)
    for _ = 1, count / PIECE do
      local result = p:ask_json(("/many?n=%d&threads=20"):format(PIECE))
      assert.is_nil(result.problem)
      assert.equal(PIECE, result.succeeded)
    end
    local state = p:quiet() -- collects garbage
    return place.status_of(state.pid, "VmRSS"), state.heap, state.pid
  end

  it("stays flat", function()
    local before, heap_before, pid = make_calls(WARM_UP)
    local after, heap_after, same = make_calls(CALLS)
    assert.equal(pid, same)
    assert.equal(WARM_UP + CALLS, p.e:counters().executed.zego.ResumeRTCStream)
    check("RSS", before, after)
    check("Lua's heap", heap_before, heap_after)
    assert.same({}, p:alarms())
  end)

  -- Measured while the light thread lives: nginx keeps what belongs to one until it ends.
  it("does not grow with the calls of one light thread", function()
    local result = p:ask_json(("/row?warm_up=%d&n=%d"):format(IN_A_ROW / 4, IN_A_ROW))
    assert.is_nil(result.problem)
    local pid = p:state().pid
    assert.equal(pid, result.pid)
    check("RSS", result.before.rss, result.after.rss)
    check("Lua's heap", result.before.heap, result.after.heap)
    assert.same({}, p:alarms())
  end)
end)
