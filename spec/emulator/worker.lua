-- What a process does beside answering. The start values are set before there are workers. Each
-- worker seeds its random numbers, and it leaves when its standard input ends: that is a pipe from
-- the program that started the emulator, so a crashed test run leaves nothing behind.

local ffi = require "ffi"
local settings = require "emulator.settings"
local state = require "emulator.state"

ffi.cdef [[
typedef struct { int fd; short events; short revents; } emulator_pollfd;
int poll(emulator_pollfd *list, unsigned long count, int milliseconds);
int kill(int pid, int signal);
int getpid(void);
int getppid(void);
]]

local M = {}

local TERM = 15
local POLLHUP = 0x10

local function seed()
  local file = assert(io.open("/dev/urandom", "rb"))
  local bytes = { file:read(4):byte(1, 4) }
  file:close()
  math.randomseed(bytes[1] + bytes[2] * 2 ^ 8 + bytes[3] * 2 ^ 16 + bytes[4] % 128 * 2 ^ 24)
end

local stdin = ffi.new("emulator_pollfd")

local function watch()
  stdin.fd, stdin.events = 0, 0
  if ffi.C.poll(stdin, 1, 0) > 0 and bit.band(stdin.revents, POLLHUP) ~= 0 then
    -- Made by mktemp for this run, under a name without quotes.
    os.execute("rm -rf '" .. settings.dir() .. "'")
    ffi.C.kill(settings.has_master() and ffi.C.getppid() or ffi.C.getpid(), TERM)
  end
end

function M.init(path)
  settings.load(path)
  state.reset()
end

function M.start()
  seed()
  ngx.timer.every(0.2, watch)
end

return M
