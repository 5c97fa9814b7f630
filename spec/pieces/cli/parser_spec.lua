-- What the command line means, and what is said of a wrong one: one line each.

local fail = require "streamctl.cli.fail"
local flags = require "streamctl.cli.flags"

-- Commands of this spec alone, so that it stays as it is when the real ones change.
local COMMANDS = {
  { name = "resume", summary = "Resume", takes = flags.bulk, define = function(command)
    command:argument("ids", "Ids."):args "*"
    command:flag "--cdn"
  end },
  { name = "show", summary = "Show", takes = flags.calls, formats = { "table", "json" },
    define = function(command) command:argument("id", "An id.") end },
  { name = "relay", summary = "Relays", commands = {
    { name = "create", summary = "Make one", takes = flags.act, define = function(command)
      command:argument("parameters", "K=V"):args "*"
    end },
    { name = "list", summary = "List", takes = flags.output, define = function() end },
  } },
}

describe("the command line", function()
  local parser
  local kept = {}

  setup(function()
    local names = {}
    for i, command in ipairs(COMMANDS) do
      names[i] = command.name
      local module = "streamctl.cli.commands." .. command.name
      kept[module] = package.loaded[module] or false
      package.loaded[module] = command
    end
    for _, module in ipairs { "streamctl.cli.commands", "streamctl.cli.parser" } do
      kept[module] = package.loaded[module] or false
    end
    package.loaded["streamctl.cli.commands"], package.loaded["streamctl.cli.parser"] = names, nil
    parser = require "streamctl.cli.parser"
  end)

  teardown(function()
    for module, value in pairs(kept) do package.loaded[module] = value or nil end
  end)

  local function parse(line)
    local words = {}
    for word in line:gmatch "%S+" do words[#words + 1] = word end
    return parser.parse(words)
  end

  local function refusal(line)
    local ok, thrown = pcall(parse, line)
    assert.is_false(ok)
    assert.is_true(fail.is(thrown), tostring(thrown))
    return thrown
  end

  for _, line in ipairs {
    "resume a b --profile p -q --rate 5", "--profile p resume a -q b --rate 5",
    "-q --rate=5 --profile=p resume a b", "-q --profile p --rate 5 resume -- a b",
    "--rate 5 -q --profile p -- resume a b",
  } do
    it("takes flags before and after the command: " .. line, function()
      local args = parse(line)
      assert.equal(COMMANDS[1], args.command)
      assert.same({ "resume", { "a", "b" }, "p", true, 5 },
        { args.path, args.ids, args.profile, args.quiet, args.rate })
    end)
  end

  it("takes flags between a command and its subcommand", function()
    for _, line in ipairs { "relay create A=1 -n --profile p", "-n relay --profile p create A=1",
      "relay -n --profile p create A=1" } do
      local args = parse(line)
      assert.equal(COMMANDS[3].commands[1], args.command)
      assert.same({ "relay create", true, "p", "A=1" },
        { args.path, args.dry_run, args.profile, args.parameters[1] })
    end
  end)

  it("takes a flag's value for that, even where it is a command's name", function()
    local args = parse "--profile resume -vo json show --store show x"
    assert.same({ "show", "resume", "json", 1, "show", "x" },
      { args.path, args.profile, args.output, args.verbose, args.store, args.id })
    assert.equal("y", parse("show a --store x --store y").store)
    assert.same({ 2, 2, 3 }, { parse("-vv show a").verbose, parse("-v show a -v").verbose,
      parse("show a -vvv").verbose })
  end)

  it("ends flags at --", function()
    local args = parse "resume -- --cdn -"
    assert.same({ "--cdn", "-" }, args.ids)
    assert.is_nil(args.cdn)
  end)

  it("fills in what is usual", function()
    local args = parse "resume"
    assert.same({ "table", "auto", "auto" }, { args.output, args.color, args.progress })
  end)

  -- A line, its message, and the command whose help the message names, if any.
  for line, case in pairs {
    ["resum a"] = { "unknown command 'resum' (did you mean 'resume'?)", "streamctl" },
    ["-qo json delete"] = { "unknown command 'delete'", "streamctl" },
    ["resume --progres plain a"] =
      { "unknown option '--progres' (did you mean '--progress'?)", "streamctl resume" },
    ["--progres plain resume a"] =
      { "unknown option '--progres' before the command (did you mean '--progress'?)", "streamctl" },
    ["--cdn resume a"] = { "unknown option '--cdn' before the command", "streamctl" },
    ["resume --porfile=p"] =
      { "unknown option '--porfile' (did you mean '--profile'?)", "streamctl resume" },
    ["resume -x"] = { "unknown option '-x'", "streamctl resume" },
    ["show x --report f"] = { "--report is not for streamctl show", "streamctl show" },
    ["-n show x"] = { "--dry-run is not for streamctl show", "streamctl show" },
    ["--versoin"] = { "unknown option '--versoin' (did you mean '--version'?)", "streamctl" },
    ["relay crate A=1"] =
      { "unknown command 'crate' (did you mean 'create'?)", "streamctl relay" },
    ["relay create --proflie p"] =
      { "unknown option '--proflie' (did you mean '--profile'?)", "streamctl relay create" },
    ["relay"] = { "'relay' needs one of create, list", "streamctl relay" },
    ["show"] = { "missing argument 'id'", "streamctl show" },
    ["show a -o jsonl"] = { "-o must be table or json for streamctl show, not 'jsonl'" },
    ["show a --vendor alibaba"] =
      { "argument for option '--vendor' must be one of 'aliyun', 'zego'", "streamctl show" },
    ["show a --timeout 0"] =
      { "--timeout must be a number of seconds above 0, not '0'", "streamctl show" },
    ["show a --timeout 1e3"] =
      { "--timeout must be a number of seconds above 0, not '1e3'", "streamctl show" },
    ["show a --attempts 0"] = { "--attempts must be a whole number from 1, not '0'",
      "streamctl show" },
    ["show a --attempts 1.5"] = { "--attempts must be a whole number from 1, not '1.5'",
      "streamctl show" },
    ["show a --rate 0x10"] =
      { "--rate must be a number of requests a second above 0, not '0x10'", "streamctl show" },
    ["resume --concurrency 1001"] =
      { "--concurrency must be a whole number from 1 to 1000, not '1001'", "streamctl resume" },
  } do
    it("is refused in one line: " .. line, function()
      local thrown = refusal(line)
      assert.same({ 2, case[1] .. (case[2] and "; see " .. case[2] .. " --help" or "") },
        { thrown.status, thrown.message })
    end)
  end

  it("is refused in a short line, and soon, however long a wrong word is", function()
    local long = ("x"):rep(2 ^ 20)
    for _, line in ipairs { long, "relay " .. long, "--" .. long, "resume --" .. long,
      "resume --" .. long .. "=1" } do
      local thrown = refusal(line)
      assert.equal(2, thrown.status)
      assert.matches("^unknown ", thrown.message)
      assert.is_true(#thrown.message < 200)
    end
    assert.is_true(#refusal("show a --timeout " .. long).message < 500)
    assert.equal(2 ^ 20 + 2, #parse("resume -- --" .. long).ids[1])
    assert.equal(2 ^ 20, #parse("resume --store=" .. long).store)
  end)

  it("without a command is refused with what there is", function()
    for _, line in ipairs { "", "-q", "--profile p" } do
      local thrown = refusal(line)
      assert.equal(2, thrown.status)
      assert.truthy(tostring(thrown):find("Commands: resume, show, relay\n", 1, true))
    end
  end)

  it("asks for help anywhere, whatever else is missing", function()
    for line, found in pairs {
      ["--help"] = "Usage: streamctl [FLAGS] COMMAND ...\n",
      ["-q -h"] = "Usage: streamctl [FLAGS] COMMAND ...\n",
      ["show --help"] = "Usage: streamctl show ",
      ["show -h -o"] = "Usage: streamctl show ",
      ["relay --help"] = "Usage: streamctl relay [-h] <command> ...\n",
      ["relay create -h"] = "Usage: streamctl relay create ",
    } do
      local thrown = refusal(line)
      assert.is_nil(thrown.message, line)
      assert.equal(0, thrown.status)
      assert.equal(found, thrown.text:sub(1, #found))
      for text in thrown.text:gmatch "[^\n]+" do assert.is_true(#text < 80, text) end
    end
    assert.equal(refusal("relay create -h").text, parser.help { "relay", "create" })
    assert.equal(refusal("--help").text, parser.help())
  end)
end)
