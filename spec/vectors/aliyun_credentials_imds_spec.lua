-- The role of an instance: what is asked, and what comes of it.

local scenarios = require "spec.support.credential_scenarios"

describe("the credentials of an instance's role", function()
  scenarios.describe({ it = it, setup = setup, teardown = teardown }, { "imds" })
end)
