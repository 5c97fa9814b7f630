---@meta _
-- Made by `make types` from the rows and the comments of lua/streamctl.

---@alias streamctl.zego.operation string
---| "ClearCDNTransferRule"
---| "clear_cdn_transfer_rule"
---| "CreatCDNTransferRule"
---| "creat_cdn_transfer_rule"
---| "DeleteCDNTransferRule"
---| "delete_cdn_transfer_rule"
---| "DescribeRTCStreamState"
---| "describe_rtc_stream_state"
---| "ForbidCDNLiveStream"
---| "forbid_cdn_live_stream"
---| "ForbidRTCStream"
---| "forbid_rtc_stream"
---| "ForbidRTCStreams"
---| "forbid_rtc_streams"
---| "QueryForbidCDNLiveStream"
---| "query_forbid_cdn_live_stream"
---| "ResumeCDNLiveStream"
---| "resume_cdn_live_stream"
---| "ResumeRTCStream"
---| "resume_rtc_stream"
---| "ResumeRTCStreams"
---| "resume_rtc_streams"
---| "RTMPDispatchV2"
---| "rtmp_dispatch_v2"

---@alias streamctl.zego.waiter
---| "cdn_forbidden"
---| "cdn_resumed"
---| "forbid_stream_rule_gone"
---| "forbid_stream_rule_set"
---| "forbid_user_rule_gone"
---| "forbid_user_rule_set"
---| "media_task_done"
---| "mix_gone"
---| "mix_running"
---| "player_destroyed"
---| "player_playing"
---| "recording_finished"
---| "recording_paused"
---| "recording_resumed"
---| "recording_started"
---| "room_stream_absent"
---| "room_stream_present"
---| "rtc_stream_closed"
---| "rtc_stream_live"
---| "upload_done"
---| "user_gone"

---@class streamctl.zego.answer : table
---@field Code integer
---@field Data any
---@field Message string|nil
---@field RequestId string|nil
---@field already boolean|nil
---@field superseded string[]|nil

---@class streamctl.zego.client
local client = {}

---Calls any action of the vendor's API. An action without a row counts as one that must not be repeated, unless the caller passes `idempotent = true`; its parameters are flattened and not checked.
---@param action streamctl.zego.operation as the vendor spells it
---@param params? table
---@param options? streamctl.options.generic `method`, `host`, `idempotent`, `about`, `timeout`, `attempt_timeout`, `connect_timeout`, `retry`, `validate`, `dry_run`, see `streamctl.options`
---@return table|nil # the decoded answer
---@return string|nil # message
---@return streamctl.errors.err|nil # err, see streamctl.errors
function client:call(action, params, options) end

---Signs a call without sending it. Works in every nginx phase and with any HTTP client.
---@param operation streamctl.zego.operation in either spelling
---@param params? table
---@param options? streamctl.options.sign `nonce` (text) and `timestamp` (Unix seconds), used as given; `validate`; `method` and `host` for actions without a row
---@return table|nil # `method`, `url`, `headers` (name to value), `body` ("" when empty)
---@return string|nil # message
---@return streamctl.errors.err|nil # err, see streamctl.errors
function client:sign(operation, params, options) end

---Makes one call for each of many items, paced and some in flight at a time.
---@param operation streamctl.zego.operation in either spelling
---@param items table|function a list, or a function that returns the next item and nil at the end: ids for operations that take a list of StreamIds, else tables of parameters
---@param options? streamctl.batch.options see `streamctl.batch`
---@return table # report, see `streamctl.batch`
function client:batch(operation, items, options) end

---Walks through a list: `for item in client:each(operation, params) do`. What fails is thrown.
---@param operation streamctl.zego.operation in either spelling
---@param params? table
---@param options? streamctl.options.call see `checks`, and `streamctl.options`
---@return table # pager
function client:each(operation, params, options) end

---The same for walks without throws.
---@param operation streamctl.zego.operation in either spelling
---@param params? table
---@param options? streamctl.options.call see `Client:each`
---@return table # pager
function client:pages(operation, params, options) end

---Waits.
---@param name streamctl.zego.waiter of a waiter
---@param params table those of its query, and those that tell which entry of the answer is meant
---@param given? streamctl.wait.options options, see `options`
---@return table|nil # the answer that shows it; `warning` in it is something to know
---@return string|nil # message
---@return streamctl.errors.err|nil # err, see `streamctl.errors`. `wait_failed`: it will not happen any more; `timeout`: not yet; any other code is that of a look that failed for good. `answer`: the last one; `state`: the last one seen, as a text
function client:wait_for(name, params, given) end

