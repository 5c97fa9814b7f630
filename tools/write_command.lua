-- Prints a program of bin/, streamctl unless NAME is given, as it is installed: for one
-- interpreter, with the folders of its modules, which need not be on the interpreter's path.
-- usage: lua tools/write_command.lua INTERPRETER LUA_FOLDER LIBRARY_FOLDER [NAME]

local interpreter, lua, library = arg[1], arg[2], arg[3]
local file = assert(io.open("bin/" .. (arg[4] or "streamctl")))
file:read() -- the line that the interpreter's takes the place of
local rest = file:read("*a")
file:close()

io.write("#!", interpreter, "\n")
io.write(("package.path = %q .. package.path\n"):format(lua .. "/?.lua;" .. lua .. "/?/init.lua;"))
io.write(("package.cpath = %q .. package.cpath\n"):format(library .. "/?.so;"))
io.write(rest)
