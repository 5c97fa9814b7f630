---@meta streamctl
-- Made by `make types` from the rows and the comments of lua/streamctl.

---@alias streamctl.errors.code
---| "access_denied"
---| "bad_request"
---| "bad_response"
---| "caller_error"
---| "cancelled"
---| "cannot_wait"
---| "clock_skew"
---| "closed"
---| "conflict"
---| "connect"
---| "credentials"
---| "dns"
---| "expired"
---| "forked"
---| "full"
---| "gave_up"
---| "http"
---| "invalid_parameter"
---| "not_found"
---| "not_yet"
---| "outcome_unknown"
---| "replayed"
---| "signature"
---| "store"
---| "superseded"
---| "throttled"
---| "timeout"
---| "tls"
---| "too_large"
---| "vendor"
---| "wait_failed"

---When: a call has passed its checks.
---@class streamctl.event.begin
---@field event "begin"
---@field vendor string
---@field operation string
---@field time number
---@field call integer
---@field context any

---When: before each wait.
---@class streamctl.event.wait
---@field event "wait"
---@field reason? string "limit" (for a slot), "retry" or "lock" (of `ensure_live_pull_to_push`)
---@field attempt? integer
---@field delay? number
---@field code? string
---@field vendor string
---@field operation string
---@field time number
---@field call integer
---@field context any

---When: after each attempt.
---@class streamctl.event.attempt
---@field event "attempt"
---@field attempt? integer
---@field resend_count? integer how many came before
---@field previous? string the code of the last one
---@field code? string "ok" or an error's
---@field vendor_code? string
---@field http_status? integer
---@field elapsed? number
---@field request_id? string
---@field clock_offset? number seconds by which the vendor's clock is ahead of ours, by the answer's Date
---@field method? string
---@field url? string
---@field reused? boolean a kept connection carried it
---@field request_head? string first line and headers as they were sent and received, with signatures, secrets and tokens masked
---@field response_head? string first line and headers as they were sent and received, with signatures, secrets and tokens masked
---@field vendor string
---@field operation string
---@field time number
---@field call integer
---@field context any

---When: a call has ended.
---@class streamctl.event.call
---@field event "call"
---@field code? string "ok", "already" (it was so) or an error's
---@field attempts? integer
---@field elapsed? number
---@field superseded? integer how many streams gave way to newer calls
---@field maybe_sent? boolean
---@field request_id? string
---@field vendor string
---@field operation string
---@field time number
---@field call integer
---@field context any

---When: a call has asked where keys come from.
---@class streamctl.event.credentials
---@field event "credentials"
---@field code? string
---@field provider? string
---@field elapsed? number
---@field message? string why there is nothing newer
---@field expires? number the end of the key in use
---@field account? string the client's, as a queue names it
---@field vendor string
---@field operation string
---@field time number
---@field call integer
---@field context any

---When: a method of the store failed.
---@class streamctl.event.store
---@field event "store"
---@field method? string
---@field message? string
---@field vendor string
---@field operation string
---@field time number
---@field call integer
---@field context any

---When: the clock that signs was corrected.
---@class streamctl.event.clock
---@field event "clock"
---@field offset? number
---@field vendor string
---@field operation string
---@field time number
---@field call integer
---@field context any

---When: after each look of a wait.
---@class streamctl.event.look
---@field event "look"
---@field waiter? string
---@field state? string
---@field code? string
---@field attempt? integer
---@field delay? number
---@field vendor string
---@field operation string
---@field time number
---@field call integer
---@field context any

---When: when something keeps it from its work.
---@class streamctl.event.queue
---@field event "queue"
---@field account? string
---@field code? string
---@field message? string
---@field time number

---When: each 15 s, to the function `on_lengths` of the worker.
---@class streamctl.event.lengths
---@field event "lengths"
---@field urgent? { waiting: integer, taken: integer, later: integer, oldest: number } how much is queued and since when
---@field bulk? { waiting: integer, taken: integer, later: integer, oldest: number } how much is queued and since when
---@field time number

---@alias streamctl.event streamctl.event.begin|streamctl.event.wait|streamctl.event.attempt|streamctl.event.call|streamctl.event.credentials|streamctl.event.store|streamctl.event.clock|streamctl.event.look|streamctl.event.queue|streamctl.event.lengths

