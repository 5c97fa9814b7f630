---@meta _
-- Made by `make types` from the rows and the comments of lua/streamctl.

---@alias streamctl.aliyun.operation string
---| "ForbidLiveStream"
---| "forbid_live_stream"
---| "ResumeLiveStream"
---| "resume_live_stream"
---| "DescribeLiveStreamsBlockList"
---| "describe_live_streams_block_list"
---| "DescribeLiveStreamsOnlineList"
---| "describe_live_streams_online_list"
---| "SetLiveStreamBlock"
---| "set_live_stream_block"
---| "DeleteLiveStreamBlock"
---| "delete_live_stream_block"
---| "DescribeStreamLocationBlock"
---| "describe_stream_location_block"
---| "DescribeLiveStreamState"
---| "describe_live_stream_state"
---| "DescribeLiveStreamsPublishList"
---| "describe_live_streams_publish_list"
---| "DescribeLiveStreamsControlHistory"
---| "describe_live_streams_control_history"
---| "DescribeLiveStreamCount"
---| "describe_live_stream_count"
---| "DescribeLiveStreamsTotalCount"
---| "describe_live_streams_total_count"
---| "DescribeUidOnlineStreams"
---| "describe_uid_online_streams"
---| "CreateLivePullToPush"
---| "create_live_pull_to_push"
---| "UpdateLivePullToPush"
---| "update_live_pull_to_push"
---| "StopLivePullToPush"
---| "stop_live_pull_to_push"
---| "RestartLivePullToPush"
---| "restart_live_pull_to_push"
---| "DeleteLivePullToPush"
---| "delete_live_pull_to_push"
---| "DescribeLivePullToPush"
---| "describe_live_pull_to_push"
---| "DescribeLivePullToPushList"
---| "describe_live_pull_to_push_list"
---| "MiguLivePullToPushStart"
---| "migu_live_pull_to_push_start"
---| "MiguLivePullToPushStatus"
---| "migu_live_pull_to_push_status"
---| "AddLiveCenterTransfer"
---| "add_live_center_transfer"
---| "UpdateLiveCenterTransfer"
---| "update_live_center_transfer"
---| "DeleteLiveCenterTransfer"
---| "delete_live_center_transfer"
---| "DescribeLiveCenterTransfer"
---| "describe_live_center_transfer"
---| "SetLiveEdgeTransfer"
---| "set_live_edge_transfer"
---| "DeleteLiveEdgeTransfer"
---| "delete_live_edge_transfer"
---| "DescribeLiveEdgeTransfer"
---| "describe_live_edge_transfer"
---| "AddLivePullStreamInfoConfig"
---| "add_live_pull_stream_info_config"
---| "UpdateLivePullStreamInfoConfig"
---| "update_live_pull_stream_info_config"
---| "DeleteLivePullStreamInfoConfig"
---| "delete_live_pull_stream_info_config"
---| "DescribeLivePullStreamConfig"
---| "describe_live_pull_stream_config"
---| "SetLiveLazyPullStreamInfoConfig"
---| "set_live_lazy_pull_stream_info_config"
---| "DeleteLiveLazyPullStreamInfoConfig"
---| "delete_live_lazy_pull_stream_info_config"
---| "DescribeLiveLazyPullStreamConfig"
---| "describe_live_lazy_pull_stream_config"
---| "AddLiveStreamMerge"
---| "add_live_stream_merge"
---| "DeleteLiveStreamMerge"
---| "delete_live_stream_merge"
---| "DescribeLiveStreamMerge"
---| "describe_live_stream_merge"
---| "SetLiveDomainMultiStreamConfig"
---| "set_live_domain_multi_stream_config"
---| "DescribeLiveDomainMultiStreamConfig"
---| "describe_live_domain_multi_stream_config"
---| "SetLiveDomainMultiStreamMaster"
---| "set_live_domain_multi_stream_master"
---| "SetLiveDomainMultiStreamOptimalMode"
---| "set_live_domain_multi_stream_optimal_mode"
---| "QueryLiveDomainMultiStreamList"
---| "query_live_domain_multi_stream_list"
---| "CreateLiveDelayConfig"
---| "create_live_delay_config"
---| "UpdateLiveDelayConfig"
---| "update_live_delay_config"
---| "DeleteLiveDelayConfig"
---| "delete_live_delay_config"
---| "DescribeLiveDelayConfig"
---| "describe_live_delay_config"
---| "ListLiveDelayConfig"
---| "list_live_delay_config"
---| "SetLiveStreamDelayConfig"
---| "set_live_stream_delay_config"
---| "DescribeLiveStreamDelayConfig"
---| "describe_live_stream_delay_config"
---| "OpenLiveShift"
---| "open_live_shift"
---| "CloseLiveShift"
---| "close_live_shift"
---| "DescribeLiveShiftConfigs"
---| "describe_live_shift_configs"
---| "SetLiveStreamPreloadTasks"
---| "set_live_stream_preload_tasks"
---| "DescribeLiveStreamPreloadTasks"
---| "describe_live_stream_preload_tasks"
---| "HotLiveRtcStream"
---| "hot_live_rtc_stream"
---| "CreateLiveStreamMonitor"
---| "create_live_stream_monitor"
---| "UpdateLiveStreamMonitor"
---| "update_live_stream_monitor"
---| "StartLiveStreamMonitor"
---| "start_live_stream_monitor"
---| "StopLiveStreamMonitor"
---| "stop_live_stream_monitor"
---| "DeleteLiveStreamMonitor"
---| "delete_live_stream_monitor"
---| "DescribeLiveStreamMonitorList"
---| "describe_live_stream_monitor_list"
---| "SetLiveStreamsNotifyUrlConfig"
---| "set_live_streams_notify_url_config"
---| "DeleteLiveStreamsNotifyUrlConfig"
---| "delete_live_streams_notify_url_config"
---| "DescribeLiveStreamsNotifyUrlConfig"
---| "describe_live_streams_notify_url_config"
---| "DescribeLiveStreamsNotifyRecords"
---| "describe_live_streams_notify_records"
---| "RealTimeRecordCommand"
---| "real_time_record_command"
---| "AddLiveAppRecordConfig"
---| "add_live_app_record_config"
---| "UpdateLiveAppRecordConfig"
---| "update_live_app_record_config"
---| "DeleteLiveAppRecordConfig"
---| "delete_live_app_record_config"
---| "DescribeLiveRecordConfig"
---| "describe_live_record_config"
---| "DescribeLiveStreamRecordContent"
---| "describe_live_stream_record_content"
---| "CreateLiveStreamRecordIndexFiles"
---| "create_live_stream_record_index_files"
---| "DeleteLiveStreamRecordIndexFiles"
---| "delete_live_stream_record_index_files"
---| "DescribeLiveStreamRecordIndexFile"
---| "describe_live_stream_record_index_file"
---| "DescribeLiveStreamRecordIndexFiles"
---| "describe_live_stream_record_index_files"
---| "AddLiveRecordNotifyConfig"
---| "add_live_record_notify_config"
---| "UpdateLiveRecordNotifyConfig"
---| "update_live_record_notify_config"
---| "DeleteLiveRecordNotifyConfig"
---| "delete_live_record_notify_config"
---| "DescribeLiveRecordNotifyConfig"
---| "describe_live_record_notify_config"
---| "DescribeLiveRecordNotifyRecords"
---| "describe_live_record_notify_records"
---| "AddLiveRecordVodConfig"
---| "add_live_record_vod_config"
---| "UpdateLiveRecordVodConfig"
---| "update_live_record_vod_config"
---| "DeleteLiveRecordVodConfig"
---| "delete_live_record_vod_config"
---| "DescribeLiveRecordVodConfigs"
---| "describe_live_record_vod_configs"
---| "PutRecordStorageLifeCycle"
---| "put_record_storage_life_cycle"
---| "AddLiveAppSnapshotConfig"
---| "add_live_app_snapshot_config"
---| "UpdateLiveAppSnapshotConfig"
---| "update_live_app_snapshot_config"
---| "DeleteLiveAppSnapshotConfig"
---| "delete_live_app_snapshot_config"
---| "DescribeLiveSnapshotConfig"
---| "describe_live_snapshot_config"
---| "DescribeLiveStreamSnapshotInfo"
---| "describe_live_stream_snapshot_info"
---| "DeleteSnapshotFiles"
---| "delete_snapshot_files"
---| "AddLiveSnapshotNotifyConfig"
---| "add_live_snapshot_notify_config"
---| "UpdateLiveSnapshotNotifyConfig"
---| "update_live_snapshot_notify_config"
---| "DeleteLiveSnapshotNotifyConfig"
---| "delete_live_snapshot_notify_config"
---| "DescribeLiveSnapshotNotifyConfig"
---| "describe_live_snapshot_notify_config"
---| "SetSnapshotCallbackAuth"
---| "set_snapshot_callback_auth"
---| "DeleteSnapshotCallbackAuth"
---| "delete_snapshot_callback_auth"
---| "QuerySnapshotCallbackAuth"
---| "query_snapshot_callback_auth"
---| "AddLiveStreamTranscode"
---| "add_live_stream_transcode"
---| "UpdateLiveStreamTranscode"
---| "update_live_stream_transcode"
---| "DeleteLiveStreamTranscode"
---| "delete_live_stream_transcode"
---| "DescribeLiveStreamTranscodeInfo"
---| "describe_live_stream_transcode_info"
---| "DescribeLiveStreamTranscodeStreamNum"
---| "describe_live_stream_transcode_stream_num"
---| "DescribeLiveDomainTranscodeParams"
---| "describe_live_domain_transcode_params"
---| "AddCustomLiveStreamTranscode"
---| "add_custom_live_stream_transcode"
---| "UpdateCustomLiveStreamTranscode"
---| "update_custom_live_stream_transcode"
---| "AddRtsLiveStreamTranscode"
---| "add_rts_live_stream_transcode"
---| "UpdateRtsLiveStreamTranscode"
---| "update_rts_live_stream_transcode"
---| "CreateCustomTemplate"
---| "create_custom_template"
---| "DeleteCustomTemplate"
---| "delete_custom_template"
---| "GetCustomTemplate"
---| "get_custom_template"
---| "GetAllCustomTemplates"
---| "get_all_custom_templates"
---| "RestartTranscodeTask"
---| "restart_transcode_task"
---| "GetTranscodeTaskStatus"
---| "get_transcode_task_status"
---| "AddTrancodeSEI"
---| "add_trancode_sei"
---| "CreateEdgeTranscodeJob"
---| "create_edge_transcode_job"
---| "UpdateEdgeTranscodeJob"
---| "update_edge_transcode_job"
---| "StartEdgeTranscodeJob"
---| "start_edge_transcode_job"
---| "StopEdgeTranscodeJob"
---| "stop_edge_transcode_job"
---| "DeleteEdgeTranscodeJob"
---| "delete_edge_transcode_job"
---| "GetEdgeTranscodeJob"
---| "get_edge_transcode_job"
---| "ListEdgeTranscodeJob"
---| "list_edge_transcode_job"
---| "GetEdgeTranscodeTemplate"
---| "get_edge_transcode_template"
---| "ListEdgeTranscodeTemplate"
---| "list_edge_transcode_template"
---| "CreateMixStream"
---| "create_mix_stream"
---| "UpdateMixStream"
---| "update_mix_stream"
---| "DeleteMixStream"
---| "delete_mix_stream"
---| "DescribeMixStreamList"
---| "describe_mix_stream_list"
---| "AddLiveStreamWatermark"
---| "add_live_stream_watermark"
---| "UpdateLiveStreamWatermark"
---| "update_live_stream_watermark"
---| "DeleteLiveStreamWatermark"
---| "delete_live_stream_watermark"
---| "DescribeLiveStreamWatermarks"
---| "describe_live_stream_watermarks"
---| "AddLiveStreamWatermarkRule"
---| "add_live_stream_watermark_rule"
---| "UpdateLiveStreamWatermarkRule"
---| "update_live_stream_watermark_rule"
---| "DeleteLiveStreamWatermarkRule"
---| "delete_live_stream_watermark_rule"
---| "DescribeLiveStreamWatermarkRules"
---| "describe_live_stream_watermark_rules"
---| "DynamicUpdateWaterMarkStreamRule"
---| "dynamic_update_water_mark_stream_rule"
---| "AddLivePackageConfig"
---| "add_live_package_config"
---| "UpdateLivePackageConfig"
---| "update_live_package_config"
---| "DeleteLivePackageConfig"
---| "delete_live_package_config"
---| "DescribeLivePackageConfig"
---| "describe_live_package_config"
---| "AddLiveAudioAuditConfig"
---| "add_live_audio_audit_config"
---| "UpdateLiveAudioAuditConfig"
---| "update_live_audio_audit_config"
---| "DeleteLiveAudioAuditConfig"
---| "delete_live_audio_audit_config"
---| "DescribeLiveAudioAuditConfig"
---| "describe_live_audio_audit_config"
---| "AddLiveAudioAuditNotifyConfig"
---| "add_live_audio_audit_notify_config"
---| "UpdateLiveAudioAuditNotifyConfig"
---| "update_live_audio_audit_notify_config"
---| "DeleteLiveAudioAuditNotifyConfig"
---| "delete_live_audio_audit_notify_config"
---| "DescribeLiveAudioAuditNotifyConfig"
---| "describe_live_audio_audit_notify_config"
---| "AddLiveDetectNotifyConfig"
---| "add_live_detect_notify_config"
---| "UpdateLiveDetectNotifyConfig"
---| "update_live_detect_notify_config"
---| "DeleteLiveDetectNotifyConfig"
---| "delete_live_detect_notify_config"
---| "DescribeLiveDetectNotifyConfig"
---| "describe_live_detect_notify_config"
---| "AddLiveSnapshotDetectPornConfig"
---| "add_live_snapshot_detect_porn_config"
---| "UpdateLiveSnapshotDetectPornConfig"
---| "update_live_snapshot_detect_porn_config"
---| "DeleteLiveSnapshotDetectPornConfig"
---| "delete_live_snapshot_detect_porn_config"
---| "DescribeLiveSnapshotDetectPornConfig"
---| "describe_live_snapshot_detect_porn_config"
---| "DescribeLiveDetectPornData"
---| "describe_live_detect_porn_data"
---| "AddLiveAISubtitle"
---| "add_live_ai_subtitle"
---| "UpdateLiveAISubtitle"
---| "update_live_ai_subtitle"
---| "DeleteLiveAISubtitle"
---| "delete_live_ai_subtitle"
---| "DescribeLiveAISubtitle"
---| "describe_live_ai_subtitle"
---| "AddLiveAIProduceRules"
---| "add_live_ai_produce_rules"
---| "UpdateLiveAIProduceRules"
---| "update_live_ai_produce_rules"
---| "DeleteLiveAIProduceRules"
---| "delete_live_ai_produce_rules"
---| "DescribeLiveAIProduceRules"
---| "describe_live_ai_produce_rules"
---| "CreateLiveAIStudio"
---| "create_live_ai_studio"
---| "ModifyLiveAIStudio"
---| "modify_live_ai_studio"
---| "DeleteLiveAIStudio"
---| "delete_live_ai_studio"
---| "DescribeLiveAIStudio"
---| "describe_live_ai_studio"
---| "AddLiveDomain"
---| "add_live_domain"
---| "StartLiveDomain"
---| "start_live_domain"
---| "StopLiveDomain"
---| "stop_live_domain"
---| "DeleteLiveDomain"
---| "delete_live_domain"
---| "DescribeLiveDomainDetail"
---| "describe_live_domain_detail"
---| "DescribeLiveUserDomains"
---| "describe_live_user_domains"
---| "DescribeLiveDomainLimit"
---| "describe_live_domain_limit"
---| "DescribeDomainWithIntegrity"
---| "describe_domain_with_integrity"
---| "AddLiveDomainMapping"
---| "add_live_domain_mapping"
---| "DeleteLiveDomainMapping"
---| "delete_live_domain_mapping"
---| "DescribeLiveDomainMapping"
---| "describe_live_domain_mapping"
---| "AddLiveDomainPlayMapping"
---| "add_live_domain_play_mapping"
---| "DeleteLiveDomainPlayMapping"
---| "delete_live_domain_play_mapping"
---| "BatchSetLiveDomainConfigs"
---| "batch_set_live_domain_configs"
---| "BatchDeleteLiveDomainConfigs"
---| "batch_delete_live_domain_configs"
---| "DescribeLiveDomainConfigs"
---| "describe_live_domain_configs"
---| "ModifyLiveDomainSchdmByProperty"
---| "modify_live_domain_schdm_by_property"
---| "ChangeLiveDomainResourceGroup"
---| "change_live_domain_resource_group"
---| "VerifyLiveDomainOwner"
---| "verify_live_domain_owner"
---| "DescribeLiveVerifyContent"
---| "describe_live_verify_content"
---| "DescribeLiveIpInfo"
---| "describe_live_ip_info"
---| "SetLiveDomainStagingConfig"
---| "set_live_domain_staging_config"
---| "DescribeLiveDomainStagingConfig"
---| "describe_live_domain_staging_config"
---| "DeleteLiveSpecificStagingConfig"
---| "delete_live_specific_staging_config"
---| "PublishLiveStagingConfigToProduction"
---| "publish_live_staging_config_to_production"
---| "RollbackLiveStagingConfig"
---| "rollback_live_staging_config"
---| "SetLiveDomainCertificate"
---| "set_live_domain_certificate"
---| "DescribeLiveDomainCertificateInfo"
---| "describe_live_domain_certificate_info"
---| "DescribeLiveCertificateDetail"
---| "describe_live_certificate_detail"
---| "DescribeLiveCertificateList"
---| "describe_live_certificate_list"
---| "DescribeLiveDomainByCertificate"
---| "describe_live_domain_by_certificate"
---| "DescribeLiveHttpsDomainList"
---| "describe_live_https_domain_list"
---| "TagLiveResources"
---| "tag_live_resources"
---| "UnTagLiveResources"
---| "un_tag_live_resources"
---| "ListLiveTagResources"
---| "list_live_tag_resources"
---| "DescribeLiveTagResources"
---| "describe_live_tag_resources"
---| "DescribeLiveUserTags"
---| "describe_live_user_tags"
---| "CreateLivePrivateLine"
---| "create_live_private_line"
---| "DeleteLivePrivateLine"
---| "delete_live_private_line"
---| "DescribeLivePrivateLineAreas"
---| "describe_live_private_line_areas"
---| "DescribeLivePrivateLineAvailGA"
---| "describe_live_private_line_avail_ga"
---| "DescribeLiveDomainOnlineUserNum"
---| "describe_live_domain_online_user_num"
---| "DescribeLiveStreamHistoryUserNum"
---| "describe_live_stream_history_user_num"
---| "DescribeLiveDomainFrameRateAndBitRateData"
---| "describe_live_domain_frame_rate_and_bit_rate_data"
---| "DescribeLiveStreamBitRateData"
---| "describe_live_stream_bit_rate_data"
---| "DescribeLiveStreamDetailFrameRateAndBitRateData"
---| "describe_live_stream_detail_frame_rate_and_bit_rate_data"
---| "DescribeLiveDomainPublishErrorCode"
---| "describe_live_domain_publish_error_code"
---| "DescribeLiveStreamAuthChecking"
---| "describe_live_stream_auth_checking"
---| "DescribeLiveStreamMetricDetailData"
---| "describe_live_stream_metric_detail_data"
---| "DescribeLiveStreamPushMetricDetailData"
---| "describe_live_stream_push_metric_detail_data"
---| "DescribeLiveUpVideoAudioInfo"
---| "describe_live_up_video_audio_info"
---| "DescribeLiveCdnDiagnoseInfo"
---| "describe_live_cdn_diagnose_info"
---| "LiveUpstreamQosData"
---| "live_upstream_qos_data"
---| "DescribeLiveInteractionMetricData"
---| "describe_live_interaction_metric_data"
---| "DescribeRTSNativeSDKFirstFrameCost"
---| "describe_rts_native_sdk_first_frame_cost"
---| "DescribeRTSNativeSDKFirstFrameDelay"
---| "describe_rts_native_sdk_first_frame_delay"
---| "DescribeRTSNativeSDKPlayFailStatus"
---| "describe_rts_native_sdk_play_fail_status"
---| "DescribeRTSNativeSDKPlayTime"
---| "describe_rts_native_sdk_play_time"
---| "DescribeRTSNativeSDKVvData"
---| "describe_rts_native_sdk_vv_data"
---| "DescribeToutiaoLivePlay"
---| "describe_toutiao_live_play"
---| "DescribeToutiaoLivePublish"
---| "describe_toutiao_live_publish"
---| "DescribeLiveDomainBpsData"
---| "describe_live_domain_bps_data"
---| "DescribeLiveDomainBpsDataByLayer"
---| "describe_live_domain_bps_data_by_layer"
---| "DescribeLiveDomainTrafficData"
---| "describe_live_domain_traffic_data"
---| "DescribeLiveDomainPushBpsData"
---| "describe_live_domain_push_bps_data"
---| "DescribeLiveDomainPushTrafficData"
---| "describe_live_domain_push_traffic_data"
---| "DescribeLiveDomainRealTimeBpsData"
---| "describe_live_domain_real_time_bps_data"
---| "DescribeLiveDomainRealTimeTrafficData"
---| "describe_live_domain_real_time_traffic_data"
---| "DescribeLiveDomainRealTimeHttpCodeData"
---| "describe_live_domain_real_time_http_code_data"
---| "DescribeHlsLiveStreamRealTimeBpsData"
---| "describe_hls_live_stream_real_time_bps_data"
---| "DescribeLiveDomainPvUvData"
---| "describe_live_domain_pv_uv_data"
---| "DescribeLiveTopDomainsByFlow"
---| "describe_live_top_domains_by_flow"
---| "DescribeLiveCenterStreamRateData"
---| "describe_live_center_stream_rate_data"
---| "DescribeLiveUserStreamMetricData"
---| "describe_live_user_stream_metric_data"
---| "DescribeLiveStreamTranscodeMetricData"
---| "describe_live_stream_transcode_metric_data"
---| "DescribeUpBpsPeakData"
---| "describe_up_bps_peak_data"
---| "DescribeUpBpsPeakOfLine"
---| "describe_up_bps_peak_of_line"
---| "DescribeUpPeakPublishStreamData"
---| "describe_up_peak_publish_stream_data"
---| "DescribeDomainUsageData"
---| "describe_domain_usage_data"
---| "DescribeLiveDelayedStreamingUsage"
---| "describe_live_delayed_streaming_usage"
---| "DescribeLiveDomainMonitoringUsageData"
---| "describe_live_domain_monitoring_usage_data"
---| "DescribeLiveDomainRecordUsageData"
---| "describe_live_domain_record_usage_data"
---| "DescribeLiveDomainSnapshotData"
---| "describe_live_domain_snapshot_data"
---| "DescribeLiveDomainStreamTranscodeData"
---| "describe_live_domain_stream_transcode_data"
---| "DescribeLiveDomainTimeShiftData"
---| "describe_live_domain_time_shift_data"
---| "DescribeLiveDrmUsageData"
---| "describe_live_drm_usage_data"
---| "DescribeLiveGrtnDuration"
---| "describe_live_grtn_duration"
---| "DescribeLiveProducerUsageData"
---| "describe_live_producer_usage_data"
---| "DescribeLivePushProxyUsageData"
---| "describe_live_push_proxy_usage_data"
---| "DescribeLiveRtcRecordUsageData"
---| "describe_live_rtc_record_usage_data"
---| "DescribeLiveUserBillPrediction"
---| "describe_live_user_bill_prediction"
---| "DescribeMeterLiveBypassDuration"
---| "describe_meter_live_bypass_duration"
---| "DescribeLiveDomainLog"
---| "describe_live_domain_log"
---| "DescribeLiveDomainLogExTtl"
---| "describe_live_domain_log_ex_ttl"
---| "DescribeLiveDomainEdgeLog"
---| "describe_live_domain_edge_log"
---| "DescribeLiveTrafficDomainLog"
---| "describe_live_traffic_domain_log"
---| "DescribeLiveUserTrafficLog"
---| "describe_live_user_traffic_log"
---| "DescribeLivePushProxyLog"
---| "describe_live_push_proxy_log"
---| "CreateLiveRealTimeLogDelivery"
---| "create_live_real_time_log_delivery"
---| "ModifyLiveRealtimeLogDelivery"
---| "modify_live_realtime_log_delivery"
---| "DeleteLiveRealtimeLogDelivery"
---| "delete_live_realtime_log_delivery"
---| "DeleteLiveRealTimeLogLogstore"
---| "delete_live_real_time_log_logstore"
---| "EnableLiveRealtimeLogDelivery"
---| "enable_live_realtime_log_delivery"
---| "DisableLiveRealtimeLogDelivery"
---| "disable_live_realtime_log_delivery"
---| "DescribeLiveDomainRealtimeLogDelivery"
---| "describe_live_domain_realtime_log_delivery"
---| "DescribeLiveRealtimeDeliveryAcc"
---| "describe_live_realtime_delivery_acc"
---| "DescribeLiveRealtimeLogAuthorized"
---| "describe_live_realtime_log_authorized"
---| "ListLiveRealtimeLogDelivery"
---| "list_live_realtime_log_delivery"
---| "ListLiveRealtimeLogDeliveryDomains"
---| "list_live_realtime_log_delivery_domains"
---| "ListLiveRealtimeLogDeliveryInfos"
---| "list_live_realtime_log_delivery_infos"
---| "DescribeChannelParticipants"
---| "describe_channel_participants"
---| "DescribeChannelUsers"
---| "describe_channel_users"
---| "ListRTCLiveRooms"
---| "list_rtc_live_rooms"
---| "RemoveTerminals"
---| "remove_terminals"
---| "DeleteChannel"
---| "delete_channel"
---| "CreateRTCWhipStreamAddress"
---| "create_rtc_whip_stream_address"
---| "CreateRoomRealTimeStreamAddress"
---| "create_room_real_time_stream_address"
---| "CreateEventSub"
---| "create_event_sub"
---| "UpdateEventSub"
---| "update_event_sub"
---| "DeleteEventSub"
---| "delete_event_sub"
---| "ListEventSub"
---| "list_event_sub"
---| "ListEventSubEvent"
---| "list_event_sub_event"
---| "StartLiveMPUTask"
---| "start_live_mpu_task"
---| "UpdateLiveMPUTask"
---| "update_live_mpu_task"
---| "StopLiveMPUTask"
---| "stop_live_mpu_task"
---| "ListRtcMPUTaskDetail"
---| "list_rtc_mpu_task_detail"
---| "SetLiveMpuTaskSei"
---| "set_live_mpu_task_sei"
---| "CreateRtcMPUEventSub"
---| "create_rtc_mpu_event_sub"
---| "UpdateRtcMPUEventSub"
---| "update_rtc_mpu_event_sub"
---| "DeleteRtcMPUEventSub"
---| "delete_rtc_mpu_event_sub"
---| "DescribeRtcMPUEventSub"
---| "describe_rtc_mpu_event_sub"
---| "ListRtcMPUEventSubRecord"
---| "list_rtc_mpu_event_sub_record"
---| "StartRtcCloudRecording"
---| "start_rtc_cloud_recording"
---| "UpdateRtcCloudRecording"
---| "update_rtc_cloud_recording"
---| "StopRtcCloudRecording"
---| "stop_rtc_cloud_recording"
---| "DescribeRtcCloudRecordingFiles"
---| "describe_rtc_cloud_recording_files"
---| "StartRtcCloudTranscode"
---| "start_rtc_cloud_transcode"
---| "StopRtcCloudTranscode"
---| "stop_rtc_cloud_transcode"
---| "DescribeRtcCloudTranscode"
---| "describe_rtc_cloud_transcode"
---| "CreateRtcAsrTask"
---| "create_rtc_asr_task"
---| "StopRtcAsrTask"
---| "stop_rtc_asr_task"
---| "DeleteRtcAsrTask"
---| "delete_rtc_asr_task"
---| "QueryRtcAsrTasks"
---| "query_rtc_asr_tasks"
---| "CreateCaster"
---| "create_caster"
---| "CopyCaster"
---| "copy_caster"
---| "StartCaster"
---| "start_caster"
---| "StopCaster"
---| "stop_caster"
---| "RestartCaster"
---| "restart_caster"
---| "DeleteCaster"
---| "delete_caster"
---| "DescribeCasters"
---| "describe_casters"
---| "SetCasterConfig"
---| "set_caster_config"
---| "DescribeCasterConfig"
---| "describe_caster_config"
---| "UpdateCasterResourceGroup"
---| "update_caster_resource_group"
---| "SetCasterChannel"
---| "set_caster_channel"
---| "DescribeCasterChannels"
---| "describe_caster_channels"
---| "DescribeCasterStreamUrl"
---| "describe_caster_stream_url"
---| "EffectCasterUrgent"
---| "effect_caster_urgent"
---| "EffectCasterVideoResource"
---| "effect_caster_video_resource"
---| "StartCasterScene"
---| "start_caster_scene"
---| "StopCasterScene"
---| "stop_caster_scene"
---| "DescribeCasterScenes"
---| "describe_caster_scenes"
---| "SetCasterSceneConfig"
---| "set_caster_scene_config"
---| "UpdateCasterSceneConfig"
---| "update_caster_scene_config"
---| "CopyCasterSceneConfig"
---| "copy_caster_scene_config"
---| "DeleteCasterSceneConfig"
---| "delete_caster_scene_config"
---| "UpdateCasterSceneAudio"
---| "update_caster_scene_audio"
---| "DescribeCasterSceneAudio"
---| "describe_caster_scene_audio"
---| "AddCasterLayout"
---| "add_caster_layout"
---| "ModifyCasterLayout"
---| "modify_caster_layout"
---| "DeleteCasterLayout"
---| "delete_caster_layout"
---| "DescribeCasterLayouts"
---| "describe_caster_layouts"
---| "AddStudioLayout"
---| "add_studio_layout"
---| "ModifyStudioLayout"
---| "modify_studio_layout"
---| "DeleteStudioLayout"
---| "delete_studio_layout"
---| "DescribeStudioLayouts"
---| "describe_studio_layouts"
---| "AddCasterComponent"
---| "add_caster_component"
---| "ModifyCasterComponent"
---| "modify_caster_component"
---| "DeleteCasterComponent"
---| "delete_caster_component"
---| "DescribeCasterComponents"
---| "describe_caster_components"
---| "AddCasterVideoResource"
---| "add_caster_video_resource"
---| "ModifyCasterVideoResource"
---| "modify_caster_video_resource"
---| "DeleteCasterVideoResource"
---| "delete_caster_video_resource"
---| "DescribeCasterVideoResources"
---| "describe_caster_video_resources"
---| "AddCasterEpisode"
---| "add_caster_episode"
---| "ModifyCasterEpisode"
---| "modify_caster_episode"
---| "DeleteCasterEpisode"
---| "delete_caster_episode"
---| "AddCasterEpisodeGroup"
---| "add_caster_episode_group"
---| "AddCasterEpisodeGroupContent"
---| "add_caster_episode_group_content"
---| "DeleteCasterEpisodeGroup"
---| "delete_caster_episode_group"
---| "AddCasterProgram"
---| "add_caster_program"
---| "ModifyCasterProgram"
---| "modify_caster_program"
---| "DeleteCasterProgram"
---| "delete_caster_program"
---| "DescribeCasterProgram"
---| "describe_caster_program"
---| "StartPlaylist"
---| "start_playlist"
---| "StopPlaylist"
---| "stop_playlist"
---| "EditPlaylist"
---| "edit_playlist"
---| "DeletePlaylist"
---| "delete_playlist"
---| "ListPlaylist"
---| "list_playlist"
---| "AddPlaylistItems"
---| "add_playlist_items"
---| "DeletePlaylistItems"
---| "delete_playlist_items"
---| "ListPlaylistItems"
---| "list_playlist_items"
---| "AddShowIntoShowList"
---| "add_show_into_show_list"
---| "RemoveShowFromShowList"
---| "remove_show_from_show_list"
---| "ModifyShowList"
---| "modify_show_list"
---| "EditShowAndReplace"
---| "edit_show_and_replace"
---| "PlayChoosenShow"
---| "play_choosen_show"
---| "SetShowListBackground"
---| "set_show_list_background"
---| "DescribeShowList"
---| "describe_show_list"
---| "InitializeAutoShowListTask"
---| "initialize_auto_show_list_task"
---| "DescribeAutoShowListTasks"
---| "describe_auto_show_list_tasks"
---| "GetEditingJobInfo"
---| "get_editing_job_info"
---| "CreateLiveMessageApp"
---| "create_live_message_app"
---| "DescribeLiveMessageApp"
---| "describe_live_message_app"
---| "ListLiveMessageApps"
---| "list_live_message_apps"
---| "ModifyLiveMessageAppAudit"
---| "modify_live_message_app_audit"
---| "ModifyLiveMessageAppCallback"
---| "modify_live_message_app_callback"
---| "ModifyLiveMessageAppDisable"
---| "modify_live_message_app_disable"
---| "CreateLiveMessageGroup"
---| "create_live_message_group"
---| "ModifyLiveMessageGroup"
---| "modify_live_message_group"
---| "DeleteLiveMessageGroup"
---| "delete_live_message_group"
---| "RecoverLiveMessageDeletedGroup"
---| "recover_live_message_deleted_group"
---| "DescribeLiveMessageGroup"
---| "describe_live_message_group"
---| "ListLiveMessageGroups"
---| "list_live_message_groups"
---| "ListLiveMessageGroupByPage"
---| "list_live_message_group_by_page"
---| "ListLiveMessageGroupUsers"
---| "list_live_message_group_users"
---| "KickLiveMessageGroupUser"
---| "kick_live_message_group_user"
---| "BanLiveMessageGroup"
---| "ban_live_message_group"
---| "UnbanLiveMessageGroup"
---| "unban_live_message_group"
---| "AddLiveMessageGroupBand"
---| "add_live_message_group_band"
---| "ModifyLiveMessageGroupBand"
---| "modify_live_message_group_band"
---| "RemoveLiveMessageGroupBand"
---| "remove_live_message_group_band"
---| "DescribeLiveMessageGroupBand"
---| "describe_live_message_group_band"
---| "SendLiveMessageGroup"
---| "send_live_message_group"
---| "SendLiveMessageUser"
---| "send_live_message_user"
---| "ListLiveMessageGroupMessages"
---| "list_live_message_group_messages"
---| "DeleteLiveMessageGroupMessage"
---| "delete_live_message_group_message"
---| "DeleteLiveMessageUserMessage"
---| "delete_live_message_user_message"
---| "ModifyLiveMessageUserInfo"
---| "modify_live_message_user_info"
---| "CheckLiveMessageUsersInGroup"
---| "check_live_message_users_in_group"
---| "CheckLiveMessageUsersOnline"
---| "check_live_message_users_online"
---| "CreateMessageApp"
---| "create_message_app"
---| "UpdateMessageApp"
---| "update_message_app"
---| "DeleteMessageApp"
---| "delete_message_app"
---| "GetMessageApp"
---| "get_message_app"
---| "ListMessageApp"
---| "list_message_app"
---| "QueryMessageApp"
---| "query_message_app"
---| "GetMessageToken"
---| "get_message_token"
---| "CreateMessageGroup"
---| "create_message_group"
---| "UpdateMessageGroup"
---| "update_message_group"
---| "GetMessageGroup"
---| "get_message_group"
---| "ListMessageGroup"
---| "list_message_group"
---| "JoinMessageGroup"
---| "join_message_group"
---| "LeaveMessageGroup"
---| "leave_message_group"
---| "ListMessageGroupUser"
---| "list_message_group_user"
---| "ListMessageGroupUserById"
---| "list_message_group_user_by_id"
---| "BatchGetOnlineUsers"
---| "batch_get_online_users"
---| "MuteGroupUser"
---| "mute_group_user"
---| "CancelMuteGroupUser"
---| "cancel_mute_group_user"
---| "MuteAllGroupUser"
---| "mute_all_group_user"
---| "CancelMuteAllGroupUser"
---| "cancel_mute_all_group_user"
---| "ListMuteGroupUser"
---| "list_mute_group_user"
---| "SendMessageToGroup"
---| "send_message_to_group"
---| "SendMessageToGroupUsers"
---| "send_message_to_group_users"
---| "SendLike"
---| "send_like"
---| "ListMessage"
---| "list_message"

