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

---@class streamctl.aliyun.client
---@field account_key string what order and rate are counted for
---@field endpoint string where calls go: the addresses of its hosts
local client = {}

---Signs an address for ingest or playback with the key of its domain. The key is asked for with DescribeLiveDomainConfigs, kept for 300 s in memory that is wiped, and shown to nobody; callers at the same time ask once. For 30 s it is also known that a domain has none.
---@param params table `url`, `expires`, `rand`, `uid` as for `streamctl.aliyun.address.sign`; without `expires` the address is valid for at least the validity that the domain has. `domain`: names the domain of the key, if the address has another domain. `backup`: true for the backup key, while the main one is changed. `max_age`: seconds, for an answer that is younger than that; 0 asks anew
---@param options? streamctl.options.limits the limits, see `streamctl.options.limits`
---@return string|nil # the address, with its auth_key
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`; `not_found`: the domain has no such key that is in force, or does not sign addresses
function client:address(params, options) end

---Creates a pull-to-push task unless the Region has one with the same DstUrl.
---@param params streamctl.aliyun.CreateLivePullToPush of CreateLivePullToPush
---@param options? streamctl.options.limits the limits, see `streamctl.options.limits`. `timeout` covers the wait for other callers with this DstUrl, the search, the create, and one more search when the create's outcome is unknown, for which a third of the time is kept
---@return table|nil # `{ TaskId =, Region =, created = }`, which `wait_for` takes as it is. `created` is true where the vendor answered that it made the task, and false where the list has it
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`. `conflict`: a task with this DstUrl has stopped, and is `err.task`, or the vendor refuses another one, and the message tells which task is in the way. `outcome_unknown`: the create may have been executed, and the task is not listed (yet). `timeout` without `maybe_sent`: another caller was busy with this DstUrl all the time.
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
---@param params table those of its query, and those that tell which entry of the answer is meant
---@param options? streamctl.wait.options see `streamctl.wait`
---@return table|nil # the answer that shows it; its `info.warning` is something to know
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`. `wait_failed`: it will not happen any more; `timeout`: not yet; `cancelled`: `should_stop` ended it; any other code is that of a query that failed for good. `answer`: the last; `last_state`: as a text
function client:wait_for(name, params, options) end

---Calls any action of the vendor's API. An action without a row counts as one that must not be repeated, unless the caller passes `idempotent = true`; its parameters are not checked, and flattened into the query unless `in_body` and `list_style` say otherwise.
---@param action streamctl.aliyun.operation as the vendor spells it
---@param params? table
---@param options? streamctl.options.generic `method`, `host`, `idempotent`, `resource`, `in_body`, `list_style`, `timeout`, `attempt_timeout`, `connect_timeout`, `retry`, `validate`, see `streamctl.options`
---@return table|nil # the decoded answer
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`
function client:call(action, params, options) end

---Signs a call without sending it. Works in every nginx phase and with any HTTP client.
---@param operation streamctl.aliyun.operation in either spelling
---@param params? table
---@param options? streamctl.options.sign `nonce`, `timestamp`, `validate`, `masked`, see `streamctl.options.sign`; for actions without a row those of `call`
---@return table|nil # `method`, `url`, `headers` (name to value), `body` ("" when empty)
---@return string # message
---@return streamctl.errors.err # err, see `streamctl.errors`
function client:sign(operation, params, options) end

---Makes one call for each of many items, at the documented rate and some in flight at a time.
---@param operation streamctl.aliyun.operation in either spelling, or a method that takes the parameters of one; it must have a row
---@param items table|function a list, or a function that returns the next item and nil at the end: ids for operations that take a list of StreamIds, else tables of parameters
---@param options? streamctl.batch.options see `streamctl.batch`
---@return streamctl.batch.report # report, see `streamctl.batch`
function client:batch(operation, items, options) end

---@class streamctl.aliyun.ForbidLiveStream
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string
---@field ResumeTime? string|number UTC, or Unix seconds, 6 months if left out
---@field LiveStreamType? "publisher" filled in with publisher
---@field Oneshot? "yes"|"no"

---ForbidLiveStream: 20 calls a second, harmless to repeat unless Oneshot is yes. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-forbidlivestream)
---@param params streamctl.aliyun.ForbidLiveStream
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:forbid_live_stream(params, options) end

---@class streamctl.aliyun.ResumeLiveStream
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field LiveStreamType? "publisher" filled in with publisher

---ResumeLiveStream: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-resumelivestream)
---@param params streamctl.aliyun.ResumeLiveStream
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:resume_live_stream(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamsBlockList
---@field DomainName string
---@field PageNum? integer
---@field PageSize? integer at least 1, at most 3000

---@class streamctl.aliyun.DescribeLiveStreamsBlockList.answer : streamctl.aliyun.answer
---@field StreamUrls table

---DescribeLiveStreamsBlockList: 50 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamsblocklist)
---@param params streamctl.aliyun.DescribeLiveStreamsBlockList
---@param options? streamctl.options.call
---@return streamctl.aliyun.DescribeLiveStreamsBlockList.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_streams_block_list(params, options) end

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

---DescribeLiveStreamsOnlineList: 166.7 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamsonlinelist)
---@param params streamctl.aliyun.DescribeLiveStreamsOnlineList
---@param options? streamctl.options.call
---@return streamctl.aliyun.DescribeLiveStreamsOnlineList.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_streams_online_list(params, options) end

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

---SetLiveStreamBlock: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivestreamblock)
---@param params streamctl.aliyun.SetLiveStreamBlock
---@param options? streamctl.options.call
---@return streamctl.aliyun.SetLiveStreamBlock.answer|nil answer, string message, streamctl.errors.err err
function client:set_live_stream_block(params, options) end

---@class streamctl.aliyun.DeleteLiveStreamBlock
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---@class streamctl.aliyun.DeleteLiveStreamBlock.answer : streamctl.aliyun.answer
---@field Status string

---DeleteLiveStreamBlock: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreamblock)
---@param params streamctl.aliyun.DeleteLiveStreamBlock
---@param options? streamctl.options.call
---@return streamctl.aliyun.DeleteLiveStreamBlock.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_stream_block(params, options) end

---@class streamctl.aliyun.DescribeStreamLocationBlock
---@field DomainName string
---@field AppName? string
---@field PageNum? integer
---@field RegionId? string
---@field StreamName? string
---@field BlockType? "blacklist"|"whitelist"
---@field PageSize? integer at least 1, at most 100

---DescribeStreamLocationBlock: 50 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describestreamlocationblock)
---@param params streamctl.aliyun.DescribeStreamLocationBlock
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_stream_location_block(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamState
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---@class streamctl.aliyun.DescribeLiveStreamState.answer : streamctl.aliyun.answer
---@field StreamState string

---DescribeLiveStreamState: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamstate)
---@param params streamctl.aliyun.DescribeLiveStreamState
---@param options? streamctl.options.call
---@return streamctl.aliyun.DescribeLiveStreamState.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_state(params, options) end

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

---DescribeLiveStreamsPublishList: 3 calls a second, harmless to repeat, pages by PageNumber. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamspublishlist)
---@param params streamctl.aliyun.DescribeLiveStreamsPublishList
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_streams_publish_list(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamsControlHistory
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field AppName? string
---@field RegionId? string

---DescribeLiveStreamsControlHistory: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamscontrolhistory)
---@param params streamctl.aliyun.DescribeLiveStreamsControlHistory
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_streams_control_history(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamCount
---@field DomainName string
---@field RegionId? string

---DescribeLiveStreamCount: 1 call a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamcount)
---@param params streamctl.aliyun.DescribeLiveStreamCount
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_count(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamsTotalCount
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field RegionId? string
---@field Typ? "aliuid"

---DescribeLiveStreamsTotalCount: 1.667 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamstotalcount)
---@param params streamctl.aliyun.DescribeLiveStreamsTotalCount
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_streams_total_count(params, options) end

---@class streamctl.aliyun.DescribeUidOnlineStreams
---@field AppName? string
---@field DomainName? string
---@field RegionId? string

---DescribeUidOnlineStreams: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeuidonlinestreams)
---@param params streamctl.aliyun.DescribeUidOnlineStreams
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_uid_online_streams(params, options) end

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

---CreateLivePullToPush: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createlivepulltopush)
---@param params streamctl.aliyun.CreateLivePullToPush
---@param options? streamctl.options.call
---@return streamctl.aliyun.CreateLivePullToPush.answer|nil answer, string message, streamctl.errors.err err
function client:create_live_pull_to_push(params, options) end

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

---UpdateLivePullToPush: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivepulltopush)
---@param params streamctl.aliyun.UpdateLivePullToPush
---@param options? streamctl.options.call
---@return streamctl.aliyun.UpdateLivePullToPush.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_pull_to_push(params, options) end

---@class streamctl.aliyun.StopLivePullToPush
---@field TaskId string
---@field RegionId? string
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region

---StopLivePullToPush: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoplivepulltopush)
---@param params streamctl.aliyun.StopLivePullToPush
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:stop_live_pull_to_push(params, options) end

---@class streamctl.aliyun.RestartLivePullToPush
---@field TaskId string
---@field RegionId? string
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region

---RestartLivePullToPush: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-restartlivepulltopush)
---@param params streamctl.aliyun.RestartLivePullToPush
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:restart_live_pull_to_push(params, options) end

---@class streamctl.aliyun.DeleteLivePullToPush
---@field TaskId string
---@field RegionId? string
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region

---@class streamctl.aliyun.DeleteLivePullToPush.answer : streamctl.aliyun.answer
---@field RetCode number

---DeleteLivePullToPush: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivepulltopush)
---@param params streamctl.aliyun.DeleteLivePullToPush
---@param options? streamctl.options.call
---@return streamctl.aliyun.DeleteLivePullToPush.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_pull_to_push(params, options) end

---@class streamctl.aliyun.DescribeLivePullToPush
---@field TaskId string
---@field RegionId? string
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region

---@class streamctl.aliyun.DescribeLivePullToPush.answer : streamctl.aliyun.answer
---@field RetCode number

---DescribeLivePullToPush: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepulltopush)
---@param params streamctl.aliyun.DescribeLivePullToPush
---@param options? streamctl.options.call
---@return streamctl.aliyun.DescribeLivePullToPush.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_pull_to_push(params, options) end

---@class streamctl.aliyun.DescribeLivePullToPushList
---@field DstUrl? string
---@field RegionId? string
---@field TaskName? string
---@field Region? "ap-southeast-1"|"ap-southeast-5"|"cn-beijing"|"cn-shanghai"|"cn-shenzhen" filled in from the client's region
---@field PageNumber? integer at least 1
---@field PageSize? integer at least 1, at most 100
---@field TaskId? string at most 55 characters, of A-Z a-z 0-9 - _

---DescribeLivePullToPushList: 10 calls a second, harmless to repeat, pages by PageNumber. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepulltopushlist)
---@param params streamctl.aliyun.DescribeLivePullToPushList
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_pull_to_push_list(params, options) end

---@class streamctl.aliyun.MiguLivePullToPushStart
---@field DomainName string
---@field MiguData string
---@field RegionId? string

---MiguLivePullToPushStart: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-migulivepulltopushstart)
---@param params streamctl.aliyun.MiguLivePullToPushStart
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:migu_live_pull_to_push_start(params, options) end

---@class streamctl.aliyun.MiguLivePullToPushStatus
---@field DomainName string
---@field MiguData string
---@field RegionId? string

---MiguLivePullToPushStatus: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-migulivepulltopushstatus)
---@param params streamctl.aliyun.MiguLivePullToPushStatus
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:migu_live_pull_to_push_status(params, options) end

---@class streamctl.aliyun.AddLiveCenterTransfer
---@field AppName string
---@field DomainName string
---@field DstUrl string
---@field StreamName string
---@field EndTime? string|number UTC, or Unix seconds
---@field RegionId? string
---@field StartTime? string|number UTC, or Unix seconds
---@field TransferArgs "always"|"time"

---AddLiveCenterTransfer: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivecentertransfer)
---@param params streamctl.aliyun.AddLiveCenterTransfer
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_center_transfer(params, options) end

---@class streamctl.aliyun.UpdateLiveCenterTransfer
---@field AppName string
---@field DomainName string
---@field DstUrl string
---@field StreamName string
---@field EndTime? string|number UTC, or Unix seconds
---@field RegionId? string
---@field StartTime? string|number UTC, or Unix seconds
---@field TransferArgs "always"|"time"

---UpdateLiveCenterTransfer: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivecentertransfer)
---@param params streamctl.aliyun.UpdateLiveCenterTransfer
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_center_transfer(params, options) end

---@class streamctl.aliyun.DeleteLiveCenterTransfer
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field DstUrl? string
---@field RegionId? string

---DeleteLiveCenterTransfer: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivecentertransfer)
---@param params streamctl.aliyun.DeleteLiveCenterTransfer
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_center_transfer(params, options) end

---@class streamctl.aliyun.DescribeLiveCenterTransfer
---@field DomainName string
---@field AppName? string
---@field DstUrl? string
---@field RegionId? string
---@field StreamName? string

---DescribeLiveCenterTransfer: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivecentertransfer)
---@param params streamctl.aliyun.DescribeLiveCenterTransfer
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_center_transfer(params, options) end

---@class streamctl.aliyun.SetLiveEdgeTransfer
---@field DomainName string
---@field AppName? string
---@field HttpDns? string
---@field RegionId? string
---@field StreamName? string
---@field TargetDomainList? string
---@field TransferArgs? "yes"|"no"

---SetLiveEdgeTransfer: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setliveedgetransfer)
---@param params streamctl.aliyun.SetLiveEdgeTransfer
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_live_edge_transfer(params, options) end

---@class streamctl.aliyun.DeleteLiveEdgeTransfer
---@field DomainName string
---@field RegionId? string

---DeleteLiveEdgeTransfer: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveedgetransfer)
---@param params streamctl.aliyun.DeleteLiveEdgeTransfer
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_edge_transfer(params, options) end

---@class streamctl.aliyun.DescribeLiveEdgeTransfer
---@field DomainName string
---@field RegionId? string

---DescribeLiveEdgeTransfer: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveedgetransfer)
---@param params streamctl.aliyun.DescribeLiveEdgeTransfer
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_edge_transfer(params, options) end

---@class streamctl.aliyun.AddLivePullStreamInfoConfig
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field SourceUrl string
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string
---@field RegionId? string

---AddLivePullStreamInfoConfig: 15 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivepullstreaminfoconfig)
---@param params streamctl.aliyun.AddLivePullStreamInfoConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_pull_stream_info_config(params, options) end

---@class streamctl.aliyun.UpdateLivePullStreamInfoConfig
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field SourceUrl string
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string
---@field RegionId? string

---UpdateLivePullStreamInfoConfig: 16.67 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivepullstreaminfoconfig)
---@param params streamctl.aliyun.UpdateLivePullStreamInfoConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_pull_stream_info_config(params, options) end

---@class streamctl.aliyun.DeleteLivePullStreamInfoConfig
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---DeleteLivePullStreamInfoConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivepullstreaminfoconfig)
---@param params streamctl.aliyun.DeleteLivePullStreamInfoConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_pull_stream_info_config(params, options) end

---@class streamctl.aliyun.DescribeLivePullStreamConfig
---@field DomainName string
---@field RegionId? string

---DescribeLivePullStreamConfig: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepullstreamconfig)
---@param params streamctl.aliyun.DescribeLivePullStreamConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_pull_stream_config(params, options) end

---@class streamctl.aliyun.SetLiveLazyPullStreamInfoConfig
---@field AppName string
---@field DomainName string
---@field PullDomainName string
---@field PullAppName? string
---@field RegionId? string
---@field PullProtocol "rtmp"|"httpflv"|"hls"
---@field TranscodeLazy? "yes"|"no"

---SetLiveLazyPullStreamInfoConfig: 1000 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivelazypullstreaminfoconfig)
---@param params streamctl.aliyun.SetLiveLazyPullStreamInfoConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_live_lazy_pull_stream_info_config(params, options) end

---@class streamctl.aliyun.DeleteLiveLazyPullStreamInfoConfig
---@field AppName string
---@field DomainName string
---@field RegionId? string

---DeleteLiveLazyPullStreamInfoConfig: 16.67 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivelazypullstreaminfoconfig)
---@param params streamctl.aliyun.DeleteLiveLazyPullStreamInfoConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_lazy_pull_stream_info_config(params, options) end

---@class streamctl.aliyun.DescribeLiveLazyPullStreamConfig
---@field DomainName string
---@field AppName? string
---@field RegionId? string

---DescribeLiveLazyPullStreamConfig: 16.67 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivelazypullstreamconfig)
---@param params streamctl.aliyun.DescribeLiveLazyPullStreamConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_lazy_pull_stream_config(params, options) end

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

---AddLiveStreamMerge: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivestreammerge)
---@param params streamctl.aliyun.AddLiveStreamMerge
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_stream_merge(params, options) end

---@class streamctl.aliyun.DeleteLiveStreamMerge
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---DeleteLiveStreamMerge: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreammerge)
---@param params streamctl.aliyun.DeleteLiveStreamMerge
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_stream_merge(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamMerge
---@field DomainName string
---@field AppName? string
---@field RegionId? string
---@field StreamName? string
---@field Protocol? "rtmp"|"rtc"

---DescribeLiveStreamMerge: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreammerge)
---@param params streamctl.aliyun.DescribeLiveStreamMerge
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_merge(params, options) end

---@class streamctl.aliyun.SetLiveDomainMultiStreamConfig
---@field Domain string
---@field Switch "on"|"off"

---SetLiveDomainMultiStreamConfig: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivedomainmultistreamconfig)
---@param params streamctl.aliyun.SetLiveDomainMultiStreamConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_live_domain_multi_stream_config(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainMultiStreamConfig
---@field Domain string

---DescribeLiveDomainMultiStreamConfig: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainmultistreamconfig)
---@param params streamctl.aliyun.DescribeLiveDomainMultiStreamConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_multi_stream_config(params, options) end

---@class streamctl.aliyun.SetLiveDomainMultiStreamMaster
---@field AppName string
---@field Domain string
---@field StreamName string
---@field UpstreamSequence string

