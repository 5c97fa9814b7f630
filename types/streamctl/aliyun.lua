---@meta streamctl.aliyun
-- Made by `make types` from the rows and the comments of lua/streamctl.

---@alias streamctl.aliyun.operation string
---| "CreateLivePullToPush"
---| "create_live_pull_to_push"
---| "DeleteLivePullToPush"
---| "delete_live_pull_to_push"
---| "DescribeLivePullToPush"
---| "describe_live_pull_to_push"
---| "DescribeLivePullToPushList"
---| "describe_live_pull_to_push_list"
---| "RestartLivePullToPush"
---| "restart_live_pull_to_push"
---| "StopLivePullToPush"
---| "stop_live_pull_to_push"
---| "UpdateLivePullToPush"
---| "update_live_pull_to_push"
---| "DescribeLiveStreamsBlockList"
---| "describe_live_streams_block_list"
---| "DescribeLiveStreamsOnlineList"
---| "describe_live_streams_online_list"
---| "ForbidLiveStream"
---| "forbid_live_stream"
---| "ResumeLiveStream"
---| "resume_live_stream"

---@class streamctl.aliyun.answer : table
---@field RequestId string
---@field already boolean|nil
---@field superseded string[]|nil

---@class streamctl.aliyun.client
local client = {}

---Creates a pull-to-push task unless the Region has one with the same DstUrl.
---@param params streamctl.aliyun.CreateLivePullToPush of CreateLivePullToPush
---@param options? streamctl.options.call of a call; `timeout` covers everything: the wait for other callers with this DstUrl, the search, the create, and one more search when the create's outcome is unknown, for which a third of the time is kept
---@return table|nil # the create's answer, or `{ TaskId =, Task =, existing = true }` with the task as DescribeLivePullToPushList shows it
---@return string|nil # message
---@return streamctl.errors.err|nil # err, see `streamctl.errors`. `conflict`: a task with this DstUrl has stopped, and is `err.task`, or the vendor refuses another one, and the message tells which task is in the way. `outcome_unknown`: the create may have been executed, and the task is not listed (yet). `timeout` without `maybe_sent`: another caller was busy with this DstUrl all the time.
function client:ensure_live_pull_to_push(params, options) end

---Calls any action of the vendor's API. An action without a row counts as one that must not be repeated, unless the caller passes `idempotent = true`; its parameters are flattened and not checked.
---@param action streamctl.aliyun.operation as the vendor spells it
---@param params? table
---@param options? streamctl.options.generic `method`, `host`, `idempotent`, `about`, `timeout`, `attempt_timeout`, `connect_timeout`, `retry`, `validate`, `dry_run`, see `streamctl.options`
---@return table|nil # the decoded answer
---@return string|nil # message
---@return streamctl.errors.err|nil # err, see streamctl.errors
function client:call(action, params, options) end

---Signs a call without sending it. Works in every nginx phase and with any HTTP client.
---@param operation streamctl.aliyun.operation in either spelling
---@param params? table
---@param options? streamctl.options.sign `nonce` (text) and `timestamp` (Unix seconds), used as given; `validate`; `method` and `host` for actions without a row
---@return table|nil # `method`, `url`, `headers` (name to value), `body` ("" when empty)
---@return string|nil # message
---@return streamctl.errors.err|nil # err, see streamctl.errors
function client:sign(operation, params, options) end

---Makes one call for each of many items, paced and some in flight at a time.
---@param operation streamctl.aliyun.operation in either spelling
---@param items table|function a list, or a function that returns the next item and nil at the end: ids for operations that take a list of StreamIds, else tables of parameters
---@param options? streamctl.batch.options see `streamctl.batch`
---@return table # report, see `streamctl.batch`
function client:batch(operation, items, options) end

---@class streamctl.aliyun.CreateLivePullToPush
---@field CallbackUrl? string at most 2000 characters
---@field DstUrl string at most 2000 characters
---@field EndTime string|number UTC, or Unix seconds
---@field FileIndex? integer
---@field Offset? integer above 0
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region
---@field RegionId? string
---@field RepeatNumber? integer at least -1
---@field RetryCount? integer
---@field RetryInterval? integer at least 60, at most 300
---@field SourceProtocol? "rtmp"|"srt"|"http-flv"|"hls"|"rtsp"|"flv"
---@field SourceType "live"|"vod"|"url"
---@field SourceUrls string[]|string at most 30 items
---@field StartTime string|number UTC, or Unix seconds
---@field TaskName? string

