-- AssumeRole: what is asked, and what comes of it.

local scenarios = require "spec.support.credential_scenarios"

describe("credentials by AssumeRole", function()
  scenarios.describe({ it = it, setup = setup, teardown = teardown }, { "assume" })
end)
