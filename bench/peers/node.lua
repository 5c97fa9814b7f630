-- The vendor's packages for Node, only when NODE=1 asks for them.

local tools = ...
local PACKAGES = "@alicloud/pop-core@1.8.0 @alicloud/openapi-client@0.4.15"

local node = {}

--- The folder with the packages, installed by the first who asks; nothing when nobody wants or can have them.
function node.modules()
  if os.getenv("NODE") ~= "1" then
    tools.figures.note("left out: the vendor's packages for Node; NODE=1 installs them from npm into build/bench/node")
    return nil
  end
  if not tools.succeeds("command -v node npm") then
    tools.figures.note("left out: the vendor's packages for Node; apt-get install nodejs npm")
    return nil
  end
  local dir = tools.build .. "/bench/node"
  local modules = dir .. "/node_modules"
  if not tools.succeeds("test -d " .. tools.quote(modules .. "/@alicloud/openapi-client")) then
    local flags = "--no-save --no-audit --no-fund --ignore-scripts"
    tools.run(string.format("mkdir -p %s && cd %s && timeout 300 npm install %s %s 2>&1", tools.quote(dir),
      tools.quote(dir), flags, PACKAGES))
  end
  return modules
end

return node
