-- Writes what a release holds and needs as SPDX 2.3, in JSON; called by tools/release.sh.
-- FOLDER has the tarball, the rockspec and the unpacked tree of the release.
-- usage: lua tools/sbom.lua VERSION FOLDER COMMIT SECONDS

local load_rockspec = require "tools.rockspec"
local write_json = require "tools.bench.json"

local version, folder, commit, seconds = arg[1], arg[2], arg[3], tonumber(arg[4])
local name = "streamctl-" .. version

-- What the rockspec names -> name, oldest version (where the rockspec has none), licence, purl.
local NEEDED = {
  lua = { "Lua", nil, "MIT", "pkg:generic/lua" },
  ["lua-cjson"] = { "lua-cjson", nil, "MIT", "pkg:luarocks/lua-cjson" },
  argparse = { "argparse", nil, "MIT", "pkg:luarocks/argparse" },
  CURL = { "libcurl", ">= 7.88", "curl", "pkg:generic/curl" },
  OPENSSL = { "OpenSSL", ">= 3.0", "Apache-2.0", "pkg:generic/openssl" },
}

local function output_of(command)
  local pipe = assert(io.popen("cd '" .. folder .. "' && " .. command))
  local text = pipe:read "*a"
  pipe:close()
  return text
end

-- One licence holds for all files.
local copyright = output_of("cat " .. name .. "/LICENSE"):match "\nCopyright %(c%) %d+ ([^\n]+)\n"
local rockspec = load_rockspec(folder .. "/" .. name .. "-1.rockspec")
local licence = rockspec.description.license
local document = {
  spdxVersion = "SPDX-2.3", dataLicense = "CC0-1.0", SPDXID = "SPDXRef-DOCUMENT", name = name,
  documentNamespace = rockspec.description.homepage .. "/spdx/" .. name .. "-" .. commit,
  creationInfo = { created = os.date("!%Y-%m-%dT%H:%M:%SZ", seconds),
    creators = { "Tool: tools/sbom.lua-" .. version } },
  packages = {}, files = {}, relationships = {},
}

local function relate(from, kind, to)
  table.insert(document.relationships,
    { spdxElementId = from, relationshipType = kind, relatedSpdxElement = to })
end

local function add_package(id, title, oldest, declared, purl)
  local package = {
    SPDXID = id, name = title, versionInfo = oldest, supplier = "NOASSERTION",
    downloadLocation = "NOASSERTION", filesAnalyzed = false, copyrightText = "NOASSERTION",
    licenseConcluded = declared, licenseDeclared = declared,
    externalRefs = { { referenceCategory = "PACKAGE-MANAGER", referenceType = "purl",
      referenceLocator = purl } },
  }
  table.insert(document.packages, package)
  return package
end

local main = add_package("SPDXRef-streamctl", "streamctl", version, licence,
  "pkg:luarocks/streamctl@" .. version)
relate(document.SPDXID, "DESCRIBES", main.SPDXID)
main.downloadLocation, main.filesAnalyzed = rockspec.source.url, true
main.copyrightText = copyright
main.checksums = { {
  algorithm = "SHA256", checksumValue = output_of("sha256sum " .. name .. ".tar.gz"):match "^%x+",
} }
main.packageVerificationCode = { packageVerificationCodeValue = output_of(
  "find " .. name .. " -type f -exec sha1sum {} + | cut -c-40 | sort | tr -d '\\n' | sha1sum"
):match "^%x+" }

local needed = rockspec.dependencies
for library in pairs(rockspec.external_dependencies) do needed[#needed + 1] = library end
table.sort(needed)
for _, dependency in ipairs(needed) do
  local key, oldest = dependency:match "^(%S+)%s*(.*)$"
  local row = assert(NEEDED[key], "tools/sbom.lua knows no " .. key)
  add_package("SPDXRef-" .. key, row[1], row[2] or oldest, row[3], row[4])
  relate(main.SPDXID, "DEPENDS_ON", "SPDXRef-" .. key)
end

local SUMS = "cd " .. name .. " && find . -type f -exec %s {} + | LC_ALL=C sort -k2"
local next_sha256 = output_of(SUMS:format "sha256sum"):gmatch "(%x+)  [^\n]+"
for sha1, file in output_of(SUMS:format "sha1sum"):gmatch "(%x+)  ([^\n]+)" do
  local id = "SPDXRef-file-" .. #document.files + 1
  table.insert(document.files, {
    SPDXID = id, fileName = file, licenseConcluded = licence, copyrightText = copyright,
    checksums = { { algorithm = "SHA1", checksumValue = sha1 },
      { algorithm = "SHA256", checksumValue = next_sha256() } },
  })
  relate(main.SPDXID, "CONTAINS", id)
end

io.write(write_json(document))
