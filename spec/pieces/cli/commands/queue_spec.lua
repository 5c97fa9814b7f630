-- What `streamctl queue` tells while Redis is away: an outage is one line, whatever its words.

local account = require "streamctl.cli.account"
local command = require "streamctl.cli.commands.queue"
local enqueue = require "streamctl.cli.bulk.enqueue"
local helper = require "spec.pieces.cli.helper"

local CLOSED, REFUSED = "store: Redis: closed", "store: Redis: connection refused"

describe("an outage of Redis", function()
  local open_queue, open_account = enqueue.open, account.new
  after_each(function() enqueue.open, account.new = open_queue, open_account end)

  -- Runs the command of a name with a queue in Redis' place; returns the lines of stderr.
  local function run(name, queue, args)
    local stream = helper.stream()
    local invocation = helper.invocation(stream, { args = args,
      environment = { STREAMCTL_STORE = "memory" } })
    invocation.out = helper.out "table"
    function invocation.catch() end
    function invocation.caught() end
    function invocation.pause() end
    function account.new() return { client = { account = "zego:1" } } end
    function enqueue.open() return queue end
    for _, part in ipairs(command.commands) do
      if part.name == name then part.run(invocation) end
    end
    return stream.text
  end

  it("is told once by a worker, and again where it is another one", function()
    local queue = {}
    function queue.work(_, options)
      local function tell(time, message, name)
        options.on_event { event = "queue", time = time, message = message, account = name }
      end
      for time = 0, 200 do tell(time, time % 2 == 0 and CLOSED or REFUSED) end
      tell(200, REFUSED, "zego:1")
      tell(201, "store: a job of version 9 waits for a newer worker", "zego:1")
      tell(3600, REFUSED)
      return { requests = 0 }
    end
    local told = {
      "all accounts: " .. CLOSED, "zego:1: " .. REFUSED,
      "zego:1: store: a job of version 9 waits for a newer worker", "all accounts: " .. REFUSED,
    }
    assert.equal("streamctl: " .. table.concat(told, "\nstreamctl: ")
      .. "\nqueue work: 0 requests\n", run("work", queue, {}))
  end)

  it("is told once by a watch", function()
    local answers, queue = { true, CLOSED, REFUSED, CLOSED, true }, {}
    function queue.status()
      local answer = table.remove(answers, 1)
      if answer ~= true then return nil, answer, { code = "store" } end
      return { job = "zego:1/1", state = answers[1] and "working" or "cancelled", total = 1,
        succeeded = 0, failed = 0, unknown = 0, superseded = 0, unsent = 1,
        operation = "X", added = 0,
        not_before = 0, expires = 0 }
    end
    local text = run("status", queue, { job = "zego:1/1", watch = true, path = "queue status" })
    assert.equal("streamctl: " .. CLOSED .. "\n", text)
  end)
end)
