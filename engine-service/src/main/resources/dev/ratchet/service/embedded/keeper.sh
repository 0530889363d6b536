# Keeps a server only as long as its parent lives: the parent holds the other end of our standard input, and that
# end closes even when the parent is killed. Prints the server's pid; ends with the server's exit status.
grace=$1
shift
exec 3<&0
"$@" </dev/null >&2 3<&- &
server=$!
{
    exec >&2
    while read -r _; do :; done <&3
    kill -TERM "$server"
    waited=0
    while kill -0 "$server" && [ "$waited" -lt "$grace" ]; do
        sleep 1
        waited=$((waited + 1))
    done
    kill -KILL "$server"
} 2>/dev/null &
watcher=$!
exec 3<&- </dev/null
echo "$server"
exec >&2
wait "$server"
status=$?
kill -KILL "$watcher"
exit "$status"
