#!/bin/sh
# Work that outlives a process: two workers share a job of 200 streams, one of them is killed in the
# middle, and all streams come back.
#
# against the emulator, in a checkout:
#   make demo
# against ZEGOCLOUD, with ZEGO_APP_ID and ZEGO_SERVER_SECRET in the environment (nobody's streams):
#   sh examples/queue.sh
#
# It starts a Redis of its own, which listens at the loopback only.

set -e
folder=$(mktemp -d)
started=
trap 'kill $started 2>/dev/null || :; wait; rm -rf "$folder"' EXIT
cd "$(dirname "$0")/.."

run() {
    # shellcheck disable=SC2086 # perhaps an interpreter and a script
    ${STREAMCTL:-streamctl} --store "$store" "$@" 2>&1
}

show() {
    printf '\n$ streamctl %s\n' "$*"
    run "$@"
}

# A worker that gives up a dead one's requests soon, and is slow, so that there is something to see.
work() {
    printf '\n$ streamctl queue work &\n'
    # shellcheck disable=SC2086 # perhaps an interpreter and a script
    ${STREAMCTL:-streamctl} queue work --vendor zego --store "$store" --timeout 1 --lease 8 \
        --rate 4 --concurrency 1 2>&1 &
    worker=$!
    started="$started $worker"
}

# A port that another program has makes Redis end at once.
port=$((20000 + $$ % 10000))
until redis-cli -p "$port" info server 2>/dev/null | grep -q "process_id:${started:-none}[^0-9]"; do
    if [ -z "$started" ] || ! kill -0 "$started" 2>/dev/null; then
        port=$((port + 1))
        redis-server --bind 127.0.0.1 --port "$port" --dir "$folder" --save '' \
            --appendonly yes >"$folder/log" &
        started=$!
    fi
    sleep 0.05
done
store="redis://127.0.0.1:$port"

for i in $(seq 1 200); do echo "room$i-cam"; done >"$folder/ids.txt"
show forbid --vendor zego "@$folder/ids.txt" --yes
show resume --vendor zego "@$folder/ids.txt" --queue -o ids | tee "$folder/job"
job=$(grep '^zego:' "$folder/job")
work
first=$worker
work
until run queue status "$job" -o json | grep -q '"succeeded":[1-9]'; do
    kill -0 "$worker"
    sleep 0.2
done
printf '\n$ kill -9 %s\n' "$first"
kill -9 "$first"
show queue status "$job" --watch
kill "$worker"
wait "$worker"
