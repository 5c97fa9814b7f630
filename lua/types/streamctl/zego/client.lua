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
---| "AddStream"
---| "add_stream"
---| "CloseRoom"
---| "close_room"
---| "DelForbidStreamRule"
---| "del_forbid_stream_rule"
---| "DelForbidUserRule"
---| "del_forbid_user_rule"
---| "DeleteStream"
---| "delete_stream"
---| "DescribeForbidStreamRules"
---| "describe_forbid_stream_rules"
---| "DescribeForbidUserRules"
---| "describe_forbid_user_rules"
---| "DescribeSimpleStreamList"
---| "describe_simple_stream_list"
---| "DescribeUserList"
---| "describe_user_list"
---| "DescribeUserNum"
---| "describe_user_num"
---| "DescribeUsers"
---| "describe_users"
---| "KickoutUser"
---| "kickout_user"
---| "SendBarrageMessage"
---| "send_barrage_message"
---| "SendBroadcastMessage"
---| "send_broadcast_message"
---| "SendCustomCommand"
---| "send_custom_command"
---| "SetForbidStreamRule"
---| "set_forbid_stream_rule"
---| "SetForbidUserRule"
---| "set_forbid_user_rule"
---| "GetMixTaskInfo"
---| "get_mix_task_info"
---| "StartAutoMix"
---| "start_auto_mix"
---| "StartCloudTranscode"
---| "start_cloud_transcode"
---| "StartMix"
---| "start_mix"
---| "StopAutoMix"
---| "stop_auto_mix"
---| "StopCloudTranscode"
---| "stop_cloud_transcode"
---| "StopMix"
---| "stop_mix"
---| "DeleteMedia"
---| "delete_media"
---| "DescribeMediaTask"
---| "describe_media_task"
---| "MediaThumbnails"
---| "media_thumbnails"
---| "MergeMedia"
---| "merge_media"
---| "SearchMedia"
---| "search_media"
---| "StartCDNRecord"
---| "start_cdn_record"
---| "StopCDNRecord"
---| "stop_cdn_record"
---| "TranscodeMedia"
---| "transcode_media"
---| "GenerateIdentifyToken"
---| "generate_identify_token"
---| "StartCensorAudioV2"
---| "start_censor_audio_v2"
---| "StartCensorVideoV2"
---| "start_censor_video_v2"
---| "StopCensorAudioV2"
---| "stop_censor_audio_v2"
---| "StopCensorVideoV2"
---| "stop_censor_video_v2"
---| "CancelUploadTask"
---| "cancel_upload_task"
---| "CreatePlayer"
---| "create_player"
---| "CreateUploadTask"
---| "create_upload_task"
---| "DeletePlayer"
---| "delete_player"
---| "DescribePlayers"
---| "describe_players"
---| "DescribeUploadTasks"
---| "describe_upload_tasks"
---| "UpdatePlayer"
---| "update_player"
---| "DescribeRecordStatus"
---| "describe_record_status"
---| "DescribeTasks"
---| "describe_tasks"
---| "PauseRecord"
---| "pause_record"
---| "ResumeRecord"
---| "resume_record"
---| "StartRecord"
---| "start_record"
---| "StopRecord"
---| "stop_record"
---| "TakeSnapshot"
---| "take_snapshot"
---| "UpdateLayout"
---| "update_layout"
---| "UpdateWhiteboard"
---| "update_whiteboard"
---| "SetSceneTemplate"
---| "set_scene_template"

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
---@field [string] any
---@field info streamctl.options.info|nil

---@class streamctl.zego.ClearCDNTransferRule
---@field StreamId string
---@field Sequence? integer

---@class streamctl.zego.CreatCDNTransferRule
---@field StreamId string
---@field CDNUrl? string
---@field Sequence? integer

---@class streamctl.zego.DeleteCDNTransferRule
---@field StreamId string
---@field CDNUrl string
---@field Sequence? integer

---@class streamctl.zego.DescribeRTCStreamState
---@field StreamId string
---@field Sequence? integer

---@class streamctl.zego.ForbidCDNLiveStream
---@field StreamId string
---@field ResumeTime? string|number UTC, or Unix seconds, 1 day if left out

---@class streamctl.zego.ForbidRTCStream
---@field StreamId string
---@field Sequence? integer

---@class streamctl.zego.ForbidRTCStreams
---@field StreamId string[]|string at most 20 items
---@field Sequence? integer

---@class streamctl.zego.QueryForbidCDNLiveStream
---@field Vendor "ws"

---@class streamctl.zego.ResumeCDNLiveStream
---@field StreamId string

---@class streamctl.zego.ResumeRTCStream
---@field StreamId string
---@field Sequence? integer

---@class streamctl.zego.ResumeRTCStreams
---@field StreamId string[]|string at most 20 items
---@field Sequence? integer

---@class streamctl.zego.RTMPDispatchV2
---@field StreamId string
---@field Sequence? integer
---@field Type "pull"|"push"
---@field ClientIP? string

---@class streamctl.zego.AddStream
---@field RoomId string
---@field UserId string
---@field UserName? string
---@field StreamId string
---@field StreamTitle? string at most 127 characters
---@field ExtraInfo? string at most 1024 characters
---@field CensorFlag? 0|1

---@class streamctl.zego.CloseRoom
---@field RoomId string
---@field CustomReason? string at most 256 bytes
---@field RoomCloseCallback? boolean

---@class streamctl.zego.DelForbidStreamRule
---@field RoomId string
---@field StreamId string

---@class streamctl.zego.DelForbidUserRule
---@field RuleType 1|2|3|4
---@field IP? string
---@field RoomId? string
---@field UserId? string

---@class streamctl.zego.DeleteStream
---@field RoomId string
---@field UserId string
---@field UserName? string
---@field StreamId string

---@class streamctl.zego.DescribeForbidStreamRules
---@field RoomId string
---@field StreamId string[]|string at most 10 items

