-- Runs an image of `make image` in a container of runc: as the image's user, without a capability,
-- the root file system read-only, and the network of this machine, where the emulator is.
--
--   local image = container.unpack "streamctl"        -- build/image/streamctl.tar
--   local status, said = image:run({ "resume", "s1" }, { env = { "NAME=value" },
--     mounts = { ["/data"] = folder, ["/ca.pem"] = file } })   -- folders may be written
--   image:start(...) -> path of what it says; image:signal "QUIT"; image:remove()

local json = require "cjson"
local shell = require "spec.support.emulator.launcher.shell"

local quote = shell.quote

local container = {}
container.__index = container

local function checked(command)
  local said, status = shell.run(command)
  return status == 0 and said or error(said, 2)
end

--- Unpacks the image. Returns nil and what is missing where there is none, or no runc.
function container.unpack(name)
  local archive = "build/image/" .. name .. ".tar"
  if select(2, shell.run("command -v runc umoci && test -s " .. archive)) ~= 0 then
    return nil, "no runc, no umoci or no " .. archive
  end
  local folder = checked("mktemp -d"):match "%S+"
  checked(("cd %s && mkdir image && tar -C image -xf $OLDPWD/%s && umoci unpack --image "
    .. "image:latest bundle"):format(folder, archive))
  return setmetatable({ folder = folder, bundle = folder .. "/bundle", name = name,
    root = folder .. "/bundle/rootfs" }, container)
end

--- A folder that the image's user may write to.
function container:writable(name)
  local path = self.folder .. "/" .. name
  checked(("mkdir -p %s && chown 10001:10001 %s"):format(path, path))
  return path
end

-- The runtime's configuration is that of the image with the words and mounts of a run.
function container:configure(words, options)
  self.image_text = self.image_text or shell.read_file(self.bundle .. "/config.json")
  local config = json.decode(self.image_text)
  local process = config.process
  process.terminal, process.capabilities = false, nil
  process.args = { process.args[1] }
  for i, word in ipairs(words) do process.args[i + 1] = word end
  for _, variable in ipairs(options.env or {}) do process.env[#process.env + 1] = variable end
  config.root.readonly = true
  local namespaces, mounts = {}, {}
  for _, namespace in ipairs(config.linux.namespaces) do
    if namespace.type ~= "network" then namespaces[#namespaces + 1] = namespace end
  end
  for _, mount in ipairs(config.mounts) do -- without the volumes, which the run names
    if mount.source ~= "none" then mounts[#mounts + 1] = mount end
  end
  for target, source in pairs(options.mounts or {}) do
    mounts[#mounts + 1] = { destination = target, source = source, type = "bind",
      options = { "rbind", "rw", "nosuid", "nodev" } }
  end
  config.linux.namespaces, config.mounts = namespaces, mounts
  shell.write_file(self.bundle .. "/config.json", json.encode(config))
end

function container:runc(words)
  return ("runc --root %s/runc %s"):format(self.folder, words)
end

--- Runs the entry point with words until it ends. Returns its status, and all that it said.
function container:run(words, options)
  self:configure(words, options or {})
  local said, status = shell.run("timeout -k 5 60 "
    .. self:runc("run -b " .. self.bundle .. " once </dev/null"))
  return status, said
end

--- Starts the entry point. Returns the file of what it says.
function container:start(words, options)
  self:configure(words, options or {})
  local log = self.folder .. "/said"
  checked(self:runc(("run -d -b %s service </dev/null >%s 2>&1"):format(self.bundle, log)))
  return log
end

--- Sends a signal to the service's first process.
function container:signal(name) checked(self:runc("kill service " .. name)) end

--- Whether the service has ended, after a second at most for each of `tries`.
function container:ends(tries)
  for _ = 1, tries or 30 do
    if not shell.run(self:runc "state service"):find '"running"' then return true end
    shell.sleep(1)
  end
  return false
end

function container:remove()
  shell.run(self:runc "delete -f service")
  shell.run("rm -rf " .. quote(self.folder))
end

return container
