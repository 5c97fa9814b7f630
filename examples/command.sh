#!/bin/sh
# The command as an operator uses it: fifty streams are forbidden, come back by one line, and are
# looked at.
#
# against the emulator, in a checkout:
#   make demo
# against ZEGOCLOUD, with ZEGO_APP_ID and ZEGO_SERVER_SECRET in the environment (nobody's streams):
#   sh examples/command.sh

set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$(dirname "$0")/.."

show() {
    printf '\n$ streamctl %s\n' "$*"
    # shellcheck disable=SC2086 # perhaps an interpreter and a script
    ${STREAMCTL:-streamctl} --vendor zego --store "file:$folder/store" "$@" 2>&1
}

for i in $(seq 1 50); do echo "room$i-cam"; done >"$folder/ids.txt"
show forbid "@$folder/ids.txt" --yes
show resume "@$folder/ids.txt" --report "$folder/resume.jsonl"
show resume "@$folder/ids.txt" --report "$folder/resume.jsonl"
show state room1-cam room2-cam