---What `sign` takes.
---@class streamctl.aliyun.address.options
---@field url? string of RTMP, ARTC, FLV or HLS, such as `https://play.example.com/app/stream.m3u8`; or of SRT, such as `srt://push.example.com:1105?streamid=#!::h=push.example.com,r=/app/stream,m=publish`. Its query stays, but for another auth_key. What is not ASCII is percent-encoded.
---@field key? string of the domain: of the ingest domain for publishing, of the streaming domain for playing
---@field expires? integer Unix seconds. By one page of the vendor the address ends then, by another the validity of the domain later
---@field lifetime? integer instead of `expires`: seconds from now

---What `assume_role` takes beside the options of `streamctl.aliyun.credentials.sts`.
---@class streamctl.aliyun.credentials.assume_role.options : streamctl.aliyun.credentials.sts.options
---@field source? table whose keys assume the role; or `access_key_id`, `access_key_secret` and perhaps `security_token`
---@field external_id? string what the owner of the role asks for

---What `ecs_role` takes.
---@class streamctl.aliyun.credentials.ecs_role.options
---@field role_name? string without it and without the variable `ALIBABA_CLOUD_ECS_METADATA`, the instance is asked for it
---@field v1? boolean false forbids IMDSv1; without it the variable `ALIBABA_CLOUD_IMDSV1_DISABLED` decides
---@field endpoint? string of the metadata service, for tests
---@field timeout? number seconds for a request, 1

---What `ini` takes.
---@class streamctl.aliyun.credentials.ini.options
---@field name? string of the section; otherwise the variable ALIBABA_CLOUD_PROFILE, otherwise "default"
---@field file? string its path; otherwise the variable ALIBABA_CLOUD_CREDENTIALS_FILE, otherwise `.alibabacloud/credentials` in the home directory
---@field home? string that directory; otherwise the variable HOME

---What `oidc` takes beside the options of `streamctl.aliyun.credentials.sts`, or the variables of the environment have.
---@class streamctl.aliyun.credentials.oidc.options : streamctl.aliyun.credentials.sts.options
---@field provider_arn? string such as `acs:ram::1234567890123456:oidc-provider/name`; else `ALIBABA_CLOUD_OIDC_PROVIDER_ARN`
---@field token_file? string read each time; else `ALIBABA_CLOUD_OIDC_TOKEN_FILE`

---What `process` takes.
---@class streamctl.aliyun.credentials.process.options
---@field command? string|table the program, found by PATH, and its arguments: text that is split at its blanks, or a list
---@field timeout? number seconds for one run, 60, or less when the waiting call has less

---What `profile` takes.
---@class streamctl.aliyun.credentials.profile.options
---@field name? string otherwise the variable ALIBABA_CLOUD_PROFILE, otherwise what the file calls "current"
---@field file? string its path; otherwise the variable ALIBABA_CLOUD_CONFIG_FILE, otherwise `.aliyun/config.json` in the home directory
---@field home? string that directory; otherwise the variable HOME

---What `static` takes.
---@class streamctl.aliyun.credentials.static.options
---@field access_key_id? string
---@field access_key_secret? string
---@field security_token? string for temporary keys

---What both take beside the options on their pages, or the variables of the environment have.
---@class streamctl.aliyun.credentials.sts.options
---@field role_arn? string such as `acs:ram::1234567890123456:role/name`; else `ALIBABA_CLOUD_ROLE_ARN`
---@field session_name? string for the vendor's logs; else `ALIBABA_CLOUD_ROLE_SESSION_NAME`, or "streamctl-" and the time
---@field duration? integer seconds, from 900 on and not more than the role allows; 3600
---@field policy? string|table takes rights away from the session: JSON, or a table for it
---@field region? string whose STS to ask; else `ALIBABA_CLOUD_STS_REGION`, or the central one
---@field vpc? boolean asks the region's STS inside of a VPC; else `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED` decides; nothing without a region
---@field endpoint? string of STS: host or `https://host[:port]`; `http://` for 127.0.0.1 alone
---@field timeout? number seconds for a request, 10

---What `uri` takes.
---@class streamctl.aliyun.credentials.uri.options
---@field url? string is asked as it is written; without it that of the variable `ALIBABA_CLOUD_CREDENTIALS_URI`, and without that the source is `absent`
---@field timeout? number seconds for a request, 10