---@alias streamctl.aliyun.waiter
---| "dual_stream_off"
---| "dual_stream_on"
---| "location_block_applied"
---| "location_block_gone"
---| "monitor_started"
---| "monitor_stopped"
---| "preload_done"
---| "pull_to_push_exited"
---| "pull_to_push_running"
---| "pull_to_push_stopped"
---| "stream_blocked"
---| "stream_offline"
---| "stream_online"
---| "stream_unblocked"

---@class streamctl.aliyun.answer : table
---@field RequestId string
---@field [string] any
---@field info streamctl.options.info|nil

---@class streamctl.aliyun.ForbidLiveStream
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string
---@field ResumeTime? string|number UTC, or Unix seconds, 6 months if left out
---@field LiveStreamType? "publisher" filled in with publisher
---@field Oneshot? "yes"|"no"

---@class streamctl.aliyun.ResumeLiveStream
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field LiveStreamType? "publisher" filled in with publisher

---@class streamctl.aliyun.DescribeLiveStreamsBlockList
---@field DomainName string
---@field PageNum? integer
---@field PageSize? integer at least 1, at most 3000

---@class streamctl.aliyun.DescribeLiveStreamsBlockList.answer : streamctl.aliyun.answer
---@field StreamUrls table

---@class streamctl.aliyun.DescribeLiveStreamsOnlineList
---@field DomainName string
---@field AppName? string
---@field PageNum? integer
---@field RegionId? string
---@field StreamName? string
---@field PageSize? integer at least 1, at most 3000
---@field QueryType? "fuzzy"|"strict"
---@field OnlyStream? "yes"|"no"
---@field StreamType? "all"|"raw"|"trans"

---@class streamctl.aliyun.DescribeLiveStreamsOnlineList.answer : streamctl.aliyun.answer
---@field OnlineInfo table

---@class streamctl.aliyun.SetLiveStreamBlock
---@field AppName string
---@field DomainName string
---@field LocationList string
---@field StreamName string
---@field RegionId? string
---@field ReleaseTime? string|number UTC, or Unix seconds
---@field BlockType "blacklist"|"whitelist"

---@class streamctl.aliyun.SetLiveStreamBlock.answer : streamctl.aliyun.answer
---@field Status string

---@class streamctl.aliyun.DeleteLiveStreamBlock
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---@class streamctl.aliyun.DeleteLiveStreamBlock.answer : streamctl.aliyun.answer
---@field Status string

---@class streamctl.aliyun.DescribeStreamLocationBlock
---@field DomainName string
---@field AppName? string
---@field PageNum? integer
---@field RegionId? string
---@field StreamName? string
---@field BlockType? "blacklist"|"whitelist"
---@field PageSize? integer at least 1, at most 100

---@class streamctl.aliyun.DescribeLiveStreamState
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveStreamState.answer : streamctl.aliyun.answer
---@field StreamState string

---@class streamctl.aliyun.DescribeLiveStreamsPublishList
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field AppName? string
---@field PageNumber? integer
---@field RegionId? string
---@field StreamName? string
---@field PageSize? integer at least 1, at most 3000
---@field QueryType? "fuzzy"|"strict"
---@field OrderBy? "stream_name_desc"|"stream_name_asc"|"publish_time_desc"|"publish_time_asc"
---@field StreamType? "all"|"trans"

---@class streamctl.aliyun.DescribeLiveStreamsControlHistory
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field AppName? string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveStreamCount
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveStreamsTotalCount
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field RegionId? string
---@field Typ? "aliuid"

---@class streamctl.aliyun.DescribeUidOnlineStreams
---@field AppName? string
---@field DomainName? string
---@field RegionId? string

---@class streamctl.aliyun.CreateLivePullToPush
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field FileIndex? integer
---@field RegionId? string
---@field RetryCount? integer
---@field TaskName? string
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region
---@field CallbackUrl? string at most 2000 characters
---@field Offset? integer above 0
---@field RepeatNumber? integer at least -1
---@field DstUrl string at most 2000 characters
---@field SourceType "live"|"vod"|"url"
---@field SourceUrls string[]|string at most 30 items
---@field RetryInterval? integer at least 60, at most 300
---@field SourceProtocol? "rtmp"|"srt"|"http-flv"|"hls"|"rtsp"|"flv"

---@class streamctl.aliyun.CreateLivePullToPush.answer : streamctl.aliyun.answer
---@field RetCode number
---@field TaskId string

---@class streamctl.aliyun.UpdateLivePullToPush
---@field TaskId string
---@field EndTime? string|number UTC, or Unix seconds
---@field FileIndex? integer
---@field RegionId? string
---@field StartTime? string|number UTC, or Unix seconds
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region
---@field CallbackUrl? string at most 2000 characters
---@field Offset? integer above 0
---@field RepeatNumber? integer at least -1
---@field SourceUrls? string[]|string at most 30 items

---@class streamctl.aliyun.UpdateLivePullToPush.answer : streamctl.aliyun.answer
---@field RetCode number

---@class streamctl.aliyun.StopLivePullToPush
---@field TaskId string
---@field RegionId? string
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region

---@class streamctl.aliyun.RestartLivePullToPush
---@field TaskId string
---@field RegionId? string
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region

---@class streamctl.aliyun.DeleteLivePullToPush
---@field TaskId string
---@field RegionId? string
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region

---@class streamctl.aliyun.DeleteLivePullToPush.answer : streamctl.aliyun.answer
---@field RetCode number

---@class streamctl.aliyun.DescribeLivePullToPush
---@field TaskId string
---@field RegionId? string
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region

---@class streamctl.aliyun.DescribeLivePullToPush.answer : streamctl.aliyun.answer
---@field RetCode number

---@class streamctl.aliyun.DescribeLivePullToPushList
---@field DstUrl? string
---@field RegionId? string
---@field TaskName? string
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region
---@field PageNumber? integer at least 1
---@field PageSize? integer at least 1, at most 100
---@field TaskId? string at most 55 characters, of A-Z a-z 0-9 - _

---@class streamctl.aliyun.MiguLivePullToPushStart
---@field DomainName string
---@field MiguData string
---@field RegionId? string

---@class streamctl.aliyun.MiguLivePullToPushStatus
---@field DomainName string
---@field MiguData string
---@field RegionId? string

---@class streamctl.aliyun.AddLiveCenterTransfer
---@field AppName string
---@field DomainName string
---@field DstUrl string
---@field StreamName string
---@field EndTime? string|number UTC, or Unix seconds
---@field RegionId? string
---@field StartTime? string|number UTC, or Unix seconds
---@field TransferArgs "always"|"time"

---@class streamctl.aliyun.UpdateLiveCenterTransfer
---@field AppName string
---@field DomainName string
---@field DstUrl string
---@field StreamName string
---@field EndTime? string|number UTC, or Unix seconds
---@field RegionId? string
---@field StartTime? string|number UTC, or Unix seconds
---@field TransferArgs "always"|"time"

---@class streamctl.aliyun.DeleteLiveCenterTransfer
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field DstUrl? string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveCenterTransfer
---@field DomainName string
---@field AppName? string
---@field DstUrl? string
---@field RegionId? string
---@field StreamName? string

---@class streamctl.aliyun.SetLiveEdgeTransfer
---@field DomainName string
---@field AppName? string
---@field HttpDns? string
---@field RegionId? string
---@field StreamName? string
---@field TargetDomainList? string
---@field TransferArgs? "yes"|"no"

---@class streamctl.aliyun.DeleteLiveEdgeTransfer
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveEdgeTransfer
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.AddLivePullStreamInfoConfig
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field SourceUrl string
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string
---@field RegionId? string

---@class streamctl.aliyun.UpdateLivePullStreamInfoConfig
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field SourceUrl string
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string
---@field RegionId? string

---@class streamctl.aliyun.DeleteLivePullStreamInfoConfig
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLivePullStreamConfig
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.SetLiveLazyPullStreamInfoConfig
---@field AppName string
---@field DomainName string
---@field PullDomainName string
---@field PullAppName? string
---@field RegionId? string
---@field PullProtocol "rtmp"|"httpflv"|"hls"
---@field TranscodeLazy? "yes"|"no"

---@class streamctl.aliyun.DeleteLiveLazyPullStreamInfoConfig
---@field AppName string
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveLazyPullStreamConfig
---@field DomainName string
---@field AppName? string
---@field RegionId? string

---@class streamctl.aliyun.AddLiveStreamMerge
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field InAppName1 string
---@field InAppName2 string
---@field InStreamName1 string
---@field InStreamName2 string
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string
---@field MergeParameters? string
---@field RegionId? string
---@field SelectAppName? string
---@field SelectStreamName? string
---@field SwitchMode? string
---@field Protocol? "rtmp"|"rtc"
---@field LiveMerger? "on"|"off"

---@class streamctl.aliyun.DeleteLiveStreamMerge
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveStreamMerge
---@field DomainName string
---@field AppName? string
---@field RegionId? string
---@field StreamName? string
---@field Protocol? "rtmp"|"rtc"

---@class streamctl.aliyun.SetLiveDomainMultiStreamConfig
---@field Domain string
---@field Switch "on"|"off"

---@class streamctl.aliyun.DescribeLiveDomainMultiStreamConfig
---@field Domain string

---@class streamctl.aliyun.SetLiveDomainMultiStreamMaster
---@field AppName string
---@field Domain string
---@field StreamName string
---@field UpstreamSequence string

---@class streamctl.aliyun.SetLiveDomainMultiStreamOptimalMode
---@field AppName string
---@field Domain string
---@field StreamName string
---@field OptimalMode "on"|"off"

---@class streamctl.aliyun.QueryLiveDomainMultiStreamList
---@field Domain string
---@field EndTime? string|number UTC, or Unix seconds
---@field PageNumber? integer
---@field StartTime? string|number UTC, or Unix seconds
---@field StreamName? string
---@field PageSize? integer at least 1, at most 100

---@class streamctl.aliyun.CreateLiveDelayConfig
---@field App string
---@field Domain string
---@field Stream string
---@field RegionId? string
---@field DelayTime integer at least 16, at most 3600
---@field TaskTriggerMode "PUBLISH_ONLY"|"CONFIG_ONLY"|"PUBLISH_CONFIG"

---@class streamctl.aliyun.UpdateLiveDelayConfig
---@field App string
---@field Domain string
---@field Stream string
---@field RegionId? string
---@field DelayTime integer at least 16, at most 3600
---@field TaskTriggerMode? "PUBLISH_ONLY"|"CONFIG_ONLY"|"PUBLISH_CONFIG"

---@class streamctl.aliyun.DeleteLiveDelayConfig
---@field App string
---@field Domain string
---@field Stream string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveDelayConfig
---@field App string
---@field Domain string
---@field Stream string
---@field RegionId? string

---@class streamctl.aliyun.ListLiveDelayConfig
---@field Domain string
---@field PageNum? integer
---@field RegionId? string
---@field PageSize? integer at least 5, at most 30

---@class streamctl.aliyun.SetLiveStreamDelayConfig
---@field DomainName string
---@field FlvDelay? integer
---@field HlsDelay? integer
---@field RegionId? string
---@field RtmpDelay? integer
---@field FlvLevel? "short"|"medium"|"long"
---@field HlsLevel? "short"|"medium"|"long"
---@field RtmpLevel? "short"|"medium"|"long"

---@class streamctl.aliyun.DescribeLiveStreamDelayConfig
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.OpenLiveShift
---@field DomainName string
---@field AppName? string
---@field Duration? integer
---@field IgnoreTranscode? boolean
---@field RegionId? string
---@field StreamName? string
---@field Vision? integer

---@class streamctl.aliyun.CloseLiveShift
---@field DomainName string
---@field AppName? string
---@field RegionId? string
---@field StreamName? string

---@class streamctl.aliyun.DescribeLiveShiftConfigs
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.SetLiveStreamPreloadTasks
---@field DomainName string
---@field PlayUrl string
---@field PreloadedEndTime? string|number UTC, or Unix seconds
---@field PreloadedStartTime? string|number UTC, or Unix seconds
---@field RegionId? string
---@field Area? "domestic"|"overseas"|"global"

---@class streamctl.aliyun.DescribeLiveStreamPreloadTasks
---@field DomainName string
---@field EndTime? string|number UTC, or Unix seconds
---@field PageNum? integer
---@field PlayUrl? string
---@field RegionId? string
---@field StartTime? string|number UTC, or Unix seconds
---@field TaskId? string
---@field PageSize? integer at least 1, at most 100
---@field Status? "complete"|"pending"|"preloading"|"failed"

---@class streamctl.aliyun.HotLiveRtcStream
---@field AppName string
---@field AudioMsid string
---@field DomainName string
---@field RegionCode string
---@field StreamName string
---@field VideoMsid string
---@field ConnectionTimeout? string
---@field MediaTimeout? string
---@field RegionId? string

---@class streamctl.aliyun.CreateLiveStreamMonitor
---@field Domain string
---@field InputList string
---@field MonitorName string
---@field App? string
---@field CallbackUrl? string
---@field DingTalkWebHookUrl? string
---@field MonitorConfig? string
---@field RegionId? string
---@field Stream? string
---@field OutputTemplate "lp_ld"|"lp_sd"|"lp_hd"|"lp_ud"

---@class streamctl.aliyun.CreateLiveStreamMonitor.answer : streamctl.aliyun.answer
---@field MonitorId string

---@class streamctl.aliyun.UpdateLiveStreamMonitor
---@field InputList string
---@field MonitorId string
---@field App? string
---@field CallbackUrl? string
---@field DingTalkWebHookUrl? string
---@field Domain? string
---@field MonitorConfig? string
---@field MonitorName? string
---@field RegionId? string
---@field Stream? string
---@field OutputTemplate? "lp_ld"|"lp_sd"|"lp_hd"|"lp_ud"