---SetLiveDomainMultiStreamMaster: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivedomainmultistreammaster)
---@param params streamctl.aliyun.SetLiveDomainMultiStreamMaster
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_live_domain_multi_stream_master(params, options) end

---@class streamctl.aliyun.SetLiveDomainMultiStreamOptimalMode
---@field AppName string
---@field Domain string
---@field StreamName string
---@field OptimalMode "on"|"off"

---SetLiveDomainMultiStreamOptimalMode: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivedomainmultistreamoptimalmode)
---@param params streamctl.aliyun.SetLiveDomainMultiStreamOptimalMode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_live_domain_multi_stream_optimal_mode(params, options) end

---@class streamctl.aliyun.QueryLiveDomainMultiStreamList
---@field Domain string
---@field EndTime? string|number UTC, or Unix seconds
---@field PageNumber? integer
---@field StartTime? string|number UTC, or Unix seconds
---@field StreamName? string
---@field PageSize? integer at least 1, at most 100

---QueryLiveDomainMultiStreamList: no documented rate, harmless to repeat, pages by PageNumber. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-querylivedomainmultistreamlist)
---@param params streamctl.aliyun.QueryLiveDomainMultiStreamList
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:query_live_domain_multi_stream_list(params, options) end

---@class streamctl.aliyun.CreateLiveDelayConfig
---@field App string
---@field Domain string
---@field Stream string
---@field RegionId? string
---@field DelayTime integer at least 16, at most 3600
---@field TaskTriggerMode "PUBLISH_ONLY"|"CONFIG_ONLY"|"PUBLISH_CONFIG"

---CreateLiveDelayConfig: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createlivedelayconfig)
---@param params streamctl.aliyun.CreateLiveDelayConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_live_delay_config(params, options) end

---@class streamctl.aliyun.UpdateLiveDelayConfig
---@field App string
---@field Domain string
---@field Stream string
---@field RegionId? string
---@field DelayTime integer at least 16, at most 3600
---@field TaskTriggerMode? "PUBLISH_ONLY"|"CONFIG_ONLY"|"PUBLISH_CONFIG"

---UpdateLiveDelayConfig: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivedelayconfig)
---@param params streamctl.aliyun.UpdateLiveDelayConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_delay_config(params, options) end

---@class streamctl.aliyun.DeleteLiveDelayConfig
---@field App string
---@field Domain string
---@field Stream string
---@field RegionId? string

---DeleteLiveDelayConfig: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivedelayconfig)
---@param params streamctl.aliyun.DeleteLiveDelayConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_delay_config(params, options) end

---@class streamctl.aliyun.DescribeLiveDelayConfig
---@field App string
---@field Domain string
---@field Stream string
---@field RegionId? string

---DescribeLiveDelayConfig: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedelayconfig)
---@param params streamctl.aliyun.DescribeLiveDelayConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_delay_config(params, options) end

---@class streamctl.aliyun.ListLiveDelayConfig
---@field Domain string
---@field PageNum? integer
---@field RegionId? string
---@field PageSize? integer at least 5, at most 30

---ListLiveDelayConfig: 60 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivedelayconfig)
---@param params streamctl.aliyun.ListLiveDelayConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_live_delay_config(params, options) end

---@class streamctl.aliyun.SetLiveStreamDelayConfig
---@field DomainName string
---@field FlvDelay? integer
---@field HlsDelay? integer
---@field RegionId? string
---@field RtmpDelay? integer
---@field FlvLevel? "short"|"medium"|"long"
---@field HlsLevel? "short"|"medium"|"long"
---@field RtmpLevel? "short"|"medium"|"long"

---SetLiveStreamDelayConfig: 1000 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivestreamdelayconfig)
---@param params streamctl.aliyun.SetLiveStreamDelayConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_live_stream_delay_config(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamDelayConfig
---@field DomainName string
---@field RegionId? string

---DescribeLiveStreamDelayConfig: 1000 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamdelayconfig)
---@param params streamctl.aliyun.DescribeLiveStreamDelayConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_delay_config(params, options) end

---@class streamctl.aliyun.OpenLiveShift
---@field DomainName string
---@field AppName? string
---@field Duration? integer
---@field IgnoreTranscode? boolean
---@field RegionId? string
---@field StreamName? string
---@field Vision? integer

---OpenLiveShift: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-openliveshift)
---@param params streamctl.aliyun.OpenLiveShift
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:open_live_shift(params, options) end

---@class streamctl.aliyun.CloseLiveShift
---@field DomainName string
---@field AppName? string
---@field RegionId? string
---@field StreamName? string

---CloseLiveShift: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-closeliveshift)
---@param params streamctl.aliyun.CloseLiveShift
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:close_live_shift(params, options) end

---@class streamctl.aliyun.DescribeLiveShiftConfigs
---@field DomainName string
---@field RegionId? string

---DescribeLiveShiftConfigs: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveshiftconfigs)
---@param params streamctl.aliyun.DescribeLiveShiftConfigs
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_shift_configs(params, options) end

---@class streamctl.aliyun.SetLiveStreamPreloadTasks
---@field DomainName string
---@field PlayUrl string
---@field PreloadedEndTime? string|number UTC, or Unix seconds
---@field PreloadedStartTime? string|number UTC, or Unix seconds
---@field RegionId? string
---@field Area? "domestic"|"overseas"|"global"

---SetLiveStreamPreloadTasks: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivestreampreloadtasks)
---@param params streamctl.aliyun.SetLiveStreamPreloadTasks
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_live_stream_preload_tasks(params, options) end

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

---DescribeLiveStreamPreloadTasks: 10 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreampreloadtasks)
---@param params streamctl.aliyun.DescribeLiveStreamPreloadTasks
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_preload_tasks(params, options) end

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

---HotLiveRtcStream: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-hotlivertcstream)
---@param params streamctl.aliyun.HotLiveRtcStream
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:hot_live_rtc_stream(params, options) end

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

---CreateLiveStreamMonitor: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createlivestreammonitor)
---@param params streamctl.aliyun.CreateLiveStreamMonitor
---@param options? streamctl.options.call
---@return streamctl.aliyun.CreateLiveStreamMonitor.answer|nil answer, string message, streamctl.errors.err err
function client:create_live_stream_monitor(params, options) end

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

---UpdateLiveStreamMonitor: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivestreammonitor)
---@param params streamctl.aliyun.UpdateLiveStreamMonitor
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_stream_monitor(params, options) end

---@class streamctl.aliyun.StartLiveStreamMonitor
---@field MonitorId string
---@field RegionId? string

---StartLiveStreamMonitor: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startlivestreammonitor)
---@param params streamctl.aliyun.StartLiveStreamMonitor
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:start_live_stream_monitor(params, options) end

---@class streamctl.aliyun.StopLiveStreamMonitor
---@field MonitorId string
---@field RegionId? string

---StopLiveStreamMonitor: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoplivestreammonitor)
---@param params streamctl.aliyun.StopLiveStreamMonitor
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:stop_live_stream_monitor(params, options) end

---@class streamctl.aliyun.DeleteLiveStreamMonitor
---@field MonitorId string
---@field RegionId? string

---DeleteLiveStreamMonitor: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreammonitor)
---@param params streamctl.aliyun.DeleteLiveStreamMonitor
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_stream_monitor(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamMonitorList
---@field MonitorId? string
---@field PageNum? integer
---@field PageSize? integer
---@field RegionId? string
---@field OrderRule? 0|1|2
---@field Status? 0|1

---DescribeLiveStreamMonitorList: 15 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreammonitorlist)
---@param params streamctl.aliyun.DescribeLiveStreamMonitorList
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_monitor_list(params, options) end

---@class streamctl.aliyun.SetLiveStreamsNotifyUrlConfig
---@field DomainName string
---@field ExceptionNotifyUrl? string
---@field NotifyUrl? string
---@field SwitchNotifyUrl? string
---@field NotifyAuthKey? string at most 64 characters, of A-Z a-z 0-9 - _
---@field NotifyReqAuth? "yes"|"no"

---SetLiveStreamsNotifyUrlConfig: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivestreamsnotifyurlconfig)
---@param params streamctl.aliyun.SetLiveStreamsNotifyUrlConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_live_streams_notify_url_config(params, options) end

---@class streamctl.aliyun.DeleteLiveStreamsNotifyUrlConfig
---@field DomainName string
---@field RegionId? string

---DeleteLiveStreamsNotifyUrlConfig: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreamsnotifyurlconfig)
---@param params streamctl.aliyun.DeleteLiveStreamsNotifyUrlConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_streams_notify_url_config(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamsNotifyUrlConfig
---@field DomainName string
---@field RegionId? string

---DescribeLiveStreamsNotifyUrlConfig: 1000 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamsnotifyurlconfig)
---@param params streamctl.aliyun.DescribeLiveStreamsNotifyUrlConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_streams_notify_url_config(params, options) end

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

---DescribeLiveStreamsNotifyRecords: 100 calls a second, harmless to repeat, pages by PageNumber. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamsnotifyrecords)
---@param params streamctl.aliyun.DescribeLiveStreamsNotifyRecords
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_streams_notify_records(params, options) end

---@class streamctl.aliyun.RealTimeRecordCommand
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string
---@field Command "start"|"stop"|"cancel_delay"|"restart"

---RealTimeRecordCommand: 50 calls a second, harmless to repeat unless Command is restart. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-realtimerecordcommand)
---@param params streamctl.aliyun.RealTimeRecordCommand
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:real_time_record_command(params, options) end

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
---@field TranscodeTemplates? string[]
---@field RecordFormat? streamctl.aliyun.AddLiveAppRecordConfig.RecordFormat[]
---@field TranscodeRecordFormat? streamctl.aliyun.AddLiveAppRecordConfig.TranscodeRecordFormat[]

---AddLiveAppRecordConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliveapprecordconfig)
---@param params streamctl.aliyun.AddLiveAppRecordConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_app_record_config(params, options) end

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
---@field TranscodeTemplates? string[]
---@field RecordFormat? streamctl.aliyun.UpdateLiveAppRecordConfig.RecordFormat[]
---@field TranscodeRecordFormat? streamctl.aliyun.UpdateLiveAppRecordConfig.TranscodeRecordFormat[]

---UpdateLiveAppRecordConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliveapprecordconfig)
---@param params streamctl.aliyun.UpdateLiveAppRecordConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_app_record_config(params, options) end

---@class streamctl.aliyun.DeleteLiveAppRecordConfig
---@field AppName string
---@field DomainName string
---@field StreamName? string

---DeleteLiveAppRecordConfig: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveapprecordconfig)
---@param params streamctl.aliyun.DeleteLiveAppRecordConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_app_record_config(params, options) end

---@class streamctl.aliyun.DescribeLiveRecordConfig
---@field DomainName string
---@field AppName? string
---@field PageNum? integer
---@field PageSize? integer
---@field StreamName? string
---@field Order? "asc"|"desc"

---DescribeLiveRecordConfig: 100 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliverecordconfig)
---@param params streamctl.aliyun.DescribeLiveRecordConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_record_config(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamRecordContent
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string

---DescribeLiveStreamRecordContent: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamrecordcontent)
---@param params streamctl.aliyun.DescribeLiveStreamRecordContent
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_record_content(params, options) end

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

---CreateLiveStreamRecordIndexFiles: 45 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createlivestreamrecordindexfiles)
---@param params streamctl.aliyun.CreateLiveStreamRecordIndexFiles
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_live_stream_record_index_files(params, options) end

---@class streamctl.aliyun.DeleteLiveStreamRecordIndexFiles
---@field AppName string
---@field DomainName string
---@field RecordId string[]
---@field StreamName string
---@field RegionId? string
---@field RemoveFile "true"|"false"

---DeleteLiveStreamRecordIndexFiles: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreamrecordindexfiles)
---@param params streamctl.aliyun.DeleteLiveStreamRecordIndexFiles
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_stream_record_index_files(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamRecordIndexFile
---@field AppName string
---@field DomainName string
---@field RecordId string
---@field StreamName string

---DescribeLiveStreamRecordIndexFile: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamrecordindexfile)
---@param params streamctl.aliyun.DescribeLiveStreamRecordIndexFile
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_record_index_file(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamRecordIndexFiles
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string
---@field PageNum? integer
---@field PageSize? integer
---@field Order? "asc"|"desc"

---DescribeLiveStreamRecordIndexFiles: 15 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamrecordindexfiles)
---@param params streamctl.aliyun.DescribeLiveStreamRecordIndexFiles
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_record_index_files(params, options) end

---@class streamctl.aliyun.AddLiveRecordNotifyConfig
---@field DomainName string
---@field NotifyUrl string
---@field NeedStatusNotify? boolean
---@field NotifyAuthKey? string
---@field NotifyReqAuth? boolean
---@field OnDemandUrl? string

---AddLiveRecordNotifyConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliverecordnotifyconfig)
---@param params streamctl.aliyun.AddLiveRecordNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_record_notify_config(params, options) end

---@class streamctl.aliyun.UpdateLiveRecordNotifyConfig
---@field DomainName string
---@field NotifyUrl string
---@field NeedStatusNotify? boolean
---@field NotifyAuthKey? string
---@field NotifyReqAuth? boolean
---@field OnDemandUrl? string

---UpdateLiveRecordNotifyConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliverecordnotifyconfig)
---@param params streamctl.aliyun.UpdateLiveRecordNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_record_notify_config(params, options) end

---@class streamctl.aliyun.DeleteLiveRecordNotifyConfig
---@field DomainName string

---DeleteLiveRecordNotifyConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliverecordnotifyconfig)
---@param params streamctl.aliyun.DeleteLiveRecordNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_record_notify_config(params, options) end

---@class streamctl.aliyun.DescribeLiveRecordNotifyConfig
---@field DomainName string

---DescribeLiveRecordNotifyConfig: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliverecordnotifyconfig)
---@param params streamctl.aliyun.DescribeLiveRecordNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_record_notify_config(params, options) end

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

---DescribeLiveRecordNotifyRecords: 100 calls a second, harmless to repeat, pages by PageNumber. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliverecordnotifyrecords)
---@param params streamctl.aliyun.DescribeLiveRecordNotifyRecords
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_record_notify_records(params, options) end

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
---@field TranscodeTemplates? string[]
---@field VodTranscodeGroupId? string
---@field RecordFormat? streamctl.aliyun.AddLiveRecordVodConfig.RecordFormat[]

---AddLiveRecordVodConfig: 16.67 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliverecordvodconfig)
---@param params streamctl.aliyun.AddLiveRecordVodConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_record_vod_config(params, options) end

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
---@field TranscodeTemplates? string[]
---@field VodTranscodeGroupId? string
---@field RecordFormat? streamctl.aliyun.UpdateLiveRecordVodConfig.RecordFormat[]

---UpdateLiveRecordVodConfig: 16.67 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliverecordvodconfig)
---@param params streamctl.aliyun.UpdateLiveRecordVodConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_record_vod_config(params, options) end

---@class streamctl.aliyun.DeleteLiveRecordVodConfig
---@field AppName string
---@field DomainName string
---@field RegionId? string
---@field StreamName? string

---DeleteLiveRecordVodConfig: 1000 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliverecordvodconfig)
---@param params streamctl.aliyun.DeleteLiveRecordVodConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_record_vod_config(params, options) end

---@class streamctl.aliyun.DescribeLiveRecordVodConfigs
---@field DomainName string
---@field AppName? string
---@field PageNum? number
---@field PageSize? number
---@field RegionId? string
---@field StreamName? string

---DescribeLiveRecordVodConfigs: 16.67 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliverecordvodconfigs)
---@param params streamctl.aliyun.DescribeLiveRecordVodConfigs
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_record_vod_configs(params, options) end

---@class streamctl.aliyun.PutRecordStorageLifeCycle
---@field Tag? string required, as the vendor's comments have it
---@field UnixTimestamp? number required, as the vendor's comments have it
---@field StreamIds? string[] required, as the vendor's comments have it

---PutRecordStorageLifeCycle: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-putrecordstoragelifecycle)
---@param params streamctl.aliyun.PutRecordStorageLifeCycle
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:put_record_storage_life_cycle(params, options) end

---@class streamctl.aliyun.AddLiveAppSnapshotConfig
---@field AppName string
---@field DomainName string
---@field OssBucket string
---@field OssEndpoint string
---@field TimeInterval integer
---@field Callback? string
---@field OverwriteOssObject? string
---@field SequenceOssObject? string

---AddLiveAppSnapshotConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliveappsnapshotconfig)
---@param params streamctl.aliyun.AddLiveAppSnapshotConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_app_snapshot_config(params, options) end

---@class streamctl.aliyun.UpdateLiveAppSnapshotConfig
---@field AppName string
---@field DomainName string
---@field Callback? string
---@field OssBucket? string
---@field OssEndpoint? string
---@field OverwriteOssObject? string
---@field SequenceOssObject? string
---@field TimeInterval? integer

---UpdateLiveAppSnapshotConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliveappsnapshotconfig)
---@param params streamctl.aliyun.UpdateLiveAppSnapshotConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_app_snapshot_config(params, options) end

---@class streamctl.aliyun.DeleteLiveAppSnapshotConfig
---@field AppName string
---@field DomainName string

---DeleteLiveAppSnapshotConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveappsnapshotconfig)
---@param params streamctl.aliyun.DeleteLiveAppSnapshotConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_app_snapshot_config(params, options) end

---@class streamctl.aliyun.DescribeLiveSnapshotConfig
---@field DomainName string
---@field AppName? string
---@field PageNum? integer
---@field PageSize? integer
---@field Order? "asc"|"desc"

---DescribeLiveSnapshotConfig: 100 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivesnapshotconfig)
---@param params streamctl.aliyun.DescribeLiveSnapshotConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_snapshot_config(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamSnapshotInfo
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string
---@field Limit? integer
---@field Order? "asc"|"desc"

---DescribeLiveStreamSnapshotInfo: 100 calls a second, harmless to repeat, pages by StartTime. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamsnapshotinfo)
---@param params streamctl.aliyun.DescribeLiveStreamSnapshotInfo
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_snapshot_info(params, options) end

---@class streamctl.aliyun.DeleteSnapshotFiles
---@field AppName string
---@field DomainName string
---@field RemoveFile boolean
---@field StreamName string
---@field RegionId? string
---@field CreateTimestampList number[]