---@class streamctl.zego.DescribeForbidUserRules
---@field RuleType 1|2|3|4

---@class streamctl.zego.DescribeSimpleStreamList
---@field RoomId string

---@class streamctl.zego.DescribeUserList
---@field RoomId string
---@field Mode? 0|1
---@field Limit? integer at least 0, at most 200
---@field Marker? string

---@class streamctl.zego.DescribeUserNum
---@field RoomId string[]|string at most 10 items

---@class streamctl.zego.DescribeUsers
---@field RoomId string
---@field UserId string[]|string at most 10 items

---@class streamctl.zego.KickoutUser
---@field RoomId string
---@field UserId string[]|string at most 5 items
---@field CustomReason? string at most 256 bytes

---@class streamctl.zego.SendBarrageMessage
---@field RoomId string
---@field UserId string
---@field UserName? string
---@field MessageCategory 1|2
---@field MessageContent string at most 1024 bytes

---@class streamctl.zego.SendBroadcastMessage
---@field RoomId string
---@field UserId string
---@field UserName? string
---@field MessageCategory 1|2
---@field MessageContent string at most 1024 bytes

---@class streamctl.zego.SendCustomCommand
---@field RoomId string
---@field FromUserId string
---@field ToUserId? string[]|string at most 10 items
---@field MessageContent string at most 1024 bytes

---@class streamctl.zego.SetForbidStreamRule
---@field RoomId string
---@field StreamId string
---@field DisableAudio? 0|1
---@field DisableVideo? 0|1
---@field EffectiveTime? integer at least 1, at most 86400

---@class streamctl.zego.SetForbidUserRule
---@field RuleType 1|2|3|4
---@field IP? string
---@field RoomId? string
---@field UserId? string
---@field DisabledPrivilege (1|2)[]
---@field EffectiveTime integer at least 1, at most 86400

---@class streamctl.zego.GetMixTaskInfo
---@field TaskId string

---@class streamctl.zego.StartAutoMix.ExtraMixInput
---@field StreamId? string
---@field StreamUrl? string
---@field ModifyType? 0|1
---@field SoundLevelId? integer
---@field Volume? integer

---@class streamctl.zego.StartAutoMix.MixOutput
---@field StreamId? string
---@field StreamUrl? string
---@field AudioCodec? 0|1|2|3
---@field AudioBitrate? integer
---@field SoundChannel? 1|2

---@class streamctl.zego.StartAutoMix.ExPara
---@field Key? string
---@field Value? string

---@class streamctl.zego.StartAutoMix
---@field TaskId string
---@field UserId string
---@field RoomId string
---@field ExtraMixInput? streamctl.zego.StartAutoMix.ExtraMixInput[]
---@field MixOutput streamctl.zego.StartAutoMix.MixOutput[]
---@field Sequence? integer
---@field UserData? string
---@field SoundLevel? 0|1
---@field ByPass? 0|1
---@field SoundChannel? 1|2
---@field AlignmentType? 0|1|2
---@field RecvBufferLevel? integer at least 0, at most 4000
---@field ExPara? streamctl.zego.StartAutoMix.ExPara[]

---@class streamctl.zego.StartCloudTranscode.TranscodeInput
---@field StreamId? string
---@field StreamUrl? string

---@class streamctl.zego.StartCloudTranscode.TranscodeOutput.TemplateConfig
---@field VideoEncId? 0|1|2
---@field Fps? integer
---@field GOP? integer
---@field ShortEdgeAdaption? integer
---@field Height? integer
---@field Width? integer
---@field VideoBitrate? integer
---@field LowBitrateHD? integer

---@class streamctl.zego.StartCloudTranscode.TranscodeOutput
---@field StreamId? string
---@field StreamUrl? string
---@field TemplateId 0|1|2|3|4
---@field TemplateConfig? streamctl.zego.StartCloudTranscode.TranscodeOutput.TemplateConfig

---@class streamctl.zego.StartCloudTranscode
---@field TaskId string
---@field UserId string
---@field Sequence? integer
---@field TranscodeInput streamctl.zego.StartCloudTranscode.TranscodeInput
---@field TranscodeOutput streamctl.zego.StartCloudTranscode.TranscodeOutput[]

---@class streamctl.zego.StartMix.MixInput.BlurInfo
---@field TopPadding? integer at least 0
---@field LeftPadding? integer at least 0
---@field BottomPadding? integer at least 0
---@field RightPadding? integer at least 0

---@class streamctl.zego.StartMix.MixInput.RectInfo
---@field Layer? integer
---@field Top? integer
---@field Left? integer
---@field Bottom? integer
---@field Right? integer
---@field CornerRadius? integer at least 0, at most 100

---@class streamctl.zego.StartMix.MixInput.Image
---@field Url? string
---@field DisplayMode? 0|1|2

---@class streamctl.zego.StartMix.MixInput.Label.Font
---@field FontType integer
---@field FontSize? integer
---@field FontColor? integer
---@field Transparency? integer
---@field BorderColor? integer

---@class streamctl.zego.StartMix.MixInput.Label
---@field Text string
---@field Left integer
---@field Top integer
---@field Font streamctl.zego.StartMix.MixInput.Label.Font

---@class streamctl.zego.StartMix.MixInput
---@field StreamId? string
---@field StreamUrl? string
---@field BlurInfo? streamctl.zego.StartMix.MixInput.BlurInfo
---@field RectInfo streamctl.zego.StartMix.MixInput.RectInfo
---@field Image? streamctl.zego.StartMix.MixInput.Image
---@field ContentControl? 0|1|2
---@field SoundLevelId? integer
---@field Volume? integer at least 0, at most 200
---@field Label? streamctl.zego.StartMix.MixInput.Label
---@field RenderMode? 0|1
---@field UID? string at most 63 bytes

---@class streamctl.zego.StartMix.MixOutput.ExtraLayers
---@field VideoBitrate? integer

---@class streamctl.zego.StartMix.MixOutput.TargetRoom
---@field RoomId string
---@field UserId string

