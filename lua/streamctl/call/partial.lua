--- What failed inside a success: vendors answer for some operations item by item. And what was not
-- seen after one, see `streamctl.many.check`.
--
-- A row says where, `partial = { items = "Data.FailUsers", id = "Uid", code = "Code" }`, or with a
-- list of such places: `items` leads to the list, `id`, `code` and `message` name fields of its
-- items. Every item is one that failed, but for those whose `code` is among the values in `fine`,
-- and those whose `message` has the word in `says`.
-- @module streamctl.call.partial

local at = require("streamctl.call.answer").at
local encode = require "streamctl.encode"
local errors = require "streamctl.errors"
local redact = require "streamctl.call.redact"

local partial = {}

local function list_at(body, path)
  local list = at(body, path)
  return type(list) == "table" and list or {}
end

-- Whether a text has a word, which may go on: "success" in "Added successfully", not in
-- "unsuccessful".
local function says(text, word)
  return text ~= nil and text:lower():find("%f[%a]" .. word) ~= nil
end

local function is_fine(place, code, message)
  for _, value in ipairs(place.fine or {}) do
    if code == value then return true end
  end
  return place.says ~= nil and says(message, place.says)
end

-- A field of an item as text, for messages and comparisons.
local function field(item, name)
  return name and encode.text(item[name])
end

--- The items that failed: a list of `{ item =, code =, message = }`, of which the vendor may leave
-- out any; nil when nothing failed.
function partial.failures(places, body)
  local failures
  if places and places.items then places = { places } end
  for _, place in ipairs(places or {}) do
    for _, item in ipairs(list_at(body, place.items)) do
      local is_item = type(item) == "table"
      local code, message = is_item and item[place.code], is_item and field(item, place.message)
      if is_item and not is_fine(place, code, message) then
        failures = failures or {}
        failures[#failures + 1] =
          { item = field(item, place.id), code = encode.text(code), message = message }
      end
    end
  end
  return failures
end

local function text_of(failure)
  local code = failure.code and failure.code ~= "" and "code " .. failure.code
  local message = failure.message and failure.message ~= "" and failure.message
  return (failure.item or "an item") .. " failed: "
    .. (code and message and code .. ": " .. message or message or code or "no reason is given")
end

-- An error of a call that was executed. Items may be addresses among its parameters.
local function executed(self, operation, err, text, answer, params)
  err.vendor, err.operation, err.answer = self.vendor.name, operation.action, answer
  err.maybe_sent = true
  err.request_id = answer.RequestId and redact.quote(self, answer.RequestId, 256)
  return errors.complete(err,
    operation.action .. ": " .. redact.quote(self, text, 1000, { params = params }))
end

--- The error of items that failed inside a success, `fields` with `answer`: nil, message, err.
function partial.failed(self, operation, answer, failures, params, fields)
  local texts, err, code = {}, fields or {}, failures[1].code
  err.code, err.vendor_code = "vendor", code and redact.quote(self, code, 256)
  for i, failure in ipairs(failures) do texts[i] = text_of(failure) end
  return executed(self, operation, err, table.concat(texts, "; "), answer, params)
end

--- The error of a call that was executed, and whose effect was not seen: `fields` with `answer` and
-- its `superseded` and `intent`, and `partial` where the call has a list. `unseen` tells why, a
-- list of `{ item =, message = }`.
function partial.unconfirmed(self, operation, answer, unseen, params, fields)
  local texts, err = {}, fields or {}
  err.code, err.cause = "unconfirmed", redact.quote(self, unseen[1].message, 2048)
  err.partial = unseen[1].item and unseen or nil
  err.superseded, err.age = answer.superseded, answer.age
  for i, it in ipairs(unseen) do
    texts[i] = (it.item and it.item .. ": " or "") .. it.message
  end
  return executed(self, operation, err, "it was executed, but " .. operation.seen_by[1]
    .. " was not seen: " .. table.concat(texts, "; "), answer, params)
end

return partial
