-- Jobs of a thousand accounts, which one worker carries out.

local bench = require "spec.world.queue.bench"
local session = require "spec.support.session"

local ACCOUNTS, LONG, CONCURRENCY = 1000, 40, 4

bench.describe("a worker of a thousand accounts", function(b)
  it("does the jobs of all, none behind another one's long job, over few connections", function()
    local ca_file = b.s:own_ca_file() -- so that the connections are this test's alone

    local function client_of(account)
      return b:aliyun { account = account, tls = { ca_file = ca_file },
        rate_limit = account == "a0" and 20 }
    end

    local jobs = {}
    for i = 0, ACCOUNTS - 1 do
      local account, items = "a" .. i, {}
      for k = 1, i == 0 and LONG or 1 do
        items[k] = session.stream { StreamName = account .. "-" .. k }
      end
      jobs[i] = assert(b.q:add(client_of(account), "ForbidLiveStream", items))
    end

    local clients, scripts = {}, { take = 0, finish = 0 }
    b.tap = function(name, _, run)
      scripts[name] = (scripts[name] or 0) + 1
      return run()
    end
    local report = b:work(function(key)
      local account = key:match "^aliyun:(a%d+)$"
      assert(not clients[account], "a client was made twice")
      clients[account] = client_of(account)
      return clients[account]
    end, function()
      return scripts.finish == ACCOUNTS - 1 + LONG
    end, { concurrency = CONCURRENCY })
    assert.equal(ACCOUNTS - 1 + LONG, report.requests)
    for i = 0, ACCOUNTS - 1 do
      assert.equal(i == 0 and "done 40 40 0 0 0" or "done 1 1 0 0 0", b:numbers(jobs[i]))
    end

    local entries, connections, count, last_of_others = b.e:requests(), {}, 0, 0
    for i, entry in ipairs(entries) do
      if not connections[entry.conn] then connections[entry.conn], count = true, count + 1 end
      if not entry.query.StreamName:find "^a0%-" then last_of_others = i end
    end
    assert.is_true(last_of_others < #entries - LONG / 4, last_of_others .. " of " .. #entries)
    assert.is_true(count <= 2 * (CONCURRENCY + 1), count .. " connections")
    -- accounts whose work is done are asked about less than those that have some
    assert.is_true(scripts.take < 10 * ACCOUNTS, scripts.take .. " questions")
  end)
end)