---DeleteSnapshotFiles: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletesnapshotfiles)
---@param params streamctl.aliyun.DeleteSnapshotFiles
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_snapshot_files(params, options) end

---@class streamctl.aliyun.AddLiveSnapshotNotifyConfig
---@field DomainName string
---@field NotifyUrl string
---@field NotifyAuthKey? string
---@field RegionId? string
---@field NotifyReqAuth? "yes"|"no"

---AddLiveSnapshotNotifyConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivesnapshotnotifyconfig)
---@param params streamctl.aliyun.AddLiveSnapshotNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_snapshot_notify_config(params, options) end

---@class streamctl.aliyun.UpdateLiveSnapshotNotifyConfig
---@field DomainName string
---@field NotifyAuthKey? string
---@field NotifyUrl? string
---@field RegionId? string
---@field NotifyReqAuth? "yes"|"no"

---UpdateLiveSnapshotNotifyConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivesnapshotnotifyconfig)
---@param params streamctl.aliyun.UpdateLiveSnapshotNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_snapshot_notify_config(params, options) end

---@class streamctl.aliyun.DeleteLiveSnapshotNotifyConfig
---@field DomainName string
---@field RegionId? string

---DeleteLiveSnapshotNotifyConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivesnapshotnotifyconfig)
---@param params streamctl.aliyun.DeleteLiveSnapshotNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_snapshot_notify_config(params, options) end

---@class streamctl.aliyun.DescribeLiveSnapshotNotifyConfig
---@field DomainName string
---@field RegionId? string

---DescribeLiveSnapshotNotifyConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivesnapshotnotifyconfig)
---@param params streamctl.aliyun.DescribeLiveSnapshotNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_snapshot_notify_config(params, options) end

---@class streamctl.aliyun.SetSnapshotCallbackAuth
---@field CallbackAuthKey string
---@field CallbackReqAuth string
---@field DomainName string
---@field RegionId? string

---SetSnapshotCallbackAuth: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setsnapshotcallbackauth)
---@param params streamctl.aliyun.SetSnapshotCallbackAuth
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_snapshot_callback_auth(params, options) end

---@class streamctl.aliyun.DeleteSnapshotCallbackAuth
---@field DomainName string
---@field RegionId? string

---DeleteSnapshotCallbackAuth: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletesnapshotcallbackauth)
---@param params streamctl.aliyun.DeleteSnapshotCallbackAuth
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_snapshot_callback_auth(params, options) end

---@class streamctl.aliyun.QuerySnapshotCallbackAuth
---@field DomainName string
---@field RegionId? string

---QuerySnapshotCallbackAuth: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-querysnapshotcallbackauth)
---@param params streamctl.aliyun.QuerySnapshotCallbackAuth
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:query_snapshot_callback_auth(params, options) end

---@class streamctl.aliyun.AddLiveStreamTranscode
---@field App string
---@field Domain string
---@field Template string
---@field EncryptParameters? string
---@field RegionId? string
---@field Lazy? "yes"|"no"

---AddLiveStreamTranscode: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivestreamtranscode)
---@param params streamctl.aliyun.AddLiveStreamTranscode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_stream_transcode(params, options) end

---@class streamctl.aliyun.UpdateLiveStreamTranscode
---@field App string
---@field Domain string
---@field Template string
---@field EncryptParameters? string
---@field RegionId? string
---@field Lazy? "yes"|"no"

---UpdateLiveStreamTranscode: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivestreamtranscode)
---@param params streamctl.aliyun.UpdateLiveStreamTranscode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_stream_transcode(params, options) end

---@class streamctl.aliyun.DeleteLiveStreamTranscode
---@field App string
---@field Domain string
---@field Template string

---DeleteLiveStreamTranscode: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreamtranscode)
---@param params streamctl.aliyun.DeleteLiveStreamTranscode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_stream_transcode(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamTranscodeInfo
---@field DomainTranscodeName string
---@field AppName? string
---@field RegionId? string

---DescribeLiveStreamTranscodeInfo: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamtranscodeinfo)
---@param params streamctl.aliyun.DescribeLiveStreamTranscodeInfo
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_transcode_info(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamTranscodeStreamNum
---@field DomainName string
---@field RegionId? string
---@field SplitType? string

---DescribeLiveStreamTranscodeStreamNum: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamtranscodestreamnum)
---@param params streamctl.aliyun.DescribeLiveStreamTranscodeStreamNum
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_transcode_stream_num(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainTranscodeParams
---@field app? string required, as the vendor's comments have it
---@field pushdomain? string required, as the vendor's comments have it
---@field template_name? string

---DescribeLiveDomainTranscodeParams: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomaintranscodeparams)
---@param params streamctl.aliyun.DescribeLiveDomainTranscodeParams
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_transcode_params(params, options) end

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

---AddCustomLiveStreamTranscode: 6000 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcustomlivestreamtranscode)
---@param params streamctl.aliyun.AddCustomLiveStreamTranscode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_custom_live_stream_transcode(params, options) end

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

---UpdateCustomLiveStreamTranscode: 6000 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatecustomlivestreamtranscode)
---@param params streamctl.aliyun.UpdateCustomLiveStreamTranscode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_custom_live_stream_transcode(params, options) end

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

---AddRtsLiveStreamTranscode: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addrtslivestreamtranscode)
---@param params streamctl.aliyun.AddRtsLiveStreamTranscode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_rts_live_stream_transcode(params, options) end

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

---UpdateRtsLiveStreamTranscode: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatertslivestreamtranscode)
---@param params streamctl.aliyun.UpdateRtsLiveStreamTranscode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_rts_live_stream_transcode(params, options) end

---@class streamctl.aliyun.CreateCustomTemplate
---@field CustomTemplate string
---@field Template string
---@field RegionId? string

---CreateCustomTemplate: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createcustomtemplate)
---@param params streamctl.aliyun.CreateCustomTemplate
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_custom_template(params, options) end

---@class streamctl.aliyun.DeleteCustomTemplate
---@field Template string
---@field RegionId? string

---DeleteCustomTemplate: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecustomtemplate)
---@param params streamctl.aliyun.DeleteCustomTemplate
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_custom_template(params, options) end

---@class streamctl.aliyun.GetCustomTemplate
---@field Template string
---@field RegionId? string

---GetCustomTemplate: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getcustomtemplate)
---@param params streamctl.aliyun.GetCustomTemplate
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:get_custom_template(params, options) end

---@class streamctl.aliyun.GetAllCustomTemplates
---@field RegionId? string
---@field UserId? string

---GetAllCustomTemplates: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getallcustomtemplates)
---@param params streamctl.aliyun.GetAllCustomTemplates
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:get_all_custom_templates(params, options) end

---@class streamctl.aliyun.RestartTranscodeTask
---@field App? string
---@field PushDomain? string
---@field StreamName? string
---@field TranscodingTemplate? string

---RestartTranscodeTask: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-restarttranscodetask)
---@param params streamctl.aliyun.RestartTranscodeTask
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:restart_transcode_task(params, options) end

---@class streamctl.aliyun.GetTranscodeTaskStatus
---@field App? string
---@field PushDomain? string
---@field StreamName? string
---@field TranscodingTemplate? string

---GetTranscodeTaskStatus: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-gettranscodetaskstatus)
---@param params streamctl.aliyun.GetTranscodeTaskStatus
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:get_transcode_task_status(params, options) end

---@class streamctl.aliyun.AddTrancodeSEI
---@field AppName string
---@field Delay integer
---@field DomainName string
---@field Pattern string
---@field Repeat integer
---@field StreamName string
---@field Text string
---@field RegionId? string

---AddTrancodeSEI: 6000 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addtrancodesei)
---@param params streamctl.aliyun.AddTrancodeSEI
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_trancode_sei(params, options) end

---@class streamctl.aliyun.CreateEdgeTranscodeJob
---@field ClusterId string
---@field Name string
---@field StreamInput string
---@field StreamOutput string
---@field TemplateId string
---@field RegionId? string

---CreateEdgeTranscodeJob: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createedgetranscodejob)
---@param params streamctl.aliyun.CreateEdgeTranscodeJob
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_edge_transcode_job(params, options) end

---@class streamctl.aliyun.UpdateEdgeTranscodeJob
---@field ClusterId string
---@field JobId string
---@field Name? string
---@field RegionId? string
---@field StreamInput? string
---@field StreamOutput? string
---@field TemplateId? string

---UpdateEdgeTranscodeJob: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateedgetranscodejob)
---@param params streamctl.aliyun.UpdateEdgeTranscodeJob
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_edge_transcode_job(params, options) end

---@class streamctl.aliyun.StartEdgeTranscodeJob
---@field ClusterId string
---@field JobId string
---@field RegionId? string

---StartEdgeTranscodeJob: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startedgetranscodejob)
---@param params streamctl.aliyun.StartEdgeTranscodeJob
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:start_edge_transcode_job(params, options) end

---@class streamctl.aliyun.StopEdgeTranscodeJob
---@field ClusterId string
---@field JobId string
---@field RegionId? string

---StopEdgeTranscodeJob: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stopedgetranscodejob)
---@param params streamctl.aliyun.StopEdgeTranscodeJob
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:stop_edge_transcode_job(params, options) end

---@class streamctl.aliyun.DeleteEdgeTranscodeJob
---@field ClusterId string
---@field JobId string
---@field RegionId? string

---DeleteEdgeTranscodeJob: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteedgetranscodejob)
---@param params streamctl.aliyun.DeleteEdgeTranscodeJob
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_edge_transcode_job(params, options) end

---@class streamctl.aliyun.GetEdgeTranscodeJob
---@field ClusterId string
---@field JobId string
---@field RegionId? string

---GetEdgeTranscodeJob: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getedgetranscodejob)
---@param params streamctl.aliyun.GetEdgeTranscodeJob
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:get_edge_transcode_job(params, options) end

---@class streamctl.aliyun.ListEdgeTranscodeJob
---@field ClusterId string
---@field Keyword? string
---@field PageNo? number
---@field PageSize? number
---@field RegionId? string
---@field SortBy? string
---@field Status? number
---@field Type? string

---ListEdgeTranscodeJob: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listedgetranscodejob)
---@param params streamctl.aliyun.ListEdgeTranscodeJob
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_edge_transcode_job(params, options) end

---@class streamctl.aliyun.GetEdgeTranscodeTemplate
---@field ClusterId string
---@field TemplateId string
---@field RegionId? string

---GetEdgeTranscodeTemplate: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getedgetranscodetemplate)
---@param params streamctl.aliyun.GetEdgeTranscodeTemplate
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:get_edge_transcode_template(params, options) end

---@class streamctl.aliyun.ListEdgeTranscodeTemplate
---@field ClusterId string
---@field Keyword? string
---@field PageNo? number
---@field PageSize? number
---@field RegionId? string
---@field SortBy? string
---@field Type? string
---@field VideoCodec? string

---ListEdgeTranscodeTemplate: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listedgetranscodetemplate)
---@param params streamctl.aliyun.ListEdgeTranscodeTemplate
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_edge_transcode_template(params, options) end

---@class streamctl.aliyun.CreateMixStream
---@field DomainName string
---@field InputStreamList string
---@field LayoutId string
---@field OutputConfig string
---@field CallbackConfig? string
---@field RegionId? string

---@class streamctl.aliyun.CreateMixStream.answer : streamctl.aliyun.answer
---@field MixStreamId string

---CreateMixStream: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createmixstream)
---@param params streamctl.aliyun.CreateMixStream
---@param options? streamctl.options.call
---@return streamctl.aliyun.CreateMixStream.answer|nil answer, string message, streamctl.errors.err err
function client:create_mix_stream(params, options) end

---@class streamctl.aliyun.UpdateMixStream
---@field DomainName string
---@field InputStreamList string
---@field MixStreamId string
---@field LayoutId? string
---@field RegionId? string

---UpdateMixStream: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatemixstream)
---@param params streamctl.aliyun.UpdateMixStream
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_mix_stream(params, options) end

---@class streamctl.aliyun.DeleteMixStream
---@field DomainName string
---@field MixStreamId string
---@field AppName? string
---@field RegionId? string
---@field StreamName? string

---DeleteMixStream: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletemixstream)
---@param params streamctl.aliyun.DeleteMixStream
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_mix_stream(params, options) end

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

---DescribeMixStreamList: 5 calls a second, harmless to repeat, pages by PageNo. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describemixstreamlist)
---@param params streamctl.aliyun.DescribeMixStreamList
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_mix_stream_list(params, options) end

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

---AddLiveStreamWatermark: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivestreamwatermark)
---@param params streamctl.aliyun.AddLiveStreamWatermark
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_stream_watermark(params, options) end

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

---UpdateLiveStreamWatermark: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivestreamwatermark)
---@param params streamctl.aliyun.UpdateLiveStreamWatermark
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_stream_watermark(params, options) end

---@class streamctl.aliyun.DeleteLiveStreamWatermark
---@field TemplateId string
---@field RegionId? string

---DeleteLiveStreamWatermark: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreamwatermark)
---@param params streamctl.aliyun.DeleteLiveStreamWatermark
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_stream_watermark(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamWatermarks
---@field Domain? string
---@field KeyWord? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string

---DescribeLiveStreamWatermarks: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamwatermarks)
---@param params streamctl.aliyun.DescribeLiveStreamWatermarks
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_watermarks(params, options) end

---@class streamctl.aliyun.AddLiveStreamWatermarkRule
---@field App string
---@field Domain string
---@field Name string
---@field Stream string
---@field TemplateId string
---@field Description? string
---@field RegionId? string

---AddLiveStreamWatermarkRule: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivestreamwatermarkrule)
---@param params streamctl.aliyun.AddLiveStreamWatermarkRule
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_stream_watermark_rule(params, options) end

---@class streamctl.aliyun.UpdateLiveStreamWatermarkRule
---@field RuleId string
---@field Description? string
---@field Name? string
---@field RegionId? string
---@field TemplateId? string

---UpdateLiveStreamWatermarkRule: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivestreamwatermarkrule)
---@param params streamctl.aliyun.UpdateLiveStreamWatermarkRule
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_stream_watermark_rule(params, options) end

---@class streamctl.aliyun.DeleteLiveStreamWatermarkRule
---@field Domain string
---@field App? string
---@field RegionId? string
---@field RuleId? string
---@field Stream? string

---DeleteLiveStreamWatermarkRule: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivestreamwatermarkrule)
---@param params streamctl.aliyun.DeleteLiveStreamWatermarkRule
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_stream_watermark_rule(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamWatermarkRules
---@field Domain? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string

---DescribeLiveStreamWatermarkRules: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamwatermarkrules)
---@param params streamctl.aliyun.DescribeLiveStreamWatermarkRules
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_watermark_rules(params, options) end

---@class streamctl.aliyun.DynamicUpdateWaterMarkStreamRule
---@field App string
---@field Domain string
---@field Stream string
---@field TemplateId string
---@field RegionId? string

---DynamicUpdateWaterMarkStreamRule: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-dynamicupdatewatermarkstreamrule)
---@param params streamctl.aliyun.DynamicUpdateWaterMarkStreamRule
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:dynamic_update_water_mark_stream_rule(params, options) end

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

---AddLivePackageConfig: 5 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivepackageconfig)
---@param params streamctl.aliyun.AddLivePackageConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_package_config(params, options) end

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

---UpdateLivePackageConfig: 300 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivepackageconfig)
---@param params streamctl.aliyun.UpdateLivePackageConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_package_config(params, options) end

---@class streamctl.aliyun.DeleteLivePackageConfig
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---DeleteLivePackageConfig: 300 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivepackageconfig)
---@param params streamctl.aliyun.DeleteLivePackageConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_package_config(params, options) end

---@class streamctl.aliyun.DescribeLivePackageConfig
---@field DomainName string
---@field AppName? string
---@field Order? string
---@field PageNum? number
---@field PageSize? number
---@field RegionId? string
---@field StreamName? string

---DescribeLivePackageConfig: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepackageconfig)
---@param params streamctl.aliyun.DescribeLivePackageConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_package_config(params, options) end

---@class streamctl.aliyun.AddLiveAudioAuditConfig
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field BizType? string
---@field OssBucket? string
---@field OssEndpoint? string
---@field OssObject? string
---@field RegionId? string

---AddLiveAudioAuditConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliveaudioauditconfig)
---@param params streamctl.aliyun.AddLiveAudioAuditConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_audio_audit_config(params, options) end

---@class streamctl.aliyun.UpdateLiveAudioAuditConfig
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field BizType? string
---@field OssBucket? string
---@field OssEndpoint? string
---@field OssObject? string
---@field RegionId? string

---UpdateLiveAudioAuditConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliveaudioauditconfig)
---@param params streamctl.aliyun.UpdateLiveAudioAuditConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_audio_audit_config(params, options) end

---@class streamctl.aliyun.DeleteLiveAudioAuditConfig
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---DeleteLiveAudioAuditConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveaudioauditconfig)
---@param params streamctl.aliyun.DeleteLiveAudioAuditConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_audio_audit_config(params, options) end

---@class streamctl.aliyun.DescribeLiveAudioAuditConfig
---@field DomainName string
---@field AppName? string
---@field RegionId? string
---@field StreamName? string

---DescribeLiveAudioAuditConfig: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveaudioauditconfig)
---@param params streamctl.aliyun.DescribeLiveAudioAuditConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_audio_audit_config(params, options) end

---@class streamctl.aliyun.AddLiveAudioAuditNotifyConfig
---@field DomainName string
---@field Callback? string
---@field CallbackTemplate? string
---@field RegionId? string

---AddLiveAudioAuditNotifyConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliveaudioauditnotifyconfig)
---@param params streamctl.aliyun.AddLiveAudioAuditNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_audio_audit_notify_config(params, options) end

---@class streamctl.aliyun.UpdateLiveAudioAuditNotifyConfig
---@field DomainName string
---@field Callback? string
---@field CallbackTemplate? string
---@field RegionId? string

---UpdateLiveAudioAuditNotifyConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliveaudioauditnotifyconfig)
---@param params streamctl.aliyun.UpdateLiveAudioAuditNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_audio_audit_notify_config(params, options) end

---@class streamctl.aliyun.DeleteLiveAudioAuditNotifyConfig
---@field DomainName string
---@field RegionId? string

---DeleteLiveAudioAuditNotifyConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveaudioauditnotifyconfig)
---@param params streamctl.aliyun.DeleteLiveAudioAuditNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_audio_audit_notify_config(params, options) end

---@class streamctl.aliyun.DescribeLiveAudioAuditNotifyConfig
---@field DomainName string
---@field RegionId? string

---DescribeLiveAudioAuditNotifyConfig: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveaudioauditnotifyconfig)
---@param params streamctl.aliyun.DescribeLiveAudioAuditNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_audio_audit_notify_config(params, options) end

---@class streamctl.aliyun.AddLiveDetectNotifyConfig
---@field DomainName string
---@field NotifyUrl string

---AddLiveDetectNotifyConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivedetectnotifyconfig)
---@param params streamctl.aliyun.AddLiveDetectNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_detect_notify_config(params, options) end

---@class streamctl.aliyun.UpdateLiveDetectNotifyConfig
---@field DomainName string
---@field NotifyUrl string

---UpdateLiveDetectNotifyConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivedetectnotifyconfig)
---@param params streamctl.aliyun.UpdateLiveDetectNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_detect_notify_config(params, options) end

---@class streamctl.aliyun.DeleteLiveDetectNotifyConfig
---@field DomainName string

---DeleteLiveDetectNotifyConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivedetectnotifyconfig)
---@param params streamctl.aliyun.DeleteLiveDetectNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_detect_notify_config(params, options) end

---@class streamctl.aliyun.DescribeLiveDetectNotifyConfig
---@field DomainName string

---DescribeLiveDetectNotifyConfig: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedetectnotifyconfig)
---@param params streamctl.aliyun.DescribeLiveDetectNotifyConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_detect_notify_config(params, options) end

---@class streamctl.aliyun.AddLiveSnapshotDetectPornConfig
---@field AppName string
---@field DomainName string
---@field OssBucket string
---@field OssEndpoint string
---@field Interval? number
---@field OssObject? string
---@field Scene? string[]

---AddLiveSnapshotDetectPornConfig: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivesnapshotdetectpornconfig)
---@param params streamctl.aliyun.AddLiveSnapshotDetectPornConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_snapshot_detect_porn_config(params, options) end

---@class streamctl.aliyun.UpdateLiveSnapshotDetectPornConfig
---@field AppName string
---@field DomainName string
---@field Interval? number
---@field OssBucket? string
---@field OssEndpoint? string
---@field OssObject? string
---@field Scene? string[]

---UpdateLiveSnapshotDetectPornConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivesnapshotdetectpornconfig)
---@param params streamctl.aliyun.UpdateLiveSnapshotDetectPornConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_snapshot_detect_porn_config(params, options) end

---@class streamctl.aliyun.DeleteLiveSnapshotDetectPornConfig
---@field AppName string
---@field DomainName string

---DeleteLiveSnapshotDetectPornConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivesnapshotdetectpornconfig)
---@param params streamctl.aliyun.DeleteLiveSnapshotDetectPornConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_snapshot_detect_porn_config(params, options) end

---@class streamctl.aliyun.DescribeLiveSnapshotDetectPornConfig
---@field DomainName string
---@field AppName? string
---@field Order? string
---@field PageNum? number
---@field PageSize? number

---DescribeLiveSnapshotDetectPornConfig: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivesnapshotdetectpornconfig)
---@param params streamctl.aliyun.DescribeLiveSnapshotDetectPornConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_snapshot_detect_porn_config(params, options) end

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

---DescribeLiveDetectPornData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedetectporndata)
---@param params streamctl.aliyun.DescribeLiveDetectPornData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_detect_porn_data(params, options) end

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

---AddLiveAISubtitle: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliveaisubtitle)
---@param params streamctl.aliyun.AddLiveAISubtitle
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_ai_subtitle(params, options) end

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

---UpdateLiveAISubtitle: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliveaisubtitle)
---@param params streamctl.aliyun.UpdateLiveAISubtitle
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_ai_subtitle(params, options) end

---@class streamctl.aliyun.DeleteLiveAISubtitle
---@field SubtitleId string
---@field RegionId? string
---@field SubtitleName? string

---DeleteLiveAISubtitle: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveaisubtitle)
---@param params streamctl.aliyun.DeleteLiveAISubtitle
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_ai_subtitle(params, options) end

---@class streamctl.aliyun.DescribeLiveAISubtitle
---@field IsDefault? boolean
---@field PageNumber? string
---@field PageSize? string
---@field RegionId? string
---@field SubtitleId? string
---@field SubtitleName? string

---DescribeLiveAISubtitle: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveaisubtitle)
---@param params streamctl.aliyun.DescribeLiveAISubtitle
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_ai_subtitle(params, options) end

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

---AddLiveAIProduceRules: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addliveaiproducerules)
---@param params streamctl.aliyun.AddLiveAIProduceRules
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_ai_produce_rules(params, options) end

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

---UpdateLiveAIProduceRules: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateliveaiproducerules)
---@param params streamctl.aliyun.UpdateLiveAIProduceRules
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_ai_produce_rules(params, options) end

---@class streamctl.aliyun.DeleteLiveAIProduceRules
---@field App string
---@field Domain string
---@field SuffixName? string required, as the vendor's comments have it
---@field RegionId? string
---@field RulesId? string

---DeleteLiveAIProduceRules: 60 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveaiproducerules)
---@param params streamctl.aliyun.DeleteLiveAIProduceRules
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_ai_produce_rules(params, options) end

---@class streamctl.aliyun.DescribeLiveAIProduceRules
---@field App? string
---@field Domain? string
---@field PageNumber? string
---@field PageSize? string
---@field RegionId? string
---@field RulesId? string
---@field SuffixName? string

---DescribeLiveAIProduceRules: 60 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveaiproducerules)
---@param params streamctl.aliyun.DescribeLiveAIProduceRules
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_ai_produce_rules(params, options) end

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

---CreateLiveAIStudio: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createliveaistudio)
---@param params streamctl.aliyun.CreateLiveAIStudio
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_live_ai_studio(params, options) end

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

---ModifyLiveAIStudio: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifyliveaistudio)
---@param params streamctl.aliyun.ModifyLiveAIStudio
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_live_ai_studio(params, options) end

---@class streamctl.aliyun.DeleteLiveAIStudio
---@field StudioId string
---@field RegionId? string

---DeleteLiveAIStudio: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveaistudio)
---@param params streamctl.aliyun.DeleteLiveAIStudio
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_ai_studio(params, options) end

---@class streamctl.aliyun.DescribeLiveAIStudio
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StudioId? string
---@field StudioName? string

---DescribeLiveAIStudio: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveaistudio)
---@param params streamctl.aliyun.DescribeLiveAIStudio
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_ai_studio(params, options) end

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

---AddLiveDomain: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivedomain)
---@param params streamctl.aliyun.AddLiveDomain
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_domain(params, options) end

---@class streamctl.aliyun.StartLiveDomain
---@field DomainName string

---StartLiveDomain: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startlivedomain)
---@param params streamctl.aliyun.StartLiveDomain
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:start_live_domain(params, options) end

---@class streamctl.aliyun.StopLiveDomain
---@field DomainName string

---StopLiveDomain: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoplivedomain)
---@param params streamctl.aliyun.StopLiveDomain
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:stop_live_domain(params, options) end

---@class streamctl.aliyun.DeleteLiveDomain
---@field DomainName string

---DeleteLiveDomain: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivedomain)
---@param params streamctl.aliyun.DeleteLiveDomain
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_domain(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainDetail
---@field DomainName string

---DescribeLiveDomainDetail: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomaindetail)
---@param params streamctl.aliyun.DescribeLiveDomainDetail
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_detail(params, options) end

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

---DescribeLiveUserDomains: 100 calls a second, harmless to repeat, pages by PageNumber. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveuserdomains)
---@param params streamctl.aliyun.DescribeLiveUserDomains
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_user_domains(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainLimit
---@field DomainName string
---@field RegionId? string

---DescribeLiveDomainLimit: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainlimit)
---@param params streamctl.aliyun.DescribeLiveDomainLimit
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_limit(params, options) end

---@class streamctl.aliyun.DescribeDomainWithIntegrity
---@field EndTime string
---@field Integrity number
---@field StartTime string
---@field RegionId? string

---DescribeDomainWithIntegrity: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describedomainwithintegrity)
---@param params streamctl.aliyun.DescribeDomainWithIntegrity
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_domain_with_integrity(params, options) end

---@class streamctl.aliyun.AddLiveDomainMapping
---@field PullDomain string
---@field PushDomain string

---AddLiveDomainMapping: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivedomainmapping)
---@param params streamctl.aliyun.AddLiveDomainMapping
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_domain_mapping(params, options) end

---@class streamctl.aliyun.DeleteLiveDomainMapping
---@field PullDomain string
---@field PushDomain string

---DeleteLiveDomainMapping: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivedomainmapping)
---@param params streamctl.aliyun.DeleteLiveDomainMapping
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_domain_mapping(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainMapping
---@field DomainName string
---@field RegionId? string

---DescribeLiveDomainMapping: 8.333 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainmapping)
---@param params streamctl.aliyun.DescribeLiveDomainMapping
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_mapping(params, options) end

---@class streamctl.aliyun.AddLiveDomainPlayMapping
---@field PlayDomain string
---@field PullDomain string
---@field RegionId? string

---AddLiveDomainPlayMapping: 16.67 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivedomainplaymapping)
---@param params streamctl.aliyun.AddLiveDomainPlayMapping
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_domain_play_mapping(params, options) end

---@class streamctl.aliyun.DeleteLiveDomainPlayMapping
---@field PlayDomain string
---@field PullDomain string
---@field RegionId? string

---DeleteLiveDomainPlayMapping: 16.67 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivedomainplaymapping)
---@param params streamctl.aliyun.DeleteLiveDomainPlayMapping
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_domain_play_mapping(params, options) end

---@class streamctl.aliyun.BatchSetLiveDomainConfigs
---@field DomainNames string
---@field Functions string
---@field DryRun? boolean

---BatchSetLiveDomainConfigs: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-batchsetlivedomainconfigs)
---@param params streamctl.aliyun.BatchSetLiveDomainConfigs
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:batch_set_live_domain_configs(params, options) end

---@class streamctl.aliyun.BatchDeleteLiveDomainConfigs
---@field DomainNames string
---@field FunctionNames string

---BatchDeleteLiveDomainConfigs: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-batchdeletelivedomainconfigs)
---@param params streamctl.aliyun.BatchDeleteLiveDomainConfigs
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:batch_delete_live_domain_configs(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainConfigs
---@field DomainName string
---@field FunctionNames string

---DescribeLiveDomainConfigs: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainconfigs)
---@param params streamctl.aliyun.DescribeLiveDomainConfigs
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_configs(params, options) end

---@class streamctl.aliyun.ModifyLiveDomainSchdmByProperty
---@field DomainName string
---@field Property string
---@field RegionId? string

---ModifyLiveDomainSchdmByProperty: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivedomainschdmbyproperty)
---@param params streamctl.aliyun.ModifyLiveDomainSchdmByProperty
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_live_domain_schdm_by_property(params, options) end

---@class streamctl.aliyun.ChangeLiveDomainResourceGroup
---@field DomainName string
---@field NewResourceGroupId string
---@field RegionId? string

---ChangeLiveDomainResourceGroup: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-changelivedomainresourcegroup)
---@param params streamctl.aliyun.ChangeLiveDomainResourceGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:change_live_domain_resource_group(params, options) end

---@class streamctl.aliyun.VerifyLiveDomainOwner
---@field DomainName string
---@field VerifyType string
---@field RegionId? string

---VerifyLiveDomainOwner: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-verifylivedomainowner)
---@param params streamctl.aliyun.VerifyLiveDomainOwner
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:verify_live_domain_owner(params, options) end

---@class streamctl.aliyun.DescribeLiveVerifyContent
---@field DomainName string
---@field RegionId? string

---DescribeLiveVerifyContent: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveverifycontent)
---@param params streamctl.aliyun.DescribeLiveVerifyContent
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_verify_content(params, options) end

---@class streamctl.aliyun.DescribeLiveIpInfo
---@field IP string
---@field RegionId? string

---DescribeLiveIpInfo: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveipinfo)
---@param params streamctl.aliyun.DescribeLiveIpInfo
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_ip_info(params, options) end

---@class streamctl.aliyun.SetLiveDomainStagingConfig
---@field DomainName string
---@field Functions string
---@field RegionId? string

---SetLiveDomainStagingConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivedomainstagingconfig)
---@param params streamctl.aliyun.SetLiveDomainStagingConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_live_domain_staging_config(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainStagingConfig
---@field DomainName string
---@field FunctionNames string
---@field RegionId? string

---DescribeLiveDomainStagingConfig: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainstagingconfig)
---@param params streamctl.aliyun.DescribeLiveDomainStagingConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_staging_config(params, options) end

---@class streamctl.aliyun.DeleteLiveSpecificStagingConfig
---@field ConfigId string
---@field DomainName string

---DeleteLiveSpecificStagingConfig: 20 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivespecificstagingconfig)
---@param params streamctl.aliyun.DeleteLiveSpecificStagingConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_specific_staging_config(params, options) end

---@class streamctl.aliyun.PublishLiveStagingConfigToProduction
---@field DomainName string
---@field FunctionName string
---@field RegionId? string

---PublishLiveStagingConfigToProduction: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-publishlivestagingconfigtoproduction)
---@param params streamctl.aliyun.PublishLiveStagingConfigToProduction
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:publish_live_staging_config_to_production(params, options) end

---@class streamctl.aliyun.RollbackLiveStagingConfig
---@field DomainName string
---@field FunctionName string
---@field RegionId? string

---RollbackLiveStagingConfig: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-rollbacklivestagingconfig)
---@param params streamctl.aliyun.RollbackLiveStagingConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:rollback_live_staging_config(params, options) end

---@class streamctl.aliyun.SetLiveDomainCertificate
---@field DomainName string
---@field SSLPri? string required, as the vendor's comments have it
---@field SSLProtocol string
---@field SSLPub? string required, as the vendor's comments have it
---@field CertName? string
---@field CertType? string
---@field DryRun? boolean
---@field ForceSet? string

---SetLiveDomainCertificate: 30 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivedomaincertificate)
---@param params streamctl.aliyun.SetLiveDomainCertificate
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_live_domain_certificate(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainCertificateInfo
---@field DomainName string
---@field RegionId? string

---DescribeLiveDomainCertificateInfo: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomaincertificateinfo)
---@param params streamctl.aliyun.DescribeLiveDomainCertificateInfo
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_certificate_info(params, options) end

---@class streamctl.aliyun.DescribeLiveCertificateDetail
---@field CertName string

---DescribeLiveCertificateDetail: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivecertificatedetail)
---@param params streamctl.aliyun.DescribeLiveCertificateDetail
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_certificate_detail(params, options) end

---@class streamctl.aliyun.DescribeLiveCertificateList
---@field DomainName? string

---DescribeLiveCertificateList: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivecertificatelist)
---@param params streamctl.aliyun.DescribeLiveCertificateList
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_certificate_list(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainByCertificate
---@field SSLPub string
---@field RegionId? string
---@field SSLStatus? boolean

---DescribeLiveDomainByCertificate: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainbycertificate)
---@param params streamctl.aliyun.DescribeLiveDomainByCertificate
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_by_certificate(params, options) end

---@class streamctl.aliyun.DescribeLiveHttpsDomainList
---@field Keyword? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string

---DescribeLiveHttpsDomainList: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivehttpsdomainlist)
---@param params streamctl.aliyun.DescribeLiveHttpsDomainList
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_https_domain_list(params, options) end

---@class streamctl.aliyun.TagLiveResources.Tag
---@field Key? string
---@field Value? string

---@class streamctl.aliyun.TagLiveResources
---@field ResourceId string[]
---@field ResourceType string
---@field RegionId? string
---@field Tag streamctl.aliyun.TagLiveResources.Tag[]

---TagLiveResources: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-tagliveresources)
---@param params streamctl.aliyun.TagLiveResources
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:tag_live_resources(params, options) end

---@class streamctl.aliyun.UnTagLiveResources
---@field ResourceId string[]
---@field ResourceType string
---@field All? boolean
---@field RegionId? string
---@field TagKey? string[]

---UnTagLiveResources: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-untagliveresources)
---@param params streamctl.aliyun.UnTagLiveResources
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:un_tag_live_resources(params, options) end

---@class streamctl.aliyun.ListLiveTagResources.Tag
---@field Key? string
---@field Value? string

---@class streamctl.aliyun.ListLiveTagResources
---@field ResourceType string
---@field NextToken? string
---@field RegionId? string
---@field ResourceId? string[]
---@field TagOwnerBid? string
---@field TagOwnerUid? string
---@field Tag? streamctl.aliyun.ListLiveTagResources.Tag[]

---ListLiveTagResources: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivetagresources)
---@param params streamctl.aliyun.ListLiveTagResources
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_live_tag_resources(params, options) end

---@class streamctl.aliyun.DescribeLiveTagResources.Tag
---@field Key? string
---@field Value? string

---@class streamctl.aliyun.DescribeLiveTagResources
---@field ResourceId string[]
---@field ResourceType string
---@field RegionId? string
---@field Tag? streamctl.aliyun.DescribeLiveTagResources.Tag[]

---DescribeLiveTagResources: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivetagresources)
---@param params streamctl.aliyun.DescribeLiveTagResources
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_tag_resources(params, options) end

---@class streamctl.aliyun.DescribeLiveUserTags
---@field RegionId? string

---DescribeLiveUserTags: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveusertags)
---@param params streamctl.aliyun.DescribeLiveUserTags
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_user_tags(params, options) end

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

---CreateLivePrivateLine: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createliveprivateline)
---@param params streamctl.aliyun.CreateLivePrivateLine
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_live_private_line(params, options) end

---@class streamctl.aliyun.DeleteLivePrivateLine
---@field AccelerationType string
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field RegionId? string

---DeleteLivePrivateLine: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliveprivateline)
---@param params streamctl.aliyun.DeleteLivePrivateLine
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_private_line(params, options) end

