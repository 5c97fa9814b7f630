local package_name = "streamctl"
local package_version = "scm"
local rockspec_revision = "1"
local github_account = "streamctl"
local github_repo = "streamctl"

rockspec_format = "3.0"
package = package_name
version = package_version .. "-" .. rockspec_revision

source = {
    url = "git+https://github.com/" .. github_account .. "/" .. github_repo .. ".git",
    branch = (package_version == "scm") and "main" or nil,
    tag = (package_version ~= "scm") and ("v" .. package_version) or nil,
}

description = {
    summary = "Control live streams at Alibaba Cloud ApsaraVideo Live and ZEGOCLOUD",
    detailed = [[
        A client for the server APIs of Alibaba Cloud ApsaraVideo Live and ZEGOCLOUD Server API v2:
        resume and forbid streams, one by one or in batches, with signing in C, retries that are
        safe by operation, and a transfer engine that joins any event loop. For scripts and OpenResty.
    ]],
    homepage = "https://github.com/" .. github_account .. "/" .. github_repo,
    license = "MIT",
}

dependencies = {
    "lua >= 5.1",
    "lua-cjson >= 2.1",
}

-- No header checks: LuaRocks does not look into Debian's multiarch include folders.
-- The sources themselves say which package is missing when a header is not there.
external_dependencies = {
    CURL = { library = "curl" },
    OPENSSL = { library = "crypto" },
}

test_dependencies = {
    "busted >= 2.0",
}

test = {
    type = "busted",
}