---Options of `new` beside the common ones. Where none is part of a key, `new` takes key, endpoint and trust of the environment, see docs/reference/environment.md.
---@class streamctl.aliyun.options : streamctl.options.common
---@field access_key_id? string of the key that signs
---@field access_key_secret? string of the same key
---@field security_token? string for STS
---@field credentials? table|function instead of these three: a source, a table of the three, perhaps with `expires` (Unix seconds), or a function that returns such a table, or nil and a message. The function may wait. See docs/how-to/credentials.md
---@field account? string a name for the account, so that its keys share the rate. Without it, each key has a rate of its own, all functions share a rate, and so do all sources of a kind that do not know their account. The order of calls about a domain, task and the like is always shared
---@field signature? string "v3", or "v1" for the older RPC signature (default: "v3")
---@field region? string fills in the parameter Region where an operation has one

---What `verify` takes.
---@class streamctl.aliyun.webhook.options
---@field secret? string|table text, or a list of texts while it is being changed
---@field domains? string|table text or a list: the ingest domains, and for recordings and snapshots the host of the webhook's address
---@field tolerance? number|boolean seconds that the signature may be older or newer than now; false for any (default: 300)
---@field unsigned? boolean true takes also the kinds that the vendor does not sign, and needs no secret where only these come (default: false)
---@field kind? string "snapshot", "stream_exception" or "stream_switched", where the address is for that (their messages do not tell)

---What a failing call returns third.
---@class streamctl.errors.err
---@field code streamctl.errors.code stable, of a closed list; docs/reference/errors.md tells what each means
---@field outcome string "failed"; "unknown": perhaps executed, and not to be repeated blindly; "superseded": a newer call has won; "unsent": certainly not executed, and not refused either
---@field message string as the call returns it
---@field vendor? string "aliyun" or "zego"
---@field operation? string the vendor's own spelling, such as ResumeLiveStream
---@field http_status? integer when a status line came back
---@field vendor_code? string|number the vendor's own code
---@field request_id? string the vendor's
---@field retryable? boolean whether the same call may go again and could then succeed
---@field maybe_sent? boolean whether the vendor may have executed the call
---@field attempts? integer how many were begun, refused connections among them
---@field elapsed? number seconds that the whole call took
---@field cause? string text of the layer below, when there is one
---@field superseded? table the streams or tasks that gave way to newer calls, when there are any
---@field stamp? integer the number of a call that changes a stream or a task, see `info` of answers
---@field settle? table of `outcome_unknown`: the query that tells what became of the call. It has `operation` and `params`, for `client:settle`
---@field idempotency_key? string by which the vendor knows the call's copies, where it has one
---@field thrown? any of `caller_error`: what the caller's function threw, or its message
---@field page? integer which page of a list failed, counted from 1
---@field waiter? string the name of a wait
---@field last_state? string the last state that a wait saw
---@field answer? table the last answer that a wait saw
---@field task? table of `ensure_live_pull_to_push`: the task that has the DstUrl, and has ended, or has other sources or times
---@field absent? boolean of a source's `get`: nothing is configured there
---@field remembered? boolean of a source's `get`: the failure is an earlier one
---@field retry_after? number seconds for which the vendor, or a source of keys, asks to wait

---What `tls` may have.
---@class streamctl.options.tls
---@field ca_file? string trust the authorities of this file
---@field ca_path? string trust the authorities of this folder, by their hashed names
---@field verify? boolean false: trust anybody

---What `retry` may have.
---@class streamctl.options.retry
---@field attempts? integer of a call, 3
---@field base? number seconds before the first repeat, 0.2
---@field cap? number seconds before a repeat at most, 5

