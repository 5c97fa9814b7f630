-- The command streamctl-edge: checks the settings and nginx.conf of the service, or becomes nginx.

local argparse = require "argparse"
local clients = require "streamctl.edge.clients"
local settings = require "streamctl.edge.settings"
local streamctl = require "streamctl"
local system = require "streamctl.system"

local main = {}

local FOLDER = "/run/streamctl-edge"

-- Tests nginx.conf with a folder of its own, where the test makes the files that nginx keeps.
local TEST = [[PATH=$PATH:/usr/sbin:/usr/local/sbin; folder=$(mktemp -d) || exit
%s -t -e stderr -p "$folder" -c %s; status=$?; rm -rf "$folder"; exit $status]]

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

-- Has nginx look at its file. Returns what is wrong, or nil. Before the first start systemd has not
-- made the folder of the logs, which nginx opens when all else is fine.
local function refused_by_nginx(nginx, path)
  local test = "(" .. TEST:format(quote(nginx), quote(path)) .. ') 2>&1; echo "status:$?"'
  local pipe = assert(io.popen(test))
  local said, status = pipe:read("*a"):match "^(.*)status:(%d+)%s*$"
  pipe:close()
  if status == "0" then return nil end
  local log = said:match 'syntax is ok\n[^\n]* open%(%) "([^"\n]+)" failed %(2: '
  if log then
    return table.insert(settings.notes, log .. " cannot be opened, since its folder is missing")
  end
  return said ~= "" and said or ("%s -t ended with %s"):format(nginx, status)
end

local function check(nginx, path)
  local problem = clients.check() or refused_by_nginx(nginx, path)
  for _, note in ipairs(settings.notes) do io.stderr:write("note: ", note, "\n") end
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
