-- The files that describe sources: where they are, and when they are read.

local credentials = require "streamctl.aliyun.credentials"
local places = require "spec.pieces.aliyun.credentials.place"

-- By source: its file, the variable that names another one, and the text of a file with a key.
local SOURCES = {
  profile = { ".aliyun/config.json", "ALIBABA_CLOUD_CONFIG_FILE", function(id)
    return { current = "default", profiles = { { name = "default", mode = "AK",
      access_key_id = id, access_key_secret = "secret" } } }
  end },
  ini = { ".alibabacloud/credentials", "ALIBABA_CLOUD_CREDENTIALS_FILE", function(id)
    return "[default]\ntype = access_key\naccess_key_secret = secret\naccess_key_id = " .. id
  end },
}

for name, case in pairs(SOURCES) do
  describe("the file of the source " .. name, function()
    local place = places.each()
    local path, variable, key, new = case[1], case[2], case[3], credentials[name]

    it("is found by file, by variable, by home", function()
      place:write(path, key "of HOME")
      place:write("second/" .. path, key "of home")
      place.variables.ALIBABA_CLOUD_PROFILE = "x"
      local function id(given)
        given.name = "default"
        return place:get(new(given)).access_key_id
      end
      assert.equal("of HOME", id {})
      assert.equal("of home", id { home = place.home .. "/second/" })
      place.variables[variable] = place:write("b", key "of variable")
      assert.equal("of variable", id { home = place.home .. "/second" })
      assert.equal("of file", id { file = place:write("a", key "of file") })
    end)

    it("is read again when its key was refused", function()
      local source = new()
      place:write(path, key "old")
      local current = source:current(place:context())
      place:write(path, key "rotated")
      source:refuse(current)
      assert.equal("rotated", place:get(source).access_key_id)
    end)

    it("is absent where there is none, unless somebody has named it", function()
      assert.is_true(place:refused("No such file", new()).absent)
      place.variables.HOME = nil
      assert.is_true(place:refused("HOME is not set", new()).absent)
      place.variables[variable] = place.home .. "/x"
      assert.is_nil(place:refused("No such file", new()).absent)
      place.variables[variable] = place.home
      assert.is_nil(place:refused("Is a directory", new()).absent)
    end)
  end)
end