---@class streamctl.aliyun.StartLiveStreamMonitor
---@field MonitorId string
---@field RegionId? string

---@class streamctl.aliyun.StopLiveStreamMonitor
---@field MonitorId string
---@field RegionId? string

---@class streamctl.aliyun.DeleteLiveStreamMonitor
---@field MonitorId string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveStreamMonitorList
---@field MonitorId? string
---@field PageNum? integer
---@field PageSize? integer
---@field RegionId? string
---@field OrderRule? 0|1|2
---@field Status? 0|1

---@class streamctl.aliyun.SetLiveStreamsNotifyUrlConfig
---@field DomainName string
---@field ExceptionNotifyUrl? string
---@field NotifyUrl? string
---@field SwitchNotifyUrl? string
---@field NotifyAuthKey? string at most 64 characters, of A-Z a-z 0-9 - _
---@field NotifyReqAuth? "yes"|"no"

---@class streamctl.aliyun.DeleteLiveStreamsNotifyUrlConfig
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveStreamsNotifyUrlConfig
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveStreamsNotifyRecords
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field AppName? string
---@field PageNumber? integer
---@field RegionId? string
---@field StreamName? string
---@field PageSize? integer at least 1, at most 500
---@field Status? "success"|"failed"

---@class streamctl.aliyun.RealTimeRecordCommand
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string
---@field Command "start"|"stop"|"cancel_delay"|"restart"

---@class streamctl.aliyun.AddLiveAppRecordConfig.RecordFormat
---@field CycleDuration? number
---@field Format? string
---@field OssObjectPrefix? string
---@field SliceDuration? number
---@field SliceOssObjectPrefix? string

---@class streamctl.aliyun.AddLiveAppRecordConfig.TranscodeRecordFormat
---@field CycleDuration? number
---@field Format? string
---@field OssObjectPrefix? string
---@field SliceDuration? number
---@field SliceOssObjectPrefix? string

---@class streamctl.aliyun.AddLiveAppRecordConfig
---@field AppName string
---@field DomainName string
---@field OssBucket string
---@field OssEndpoint string
---@field DelayTime? integer
---@field EndTime? string|number UTC, or Unix seconds
---@field OnDemand? integer
---@field StartTime? string|number UTC, or Unix seconds
---@field StreamName? string
---@field TranscodeTemplates? string[]|string
---@field RecordFormat? streamctl.aliyun.AddLiveAppRecordConfig.RecordFormat[]
---@field TranscodeRecordFormat? streamctl.aliyun.AddLiveAppRecordConfig.TranscodeRecordFormat[]

---@class streamctl.aliyun.UpdateLiveAppRecordConfig.RecordFormat
---@field CycleDuration? number
---@field Format? string
---@field SliceDuration? number

---@class streamctl.aliyun.UpdateLiveAppRecordConfig.TranscodeRecordFormat
---@field CycleDuration? number
---@field Format? string
---@field SliceDuration? number

---@class streamctl.aliyun.UpdateLiveAppRecordConfig
---@field AppName string
---@field DomainName string
---@field OssEndpoint string
---@field DelayTime? integer
---@field EndTime? string|number UTC, or Unix seconds
---@field OnDemand? integer
---@field StartTime? string|number UTC, or Unix seconds
---@field StreamName? string
---@field TranscodeTemplates? string[]|string
---@field RecordFormat? streamctl.aliyun.UpdateLiveAppRecordConfig.RecordFormat[]
---@field TranscodeRecordFormat? streamctl.aliyun.UpdateLiveAppRecordConfig.TranscodeRecordFormat[]

---@class streamctl.aliyun.DeleteLiveAppRecordConfig
---@field AppName string
---@field DomainName string
---@field StreamName? string

---@class streamctl.aliyun.DescribeLiveRecordConfig
---@field DomainName string
---@field AppName? string
---@field PageNum? integer
---@field PageSize? integer
---@field StreamName? string
---@field Order? "asc"|"desc"

---@class streamctl.aliyun.DescribeLiveStreamRecordContent
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string

---@class streamctl.aliyun.CreateLiveStreamRecordIndexFiles
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field OssBucket string
---@field OssEndpoint string
---@field OssObject string
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string
---@field EndTimeIncluded? boolean

---@class streamctl.aliyun.DeleteLiveStreamRecordIndexFiles
---@field AppName string
---@field DomainName string
---@field RecordId string[]|string
---@field StreamName string
---@field RegionId? string
---@field RemoveFile "true"|"false"

---@class streamctl.aliyun.DescribeLiveStreamRecordIndexFile
---@field AppName string
---@field DomainName string
---@field RecordId string
---@field StreamName string

---@class streamctl.aliyun.DescribeLiveStreamRecordIndexFiles
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string
---@field PageNum? integer
---@field PageSize? integer
---@field Order? "asc"|"desc"

---@class streamctl.aliyun.AddLiveRecordNotifyConfig
---@field DomainName string
---@field NotifyUrl string
---@field NeedStatusNotify? boolean
---@field NotifyAuthKey? string
---@field NotifyReqAuth? boolean
---@field OnDemandUrl? string

---@class streamctl.aliyun.UpdateLiveRecordNotifyConfig
---@field DomainName string
---@field NotifyUrl string
---@field NeedStatusNotify? boolean
---@field NotifyAuthKey? string
---@field NotifyReqAuth? boolean
---@field OnDemandUrl? string

---@class streamctl.aliyun.DeleteLiveRecordNotifyConfig
---@field DomainName string

---@class streamctl.aliyun.DescribeLiveRecordNotifyConfig
---@field DomainName string

---@class streamctl.aliyun.DescribeLiveRecordNotifyRecords
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field PageNumber integer
---@field PageSize integer
---@field StartTime string|number UTC, or Unix seconds
---@field AppName? string
---@field RegionId? string
---@field Status? string
---@field StorageType? string
---@field StreamName? string

---@class streamctl.aliyun.AddLiveRecordVodConfig.RecordFormat
---@field AutoCompose? string
---@field Format? string
---@field ProcessMethod? string
---@field ProcessTemplateId? string
---@field SliceDuration? number
---@field Tags? string
---@field VideoProcess? string

---@class streamctl.aliyun.AddLiveRecordVodConfig
---@field AppName string
---@field ComposeVodTranscodeGroupId? string required, as the vendor's comments have it
---@field DomainName string
---@field AutoCompose? string
---@field CycleDuration? number
---@field DelayTime? number
---@field OnDemand? number
---@field RecordContent? string
---@field RegionId? string
---@field SpaceId? string
---@field StorageLocation? string
---@field StreamName? string
---@field TranscodeTemplates? string[]|string
---@field VodTranscodeGroupId? string
---@field RecordFormat? streamctl.aliyun.AddLiveRecordVodConfig.RecordFormat[]

---@class streamctl.aliyun.UpdateLiveRecordVodConfig.RecordFormat
---@field AutoCompose? string
---@field Format? string
---@field ProcessMethod? string
---@field ProcessTemplateId? string
---@field SliceDuration? number
---@field Tags? string
---@field VideoProcess? string

---@class streamctl.aliyun.UpdateLiveRecordVodConfig
---@field AppName string
---@field DomainName string
---@field AutoCompose? string
---@field ComposeVodTranscodeGroupId? string
---@field CycleDuration? number
---@field DelayTime? number
---@field OnDemand? number
---@field RegionId? string
---@field StreamName? string
---@field TranscodeTemplates? string[]|string
---@field VodTranscodeGroupId? string
---@field RecordFormat? streamctl.aliyun.UpdateLiveRecordVodConfig.RecordFormat[]

---@class streamctl.aliyun.DeleteLiveRecordVodConfig
---@field AppName string
---@field DomainName string
---@field RegionId? string
---@field StreamName? string

---@class streamctl.aliyun.DescribeLiveRecordVodConfigs
---@field DomainName string
---@field AppName? string
---@field PageNum? number
---@field PageSize? number
---@field RegionId? string
---@field StreamName? string

---@class streamctl.aliyun.PutRecordStorageLifeCycle
---@field Tag? string required, as the vendor's comments have it
---@field UnixTimestamp? number required, as the vendor's comments have it
---@field StreamIds? string[]|string required, as the vendor's comments have it

---@class streamctl.aliyun.AddLiveAppSnapshotConfig
---@field AppName string
---@field DomainName string
---@field OssBucket string
---@field OssEndpoint string
---@field TimeInterval integer
---@field Callback? string
---@field OverwriteOssObject? string
---@field SequenceOssObject? string

---@class streamctl.aliyun.UpdateLiveAppSnapshotConfig
---@field AppName string
---@field DomainName string
---@field Callback? string
---@field OssBucket? string
---@field OssEndpoint? string
---@field OverwriteOssObject? string
---@field SequenceOssObject? string
---@field TimeInterval? integer

---@class streamctl.aliyun.DeleteLiveAppSnapshotConfig
---@field AppName string
---@field DomainName string

---@class streamctl.aliyun.DescribeLiveSnapshotConfig
---@field DomainName string
---@field AppName? string
---@field PageNum? integer
---@field PageSize? integer
---@field Order? "asc"|"desc"

---@class streamctl.aliyun.DescribeLiveStreamSnapshotInfo
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string
---@field Limit? integer
---@field Order? "asc"|"desc"

---@class streamctl.aliyun.DeleteSnapshotFiles
---@field AppName string
---@field DomainName string
---@field RemoveFile boolean
---@field StreamName string
---@field RegionId? string
---@field CreateTimestampList number[]

---@class streamctl.aliyun.AddLiveSnapshotNotifyConfig
---@field DomainName string
---@field NotifyUrl string
---@field NotifyAuthKey? string
---@field RegionId? string
---@field NotifyReqAuth? "yes"|"no"

---@class streamctl.aliyun.UpdateLiveSnapshotNotifyConfig
---@field DomainName string
---@field NotifyAuthKey? string
---@field NotifyUrl? string
---@field RegionId? string
---@field NotifyReqAuth? "yes"|"no"

---@class streamctl.aliyun.DeleteLiveSnapshotNotifyConfig
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveSnapshotNotifyConfig
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.SetSnapshotCallbackAuth
---@field CallbackAuthKey string
---@field CallbackReqAuth string
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DeleteSnapshotCallbackAuth
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.QuerySnapshotCallbackAuth
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.AddLiveStreamTranscode
---@field App string
---@field Domain string
---@field Template string
---@field EncryptParameters? string
---@field RegionId? string
---@field Lazy? "yes"|"no"

---@class streamctl.aliyun.UpdateLiveStreamTranscode
---@field App string
---@field Domain string
---@field Template string
---@field EncryptParameters? string
---@field RegionId? string
---@field Lazy? "yes"|"no"

---@class streamctl.aliyun.DeleteLiveStreamTranscode
---@field App string
---@field Domain string
---@field Template string

---@class streamctl.aliyun.DescribeLiveStreamTranscodeInfo
---@field DomainTranscodeName string
---@field AppName? string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveStreamTranscodeStreamNum
---@field DomainName string
---@field RegionId? string
---@field SplitType? string

---@class streamctl.aliyun.DescribeLiveDomainTranscodeParams
---@field app? string required, as the vendor's comments have it
---@field pushdomain? string required, as the vendor's comments have it
---@field template_name? string

---@class streamctl.aliyun.AddCustomLiveStreamTranscode
---@field App string
---@field Domain string
---@field Template string
---@field TemplateType string
---@field AudioBitrate? number
---@field AudioChannelNum? number
---@field AudioCodec? string
---@field AudioProfile? string
---@field AudioRate? number
---@field BitrateWithSource? string
---@field DeInterlaced? boolean
---@field EncryptParameters? string
---@field ExtWithSource? string
---@field FPS? number
---@field FpsWithSource? string
---@field Gop? string
---@field Height? number
---@field KmsKeyExpireInterval? string
---@field KmsKeyID? string
---@field KmsUID? string
---@field Lazy? string
---@field Profile? number
---@field RegionId? string
---@field ResWithSource? string
---@field VideoBitrate? number
---@field Width? number

---@class streamctl.aliyun.UpdateCustomLiveStreamTranscode
---@field App string
---@field Domain string
---@field Template string
---@field TemplateType string
---@field AudioBitrate? number
---@field AudioChannelNum? number
---@field AudioCodec? string
---@field AudioProfile? string
---@field AudioRate? number
---@field BitrateWithSource? string
---@field DeInterlaced? boolean
---@field EncryptParameters? string
---@field ExtWithSource? string
---@field FPS? number
---@field FpsWithSource? string
---@field Gop? string
---@field Height? number
---@field Lazy? string
---@field Profile? number
---@field RegionId? string
---@field ResWithSource? string
---@field VideoBitrate? number
---@field Width? number

---@class streamctl.aliyun.AddRtsLiveStreamTranscode
---@field App string
---@field Domain string
---@field Template string
---@field TemplateType string
---@field AudioBitrate? number
---@field AudioChannelNum? number
---@field AudioCodec? string
---@field AudioProfile? string
---@field AudioRate? number
---@field DeleteBframes? boolean
---@field FPS? number
---@field Gop? string
---@field Height? number
---@field Lazy? string
---@field Opus? boolean
---@field Profile? number
---@field RegionId? string
---@field VideoBitrate? number
---@field Width? number

---@class streamctl.aliyun.UpdateRtsLiveStreamTranscode
---@field App string
---@field Domain string
---@field Template string
---@field TemplateType string
---@field AudioBitrate? number
---@field AudioChannelNum? number
---@field AudioCodec? string
---@field AudioProfile? string
---@field AudioRate? number
---@field DeleteBframes? boolean
---@field FPS? number
---@field Gop? string
---@field Height? number
---@field Lazy? string
---@field Opus? boolean
---@field Profile? number
---@field RegionId? string
---@field VideoBitrate? number
---@field Width? number

---@class streamctl.aliyun.CreateCustomTemplate
---@field CustomTemplate string
---@field Template string
---@field RegionId? string

---@class streamctl.aliyun.DeleteCustomTemplate
---@field Template string
---@field RegionId? string

---@class streamctl.aliyun.GetCustomTemplate
---@field Template string
---@field RegionId? string

---@class streamctl.aliyun.GetAllCustomTemplates
---@field RegionId? string
---@field UserId? string

---@class streamctl.aliyun.RestartTranscodeTask
---@field App? string
---@field PushDomain? string
---@field StreamName? string
---@field TranscodingTemplate? string

---@class streamctl.aliyun.GetTranscodeTaskStatus
---@field App? string
---@field PushDomain? string
---@field StreamName? string
---@field TranscodingTemplate? string

---@class streamctl.aliyun.AddTrancodeSEI
---@field AppName string
---@field Delay integer
---@field DomainName string
---@field Pattern string
---@field Repeat integer
---@field StreamName string
---@field Text string
---@field RegionId? string

---@class streamctl.aliyun.CreateEdgeTranscodeJob
---@field ClusterId string
---@field Name string
---@field StreamInput string
---@field StreamOutput string
---@field TemplateId string
---@field RegionId? string

---@class streamctl.aliyun.UpdateEdgeTranscodeJob
---@field ClusterId string
---@field JobId string
---@field Name? string
---@field RegionId? string
---@field StreamInput? string
---@field StreamOutput? string
---@field TemplateId? string

---@class streamctl.aliyun.StartEdgeTranscodeJob
---@field ClusterId string
---@field JobId string
---@field RegionId? string

---@class streamctl.aliyun.StopEdgeTranscodeJob
---@field ClusterId string
---@field JobId string
---@field RegionId? string

---@class streamctl.aliyun.DeleteEdgeTranscodeJob
---@field ClusterId string
---@field JobId string
---@field RegionId? string

---@class streamctl.aliyun.GetEdgeTranscodeJob
---@field ClusterId string
---@field JobId string
---@field RegionId? string

---@class streamctl.aliyun.ListEdgeTranscodeJob
---@field ClusterId string
---@field Keyword? string
---@field PageNo? number
---@field PageSize? number
---@field RegionId? string
---@field SortBy? string
---@field Status? number
---@field Type? string

---@class streamctl.aliyun.GetEdgeTranscodeTemplate
---@field ClusterId string
---@field TemplateId string
---@field RegionId? string

---@class streamctl.aliyun.ListEdgeTranscodeTemplate
---@field ClusterId string
---@field Keyword? string
---@field PageNo? number
---@field PageSize? number
---@field RegionId? string
---@field SortBy? string
---@field Type? string
---@field VideoCodec? string

---@class streamctl.aliyun.CreateMixStream
---@field DomainName string
---@field InputStreamList string
---@field LayoutId string
---@field OutputConfig string
---@field CallbackConfig? string
---@field RegionId? string

---@class streamctl.aliyun.CreateMixStream.answer : streamctl.aliyun.answer
---@field MixStreamId string

---@class streamctl.aliyun.UpdateMixStream
---@field DomainName string
---@field InputStreamList string
---@field MixStreamId string
---@field LayoutId? string
---@field RegionId? string

---@class streamctl.aliyun.DeleteMixStream
---@field DomainName string
---@field MixStreamId string
---@field AppName? string
---@field RegionId? string
---@field StreamName? string

---@class streamctl.aliyun.DescribeMixStreamList
---@field AppName? string
---@field DomainName? string
---@field EndTime? string|number UTC, or Unix seconds
---@field MixStreamId? string
---@field PageNo? integer
---@field PageSize? integer
---@field RegionId? string
---@field StartTime? string|number UTC, or Unix seconds
---@field StreamName? string

---@class streamctl.aliyun.AddLiveStreamWatermark
---@field Height number
---@field Name string
---@field OffsetCorner string
---@field PictureUrl string
---@field RefHeight number
---@field RefWidth number
---@field Transparency number
---@field Type number
---@field XOffset number
---@field YOffset number
---@field Description? string
---@field Domain? string
---@field RegionId? string

---@class streamctl.aliyun.UpdateLiveStreamWatermark
---@field TemplateId string
---@field Description? string
---@field Height? number
---@field Name? string
---@field OffsetCorner? string
---@field PictureUrl? string
---@field RefHeight? number
---@field RefWidth? number
---@field RegionId? string
---@field Transparency? number
---@field XOffset? number
---@field YOffset? number

---@class streamctl.aliyun.DeleteLiveStreamWatermark
---@field TemplateId string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveStreamWatermarks
---@field Domain? string
---@field KeyWord? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string

---@class streamctl.aliyun.AddLiveStreamWatermarkRule
---@field App string
---@field Domain string
---@field Name string
---@field Stream string
---@field TemplateId string
---@field Description? string
---@field RegionId? string

---@class streamctl.aliyun.UpdateLiveStreamWatermarkRule
---@field RuleId string
---@field Description? string
---@field Name? string
---@field RegionId? string
---@field TemplateId? string

---@class streamctl.aliyun.DeleteLiveStreamWatermarkRule
---@field Domain string
---@field App? string
---@field RegionId? string
---@field RuleId? string
---@field Stream? string

---@class streamctl.aliyun.DescribeLiveStreamWatermarkRules
---@field Domain? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string

---@class streamctl.aliyun.DynamicUpdateWaterMarkStreamRule
---@field App string
---@field Domain string
---@field Stream string
---@field TemplateId string
---@field RegionId? string

---@class streamctl.aliyun.AddLivePackageConfig
---@field AppName string
---@field DomainName string
---@field Protocol string
---@field StreamName string
---@field IgnoreTranscode? boolean
---@field PartDuration? number
---@field RegionId? string
---@field SegmentDuration? number
---@field SegmentNum? number

---@class streamctl.aliyun.UpdateLivePackageConfig
---@field AppName string
---@field DomainName string
---@field PartDuration? number required, as the vendor's comments have it
---@field Protocol string
---@field SegmentDuration number
---@field SegmentNum number
---@field StreamName string
---@field IgnoreTranscode? boolean
---@field RegionId? string

---@class streamctl.aliyun.DeleteLivePackageConfig
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLivePackageConfig
---@field DomainName string
---@field AppName? string
---@field Order? string
---@field PageNum? number
---@field PageSize? number
---@field RegionId? string
---@field StreamName? string

---@class streamctl.aliyun.AddLiveAudioAuditConfig
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field BizType? string
---@field OssBucket? string
---@field OssEndpoint? string
---@field OssObject? string
---@field RegionId? string

---@class streamctl.aliyun.UpdateLiveAudioAuditConfig
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field BizType? string
---@field OssBucket? string
---@field OssEndpoint? string
---@field OssObject? string
---@field RegionId? string

---@class streamctl.aliyun.DeleteLiveAudioAuditConfig
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveAudioAuditConfig
---@field DomainName string
---@field AppName? string
---@field RegionId? string
---@field StreamName? string

---@class streamctl.aliyun.AddLiveAudioAuditNotifyConfig
---@field DomainName string
---@field Callback? string
---@field CallbackTemplate? string
---@field RegionId? string

---@class streamctl.aliyun.UpdateLiveAudioAuditNotifyConfig
---@field DomainName string
---@field Callback? string
---@field CallbackTemplate? string
---@field RegionId? string

---@class streamctl.aliyun.DeleteLiveAudioAuditNotifyConfig
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveAudioAuditNotifyConfig
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.AddLiveDetectNotifyConfig
---@field DomainName string
---@field NotifyUrl string

---@class streamctl.aliyun.UpdateLiveDetectNotifyConfig
---@field DomainName string
---@field NotifyUrl string

---@class streamctl.aliyun.DeleteLiveDetectNotifyConfig
---@field DomainName string

---@class streamctl.aliyun.DescribeLiveDetectNotifyConfig
---@field DomainName string

---@class streamctl.aliyun.AddLiveSnapshotDetectPornConfig
---@field AppName string
---@field DomainName string
---@field OssBucket string
---@field OssEndpoint string
---@field Interval? number
---@field OssObject? string
---@field Scene? string[]|string

---@class streamctl.aliyun.UpdateLiveSnapshotDetectPornConfig
---@field AppName string
---@field DomainName string
---@field Interval? number
---@field OssBucket? string
---@field OssEndpoint? string
---@field OssObject? string
---@field Scene? string[]|string

---@class streamctl.aliyun.DeleteLiveSnapshotDetectPornConfig
---@field AppName string
---@field DomainName string

---@class streamctl.aliyun.DescribeLiveSnapshotDetectPornConfig
---@field DomainName string
---@field AppName? string
---@field Order? string
---@field PageNum? number
---@field PageSize? number

---@class streamctl.aliyun.DescribeLiveDetectPornData
---@field App? string
---@field DomainName? string
---@field EndTime? string
---@field Fee? string
---@field Region? string
---@field RegionId? string
---@field Scene? string
---@field SplitBy? string
---@field StartTime? string
---@field Stream? string

---@class streamctl.aliyun.AddLiveAISubtitle
---@field FontSizeNormalized number
---@field SrcLanguage string
---@field SubtitleName string
---@field WordPerLine number
---@field BgColor? string
---@field BgWidthNormalized? number
---@field BorderWidthNormalized? number
---@field CopyFrom? string
---@field Description? string
---@field DstLanguage? string
---@field FontColor? string
---@field FontName? string
---@field Height? string
---@field MaxLines? number
---@field RegionId? string
---@field ShowSourceLan? boolean
---@field Width? string
---@field PositionNormalized number[]

---@class streamctl.aliyun.UpdateLiveAISubtitle
---@field SubtitleId string
---@field BgColor? string
---@field BgWidthNormalized? number
---@field BorderWidthNormalized? number
---@field Description? string
---@field DstLanguage? string
---@field FontColor? string
---@field FontName? string
---@field FontSizeNormalized? number
---@field Height? string
---@field MaxLines? number
---@field RegionId? string
---@field ShowSourceLan? boolean
---@field SrcLanguage? string
---@field SubtitleName? string
---@field Width? string
---@field WordPerLine? number
---@field PositionNormalized? number[]

---@class streamctl.aliyun.DeleteLiveAISubtitle
---@field SubtitleId string
---@field RegionId? string
---@field SubtitleName? string

---@class streamctl.aliyun.DescribeLiveAISubtitle
---@field IsDefault? boolean
---@field PageNumber? string
---@field PageSize? string
---@field RegionId? string
---@field SubtitleId? string
---@field SubtitleName? string

---@class streamctl.aliyun.AddLiveAIProduceRules
---@field App string
---@field Domain string
---@field LiveTemplate string
---@field Description? string
---@field IsLazy? boolean
---@field RegionId? string
---@field StudioName? string
---@field SubtitleName? string
---@field Suffix? string

---@class streamctl.aliyun.UpdateLiveAIProduceRules
---@field App string
---@field Domain string
---@field Description? string
---@field IsLazy? boolean
---@field LiveTemplate? string
---@field RegionId? string
---@field RulesId? string
---@field StudioName? string
---@field SubtitleId? string
---@field SubtitleName? string
---@field Suffix? string

---@class streamctl.aliyun.DeleteLiveAIProduceRules
---@field App string
---@field Domain string
---@field SuffixName? string required, as the vendor's comments have it
---@field RegionId? string
---@field RulesId? string

---@class streamctl.aliyun.DescribeLiveAIProduceRules
---@field App? string
---@field Domain? string
---@field PageNumber? string
---@field PageSize? string
---@field RegionId? string
---@field RulesId? string
---@field SuffixName? string

