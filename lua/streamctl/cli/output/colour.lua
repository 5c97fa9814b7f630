--- Colours on a terminal, where they are wanted.
-- @module streamctl.cli.output.colour

local colour = {}

local CODES = { heading = "1", ok = "32", failed = "31", unknown = "33", unsent = "2" }

--- Makes a painter. Returns `paint(name, text)`, which gives the text in the colour for headings
-- ("heading") or for a state; as it is when there is no such colour.
function colour.painter(wanted)
  return function(name, text)
    local code = wanted and CODES[name]
    return code and "\27[" .. code .. "m" .. text .. "\27[0m" or text
  end
end

--- Whether to show colours. `mode`, if any: of --color: "auto", "always" or "never"; `terminal`:
-- whether the output is one; `environment`: gives a variable by name, nil when it is empty.
function colour.wanted(mode, terminal, environment)
  if mode == "always" then return true end
  if mode == "never" or not terminal then return false end
  return not environment "NO_COLOR" and environment "TERM" ~= "dumb"
end

return colour