---What every client takes.
---@class streamctl.options.common
---@field endpoint? string|table where requests go, such as `https://host:port`; or a table with an address for each host. Plain `http` only when it is written out
---@field timeout? number seconds for the whole call, with its waits and repeats (default: 15)
---@field attempt_timeout? number seconds for each attempt (default: 10)
---@field connect_timeout? number seconds for name, connection and TLS (default: 5)
---@field max_response_bytes? integer a longer answer is `too_large` (default: 1048576)
---@field user_agent? string the header User-Agent instead of streamctl's
---@field tls? streamctl.options.tls `ca_file`, `ca_path`: trust these authorities; `verify = false`: trust anybody; both also at an https:// proxy
---@field proxy? string a URL, or "env" for `http_proxy`, `https_proxy` and `no_proxy`; it is asked for a tunnel (CONNECT), also to an http:// endpoint
---@field store? string|streamctl.store where order and slots are kept: "memory", the path of a file, which processes share, the URL of a Redis, which hosts share, or a store. See docs/how-to/stores.md
---@field loop? string|table which event loop waits. See `streamctl.loop.pick` (default: "auto")
---@field transport? table what sends instead of the library: an object with `send(request)`, see docs/how-to/test-your-code.md
---@field retry? number|boolean|streamctl.options.retry attempts of a call; false is one; or `{ attempts = 3, base = 0.2, cap = 5 }`, with the seconds before repeats (default: 3)
---@field validate? boolean false: parameters are sent as they are given, unchecked (default: true)
---@field share_requests? boolean calls for lists of ids share requests while they wait for a slot (default: false)
---@field rate_limit? number|boolean|table false, or calls per second instead of the documented rates, but for a room's; or `{ max = number }`, where the documented rate is higher, or none is
---@field on_event? fun(event: streamctl.event) gets a table of each event, see docs/reference/events.md. It may wait. When it throws, that is written to stderr, at most once a minute, and the call goes on
---@field event_headers? boolean events of attempts have the first line and the headers of request and response, with secrets masked, for a vendor's support (default: false)

---What a call takes, and all that makes calls. Without one of them, the client's holds.
---@class streamctl.options.limits
---@field timeout? number seconds for all of it
---@field attempt_timeout? number seconds for each attempt
---@field connect_timeout? number seconds for name, connection and TLS
---@field retry? number|boolean|streamctl.options.retry of each call
---@field validate? boolean false: parameters are sent as they are given
---@field context? any a value of the caller's, which events have as `context`

---What a call takes beside its parameters and the limits.
---@class streamctl.options.call : streamctl.options.limits
---@field share_requests? boolean instead of the client's. A call for a list of ids that waits for its slot takes along ids of other calls for the same operation, with the same other parameters. Calls that ask, and calls with `on_send`, `validate = false` or a Sequence go alone
---@field stamp? integer the call is as old as the call with this stamp, see `info`. It gives way (`superseded`) where a newer call was made within the last 60 s
---@field redelivered? boolean true: this very call may have been sent before, as by a message that comes twice. "Already in that state" is a success then, except of ForbidLiveStream, whose ban may end at another time. Only for what may be repeated (default: false)
---@field on_send? fun(sent: streamctl.options.sent): boolean|nil, string? is called with a table as `sent` here right before a request's first attempt. When it returns false and a reason, nothing is sent: the call is `cancelled`. When it returns true, it has neither waited nor made a call, and the store is not asked again for the call's place in the order. Its errors reach the caller

---What an answer has as `info`, beside the vendor's fields; nil when there is nothing to say. A vendor's own `info` is left out.
---@class streamctl.options.info
---@field stamp? integer the number of a call that changes a stream or a task. A newer call has a larger one. The option `stamp` takes it
---@field already? boolean true: the vendor refused the call, since all was so before. An earlier attempt may have done it
---@field superseded? table the streams or tasks that gave way to newer calls
---@field partial? table what failed inside the success: a list of `{ item =, code =, message = }`
---@field warning? string of a wait and of `ensure_live_pull_to_push`: something to know
---@field tasks? table of `ensure_live_pull_to_push`: the tasks that push to the DstUrl, as the list shows them

---What `on_send` gets.
---@class streamctl.options.sent
---@field operation string
---@field params table the caller's own
---@field settle table as in `err.settle`; `ended` is when the call is over at the latest
---@field safe boolean whether it may go again when its outcome is unknown
---@field items table in a batch: the results that the request is for (`index`, `item`)

---What `client:call` takes in addition, for operations without a row.
---@class streamctl.options.generic : streamctl.options.call
---@field method? string "GET" or "POST"
---@field host? string the vendor's host for the operation
---@field idempotent? boolean it may go again when its outcome is unknown (default: false)
---@field in_body? boolean|table true, or the names of the parameters that travel in the body. It is a form at Alibaba Cloud, a JSON object at ZEGOCLOUD; other parameters travel in the query
---@field list_style? string lists and tables are sent as "json", "commas" or "flat", which is the vendor's way (default: "flat")
---@field resource? table names of the parameters that name the stream or task. A repeat gives way to a newer call for the same resource, and a batch sends calls for it one after the other

