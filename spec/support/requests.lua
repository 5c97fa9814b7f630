--- Requests from plain fields, for what takes them apart from a client.

local core = require "streamctl.core"

local requests = {}

--- The request of `fields`: `signer`, `method` (GET without it), `action`, `safe`, `params`,
-- `body`, `content_type`.
function requests.of(fields)
  return core.request(fields.signer, fields.method or "GET", fields.action, fields.safe,
    fields.params, fields.body, fields.content_type)
end

--- What engine:submit takes: the request, and `endpoint`, `timeout`, `connect_timeout`.
function requests.submission(fields)
  return assert(requests.of(fields)), fields.endpoint, fields.timeout, fields.connect_timeout
end

--- `sign(signer, method, action, params, body, content_type, nonce, timestamp)`: the target, the
-- headers, and what is signed of them.
function requests.sign(signer, verb, action, params, body, content_type, nonce, timestamp)
  local made, message, code = core.request(signer, verb, action, true, params, body, content_type)
  if not made then return nil, message, code end
  return made:sign(nonce, timestamp)
end

--- What a request would send now, as a table that stays as it is.
function requests.seen(request)
  return {
    action = request.action, method = request.method, params = request.params,
    body = request.body, content_type = request.content_type, safe = request.safe,
  }
end

return requests