---@class streamctl.zego.StartMix.MixOutput
---@field StreamId? string
---@field StreamUrl? string
---@field VideoBitrate? integer
---@field VideoEncId? 0|2|3|4
---@field Fps? integer
---@field Width? integer at least 0, at most 3000
---@field Height? integer at least 0, at most 3000
---@field AudioCodec? integer
---@field AudioBitrate? integer
---@field SoundChannel? integer
---@field ExtraLayers? streamctl.zego.StartMix.MixOutput.ExtraLayers[]
---@field LowBitrateHD? integer
---@field TargetRoom? streamctl.zego.StartMix.MixOutput.TargetRoom

---@class streamctl.zego.StartMix.WaterMark.RectInfo
---@field Top? integer
---@field Left? integer
---@field Bottom? integer
---@field Right? integer

---@class streamctl.zego.StartMix.WaterMark
---@field Image? string
---@field RectInfo? streamctl.zego.StartMix.WaterMark.RectInfo

---@class streamctl.zego.StartMix.ExPara
---@field Key? string
---@field Value? string

---@class streamctl.zego.StartMix
---@field TaskId string
---@field UserId string
---@field MixInput streamctl.zego.StartMix.MixInput[]
---@field MixOutput streamctl.zego.StartMix.MixOutput[]
---@field Sequence? integer
---@field RoomId? string
---@field UserData? string
---@field SoundLevel? 0|1
---@field BackgroundImage? string
---@field BackGroundColorHex? string
---@field WaterMark? streamctl.zego.StartMix.WaterMark
---@field ByPass? 0|1
---@field SoundChannel? 1|2
---@field CheckImageMode? 0|1|2
---@field ExPara? streamctl.zego.StartMix.ExPara[]
---@field AlignmentType? integer
---@field RecvBufferLevel? integer at least 0, at most 4000
---@field WaitVideoInput? integer
---@field MaxIdleTime? integer at least 90, at most 14400

---@class streamctl.zego.StopAutoMix
---@field TaskId string
---@field RoomId string
---@field Sequence? integer
---@field UserId? string

---@class streamctl.zego.StopCloudTranscode
---@field TaskId string
---@field UserId string
---@field Sequence? integer

---@class streamctl.zego.StopMix
---@field TaskId string
---@field Sequence? integer
---@field UserId? string

---@class streamctl.zego.DeleteMedia.Media
---@field FileId? string
---@field Resolution? string[]|string at most 3 items

---@class streamctl.zego.DeleteMedia
---@field Vendor "Tencent"|"Ws"|"Huawei"
---@field FileId? string[]|string at most 100 items
---@field Media? streamctl.zego.DeleteMedia.Media[] at most 100 items
---@field ClearCache? boolean

---@class streamctl.zego.DescribeMediaTask
---@field TaskId string
---@field Vendor "Tencent"|"Huawei"

---@class streamctl.zego.MediaThumbnails
---@field Vendor "Tencent"|"Huawei"
---@field FileId string
---@field Type "SnapshotByTimeOffset"|"SampleSnapshot"
---@field Definition? number
---@field ExtTimeOffsetSet? number[]
---@field Interval? number

---@class streamctl.zego.MergeMedia.HandleMediaArgs
---@field FileId? string
---@field StartTime? number at least 0
---@field EndTime? number at least 0

---@class streamctl.zego.MergeMedia
---@field Vendor "Tencent"|"Huawei"
---@field Format? string
---@field Type? "0"|"1"
---@field InputFileId? string[]|string at most 20 items
---@field HandleMediaArgs? streamctl.zego.MergeMedia.HandleMediaArgs[] at most 10 items
---@field OutputFileName? string
---@field ExpireTime? integer at least 0

---@class streamctl.zego.SearchMedia
---@field Vendor "Tencent"|"Ws"|"Huawei"
---@field NamePrefix? string at most 20 bytes
---@field StartTime? integer
---@field EndTime? integer
---@field PageSize? integer
---@field PageNumber? integer
---@field FileId? string[]|string at most 10 items
---@field StreamId? string[]|string at most 10 items
---@field Marker? string
---@field MaxKeys? integer at least 1, at most 1000

---@class streamctl.zego.StartCDNRecord
---@field StreamId string[]|string
---@field Vendor "Aliyun"|"Tencent"|"Ws"|"Huawei"
---@field EndTime? string
---@field Domain? string
---@field Point? string

---@class streamctl.zego.StopCDNRecord
---@field StreamId string[]|string
---@field Vendor "Aliyun"|"Tencent"|"Ws"|"Huawei"
---@field Domain? string
---@field Point? string

---@class streamctl.zego.TranscodeMedia
---@field Vendor "Tencent"
---@field FileId string
---@field Resolution "360p"|"540p"|"720p"

---@class streamctl.zego.GenerateIdentifyToken
---@field EffectiveTime? integer at most 2592000

---@class streamctl.zego.StartCensorAudioV2
---@field RoomId string
---@field EventId string
---@field ResultCallbackUrl? string
---@field StatusCallbackUrl? string
---@field IsMixingEnabled? 0|1
---@field AudioLanguage "zh"|"ja"|"ko"|"th"|"vi"|"ms"|"tl"|"id"|"hi"|"ar"|"tr"|"en"|"es"|"pt"|"it"|"fr"|"de"|"ru"
---@field RiskTypeList string[]|string
---@field BusinessTypeList? string[]|string
---@field LabelLanguage? "zh"|"en"
---@field ReturnAllText? 0|1
---@field ReturnPreText? 0|1
---@field ReturnPreAudio? 0|1
---@field ReturnFinishInfo? 0|1

---@class streamctl.zego.StartCensorVideoV2.AudioParam
---@field RiskTypeList? string[]|string
---@field BusinessTypeList? string[]|string
---@field AudioLanguage? "zh"|"ja"|"ko"|"th"|"vi"|"ms"|"tl"|"id"|"hi"|"ar"|"tr"|"en"|"es"|"pt"|"it"|"fr"|"de"|"ru"
---@field ReturnAllText? 0|1
---@field ReturnPreText? 0|1
---@field ReturnPreAudio? 0|1
---@field ResultCallbackUrl? string
---@field StatusCallbackUrl? string

