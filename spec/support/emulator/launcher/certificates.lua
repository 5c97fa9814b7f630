-- The test authority and the certificates that it signs, good and bad ones. Loaded with shell.lua
-- as its argument.

local shell = ...

local M = {}

-- DNS:127.0.0.1 since nginx compares an address with names only.
local CA_CONFIG = [[
[req]
distinguished_name = name
prompt = no
[name]
CN = streamctl test authority
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[ca]
default_ca = emulator
[emulator]
new_certs_dir = .
database = index.txt
serial = serial
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
[server]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, DNS:127.0.0.1, IP:127.0.0.1, IP:0:0:0:0:0:0:0:1
[other]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:other.example
]]

-- "openssl ca" is the one command that sets both dates in every version.
local CERTIFICATES = [[
set -e
: >index.txt
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
key ca.key
openssl req -x509 -new -key ca.key -config ca.cnf -extensions authority -days 3650 -sha256 -out ca.pem
key server.key
issue() {
  openssl req -new -key server.key -config ca.cnf -subj "/CN=$2" -out request.pem
  openssl ca -batch -config ca.cnf -extensions "$3" -cert ca.pem -keyfile ca.key -notext \
    -startdate "$4" -enddate "$5" -in request.pem -out "$1.pem"
}
issue server localhost server 20200101000000Z 20491231000000Z
issue expired localhost server 20200101000000Z 20200201000000Z
issue wrong_host other.example other 20200101000000Z 20491231000000Z
openssl req -x509 -new -key server.key -config ca.cnf -extensions server -subj /CN=localhost -days 3650 -sha256 \
  -out self_signed.pem
]]

-- Fills a directory with ca.pem, server.key and one certificate for each kind of listener.
function M.make(dir)
  shell.write_file(dir .. "/ca.cnf", CA_CONFIG)
  shell.write_file(dir .. "/certificates.sh", CERTIFICATES)
  local output, status = shell.run("cd " .. shell.quote(dir) .. " && sh certificates.sh")
  if status ~= 0 then
    return nil, "emulator: openssl could not make the test certificates: " .. output
  end
  return true
end

return M