---@class streamctl.aliyun.CreateLiveAIStudio.MattingLayout
---@field HeightNormalized? number
---@field PositionX? number
---@field PositionY? number

---@class streamctl.aliyun.CreateLiveAIStudio.MediaLayout
---@field HeightNormalized? number
---@field PositionX? number
---@field PositionY? number

---@class streamctl.aliyun.CreateLiveAIStudio
---@field MattingType string
---@field StudioName string
---@field BackgroundResourceId? string
---@field BackgroundResourceUrl? string
---@field BackgroundType? string
---@field Description? string
---@field Height? number
---@field MediaResourceId? string
---@field MediaResourceUrl? string
---@field MediaType? string
---@field RegionId? string
---@field Width? number
---@field MattingLayout streamctl.aliyun.CreateLiveAIStudio.MattingLayout
---@field MediaLayout? streamctl.aliyun.CreateLiveAIStudio.MediaLayout

---@class streamctl.aliyun.ModifyLiveAIStudio.MattingLayout
---@field HeightNormalized? number
---@field PositionX? number
---@field PositionY? number

---@class streamctl.aliyun.ModifyLiveAIStudio.MediaLayout
---@field HeightNormalized? number
---@field PositionX? number
---@field PositionY? number

---@class streamctl.aliyun.ModifyLiveAIStudio
---@field MattingType string
---@field StudioName string
---@field BackgroundResourceId? string
---@field BackgroundResourceUrl? string
---@field BackgroundType? string
---@field Description? string
---@field Height? number
---@field MediaResourceId? string
---@field MediaResourceUrl? string
---@field MediaType? string
---@field RegionId? string
---@field Width? number
---@field MattingLayout streamctl.aliyun.ModifyLiveAIStudio.MattingLayout
---@field MediaLayout? streamctl.aliyun.ModifyLiveAIStudio.MediaLayout

---@class streamctl.aliyun.DeleteLiveAIStudio
---@field StudioId string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveAIStudio
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StudioId? string
---@field StudioName? string

---@class streamctl.aliyun.AddLiveDomain.Tag
---@field Key? string
---@field Value? string

---@class streamctl.aliyun.AddLiveDomain
---@field DomainName string
---@field LiveDomainType string
---@field Region string
---@field CheckUrl? string
---@field ResourceGroupId? string
---@field Scope? string
---@field TopLevelDomain? string
---@field Tag? streamctl.aliyun.AddLiveDomain.Tag[]

---@class streamctl.aliyun.StartLiveDomain
---@field DomainName string

---@class streamctl.aliyun.StopLiveDomain
---@field DomainName string

---@class streamctl.aliyun.DeleteLiveDomain
---@field DomainName string

---@class streamctl.aliyun.DescribeLiveDomainDetail
---@field DomainName string

---@class streamctl.aliyun.DescribeLiveUserDomains.Tag
---@field Key? string
---@field Value? string

---@class streamctl.aliyun.DescribeLiveUserDomains
---@field DomainName? string
---@field DomainSearchType? string
---@field DomainStatus? string
---@field LiveDomainType? string
---@field PageNumber? integer
---@field PageSize? integer
---@field RegionName? string
---@field ResourceGroupId? string
---@field Tag? streamctl.aliyun.DescribeLiveUserDomains.Tag[]

---@class streamctl.aliyun.DescribeLiveDomainLimit
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeDomainWithIntegrity
---@field EndTime string
---@field Integrity number
---@field StartTime string
---@field RegionId? string

---@class streamctl.aliyun.AddLiveDomainMapping
---@field PullDomain string
---@field PushDomain string

---@class streamctl.aliyun.DeleteLiveDomainMapping
---@field PullDomain string
---@field PushDomain string

---@class streamctl.aliyun.DescribeLiveDomainMapping
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.AddLiveDomainPlayMapping
---@field PlayDomain string
---@field PullDomain string
---@field RegionId? string

---@class streamctl.aliyun.DeleteLiveDomainPlayMapping
---@field PlayDomain string
---@field PullDomain string
---@field RegionId? string

---@class streamctl.aliyun.BatchSetLiveDomainConfigs
---@field DomainNames string
---@field Functions string
---@field DryRun? boolean

---@class streamctl.aliyun.BatchDeleteLiveDomainConfigs
---@field DomainNames string
---@field FunctionNames string

---@class streamctl.aliyun.DescribeLiveDomainConfigs
---@field DomainName string
---@field FunctionNames string

---@class streamctl.aliyun.ModifyLiveDomainSchdmByProperty
---@field DomainName string
---@field Property string
---@field RegionId? string

---@class streamctl.aliyun.ChangeLiveDomainResourceGroup
---@field DomainName string
---@field NewResourceGroupId string
---@field RegionId? string

---@class streamctl.aliyun.VerifyLiveDomainOwner
---@field DomainName string
---@field VerifyType string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveVerifyContent
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveIpInfo
---@field IP string
---@field RegionId? string

---@class streamctl.aliyun.SetLiveDomainStagingConfig
---@field DomainName string
---@field Functions string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveDomainStagingConfig
---@field DomainName string
---@field FunctionNames string
---@field RegionId? string

---@class streamctl.aliyun.DeleteLiveSpecificStagingConfig
---@field ConfigId string
---@field DomainName string

---@class streamctl.aliyun.PublishLiveStagingConfigToProduction
---@field DomainName string
---@field FunctionName string
---@field RegionId? string

---@class streamctl.aliyun.RollbackLiveStagingConfig
---@field DomainName string
---@field FunctionName string
---@field RegionId? string

---@class streamctl.aliyun.SetLiveDomainCertificate
---@field DomainName string
---@field SSLPri? string required, as the vendor's comments have it
---@field SSLProtocol string
---@field SSLPub? string required, as the vendor's comments have it
---@field CertName? string
---@field CertType? string
---@field DryRun? boolean
---@field ForceSet? string

---@class streamctl.aliyun.DescribeLiveDomainCertificateInfo
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveCertificateDetail
---@field CertName string

---@class streamctl.aliyun.DescribeLiveCertificateList
---@field DomainName? string

---@class streamctl.aliyun.DescribeLiveDomainByCertificate
---@field SSLPub string
---@field RegionId? string
---@field SSLStatus? boolean

---@class streamctl.aliyun.DescribeLiveHttpsDomainList
---@field Keyword? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string

---@class streamctl.aliyun.TagLiveResources.Tag
---@field Key? string
---@field Value? string

---@class streamctl.aliyun.TagLiveResources
---@field ResourceId string[]|string
---@field ResourceType string
---@field RegionId? string
---@field Tag streamctl.aliyun.TagLiveResources.Tag[]

---@class streamctl.aliyun.UnTagLiveResources
---@field ResourceId string[]|string
---@field ResourceType string
---@field All? boolean
---@field RegionId? string
---@field TagKey? string[]|string

---@class streamctl.aliyun.ListLiveTagResources.Tag
---@field Key? string
---@field Value? string

---@class streamctl.aliyun.ListLiveTagResources
---@field ResourceType string
---@field NextToken? string
---@field RegionId? string
---@field ResourceId? string[]|string
---@field TagOwnerBid? string
---@field TagOwnerUid? string
---@field Tag? streamctl.aliyun.ListLiveTagResources.Tag[]

---@class streamctl.aliyun.DescribeLiveTagResources.Tag
---@field Key? string
---@field Value? string

---@class streamctl.aliyun.DescribeLiveTagResources
---@field ResourceId string[]|string
---@field ResourceType string
---@field RegionId? string
---@field Tag? streamctl.aliyun.DescribeLiveTagResources.Tag[]

---@class streamctl.aliyun.DescribeLiveUserTags
---@field RegionId? string

---@class streamctl.aliyun.CreateLivePrivateLine
---@field AccelerationArea string
---@field AccelerationType string
---@field AppName string
---@field DomainName string
---@field InstanceId? string required, as the vendor's comments have it
---@field MaxBandwidth? string required, as the vendor's comments have it
---@field Reuse string
---@field StreamName string
---@field VideoCenter string
---@field RegionId? string

---@class streamctl.aliyun.DeleteLivePrivateLine
---@field AccelerationType string
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLivePrivateLineAreas
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLivePrivateLineAvailGA
---@field DomainName string
---@field IsGaInstance string
---@field AccelerationArea? string
---@field AppName? string
---@field RegionId? string
---@field StreamName? string
---@field VideoCenter? string

---@class streamctl.aliyun.DescribeLiveDomainOnlineUserNum
---@field DomainName string
---@field QueryTime? string|number UTC, or Unix seconds
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveStreamHistoryUserNum
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string

---@class streamctl.aliyun.DescribeLiveDomainFrameRateAndBitRateData
---@field DomainName string
---@field QueryTime string|number UTC, or Unix seconds
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveStreamBitRateData
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field EndTime? string|number UTC, or Unix seconds
---@field StartTime? string|number UTC, or Unix seconds

---@class streamctl.aliyun.DescribeLiveStreamDetailFrameRateAndBitRateData
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field EndTime? string
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveDomainPublishErrorCode
---@field DomainName? string required, as the vendor's comments have it
---@field AppName? string
---@field EndTime? string|number UTC, or Unix seconds
---@field RegionId? string
---@field StartTime? string|number UTC, or Unix seconds

---@class streamctl.aliyun.DescribeLiveStreamAuthChecking
---@field DomainName string
---@field Url string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveStreamMetricDetailData
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field AppName? string
---@field DomainName? string
---@field NextPageToken? string
---@field Protocol? string
---@field RegionId? string
---@field StreamName? string

---@class streamctl.aliyun.DescribeLiveStreamPushMetricDetailData
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field AppName? string
---@field NextPageToken? string
---@field RegionId? string
---@field StreamName? string

---@class streamctl.aliyun.DescribeLiveUpVideoAudioInfo
---@field Stream string
---@field EndTime? string|number UTC, or Unix seconds
---@field RegionId? string
---@field StartTime? string|number UTC, or Unix seconds

---@class streamctl.aliyun.DescribeLiveCdnDiagnoseInfo
---@field app? string required, as the vendor's comments have it
---@field domain? string required, as the vendor's comments have it
---@field endTime? number required, as the vendor's comments have it
---@field phase? number required, as the vendor's comments have it
---@field startTime? number required, as the vendor's comments have it
---@field streamName? string required, as the vendor's comments have it
---@field streamSuffix? string required, as the vendor's comments have it
---@field intervalType? string
---@field requestType? string

---@class streamctl.aliyun.LiveUpstreamQosData
---@field EndTime? string required, as the vendor's comments have it
---@field StartTime? string required, as the vendor's comments have it
---@field Region? string
---@field RegionId? string
---@field CdnDomains? string[]|string
---@field CdnIsps? string[]|string
---@field CdnProvinces? string[]|string
---@field KwaiSidcs? string[]|string
---@field KwaiTsc? number[]
---@field UpstreamDomains? string[]|string

---@class streamctl.aliyun.DescribeLiveInteractionMetricData
---@field AppId string
---@field BeginTs number
---@field EndTs number
---@field MetricType string
---@field ChannelId? string
---@field Os? string
---@field TerminalType? string

---@class streamctl.aliyun.DescribeRTSNativeSDKFirstFrameCost
---@field EndTime? string required, as the vendor's comments have it
---@field StartTime? string required, as the vendor's comments have it
---@field DataInterval? string
---@field DomainNameList? string[]|string

---@class streamctl.aliyun.DescribeRTSNativeSDKFirstFrameDelay
---@field EndTime? string required, as the vendor's comments have it
---@field StartTime? string required, as the vendor's comments have it
---@field DataInterval? string
---@field DomainNameList? string[]|string

---@class streamctl.aliyun.DescribeRTSNativeSDKPlayFailStatus
---@field EndTime? string required, as the vendor's comments have it
---@field StartTime? string required, as the vendor's comments have it
---@field DataInterval? string
---@field DomainNameList? string[]|string

---@class streamctl.aliyun.DescribeRTSNativeSDKPlayTime
---@field EndTime? string required, as the vendor's comments have it
---@field StartTime? string required, as the vendor's comments have it
---@field DataInterval? string
---@field DomainNameList? string[]|string

---@class streamctl.aliyun.DescribeRTSNativeSDKVvData
---@field EndTime? string required, as the vendor's comments have it
---@field StartTime? string required, as the vendor's comments have it
---@field DataInterval? string
---@field DomainNameList? string[]|string

---@class streamctl.aliyun.DescribeToutiaoLivePlay
---@field App string
---@field Domain string
---@field EndTime string
---@field StartTime string
---@field Stream string
---@field RegionId? string

---@class streamctl.aliyun.DescribeToutiaoLivePublish
---@field App string
---@field Domain string
---@field EndTime string
---@field StartTime string
---@field Stream string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveDomainBpsData
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveDomainBpsDataByLayer
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field IspNameEn? string
---@field Layer? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveDomainTrafficData
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveDomainPushBpsData
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveDomainPushTrafficData
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveDomainRealTimeBpsData
---@field DomainName string
---@field EndTime? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveDomainRealTimeTrafficData
---@field DomainName string
---@field EndTime? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveDomainRealTimeHttpCodeData
---@field DomainName string
---@field EndTime? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeHlsLiveStreamRealTimeBpsData
---@field Time? string required, as the vendor's comments have it
---@field DomainName? string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveDomainPvUvData
---@field DomainName string
---@field EndTime? string
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveTopDomainsByFlow
---@field EndTime? string
---@field Limit? number
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveCenterStreamRateData
---@field AppName string
---@field DomainName string
---@field EndTime string
---@field StartTime string
---@field StreamName string

---@class streamctl.aliyun.DescribeLiveUserStreamMetricData
---@field EndTime string
---@field PageNumber number
---@field PageSize number
---@field StartTime string
---@field AppName? string
---@field DomainName? string
---@field Protocol? string
---@field StreamName? string

---@class streamctl.aliyun.DescribeLiveStreamTranscodeMetricData
---@field DomainName string
---@field EndTime string
---@field StartTime string
---@field AppName? string
---@field NextPageToken? string
---@field RegionId? string
---@field StreamName? string

---@class streamctl.aliyun.DescribeUpBpsPeakData
---@field EndTime string
---@field StartTime string
---@field DomainName? string
---@field DomainSwitch? string
---@field RegionId? string

---@class streamctl.aliyun.DescribeUpBpsPeakOfLine
---@field EndTime string
---@field Line string
---@field StartTime string
---@field DomainName? string
---@field DomainSwitch? string
---@field RegionId? string

---@class streamctl.aliyun.DescribeUpPeakPublishStreamData
---@field EndTime string
---@field StartTime string
---@field DomainName? string
---@field DomainSwitch? string
---@field RegionId? string

---@class streamctl.aliyun.DescribeDomainUsageData
---@field EndTime string
---@field Field string
---@field StartTime string
---@field Area? string
---@field DataProtocol? string
---@field DomainName? string
---@field Interval? string
---@field RegionId? string
---@field Type? string

---@class streamctl.aliyun.DescribeLiveDelayedStreamingUsage
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field Region? string
---@field RegionId? string
---@field SplitBy? string
---@field StartTime? string
---@field StreamName? string

---@class streamctl.aliyun.DescribeLiveDomainMonitoringUsageData
---@field DomainName? string
---@field EndTime? string
---@field InstanceId? string
---@field Interval? string
---@field Region? string
---@field RegionId? string
---@field SplitBy? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveDomainRecordUsageData
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field Region? string
---@field RegionId? string
---@field SplitBy? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveDomainSnapshotData
---@field EndTime string
---@field StartTime string
---@field DomainName? string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveDomainStreamTranscodeData
---@field EndTime string
---@field StartTime string
---@field DomainName? string
---@field Interval? string
---@field Precision? string
---@field RegionId? string
---@field Split? string

---@class streamctl.aliyun.DescribeLiveDomainTimeShiftData
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveDrmUsageData
---@field EndTime string
---@field StartTime string
---@field DomainName? string
---@field Interval? string
---@field RegionId? string
---@field SplitBy? string

---@class streamctl.aliyun.DescribeLiveGrtnDuration
---@field EndTime string
---@field StartTime string
---@field AppId? string
---@field Area? string
---@field Interval? string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveProducerUsageData
---@field DomainName? string
---@field EndTime? string
---@field Instance? string
---@field Interval? string
---@field Region? string
---@field RegionId? string
---@field SplitBy? string
---@field StartTime? string
---@field Type? string
---@field app? string

---@class streamctl.aliyun.DescribeLivePushProxyUsageData
---@field DomainName? string
---@field EndTime? string
---@field Region? string
---@field RegionId? string
---@field SplitBy? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveRtcRecordUsageData
---@field AppId string
---@field EndTime string
---@field RecordMode string
---@field StartTime string
---@field Interval? string

---@class streamctl.aliyun.DescribeLiveUserBillPrediction
---@field EndTime? string
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeMeterLiveBypassDuration
---@field AppId string
---@field EndTime string
---@field StartTime string
---@field Interval? string

---@class streamctl.aliyun.DescribeLiveDomainLog
---@field DomainName string
---@field EndTime? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveDomainLogExTtl
---@field DomainName? string required, as the vendor's comments have it
---@field EndTime? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveDomainEdgeLog
---@field DomainName? string required, as the vendor's comments have it
---@field EndTime? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveTrafficDomainLog
---@field DomainName? string required, as the vendor's comments have it
---@field EndTime? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveUserTrafficLog
---@field DomainName? string required, as the vendor's comments have it
---@field EndTime? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLivePushProxyLog
---@field DomainName string
---@field EndTime? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.CreateLiveRealTimeLogDelivery
---@field DomainName string
---@field Logstore string
---@field Project string
---@field Region string
---@field RegionId? string

---@class streamctl.aliyun.ModifyLiveRealtimeLogDelivery
---@field DomainName string
---@field Logstore string
---@field Project string
---@field Region string
---@field RegionId? string

---@class streamctl.aliyun.DeleteLiveRealtimeLogDelivery
---@field DomainName string
---@field Logstore string
---@field Project string
---@field Region string
---@field RegionId? string

---@class streamctl.aliyun.DeleteLiveRealTimeLogLogstore
---@field Logstore string
---@field Project string
---@field Region string
---@field RegionId? string

---@class streamctl.aliyun.EnableLiveRealtimeLogDelivery
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DisableLiveRealtimeLogDelivery
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveDomainRealtimeLogDelivery
---@field DomainName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveRealtimeDeliveryAcc
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field LogStore? string
---@field Project? string
---@field RegionId? string
---@field StartTime? string

---@class streamctl.aliyun.DescribeLiveRealtimeLogAuthorized
---@field LiveOpenapiReserve? string
---@field RegionId? string

---@class streamctl.aliyun.ListLiveRealtimeLogDelivery
---@field LiveOpenapiReserve? string
---@field RegionId? string

---@class streamctl.aliyun.ListLiveRealtimeLogDeliveryDomains
---@field Logstore string
---@field Project string
---@field Region string
---@field RegionId? string

---@class streamctl.aliyun.ListLiveRealtimeLogDeliveryInfos
---@field LiveOpenapiReserve? string
---@field RegionId? string

---@class streamctl.aliyun.DescribeChannelParticipants
---@field AppId string
---@field ChannelId string
---@field Order? string
---@field PageNum? integer
---@field PageSize? integer

---@class streamctl.aliyun.DescribeChannelUsers
---@field AppId string
---@field ChannelId string

---@class streamctl.aliyun.ListRTCLiveRooms
---@field AppId string
---@field PageNo? integer
---@field PageSize? integer

---@class streamctl.aliyun.RemoveTerminals
---@field AppId string
---@field ChannelId string
---@field TerminalIds string[]|string

---@class streamctl.aliyun.DeleteChannel
---@field AppId string
---@field ChannelId string

---@class streamctl.aliyun.CreateRTCWhipStreamAddress
---@field AppId string
---@field ChannelId string
---@field DisplayName string
---@field UserId string
---@field ClientToken? string
---@field ExpireTime? integer

---@class streamctl.aliyun.CreateRoomRealTimeStreamAddress
---@field AppId string
---@field ChannelId string
---@field DisplayName string
---@field UserId string
---@field ExpireTime? integer

---@class streamctl.aliyun.CreateEventSub
---@field AppId string
---@field CallbackUrl string
---@field Events string[]|string
---@field ChannelId? string
---@field Users? string[]|string

---@class streamctl.aliyun.CreateEventSub.answer : streamctl.aliyun.answer
---@field SubscribeId string

---@class streamctl.aliyun.UpdateEventSub
---@field AppId string
---@field CallbackUrl string
---@field Events string[]|string
---@field SubscribeId string
---@field ChannelId? string
---@field Users? string[]|string

---@class streamctl.aliyun.DeleteEventSub
---@field AppId string
---@field SubscribeId string

---@class streamctl.aliyun.ListEventSub
---@field AppId string

---@class streamctl.aliyun.ListEventSubEvent
---@field AppId string
---@field EndTime integer
---@field PageNo integer
---@field PageSize integer
---@field StartTime integer
---@field SubscribeId? string

---@class streamctl.aliyun.StartLiveMPUTask.MultiStreamURL
---@field IsAliCdn? boolean
---@field URL? string

---@class streamctl.aliyun.StartLiveMPUTask.SingleSubParams
---@field SourceType? string
---@field StreamType? string
---@field UserId? string

---@class streamctl.aliyun.StartLiveMPUTask.TranscodeParams.Background
---@field RenderMode? string
---@field URL? string

---@class streamctl.aliyun.StartLiveMPUTask.TranscodeParams.EncodeParams
---@field AudioBitrate? string
---@field AudioChannels? string
---@field AudioOnly? string
---@field AudioSampleRate? string
---@field EnhancedParam? string
---@field VideoBitrate? string
---@field VideoCodec? string
---@field VideoFramerate? string
---@field VideoGop? string
---@field VideoHeight? string
---@field VideoWidth? string

---@class streamctl.aliyun.StartLiveMPUTask.TranscodeParams.Layout.UserPanes.UserInfo
---@field ChannelId? string
---@field SourceType? string
---@field UserId? string

---@class streamctl.aliyun.StartLiveMPUTask.TranscodeParams.Layout.UserPanes
---@field BackgroundImageUrl? string
---@field Height? string
---@field RenderMode? string
---@field Width? string
---@field X? string
---@field Y? string
---@field ZOrder? string
---@field UserInfo? streamctl.aliyun.StartLiveMPUTask.TranscodeParams.Layout.UserPanes.UserInfo

---@class streamctl.aliyun.StartLiveMPUTask.TranscodeParams.Layout
---@field UserPanes? streamctl.aliyun.StartLiveMPUTask.TranscodeParams.Layout.UserPanes[]

---@class streamctl.aliyun.StartLiveMPUTask.TranscodeParams.UserInfos
---@field ChannelId? string
---@field SourceType? string
---@field StreamType? string
---@field UserId? string

---@class streamctl.aliyun.StartLiveMPUTask.TranscodeParams
---@field Background? streamctl.aliyun.StartLiveMPUTask.TranscodeParams.Background
---@field EncodeParams? streamctl.aliyun.StartLiveMPUTask.TranscodeParams.EncodeParams
---@field Layout? streamctl.aliyun.StartLiveMPUTask.TranscodeParams.Layout
---@field UserInfos? streamctl.aliyun.StartLiveMPUTask.TranscodeParams.UserInfos[]

---@class streamctl.aliyun.StartLiveMPUTask.SeiParams.LayoutVolume
---@field FollowIdr? string
---@field Interval? string

---@class streamctl.aliyun.StartLiveMPUTask.SeiParams.PassThrough
---@field FollowIdr? string
---@field Interval? string
---@field PayloadContent? string
---@field PayloadContentKey? string

---@class streamctl.aliyun.StartLiveMPUTask.SeiParams
---@field PayloadType? string
---@field LayoutVolume? streamctl.aliyun.StartLiveMPUTask.SeiParams.LayoutVolume
---@field PassThrough? streamctl.aliyun.StartLiveMPUTask.SeiParams.PassThrough

---@class streamctl.aliyun.StartLiveMPUTask
---@field AppId string
---@field ChannelId string
---@field MixMode string
---@field TaskId string
---@field MaxIdleTime? string
---@field Region? string
---@field StreamURL? string
---@field MultiStreamURL? streamctl.aliyun.StartLiveMPUTask.MultiStreamURL[]
---@field SingleSubParams? streamctl.aliyun.StartLiveMPUTask.SingleSubParams
---@field TranscodeParams? streamctl.aliyun.StartLiveMPUTask.TranscodeParams
---@field SeiParams? streamctl.aliyun.StartLiveMPUTask.SeiParams

---@class streamctl.aliyun.UpdateLiveMPUTask.MultiStreamURL
---@field IsAliCdn? boolean
---@field URL? string

---@class streamctl.aliyun.UpdateLiveMPUTask.SingleSubParams
---@field SourceType? string
---@field StreamType? string
---@field UserId? string

---@class streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams.Background
---@field RenderMode? string
---@field URL? string

