#!/bin/sh
# Prints what a terminal of 100 columns shows of two commands, for the home page of the site:
# `make site-run` writes it to tools/site/run.txt. One of 2,000 streams is refused at first.
# usage: lua5.4 spec/support/emulator/run.lua -- sh tools/site/record.sh LUA

set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin"
printf '#!/bin/sh\nexec %s "%s/bin/streamctl" "$@"\n' "$1" "$PWD" >"$folder/bin/streamctl"
chmod +x "$folder/bin/streamctl"
export PATH="$folder/bin:$PATH" SHELL=/bin/sh NO_COLOR=1
export STREAMCTL_VENDOR=zego STREAMCTL_STORE="file:$folder/store"

control() { curl -fsS -o /dev/null "$STREAMCTL_EMULATOR_CONTROL/$1" -d "$2"; }

# What a line showed before it was written anew, such as progress, is not there at the end.
show() {
    printf '$ %s\n' "$1"
    script -qec "stty cols 100; $1" /dev/null </dev/null | sed 's/\r*$//; s/.*\r//'
}

cd "$folder"
for room in $(seq 1 200); do
    for cam in $(seq 1 10); do echo "room$room-cam$cam"; done
done >ids.txt
control state '{"zego":{"refused":{"room1-cam7":30009}}}'
show 'streamctl resume @ids.txt --report night.jsonl'
echo
control reset ''
show 'streamctl retry night.jsonl'
