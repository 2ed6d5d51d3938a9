# Keeps one server for the process that holds the other end of its input, and ends with that process.
#
#   sh -c THIS NAME DIRECTORY SIGNAL COMMAND...
#
# Takes orders line by line and answers each by a line. SIGNAL is what stops the server in order.
directory=$1
signal=$2
shift 2
server=none

is_up() {
    # The shell looks which of its jobs have ended: a number that nobody has asked for still counts as alive.
    jobs >/dev/null
    [ "$server" != none ] && kill -0 "$server" 2>/dev/null
}

# That there are no children is none of its faults.
children() {
    pkill "$1" -P "$server" || [ $? -eq 1 ]
}

# The parent first, so that it makes no more children meanwhile.
freeze() {
    kill -STOP "$server" && children -STOP
}

thaw() {
    children -CONT && kill -CONT "$server"
}

stop() {
    looks=0
    if is_up; then
        thaw
        kill "-$signal" "$server"
    fi
    while is_up; do
        looks=$((looks + 1))
        # It was asked for half a minute.
        if [ "$looks" -eq 600 ]; then
            kill -KILL "$server"
        fi
        sleep 0.05
    done
    server=none
}

while read -r order; do
    case $order in
    start)
        "$@" </dev/null >"$directory/log" 2>&1 &
        server=$!
        echo "$server"
        ;;
    look) if is_up; then echo up; else echo down; fi ;;
    freeze) freeze && echo frozen || echo "not frozen" ;;
    thaw) thaw && echo thawed || echo "not thawed" ;;
    stop) stop && echo stopped ;;
    esac
done

# That process has ended, or wants no more of it.
stop
looks=0
# What a killed server leaves behind may write a little longer.
until rm -rf "$directory" || [ "$looks" -eq 100 ]; do
    looks=$((looks + 1))
    sleep 0.05
done