build = {
    type = "builtin",
    copy_directories = { "types" },
    modules = {
        ["streamctl.aliyun.waiters"] = "lua/streamctl/aliyun/waiters.lua",
        ["streamctl.core"] = {
            sources = {
                "csrc/core/buf.c",
                "csrc/core/cells.c",
                "csrc/core/cells_file.c",
                "csrc/core/cells_memory.c",
                "csrc/core/cells_table.c",
                "csrc/core/clock.c",
                "csrc/core/digest.c",
                "csrc/core/encode.c",
                "csrc/core/err.c",
                "csrc/core/fork.c",
                "csrc/core/json_guard.c",
                "csrc/core/nonce.c",
                "csrc/core/pair.c",
                "csrc/core/row.c",
                "csrc/core/sign_acs3.c",
                "csrc/core/sign_aliyun.c",
                "csrc/core/sign_rpc.c",
                "csrc/core/sign_zego.c",
                "csrc/core/signer.c",
                "csrc/core/siphash.c",
                "csrc/lua/cells.c",
                "csrc/lua/core.c",
                "csrc/lua/lsctl.c",
                "csrc/lua/row.c",
                "csrc/lua/row_read.c",
                "csrc/lua/signer.c",
            },
            libraries = { "crypto" },
            incdirs = { "$(OPENSSL_INCDIR)" },
            libdirs = { "$(OPENSSL_LIBDIR)" },
        },
        ["streamctl.engine"] = {
            sources = {
                "csrc/core/buf.c",
                "csrc/core/clock.c",
                "csrc/core/endpoint.c",
                "csrc/core/engine.c",
                "csrc/core/err.c",
                "csrc/core/fork.c",
                "csrc/core/multi.c",
                "csrc/core/pair.c",
                "csrc/core/poller.c",
                "csrc/core/request.c",
                "csrc/core/sigpipe.c",
                "csrc/core/sockets.c",
                "csrc/core/transfer.c",
                "csrc/lua/engine.c",
                "csrc/lua/lsctl.c",
            },
            libraries = { "curl" },
            incdirs = { "$(CURL_INCDIR)" },
            libdirs = { "$(CURL_LIBDIR)" },
        },
        ["streamctl.aliyun.ensure"] = "lua/streamctl/aliyun/ensure.lua",
        ["streamctl.aliyun"] = "lua/streamctl/aliyun/init.lua",
        ["streamctl.aliyun.judge"] = "lua/streamctl/aliyun/judge.lua",
        ["streamctl.aliyun.operations.index"] = "lua/streamctl/aliyun/operations/index.lua",
        ["streamctl.aliyun.operations"] = "lua/streamctl/aliyun/operations/init.lua",
        ["streamctl.aliyun.operations.ai"] = "lua/streamctl/aliyun/operations/ai.lua",
        ["streamctl.aliyun.operations.callbacks"] = "lua/streamctl/aliyun/operations/callbacks.lua",
        ["streamctl.aliyun.operations.caster_content"] = "lua/streamctl/aliyun/operations/caster_content.lua",
        ["streamctl.aliyun.operations.caster_scenes"] = "lua/streamctl/aliyun/operations/caster_scenes.lua",
        ["streamctl.aliyun.operations.casters"] = "lua/streamctl/aliyun/operations/casters.lua",
        ["streamctl.aliyun.operations.certificates"] = "lua/streamctl/aliyun/operations/certificates.lua",
        ["streamctl.aliyun.operations.delay"] = "lua/streamctl/aliyun/operations/delay.lua",
        ["streamctl.aliyun.operations.domains"] = "lua/streamctl/aliyun/operations/domains.lua",
        ["streamctl.aliyun.operations.edge_transcode"] = "lua/streamctl/aliyun/operations/edge_transcode.lua",
        ["streamctl.aliyun.operations.failover"] = "lua/streamctl/aliyun/operations/failover.lua",
        ["streamctl.aliyun.operations.health"] = "lua/streamctl/aliyun/operations/health.lua",
        ["streamctl.aliyun.operations.logs"] = "lua/streamctl/aliyun/operations/logs.lua",
        ["streamctl.aliyun.operations.messages"] = "lua/streamctl/aliyun/operations/messages.lua",
        ["streamctl.aliyun.operations.mixing"] = "lua/streamctl/aliyun/operations/mixing.lua",
        ["streamctl.aliyun.operations.moderation"] = "lua/streamctl/aliyun/operations/moderation.lua",
        ["streamctl.aliyun.operations.monitors"] = "lua/streamctl/aliyun/operations/monitors.lua",
        ["streamctl.aliyun.operations.old_messages"] = "lua/streamctl/aliyun/operations/old_messages.lua",
        ["streamctl.aliyun.operations.origin_pull"] = "lua/streamctl/aliyun/operations/origin_pull.lua",
        ["streamctl.aliyun.operations.packages"] = "lua/streamctl/aliyun/operations/packages.lua",
        ["streamctl.aliyun.operations.playlists"] = "lua/streamctl/aliyun/operations/playlists.lua",
        ["streamctl.aliyun.operations.preload"] = "lua/streamctl/aliyun/operations/preload.lua",
        ["streamctl.aliyun.operations.private_lines"] = "lua/streamctl/aliyun/operations/private_lines.lua",
        ["streamctl.aliyun.operations.pull_to_push"] = "lua/streamctl/aliyun/operations/pull_to_push.lua",
        ["streamctl.aliyun.operations.recording"] = "lua/streamctl/aliyun/operations/recording.lua",
        ["streamctl.aliyun.operations.relay"] = "lua/streamctl/aliyun/operations/relay.lua",
        ["streamctl.aliyun.operations.rtc_relay"] = "lua/streamctl/aliyun/operations/rtc_relay.lua",
        ["streamctl.aliyun.operations.rtc_rooms"] = "lua/streamctl/aliyun/operations/rtc_rooms.lua",
        ["streamctl.aliyun.operations.rtc_tasks"] = "lua/streamctl/aliyun/operations/rtc_tasks.lua",
        ["streamctl.aliyun.operations.show_lists"] = "lua/streamctl/aliyun/operations/show_lists.lua",
        ["streamctl.aliyun.operations.snapshots"] = "lua/streamctl/aliyun/operations/snapshots.lua",
        ["streamctl.aliyun.operations.stream_control"] = "lua/streamctl/aliyun/operations/stream_control.lua",
        ["streamctl.aliyun.operations.streams"] = "lua/streamctl/aliyun/operations/streams.lua",
        ["streamctl.aliyun.operations.tags"] = "lua/streamctl/aliyun/operations/tags.lua",
        ["streamctl.aliyun.operations.time_shift"] = "lua/streamctl/aliyun/operations/time_shift.lua",
        ["streamctl.aliyun.operations.traffic"] = "lua/streamctl/aliyun/operations/traffic.lua",
        ["streamctl.aliyun.operations.transcode"] = "lua/streamctl/aliyun/operations/transcode.lua",
        ["streamctl.aliyun.operations.usage"] = "lua/streamctl/aliyun/operations/usage.lua",
        ["streamctl.aliyun.operations.watermarks"] = "lua/streamctl/aliyun/operations/watermarks.lua",
        ["streamctl.aliyun.streams"] = "lua/streamctl/aliyun/streams.lua",
        ["streamctl.call.about"] = "lua/streamctl/call/about.lua",
        ["streamctl.call.answer"] = "lua/streamctl/call/answer.lua",
        ["streamctl.call.catalogue"] = "lua/streamctl/call/catalogue.lua",
        ["streamctl.call.deadline"] = "lua/streamctl/call/deadline.lua",
        ["streamctl.call.encode"] = "lua/streamctl/call/encode.lua",
        ["streamctl.call"] = "lua/streamctl/call/init.lua",
        ["streamctl.call.order"] = "lua/streamctl/call/order.lua",
        ["streamctl.call.outcome"] = "lua/streamctl/call/outcome.lua",
        ["streamctl.call.pace"] = "lua/streamctl/call/pace.lua",
        ["streamctl.call.parameters"] = "lua/streamctl/call/parameters.lua",
        ["streamctl.call.partial"] = "lua/streamctl/call/partial.lua",
        ["streamctl.call.retry"] = "lua/streamctl/call/retry.lua",
        ["streamctl.call.rows"] = "lua/streamctl/call/rows.lua",
        ["streamctl.client"] = "lua/streamctl/client.lua",
        ["streamctl.errors"] = "lua/streamctl/errors.lua",
        ["streamctl"] = "lua/streamctl/init.lua",
        ["streamctl.jobs.batch"] = "lua/streamctl/jobs/batch.lua",
        ["streamctl.jobs.chains"] = "lua/streamctl/jobs/chains.lua",
        ["streamctl.jobs.condition"] = "lua/streamctl/jobs/condition.lua",
        ["streamctl.jobs.look"] = "lua/streamctl/jobs/look.lua",
        ["streamctl.jobs.ids"] = "lua/streamctl/jobs/ids.lua",
        ["streamctl.jobs.results"] = "lua/streamctl/jobs/results.lua",
        ["streamctl.jobs.steps"] = "lua/streamctl/jobs/steps.lua",
        ["streamctl.jobs.wait"] = "lua/streamctl/jobs/wait.lua",
        ["streamctl.json"] = "lua/streamctl/json.lua",
        ["streamctl.loop.blocking"] = "lua/streamctl/loop/blocking.lua",
        ["streamctl.loop.copas"] = "lua/streamctl/loop/copas.lua",
        ["streamctl.loop.cqueues"] = "lua/streamctl/loop/cqueues.lua",
        ["streamctl.loop.exchange"] = "lua/streamctl/loop/exchange.lua",
        ["streamctl.loop.luv"] = "lua/streamctl/loop/luv.lua",
        ["streamctl.loop.ngx"] = "lua/streamctl/loop/ngx.lua",
        ["streamctl.loop.pick"] = "lua/streamctl/loop/pick.lua",
        ["streamctl.loop.polling"] = "lua/streamctl/loop/polling.lua",
        ["streamctl.loop.protected"] = "lua/streamctl/loop/protected.lua",
        ["streamctl.loop.tasks"] = "lua/streamctl/loop/tasks.lua",
        ["streamctl.options"] = "lua/streamctl/options.lua",
        ["streamctl.proxy"] = "lua/streamctl/proxy.lua",
        ["streamctl.store.arguments"] = "lua/streamctl/store/arguments.lua",
        ["streamctl.store.file"] = "lua/streamctl/store/file.lua",
        ["streamctl.store.memory"] = "lua/streamctl/store/memory.lua",
        ["streamctl.store.redis"] = "lua/streamctl/store/redis.lua",
        ["streamctl.store.redis_connections"] = "lua/streamctl/store/redis_connections.lua",
        ["streamctl.store.redis_scripts"] = "lua/streamctl/store/redis_scripts.lua",
        ["streamctl.suggest"] = "lua/streamctl/suggest.lua",
        ["streamctl.transport.curl"] = "lua/streamctl/transport/curl.lua",
        ["streamctl.transport.guard"] = "lua/streamctl/transport/guard.lua",
        ["streamctl.transport.hosts"] = "lua/streamctl/transport/hosts.lua",
        ["streamctl.transport.pick"] = "lua/streamctl/transport/pick.lua",
        ["streamctl.transport.resty"] = "lua/streamctl/transport/resty.lua",
        ["streamctl.zego.codes"] = "lua/streamctl/zego/codes.lua",
        ["streamctl.zego"] = "lua/streamctl/zego/init.lua",
        ["streamctl.zego.judge"] = "lua/streamctl/zego/judge.lua",
        ["streamctl.zego.operations.index"] = "lua/streamctl/zego/operations/index.lua",
        ["streamctl.zego.operations"] = "lua/streamctl/zego/operations/init.lua",
        ["streamctl.zego.operations.media"] = "lua/streamctl/zego/operations/media.lua",
        ["streamctl.zego.waiters"] = "lua/streamctl/zego/waiters.lua",
    },
}
