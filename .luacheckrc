std = "min" -- what every supported Lua has
max_line_length = 100
max_string_line_length = 120 -- of texts of other formats: nginx.conf, shell, programs of specs
cache = false
exclude_files = { "lua/types/**" } -- made for editors, which read them as they are

local nginx = "min+ngx_lua"
local test = "min+busted"

files["lua/streamctl/edge"].std = nginx
files["lua/streamctl/loop/ngx.lua"].std = nginx
files["examples/webhooks.lua"].std = nginx
files["spec"].std = test
files["spec/people/docs/prelude.lua"].global = false -- of the blocks that follow
files["spec/support/emulator"].std = "luajit+ngx_lua"
files["spec/support/emulator/launcher"].std = "min"
files["spec/support/emulator/run.lua"].std = "min"
files["spec/world/openresty"].std = nginx .. "+busted"
files["spec/world/edge"].std = nginx .. "+busted"
files["spec/world/queue/worker.lua"].std = nginx
files["tools/mutants"].std = "lua54"
files["spec/simulation/mutants.lua"].max_line_length = false -- a row a line
files["**/*.rockspec"].std = "rockspec"
files["config.ld"].std = "ldoc"
files[".luacheckrc"].std = "luacheckrc"