---@class streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams.EncodeParams
---@field AudioBitrate? string
---@field AudioChannels? string
---@field AudioOnly? string
---@field AudioSampleRate? string
---@field EnhancedParam? string
---@field VideoBitrate? string
---@field VideoCodec? string
---@field VideoFramerate? string
---@field VideoGop? string
---@field VideoHeight? string
---@field VideoWidth? string

---@class streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams.Layout.UserPanes.UserInfo
---@field ChannelId? string
---@field SourceType? string
---@field UserId? string

---@class streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams.Layout.UserPanes
---@field BackgroundImageUrl? string
---@field Height? string
---@field RenderMode? string
---@field Width? string
---@field X? string
---@field Y? string
---@field ZOrder? string
---@field UserInfo? streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams.Layout.UserPanes.UserInfo

---@class streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams.Layout
---@field UserPanes? streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams.Layout.UserPanes[]

---@class streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams.UserInfos
---@field ChannelId? string
---@field SourceType? string
---@field StreamType? string
---@field UserId? string

---@class streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams
---@field Background? streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams.Background
---@field EncodeParams? streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams.EncodeParams
---@field Layout? streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams.Layout
---@field UserInfos? streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams.UserInfos[]

---@class streamctl.aliyun.UpdateLiveMPUTask.SeiParams.LayoutVolume
---@field FollowIdr? string
---@field Interval? string

---@class streamctl.aliyun.UpdateLiveMPUTask.SeiParams.PassThrough
---@field FollowIdr? string
---@field Interval? string
---@field PayloadContent? string
---@field PayloadContentKey? string

---@class streamctl.aliyun.UpdateLiveMPUTask.SeiParams
---@field LayoutVolume? streamctl.aliyun.UpdateLiveMPUTask.SeiParams.LayoutVolume
---@field PassThrough? streamctl.aliyun.UpdateLiveMPUTask.SeiParams.PassThrough

---@class streamctl.aliyun.UpdateLiveMPUTask
---@field AppId string
---@field ChannelId string
---@field TaskId string
---@field MixMode? string
---@field StreamURL? string
---@field MultiStreamURL? streamctl.aliyun.UpdateLiveMPUTask.MultiStreamURL[]
---@field SingleSubParams? streamctl.aliyun.UpdateLiveMPUTask.SingleSubParams
---@field TranscodeParams? streamctl.aliyun.UpdateLiveMPUTask.TranscodeParams
---@field SeiParams? streamctl.aliyun.UpdateLiveMPUTask.SeiParams

---@class streamctl.aliyun.StopLiveMPUTask
---@field AppId string
---@field TaskId string

---@class streamctl.aliyun.ListRtcMPUTaskDetail
---@field AppId string
---@field PageNo? integer
---@field PageSize? integer
---@field TaskId? string

---@class streamctl.aliyun.SetLiveMpuTaskSei
---@field AppId string
---@field CustomSei string
---@field TaskId string

---@class streamctl.aliyun.CreateRtcMPUEventSub
---@field AppId string
---@field CallbackUrl string
---@field ChannelIds? string

---@class streamctl.aliyun.UpdateRtcMPUEventSub
---@field AppId string
---@field CallbackUrl? string
---@field ChannelIds? string

---@class streamctl.aliyun.DeleteRtcMPUEventSub
---@field AppId string

---@class streamctl.aliyun.DescribeRtcMPUEventSub
---@field AppId string

---@class streamctl.aliyun.ListRtcMPUEventSubRecord
---@field AppId string
---@field EndTime string
---@field PageNo number
---@field PageSize number
---@field StartTime string
---@field SubId? string

---@class streamctl.aliyun.StartRtcCloudRecording.SubscribeParams.SubscribeUserIdList
---@field SourceType? number
---@field StreamType? number
---@field UserId? string

---@class streamctl.aliyun.StartRtcCloudRecording.SubscribeParams
---@field SubscribeUserIdList? streamctl.aliyun.StartRtcCloudRecording.SubscribeParams.SubscribeUserIdList[]

---@class streamctl.aliyun.StartRtcCloudRecording.MixLayoutParams.MixBackground
---@field RenderMode? number
---@field Url? string

---@class streamctl.aliyun.StartRtcCloudRecording.MixLayoutParams.UserPanes.SubBackground
---@field RenderMode? number
---@field Url? string

---@class streamctl.aliyun.StartRtcCloudRecording.MixLayoutParams.UserPanes
---@field Height? string
---@field SourceType? number
---@field UserId? string
---@field Width? string
---@field X? string
---@field Y? string
---@field ZOrder? number
---@field SubBackground? streamctl.aliyun.StartRtcCloudRecording.MixLayoutParams.UserPanes.SubBackground

---@class streamctl.aliyun.StartRtcCloudRecording.MixLayoutParams
---@field MixBackground? streamctl.aliyun.StartRtcCloudRecording.MixLayoutParams.MixBackground
---@field UserPanes? streamctl.aliyun.StartRtcCloudRecording.MixLayoutParams.UserPanes[]

---@class streamctl.aliyun.StartRtcCloudRecording.RecordParams
---@field MaxFileDuration? number
---@field RecordMode? number
---@field StreamType? number

---@class streamctl.aliyun.StartRtcCloudRecording.StorageParams.FileInfo
---@field FileNamePattern? string
---@field FilePathPrefix? string[]|string
---@field Format? string
---@field SliceDuration? number
---@field SliceNamePattern? string

---@class streamctl.aliyun.StartRtcCloudRecording.StorageParams.OSSParams
---@field OSSBucket? string
---@field OSSEndpoint? string

---@class streamctl.aliyun.StartRtcCloudRecording.StorageParams.VodParams
---@field AutoCompose? number
---@field ComposeVodTranscodeGroupId? string
---@field StorageLocation? string
---@field VodTranscodeGroupId? string

---@class streamctl.aliyun.StartRtcCloudRecording.StorageParams
---@field StorageType? number
---@field FileInfo? streamctl.aliyun.StartRtcCloudRecording.StorageParams.FileInfo[]
---@field OSSParams? streamctl.aliyun.StartRtcCloudRecording.StorageParams.OSSParams
---@field VodParams? streamctl.aliyun.StartRtcCloudRecording.StorageParams.VodParams

---@class streamctl.aliyun.StartRtcCloudRecording.MixTranscodeParams
---@field AudioBitrate? number
---@field AudioChannels? number
---@field AudioSampleRate? number
---@field FrameFillType? number
---@field VideoBitrate? number
---@field VideoCodec? string
---@field VideoFramerate? number
---@field VideoGop? number
---@field VideoHeight? number
---@field VideoWidth? number

---@class streamctl.aliyun.StartRtcCloudRecording
---@field AppId string
---@field ChannelId string
---@field MaxIdleTime? integer
---@field NotifyAuthKey? string
---@field NotifyFileUploadedFormat? string[]|string
---@field NotifyUrl? string
---@field SubscribeParams streamctl.aliyun.StartRtcCloudRecording.SubscribeParams
---@field MixLayoutParams? streamctl.aliyun.StartRtcCloudRecording.MixLayoutParams
---@field RecordParams streamctl.aliyun.StartRtcCloudRecording.RecordParams
---@field StorageParams streamctl.aliyun.StartRtcCloudRecording.StorageParams
---@field MixTranscodeParams? streamctl.aliyun.StartRtcCloudRecording.MixTranscodeParams

---@class streamctl.aliyun.StartRtcCloudRecording.answer : streamctl.aliyun.answer
---@field TaskId string

---@class streamctl.aliyun.UpdateRtcCloudRecording.SubscribeParams.SubscribeUserIdList
---@field SourceType? number
---@field StreamType? number
---@field UserId? string

---@class streamctl.aliyun.UpdateRtcCloudRecording.SubscribeParams
---@field SubscribeUserIdList? streamctl.aliyun.UpdateRtcCloudRecording.SubscribeParams.SubscribeUserIdList[]

---@class streamctl.aliyun.UpdateRtcCloudRecording.MixLayoutParams.MixBackground
---@field RenderMode? number
---@field Url? string

---@class streamctl.aliyun.UpdateRtcCloudRecording.MixLayoutParams.UserPanes.SubBackground
---@field RenderMode? number
---@field Url? string

---@class streamctl.aliyun.UpdateRtcCloudRecording.MixLayoutParams.UserPanes
---@field Height? string
---@field SourceType? number
---@field UserId? string
---@field Width? string
---@field X? string
---@field Y? string
---@field ZOrder? number
---@field SubBackground? streamctl.aliyun.UpdateRtcCloudRecording.MixLayoutParams.UserPanes.SubBackground

---@class streamctl.aliyun.UpdateRtcCloudRecording.MixLayoutParams
---@field MixBackground? streamctl.aliyun.UpdateRtcCloudRecording.MixLayoutParams.MixBackground
---@field UserPanes? streamctl.aliyun.UpdateRtcCloudRecording.MixLayoutParams.UserPanes[]

---@class streamctl.aliyun.UpdateRtcCloudRecording
---@field TaskId string
---@field SubscribeParams streamctl.aliyun.UpdateRtcCloudRecording.SubscribeParams
---@field MixLayoutParams? streamctl.aliyun.UpdateRtcCloudRecording.MixLayoutParams

---@class streamctl.aliyun.StopRtcCloudRecording
---@field TaskId string

---@class streamctl.aliyun.DescribeRtcCloudRecordingFiles
---@field TaskId string

---@class streamctl.aliyun.StartRtcCloudTranscode.InputParam.SingleSubUserParam
---@field SourceType? number
---@field StreamType? number
---@field UserId? string

---@class streamctl.aliyun.StartRtcCloudTranscode.InputParam
---@field SingleSubUserParam? streamctl.aliyun.StartRtcCloudTranscode.InputParam.SingleSubUserParam

---@class streamctl.aliyun.StartRtcCloudTranscode.OutputParams
---@field ChannelId? string
---@field TranscodeTemplate? string
---@field UserId? string
---@field UserToken? string

---@class streamctl.aliyun.StartRtcCloudTranscode
---@field AppId string
---@field ChannelId string
---@field MaxIdleTime? integer
---@field InputParam streamctl.aliyun.StartRtcCloudTranscode.InputParam
---@field OutputParams streamctl.aliyun.StartRtcCloudTranscode.OutputParams[]

---@class streamctl.aliyun.StartRtcCloudTranscode.answer : streamctl.aliyun.answer
---@field TaskId string

---@class streamctl.aliyun.StopRtcCloudTranscode
---@field AppId string
---@field TaskId string

---@class streamctl.aliyun.DescribeRtcCloudTranscode
---@field AppId string
---@field TaskId string

---@class streamctl.aliyun.CreateRtcAsrTask
---@field CallbackURL string
---@field ChannelID? string required, as the vendor's comments have it
---@field Language string
---@field Mode string
---@field RtcUserId? string required, as the vendor's comments have it
---@field SDKAppID? string required, as the vendor's comments have it
---@field StreamURL? string required, as the vendor's comments have it
---@field AuthKey? string
---@field AutoTerminateDelay? number
---@field AutoTerminateEnabled? boolean
---@field RegionId? string
---@field ReportInterval? number
---@field TargetLanguages? string
---@field TranslateEnabled? boolean

---@class streamctl.aliyun.StopRtcAsrTask
---@field TaskId string
---@field RegionId? string

---@class streamctl.aliyun.DeleteRtcAsrTask
---@field TaskId string
---@field RegionId? string

---@class streamctl.aliyun.QueryRtcAsrTasks
---@field RegionId? string
---@field TaskId? string

---@class streamctl.aliyun.CreateCaster.Tag
---@field Key? string
---@field Value? string

---@class streamctl.aliyun.CreateCaster
---@field ChargeType string
---@field ClientToken string
---@field NormType number
---@field CasterName? string
---@field CasterTemplate? string
---@field ExpireTime? string
---@field PurchaseTime? string
---@field RegionId? string
---@field ResourceGroupId? string
---@field Tag? streamctl.aliyun.CreateCaster.Tag[]

---@class streamctl.aliyun.CopyCaster
---@field CasterName string
---@field ClientToken string
---@field SrcCasterId string
---@field RegionId? string

---@class streamctl.aliyun.StartCaster
---@field CasterId string
---@field RegionId? string

---@class streamctl.aliyun.StopCaster
---@field CasterId string
---@field RegionId? string

---@class streamctl.aliyun.RestartCaster
---@field CasterId string
---@field RegionId? string

---@class streamctl.aliyun.DeleteCaster
---@field CasterId string
---@field RegionId? string

---@class streamctl.aliyun.DescribeCasters.Tag
---@field Key? string
---@field Value? string

---@class streamctl.aliyun.DescribeCasters
---@field CasterId? string
---@field CasterName? string
---@field ChargeType? integer
---@field EndTime? string|number UTC, or Unix seconds
---@field NormType? string
---@field OrderByModifyAsc? string
---@field PageNum? integer
---@field PageSize? integer
---@field RegionId? string
---@field ResourceGroupId? string
---@field StartTime? string|number UTC, or Unix seconds
---@field Status? integer
---@field Tag? streamctl.aliyun.DescribeCasters.Tag[]

---@class streamctl.aliyun.SetCasterConfig
---@field CasterId string
---@field AutoSwitchUrgentConfig? string
---@field AutoSwitchUrgentOn? boolean
---@field CallbackUrl? string
---@field CasterName? string
---@field ChannelEnable? number
---@field Delay? number
---@field DomainName? string
---@field ProgramEffect? number
---@field ProgramName? string
---@field RecordConfig? string
---@field RegionId? string
---@field SideOutputUrl? string
---@field SideOutputUrlList? string
---@field SyncGroupsConfig? string
---@field TranscodeConfig? string
---@field UrgentImageId? string
---@field UrgentImageUrl? string
---@field UrgentLiveStreamUrl? string
---@field UrgentMaterialId? string

---@class streamctl.aliyun.DescribeCasterConfig
---@field CasterId string
---@field RegionId? string

---@class streamctl.aliyun.UpdateCasterResourceGroup
---@field CasterId string
---@field NewResourceGroupId string
---@field RegionId? string

---@class streamctl.aliyun.SetCasterChannel
---@field CasterId string
---@field ChannelId string
---@field FaceBeauty? string
---@field PlayStatus? number
---@field RegionId? string
---@field ResourceId? string
---@field SeekOffset? number

---@class streamctl.aliyun.DescribeCasterChannels
---@field CasterId string
---@field RegionId? string

---@class streamctl.aliyun.DescribeCasterStreamUrl
---@field CasterId string
---@field RegionId? string

---@class streamctl.aliyun.EffectCasterUrgent
---@field CasterId string
---@field SceneId string
---@field RegionId? string

---@class streamctl.aliyun.EffectCasterVideoResource
---@field CasterId string
---@field ResourceId string
---@field SceneId string
---@field RegionId? string

---@class streamctl.aliyun.StartCasterScene
---@field CasterId string
---@field SceneId string
---@field RegionId? string

---@class streamctl.aliyun.StopCasterScene
---@field CasterId string
---@field SceneId string
---@field RegionId? string

---@class streamctl.aliyun.DescribeCasterScenes
---@field CasterId string
---@field RegionId? string
---@field SceneId? string

---@class streamctl.aliyun.SetCasterSceneConfig
---@field CasterId string
---@field SceneId string
---@field ComponentId? string[]|string
---@field LayoutId? string
---@field RegionId? string

---@class streamctl.aliyun.UpdateCasterSceneConfig
---@field CasterId string
---@field LayoutId string
---@field SceneId string
---@field ComponentId? string[]|string
---@field RegionId? string

---@class streamctl.aliyun.CopyCasterSceneConfig
---@field CasterId string
---@field FromSceneId string
---@field ToSceneId string
---@field RegionId? string

---@class streamctl.aliyun.DeleteCasterSceneConfig
---@field CasterId string
---@field SceneId string
---@field Type string
---@field RegionId? string

---@class streamctl.aliyun.UpdateCasterSceneAudio.AudioLayer
---@field Filter? string
---@field FixedDelayDuration? number
---@field ValidChannel? string
---@field VolumeRate? number

---@class streamctl.aliyun.UpdateCasterSceneAudio
---@field CasterId string
---@field SceneId string
---@field FollowEnable? number
---@field MixList? string[]|string
---@field RegionId? string
---@field AudioLayer? streamctl.aliyun.UpdateCasterSceneAudio.AudioLayer[]

---@class streamctl.aliyun.DescribeCasterSceneAudio
---@field CasterId string
---@field SceneId string
---@field RegionId? string

---@class streamctl.aliyun.AddCasterLayout.AudioLayer
---@field FixedDelayDuration? number
---@field ValidChannel? string
---@field VolumeRate? number

---@class streamctl.aliyun.AddCasterLayout.VideoLayer
---@field FillMode? string
---@field FixedDelayDuration? number
---@field HeightNormalized? number
---@field PositionRefer? string
---@field WidthNormalized? number
---@field PositionNormalized? number[]

---@class streamctl.aliyun.AddCasterLayout
---@field BlendList string[]|string
---@field CasterId string
---@field MixList string[]|string
---@field RegionId? string
---@field AudioLayer streamctl.aliyun.AddCasterLayout.AudioLayer[]
---@field VideoLayer streamctl.aliyun.AddCasterLayout.VideoLayer[]

---@class streamctl.aliyun.ModifyCasterLayout.AudioLayer
---@field FixedDelayDuration? number
---@field ValidChannel? string
---@field VolumeRate? number

---@class streamctl.aliyun.ModifyCasterLayout.VideoLayer
---@field FillMode? string
---@field FixedDelayDuration? number
---@field HeightNormalized? number
---@field PositionRefer? string
---@field WidthNormalized? number
---@field PositionNormalized? number[]

---@class streamctl.aliyun.ModifyCasterLayout
---@field BlendList string[]|string
---@field CasterId string
---@field LayoutId string
---@field MixList string[]|string
---@field RegionId? string
---@field AudioLayer streamctl.aliyun.ModifyCasterLayout.AudioLayer[]
---@field VideoLayer streamctl.aliyun.ModifyCasterLayout.VideoLayer[]

---@class streamctl.aliyun.DeleteCasterLayout
---@field CasterId string
---@field LayoutId string
---@field RegionId? string

---@class streamctl.aliyun.DescribeCasterLayouts
---@field CasterId string
---@field LayoutId? string
---@field RegionId? string

---@class streamctl.aliyun.AddStudioLayout
---@field BgImageConfig? string required, as the vendor's comments have it
---@field CasterId string
---@field CommonConfig? string required, as the vendor's comments have it
---@field LayoutName string
---@field LayoutType string
---@field ScreenInputConfigList? string required, as the vendor's comments have it
---@field LayerOrderConfigList? string
---@field MediaInputConfigList? string
---@field RegionId? string

---@class streamctl.aliyun.ModifyStudioLayout
---@field BgImageConfig? string required, as the vendor's comments have it
---@field CasterId string
---@field CommonConfig? string required, as the vendor's comments have it
---@field LayoutId string
---@field ScreenInputConfigList? string required, as the vendor's comments have it
---@field LayerOrderConfigList? string
---@field LayoutName? string
---@field MediaInputConfigList? string
---@field RegionId? string

---@class streamctl.aliyun.DeleteStudioLayout
---@field CasterId string
---@field LayoutId string
---@field RegionId? string

---@class streamctl.aliyun.DescribeStudioLayouts
---@field CasterId string
---@field LayoutId? string
---@field RegionId? string

---@class streamctl.aliyun.AddCasterComponent
---@field CaptionLayerContent? string required, as the vendor's comments have it
---@field CasterId string
---@field ComponentLayer string
---@field ComponentType string
---@field ImageLayerContent? string required, as the vendor's comments have it
---@field LocationId string
---@field TextLayerContent? string required, as the vendor's comments have it
---@field ComponentName? string
---@field Effect? string
---@field HtmlLayerContent? string
---@field LayerOrder? string
---@field RegionId? string

---@class streamctl.aliyun.ModifyCasterComponent
---@field CaptionLayerContent? string required, as the vendor's comments have it
---@field CasterId string
---@field ComponentId string
---@field ImageLayerContent? string required, as the vendor's comments have it
---@field TextLayerContent? string required, as the vendor's comments have it
---@field ComponentLayer? string
---@field ComponentName? string
---@field ComponentType? string
---@field Effect? string
---@field RegionId? string

---@class streamctl.aliyun.DeleteCasterComponent
---@field CasterId string
---@field ComponentId string
---@field RegionId? string

---@class streamctl.aliyun.DescribeCasterComponents
---@field CasterId string
---@field ComponentId? string
---@field RegionId? string

---@class streamctl.aliyun.AddCasterVideoResource
---@field CasterId string
---@field LiveStreamUrl? string required, as the vendor's comments have it
---@field LocationId? string required, as the vendor's comments have it
---@field ResourceName string
---@field BeginOffset? number
---@field EndOffset? number
---@field FixedDelayDuration? number
---@field ImageId? string
---@field ImageUrl? string
---@field MaterialId? string
---@field PtsCallbackInterval? number
---@field RegionId? string
---@field RepeatNum? number
---@field VodUrl? string

---@class streamctl.aliyun.ModifyCasterVideoResource
---@field CasterId string
---@field ImageId? string required, as the vendor's comments have it
---@field LiveStreamUrl? string required, as the vendor's comments have it
---@field ResourceId string
---@field BeginOffset? number
---@field EndOffset? number
---@field ImageUrl? string
---@field MaterialId? string
---@field PtsCallbackInterval? number
---@field RegionId? string
---@field RepeatNum? number
---@field ResourceName? string
---@field VodUrl? string

---@class streamctl.aliyun.DeleteCasterVideoResource
---@field CasterId string
---@field ResourceId string
---@field RegionId? string

---@class streamctl.aliyun.DescribeCasterVideoResources
---@field CasterId string
---@field RegionId? string

---@class streamctl.aliyun.AddCasterEpisode
---@field CasterId string
---@field ComponentId? string[]|string required, as the vendor's comments have it
---@field EndTime string
---@field EpisodeType string
---@field ResourceId? string required, as the vendor's comments have it
---@field StartTime string
---@field SwitchType string
---@field EpisodeName? string
---@field RegionId? string

---@class streamctl.aliyun.ModifyCasterEpisode
---@field CasterId string
---@field ComponentId? string[]|string required, as the vendor's comments have it
---@field EpisodeId string
---@field ResourceId? string required, as the vendor's comments have it
---@field EndTime? string
---@field EpisodeName? string
---@field RegionId? string
---@field StartTime? string
---@field SwitchType? string

---@class streamctl.aliyun.DeleteCasterEpisode
---@field CasterId string
---@field EpisodeId string
---@field RegionId? string

---@class streamctl.aliyun.AddCasterEpisodeGroup.Item
---@field ItemName? string
---@field VodUrl? string

---@class streamctl.aliyun.AddCasterEpisodeGroup
---@field CallbackUrl string
---@field ClientToken string
---@field DomainName string
---@field RepeatNum number
---@field SideOutputUrl string
---@field StartTime string
---@field RegionId? string
---@field Item streamctl.aliyun.AddCasterEpisodeGroup.Item[]

---@class streamctl.aliyun.AddCasterEpisodeGroupContent
---@field ClientToken string
---@field Content string
---@field RegionId? string

---@class streamctl.aliyun.DeleteCasterEpisodeGroup
---@field ProgramId string
---@field RegionId? string

---@class streamctl.aliyun.AddCasterProgram.Episode
---@field ComponentId? string[]|string
---@field EndTime? string
---@field EpisodeName? string
---@field EpisodeType? string
---@field ResourceId? string
---@field StartTime? string
---@field SwitchType? string

---@class streamctl.aliyun.AddCasterProgram
---@field CasterId string
---@field RegionId? string
---@field Episode streamctl.aliyun.AddCasterProgram.Episode[]

---@class streamctl.aliyun.ModifyCasterProgram.Episode
---@field ComponentId? string[]|string
---@field EndTime? string
---@field EpisodeId? string
---@field EpisodeName? string
---@field EpisodeType? string
---@field ResourceId? string
---@field StartTime? string
---@field SwitchType? string

---@class streamctl.aliyun.ModifyCasterProgram
---@field CasterId string
---@field RegionId? string
---@field Episode streamctl.aliyun.ModifyCasterProgram.Episode[]

---@class streamctl.aliyun.DeleteCasterProgram
---@field CasterId string
---@field RegionId? string

---@class streamctl.aliyun.DescribeCasterProgram
---@field CasterId string
---@field EndTime? string
---@field EpisodeId? string
---@field EpisodeType? string
---@field PageNum? number
---@field PageSize? number
---@field RegionId? string
---@field StartTime? string
---@field Status? number

---@class streamctl.aliyun.StartPlaylist
---@field ProgramId string
---@field Offset? integer
---@field RegionId? string
---@field ResumeMode? string
---@field StartItemId? string

---@class streamctl.aliyun.StopPlaylist
---@field ProgramId string
---@field RegionId? string

---@class streamctl.aliyun.EditPlaylist
---@field ProgramId string
---@field ProgramItems string
---@field ProgramConfig? string
---@field RegionId? string

