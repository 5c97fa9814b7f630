-- Made by `make types` from the rows: the names of each group.
return {
  pull_to_push = [[
create_live_pull_to_push delete_live_pull_to_push describe_live_pull_to_push
describe_live_pull_to_push_list restart_live_pull_to_push stop_live_pull_to_push
update_live_pull_to_push]],
  stream_control = [[
describe_live_streams_block_list describe_live_streams_online_list forbid_live_stream
resume_live_stream]],
}
