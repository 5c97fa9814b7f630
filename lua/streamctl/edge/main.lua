-- The command streamctl-edge: checks the settings and nginx.conf of the service, or becomes nginx.

local argparse = require "argparse"
local clients = require "streamctl.edge.clients"
local metrics = require "streamctl.edge.metrics"
local settings = require "streamctl.edge.settings"
local streamctl = require "streamctl"
local system = require "streamctl.system"

local main = {}

local FOLDER = "/run/streamctl-edge"
local NO_SHELL = "note: nginx has not looked at its file, since there is no shell here\n"

-- Tests nginx.conf with a folder of its own, where the test makes the files that nginx keeps.
local TEST = [[PATH=$PATH:/usr/sbin:/usr/local/sbin; folder=$(mktemp -d) || exit
%s -t -q -e stderr -p "$folder" -c %s; status=$?; rm -rf "$folder"; exit $status]]

local function quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

-- Tells why the command could not do its work, if so. Returns the exit status.
local function ended(done, why)
  if done then return 0 end
  io.stderr:write("streamctl-edge: ", why, "\n")
  return 1
end

-- Writes to stdout. Returns the exit status.
local function put(text)
  local done, why = io.write(text)
  if done then done, why = io.stdout:flush() end
  return ended(done, "stdout cannot be written: " .. tostring(why))
end

-- Has nginx look at its file. Returns what is wrong, or nil.
local function refused_by_nginx(nginx, path)
  local pipe = io.popen("(" .. TEST:format(quote(nginx), quote(path)) .. ') 2>&1; echo "status:$?"')
  if not pipe then return io.stderr:write(NO_SHELL) and nil end
  local said, status = pipe:read("*a"):match "^(.*)status:(%d+)%s*$"
  pipe:close()
  if status == "0" then return nil end
  return said ~= "" and said or ("%s -t ended with %s"):format(nginx, status)
end

-- Whether modules are found by this name.
local function is_installed(name)
  -- The Lua of nginx is 5.1, whichever runs this command.
  for template in package.path:gsub("/5%.%d/", "/5.1/"):gmatch "[^;]+" do
    local file = io.open((template:gsub("%?", name)))
    if file then return file:close() end
  end
end

local function check(nginx, path)
  local problem = clients.check()
  if not is_installed "prometheus" then
    table.insert(settings.notes, "there are no metrics: " .. metrics.MISSING)
  end
  for _, note in ipairs(settings.notes) do io.stderr:write("note: ", note, "\n") end
  problem = problem or refused_by_nginx(nginx, path)
  if not problem then return put(settings.path .. ": ok\n") end
  io.stderr:write(problem:gsub("\n*$", "\n"), "")
  return 1
end

local function parse(words)
  local parser = argparse("streamctl-edge", "Checks the settings of the edge service and its "
    .. "nginx.conf, which is beside them, or becomes nginx.")
  parser:usage "Usage: streamctl-edge [--nginx NAME] --check | --run"
  parser:option("--nginx", "The nginx, such as openresty.", "nginx"):argname "NAME"
  parser:flag("--check", "Say all that is wrong with the settings; 1 if anything is.")
  parser:flag("--run", "Become nginx, whose own files are in " .. FOLDER .. ".")
  parser:flag("--version", "Show the version."):action(function()
    os.exit(put("streamctl-edge " .. streamctl._VERSION:match "%S+$" .. "\n"))
  end)
  local args = parser:parse(words)
  if not (args.check or args.run) then parser:error "say --check or --run" end
  return args
end

-- Runs the command. Returns its exit status.
function main.main(words)
  local args = parse(words)
  local path = settings.place():gsub("[^/]+$", "nginx.conf")
  if args.check then return check(args.nginx, path) end
  return ended(system.exec { args.nginx, "-e", "stderr", "-p", FOLDER, "-c", path })
end

return main
