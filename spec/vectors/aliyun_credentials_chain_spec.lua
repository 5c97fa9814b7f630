-- The credentials URI, static keys and the chain: what is asked, and what comes of it.

local scenarios = require "spec.support.credential_scenarios"

describe("credentials of a URI and of the chain", function()
  scenarios.describe({ it = it, setup = setup, teardown = teardown }, { "uri", "static", "chain" })
end)
