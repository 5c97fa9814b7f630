---@meta streamctl.zego
-- Made by `make types` from the rows and the comments of lua/streamctl.

---@class streamctl.zego
---@field call fun(action: streamctl.zego.operation, params?: table, options?: streamctl.options.generic): (table|nil), (string|nil), (streamctl.errors.err|nil)
---@field sign fun(operation: streamctl.zego.operation, params?: table, options?: streamctl.options.sign): (table|nil), (string|nil), (streamctl.errors.err|nil)
---@field batch fun(operation: streamctl.zego.operation, items: table|function, options?: streamctl.batch.options): table
---@field each fun(operation: streamctl.zego.operation, params?: table, options?: streamctl.options.call): table
---@field pages fun(operation: streamctl.zego.operation, params?: table, options?: streamctl.options.call): table
---@field wait_for fun(name: streamctl.zego.waiter, params: table, given?: streamctl.wait.options): (table|nil), (string|nil), (streamctl.errors.err|nil)
---@field clear_cdn_transfer_rule fun(params: streamctl.zego.ClearCDNTransferRule, options?: streamctl.options.call): (streamctl.zego.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field creat_cdn_transfer_rule fun(params: streamctl.zego.CreatCDNTransferRule, options?: streamctl.options.call): (streamctl.zego.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field delete_cdn_transfer_rule fun(params: streamctl.zego.DeleteCDNTransferRule, options?: streamctl.options.call): (streamctl.zego.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field describe_rtc_stream_state fun(params: streamctl.zego.DescribeRTCStreamState, options?: streamctl.options.call): (streamctl.zego.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field forbid_cdn_live_stream fun(params: streamctl.zego.ForbidCDNLiveStream, options?: streamctl.options.call): (streamctl.zego.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field forbid_rtc_stream fun(params: streamctl.zego.ForbidRTCStream, options?: streamctl.options.call): (streamctl.zego.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field forbid_rtc_streams fun(params: streamctl.zego.ForbidRTCStreams, options?: streamctl.options.call): (streamctl.zego.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field query_forbid_cdn_live_stream fun(params: streamctl.zego.QueryForbidCDNLiveStream, options?: streamctl.options.call): (streamctl.zego.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field resume_cdn_live_stream fun(params: streamctl.zego.ResumeCDNLiveStream, options?: streamctl.options.call): (streamctl.zego.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field resume_rtc_stream fun(params: streamctl.zego.ResumeRTCStream, options?: streamctl.options.call): (streamctl.zego.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field resume_rtc_streams fun(params: streamctl.zego.ResumeRTCStreams, options?: streamctl.options.call): (streamctl.zego.answer|nil), (string|nil), (streamctl.errors.err|nil)
---@field rtmp_dispatch_v2 fun(params: streamctl.zego.RTMPDispatchV2, options?: streamctl.options.call): (streamctl.zego.answer|nil), (string|nil), (streamctl.errors.err|nil)
local zego = {}

---Makes a client.
---@param options streamctl.zego.options
---@return streamctl.zego.client
function zego.new(options) end

return zego
