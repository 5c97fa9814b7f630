---@meta streamctl.zego
-- Made by `make types` from the rows and the comments of lua/streamctl.

---@class streamctl.zego.token
---@overload fun(params: streamctl.zego.token.options, options?: streamctl.options.limits): string|nil, string, streamctl.errors.err
local token = {}

---Makes a token.
---@param opts table see `options`
---@return string|nil
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`
function token.new(opts) end

---@class streamctl.zego.webhook
local webhook = {}

---Verifies a webhook and returns its event. Wrong options are thrown.
---@param request table|string `headers`, `query` and `body` as they came. The body alone will do: JSON, perhaps percent-encoded
---@param options streamctl.zego.webhook.options see `options`
---@return table|nil # event: `vendor`, `kind`, `verified`, `key`, `fields` (as the vendor spells them), `app_id`, `stream`, `room`, `user`, `time` and `expires` (Unix seconds), `reason`; see docs/reference/webhooks.md
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`: `bad_request` (it is no webhook of ZEGOCLOUD), `signature`, `expired`
function webhook.verify(request, options) end

---Claims an event, until its signature is too old for `verify`: one of all programs that share the store gets it.
---@param store streamctl.store see docs/how-to/stores.md
---@param event table of `verify`
---@return string|false|nil # a token: act on the event; `release` it when that fails; or false: it came before; answer it like the first one, and do nothing
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`: `store`
function webhook.claim(store, event) end

---Releases an event, so that the vendor's next repeat of it is taken.
---@param store streamctl.store
---@param event table
---@param token string of `claim`
---@return boolean|nil # true; false when it was released already
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`: `store`
function webhook.release(store, event, token) end