---@class streamctl.aliyun.DescribeLivePrivateLineAreas
---@field DomainName string
---@field RegionId? string

---DescribeLivePrivateLineAreas: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveprivatelineareas)
---@param params streamctl.aliyun.DescribeLivePrivateLineAreas
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_private_line_areas(params, options) end

---@class streamctl.aliyun.DescribeLivePrivateLineAvailGA
---@field DomainName string
---@field IsGaInstance string
---@field AccelerationArea? string
---@field AppName? string
---@field RegionId? string
---@field StreamName? string
---@field VideoCenter? string

---DescribeLivePrivateLineAvailGA: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveprivatelineavailga)
---@param params streamctl.aliyun.DescribeLivePrivateLineAvailGA
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_private_line_avail_ga(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainOnlineUserNum
---@field DomainName string
---@field QueryTime? string|number UTC, or Unix seconds
---@field RegionId? string

---DescribeLiveDomainOnlineUserNum: 3.333 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainonlineusernum)
---@param params streamctl.aliyun.DescribeLiveDomainOnlineUserNum
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_online_user_num(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamHistoryUserNum
---@field AppName string
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field StreamName string

---DescribeLiveStreamHistoryUserNum: 30 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamhistoryusernum)
---@param params streamctl.aliyun.DescribeLiveStreamHistoryUserNum
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_history_user_num(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainFrameRateAndBitRateData
---@field DomainName string
---@field QueryTime string|number UTC, or Unix seconds
---@field RegionId? string

---DescribeLiveDomainFrameRateAndBitRateData: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainframerateandbitratedata)
---@param params streamctl.aliyun.DescribeLiveDomainFrameRateAndBitRateData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_frame_rate_and_bit_rate_data(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamBitRateData
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field EndTime? string|number UTC, or Unix seconds
---@field StartTime? string|number UTC, or Unix seconds

---DescribeLiveStreamBitRateData: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreambitratedata)
---@param params streamctl.aliyun.DescribeLiveStreamBitRateData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_bit_rate_data(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamDetailFrameRateAndBitRateData
---@field AppName string
---@field DomainName string
---@field StreamName string
---@field EndTime? string
---@field RegionId? string
---@field StartTime? string

---DescribeLiveStreamDetailFrameRateAndBitRateData: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamdetailframerateandbitratedata)
---@param params streamctl.aliyun.DescribeLiveStreamDetailFrameRateAndBitRateData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_detail_frame_rate_and_bit_rate_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainPublishErrorCode
---@field DomainName? string required, as the vendor's comments have it
---@field AppName? string
---@field EndTime? string|number UTC, or Unix seconds
---@field RegionId? string
---@field StartTime? string|number UTC, or Unix seconds

---DescribeLiveDomainPublishErrorCode: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainpublisherrorcode)
---@param params streamctl.aliyun.DescribeLiveDomainPublishErrorCode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_publish_error_code(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamAuthChecking
---@field DomainName string
---@field Url string
---@field RegionId? string

---DescribeLiveStreamAuthChecking: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamauthchecking)
---@param params streamctl.aliyun.DescribeLiveStreamAuthChecking
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_auth_checking(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamMetricDetailData
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field AppName? string
---@field DomainName? string
---@field NextPageToken? string
---@field Protocol? string
---@field RegionId? string
---@field StreamName? string

---DescribeLiveStreamMetricDetailData: 10 calls a second, harmless to repeat, pages by NextPageToken. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreammetricdetaildata)
---@param params streamctl.aliyun.DescribeLiveStreamMetricDetailData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_metric_detail_data(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamPushMetricDetailData
---@field DomainName string
---@field EndTime string|number UTC, or Unix seconds
---@field StartTime string|number UTC, or Unix seconds
---@field AppName? string
---@field NextPageToken? string
---@field RegionId? string
---@field StreamName? string

---DescribeLiveStreamPushMetricDetailData: 10 calls a second, harmless to repeat, pages by NextPageToken. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreampushmetricdetaildata)
---@param params streamctl.aliyun.DescribeLiveStreamPushMetricDetailData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_push_metric_detail_data(params, options) end

---@class streamctl.aliyun.DescribeLiveUpVideoAudioInfo
---@field Stream string
---@field EndTime? string|number UTC, or Unix seconds
---@field RegionId? string
---@field StartTime? string|number UTC, or Unix seconds

---DescribeLiveUpVideoAudioInfo: 0.1667 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveupvideoaudioinfo)
---@param params streamctl.aliyun.DescribeLiveUpVideoAudioInfo
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_up_video_audio_info(params, options) end

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

---DescribeLiveCdnDiagnoseInfo: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivecdndiagnoseinfo)
---@param params streamctl.aliyun.DescribeLiveCdnDiagnoseInfo
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_cdn_diagnose_info(params, options) end

---@class streamctl.aliyun.LiveUpstreamQosData
---@field EndTime? string required, as the vendor's comments have it
---@field StartTime? string required, as the vendor's comments have it
---@field Region? string
---@field RegionId? string
---@field CdnDomains? string[]
---@field CdnIsps? string[]
---@field CdnProvinces? string[]
---@field KwaiSidcs? string[]
---@field KwaiTsc? number[]
---@field UpstreamDomains? string[]

---LiveUpstreamQosData: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-liveupstreamqosdata)
---@param params streamctl.aliyun.LiveUpstreamQosData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:live_upstream_qos_data(params, options) end

---@class streamctl.aliyun.DescribeLiveInteractionMetricData
---@field AppId string
---@field BeginTs number
---@field EndTs number
---@field MetricType string
---@field ChannelId? string
---@field Os? string
---@field TerminalType? string

---DescribeLiveInteractionMetricData: 24 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveinteractionmetricdata)
---@param params streamctl.aliyun.DescribeLiveInteractionMetricData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_interaction_metric_data(params, options) end

---@class streamctl.aliyun.DescribeRTSNativeSDKFirstFrameCost
---@field EndTime? string required, as the vendor's comments have it
---@field StartTime? string required, as the vendor's comments have it
---@field DataInterval? string
---@field DomainNameList? string[]

---DescribeRTSNativeSDKFirstFrameCost: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertsnativesdkfirstframecost)
---@param params streamctl.aliyun.DescribeRTSNativeSDKFirstFrameCost
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_rts_native_sdk_first_frame_cost(params, options) end

---@class streamctl.aliyun.DescribeRTSNativeSDKFirstFrameDelay
---@field EndTime? string required, as the vendor's comments have it
---@field StartTime? string required, as the vendor's comments have it
---@field DataInterval? string
---@field DomainNameList? string[]

---DescribeRTSNativeSDKFirstFrameDelay: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertsnativesdkfirstframedelay)
---@param params streamctl.aliyun.DescribeRTSNativeSDKFirstFrameDelay
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_rts_native_sdk_first_frame_delay(params, options) end

---@class streamctl.aliyun.DescribeRTSNativeSDKPlayFailStatus
---@field EndTime? string required, as the vendor's comments have it
---@field StartTime? string required, as the vendor's comments have it
---@field DataInterval? string
---@field DomainNameList? string[]

---DescribeRTSNativeSDKPlayFailStatus: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertsnativesdkplayfailstatus)
---@param params streamctl.aliyun.DescribeRTSNativeSDKPlayFailStatus
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_rts_native_sdk_play_fail_status(params, options) end

---@class streamctl.aliyun.DescribeRTSNativeSDKPlayTime
---@field EndTime? string required, as the vendor's comments have it
---@field StartTime? string required, as the vendor's comments have it
---@field DataInterval? string
---@field DomainNameList? string[]

---DescribeRTSNativeSDKPlayTime: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertsnativesdkplaytime)
---@param params streamctl.aliyun.DescribeRTSNativeSDKPlayTime
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_rts_native_sdk_play_time(params, options) end

---@class streamctl.aliyun.DescribeRTSNativeSDKVvData
---@field EndTime? string required, as the vendor's comments have it
---@field StartTime? string required, as the vendor's comments have it
---@field DataInterval? string
---@field DomainNameList? string[]

---DescribeRTSNativeSDKVvData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertsnativesdkvvdata)
---@param params streamctl.aliyun.DescribeRTSNativeSDKVvData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_rts_native_sdk_vv_data(params, options) end

---@class streamctl.aliyun.DescribeToutiaoLivePlay
---@field App string
---@field Domain string
---@field EndTime string
---@field StartTime string
---@field Stream string
---@field RegionId? string

---DescribeToutiaoLivePlay: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describetoutiaoliveplay)
---@param params streamctl.aliyun.DescribeToutiaoLivePlay
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_toutiao_live_play(params, options) end

---@class streamctl.aliyun.DescribeToutiaoLivePublish
---@field App string
---@field Domain string
---@field EndTime string
---@field StartTime string
---@field Stream string
---@field RegionId? string

---DescribeToutiaoLivePublish: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describetoutiaolivepublish)
---@param params streamctl.aliyun.DescribeToutiaoLivePublish
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_toutiao_live_publish(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainBpsData
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---DescribeLiveDomainBpsData: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainbpsdata)
---@param params streamctl.aliyun.DescribeLiveDomainBpsData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_bps_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainBpsDataByLayer
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field IspNameEn? string
---@field Layer? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---DescribeLiveDomainBpsDataByLayer: 20 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainbpsdatabylayer)
---@param params streamctl.aliyun.DescribeLiveDomainBpsDataByLayer
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_bps_data_by_layer(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainTrafficData
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---DescribeLiveDomainTrafficData: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomaintrafficdata)
---@param params streamctl.aliyun.DescribeLiveDomainTrafficData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_traffic_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainPushBpsData
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---DescribeLiveDomainPushBpsData: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainpushbpsdata)
---@param params streamctl.aliyun.DescribeLiveDomainPushBpsData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_push_bps_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainPushTrafficData
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---DescribeLiveDomainPushTrafficData: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainpushtrafficdata)
---@param params streamctl.aliyun.DescribeLiveDomainPushTrafficData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_push_traffic_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainRealTimeBpsData
---@field DomainName string
---@field EndTime? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---DescribeLiveDomainRealTimeBpsData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainrealtimebpsdata)
---@param params streamctl.aliyun.DescribeLiveDomainRealTimeBpsData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_real_time_bps_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainRealTimeTrafficData
---@field DomainName string
---@field EndTime? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---DescribeLiveDomainRealTimeTrafficData: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainrealtimetrafficdata)
---@param params streamctl.aliyun.DescribeLiveDomainRealTimeTrafficData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_real_time_traffic_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainRealTimeHttpCodeData
---@field DomainName string
---@field EndTime? string
---@field IspNameEn? string
---@field LocationNameEn? string
---@field RegionId? string
---@field StartTime? string

---DescribeLiveDomainRealTimeHttpCodeData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainrealtimehttpcodedata)
---@param params streamctl.aliyun.DescribeLiveDomainRealTimeHttpCodeData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_real_time_http_code_data(params, options) end

---@class streamctl.aliyun.DescribeHlsLiveStreamRealTimeBpsData
---@field Time? string required, as the vendor's comments have it
---@field DomainName? string
---@field RegionId? string

---DescribeHlsLiveStreamRealTimeBpsData: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describehlslivestreamrealtimebpsdata)
---@param params streamctl.aliyun.DescribeHlsLiveStreamRealTimeBpsData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_hls_live_stream_real_time_bps_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainPvUvData
---@field DomainName string
---@field EndTime? string
---@field RegionId? string
---@field StartTime? string

---DescribeLiveDomainPvUvData: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainpvuvdata)
---@param params streamctl.aliyun.DescribeLiveDomainPvUvData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_pv_uv_data(params, options) end

---@class streamctl.aliyun.DescribeLiveTopDomainsByFlow
---@field EndTime? string
---@field Limit? number
---@field RegionId? string
---@field StartTime? string

---DescribeLiveTopDomainsByFlow: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivetopdomainsbyflow)
---@param params streamctl.aliyun.DescribeLiveTopDomainsByFlow
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_top_domains_by_flow(params, options) end

---@class streamctl.aliyun.DescribeLiveCenterStreamRateData
---@field AppName string
---@field DomainName string
---@field EndTime string
---@field StartTime string
---@field StreamName string

---DescribeLiveCenterStreamRateData: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivecenterstreamratedata)
---@param params streamctl.aliyun.DescribeLiveCenterStreamRateData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_center_stream_rate_data(params, options) end

---@class streamctl.aliyun.DescribeLiveUserStreamMetricData
---@field EndTime string
---@field PageNumber number
---@field PageSize number
---@field StartTime string
---@field AppName? string
---@field DomainName? string
---@field Protocol? string
---@field StreamName? string

---DescribeLiveUserStreamMetricData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveuserstreammetricdata)
---@param params streamctl.aliyun.DescribeLiveUserStreamMetricData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_user_stream_metric_data(params, options) end

---@class streamctl.aliyun.DescribeLiveStreamTranscodeMetricData
---@field DomainName string
---@field EndTime string
---@field StartTime string
---@field AppName? string
---@field NextPageToken? string
---@field RegionId? string
---@field StreamName? string

---DescribeLiveStreamTranscodeMetricData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivestreamtranscodemetricdata)
---@param params streamctl.aliyun.DescribeLiveStreamTranscodeMetricData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_stream_transcode_metric_data(params, options) end

---@class streamctl.aliyun.DescribeUpBpsPeakData
---@field EndTime string
---@field StartTime string
---@field DomainName? string
---@field DomainSwitch? string
---@field RegionId? string

---DescribeUpBpsPeakData: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeupbpspeakdata)
---@param params streamctl.aliyun.DescribeUpBpsPeakData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_up_bps_peak_data(params, options) end

---@class streamctl.aliyun.DescribeUpBpsPeakOfLine
---@field EndTime string
---@field Line string
---@field StartTime string
---@field DomainName? string
---@field DomainSwitch? string
---@field RegionId? string

---DescribeUpBpsPeakOfLine: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeupbpspeakofline)
---@param params streamctl.aliyun.DescribeUpBpsPeakOfLine
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_up_bps_peak_of_line(params, options) end

---@class streamctl.aliyun.DescribeUpPeakPublishStreamData
---@field EndTime string
---@field StartTime string
---@field DomainName? string
---@field DomainSwitch? string
---@field RegionId? string

---DescribeUpPeakPublishStreamData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeuppeakpublishstreamdata)
---@param params streamctl.aliyun.DescribeUpPeakPublishStreamData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_up_peak_publish_stream_data(params, options) end

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

---DescribeDomainUsageData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describedomainusagedata)
---@param params streamctl.aliyun.DescribeDomainUsageData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_domain_usage_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDelayedStreamingUsage
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field Region? string
---@field RegionId? string
---@field SplitBy? string
---@field StartTime? string
---@field StreamName? string

---DescribeLiveDelayedStreamingUsage: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedelayedstreamingusage)
---@param params streamctl.aliyun.DescribeLiveDelayedStreamingUsage
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_delayed_streaming_usage(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainMonitoringUsageData
---@field DomainName? string
---@field EndTime? string
---@field InstanceId? string
---@field Interval? string
---@field Region? string
---@field RegionId? string
---@field SplitBy? string
---@field StartTime? string

---DescribeLiveDomainMonitoringUsageData: 20 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainmonitoringusagedata)
---@param params streamctl.aliyun.DescribeLiveDomainMonitoringUsageData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_monitoring_usage_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainRecordUsageData
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field Region? string
---@field RegionId? string
---@field SplitBy? string
---@field StartTime? string

---DescribeLiveDomainRecordUsageData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainrecordusagedata)
---@param params streamctl.aliyun.DescribeLiveDomainRecordUsageData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_record_usage_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainSnapshotData
---@field EndTime string
---@field StartTime string
---@field DomainName? string
---@field RegionId? string

---DescribeLiveDomainSnapshotData: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainsnapshotdata)
---@param params streamctl.aliyun.DescribeLiveDomainSnapshotData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_snapshot_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainStreamTranscodeData
---@field EndTime string
---@field StartTime string
---@field DomainName? string
---@field Interval? string
---@field Precision? string
---@field RegionId? string
---@field Split? string

---DescribeLiveDomainStreamTranscodeData: 20 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainstreamtranscodedata)
---@param params streamctl.aliyun.DescribeLiveDomainStreamTranscodeData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_stream_transcode_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainTimeShiftData
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field RegionId? string
---@field StartTime? string

---DescribeLiveDomainTimeShiftData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomaintimeshiftdata)
---@param params streamctl.aliyun.DescribeLiveDomainTimeShiftData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_time_shift_data(params, options) end

---@class streamctl.aliyun.DescribeLiveDrmUsageData
---@field EndTime string
---@field StartTime string
---@field DomainName? string
---@field Interval? string
---@field RegionId? string
---@field SplitBy? string

---DescribeLiveDrmUsageData: 20 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedrmusagedata)
---@param params streamctl.aliyun.DescribeLiveDrmUsageData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_drm_usage_data(params, options) end

---@class streamctl.aliyun.DescribeLiveGrtnDuration
---@field EndTime string
---@field StartTime string
---@field AppId? string
---@field Area? string
---@field Interval? string
---@field RegionId? string

---DescribeLiveGrtnDuration: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivegrtnduration)
---@param params streamctl.aliyun.DescribeLiveGrtnDuration
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_grtn_duration(params, options) end

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

---DescribeLiveProducerUsageData: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveproducerusagedata)
---@param params streamctl.aliyun.DescribeLiveProducerUsageData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_producer_usage_data(params, options) end

---@class streamctl.aliyun.DescribeLivePushProxyUsageData
---@field DomainName? string
---@field EndTime? string
---@field Region? string
---@field RegionId? string
---@field SplitBy? string
---@field StartTime? string

---DescribeLivePushProxyUsageData: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepushproxyusagedata)
---@param params streamctl.aliyun.DescribeLivePushProxyUsageData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_push_proxy_usage_data(params, options) end

---@class streamctl.aliyun.DescribeLiveRtcRecordUsageData
---@field AppId string
---@field EndTime string
---@field RecordMode string
---@field StartTime string
---@field Interval? string

---DescribeLiveRtcRecordUsageData: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivertcrecordusagedata)
---@param params streamctl.aliyun.DescribeLiveRtcRecordUsageData
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_rtc_record_usage_data(params, options) end

