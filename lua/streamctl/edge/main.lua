-- The command streamctl-edge: checks the settings of the edge service, and makes nginx.conf.

local argparse = require "argparse"
local clients = require "streamctl.edge.clients"
local conf = require "streamctl.edge.conf"
local metrics = require "streamctl.edge.metrics"
local settings = require "streamctl.edge.settings"
local streamctl = require "streamctl"
local system = require "streamctl.system"

local main = {}

local FOLDER = "/run/streamctl-edge"
local NO_SHELL = "note: nginx has not looked at its file, since there is no shell here\n"

local function quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

-- Runs a shell command. Returns the exit status and all that it said; nil where there is no shell.
local function run(command)
  local pipe = io.popen(command .. ' 2>&1; echo "status:$?"')
  if not pipe then return nil end
  local said, status = pipe:read("*a"):match "^(.*)status:(%d+)%s*$"
  pipe:close()
  return tonumber(status), said
end

local function write(path, text)
  local file, why = system.journal(path) -- which is no link, and of no other user
  local written = file
  if written then written, why = file:cut(0) end
  if written then written, why = file:append(text) end
  if file then file:close() end
  return written, why
end

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

-- Has nginx look at the file that would be made, all of which is in a folder of its own. Returns
-- what is wrong, or nil.
local function refused_by_nginx()
  local status, folder = run "mktemp -d"
  if not status then return io.stderr:write(NO_SHELL) and nil end
  if status ~= 0 then return folder end
  folder = folder:gsub("%s+$", "")
  local written, why = write(folder .. "/nginx.conf", conf.text(settings, folder, folder))
  local said = why
  if written then
    status, said = run(("PATH=$PATH:/usr/sbin:/usr/local/sbin %s -t -q -e stderr -p %s -c %s")
      :format(quote(settings.edge.nginx), quote(folder), quote(folder .. "/nginx.conf")))
  end
  run("rm -rf " .. quote(folder))
  if written and status == 0 then return nil end
  return said ~= "" and said or ("%s -t ended with %d"):format(settings.edge.nginx, status)
end

-- Whether modules are found by this name.
local function is_installed(name)
  -- The Lua of nginx is 5.1, whichever runs this command.
  for template in package.path:gsub("/5%.%d/", "/5.1/"):gmatch "[^;]+" do
    local file = io.open((template:gsub("%?", name)))
    if file then return file:close() end
  end
end

-- Returns what is wrong with the settings, or nil. `starts`: nginx is about to start, which looks
-- at its file itself.
local function check(path, starts)
  local problem = clients.check(path)
  if not is_installed "prometheus" then
    table.insert(settings.notes, "there are no metrics: " .. metrics.MISSING)
  end
  for _, note in ipairs(settings.notes) do io.stderr:write("note: ", note, "\n") end
  return problem or not starts and refused_by_nginx() or nil
end

local function parse(words)
  local parser = argparse("streamctl-edge", "Checks the settings of the edge service, and makes "
    .. "its nginx.conf.")
  parser:usage "Usage: streamctl-edge [--config FILE] --check | --write FILE | --run | conf"
  parser:option("--config", "The settings.", "/etc/streamctl-edge/edge.ini"):argname "FILE"
  parser:flag("--check", "Say all that is wrong with the settings; 1 if anything is.")
  parser:option("--write", "Check, and write nginx.conf."):argname "FILE"
  parser:flag("--run", "Write nginx.conf, to " .. FOLDER .. " without --write, and become nginx.")
  parser:flag("--version", "Show the version."):action(function()
    os.exit(put("streamctl-edge " .. streamctl._VERSION:match "%S+$" .. "\n"))
  end)
  parser:argument("conf", "Print nginx.conf."):args "?":choices { "conf" }
  local args = parser:parse(words)
  if not (args.check or args.write or args.run or args.conf) then
    parser:error "say --check, --write, --run or conf"
  end
  return args
end

local function absolute(path)
  return path and (path:sub(1, 1) == "/" and path or (os.getenv "PWD" or "") .. "/" .. path)
end

-- Runs the command. Returns its exit status.
function main.main(words)
  local args = parse(words)
  local config = absolute(args.config)
  local target = absolute(args.write or args.run and FOLDER .. "/nginx.conf")
  local problem = check(config, args.run)
  if problem then
    io.stderr:write(problem:gsub("\n*$", "\n"), "")
    return 1
  end
  local status = put((args.check and config .. ": ok\n" or "")
    .. (args.conf and conf.text(settings, FOLDER) or ""))
  if status ~= 0 or not target then return status end
  local mode, is_regular = system.file_mode(target)
  if mode and not is_regular then return ended(nil, target .. " is there and is no file") end
  local folder = target:match "^(.*)/"
  local written, why = write(target .. ".new", conf.text(settings, folder))
  if written then written, why = os.rename(target .. ".new", target) end
  if written and args.run then
    written, why = system.exec { settings.edge.nginx, "-e", "stderr", "-p", folder, "-c", target }
  end
  return ended(written, why)
end

return main