---@class streamctl.aliyun.CreateLivePullToPush.answer : streamctl.aliyun.answer
---@field RetCode number
---@field TaskId string

---CreateLivePullToPush: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createlivepulltopush)
---@param params streamctl.aliyun.CreateLivePullToPush
---@param options? streamctl.options.call
---@return streamctl.aliyun.CreateLivePullToPush.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:create_live_pull_to_push(params, options) end

---@class streamctl.aliyun.DeleteLivePullToPush
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region
---@field RegionId? string
---@field TaskId string

---@class streamctl.aliyun.DeleteLivePullToPush.answer : streamctl.aliyun.answer
---@field RetCode number

---DeleteLivePullToPush: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivepulltopush)
---@param params streamctl.aliyun.DeleteLivePullToPush
---@param options? streamctl.options.call
---@return streamctl.aliyun.DeleteLivePullToPush.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:delete_live_pull_to_push(params, options) end

---@class streamctl.aliyun.DescribeLivePullToPush
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region
---@field RegionId? string
---@field TaskId string

---@class streamctl.aliyun.DescribeLivePullToPush.answer : streamctl.aliyun.answer
---@field RetCode number

---DescribeLivePullToPush: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepulltopush)
---@param params streamctl.aliyun.DescribeLivePullToPush
---@param options? streamctl.options.call
---@return streamctl.aliyun.DescribeLivePullToPush.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:describe_live_pull_to_push(params, options) end

---@class streamctl.aliyun.DescribeLivePullToPushList
---@field DstUrl? string
---@field PageNumber? integer at least 1
---@field PageSize? integer at least 1, at most 100
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region
---@field RegionId? string
---@field TaskId? string at most 55 characters, of A-Z a-z 0-9 - _
---@field TaskName? string

---DescribeLivePullToPushList: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepulltopushlist)
---@param params streamctl.aliyun.DescribeLivePullToPushList
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:describe_live_pull_to_push_list(params, options) end

---@class streamctl.aliyun.RestartLivePullToPush
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region
---@field RegionId? string
---@field TaskId string

---RestartLivePullToPush: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-restartlivepulltopush)
---@param params streamctl.aliyun.RestartLivePullToPush
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:restart_live_pull_to_push(params, options) end

---@class streamctl.aliyun.StopLivePullToPush
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region
---@field RegionId? string
---@field TaskId string

---StopLivePullToPush: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoplivepulltopush)
---@param params streamctl.aliyun.StopLivePullToPush
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:stop_live_pull_to_push(params, options) end

---@class streamctl.aliyun.UpdateLivePullToPush
---@field CallbackUrl? string at most 2000 characters
---@field EndTime? string|number UTC, or Unix seconds
---@field FileIndex? integer
---@field Offset? integer above 0
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region
---@field RegionId? string
---@field RepeatNumber? integer at least -1
---@field SourceUrls? string[]|string at most 30 items
---@field StartTime? string|number UTC, or Unix seconds
---@field TaskId string

---@class streamctl.aliyun.UpdateLivePullToPush.answer : streamctl.aliyun.answer
---@field RetCode number

---UpdateLivePullToPush: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivepulltopush)
---@param params streamctl.aliyun.UpdateLivePullToPush
---@param options? streamctl.options.call
---@return streamctl.aliyun.UpdateLivePullToPush.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:update_live_pull_to_push(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamsBlockList
---@field DomainName string
---@field PageNum? integer
---@field PageSize? integer at least 1, at most 3000

---@class streamctl.aliyun.DescribeLiveStreamsBlockList.answer : streamctl.aliyun.answer
---@field StreamUrls table

---DescribeLiveStreamsBlockList: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamsblocklist)
---@param params streamctl.aliyun.DescribeLiveStreamsBlockList
---@param options? streamctl.options.call
---@return streamctl.aliyun.DescribeLiveStreamsBlockList.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:describe_live_streams_block_list(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamsOnlineList
---@field AppName? string
---@field DomainName string
---@field OnlyStream? "yes"|"no"
---@field PageNum? integer
---@field PageSize? integer at least 1, at most 3000
---@field QueryType? "fuzzy"|"strict"
---@field RegionId? string
---@field StreamName? string
---@field StreamType? "all"|"raw"|"trans"

---@class streamctl.aliyun.DescribeLiveStreamsOnlineList.answer : streamctl.aliyun.answer
---@field OnlineInfo table

---DescribeLiveStreamsOnlineList: 166.7 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamsonlinelist)
---@param params streamctl.aliyun.DescribeLiveStreamsOnlineList
---@param options? streamctl.options.call
---@return streamctl.aliyun.DescribeLiveStreamsOnlineList.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:describe_live_streams_online_list(params, options) end

