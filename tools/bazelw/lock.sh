# shellcheck shell=sh
# One set-up at a time. The kernel drops the lock with the last process that holds it, so a killed
# set-up leaves none behind, and its children are gone before the next one begins.

: "${cache:?}"

# with_lock FUNCTION: in a subshell, so that no Bazel server inherits the lock.
with_lock() {
    (
        if ! flock -n 9; then
            say "another bazelw is setting up; waiting for it"
            until flock -w 5 9; do
                say "    still waiting for it"
            done
        fi
        "$1"
    ) 9>"$cache/lock"
}
