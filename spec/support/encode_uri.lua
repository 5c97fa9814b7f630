-- Percent-encodes a text as RFC 3986 says, by other means than our own.

return function(text)
  return (text:gsub("[^A-Za-z0-9_.~-]", function(char) return ("%%%02X"):format(char:byte()) end))
end