---@class streamctl.aliyun.ForbidLiveStream
---@field AppName string
---@field DomainName string
---@field LiveStreamType? "publisher" filled in with publisher
---@field Oneshot? "yes"|"no"
---@field RegionId? string
---@field ResumeTime? string|number UTC, or Unix seconds
---@field StreamName string

---ForbidLiveStream: 20 calls a second, harmless to repeat unless Oneshot is yes. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-forbidlivestream)
---@param params streamctl.aliyun.ForbidLiveStream
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:forbid_live_stream(params, options) end

---@class streamctl.aliyun.ResumeLiveStream
---@field AppName string
---@field DomainName string
---@field LiveStreamType? "publisher" filled in with publisher
---@field StreamName string

---ResumeLiveStream: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-resumelivestream)
---@param params streamctl.aliyun.ResumeLiveStream
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:resume_live_stream(params, options) end

---@class streamctl.aliyun
---@field ensure_live_pull_to_push fun(params: streamctl.aliyun.CreateLivePullToPush, options?: streamctl.options.call): (table|nil), (string|nil), (streamctl.errors.err|nil)
---@field call fun(action: streamctl.aliyun.operation, params?: table, options?: streamctl.options.generic): (table|nil), (string|nil), (streamctl.errors.err|nil)
---@field sign fun(operation: streamctl.aliyun.operation, params?: table, options?: streamctl.options.sign): (table|nil), (string|nil), (streamctl.errors.err|nil)
---@field batch fun(operation: streamctl.aliyun.operation, items: table|function, options?: streamctl.batch.options): table
---@field create_live_pull_to_push fun(params: streamctl.aliyun.CreateLivePullToPush, options?: streamctl.options.call): (streamctl.aliyun.CreateLivePullToPush.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field delete_live_pull_to_push fun(params: streamctl.aliyun.DeleteLivePullToPush, options?: streamctl.options.call): (streamctl.aliyun.DeleteLivePullToPush.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field describe_live_pull_to_push fun(params: streamctl.aliyun.DescribeLivePullToPush, options?: streamctl.options.call): (streamctl.aliyun.DescribeLivePullToPush.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field describe_live_pull_to_push_list fun(params: streamctl.aliyun.DescribeLivePullToPushList, options?: streamctl.options.call): (streamctl.aliyun.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field restart_live_pull_to_push fun(params: streamctl.aliyun.RestartLivePullToPush, options?: streamctl.options.call): (streamctl.aliyun.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field stop_live_pull_to_push fun(params: streamctl.aliyun.StopLivePullToPush, options?: streamctl.options.call): (streamctl.aliyun.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field update_live_pull_to_push fun(params: streamctl.aliyun.UpdateLivePullToPush, options?: streamctl.options.call): (streamctl.aliyun.UpdateLivePullToPush.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field describe_live_streams_block_list fun(params: streamctl.aliyun.DescribeLiveStreamsBlockList, options?: streamctl.options.call): (streamctl.aliyun.DescribeLiveStreamsBlockList.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field describe_live_streams_online_list fun(params: streamctl.aliyun.DescribeLiveStreamsOnlineList, options?: streamctl.options.call): (streamctl.aliyun.DescribeLiveStreamsOnlineList.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field forbid_live_stream fun(params: streamctl.aliyun.ForbidLiveStream, options?: streamctl.options.call): (streamctl.aliyun.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field resume_live_stream fun(params: streamctl.aliyun.ResumeLiveStream, options?: streamctl.options.call): (streamctl.aliyun.answer|nil), (string|nil), (streamctl.errors.err|nil)
local aliyun = {}

---Makes a client.
---@param options streamctl.aliyun.options
---@return streamctl.aliyun.client
function aliyun.new(options) end

return aliyun
