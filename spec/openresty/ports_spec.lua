-- An nginx that finds its ports taken starts on others, in the directory that it has.

local edge = require "spec.support.edge"
local shell = require "spec.emulator.launcher.shell"

local LAUNCHER = "spec/emulator/launcher/process.lua"
local process = assert(loadfile(LAUNCHER))(shell)

local CONF = [[
%s
daemon off;
pid %s/nginx.pid;
error_log %s/error.log warn;
events { }
http {
  access_log off;
  client_body_temp_path %s/tmp;
  proxy_temp_path %s/tmp;
  fastcgi_temp_path %s/tmp;
  uwsgi_temp_path %s/tmp;
  scgi_temp_path %s/tmp;
  server {
    listen 127.0.0.1:%d;
    return 200 "%s";
  }
}
]]

describe("an nginx", function()
  it("starts on other ports when its own are taken", function()
    local first = assert(edge.start())
    finally(function() first:stop() end)
    local dir = assert(process.make_dir("edge"))
    local it, tries = { label = "edge", guarded = true, dir = dir, nginx = first.nginx }, 0

    function it.write_conf(_, port)
      tries = tries + 1
      if tries <= 3 then port = first.port end
      it.port = port
      shell.write_file(dir .. "/nginx.conf",
        CONF:format(process.user_line(), dir, dir, dir, dir, dir, dir, dir, port, dir))
    end

    function it.is_ours()
      local url = ("http://127.0.0.1:%d/"):format(it.port)
      return shell.run("curl -q -s --noproxy '*' --max-time 5 " .. url) == dir
    end

    local ok, problem = process.start(it)
    process.stop(it)
    local kept = shell.read_file(dir .. "/nginx.conf")
    process.remove_dir(it)
    assert.is_true(ok, problem)
    assert.is_true(tries > 3)
    assert.is_string(kept)
  end)
end)