---@class streamctl.aliyun.DescribeLiveUserBillPrediction
---@field EndTime? string
---@field RegionId? string
---@field StartTime? string

---DescribeLiveUserBillPrediction: 1 call a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveuserbillprediction)
---@param params streamctl.aliyun.DescribeLiveUserBillPrediction
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_user_bill_prediction(params, options) end

---@class streamctl.aliyun.DescribeMeterLiveBypassDuration
---@field AppId string
---@field EndTime string
---@field StartTime string
---@field Interval? string

---DescribeMeterLiveBypassDuration: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describemeterlivebypassduration)
---@param params streamctl.aliyun.DescribeMeterLiveBypassDuration
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_meter_live_bypass_duration(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainLog
---@field DomainName string
---@field EndTime? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StartTime? string

---DescribeLiveDomainLog: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainlog)
---@param params streamctl.aliyun.DescribeLiveDomainLog
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_log(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainLogExTtl
---@field DomainName? string required, as the vendor's comments have it
---@field EndTime? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StartTime? string

---DescribeLiveDomainLogExTtl: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainlogexttl)
---@param params streamctl.aliyun.DescribeLiveDomainLogExTtl
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_log_ex_ttl(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainEdgeLog
---@field DomainName? string required, as the vendor's comments have it
---@field EndTime? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StartTime? string

---DescribeLiveDomainEdgeLog: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainedgelog)
---@param params streamctl.aliyun.DescribeLiveDomainEdgeLog
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_edge_log(params, options) end

---@class streamctl.aliyun.DescribeLiveTrafficDomainLog
---@field DomainName? string required, as the vendor's comments have it
---@field EndTime? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StartTime? string

---DescribeLiveTrafficDomainLog: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivetrafficdomainlog)
---@param params streamctl.aliyun.DescribeLiveTrafficDomainLog
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_traffic_domain_log(params, options) end

---@class streamctl.aliyun.DescribeLiveUserTrafficLog
---@field DomainName? string required, as the vendor's comments have it
---@field EndTime? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StartTime? string

---DescribeLiveUserTrafficLog: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliveusertrafficlog)
---@param params streamctl.aliyun.DescribeLiveUserTrafficLog
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_user_traffic_log(params, options) end

---@class streamctl.aliyun.DescribeLivePushProxyLog
---@field DomainName string
---@field EndTime? string
---@field PageNumber? number
---@field PageSize? number
---@field RegionId? string
---@field StartTime? string

---DescribeLivePushProxyLog: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivepushproxylog)
---@param params streamctl.aliyun.DescribeLivePushProxyLog
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_push_proxy_log(params, options) end

---@class streamctl.aliyun.CreateLiveRealTimeLogDelivery
---@field DomainName string
---@field Logstore string
---@field Project string
---@field Region string
---@field RegionId? string

---CreateLiveRealTimeLogDelivery: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createliverealtimelogdelivery)
---@param params streamctl.aliyun.CreateLiveRealTimeLogDelivery
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_live_real_time_log_delivery(params, options) end

---@class streamctl.aliyun.ModifyLiveRealtimeLogDelivery
---@field DomainName string
---@field Logstore string
---@field Project string
---@field Region string
---@field RegionId? string

---ModifyLiveRealtimeLogDelivery: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifyliverealtimelogdelivery)
---@param params streamctl.aliyun.ModifyLiveRealtimeLogDelivery
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_live_realtime_log_delivery(params, options) end

---@class streamctl.aliyun.DeleteLiveRealtimeLogDelivery
---@field DomainName string
---@field Logstore string
---@field Project string
---@field Region string
---@field RegionId? string

---DeleteLiveRealtimeLogDelivery: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliverealtimelogdelivery)
---@param params streamctl.aliyun.DeleteLiveRealtimeLogDelivery
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_realtime_log_delivery(params, options) end

---@class streamctl.aliyun.DeleteLiveRealTimeLogLogstore
---@field Logstore string
---@field Project string
---@field Region string
---@field RegionId? string

---DeleteLiveRealTimeLogLogstore: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteliverealtimeloglogstore)
---@param params streamctl.aliyun.DeleteLiveRealTimeLogLogstore
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_real_time_log_logstore(params, options) end

---@class streamctl.aliyun.EnableLiveRealtimeLogDelivery
---@field DomainName string
---@field RegionId? string

---EnableLiveRealtimeLogDelivery: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-enableliverealtimelogdelivery)
---@param params streamctl.aliyun.EnableLiveRealtimeLogDelivery
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:enable_live_realtime_log_delivery(params, options) end

---@class streamctl.aliyun.DisableLiveRealtimeLogDelivery
---@field DomainName string
---@field RegionId? string

---DisableLiveRealtimeLogDelivery: 6000 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-disableliverealtimelogdelivery)
---@param params streamctl.aliyun.DisableLiveRealtimeLogDelivery
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:disable_live_realtime_log_delivery(params, options) end

---@class streamctl.aliyun.DescribeLiveDomainRealtimeLogDelivery
---@field DomainName string
---@field RegionId? string

---DescribeLiveDomainRealtimeLogDelivery: 6000 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivedomainrealtimelogdelivery)
---@param params streamctl.aliyun.DescribeLiveDomainRealtimeLogDelivery
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_domain_realtime_log_delivery(params, options) end

---@class streamctl.aliyun.DescribeLiveRealtimeDeliveryAcc
---@field DomainName? string
---@field EndTime? string
---@field Interval? string
---@field LogStore? string
---@field Project? string
---@field RegionId? string
---@field StartTime? string

---DescribeLiveRealtimeDeliveryAcc: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliverealtimedeliveryacc)
---@param params streamctl.aliyun.DescribeLiveRealtimeDeliveryAcc
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_realtime_delivery_acc(params, options) end

---@class streamctl.aliyun.DescribeLiveRealtimeLogAuthorized
---@field LiveOpenapiReserve? string
---@field RegionId? string

---DescribeLiveRealtimeLogAuthorized: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeliverealtimelogauthorized)
---@param params streamctl.aliyun.DescribeLiveRealtimeLogAuthorized
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_realtime_log_authorized(params, options) end

---@class streamctl.aliyun.ListLiveRealtimeLogDelivery
---@field LiveOpenapiReserve? string
---@field RegionId? string

---ListLiveRealtimeLogDelivery: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listliverealtimelogdelivery)
---@param params streamctl.aliyun.ListLiveRealtimeLogDelivery
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_live_realtime_log_delivery(params, options) end

---@class streamctl.aliyun.ListLiveRealtimeLogDeliveryDomains
---@field Logstore string
---@field Project string
---@field Region string
---@field RegionId? string

---ListLiveRealtimeLogDeliveryDomains: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listliverealtimelogdeliverydomains)
---@param params streamctl.aliyun.ListLiveRealtimeLogDeliveryDomains
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_live_realtime_log_delivery_domains(params, options) end

---@class streamctl.aliyun.ListLiveRealtimeLogDeliveryInfos
---@field LiveOpenapiReserve? string
---@field RegionId? string

---ListLiveRealtimeLogDeliveryInfos: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listliverealtimelogdeliveryinfos)
---@param params streamctl.aliyun.ListLiveRealtimeLogDeliveryInfos
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_live_realtime_log_delivery_infos(params, options) end

---@class streamctl.aliyun.DescribeChannelParticipants
---@field AppId string
---@field ChannelId string
---@field Order? string
---@field PageNum? integer
---@field PageSize? integer

---DescribeChannelParticipants: 100 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describechannelparticipants)
---@param params streamctl.aliyun.DescribeChannelParticipants
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_channel_participants(params, options) end

---@class streamctl.aliyun.DescribeChannelUsers
---@field AppId string
---@field ChannelId string

---DescribeChannelUsers: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describechannelusers)
---@param params streamctl.aliyun.DescribeChannelUsers
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_channel_users(params, options) end

---@class streamctl.aliyun.ListRTCLiveRooms
---@field AppId string
---@field PageNo? integer
---@field PageSize? integer

---ListRTCLiveRooms: no documented rate, harmless to repeat, pages by PageNo. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listrtcliverooms)
---@param params streamctl.aliyun.ListRTCLiveRooms
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_rtc_live_rooms(params, options) end

---@class streamctl.aliyun.RemoveTerminals
---@field AppId string
---@field ChannelId string
---@field TerminalIds string[]

---RemoveTerminals: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-removeterminals)
---@param params streamctl.aliyun.RemoveTerminals
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:remove_terminals(params, options) end

---@class streamctl.aliyun.DeleteChannel
---@field AppId string
---@field ChannelId string

---DeleteChannel: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletechannel)
---@param params streamctl.aliyun.DeleteChannel
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_channel(params, options) end

---@class streamctl.aliyun.CreateRTCWhipStreamAddress
---@field AppId string
---@field ChannelId string
---@field DisplayName string
---@field UserId string
---@field ClientToken? string
---@field ExpireTime? integer

---CreateRTCWhipStreamAddress: 40 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-creatertcwhipstreamaddress)
---@param params streamctl.aliyun.CreateRTCWhipStreamAddress
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_rtc_whip_stream_address(params, options) end

---@class streamctl.aliyun.CreateRoomRealTimeStreamAddress
---@field AppId string
---@field ChannelId string
---@field DisplayName string
---@field UserId string
---@field ExpireTime? integer

---CreateRoomRealTimeStreamAddress: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createroomrealtimestreamaddress)
---@param params streamctl.aliyun.CreateRoomRealTimeStreamAddress
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_room_real_time_stream_address(params, options) end

---@class streamctl.aliyun.CreateEventSub
---@field AppId string
---@field CallbackUrl string
---@field Events string[]
---@field ChannelId? string
---@field Users? string[]

---@class streamctl.aliyun.CreateEventSub.answer : streamctl.aliyun.answer
---@field SubscribeId string

---CreateEventSub: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createeventsub)
---@param params streamctl.aliyun.CreateEventSub
---@param options? streamctl.options.call
---@return streamctl.aliyun.CreateEventSub.answer|nil answer, string message, streamctl.errors.err err
function client:create_event_sub(params, options) end

---@class streamctl.aliyun.UpdateEventSub
---@field AppId string
---@field CallbackUrl string
---@field Events string[]
---@field SubscribeId string
---@field ChannelId? string
---@field Users? string[]

---UpdateEventSub: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updateeventsub)
---@param params streamctl.aliyun.UpdateEventSub
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_event_sub(params, options) end

---@class streamctl.aliyun.DeleteEventSub
---@field AppId string
---@field SubscribeId string

---DeleteEventSub: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteeventsub)
---@param params streamctl.aliyun.DeleteEventSub
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_event_sub(params, options) end

---@class streamctl.aliyun.ListEventSub
---@field AppId string

---ListEventSub: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listeventsub)
---@param params streamctl.aliyun.ListEventSub
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_event_sub(params, options) end

---@class streamctl.aliyun.ListEventSubEvent
---@field AppId string
---@field EndTime integer
---@field PageNo integer
---@field PageSize integer
---@field StartTime integer
---@field SubscribeId? string

---ListEventSubEvent: 50 calls a second, harmless to repeat, pages by PageNo. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listeventsubevent)
---@param params streamctl.aliyun.ListEventSubEvent
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_event_sub_event(params, options) end

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

---StartLiveMPUTask: 500 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startlivemputask)
---@param params streamctl.aliyun.StartLiveMPUTask
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:start_live_mpu_task(params, options) end

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

---UpdateLiveMPUTask: 500 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatelivemputask)
---@param params streamctl.aliyun.UpdateLiveMPUTask
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_live_mpu_task(params, options) end

---@class streamctl.aliyun.StopLiveMPUTask
---@field AppId string
---@field TaskId string

---StopLiveMPUTask: 500 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoplivemputask)
---@param params streamctl.aliyun.StopLiveMPUTask
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:stop_live_mpu_task(params, options) end

---@class streamctl.aliyun.ListRtcMPUTaskDetail
---@field AppId string
---@field PageNo? integer
---@field PageSize? integer
---@field TaskId? string

---ListRtcMPUTaskDetail: 50 calls a second, harmless to repeat, pages by PageNo. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listrtcmputaskdetail)
---@param params streamctl.aliyun.ListRtcMPUTaskDetail
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_rtc_mpu_task_detail(params, options) end

---@class streamctl.aliyun.SetLiveMpuTaskSei
---@field AppId string
---@field CustomSei string
---@field TaskId string

---SetLiveMpuTaskSei: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setlivemputasksei)
---@param params streamctl.aliyun.SetLiveMpuTaskSei
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_live_mpu_task_sei(params, options) end

---@class streamctl.aliyun.CreateRtcMPUEventSub
---@field AppId string
---@field CallbackUrl string
---@field ChannelIds? string

---CreateRtcMPUEventSub: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-creatertcmpueventsub)
---@param params streamctl.aliyun.CreateRtcMPUEventSub
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_rtc_mpu_event_sub(params, options) end

---@class streamctl.aliyun.UpdateRtcMPUEventSub
---@field AppId string
---@field CallbackUrl? string
---@field ChannelIds? string

---UpdateRtcMPUEventSub: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatertcmpueventsub)
---@param params streamctl.aliyun.UpdateRtcMPUEventSub
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_rtc_mpu_event_sub(params, options) end

---@class streamctl.aliyun.DeleteRtcMPUEventSub
---@field AppId string

---DeleteRtcMPUEventSub: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletertcmpueventsub)
---@param params streamctl.aliyun.DeleteRtcMPUEventSub
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_rtc_mpu_event_sub(params, options) end

---@class streamctl.aliyun.DescribeRtcMPUEventSub
---@field AppId string

---DescribeRtcMPUEventSub: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertcmpueventsub)
---@param params streamctl.aliyun.DescribeRtcMPUEventSub
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_rtc_mpu_event_sub(params, options) end

---@class streamctl.aliyun.ListRtcMPUEventSubRecord
---@field AppId string
---@field EndTime string
---@field PageNo number
---@field PageSize number
---@field StartTime string
---@field SubId? string

---ListRtcMPUEventSubRecord: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listrtcmpueventsubrecord)
---@param params streamctl.aliyun.ListRtcMPUEventSubRecord
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_rtc_mpu_event_sub_record(params, options) end

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
---@field FilePathPrefix? string[]
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
---@field NotifyFileUploadedFormat? string[]
---@field NotifyUrl? string
---@field SubscribeParams streamctl.aliyun.StartRtcCloudRecording.SubscribeParams
---@field MixLayoutParams? streamctl.aliyun.StartRtcCloudRecording.MixLayoutParams
---@field RecordParams streamctl.aliyun.StartRtcCloudRecording.RecordParams
---@field StorageParams streamctl.aliyun.StartRtcCloudRecording.StorageParams
---@field MixTranscodeParams? streamctl.aliyun.StartRtcCloudRecording.MixTranscodeParams

---@class streamctl.aliyun.StartRtcCloudRecording.answer : streamctl.aliyun.answer
---@field TaskId string

---StartRtcCloudRecording: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startrtccloudrecording)
---@param params streamctl.aliyun.StartRtcCloudRecording
---@param options? streamctl.options.call
---@return streamctl.aliyun.StartRtcCloudRecording.answer|nil answer, string message, streamctl.errors.err err
function client:start_rtc_cloud_recording(params, options) end

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

---UpdateRtcCloudRecording: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatertccloudrecording)
---@param params streamctl.aliyun.UpdateRtcCloudRecording
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_rtc_cloud_recording(params, options) end

---@class streamctl.aliyun.StopRtcCloudRecording
---@field TaskId string

---StopRtcCloudRecording: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoprtccloudrecording)
---@param params streamctl.aliyun.StopRtcCloudRecording
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:stop_rtc_cloud_recording(params, options) end

---@class streamctl.aliyun.DescribeRtcCloudRecordingFiles
---@field TaskId string

---DescribeRtcCloudRecordingFiles: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertccloudrecordingfiles)
---@param params streamctl.aliyun.DescribeRtcCloudRecordingFiles
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_rtc_cloud_recording_files(params, options) end

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

---StartRtcCloudTranscode: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startrtccloudtranscode)
---@param params streamctl.aliyun.StartRtcCloudTranscode
---@param options? streamctl.options.call
---@return streamctl.aliyun.StartRtcCloudTranscode.answer|nil answer, string message, streamctl.errors.err err
function client:start_rtc_cloud_transcode(params, options) end

---@class streamctl.aliyun.StopRtcCloudTranscode
---@field AppId string
---@field TaskId string

---StopRtcCloudTranscode: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoprtccloudtranscode)
---@param params streamctl.aliyun.StopRtcCloudTranscode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:stop_rtc_cloud_transcode(params, options) end

---@class streamctl.aliyun.DescribeRtcCloudTranscode
---@field AppId string
---@field TaskId string

---DescribeRtcCloudTranscode: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describertccloudtranscode)
---@param params streamctl.aliyun.DescribeRtcCloudTranscode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_rtc_cloud_transcode(params, options) end

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

---CreateRtcAsrTask: 20 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-creatertcasrtask)
---@param params streamctl.aliyun.CreateRtcAsrTask
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_rtc_asr_task(params, options) end

---@class streamctl.aliyun.StopRtcAsrTask
---@field TaskId string
---@field RegionId? string

---StopRtcAsrTask: 20 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stoprtcasrtask)
---@param params streamctl.aliyun.StopRtcAsrTask
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:stop_rtc_asr_task(params, options) end

---@class streamctl.aliyun.DeleteRtcAsrTask
---@field TaskId string
---@field RegionId? string

---DeleteRtcAsrTask: 20 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletertcasrtask)
---@param params streamctl.aliyun.DeleteRtcAsrTask
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_rtc_asr_task(params, options) end

---@class streamctl.aliyun.QueryRtcAsrTasks
---@field RegionId? string
---@field TaskId? string

---QueryRtcAsrTasks: 20 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-queryrtcasrtasks)
---@param params streamctl.aliyun.QueryRtcAsrTasks
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:query_rtc_asr_tasks(params, options) end

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

---CreateCaster: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createcaster)
---@param params streamctl.aliyun.CreateCaster
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_caster(params, options) end

---@class streamctl.aliyun.CopyCaster
---@field CasterName string
---@field ClientToken string
---@field SrcCasterId string
---@field RegionId? string

---CopyCaster: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-copycaster)
---@param params streamctl.aliyun.CopyCaster
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:copy_caster(params, options) end