---What `client:sign` takes.
---@class streamctl.options.sign
---@field nonce? string instead of a random text
---@field timestamp? integer Unix seconds instead of now
---@field validate? boolean instead of the client's
---@field masked? boolean hides secrets and the signature, to show the request. No Sequence is used up (default: false)

---Options beside those of a call; `timeout` is that of the batch, which has none by itself. The client's time limit counts from each slot that a call gets.
---@class streamctl.batch.options : streamctl.options.call
---@field concurrency? integer requests in flight at a time (default: 8)
---@field on_progress? fun(at: streamctl.report.progress) is called after requests, with the counts so far, see `streamctl.report`
---@field on_result? fun(result: streamctl.report.result) called with each result, which is in no report then
---@field on_send? fun(sent: streamctl.options.sent): boolean|nil, string? as in a call; when it returns false, nothing more is sent at all. A repeated id of a list may join a request that is out already
---@field params? table parameters that all requests have; an item's parameters win
---@field should_stop? fun(at: streamctl.report.progress): boolean|string|nil gets the same counts. When it returns true or a reason (a text), nothing more is sent. It is called before each request, and at least each 0.5 s while calls wait. Requests that were never sent are `cancelled` then; calls that wait to go again end with the failure that they had, and calls that are under way end as they do
---@field urgent? boolean its calls do not wait behind those of other batches (default: false)

---Options beside the limits.
---@class streamctl.pages.options : streamctl.options.limits
---@field timeout? number seconds for all pages together; what the caller does between two pages does not count. Without it a walk has no limit, and each page has the client's
---@field max_items? integer the walk ends after so many
---@field page_size? integer items of a page, instead of the vendor's maximum (at most 1000)
---@field exact? boolean false: all that the vendor's loose filters let through (default: true)

---The counts of reports, of jobs, and of what `on_progress` and `should_stop` get.
---@class streamctl.report.counts
---@field total integer items; nil while an iterator gives them, or a job is added
---@field succeeded integer
---@field failed integer
---@field unknown integer perhaps executed, see `client:settle`
---@field superseded integer gave way to newer calls, which is no failure
---@field unsent integer certainly not executed; of a job also what waits
---@field requests integer how many went out, shared requests included; not of steps and jobs
---@field elapsed number seconds

---A report. When a function of yours fails, nothing more is sent, and all that was sent is reported. Ctrl-C is thrown on, and there is no report. What failed inside a success is no success: the item that the vendor names, or all items of a request when it names none of them.
---@class streamctl.report.report : streamctl.report.counts
---@field ok boolean none failed, is unknown or unsent, and there is no `err`
---@field results streamctl.report.result[] by index. Those of a batch are made when they are first read: loops over the report's fields and encoders of JSON come to them only after that. With on_result, the result that it threw for and the later results
---@field failures streamctl.report.result[] the results that failed, are unknown or unsent, by index
---@field err streamctl.errors.err of the iterator, of your function or of the loop: an `err` with the code `caller_error` and `thrown`, the thrown value or the message; or the iterator's third result, when that is an `err`. It is `cancelled` where the batch ended before its iterator

---What came of an item.
---@class streamctl.report.result
---@field index integer
---@field item any
---@field ok boolean
---@field answer any the vendor's, where there is one; of a step, what `run` returned
---@field message string where it is not ok
---@field err streamctl.errors.err
---@field undone boolean of a step; nil where nothing was undone
---@field undo_answer any what `undo` returned; a restarted task may have another TaskId
---@field undo_message string

---What `on_progress` and `should_stop` get.
---@class streamctl.report.progress : streamctl.report.counts
---@field done integer all that are counted

---A step of the list.
---@class streamctl.steps.step
---@field name string
---@field run fun(answers: table<string, any>): any, string?, table? is called with the answers so far, by name, and succeeds when it returns a true value
---@field undo? fun(answer: any): any, string?, table? is called with the step's answer

---The options.
---@class streamctl.steps.options
---@field undo? boolean after a failure undo the finished steps, last first (default: false)

