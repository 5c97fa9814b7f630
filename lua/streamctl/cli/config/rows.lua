-- The settings of an account, a row each: flags, environment, profiles, `whoami`, `configure`, help
-- and docs/reference/configuration.md read these rows.
--
-- A row has a name and an explanation, and perhaps `flag`, the name of its value, with `range`, see
-- `streamctl.cli.flags`, or `choices`; `variable`, or `variables` by vendor; `of`, its vendor;
-- `kind` ("number", "flag" or "path"); `is_secret`, so that the field names a file; `has_file`: a
-- second variable names a file, as of all secrets; `with`, a field that has its value from the same
-- place; `no_field` of profiles; `default`, or what `whoami` shows `without` a value; `option` of a
-- client, false for none; `asked` by `configure`.

local rows = {
  { "profile", "the profile of the configuration file", flag = "NAME",
    variable = "STREAMCTL_PROFILE", no_field = true },
  { "vendor", "whose account: aliyun or zego", flag = "VENDOR", variable = "STREAMCTL_VENDOR",
    choices = { "aliyun", "zego" }, asked = true },
  { "app_id", "the AppId", of = "zego", variable = "ZEGO_APP_ID", asked = true },
  { "server_secret", "its ServerSecret", of = "zego", variable = "ZEGO_SERVER_SECRET",
    is_secret = true, asked = true },
  { "is_test", "true for the test environment", of = "zego", variable = "ZEGO_IS_TEST",
    kind = "flag", default = false, with = "app_id" },
  { "access_key_id", "the id of a key", of = "aliyun", variable = "ALIBABA_CLOUD_ACCESS_KEY_ID",
    with = "credentials", asked = true },
  { "access_key_secret", "its secret", of = "aliyun",
    variable = "ALIBABA_CLOUD_ACCESS_KEY_SECRET", is_secret = true, asked = true },
  { "security_token", "the token of a temporary key", of = "aliyun",
    variable = "ALIBABA_CLOUD_SECURITY_TOKEN", is_secret = true },
  { "credentials", "where keys come from, instead of a key", of = "aliyun", asked = true },
  { "account", "a name by which keys share the rate, and by which a report outlives a key",
    of = "aliyun" },
  { "signature", "v1 for the older one", of = "aliyun" },
  { "endpoint", "where requests go instead", variables = { zego = "ZEGO_ENDPOINT",
    aliyun = "ALIBABA_CLOUD_ENDPOINT" } },
  { "region", "where requests go, or relays are", without = "none" },
  { "ca_file", "certificates of authorities, instead of the system's", kind = "path",
    variable = "STREAMCTL_CA_FILE", default = "the system's", option = "tls" },
  { "proxy", "a URL, or none" },
  { "timeout", "seconds that a call may take, with all its attempts", flag = "SECONDS",
    kind = "number", range = { unit = "seconds" }, default = 15 },
  { "attempts", "how often a call is tried at most", flag = "N", kind = "number", range = {},
    default = 3, option = "retry" },
  { "rate", "requests a second; never above the documented rate", flag = "N", kind = "number",
    range = { unit = "requests a second" }, without = "as documented", option = "rate_limit" },
  { "concurrency", "how many requests may be under way at once", flag = "N", kind = "number",
    range = { max = 1000 }, option = false },
  { "domain", "what --domain says otherwise", of = "aliyun", option = false },
  { "app", "what --app says otherwise", of = "aliyun", option = false },
  { "store", "where order and rates are kept: memory, file:PATH or redis://HOST", flag = "STORE",
    variable = "STREAMCTL_STORE", has_file = true,
    without = "none: neither HOME nor XDG_STATE_HOME is this user's" },
}

rows.by_name, rows.fields = {}, {} -- `fields` of profiles, by their names

for i, row in ipairs(rows) do
  rows.by_name[row[1]], row.index, row.field = row, i, row[1] .. (row.is_secret and "_file" or "")
  row.variables, row.has_file = row.variables or {}, row.has_file or row.is_secret
  if not row.no_field then rows.fields[row.field] = row end
end

return rows
