-- Whose account a command takes where the environment has accounts of both vendors, and what a
-- forgotten @ does.

local command = require "spec.support.command"

command.describe("of two accounts", function(c, e)
  local OF_ALIYUN = " --domain push.example.com --app live"
  local RELAY = " --region cn-shanghai --end +2h --from rtmp://a.example/b/c "
    .. "--to rtmp://d.example/e/f"

  -- The vendor, or nil where the command asks for --vendor; the command line; a default profile.
  for _, case in ipairs {
    { "zego", "resume a -n" }, { "zego", "resume --cdn a -n" }, { "zego", "forbid a b -n" },
    { "aliyun", "resume a -n" .. OF_ALIYUN }, { "aliyun", "forbid a -n --kick" .. OF_ALIYUN },
    { "aliyun", "relay create -n" .. RELAY },
    { "aliyun", "resume a --vendor aliyun -n" .. OF_ALIYUN },
    { "zego", "call ForbidRTCStream StreamId=a -n" },
    { "aliyun", "call StopLiveDomain DomainName=push.example.com -n" },
    { nil, "call StopEverything -n" }, { nil, "call StopEverything" },
    { nil, "forbid a b -n", "domain = push.example.com\napp = live" },
    { "aliyun", "forbid a b -n", "vendor = aliyun\ndomain = push.example.com\napp = live" },
  } do
    it((case[1] or "none") .. " is meant by: " .. case[2] .. (case[3] and ", with a profile" or ""),
      function()
        e:reset()
        c:configure("[profile default]\n" .. (case[3] or ""))
        local ran = c:run(case[2] .. " -o jsonl")
        assert.same({}, e:requests())
        if not case[1] then return ran:refused "say --vendor aliyun or --vendor zego" end
        ran:ok()
        assert.truthy(ran.out:find(e[case[1]], 1, true), ran.out) -- the address of the request
      end)
  end

  it("the one that is taken is named before anything is sent", function()
    c:configure ""
    c:run("resume a"):ok "ZEGOCLOUD AppId"
    c:run("resume a" .. OF_ALIYUN):ok "Alibaba Cloud key"
  end)

  it("the streams of neither are sent where a file has that name, but by stdin", function()
    c:configure ""
    c:write("ids", "room1\n")
    e:reset()
    for _, flags in ipairs { "", OF_ALIYUN } do
      c:run("resume ids" .. flags):refused("'ids' is a file here", "did you mean @ids?")
    end
    assert.same({}, e:requests())
    c:run("resume -", { input = "ids\n" }):ok()
    assert.equal("ids", e:requests()[1].query["StreamId[]"])
  end)
end)