---@class streamctl.zego.StartCensorVideoV2.VideoParam
---@field RiskTypeList? string[]|string
---@field BusinessTypeList? string[]|string
---@field ReturnAllImg? 0|1
---@field DetectFrequency? integer
---@field ResultCallbackUrl? string
---@field StatusCallbackUrl? string

---@class streamctl.zego.StartCensorVideoV2
---@field RoomId string
---@field EventId string
---@field Language? "zh"|"ja"|"ko"|"th"|"vi"|"ms"|"tl"|"id"|"hi"|"ar"|"tr"|"en"|"es"|"pt"|"it"|"fr"|"de"|"ru"
---@field AudioParam? streamctl.zego.StartCensorVideoV2.AudioParam
---@field VideoParam streamctl.zego.StartCensorVideoV2.VideoParam
---@field ReturnFinishInfo? 0|1

---@class streamctl.zego.StopCensorAudioV2
---@field TaskId string

---@class streamctl.zego.StopCensorVideoV2
---@field TaskId string

---@class streamctl.zego.CancelUploadTask
---@field UploadTaskId string

---@class streamctl.zego.CreatePlayer.VideoOptions
---@field Width? number at least 1, at most 3000
---@field Height? number at least 1, at most 3000
---@field ShortEdge? number at least 0, at most 2160
---@field VideoBitrate? number at least 1, at most 50000
---@field VideoCodec? 0|2|3
---@field Fps? number at least 1, at most 30
---@field RenderMode? 0|1

---@class streamctl.zego.CreatePlayer.AudioOptions
---@field AudioCodec? 0|1|6
---@field AudioBitrate? number at least 1, at most 192
---@field SoundChannel? 1|2
---@field Volume? number at least 0, at most 200

---@class streamctl.zego.CreatePlayer.StreamData
---@field Enable? 0|1
---@field Interval? number

---@class streamctl.zego.CreatePlayer.ExtensionParams
---@field Key? string
---@field Value? string

---@class streamctl.zego.CreatePlayer
---@field StreamUrl string at most 1024 characters
---@field StreamUrlList? string[]|string
---@field BackupStreamUrl? string at most 1024 characters
---@field RoomId string at most 128 characters
---@field StreamId? string
---@field PlayerName? string at most 64 bytes
---@field VideoOptions? streamctl.zego.CreatePlayer.VideoOptions
---@field AudioOptions? streamctl.zego.CreatePlayer.AudioOptions
---@field PlayTime? number
---@field RepeatTimes? number
---@field SeekTo? number
---@field MaxIdleTime? number at least 5, at most 3000
---@field StreamData? streamctl.zego.CreatePlayer.StreamData
---@field ExtensionParams? streamctl.zego.CreatePlayer.ExtensionParams[]
---@field RoomUserUpdate? 0|1
---@field DelayDestroySeconds? number at least 0, at most 3600

---@class streamctl.zego.CreateUploadTask
---@field Title string at most 100 characters
---@field StreamUrl string at most 1024 characters
---@field RetentionDays? number at least 1, at most 7
---@field ContentMd5? string

---@class streamctl.zego.DeletePlayer
---@field PlayerId string

---@class streamctl.zego.DescribePlayers
---@field RoomId? string at most 128 characters
---@field PlayerId? string
---@field PageSize? number at least 1, at most 50
---@field PageToken? string
---@field Status? 1|2|3|4|5|6|7|8

---@class streamctl.zego.DescribeUploadTasks
---@field UploadTaskId? string
---@field Status? 0|1|2|3|4|5|6|7
---@field PageSize? number at least 1, at most 50
---@field PageToken? string

---@class streamctl.zego.UpdatePlayer.VideoOptions
---@field Width? number at least 1, at most 3000
---@field Height? number at least 1, at most 3000
---@field ShortEdge? number at least 0, at most 2160
---@field VideoBitrate? number at least 1, at most 50000

---@class streamctl.zego.UpdatePlayer.AudioOptions
---@field AudioBitrate? number at least 1, at most 192
---@field Volume? number at least 0, at most 200

---@class streamctl.zego.UpdatePlayer
---@field PlayerId string
---@field Sequence? integer
---@field StreamUrl? string at most 1024 characters
---@field StreamUrlList? string[]|string
---@field BackupStreamUrl? string at most 1024 characters
---@field VideoOptions? streamctl.zego.UpdatePlayer.VideoOptions
---@field AudioOptions? streamctl.zego.UpdatePlayer.AudioOptions
---@field SeekTo? number
---@field IsPause? 0|1
---@field RepeatTimes? number

---@class streamctl.zego.DescribeRecordStatus
---@field TaskId string

---@class streamctl.zego.DescribeTasks
---@field Status 2|3
---@field RoomId? string
---@field PageOffset? integer at least 1
---@field PageSize? integer at least 1, at most 50
---@field StartTime integer
---@field EndTime integer

---@class streamctl.zego.PauseRecord
---@field TaskId string

---@class streamctl.zego.ResumeRecord
---@field TaskId string

---@class streamctl.zego.StartRecord.RecordInputParams.RecordStreamList
---@field StreamId string

---@class streamctl.zego.StartRecord.RecordInputParams.FillFrame
---@field FrameFillMode? 1|2|3
---@field FrameFillColor? integer

---@class streamctl.zego.StartRecord.RecordInputParams.Whiteboard
---@field HorizontalRatio integer
---@field VerticalRatio integer
---@field Width? integer
---@field Height? integer
---@field WhiteboardId? string
---@field BackgroundColor? integer
---@field IsPPTAnimation? boolean
---@field PPTAnimationFps? integer at least 1, at most 30

