-- The files of the vendor's CLI and SDKs: what is asked, and what comes of it.

local scenarios = require "spec.support.credential_scenarios"

describe("credentials of files", function()
  scenarios.describe({ it = it, setup = setup, teardown = teardown }, { "cli", "ini" })
end)
