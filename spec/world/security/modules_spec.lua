-- The command runs no module of the folder in which somebody works, such as /tmp.

local command = require "spec.support.command"

command.describe("a folder with modules of somebody else", false, function(c)
  it("has none of them run", function()
    for _, name in ipairs { "cjson", "argparse", "ffi", "redis", "streamctl/core",
      "streamctl/system", "streamctl/engine" } do
      c:write(name .. ".lua", "os.exit(9)")
    end
    for _, words in ipairs { "--version", "--help", "completion bash", "ops resume" } do
      c:run(words):ok()
    end
  end)
end)
