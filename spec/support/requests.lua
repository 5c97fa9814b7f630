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

--- What a request would send now, as a table that stays as it is.
function requests.seen(request)
  return {
    action = request.action, method = request.method, params = request.params,
    body = request.body, content_type = request.content_type, safe = request.safe,
  }
end

return requests
