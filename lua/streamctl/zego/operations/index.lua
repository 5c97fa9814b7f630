-- Made by `make types` from the rows: the names of each group.
return {
  media = [[
clear_cdn_transfer_rule creat_cdn_transfer_rule delete_cdn_transfer_rule
describe_rtc_stream_state forbid_cdn_live_stream forbid_rtc_stream forbid_rtc_streams
query_forbid_cdn_live_stream resume_cdn_live_stream resume_rtc_stream resume_rtc_streams
rtmp_dispatch_v2]],
  room = [[
add_stream close_room del_forbid_stream_rule del_forbid_user_rule delete_stream
describe_forbid_stream_rules describe_forbid_user_rules describe_simple_stream_list
describe_user_list describe_user_num describe_users kickout_user send_barrage_message
send_broadcast_message send_custom_command set_forbid_stream_rule set_forbid_user_rule]],
  mixing = [[
get_mix_task_info start_auto_mix start_cloud_transcode start_mix stop_auto_mix
stop_cloud_transcode stop_mix]],
  files = [[
delete_media describe_media_task media_thumbnails merge_media search_media start_cdn_record
stop_cdn_record transcode_media]],
  moderation = [[
generate_identify_token start_censor_audio_v2 start_censor_video_v2 stop_censor_audio_v2
stop_censor_video_v2]],
  player = [[
cancel_upload_task create_player create_upload_task delete_player describe_players
describe_upload_tasks update_player]],
  record = [[
describe_record_status describe_tasks pause_record resume_record start_record stop_record
take_snapshot update_layout update_whiteboard]],
  scene = [[
set_scene_template]],
}