---@class streamctl.zego.ClearCDNTransferRule
---@field StreamId string
---@field Sequence? integer

---ClearCDNTransferRule: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/clear-cdn-transfer-rule)
---@param params streamctl.zego.ClearCDNTransferRule
---@param options? streamctl.options.call
---@return streamctl.zego.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:clear_cdn_transfer_rule(params, options) end

---@class streamctl.zego.CreatCDNTransferRule
---@field StreamId string
---@field CDNUrl? string
---@field Sequence? integer

---CreatCDNTransferRule: 10 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/create-cdn-transfer-rule)
---@param params streamctl.zego.CreatCDNTransferRule
---@param options? streamctl.options.call
---@return streamctl.zego.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:creat_cdn_transfer_rule(params, options) end

---@class streamctl.zego.DeleteCDNTransferRule
---@field StreamId string
---@field CDNUrl string
---@field Sequence? integer

---DeleteCDNTransferRule: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/delete-cdn-transfer-rule)
---@param params streamctl.zego.DeleteCDNTransferRule
---@param options? streamctl.options.call
---@return streamctl.zego.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:delete_cdn_transfer_rule(params, options) end

---@class streamctl.zego.DescribeRTCStreamState
---@field StreamId string
---@field Sequence? integer

---DescribeRTCStreamState: 40 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/describe-rtc-stream-state)
---@param params streamctl.zego.DescribeRTCStreamState
---@param options? streamctl.options.call
---@return streamctl.zego.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:describe_rtc_stream_state(params, options) end

---@class streamctl.zego.ForbidCDNLiveStream
---@field StreamId string
---@field ResumeTime? string|number UTC, or Unix seconds

---ForbidCDNLiveStream: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/forbid-cdn-live-stream)
---@param params streamctl.zego.ForbidCDNLiveStream
---@param options? streamctl.options.call
---@return streamctl.zego.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:forbid_cdn_live_stream(params, options) end

---@class streamctl.zego.ForbidRTCStream
---@field StreamId string
---@field Sequence? integer

---ForbidRTCStream: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/forbid-rtc-stream)
---@param params streamctl.zego.ForbidRTCStream
---@param options? streamctl.options.call
---@return streamctl.zego.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:forbid_rtc_stream(params, options) end

---@class streamctl.zego.ForbidRTCStreams
---@field StreamId string[] at most 20 items
---@field Sequence? integer

---ForbidRTCStreams: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/forbid-rtc-streams)
---@param params streamctl.zego.ForbidRTCStreams
---@param options? streamctl.options.call
---@return streamctl.zego.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:forbid_rtc_streams(params, options) end

---@class streamctl.zego.QueryForbidCDNLiveStream
---@field Vendor "ws"

---QueryForbidCDNLiveStream: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/query-forbid-cdn-live-stream)
---@param params streamctl.zego.QueryForbidCDNLiveStream
---@param options? streamctl.options.call
---@return streamctl.zego.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:query_forbid_cdn_live_stream(params, options) end

---@class streamctl.zego.ResumeCDNLiveStream
---@field StreamId string

---ResumeCDNLiveStream: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/resume-cdn-live-stream)
---@param params streamctl.zego.ResumeCDNLiveStream
---@param options? streamctl.options.call
---@return streamctl.zego.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:resume_cdn_live_stream(params, options) end

---@class streamctl.zego.ResumeRTCStream
---@field StreamId string
---@field Sequence? integer

---ResumeRTCStream: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/resume-rtc-stream)
---@param params streamctl.zego.ResumeRTCStream
---@param options? streamctl.options.call
---@return streamctl.zego.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:resume_rtc_stream(params, options) end

---@class streamctl.zego.ResumeRTCStreams
---@field StreamId string[] at most 20 items
---@field Sequence? integer

---ResumeRTCStreams: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/resume-rtc-streams)
---@param params streamctl.zego.ResumeRTCStreams
---@param options? streamctl.options.call
---@return streamctl.zego.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:resume_rtc_streams(params, options) end

---@class streamctl.zego.RTMPDispatchV2
---@field StreamId string
---@field Sequence? integer
---@field Type "pull"|"push"
---@field ClientIP? string

---RTMPDispatchV2: 40 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/rtpm-dispatch)
---@param params streamctl.zego.RTMPDispatchV2
---@param options? streamctl.options.call
---@return streamctl.zego.answer|nil answer, string|nil message, streamctl.errors.err|nil err
function client:rtmp_dispatch_v2(params, options) end

