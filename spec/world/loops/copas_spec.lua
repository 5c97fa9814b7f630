local bench = require "spec.world.loops.bench"
local core = require "streamctl.core"

-- copas 1 wants to be loaded before socket.http, which somebody else may have loaded in this
-- process.
package.loaded["socket.http"] = nil
local found, copas = pcall(require, "copas")

describe("the loop of copas", function()
  if not found then return pending("needs copas") end
  local loop = require "streamctl.loop.copas"

  local function run(fn)
    local over, failure = false, nil
    copas.addthread(function()
      copas.setErrorHandler(function(why) failure = { why } end)
      fn()
      over = true
    end)
    local limit = core.monotonic() + 60
    while not over and not failure do
      assert(core.monotonic() < limit, "stuck")
      copas.step(10)
    end
    if failure then error(failure[1], 0) end
    for _ = 1, 3 do -- what was woken ends
      if not copas.step(0) then return 0 end
    end
    return 1
  end

  local get = bench.declare {
    name = "copas", loop = loop, run = run,
    outside = "copas.addthread(",
    in_task = 'the client has loop = "copas", and this code runs in a task',
  }

  it("lets copas serve sockets meanwhile", function()
    local b = get()
    local socket = require "socket"
    local server = assert(socket.bind("127.0.0.1", 0))
    local _, port = server:getsockname()
    local order = {}
    b:slow(0.5)
    copas.addserver(server, function(client)
      local line = copas.receive(client)
      loop.sleep(0.01) -- a handler can wait, too
      copas.send(client, line:upper() .. "\n")
      client:close()
    end)
    local code
    run(function()
      loop.all {
        function()
          code = loop.send(b.exchange, b:echo()).code
          order[#order + 1] = "call"
        end,
        function()
          local client = socket.tcp()
          assert(copas.connect(client, "127.0.0.1", port))
          copas.send(client, "served\n")
          order[#order + 1] = copas.receive(client)
          client:close()
        end,
      }
    end)
    if copas.removeserver then copas.removeserver(server) end -- copas 1 keeps a server for good
    assert.equal("ok", code)
    assert.same({ "SERVED", "call" }, order)
  end)

  it("has an example", function() get():run_example("copas") end)
end)
