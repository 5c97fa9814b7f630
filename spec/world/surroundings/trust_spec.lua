-- Which authorities count, whatever the system's folder of certificates looks like.

local command = require "spec.support.command"
local host = require "spec.world.surroundings.host"
local shell = require "spec.support.emulator.launcher.shell"

command.describe("the trust store:", function(c, e)
  -- Runs a call with /etc/ssl/certs as shell commands make it in the folder $certs.
  local function call(making)
    local made, status = shell.run(("set -e; certs=%s/certs; ca=%s; rm -rf $certs; "
      .. "mkdir $certs; %s"):format(shell.quote(c.dir), shell.quote(e.ca_file), making))
    assert.equal(0, status, made)
    local within = host.mounts(c.dir, "mount --bind " .. shell.quote(c.dir .. "/certs")
      .. " /etc/ssl/certs")
    return c:run({ "resume", "s1", "--attempts", "1", "-o", "jsonl" },
      { vendor = "zego", within = within, environment = { STREAMCTL_CA_FILE = false } })
  end

  local LINK = 'ln -s %s "$certs/$(openssl x509 -in %s -noout -subject_hash).0"; '
  local OTHER = 'openssl req -x509 -newkey rsa:2048 -nodes -keyout /dev/null -subj /CN=other '
    .. '-out "$certs/other.pem" 2>&1; '

  it("hashed names that lead nowhere", function()
    local ran = call(LINK:format("gone.pem", "$ca") .. "cp $ca $certs/ca-certificates.crt")
    assert.equal(0, ran.status, ran.out)
    assert.equal(1, #e:requests())
  end)

  it("an authority in the bundle only", function()
    local ran = call(OTHER .. LINK:format("other.pem", "$certs/other.pem")
      .. "cat $certs/other.pem $ca >$certs/ca-certificates.crt")
    assert.equal(0, ran.status, ran.out)
    assert.equal(1, #e:requests())
  end)

  it("hashed names without a bundle", function()
    local ran = call("cp $ca $certs/ca.pem; " .. LINK:format("ca.pem", "$ca"))
    assert.equal(0, ran.status, ran.out)
    assert.equal(1, #e:requests())
  end)

  it("no authority at all", function()
    local ran = call ":"
    assert.equal(1, ran.status)
    assert.matches('"code":"tls"', ran.out, 1, true)
    assert.matches("ca-certificates", ran.out, 1, true)
    assert.equal(0, #e:requests())
  end)
end)
