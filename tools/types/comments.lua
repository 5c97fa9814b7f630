-- Reads LDoc comments.

local comments = {}

local function lines_of(path)
  local lines = {}
  for line in assert(io.lines(path)) do lines[#lines + 1] = line end
  return lines
end

local function finish(block, code)
  block.code = code
  block.text = table.concat(block.text, "\n")
  for _, tag in ipairs(block.tags) do
    tag.text = tag.text:gsub("^%s+", ""):gsub("%s+$", "")
    block[tag.name] = block[tag.name] or tag.text -- of tags that come once
  end
end

local function add(block, line)
  local name, modifier, rest = line:match("^%s*@(%a+)(%[?[^%s%]]*%]?)%s*(.*)$")
  if name == "failure" then -- the results of a failing call; the text is that of the last
    add(block, "@treturn[9] nil")
    add(block, "@treturn[9] string message")
    add(block, "@treturn[9] table err, " .. rest)
  elseif name then
    block.tags[#block.tags + 1] = {
      name = name, optional = modifier:find("^%[opt") ~= nil,
      default = modifier:match("^%[opt=(.+)%]$"),
      group = tonumber(modifier:match("^%[(%d+)%]$")) or 1, text = rest,
    }
  elseif #block.tags > 0 then
    local tag = block.tags[#block.tags]
    tag.text = tag.text .. " " .. line:gsub("^%s+", "")
  else
    block.text[#block.text + 1] = line
  end
end

-- A text on one line, with names instead of references to pages.
function comments.plain(text)
  return (text:gsub("%s+", " "):gsub("@{([^}|]*)|?[^}]*}", "`%1`"))
end

--- The comments of a file that begin with three dashes: `text`, `tags` (each with `name`,
-- `optional`, `default`, `group`, `text`), the first tag's text by its name, and `code`, the line
-- that follows.
function comments.read(path)
  local blocks, block = {}, nil
  for _, line in ipairs(lines_of(path)) do
    local first = line:match("^%s*%-%-%-%s?([^%-].*)$")
    local more = block and line:match("^%s*%-%-%s?(.*)$")
    if first then
      block = { text = {}, tags = {} }
      blocks[#blocks + 1] = block
      add(block, first)
    elseif more then
      add(block, more)
    elseif block then
      finish(block, line)
      block = nil
    end
  end
  if block then finish(block, "") end
  return blocks
end

return comments