---@class streamctl.aliyun.DeletePlaylist
---@field ProgramId string
---@field RegionId? string

---@class streamctl.aliyun.ListPlaylist
---@field Page? integer
---@field PageSize? integer
---@field ProgramId? string
---@field RegionId? string

---@class streamctl.aliyun.AddPlaylistItems
---@field CasterId string
---@field ProgramItems string
---@field ProgramConfig? string
---@field ProgramId? string
---@field RegionId? string

---@class streamctl.aliyun.DeletePlaylistItems
---@field ProgramId string
---@field ProgramItemIds string
---@field RegionId? string

---@class streamctl.aliyun.ListPlaylistItems
---@field ProgramId string
---@field ProgramItemIds? string
---@field RegionId? string

---@class streamctl.aliyun.AddShowIntoShowList.showList
---@field duration? number
---@field liveInputType? number
---@field repeatTimes? number
---@field resourceId? string
---@field resourceType? string
---@field resourceUrl? string
---@field showName? string

---@class streamctl.aliyun.AddShowIntoShowList
---@field CasterId string
---@field Duration? number required, as the vendor's comments have it
---@field LiveInputType? number
---@field RegionId? string
---@field RepeatTimes? number
---@field ResourceId? string
---@field ResourceType? string
---@field ResourceUrl? string
---@field ShowName? string
---@field Spot? number
---@field isBatchMode? boolean
---@field showList? streamctl.aliyun.AddShowIntoShowList.showList[]

---@class streamctl.aliyun.RemoveShowFromShowList
---@field CasterId string
---@field RegionId? string
---@field ShowId? string
---@field isBatchMode? boolean
---@field showIdList? string[]|string

---@class streamctl.aliyun.ModifyShowList
---@field CasterId string
---@field HighPriorityShowId? string
---@field HighPriorityShowStartTime? string
---@field RegionId? string
---@field RepeatTimes? number
---@field ShowId? string
---@field Spot? number

---@class streamctl.aliyun.EditShowAndReplace
---@field CasterId string
---@field ShowId string
---@field StorageInfo? string required, as the vendor's comments have it
---@field EndTime? number
---@field RegionId? string
---@field StartTime? number
---@field UserData? string

---@class streamctl.aliyun.PlayChoosenShow
---@field CasterId string
---@field ShowId string
---@field RegionId? string

---@class streamctl.aliyun.SetShowListBackground
---@field CasterId string
---@field MaterialId? string
---@field RegionId? string
---@field ResourceType? string
---@field ResourceUrl? string

---@class streamctl.aliyun.DescribeShowList
---@field CasterId string
---@field RegionId? string

---@class streamctl.aliyun.InitializeAutoShowListTask
---@field CasterConfig string
---@field DomainName string
---@field EndTime number
---@field ResourceIds? string required, as the vendor's comments have it
---@field StartTime number
---@field CallBackUrl? string
---@field RegionId? string

---@class streamctl.aliyun.DescribeAutoShowListTasks
---@field CasterId? string
---@field RegionId? string

---@class streamctl.aliyun.GetEditingJobInfo
---@field CasterId string
---@field RegionId? string
---@field ShowId? string

---@class streamctl.aliyun.CreateLiveMessageApp
---@field AuditUrl? string required, as the vendor's comments have it
---@field AppName? string
---@field AuditType? number
---@field DataCenter? string
---@field EventCallbackUrl? string
---@field MsgLifeCycle? number

---@class streamctl.aliyun.DescribeLiveMessageApp
---@field AppId string
---@field DataCenter? string

---@class streamctl.aliyun.ListLiveMessageApps
---@field SortType number
---@field DataCenter? string
---@field NextPageToken? number

---@class streamctl.aliyun.ModifyLiveMessageAppAudit
---@field AppId string
---@field AuditType? number
---@field AuditUrl? string
---@field DataCenter? string

---@class streamctl.aliyun.ModifyLiveMessageAppCallback
---@field AppId string
---@field DataCenter? string
---@field EventCallbackUrl? string

---@class streamctl.aliyun.ModifyLiveMessageAppDisable
---@field AppId string
---@field DataCenter? string
---@field Disable? boolean

---@class streamctl.aliyun.CreateLiveMessageGroup
---@field AppId string
---@field GroupId string
---@field CreatorId? string
---@field DataCenter? string
---@field GroupInfo? string
---@field GroupName? string
---@field Administrators? string[]|string

---@class streamctl.aliyun.ModifyLiveMessageGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string
---@field GroupInfo? string
---@field ModifyAdmin? boolean
---@field ModifyInfo? boolean
---@field AdminList? string[]|string

---@class streamctl.aliyun.DeleteLiveMessageGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string
---@field OperatorId? string

---@class streamctl.aliyun.RecoverLiveMessageDeletedGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string

---@class streamctl.aliyun.DescribeLiveMessageGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string

---@class streamctl.aliyun.ListLiveMessageGroups
---@field AppId string
---@field SortType number
---@field DataCenter? string
---@field GroupStatus? number
---@field NextPageToken? number

---@class streamctl.aliyun.ListLiveMessageGroupByPage
---@field AppId string
---@field SortType number
---@field DataCenter? string
---@field GroupStatus? number
---@field PageNumber? number
---@field PageSize? number

---@class streamctl.aliyun.ListLiveMessageGroupUsers
---@field AppId string
---@field GroupId string
---@field PageSize number
---@field SortType number
---@field DataCenter? string
---@field NextPageToken? number

---@class streamctl.aliyun.KickLiveMessageGroupUser
---@field AppId string
---@field GroupId string
---@field KickoffUser string
---@field DataCenter? string

---@class streamctl.aliyun.BanLiveMessageGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string
---@field ExceptUsers? string[]|string

---@class streamctl.aliyun.UnbanLiveMessageGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string

---@class streamctl.aliyun.AddLiveMessageGroupBand
---@field AppId string
---@field GroupId string
---@field DataCenter? string
---@field BannedUsers string[]|string

---@class streamctl.aliyun.ModifyLiveMessageGroupBand
---@field AppId string
---@field GroupId string
---@field BannedAll? boolean
---@field DataCenter? string
---@field ExceptUsers? string[]|string
---@field BannnedUsers? string[]|string

---@class streamctl.aliyun.RemoveLiveMessageGroupBand
---@field AppId string
---@field GroupId string
---@field DataCenter? string
---@field UnbannedUsers string[]|string

---@class streamctl.aliyun.DescribeLiveMessageGroupBand
---@field AppId string
---@field GroupId string
---@field DataCenter? string

---@class streamctl.aliyun.SendLiveMessageGroup
---@field AppId string
---@field GroupId string
---@field SenderId string
---@field Body? string
---@field DataCenter? string
---@field MsgTid? string
---@field MsgType? number
---@field NoCache? boolean
---@field NoStorage? boolean
---@field SenderMetaInfo? string
---@field StaticsIncrease? number
---@field Weight? number

---@class streamctl.aliyun.SendLiveMessageUser
---@field AppId string
---@field ReceiverId string
---@field SenderId string
---@field Body? string
---@field DataCenter? string
---@field HighReliability? boolean
---@field MsgTid? string
---@field MsgType? number
---@field SenderInfo? string
---@field Storage? boolean

---@class streamctl.aliyun.ListLiveMessageGroupMessages
---@field AppId string
---@field GroupId string
---@field PageSize number
---@field SortType number
---@field BeginTime? number
---@field DataCenter? string
---@field EndTime? number
---@field MsgType? number
---@field NextPageToken? number

---@class streamctl.aliyun.DeleteLiveMessageGroupMessage
---@field AppId string
---@field GroupId string
---@field MessageId string
---@field DataCenter? string
---@field DeleterId? string
---@field DeleterInfo? string

---@class streamctl.aliyun.DeleteLiveMessageUserMessage
---@field AppId string
---@field DeleterId? string required, as the vendor's comments have it
---@field MessageId string
---@field ReceiverId string
---@field DataCenter? string
---@field DeleterInfo? string

---@class streamctl.aliyun.ModifyLiveMessageUserInfo
---@field AppId string
---@field UserId string
---@field DataCenter? string
---@field UserMetaInfo? string

---@class streamctl.aliyun.CheckLiveMessageUsersInGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string
---@field UserIds string[]|string

---@class streamctl.aliyun.CheckLiveMessageUsersOnline
---@field AppId string
---@field DataCenter? string
---@field UserIds string[]|string

---@class streamctl.aliyun.CreateMessageApp
---@field AppName string
---@field AppConfig? table<string, any>
---@field Extension? table<string, any>

---@class streamctl.aliyun.UpdateMessageApp
---@field AppId string
---@field AppName? string
---@field AppConfig? table<string, any>
---@field Extension? table<string, any>

---@class streamctl.aliyun.DeleteMessageApp
---@field AppId string

---@class streamctl.aliyun.GetMessageApp
---@field AppId string

---@class streamctl.aliyun.ListMessageApp
---@field PageNum number
---@field PageSize number
---@field SortType? number

---@class streamctl.aliyun.QueryMessageApp
---@field AppId? string
---@field AppName? string
---@field PageNum? number
---@field PageSize? number
---@field SortType? number

---@class streamctl.aliyun.GetMessageToken
---@field AppId string
---@field DeviceId string
---@field DeviceType string
---@field UserId string

---@class streamctl.aliyun.CreateMessageGroup
---@field AppId string
---@field CreatorId string
---@field Extension? table<string, any>

---@class streamctl.aliyun.UpdateMessageGroup
---@field AppId string
---@field GroupId string
---@field Extension? table<string, any>

---@class streamctl.aliyun.GetMessageGroup
---@field AppId string
---@field GroupId string

---@class streamctl.aliyun.ListMessageGroup
---@field PageNum number
---@field PageSize number
---@field AppId? string
---@field SortType? number
---@field UserId? string

---@class streamctl.aliyun.JoinMessageGroup
---@field AppId string
---@field GroupId string
---@field UserId string
---@field BroadCastStatistics? boolean
---@field BroadCastType? number

---@class streamctl.aliyun.LeaveMessageGroup
---@field AppId string
---@field GroupId string
---@field UserId string
---@field BroadCastStatistics? boolean
---@field BroadCastType? number

---@class streamctl.aliyun.ListMessageGroupUser
---@field AppId string
---@field GroupId string
---@field PageNum? number
---@field PageSize? number
---@field SortType? number

---@class streamctl.aliyun.ListMessageGroupUserById
---@field AppId string
---@field GroupId string
---@field UserIdList string[]|string

---@class streamctl.aliyun.BatchGetOnlineUsers
---@field AppId string
---@field GroupId string
---@field UserIds string

---@class streamctl.aliyun.MuteGroupUser
---@field AppId string
---@field GroupId string
---@field OperatorUserId? string required, as the vendor's comments have it
---@field BroadCastType? number
---@field MuteTime? number
---@field MuteUserList string[]|string

---@class streamctl.aliyun.CancelMuteGroupUser
---@field AppId string
---@field GroupId string
---@field BroadCastType? number
---@field OperatorUserId? string
---@field CancelMuteUserList string[]|string

---@class streamctl.aliyun.MuteAllGroupUser
---@field AppId string
---@field GroupId string
---@field OperatorUserId string
---@field BroadCastType? number

---@class streamctl.aliyun.CancelMuteAllGroupUser
---@field AppId string
---@field GroupId string
---@field OperatorUserId? string required, as the vendor's comments have it
---@field BroadCastType? number

---@class streamctl.aliyun.ListMuteGroupUser
---@field AppId string
---@field GroupId string
---@field PageNum number
---@field PageSize number
---@field OperatorUserId? string

---@class streamctl.aliyun.SendMessageToGroup
---@field AppId string
---@field Data string
---@field GroupId string
---@field OperatorUserId string
---@field Type? number
---@field SkipAudit? boolean

---@class streamctl.aliyun.SendMessageToGroupUsers
---@field AppId string
---@field Data string
---@field GroupId string
---@field OperatorUserId string
---@field Type number
---@field SkipAudit? boolean
---@field ReceiverIdList? string[]|string

---@class streamctl.aliyun.SendLike
---@field AppId string
---@field Count string
---@field GroupId string
---@field BroadCastType? number
---@field OperatorUserId? string

---@class streamctl.aliyun.ListMessage
---@field AppId string
---@field GroupId string
---@field PageNum number
---@field PageSize number
---@field SortType? number
---@field Type? number