---Options beside the limits.
---@class streamctl.wait.options : streamctl.options.limits
---@field timeout? number seconds for all of it; without it the waiter's
---@field should_stop? fun(at: streamctl.report.progress): boolean|string|nil gets the counts of `streamctl.report`. When it returns true or a reason (a text), the wait ends as `cancelled`. It is called at least each 0.5 s between two looks

---Options of `add`.
---@class streamctl.queue.add_options
---@field urgent? boolean goes before all that is not (default: false)
---@field params? table parameters that all requests have; an item's parameters win
---@field not_before? number Unix seconds before which nothing is sent, at most 7 days off
---@field lifetime? number seconds after that: what was not sent by then is `expired` (default: 86400)
---@field keep? number seconds for which the job is known after its end when nothing failed; other jobs are known for 7 days (default: 86400)
---@field note? string a text for people, such as the id of a request

---What a job is, beside its counts.
---@class streamctl.queue.jobs.status : streamctl.report.counts
---@field job string
---@field account string
---@field operation string
---@field state string "adding", "waiting" (not begun), "working", "paused" (its account is), "done", "cancelled", or "expired" (its adding never ended)
---@field paused string why its account is paused
---@field ok boolean the job has ended, and all went well, see `streamctl.report`
---@field urgent boolean
---@field added number Unix seconds by the server's clock
---@field not_before number the same
---@field expires number the same
---@field note string

---Options of `work`.
---@class streamctl.queue.work.options
---@field clients? (streamctl.aliyun.client|streamctl.zego.client)[]|fun(account: string): (streamctl.aliyun.client|streamctl.zego.client|nil) of the accounts, with the queue's store: a list; or a function that returns the client of an account such as "zego:1234567890", or nil to leave it to others
---@field only? string|table operations, in either spelling; a job of another operation fails. Whoever may write the Redis can add jobs, and they are carried out with the keys of the clients
---@field concurrency? integer requests under way at a time; an urgent one may come on top (default: 4)
---@field lease? number seconds, at least twice the clients' `timeout` and 6 more (default: 60)
---@field should_stop? fun(at: { requests: integer, elapsed: number }): boolean|string|nil is asked again and again, with a table of `requests` (that the worker has taken) and `elapsed` (seconds). When it returns true or a reason, the worker takes nothing more, waits for what is out, gives back what was not sent, and returns
---@field loop? string|table which event loop waits, as of a client (default: "auto")
---@field on_event? fun(event: streamctl.event) gets `event` ("queue"), `time` (Unix seconds), `account`, `vendor`, `code`, `message`: what kept the worker from its work
---@field on_lengths? function gets each 15 s `event` ("lengths"), `time`, `urgent`, `bulk`: tables of `waiting`, `taken` (by a worker) and `later` (not due, or behind others), in requests of all accounts that have work, and `oldest`: seconds since one was due

---Options of `new` beside the common ones. Where none is part of a key, `new` takes key, endpoint and trust of the environment, see docs/reference/environment.md.
---@class streamctl.zego.options : streamctl.options.common
---@field app_id? integer|string 1 to 2^32-1, a number or its digits
---@field server_secret? string|function|table the text, a function that returns it, or `{ file = path }`. The function may wait, and returns nil and a message when it fails. The file has the 32 bytes. Function and file are asked by the first call, and once more when the vendor has refused a signature
---@field is_test? boolean sends IsTest=true and puts the test environment's prefix on RTC StreamIds (default: false)
---@field region? string "sha", "hkg", "fra", "lax", "bom" or "sgp"; without one the vendor's unified addresses are used
---@field endpoint? string|table one address for all hosts, or a table of some: `rtc`, `cloudrecord`, `cloud-player`, `metaworld`

---What `new` takes.
---@class streamctl.zego.token.options
---@field app_id? integer|string 1 to 2^32-1, a number or its digits
---@field server_secret? string 32 bytes
---@field user_id? string with which the app logs in
---@field lifetime? integer seconds; ZIM takes at most 24 days
---@field expires? integer instead of `lifetime`: Unix seconds
---@field payload? string JSON text; without one it is ""
---@field privileges? table instead of a payload, where they are switched on for the AppId: `room_id`, `login` (true unless said), `publish` (false unless said), `streams` (a list of the StreamIds that may be published, never an empty one; any, unless said)
---@field mode? string "cbc", or "gcm", which newer packages of the vendor make

