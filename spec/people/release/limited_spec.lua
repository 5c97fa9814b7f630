-- tools/limited.sh: a test that hangs ends, and names what it waits for.

local shell = require "spec.support.emulator.launcher.shell"

describe("a job with a time limit", function()
  it("is ended after it, with all that it has started, which is named", function()
    local said, status = shell.run [[tools/limited.sh 1 sh -c 'sleep 1234 & sleep 4321; echo no']]
    assert.equal(143, status)
    assert.matches("no end within 1 s; what still ran:\n", said, 1, true)
    for _, words in ipairs { "sleep 1234", "sleep 4321" } do
      assert.matches("\n%d+ +" .. words .. "\n", said)
    end
    assert.is_nil(said:find("\nno\n", 1, true))
  end)

  it("ends by itself with its own status, and leaves nothing behind", function()
    local said, status = shell.run [[
      (limit=4444$$ # of this run alone
      tools/limited.sh $limit sh -c 'exit 3'; status=$?
      for _ in $(seq 500); do
        ps -A -o stat= -o args= | grep -v '^Z' | grep -q "[s]leep $limit" || exit $status
        sleep 0.01
      done)]]
    assert.same({ "", 3 }, { said, status })
  end)
end)