---@class streamctl.aliyun.client
---@field account string whose rate and jobs are shared, such as zego:1234567890:test
---@field endpoint string where calls go: the addresses of its hosts
---@field forbid_live_stream fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ForbidLiveStream, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ForbidLiveStream: 20 calls a second, harmless to repeat unless Oneshot is yes. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-forbidlivestream)
---@field resume_live_stream fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ResumeLiveStream, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ResumeLiveStream: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-resumelivestream)
---@field describe_live_streams_block_list fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamsBlockList, options?: streamctl.options.call): streamctl.aliyun.DescribeLiveStreamsBlockList.answer|nil, string, streamctl.errors.err DescribeLiveStreamsBlockList: 50 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamsblocklist)
---@field describe_live_streams_online_list fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamsOnlineList, options?: streamctl.options.call): streamctl.aliyun.DescribeLiveStreamsOnlineList.answer|nil, string, streamctl.errors.err DescribeLiveStreamsOnlineList: 166.7 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamsonlinelist)
---@field set_live_stream_block fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetLiveStreamBlock, options?: streamctl.options.call): streamctl.aliyun.SetLiveStreamBlock.answer|nil, string, streamctl.errors.err SetLiveStreamBlock: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivestreamblock)
---@field delete_live_stream_block fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveStreamBlock, options?: streamctl.options.call): streamctl.aliyun.DeleteLiveStreamBlock.answer|nil, string, streamctl.errors.err DeleteLiveStreamBlock: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreamblock)
---@field describe_stream_location_block fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeStreamLocationBlock, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeStreamLocationBlock: 50 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describestreamlocationblock)
---@field describe_live_stream_state fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamState, options?: streamctl.options.call): streamctl.aliyun.DescribeLiveStreamState.answer|nil, string, streamctl.errors.err DescribeLiveStreamState: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamstate)
---@field describe_live_streams_publish_list fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamsPublishList, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamsPublishList: 3 calls a second, harmless to repeat, pages by PageNumber. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamspublishlist)
---@field describe_live_streams_control_history fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamsControlHistory, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamsControlHistory: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamscontrolhistory)
---@field describe_live_stream_count fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamCount, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamCount: 1 call a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamcount)
---@field describe_live_streams_total_count fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamsTotalCount, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamsTotalCount: 1.667 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamstotalcount)
---@field describe_uid_online_streams fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeUidOnlineStreams, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeUidOnlineStreams: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeuidonlinestreams)
---@field create_live_pull_to_push fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateLivePullToPush, options?: streamctl.options.call): streamctl.aliyun.CreateLivePullToPush.answer|nil, string, streamctl.errors.err CreateLivePullToPush: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createlivepulltopush)
---@field update_live_pull_to_push fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLivePullToPush, options?: streamctl.options.call): streamctl.aliyun.UpdateLivePullToPush.answer|nil, string, streamctl.errors.err UpdateLivePullToPush: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivepulltopush)
---@field stop_live_pull_to_push fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StopLivePullToPush, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StopLivePullToPush: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoplivepulltopush)
---@field restart_live_pull_to_push fun(self: streamctl.aliyun.client, params: streamctl.aliyun.RestartLivePullToPush, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err RestartLivePullToPush: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-restartlivepulltopush)
---@field delete_live_pull_to_push fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLivePullToPush, options?: streamctl.options.call): streamctl.aliyun.DeleteLivePullToPush.answer|nil, string, streamctl.errors.err DeleteLivePullToPush: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivepulltopush)
---@field describe_live_pull_to_push fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLivePullToPush, options?: streamctl.options.call): streamctl.aliyun.DescribeLivePullToPush.answer|nil, string, streamctl.errors.err DescribeLivePullToPush: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepulltopush)
---@field describe_live_pull_to_push_list fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLivePullToPushList, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLivePullToPushList: 10 calls a second, harmless to repeat, pages by PageNumber. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepulltopushlist)
---@field migu_live_pull_to_push_start fun(self: streamctl.aliyun.client, params: streamctl.aliyun.MiguLivePullToPushStart, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err MiguLivePullToPushStart: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-migulivepulltopushstart)
---@field migu_live_pull_to_push_status fun(self: streamctl.aliyun.client, params: streamctl.aliyun.MiguLivePullToPushStatus, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err MiguLivePullToPushStatus: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-migulivepulltopushstatus)
---@field add_live_center_transfer fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveCenterTransfer, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveCenterTransfer: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivecentertransfer)
---@field update_live_center_transfer fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveCenterTransfer, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveCenterTransfer: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivecentertransfer)
---@field delete_live_center_transfer fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveCenterTransfer, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveCenterTransfer: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivecentertransfer)
---@field describe_live_center_transfer fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveCenterTransfer, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveCenterTransfer: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivecentertransfer)
---@field set_live_edge_transfer fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetLiveEdgeTransfer, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetLiveEdgeTransfer: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setliveedgetransfer)
---@field delete_live_edge_transfer fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveEdgeTransfer, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveEdgeTransfer: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveedgetransfer)
---@field describe_live_edge_transfer fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveEdgeTransfer, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveEdgeTransfer: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveedgetransfer)
---@field add_live_pull_stream_info_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLivePullStreamInfoConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLivePullStreamInfoConfig: 15 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivepullstreaminfoconfig)
---@field update_live_pull_stream_info_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLivePullStreamInfoConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLivePullStreamInfoConfig: 16.67 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivepullstreaminfoconfig)
---@field delete_live_pull_stream_info_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLivePullStreamInfoConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLivePullStreamInfoConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivepullstreaminfoconfig)
---@field describe_live_pull_stream_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLivePullStreamConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLivePullStreamConfig: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepullstreamconfig)
---@field set_live_lazy_pull_stream_info_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetLiveLazyPullStreamInfoConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetLiveLazyPullStreamInfoConfig: 1000 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivelazypullstreaminfoconfig)
---@field delete_live_lazy_pull_stream_info_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveLazyPullStreamInfoConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveLazyPullStreamInfoConfig: 16.67 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivelazypullstreaminfoconfig)
---@field describe_live_lazy_pull_stream_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveLazyPullStreamConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveLazyPullStreamConfig: 16.67 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivelazypullstreamconfig)
---@field add_live_stream_merge fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveStreamMerge, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveStreamMerge: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivestreammerge)
---@field delete_live_stream_merge fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveStreamMerge, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveStreamMerge: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreammerge)
---@field describe_live_stream_merge fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamMerge, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamMerge: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreammerge)
---@field set_live_domain_multi_stream_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetLiveDomainMultiStreamConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetLiveDomainMultiStreamConfig: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivedomainmultistreamconfig)
---@field describe_live_domain_multi_stream_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainMultiStreamConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainMultiStreamConfig: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainmultistreamconfig)
---@field set_live_domain_multi_stream_master fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetLiveDomainMultiStreamMaster, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetLiveDomainMultiStreamMaster: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivedomainmultistreammaster)
---@field set_live_domain_multi_stream_optimal_mode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetLiveDomainMultiStreamOptimalMode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetLiveDomainMultiStreamOptimalMode: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivedomainmultistreamoptimalmode)
---@field query_live_domain_multi_stream_list fun(self: streamctl.aliyun.client, params: streamctl.aliyun.QueryLiveDomainMultiStreamList, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err QueryLiveDomainMultiStreamList: no documented rate, harmless to repeat, pages by PageNumber. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-querylivedomainmultistreamlist)
---@field create_live_delay_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateLiveDelayConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateLiveDelayConfig: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createlivedelayconfig)
---@field update_live_delay_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveDelayConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveDelayConfig: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivedelayconfig)
---@field delete_live_delay_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveDelayConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveDelayConfig: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivedelayconfig)
---@field describe_live_delay_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDelayConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDelayConfig: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedelayconfig)
---@field list_live_delay_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListLiveDelayConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListLiveDelayConfig: 60 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivedelayconfig)
---@field set_live_stream_delay_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetLiveStreamDelayConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetLiveStreamDelayConfig: 1000 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivestreamdelayconfig)
---@field describe_live_stream_delay_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamDelayConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamDelayConfig: 1000 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamdelayconfig)
---@field open_live_shift fun(self: streamctl.aliyun.client, params: streamctl.aliyun.OpenLiveShift, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err OpenLiveShift: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-openliveshift)
---@field close_live_shift fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CloseLiveShift, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CloseLiveShift: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-closeliveshift)
---@field describe_live_shift_configs fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveShiftConfigs, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveShiftConfigs: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveshiftconfigs)
---@field set_live_stream_preload_tasks fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetLiveStreamPreloadTasks, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetLiveStreamPreloadTasks: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivestreampreloadtasks)
---@field describe_live_stream_preload_tasks fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamPreloadTasks, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamPreloadTasks: 10 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreampreloadtasks)
---@field hot_live_rtc_stream fun(self: streamctl.aliyun.client, params: streamctl.aliyun.HotLiveRtcStream, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err HotLiveRtcStream: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-hotlivertcstream)
---@field create_live_stream_monitor fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateLiveStreamMonitor, options?: streamctl.options.call): streamctl.aliyun.CreateLiveStreamMonitor.answer|nil, string, streamctl.errors.err CreateLiveStreamMonitor: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createlivestreammonitor)
---@field update_live_stream_monitor fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveStreamMonitor, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveStreamMonitor: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivestreammonitor)
---@field start_live_stream_monitor fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StartLiveStreamMonitor, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StartLiveStreamMonitor: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startlivestreammonitor)
---@field stop_live_stream_monitor fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StopLiveStreamMonitor, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StopLiveStreamMonitor: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoplivestreammonitor)
---@field delete_live_stream_monitor fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveStreamMonitor, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveStreamMonitor: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreammonitor)
---@field describe_live_stream_monitor_list fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamMonitorList, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamMonitorList: 15 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreammonitorlist)
---@field set_live_streams_notify_url_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetLiveStreamsNotifyUrlConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetLiveStreamsNotifyUrlConfig: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivestreamsnotifyurlconfig)
---@field delete_live_streams_notify_url_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveStreamsNotifyUrlConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveStreamsNotifyUrlConfig: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreamsnotifyurlconfig)
---@field describe_live_streams_notify_url_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamsNotifyUrlConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamsNotifyUrlConfig: 1000 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamsnotifyurlconfig)
---@field describe_live_streams_notify_records fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamsNotifyRecords, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamsNotifyRecords: 100 calls a second, harmless to repeat, pages by PageNumber. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamsnotifyrecords)
---@field real_time_record_command fun(self: streamctl.aliyun.client, params: streamctl.aliyun.RealTimeRecordCommand, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err RealTimeRecordCommand: 50 calls a second, harmless to repeat unless Command is restart. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-realtimerecordcommand)
---@field add_live_app_record_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveAppRecordConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveAppRecordConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliveapprecordconfig)
---@field update_live_app_record_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveAppRecordConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveAppRecordConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliveapprecordconfig)
---@field delete_live_app_record_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveAppRecordConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveAppRecordConfig: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveapprecordconfig)
---@field describe_live_record_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveRecordConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveRecordConfig: 100 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliverecordconfig)
---@field describe_live_stream_record_content fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamRecordContent, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamRecordContent: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamrecordcontent)
---@field create_live_stream_record_index_files fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateLiveStreamRecordIndexFiles, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateLiveStreamRecordIndexFiles: 45 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createlivestreamrecordindexfiles)
---@field delete_live_stream_record_index_files fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveStreamRecordIndexFiles, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveStreamRecordIndexFiles: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreamrecordindexfiles)
---@field describe_live_stream_record_index_file fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamRecordIndexFile, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamRecordIndexFile: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamrecordindexfile)
---@field describe_live_stream_record_index_files fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamRecordIndexFiles, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamRecordIndexFiles: 15 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamrecordindexfiles)
---@field add_live_record_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveRecordNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveRecordNotifyConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliverecordnotifyconfig)
---@field update_live_record_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveRecordNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveRecordNotifyConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliverecordnotifyconfig)
---@field delete_live_record_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveRecordNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveRecordNotifyConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliverecordnotifyconfig)
---@field describe_live_record_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveRecordNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveRecordNotifyConfig: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliverecordnotifyconfig)
---@field describe_live_record_notify_records fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveRecordNotifyRecords, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveRecordNotifyRecords: 100 calls a second, harmless to repeat, pages by PageNumber. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliverecordnotifyrecords)
---@field add_live_record_vod_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveRecordVodConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveRecordVodConfig: 16.67 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliverecordvodconfig)
---@field update_live_record_vod_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveRecordVodConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveRecordVodConfig: 16.67 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliverecordvodconfig)
---@field delete_live_record_vod_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveRecordVodConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveRecordVodConfig: 1000 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliverecordvodconfig)
---@field describe_live_record_vod_configs fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveRecordVodConfigs, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveRecordVodConfigs: 16.67 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliverecordvodconfigs)
---@field put_record_storage_life_cycle fun(self: streamctl.aliyun.client, params: streamctl.aliyun.PutRecordStorageLifeCycle, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err PutRecordStorageLifeCycle: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-putrecordstoragelifecycle)
---@field add_live_app_snapshot_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveAppSnapshotConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveAppSnapshotConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliveappsnapshotconfig)
---@field update_live_app_snapshot_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveAppSnapshotConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveAppSnapshotConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliveappsnapshotconfig)
---@field delete_live_app_snapshot_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveAppSnapshotConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveAppSnapshotConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveappsnapshotconfig)
---@field describe_live_snapshot_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveSnapshotConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveSnapshotConfig: 100 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivesnapshotconfig)
---@field describe_live_stream_snapshot_info fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamSnapshotInfo, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamSnapshotInfo: 100 calls a second, harmless to repeat, pages by StartTime. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamsnapshotinfo)
---@field delete_snapshot_files fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteSnapshotFiles, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteSnapshotFiles: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletesnapshotfiles)
---@field add_live_snapshot_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveSnapshotNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveSnapshotNotifyConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivesnapshotnotifyconfig)
---@field update_live_snapshot_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveSnapshotNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveSnapshotNotifyConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivesnapshotnotifyconfig)
---@field delete_live_snapshot_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveSnapshotNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveSnapshotNotifyConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivesnapshotnotifyconfig)
---@field describe_live_snapshot_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveSnapshotNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveSnapshotNotifyConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivesnapshotnotifyconfig)
---@field set_snapshot_callback_auth fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetSnapshotCallbackAuth, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetSnapshotCallbackAuth: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setsnapshotcallbackauth)
---@field delete_snapshot_callback_auth fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteSnapshotCallbackAuth, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteSnapshotCallbackAuth: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletesnapshotcallbackauth)
---@field query_snapshot_callback_auth fun(self: streamctl.aliyun.client, params: streamctl.aliyun.QuerySnapshotCallbackAuth, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err QuerySnapshotCallbackAuth: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-querysnapshotcallbackauth)
---@field add_live_stream_transcode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveStreamTranscode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveStreamTranscode: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivestreamtranscode)
---@field update_live_stream_transcode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveStreamTranscode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveStreamTranscode: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivestreamtranscode)
---@field delete_live_stream_transcode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveStreamTranscode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveStreamTranscode: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreamtranscode)
---@field describe_live_stream_transcode_info fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamTranscodeInfo, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamTranscodeInfo: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamtranscodeinfo)
---@field describe_live_stream_transcode_stream_num fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamTranscodeStreamNum, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamTranscodeStreamNum: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamtranscodestreamnum)
---@field describe_live_domain_transcode_params fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainTranscodeParams, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainTranscodeParams: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomaintranscodeparams)
---@field add_custom_live_stream_transcode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddCustomLiveStreamTranscode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddCustomLiveStreamTranscode: 6000 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcustomlivestreamtranscode)
---@field update_custom_live_stream_transcode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateCustomLiveStreamTranscode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateCustomLiveStreamTranscode: 6000 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatecustomlivestreamtranscode)
---@field add_rts_live_stream_transcode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddRtsLiveStreamTranscode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddRtsLiveStreamTranscode: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addrtslivestreamtranscode)
---@field update_rts_live_stream_transcode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateRtsLiveStreamTranscode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateRtsLiveStreamTranscode: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatertslivestreamtranscode)
---@field create_custom_template fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateCustomTemplate, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateCustomTemplate: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createcustomtemplate)
---@field delete_custom_template fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteCustomTemplate, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteCustomTemplate: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecustomtemplate)
---@field get_custom_template fun(self: streamctl.aliyun.client, params: streamctl.aliyun.GetCustomTemplate, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err GetCustomTemplate: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getcustomtemplate)
---@field get_all_custom_templates fun(self: streamctl.aliyun.client, params: streamctl.aliyun.GetAllCustomTemplates, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err GetAllCustomTemplates: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getallcustomtemplates)
---@field restart_transcode_task fun(self: streamctl.aliyun.client, params: streamctl.aliyun.RestartTranscodeTask, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err RestartTranscodeTask: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-restarttranscodetask)
---@field get_transcode_task_status fun(self: streamctl.aliyun.client, params: streamctl.aliyun.GetTranscodeTaskStatus, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err GetTranscodeTaskStatus: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-gettranscodetaskstatus)
---@field add_trancode_sei fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddTrancodeSEI, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddTrancodeSEI: 6000 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addtrancodesei)
---@field create_edge_transcode_job fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateEdgeTranscodeJob, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateEdgeTranscodeJob: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createedgetranscodejob)
---@field update_edge_transcode_job fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateEdgeTranscodeJob, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateEdgeTranscodeJob: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateedgetranscodejob)
---@field start_edge_transcode_job fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StartEdgeTranscodeJob, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StartEdgeTranscodeJob: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startedgetranscodejob)
---@field stop_edge_transcode_job fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StopEdgeTranscodeJob, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StopEdgeTranscodeJob: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stopedgetranscodejob)
---@field delete_edge_transcode_job fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteEdgeTranscodeJob, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteEdgeTranscodeJob: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteedgetranscodejob)
---@field get_edge_transcode_job fun(self: streamctl.aliyun.client, params: streamctl.aliyun.GetEdgeTranscodeJob, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err GetEdgeTranscodeJob: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getedgetranscodejob)
---@field list_edge_transcode_job fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListEdgeTranscodeJob, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListEdgeTranscodeJob: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listedgetranscodejob)
---@field get_edge_transcode_template fun(self: streamctl.aliyun.client, params: streamctl.aliyun.GetEdgeTranscodeTemplate, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err GetEdgeTranscodeTemplate: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getedgetranscodetemplate)
---@field list_edge_transcode_template fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListEdgeTranscodeTemplate, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListEdgeTranscodeTemplate: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listedgetranscodetemplate)
---@field create_mix_stream fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateMixStream, options?: streamctl.options.call): streamctl.aliyun.CreateMixStream.answer|nil, string, streamctl.errors.err CreateMixStream: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createmixstream)
---@field update_mix_stream fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateMixStream, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateMixStream: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatemixstream)
---@field delete_mix_stream fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteMixStream, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteMixStream: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletemixstream)
---@field describe_mix_stream_list fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeMixStreamList, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeMixStreamList: 5 calls a second, harmless to repeat, pages by PageNo. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describemixstreamlist)
---@field add_live_stream_watermark fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveStreamWatermark, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveStreamWatermark: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivestreamwatermark)
---@field update_live_stream_watermark fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveStreamWatermark, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveStreamWatermark: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivestreamwatermark)
---@field delete_live_stream_watermark fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveStreamWatermark, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveStreamWatermark: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreamwatermark)
---@field describe_live_stream_watermarks fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamWatermarks, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamWatermarks: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamwatermarks)
---@field add_live_stream_watermark_rule fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveStreamWatermarkRule, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveStreamWatermarkRule: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivestreamwatermarkrule)
---@field update_live_stream_watermark_rule fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveStreamWatermarkRule, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveStreamWatermarkRule: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivestreamwatermarkrule)
---@field delete_live_stream_watermark_rule fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveStreamWatermarkRule, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveStreamWatermarkRule: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreamwatermarkrule)
---@field describe_live_stream_watermark_rules fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamWatermarkRules, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamWatermarkRules: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamwatermarkrules)
---@field dynamic_update_water_mark_stream_rule fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DynamicUpdateWaterMarkStreamRule, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DynamicUpdateWaterMarkStreamRule: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-dynamicupdatewatermarkstreamrule)
---@field add_live_package_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLivePackageConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLivePackageConfig: 5 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivepackageconfig)
---@field update_live_package_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLivePackageConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLivePackageConfig: 300 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivepackageconfig)
---@field delete_live_package_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLivePackageConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLivePackageConfig: 300 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivepackageconfig)
---@field describe_live_package_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLivePackageConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLivePackageConfig: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepackageconfig)
---@field add_live_audio_audit_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveAudioAuditConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveAudioAuditConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliveaudioauditconfig)
---@field update_live_audio_audit_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveAudioAuditConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveAudioAuditConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliveaudioauditconfig)
---@field delete_live_audio_audit_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveAudioAuditConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveAudioAuditConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveaudioauditconfig)
---@field describe_live_audio_audit_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveAudioAuditConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveAudioAuditConfig: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveaudioauditconfig)
---@field add_live_audio_audit_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveAudioAuditNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveAudioAuditNotifyConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliveaudioauditnotifyconfig)
---@field update_live_audio_audit_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveAudioAuditNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveAudioAuditNotifyConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliveaudioauditnotifyconfig)
---@field delete_live_audio_audit_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveAudioAuditNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveAudioAuditNotifyConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveaudioauditnotifyconfig)
---@field describe_live_audio_audit_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveAudioAuditNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveAudioAuditNotifyConfig: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveaudioauditnotifyconfig)
---@field add_live_detect_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveDetectNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveDetectNotifyConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivedetectnotifyconfig)
---@field update_live_detect_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveDetectNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveDetectNotifyConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivedetectnotifyconfig)
---@field delete_live_detect_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveDetectNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveDetectNotifyConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivedetectnotifyconfig)
---@field describe_live_detect_notify_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDetectNotifyConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDetectNotifyConfig: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedetectnotifyconfig)
---@field add_live_snapshot_detect_porn_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveSnapshotDetectPornConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveSnapshotDetectPornConfig: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivesnapshotdetectpornconfig)
---@field update_live_snapshot_detect_porn_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveSnapshotDetectPornConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveSnapshotDetectPornConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivesnapshotdetectpornconfig)
---@field delete_live_snapshot_detect_porn_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveSnapshotDetectPornConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveSnapshotDetectPornConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivesnapshotdetectpornconfig)
---@field describe_live_snapshot_detect_porn_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveSnapshotDetectPornConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveSnapshotDetectPornConfig: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivesnapshotdetectpornconfig)
---@field describe_live_detect_porn_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDetectPornData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDetectPornData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedetectporndata)
---@field add_live_ai_subtitle fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveAISubtitle, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveAISubtitle: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliveaisubtitle)
---@field update_live_ai_subtitle fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveAISubtitle, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveAISubtitle: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliveaisubtitle)
---@field delete_live_ai_subtitle fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveAISubtitle, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveAISubtitle: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveaisubtitle)
---@field describe_live_ai_subtitle fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveAISubtitle, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveAISubtitle: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveaisubtitle)
---@field add_live_ai_produce_rules fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveAIProduceRules, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveAIProduceRules: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliveaiproducerules)
---@field update_live_ai_produce_rules fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveAIProduceRules, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveAIProduceRules: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliveaiproducerules)
---@field delete_live_ai_produce_rules fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveAIProduceRules, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveAIProduceRules: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveaiproducerules)
---@field describe_live_ai_produce_rules fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveAIProduceRules, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveAIProduceRules: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveaiproducerules)
---@field create_live_ai_studio fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateLiveAIStudio, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateLiveAIStudio: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createliveaistudio)
---@field modify_live_ai_studio fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyLiveAIStudio, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyLiveAIStudio: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifyliveaistudio)
---@field delete_live_ai_studio fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveAIStudio, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveAIStudio: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveaistudio)
---@field describe_live_ai_studio fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveAIStudio, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveAIStudio: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveaistudio)
---@field add_live_domain fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveDomain, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveDomain: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivedomain)
---@field start_live_domain fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StartLiveDomain, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StartLiveDomain: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startlivedomain)
---@field stop_live_domain fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StopLiveDomain, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StopLiveDomain: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoplivedomain)
---@field delete_live_domain fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveDomain, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveDomain: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivedomain)
---@field describe_live_domain_detail fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainDetail, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainDetail: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomaindetail)
---@field describe_live_user_domains fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveUserDomains, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveUserDomains: 100 calls a second, harmless to repeat, pages by PageNumber. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveuserdomains)
---@field describe_live_domain_limit fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainLimit, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainLimit: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainlimit)
---@field describe_domain_with_integrity fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeDomainWithIntegrity, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeDomainWithIntegrity: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describedomainwithintegrity)
---@field add_live_domain_mapping fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveDomainMapping, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveDomainMapping: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivedomainmapping)
---@field delete_live_domain_mapping fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveDomainMapping, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveDomainMapping: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivedomainmapping)
---@field describe_live_domain_mapping fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainMapping, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainMapping: 8.333 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainmapping)
---@field add_live_domain_play_mapping fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveDomainPlayMapping, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveDomainPlayMapping: 16.67 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivedomainplaymapping)
---@field delete_live_domain_play_mapping fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveDomainPlayMapping, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveDomainPlayMapping: 16.67 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivedomainplaymapping)
---@field batch_set_live_domain_configs fun(self: streamctl.aliyun.client, params: streamctl.aliyun.BatchSetLiveDomainConfigs, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err BatchSetLiveDomainConfigs: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-batchsetlivedomainconfigs)
---@field batch_delete_live_domain_configs fun(self: streamctl.aliyun.client, params: streamctl.aliyun.BatchDeleteLiveDomainConfigs, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err BatchDeleteLiveDomainConfigs: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-batchdeletelivedomainconfigs)
---@field describe_live_domain_configs fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainConfigs, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainConfigs: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainconfigs)
---@field modify_live_domain_schdm_by_property fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyLiveDomainSchdmByProperty, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyLiveDomainSchdmByProperty: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivedomainschdmbyproperty)
---@field change_live_domain_resource_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ChangeLiveDomainResourceGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ChangeLiveDomainResourceGroup: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-changelivedomainresourcegroup)
---@field verify_live_domain_owner fun(self: streamctl.aliyun.client, params: streamctl.aliyun.VerifyLiveDomainOwner, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err VerifyLiveDomainOwner: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-verifylivedomainowner)
---@field describe_live_verify_content fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveVerifyContent, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveVerifyContent: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveverifycontent)
---@field describe_live_ip_info fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveIpInfo, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveIpInfo: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveipinfo)
---@field set_live_domain_staging_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetLiveDomainStagingConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetLiveDomainStagingConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivedomainstagingconfig)
---@field describe_live_domain_staging_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainStagingConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainStagingConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainstagingconfig)
---@field delete_live_specific_staging_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveSpecificStagingConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveSpecificStagingConfig: 20 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivespecificstagingconfig)
---@field publish_live_staging_config_to_production fun(self: streamctl.aliyun.client, params: streamctl.aliyun.PublishLiveStagingConfigToProduction, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err PublishLiveStagingConfigToProduction: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-publishlivestagingconfigtoproduction)
---@field rollback_live_staging_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.RollbackLiveStagingConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err RollbackLiveStagingConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-rollbacklivestagingconfig)
---@field set_live_domain_certificate fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetLiveDomainCertificate, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetLiveDomainCertificate: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivedomaincertificate)
---@field describe_live_domain_certificate_info fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainCertificateInfo, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainCertificateInfo: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomaincertificateinfo)
---@field describe_live_certificate_detail fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveCertificateDetail, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveCertificateDetail: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivecertificatedetail)
---@field describe_live_certificate_list fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveCertificateList, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveCertificateList: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivecertificatelist)
---@field describe_live_domain_by_certificate fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainByCertificate, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainByCertificate: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainbycertificate)
---@field describe_live_https_domain_list fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveHttpsDomainList, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveHttpsDomainList: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivehttpsdomainlist)
---@field tag_live_resources fun(self: streamctl.aliyun.client, params: streamctl.aliyun.TagLiveResources, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err TagLiveResources: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-tagliveresources)
---@field un_tag_live_resources fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UnTagLiveResources, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UnTagLiveResources: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-untagliveresources)
---@field list_live_tag_resources fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListLiveTagResources, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListLiveTagResources: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivetagresources)
---@field describe_live_tag_resources fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveTagResources, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveTagResources: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivetagresources)
---@field describe_live_user_tags fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveUserTags, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveUserTags: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveusertags)
---@field create_live_private_line fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateLivePrivateLine, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateLivePrivateLine: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createliveprivateline)
---@field delete_live_private_line fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLivePrivateLine, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLivePrivateLine: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveprivateline)
---@field describe_live_private_line_areas fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLivePrivateLineAreas, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLivePrivateLineAreas: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveprivatelineareas)
---@field describe_live_private_line_avail_ga fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLivePrivateLineAvailGA, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLivePrivateLineAvailGA: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveprivatelineavailga)
---@field describe_live_domain_online_user_num fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainOnlineUserNum, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainOnlineUserNum: 3.333 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainonlineusernum)
---@field describe_live_stream_history_user_num fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamHistoryUserNum, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamHistoryUserNum: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamhistoryusernum)
---@field describe_live_domain_frame_rate_and_bit_rate_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainFrameRateAndBitRateData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainFrameRateAndBitRateData: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainframerateandbitratedata)
---@field describe_live_stream_bit_rate_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamBitRateData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamBitRateData: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreambitratedata)
---@field describe_live_stream_detail_frame_rate_and_bit_rate_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamDetailFrameRateAndBitRateData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamDetailFrameRateAndBitRateData: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamdetailframerateandbitratedata)
---@field describe_live_domain_publish_error_code fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainPublishErrorCode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainPublishErrorCode: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainpublisherrorcode)
---@field describe_live_stream_auth_checking fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamAuthChecking, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamAuthChecking: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamauthchecking)
---@field describe_live_stream_metric_detail_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamMetricDetailData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamMetricDetailData: 10 calls a second, harmless to repeat, pages by NextPageToken. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreammetricdetaildata)
---@field describe_live_stream_push_metric_detail_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamPushMetricDetailData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamPushMetricDetailData: 10 calls a second, harmless to repeat, pages by NextPageToken. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreampushmetricdetaildata)
---@field describe_live_up_video_audio_info fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveUpVideoAudioInfo, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveUpVideoAudioInfo: 0.1667 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveupvideoaudioinfo)
---@field describe_live_cdn_diagnose_info fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveCdnDiagnoseInfo, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveCdnDiagnoseInfo: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivecdndiagnoseinfo)
---@field live_upstream_qos_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.LiveUpstreamQosData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err LiveUpstreamQosData: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-liveupstreamqosdata)
---@field describe_live_interaction_metric_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveInteractionMetricData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveInteractionMetricData: 24 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveinteractionmetricdata)
---@field describe_rts_native_sdk_first_frame_cost fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeRTSNativeSDKFirstFrameCost, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeRTSNativeSDKFirstFrameCost: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertsnativesdkfirstframecost)
---@field describe_rts_native_sdk_first_frame_delay fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeRTSNativeSDKFirstFrameDelay, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeRTSNativeSDKFirstFrameDelay: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertsnativesdkfirstframedelay)
---@field describe_rts_native_sdk_play_fail_status fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeRTSNativeSDKPlayFailStatus, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeRTSNativeSDKPlayFailStatus: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertsnativesdkplayfailstatus)
---@field describe_rts_native_sdk_play_time fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeRTSNativeSDKPlayTime, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeRTSNativeSDKPlayTime: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertsnativesdkplaytime)
---@field describe_rts_native_sdk_vv_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeRTSNativeSDKVvData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeRTSNativeSDKVvData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertsnativesdkvvdata)
---@field describe_toutiao_live_play fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeToutiaoLivePlay, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeToutiaoLivePlay: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describetoutiaoliveplay)
---@field describe_toutiao_live_publish fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeToutiaoLivePublish, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeToutiaoLivePublish: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describetoutiaolivepublish)
---@field describe_live_domain_bps_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainBpsData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainBpsData: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainbpsdata)
---@field describe_live_domain_bps_data_by_layer fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainBpsDataByLayer, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainBpsDataByLayer: 20 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainbpsdatabylayer)
---@field describe_live_domain_traffic_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainTrafficData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainTrafficData: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomaintrafficdata)
---@field describe_live_domain_push_bps_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainPushBpsData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainPushBpsData: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainpushbpsdata)
---@field describe_live_domain_push_traffic_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainPushTrafficData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainPushTrafficData: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainpushtrafficdata)
---@field describe_live_domain_real_time_bps_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainRealTimeBpsData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainRealTimeBpsData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainrealtimebpsdata)
---@field describe_live_domain_real_time_traffic_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainRealTimeTrafficData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainRealTimeTrafficData: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainrealtimetrafficdata)
---@field describe_live_domain_real_time_http_code_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainRealTimeHttpCodeData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainRealTimeHttpCodeData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainrealtimehttpcodedata)
---@field describe_hls_live_stream_real_time_bps_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeHlsLiveStreamRealTimeBpsData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeHlsLiveStreamRealTimeBpsData: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describehlslivestreamrealtimebpsdata)
---@field describe_live_domain_pv_uv_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainPvUvData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainPvUvData: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainpvuvdata)
---@field describe_live_top_domains_by_flow fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveTopDomainsByFlow, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveTopDomainsByFlow: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivetopdomainsbyflow)
---@field describe_live_center_stream_rate_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveCenterStreamRateData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveCenterStreamRateData: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivecenterstreamratedata)
---@field describe_live_user_stream_metric_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveUserStreamMetricData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveUserStreamMetricData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveuserstreammetricdata)
---@field describe_live_stream_transcode_metric_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveStreamTranscodeMetricData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveStreamTranscodeMetricData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamtranscodemetricdata)
---@field describe_up_bps_peak_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeUpBpsPeakData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeUpBpsPeakData: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeupbpspeakdata)
---@field describe_up_bps_peak_of_line fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeUpBpsPeakOfLine, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeUpBpsPeakOfLine: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeupbpspeakofline)
---@field describe_up_peak_publish_stream_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeUpPeakPublishStreamData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeUpPeakPublishStreamData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeuppeakpublishstreamdata)
---@field describe_domain_usage_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeDomainUsageData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeDomainUsageData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describedomainusagedata)
---@field describe_live_delayed_streaming_usage fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDelayedStreamingUsage, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDelayedStreamingUsage: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedelayedstreamingusage)
---@field describe_live_domain_monitoring_usage_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainMonitoringUsageData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainMonitoringUsageData: 20 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainmonitoringusagedata)
---@field describe_live_domain_record_usage_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainRecordUsageData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainRecordUsageData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainrecordusagedata)
---@field describe_live_domain_snapshot_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainSnapshotData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainSnapshotData: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainsnapshotdata)
---@field describe_live_domain_stream_transcode_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainStreamTranscodeData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainStreamTranscodeData: 20 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainstreamtranscodedata)
---@field describe_live_domain_time_shift_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainTimeShiftData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainTimeShiftData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomaintimeshiftdata)
---@field describe_live_drm_usage_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDrmUsageData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDrmUsageData: 20 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedrmusagedata)
---@field describe_live_grtn_duration fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveGrtnDuration, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveGrtnDuration: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivegrtnduration)
---@field describe_live_producer_usage_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveProducerUsageData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveProducerUsageData: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveproducerusagedata)
---@field describe_live_push_proxy_usage_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLivePushProxyUsageData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLivePushProxyUsageData: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepushproxyusagedata)
---@field describe_live_rtc_record_usage_data fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveRtcRecordUsageData, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveRtcRecordUsageData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivertcrecordusagedata)
---@field describe_live_user_bill_prediction fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveUserBillPrediction, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveUserBillPrediction: 1 call a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveuserbillprediction)
---@field describe_meter_live_bypass_duration fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeMeterLiveBypassDuration, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeMeterLiveBypassDuration: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describemeterlivebypassduration)
---@field describe_live_domain_log fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainLog, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainLog: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainlog)
---@field describe_live_domain_log_ex_ttl fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainLogExTtl, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainLogExTtl: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainlogexttl)
---@field describe_live_domain_edge_log fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainEdgeLog, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainEdgeLog: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainedgelog)
---@field describe_live_traffic_domain_log fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveTrafficDomainLog, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveTrafficDomainLog: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivetrafficdomainlog)
---@field describe_live_user_traffic_log fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveUserTrafficLog, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveUserTrafficLog: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveusertrafficlog)
---@field describe_live_push_proxy_log fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLivePushProxyLog, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLivePushProxyLog: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepushproxylog)
---@field create_live_real_time_log_delivery fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateLiveRealTimeLogDelivery, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateLiveRealTimeLogDelivery: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createliverealtimelogdelivery)
---@field modify_live_realtime_log_delivery fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyLiveRealtimeLogDelivery, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyLiveRealtimeLogDelivery: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifyliverealtimelogdelivery)
---@field delete_live_realtime_log_delivery fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveRealtimeLogDelivery, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveRealtimeLogDelivery: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliverealtimelogdelivery)
---@field delete_live_real_time_log_logstore fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveRealTimeLogLogstore, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveRealTimeLogLogstore: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliverealtimeloglogstore)
---@field enable_live_realtime_log_delivery fun(self: streamctl.aliyun.client, params: streamctl.aliyun.EnableLiveRealtimeLogDelivery, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err EnableLiveRealtimeLogDelivery: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-enableliverealtimelogdelivery)
---@field disable_live_realtime_log_delivery fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DisableLiveRealtimeLogDelivery, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DisableLiveRealtimeLogDelivery: 6000 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-disableliverealtimelogdelivery)
---@field describe_live_domain_realtime_log_delivery fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveDomainRealtimeLogDelivery, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveDomainRealtimeLogDelivery: 6000 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainrealtimelogdelivery)
---@field describe_live_realtime_delivery_acc fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveRealtimeDeliveryAcc, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveRealtimeDeliveryAcc: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliverealtimedeliveryacc)
---@field describe_live_realtime_log_authorized fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveRealtimeLogAuthorized, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveRealtimeLogAuthorized: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliverealtimelogauthorized)
---@field list_live_realtime_log_delivery fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListLiveRealtimeLogDelivery, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListLiveRealtimeLogDelivery: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listliverealtimelogdelivery)
---@field list_live_realtime_log_delivery_domains fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListLiveRealtimeLogDeliveryDomains, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListLiveRealtimeLogDeliveryDomains: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listliverealtimelogdeliverydomains)
---@field list_live_realtime_log_delivery_infos fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListLiveRealtimeLogDeliveryInfos, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListLiveRealtimeLogDeliveryInfos: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listliverealtimelogdeliveryinfos)
---@field describe_channel_participants fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeChannelParticipants, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeChannelParticipants: 100 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describechannelparticipants)
---@field describe_channel_users fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeChannelUsers, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeChannelUsers: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describechannelusers)
---@field list_rtc_live_rooms fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListRTCLiveRooms, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListRTCLiveRooms: no documented rate, harmless to repeat, pages by PageNo. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listrtcliverooms)
---@field remove_terminals fun(self: streamctl.aliyun.client, params: streamctl.aliyun.RemoveTerminals, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err RemoveTerminals: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-removeterminals)
---@field delete_channel fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteChannel, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteChannel: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletechannel)
---@field create_rtc_whip_stream_address fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateRTCWhipStreamAddress, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateRTCWhipStreamAddress: 40 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-creatertcwhipstreamaddress)
---@field create_room_real_time_stream_address fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateRoomRealTimeStreamAddress, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateRoomRealTimeStreamAddress: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createroomrealtimestreamaddress)
---@field create_event_sub fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateEventSub, options?: streamctl.options.call): streamctl.aliyun.CreateEventSub.answer|nil, string, streamctl.errors.err CreateEventSub: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createeventsub)
---@field update_event_sub fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateEventSub, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateEventSub: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateeventsub)
---@field delete_event_sub fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteEventSub, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteEventSub: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteeventsub)
---@field list_event_sub fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListEventSub, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListEventSub: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listeventsub)
---@field list_event_sub_event fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListEventSubEvent, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListEventSubEvent: 50 calls a second, harmless to repeat, pages by PageNo. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listeventsubevent)
---@field start_live_mpu_task fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StartLiveMPUTask, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StartLiveMPUTask: 500 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startlivemputask)
---@field update_live_mpu_task fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateLiveMPUTask, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateLiveMPUTask: 500 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivemputask)
---@field stop_live_mpu_task fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StopLiveMPUTask, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StopLiveMPUTask: 500 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoplivemputask)
---@field list_rtc_mpu_task_detail fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListRtcMPUTaskDetail, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListRtcMPUTaskDetail: 50 calls a second, harmless to repeat, pages by PageNo. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listrtcmputaskdetail)
---@field set_live_mpu_task_sei fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetLiveMpuTaskSei, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetLiveMpuTaskSei: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivemputasksei)
---@field create_rtc_mpu_event_sub fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateRtcMPUEventSub, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateRtcMPUEventSub: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-creatertcmpueventsub)
---@field update_rtc_mpu_event_sub fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateRtcMPUEventSub, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateRtcMPUEventSub: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatertcmpueventsub)
---@field delete_rtc_mpu_event_sub fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteRtcMPUEventSub, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteRtcMPUEventSub: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletertcmpueventsub)
---@field describe_rtc_mpu_event_sub fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeRtcMPUEventSub, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeRtcMPUEventSub: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertcmpueventsub)
---@field list_rtc_mpu_event_sub_record fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListRtcMPUEventSubRecord, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListRtcMPUEventSubRecord: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listrtcmpueventsubrecord)
---@field start_rtc_cloud_recording fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StartRtcCloudRecording, options?: streamctl.options.call): streamctl.aliyun.StartRtcCloudRecording.answer|nil, string, streamctl.errors.err StartRtcCloudRecording: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startrtccloudrecording)
---@field update_rtc_cloud_recording fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateRtcCloudRecording, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateRtcCloudRecording: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatertccloudrecording)
---@field stop_rtc_cloud_recording fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StopRtcCloudRecording, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StopRtcCloudRecording: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoprtccloudrecording)
---@field describe_rtc_cloud_recording_files fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeRtcCloudRecordingFiles, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeRtcCloudRecordingFiles: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertccloudrecordingfiles)
---@field start_rtc_cloud_transcode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StartRtcCloudTranscode, options?: streamctl.options.call): streamctl.aliyun.StartRtcCloudTranscode.answer|nil, string, streamctl.errors.err StartRtcCloudTranscode: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startrtccloudtranscode)
---@field stop_rtc_cloud_transcode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StopRtcCloudTranscode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StopRtcCloudTranscode: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoprtccloudtranscode)
---@field describe_rtc_cloud_transcode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeRtcCloudTranscode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeRtcCloudTranscode: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertccloudtranscode)
---@field create_rtc_asr_task fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateRtcAsrTask, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateRtcAsrTask: 20 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-creatertcasrtask)
---@field stop_rtc_asr_task fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StopRtcAsrTask, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StopRtcAsrTask: 20 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoprtcasrtask)
---@field delete_rtc_asr_task fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteRtcAsrTask, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteRtcAsrTask: 20 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletertcasrtask)
---@field query_rtc_asr_tasks fun(self: streamctl.aliyun.client, params: streamctl.aliyun.QueryRtcAsrTasks, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err QueryRtcAsrTasks: 20 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-queryrtcasrtasks)
---@field create_caster fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateCaster, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateCaster: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createcaster)
---@field copy_caster fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CopyCaster, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CopyCaster: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-copycaster)
---@field start_caster fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StartCaster, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StartCaster: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startcaster)
---@field stop_caster fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StopCaster, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StopCaster: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stopcaster)
---@field restart_caster fun(self: streamctl.aliyun.client, params: streamctl.aliyun.RestartCaster, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err RestartCaster: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-restartcaster)
---@field delete_caster fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteCaster, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteCaster: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecaster)
---@field describe_casters fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeCasters, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeCasters: 15 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasters)
---@field set_caster_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetCasterConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetCasterConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setcasterconfig)
---@field describe_caster_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeCasterConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeCasterConfig: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasterconfig)
---@field update_caster_resource_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateCasterResourceGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateCasterResourceGroup: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatecasterresourcegroup)
---@field set_caster_channel fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetCasterChannel, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetCasterChannel: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setcasterchannel)
---@field describe_caster_channels fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeCasterChannels, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeCasterChannels: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasterchannels)
---@field describe_caster_stream_url fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeCasterStreamUrl, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeCasterStreamUrl: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasterstreamurl)
---@field effect_caster_urgent fun(self: streamctl.aliyun.client, params: streamctl.aliyun.EffectCasterUrgent, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err EffectCasterUrgent: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-effectcasterurgent)
---@field effect_caster_video_resource fun(self: streamctl.aliyun.client, params: streamctl.aliyun.EffectCasterVideoResource, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err EffectCasterVideoResource: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-effectcastervideoresource)
---@field start_caster_scene fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StartCasterScene, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StartCasterScene: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startcasterscene)
---@field stop_caster_scene fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StopCasterScene, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StopCasterScene: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stopcasterscene)
---@field describe_caster_scenes fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeCasterScenes, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeCasterScenes: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasterscenes)
---@field set_caster_scene_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetCasterSceneConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetCasterSceneConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setcastersceneconfig)
---@field update_caster_scene_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateCasterSceneConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateCasterSceneConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatecastersceneconfig)
---@field copy_caster_scene_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CopyCasterSceneConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CopyCasterSceneConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-copycastersceneconfig)
---@field delete_caster_scene_config fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteCasterSceneConfig, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteCasterSceneConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecastersceneconfig)
---@field update_caster_scene_audio fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateCasterSceneAudio, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateCasterSceneAudio: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatecastersceneaudio)
---@field describe_caster_scene_audio fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeCasterSceneAudio, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeCasterSceneAudio: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecastersceneaudio)
---@field add_caster_layout fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddCasterLayout, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddCasterLayout: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcasterlayout)
---@field modify_caster_layout fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyCasterLayout, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyCasterLayout: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifycasterlayout)
---@field delete_caster_layout fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteCasterLayout, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteCasterLayout: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecasterlayout)
---@field describe_caster_layouts fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeCasterLayouts, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeCasterLayouts: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasterlayouts)
---@field add_studio_layout fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddStudioLayout, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddStudioLayout: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addstudiolayout)
---@field modify_studio_layout fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyStudioLayout, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyStudioLayout: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifystudiolayout)
---@field delete_studio_layout fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteStudioLayout, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteStudioLayout: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletestudiolayout)
---@field describe_studio_layouts fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeStudioLayouts, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeStudioLayouts: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describestudiolayouts)
---@field add_caster_component fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddCasterComponent, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddCasterComponent: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcastercomponent)
---@field modify_caster_component fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyCasterComponent, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyCasterComponent: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifycastercomponent)
---@field delete_caster_component fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteCasterComponent, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteCasterComponent: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecastercomponent)
---@field describe_caster_components fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeCasterComponents, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeCasterComponents: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecastercomponents)
---@field add_caster_video_resource fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddCasterVideoResource, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddCasterVideoResource: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcastervideoresource)
---@field modify_caster_video_resource fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyCasterVideoResource, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyCasterVideoResource: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifycastervideoresource)
---@field delete_caster_video_resource fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteCasterVideoResource, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteCasterVideoResource: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecastervideoresource)
---@field describe_caster_video_resources fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeCasterVideoResources, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeCasterVideoResources: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecastervideoresources)
---@field add_caster_episode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddCasterEpisode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddCasterEpisode: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcasterepisode)
---@field modify_caster_episode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyCasterEpisode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyCasterEpisode: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifycasterepisode)
---@field delete_caster_episode fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteCasterEpisode, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteCasterEpisode: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecasterepisode)
---@field add_caster_episode_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddCasterEpisodeGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddCasterEpisodeGroup: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcasterepisodegroup)
---@field add_caster_episode_group_content fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddCasterEpisodeGroupContent, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddCasterEpisodeGroupContent: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcasterepisodegroupcontent)
---@field delete_caster_episode_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteCasterEpisodeGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteCasterEpisodeGroup: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecasterepisodegroup)
---@field add_caster_program fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddCasterProgram, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddCasterProgram: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcasterprogram)
---@field modify_caster_program fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyCasterProgram, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyCasterProgram: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifycasterprogram)
---@field delete_caster_program fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteCasterProgram, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteCasterProgram: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecasterprogram)
---@field describe_caster_program fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeCasterProgram, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeCasterProgram: 4 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasterprogram)
---@field start_playlist fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StartPlaylist, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StartPlaylist: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startplaylist)
---@field stop_playlist fun(self: streamctl.aliyun.client, params: streamctl.aliyun.StopPlaylist, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err StopPlaylist: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stopplaylist)
---@field edit_playlist fun(self: streamctl.aliyun.client, params: streamctl.aliyun.EditPlaylist, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err EditPlaylist: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-editplaylist)
---@field delete_playlist fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeletePlaylist, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeletePlaylist: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteplaylist)
---@field list_playlist fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListPlaylist, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListPlaylist: 10 calls a second, harmless to repeat, pages by Page. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listplaylist)
---@field add_playlist_items fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddPlaylistItems, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddPlaylistItems: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addplaylistitems)
---@field delete_playlist_items fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeletePlaylistItems, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeletePlaylistItems: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteplaylistitems)
---@field list_playlist_items fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListPlaylistItems, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListPlaylistItems: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listplaylistitems)
---@field add_show_into_show_list fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddShowIntoShowList, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddShowIntoShowList: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addshowintoshowlist)
---@field remove_show_from_show_list fun(self: streamctl.aliyun.client, params: streamctl.aliyun.RemoveShowFromShowList, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err RemoveShowFromShowList: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-removeshowfromshowlist)
---@field modify_show_list fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyShowList, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyShowList: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifyshowlist)
---@field edit_show_and_replace fun(self: streamctl.aliyun.client, params: streamctl.aliyun.EditShowAndReplace, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err EditShowAndReplace: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-editshowandreplace)
---@field play_choosen_show fun(self: streamctl.aliyun.client, params: streamctl.aliyun.PlayChoosenShow, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err PlayChoosenShow: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-playchoosenshow)
---@field set_show_list_background fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SetShowListBackground, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SetShowListBackground: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setshowlistbackground)
---@field describe_show_list fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeShowList, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeShowList: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeshowlist)
---@field initialize_auto_show_list_task fun(self: streamctl.aliyun.client, params: streamctl.aliyun.InitializeAutoShowListTask, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err InitializeAutoShowListTask: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-initializeautoshowlisttask)
---@field describe_auto_show_list_tasks fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeAutoShowListTasks, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeAutoShowListTasks: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeautoshowlisttasks)
---@field get_editing_job_info fun(self: streamctl.aliyun.client, params: streamctl.aliyun.GetEditingJobInfo, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err GetEditingJobInfo: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-geteditingjobinfo)
---@field create_live_message_app fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateLiveMessageApp, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateLiveMessageApp: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createlivemessageapp)
---@field describe_live_message_app fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveMessageApp, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveMessageApp: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivemessageapp)
---@field list_live_message_apps fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListLiveMessageApps, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListLiveMessageApps: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivemessageapps)
---@field modify_live_message_app_audit fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyLiveMessageAppAudit, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyLiveMessageAppAudit: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivemessageappaudit)
---@field modify_live_message_app_callback fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyLiveMessageAppCallback, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyLiveMessageAppCallback: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivemessageappcallback)
---@field modify_live_message_app_disable fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyLiveMessageAppDisable, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyLiveMessageAppDisable: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivemessageappdisable)
---@field create_live_message_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateLiveMessageGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateLiveMessageGroup: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createlivemessagegroup)
---@field modify_live_message_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyLiveMessageGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyLiveMessageGroup: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivemessagegroup)
---@field delete_live_message_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveMessageGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveMessageGroup: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivemessagegroup)
---@field recover_live_message_deleted_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.RecoverLiveMessageDeletedGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err RecoverLiveMessageDeletedGroup: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-recoverlivemessagedeletedgroup)
---@field describe_live_message_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveMessageGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveMessageGroup: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivemessagegroup)
---@field list_live_message_groups fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListLiveMessageGroups, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListLiveMessageGroups: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivemessagegroups)
---@field list_live_message_group_by_page fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListLiveMessageGroupByPage, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListLiveMessageGroupByPage: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivemessagegroupbypage)
---@field list_live_message_group_users fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListLiveMessageGroupUsers, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListLiveMessageGroupUsers: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivemessagegroupusers)
---@field kick_live_message_group_user fun(self: streamctl.aliyun.client, params: streamctl.aliyun.KickLiveMessageGroupUser, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err KickLiveMessageGroupUser: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-kicklivemessagegroupuser)
---@field ban_live_message_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.BanLiveMessageGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err BanLiveMessageGroup: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-banlivemessagegroup)
---@field unban_live_message_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UnbanLiveMessageGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UnbanLiveMessageGroup: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-unbanlivemessagegroup)
---@field add_live_message_group_band fun(self: streamctl.aliyun.client, params: streamctl.aliyun.AddLiveMessageGroupBand, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err AddLiveMessageGroupBand: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivemessagegroupband)
---@field modify_live_message_group_band fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyLiveMessageGroupBand, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyLiveMessageGroupBand: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivemessagegroupband)
---@field remove_live_message_group_band fun(self: streamctl.aliyun.client, params: streamctl.aliyun.RemoveLiveMessageGroupBand, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err RemoveLiveMessageGroupBand: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-removelivemessagegroupband)
---@field describe_live_message_group_band fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DescribeLiveMessageGroupBand, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DescribeLiveMessageGroupBand: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivemessagegroupband)
---@field send_live_message_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SendLiveMessageGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SendLiveMessageGroup: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-sendlivemessagegroup)
---@field send_live_message_user fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SendLiveMessageUser, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SendLiveMessageUser: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-sendlivemessageuser)
---@field list_live_message_group_messages fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListLiveMessageGroupMessages, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListLiveMessageGroupMessages: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivemessagegroupmessages)
---@field delete_live_message_group_message fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveMessageGroupMessage, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveMessageGroupMessage: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivemessagegroupmessage)
---@field delete_live_message_user_message fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteLiveMessageUserMessage, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteLiveMessageUserMessage: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivemessageusermessage)
---@field modify_live_message_user_info fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ModifyLiveMessageUserInfo, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ModifyLiveMessageUserInfo: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivemessageuserinfo)
---@field check_live_message_users_in_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CheckLiveMessageUsersInGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CheckLiveMessageUsersInGroup: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-checklivemessageusersingroup)
---@field check_live_message_users_online fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CheckLiveMessageUsersOnline, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CheckLiveMessageUsersOnline: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-checklivemessageusersonline)
---@field create_message_app fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateMessageApp, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateMessageApp: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createmessageapp)
---@field update_message_app fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateMessageApp, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateMessageApp: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatemessageapp)
---@field delete_message_app fun(self: streamctl.aliyun.client, params: streamctl.aliyun.DeleteMessageApp, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err DeleteMessageApp: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletemessageapp)
---@field get_message_app fun(self: streamctl.aliyun.client, params: streamctl.aliyun.GetMessageApp, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err GetMessageApp: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getmessageapp)
---@field list_message_app fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListMessageApp, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListMessageApp: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listmessageapp)
---@field query_message_app fun(self: streamctl.aliyun.client, params: streamctl.aliyun.QueryMessageApp, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err QueryMessageApp: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-querymessageapp)
---@field get_message_token fun(self: streamctl.aliyun.client, params: streamctl.aliyun.GetMessageToken, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err GetMessageToken: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getmessagetoken)
---@field create_message_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CreateMessageGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CreateMessageGroup: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createmessagegroup)
---@field update_message_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.UpdateMessageGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err UpdateMessageGroup: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatemessagegroup)
---@field get_message_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.GetMessageGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err GetMessageGroup: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getmessagegroup)
---@field list_message_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListMessageGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListMessageGroup: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listmessagegroup)
---@field join_message_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.JoinMessageGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err JoinMessageGroup: 200 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-joinmessagegroup)
---@field leave_message_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.LeaveMessageGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err LeaveMessageGroup: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-leavemessagegroup)
---@field list_message_group_user fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListMessageGroupUser, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListMessageGroupUser: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listmessagegroupuser)
---@field list_message_group_user_by_id fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListMessageGroupUserById, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListMessageGroupUserById: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listmessagegroupuserbyid)
---@field batch_get_online_users fun(self: streamctl.aliyun.client, params: streamctl.aliyun.BatchGetOnlineUsers, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err BatchGetOnlineUsers: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-batchgetonlineusers)
---@field mute_group_user fun(self: streamctl.aliyun.client, params: streamctl.aliyun.MuteGroupUser, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err MuteGroupUser: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-mutegroupuser)
---@field cancel_mute_group_user fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CancelMuteGroupUser, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CancelMuteGroupUser: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-cancelmutegroupuser)
---@field mute_all_group_user fun(self: streamctl.aliyun.client, params: streamctl.aliyun.MuteAllGroupUser, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err MuteAllGroupUser: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-muteallgroupuser)
---@field cancel_mute_all_group_user fun(self: streamctl.aliyun.client, params: streamctl.aliyun.CancelMuteAllGroupUser, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err CancelMuteAllGroupUser: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-cancelmuteallgroupuser)
---@field list_mute_group_user fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListMuteGroupUser, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListMuteGroupUser: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listmutegroupuser)
---@field send_message_to_group fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SendMessageToGroup, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SendMessageToGroup: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-sendmessagetogroup)
---@field send_message_to_group_users fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SendMessageToGroupUsers, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SendMessageToGroupUsers: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-sendmessagetogroupusers)
---@field send_like fun(self: streamctl.aliyun.client, params: streamctl.aliyun.SendLike, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err SendLike: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-sendlike)
---@field list_message fun(self: streamctl.aliyun.client, params: streamctl.aliyun.ListMessage, options?: streamctl.options.call): streamctl.aliyun.answer|nil, string, streamctl.errors.err ListMessage: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listmessage)
local client = {}