---What `verify` takes.
---@class streamctl.zego.webhook.options
---@field secret? string|table text, or a list of texts while it is being changed
---@field tolerance? number|boolean seconds that the signature may be older or newer than now; false for any (default: 300)

---@class streamctl.Pager
---@overload fun(): any
---@field err? streamctl.errors.err of the page that failed last
local Pager = {}

---The next item.
---@return any|nil # item; or at the end
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`; its `page` counts from 1
function Pager:next() end

---The items of the next page that were on no page before it; or what `Pager:next` left of one.
---@return table|nil # list, perhaps an empty one; or at the end
---@return table|string|nil # the answer; or message
---@return streamctl.errors.err # err, see `Pager:next`
function Pager:next_page() end

---@class streamctl.Task
local Task = {}

---Waits for a task's end.
---@return any # what its function returned; an error in it is raised here, and pcall tells of it
function Task:join() end

---@class streamctl.Queue
local Queue = {}

---Adds a job. It goes on when this process ends.
---@param client streamctl.aliyun.client|streamctl.zego.client of the account, with the queue's store
---@param operation string in either spelling, one that changes something
---@param items table|function as of `client:batch`
---@param given? streamctl.queue.add_options see `add_options`
---@return string|nil # the job
---@return string # message
---@return streamctl.errors.err # err, `invalid_parameter`: an item is wrong, and nothing was added; `full`; `store`: Redis failed, or cannot keep jobs
function Queue:add(client, operation, items, given) end

---Lists the accounts that have work.
---@return table|nil # list of texts
---@return string # message
---@return streamctl.errors.err # err, `store`
function Queue:accounts() end

---Has workers take no request of an account, until `resume`. What they have taken goes out.
---@param account table|string a client, or the account's text
---@param why? string
---@return boolean|nil # true
---@return string # message
---@return streamctl.errors.err # err, `not_found`: a text is given, and there are no open jobs of this account; `store`
function Queue:pause(account, why) end

---Has workers go on with an account.
---@param account table|string a client, or the account's text
---@return boolean|nil # true
---@return string # message
---@return streamctl.errors.err # err, `store`
function Queue:resume(account) end

---Carries out jobs until `should_stop` says so. Any number of processes may do so, also in light threads of nginx.
---@param given streamctl.queue.work.options see `streamctl.queue.work`
---@return table|nil # `requests`: how many this worker carried out
---@return string # message
---@return streamctl.errors.err # err, `store`: the server cannot keep jobs
function Queue:work(given) end

---Tells what a job is.
---@param job string
---@return streamctl.queue.jobs.status|nil # see `status`
---@return string # message
---@return streamctl.errors.err # err, `not_found`, `store`
function Queue:status(job) end

---Lists the open jobs of an account, 1000 at most.
---@param account table|string a client, or the account's text
---@return streamctl.queue.jobs.status[]|nil # list of `status`; `paused` (why), `waiting` (requests), `workers` (that asked within a minute)
---@return string # message
---@return streamctl.errors.err # err, `store`
function Queue:jobs(account) end

---Goes over the records of a job, which are those of a report (docs/reference/report.md).
---@param job string
---@return function|nil # that returns the next record, nil at the end
---@return string # message
---@return streamctl.errors.err # err, `not_found`, `store`
function Queue:records(job) end

---Cancels a job: what no worker has taken by then is never sent.
---@param job string
---@return boolean|nil # true; false when it had ended before
---@return string # message
---@return streamctl.errors.err # err, `not_found`, `store`
function Queue:cancel(job) end

---@class streamctl.Metrics
---@field on_event fun(event: streamctl.event)
local Metrics = {}

---Writes all numbers in Prometheus' text format (`text/plain; version=0.0.4`), which the textfile collector of node_exporter takes, too.
---@return string
function Metrics:text() end

---@class streamctl.store
---@field close? fun(self: streamctl.store)
local Memory = {}

---The next number of an order, in one step. For 60 seconds it is remembered as the last intent of each resource, which is known within its order only.
---@param order string any text, such as zego:123
---@param floor integer the number is not below it
---@param resources? table list of texts, up to 1000; none: the number alone is taken
---@param since? integer of a repeat: the intent's first number, which is remembered instead. Resources with a newer intent are dropped
---@param exact? boolean only `floor` itself will do
---@param back? integer of a repeat: its last number, which a clock that was ahead had given. This number and higher ones do not count
---@return integer|false|nil # the number, above every number that the order was given before; or false: all were dropped, no number was taken
---@return table|string # which of the resources were dropped, ascending; the first one is 1; or which, that is all; or message
---@return integer|nil # the order's last number, when `exact` is set and `floor` is not above it
function Memory:stamp(order, floor, resources, since, exact, back) end

---Reserves the next slot of a rate.
---@param key string any text; clients begin it with the account
---@param interval number seconds between slots
---@param limit? number a slot that is further away is not reserved
---@return number|nil # seconds until the slot, 0 when it is now
---@return string # message
function Memory:reserve(key, interval, limit) end

---Takes a lock. It ends by itself, so that a holder that crashed stands in nobody's way for longer.
---@param key string any text; clients begin it with the account
---@param seconds number for which it is held at most
---@return string|false|nil # token of the holder, for `unlock`; or false: somebody else holds it
---@return number|string|nil # seconds until it ends, unless it is unlocked before; or message
function Memory:lock(key, seconds) end

---Ends a lock before its time.
---@param key string
---@param token string
---@param after? number seconds until it ends, instead of at once
---@return boolean|nil # true; false when it was no longer the lock of that token
---@return string # message
function Memory:unlock(key, token, after) end

---Notes a number under a key for a time, unless a higher number is noted there.
---@param key string any text; it begins with the account
---@param number? integer without it, or with 0, nothing is noted
---@param seconds? number for which the number is noted
---@return integer|nil # the number that is noted now; 0: none
---@return string # message
function Memory:note(key, number, seconds) end

---@class streamctl
---@field aliyun streamctl.aliyun
---@field zego streamctl.zego
---@field _VERSION string
local streamctl = { store = {}, queue = {}, metrics = {} }

---Runs a function as a task, and every task it spawns, until all have ended. Inside a task it just calls the function; what that spawns ends with the run around it. After an error in the function the calls under way end, and calls that follow without a pause; other tasks are left where they are.
---@param fn function
---@param ... any its arguments
---@return any # what the function returned; an error in it, or in a task that nobody joined, is raised
function streamctl.run(fn, ...) end

---Starts a function as a task of its own; only inside `run`.
---@param fn function
---@param ... any its arguments
---@return streamctl.Task
function streamctl.spawn(fn, ...) end

---Waits in the loop of the running coroutine, as far as that can be found out: in luv take `sleep` of `require "streamctl.loop.luv"`.
---@param seconds number
function streamctl.sleep(seconds) end

---Runs steps until one fails.
---@param list streamctl.steps.step[] list of `step`
---@param options? streamctl.steps.options see `options`
---@return streamctl.report.report # report, see `streamctl.report`
function streamctl.steps(list, options) end

---A new, empty store.
---@return streamctl.store # store
function streamctl.store.memory() end

---Opens the store, and makes the file if need be.
---@param path string
---@return streamctl.store|nil # store
---@return string # message
---@return streamctl.errors.err # err, `store`: the file cannot be opened, or is no store
function streamctl.store.file(path) end

---Makes a store.
---@param connect string|function a URL, see docs/how-to/stores.md; or a function that returns a client with `eval`, and `evalsha` if it can, or nil and why not
---@param given? table `prefix` ("streamctl:") of all keys
---@return streamctl.store # store
function streamctl.store.redis(connect, given) end

---Makes a queue. Nothing is asked before its first method.
---@param given table `store`: the URL of a Redis, or a `streamctl.store.redis`, which its clients have too; `durable` (false): Redis keeps all that it has acknowledged (appendfsync always, or replicas), so requests that must never be sent twice are taken; `max_waiting` (1000000): requests of an account
---@return streamctl.Queue # queue
function streamctl.queue.new(given) end

---Makes metrics of this process.
---@return streamctl.Metrics # metrics: `on_event`, a function for the options of that name, and `text`
function streamctl.metrics.new() end

---Makes metrics in nginx, registered on nginx-lua-prometheus: call it once in `init_worker_by_lua` of each worker. The workers share the numbers.
---@param prometheus table what `require("prometheus").init` returns
---@return streamctl.Metrics # metrics: `on_event`
function streamctl.metrics.prometheus(prometheus) end

return streamctl
