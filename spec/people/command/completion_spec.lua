-- What shells complete: the scripts of `streamctl completion`, run by real shells where there are
-- any.

local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"

local quote = shell.quote

command.describe("completion", false, function(c)
  local installed

  setup(function()
    installed = c:installed { vendor = "none" }
    c:write("ids.txt", "s1\n")
    for _, name in ipairs { "bash", "zsh", "fish" } do
      local ran = c:run { "completion", name }
      assert.same({ 0, "" }, { ran.status, ran.err })
      c:write("script." .. name, ran.out)
    end
  end)

  -- What a shell prints; nothing without the shell.
  local function by(program, text)
    local name = program:match "%S+"
    if select(2, shell.run("command -v " .. name)) ~= 0 then return pending("no " .. name) end
    local output, status = shell.run(("%s && %s %s"):format(installed, program, quote(text)))
    assert.equal(0, status, output)
    return output
  end

  it("knows commands, flags and choices in bash", function()
    for words, found in pairs {
      ['resu'] = "resume", ['relay en'] = "ensure", ['state --expe'] = "--expect",
      ['--vend'] = "--vendor", ['--vendor z'] = "zego", ['resume -o js'] = "json jsonl",
      ['retry --report ids'] = "ids.txt",
    } do
      assert.equal(found .. "\n", by("bash --norc -c", ([[
        source ./script.bash
        COMP_WORDS=(streamctl %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _streamctl streamctl
        echo "${COMPREPLY[*]}"
      ]]):format(words)), words)
    end
  end)

  -- What a shell at a terminal makes of keys: `show` prints the words that it gets.
  local function typed(program, lines)
    local keys = "show() { printf '<%s>' \"$@\"; echo; }\n" .. lines .. "\nexit\n"
    local output = shell.run(installed .. " && printf '%s' " .. quote(keys)
      .. " | TERM=dumb SHELL=/bin/sh timeout 60 script -qec " .. quote(program) .. " /dev/null")
    return output:find("<", 1, true) and output or pending "no pseudo-terminal"
  end

  it("knows @FILE in bash and zsh", function()
    for program, begin in pairs {
      ["bash --norc -i"] = "source ./script.bash\ncomplete -F _streamctl_at -o filenames show\n",
      ["zsh -f -i"] = "cp script.zsh _streamctl; fpath=($PWD $fpath)\nautoload -Uz compinit; "
        .. "compinit -u -D\ncompdef _streamctl show\n",
    } do
      local output = typed(program, begin .. "show resum\t@ids\t\n")
      if output then assert.truthy(output:find("<resume><@ids.txt>", 1, true), output) end
    end
  end)

  it("knows commands and choices in fish", function()
    local found = by("fish --no-config -c",
      "source ./script.fish; complete -C 'streamctl resu'; complete -C 'streamctl --vendor z'")
    if found then assert.matches("^resume\t[^\n]*\nzego[^\n]*\n$", found) end
  end)
end)
