-- The blocks of `sh` that no spec runs as they stand, and the reason. blocks_spec.lua parses them.
-- A row is a page, a part of the block's text, and why.

local CLEAN = "tools/test_install.sh runs it in clean systems: it needs root and apt"
local SYSTEMD = "needs root and systemd"
local PAGE = "spec/world/edge/page_spec.lua runs it as far as it can without apt and systemd"
local SERVICE = "needs a running edge service: spec/world/edge sends the same"

return {
  { "README.md", "git clone", "needs apt and another host" },
  { "README.md", "make install", CLEAN },
  { "README.zh-CN.md", "git clone", "needs apt and another host" },
  { "README.zh-CN.md", "make install", CLEAN },
  { "docs/how-to/cookbook.md", "spec/support/emulator/run.lua", "begins an emulator of its own" },
  { "docs/how-to/edge.md", "/streams/forbid", SERVICE },
  { "docs/how-to/edge.md", "streamctl-edge --run", "runs until a signal: spec/world/edge runs it" },
  { "docs/how-to/edge.md", "podman", "needs podman: spec/people/image runs the image" },
  { "docs/how-to/install.md", "git clone", "needs another host" },
  { "docs/how-to/install.md", "make install", CLEAN },
  { "docs/how-to/install.md", "luarocks --lua-version 5.4 make", CLEAN },
  { "docs/how-to/install.md", "--deps-mode none streamctl", CLEAN },
  { "docs/how-to/install.md", "make -s env", CLEAN },
  { "docs/how-to/install.md", "apt-get install ./", CLEAN },
  { "docs/how-to/queue.md", "systemctl", SYSTEMD },
  { "docs/how-to/test-your-code.md", "make emulator", "begins an emulator of its own" },
  { "docs/start/command.md", "make demo", "needs apt; other specs run emulators" },
  { "docs/start/edge.md", "apt-get", PAGE },
  { "docs/start/edge.md", "openssl rand", PAGE },
  { "docs/start/edge.md", "systemctl enable", PAGE },
  { "docs/start/edge.md", "systemctl reload", PAGE },
  { "docs/start/edge.md", "/streams/forbid", PAGE },
  { "docs/zh/command.md", "make demo", "needs apt, as the English page" },
  { "docs/zh/install.md", "git clone", "needs another host" },
  { "docs/zh/install.md", "luarocks", CLEAN },
  { "docs/zh/install.md", "make install", CLEAN },
  { "docs/zh/install.md", "make -s env", CLEAN },
  { "docs/zh/install.md", "apt-get install ./", CLEAN },
}