---@class streamctl.aliyun.StartCaster
---@field CasterId string
---@field RegionId? string

---StartCaster: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startcaster)
---@param params streamctl.aliyun.StartCaster
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:start_caster(params, options) end

---@class streamctl.aliyun.StopCaster
---@field CasterId string
---@field RegionId? string

---StopCaster: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stopcaster)
---@param params streamctl.aliyun.StopCaster
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:stop_caster(params, options) end

---@class streamctl.aliyun.RestartCaster
---@field CasterId string
---@field RegionId? string

---RestartCaster: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-restartcaster)
---@param params streamctl.aliyun.RestartCaster
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:restart_caster(params, options) end

---@class streamctl.aliyun.DeleteCaster
---@field CasterId string
---@field RegionId? string

---DeleteCaster: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecaster)
---@param params streamctl.aliyun.DeleteCaster
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_caster(params, options) end

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

---DescribeCasters: 15 calls a second, harmless to repeat, pages by PageNum. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasters)
---@param params streamctl.aliyun.DescribeCasters
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_casters(params, options) end

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

---SetCasterConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setcasterconfig)
---@param params streamctl.aliyun.SetCasterConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_caster_config(params, options) end

---@class streamctl.aliyun.DescribeCasterConfig
---@field CasterId string
---@field RegionId? string

---DescribeCasterConfig: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasterconfig)
---@param params streamctl.aliyun.DescribeCasterConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_caster_config(params, options) end

---@class streamctl.aliyun.UpdateCasterResourceGroup
---@field CasterId string
---@field NewResourceGroupId string
---@field RegionId? string

---UpdateCasterResourceGroup: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatecasterresourcegroup)
---@param params streamctl.aliyun.UpdateCasterResourceGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_caster_resource_group(params, options) end

---@class streamctl.aliyun.SetCasterChannel
---@field CasterId string
---@field ChannelId string
---@field FaceBeauty? string
---@field PlayStatus? number
---@field RegionId? string
---@field ResourceId? string
---@field SeekOffset? number

---SetCasterChannel: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setcasterchannel)
---@param params streamctl.aliyun.SetCasterChannel
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_caster_channel(params, options) end

---@class streamctl.aliyun.DescribeCasterChannels
---@field CasterId string
---@field RegionId? string

---DescribeCasterChannels: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasterchannels)
---@param params streamctl.aliyun.DescribeCasterChannels
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_caster_channels(params, options) end

---@class streamctl.aliyun.DescribeCasterStreamUrl
---@field CasterId string
---@field RegionId? string

---DescribeCasterStreamUrl: 5 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasterstreamurl)
---@param params streamctl.aliyun.DescribeCasterStreamUrl
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_caster_stream_url(params, options) end

---@class streamctl.aliyun.EffectCasterUrgent
---@field CasterId string
---@field SceneId string
---@field RegionId? string

---EffectCasterUrgent: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-effectcasterurgent)
---@param params streamctl.aliyun.EffectCasterUrgent
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:effect_caster_urgent(params, options) end

---@class streamctl.aliyun.EffectCasterVideoResource
---@field CasterId string
---@field ResourceId string
---@field SceneId string
---@field RegionId? string

---EffectCasterVideoResource: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-effectcastervideoresource)
---@param params streamctl.aliyun.EffectCasterVideoResource
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:effect_caster_video_resource(params, options) end

---@class streamctl.aliyun.StartCasterScene
---@field CasterId string
---@field SceneId string
---@field RegionId? string

---StartCasterScene: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startcasterscene)
---@param params streamctl.aliyun.StartCasterScene
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:start_caster_scene(params, options) end

---@class streamctl.aliyun.StopCasterScene
---@field CasterId string
---@field SceneId string
---@field RegionId? string

---StopCasterScene: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stopcasterscene)
---@param params streamctl.aliyun.StopCasterScene
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:stop_caster_scene(params, options) end

---@class streamctl.aliyun.DescribeCasterScenes
---@field CasterId string
---@field RegionId? string
---@field SceneId? string

---DescribeCasterScenes: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasterscenes)
---@param params streamctl.aliyun.DescribeCasterScenes
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_caster_scenes(params, options) end

---@class streamctl.aliyun.SetCasterSceneConfig
---@field CasterId string
---@field SceneId string
---@field ComponentId? string[]
---@field LayoutId? string
---@field RegionId? string

---SetCasterSceneConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setcastersceneconfig)
---@param params streamctl.aliyun.SetCasterSceneConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_caster_scene_config(params, options) end

---@class streamctl.aliyun.UpdateCasterSceneConfig
---@field CasterId string
---@field LayoutId string
---@field SceneId string
---@field ComponentId? string[]
---@field RegionId? string

---UpdateCasterSceneConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatecastersceneconfig)
---@param params streamctl.aliyun.UpdateCasterSceneConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_caster_scene_config(params, options) end

---@class streamctl.aliyun.CopyCasterSceneConfig
---@field CasterId string
---@field FromSceneId string
---@field ToSceneId string
---@field RegionId? string

---CopyCasterSceneConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-copycastersceneconfig)
---@param params streamctl.aliyun.CopyCasterSceneConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:copy_caster_scene_config(params, options) end

---@class streamctl.aliyun.DeleteCasterSceneConfig
---@field CasterId string
---@field SceneId string
---@field Type string
---@field RegionId? string

---DeleteCasterSceneConfig: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecastersceneconfig)
---@param params streamctl.aliyun.DeleteCasterSceneConfig
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_caster_scene_config(params, options) end

---@class streamctl.aliyun.UpdateCasterSceneAudio.AudioLayer
---@field Filter? string
---@field FixedDelayDuration? number
---@field ValidChannel? string
---@field VolumeRate? number

---@class streamctl.aliyun.UpdateCasterSceneAudio
---@field CasterId string
---@field SceneId string
---@field FollowEnable? number
---@field MixList? string[]
---@field RegionId? string
---@field AudioLayer? streamctl.aliyun.UpdateCasterSceneAudio.AudioLayer[]

---UpdateCasterSceneAudio: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatecastersceneaudio)
---@param params streamctl.aliyun.UpdateCasterSceneAudio
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_caster_scene_audio(params, options) end

---@class streamctl.aliyun.DescribeCasterSceneAudio
---@field CasterId string
---@field SceneId string
---@field RegionId? string

---DescribeCasterSceneAudio: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecastersceneaudio)
---@param params streamctl.aliyun.DescribeCasterSceneAudio
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_caster_scene_audio(params, options) end

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
---@field BlendList string[]
---@field CasterId string
---@field MixList string[]
---@field RegionId? string
---@field AudioLayer streamctl.aliyun.AddCasterLayout.AudioLayer[]
---@field VideoLayer streamctl.aliyun.AddCasterLayout.VideoLayer[]

---AddCasterLayout: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcasterlayout)
---@param params streamctl.aliyun.AddCasterLayout
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_caster_layout(params, options) end

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
---@field BlendList string[]
---@field CasterId string
---@field LayoutId string
---@field MixList string[]
---@field RegionId? string
---@field AudioLayer streamctl.aliyun.ModifyCasterLayout.AudioLayer[]
---@field VideoLayer streamctl.aliyun.ModifyCasterLayout.VideoLayer[]

---ModifyCasterLayout: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifycasterlayout)
---@param params streamctl.aliyun.ModifyCasterLayout
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_caster_layout(params, options) end

---@class streamctl.aliyun.DeleteCasterLayout
---@field CasterId string
---@field LayoutId string
---@field RegionId? string

---DeleteCasterLayout: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecasterlayout)
---@param params streamctl.aliyun.DeleteCasterLayout
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_caster_layout(params, options) end

---@class streamctl.aliyun.DescribeCasterLayouts
---@field CasterId string
---@field LayoutId? string
---@field RegionId? string

---DescribeCasterLayouts: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasterlayouts)
---@param params streamctl.aliyun.DescribeCasterLayouts
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_caster_layouts(params, options) end

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

---AddStudioLayout: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addstudiolayout)
---@param params streamctl.aliyun.AddStudioLayout
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_studio_layout(params, options) end

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

---ModifyStudioLayout: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifystudiolayout)
---@param params streamctl.aliyun.ModifyStudioLayout
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_studio_layout(params, options) end

---@class streamctl.aliyun.DeleteStudioLayout
---@field CasterId string
---@field LayoutId string
---@field RegionId? string

---DeleteStudioLayout: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletestudiolayout)
---@param params streamctl.aliyun.DeleteStudioLayout
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_studio_layout(params, options) end

---@class streamctl.aliyun.DescribeStudioLayouts
---@field CasterId string
---@field LayoutId? string
---@field RegionId? string

---DescribeStudioLayouts: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describestudiolayouts)
---@param params streamctl.aliyun.DescribeStudioLayouts
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_studio_layouts(params, options) end

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

---AddCasterComponent: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcastercomponent)
---@param params streamctl.aliyun.AddCasterComponent
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_caster_component(params, options) end

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

---ModifyCasterComponent: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifycastercomponent)
---@param params streamctl.aliyun.ModifyCasterComponent
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_caster_component(params, options) end

---@class streamctl.aliyun.DeleteCasterComponent
---@field CasterId string
---@field ComponentId string
---@field RegionId? string

---DeleteCasterComponent: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecastercomponent)
---@param params streamctl.aliyun.DeleteCasterComponent
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_caster_component(params, options) end

---@class streamctl.aliyun.DescribeCasterComponents
---@field CasterId string
---@field ComponentId? string
---@field RegionId? string

---DescribeCasterComponents: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecastercomponents)
---@param params streamctl.aliyun.DescribeCasterComponents
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_caster_components(params, options) end

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

---AddCasterVideoResource: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcastervideoresource)
---@param params streamctl.aliyun.AddCasterVideoResource
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_caster_video_resource(params, options) end

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

---ModifyCasterVideoResource: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifycastervideoresource)
---@param params streamctl.aliyun.ModifyCasterVideoResource
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_caster_video_resource(params, options) end

---@class streamctl.aliyun.DeleteCasterVideoResource
---@field CasterId string
---@field ResourceId string
---@field RegionId? string

---DeleteCasterVideoResource: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecastervideoresource)
---@param params streamctl.aliyun.DeleteCasterVideoResource
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_caster_video_resource(params, options) end

---@class streamctl.aliyun.DescribeCasterVideoResources
---@field CasterId string
---@field RegionId? string

---DescribeCasterVideoResources: 15 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecastervideoresources)
---@param params streamctl.aliyun.DescribeCasterVideoResources
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_caster_video_resources(params, options) end

---@class streamctl.aliyun.AddCasterEpisode
---@field CasterId string
---@field ComponentId? string[] required, as the vendor's comments have it
---@field EndTime string
---@field EpisodeType string
---@field ResourceId? string required, as the vendor's comments have it
---@field StartTime string
---@field SwitchType string
---@field EpisodeName? string
---@field RegionId? string

---AddCasterEpisode: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcasterepisode)
---@param params streamctl.aliyun.AddCasterEpisode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_caster_episode(params, options) end

---@class streamctl.aliyun.ModifyCasterEpisode
---@field CasterId string
---@field ComponentId? string[] required, as the vendor's comments have it
---@field EpisodeId string
---@field ResourceId? string required, as the vendor's comments have it
---@field EndTime? string
---@field EpisodeName? string
---@field RegionId? string
---@field StartTime? string
---@field SwitchType? string

---ModifyCasterEpisode: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifycasterepisode)
---@param params streamctl.aliyun.ModifyCasterEpisode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_caster_episode(params, options) end

---@class streamctl.aliyun.DeleteCasterEpisode
---@field CasterId string
---@field EpisodeId string
---@field RegionId? string

---DeleteCasterEpisode: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecasterepisode)
---@param params streamctl.aliyun.DeleteCasterEpisode
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_caster_episode(params, options) end

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

---AddCasterEpisodeGroup: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcasterepisodegroup)
---@param params streamctl.aliyun.AddCasterEpisodeGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_caster_episode_group(params, options) end

---@class streamctl.aliyun.AddCasterEpisodeGroupContent
---@field ClientToken string
---@field Content string
---@field RegionId? string

---AddCasterEpisodeGroupContent: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcasterepisodegroupcontent)
---@param params streamctl.aliyun.AddCasterEpisodeGroupContent
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_caster_episode_group_content(params, options) end

---@class streamctl.aliyun.DeleteCasterEpisodeGroup
---@field ProgramId string
---@field RegionId? string

---DeleteCasterEpisodeGroup: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecasterepisodegroup)
---@param params streamctl.aliyun.DeleteCasterEpisodeGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_caster_episode_group(params, options) end

---@class streamctl.aliyun.AddCasterProgram.Episode
---@field ComponentId? string[]
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

---AddCasterProgram: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addcasterprogram)
---@param params streamctl.aliyun.AddCasterProgram
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_caster_program(params, options) end

---@class streamctl.aliyun.ModifyCasterProgram.Episode
---@field ComponentId? string[]
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

---ModifyCasterProgram: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifycasterprogram)
---@param params streamctl.aliyun.ModifyCasterProgram
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_caster_program(params, options) end

---@class streamctl.aliyun.DeleteCasterProgram
---@field CasterId string
---@field RegionId? string

---DeleteCasterProgram: 4 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletecasterprogram)
---@param params streamctl.aliyun.DeleteCasterProgram
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_caster_program(params, options) end

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

---DescribeCasterProgram: 4 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describecasterprogram)
---@param params streamctl.aliyun.DescribeCasterProgram
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_caster_program(params, options) end

---@class streamctl.aliyun.StartPlaylist
---@field ProgramId string
---@field Offset? integer
---@field RegionId? string
---@field ResumeMode? string
---@field StartItemId? string

---StartPlaylist: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-startplaylist)
---@param params streamctl.aliyun.StartPlaylist
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:start_playlist(params, options) end

---@class streamctl.aliyun.StopPlaylist
---@field ProgramId string
---@field RegionId? string

---StopPlaylist: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-stopplaylist)
---@param params streamctl.aliyun.StopPlaylist
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:stop_playlist(params, options) end

---@class streamctl.aliyun.EditPlaylist
---@field ProgramId string
---@field ProgramItems string
---@field ProgramConfig? string
---@field RegionId? string

---EditPlaylist: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-editplaylist)
---@param params streamctl.aliyun.EditPlaylist
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:edit_playlist(params, options) end

---@class streamctl.aliyun.DeletePlaylist
---@field ProgramId string
---@field RegionId? string

---DeletePlaylist: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteplaylist)
---@param params streamctl.aliyun.DeletePlaylist
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_playlist(params, options) end

---@class streamctl.aliyun.ListPlaylist
---@field Page? integer
---@field PageSize? integer
---@field ProgramId? string
---@field RegionId? string

---ListPlaylist: 10 calls a second, harmless to repeat, pages by Page. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listplaylist)
---@param params streamctl.aliyun.ListPlaylist
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_playlist(params, options) end

---@class streamctl.aliyun.AddPlaylistItems
---@field CasterId string
---@field ProgramItems string
---@field ProgramConfig? string
---@field ProgramId? string
---@field RegionId? string

---AddPlaylistItems: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addplaylistitems)
---@param params streamctl.aliyun.AddPlaylistItems
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_playlist_items(params, options) end

---@class streamctl.aliyun.DeletePlaylistItems
---@field ProgramId string
---@field ProgramItemIds string
---@field RegionId? string

---DeletePlaylistItems: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deleteplaylistitems)
---@param params streamctl.aliyun.DeletePlaylistItems
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_playlist_items(params, options) end

---@class streamctl.aliyun.ListPlaylistItems
---@field ProgramId string
---@field ProgramItemIds? string
---@field RegionId? string

---ListPlaylistItems: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listplaylistitems)
---@param params streamctl.aliyun.ListPlaylistItems
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_playlist_items(params, options) end

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

---AddShowIntoShowList: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addshowintoshowlist)
---@param params streamctl.aliyun.AddShowIntoShowList
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_show_into_show_list(params, options) end

---@class streamctl.aliyun.RemoveShowFromShowList
---@field CasterId string
---@field RegionId? string
---@field ShowId? string
---@field isBatchMode? boolean
---@field showIdList? string[]

---RemoveShowFromShowList: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-removeshowfromshowlist)
---@param params streamctl.aliyun.RemoveShowFromShowList
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:remove_show_from_show_list(params, options) end

---@class streamctl.aliyun.ModifyShowList
---@field CasterId string
---@field HighPriorityShowId? string
---@field HighPriorityShowStartTime? string
---@field RegionId? string
---@field RepeatTimes? number
---@field ShowId? string
---@field Spot? number

---ModifyShowList: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifyshowlist)
---@param params streamctl.aliyun.ModifyShowList
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_show_list(params, options) end

---@class streamctl.aliyun.EditShowAndReplace
---@field CasterId string
---@field ShowId string
---@field StorageInfo? string required, as the vendor's comments have it
---@field EndTime? number
---@field RegionId? string
---@field StartTime? number
---@field UserData? string

---EditShowAndReplace: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-editshowandreplace)
---@param params streamctl.aliyun.EditShowAndReplace
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:edit_show_and_replace(params, options) end

---@class streamctl.aliyun.PlayChoosenShow
---@field CasterId string
---@field ShowId string
---@field RegionId? string

---PlayChoosenShow: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-playchoosenshow)
---@param params streamctl.aliyun.PlayChoosenShow
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:play_choosen_show(params, options) end

---@class streamctl.aliyun.SetShowListBackground
---@field CasterId string
---@field MaterialId? string
---@field RegionId? string
---@field ResourceType? string
---@field ResourceUrl? string

---SetShowListBackground: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-setshowlistbackground)
---@param params streamctl.aliyun.SetShowListBackground
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:set_show_list_background(params, options) end

---@class streamctl.aliyun.DescribeShowList
---@field CasterId string
---@field RegionId? string

---DescribeShowList: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeshowlist)
---@param params streamctl.aliyun.DescribeShowList
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_show_list(params, options) end

---@class streamctl.aliyun.InitializeAutoShowListTask
---@field CasterConfig string
---@field DomainName string
---@field EndTime number
---@field ResourceIds? string required, as the vendor's comments have it
---@field StartTime number
---@field CallBackUrl? string
---@field RegionId? string

