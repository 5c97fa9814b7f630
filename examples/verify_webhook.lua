-- Tells whether the body of a webhook on stdin is from ZEGOCLOUD, also of one that was kept. The
-- secret is in ZEGO_WEBHOOK_SECRET. The status is 0 for a genuine one.
--
--     lua5.4 examples/verify_webhook.lua <body.json

local streamctl = require "streamctl"

local event, message = streamctl.zego.webhook.verify(io.read "*a",
  { secret = os.getenv "ZEGO_WEBHOOK_SECRET", tolerance = false })
if not event then
  io.stderr:write(message, "\n")
  os.exit(1)
end
print(event.kind, event.stream or "", event.user or "")
