-- What a hostile or broken server can answer over plain HTTP, as scripts of
-- spec/world/faults/server.c. What the reader of answers refuses is in spec/bytes/c/test_answers.c.
--
-- A case: what it is; its actions, where { verb, text } stands for an action with a text of its
-- own; `code` of a call that may be repeated; `status`: the HTTP status in the error;
-- `slow`: it ends with the time limit. `ok`: a success.

local cases = {}

local HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

-- Answers that every operation of the specs takes for a success.
cases.bodies = {
  aliyun = '{"RequestId":"16A96B9A-F203-4EC5-8E43-CB92E68F4CD8","TaskId":"7e5e7b2c-1c2d",'
    .. '"RetCode":0}',
  zego = '{"Code":0,"Message":"success","RequestId":"8825223157230377926","Data":{"Method":"GET"}}',
}

--- A whole answer whose length is known.
function cases.whole(body, more)
  return HEAD .. (more or "") .. "Content-Length: " .. #body .. "\r\n\r\n" .. body
end

--- One that ends with its connection.
function cases.until_close(body)
  return HEAD .. "Connection: close\r\n\r\n" .. body
end

local CHUNKS = HEAD .. "Transfer-Encoding: chunked\r\n\r\n"

--- One in chunks of a byte each.
function cases.in_bytes(body)
  return CHUNKS .. body:gsub(".", "1\r\n%0\r\n") .. "0\r\n\r\n"
end

--- The cases for answers with `body`; `elsewhere`: a URL that must never be asked.
function cases.list(body, elsewhere)
  local whole = cases.whole(body)
  local function say(text) return { "say", text } end
  local function lengths(...)
    return HEAD .. ("Content-Length: %s\r\n"):rep(select("#", ...)):format(...) .. "\r\n"
  end
  local list = {
    { "the answer, whole", { say(whole) }, ok = true },
    { "the answer in chunks of a byte", { say(cases.in_bytes(body)) }, ok = true },
    { "the answer after thousands of headers",
      { say(HEAD .. ("a:\r\n"):rep(4500) .. whole:sub(#HEAD + 1)) }, ok = true },
    { "the answer in single bytes", { "drip:1:" .. whole }, ok = true },

    { "never an answer", { "hang" }, code = "timeout", slow = true },
    { "no more after half an answer", { say(whole:sub(1, -20)), "hang" }, code = "timeout",
      status = 200, slow = true },
    { "no more after half a header", { say(whole:sub(1, 40)), "hang" }, code = "timeout",
      status = 200, slow = true },
    { "one byte per 800 ms", { "drip:800:" .. whole }, code = "timeout", slow = true },
    { "one byte of the body per 200 ms", { say(whole:sub(1, -#body - 1)), "drip:200:" .. body },
      code = "timeout", status = 200, slow = true },
    { "the end in the middle of an answer", { say(whole:sub(1, -20)), "close" },
      code = "bad_response", status = 200 },
    { "the end at once", { "close" }, code = "connect" },
    { "a reset at once", { "reset" }, code = "connect" },
    { "a half-closed connection", { "half", "hang" }, code = "connect" },

    { "garbage", { say "\1\2\3\254\255garbage\r\n\r\n", "close" }, code = "bad_response" },
    { "endless HTTP/0.9", { { "flood", body } }, code = "bad_response" },

    { "1 GB promised", { say(lengths "1073741824"), { "flood", (" "):rep(1000) } },
      code = "too_large", status = 200 },
    { "1 GB promised and none sent", { say(lengths "1073741824"), "hang" }, code = "too_large",
      status = 200 },
    { "no end", { say(HEAD .. "\r\n"), { "flood", (" "):rep(1000) } }, code = "too_large",
      status = 200 },
    { "endless headers", { say(HEAD), { "flood", "X-Padding: " .. ("a"):rep(1000) .. "\r\n" } },
      code = "too_large", status = 200 },
    { "endless short headers", { say(HEAD), { "flood", "A:b\r\n" } }, code = "too_large",
      status = 200 },
    { "an endless header", { say(HEAD .. "X-Padding: "), { "flood", ("a"):rep(1000) } },
      code = "too_large", status = 200 },
    { "an endless status line", { say "HTTP/1.1 200 ", { "flood", ("a"):rep(1000) } },
      code = "too_large" },
    { "endless chunks", { say(CHUNKS), { "flood", "3e8\r\n" .. (" "):rep(1000) .. "\r\n" } },
      code = "too_large", status = 200 },
    { "endless chunks of a byte", { say(CHUNKS), { "flood", ("1\r\n \r\n"):rep(500) } },
      code = "too_large", status = 200 },
    { "an endless chunk extension", { say(CHUNKS .. "5;a="), { "flood", ("a"):rep(1000) } },
      code = "too_large", status = 200 },
    { "endless trailers",
      { say(CHUNKS .. "0\r\n"), { "flood", "X-T: " .. ("a"):rep(1000) .. "\r\n" } },
      code = "too_large", status = 200 },
    { "an endless trailer", { say(CHUNKS .. "0\r\nX-T: "), { "flood", ("a"):rep(1000) } },
      code = "too_large", status = 200 },
    { "a flood of 100", { { "flood", "HTTP/1.1 100 Continue\r\n\r\n" } }, code = "too_large",
      status = 100 },
    { "a flood of 103", { { "flood",
      "HTTP/1.1 103 Early Hints\r\nLink: </" .. ("a"):rep(900) .. ">\r\n\r\n" } },
      code = "too_large", status = 103 },
    { "more than one answer", { say(whole .. whole .. whole) }, ok = true },
    { "a gzip bomb", { say(HEAD .. "Content-Encoding: gzip\r\nConnection: close\r\n\r\n"),
      "say bomb", "close" }, code = "bad_response", status = 200 },
  }
  for _, status in ipairs { 301, 302, 303, 307, 308 } do
    list[#list + 1] = { "a redirect: " .. status, {
      say(("HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"):format(status,
        elsewhere)) },
      code = "http", status = status, final = true }
  end
  return list
end

--- Gives each case its `script`, named by a prefix, and fills in the scripts and their texts.
function cases.compile(list, prefix, scripts, texts)
  for i, case in ipairs(list) do
    local actions = {}
    case.script = prefix .. i
    for j, action in ipairs(case[2]) do
      local name = case.script .. "_" .. j
      if type(action) == "table" then
        texts[name], action = action[2], action[1] .. " " .. name
      elseif action:find("^drip:") then
        local ms, text = action:match("^drip:(%d+):(.*)$")
        texts[name], action = text, ("drip %s %s"):format(name, ms)
      end
      actions[j] = action
    end
    scripts[case.script] = table.concat(actions, "; ")
  end
end

return cases
