# shellcheck shell=sh
# What bazelw says, on stderr: steps with the seconds since its first word, and errors.

started=
tried=

seconds() {
    now=$(date +%s)
    started=${started:-$now}
    elapsed=$((now - started))
}

# say TEXT...: one line of progress.
say() {
    seconds
    printf 'bazelw: [%3d s] %s\n' "$elapsed" "$*" >&2
}

# say_total TEXT: the last line of a long job.
say_total() {
    seconds
    say "$1; that took $elapsed s"
}

# note TEXT: remembers why one way to a Bazel is closed, for the error that lists them all.
note() {
    tried="$tried
  - $1"
}

# fail LINE...: the one error; every argument is a line of it.
fail() {
    printf 'bazelw: error: %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
    exit 1
}

# fail_without_bazel: no way was open; lists the ways that were tried, then what opens one.
fail_without_bazel() {
    fail "found no Bazel that works here. Tried:$tried" \
        "Any of these helps:" \
        "  - put bazelisk, or Bazel 7.4 or newer, on PATH, where the central registry can be reached;" \
        "  - run on a Debian-family machine, as root or with the packages named above installed;" \
        "  - name a Bazel to use unchecked: BAZELW_BAZEL=/path/to/bazel"
}

# run_logged LOG COMMAND...: runs COMMAND with its output in LOG, and every few seconds says the
# newest line of it, so that a long step is not silent.
run_logged() {
    log=$1
    shift
    seconds
    (
        while sleep 3 >/dev/null 2>&1 && kill -0 "$$" 2>/dev/null; do
            say "    $(tail -n 1 "$log" | tr '\r\t' '  ' | cut -c 1-90)"
        done
    ) 9>&- &
    ticker=$!
    status=0
    "$@" >"$log" 2>&1 || status=$?
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    return "$status"
}
