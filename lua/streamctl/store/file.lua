--- The store for one host: a file that processes share, nginx workers and scripts alike.
--
--     local store = require("streamctl.store.file").new "/var/lib/streamctl/store"
--
-- The methods are those of `streamctl.store.memory`, and `close`. The file survives crashes of its
-- users at any moment, and restarts of the host. It must be on a local file system. In nginx open
-- it in the workers (`init_worker_by_lua`), which run as another user than the master. What the
-- store does with a file that is deleted, cut off or none of its own is in docs/how-to/stores.md.
--
-- It has 65,536 places: an account's number stays, intents are forgotten after 60 seconds, slots
-- and locks once they are past. When there is no room for one more, the call fails.
-- @public streamctl.store.file

local checks = require "streamctl.base.checks"
local core = require "streamctl.core"
local errors = require "streamctl.base.errors"
local pick = require "streamctl.loop.pick"

local file = {}

--- Opens the store, and makes the file if need be.
-- @tparam string path
-- @treturn[1] userdata store
-- @failure `store`: the file cannot be opened, or is no store
function file.new(path)
  local flaw = checks.text(path)
  if flaw then error("streamctl.store.file: the path " .. flaw, 2) end
  -- seconds that a call waits for a stopped process; a worker of nginx does nothing else meanwhile
  local store, why = core.cells(path, pick.in_nginx and 0.05 or 1)
  if store then return store end
  return errors.new("store", why)
end

return file
