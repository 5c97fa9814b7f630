-- An nginx that finds its ports taken starts on others, in the directory that it has.

local edge = require "spec.support.edge"
local own = require "spec.support.own_nginx"

describe("an nginx", function()
  it("starts on other ports when its own are taken", function()
    local first = assert(edge.start())
    finally(function() first:stop() end)
    local Late, dirs, tries = own.class(), {}, 0
    local write_conf = Late.write_conf

    function Late.parts() return { MAIN = "", HTTP = "", SERVERS = "" } end

    function Late:write_conf(port)
      tries = tries + 1
      dirs[self.dir] = true
      write_conf(self, tries <= 3 and first.port or port)
    end

    local it = assert(own.start(Late, "edge", {}))
    local is_ours = it:is_ours()
    it:stop()
    assert.is_true(is_ours)
    assert.is_true(tries > 3)
    assert.same({ [it.dir] = true }, dirs)
  end)
end)
