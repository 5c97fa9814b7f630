-- What shells complete: the scripts of `streamctl completion`, run by real shells where there are
-- any.

local command = require "spec.support.command"
local shell = require "spec.support.emulator.launcher.shell"

local quote = shell.quote

command.describe("completion", false, function(c)
  local installed

  setup(function()
    installed = c:installed { vendor = "none" }
    c:configure "[profile evening]\nvendor = zego\n[profile morning]\nvendor = aliyun"
    c:write("ids.txt", "s1\n")
    c:write("idle/more.txt", "s2\n")
    c:write("two words.txt", "s3\n")
    for _, name in ipairs { "bash", "zsh", "fish" } do
      local ran = c:run { "completion", name }
      assert.same({ 0, "" }, { ran.status, ran.err })
      c:write("script." .. name, ran.out)
    end
  end)

  -- What a shell prints.
  local function by(program, text)
    local output, status = shell.run(("%s && %s %s"):format(installed, program, quote(text)))
    assert.equal(0, status, output)
    return output
  end

  local function has(name)
    if select(2, shell.run("command -v " .. name)) == 0 then return true end
    pending("no " .. name)
  end

  -- The candidates of bash, in a line.
  local function bash(words, count, typed)
    return (by("bash --norc -c", ([[
      source ./script.bash
      compopt() { :; }
      COMP_WORDS=(streamctl %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      COMP_LINE=%s
      _streamctl streamctl %s
      echo "${COMPREPLY[*]:0:%d}"
    ]]):format(words,
      quote("streamctl " .. words:gsub(" = ", "="):gsub(" @ ", " @"):gsub('""', "")),
      typed or words:match "%S+$", count or 9)):gsub("\n$", ""))
  end

  it("knows commands, flags, choices, profiles, operations, waiters and parameters", function()
    for words, found in pairs {
      ['resu'] = "resume", ['relay en'] = "ensure", ['-q --vendor zego sta'] = "state",
      ['state --expe'] = "--expect", ['--vend'] = "--vendor",
      ['resume --vendor ""'] = "aliyun zego", ['--vendor z'] = "zego",
      ['-o json'] = "json jsonl", ['resume -o js'] = "json jsonl",
      ['resume --output=js'] = "--output=json --output=jsonl",
      ['resume --output = js'] = "json jsonl",
      ['resume --profile ""'] = "evening morning", ['whoami --profile m'] = "morning",
      ['completion ""'] = "bash fish zsh", ['completion bash ""'] = "",
      ['call ResumeL'] = "ResumeLiveStream", ['call --vendor zego ResumeC'] = "ResumeCDNLiveStream",
      ['call ResumeRTCStream Str'] = "StreamId=", ['call BanLive'] = "BanLiveMessageGroup",
      ['list DescribeLiveStreamsOnl'] = "DescribeLiveStreamsOnlineList", ['list ResumeL'] = "",
      ['wait rtc_stream_l'] = "rtc_stream_live",
      ['wait rtc_stream_live S'] = "Sequence= StreamId=", ['ops Dispatch'] = "",
      ['help exit'] = "exit-status", ['resume --store f'] = "file:", ['resume --timeout ""'] = "",
    } do
      assert.equal(found, bash(words), words)
    end
    assert.equal("call completion configure", bash('""', 3))
  end)

  it("knows in bash where a file may stand, and where @FILE", function()
    for words, want in pairs {
      ["resume @id"] = "@idle/ @ids.txt", ["resume s1 @ids"] = "@ids.txt",
      ["state i"] = "",
      ["relay stop @idle/"] = "@idle/more.txt", ["relay create @ids"] = "@ids.txt",
      ["retry id"] = "idle ids.txt", ["settle --report"] = "",
      ["resume s1 --report ids"] = "ids.txt", ["call X --json @ids"] = "@ids.txt",
      ["completion ids"] = "",
    } do
      local found = {}
      for word in bash(words):gmatch "%S+" do found[#found + 1] = word end
      table.sort(found) -- as a folder has them, they are in no order
      assert.equal(want, table.concat(found, " "), words)
    end
    assert.truthy(bash("forbid @", 99):find("@ids.txt", 1, true))
    -- readline ends a word of the list at an @, and replaces all of it
    assert.equal("@ids.txt", bash("resume @ ids", nil, "@ids"))
    -- where COMP_WORDBREAKS lacks = and @ it replaces the whole word
    assert.equal("--json=@ids.txt", bash "call X --json=@ids")
    assert.equal("--report=ids.txt", bash "resume --report=ids")
  end)

  -- What a shell at a terminal makes of keys: the command `show` prints the words that it gets.
  local function typed(program, begin, lines)
    local keys = begin .. "show() { if test \"$1\" = completion; then streamctl \"$@\"; "
      .. "else printf '<%s>' \"$@\"; echo; fi; }\n" .. lines .. "\nexit\n"
    local output, status = shell.run(installed .. " && export PATH && printf '%s' " .. quote(keys)
      .. " | TERM=dumb SHELL=/bin/sh timeout 60 script -qec " .. quote(program) .. " /dev/null")
    if status ~= 0 and not output:find("<", 1, true) then return pending "no pseudo-terminal" end
    return output
  end

  it("in bash quotes the name of a file by the quote that is open", function()
    local name = [[odd `touch ran` $(touch ran) !show \ ' " x]]
    c:write(name, "")
    local output = typed("bash --norc -i", "source ./script.bash\ncomplete -F _streamctl show\n",
      "show state \"@od\t\nshow state '@od\t\nshow state @od\t\n")
    os.remove(c.dir .. "/" .. name)
    if not output then return end
    local _, count = output:gsub(("<state><@" .. name .. ">"):gsub("%p", "%%%0"), "")
    assert.equal(3, count, output)
    assert.is_nil(shell.read_file(c.dir .. "/ran"))
  end)

  it("is what bash does for somebody who types", function()
    local output = typed("bash --norc -i", "source ./script.bash\ncomplete -F _streamctl show\n",
      "show resum\t@ids\t--output=jsonl\t\nshow retry @two\t\nshow state @two\t \"@two w\t\n"
        .. "show call X --json=@two\t\nshow retry --report=tw\t\n")
    if not output then return end
    for _, words in ipairs {
      "<resume><@ids.txt><--output=jsonl>", "<retry><@two>",
      "<state><@two words.txt><@two words.txt>", "<call><X><--json=@two words.txt>",
      "<retry><--report=two words.txt>",
    } do
      assert.truthy(output:find(words, 1, true), output)
    end
  end)

  it("is the same in fish", function()
    if not has "fish" then return end
    local function fish(words)
      return by("fish --no-config -c", "source ./script.fish; complete -C"
        .. quote("streamctl " .. words))
    end
    assert.matches("^resume\tBring", fish "resu")
    assert.equal("evening\tzego\nmorning\taliyun\n", fish "whoami --profile ")
    assert.equal("bash\nfish\nzsh\n", fish "completion ")
    assert.matches("^ResumeLiveStream\t", fish "call ResumeL")
    assert.matches("^rtc_stream_live\t", fish "wait rtc_stream_l")
    local files = fish "resume @id"
    assert.matches("@idle/", files)
    assert.matches("@ids.txt", files)
    assert.matches("ids.txt", fish "retry id")
    assert.equal("", fish "state i")
    for words, found in pairs {
      ["resume --report=tw"] = "--report=two words.txt",
      ["call X --json=@tw"] = "--json=@two words.txt", ["state @tw"] = "@two words.txt",
    } do
      assert.equal(found .. "\n", fish(words))
    end
  end)

  it("is the same in zsh", function()
    if not has "zsh" then return end
    local output = typed("zsh -f -i", "autoload -Uz compinit; compinit -u -D\n"
      .. "source ./script.zsh; compdef _streamctl show\n",
      "show resum\t@ids\t--output=jsonl\t\nshow whoami --profile e\t--vendor=z\t\n"
      .. "show call ResumeL\tDom\tx\nshow wait rtc_stream_l\t\nshow completion f\t\n"
      .. "show retry tw\t\nshow state i\t @two\t --store f\tx\n"
      .. "show resume --report=two\t --rate @ids\t\nshow call X --json=@two\t\n")
    if not output then return end
    for _, words in ipairs {
      "<resume><@ids.txt><--output=jsonl>", "<whoami><--profile><evening><--vendor=zego>",
      "<call><ResumeLiveStream><DomainName=x>", "<wait><rtc_stream_live>",
      "<retry><two words.txt>", "<state><i><@two words.txt><--store><file:x>",
      "<resume><--report=two words.txt><--rate><@ids>", "<call><X><--json=@two words.txt>",
    } do
      assert.truthy(output:find(words, 1, true), words .. "\n" .. output)
    end
  end)
end)
