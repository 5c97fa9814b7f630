-- What is left of a command that was ended before its end, and what the same command then makes of
-- it. KILL_RUNS says how many runs are killed; KILL_SEED is the seed of the first, so that
-- `KILL_RUNS=1 KILL_SEED=1017` is one run again.

local command = require "spec.support.command"
local core = require "streamctl.core"
local killing = require "spec.support.killing"
local numbers = require "spec.support.numbers"
local shell = require "spec.support.emulator.launcher.shell"

-- Each interpreter has seeds of its own; a quick run has the first of them.
local RUNS = tonumber(os.getenv "KILL_RUNS") or (os.getenv "QUICK" and 4 or 67)
local SEED = tonumber(os.getenv "KILL_SEED")
  or (rawget(_G, "jit") and 3000 or _VERSION == "Lua 5.1" and 1000 or 2000)

command.describe("a command that is ended", function(c, e)
  after_each(function() os.remove(c.dir .. "/report.jsonl") end)

  local function report() return killing.read((c:report "report.jsonl")) end

  local function log(subject) return killing.log(e, subject, command.await) end

  -- The report agrees with the emulator, and has an end.
  local function check(subject, ended)
    local told, asked, executed = report(), log(subject)
    local summary = told.last
    assert.equal("end", summary.record)
    assert.equal(subject.total, #told.items)
    assert.same({ told.counts.ok, told.counts.failed, told.counts.unknown, told.counts.unsent,
      subject.total, ended.status }, { summary.succeeded, summary.failed, summary.unknown,
      summary.unsent, summary.total, summary.status })
    for index, item in ipairs(told.items) do
      local key, state = subject.key(item), told.states[index]
      local times = executed[key] or 0
      if state == "ok" then assert.is_true(times >= 1, key .. " was not executed") end
      if state == "failed" then assert.equal(0, times, key) end
      if subject.once then
        assert.is_true(times <= 1, key .. " was executed again")
        assert.equal(told.sent[index] or nil, asked[key] and true or told.sent[index])
        if state == "unsent" then assert.is_nil(asked[key]) end
      end
    end
    return told, asked
  end

  -- The same command once more, which has nothing to send.
  local function check_again(subject, status)
    local before = #e:requests { action = subject.action }
    local ended = c:run(killing.words(subject), { vendor = subject.vendor })
    assert.equal(status, ended.status, ended.err)
    assert.equal(before, #e:requests { action = subject.action })
    check(subject, ended)
  end

  describe("in the middle of a request", function()
    local HELD = 4 -- the item whose request is under way

    -- Starts a command that sends one request at a time, and waits until that of an item is held.
    local function start(subject, given)
      c:write("items", subject.file(subject.total))
      given = given or {}
      given.vendor = subject.vendor
      e:fault { action = subject.action, kind = "latency", held = true, skip = HELD - 1 }
      local handle = c:start(killing.words(subject, "--concurrency", "1", "-o", "jsonl"), given)
      command.await(function()
        return #e:requests { action = subject.action } == HELD or handle:is_over()
      end, "the request that is held")
      assert.is_false(handle:is_over(), (select(2, handle:output())))
      return handle
    end

    -- Sends a signal and waits until it has come: no handler is there any more.
    local function interrupt(handle, name)
      handle:signal(name)
      command.await(function()
        local status = shell.read_file("/proc/" .. handle.pid .. "/status")
        local caught = tonumber(status:match "\nSigCgt:%s*%x*(%x%x%x%x)\n", 16)
        return caught % 4 < 2 -- SIGINT is the second bit
      end, "the signal")
    end

    for _, case in ipairs {
      { "INT", 130, "aliyun" }, { "TERM", 143, "aliyun" }, { "INT", 130, "relay" },
      { "HUP", 143, "aliyun" },
    } do
      it(("finishes that at SIG%s: %s"):format(case[1], case[3]), function()
        local subject = killing.commands[case[3]]
        local handle = start(subject)
        interrupt(handle, case[1])
        handle:signal "HUP" -- the second one of a terminal that was closed
        local _, told = handle:output() -- while nothing happens but waiting
        assert.matches("is finishing; Ctrl-C again stops at once", told, 1, true)
        e:release()
        local ended = handle:wait()
        assert.equal(case[2], ended.status, ended.err)
        assert.matches("the same command goes on", ended.err, 1, true)
        told = check(subject, ended)
        assert.same({ ok = HELD, failed = 0, unknown = 0, superseded = 0,
          unsent = subject.total - HELD }, told.counts)
        ended = c:run(killing.words(subject), { vendor = subject.vendor }):ok()
        local _, asked = check(subject, ended)
        for key, times in pairs(asked) do assert.equal(1, times, key) end
        check_again(subject, 0)
      end)
    end

    for _, case in ipairs {
      { "INT", "INT", 130 }, { "INT", "TERM", 143 }, { "TERM", "INT", 130 },
      { "HUP", "INT", 130 },
    } do
      it(("ends at once at SIG%s after SIG%s"):format(case[2], case[1]), function()
        local subject = killing.commands[case[1] == "INT" and "relay" or "aliyun"]
        local handle = start(subject)
        interrupt(handle, case[1])
        handle:signal(case[2])
        assert.equal(case[3], handle:wait().status)
        local left = report()
        assert.not_equal("end", left.last.record)
        assert.same({ true, subject.once and "unknown" or "failed" },
          { left.pending[HELD], left.states[HELD] })
        e:release()
        local status = subject.once and 4 or 0
        local ended = c:run(killing.words(subject), { vendor = subject.vendor })
        assert.equal(status, ended.status, ended.err)
        local told = check(subject, ended)
        assert.equal(subject.once and 1 or 0, told.counts.unknown)
        assert.equal(subject.once and "unknown" or "ok", told.states[HELD])
        check_again(subject, status)
      end)
    end

    it("stops when the reader of its output goes away", function()
      local subject, gone = killing.commands.aliyun, c.dir .. "/gone"
      local handle = start(subject, {
        through = ("{ head -n %d; exec <&-; echo >%s; }"):format(HELD - 1, shell.quote(gone)),
      })
      command.await(function() return shell.read_file(gone) end, "the reader's end")
      e:release()
      local ended = handle:wait():ends(141)
      assert.equal(HELD - 1, select(2, ended.out:gsub("[^\n]*\n", "%0")))
      local told = check(subject, ended)
      assert.equal(0, told.counts.failed + told.counts.unknown)
      assert.same({ HELD, subject.total - HELD }, { told.counts.ok, told.counts.unsent })
      ended = c:run(killing.words(subject), { vendor = subject.vendor }):ok()
      local _, asked = check(subject, ended)
      for key, times in pairs(asked) do assert.equal(1, times, key) end
    end)
  end)

  describe("by kill -9", function()
    local FIRST = { "plan", "items" } -- before anything is sent

    -- Kills the command once its report has so many more records of a kind, unless it ends before.
    local function run_and_kill(subject, words, kind, more)
      local path = c.dir .. "/report.jsonl"
      local wanted = killing.count(path, kind) + more
      local handle = c:start(words, { vendor = subject.vendor })
      local killer = io.popen(("read line; kill -KILL %s 2>/dev/null"):format(handle.pid), "w")
      repeat core.sleep(0.0005)
      until killing.count(path, kind) >= wanted or handle:is_over()
      killer:write "now\n"
      killer:close()
      return handle:wait()
    end

    -- Cuts the last record, as a disk that lost power may: but not one that was synced, before what
    -- it tells was done.
    local function tear(random)
      local path = c.dir .. "/report.jsonl"
      local text = shell.read_file(path) or ""
      local before, last = text:match "^(.-)([^\n]*\n)$"
      if last and not last:find '^{"record":"sent"' and not last:find '^{"record":"items"' then
        shell.write_file(path, before .. last:sub(1, random(#last) - 1))
      end
    end

    for seed = SEED, SEED + RUNS - 1 do
      it(("sends nothing twice that may have been executed, KILL_SEED=%d"):format(seed), function()
        local random = numbers(seed)
        local names = { "zego", "aliyun", "relay", "relay" }
        local subject = killing.commands[names[random(#names)]]
        c:write("items", subject.file(subject.total))
        e:config { latency = ({ 0, 0.02, 0.15 })[random(3)] }
        for _ = 1, random(3) - 1 do
          local kind = random(2) == 1 and "reset_after" or "reset_before"
          e:fault { action = subject.action, kind = kind, skip = random(subject.total) - 1 }
        end
        local words = killing.words(subject, "--concurrency", tostring(({ 1, 2, 8 })[random(3)]))
        local lost = {}
        for life = 1, random(3) do
          local kinds = { "result", "result", "result", "end" }
          if life == 1 then kinds[#kinds + 1] = FIRST[random(2)] end
          if subject.once then kinds[#kinds + 1], kinds[#kinds + 2] = "sent", "sent" end
          local kind = kinds[random(#kinds)]
          local many = (kind == "result" or kind == "sent") and random(subject.total / 2) or 1
          local ended = run_and_kill(subject, words, kind, many)
          assert.is_true(({ [0] = true, [4] = true, [137] = true })[ended.status], ended.err)
          if random(4) == 1 then tear(random) end
          for index in pairs(subject.once and report().pending or {}) do lost[index] = true end
        end
        local ended = c:run(words, { vendor = subject.vendor })
        local told = check(subject, ended)
        assert.equal(told.counts.unknown > 0 and 4 or 0, ended.status, ended.err)
        assert.same({ 0, 0 }, { told.counts.failed, told.counts.unsent })
        if not subject.once then assert.equal(subject.total, told.counts.ok) end
        for index in pairs(lost) do assert.equal("unknown", told.states[index]) end
        check_again(subject, ended.status)
      end)
    end
  end)
end)
