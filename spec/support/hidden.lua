-- Fails when a text holds 8 bytes in a row of one of the secrets: half a secret is a leak, too.
return function(text, secrets, where)
  for name, secret in pairs(secrets) do
    for i = 1, #secret - 7 do
      if text:find(secret:sub(i, i + 7), 1, true) then
        error(("%s: %s is in: %s"):format(where or "a text", name, text:sub(1, 500)), 2)
      end
    end
  end
end