---@class streamctl.zego.StartRecord.RecordInputParams.MixConfig.MixInputList
---@field StreamId? string
---@field ViewType? 1|2
---@field Top integer at least 0, at most 1920
---@field Left integer at least 0, at most 1920
---@field Bottom integer at least 0, at most 1920
---@field Right integer at least 0, at most 1920
---@field Layer integer
---@field FillMode? 1|2
---@field BackgroundImage? string

---@class streamctl.zego.StartRecord.RecordInputParams.MixConfig.MixOutputVideoConfig
---@field Width integer at most 1920
---@field Height integer at most 1920
---@field Fps integer at least 5, at most 30
---@field Bitrate integer

---@class streamctl.zego.StartRecord.RecordInputParams.MixConfig.MixOutputAudioConfig
---@field Bitrate? integer

---@class streamctl.zego.StartRecord.RecordInputParams.MixConfig.MixOutputWatermarkImageConfig
---@field Top integer at least 0, at most 1920
---@field Left integer at least 0, at most 1920
---@field Bottom integer at least 0, at most 1920
---@field Right integer at least 0, at most 1920

---@class streamctl.zego.StartRecord.RecordInputParams.MixConfig.MixOutputWatermarkTimestampConfig
---@field FontSize integer at least 12, at most 100

---@class streamctl.zego.StartRecord.RecordInputParams.MixConfig.StreamConfigList
---@field StreamId? string
---@field StreamType? 0|1|2|3

---@class streamctl.zego.StartRecord.RecordInputParams.MixConfig
---@field MixMode? 1|2|3|4|5
---@field MixInputList? streamctl.zego.StartRecord.RecordInputParams.MixConfig.MixInputList[]
---@field FillMode? 1|2
---@field MixOutputStreamId string
---@field MixOutputVideoConfig? streamctl.zego.StartRecord.RecordInputParams.MixConfig.MixOutputVideoConfig
---@field MixOutputAudioConfig? streamctl.zego.StartRecord.RecordInputParams.MixConfig.MixOutputAudioConfig
---@field MixOutputBackgroundColor? integer
---@field MixOutputBackgroundImage? string
---@field MixMaxResolutionStreamId? string
---@field MixOutputWatermarkImage? string
---@field MixOutputWatermarkImageConfig? streamctl.zego.StartRecord.RecordInputParams.MixConfig.MixOutputWatermarkImageConfig
---@field DefaultMixStreamBackgroundImage? string
---@field IsAlwaysMix? boolean
---@field MixOutputWatermarkTimestampConfig? streamctl.zego.StartRecord.RecordInputParams.MixConfig.MixOutputWatermarkTimestampConfig
---@field RecordSoundWave? boolean
---@field SoundWaveType? 0|1
---@field StreamConfigList? streamctl.zego.StartRecord.RecordInputParams.MixConfig.StreamConfigList[]
---@field ClearInputStreamTimeout? integer

---@class streamctl.zego.StartRecord.RecordInputParams
---@field RecordMode 1|2
---@field StreamType? 1|2|3|4
---@field ClientTaskId? string
---@field RecordStreamList? streamctl.zego.StartRecord.RecordInputParams.RecordStreamList[]
---@field FillBlank? boolean
---@field FillFrame? streamctl.zego.StartRecord.RecordInputParams.FillFrame
---@field RecordMuteAudio? 1|2
---@field RecordMuteAudioSplitThreshold? integer
---@field HasWhiteboard? boolean
---@field Whiteboard? streamctl.zego.StartRecord.RecordInputParams.Whiteboard[]
---@field MaxIdleTime? integer at least 5, at most 86400
---@field MaxRecordTime? integer at least 300, at most 86400
---@field ResumeWithoutInterruption? boolean
---@field MixConfig? streamctl.zego.StartRecord.RecordInputParams.MixConfig

---@class streamctl.zego.StartRecord.RecordOutputParams
---@field OutputFileFormat? "mp4"|"flv"|"hls"|"jpg"|"aac"|"mp3"|"ogg"
---@field OutputFolder? string
---@field OutputFileRule? 1
---@field SnapshotInterval? integer at least 5, at most 3600
---@field CallbackUrl? string
---@field FragmentSeconds? integer at least 2, at most 60
---@field RealtimeUploadFragment? boolean
---@field ShortFragmentPath? boolean

---@class streamctl.zego.StartRecord.StorageParams.AlibabaCloudVodParams
---@field Region string
---@field AccessKeyId string
---@field AccessKeySecret string
---@field Title string
---@field StorageLocation string

---@class streamctl.zego.StartRecord.StorageParams.TencentCloudVodParams
---@field SecretId string
---@field SecretKey string
---@field Region string
---@field SubAppId? integer

---@class streamctl.zego.StartRecord.StorageParams
---@field Vendor 1|2|3|4|5|6|7|8|9|10
---@field Region? string
---@field Bucket? string
---@field AccessKeyId? string
---@field AccessKeySecret? string
---@field AlibabaCloudVodParams? streamctl.zego.StartRecord.StorageParams.AlibabaCloudVodParams
---@field TencentCloudVodParams? streamctl.zego.StartRecord.StorageParams.TencentCloudVodParams
---@field EndPoint? string
---@field S3ForcePathStyle? boolean

---@class streamctl.zego.StartRecord
---@field RoomId string
---@field RecordInputParams streamctl.zego.StartRecord.RecordInputParams
---@field RecordOutputParams? streamctl.zego.StartRecord.RecordOutputParams
---@field StorageParams streamctl.zego.StartRecord.StorageParams

---@class streamctl.zego.StopRecord
---@field TaskId string

---@class streamctl.zego.TakeSnapshot
---@field TaskId string

---@class streamctl.zego.UpdateLayout.MixInputList
---@field StreamId? string
---@field ViewType? 1|2
---@field Top integer at least 0, at most 1920
---@field Left integer at least 0, at most 1920
---@field Bottom integer at least 0, at most 1920
---@field Right integer at least 0, at most 1920
---@field Layer integer
---@field FillMode? 1|2
---@field BackgroundImage? string