---InitializeAutoShowListTask: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-initializeautoshowlisttask)
---@param params streamctl.aliyun.InitializeAutoShowListTask
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:initialize_auto_show_list_task(params, options) end

---@class streamctl.aliyun.DescribeAutoShowListTasks
---@field CasterId? string
---@field RegionId? string

---DescribeAutoShowListTasks: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describeautoshowlisttasks)
---@param params streamctl.aliyun.DescribeAutoShowListTasks
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_auto_show_list_tasks(params, options) end

---@class streamctl.aliyun.GetEditingJobInfo
---@field CasterId string
---@field RegionId? string
---@field ShowId? string

---GetEditingJobInfo: 10 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-geteditingjobinfo)
---@param params streamctl.aliyun.GetEditingJobInfo
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:get_editing_job_info(params, options) end

---@class streamctl.aliyun.CreateLiveMessageApp
---@field AuditUrl? string required, as the vendor's comments have it
---@field AppName? string
---@field AuditType? number
---@field DataCenter? string
---@field EventCallbackUrl? string
---@field MsgLifeCycle? number

---CreateLiveMessageApp: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createlivemessageapp)
---@param params streamctl.aliyun.CreateLiveMessageApp
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_live_message_app(params, options) end

---@class streamctl.aliyun.DescribeLiveMessageApp
---@field AppId string
---@field DataCenter? string

---DescribeLiveMessageApp: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivemessageapp)
---@param params streamctl.aliyun.DescribeLiveMessageApp
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_message_app(params, options) end

---@class streamctl.aliyun.ListLiveMessageApps
---@field SortType number
---@field DataCenter? string
---@field NextPageToken? number

---ListLiveMessageApps: no documented rate, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivemessageapps)
---@param params streamctl.aliyun.ListLiveMessageApps
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_live_message_apps(params, options) end

---@class streamctl.aliyun.ModifyLiveMessageAppAudit
---@field AppId string
---@field AuditType? number
---@field AuditUrl? string
---@field DataCenter? string

---ModifyLiveMessageAppAudit: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivemessageappaudit)
---@param params streamctl.aliyun.ModifyLiveMessageAppAudit
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_live_message_app_audit(params, options) end

---@class streamctl.aliyun.ModifyLiveMessageAppCallback
---@field AppId string
---@field DataCenter? string
---@field EventCallbackUrl? string

---ModifyLiveMessageAppCallback: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivemessageappcallback)
---@param params streamctl.aliyun.ModifyLiveMessageAppCallback
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_live_message_app_callback(params, options) end

---@class streamctl.aliyun.ModifyLiveMessageAppDisable
---@field AppId string
---@field DataCenter? string
---@field Disable? boolean

---ModifyLiveMessageAppDisable: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivemessageappdisable)
---@param params streamctl.aliyun.ModifyLiveMessageAppDisable
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_live_message_app_disable(params, options) end

---@class streamctl.aliyun.CreateLiveMessageGroup
---@field AppId string
---@field GroupId string
---@field CreatorId? string
---@field DataCenter? string
---@field GroupInfo? string
---@field GroupName? string
---@field Administrators? string[]

---CreateLiveMessageGroup: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createlivemessagegroup)
---@param params streamctl.aliyun.CreateLiveMessageGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_live_message_group(params, options) end

---@class streamctl.aliyun.ModifyLiveMessageGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string
---@field GroupInfo? string
---@field ModifyAdmin? boolean
---@field ModifyInfo? boolean
---@field AdminList? string[]

---ModifyLiveMessageGroup: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivemessagegroup)
---@param params streamctl.aliyun.ModifyLiveMessageGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_live_message_group(params, options) end

---@class streamctl.aliyun.DeleteLiveMessageGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string
---@field OperatorId? string

---DeleteLiveMessageGroup: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivemessagegroup)
---@param params streamctl.aliyun.DeleteLiveMessageGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_message_group(params, options) end

---@class streamctl.aliyun.RecoverLiveMessageDeletedGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string

---RecoverLiveMessageDeletedGroup: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-recoverlivemessagedeletedgroup)
---@param params streamctl.aliyun.RecoverLiveMessageDeletedGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:recover_live_message_deleted_group(params, options) end

---@class streamctl.aliyun.DescribeLiveMessageGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string

---DescribeLiveMessageGroup: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivemessagegroup)
---@param params streamctl.aliyun.DescribeLiveMessageGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_message_group(params, options) end

---@class streamctl.aliyun.ListLiveMessageGroups
---@field AppId string
---@field SortType number
---@field DataCenter? string
---@field GroupStatus? number
---@field NextPageToken? number

---ListLiveMessageGroups: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivemessagegroups)
---@param params streamctl.aliyun.ListLiveMessageGroups
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_live_message_groups(params, options) end

---@class streamctl.aliyun.ListLiveMessageGroupByPage
---@field AppId string
---@field SortType number
---@field DataCenter? string
---@field GroupStatus? number
---@field PageNumber? number
---@field PageSize? number

---ListLiveMessageGroupByPage: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivemessagegroupbypage)
---@param params streamctl.aliyun.ListLiveMessageGroupByPage
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_live_message_group_by_page(params, options) end

---@class streamctl.aliyun.ListLiveMessageGroupUsers
---@field AppId string
---@field GroupId string
---@field PageSize number
---@field SortType number
---@field DataCenter? string
---@field NextPageToken? number

---ListLiveMessageGroupUsers: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivemessagegroupusers)
---@param params streamctl.aliyun.ListLiveMessageGroupUsers
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_live_message_group_users(params, options) end

---@class streamctl.aliyun.KickLiveMessageGroupUser
---@field AppId string
---@field GroupId string
---@field KickoffUser string
---@field DataCenter? string

---KickLiveMessageGroupUser: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-kicklivemessagegroupuser)
---@param params streamctl.aliyun.KickLiveMessageGroupUser
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:kick_live_message_group_user(params, options) end

---@class streamctl.aliyun.BanLiveMessageGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string
---@field ExceptUsers? string[]

---BanLiveMessageGroup: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-banlivemessagegroup)
---@param params streamctl.aliyun.BanLiveMessageGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:ban_live_message_group(params, options) end

---@class streamctl.aliyun.UnbanLiveMessageGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string

---UnbanLiveMessageGroup: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-unbanlivemessagegroup)
---@param params streamctl.aliyun.UnbanLiveMessageGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:unban_live_message_group(params, options) end

---@class streamctl.aliyun.AddLiveMessageGroupBand
---@field AppId string
---@field GroupId string
---@field DataCenter? string
---@field BannedUsers string[]

---AddLiveMessageGroupBand: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-addlivemessagegroupband)
---@param params streamctl.aliyun.AddLiveMessageGroupBand
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:add_live_message_group_band(params, options) end

---@class streamctl.aliyun.ModifyLiveMessageGroupBand
---@field AppId string
---@field GroupId string
---@field BannedAll? boolean
---@field DataCenter? string
---@field ExceptUsers? string[]
---@field BannnedUsers? string[]

---ModifyLiveMessageGroupBand: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivemessagegroupband)
---@param params streamctl.aliyun.ModifyLiveMessageGroupBand
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_live_message_group_band(params, options) end

---@class streamctl.aliyun.RemoveLiveMessageGroupBand
---@field AppId string
---@field GroupId string
---@field DataCenter? string
---@field UnbannedUsers string[]

---RemoveLiveMessageGroupBand: 10 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-removelivemessagegroupband)
---@param params streamctl.aliyun.RemoveLiveMessageGroupBand
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:remove_live_message_group_band(params, options) end

---@class streamctl.aliyun.DescribeLiveMessageGroupBand
---@field AppId string
---@field GroupId string
---@field DataCenter? string

---DescribeLiveMessageGroupBand: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-describelivemessagegroupband)
---@param params streamctl.aliyun.DescribeLiveMessageGroupBand
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:describe_live_message_group_band(params, options) end

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

---SendLiveMessageGroup: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-sendlivemessagegroup)
---@param params streamctl.aliyun.SendLiveMessageGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:send_live_message_group(params, options) end

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

---SendLiveMessageUser: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-sendlivemessageuser)
---@param params streamctl.aliyun.SendLiveMessageUser
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:send_live_message_user(params, options) end

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

---ListLiveMessageGroupMessages: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listlivemessagegroupmessages)
---@param params streamctl.aliyun.ListLiveMessageGroupMessages
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_live_message_group_messages(params, options) end

---@class streamctl.aliyun.DeleteLiveMessageGroupMessage
---@field AppId string
---@field GroupId string
---@field MessageId string
---@field DataCenter? string
---@field DeleterId? string
---@field DeleterInfo? string

---DeleteLiveMessageGroupMessage: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivemessagegroupmessage)
---@param params streamctl.aliyun.DeleteLiveMessageGroupMessage
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_message_group_message(params, options) end

---@class streamctl.aliyun.DeleteLiveMessageUserMessage
---@field AppId string
---@field DeleterId? string required, as the vendor's comments have it
---@field MessageId string
---@field ReceiverId string
---@field DataCenter? string
---@field DeleterInfo? string

---DeleteLiveMessageUserMessage: 50 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletelivemessageusermessage)
---@param params streamctl.aliyun.DeleteLiveMessageUserMessage
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_live_message_user_message(params, options) end

---@class streamctl.aliyun.ModifyLiveMessageUserInfo
---@field AppId string
---@field UserId string
---@field DataCenter? string
---@field UserMetaInfo? string

---ModifyLiveMessageUserInfo: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-modifylivemessageuserinfo)
---@param params streamctl.aliyun.ModifyLiveMessageUserInfo
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:modify_live_message_user_info(params, options) end

---@class streamctl.aliyun.CheckLiveMessageUsersInGroup
---@field AppId string
---@field GroupId string
---@field DataCenter? string
---@field UserIds string[]

---CheckLiveMessageUsersInGroup: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-checklivemessageusersingroup)
---@param params streamctl.aliyun.CheckLiveMessageUsersInGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:check_live_message_users_in_group(params, options) end

---@class streamctl.aliyun.CheckLiveMessageUsersOnline
---@field AppId string
---@field DataCenter? string
---@field UserIds string[]

---CheckLiveMessageUsersOnline: 50 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-checklivemessageusersonline)
---@param params streamctl.aliyun.CheckLiveMessageUsersOnline
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:check_live_message_users_online(params, options) end

---@class streamctl.aliyun.CreateMessageApp
---@field AppName string
---@field AppConfig? table<string, any>
---@field Extension? table<string, any>

---CreateMessageApp: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createmessageapp)
---@param params streamctl.aliyun.CreateMessageApp
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_message_app(params, options) end

---@class streamctl.aliyun.UpdateMessageApp
---@field AppId string
---@field AppName? string
---@field AppConfig? table<string, any>
---@field Extension? table<string, any>

---UpdateMessageApp: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatemessageapp)
---@param params streamctl.aliyun.UpdateMessageApp
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_message_app(params, options) end

---@class streamctl.aliyun.DeleteMessageApp
---@field AppId string

---DeleteMessageApp: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-deletemessageapp)
---@param params streamctl.aliyun.DeleteMessageApp
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:delete_message_app(params, options) end

---@class streamctl.aliyun.GetMessageApp
---@field AppId string

---GetMessageApp: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getmessageapp)
---@param params streamctl.aliyun.GetMessageApp
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:get_message_app(params, options) end

---@class streamctl.aliyun.ListMessageApp
---@field PageNum number
---@field PageSize number
---@field SortType? number

---ListMessageApp: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listmessageapp)
---@param params streamctl.aliyun.ListMessageApp
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_message_app(params, options) end

---@class streamctl.aliyun.QueryMessageApp
---@field AppId? string
---@field AppName? string
---@field PageNum? number
---@field PageSize? number
---@field SortType? number

---QueryMessageApp: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-querymessageapp)
---@param params streamctl.aliyun.QueryMessageApp
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:query_message_app(params, options) end

---@class streamctl.aliyun.GetMessageToken
---@field AppId string
---@field DeviceId string
---@field DeviceType string
---@field UserId string

---GetMessageToken: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getmessagetoken)
---@param params streamctl.aliyun.GetMessageToken
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:get_message_token(params, options) end

---@class streamctl.aliyun.CreateMessageGroup
---@field AppId string
---@field CreatorId string
---@field Extension? table<string, any>

---CreateMessageGroup: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-createmessagegroup)
---@param params streamctl.aliyun.CreateMessageGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:create_message_group(params, options) end

---@class streamctl.aliyun.UpdateMessageGroup
---@field AppId string
---@field GroupId string
---@field Extension? table<string, any>

---UpdateMessageGroup: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-updatemessagegroup)
---@param params streamctl.aliyun.UpdateMessageGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:update_message_group(params, options) end

---@class streamctl.aliyun.GetMessageGroup
---@field AppId string
---@field GroupId string

---GetMessageGroup: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-getmessagegroup)
---@param params streamctl.aliyun.GetMessageGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:get_message_group(params, options) end

---@class streamctl.aliyun.ListMessageGroup
---@field PageNum number
---@field PageSize number
---@field AppId? string
---@field SortType? number
---@field UserId? string

---ListMessageGroup: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listmessagegroup)
---@param params streamctl.aliyun.ListMessageGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_message_group(params, options) end

---@class streamctl.aliyun.JoinMessageGroup
---@field AppId string
---@field GroupId string
---@field UserId string
---@field BroadCastStatistics? boolean
---@field BroadCastType? number

---JoinMessageGroup: 200 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-joinmessagegroup)
---@param params streamctl.aliyun.JoinMessageGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:join_message_group(params, options) end

---@class streamctl.aliyun.LeaveMessageGroup
---@field AppId string
---@field GroupId string
---@field UserId string
---@field BroadCastStatistics? boolean
---@field BroadCastType? number

---LeaveMessageGroup: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-leavemessagegroup)
---@param params streamctl.aliyun.LeaveMessageGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:leave_message_group(params, options) end

---@class streamctl.aliyun.ListMessageGroupUser
---@field AppId string
---@field GroupId string
---@field PageNum? number
---@field PageSize? number
---@field SortType? number

---ListMessageGroupUser: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listmessagegroupuser)
---@param params streamctl.aliyun.ListMessageGroupUser
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_message_group_user(params, options) end

---@class streamctl.aliyun.ListMessageGroupUserById
---@field AppId string
---@field GroupId string
---@field UserIdList string[]

---ListMessageGroupUserById: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listmessagegroupuserbyid)
---@param params streamctl.aliyun.ListMessageGroupUserById
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_message_group_user_by_id(params, options) end

---@class streamctl.aliyun.BatchGetOnlineUsers
---@field AppId string
---@field GroupId string
---@field UserIds string

---BatchGetOnlineUsers: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-batchgetonlineusers)
---@param params streamctl.aliyun.BatchGetOnlineUsers
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:batch_get_online_users(params, options) end

---@class streamctl.aliyun.MuteGroupUser
---@field AppId string
---@field GroupId string
---@field OperatorUserId? string required, as the vendor's comments have it
---@field BroadCastType? number
---@field MuteTime? number
---@field MuteUserList string[]

---MuteGroupUser: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-mutegroupuser)
---@param params streamctl.aliyun.MuteGroupUser
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:mute_group_user(params, options) end

---@class streamctl.aliyun.CancelMuteGroupUser
---@field AppId string
---@field GroupId string
---@field BroadCastType? number
---@field OperatorUserId? string
---@field CancelMuteUserList string[]

---CancelMuteGroupUser: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-cancelmutegroupuser)
---@param params streamctl.aliyun.CancelMuteGroupUser
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:cancel_mute_group_user(params, options) end

---@class streamctl.aliyun.MuteAllGroupUser
---@field AppId string
---@field GroupId string
---@field OperatorUserId string
---@field BroadCastType? number

---MuteAllGroupUser: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-muteallgroupuser)
---@param params streamctl.aliyun.MuteAllGroupUser
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:mute_all_group_user(params, options) end

---@class streamctl.aliyun.CancelMuteAllGroupUser
---@field AppId string
---@field GroupId string
---@field OperatorUserId? string required, as the vendor's comments have it
---@field BroadCastType? number

---CancelMuteAllGroupUser: no documented rate, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-cancelmuteallgroupuser)
---@param params streamctl.aliyun.CancelMuteAllGroupUser
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:cancel_mute_all_group_user(params, options) end

---@class streamctl.aliyun.ListMuteGroupUser
---@field AppId string
---@field GroupId string
---@field PageNum number
---@field PageSize number
---@field OperatorUserId? string

---ListMuteGroupUser: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listmutegroupuser)
---@param params streamctl.aliyun.ListMuteGroupUser
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_mute_group_user(params, options) end

---@class streamctl.aliyun.SendMessageToGroup
---@field AppId string
---@field Data string
---@field GroupId string
---@field OperatorUserId string
---@field Type? number
---@field SkipAudit? boolean

---SendMessageToGroup: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-sendmessagetogroup)
---@param params streamctl.aliyun.SendMessageToGroup
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:send_message_to_group(params, options) end

---@class streamctl.aliyun.SendMessageToGroupUsers
---@field AppId string
---@field Data string
---@field GroupId string
---@field OperatorUserId string
---@field Type number
---@field SkipAudit? boolean
---@field ReceiverIdList? string[]

---SendMessageToGroupUsers: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-sendmessagetogroupusers)
---@param params streamctl.aliyun.SendMessageToGroupUsers
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:send_message_to_group_users(params, options) end

---@class streamctl.aliyun.SendLike
---@field AppId string
---@field Count string
---@field GroupId string
---@field BroadCastType? number
---@field OperatorUserId? string

---SendLike: 100 calls a second, not repeated blindly. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-sendlike)
---@param params streamctl.aliyun.SendLike
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:send_like(params, options) end

---@class streamctl.aliyun.ListMessage
---@field AppId string
---@field GroupId string
---@field PageNum number
---@field PageSize number
---@field SortType? number
---@field Type? number

---ListMessage: 100 calls a second, harmless to repeat. [The vendor's page](https://www.alibabacloud.com/help/en/live/developer-reference/api-live-2016-11-01-listmessage)
---@param params streamctl.aliyun.ListMessage
---@param options? streamctl.options.call
---@return streamctl.aliyun.answer|nil answer, string message, streamctl.errors.err err
function client:list_message(params, options) end

