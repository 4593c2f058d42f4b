# shellcheck shell=sh
# Asks one Bazel, in a scratch workspace, for its version and for a module of the central registry.

: "${cache:?}" "${wanted_version?}"

oldest_major=7
oldest_minor=4
probe_seconds=${BAZELW_PROBE_SECONDS:-60}

# probe PATH: prints "usable", or what is wrong with the Bazel at PATH as the end of a sentence.
probe() {
    say "checking $1 and the central registry (at most $probe_seconds s, once)"
    scratch=$(mktemp -d "$cache/probe.XXXXXX")
    [ -z "$wanted_version" ] || printf '%s\n' "$wanted_version" >"$scratch/.bazelversion"
    # With rules_python 1 or newer: an override to an older one is no registry to this project.
    printf 'bazel_dep(name = "rules_python", version = "1.0.0")\n' >"$scratch/MODULE.bazel"
    (cd "$scratch" && probe_version "$1" && probe_registry "$1") || true
    if [ -e "$scratch/out" ]; then
        (cd "$scratch" && in_time "$1" --output_base="$scratch/out" shutdown) >/dev/null 2>&1 || true
    fi
    chmod -R u+w "$scratch"
    rm -rf "$scratch"
}

# probe_version PATH: also copes with "bazel 7.7.1- (@non-git)", Debian's.
probe_version() {
    version=$(in_time "$1" --version 2>version.log) || version=
    numbers=$(printf '%s\n' "$version" | sed -n -E 's/^bazel ([0-9]+)\.([0-9]+).*/\1 \2/p')
    if [ -z "$numbers" ]; then
        echo "gave no version but '$version$(tail -n 1 version.log)'"
        return 1
    fi
    major=${numbers% *}
    minor=${numbers#* }
    if [ "$major" -lt "$oldest_major" ] || { [ "$major" -eq "$oldest_major" ] && [ "$minor" -lt "$oldest_minor" ]; }; then
        echo "is '$version'; $oldest_major.$oldest_minor or newer is needed"
        return 1
    fi
}

probe_registry() {
    status=0
    in_time "$1" --output_base="$scratch/out" mod graph >graph.log 2>probe.log || status=$?
    if [ "$status" -eq 124 ]; then
        echo "got no answer from the central registry in $probe_seconds s"
    elif [ "$status" -ne 0 ]; then
        echo "cannot use the central registry: $(grep -m 1 ERROR probe.log || tail -n 1 probe.log)"
    elif ! grep -q 'rules_python@[1-9]' graph.log; then
        echo "is set up with a rules_python older than 1.0: $(grep -m 1 rules_python@ graph.log)"
    else
        echo usable
    fi
}

# in_time COMMAND...: with a time limit where the machine has `timeout`, as all but macOS do.
in_time() {
    if command -v timeout >/dev/null; then
        timeout -k 5 "$probe_seconds" "$@" </dev/null
    else
        "$@" </dev/null
    fi
}
