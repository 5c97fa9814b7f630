#!/bin/sh
# Runs a command. After a time limit it names what still runs of the command, and ends that.
#
# usage: tools/limited.sh SECONDS COMMAND [WORD...]
set -u

# What the command has started, at any depth: the number and the words of each process.
running() {
    ps -A -o pid= -o ppid= -o args= | awk -v top=$$ -v apart="$1" '
        { of[$1] = $2; $2 = ""; line[$1] = $0 }
        END {
            for (pid in line) {
                for (at = pid; at in of && at != top && at != apart; at = of[at]) {}
                if (at == top && pid != top) print substr(line[pid], 1, 200)
            }
        }' | sort -n
}

watch() {
    # There may be nothing to kill yet. A child that is just made forgets a softer signal.
    trap 'kill -KILL ${!:-} 2>/dev/null; exit' TERM
    sleep "$1" >/dev/null 2>&1 &
    wait $!
    trap '' TERM
    apart=$(exec sh -c 'echo $PPID')
    list=$(running "$apart")
    printf 'no end within %s s; what still ran:\n%s\n' "$1" "$list"
    exec >/dev/null 2>&1
    pids=$(echo "$list" | awk '{ print $1 }')
    # shellcheck disable=SC2086 # a list of numbers
    kill $pids
    sleep 5
    # shellcheck disable=SC2086
    kill -KILL $pids
}

watch "$1" &
watcher=$!
trap 'kill $watcher 2>/dev/null' EXIT
trap 'exit 130' INT # the watcher itself ignores it
shift
"$@"
