local file = require "streamctl.store.file"
local latest = require "spec.support.latest"
local processes = require "spec.world.store.processes"
local shell = require "spec.support.emulator.launcher.shell"

local EIGHT = { 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000 }

describe("the file store, shared by processes,", function()
  local folder

  before_each(function() folder = shell.run("mktemp -d"):match("%S+") end)
  after_each(function() shell.run("rm -rf " .. shell.quote(folder)) end)

  it("gives each number once, rising in each process", function()
    local all, errors = processes.run(folder, "file", folder .. "/store", EIGHT)
    assert.equal("", errors)
    assert.equal(40000, assert(processes.judge(all)))
    local store = assert(file.new(folder .. "/store"))
    assert.equal(40999, latest(store, "shared")) -- and none was left out
    store:close()
  end)

  it("survives the death of its writers at any moment", function()
    local path, all = folder .. "/store", {}
    local writer = processes.interpreters()
    for i = 1, 40 do
      -- some are killed before or while they make the file, and every other one after its first
      -- number; its files are there also when the shell is killed that would make them
      local command = ": >%s/out; : >%s/err; "
        .. "%s spec/world/store/writer.lua file %s 0 >%s/out 2>%s/err & "
        .. "pid=$!; %s sleep 0.%03d; kill -9 $pid; wait"
      local after = "while [ ! -s " .. folder .. "/out ] && kill -0 $pid; do sleep 0.002; done;"
      if i % 2 == 1 then after = "" end
      shell.run(command:format(folder, folder, writer[i % #writer + 1], path, folder, folder, after,
        i * 3))
      assert.equal("", shell.read_file(folder .. "/err"))
      local numbers = {}
      for number in shell.read_file(folder .. "/out"):gmatch("(%d+);\n") do
        numbers[#numbers + 1] = tonumber(number)
      end
      local store = assert(file.new(path))
      local last = latest(store, "shared")
      numbers[#numbers + 1] = assert(store:stamp("shared", 1000))
      assert.equal(last or 999, numbers[#numbers] - 1)
      -- no stream has a number that was not given out
      for j = 1, 20 do
        assert.is_true((latest(store, "shared", "stream-" .. j) or 0) <= numbers[#numbers])
      end
      assert.is_true(store:reserve("rate", 0.001, 1) <= 1)
      store:close()
      all[#all + 1] = numbers
    end
    local before = 0
    for _, numbers in ipairs(all) do
      assert.is_true(numbers[1] > before)
      before = numbers[#numbers]
    end
    assert.is_true(assert(processes.judge(all)) >= 40 + 20)
  end)
end)
