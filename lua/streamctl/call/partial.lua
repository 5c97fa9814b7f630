-- Finds items that failed inside a success, since some answers judge item by item; and makes the
-- errors of successes with such items, or without a visible effect (`many/verify.lua`).
--
-- A row has `partial = { items = "Data.FailUsers", id = "Uid", code = "Code" }`, or a list of such
-- places: `items` is the path of a list; `id`, `code` and `message` are fields of its items. All
-- items failed, but for those whose `code` is in the list `fine` or whose `message` has the word
-- `says`.

local at = require("streamctl.call.answer").at
local encode = require "streamctl.encode"
local errors = require "streamctl.errors"
local redact = require "streamctl.call.redact"

local partial = {}

local function list_at(body, path)
  local list = at(body, path)
  return type(list) == "table" and list or {}
end

-- Whether a word of the text begins so: "success" in "Added successfully", not in "unsuccessful".
local function says(text, word)
  return text ~= nil and text:lower():find("%f[%a]" .. word) ~= nil
end

local function is_fine(place, code, message)
  for _, value in ipairs(place.fine or {}) do
    if code == value then return true end
  end
  return place.says ~= nil and says(message, place.says)
end

local function field(item, name)
  return name and encode.text(item[name])
end

-- The items that failed: a list of `{ item =, code =, message = }`, each as far as the vendor
-- tells; nil when nothing failed.
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

-- The error of an executed call. Items may be secret addresses among its parameters.
local function executed(self, operation, err, text, answer, params)
  err.vendor, err.operation, err.answer = self.vendor.name, operation.action, answer
  err.maybe_sent = true
  err.request_id = answer.RequestId and redact.quote(self, answer.RequestId, 256)
  return errors.complete(err,
    operation.action .. ": " .. redact.quote(self, text, 1000, { params = params }))
end

-- The error of a success with items that failed: nil, message, err.
function partial.failed(self, operation, answer, failures, params, fields)
  local texts, err, code = {}, fields or {}, failures[1].code
  err.code, err.vendor_code = "vendor", code and redact.quote(self, code, 256)
  for i, failure in ipairs(failures) do texts[i] = text_of(failure) end
  return executed(self, operation, err, table.concat(texts, "; "), answer, params)
end

-- The error of an executed call whose effect was not seen: nil, message, err. `unseen` is a list of
-- `{ item =, message = }`.
function partial.unconfirmed(self, operation, answer, unseen, params, fields)
  local texts, err = {}, fields or {}
  err.code, err.cause = "unconfirmed", redact.quote(self, unseen[1].message, 2048)
  err.partial = unseen[1].item and unseen or nil
  err.superseded, err.age = answer.superseded, answer.age
  for i, failure in ipairs(unseen) do
    texts[i] = (failure.item and failure.item .. ": " or "") .. failure.message
  end
  return executed(self, operation, err, "it was executed, but " .. operation.seen_by[1]
    .. " was not seen: " .. table.concat(texts, "; "), answer, params)
end

return partial
