--- The store for one host: a file that processes share, nginx workers and scripts alike.
--
--     local store = require("streamctl.store.file").new "/var/lib/streamctl/store"
--
-- The methods are those of `streamctl.store.memory`, and `close`. Every call locks the file for
-- some microseconds. The file survives crashes of its users at any moment, and restarts of the
-- host; it must be on a local file system. It is made with mode 0600 (4 MiB, all allocated at
-- once) when there is none, or when it is empty. Later users of the file need the right to read and
-- write it, so in nginx open it in the workers (`init_worker_by_lua`), which run as another user
-- than the master. A path that is a symbolic link is followed. A file whose header is not that of
-- a store, is damaged or of another version, or that is cut off is refused and left alone; one of
-- zeros only counts as empty. When the file is deleted, or moved away, its users go on in the one
-- that is at the path then; a move is noticed within a second.
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