---@class streamctl.zego
---@field token streamctl.zego.token
---@field webhook streamctl.zego.webhook
---@field clear_cdn_transfer_rule fun(params: streamctl.zego.ClearCDNTransferRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field creat_cdn_transfer_rule fun(params: streamctl.zego.CreatCDNTransferRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field delete_cdn_transfer_rule fun(params: streamctl.zego.DeleteCDNTransferRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field describe_rtc_stream_state fun(params: streamctl.zego.DescribeRTCStreamState, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field forbid_cdn_live_stream fun(params: streamctl.zego.ForbidCDNLiveStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field forbid_rtc_stream fun(params: streamctl.zego.ForbidRTCStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field forbid_rtc_streams fun(params: streamctl.zego.ForbidRTCStreams, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field query_forbid_cdn_live_stream fun(params: streamctl.zego.QueryForbidCDNLiveStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field resume_cdn_live_stream fun(params: streamctl.zego.ResumeCDNLiveStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field resume_rtc_stream fun(params: streamctl.zego.ResumeRTCStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field resume_rtc_streams fun(params: streamctl.zego.ResumeRTCStreams, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field rtmp_dispatch_v2 fun(params: streamctl.zego.RTMPDispatchV2, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field add_stream fun(params: streamctl.zego.AddStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field close_room fun(params: streamctl.zego.CloseRoom, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field del_forbid_stream_rule fun(params: streamctl.zego.DelForbidStreamRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field del_forbid_user_rule fun(params: streamctl.zego.DelForbidUserRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field delete_stream fun(params: streamctl.zego.DeleteStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field describe_forbid_stream_rules fun(params: streamctl.zego.DescribeForbidStreamRules, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field describe_forbid_user_rules fun(params: streamctl.zego.DescribeForbidUserRules, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field describe_simple_stream_list fun(params: streamctl.zego.DescribeSimpleStreamList, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field describe_user_list fun(params: streamctl.zego.DescribeUserList, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field describe_user_num fun(params: streamctl.zego.DescribeUserNum, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field describe_users fun(params: streamctl.zego.DescribeUsers, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field kickout_user fun(params: streamctl.zego.KickoutUser, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field send_barrage_message fun(params: streamctl.zego.SendBarrageMessage, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field send_broadcast_message fun(params: streamctl.zego.SendBroadcastMessage, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field send_custom_command fun(params: streamctl.zego.SendCustomCommand, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field set_forbid_stream_rule fun(params: streamctl.zego.SetForbidStreamRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field set_forbid_user_rule fun(params: streamctl.zego.SetForbidUserRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field get_mix_task_info fun(params: streamctl.zego.GetMixTaskInfo, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field start_auto_mix fun(params: streamctl.zego.StartAutoMix, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field start_cloud_transcode fun(params: streamctl.zego.StartCloudTranscode, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field start_mix fun(params: streamctl.zego.StartMix, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field stop_auto_mix fun(params: streamctl.zego.StopAutoMix, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field stop_cloud_transcode fun(params: streamctl.zego.StopCloudTranscode, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field stop_mix fun(params: streamctl.zego.StopMix, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field delete_media fun(params: streamctl.zego.DeleteMedia, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field describe_media_task fun(params: streamctl.zego.DescribeMediaTask, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field media_thumbnails fun(params: streamctl.zego.MediaThumbnails, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field merge_media fun(params: streamctl.zego.MergeMedia, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field search_media fun(params: streamctl.zego.SearchMedia, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field start_cdn_record fun(params: streamctl.zego.StartCDNRecord, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field stop_cdn_record fun(params: streamctl.zego.StopCDNRecord, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field transcode_media fun(params: streamctl.zego.TranscodeMedia, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field generate_identify_token fun(params: streamctl.zego.GenerateIdentifyToken, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field start_censor_audio_v2 fun(params: streamctl.zego.StartCensorAudioV2, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field start_censor_video_v2 fun(params: streamctl.zego.StartCensorVideoV2, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field stop_censor_audio_v2 fun(params: streamctl.zego.StopCensorAudioV2, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field stop_censor_video_v2 fun(params: streamctl.zego.StopCensorVideoV2, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field cancel_upload_task fun(params: streamctl.zego.CancelUploadTask, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field create_player fun(params: streamctl.zego.CreatePlayer, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field create_upload_task fun(params: streamctl.zego.CreateUploadTask, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field delete_player fun(params: streamctl.zego.DeletePlayer, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field describe_players fun(params: streamctl.zego.DescribePlayers, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field describe_upload_tasks fun(params: streamctl.zego.DescribeUploadTasks, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field update_player fun(params: streamctl.zego.UpdatePlayer, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field describe_record_status fun(params: streamctl.zego.DescribeRecordStatus, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field describe_tasks fun(params: streamctl.zego.DescribeTasks, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field pause_record fun(params: streamctl.zego.PauseRecord, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field resume_record fun(params: streamctl.zego.ResumeRecord, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field start_record fun(params: streamctl.zego.StartRecord, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field stop_record fun(params: streamctl.zego.StopRecord, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field take_snapshot fun(params: streamctl.zego.TakeSnapshot, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field update_layout fun(params: streamctl.zego.UpdateLayout, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field update_whiteboard fun(params: streamctl.zego.UpdateWhiteboard, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field set_scene_template fun(params: streamctl.zego.SetSceneTemplate, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err
---@field pages fun(operation: streamctl.zego.operation, params?: table, options?: streamctl.pages.options): streamctl.Pager
---@field settle fun(err: table, options?: streamctl.options.limits): string|nil, table|nil|string, any|streamctl.errors.err
---@field wait_for fun(name: streamctl.zego.waiter, params: table, options?: streamctl.wait.options): streamctl.report.report|table|nil, string, streamctl.errors.err
---@field call fun(operation: streamctl.zego.operation, params?: table, options?: streamctl.options.generic): table|nil, string, streamctl.errors.err
---@field sign fun(operation: streamctl.zego.operation, params?: table, options?: streamctl.options.sign): table|nil, string, streamctl.errors.err
---@field batch fun(operation: streamctl.zego.operation, items: table|function, options?: streamctl.batch.options): streamctl.report.report
---@field stamp fun(operation: streamctl.zego.operation, items: table, params?: table): integer|nil, string, streamctl.errors.err
---@field operations { find: (fun(self: table, name: string): (table|nil)), names: (fun(self: table): string[]), each: (fun(self: table): (fun(): (table|nil))) }
---@field waiters table<string, table>
local zego = {}

---Makes a client. Without any part of a key, that of the environment is taken.
---@param options? streamctl.zego.options
---@return streamctl.zego.client
function zego.new(options) end

return zego
