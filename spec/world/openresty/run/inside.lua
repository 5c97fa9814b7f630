-- What tools/busted_nginx.lua has nginx run: busted in the content phase, its output in the answer.

local left_out = require "spec.world.openresty.run.left_out"
local still = require "spec.world.openresty.run.still"
local threads = require "spec.world.openresty.run.threads"

local inside = {}

-- What busted prints goes to the caller as it comes.
local function redirect()
  rawset(io, "write", function(...)
    ngx.print(...)
    ngx.flush()
    return io.stdout
  end)
end

-- Specs start interpreters like the one that runs them.
local function name_interpreter() rawset(_G, "arg", { [0] = "busted", [-1] = "luajit" }) end

local function spec_files()
  ngx.req.read_body()
  local files = {}
  for file in ngx.req.get_body_data():gmatch("[^\n]+") do files[#files + 1] = file end
  return files
end

local function count_failures(busted)
  local count = 0
  local function failed()
    count = count + 1
    return nil, true
  end
  busted.subscribe({ "error" }, failed)
  busted.subscribe({ "failure" }, failed)
  return function() return count end
end

local function run_busted(files)
  local busted = require "busted.core"()
  require "busted"(busted)
  local failures = count_failures(busted)
  require "busted.modules.output_handler_loader"()(busted, "plainTerminal", {
    defaultOutput = "plainTerminal", verbose = true, language = "en", arguments = {},
  })
  require "busted.luajit"()
  require "busted.modules.filter_loader"()(busted, {
    tags = {}, excludeTags = {}, filter = {}, filterOut = left_out.patterns(),
  })
  require "busted.modules.test_file_loader"(busted, { "lua" })(files, { "_spec%.lua$" }, {
    excludes = {}, verbose = true, recursive = true,
  })
  require "busted.execute"(busted)(1, {})
  busted.publish { "exit" }
  return failures()
end

function inside.run()
  redirect()
  name_interpreter()
  still.install()
  threads.install()
  local ok, failures = pcall(run_busted, spec_files())
  if not ok then
    ngx.say("\n", tostring(failures))
    failures = 1
  end
  ngx.say("specs inside nginx: ", failures, " failed")
end

return inside