---@class streamctl.zego.UpdateLayout
---@field TaskId string
---@field MixMode? 1|2|3|4|5
---@field MixInputList? streamctl.zego.UpdateLayout.MixInputList[]
---@field MixMaxResolutionStreamId? string

---@class streamctl.zego.UpdateWhiteboard
---@field TaskId string
---@field WhiteboardId string

---@class streamctl.zego.SetSceneTemplate
---@field TemplateId number
---@field LeftBottomX? number
---@field LeftBottomZ? number
---@field RightUpX? number
---@field RightUpZ? number
---@field MaxUserNum integer
---@field ViewRadius integer
---@field MaxVisibleNum integer

---@class streamctl.zego.client
---@field account string whose rate and jobs are shared, such as zego:1234567890:test
---@field endpoint string where calls go: the addresses of its hosts
---@field clear_cdn_transfer_rule fun(self: streamctl.zego.client, params: streamctl.zego.ClearCDNTransferRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err ClearCDNTransferRule: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/clear-cdn-transfer-rule)
---@field creat_cdn_transfer_rule fun(self: streamctl.zego.client, params: streamctl.zego.CreatCDNTransferRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err CreatCDNTransferRule: 10 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/create-cdn-transfer-rule)
---@field delete_cdn_transfer_rule fun(self: streamctl.zego.client, params: streamctl.zego.DeleteCDNTransferRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DeleteCDNTransferRule: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/delete-cdn-transfer-rule)
---@field describe_rtc_stream_state fun(self: streamctl.zego.client, params: streamctl.zego.DescribeRTCStreamState, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DescribeRTCStreamState: 40 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/describe-rtc-stream-state)
---@field forbid_cdn_live_stream fun(self: streamctl.zego.client, params: streamctl.zego.ForbidCDNLiveStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err ForbidCDNLiveStream: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/forbid-cdn-live-stream)
---@field forbid_rtc_stream fun(self: streamctl.zego.client, params: streamctl.zego.ForbidRTCStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err ForbidRTCStream: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/forbid-rtc-stream)
---@field forbid_rtc_streams fun(self: streamctl.zego.client, params: streamctl.zego.ForbidRTCStreams, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err ForbidRTCStreams: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/forbid-rtc-streams)
---@field query_forbid_cdn_live_stream fun(self: streamctl.zego.client, params: streamctl.zego.QueryForbidCDNLiveStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err QueryForbidCDNLiveStream: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/query-forbid-cdn-live-stream)
---@field resume_cdn_live_stream fun(self: streamctl.zego.client, params: streamctl.zego.ResumeCDNLiveStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err ResumeCDNLiveStream: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/resume-cdn-live-stream)
---@field resume_rtc_stream fun(self: streamctl.zego.client, params: streamctl.zego.ResumeRTCStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err ResumeRTCStream: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/resume-rtc-stream)
---@field resume_rtc_streams fun(self: streamctl.zego.client, params: streamctl.zego.ResumeRTCStreams, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err ResumeRTCStreams: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/resume-rtc-streams)
---@field rtmp_dispatch_v2 fun(self: streamctl.zego.client, params: streamctl.zego.RTMPDispatchV2, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err RTMPDispatchV2: 40 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/media-service/rtpm-dispatch)
---@field add_stream fun(self: streamctl.zego.client, params: streamctl.zego.AddStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err AddStream: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/add-stream)
---@field close_room fun(self: streamctl.zego.client, params: streamctl.zego.CloseRoom, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err CloseRoom: 1 call a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/close)
---@field del_forbid_stream_rule fun(self: streamctl.zego.client, params: streamctl.zego.DelForbidStreamRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DelForbidStreamRule: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/forbid-stream-rule/del-forbid-stream-rule)
---@field del_forbid_user_rule fun(self: streamctl.zego.client, params: streamctl.zego.DelForbidUserRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DelForbidUserRule: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/forbid-user-rule/del-forbid-user-rule)
---@field delete_stream fun(self: streamctl.zego.client, params: streamctl.zego.DeleteStream, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DeleteStream: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/delete-stream)
---@field describe_forbid_stream_rules fun(self: streamctl.zego.client, params: streamctl.zego.DescribeForbidStreamRules, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DescribeForbidStreamRules: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/forbid-stream-rule/describe-forbid-stream-rules)
---@field describe_forbid_user_rules fun(self: streamctl.zego.client, params: streamctl.zego.DescribeForbidUserRules, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DescribeForbidUserRules: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/forbid-user-rule/describe-forbid-user-rules)
---@field describe_simple_stream_list fun(self: streamctl.zego.client, params: streamctl.zego.DescribeSimpleStreamList, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DescribeSimpleStreamList: 50 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/describe-simple-streamlist)
---@field describe_user_list fun(self: streamctl.zego.client, params: streamctl.zego.DescribeUserList, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DescribeUserList: 200 calls a second, harmless to repeat, pages by Marker. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/describe-user-list)
---@field describe_user_num fun(self: streamctl.zego.client, params: streamctl.zego.DescribeUserNum, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DescribeUserNum: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/describe-user-num)
---@field describe_users fun(self: streamctl.zego.client, params: streamctl.zego.DescribeUsers, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DescribeUsers: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/describe-users)
---@field kickout_user fun(self: streamctl.zego.client, params: streamctl.zego.KickoutUser, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err KickoutUser: 50 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/kick-out-user)
---@field send_barrage_message fun(self: streamctl.zego.client, params: streamctl.zego.SendBarrageMessage, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err SendBarrageMessage: 100 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/send-barrage-message)
---@field send_broadcast_message fun(self: streamctl.zego.client, params: streamctl.zego.SendBroadcastMessage, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err SendBroadcastMessage: 100 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/send-broadcast-message)
---@field send_custom_command fun(self: streamctl.zego.client, params: streamctl.zego.SendCustomCommand, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err SendCustomCommand: 100 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/send-custom-command)
---@field set_forbid_stream_rule fun(self: streamctl.zego.client, params: streamctl.zego.SetForbidStreamRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err SetForbidStreamRule: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/forbid-stream-rule/set-forbid-stream-rule)
---@field set_forbid_user_rule fun(self: streamctl.zego.client, params: streamctl.zego.SetForbidUserRule, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err SetForbidUserRule: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/room/forbid-user-rule/set-forbid-user-rule)
---@field get_mix_task_info fun(self: streamctl.zego.client, params: streamctl.zego.GetMixTaskInfo, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err GetMixTaskInfo: 100 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/stream-mixing/get-mix-task-info)
---@field start_auto_mix fun(self: streamctl.zego.client, params: streamctl.zego.StartAutoMix, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StartAutoMix: 100 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/stream-mixing/start-auto-mix)
---@field start_cloud_transcode fun(self: streamctl.zego.client, params: streamctl.zego.StartCloudTranscode, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StartCloudTranscode: 100 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/stream-mixing/start-cloud-transcode)
---@field start_mix fun(self: streamctl.zego.client, params: streamctl.zego.StartMix, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StartMix: 100 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/stream-mixing/start-mix)
---@field stop_auto_mix fun(self: streamctl.zego.client, params: streamctl.zego.StopAutoMix, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StopAutoMix: 100 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/stream-mixing/stop-auto-mix)
---@field stop_cloud_transcode fun(self: streamctl.zego.client, params: streamctl.zego.StopCloudTranscode, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StopCloudTranscode: 100 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/stream-mixing/stop-cloud-transcode)
---@field stop_mix fun(self: streamctl.zego.client, params: streamctl.zego.StopMix, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StopMix: 100 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/stream-mixing/stop-mix)
---@field delete_media fun(self: streamctl.zego.client, params: streamctl.zego.DeleteMedia, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DeleteMedia: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/cdn/delete-media)
---@field describe_media_task fun(self: streamctl.zego.client, params: streamctl.zego.DescribeMediaTask, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DescribeMediaTask: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/cdn/describe-media-task)
---@field media_thumbnails fun(self: streamctl.zego.client, params: streamctl.zego.MediaThumbnails, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err MediaThumbnails: 20 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/cdn/media-thumbnails)
---@field merge_media fun(self: streamctl.zego.client, params: streamctl.zego.MergeMedia, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err MergeMedia: 20 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/cdn/merge-media)
---@field search_media fun(self: streamctl.zego.client, params: streamctl.zego.SearchMedia, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err SearchMedia: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/cdn/search-media)
---@field start_cdn_record fun(self: streamctl.zego.client, params: streamctl.zego.StartCDNRecord, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StartCDNRecord: 20 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/cdn/start-cdn-record)
---@field stop_cdn_record fun(self: streamctl.zego.client, params: streamctl.zego.StopCDNRecord, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StopCDNRecord: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/cdn/stop-cdn-record)
---@field transcode_media fun(self: streamctl.zego.client, params: streamctl.zego.TranscodeMedia, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err TranscodeMedia: 20 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/cdn/start-on-demand-transcoding)
---@field generate_identify_token fun(self: streamctl.zego.client, params: streamctl.zego.GenerateIdentifyToken, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err GenerateIdentifyToken: 100 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/moderation/generate-identify-token)
---@field start_censor_audio_v2 fun(self: streamctl.zego.client, params: streamctl.zego.StartCensorAudioV2, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StartCensorAudioV2: 100 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/moderation/start-censor-audio)
---@field start_censor_video_v2 fun(self: streamctl.zego.client, params: streamctl.zego.StartCensorVideoV2, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StartCensorVideoV2: 100 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/moderation/start-censor-video)
---@field stop_censor_audio_v2 fun(self: streamctl.zego.client, params: streamctl.zego.StopCensorAudioV2, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StopCensorAudioV2: 100 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/moderation/stop-censor-audio)
---@field stop_censor_video_v2 fun(self: streamctl.zego.client, params: streamctl.zego.StopCensorVideoV2, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StopCensorVideoV2: 100 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/moderation/stop-censor-video)
---@field cancel_upload_task fun(self: streamctl.zego.client, params: streamctl.zego.CancelUploadTask, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err CancelUploadTask: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/cloud-player-server/cancel-upload-task)
---@field create_player fun(self: streamctl.zego.client, params: streamctl.zego.CreatePlayer, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err CreatePlayer: 20 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/cloud-player-server/create-player)
---@field create_upload_task fun(self: streamctl.zego.client, params: streamctl.zego.CreateUploadTask, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err CreateUploadTask: 20 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/cloud-player-server/create-upload-task)
---@field delete_player fun(self: streamctl.zego.client, params: streamctl.zego.DeletePlayer, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DeletePlayer: 20 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/cloud-player-server/delete-player)
---@field describe_players fun(self: streamctl.zego.client, params: streamctl.zego.DescribePlayers, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DescribePlayers: 20 calls a second, harmless to repeat, pages by PageToken. [The vendor's page](https://www.zegocloud.com/docs/cloud-player-server/describe-players)
---@field describe_upload_tasks fun(self: streamctl.zego.client, params: streamctl.zego.DescribeUploadTasks, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DescribeUploadTasks: 20 calls a second, harmless to repeat, pages by PageToken. [The vendor's page](https://www.zegocloud.com/docs/cloud-player-server/describe-upload-tasks)
---@field update_player fun(self: streamctl.zego.client, params: streamctl.zego.UpdatePlayer, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err UpdatePlayer: 20 calls a second, harmless to repeat unless SeekTo is given. [The vendor's page](https://www.zegocloud.com/docs/cloud-player-server/update-player)
---@field describe_record_status fun(self: streamctl.zego.client, params: streamctl.zego.DescribeRecordStatus, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DescribeRecordStatus: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/cloud-recording-server/describe-record-status)
---@field describe_tasks fun(self: streamctl.zego.client, params: streamctl.zego.DescribeTasks, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err DescribeTasks: 10 calls a second, harmless to repeat, pages by PageOffset. [The vendor's page](https://www.zegocloud.com/docs/cloud-recording-server/describe-tasks)
---@field pause_record fun(self: streamctl.zego.client, params: streamctl.zego.PauseRecord, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err PauseRecord: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/cloud-recording-server/pause-record)
---@field resume_record fun(self: streamctl.zego.client, params: streamctl.zego.ResumeRecord, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err ResumeRecord: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/cloud-recording-server/resume-record)
---@field start_record fun(self: streamctl.zego.client, params: streamctl.zego.StartRecord, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StartRecord: 50 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/cloud-recording-server/start-record)
---@field stop_record fun(self: streamctl.zego.client, params: streamctl.zego.StopRecord, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err StopRecord: 50 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/cloud-recording-server/stop-record)
---@field take_snapshot fun(self: streamctl.zego.client, params: streamctl.zego.TakeSnapshot, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err TakeSnapshot: 10 calls a second, not repeated blindly. [The vendor's page](https://www.zegocloud.com/docs/cloud-recording-server/take-snapshot)
---@field update_layout fun(self: streamctl.zego.client, params: streamctl.zego.UpdateLayout, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err UpdateLayout: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/cloud-recording-server/update-layout)
---@field update_whiteboard fun(self: streamctl.zego.client, params: streamctl.zego.UpdateWhiteboard, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err UpdateWhiteboard: 10 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/cloud-recording-server/update-whiteboard)
---@field set_scene_template fun(self: streamctl.zego.client, params: streamctl.zego.SetSceneTemplate, options?: streamctl.options.call): streamctl.zego.answer|nil, string, streamctl.errors.err SetSceneTemplate: 50 calls a second, harmless to repeat. [The vendor's page](https://www.zegocloud.com/docs/real-time-video-server/api-reference/scene/set-scene-template)
local client = {}

---Walks through a list: `for item in client:pages(operation, params) do` throws what fails; the pager's methods return it.
---@param operation streamctl.zego.operation in either spelling
---@param params? table
---@param options? streamctl.pages.options see `options`, and `streamctl.options`
---@return streamctl.Pager
function client:pages(operation, params, options) end

---Asks what became of a call.
---@param err table of a call that failed with `outcome_unknown`; it may have been written down as JSON, by another process. Of a call whose process ended before it had an err: `code` ("outcome_unknown"), `operation`, `vendor`, and as `settle` what `on_send` was told (see `streamctl.options.call`)
---@param options? streamctl.options.limits the limits, see `streamctl.options.limits`
---@return string|nil # "executed": what the call asked for is so, and it need not go again; "not_executed"; or "unknown": the query cannot tell, or there is none
---@return table|nil|string # the answer of the query; or message
---@return any|streamctl.errors.err # the entry of it that is meant, such as a task; or err, of the query, see `streamctl.errors`
function client:settle(err, options) end

---Asks until the vendor shows that something has happened.
---@param name streamctl.zego.waiter of a waiter
---@param params table those of its query, and those that tell which entry of the answer is meant; or a list of such tables, which are waited for at the same time. Where a waiter takes one parameter, the list may have its values
---@param options? streamctl.wait.options see `streamctl.wait`
---@return streamctl.report.report|table|nil # the answer that shows it; its `info.warning` is something to know. Of a list always a report, see `streamctl.report`
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`. `wait_failed`: it will not happen any more; `not_yet`: its time is over; `timeout`: so it is, and no look showed a state; `cancelled`: `should_stop` ended it; any other code is that of a query that failed for good. `answer`: the last; `last_state`: as a text
function client:wait_for(name, params, options) end

---Calls any operation of the vendor's API. An operation without a row counts as one that must not be repeated, unless the caller passes `idempotent = true`; its parameters are not checked, and flattened into the query unless `in_body` and `list_style` say otherwise.
---@param operation streamctl.zego.operation in either spelling; as the vendor spells it, if it has no row
---@param params? table
---@param options? streamctl.options.generic `method`, `host`, `idempotent`, `resource`, `in_body`, `list_style`, `timeout`, `attempt_timeout`, `connect_timeout`, `retry`, `validate`, see `streamctl.options`
---@return table|nil # the decoded answer
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`
function client:call(operation, params, options) end

---Signs a call without sending it. Works in every nginx phase and with any HTTP client.
---@param operation streamctl.zego.operation in either spelling
---@param params? table
---@param options? streamctl.options.sign `nonce`, `timestamp`, `validate`, `masked`, see `streamctl.options.sign`; for operations without a row those of `call`
---@return table|nil # `method`, `url`, `headers` (name to value), `body` ("" when empty)
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`
function client:sign(operation, params, options) end

---Makes one call for each of many items, at the documented rate and some in flight at a time.
---@param operation streamctl.zego.operation in either spelling, or a method that takes the parameters of one; it must have a row
---@param items table|function a list, or a function that returns the next item and nil at the end: tables of parameters, or texts for the one that is required and not in `params`, such as ids
---@param options? streamctl.batch.options see `streamctl.batch`
---@return streamctl.report.report # report, see `streamctl.report`
function client:batch(operation, items, options) end

---Takes a stamp for calls that are made later, perhaps by another process. With it as their option `stamp` they give way to calls that others make meanwhile.
---@param operation streamctl.zego.operation in either spelling; it must have a row
---@param items table a list, as of `batch`
---@param params? table parameters that all items have
---@return integer|nil # the stamp; false for an operation that changes no stream and no task
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`
function client:stamp(operation, items, params) end

---Makes a token with the AppId and the ServerSecret of the client, which may come from a source.
---@param params streamctl.zego.token.options see `options`, without `app_id` and `server_secret`
---@param options? streamctl.options.limits the limits, see `streamctl.options.limits`
---@return string|nil
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`
function client:token(params, options) end