---Creates a pull-to-push task unless the Region has one with the same DstUrl. Compares its sources and times with those of `params`.
---@param params streamctl.aliyun.CreateLivePullToPush of CreateLivePullToPush
---@param options? streamctl.options.limits the limits, see `streamctl.options.limits`. `timeout` covers the wait for other callers with this DstUrl, the search, the create, and one more search when the create's outcome is unknown, for which a third of the time is kept
---@return table|nil # `{ TaskId =, Region =, created = }`, which `wait_for` takes as it is. `created` is true where this call made the task, also where its answer got lost and the list shows the task then. It is false where the task was there before, or where another caller made it meanwhile. Where the list shows the task, `info.tasks` has its entries that push to this DstUrl, first that of the task. `info.warning` tells of other times, a second task, or a list that ended early
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`. `conflict`: a task with this DstUrl has stopped, or has other sources, and is `err.task`, or the vendor refuses another one, and the message tells which task is in the way. `outcome_unknown`: the create may have been executed, and the task is not listed (yet), or a task with other sources or times is, which is `err.task`. `timeout` without `maybe_sent`: another caller was busy with this DstUrl all the time.
function client:ensure_live_pull_to_push(params, options) end

---Walks through a list: `for item in client:pages(operation, params) do` throws what fails; the pager's methods return it.
---@param operation streamctl.aliyun.operation in either spelling
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
---@param name streamctl.aliyun.waiter of a waiter
---@param params table those of its query, and those that tell which entry of the answer is meant; or a list of such tables, which are waited for at the same time. Where a waiter takes one parameter, the list may have its values
---@param options? streamctl.wait.options see `streamctl.wait`
---@return streamctl.report.report|table|nil # the answer that shows it; its `info.warning` is something to know. Of a list always a report, see `streamctl.report`
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`. `wait_failed`: it will not happen any more; `not_yet`: its time is over; `timeout`: so it is, and no look showed a state; `cancelled`: `should_stop` ended it; any other code is that of a query that failed for good. `answer`: the last; `last_state`: as a text
function client:wait_for(name, params, options) end

---Calls any operation of the vendor's API. An operation without a row counts as one that must not be repeated, unless the caller passes `idempotent = true`; its parameters are not checked, and flattened into the query unless `in_body` and `list_style` say otherwise.
---@param operation streamctl.aliyun.operation in either spelling; as the vendor spells it, if it has no row
---@param params? table
---@param options? streamctl.options.generic `method`, `host`, `idempotent`, `resource`, `in_body`, `list_style`, `timeout`, `attempt_timeout`, `connect_timeout`, `retry`, `validate`, see `streamctl.options`
---@return table|nil # the decoded answer
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`
function client:call(operation, params, options) end

---Signs a call without sending it. Works in every nginx phase and with any HTTP client.
---@param operation streamctl.aliyun.operation in either spelling
---@param params? table
---@param options? streamctl.options.sign `nonce`, `timestamp`, `validate`, `masked`, see `streamctl.options.sign`; for operations without a row those of `call`
---@return table|nil # `method`, `url`, `headers` (name to value), `body` ("" when empty)
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`
function client:sign(operation, params, options) end

---Makes one call for each of many items, at the documented rate and some in flight at a time.
---@param operation streamctl.aliyun.operation in either spelling, or a method that takes the parameters of one; it must have a row
---@param items table|function a list, or a function that returns the next item and nil at the end: tables of parameters, or texts for the one that is required and not in `params`, such as ids
---@param options? streamctl.batch.options see `streamctl.batch`
---@return streamctl.report.report # report, see `streamctl.report`
function client:batch(operation, items, options) end

---Takes a stamp for calls that are made later, perhaps by another process. With it as their option `stamp` they give way to calls that others make meanwhile.
---@param operation streamctl.aliyun.operation in either spelling; it must have a row
---@param items table a list, as of `batch`
---@param params? table parameters that all items have
---@return integer|nil # the stamp; false for an operation that changes no stream and no task
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`
function client:stamp(operation, items, params) end

